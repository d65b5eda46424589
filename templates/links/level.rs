//! Addresses of crews and levelling, below the plan.

use super::{Href, segment};
use domain::{CrewId, LevellingId};

fn below(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/plan/{rest}", segment(edition)))
}

/// The crews and how busy they are.
pub fn crews(edition: &str) -> Href {
    below(edition, "crews")
}

/// One crew.
pub fn crew(edition: &str, id: CrewId) -> Href {
    below(edition, &format!("crews/{id}"))
}

/// Removing a crew.
pub fn remove_crew(edition: &str, id: CrewId) -> Href {
    below(edition, &format!("crews/{id}/remove"))
}

/// What a task needs of the crews.
pub fn task_crews(edition: &str, code: &str) -> Href {
    below(edition, &format!("tasks/{}/crews", segment(code)))
}

/// The levellings of a plan.
pub fn levellings(edition: &str) -> Href {
    below(edition, "levelling")
}

/// One levelling.
pub fn levelling(edition: &str, id: LevellingId) -> Href {
    below(edition, &format!("levelling/{id}"))
}

/// An act on a levelling: `stop`, `accept`, `discard`.
pub fn act(edition: &str, id: LevellingId, act: &str) -> Href {
    below(edition, &format!("levelling/{id}/{act}"))
}

/// The stream that draws a running levelling anew.
pub fn events(edition: &str, id: LevellingId) -> Href {
    Href::new(format!("/events/{}/levelling/{id}", segment(edition)))
}
