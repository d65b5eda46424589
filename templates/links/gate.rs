//! Addresses of the gates between phases, of live metrics, and of the indicators of a task.

use super::{Href, segment};
use domain::{GateWaiverId, IndicatorId};

fn plan(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/plan/{rest}", segment(edition)))
}

/// The gates of a plan.
pub fn home(edition: &str) -> Href {
    plan(edition, "gates")
}

/// The review of one gate, by the code of its milestone.
pub fn review(edition: &str, code: &str) -> Href {
    plan(edition, &format!("gates/{}", segment(code)))
}

/// An act on a gate: `propose`, `sign`, `decline`, `waive`, `divide`, `measure`, `settings`.
pub fn act(edition: &str, code: &str, act: &str) -> Href {
    plan(edition, &format!("gates/{}/{act}", segment(code)))
}

/// The report of a gate on paper.
pub fn print(edition: &str, code: &str) -> Href {
    act(edition, code, "print")
}

/// The report of a gate as a file.
pub fn report(edition: &str, code: &str) -> Href {
    act(edition, code, "report.pdf")
}

/// Taking a waiver back.
pub fn end_waiver(edition: &str, code: &str, id: GateWaiverId) -> Href {
    act(edition, code, &format!("waivers/{id}/end"))
}

/// The catalogue of live metrics.
pub fn metrics(edition: &str) -> Href {
    plan(edition, "metrics")
}

/// The indicators of a task.
pub fn indicators(edition: &str, task: &str) -> Href {
    plan(edition, &format!("tasks/{}/indicators", segment(task)))
}

/// One indicator of a task.
pub fn indicator(edition: &str, task: &str, id: IndicatorId) -> Href {
    plan(edition, &format!("tasks/{}/indicators/{id}", segment(task)))
}

/// Taking an indicator off.
pub fn retire_indicator(edition: &str, task: &str, id: IndicatorId) -> Href {
    plan(edition, &format!("tasks/{}/indicators/{id}/retire", segment(task)))
}
