//! What pages show of gates.

use super::{Criterion, Decision, Gate, Waiver};
use crate::plan::Indicator;
use crate::plan::task::TaskState;
use crate::plan::view::Head;
use crate::{Bilingual, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

/// A gate in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct GateRow {
    /// The gate.
    pub gate: Gate,
    /// Code of its milestone: how people name it.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// The place it is for.
    pub place: Option<Bilingual>,
    /// When the plan expects it, or when it was passed.
    pub forecast: DateTime<Utc>,
    /// The same as a day of the venue: the last day of work before it.
    pub on: NaiveDate,
    /// When it must be passed at the latest, as a day.
    pub latest_on: NaiveDate,
    /// Total float in working minutes.
    pub float: i64,
    /// Criteria met, waived, in all.
    pub counts: (u32, u32, u32),
    /// Tasks it holds: not begun, in all.
    pub held: (u32, u32),
    /// The last decision, if any.
    pub last: Option<Decision>,
}

/// A task a gate holds.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldTask {
    /// Identity.
    pub id: TaskId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// First day.
    pub starts_on: NaiveDate,
    /// It may start early: a valid waiver names it.
    pub early: bool,
}

/// Everything on the page of one gate.
#[derive(Debug, Clone, PartialEq)]
pub struct GatePage {
    /// As in the list.
    pub row: GateRow,
    /// Its criteria now.
    pub criteria: Vec<Criterion>,
    /// Its own indicators, for taking readings.
    pub indicators: Vec<Indicator>,
    /// Decisions, newest first.
    pub decisions: Vec<Decision>,
    /// Waivers, newest first.
    pub waivers: Vec<Waiver>,
    /// Tasks it holds.
    pub held: Vec<HeldTask>,
    /// Names of everyone named.
    pub names: HashMap<crate::UserId, String>,
    /// Codes and states of the tasks made of conditions.
    pub tasks: HashMap<TaskId, (String, TaskState)>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// The gates of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct GateList {
    /// What stands above every view of the plan.
    pub head: Head,
    /// The gates, in order.
    pub rows: Vec<GateRow>,
    /// The first day of the picture.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
}
