//! The difference between two computed plans: which tasks move, by how much, along which
//! driving chain, and what that does to opening day. Shown before anything is saved.

use super::explain::Step;
use super::network::Network;
use super::schedule::{Conflict, Schedule};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Dates of one task in one plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// Early start.
    pub start: i64,
    /// Early finish.
    pub finish: i64,
    /// Total float in working minutes.
    pub float: i64,
    /// Critical or not.
    pub critical: bool,
}

/// One task that moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Code of the task.
    pub code: String,
    /// Before.
    pub before: Dates,
    /// After.
    pub after: Dates,
    /// The driving chain of the new date (of the old one for a task that comes forward),
    /// cut at the first task that was itself changed.
    pub chain: Vec<Step>,
}

impl Move {
    /// Minutes by which the start moves.
    pub fn start_by(&self) -> i64 {
        self.after.start - self.before.start
    }

    /// Minutes by which the finish moves.
    pub fn finish_by(&self) -> i64 {
        self.after.finish - self.before.finish
    }
}

/// What the change does to opening day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Room before D0 so far, in working minutes; negative: the plan misses it.
    pub before: i64,
    /// Room after the change.
    pub after: i64,
}

/// A link or date wish that the new plan breaks and the old one did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "breach")]
pub enum Breach {
    /// A relationship is violated.
    Link {
        /// Predecessor.
        from: String,
        /// Successor.
        to: String,
        /// Working minutes.
        by: i64,
    },
    /// A constraint or deadline is missed.
    Missed {
        /// The task.
        code: String,
        /// Working minutes.
        by: i64,
    },
    /// Two tasks lie further apart than the maximum lag of their link.
    Apart {
        /// Predecessor.
        from: String,
        /// Successor.
        to: String,
        /// Working minutes.
        by: i64,
    },
    /// Links and maximum lags of these tasks cannot hold together.
    Ring {
        /// The way round, first task repeated.
        codes: Vec<String>,
    },
    /// No working time left on the calendar of the task.
    NoTime {
        /// The task.
        code: String,
    },
}

/// Everything a person has to know before accepting a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// Tasks whose dates move, in plan order.
    pub moves: Vec<Move>,
    /// Tasks that only gain or lose float.
    pub float_changes: u32,
    /// Tasks only the new plan has.
    pub added: Vec<String>,
    /// Tasks only the old plan has.
    pub removed: Vec<String>,
    /// Effect on opening day, when the plan has one.
    pub opening: Option<Opening>,
    /// Broken now and not before.
    pub breaches: Vec<Breach>,
    /// Broken before and not any more.
    pub repaired: Vec<Breach>,
}

impl Delta {
    /// Nothing moves and nothing breaks.
    pub fn is_empty(&self) -> bool {
        self == &Delta { opening: self.opening, ..Delta::default() }
            && self.opening.is_none_or(|opening| opening.before == opening.after)
    }

    /// Compares two computed plans. `changed` are the codes a person edited: explanations stop there.
    pub fn between(
        old: (&Network, &Schedule),
        new: (&Network, &Schedule),
        opening: Option<&str>,
        changed: &[&str],
    ) -> Delta {
        let (old_net, old_dates) = old;
        let (new_net, new_dates) = new;
        let before: HashMap<&str, usize> =
            (0..old_net.input().activities.len()).map(|at| (old_net.code(at), at)).collect();
        let mut delta = Delta::default();
        let mut seen = vec![false; old_net.input().activities.len()];
        for at in 0..new_net.input().activities.len() {
            let code = new_net.code(at);
            let Some(&was) = before.get(code) else {
                delta.added.push(code.to_owned());
                continue;
            };
            seen[was] = true;
            let (from, to) = (dates(old_dates, was), dates(new_dates, at));
            if from.start == to.start && from.finish == to.finish {
                delta.float_changes += u32::from(from.float != to.float);
                continue;
            }
            // A task held back is explained by what holds it now; one that comes forward by
            // what held it before.
            let later = to.finish > from.finish || (to.finish == from.finish && to.start > from.start);
            let chain = if later { new_net.explain(new_dates, at) } else { old_net.explain(old_dates, was) };
            delta.moves.push(Move { code: code.to_owned(), before: from, after: to, chain: cut(chain, changed) });
        }
        delta.removed = (0..seen.len()).filter(|&at| !seen[at]).map(|at| old_net.code(at).to_owned()).collect();
        delta.opening = opening.and_then(|code| {
            let (was, is) = (old_net.find(code)?, new_net.find(code)?);
            Some(Opening { before: old_net.room_before(old_dates, was), after: new_net.room_before(new_dates, is) })
        });
        let (old_breaches, new_breaches) = (breaches(old_net, old_dates), breaches(new_net, new_dates));
        delta.breaches = new_breaches.iter().filter(|breach| !old_breaches.contains(breach)).cloned().collect();
        delta.repaired =
            old_breaches.into_iter().filter(|was| !new_breaches.iter().any(|is| same_place(was, is))).collect();
        delta
    }
}

fn dates(schedule: &Schedule, at: usize) -> Dates {
    Dates {
        start: schedule.early_start[at],
        finish: schedule.early_finish[at],
        float: schedule.total_float[at],
        critical: schedule.critical[at],
    }
}

/// Keeps the part of the chain that begins with the last edited task in it.
fn cut(chain: Vec<Step>, changed: &[&str]) -> Vec<Step> {
    let from = chain.iter().rposition(|step| changed.contains(&step.code.as_str())).unwrap_or(0);
    chain.into_iter().skip(from).collect()
}

/// The conflicts of a schedule, spelled with codes.
pub fn breaches(net: &Network, schedule: &Schedule) -> Vec<Breach> {
    let code = |at: u32| net.code(at as usize).to_owned();
    schedule
        .conflicts
        .iter()
        .map(|conflict| match *conflict {
            Conflict::Link { link, by } => {
                let link = net.input().links[link as usize];
                Breach::Link { from: code(link.from), to: code(link.to), by }
            }
            Conflict::Apart { link, by } => {
                let link = net.input().links[link as usize];
                Breach::Apart { from: code(link.from), to: code(link.to), by }
            }
            Conflict::Ring { ring } => {
                let ring = schedule.rings.get(ring as usize).map_or(&[][..], Vec::as_slice);
                Breach::Ring { codes: ring.iter().map(|&at| code(at)).collect() }
            }
            Conflict::Missed { activity, by } => Breach::Missed { code: code(activity), by },
            Conflict::NoTime { activity } => Breach::NoTime { code: code(activity) },
        })
        .collect()
}

fn same_place(a: &Breach, b: &Breach) -> bool {
    match (a, b) {
        (Breach::Link { from, to, .. }, Breach::Link { from: f, to: t, .. })
        | (Breach::Apart { from, to, .. }, Breach::Apart { from: f, to: t, .. }) => from == f && to == t,
        (Breach::Ring { codes }, Breach::Ring { codes: c }) => codes == c,
        (Breach::Missed { code, .. }, Breach::Missed { code: c, .. }) => code == c,
        (Breach::NoTime { code }, Breach::NoTime { code: c }) => code == c,
        _ => false,
    }
}
