//! Changing what holds for a plan as a whole: its working calendars, which one the plan and which one a
//! task follows, and the choices its dates are computed under. Every change yields the plan as it
//! would be, so that its effect can be shown before it is saved.

use super::calendar::{Calendar, DAY, DaySpans, FAR, Pattern};
use super::network::{LagCalendar, Progress};
use super::settings::{PlanCalendar, PlanOptions};
use super::{Sheet, axis};
use crate::refusal::Parse;
use crate::{Bilingual, CalendarId, Refusal};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most days one line of exceptions may cover.
const LONGEST: i64 = 1_100;
/// Most exceptions of one calendar.
const MOST: usize = 5_000;
/// Fields of the weekly pattern, Monday first.
pub const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A calendar as typed. A day reads `08:00-12:00 13:00-17:00`, empty when nobody works.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CalendarDraft {
    /// Code it has now; empty for a new one.
    pub was: String,
    /// Short name.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Code of the calendar whose exceptions hold here too; empty for none.
    pub parent: String,
    /// Monday.
    pub monday: String,
    /// Tuesday.
    pub tuesday: String,
    /// Wednesday.
    pub wednesday: String,
    /// Thursday.
    pub thursday: String,
    /// Friday.
    pub friday: String,
    /// Saturday.
    pub saturday: String,
    /// Sunday.
    pub sunday: String,
    /// One a line: `2027-02-06..2027-02-12 off`, `2027-02-14 08:00-17:00`.
    pub exceptions: String,
}

impl CalendarDraft {
    /// A calendar as it would be typed.
    pub fn of(sheet: &Sheet, calendar: &PlanCalendar) -> Self {
        let day = |at: usize| spans_text(&calendar.pattern.weekly[at]);
        let parent = calendar.parent.and_then(|id| sheet.calendars.iter().find(|one| one.id == id));
        CalendarDraft {
            was: calendar.code.clone(),
            code: calendar.code.clone(),
            name_en: calendar.name.en.clone(),
            name_zh: calendar.name.zh.clone(),
            parent: parent.map(|one| one.code.clone()).unwrap_or_default(),
            monday: day(0),
            tuesday: day(1),
            wednesday: day(2),
            thursday: day(3),
            friday: day(4),
            saturday: day(5),
            sunday: day(6),
            exceptions: exceptions_text(&calendar.pattern),
        }
    }

    fn days(&self) -> [&str; 7] {
        [&self.monday, &self.tuesday, &self.wednesday, &self.thursday, &self.friday, &self.saturday, &self.sunday]
    }

    /// The plan with this calendar; `fresh` names a new one.
    ///
    /// # Errors
    /// Every field that cannot be accepted.
    pub fn apply(&self, sheet: &Sheet, fresh: CalendarId) -> Result<Sheet, Vec<Refusal>> {
        let mut parse = Parse::new();
        let code = parse.required("code", &self.code, 24);
        if !code.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c)) {
            parse.refuse(Refusal::invalid("calendar-code").at("code"));
        }
        let name_en = parse.required("name_en", &self.name_en, 120);
        let name_zh = parse.optional("name_zh", &self.name_zh, 120);
        let mut pattern = Pattern { weekly: Default::default(), exceptions: BTreeMap::new() };
        for ((field, text), slot) in DAYS.iter().zip(self.days()).zip(&mut pattern.weekly) {
            *slot = spans(&mut parse, field, text);
        }
        pattern.exceptions = exceptions(&mut parse, &self.exceptions);
        let now = sheet.calendars.iter().find(|one| !self.was.is_empty() && one.code == self.was);
        if now.is_none() && !self.was.is_empty() {
            parse.refuse(Refusal::missing("calendar-unknown").at("code").with("value", &self.was));
        }
        let id = now.map_or(fresh, |one| one.id);
        if sheet.calendars.iter().any(|one| one.id != id && one.code.eq_ignore_ascii_case(&code)) {
            parse.refuse(Refusal::conflict("calendar-taken").at("code").with("value", &code));
        }
        let parent = find(&mut parse, sheet, "parent", &self.parent);
        let calendar = PlanCalendar { id, code, name: Bilingual::new(name_en, name_zh), pattern, parent };
        let mut new = sheet.clone();
        match new.calendars.iter_mut().find(|one| one.id == id) {
            Some(slot) => *slot = calendar,
            None => new.calendars.push(calendar),
        }
        if in_ring(&new, id) {
            parse.refuse(Refusal::invalid("calendar-ring").at("parent"));
        }
        if !works(&new, id) {
            parse.refuse(Refusal::invalid("calendar-never").at("monday"));
        }
        parse.finish(|| new)
    }
}

/// The choices of a plan as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OptionsDraft {
    /// Code of the plan's calendar; empty: round the clock.
    pub calendar: String,
    /// Critical at a float of so many hours or less.
    pub critical_hours: String,
    /// Calendar working lags are counted on.
    pub lag_calendar: String,
    /// What holds remaining work back.
    pub progress: String,
}

impl OptionsDraft {
    /// The choices as they are.
    pub fn of(sheet: &Sheet) -> Self {
        let calendar = sheet.default_calendar.and_then(|id| sheet.calendars.iter().find(|one| one.id == id));
        OptionsDraft {
            calendar: calendar.map(|one| one.code.clone()).unwrap_or_default(),
            critical_hours: (sheet.options.critical_threshold / 60).to_string(),
            lag_calendar: sheet.options.lag_calendar.code().to_owned(),
            progress: sheet.options.progress.code().to_owned(),
        }
    }

    /// The plan under these choices.
    ///
    /// # Errors
    /// Every field that cannot be accepted.
    pub fn apply(&self, sheet: &Sheet) -> Result<Sheet, Vec<Refusal>> {
        let mut parse = Parse::new();
        let calendar = find(&mut parse, sheet, "calendar", &self.calendar);
        let hours = parse.number("critical_hours", &self.critical_hours, 0..=2_000);
        let lag = LagCalendar::parse(&self.lag_calendar);
        let progress = Progress::parse(&self.progress);
        let choice = |field: &str, value: &str| Refusal::invalid("unknown-choice").at(field).with("value", value);
        if lag.is_none() {
            parse.refuse(choice("lag_calendar", &self.lag_calendar));
        }
        if progress.is_none() {
            parse.refuse(choice("progress", &self.progress));
        }
        let mut new = sheet.clone();
        new.default_calendar = calendar;
        new.options = PlanOptions {
            critical_threshold: hours.unwrap_or(0) * 60,
            lag_calendar: lag.unwrap_or_default(),
            progress: progress.unwrap_or_default(),
        };
        parse.finish(|| new)
    }
}

/// Tasks that get a calendar of their own, or lose it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssignDraft {
    /// Code of the calendar; empty: the plan's.
    pub calendar: String,
    /// Codes of the tasks, with commas or spaces between.
    pub tasks: String,
}

impl AssignDraft {
    /// The plan with these tasks on that calendar.
    ///
    /// # Errors
    /// Every code that is unknown.
    pub fn apply(&self, sheet: &Sheet) -> Result<Sheet, Vec<Refusal>> {
        let mut parse = Parse::new();
        let calendar = find(&mut parse, sheet, "calendar", &self.calendar);
        let codes: Vec<&str> = self
            .tasks
            .split(|c: char| c.is_whitespace() || ",;，；、".contains(c))
            .filter(|code| !code.is_empty())
            .collect();
        if codes.is_empty() {
            parse.refuse(Refusal::invalid("required").at("tasks"));
        }
        let mut new = sheet.clone();
        for code in codes {
            match new.tasks.iter_mut().find(|task| task.code.eq_ignore_ascii_case(code)) {
                Some(task) => task.calendar = calendar,
                None => parse.refuse(Refusal::invalid("plan-unknown-task").at("tasks").with("value", code)),
            }
        }
        parse.finish(|| new)
    }
}

/// The plan without a calendar.
///
/// # Errors
/// `calendar-used` when the plan, a task or another calendar follows it.
pub fn without(sheet: &Sheet, code: &str) -> Result<Sheet, Vec<Refusal>> {
    let gone = sheet.calendars.iter().find(|one| one.code == code);
    let gone = gone.ok_or_else(|| vec![Refusal::missing("calendar-unknown").with("value", code)])?;
    let tasks: Vec<&str> =
        sheet.tasks.iter().filter(|task| task.calendar == Some(gone.id)).map(|task| task.code.as_str()).collect();
    let children = sheet.calendars.iter().filter(|one| one.parent == Some(gone.id)).map(|one| one.code.as_str());
    let places = sheet.space.tree.spots().iter().filter(|spot| sheet.space.hours.get(&spot.id) == Some(&gone.id));
    let places = places.map(|spot| spot.code.as_str());
    let mut users: Vec<&str> = tasks.into_iter().chain(children).chain(places).collect();
    if sheet.default_calendar == Some(gone.id) {
        users.insert(0, &sheet.template);
    }
    if !users.is_empty() {
        let list = users.iter().take(8).copied().collect::<Vec<_>>().join(", ");
        return Err(vec![Refusal::conflict("calendar-used").with("value", code).with("users", list)]);
    }
    let mut new = sheet.clone();
    new.calendars.retain(|one| one.code != code);
    Ok(new)
}

fn find(parse: &mut Parse, sheet: &Sheet, field: &str, code: &str) -> Option<CalendarId> {
    if code.trim().is_empty() {
        return None;
    }
    let found = sheet.calendars.iter().find(|one| one.code.eq_ignore_ascii_case(code.trim()));
    if found.is_none() {
        parse.refuse(Refusal::invalid("calendar-unknown").at(field).with("value", code));
    }
    found.map(|one| one.id)
}

fn in_ring(sheet: &Sheet, id: CalendarId) -> bool {
    let mut up = sheet.calendars.iter().find(|one| one.id == id).and_then(|one| one.parent);
    for _ in 0..=sheet.calendars.len() {
        match up {
            None => return false,
            Some(parent) if parent == id => return true,
            Some(parent) => up = sheet.calendars.iter().find(|one| one.id == parent).and_then(|one| one.parent),
        }
    }
    true
}

/// Whether anybody ever works by this calendar after the plan's opening year begins.
fn works(sheet: &Sheet, id: CalendarId) -> bool {
    let at = sheet.calendars.iter().position(|one| one.id == id);
    at.is_none_or(|at| {
        let compiled: Vec<Calendar> = super::settings::compile(&sheet.calendars);
        compiled[at].snap_forward(axis::midnight(sheet.opens_on) - 730 * DAY) < FAR
    })
}

/// `08:00-12:00 13:00-17:00`.
pub fn spans_text(spans: &DaySpans) -> String {
    let time = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    spans.iter().map(|&(from, to)| format!("{}-{}", time(from), time(to))).collect::<Vec<_>>().join(" ")
}

fn minute(text: &str) -> Option<i64> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..=24).contains(&hour) && (0..60).contains(&minute) && hour * 60 + minute <= DAY).then_some(hour * 60 + minute)
}

fn spans(parse: &mut Parse, field: &str, text: &str) -> DaySpans {
    let mut found = DaySpans::new();
    for part in text.split(|c: char| c.is_whitespace() || c == ',' || c == '，').filter(|part| !part.is_empty()) {
        let pair = part.split_once(['-', '–', '~']).and_then(|(from, to)| Some((minute(from)?, minute(to)?)));
        match pair.map(|(from, to)| (from, if to == 0 { DAY } else { to })) {
            Some((from, to)) if from < to && found.last().is_none_or(|last| last.1 <= from) => found.push((from, to)),
            _ => parse.refuse(Refusal::invalid("calendar-times").at(field).with("value", part)),
        }
    }
    found
}

fn day(text: &str) -> Option<i64> {
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()?;
    Some(axis::midnight(date).div_euclid(DAY))
}

fn exceptions(parse: &mut Parse, text: &str) -> BTreeMap<i64, DaySpans> {
    let mut all = BTreeMap::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (dates, times) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let (from, to) = dates.split_once("..").unwrap_or((dates, dates));
        let (Some(from), Some(to)) = (day(from), day(to)) else {
            parse.refuse(Refusal::invalid("calendar-exception").at("exceptions").with("value", line));
            continue;
        };
        if to < from || to - from > LONGEST || all.len() + (to - from) as usize > MOST {
            parse.refuse(Refusal::invalid("calendar-exception").at("exceptions").with("value", line));
            continue;
        }
        let off = times.trim().is_empty() || times.trim().eq_ignore_ascii_case("off") || times.trim() == "休";
        let worked = if off { DaySpans::new() } else { spans(parse, "exceptions", times) };
        all.extend((from..=to).map(|day| (day, worked.clone())));
    }
    all
}

/// Exceptions as they would be typed: neighbours alike in one line.
pub fn exceptions_text(pattern: &Pattern) -> String {
    let mut lines: Vec<(i64, i64, &DaySpans)> = Vec::new();
    for (&day, spans) in &pattern.exceptions {
        match lines.last_mut() {
            Some(last) if last.1 + 1 == day && last.2 == spans => last.1 = day,
            _ => lines.push((day, day, spans)),
        }
    }
    let date = |day: i64| axis::day_of(day * DAY).to_string();
    let line = |&(from, to, spans): &(i64, i64, &DaySpans)| {
        let dates = if from == to { date(from) } else { format!("{}..{}", date(from), date(to)) };
        let times = if spans.is_empty() { "off".to_owned() } else { spans_text(spans) };
        format!("{dates} {times}")
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_exceptions_are_read_as_they_are_written() {
        let mut parse = Parse::new();
        let week = spans(&mut parse, "monday", "08:00-12:00 13:00-17:00");
        assert_eq!(week, [(480, 720), (780, 1_020)]);
        let text = "2027-02-06..2027-02-12 off\n2027-02-14 08:00-17:00";
        let all = exceptions(&mut parse, text);
        assert_eq!(all.len(), 8);
        let pattern = Pattern { weekly: Default::default(), exceptions: all };
        assert_eq!(exceptions_text(&pattern), text);
        assert!(parse.finish(|| ()).is_ok());
    }

    #[test]
    fn what_is_no_time_is_named() {
        let mut parse = Parse::new();
        spans(&mut parse, "monday", "08:00-12:00 11:00-17:00 25:00-26:00");
        exceptions(&mut parse, "2027-13-01 off");
        let refusals = parse.finish(|| ()).expect_err("three");
        assert_eq!(
            refusals.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(),
            ["calendar-times", "calendar-times", "calendar-exception"]
        );
    }
}
