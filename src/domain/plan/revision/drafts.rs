//! A new task as a person types it, with what the task beside it makes plausible.

use super::cell::{calendar, priority};
use super::outline::{self, between};
use super::{Around, Fresh, find};
use crate::plan::axis;
use crate::plan::edit::TaskDraft;
use crate::plan::network::Kind;
use crate::plan::sheet::Sheet;
use crate::plan::task::{ComputedDates, PRIORITY, Task};
use crate::plan::vocabulary::{Function, Phase, PlaceKind};
use crate::refusal::Parse;
use crate::{Bilingual, CalendarId, PlaceId, Refusal, UserId};
use serde::{Deserialize, Serialize};

/// A new task as typed. What is left empty is taken from the task it is put after.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewTask {
    /// Code or id of the task it comes after in the list; at the end when empty.
    pub after: String,
    /// Its code; the next free one of the family when empty.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// `task`, `start_milestone`, `finish_milestone`, `summary`.
    pub kind: String,
    /// Working days; nothing for milestones and summaries.
    pub duration_days: String,
    /// Phase code.
    pub phase: String,
    /// Stage in English.
    pub stage_en: String,
    /// Stage in Chinese.
    pub stage_zh: String,
    /// Team code.
    pub role: String,
    /// Kind of place.
    pub place_kind: String,
    /// Place id or name.
    pub place: String,
    /// Starts no earlier than this day.
    pub start_on: String,
    /// Wanted last day.
    pub deadline_on: String,
    /// `E09 FS-25; S13 FS`.
    pub predecessors: String,
    /// User id or name.
    pub owner: String,
    /// User id or name.
    pub checker: String,
    /// User id or name.
    pub confirmer: String,
    /// Calendar id or code.
    pub calendar: String,
    /// 0 to 1000.
    pub priority: String,
    /// What it is for.
    pub objective: String,
    /// When it is done.
    pub done_when: String,
}

/// The next free code of a family: after `B08`, the number behind the highest `B`.
pub fn next_code(sheet: &Sheet, like: &str) -> String {
    let stem = |code: &str| code.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let family = if like.is_empty() { "T".to_owned() } else { stem(like) };
    let number = |code: &str| code.strip_prefix(&family).and_then(|rest| rest.parse::<u32>().ok());
    let last = sheet.tasks.iter().filter_map(|task| number(&task.code)).max().unwrap_or(0);
    format!("{family}{:02}", last + 1)
}

/// A code people and addresses can carry.
fn check_code(parse: &mut Parse, sheet: &Sheet, code: &str) {
    let plain = code.len() <= 16 && code.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    if !plain {
        parse.refuse(Refusal::invalid("plan-code-syntax").at("code"));
    } else if sheet.tasks.iter().any(|task| task.code.eq_ignore_ascii_case(code)) {
        parse.refuse(Refusal::conflict("plan-code-taken").at("code").with("code", code));
    }
}

impl NewTask {
    /// The plan with the new task in its place.
    ///
    /// # Errors
    /// Every field that cannot be read.
    pub(in crate::plan) fn decide(
        &self,
        sheet: &Sheet,
        around: &Around,
        fresh: &mut dyn Fresh,
    ) -> Result<Sheet, Vec<Refusal>> {
        let mut parse = Parse::new();
        let after = match self.after.trim() {
            "" => sheet.tasks.len().checked_sub(1),
            name => {
                let found = find(sheet, name);
                if found.is_none() {
                    parse.refuse(Refusal::invalid("plan-unknown-task").at("after").with("value", name));
                }
                found
            }
        };
        let beside = after.map(|at| &sheet.tasks[at]);
        let task = self.read(sheet, beside, around, fresh, &mut parse);
        parse.finish(|| ())?;
        let mut new = sheet.clone();
        let task = match task {
            Some(task) => task,
            None => return Err(vec![Refusal::invalid("required").at("phase")]),
        };
        let id = task.id;
        between(&mut new, after.map(|at| outline::end_of_block(sheet, at)), vec![task]);
        self.tie(&new, id, fresh)
    }

    fn read(
        &self,
        sheet: &Sheet,
        beside: Option<&Task>,
        around: &Around,
        fresh: &mut dyn Fresh,
        parse: &mut Parse,
    ) -> Option<Task> {
        let code = match self.code.trim() {
            "" => next_code(sheet, beside.map_or("", |task| &task.code)),
            typed => typed.to_uppercase(),
        };
        check_code(parse, sheet, &code);
        let kind = choice(parse, "kind", &self.kind, Kind::parse, Some(Kind::Task));
        let phase = choice(parse, "phase", &self.phase, Phase::parse, beside.map(|task| task.phase));
        let role = choice(parse, "role", &self.role, Function::parse, beside.map(|task| task.role));
        let usual = beside.map(|task| task.place_kind);
        let place_kind = choice(parse, "place_kind", &self.place_kind, PlaceKind::parse, usual);
        let name_en = parse.required("name_en", &self.name_en, 200);
        let name = Bilingual::new(name_en, parse.optional("name_zh", &self.name_zh, 200));
        let stage = self.stage(beside, parse);
        let (owner, checker, confirmer) = self.people(around, parse);
        let (place, calendar, priority) = self.means(sheet, around, parse);
        Some(Task {
            id: fresh.task(),
            edition: sheet.edition,
            code,
            name,
            objective: parse.optional("objective", &self.objective, 2_000),
            phase: phase?,
            stage,
            kind: kind?,
            parent: beside.and_then(|task| if task.kind == Kind::Summary { Some(task.id) } else { task.parent }),
            place_kind: place_kind?,
            place,
            calendar,
            priority,
            role: role?,
            confirmer_role: beside.map_or(Function::ProjectDirector, |task| task.confirmer_role),
            owner,
            checker,
            confirmer,
            done_when: parse.optional("done_when", &self.done_when, 2_000),
            dates: beside.map_or_else(|| ComputedDates::none(around.now), |task| task.dates),
            ..Task::blank(sheet.edition, around.now)
        })
    }

    fn stage(&self, beside: Option<&Task>, parse: &mut Parse) -> Bilingual {
        match (self.stage_en.trim(), self.stage_zh.trim()) {
            ("", "") => beside.map(|task| task.stage.clone()).unwrap_or_default(),
            (en, zh) => {
                let en = parse.optional("stage_en", en, 80);
                Bilingual::new(en, parse.optional("stage_zh", zh, 80))
            }
        }
    }

    fn people(&self, around: &Around, parse: &mut Parse) -> (Option<UserId>, Option<UserId>, Option<UserId>) {
        let mut named = |field: &str, text: &str| parse.take(around.person(field, text)).flatten();
        let owner = named("owner", &self.owner);
        let checker = named("checker", &self.checker);
        let confirmer = named("confirmer", &self.confirmer);
        if owner.is_some() && owner == checker {
            parse.refuse(Refusal::conflict("task-checker-is-owner").at("checker"));
        }
        if owner.is_some() && owner == confirmer {
            parse.refuse(Refusal::conflict("task-confirmer-is-owner").at("confirmer"));
        }
        (owner, checker, confirmer)
    }

    fn means(&self, sheet: &Sheet, around: &Around, parse: &mut Parse) -> (Option<PlaceId>, Option<CalendarId>, i32) {
        let place = parse.take(around.place("place", &self.place)).flatten();
        let calendar = parse.take(calendar(sheet, &self.calendar)).flatten();
        let priority = match self.priority.trim() {
            "" => PRIORITY,
            text => parse.take(priority(text)).unwrap_or(PRIORITY),
        };
        (place, calendar, priority)
    }

    /// Dates, duration and predecessors are read as the form of a task reads them.
    fn tie(&self, new: &Sheet, id: crate::TaskId, fresh: &mut dyn Fresh) -> Result<Sheet, Vec<Refusal>> {
        let Some(at) = new.position(id) else { return Ok(new.clone()) };
        let task = &new.tasks[at];
        let mut draft = TaskDraft::of(new, task);
        draft.duration_days = match self.duration_days.trim() {
            _ if task.kind != Kind::Task => "0".to_owned(),
            "" => "1".to_owned(),
            text => text.to_owned(),
        };
        self.deadline_on.trim().clone_into(&mut draft.deadline_on);
        self.predecessors.clone_into(&mut draft.predecessors);
        // Without a date and without anything to wait for it would fall to the first day of the plan.
        let beside = || axis::day_of(axis::minute_at(task.dates.early_start, new.zone)).to_string();
        let start = match self.start_on.trim() {
            "" if self.predecessors.trim().is_empty() && task.kind != Kind::Summary => beside(),
            text => text.to_owned(),
        };
        if !start.is_empty() {
            "snet".clone_into(&mut draft.constraint);
            draft.constraint_on = start;
        }
        let command = draft.parse(new, task).map_err(|refusals| {
            let field = |one: Refusal| match one.field.as_deref() {
                Some("constraint_on") => one.at("start_on"),
                _ => one,
            };
            refusals.into_iter().map(field).collect::<Vec<_>>()
        })?;
        Ok(command.apply(new, || fresh.link()))
    }
}

/// One of a closed list, or what stands beside when nothing is chosen.
fn choice<T>(
    parse: &mut Parse,
    field: &str,
    text: &str,
    read: impl FnOnce(&str) -> Option<T>,
    usual: Option<T>,
) -> Option<T> {
    match text.trim() {
        "" => {
            if usual.is_none() {
                parse.refuse(Refusal::invalid("required").at(field));
            }
            usual
        }
        text => parse.choice(field, text, read),
    }
}
