//! Reading the cells of one row into its task: names in either language, words of closed lists, people, days.

use super::rows::{Row, Table, Written, fold};
use super::{ImportField, Vocabulary};
use crate::Bilingual;
use crate::Refusal;
use crate::plan::axis;
use crate::plan::calendar::DAY;
use crate::plan::edit::{wish_day, wish_instant};
use crate::plan::network::Kind;
use crate::plan::revision::read_link;
use crate::plan::task::Task;
use crate::plan::work::{self, Assignment};
use chrono::NaiveDate;

impl Table<'_> {
    pub(super) fn fill(&self, row: &mut Row<'_>, task: &mut Task, is_new: bool) {
        self.names(row, task, is_new);
        self.lists(row, task);
        self.people(row, task);
        self.dates(row, task, is_new);
        if let Some(percent) = row.read(ImportField::Percent, "not-a-number", |text| {
            text.trim_end_matches(['%', ' ', '\u{202f}']).parse::<i64>().ok().filter(|one| (0..=100).contains(one))
        }) {
            let percent = percent.unwrap_or(0);
            if i64::from(task.percent) != percent {
                match work::report(task.clone(), percent, self.around.hand) {
                    Ok((reported, _)) => *task = reported,
                    Err(refused) => row.refusals.extend(refused.into_iter().map(|one| one.at("percent"))),
                }
            }
        }
    }

    /// The row as pages show it: words in either language that stand there already change nothing.
    fn shown(&self, task: &Task) -> Option<&crate::plan::view::Row> {
        self.board.sheet.position(task.id).map(|at| &self.board.rows[at])
    }

    fn names(&self, row: &mut Row<'_>, task: &mut Task, is_new: bool) {
        let long = |text: &str, most: usize| text.chars().count() <= most && !text.chars().any(|c| c.is_control());
        for (field, most) in
            [(ImportField::Name, 200), (ImportField::NameEn, 200), (ImportField::NameZh, 200), (ImportField::Stage, 80)]
        {
            let Some(text) = row.text(field).map(str::to_owned) else { continue };
            if !long(&text, most) {
                row.refuse(field, "table-text");
                continue;
            }
            let chinese = text.chars().any(crate::text::is_ideograph);
            match field {
                ImportField::Name if text == task.name.en || text == task.name.zh => {}
                ImportField::Name if chinese => task.name.zh = text,
                ImportField::Name | ImportField::NameEn => task.name.en = text,
                ImportField::NameZh => task.name.zh = text,
                _ if text == task.stage.en || text == task.stage.zh => {}
                _ => {
                    let same = |one: &&Task| one.stage.en == text || one.stage.zh == text;
                    let known = self.new.tasks.iter().find(same).map(|one| one.stage.clone());
                    task.stage = known.unwrap_or_else(|| Bilingual::new(text, ""));
                }
            }
        }
        if task.name.en.is_empty() {
            task.name.en = task.name.zh.clone();
        }
        if is_new && task.name.en.is_empty() {
            row.refuse(ImportField::Name, "required");
        }
        for field in [ImportField::Objective, ImportField::DoneWhen] {
            let Some(text) = row.text(field).map(str::to_owned) else { continue };
            let shown = self.shown(task);
            let there = |one: &Bilingual| one.en == text || one.zh == text;
            let (is_there, slot) = match field {
                ImportField::Objective => (shown.is_some_and(|row| there(&row.objective)), &mut task.objective),
                _ => (shown.is_some_and(|row| there(&row.done_when)), &mut task.done_when),
            };
            if text.chars().count() > 2_000 {
                row.refuse(field, "table-text");
            } else if !is_there {
                *slot = text;
            }
        }
    }

    fn lists(&self, row: &mut Row<'_>, task: &mut Task) {
        let words = self.words;
        let phase = |text: &str| Vocabulary::find(&words.phases, text, crate::plan::Phase::parse);
        if let Some(Some(phase)) = row.read(ImportField::Phase, "table-word", phase) {
            task.phase = phase;
        }
        let role = |text: &str| Vocabulary::find(&words.roles, text, crate::plan::Function::parse);
        if let Some(Some(role)) = row.read(ImportField::Role, "table-word", role) {
            task.role = role;
        }
        let kind = |text: &str| Vocabulary::find(&words.place_kinds, text, crate::plan::PlaceKind::parse);
        if let Some(Some(kind)) = row.read(ImportField::PlaceKind, "table-word", kind) {
            task.place_kind = kind;
        }
        if let Some(Some(kind)) = row.read(ImportField::Kind, "table-word", |text| Kind::parse(&text.to_lowercase()))
            && (task.state.is_ahead() || kind == task.kind)
        {
            task.kind = kind;
        }
        let priority = |text: &str| text.parse::<i32>().ok().filter(|one| (0..=1000).contains(one));
        if let Some(Some(priority)) = row.read(ImportField::Priority, "not-a-number", priority) {
            task.priority = priority;
        }
        let calendars = &self.new.calendars;
        let calendar = |text: &str| {
            let fits = |one: &&crate::plan::PlanCalendar| {
                [&one.code, &one.name.en, &one.name.zh].iter().any(|name| **name == text)
            };
            calendars.iter().find(fits).map(|one| one.id)
        };
        if let Some(calendar) = row.read(ImportField::Calendar, "table-word", calendar) {
            task.calendar = calendar;
        }
        // A kind of place in the column of places says nothing about the place itself.
        let is_kind = row.text(ImportField::Place).and_then(kind).is_some();
        if !is_kind {
            let place =
                row.read(ImportField::Place, "table-place", |text| self.around.place("place", text).ok().flatten());
            task.place = place.unwrap_or(task.place);
        }
    }

    fn people(&self, row: &mut Row<'_>, task: &mut Task) {
        let person = |text: &str| self.around.person("owner", text).ok().flatten();
        // The team in the column of owners says that nobody is named yet.
        let team = |text: Option<&str>| {
            text.is_some_and(|text| {
                Vocabulary::find(&self.words.roles, text, |_| None::<crate::plan::Function>).is_some()
            })
        };
        let mut named = |field: ImportField, now| {
            if team(row.text(field)) {
                return now;
            }
            row.read(field, "task-not-on-team", person).unwrap_or(now)
        };
        let to = Assignment {
            owner: named(ImportField::Owner, task.owner),
            checker: named(ImportField::Checker, task.checker),
            confirmer: named(ImportField::Confirmer, task.confirmer),
        };
        let now = Assignment { owner: task.owner, checker: task.checker, confirmer: task.confirmer };
        if to != now {
            match work::assign(task.clone(), to) {
                Ok((assigned, _)) => *task = assigned,
                Err(refused) => row.refusals.extend(refused),
            }
        }
    }

    fn dates(&self, row: &mut Row<'_>, task: &mut Task, is_new: bool) {
        let sheet = self.old;
        if let Some(Some(minutes)) = row.read(ImportField::Duration, "table-duration", duration)
            && task.kind == Kind::Task
        {
            // As few decimals as it takes: a file carries four.
            let written = crate::plan::edit::days_text(task.duration);
            if written.parse::<f64>().ok() != Some(minutes as f64 / DAY as f64) {
                task.duration = minutes;
            }
        }
        let start = row.read(ImportField::Start, "not-a-date", day);
        let finish = row.read(ImportField::Finish, "not-a-date", day).flatten();
        if let (true, Some(Some(from)), Some(until)) = (is_new, start, finish)
            && row.text(ImportField::Duration).is_none()
        {
            match (until - from).num_days() {
                days if days >= 0 => task.duration = (days + 1) * DAY,
                _ => row.refuse(ImportField::Finish, "table-finish"),
            }
        }
        let shown = axis::day_of(axis::minute_at(task.dates.early_start, sheet.zone));
        let wish = task.constraint_at.map(|at| wish_day(sheet, &task.constraint, at));
        match start {
            Some(Some(day)) if !is_new && (day == shown || Some(day) == wish) => {}
            Some(Some(day)) => {
                if !matches!(task.constraint.as_str(), "snet" | "snlt" | "mso") {
                    "snet".clone_into(&mut task.constraint);
                }
                task.constraint_at = Some(wish_instant(sheet, &task.constraint, day));
            }
            Some(None) if task.constraint != "mso" => {
                "asap".clone_into(&mut task.constraint);
                task.constraint_at = None;
            }
            None if is_new && row.text(ImportField::Predecessors).is_none() => {
                "snet".clone_into(&mut task.constraint);
                task.constraint_at = Some(wish_instant(sheet, "snet", shown));
            }
            _ => {}
        }
        match row.read(ImportField::Deadline, "not-a-date", day) {
            Some(Some(day)) if task.deadline_at.map(|at| wish_day(sheet, "fnlt", at)) != Some(day) => {
                task.deadline_at = Some(wish_instant(sheet, "fnlt", day));
            }
            Some(None) => task.deadline_at = None,
            _ => {}
        }
    }

    pub(super) fn predecessors(&self, row: &mut Row<'_>, task: &Task, is_new: bool) -> Option<Vec<Written>> {
        let text = row.text(ImportField::Predecessors)?.to_owned();
        if matches!(text.as_str(), "-" | "–" | "—") {
            return (!is_new).then(Vec::new);
        }
        let mut found: Vec<Written> = Vec::new();
        for written in text.split([';', '\n', '；', ',', '，', '、']).map(str::trim).filter(|one| !one.is_empty()) {
            let refuse = |code: &str| Refusal::invalid(code).at("predecessors").with("value", written);
            match read_link(written) {
                None => row.refusals.push(refuse("plan-link-syntax")),
                Some((code, ..)) if fold(&code) == fold(&task.code) => row.refusals.push(refuse("plan-link-self")),
                Some((code, kind, ..)) if found.iter().any(|one| fold(&one.0) == fold(&code) && one.1 == kind) => {
                    row.refusals.push(refuse("plan-link-twice"));
                }
                Some(link) => found.push(link),
            }
        }
        Some(found)
    }
}

/// A day as people write it: `2027-05-10`, `2027/5/10`, `10.05.2027`, `2027年5月10日`, with or without a time.
fn day(text: &str) -> Option<NaiveDate> {
    let date = text.split(['T', ' ']).next().unwrap_or(text);
    let date = date.replace(['年', '月', '/'], "-").replace('日', "");
    ["%Y-%m-%d", "%d.%m.%Y"].iter().find_map(|form| NaiveDate::parse_from_str(date.trim_end_matches('-'), form).ok())
}

/// Days, hours or minutes of work: `5`, `2.5 days`, `3天`, `4 h`, `90 min`.
fn duration(text: &str) -> Option<i64> {
    let text = crate::text::fold(text).replace(',', ".");
    let until = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ' ')).unwrap_or(text.len());
    let number: f64 = text[..until].trim().parse().ok()?;
    let minutes = match text[until..].trim().trim_end_matches('?') {
        "" | "d" | "day" | "days" | "天" | "日" | "个工作日" | "工作日" => number * DAY as f64,
        "h" | "hr" | "hrs" | "hour" | "hours" | "小时" => number * 60.0,
        "m" | "min" | "mins" | "minutes" | "分钟" => number,
        "w" | "wk" | "wks" | "week" | "weeks" | "周" => number * 7.0 * DAY as f64,
        _ => return None,
    };
    (minutes <= 3_650.0 * DAY as f64).then(|| minutes.round() as i64)
}
