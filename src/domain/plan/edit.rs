//! Changing a task: what a person types, read against the plan; and what happens when two
//! people change the same task.

use super::axis;
use super::calendar::DAY;
use super::gate::lay::GUARD;
use super::network::LinkKind;
use super::revision::{read_calendar, read_link, read_priority, write_link};
use super::sheet::Sheet;
use super::task::{LagKind, LinkOrigin, Task, TaskLink};
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{Bilingual, CalendarId, LinkId, Refusal, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What a person types. Field names are those of the form and of refusals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskDraft {
    /// Name in English.
    pub name_en: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// What the task is for.
    pub objective: String,
    /// The sentence that says when it is done.
    pub done_when: String,
    /// Days, may have a fraction.
    pub duration_days: String,
    /// Spelling of the date constraint.
    pub constraint: String,
    /// Its day; a finish is meant to the end of the day.
    pub constraint_on: String,
    /// Wanted last day, may be empty.
    pub deadline_on: String,
    /// `E09 FS-25; S13 FS`.
    pub predecessors: String,
    /// 0 to 1000: who goes first when crews or places are scarce; empty leaves it.
    pub priority: String,
    /// Id or code of a calendar; empty for the plan's.
    pub calendar: String,
}

/// A field of a draft: its name, and the ways to read and to write it.
type FieldOf = (&'static str, fn(&TaskDraft) -> &String, fn(&mut TaskDraft) -> &mut String);

/// The fields of a draft, for comparing three versions of a task.
const FIELDS: [FieldOf; 11] = [
    ("name_en", |d| &d.name_en, |d| &mut d.name_en),
    ("name_zh", |d| &d.name_zh, |d| &mut d.name_zh),
    ("objective", |d| &d.objective, |d| &mut d.objective),
    ("done_when", |d| &d.done_when, |d| &mut d.done_when),
    ("duration_days", |d| &d.duration_days, |d| &mut d.duration_days),
    ("constraint", |d| &d.constraint, |d| &mut d.constraint),
    ("constraint_on", |d| &d.constraint_on, |d| &mut d.constraint_on),
    ("deadline_on", |d| &d.deadline_on, |d| &mut d.deadline_on),
    ("predecessors", |d| &d.predecessors, |d| &mut d.predecessors),
    ("priority", |d| &d.priority, |d| &mut d.priority),
    ("calendar", |d| &d.calendar, |d| &mut d.calendar),
];

/// A field two people changed to different things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// The field.
    pub field: String,
    /// What the other person made of it.
    pub theirs: String,
}

/// What a person typed, brought together with what someone else saved in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Everything typed is kept; fields only the other person touched are theirs.
    pub draft: TaskDraft,
    /// Fields both touched: shown side by side.
    pub clashes: Vec<Clash>,
    /// Fields only the other person touched.
    pub taken: Vec<String>,
}

/// Brings a draft together with a change saved since its form was opened.
pub fn merge(typed: &TaskDraft, opened: &TaskDraft, saved: &TaskDraft) -> Merged {
    let mut merged = Merged { draft: typed.clone(), clashes: Vec::new(), taken: Vec::new() };
    for (name, get, get_mut) in FIELDS {
        let same = |a: &TaskDraft, b: &TaskDraft| get(a).trim() == get(b).trim();
        if same(saved, opened) || same(saved, typed) {
            continue;
        }
        if same(typed, opened) {
            get_mut(&mut merged.draft).clone_from(get(saved));
            merged.taken.push(name.to_owned());
        } else {
            merged.clashes.push(Clash { field: name.to_owned(), theirs: get(saved).clone() });
        }
    }
    merged
}

/// A change of a task, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct EditTask {
    task: TaskId,
    name: Bilingual,
    objective: String,
    done_when: String,
    duration: i64,
    constraint: String,
    constraint_at: Option<DateTime<Utc>>,
    deadline_at: Option<DateTime<Utc>>,
    predecessors: Vec<(TaskId, LinkKind, i64, LagKind)>,
    priority: i32,
    calendar: Option<CalendarId>,
}

impl TaskDraft {
    /// The draft that would leave the task as it is.
    pub fn of(sheet: &Sheet, task: &Task) -> TaskDraft {
        let preds: Vec<String> = sheet
            .links
            .iter()
            .filter(|link| link.to == task.id && link.origin == LinkOrigin::Logic)
            .filter_map(|link| {
                let from = sheet.tasks.iter().find(|one| one.id == link.from)?;
                Some(write_link(&from.code, link))
            })
            .collect();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        TaskDraft {
            name_en: task.name.en.clone(),
            name_zh: task.name.zh.clone(),
            objective: task.objective.clone(),
            done_when: task.done_when.clone(),
            duration_days: days_text(task.duration),
            constraint: task.constraint.clone(),
            constraint_on: day(task.constraint_at.map(|at| wish_day(sheet, &task.constraint, at))),
            deadline_on: day(task.deadline_at.map(|at| wish_day(sheet, "fnlt", at))),
            predecessors: preds.join("; "),
            priority: task.priority.to_string(),
            calendar: task.calendar.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    /// Reads the draft against the plan.
    ///
    /// # Errors
    /// Every field that cannot be read, every predecessor that does not exist.
    pub fn parse(&self, sheet: &Sheet, task: &Task) -> Result<EditTask, Vec<Refusal>> {
        let mut parse = Parse::new();
        if task.state.is_closed() {
            parse.refuse(Refusal::conflict("task-frozen"));
        }
        let name_en = parse.required("name_en", &self.name_en, 200);
        let name_zh = parse.optional("name_zh", &self.name_zh, 200);
        let objective = parse.optional("objective", &self.objective, 2_000);
        let done_when = parse.optional("done_when", &self.done_when, 2_000);
        let duration = parse_days(&mut parse, "duration_days", &self.duration_days);
        let as_it_was = TaskDraft::of(sheet, task);
        let constraint = parse.choice("constraint", &self.constraint, |text| {
            super::network::Constraint::CODES.iter().copied().find(|code| *code == text)
        });
        let constraint_at = match constraint {
            None | Some("asap" | "alap") => None,
            // An untouched wish keeps its minute, which the form does not show.
            Some(code) if code == task.constraint && self.constraint_on.trim() == as_it_was.constraint_on => {
                task.constraint_at
            }
            Some(code) => self.parse_wish(sheet, code, &mut parse),
        };
        let deadline_at = match self.deadline_on.trim() {
            "" => None,
            text if text == as_it_was.deadline_on => task.deadline_at,
            text => parse.date("deadline_on", text).map(|day| wish_instant(sheet, "fnlt", day)),
        };
        let predecessors = self.parse_links(sheet, task, &mut parse);
        let priority = match self.priority.trim() {
            "" => task.priority,
            text => parse.take(read_priority(text)).unwrap_or(task.priority),
        };
        let calendar = parse.take(read_calendar(sheet, &self.calendar)).flatten();
        parse.finish(|| EditTask {
            task: task.id,
            name: Bilingual::new(name_en, name_zh),
            objective,
            done_when,
            duration: duration.unwrap_or(task.duration),
            constraint: constraint.unwrap_or("asap").to_owned(),
            constraint_at,
            deadline_at,
            predecessors,
            priority,
            calendar,
        })
    }

    /// A wish is written as a day, or to the minute where a picture by hours set it.
    fn parse_wish(&self, sheet: &Sheet, code: &str, parse: &mut Parse) -> Option<DateTime<Utc>> {
        let text = self.constraint_on.trim();
        if let Some(minute) = text.contains('T').then(|| super::shift::parse_moment(text)).flatten() {
            return Some(axis::instant(minute, sheet.zone));
        }
        parse.date("constraint_on", text).map(|day| wish_instant(sheet, code, day))
    }

    fn parse_links(&self, sheet: &Sheet, task: &Task, parse: &mut Parse) -> Vec<(TaskId, LinkKind, i64, LagKind)> {
        let mut found: Vec<(TaskId, LinkKind, i64, LagKind)> = Vec::new();
        for written in self.predecessors.split([';', '\n', '；']).map(str::trim).filter(|text| !text.is_empty()) {
            let refuse = |code: &str, value: &str| Refusal::invalid(code).at("predecessors").with("value", value);
            let Some((code, kind, lag, lag_kind)) = read_link(written) else {
                parse.refuse(refuse("plan-link-syntax", written));
                continue;
            };
            let Some(from) = sheet.tasks.iter().find(|one| one.code.eq_ignore_ascii_case(&code)) else {
                parse.refuse(refuse("plan-unknown-task", &code));
                continue;
            };
            if from.id == task.id {
                parse.refuse(refuse("plan-link-self", &code));
            } else if found.iter().any(|(id, other, ..)| *id == from.id && *other == kind) {
                parse.refuse(refuse("plan-link-twice", written));
            } else {
                found.push((from.id, kind, lag, lag_kind));
            }
        }
        found
    }
}

impl EditTask {
    /// The task that changes.
    pub fn task(&self) -> TaskId {
        self.task
    }

    /// The plan as it would be. Links that stay keep their identity; new ones take theirs from `fresh`.
    pub fn apply(&self, sheet: &Sheet, mut fresh: impl FnMut() -> LinkId) -> Sheet {
        let mut new = sheet.clone();
        if let Some(task) = new.tasks.iter_mut().find(|task| task.id == self.task) {
            task.name = self.name.clone();
            task.objective.clone_from(&self.objective);
            task.done_when.clone_from(&self.done_when);
            task.duration = self.duration;
            task.constraint.clone_from(&self.constraint);
            task.constraint_at = self.constraint_at;
            task.deadline_at = self.deadline_at;
            task.priority = self.priority;
            task.calendar = self.calendar;
        }
        // Soft and derived links are not written in the form and stay, unless hard logic says the same.
        new.links.retain(|link| {
            let said = |(from, kind, ..): &(TaskId, LinkKind, i64, LagKind)| *from == link.from && *kind == link.kind;
            let stays = link.reason == GUARD || !self.predecessors.iter().any(said);
            link.to != self.task || (link.origin != LinkOrigin::Logic && stays)
        });
        for &(from, kind, lag, lag_kind) in &self.predecessors {
            let same = |link: &&TaskLink| link.from == from && link.to == self.task && link.kind == kind;
            // What a gate holds cannot be talked away from it.
            if new.links.iter().any(|link| same(&link) && link.reason == GUARD) {
                continue;
            }
            let kept = sheet.links.iter().filter(|link| link.origin == LinkOrigin::Logic).find(same);
            new.links.push(match kept {
                Some(link) => TaskLink { lag, lag_kind, ..link.clone() },
                None => TaskLink { lag_kind, ..TaskLink::logic(fresh(), sheet.edition, from, self.task, kind, lag) },
            });
        }
        new
    }

    /// What the journal keeps: each changed field before and after.
    pub fn fact(before: &TaskDraft, after: &TaskDraft, task: &Task) -> Fact {
        let mut changes = serde_json::Map::new();
        for (name, get, _) in FIELDS {
            if get(before) != get(after) {
                changes.insert(name.to_owned(), serde_json::json!([get(before), get(after)]));
            }
        }
        Fact::new("task.edited", Subject::new(SubjectKind::Task, task.id), task.edition)
            .with("code", task.code.as_str())
            .with("changes", serde_json::Value::Object(changes))
    }
}

/// The day a wish means to people: a finish at midnight is the end of the day before.
pub(super) fn wish_day(sheet: &Sheet, constraint: &str, at: DateTime<Utc>) -> NaiveDate {
    let minute = axis::minute_at(at, sheet.zone);
    axis::day_of(if is_finish(constraint) { minute - 1 } else { minute })
}

pub(super) fn wish_instant(sheet: &Sheet, constraint: &str, day: NaiveDate) -> DateTime<Utc> {
    let midnight = axis::midnight(day);
    axis::instant(if is_finish(constraint) { midnight + DAY } else { midnight }, sheet.zone)
}

fn is_finish(constraint: &str) -> bool {
    matches!(constraint, "fnet" | "fnlt" | "mfo")
}

/// Minutes as days, with as few decimals as it takes.
pub fn days_text(minutes: i64) -> String {
    if minutes % DAY == 0 {
        return (minutes / DAY).to_string();
    }
    let text = format!("{:.4}", minutes as f64 / DAY as f64);
    text.trim_end_matches('0').to_owned()
}

fn parse_days(parse: &mut Parse, field: &str, text: &str) -> Option<i64> {
    const MOST: f64 = 3_650.0;
    match text.trim().replace(',', ".").parse::<f64>() {
        Ok(days) if (0.0..=MOST).contains(&days) => Some((days * DAY as f64).round() as i64),
        Ok(_) => {
            parse.refuse(Refusal::invalid("out-of-range").at(field).with("min", 0).with("max", MOST as i64));
            None
        }
        Err(_) => {
            parse.refuse(Refusal::invalid("not-a-number").at(field));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(duration: &str, objective: &str, name: &str) -> TaskDraft {
        TaskDraft {
            duration_days: duration.into(),
            objective: objective.into(),
            name_en: name.into(),
            ..TaskDraft::default()
        }
    }

    #[test]
    fn the_second_editor_sees_the_first_change_and_loses_nothing() {
        let opened = draft("5", "old", "Name");
        let typed = draft("7", "mine", "Name");
        let saved = draft("6", "old", "Better name");
        let merged = merge(&typed, &opened, &saved);
        assert_eq!(merged.draft, draft("7", "mine", "Better name"));
        assert_eq!(merged.clashes, [Clash { field: "duration_days".into(), theirs: "6".into() }]);
        assert_eq!(merged.taken, ["name_en"]);
    }

    #[test]
    fn days_keep_their_minutes() {
        for minutes in [0, DAY, 45 * DAY, DAY / 2, 90] {
            let mut parse = Parse::new();
            assert_eq!(parse_days(&mut parse, "d", &days_text(minutes)), Some(minutes), "{}", days_text(minutes));
        }
    }
}
