//! The look-ahead: what begins and ends in the next hours, place by place or team by team, and which unmet conditions
//! stand against it; turned round, which conditions to clear first because most waits for them.

use super::axis;
use super::board::Board;
use super::readiness::{Unmet, unmet_to_start};
use super::view::Row;
use chrono::{DateTime, TimeDelta, Utc};

/// One task of the look-ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// Its position among the rows of the board.
    pub at: usize,
    /// Begins within the window, or should have begun.
    pub begins: bool,
    /// Ends within the window, or should have ended.
    pub ends: bool,
    /// What stands against its beginning.
    pub unmet: Vec<Unmet>,
}

/// A condition and the tasks that wait for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    /// The condition.
    pub unmet: Unmet,
    /// Positions of the tasks it holds.
    pub holds: Vec<usize>,
    /// Position of the task that clears it, where it is one.
    pub cleared_by: Option<usize>,
}

/// What begins or ends within so many hours of now, in order of time. Work that is late is in it, too.
pub fn look_ahead(board: &Board, now: DateTime<Utc>, hours: i64) -> Vec<Ahead> {
    let (from, to) =
        (axis::minute_at(now, board.sheet.zone), axis::minute_at(now + TimeDelta::hours(hours), board.sheet.zone));
    let (before, around) = (board.sheet.all_before(), board.sheet.all_around(now));
    let ahead = |(at, row): (usize, &Row)| {
        if row.state.is_done() || row.state.code() == "submitted" || row.state.code() == "checking" {
            return None;
        }
        let begins = row.state.is_ahead() && row.start <= to;
        let ends = row.finish > from - 1440 && row.finish <= to || row.late && row.state.is_working();
        if !begins && !ends {
            return None;
        }
        let held = before.get(&at).map_or(&[][..], Vec::as_slice);
        let places = around.get(&at).map_or(&[][..], Vec::as_slice);
        let unmet = if row.state.is_ahead() {
            unmet_to_start(&board.sheet.tasks[at], held, places, now)
        } else {
            places.to_vec()
        };
        Some(Ahead { at, begins, ends, unmet })
    };
    let mut found: Vec<Ahead> = board.rows.iter().enumerate().filter_map(ahead).collect();
    found.sort_by_key(|one| {
        let row = &board.rows[one.at];
        (if one.begins { row.start } else { row.finish }, row.code.clone())
    });
    found
}

/// The conditions behind a look-ahead, those that hold most first.
pub fn constraints(board: &Board, ahead: &[Ahead]) -> Vec<Constraint> {
    let mut found: Vec<Constraint> = Vec::new();
    for one in ahead {
        for unmet in &one.unmet {
            match found.iter_mut().find(|known| known.unmet == *unmet) {
                // Nobody named is a condition of each task for itself.
                Some(known) if !matches!(unmet, Unmet::NoOwner | Unmet::NoChecker) => known.holds.push(one.at),
                _ => found.push(Constraint {
                    unmet: unmet.clone(),
                    holds: vec![one.at],
                    cleared_by: clearing(unmet).and_then(|code| board.rows.iter().position(|row| row.code == code)),
                }),
            }
        }
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.holds.len()), one.holds.first().map(|at| board.rows[*at].start)));
    found
}

/// Code of the task that clears a condition, where it is one.
fn clearing(unmet: &Unmet) -> Option<&str> {
    match unmet {
        Unmet::Predecessor { code, .. } | Unmet::NotBegun { code } | Unmet::Waiting { code, .. } => Some(code),
        _ => None,
    }
}
