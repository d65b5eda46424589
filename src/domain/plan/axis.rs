//! Where the planner's minutes meet days and time zones.
//!
//! Minute 0 is 1970-01-01 00:00 on the clock of the edition's venue. Instants (UTC) are made
//! only for storing and showing; all arithmetic stays on the wall clock.

use super::calendar::DAY;
use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Midnight at the beginning of a day.
pub fn midnight(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days() * DAY
}

/// The day a minute lies in.
pub fn day_of(minute: i64) -> NaiveDate {
    let days = minute.div_euclid(DAY);
    let epoch = NaiveDate::default();
    let shifted = if days >= 0 {
        epoch.checked_add_days(Days::new(days.unsigned_abs()))
    } else {
        epoch.checked_sub_days(Days::new(days.unsigned_abs()))
    };
    shifted.unwrap_or(if days >= 0 { NaiveDate::MAX } else { NaiveDate::MIN })
}

/// The last day on which something that ends at `finish` still goes on: a task that ends at
/// midnight ends, for people, on the day before.
pub fn last_day_of(start: i64, finish: i64) -> NaiveDate {
    day_of(if finish > start { finish - 1 } else { finish })
}

/// Wall clock to minute.
pub fn minute_of(wall: NaiveDateTime) -> i64 {
    wall.and_utc().timestamp().div_euclid(60)
}

/// The minute on the venue's wall clock at an instant.
pub fn minute_at(instant: DateTime<Utc>, zone: Tz) -> i64 {
    minute_of(instant.with_timezone(&zone).naive_local())
}

/// The instant at which the venue's wall clock shows this minute; the earlier one when the
/// clocks go back, the moment after the gap when they go forward.
pub fn instant(minute: i64, zone: Tz) -> DateTime<Utc> {
    let wall = day_of(minute).and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute.rem_euclid(DAY));
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(one) | LocalResult::Ambiguous(one, _) => one.to_utc(),
        LocalResult::None => {
            let later = zone.from_local_datetime(&(wall + TimeDelta::hours(1)));
            later.earliest().map_or_else(|| wall.and_utc(), |one| one.to_utc())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_days_survive_a_change_of_clocks() {
        let zone = Tz::Europe__Berlin;
        let before = NaiveDate::from_ymd_opt(2027, 3, 27).expect("a date");
        let start = midnight(before);
        let end = start + 2 * DAY;
        assert_eq!(day_of(end), NaiveDate::from_ymd_opt(2027, 3, 29).expect("a date"));
        // Two days on the wall, 47 hours in between.
        assert_eq!(instant(end, zone) - instant(start, zone), TimeDelta::hours(47));
        assert_eq!(minute_at(instant(end, zone), zone), end);
    }

    #[test]
    fn a_task_that_ends_at_midnight_ends_the_day_before() {
        let day = NaiveDate::from_ymd_opt(2027, 5, 10).expect("a date");
        assert_eq!(last_day_of(midnight(day), midnight(day) + DAY), day);
        assert_eq!(last_day_of(midnight(day), midnight(day)), day);
    }
}
