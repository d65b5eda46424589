//! Baselines: the plan as it was at a moment, kept for good, and what has become of it since.
//!
//! A baseline is *frozen* from the computed plan, at a gate or by hand, and never changed again.
//! Comparing one with the present is pure: dates on the venue's wall clock, shifts in minutes of it.

use super::axis;
use super::calendar::DAY;
use super::network::Kind;
use super::sheet::{Computed, Sheet};
use super::task::TaskState;
use super::view::Row;
use super::vocabulary::Phase;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{BaselineId, Bilingual, EditionId, Refusal, TaskId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

codes! {
    /// What made a baseline.
    BaselineKind {
        /// A gate was passed.
        Gate "gate",
        /// A person froze it.
        Manual "manual",
    }
}

/// The head of a baseline: everything but the tasks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// Identity.
    pub id: BaselineId,
    /// The edition.
    pub edition: EditionId,
    /// Counts the baselines of the edition, from 1.
    pub number: i32,
    /// Name.
    pub name: Bilingual,
    /// Why it was taken.
    pub reason: String,
    /// What made it.
    pub kind: BaselineKind,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// By whom; nobody for the system.
    pub by: Option<UserId>,
    /// Revision of the plan it holds.
    pub revision: i32,
    /// D0 as it was.
    pub opens_on: NaiveDate,
    /// Working minutes between the end of the preparation and D0 as it was.
    pub room: Option<i64>,
    /// How many tasks it holds.
    pub tasks: i32,
    /// The one pictures are compared with.
    pub shown: bool,
}

/// Spelling of [`Frozen`]; raised when its meaning changes.
pub const FROZEN_FORMAT: u32 = 1;

/// The tasks of a baseline, as they are stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// Spelling, see [`FROZEN_FORMAT`].
    pub format: u32,
    /// Currency of the budgets; empty for none.
    pub currency: String,
    /// Codes on the critical path to the opening, in order.
    pub path: Vec<String>,
    /// The tasks in plan order; cancelled ones are left out.
    pub tasks: Vec<FrozenTask>,
}

/// One task as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrozenTask {
    /// The task.
    pub task: TaskId,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: Bilingual,
    /// Phase.
    pub phase: Phase,
    /// Task, milestone or summary.
    pub kind: Kind,
    /// Planned start.
    pub start: DateTime<Utc>,
    /// Planned finish.
    pub finish: DateTime<Utc>,
    /// Working minutes.
    pub duration: i64,
    /// Total float in working minutes.
    pub total_float: i64,
    /// On a critical path.
    pub critical: bool,
    /// Minor units of the currency.
    pub budget: Option<i64>,
    /// Where it stood.
    pub state: TaskState,
    /// How far it was.
    pub percent: i32,
}

/// A baseline with its tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct FrozenPlan {
    /// The head.
    pub baseline: Baseline,
    /// The tasks.
    pub frozen: Frozen,
}

impl FrozenPlan {
    /// A task of it, by identity.
    pub fn task(&self, id: TaskId) -> Option<&FrozenTask> {
        self.frozen.tasks.iter().find(|task| task.task == id)
    }
}

/// The tasks of a plan as a baseline keeps them.
pub fn freeze(sheet: &Sheet, computed: &Computed) -> Frozen {
    let path = computed.path_to_opening().into_iter().map(|at| sheet.tasks[at].code.clone()).collect();
    let kept = sheet.tasks.iter().enumerate().filter(|(_, task)| task.state != TaskState::Cancelled);
    let tasks = kept.map(|(at, task)| {
        let dates = sheet.dates(computed, at);
        FrozenTask {
            task: task.id,
            code: task.code.clone(),
            name: task.name.clone(),
            phase: task.phase,
            kind: task.kind,
            start: dates.early_start,
            finish: dates.early_finish,
            duration: task.duration,
            total_float: dates.total_float,
            critical: dates.critical,
            budget: task.budget,
            state: task.state,
            percent: task.percent,
        }
    });
    Frozen { format: FROZEN_FORMAT, currency: sheet.currency.clone(), path, tasks: tasks.collect() }
}

/// What the journal keeps of a new baseline.
pub fn frozen_fact(baseline: &Baseline) -> Fact {
    Fact::new("plan.baseline_frozen", Subject::new(SubjectKind::Plan, baseline.edition), baseline.edition)
        .with("number", baseline.number)
        .with("name_en", baseline.name.en.as_str())
        .with("name_zh", baseline.name.get(crate::Locale::ZhCn))
        .with("kind", baseline.kind.code())
        .with("tasks", baseline.tasks)
        .with("revision", baseline.revision)
}

/// What a person types to freeze a baseline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BaselineDraft {
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese; may be empty.
    pub name_zh: String,
    /// Why it is taken.
    pub reason: String,
}

/// A draft, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBaseline {
    /// Name.
    pub name: Bilingual,
    /// Why.
    pub reason: String,
}

impl BaselineDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be accepted.
    pub fn parse(&self) -> Result<NewBaseline, Vec<Refusal>> {
        let mut parse = Parse::new();
        let name_en = parse.required("name_en", &self.name_en, 120);
        let name_zh = parse.optional("name_zh", &self.name_zh, 120);
        let reason = parse.required("reason", &self.reason, 1_000);
        parse.finish(|| NewBaseline { name: Bilingual::new(name_en, name_zh), reason })
    }
}

codes! {
    /// What has become of a task since a baseline.
    Change {
        /// Ends later than it was to.
        Later "later",
        /// Ends earlier.
        Earlier "earlier",
        /// Only the plan of today has it.
        Added "added",
        /// Only the baseline has it, or it is cancelled.
        Removed "removed",
        /// As it was.
        Same "same",
    }
}

/// A task's stretch in one of the two plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Start on the axis.
    pub start: i64,
    /// Finish on the axis.
    pub finish: i64,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Working minutes.
    pub duration: i64,
    /// Total float in working minutes.
    pub float: i64,
    /// On a critical path.
    pub critical: bool,
}

/// One task, then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Code.
    pub code: String,
    /// Name, the present one where there is one.
    pub name: Bilingual,
    /// Phase.
    pub phase: Phase,
    /// What has become of it.
    pub change: Change,
    /// As it was; nothing for an added task.
    pub then: Option<Stretch>,
    /// As it is; nothing for a removed one.
    pub now: Option<Stretch>,
}

impl Compared {
    /// Minutes of the wall clock by which the start has moved.
    pub fn start_by(&self) -> i64 {
        self.then.zip(self.now).map_or(0, |(then, now)| now.start - then.start)
    }

    /// Minutes by which the finish has moved.
    pub fn finish_by(&self) -> i64 {
        self.then.zip(self.now).map_or(0, |(then, now)| now.finish - then.finish)
    }

    /// Working minutes by which the total float has changed.
    pub fn float_by(&self) -> i64 {
        self.then.zip(self.now).map_or(0, |(then, now)| now.float - then.float)
    }

    /// Days as people count them, with a fraction where it takes one.
    pub fn days(minutes: i64) -> f64 {
        minutes as f64 / DAY as f64
    }
}

/// A baseline beside the present plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Every task of either, in plan order, removed ones last.
    pub rows: Vec<Compared>,
    /// Working minutes before D0 then.
    pub room_then: Option<i64>,
    /// Working minutes before D0 now.
    pub room_now: Option<i64>,
}

impl Comparison {
    /// How many tasks fared so.
    pub fn count(&self, change: Change) -> usize {
        self.rows.iter().filter(|row| row.change == change).count()
    }

    /// The largest move of a finish, in minutes.
    pub fn worst(&self) -> i64 {
        self.rows.iter().map(Compared::finish_by).max().unwrap_or(0).max(0)
    }
}

/// Compares a baseline with the present plan. Tasks are matched by identity, so a new code is no new task.
pub fn compare(then: &FrozenPlan, rows: &[Row], room_now: Option<i64>, zone: Tz) -> Comparison {
    let frozen: HashMap<TaskId, &FrozenTask> = then.frozen.tasks.iter().map(|task| (task.task, task)).collect();
    let live: HashSet<TaskId> = rows.iter().filter(|row| row.state != TaskState::Cancelled).map(|row| row.id).collect();
    let mut compared: Vec<Compared> = rows
        .iter()
        .filter(|row| live.contains(&row.id))
        .map(|row| {
            let before = frozen.get(&row.id).map(|task| stretch_then(task, zone));
            let now = stretch_now(row);
            Compared {
                code: row.code.clone(),
                name: row.name.clone(),
                phase: row.phase,
                change: before.map_or(Change::Added, |before| change(before, now)),
                then: before,
                now: Some(now),
            }
        })
        .collect();
    compared.extend(then.frozen.tasks.iter().filter(|task| !live.contains(&task.task)).map(|task| Compared {
        code: task.code.clone(),
        name: task.name.clone(),
        phase: task.phase,
        change: Change::Removed,
        then: Some(stretch_then(task, zone)),
        now: None,
    }));
    Comparison { rows: compared, room_then: then.baseline.room, room_now }
}

fn change(then: Stretch, now: Stretch) -> Change {
    match (now.finish - then.finish, now.start - then.start) {
        (0, 0) => Change::Same,
        (finish, _) if finish > 0 => Change::Later,
        (0, start) if start > 0 => Change::Later,
        _ => Change::Earlier,
    }
}

fn stretch_then(task: &FrozenTask, zone: Tz) -> Stretch {
    let (start, finish) = (axis::minute_at(task.start, zone), axis::minute_at(task.finish, zone));
    Stretch {
        start,
        finish,
        starts_on: axis::day_of(start),
        ends_on: axis::last_day_of(start, finish),
        duration: task.duration,
        float: task.total_float,
        critical: task.critical,
    }
}

fn stretch_now(row: &Row) -> Stretch {
    Stretch {
        start: row.start,
        finish: row.finish,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        duration: row.duration,
        float: row.total_float,
        critical: row.critical,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: i64, finish: i64) -> Stretch {
        let day = axis::day_of(start);
        Stretch { start, finish, starts_on: day, ends_on: day, duration: 0, float: 0, critical: false }
    }

    #[test]
    fn the_finish_decides_then_the_start() {
        let then = stretch(0, 100);
        assert_eq!(change(then, stretch(0, 100)), Change::Same);
        assert_eq!(change(then, stretch(-10, 101)), Change::Later);
        assert_eq!(change(then, stretch(10, 90)), Change::Earlier);
        assert_eq!(change(then, stretch(10, 100)), Change::Later);
        assert_eq!(change(then, stretch(-10, 100)), Change::Earlier);
    }

    #[test]
    fn a_baseline_needs_a_name_and_a_reason() {
        let refused = BaselineDraft { name_zh: "基线".into(), ..BaselineDraft::default() }.parse().unwrap_err();
        let fields: Vec<_> = refused.iter().filter_map(|one| one.field.as_deref()).collect();
        assert_eq!(fields, ["name_en", "reason"]);
    }
}
