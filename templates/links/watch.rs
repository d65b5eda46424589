//! Addresses of supervision and contingency: deviations, rhythm, promises, look-ahead, figures, learning; incidents.

use super::{Href, segment};
use domain::DeviationId;

fn plan(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/plan/{rest}", segment(edition)))
}

fn incidents_below(edition: &str, rest: &str) -> Href {
    Href::new(format!("/e/{}/incidents{rest}", segment(edition)))
}

/// The list of deviations.
pub fn deviations(edition: &str) -> Href {
    plan(edition, "deviations")
}

/// The list of deviations as a file: `csv` or `xlsx`.
pub fn deviations_export(edition: &str, format: &str) -> Href {
    plan(edition, &format!("deviations/export.{format}"))
}

/// The record of a deviation.
pub fn deviation(edition: &str, id: DeviationId) -> Href {
    plan(edition, &format!("deviations/{id}"))
}

/// An act on a deviation: `edit`, `actions`, `close`.
pub fn deviation_act(edition: &str, id: DeviationId, act: &str) -> Href {
    plan(edition, &format!("deviations/{id}/{act}"))
}

/// The reporting rhythm and who owes a report.
pub fn rhythm(edition: &str) -> Href {
    plan(edition, "rhythm")
}

/// Promises of a week or a day.
pub fn commitments(edition: &str) -> Href {
    plan(edition, "commitments")
}

/// Saying what became of a promise.
pub fn judge(edition: &str, id: domain::CommitmentId) -> Href {
    plan(edition, &format!("commitments/{id}"))
}

/// The look-ahead.
pub fn lookahead(edition: &str) -> Href {
    plan(edition, "lookahead")
}

/// The look-ahead on paper.
pub fn lookahead_print(edition: &str) -> Href {
    plan(edition, "lookahead/print")
}

/// Control figures.
pub fn figures(edition: &str) -> Href {
    plan(edition, "figures")
}

/// What a finished edition teaches its template.
pub fn learning(edition: &str) -> Href {
    plan(edition, "learning")
}

/// All incidents.
pub fn incidents(edition: &str) -> Href {
    incidents_below(edition, "")
}

/// Declaring an incident.
pub fn declare(edition: &str) -> Href {
    incidents_below(edition, "/declare")
}

/// The contingency book.
pub fn book(edition: &str) -> Href {
    incidents_below(edition, "/book")
}

/// An entry of the contingency book.
pub fn entry(edition: &str, code: &str) -> Href {
    incidents_below(edition, &format!("/book/{}", segment(code)))
}

/// An incident, by its number.
pub fn incident(edition: &str, number: i32) -> Href {
    incidents_below(edition, &format!("/{number}"))
}

/// An act on an incident: `notes`, `first-action`, `stand-down`; or its `summary` on paper.
pub fn incident_act(edition: &str, number: i32, act: &str) -> Href {
    incidents_below(edition, &format!("/{number}/{act}"))
}

/// What every screen warns of.
pub fn alarm(edition: &str) -> Href {
    incidents_below(edition, "/alarm")
}
