//! What moved and why: an accepted change of the plan (or one about to be accepted) put in order so
//! that it can be told. Plain structs and the order of telling; the sentences are the templates'.

use super::axis;
use super::delta::{Breach, Delta, Opening};
use super::network::Kind;
use super::view::Row;
use crate::{Bilingual, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{HashMap, HashSet};

/// An accepted change as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRecord {
    /// Counts accepted changes of the plan.
    pub revision: i32,
    /// Code of the changed task, or a word for another cause: `opening`, `data_date`.
    pub reason: String,
    /// Who accepted it.
    pub by: Option<(UserId, String)>,
    /// When.
    pub at: DateTime<Utc>,
    /// What it moved.
    pub delta: Delta,
    /// What was typed: code of the task, and each field with the text before and after.
    pub edits: Vec<(String, Vec<FieldChange>)>,
}

/// A field of a task before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Name of the field.
    pub field: String,
    /// Text before.
    pub before: String,
    /// Text after.
    pub after: String,
}

/// One moved task.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Code.
    pub code: String,
    /// Name; empty when the task is gone.
    pub name: Bilingual,
    /// Days before.
    pub before: (NaiveDate, NaiveDate),
    /// Days after.
    pub after: (NaiveDate, NaiveDate),
    /// Minutes by which it moves: the start, or the finish where only that moves.
    pub by: i64,
    /// Total float after.
    pub float: i64,
    /// Critical before and after.
    pub critical: (bool, bool),
    /// A milestone, or the opening.
    pub milestone: bool,
    /// Codes of the chain that moves it, itself last.
    pub chain: Vec<String>,
}

/// A driving chain with the tasks it moves that no chain told before has moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Codes from the cause to the last task.
    pub codes: Vec<String>,
    /// Places in [`Story::moved`], in the order of the chain.
    pub told: Vec<usize>,
}

/// A change put in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Every moved task, in plan order.
    pub moved: Vec<Moved>,
    /// How many move later, and how many earlier.
    pub later: usize,
    /// See `later`.
    pub earlier: usize,
    /// Place of the task that moves furthest.
    pub furthest: Option<usize>,
    /// The driving chains, the longest first.
    pub chains: Vec<Chain>,
    /// Places of moved milestones.
    pub milestones: Vec<usize>,
    /// Places of tasks that are critical now and were not.
    pub now_critical: Vec<usize>,
    /// Places of tasks that were critical and are not any more.
    pub eased: Vec<usize>,
    /// Room before D0.
    pub opening: Option<Opening>,
    /// Tasks that only gain or lose float.
    pub float_changes: u32,
    /// Broken by the change, and repaired by it.
    pub breaches: Vec<Breach>,
    /// See `breaches`.
    pub repaired: Vec<Breach>,
    /// Codes of new tasks and of tasks taken out.
    pub added: Vec<String>,
    /// See `added`.
    pub removed: Vec<String>,
}

impl Story {
    /// Puts a change in order. `rows` name the tasks as they are today, `opening` is the code of the opening.
    pub fn of(delta: &Delta, rows: &[Row], opening: Option<&str>) -> Story {
        let known: HashMap<&str, &Row> = rows.iter().map(|row| (row.code.as_str(), row)).collect();
        let moved: Vec<Moved> = delta
            .moves
            .iter()
            .map(|one| {
                let row = known.get(one.code.as_str());
                let days = |start, finish| (axis::day_of(start), axis::last_day_of(start, finish));
                Moved {
                    code: one.code.clone(),
                    name: row.map(|row| row.name.clone()).unwrap_or_default(),
                    before: days(one.before.start, one.before.finish),
                    after: days(one.after.start, one.after.finish),
                    by: if one.start_by() == 0 { one.finish_by() } else { one.start_by() },
                    float: one.after.float,
                    critical: (one.before.critical, one.after.critical),
                    milestone: opening == Some(one.code.as_str())
                        || row.is_some_and(|row| matches!(row.kind, Kind::StartMilestone | Kind::FinishMilestone)),
                    chain: one.chain.iter().map(|step| step.code.clone()).collect(),
                }
            })
            .collect();
        let places = |wanted: fn(&Moved) -> bool| {
            moved.iter().enumerate().filter(|(_, one)| wanted(one)).map(|(at, _)| at).collect::<Vec<_>>()
        };
        Story {
            later: moved.iter().filter(|one| one.by > 0).count(),
            earlier: moved.iter().filter(|one| one.by < 0).count(),
            furthest: (0..moved.len()).max_by_key(|&at| (moved[at].by.abs(), std::cmp::Reverse(at))),
            chains: chains(&moved),
            milestones: places(|one| one.milestone),
            now_critical: places(|one| !one.critical.0 && one.critical.1),
            eased: places(|one| one.critical.0 && !one.critical.1),
            opening: delta.opening,
            float_changes: delta.float_changes,
            breaches: delta.breaches.clone(),
            repaired: delta.repaired.clone(),
            added: delta.added.clone(),
            removed: delta.removed.clone(),
            moved,
        }
    }

    /// Nothing moves, comes or goes.
    pub fn is_quiet(&self) -> bool {
        self.moved.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }
}

/// The chains worth telling: those that are not the beginning of another. Every moved task is told
/// once, in the longest chain it stands in.
fn chains(moved: &[Moved]) -> Vec<Chain> {
    let place: HashMap<&str, usize> = moved.iter().enumerate().map(|(at, one)| (one.code.as_str(), at)).collect();
    let mut order: Vec<&Moved> = moved.iter().collect();
    order.sort_by_key(|one| (std::cmp::Reverse(one.chain.len()), place[one.code.as_str()]));
    let mut told: HashSet<usize> = HashSet::new();
    let mut found = Vec::new();
    for one in order {
        if told.contains(&place[one.code.as_str()]) {
            continue;
        }
        let along = one.chain.iter().filter_map(|code| place.get(code.as_str()).copied());
        let mut fresh: Vec<usize> = along.filter(|at| told.insert(*at)).collect();
        // A task whose chain does not name it itself is told all the same.
        if told.insert(place[one.code.as_str()]) {
            fresh.push(place[one.code.as_str()]);
        }
        found.push(Chain { codes: one.chain.clone(), told: fresh });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::delta::{Dates, Move};
    use crate::plan::explain::{Reason, Step};

    fn moved(code: &str, by: i64, chain: &[&str], critical: (bool, bool)) -> Move {
        let dates = |start, critical| Dates { start, finish: start + 1_440, float: 0, critical };
        let step = |code: &&str| Step {
            code: (*code).into(),
            start: 0,
            finish: 0,
            reason: Reason::PlanStart,
            hours: None,
            rest: None,
        };
        Move {
            code: code.into(),
            before: dates(0, critical.0),
            after: dates(by, critical.1),
            chain: chain.iter().map(step).collect(),
        }
    }

    #[test]
    fn every_moved_task_is_told_once_along_the_longest_chain() {
        let delta = Delta {
            moves: vec![
                moved("A", 60, &["A"], (false, true)),
                moved("B", 60, &["A", "B"], (true, true)),
                moved("C", -60, &["A", "B", "C"], (true, false)),
                moved("D", 120, &["A", "D"], (false, false)),
            ],
            ..Delta::default()
        };
        let story = Story::of(&delta, &[], Some("C"));
        let told: Vec<(Vec<String>, Vec<usize>)> =
            story.chains.iter().map(|one| (one.codes.clone(), one.told.clone())).collect();
        let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        assert_eq!(told, [(codes(&["A", "B", "C"]), vec![0, 1, 2]), (codes(&["A", "D"]), vec![3])]);
        assert_eq!((story.later, story.earlier, story.furthest), (3, 1, Some(3)));
        assert_eq!((story.milestones, story.now_critical, story.eased), (vec![2], vec![0], vec![2]));
    }
}
