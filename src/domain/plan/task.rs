//! A task as it is kept: what, where, by whom, its wishes for dates, its computed dates and its
//! place in the closed loop.

use super::network::{Kind, Lag, LinkKind};
use super::vocabulary::{Function, Phase, PlaceKind};
use crate::{Bilingual, CalendarId, EditionId, LinkId, PlaceId, TaskId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// Where a task stands in its loop.
    TaskState {
        /// Not yet part of the plan.
        Draft "draft",
        /// In the plan, waiting for its conditions.
        Planned "planned",
        /// Every condition is met; work may begin.
        Ready "ready",
        /// Work goes on.
        InProgress "in_progress",
        /// The doer claims it is done.
        Submitted "submitted",
        /// Being measured by someone else.
        Checking "checking",
        /// Every mandatory indicator passed.
        Accepted "accepted",
        /// Signed by the confirmer; the record is frozen.
        Confirmed "confirmed",
        /// The check failed; nobody has begun the rework.
        Rejected "rejected",
        /// Being done again.
        Rework "rework",
        /// Stopped by something outside the task.
        Blocked "blocked",
        /// Let go, with a reason and what replaces it.
        Waived "waived",
        /// Not wanted any more.
        Cancelled "cancelled",
    }
}

impl TaskState {
    /// Nothing more happens to the task.
    pub const fn is_closed(self) -> bool {
        matches!(self, TaskState::Confirmed | TaskState::Waived | TaskState::Cancelled)
    }

    /// Nobody has begun yet.
    pub const fn is_ahead(self) -> bool {
        matches!(self, TaskState::Draft | TaskState::Planned | TaskState::Ready)
    }

    /// Someone works on it.
    pub const fn is_working(self) -> bool {
        matches!(self, TaskState::InProgress | TaskState::Rework)
    }

    /// The doer is through with it, as far as the doer is concerned.
    pub const fn is_done(self) -> bool {
        matches!(self, TaskState::Accepted | TaskState::Confirmed | TaskState::Waived | TaskState::Cancelled)
    }
}

codes! {
    /// From which state on a predecessor lets its successors go.
    Release {
        /// On the doer's claim.
        Submitted "submitted",
        /// When the check has passed.
        Accepted "accepted",
        /// When the confirmer has signed.
        Confirmed "confirmed",
    }
}

impl Release {
    /// Whether a predecessor in this state lets go. A waived or cancelled one holds nobody.
    pub const fn given_by(self, state: TaskState) -> bool {
        match state {
            TaskState::Confirmed | TaskState::Waived | TaskState::Cancelled => true,
            TaskState::Accepted => !matches!(self, Release::Confirmed),
            TaskState::Submitted | TaskState::Checking => matches!(self, Release::Submitted),
            _ => false,
        }
    }
}

codes! {
    /// How the time between the ends of a link is meant.
    LagKind {
        /// Working minutes on the lag calendar.
        Working "working",
        /// Minutes of the clock.
        Elapsed "elapsed",
        /// Percent of the predecessor's duration.
        Percent "percent",
    }
}

codes! {
    /// Where a link comes from.
    LinkOrigin {
        /// The work itself needs it: hard logic.
        Logic "logic",
        /// Somebody, or levelling, put two tasks in an order because they want one place or crew.
        Soft "soft",
        /// A rule by location or a required state of a place.
        Derived "derived",
    }
}

/// What people expect of a duration, in working minutes; optimistic ≤ likely ≤ pessimistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreePoint {
    /// When everything goes well.
    pub optimistic: i64,
    /// As a rule.
    pub likely: i64,
    /// When much goes wrong.
    pub pessimistic: i64,
}

/// Priority of a task nobody gave one.
pub const PRIORITY: i32 = 500;

/// Dates the planner gave a task, as instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComputedDates {
    /// Early start.
    pub early_start: DateTime<Utc>,
    /// Early finish.
    pub early_finish: DateTime<Utc>,
    /// Late start.
    pub late_start: DateTime<Utc>,
    /// Late finish.
    pub late_finish: DateTime<Utc>,
    /// Total float in working minutes.
    pub total_float: i64,
    /// On a critical path.
    pub critical: bool,
}

impl ComputedDates {
    /// Dates of work that was never computed: all at one moment, without float.
    pub const fn none(now: DateTime<Utc>) -> Self {
        Self { early_start: now, early_finish: now, late_start: now, late_finish: now, total_float: 0, critical: false }
    }
}

/// A task of an edition's plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Identity.
    pub id: TaskId,
    /// The edition.
    pub edition: EditionId,
    /// How people name it; unique in the edition.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// What it is for.
    pub objective: String,
    /// Phase of the event.
    pub phase: Phase,
    /// Stage within the phase.
    pub stage: Bilingual,
    /// Place in the plan's list.
    pub sort: i32,
    /// Task, milestone or summary.
    pub kind: Kind,
    /// Planned working minutes.
    pub duration: i64,
    /// What people expect of the duration; `None` when nobody said.
    pub estimate: Option<ThreePoint>,
    /// Working minutes left, as reported; counted from the percentage when `None`.
    pub remaining_minutes: Option<i64>,
    /// Its own working calendar; the plan's when `None`.
    pub calendar: Option<CalendarId>,
    /// The summary it belongs to.
    pub parent: Option<TaskId>,
    /// Who goes first where two want one place or crew: 0 to 1000, [`PRIORITY`] by default.
    pub priority: i32,
    /// What it may cost, in minor units of the plan's currency.
    pub budget: Option<i64>,
    /// What it has cost so far, in minor units.
    pub actual_cost: i64,
    /// First day counted from D0, as the template has it; follows D0 while the constraint is untouched.
    pub offset_days: Option<i32>,
    /// Spelling of the date constraint.
    pub constraint: String,
    /// Its instant.
    pub constraint_at: Option<DateTime<Utc>>,
    /// Wanted finish.
    pub deadline_at: Option<DateTime<Utc>>,
    /// When work began.
    pub actual_start: Option<DateTime<Utc>>,
    /// When the accepted work was handed in.
    pub actual_finish: Option<DateTime<Utc>>,
    /// How much is done, as the doer says.
    pub percent: i32,
    /// Kind of place.
    pub place_kind: PlaceKind,
    /// The place itself, once chosen.
    pub place: Option<PlaceId>,
    /// The team that does it.
    pub role: Function,
    /// The team or body that confirms it.
    pub confirmer_role: Function,
    /// Who answers for the work.
    pub owner: Option<UserId>,
    /// Who measures.
    pub checker: Option<UserId>,
    /// Who signs.
    pub confirmer: Option<UserId>,
    /// The sentence that says when it is done.
    pub done_when: String,
    /// Where it stands.
    pub state: TaskState,
    /// Round of work, from 1.
    pub round: i32,
    /// Computed dates.
    pub dates: ComputedDates,
    /// Why it is blocked, waived or cancelled.
    pub reason: Option<String>,
    /// For the check against a change in between.
    pub version: i32,
    /// When it came to be.
    pub created_at: DateTime<Utc>,
}

impl Task {
    /// Should be through, or should have begun at the latest, and is not.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let overdue = self.dates.early_finish <= now || self.deadline_at.is_some_and(|deadline| deadline <= now);
        let not_begun = self.state.is_ahead() && self.dates.late_start < now;
        !self.state.is_done() && self.state != TaskState::Submitted && (overdue || not_begun)
    }

    /// A planned task with nothing in it, for filling in: no work, no dates, nobody. Its identity is the nil one.
    pub fn blank(edition: EditionId, now: DateTime<Utc>) -> Task {
        Task {
            id: TaskId::from_uuid(uuid::Uuid::nil()),
            edition,
            code: String::new(),
            name: Bilingual::default(),
            objective: String::new(),
            phase: Phase::PreShow,
            stage: Bilingual::default(),
            sort: 0,
            kind: Kind::Task,
            duration: 0,
            estimate: None,
            remaining_minutes: None,
            calendar: None,
            parent: None,
            priority: PRIORITY,
            budget: None,
            actual_cost: 0,
            offset_days: None,
            constraint: "asap".to_owned(),
            constraint_at: None,
            deadline_at: None,
            actual_start: None,
            actual_finish: None,
            percent: 0,
            place_kind: PlaceKind::Office,
            place: None,
            role: Function::ProjectDirector,
            confirmer_role: Function::ProjectDirector,
            owner: None,
            checker: None,
            confirmer: None,
            done_when: String::new(),
            state: TaskState::Planned,
            round: 1,
            dates: ComputedDates::none(now),
            reason: None,
            version: 1,
            created_at: now,
        }
    }

    /// Working minutes still to do, as the planner counts them.
    pub fn remaining(&self) -> i64 {
        let by_percent = self.duration * i64::from(100 - self.percent.clamp(0, 100)) / 100;
        let left = self.remaining_minutes.unwrap_or(by_percent);
        if self.state.is_done() { 0 } else { left }
    }
}

/// A link between two tasks of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLink {
    /// Identity.
    pub id: LinkId,
    /// The edition.
    pub edition: EditionId,
    /// Predecessor.
    pub from: TaskId,
    /// Successor.
    pub to: TaskId,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Minutes between them, or a whole percentage, as [`TaskLink::lag_kind`] says; negative is a lead.
    pub lag: i64,
    /// How the lag is meant.
    pub lag_kind: LagKind,
    /// The successor may follow at most so many minutes after, counted like the lag.
    pub max_lag: Option<i64>,
    /// When the predecessor lets go.
    pub release: Release,
    /// Hard logic, a soft order, or derived.
    pub origin: LinkOrigin,
    /// Why, for soft and derived links.
    pub reason: String,
    /// Who put it there; nobody for links of the template.
    pub by: Option<UserId>,
}

impl TaskLink {
    /// A plain link of hard logic.
    pub fn logic(id: LinkId, edition: EditionId, from: TaskId, to: TaskId, kind: LinkKind, lag: i64) -> Self {
        TaskLink {
            id,
            edition,
            from,
            to,
            kind,
            lag,
            lag_kind: LagKind::Working,
            max_lag: None,
            release: Release::Accepted,
            origin: LinkOrigin::Logic,
            reason: String::new(),
            by: None,
        }
    }

    /// The lag as the planner takes it.
    pub fn kernel_lag(&self) -> Lag {
        match self.lag_kind {
            LagKind::Working => Lag::Working(self.lag),
            LagKind::Elapsed => Lag::Elapsed(self.lag),
            LagKind::Percent => Lag::Percent(self.lag),
        }
    }
}
