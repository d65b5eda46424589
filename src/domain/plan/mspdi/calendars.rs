//! Calendars of a Microsoft Project XML file: weeks, working weeks, exceptions and the days on
//! which a recurring exception falls.

use super::model::{FileCalendar, Problem};
use super::read::{flag, instant, minutes};
use super::xml::Node;
use crate::plan::axis;
use crate::plan::calendar::DAY;
use chrono::{Datelike, Days, Months, NaiveDate};
use std::collections::BTreeMap;

/// Days Microsoft Project knows: 1984-01-01 to 2149-12-31.
const EARLIEST: i64 = 5_113;
const LATEST: i64 = 65_744;
/// Days a recurrence is followed for.
const FOLLOWED: i64 = 40_000;

type Spans = Vec<(i64, i64)>;

fn number(node: &Node, name: &str) -> Option<i64> {
    node.value(name)?.parse().ok()
}

/// Reads a calendar. `left` is how many days of exceptions the file may still spell out.
pub(super) fn calendar(node: &Node, problems: &mut Vec<Problem>, left: &mut i64) -> Option<FileCalendar> {
    let uid = number(node, "UID")?;
    let base = number(node, "BaseCalendarUID").filter(|&base| base >= 0 && base != uid);
    let mut read = FileCalendar {
        uid,
        name: node.value("Name").unwrap_or_default().to_owned(),
        base,
        is_base: node.value("IsBaseCalendar").map_or(base.is_none(), flag),
        week: Default::default(),
        days: BTreeMap::new(),
        weeks: BTreeMap::new(),
    };
    let exceptions: Vec<&Node> =
        node.child("Exceptions").map(|list| list.all("Exception").collect()).unwrap_or_default();
    for day in node.child("WeekDays").into_iter().flat_map(|list| list.all("WeekDay")) {
        match number(day, "DayType") {
            // Microsoft Project counts Sunday 1 to Saturday 7, we Monday 0 to Sunday 6.
            Some(kind @ 1..=7) => read.week[((kind + 5) % 7) as usize] = day_spans(day),
            // Files up to Project 2003; later ones repeat their exceptions here.
            Some(0) if exceptions.is_empty() => dated(&mut read.days, day, left),
            _ => {}
        }
    }
    for week in node.child("WorkWeeks").into_iter().flat_map(|list| list.all("WorkWeek")) {
        working_week(&mut read.weeks, week, left);
    }
    for exception in exceptions {
        match number(exception, "Type").unwrap_or(1) {
            0 | 1 | 9 => dated(&mut read.days, exception, left),
            _ if !recurring(&mut read.days, exception, left) => problems.push(Problem {
                code: "exception",
                subject: read.name.clone(),
                detail: exception.value("Name").unwrap_or_default().to_owned(),
                line: exception.line,
            }),
            _ => {}
        }
    }
    Some(read)
}

/// Spans of a day that says how it works; `None` when it leaves that to the base calendar.
fn day_spans(day: &Node) -> Option<Spans> {
    let working = day.value("DayWorking").is_some_and(flag);
    if !working {
        return Some(Vec::new());
    }
    let times = day.child("WorkingTimes")?;
    let spans: Spans = times.all("WorkingTime").filter_map(span).collect();
    Some(spans)
}

fn span(time: &Node) -> Option<(i64, i64)> {
    let (from, to) = (of_day(time.value("FromTime")?)?, of_day(time.value("ToTime")?)?);
    Some((from, if to <= from { DAY } else { to }))
}

fn of_day(text: &str) -> Option<i64> {
    let text = text.split_once('T').map_or(text, |(_, time)| time);
    let mut parts = text.split(':');
    let (hour, minute): (i64, i64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some((hour * 60 + minute).min(DAY))
}

/// First and last day of the node's period.
fn period(node: &Node) -> Option<(i64, i64)> {
    let period = node.child("TimePeriod")?;
    let day = |name: &str| period.value(name).and_then(instant).map(|at| minutes(at).div_euclid(DAY));
    let from = day("FromDate")?.clamp(EARLIEST, LATEST);
    let to = day("ToDate").unwrap_or(from).clamp(from, LATEST);
    Some((from, to))
}

/// The last day of a stretch that may still be spelled out.
fn spell_out(from: i64, to: i64, left: &mut i64) -> i64 {
    let days = (to - from + 1).min((*left).max(0));
    *left -= days;
    from + days - 1
}

fn dated(days: &mut BTreeMap<i64, Spans>, node: &Node, left: &mut i64) {
    let (Some((from, to)), Some(spans)) = (period(node), day_spans(node).or_else(|| Some(Vec::new()))) else { return };
    for day in from..=spell_out(from, to, left) {
        // The first exception written for a day holds.
        days.entry(day).or_insert_with(|| spans.clone());
    }
}

fn working_week(weeks: &mut BTreeMap<i64, Spans>, node: &Node, left: &mut i64) {
    let Some((from, to)) = period(node) else { return };
    let mut week: [Option<Spans>; 7] = Default::default();
    for day in node.child("WeekDays").into_iter().flat_map(|list| list.all("WeekDay")) {
        if let Some(kind @ 1..=7) = number(day, "DayType") {
            week[((kind + 5) % 7) as usize] = day_spans(day);
        }
    }
    for day in from..=spell_out(from, to, left) {
        // Day 0 of the axis is a Thursday.
        if let Some(spans) = &week[(day + 3).rem_euclid(7) as usize] {
            weeks.insert(day, spans.clone());
        }
    }
}

/// Adds the days of a recurring exception; false when its rule cannot be read.
fn recurring(days: &mut BTreeMap<i64, Spans>, node: &Node, left: &mut i64) -> bool {
    let (Some((first, last)), Some(spans)) = (period(node), day_spans(node).or_else(|| Some(Vec::new()))) else {
        return false;
    };
    let Some(found) = occurrences(node, first, last) else { return false };
    let most = usize::try_from(*left).unwrap_or(0);
    *left -= found.len() as i64;
    for day in found.into_iter().take(most) {
        days.entry(day).or_insert_with(|| spans.clone());
    }
    true
}

/// The days on which a rule falls between two days, at most as often as it says.
fn occurrences(node: &Node, first: i64, last: i64) -> Option<Vec<i64>> {
    let every = number(node, "Period").unwrap_or(1).max(1);
    let by_count = node.value("EnteredByOccurrences").is_some_and(flag);
    let most = number(node, "Occurrences").filter(|_| by_count).unwrap_or(i64::MAX);
    let last = if by_count { (first + FOLLOWED).min(LATEST) } else { last };
    let start = axis::day_of(first * DAY);
    let number_of = |day: NaiveDate| axis::midnight(day).div_euclid(DAY);
    let item = number(node, "MonthItem").unwrap_or(0);
    let position = number(node, "MonthPosition").unwrap_or(0);
    let month_day = number(node, "MonthDay").unwrap_or(1);
    let mut found = Vec::new();
    let mut take = |day: i64| {
        let more = (found.len() as i64) < most && day <= last;
        if more && day >= first {
            found.push(day);
        }
        more
    };
    match number(node, "Type")? {
        7 | 8 => {
            let mut day = first;
            while take(day) {
                day += every;
            }
        }
        6 => {
            let mask = number(node, "DaysOfWeek").unwrap_or(0);
            // Weeks begin on Sunday; bit 0 is Sunday.
            let week = first - (first + 4).rem_euclid(7);
            let mut day = week;
            while mask & 127 != 0 && day <= last {
                let in_turn = (day - week).div_euclid(7) % every == 0;
                if in_turn && mask & (1 << (day + 4).rem_euclid(7)) != 0 && !take(day) {
                    break;
                }
                day += 1;
            }
        }
        kind @ 2..=5 => {
            let yearly = kind <= 3;
            let month = number(node, "Month").unwrap_or(0).clamp(0, 11) as u32 + 1;
            let mut at = NaiveDate::from_ymd_opt(start.year(), if yearly { month } else { start.month() }, 1)?;
            let step = Months::new(if yearly { 12 } else { u32::try_from(every).unwrap_or(1).min(1_200) });
            while number_of(at) <= last {
                let day = match kind {
                    2 | 4 => Some(at.with_day(u32::try_from(month_day).unwrap_or(1)).unwrap_or_else(|| month_end(at))),
                    _ => relative(at, item, position),
                };
                if day.is_some_and(|day| !take(number_of(day))) {
                    break;
                }
                at = at.checked_add_months(step)?;
            }
        }
        _ => return None,
    }
    Some(found)
}

fn month_end(first: NaiveDate) -> NaiveDate {
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    next.checked_sub_days(Days::new(1)).unwrap_or(first)
}

/// "The second Tuesday", "the last working day": `item` 0 any day, 1 weekday, 2 weekend day,
/// 3 Sunday to 9 Saturday; `position` 0 first to 3 fourth, 4 last.
fn relative(first: NaiveDate, item: i64, position: i64) -> Option<NaiveDate> {
    let fits = |day: &NaiveDate| {
        let from_sunday = i64::from(day.weekday().num_days_from_sunday());
        match item {
            0 => true,
            1 => (1..=5).contains(&from_sunday),
            2 => from_sunday == 0 || from_sunday == 6,
            _ => from_sunday == item - 3,
        }
    };
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| day.month() == first.month()).filter(fits).collect();
    if position >= 4 { days.last().copied() } else { days.get(usize::try_from(position).ok()?).copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(name: &str, text: &str) -> Node {
        Node { name: name.into(), text: text.to_owned(), ..Node::default() }
    }

    fn rule(fields: &[(&str, &str)]) -> Node {
        let mut node = Node { name: "Exception".into(), ..Node::default() };
        node.children = fields.iter().map(|(name, text)| leaf(name, text)).collect();
        node
    }

    fn days(node: &Node, from: &str, to: &str) -> Vec<String> {
        let day = |text: &str| minutes(instant(text).expect("a date")).div_euclid(DAY);
        let found = occurrences(node, day(from), day(to)).expect("a rule");
        found.into_iter().map(|day| axis::day_of(day * DAY).to_string()).collect()
    }

    #[test]
    fn recurring_rules_fall_on_their_days() {
        let weekly = rule(&[("Type", "6"), ("Period", "2"), ("DaysOfWeek", "34")]);
        let found = days(&weekly, "2026-11-02T00:00:00", "2026-11-20T00:00:00");
        assert_eq!(found, ["2026-11-02", "2026-11-06", "2026-11-16", "2026-11-20"]);
        let yearly = rule(&[("Type", "3"), ("Month", "10"), ("MonthItem", "7"), ("MonthPosition", "3")]);
        let found = days(&yearly, "2026-01-01T00:00:00", "2027-12-31T00:00:00");
        assert_eq!(found, ["2026-11-26", "2027-11-25"], "the fourth Thursday of November");
        let monthly = rule(&[("Type", "4"), ("MonthDay", "31"), ("Occurrences", "3"), ("EnteredByOccurrences", "1")]);
        let found = days(&monthly, "2026-01-01T00:00:00", "2026-01-01T00:00:00");
        assert_eq!(found, ["2026-01-31", "2026-02-28", "2026-03-31"]);
    }
}
