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

/// The dependency network.
pub fn network(edition: &str) -> Href {
    below(edition, "network")
}

/// A picture as a file: `gantt` or `network`, `svg` or `pdf`; `query` is that of the page that shows it.
pub fn picture(edition: &str, picture: &str, format: &str, query: &str) -> Href {
    let file = below(edition, &format!("pictures/{picture}.{format}"));
    if query.is_empty() { file } else { Href::new(format!("{file}?{query}")) }
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

/// Accepted changes, told.
pub fn stories(edition: &str) -> Href {
    below(edition, "changes")
}

/// What one accepted change moved and why.
pub fn story(edition: &str, revision: i32) -> Href {
    below(edition, &format!("changes/{revision}"))
}

/// Sending that to the team.
pub fn send_story(edition: &str, revision: i32) -> Href {
    below(edition, &format!("changes/{revision}/send"))
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

/// The form that moves or stretches a task.
pub fn shift(edition: &str, code: &str) -> Href {
    act(edition, code, "move")
}

/// An act on a task: `assign`, `start`, `report`, `submit`, `check`, `reject`, `confirm`, `aside`, `deviate`.
pub fn act(edition: &str, code: &str, act: &str) -> Href {
    below(edition, &format!("tasks/{}/{act}", segment(code)))
}

/// A stored file of the edition.
pub fn document(edition: &str, id: domain::DocumentId) -> Href {
    Href::new(format!("/e/{}/documents/{id}", segment(edition)))
}

/// What holds a task or milestone.
pub fn paths(edition: &str) -> Href {
    below(edition, "paths")
}

/// Plans of other programs: bring one in, take this one out.
pub fn exchange(edition: &str) -> Href {
    below(edition, "exchange")
}

/// Bringing a looked-at file in.
pub fn exchange_accept(edition: &str) -> Href {
    below(edition, "exchange/accept")
}

/// Working calendars and choices of the plan.
pub fn calendars(edition: &str) -> Href {
    below(edition, "calendars")
}

/// The form of one calendar, by its code; `new` for another one.
pub fn calendar(edition: &str, code: &str) -> Href {
    below(edition, &format!("calendars/{}", segment(code)))
}
