//! One cell of the overview: its value as text, and what a new text makes of the plan. Reading and rules are those
//! of the form of a task; this only carries one field into it.

use super::{Around, Fresh, find};
use crate::plan::axis;
use crate::plan::edit::{TaskDraft, days_text, wish_day};
use crate::plan::sheet::Sheet;
use crate::plan::task::Task;
use crate::plan::work::{self, Assignment};
use crate::refusal::Parse;
use crate::{Refusal, UserId};
use serde::{Deserialize, Serialize};

codes! {
    /// A cell that can be written into.
    CellField {
        /// English name.
        NameEn "name_en",
        /// Chinese name.
        NameZh "name_zh",
        /// What the task is for.
        Objective "objective",
        /// When it is done.
        DoneWhen "done_when",
        /// Working days.
        Duration "duration",
        /// The day it starts, no earlier; empty for as soon as possible.
        Start "start",
        /// Wanted last day.
        Deadline "deadline",
        /// What it waits for.
        Predecessors "predecessors",
        /// Who does it.
        Owner "owner",
        /// Who measures it.
        Checker "checker",
        /// Who signs it.
        Confirmer "confirmer",
        /// Where.
        Place "place",
        /// How far.
        Percent "percent",
        /// Who goes first.
        Priority "priority",
        /// Working calendar.
        Calendar "calendar",
    }
}

impl CellField {
    /// The field of the task's form that holds it, and of refusals.
    const fn form(self) -> &'static str {
        match self {
            CellField::Duration => "duration_days",
            CellField::Start => "constraint_on",
            CellField::Deadline => "deadline_on",
            other => other.code(),
        }
    }
}

/// A text put into a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CellEdit {
    /// Code or id of the task.
    pub task: String,
    /// Spelling of the field.
    pub field: String,
    /// As typed.
    pub value: String,
    /// What stood there when the person began to type.
    pub opened: Option<String>,
}

/// What stands in a cell, as a person would type it.
pub fn cell_value(sheet: &Sheet, task: &Task, field: CellField) -> String {
    let user = |id: Option<UserId>| id.map(|id| id.to_string()).unwrap_or_default();
    match field {
        CellField::NameEn => task.name.en.clone(),
        CellField::NameZh => task.name.zh.clone(),
        CellField::Objective => task.objective.clone(),
        CellField::DoneWhen => task.done_when.clone(),
        CellField::Duration => days_text(task.duration),
        CellField::Start => match task.constraint.as_str() {
            kind @ ("snet" | "snlt" | "mso") if task.constraint_at.is_some() => {
                task.constraint_at.map(|at| wish_day(sheet, kind, at).to_string()).unwrap_or_default()
            }
            _ => axis::day_of(axis::minute_at(task.dates.early_start, sheet.zone)).to_string(),
        },
        CellField::Deadline => task.deadline_at.map(|at| wish_day(sheet, "fnlt", at).to_string()).unwrap_or_default(),
        CellField::Predecessors => TaskDraft::of(sheet, task).predecessors,
        CellField::Owner => user(task.owner),
        CellField::Checker => user(task.checker),
        CellField::Confirmer => user(task.confirmer),
        CellField::Place => task.place.map(|id| id.to_string()).unwrap_or_default(),
        CellField::Percent => task.percent.to_string(),
        CellField::Priority => task.priority.to_string(),
        CellField::Calendar => task.calendar.map(|id| id.to_string()).unwrap_or_default(),
    }
}

impl CellEdit {
    /// What somebody else made of the cell since it was opened, if it is not what is wanted.
    pub fn clash(&self, sheet: &Sheet) -> Option<String> {
        let task = &sheet.tasks[find(sheet, &self.task)?];
        let now = cell_value(sheet, task, CellField::parse(&self.field)?);
        let opened = self.opened.as_deref()?;
        (now.trim() != opened.trim() && now.trim() != self.value.trim()).then_some(now)
    }

    /// The plan with the cell changed.
    ///
    /// # Errors
    /// Text that cannot be read, rules in the way, or `plan-cell-clash` when somebody else was faster.
    pub(super) fn decide(&self, sheet: &Sheet, around: &Around, fresh: &mut dyn Fresh) -> Result<Sheet, Vec<Refusal>> {
        let mut parse = Parse::new();
        let at = find(sheet, &self.task);
        if at.is_none() {
            parse.refuse(Refusal::invalid("plan-unknown-task").at("task").with("value", self.task.trim()));
        }
        let field = parse.choice("field", &self.field, CellField::parse);
        let (Some(at), Some(field)) = (at, field) else { return Err(parse.finish(|| ()).err().unwrap_or_default()) };
        if self.clash(sheet).is_some() {
            return Err(vec![Refusal::conflict("plan-cell-clash").at("value")]);
        }
        let done = self.put(sheet, at, field, around, fresh);
        // The box that was typed into is the one box there is.
        done.map_err(|refusals| refusals.into_iter().map(|one| one.at("value")).collect())
    }

    fn put(
        &self,
        sheet: &Sheet,
        at: usize,
        field: CellField,
        around: &Around,
        fresh: &mut dyn Fresh,
    ) -> Result<Sheet, Vec<Refusal>> {
        let task = &sheet.tasks[at];
        match field {
            CellField::Owner | CellField::Checker | CellField::Confirmer => {
                let person = around.person(field.code(), &self.value)?;
                let mut to = Assignment { owner: task.owner, checker: task.checker, confirmer: task.confirmer };
                match field {
                    CellField::Owner => to.owner = person,
                    CellField::Checker => to.checker = person,
                    _ => to.confirmer = person,
                }
                Ok(with(sheet, at, work::assign(task.clone(), to)?.0))
            }
            CellField::Percent => {
                let mut parse = Parse::new();
                let percent = parse.number(field.code(), self.value.trim_end_matches('%'), 0..=100);
                let percent = parse.finish(|| percent.unwrap_or_default())?;
                Ok(with(sheet, at, work::report(task.clone(), percent, around.hand)?.0))
            }
            CellField::Place | CellField::Priority | CellField::Calendar => {
                let mut changed = open(task)?;
                match field {
                    CellField::Place => changed.place = around.place(field.code(), &self.value)?,
                    CellField::Priority => changed.priority = priority(&self.value)?,
                    _ => changed.calendar = calendar(sheet, &self.value)?,
                }
                Ok(with(sheet, at, changed))
            }
            _ => {
                let mut draft = TaskDraft::of(sheet, task);
                self.fill(&mut draft, field);
                let command = draft.parse(sheet, task)?;
                Ok(command.apply(sheet, || fresh.link()))
            }
        }
    }

    fn fill(&self, draft: &mut TaskDraft, field: CellField) {
        let text = self.value.trim().to_owned();
        match field {
            CellField::NameEn => draft.name_en = text,
            CellField::NameZh => draft.name_zh = text,
            CellField::Objective => draft.objective = text,
            CellField::DoneWhen => draft.done_when = text,
            CellField::Duration => draft.duration_days = text,
            CellField::Deadline => draft.deadline_on = text,
            CellField::Predecessors => draft.predecessors = text,
            CellField::Start if text.is_empty() => {
                "asap".clone_into(&mut draft.constraint);
                draft.constraint_on = String::new();
            }
            CellField::Start => {
                if !matches!(draft.constraint.as_str(), "snet" | "snlt" | "mso") {
                    "snet".clone_into(&mut draft.constraint);
                }
                draft.constraint_on = text;
            }
            _ => debug_assert!(false, "{} has a way of its own", field.form()),
        }
    }
}

/// The plan with one task replaced.
pub(super) fn with(sheet: &Sheet, at: usize, task: Task) -> Sheet {
    let mut new = sheet.clone();
    new.tasks[at] = task;
    new
}

/// A task that may still be changed.
pub(super) fn open(task: &Task) -> Result<Task, Vec<Refusal>> {
    if task.state.is_closed() {
        return Err(vec![Refusal::conflict("task-frozen").with("code", &task.code)]);
    }
    Ok(task.clone())
}

/// A priority as typed.
pub(in crate::plan) fn priority(text: &str) -> Result<i32, Vec<Refusal>> {
    let mut parse = Parse::new();
    let found = parse.number("priority", text, 0..=1000);
    parse.finish(|| found.and_then(|one| i32::try_from(one).ok()).unwrap_or_default())
}

/// A calendar as chosen or typed: id, code or name; empty for the plan's.
pub(in crate::plan) fn calendar(sheet: &Sheet, text: &str) -> Result<Option<crate::CalendarId>, Vec<Refusal>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let fits = |one: &&crate::plan::PlanCalendar| {
        one.id.to_string() == text || one.code == text || one.name.en == text || one.name.zh == text
    };
    match sheet.calendars.iter().find(fits) {
        Some(one) => Ok(Some(one.id)),
        None => Err(vec![Refusal::invalid("unknown-choice").at("calendar").with("value", text)]),
    }
}

impl Around {
    /// A member of the team as chosen or typed: id or name; empty for nobody.
    ///
    /// # Errors
    /// `task-not-on-team` at the field.
    pub fn person(&self, field: &str, text: &str) -> Result<Option<UserId>, Vec<Refusal>> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let by_id = text.parse::<UserId>().ok();
        let folded = crate::text::fold(text);
        let found = self.team.iter().find(|(id, name)| Some(*id) == by_id || crate::text::fold(name) == folded);
        match found {
            Some((id, _)) => Ok(Some(*id)),
            None => Err(vec![Refusal::invalid("task-not-on-team").at(field)]),
        }
    }

    /// A place as chosen or typed: id or name in either language; empty for none.
    ///
    /// # Errors
    /// `unknown-choice` at the field.
    pub fn place(&self, field: &str, text: &str) -> Result<Option<crate::PlaceId>, Vec<Refusal>> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let by_id = text.parse::<crate::PlaceId>().ok();
        let folded = crate::text::fold(text);
        let fits = |name: &crate::Bilingual| [&name.en, &name.zh].iter().any(|one| crate::text::fold(one) == folded);
        match self.places.iter().find(|(id, name)| Some(*id) == by_id || fits(name)) {
            Some((id, _)) => Ok(Some(*id)),
            None => Err(vec![Refusal::invalid("unknown-choice").at(field).with("value", text)]),
        }
    }
}
