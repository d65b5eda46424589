//! Addresses of the turnout: registrations against their goal, and how many will come.

use super::Href;

/// The forecast.
pub fn home(edition: &str) -> Href {
    super::registration::home(edition).then("turnout")
}

/// Sets the goal (POST).
pub fn goal(edition: &str) -> Href {
    home(edition).then("goal")
}

/// Keeps the history of an edition run elsewhere (POST).
pub fn history(edition: &str) -> Href {
    home(edition).then("history")
}
