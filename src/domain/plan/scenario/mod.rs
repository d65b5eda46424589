//! Scenarios: a stored set of changes that are tried on the plan without touching it. Each change is
//! the draft of the same form that edits the plan, so a scenario that is promoted goes the ordinary
//! way; what somebody else changed meanwhile is brought together with it as with two open forms.

mod apply;
mod compare;
mod draft;
#[cfg(test)]
mod tests;

pub use apply::{Applied, apply, effect};
pub use compare::{Column, Which};
pub use draft::StepDraft;

use super::calendar::DaySpans;
use super::edit::TaskDraft;
use super::revision::NewTask;
use crate::refusal::Parse;
use crate::{Bilingual, CalendarId, EditionId, Refusal, ScenarioId, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// What has become of a scenario.
    ScenarioState {
        /// It is being thought about.
        Draft "draft",
        /// Its changes are the plan now.
        Promoted "promoted",
        /// It was put away.
        Dropped "dropped",
    }
}

/// One change of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Step {
    /// A task is changed as by its form.
    Task {
        /// The task.
        task: TaskId,
        /// Its code when the change was made.
        code: String,
        /// The task as it was then.
        opened: Box<TaskDraft>,
        /// The task as it shall be.
        draft: Box<TaskDraft>,
    },
    /// A day of a calendar has other hours.
    Day {
        /// The calendar.
        calendar: CalendarId,
        /// Its code when the change was made.
        code: String,
        /// The day.
        day: NaiveDate,
        /// Working spans in minutes from midnight; none for a day off.
        spans: DaySpans,
    },
    /// A task comes.
    Add {
        /// The identity it will have.
        task: TaskId,
        /// Its code.
        code: String,
        /// The task as typed, its code filled in.
        new: Box<NewTask>,
        /// When the change was made.
        at: DateTime<Utc>,
    },
    /// A task that has not begun goes, with its links.
    Delete {
        /// The task.
        task: TaskId,
        /// Its code when the change was made.
        code: String,
        /// Its name.
        name: Bilingual,
    },
    /// The event opens on another day.
    Opening {
        /// D0 when the change was made.
        was: NaiveDate,
        /// D0 as it shall be.
        to: NaiveDate,
    },
}

impl Step {
    /// Whether another step says what this one says otherwise, so that it takes its place.
    pub fn replaces(&self, old: &Step) -> bool {
        match (old, self) {
            (Step::Task { task, .. }, Step::Task { task: new, .. })
            | (Step::Delete { task, .. }, Step::Delete { task: new, .. }) => task == new,
            (Step::Day { calendar, day, .. }, Step::Day { calendar: new, day: on, .. }) => calendar == new && day == on,
            (Step::Opening { .. }, Step::Opening { .. }) => true,
            _ => false,
        }
    }
}

/// A scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Identity.
    pub id: ScenarioId,
    /// The edition.
    pub edition: EditionId,
    /// Counts the scenarios of the edition, from 1.
    pub number: i32,
    /// Name.
    pub name: Bilingual,
    /// The question it answers.
    pub description: String,
    /// Revision of the plan it was begun on.
    pub revision: i32,
    /// What has become of it.
    pub state: ScenarioState,
    /// Its changes, in order.
    pub steps: Vec<Step>,
    /// Who made it, by name.
    pub by: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// For the check against a change in between.
    pub version: i32,
}

/// A new scenario, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScenarioDraft {
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese; may be empty.
    pub name_zh: String,
    /// The question it answers.
    pub description: String,
}

impl ScenarioDraft {
    /// Reads the draft: name and description.
    ///
    /// # Errors
    /// Every field that cannot be accepted.
    pub fn parse(&self) -> Result<(Bilingual, String), Vec<Refusal>> {
        let mut parse = Parse::new();
        let name_en = parse.required("name_en", &self.name_en, 120);
        let name_zh = parse.optional("name_zh", &self.name_zh, 120);
        let description = parse.optional("description", &self.description, 1_000);
        parse.finish(|| (Bilingual::new(name_en, name_zh), description))
    }
}
