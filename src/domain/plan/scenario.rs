//! Scenarios: a stored set of changes that are tried on the plan without touching it. Each change is
//! the draft of the same form that edits the plan, so a scenario that is promoted goes the ordinary
//! way; what somebody else changed meanwhile is brought together with it as with two open forms.

use super::axis;
use super::baseline::FrozenPlan;
use super::calendar::DaySpans;
use super::delta::{Delta, breaches};
use super::edit::{Clash, TaskDraft, merge};
use super::sheet::{Computed, Sheet};
use super::task::TaskState;
use super::vocabulary::Phase;
use crate::refusal::Parse;
use crate::{Bilingual, CalendarId, EditionId, LinkId, Refusal, ScenarioId, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

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

/// A change of a scenario, as typed: a task with what shall be other, or a day of a calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StepDraft {
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
}

impl StepDraft {
    /// Reads the draft against the plan with the scenario's earlier steps.
    ///
    /// # Errors
    /// Every field that cannot be accepted; `scenario-nothing` when nothing would change.
    pub fn parse(&self, sheet: &Sheet, steps: &[Step]) -> Result<Step, Vec<Refusal>> {
        if self.task.trim().is_empty() && !self.calendar.trim().is_empty() {
            return self.parse_day(sheet);
        }
        let code = self.task.trim();
        let Some(task) = sheet.tasks.iter().find(|task| task.code.eq_ignore_ascii_case(code)) else {
            let refusal =
                if code.is_empty() { Refusal::invalid("required") } else { Refusal::invalid("plan-unknown-task") };
            return Err(vec![refusal.at("task").with("value", code)]);
        };
        let opened = TaskDraft::of(sheet, task);
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
        draft.parse(sheet, task)?;
        Ok(Step::Task { task: task.id, code: task.code.clone(), opened: Box::new(opened), draft: Box::new(draft) })
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
fn hours(text: &str) -> Option<DaySpans> {
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
            (from < to && to <= super::DAY).then_some((from, to))
        })
        .collect()
}

/// The plan with a scenario's changes.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The plan as it would be.
    pub sheet: Sheet,
    /// Tasks that are changed themselves.
    pub tasks: Vec<TaskId>,
    /// Calendars that are changed.
    pub calendars: Vec<CalendarId>,
    /// Fields the plan changed too since the step was made; the scenario's value stands.
    pub clashes: Vec<(String, Clash)>,
}

/// Tries the steps on a plan. New links take their identity from `fresh`.
///
/// # Errors
/// The first step that does not fit the plan any more, with the fields that cannot be accepted.
pub fn apply(sheet: &Sheet, steps: &[Step], mut fresh: impl FnMut() -> LinkId) -> Result<Applied, Vec<Refusal>> {
    let mut applied = Applied { sheet: sheet.clone(), tasks: Vec::new(), calendars: Vec::new(), clashes: Vec::new() };
    for step in steps {
        match step {
            Step::Task { task, code, opened, draft } => {
                let gone = || vec![Refusal::conflict("scenario-task-gone").with("code", code)];
                let at = applied.sheet.position(*task).ok_or_else(gone)?;
                let record = applied.sheet.tasks[at].clone();
                let merged = merge(draft, opened, &TaskDraft::of(&applied.sheet, &record));
                let command = merged.draft.parse(&applied.sheet, &record)?;
                applied.sheet = command.apply(&applied.sheet, &mut fresh);
                applied.tasks.push(*task);
                applied.clashes.extend(merged.clashes.into_iter().map(|clash| (code.clone(), clash)));
            }
            Step::Day { calendar, code, day, spans } => {
                let gone = || vec![Refusal::conflict("scenario-calendar-gone").with("code", code)];
                let found = applied.sheet.calendars.iter_mut().find(|one| one.id == *calendar).ok_or_else(gone)?;
                found.pattern.exceptions.insert(axis::midnight(*day).div_euclid(super::DAY), spans.clone());
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

/// What stands in a column of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The plan as it is.
    Current,
    /// A baseline, by its number.
    Baseline(i32),
    /// A scenario, by its number.
    Scenario(i32),
}

/// One plan of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Which it is.
    pub which: Which,
    /// Its name; empty for the current plan.
    pub name: Bilingual,
    /// Working minutes before D0.
    pub room: Option<i64>,
    /// Last minute of each phase, on the axis.
    pub phases: BTreeMap<Phase, i64>,
    /// Codes on the critical path to the opening.
    pub path: Vec<String>,
    /// Links and wishes it breaks; unknown for a baseline.
    pub breaches: Option<usize>,
    /// Start and finish of every task, by code, on the axis.
    pub dates: HashMap<String, (i64, i64)>,
    /// Tasks whose dates differ from the current plan's.
    pub moved: usize,
    /// Why it cannot be computed; then the rest is empty.
    pub refusals: Vec<Refusal>,
}

impl Column {
    /// A computed plan.
    pub fn of(which: Which, name: Bilingual, sheet: &Sheet, computed: &Computed) -> Column {
        let schedule = &computed.schedule;
        let live = || sheet.tasks.iter().enumerate().filter(|(_, task)| task.state != TaskState::Cancelled);
        let mut phases = BTreeMap::new();
        for (at, task) in live() {
            let last = phases.entry(task.phase).or_insert(i64::MIN);
            *last = (*last).max(schedule.early_finish[at]);
        }
        let dates = live().map(|(at, task)| (task.code.clone(), (schedule.early_start[at], schedule.early_finish[at])));
        Column {
            which,
            name,
            room: computed.room(),
            phases,
            path: computed.path_to_opening().into_iter().map(|at| sheet.tasks[at].code.clone()).collect(),
            breaches: Some(breaches(&computed.network, schedule).len()),
            dates: dates.collect(),
            moved: 0,
            refusals: Vec::new(),
        }
    }

    /// A baseline.
    pub fn baseline(then: &FrozenPlan, sheet: &Sheet) -> Column {
        let minute = |at| axis::minute_at(at, sheet.zone);
        let mut phases = BTreeMap::new();
        for task in &then.frozen.tasks {
            let last = phases.entry(task.phase).or_insert(i64::MIN);
            *last = (*last).max(minute(task.finish));
        }
        let tasks = then.frozen.tasks.iter();
        Column {
            which: Which::Baseline(then.baseline.number),
            name: then.baseline.name.clone(),
            room: then.baseline.room,
            phases,
            path: then.frozen.path.clone(),
            breaches: None,
            dates: tasks.map(|task| (task.code.clone(), (minute(task.start), minute(task.finish)))).collect(),
            moved: 0,
            refusals: Vec::new(),
        }
    }

    /// A plan that cannot be computed.
    pub fn refused(which: Which, name: Bilingual, refusals: Vec<Refusal>) -> Column {
        Column {
            which,
            name,
            room: None,
            phases: BTreeMap::new(),
            path: Vec::new(),
            breaches: None,
            dates: HashMap::new(),
            moved: 0,
            refusals,
        }
    }

    /// The same, with the tasks counted whose dates differ from the current plan's.
    #[must_use]
    pub fn against(mut self, current: &Column) -> Column {
        let other = |(code, dates): &(&String, &(i64, i64))| current.dates.get(*code).is_some_and(|now| now != *dates);
        self.moved = self.dates.iter().filter(other).count();
        self
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
    Delta::between(
        (&current.1.network, &current.1.schedule),
        (&computed.network, &computed.schedule),
        current.0.opening(),
        &codes,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_as_people_write_them() {
        assert_eq!(hours("08:00-12:00, 13:00–17:30"), Some(vec![(480, 720), (780, 1_050)]));
        assert_eq!(hours(" "), Some(vec![]));
        assert_eq!(hours("8-12"), None);
        assert_eq!(hours("12:00-08:00"), None);
        assert_eq!(hours("22:00-24:00"), Some(vec![(1_320, 1_440)]));
    }
}
