//! A change of a scenario as it is typed.

use super::Step;
use crate::plan::DAY;
use crate::plan::calendar::DaySpans;
use crate::plan::edit::TaskDraft;
use crate::plan::revision::{NewTask, next_code};
use crate::plan::sheet::Sheet;
use crate::plan::task::Task;
use crate::refusal::Parse;
use crate::{Refusal, TaskId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A change of a scenario, as typed: a task with what shall be other, a day of a calendar, a task that comes or goes,
/// another opening day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepDraft {
    /// `add`, `delete`, `opening`; a task, or a day where only a calendar is named, when empty.
    pub kind: String,
    /// Code of the task.
    pub task: String,
    /// Days; as it is when empty.
    pub duration_days: String,
    /// Spelling of the date constraint; as it is when empty.
    pub constraint: String,
    /// Its day.
    pub constraint_on: String,
    /// Wanted last day; as it is when empty.
    pub deadline_on: String,
    /// `E09 FS-25; S13 FS`; as it is when empty, `-` for none.
    pub predecessors: String,
    /// Code of the calendar, for a change of hours.
    pub calendar: String,
    /// The day, for a change of hours.
    pub day: String,
    /// `08:00-12:00, 13:00-17:00`; empty for a day off.
    pub hours: String,
    /// For a task that comes: its code; the next free one of the family when empty.
    pub code: String,
    /// Its English name.
    pub name_en: String,
    /// Its Chinese name.
    pub name_zh: String,
    /// Code of the task it comes after in the list; at the end when empty.
    pub after: String,
    /// Starts no earlier than this day.
    pub start_on: String,
    /// The day the event shall open.
    pub opens_on: String,
}

impl StepDraft {
    /// Reads the draft against the plan, and the same plan with the scenario's earlier steps. A task that comes takes
    /// the identity `id` and the moment `now`.
    ///
    /// # Errors
    /// Every field that cannot be accepted; `scenario-nothing` when nothing would change.
    pub fn parse(
        &self,
        (sheet, with): (&Sheet, &Sheet),
        steps: &[Step],
        id: TaskId,
        now: DateTime<Utc>,
    ) -> Result<Step, Vec<Refusal>> {
        match self.kind.trim() {
            "" if self.task.trim().is_empty() && !self.calendar.trim().is_empty() => self.parse_day(sheet),
            "" => self.parse_task(sheet, with, steps),
            "add" => Ok(self.parse_add(with, id, now)),
            "delete" => self.parse_delete(sheet),
            "opening" => self.parse_opening(sheet),
            other => Err(vec![Refusal::invalid("unknown-choice").at("kind").with("value", other)]),
        }
    }

    fn find<'a>(&self, sheet: &'a Sheet) -> Result<&'a Task, Vec<Refusal>> {
        let code = self.task.trim();
        sheet.tasks.iter().find(|task| task.code.eq_ignore_ascii_case(code)).ok_or_else(|| {
            let refusal =
                if code.is_empty() { Refusal::invalid("required") } else { Refusal::invalid("plan-unknown-task") };
            vec![refusal.at("task").with("value", code)]
        })
    }

    fn parse_task(&self, sheet: &Sheet, with: &Sheet, steps: &[Step]) -> Result<Step, Vec<Refusal>> {
        // A task the scenario itself brings is known only with its steps.
        let (base, task) = match self.find(sheet) {
            Ok(task) => (sheet, task),
            Err(_) => (with, self.find(with)?),
        };
        let opened = TaskDraft::of(base, task);
        let earlier = steps.iter().find_map(|step| match step {
            Step::Task { task: known, draft, .. } if *known == task.id => Some((**draft).clone()),
            _ => None,
        });
        let mut draft = earlier.unwrap_or_else(|| opened.clone());
        let put = |field: &mut String, typed: &String| {
            if !typed.trim().is_empty() {
                typed.trim().clone_into(field);
            }
        };
        put(&mut draft.duration_days, &self.duration_days);
        put(&mut draft.constraint, &self.constraint);
        put(&mut draft.constraint_on, &self.constraint_on);
        put(&mut draft.deadline_on, &self.deadline_on);
        put(&mut draft.predecessors, &self.predecessors);
        if self.predecessors.trim() == "-" {
            draft.predecessors.clear();
        }
        if draft == opened {
            return Err(vec![Refusal::invalid("scenario-nothing").at("duration_days")]);
        }
        let there = with.tasks.iter().find(|one| one.id == task.id);
        draft.parse(with, there.unwrap_or(task))?;
        Ok(Step::Task { task: task.id, code: task.code.clone(), opened: Box::new(opened), draft: Box::new(draft) })
    }

    /// What cannot be read is refused when the step is tried, by the same fields.
    fn parse_add(&self, with: &Sheet, id: TaskId, now: DateTime<Utc>) -> Step {
        let beside = with.tasks.iter().find(|task| task.code.eq_ignore_ascii_case(self.after.trim()));
        let beside = beside.or(with.tasks.last()).map_or("", |task| task.code.as_str());
        let code = match self.code.trim() {
            "" => next_code(with, beside),
            typed => typed.to_uppercase(),
        };
        let new = NewTask {
            after: self.after.trim().to_owned(),
            code: code.clone(),
            name_en: self.name_en.clone(),
            name_zh: self.name_zh.clone(),
            duration_days: self.duration_days.clone(),
            start_on: self.start_on.clone(),
            deadline_on: self.deadline_on.clone(),
            predecessors: self.predecessors.clone(),
            ..NewTask::default()
        };
        Step::Add { task: id, code, new: Box::new(new), at: now }
    }

    fn parse_delete(&self, sheet: &Sheet) -> Result<Step, Vec<Refusal>> {
        let task = self.find(sheet)?;
        Ok(Step::Delete { task: task.id, code: task.code.clone(), name: task.name.clone() })
    }

    fn parse_opening(&self, sheet: &Sheet) -> Result<Step, Vec<Refusal>> {
        let mut parse = Parse::new();
        let to = parse.date("opens_on", &self.opens_on);
        if to == Some(sheet.opens_on) {
            parse.refuse(Refusal::invalid("scenario-nothing").at("opens_on"));
        }
        parse.complete(to.map(|to| Step::Opening { was: sheet.opens_on, to }))
    }

    fn parse_day(&self, sheet: &Sheet) -> Result<Step, Vec<Refusal>> {
        let mut parse = Parse::new();
        let found = sheet.calendars.iter().find(|one| one.code == self.calendar.trim());
        if found.is_none() {
            parse.refuse(Refusal::invalid("unknown-choice").at("calendar").with("value", self.calendar.trim()));
        }
        let day = parse.date("day", &self.day);
        let spans = hours(&self.hours);
        if spans.is_none() {
            parse.refuse(Refusal::invalid("scenario-hours").at("hours"));
        }
        match (found, day, spans) {
            (Some(calendar), Some(day), Some(spans)) if !parse.refused() => {
                Ok(Step::Day { calendar: calendar.id, code: calendar.code.clone(), day, spans })
            }
            _ => Err(parse.finish(|| ()).err().unwrap_or_default()),
        }
    }
}

/// `08:00-12:00, 13:00-17:00` as minutes; `None` when it cannot be read.
pub(super) fn hours(text: &str) -> Option<DaySpans> {
    let clock = |text: &str| {
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes): (i64, i64) = (hours.trim().parse().ok()?, minutes.trim().parse().ok()?);
        ((0..=24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
    };
    let spans = text.split([',', ';', '，', '；']).map(str::trim).filter(|span| !span.is_empty());
    spans
        .map(|span| {
            let (from, to) = span.split_once(['-', '–', '~'])?;
            let (from, to) = (clock(from)?, clock(to)?);
            (from < to && to <= DAY).then_some((from, to))
        })
        .collect()
}
