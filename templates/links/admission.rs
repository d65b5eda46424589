//! Addresses of `admission`: gates, devices, rules, the live board.

use super::{Href, segment};

/// The live board.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/admission", segment(edition)))
}
