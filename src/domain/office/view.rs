//! What the today page shows: the answer to "what needs me now?".

use crate::{
    Bilingual,
    journal::Entry,
    plan::{deviation::Severity, task::TaskState},
};
use chrono::NaiveDate;

/// Why a task is on this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// It is mine to do.
    Do,
    /// It waits for my measurement.
    Check,
    /// It waits for my signature.
    Confirm,
    /// It is my team's, and nobody has taken it.
    Take,
}

impl Call {
    /// The spelling of its word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Check => "check",
            Self::Confirm => "confirm",
            Self::Take => "take",
        }
    }
}

/// A task on the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskTask {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// Last planned day.
    pub ends_on: NaiveDate,
    /// Should be done by now and is not.
    pub late: bool,
    /// On a critical path.
    pub critical: bool,
    /// Why it is here.
    pub call: Call,
}

/// A deviation nobody has closed.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskDeviation {
    /// The task it is about, if one.
    pub task: Option<String>,
    /// What is wrong.
    pub title: String,
    /// How bad.
    pub severity: Severity,
    /// Until when it should be put right.
    pub due_on: Option<NaiveDate>,
    /// Who puts it right.
    pub owner: Option<String>,
}

/// An open deviation that needs this person: it is theirs, or it has come up the line of responsibility to them.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskCall {
    /// Its id, for the link.
    pub id: crate::DeviationId,
    /// What is wrong.
    pub title: Bilingual,
    /// How bad.
    pub severity: Severity,
    /// How far it was escalated.
    pub level: i32,
    /// Until when it should be put right.
    pub due_on: Option<NaiveDate>,
    /// It is this person's own.
    pub own: bool,
}

/// A report this person owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskReport {
    /// Code of the task.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// When the report was due.
    pub due: chrono::DateTime<chrono::Utc>,
}

/// An application nobody has decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskApplication {
    /// Its id, for the link.
    pub id: crate::ApplicationId,
    /// Its number.
    pub number: i64,
    /// The company.
    pub company: Bilingual,
    /// How much space it asks for.
    pub area_dm2: i64,
    /// The day it came in.
    pub day: NaiveDate,
}

/// The plan in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanFigures {
    /// Tasks and milestones that were not cancelled.
    pub tasks: i64,
    /// Accepted, confirmed or waived.
    pub done: i64,
    /// Should be done by now and are not.
    pub late: i64,
    /// Critical and not done.
    pub critical: i64,
    /// Open deviations.
    pub deviations: i64,
    /// Open deviations that block.
    pub blocking: i64,
}

/// Space and exhibitors in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpaceFigures {
    /// Area of all stands.
    pub area_dm2: i64,
    /// Area of stands somebody has.
    pub taken_dm2: i64,
    /// Companies that exhibit.
    pub exhibitors: i64,
    /// Applications nobody has decided.
    pub undecided: i64,
    /// Exhibitor duties past their day.
    pub duties_open: i64,
}

/// People in figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFigures {
    /// Registrations that stand.
    pub registrations: i64,
    /// Registrations of today.
    pub registrations_today: i64,
    /// Registrations by day, the last weeks, oldest first.
    pub by_day: Vec<(NaiveDate, i64)>,
    /// Persons let in for the first time today.
    pub visitors_today: i64,
    /// Entries today, every one.
    pub entries_today: i64,
    /// Turned away today.
    pub denied_today: i64,
    /// Entries by hour of today.
    pub by_hour: Vec<(i32, i64)>,
}

/// Everything the today page shows. A part the viewer may not see is empty and its place is not drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// Today, in the venue's zone.
    pub day: NaiveDate,
    /// The hour it is, in the venue's zone.
    pub hour: i32,
    /// First open day.
    pub opens_on: NaiveDate,
    /// Last open day.
    pub closes_on: NaiveDate,
    /// What waits for this person.
    pub tasks: Vec<DeskTask>,
    /// How many wait in all.
    pub waiting: i64,
    /// Milestones and critical tasks ahead, the next first.
    pub ahead: Vec<DeskTask>,
    /// Open deviations, the worst first.
    pub deviations: Vec<DeskDeviation>,
    /// Deviations that need this person, the worst first.
    pub calls: Vec<DeskCall>,
    /// Reports this person owes, the longest missing first.
    pub reports: Vec<DeskReport>,
    /// Applications to decide, the oldest first.
    pub applications: Vec<DeskApplication>,
    /// The plan.
    pub plan: PlanFigures,
    /// Space and exhibitors.
    pub space: SpaceFigures,
    /// People.
    pub people: PeopleFigures,
    /// What happened last.
    pub latest: Vec<Entry>,
}

/// Where a day stands relative to the show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// So many days before opening.
    Before(i64),
    /// This open day of so many.
    Open(i64, i64),
    /// So many days after closing.
    After(i64),
}

impl Today {
    /// Before, during or after the show.
    pub fn moment(&self) -> Moment {
        let to_opening = (self.opens_on - self.day).num_days();
        let after_closing = (self.day - self.closes_on).num_days();
        if to_opening > 0 {
            Moment::Before(to_opening)
        } else if after_closing > 0 {
            Moment::After(after_closing)
        } else {
            Moment::Open(1 - to_opening, (self.closes_on - self.opens_on).num_days() + 1)
        }
    }
}
