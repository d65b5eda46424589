//! Use cases of `venue`: making and changing places.

mod save_place;

pub use save_place::{create_place, edit_place};
