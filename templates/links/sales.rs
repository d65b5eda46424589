//! Addresses of `sales`: applications, stands and who has them.

use super::{Href, segment};

/// The list of applications.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/sales", segment(edition)))
}
