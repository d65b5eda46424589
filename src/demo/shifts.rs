//! Working calendars of the show: the office week with the statutory holidays of China, and the shifts in which
//! the halls are built. Only work that is behind us follows them: what is still to come keeps the dates of the story.

use super::calendar::Calendar;
use super::chance::Chance;
use chrono::NaiveDate;
use domain::plan::{DAY, Pattern, PlaceKind, PlanCalendar, Sheet, axis};
use domain::{Bilingual, CalendarId};
use std::collections::BTreeMap;

/// Statutory holidays, first and last day of each.
const HOLIDAYS: &str = include_str!("../../fixtures/demo/public-holidays-cn.csv");

/// Days before opening on which the halls are built, and the days on which they are cleared.
const BUILD_UP: (i64, i64) = (-7, -1);
const BREAKDOWN: (i64, i64) = (2, 5);

/// Gives the plan its calendars and the tasks behind us theirs.
pub fn lay(sheet: &mut Sheet, calendar: Calendar, chance: &mut Chance) {
    let number = |day: NaiveDate| axis::midnight(day).div_euclid(DAY);
    let mut office = Pattern::weekdays(vec![(0, DAY)]);
    office.exceptions = holidays();
    let mut halls = Pattern { weekly: Default::default(), exceptions: BTreeMap::new() };
    halls.weekly.fill(vec![(8 * 60, 20 * 60)]);
    for (from, to) in [BUILD_UP, BREAKDOWN] {
        for offset in from..=to {
            // Two shifts while the halls are built and cleared.
            halls.exceptions.insert(number(calendar.day(offset)), vec![(6 * 60, 14 * 60), (14 * 60, 22 * 60)]);
        }
    }
    let mut add = |code: &str, name: Bilingual, pattern: Pattern| -> CalendarId {
        let id = chance.id(calendar.at(-545, 9 * 60 + 40));
        sheet.calendars.push(PlanCalendar { id, code: code.to_owned(), name, pattern, parent: None });
        id
    };
    let office = add("OFFICE", Bilingual::new("Office days with public holidays", "办公日（含法定节假日）"), office);
    let halls = add("HALL", Bilingual::new("Hall hours and build-up shifts", "展馆开放时间与搭建班次"), halls);
    for task in sheet.tasks.iter_mut().filter(|task| task.state.is_done() && task.actual_finish.is_some()) {
        task.calendar = match task.place_kind {
            PlaceKind::Office => Some(office),
            PlaceKind::Hall | PlaceKind::Stand => Some(halls),
            _ => None,
        };
    }
}

fn holidays() -> BTreeMap<i64, Vec<(i64, i64)>> {
    let mut days = BTreeMap::new();
    for line in HOLIDAYS.lines().skip(1) {
        let mut cells = line.split(',').filter_map(|cell| NaiveDate::parse_from_str(cell, "%Y-%m-%d").ok());
        if let (Some(from), Some(to)) = (cells.next(), cells.next()) {
            let (from, to) = (axis::midnight(from) / DAY, axis::midnight(to) / DAY);
            days.extend((from..=to).map(|day| (day, Vec::new())));
        }
    }
    days
}
