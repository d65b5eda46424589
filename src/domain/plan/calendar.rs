//! Working time. A calendar is an ordered set of half-open working intervals on the plan's
//! minute axis, described by a weekly pattern and dated exceptions.
//!
//! Everything is answered through one monotone function: `count(t)`, the signed number of
//! working minutes between a fixed origin and `t`. Its two inverses give the four operators of
//! the planner: the *earliest* instant with a given count ends work (17:00, never 08:00 next
//! day), the *latest* instant with that count begins work.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Minutes of one day on the plan axis.
pub const DAY: i64 = 1_440;
/// Minutes of one week on the plan axis.
pub const WEEK: i64 = 7 * DAY;
/// "Never": what an exhausted calendar answers. Far outside any plan, far inside `i64`.
pub const FAR: i64 = 1 << 50;
/// Minute 0 of the axis is a Thursday (1970-01-01); the weekly pattern counts from Monday.
const MONDAY: i64 = -3 * DAY;

/// Working spans of one day, in minutes from midnight, half open.
pub type DaySpans = Vec<(i64, i64)>;

/// The description of a calendar, as a person would write it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// Monday to Sunday.
    pub weekly: [DaySpans; 7],
    /// Day number (axis minute / 1440) to the spans that replace the weekly ones on that day.
    pub exceptions: BTreeMap<i64, DaySpans>,
}

impl Pattern {
    /// Every working day alike, Monday to Friday, weekends off.
    pub fn weekdays(spans: DaySpans) -> Self {
        let mut weekly: [DaySpans; 7] = Default::default();
        weekly[..5].fill(spans);
        Pattern { weekly, exceptions: BTreeMap::new() }
    }

    /// A child calendar: this one's week, with `own` exceptions before this one's.
    pub fn with_exceptions(&self, own: BTreeMap<i64, DaySpans>) -> Self {
        let mut exceptions = self.exceptions.clone();
        exceptions.extend(own);
        Pattern { weekly: self.weekly.clone(), exceptions }
    }

    /// Working time of both: what is work in this calendar and in the other.
    #[must_use]
    pub fn meet(&self, other: &Pattern) -> Pattern {
        let weekly = std::array::from_fn(|day| common(&self.weekly[day], &other.weekly[day]));
        let days = self.exceptions.keys().chain(other.exceptions.keys());
        let exceptions = days.map(|day| (*day, common(self.spans(*day), other.spans(*day)))).collect();
        Pattern { weekly, exceptions }
    }

    /// The spans of one day, by its number.
    fn spans(&self, day: i64) -> &DaySpans {
        let weekday = (day * DAY - MONDAY).rem_euclid(WEEK) / DAY;
        self.exceptions.get(&day).unwrap_or(&self.weekly[weekday as usize])
    }
}

/// What lies in a span of both lists.
fn common(a: &DaySpans, b: &DaySpans) -> DaySpans {
    let pairs = a.iter().flat_map(|one| b.iter().map(move |other| (one.0.max(other.0), one.1.min(other.1))));
    pairs.filter(|(start, end)| start < end).collect()
}

/// A compiled calendar.
#[derive(Debug, Clone)]
pub enum Calendar {
    /// Round the clock: working time is elapsed time.
    Always,
    /// Intervals compiled from a [`Pattern`].
    Working(Working),
}

/// Flat tables of one calendar: exact intervals where exceptions live, the bare week elsewhere.
#[derive(Debug, Clone)]
pub struct Working {
    table: Table,
    week: Table,
    from: i64,
    until: i64,
    /// Length of a week in the unit of the tables.
    period: i64,
}

/// Sorted intervals with the working minutes before each.
#[derive(Debug, Clone, Default)]
struct Table {
    start: Vec<i64>,
    end: Vec<i64>,
    before: Vec<i64>,
    total: i64,
}

impl Table {
    fn push(&mut self, start: i64, end: i64) {
        if end <= start {
            return;
        }
        // Touching intervals are one interval: a night shift over midnight has no seam.
        if let Some(last) = self.end.last_mut()
            && *last >= start
        {
            let grown = end.max(*last);
            self.total += grown - *last;
            *last = grown;
            return;
        }
        self.start.push(start);
        self.end.push(end);
        self.before.push(self.total);
        self.total += end - start;
    }

    fn count(&self, t: i64) -> i64 {
        let at = self.start.partition_point(|&start| start <= t);
        if at == 0 {
            return 0;
        }
        self.before[at - 1] + (t.min(self.end[at - 1]) - self.start[at - 1])
    }

    /// Earliest instant with `count` working minutes before it; `1 <= count <= total`.
    fn earliest(&self, count: i64) -> i64 {
        let at = self.before.partition_point(|&before| before < count) - 1;
        self.start[at] + (count - self.before[at])
    }

    /// Latest instant with `count` working minutes before it; `0 <= count < total`.
    fn latest(&self, count: i64) -> i64 {
        let at = self.before.partition_point(|&before| before <= count) - 1;
        self.start[at] + (count - self.before[at])
    }
}

impl Calendar {
    /// Compiles a pattern. Spans outside a day are cut to it.
    pub fn new(pattern: &Pattern) -> Self {
        Self::in_parts(pattern, 1)
    }

    /// The same on an axis that counts `parts` to the minute.
    pub fn in_parts(pattern: &Pattern, parts: i64) -> Self {
        let mut week = Table::default();
        for (day, spans) in pattern.weekly.iter().enumerate() {
            push_day(&mut week, day as i64 * DAY, spans, parts);
        }
        let (from, until) = match (pattern.exceptions.keys().next(), pattern.exceptions.keys().next_back()) {
            (Some(&first), Some(&last)) => (monday_of(first * DAY), monday_of(last * DAY) + WEEK),
            _ => (MONDAY, MONDAY),
        };
        let mut table = Table::default();
        let mut day = from.div_euclid(DAY);
        while day * DAY < until {
            let weekday = (day * DAY - MONDAY).rem_euclid(WEEK) / DAY;
            let spans = pattern.exceptions.get(&day).unwrap_or(&pattern.weekly[weekday as usize]);
            push_day(&mut table, day * DAY, spans, parts);
            day += 1;
        }
        Calendar::Working(Working { table, week, from: from * parts, until: until * parts, period: WEEK * parts })
    }

    /// Signed working minutes between the calendar's origin and `t`.
    pub fn count(&self, t: i64) -> i64 {
        match self {
            Calendar::Always => t,
            Calendar::Working(working) => working.count(t),
        }
    }

    /// snap⁺: the first working instant at or after `t`.
    pub fn snap_forward(&self, t: i64) -> i64 {
        match self {
            Calendar::Always => t,
            Calendar::Working(working) => working.latest(working.count(t), t),
        }
    }

    /// snap⁻: the last instant at or before `t` with work just before it.
    pub fn snap_back(&self, t: i64) -> i64 {
        match self {
            Calendar::Always => t,
            Calendar::Working(working) => working.earliest(working.count(t), t),
        }
    }

    /// `t ⊕ d`: the earliest instant with `d` working minutes after `t`; negative is ⊖.
    pub fn add(&self, t: i64, d: i64) -> i64 {
        match self {
            Calendar::Always => t + d,
            Calendar::Working(_) if d == 0 => t,
            Calendar::Working(working) if d > 0 => working.earliest(working.count(t) + d, FAR),
            Calendar::Working(working) => working.latest(working.count(t) + d, -FAR),
        }
    }

    /// `t ⊖ d`: the latest instant with `d` working minutes before `t`; negative is ⊕.
    pub fn sub(&self, t: i64, d: i64) -> i64 {
        self.add(t, -d)
    }

    /// The latest `t` with `t ⊕ lag <= s`: the exact opposite of [`Calendar::add`], for the late pass.
    pub fn latest_before(&self, s: i64, lag: i64) -> i64 {
        match self {
            Calendar::Always => s - lag,
            Calendar::Working(_) if lag == 0 => s,
            Calendar::Working(working) if lag > 0 => working.latest(working.count(s) - lag, -FAR),
            Calendar::Working(working) => {
                // A lead: only a working instant `s` can be hit exactly by ⊖.
                let inside = working.latest(working.count(s), s) == s;
                working.latest(working.count(s) - lag - i64::from(!inside), FAR)
            }
        }
    }

    /// Signed working minutes from `a` to `b`.
    pub fn between(&self, a: i64, b: i64) -> i64 {
        self.count(b) - self.count(a)
    }
}

impl Working {
    fn split(&self, t: i64) -> (i64, i64) {
        (t.div_euclid(self.period), t.rem_euclid(self.period))
    }

    fn count(&self, t: i64) -> i64 {
        if t < self.from {
            let (weeks, rest) = self.split(t - self.from);
            weeks * self.week.total + self.week.count(rest)
        } else if t < self.until {
            self.table.count(t)
        } else {
            let (weeks, rest) = self.split(t - self.until);
            self.table.total + weeks * self.week.total + self.week.count(rest)
        }
    }

    /// Earliest instant with this count, or `never` when the calendar has no such minute.
    fn earliest(&self, count: i64, never: i64) -> i64 {
        if count >= 1 && count <= self.table.total {
            return self.table.earliest(count);
        }
        if self.week.total == 0 {
            return never;
        }
        let (base, rest) = if count <= 0 { (self.from, count) } else { (self.until, count - self.table.total) };
        // The count 0 of a period is reached at the end of the work of the period before.
        let weeks = (rest - 1).div_euclid(self.week.total);
        base + weeks * self.period + self.week.earliest(rest - weeks * self.week.total)
    }

    /// Latest instant with this count, or `never` when work never resumes.
    fn latest(&self, count: i64, never: i64) -> i64 {
        if count >= 0 && count < self.table.total {
            return self.table.latest(count);
        }
        if self.week.total == 0 {
            return if count < 0 { never.min(-FAR) } else { never.max(FAR) };
        }
        let (base, rest) = if count < 0 { (self.from, count) } else { (self.until, count - self.table.total) };
        let weeks = rest.div_euclid(self.week.total);
        base + weeks * self.period + self.week.latest(rest - weeks * self.week.total)
    }
}

fn push_day(table: &mut Table, midnight: i64, spans: &DaySpans, parts: i64) {
    let mut sorted = spans.clone();
    sorted.sort_unstable();
    for (start, end) in sorted {
        table.push((midnight + start.clamp(0, DAY)) * parts, (midnight + end.clamp(0, DAY)) * parts);
    }
}

fn monday_of(t: i64) -> i64 {
    t - (t - MONDAY).rem_euclid(WEEK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Monday 2026-01-05 is day 20458 of the axis.
    const MON: i64 = 20_458 * DAY;

    fn office() -> Calendar {
        let mut pattern = Pattern::weekdays(vec![(8 * 60, 12 * 60), (13 * 60, 17 * 60)]);
        pattern.exceptions.insert(20_459, vec![]);
        Calendar::new(&pattern)
    }

    #[test]
    fn work_that_ends_with_a_shift_ends_at_five_not_next_morning() {
        let office = office();
        assert_eq!(office.add(MON + 8 * 60, 480), MON + 17 * 60);
        // Tuesday is off: one more minute is Wednesday 08:01.
        assert_eq!(office.add(MON + 8 * 60, 481), MON + 2 * DAY + 8 * 60 + 1);
        assert_eq!(office.sub(MON + 2 * DAY + 8 * 60, 480), MON + 8 * 60);
    }

    #[test]
    fn snapping_over_a_night_and_a_holiday() {
        let office = office();
        assert_eq!(office.snap_forward(MON + 17 * 60), MON + 2 * DAY + 8 * 60);
        assert_eq!(office.snap_back(MON + 2 * DAY + 8 * 60), MON + 17 * 60);
        assert_eq!(office.snap_forward(MON + 9 * 60), MON + 9 * 60);
        assert_eq!(office.snap_back(MON + 12 * 60 + 30), MON + 12 * 60);
    }

    #[test]
    fn a_calendar_with_only_dated_spans_runs_out() {
        let mut pattern = Pattern { weekly: Default::default(), exceptions: BTreeMap::new() };
        pattern.exceptions.insert(20_458, vec![(480, 1_080)]);
        let hall = Calendar::new(&pattern);
        assert_eq!(hall.add(MON, 600), MON + 1_080);
        assert_eq!(hall.add(MON, 601), FAR);
    }

    fn patterns() -> impl Strategy<Value = Pattern> {
        let spans = proptest::collection::vec((0..1_300i64, 1..600i64), 0..3)
            .prop_map(|raw| raw.into_iter().map(|(start, len)| (start, start + len)).collect::<Vec<_>>());
        (proptest::collection::vec(spans.clone(), 7), proptest::collection::btree_map(20_450..20_480i64, spans, 0..6))
            .prop_map(|(days, exceptions)| {
                let mut weekly: [DaySpans; 7] = Default::default();
                for (slot, day) in weekly.iter_mut().zip(days) {
                    *slot = day;
                }
                weekly[2].push((600, 900));
                Pattern { weekly, exceptions }
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn two_calendars_together_work_when_both_do(
            one in patterns(), other in patterns(), t in (20_440 * DAY)..(20_490 * DAY),
        ) {
            let works = |calendar: &Calendar| calendar.between(t, t + 1) == 1;
            let both = Calendar::new(&one.meet(&other));
            let (one, other) = (Calendar::new(&one), Calendar::new(&other));
            prop_assert_eq!(works(&both), works(&one) && works(&other));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn operators_agree_with_minute_by_minute_counting(
            pattern in patterns(), t in (20_430 * DAY)..(20_500 * DAY), d in 1..4_000i64,
        ) {
            let calendar = Calendar::new(&pattern);
            let end = calendar.add(t, d);
            prop_assert_eq!(calendar.between(t, end), d);
            prop_assert_eq!(calendar.between(end - 1, end), 1, "work just before the end");
            let start = calendar.sub(t, d);
            prop_assert_eq!(calendar.between(start, t), d);
            prop_assert_eq!(calendar.between(start, start + 1), 1, "work just after the start");
            let forward = calendar.snap_forward(t);
            prop_assert!(forward >= t);
            prop_assert_eq!(calendar.between(t, forward), 0);
            prop_assert_eq!(calendar.between(forward, forward + 1), 1);
            let back = calendar.snap_back(t);
            prop_assert!(back <= t);
            prop_assert_eq!(calendar.between(back, t), 0);
            prop_assert_eq!(calendar.between(back - 1, back), 1);
        }

        #[test]
        fn latest_before_is_the_exact_opposite_of_add(
            pattern in patterns(), s in (20_440 * DAY)..(20_490 * DAY), lag in -3_000..3_000i64,
        ) {
            let calendar = Calendar::new(&pattern);
            let latest = calendar.latest_before(s, lag);
            prop_assert!(calendar.add(latest, lag) <= s);
            prop_assert!(calendar.add(latest + 1, lag) > s);
        }
    }
}
