//! Addresses of `registration`: registrations and badges.

use super::{Href, segment};

/// The list of registrations.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/registration", segment(edition)))
}
