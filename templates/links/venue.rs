//! Addresses of `venue`: halls, stands and the plan of the floor.

use super::{Href, segment};

/// The halls.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/venue", segment(edition)))
}
