//! Creating and changing editions.

mod change;
mod create;

pub use change::change_edition;
pub use create::{create_edition, prepare_edition};
