//! Pages of `party`: people and companies, and one of them.

mod edit;
mod list;
mod record;

pub use edit::PartyEditPage;
pub use list::{PartyListPage, PartyQuery};
pub use record::PartyPage;
