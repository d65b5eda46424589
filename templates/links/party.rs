//! Addresses of `party`: people and companies.

use super::{Href, segment};

/// The list of people and companies.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/party", segment(edition)))
}
