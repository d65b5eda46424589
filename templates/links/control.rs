//! Addresses of the control board.

use super::{Href, plan, segment};

/// The board.
pub fn board(edition: &str) -> Href {
    plan::home(edition).then("control")
}

/// A step of a task, from the board.
pub fn step(edition: &str, code: &str) -> Href {
    board(edition).then(code)
}

/// What happens, as it happens.
pub fn events(edition: &str) -> Href {
    Href::new(format!("/events/{}/control", segment(edition)))
}
