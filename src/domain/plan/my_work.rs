//! What waits for one person: what they do, check and confirm, late first, then today, this week, later; with the
//! next step of each, and what is in its way.

use super::board::Board;
use super::indicator::Indicator;
use super::network::Kind;
use super::readiness::{Unmet, unmet_to_start};
use super::task::{Task, TaskState};
use super::view::Row;
use crate::{TaskId, UserId};
use chrono::{DateTime, Days, Utc};
use std::collections::HashMap;

codes! {
    /// When something is due.
    When {
        /// Should be through, or have begun, by now.
        Late "late",
        /// Goes on, begins or ends today.
        Today "today",
        /// Begins within seven days.
        Week "week",
        /// Begins within a month.
        Later "later",
    }
}

codes! {
    /// What the person can do next.
    NextStep {
        /// Begin.
        Start "start",
        /// Begin the rework.
        Again "again",
        /// Say how far it is, hand it in.
        HandIn "hand_in",
        /// Measure.
        Check "check",
        /// Sign.
        Confirm "confirm",
        /// Something else has to happen first.
        Wait "wait",
    }
}

/// One thing that waits for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkItem {
    /// The task.
    pub row: Row,
    /// What the person is to it: `do`, `check`, `confirm`.
    pub part: &'static str,
    /// When it is due.
    pub when: When,
    /// What can be done next.
    pub next: NextStep,
    /// What is in the way of beginning.
    pub unmet: Vec<Unmet>,
    /// What a check has to answer.
    pub indicators: Vec<Indicator>,
    /// How many tasks wait for this one.
    pub holds: usize,
}

/// How far ahead work is shown.
const AHEAD: Days = Days::new(30);

/// What waits for a person, the most urgent first; within a time what can be done now before what has to wait, and
/// what holds up most before the rest.
pub fn my_work(
    board: &Board,
    user: UserId,
    indicators: &HashMap<TaskId, Vec<Indicator>>,
    now: DateTime<Utc>,
) -> Vec<WorkItem> {
    let today = board.head.today;
    let mut items: Vec<WorkItem> = Vec::new();
    let around = board.sheet.all_around(now);
    for (at, (task, row)) in board.sheet.tasks.iter().zip(&board.rows).enumerate() {
        let Some((part, next)) = part_of(task, user) else { continue };
        let when = if row.late || row.ends_on < today {
            When::Late
        } else if row.starts_on <= today || !matches!(next, NextStep::Start | NextStep::Wait) {
            When::Today
        } else if row.starts_on <= today + Days::new(7) {
            When::Week
        } else if row.starts_on <= today + AHEAD {
            When::Later
        } else {
            continue;
        };
        let unmet = if next == NextStep::Start {
            unmet_to_start(task, &board.sheet.before_of(task.id), around.get(&at).map_or(&[][..], Vec::as_slice), now)
        } else {
            Vec::new()
        };
        let asked =
            if next == NextStep::Check { indicators.get(&task.id).cloned().unwrap_or_default() } else { Vec::new() };
        items.push(WorkItem {
            row: row.clone(),
            part,
            when,
            next: if unmet.is_empty() { next } else { NextStep::Wait },
            unmet,
            indicators: asked,
            holds: board.sheet.links.iter().filter(|link| link.from == task.id).count(),
        });
    }
    items.sort_by_key(|one| {
        (one.when, one.next == NextStep::Wait, std::cmp::Reverse(one.holds), one.row.finish, one.row.code.clone())
    });
    items
}

/// What a person is to a task now, and what they can do next.
fn part_of(task: &Task, user: UserId) -> Option<(&'static str, NextStep)> {
    if task.kind == Kind::Summary {
        return None;
    }
    let (owns, checks, confirms) = (task.owner == Some(user), task.checker == Some(user), task.confirmer == Some(user));
    match task.state {
        TaskState::Submitted | TaskState::Checking if checks => Some(("check", NextStep::Check)),
        TaskState::Accepted if confirms => Some(("confirm", NextStep::Confirm)),
        TaskState::Draft | TaskState::Planned | TaskState::Ready if owns => Some(("do", NextStep::Start)),
        TaskState::Rejected if owns => Some(("do", NextStep::Again)),
        TaskState::InProgress | TaskState::Rework if owns => Some(("do", NextStep::HandIn)),
        TaskState::Blocked if owns => Some(("do", NextStep::Wait)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::revision::samples;
    use crate::plan::view::Names;

    #[test]
    fn the_most_urgent_comes_first_and_says_what_is_in_its_way() {
        let mut sheet = samples::sheet();
        let (me, other) = (samples::user(1), samples::user(2));
        for task in &mut sheet.tasks {
            (task.owner, task.checker, task.confirmer) = (Some(me), Some(other), Some(other));
        }
        sheet.tasks[5].state = TaskState::Submitted;
        (sheet.tasks[5].owner, sheet.tasks[5].checker) = (Some(other), Some(me));
        sheet.tasks[6].state = TaskState::InProgress;
        let now = samples::around().now;
        let computed = sheet.compute().expect("no ring");
        sheet.settle(&computed, now);
        let board = Board::of(sheet, Names::default(), now).expect("no ring");
        let items = my_work(&board, me, &HashMap::new(), board.sheet.tasks[0].dates.early_start);
        let find = |code: &str| items.iter().find(|one| one.row.code == code).expect("there");
        assert_eq!((find("A06").part, find("A06").next), ("check", NextStep::Check));
        assert_eq!(find("A07").next, NextStep::HandIn);
        let (first, second) =
            (items.iter().position(|one| one.row.code == "A01"), items.iter().position(|one| one.row.code == "A02"));
        if let (Some(first), Some(second)) = (first, second) {
            assert!(first < second, "what can be done comes before what has to wait");
            assert_eq!(items[second].next, NextStep::Wait);
            assert!(!items[second].unmet.is_empty());
        }
    }
}
