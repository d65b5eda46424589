//! Addresses of `edition`: series and editions.

use super::{Href, segment};

/// All editions the viewer may see.
pub fn list() -> Href {
    Href::new("/editions")
}

/// The form for a new edition.
pub fn new() -> Href {
    Href::new("/editions/new")
}

/// The desk of an edition: "what needs me now?".
pub fn today(edition: &str) -> Href {
    Href::new(format!("/e/{}", segment(edition)))
}

/// The settings of an edition.
pub fn settings(edition: &str) -> Href {
    Href::new(format!("/e/{}/edition", segment(edition)))
}
