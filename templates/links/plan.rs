//! Addresses of `plan`: the plan overview, tasks, the Gantt.

mod forecast;

pub use forecast::*;

use super::{Href, segment};

/// The plan overview table.
pub fn home(edition: &str) -> Href {
    Href::new(format!("/e/{}/plan", segment(edition)))
}

fn below(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/plan/{rest}", segment(edition)))
}

/// Making a plan from a template.
pub fn create(edition: &str) -> Href {
    home(edition)
}

/// The Gantt.
pub fn gantt(edition: &str) -> Href {
    below(edition, "gantt")
}

/// The overview on paper.
pub fn print(edition: &str) -> Href {
    below(edition, "print")
}

/// The overview as a file: `csv` or `xlsx`.
pub fn export(edition: &str, format: &str) -> Href {
    below(edition, &format!("export.{format}"))
}

/// What waits for the person signed in.
pub fn my_work(edition: &str) -> Href {
    below(edition, "mine")
}

/// Deviations.
pub fn deviations(edition: &str) -> Href {
    below(edition, "deviations")
}

/// Closing a deviation.
pub fn close_deviation(edition: &str, id: domain::DeviationId) -> Href {
    below(edition, &format!("deviations/{id}/close"))
}

/// Moving the data date.
pub fn reschedule(edition: &str) -> Href {
    below(edition, "reschedule")
}

/// The record of a task, by its code.
pub fn task(edition: &str, code: &str) -> Href {
    below(edition, &format!("tasks/{}", segment(code)))
}

/// The form that changes a task.
pub fn edit(edition: &str, code: &str) -> Href {
    act(edition, code, "edit")
}

/// An act on a task: `assign`, `start`, `report`, `submit`, `check`, `reject`, `confirm`, `aside`, `deviate`.
pub fn act(edition: &str, code: &str, act: &str) -> Href {
    below(edition, &format!("tasks/{}/{act}", segment(code)))
}

/// A stored file of the edition.
pub fn document(edition: &str, id: domain::DocumentId) -> Href {
    Href::new(format!("/e/{}/documents/{id}", segment(edition)))
}
