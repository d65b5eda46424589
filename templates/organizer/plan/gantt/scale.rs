//! Time on the Gantt: how wide a day is, which stretch is shown, and where the lines and words of
//! the axis stand.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::plan::axis;
use domain::plan::calendar::DAY;

use crate::Lang;

/// How much time a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zoom {
    /// A week by hours: build-up and the show itself.
    Hours,
    /// Single days.
    Days,
    /// Weeks.
    Weeks,
    /// The whole plan by months.
    #[default]
    Months,
}

/// Days that are shown at once by hours: more would be wider than anybody scrolls.
const HOURS_SPAN: u64 = 7;

impl Zoom {
    /// Every scale, from near to far.
    pub const ALL: [Zoom; 4] = [Zoom::Hours, Zoom::Days, Zoom::Weeks, Zoom::Months];

    /// The spelling in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Zoom::Hours => "hours",
            Zoom::Days => "days",
            Zoom::Weeks => "weeks",
            Zoom::Months => "months",
        }
    }

    /// Reads the spelling in the address; months for anything else.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|zoom| zoom.code() == code).unwrap_or_default()
    }

    /// Pixels of a day.
    pub(super) const fn per_day(self) -> f64 {
        match self {
            Zoom::Hours => 480.0,
            Zoom::Days => 36.0,
            Zoom::Weeks => 9.0,
            Zoom::Months => 2.4,
        }
    }

    /// Minutes a bar moves by one step of the keyboard.
    pub(super) const fn step(self) -> i64 {
        match self {
            Zoom::Hours => 60,
            _ => DAY,
        }
    }

    const fn margin(self) -> u64 {
        match self {
            Zoom::Hours => 0,
            Zoom::Days => 2,
            Zoom::Weeks => 5,
            Zoom::Months => 12,
        }
    }
}

/// A stretch of time laid out in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub(super) zoom: Zoom,
    /// First day shown.
    pub(super) first: NaiveDate,
    /// Last day shown.
    pub(super) last: NaiveDate,
}

impl Scale {
    /// The stretch from the first to the last thing shown, with a margin; by hours, a week from `at`.
    pub(super) fn new(zoom: Zoom, days: (NaiveDate, NaiveDate), at: Option<NaiveDate>) -> Self {
        let back = |day: NaiveDate, by| day.checked_sub_days(Days::new(by)).unwrap_or(day);
        let on = |day: NaiveDate, by| day.checked_add_days(Days::new(by)).unwrap_or(day);
        if zoom == Zoom::Hours {
            let first = at.unwrap_or(days.0).clamp(back(days.0, HOURS_SPAN), on(days.1, 1));
            return Self { zoom, first, last: on(first, HOURS_SPAN - 1) };
        }
        Self { zoom, first: back(days.0, zoom.margin()), last: on(days.1, zoom.margin()) }
    }

    /// The same stretch later (or earlier) by its own length; only where the plan goes on.
    pub(super) fn paged(&self, later: bool) -> NaiveDate {
        let days = Days::new(HOURS_SPAN);
        let moved = if later { self.first.checked_add_days(days) } else { self.first.checked_sub_days(days) };
        moved.unwrap_or(self.first)
    }

    /// First minute.
    pub(super) fn from(&self) -> i64 {
        axis::midnight(self.first)
    }

    /// Minute at which it ends.
    pub(super) fn until(&self) -> i64 {
        axis::midnight(self.last) + DAY
    }

    /// Where a minute stands.
    pub(super) fn x(&self, minute: i64) -> i64 {
        ((minute - self.from()) as f64 / DAY as f64 * self.zoom.per_day()).round() as i64
    }

    /// Pixels of the whole stretch.
    pub(super) fn width(&self) -> i64 {
        self.x(self.until())
    }

    /// Whether any of a span is in sight.
    pub(super) fn shows(&self, start: i64, finish: i64) -> bool {
        finish >= self.from() && start <= self.until()
    }

    /// Lines of the upper band with their words: months, or days when hours are shown.
    pub(super) fn major(&self, lang: Lang) -> Vec<(i64, String)> {
        if self.zoom == Zoom::Hours {
            return self.days().map(|day| (self.x(axis::midnight(day)), lang.weekday_date(day))).collect();
        }
        let mut marks = Vec::new();
        let mut month = self.first.with_day(1).unwrap_or(self.first);
        while month <= self.last {
            let next = month.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
            let x = self.x(axis::midnight(month)).max(0);
            let wide = self.x(axis::midnight(next)) - x > 62;
            let words = if wide { format!("{} {}", lang.month(month.month()), month.year()) } else { String::new() };
            marks.push((x, words));
            month = next;
        }
        marks
    }

    /// Lines of the lower band with their words: hours, days, or Mondays.
    pub(super) fn minor(&self) -> Vec<(i64, String)> {
        match self.zoom {
            Zoom::Months => Vec::new(),
            Zoom::Hours => self
                .days()
                .flat_map(|day| (0..24).step_by(2).map(move |hour| (day, hour)))
                .map(|(day, hour)| (self.x(axis::midnight(day) + hour * 60), format!("{hour:02}")))
                .collect(),
            Zoom::Days => self.days().map(|day| (self.x(axis::midnight(day)), day.day().to_string())).collect(),
            Zoom::Weeks => {
                let mondays = self.days().filter(|day| day.weekday() == chrono::Weekday::Mon);
                mondays.map(|day| (self.x(axis::midnight(day)), day.day().to_string())).collect()
            }
        }
    }

    /// The days shown.
    pub(super) fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_day_is_as_wide_everywhere() {
        let scale = Scale::new(Zoom::Days, (day("2027-03-01"), day("2027-04-10")), None);
        let at = |text| scale.x(axis::midnight(day(text)));
        assert_eq!(at("2027-03-29") - at("2027-03-28"), 36, "also on the night the clocks change");
        assert_eq!(scale.width(), 36 * 45);
    }

    #[test]
    fn hours_show_a_week_around_the_day_asked_for() {
        let plan = (day("2026-05-01"), day("2027-05-01"));
        let scale = Scale::new(Zoom::Hours, plan, Some(day("2027-02-03")));
        assert_eq!((scale.first, scale.last), (day("2027-02-03"), day("2027-02-09")));
        assert_eq!(Scale::new(Zoom::Hours, plan, Some(day("2031-01-01"))).first, day("2027-05-02"));
        assert_eq!(scale.minor().len(), 7 * 12);
    }
}
