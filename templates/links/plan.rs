//! Addresses of `plan`: the plan overview, tasks, the Gantt.

use super::{Href, segment};

/// The plan overview table.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/plan", segment(edition)))
}
