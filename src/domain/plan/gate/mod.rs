//! Gates: where a phase ends and the next may begin. A gate is a finish milestone of the plan and a decision record.
//!
//! The milestone follows the gate's deliverables; every task of the next phase in the gate's scope follows the milestone,
//! finish to start, released only when it is *confirmed*. So a closed gate holds its tasks by the graph itself, its
//! forecast is a date of the plan, and no second rule can disagree. [`lay`] puts gates into a plan, [`judge`] computes the
//! criteria, [`decide`] is the decision, [`waiver`] what is let pass, [`template`] the data, [`view`] what pages show.

pub mod decide;
#[cfg(test)]
mod gate_tests;
pub mod judge;
pub mod lay;
pub mod template;
pub mod view;
pub mod waiver;

pub use decide::{Condition, Decision, DecisionState, Outcome, Proposal, Signature};
pub use judge::{Criterion, Evidence, Standing};
pub use waiver::{Waiver, WaiverDraft};

use super::vocabulary::Function;
use crate::{EditionId, PhaseGateId, PlaceId, TaskId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// Whether a gate lets the next phase go.
    GateState {
        /// Not decided yet.
        Closed "closed",
        /// Passed.
        Open "open",
        /// Passed, with conditions that have a deadline.
        Conditional "conditional",
        /// Looked at and held: decided again later.
        Held "held",
        /// Sent back: part of the phase is done again.
        Recycled "recycled",
        /// Ended: the next phase is not to begin.
        Stopped "stopped",
        /// Was open and has closed again.
        Reclosed "reclosed",
    }
}

impl GateState {
    /// The next phase may begin.
    pub const fn is_open(self) -> bool {
        matches!(self, GateState::Open | GateState::Conditional)
    }
}

codes! {
    /// A kind of criterion.
    CriterionKind {
        /// A task that must be confirmed.
        Deliverable "deliverable",
        /// An indicator of the gate itself.
        Indicator "indicator",
        /// The mandatory indicators of the deliverables, taken together.
        Indicators "indicators",
        /// Places that must be established.
        Established "established",
        /// Open deviations.
        Deviations "deviations",
        /// The P80 date of the next gate.
        Forecast "forecast",
        /// Cost against budget.
        Budget "budget",
    }
}

/// A gate of an edition's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Identity.
    pub id: PhaseGateId,
    /// The edition.
    pub edition: EditionId,
    /// Its milestone.
    pub task: TaskId,
    /// Code within the template (`G4`); the milestone's own code also names the place (`G4-N1`).
    pub code: String,
    /// The place it is for; the whole show without one.
    pub place: Option<PlaceId>,
    /// Which tasks it holds: codes, `B*` for all that begin so, `-B01` for all but this.
    pub guards: String,
    /// What it asks beyond deliverables and its own indicators.
    pub asks: Vec<CriterionKind>,
    /// Open major deviations it lets pass, each with owner and day.
    pub majors: i32,
    /// Who signs: one signature for each.
    pub signers: Vec<Function>,
    /// Whether it lets the next phase go.
    pub state: GateState,
    /// Why it has closed again.
    pub reason: String,
    /// Since when it is in its state.
    pub since: DateTime<Utc>,
    /// Place in the list.
    pub sort: i32,
    /// For the check against a change in between.
    pub version: i32,
}

impl Gate {
    /// Whether the gate asks for this.
    pub fn asks(&self, kind: CriterionKind) -> bool {
        matches!(kind, CriterionKind::Deliverable | CriterionKind::Indicator) || self.asks.contains(&kind)
    }

    /// Whether a task with this code is in the gate's scope.
    pub fn guards(&self, code: &str) -> bool {
        guards(&self.guards, code)
    }
}

/// Whether a list of codes names a code: `B*` all that begin so, `-B01` all but this.
pub fn guards(list: &str, code: &str) -> bool {
    let names = |pattern: &str| match pattern.strip_suffix('*') {
        Some(start) => code.starts_with(start) && code[start.len()..].starts_with(|c: char| c.is_ascii_digit()),
        None => pattern == code,
    };
    let but = list.split_whitespace().filter_map(|word| word.strip_prefix('-')).any(names);
    !but && list.split_whitespace().filter(|word| !word.starts_with('-')).any(names)
}

/// `asks` as the database writes it.
pub fn asks_text(asks: &[CriterionKind]) -> String {
    asks.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ")
}

/// Reads what [`asks_text`] writes; words nobody knows are left out.
pub fn parse_asks(text: &str) -> Vec<CriterionKind> {
    text.split_whitespace().filter_map(CriterionKind::parse).collect()
}

/// Signers as the database writes them.
pub fn signers_text(signers: &[Function]) -> String {
    signers.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ")
}

/// Reads what [`signers_text`] writes.
pub fn parse_signers(text: &str) -> Vec<Function> {
    text.split_whitespace().filter_map(Function::parse).collect()
}
