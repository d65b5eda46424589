//! What keeps a task from beginning: predecessors that have not let go, gates that are closed, places in the wrong state,
//! nobody named. Said as conditions a person can clear, never as a bare no. The acts themselves are in [`super::work`].

use super::network::LinkKind;
use super::space::{PlaceState, Unit};
use super::task::{Release, Task, TaskState};
use crate::Refusal;
use crate::measure::show_hundredths;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// A condition that is not met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "unmet")]
pub enum Unmet {
    /// A predecessor has not let go.
    Predecessor {
        /// Its code.
        code: String,
        /// Where it stands.
        state: TaskState,
        /// What is waited for.
        release: Release,
    },
    /// A predecessor has not begun.
    NotBegun {
        /// Its code.
        code: String,
    },
    /// A waiting time after a predecessor is not over.
    Waiting {
        /// Its code.
        code: String,
        /// Over at.
        until: DateTime<Utc>,
    },
    /// A gate before it is closed.
    GateClosed {
        /// Code of the gate's milestone.
        code: String,
    },
    /// Nobody answers for the work.
    NoOwner,
    /// Nobody is named to check it.
    NoChecker,
    /// A mandatory indicator has no answer in this round.
    NotMeasured {
        /// Its name.
        name: crate::Bilingual,
    },
    /// A mandatory indicator fails in this round.
    Failing {
        /// Its name.
        name: crate::Bilingual,
    },
    /// Blocking deviations are open.
    Deviations {
        /// How many.
        open: u32,
    },
    /// Places are not in the state the work needs.
    PlaceState {
        /// The state.
        state: PlaceState,
        /// The first few of the places.
        places: Vec<crate::Bilingual>,
        /// How many places.
        count: u32,
    },
    /// Other work holds places the task needs.
    Occupied {
        /// Code of the other task.
        code: String,
        /// The first few of the places.
        places: Vec<crate::Bilingual>,
        /// How many places.
        count: u32,
    },
    /// What goes on at a place leaves too little of it. Quantities are hundredths.
    PlaceFull {
        /// The place.
        place: crate::Bilingual,
        /// What is counted.
        unit: Unit,
        /// In use now.
        taken: i64,
        /// Wanted.
        wanted: i64,
        /// What there is.
        capacity: i64,
    },
}

impl Unmet {
    /// As a refusal with its parameters.
    pub fn refusal(&self) -> Refusal {
        match self {
            Unmet::Predecessor { code, state, release } => Refusal::unmet("task-predecessor")
                .with("code", code)
                .with("state", state.code())
                .with("release", release.code()),
            Unmet::NotBegun { code } => Refusal::unmet("task-predecessor-not-begun").with("code", code),
            Unmet::Waiting { code, until } => {
                Refusal::unmet("task-waiting").with("code", code).with("until", until.format("%Y-%m-%d %H:%M UTC"))
            }
            Unmet::GateClosed { code } => Refusal::unmet("gate-closed").with("code", code),
            Unmet::NoOwner => Refusal::unmet("task-no-owner"),
            Unmet::NoChecker => Refusal::unmet("task-no-checker"),
            Unmet::NotMeasured { name } => {
                Refusal::unmet("task-not-measured").with("name", &name.en).with("name_zh", &name.zh)
            }
            Unmet::Failing { name } => Refusal::unmet("task-failing").with("name", &name.en).with("name_zh", &name.zh),
            Unmet::Deviations { open } => Refusal::unmet("task-deviations-open").with("count", open),
            Unmet::PlaceState { state, places, count } => {
                placed(Refusal::unmet("task-place-state").with("state", state.code()), places, *count)
            }
            Unmet::Occupied { code, places, count } => {
                placed(Refusal::unmet("task-place-occupied").with("code", code), places, *count)
            }
            Unmet::PlaceFull { place, unit, taken, wanted, capacity } => Refusal::unmet("task-place-full")
                .with("place_en", &place.en)
                .with("place_zh", &place.zh)
                .with("unit", unit.code())
                .with("taken", show_hundredths(*taken))
                .with("wanted", show_hundredths(*wanted))
                .with("capacity", show_hundredths(*capacity)),
        }
    }
}

/// Names the places of an unmet condition in both languages; `more` are those not named.
fn placed(refusal: Refusal, places: &[crate::Bilingual], count: u32) -> Refusal {
    let en: Vec<&str> = places.iter().map(|place| place.en.as_str()).collect();
    let zh: Vec<&str> = places.iter().map(|place| place.zh.as_str()).collect();
    refusal
        .with("places_en", en.join(", "))
        .with("places_zh", zh.join("、"))
        .with("more", (count as usize).saturating_sub(places.len()))
}

/// A predecessor as the loop looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Code of the predecessor.
    pub code: String,
    /// Where it stands.
    pub state: TaskState,
    /// When it began.
    pub actual_start: Option<DateTime<Utc>>,
    /// When it was handed in.
    pub actual_finish: Option<DateTime<Utc>>,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Minutes between.
    pub lag: i64,
    /// When it lets go.
    pub release: Release,
    /// It is a gate that holds the task.
    pub gate: bool,
}

impl Before {
    /// What keeps the successor from beginning (`at_start`) or from handing in.
    pub(super) fn holds(&self, at_start: bool, now: DateTime<Utc>) -> Option<Unmet> {
        let on_start = matches!(self.kind, LinkKind::Fs | LinkKind::Ss);
        if on_start != at_start {
            return None;
        }
        // A lead lets the successor go before the predecessor is through: it must have begun.
        let needs_end = matches!(self.kind, LinkKind::Fs | LinkKind::Ff) && self.lag >= 0;
        let let_go = if needs_end { self.release.given_by(self.state) } else { !self.state.is_ahead() };
        if !let_go && self.gate {
            return Some(Unmet::GateClosed { code: self.code.clone() });
        }
        if !let_go {
            return Some(if needs_end {
                Unmet::Predecessor { code: self.code.clone(), state: self.state, release: self.release }
            } else {
                Unmet::NotBegun { code: self.code.clone() }
            });
        }
        let from = if needs_end { self.actual_finish } else { self.actual_start };
        let until = from? + TimeDelta::minutes(self.lag);
        (self.lag > 0 && until > now).then(|| Unmet::Waiting { code: self.code.clone(), until })
    }
}

/// Everything that keeps a task from being ready, in the order a person would clear it. `around`
/// are conditions beside the predecessors: states of places, places that are taken.
pub fn unmet_to_start(task: &Task, before: &[Before], around: &[Unmet], now: DateTime<Utc>) -> Vec<Unmet> {
    let mut unmet: Vec<Unmet> = before.iter().filter_map(|one| one.holds(true, now)).collect();
    unmet.extend_from_slice(around);
    if task.owner.is_none() {
        unmet.push(Unmet::NoOwner);
    }
    if task.checker.is_none() {
        unmet.push(Unmet::NoChecker);
    }
    unmet
}

/// Planned or ready, by what is met. Other states are left alone.
pub fn settle(task: &Task, before: &[Before], around: &[Unmet], now: DateTime<Utc>) -> TaskState {
    match task.state {
        TaskState::Planned | TaskState::Ready if unmet_to_start(task, before, around, now).is_empty() => {
            TaskState::Ready
        }
        TaskState::Planned | TaskState::Ready => TaskState::Planned,
        other => other,
    }
}
