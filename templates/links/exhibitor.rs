//! Addresses of `exhibitor`: exhibitors of an edition, their duties and logins.

use super::{Href, segment};

/// The list of exhibitors.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/exhibitor", segment(edition)))
}
