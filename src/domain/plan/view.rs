//! What pages show of a plan: plain structs without rules, built by the store, and the filter of
//! the overview.

use super::axis;
use super::delta::Breach;
use super::deviation::Deviation;
use super::explain::Step;
use super::indicator::{Indicator, Measurement};
use super::metric::Reading;
use super::network::{Kind, LinkKind};
use super::readiness::Unmet;
use super::sheet::Sheet;
use super::task::{Task, TaskState};
use super::template;
use super::vocabulary::{Function, Phase, PlaceKind};
use crate::{Bilingual, DeviationId, DocumentId, IndicatorId, PlaceId, TaskId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

pub use super::board::{Board, Preview, PreviewMove};
pub use super::overview::{Column, Filter};

/// A member of the team, as named beside tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: UserId,
    /// Name.
    pub name: String,
}

/// One line of the overview and one bar of the Gantt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The task.
    pub id: TaskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// What it is for.
    pub objective: Bilingual,
    /// Phase.
    pub phase: Phase,
    /// Stage.
    pub stage: Bilingual,
    /// Task, milestone or summary.
    pub kind: Kind,
    /// Kind of place.
    pub place_kind: PlaceKind,
    /// Name of the place, once chosen.
    pub place: Option<Bilingual>,
    /// Team.
    pub role: Function,
    /// Who signs, as a team or body.
    pub confirmer_role: Function,
    /// Who answers for it.
    pub owner: Option<Person>,
    /// Who measures.
    pub checker: Option<Person>,
    /// Who signs.
    pub confirmer: Option<Person>,
    /// When it is done.
    pub done_when: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// Round of work.
    pub round: i32,
    /// How far.
    pub percent: i32,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Early start on the axis.
    pub start: i64,
    /// Early finish on the axis.
    pub finish: i64,
    /// Late finish on the axis.
    pub late_finish: i64,
    /// Planned working minutes.
    pub duration: i64,
    /// Total float in working minutes.
    pub total_float: i64,
    /// On a critical path.
    pub critical: bool,
    /// Should be done, or begun, by now and is not.
    pub late: bool,
    /// Wanted last day.
    pub deadline_on: Option<NaiveDate>,
    /// Open deviations.
    pub deviations: u32,
}

/// Float up to which a task that is not critical is nearly so: five working days.
pub const NEAR_CRITICAL: i64 = 5 * super::calendar::DAY;

/// Names that stand beside tasks, by identity.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Members of the team.
    pub people: HashMap<UserId, String>,
    /// Places.
    pub places: HashMap<PlaceId, Bilingual>,
    /// Open deviations of tasks.
    pub deviations: HashMap<TaskId, u32>,
}

impl Names {
    /// The name of a member of the team; empty for nobody.
    pub fn person(&self, id: Option<UserId>) -> String {
        id.and_then(|id| self.people.get(&id)).cloned().unwrap_or_default()
    }

    fn named(&self, id: Option<UserId>) -> Option<Person> {
        id.map(|id| Person { id, name: self.person(Some(id)) })
    }
}

impl Row {
    /// Not critical yet, but a slip of up to [`NEAR_CRITICAL`] makes it so.
    pub fn is_near_critical(&self) -> bool {
        !self.critical && !self.state.is_done() && self.total_float <= NEAR_CRITICAL
    }

    /// The line of a task, with days in the venue's zone.
    pub fn of(task: &Task, sheet: &Sheet, now: DateTime<Utc>, names: &Names) -> Row {
        let zone = sheet.zone;
        // Words the template brought and nobody has changed are known in both languages.
        let known = template::template(&sheet.template).and_then(|template| template.task(&task.code));
        let objective = known.filter(|known| known.objective.en == task.objective).map(|known| &known.objective);
        let done_zh = known.filter(|known| known.done_when == task.done_when).map(|known| known.done_when_zh.as_str());
        let minute = |at| axis::minute_at(at, zone);
        let (start, finish) = (minute(task.dates.early_start), minute(task.dates.early_finish));
        Row {
            id: task.id,
            code: task.code.clone(),
            name: task.name.clone(),
            objective: objective.cloned().unwrap_or_else(|| Bilingual::new(task.objective.as_str(), "")),
            phase: task.phase,
            stage: task.stage.clone(),
            kind: task.kind,
            place_kind: task.place_kind,
            place: task.place.and_then(|id| names.places.get(&id)).cloned(),
            role: task.role,
            confirmer_role: task.confirmer_role,
            owner: names.named(task.owner),
            checker: names.named(task.checker),
            confirmer: names.named(task.confirmer),
            done_when: Bilingual::new(task.done_when.as_str(), done_zh.unwrap_or_default()),
            state: task.state,
            round: task.round,
            percent: task.percent,
            starts_on: axis::day_of(start),
            ends_on: axis::last_day_of(start, finish),
            start,
            finish,
            late_finish: minute(task.dates.late_finish),
            duration: task.duration,
            total_float: task.dates.total_float,
            critical: task.dates.critical,
            late: task.is_late(now),
            deadline_on: task.deadline_at.map(|at| axis::day_of(minute(at) - 1)),
            deviations: names.deviations.get(&task.id).copied().unwrap_or(0),
        }
    }
}

/// A link between two rows, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowLink {
    /// Position of the predecessor.
    pub from: usize,
    /// Position of the successor.
    pub to: usize,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Decides the successor's start.
    pub driving: bool,
}

/// The head of a plan: what stands above every view of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Template code.
    pub template: String,
    /// D0.
    pub opens_on: NaiveDate,
    /// Today, in the venue's zone.
    pub today: NaiveDate,
    /// Code of the opening task.
    pub opening: Option<String>,
    /// Working minutes before D0.
    pub room: Option<i64>,
    /// Codes on the critical path to the opening, in order.
    pub path: Vec<String>,
    /// Up to here everything is fact.
    pub data_date: Option<NaiveDate>,
    /// Counts accepted changes.
    pub revision: i32,
    /// Wishes the plan cannot keep.
    pub breaches: Vec<Breach>,
    /// All tasks, done tasks, late tasks, open deviations.
    pub counts: Counts,
}

/// Figures above the overview.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Tasks that are not cancelled.
    pub tasks: u32,
    /// Accepted, confirmed or waived.
    pub done: u32,
    /// Late.
    pub late: u32,
    /// Critical and not done.
    pub critical: u32,
    /// Open deviations.
    pub deviations: u32,
}

/// A task beside the one shown, with the link between.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// The task.
    pub id: TaskId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Working minutes between.
    pub lag: i64,
    /// Decides the date of the successor.
    pub driving: bool,
}

/// What was said at a step of the loop.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Round.
    pub round: i32,
    /// `submit`, `check`, `confirm`, `reject`, `note`.
    pub kind: String,
    /// Words.
    pub text: String,
    /// Evidence.
    pub document: Option<File>,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A stored file, as linked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Identity.
    pub id: DocumentId,
    /// Name as uploaded.
    pub name: String,
    /// Bytes.
    pub size: i64,
}

/// A measurement with the name of who made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The measurement.
    pub measurement: Measurement,
    /// Who.
    pub by: String,
    /// Evidence.
    pub document: Option<File>,
}

/// A deviation with names.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviationRow {
    /// The deviation.
    pub deviation: Deviation,
    /// Task code and name.
    pub task: Option<(String, Bilingual)>,
    /// Who puts it right.
    pub owner: String,
    /// Who found it.
    pub opened_by: String,
    /// Who closed it.
    pub closed_by: String,
    /// Due and not closed.
    pub overdue: bool,
}

impl DeviationRow {
    /// Identity.
    pub fn id(&self) -> DeviationId {
        self.deviation.id
    }
}

/// How far the exhibitors are with the duty that hangs on a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyProgress {
    /// Code of the duty.
    pub code: String,
    /// Name of the duty.
    pub name: Bilingual,
    /// Exhibitors who are through with it.
    pub done: u32,
    /// Exhibitors it was waived for.
    pub waived: u32,
    /// Exhibitors who still owe it.
    pub open: u32,
}

impl DutyProgress {
    /// Everyone it applies to.
    pub fn total(&self) -> u32 {
        self.done + self.waived + self.open
    }
}

/// Everything on the page of one task.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPage {
    /// The record.
    pub task: Task,
    /// As a row, with names and days.
    pub row: Row,
    /// Late start and late finish as days.
    pub late_days: (NaiveDate, NaiveDate),
    /// Constraint as people write it: its day.
    pub constraint_on: Option<NaiveDate>,
    /// What it waits for.
    pub before: Vec<Neighbour>,
    /// What waits for it.
    pub after: Vec<Neighbour>,
    /// Why it starts when it does.
    pub why: Vec<Step>,
    /// On the critical path to the opening.
    pub on_path: bool,
    /// Room of the plan before D0.
    pub room: Option<i64>,
    /// What keeps it from beginning.
    pub unmet: Vec<Unmet>,
    /// Its criteria.
    pub indicators: Vec<Indicator>,
    /// What its live indicators say now.
    pub live: Vec<(IndicatorId, Reading)>,
    /// All answers, newest first.
    pub measured: Vec<Measured>,
    /// What was said, newest first.
    pub reports: Vec<Report>,
    /// Its deviations.
    pub deviations: Vec<DeviationRow>,
    /// Exhibitors' duties tied to it.
    pub duties: Vec<DutyProgress>,
    /// Who handed in the current round.
    pub doer: Option<UserId>,
    /// Blocking deviations that are open.
    pub blocking: u32,
    /// The deviation it is a corrective action of.
    pub corrects: Option<Deviation>,
    /// The number of the incident it came with.
    pub incident: Option<i32>,
}
