//! A scenario tried on a plan.

use super::Step;
use crate::plan::delta::Delta;
use crate::plan::edit::{Clash, TaskDraft, merge};
use crate::plan::revision::{Around, Fresh, outline};
use crate::plan::sheet::{Computed, Sheet};
use crate::plan::{DAY, axis};
use crate::{CalendarId, LinkId, Refusal, TaskId};
use std::collections::HashMap;

/// The plan with a scenario's changes.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The plan as it would be.
    pub sheet: Sheet,
    /// Tasks that are changed themselves.
    pub tasks: Vec<TaskId>,
    /// Codes of the tasks that come.
    pub added: Vec<String>,
    /// Codes of the tasks that go.
    pub removed: Vec<String>,
    /// Calendars that are changed.
    pub calendars: Vec<CalendarId>,
    /// Fields the plan changed too since the step was made; the scenario's value stands.
    pub clashes: Vec<(String, Clash)>,
}

impl Applied {
    /// Where the task of a step stands in the plan as changed so far.
    fn position(&self, task: TaskId, code: &str) -> Result<usize, Vec<Refusal>> {
        self.sheet.position(task).ok_or_else(|| gone("scenario-task-gone", code))
    }
}

/// What a step is about is not there any more.
fn gone(refusal: &str, code: &str) -> Vec<Refusal> {
    vec![Refusal::conflict(refusal).with("code", code)]
}

/// Tries the steps on a plan. New links take their identity from `fresh`.
///
/// # Errors
/// The first step that does not fit the plan any more, with the fields that cannot be accepted.
pub fn apply(sheet: &Sheet, steps: &[Step], mut fresh: impl FnMut() -> LinkId) -> Result<Applied, Vec<Refusal>> {
    let mut applied = Applied {
        sheet: sheet.clone(),
        tasks: Vec::new(),
        added: Vec::new(),
        removed: Vec::new(),
        calendars: Vec::new(),
        clashes: Vec::new(),
    };
    for step in steps {
        match step {
            Step::Task { task, code, opened, draft } => {
                let at = applied.position(*task, code)?;
                let record = applied.sheet.tasks[at].clone();
                let merged = merge(draft, opened, &TaskDraft::of(&applied.sheet, &record));
                let command = merged.draft.parse(&applied.sheet, &record)?;
                applied.sheet = command.apply(&applied.sheet, &mut fresh);
                applied.tasks.push(*task);
                applied.clashes.extend(merged.clashes.into_iter().map(|clash| (code.clone(), clash)));
            }
            Step::Add { task, code, new, at } => {
                let mut ids = Ids { task: *task, link: &mut fresh };
                applied.sheet = new.decide(&applied.sheet, &Around::bare(*at), &mut ids)?;
                applied.tasks.push(*task);
                applied.added.push(code.clone());
            }
            Step::Delete { task, code, .. } => {
                let at = applied.position(*task, code)?;
                applied.sheet = outline::without(&applied.sheet, &[at], &HashMap::new())?;
                applied.tasks.retain(|one| one != task);
                applied.removed.push(code.clone());
            }
            Step::Opening { to, .. } => {
                applied.sheet.move_opening(*to);
            }
            Step::Day { calendar, code, day, spans } => {
                let found = applied.sheet.calendars.iter_mut().find(|one| one.id == *calendar);
                let found = found.ok_or_else(|| gone("scenario-calendar-gone", code))?;
                found.pattern.exceptions.insert(axis::midnight(*day).div_euclid(DAY), spans.clone());
                applied.calendars.push(*calendar);
            }
        }
    }
    applied.tasks.sort_unstable();
    applied.tasks.dedup();
    applied.calendars.sort_unstable();
    applied.calendars.dedup();
    Ok(applied)
}

/// A task that comes has its identity from the step; its links are new.
struct Ids<'a> {
    task: TaskId,
    link: &'a mut dyn FnMut() -> LinkId,
}

impl Fresh for Ids<'_> {
    fn task(&mut self) -> TaskId {
        self.task
    }
    fn link(&mut self) -> LinkId {
        (self.link)()
    }
}

/// What a scenario does to the plan.
pub fn effect(current: (&Sheet, &Computed), applied: &Applied, computed: &Computed) -> Delta {
    let codes: Vec<&str> = applied
        .tasks
        .iter()
        .filter_map(|id| applied.sheet.tasks.iter().find(|task| task.id == *id))
        .map(|task| task.code.as_str())
        .collect();
    current.1.delta(computed, current.0.opening(), &codes)
}
