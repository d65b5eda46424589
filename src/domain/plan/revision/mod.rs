//! Everything an organizer can ask of a plan, as one kind of value: a [`Revision`] is decided against the plan as it
//! is and answers the plan as it would be, or every reason why not. What changed between the two is a [`ChangeSet`],
//! which can be undone. Cells, bulk changes, tasks and links added or taken away, order and outline: one way for all.

mod again;
mod beside;
mod bulk;
mod cell;
mod drafts;
#[cfg(test)]
mod ground_tests;
mod linking;
pub(in crate::plan) mod outline;
#[cfg(test)]
pub(crate) mod samples;
mod set;
mod swap;
#[cfg(test)]
mod tests;

pub use again::take_again;
pub use beside::{Beside, HoursChange, LoopChange, LoopPoint, NeedChange, ScenarioChange, ShowDays, Turn};
pub use bulk::BulkDraft;
pub use cell::{CellEdit, CellField, cell_value};
pub(super) use cell::{calendar as read_calendar, priority as read_priority};
pub use drafts::{NewTask, next_code};
pub use linking::{LinkDraft, lag_text, read_link, write_link};
pub use outline::{Step, depth, number_new};
pub use set::{ChangeSet, LinkChange, TaskChange, differences};
pub use swap::{Kept, Swap};

use super::delta::Delta;
use super::sheet::Sheet;
use super::task::Task;
use super::work::Hand;
use crate::{Bilingual, LinkId, PlaceId, PlanEditId, Refusal, TaskId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What hangs on a task and would be lost with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct History {
    /// Reports of the loop.
    pub reports: u32,
    /// Measurements.
    pub measurements: u32,
    /// Deviations, closed ones too.
    pub deviations: u32,
    /// Exhibitors' duties that wait for it.
    pub duties: u32,
}

impl History {
    /// Why the task it hangs on cannot be taken away, if anything does.
    pub fn refusal(&self, task: &Task) -> Option<Refusal> {
        (!self.is_empty()).then(|| {
            Refusal::conflict("plan-delete-history")
                .with("code", &task.code)
                .with("reports", self.reports)
                .with("measurements", self.measurements)
                .with("deviations", self.deviations)
                .with("duties", self.duties)
        })
    }

    /// Nothing hangs on it.
    pub fn is_empty(&self) -> bool {
        self == &History::default()
    }
}

/// A change of the plan in the list of its maker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditLine {
    /// Identity.
    pub id: PlanEditId,
    /// When.
    pub at: DateTime<Utc>,
    /// What was asked.
    pub word: String,
    /// Codes of the tasks it touched.
    pub codes: Vec<String>,
    /// Taken back.
    pub undone: bool,
    /// Revision of the plan it led to.
    pub revision: i32,
}

/// What a decision knows beside the plan.
#[derive(Debug, Clone)]
pub struct Around {
    /// Members of the team.
    pub team: Vec<(UserId, String)>,
    /// Places a task can be given.
    pub places: Vec<(PlaceId, Bilingual)>,
    /// What hangs on the tasks that are to be taken away.
    pub history: HashMap<TaskId, History>,
    /// Who asks.
    pub hand: Hand,
    /// When.
    pub now: DateTime<Utc>,
}

impl Around {
    /// Nothing beside the plan: nobody is named, no place, no history.
    pub(in crate::plan) fn bare(now: DateTime<Utc>) -> Around {
        let nobody = Hand { user: UserId::from_uuid(uuid::Uuid::nil()), leads: true };
        Around { team: Vec::new(), places: Vec::new(), history: HashMap::new(), hand: nobody, now }
    }
}

/// Where new identifiers come from.
pub trait Fresh {
    /// Of a task.
    fn task(&mut self) -> TaskId;
    /// Of a link.
    fn link(&mut self) -> LinkId;
}

/// What a person asks of the plan. Tasks are named by code or id, as paths and forms do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "revision", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, as it comes from a form")]
pub enum Revision {
    /// One cell of the overview.
    Cell(CellEdit),
    /// Several tasks at once.
    Bulk(BulkDraft),
    /// A new task.
    Add(NewTask),
    /// Tasks once more, each below its original.
    Copy {
        /// The originals.
        tasks: Vec<String>,
    },
    /// Tasks taken away. `typed` is what the person wrote to show that they mean it: the code, or how many.
    Delete {
        /// The tasks.
        tasks: Vec<String>,
        /// The code of the one task, the count of several.
        typed: String,
    },
    /// Another place in the order or the outline.
    Move {
        /// The tasks.
        tasks: Vec<String>,
        /// Where to.
        step: Step,
    },
    /// A link added, or changed where `id` is given.
    Link(LinkDraft),
    /// A link taken away.
    Unlink {
        /// Its id.
        id: String,
    },
    /// The last change of this person taken back.
    Undo,
    /// The last change taken back, made again.
    Redo,
}

/// A decided revision: the plan as it would be.
#[derive(Debug, Clone)]
pub struct Revised {
    /// The plan.
    pub sheet: Sheet,
    /// New tasks that are copies: the original and the copy, so that indicators are copied too.
    pub copies: Vec<(TaskId, TaskId)>,
}

impl From<Sheet> for Revised {
    fn from(sheet: Sheet) -> Self {
        Revised { sheet, copies: Vec::new() }
    }
}

impl Revision {
    /// The word of the journal and of headings.
    pub const fn word(&self) -> &'static str {
        match self {
            Revision::Cell(_) => "cell",
            Revision::Bulk(_) => "bulk",
            Revision::Add(_) => "add",
            Revision::Copy { .. } => "copy",
            Revision::Delete { .. } => "delete",
            Revision::Move { .. } => "move",
            Revision::Link(_) => "link",
            Revision::Unlink { .. } => "unlink",
            Revision::Undo => "undo",
            Revision::Redo => "redo",
        }
    }

    /// The tasks whose history a decision has to know.
    pub fn takes_away(&self) -> &[String] {
        match self {
            Revision::Delete { tasks, .. } => tasks,
            _ => &[],
        }
    }

    /// Decides. Undo and redo need the stored change and are laid over the plan by [`ChangeSet::apply`].
    ///
    /// # Errors
    /// Every field that cannot be read and every rule that is in the way.
    pub fn decide(&self, sheet: &Sheet, around: &Around, fresh: &mut dyn Fresh) -> Result<Revised, Vec<Refusal>> {
        match self {
            Revision::Cell(edit) => edit.decide(sheet, around, fresh).map(Revised::from),
            Revision::Bulk(draft) => draft.decide(sheet, around).map(Revised::from),
            Revision::Add(draft) => draft.decide(sheet, around, fresh).map(Revised::from),
            Revision::Copy { tasks } => outline::copy(sheet, &find_all(sheet, tasks)?, around, fresh),
            Revision::Delete { tasks, typed } => {
                outline::delete(sheet, &find_all(sheet, tasks)?, typed, around).map(Revised::from)
            }
            Revision::Move { tasks, step } => outline::shift(sheet, &find_all(sheet, tasks)?, step).map(Revised::from),
            Revision::Link(draft) => draft.decide(sheet, around, fresh).map(Revised::from),
            Revision::Unlink { id } => linking::unlink(sheet, id).map(Revised::from),
            Revision::Undo | Revision::Redo => Ok(sheet.clone().into()),
        }
    }
}

/// The task a text names, by code or id.
pub fn find(sheet: &Sheet, name: &str) -> Option<usize> {
    let name = name.trim();
    let by_code = sheet.tasks.iter().position(|task| task.code.eq_ignore_ascii_case(name));
    by_code.or_else(|| name.parse().ok().and_then(|id: TaskId| sheet.position(id)))
}

/// Positions of named tasks in plan order, each once.
fn find_all(sheet: &Sheet, names: &[String]) -> Result<Vec<usize>, Vec<Refusal>> {
    let mut found = Vec::with_capacity(names.len());
    let mut refusals = Vec::new();
    for name in names {
        match find(sheet, name) {
            Some(at) => found.push(at),
            None => refusals.push(Refusal::invalid("plan-unknown-task").at("tasks").with("value", name)),
        }
    }
    if found.is_empty() && refusals.is_empty() {
        refusals.push(Refusal::invalid("plan-none-chosen").at("tasks"));
    }
    found.sort_unstable();
    found.dedup();
    if refusals.is_empty() { Ok(found) } else { Err(refusals) }
}

/// Whether a change hurts: opening loses room it needs, or something breaks that did not before. Such a change is
/// shown before it is saved, even where a change that harms nothing is saved at once.
pub fn hurts(delta: &Delta) -> bool {
    let opening = delta.opening.is_some_and(|one| one.after < one.before && (one.after < 0 || one.before > 0));
    opening || !delta.breaches.is_empty()
}
