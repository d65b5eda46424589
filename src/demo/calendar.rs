//! When the demonstration happens: the first open day is today, so the show is alive whenever it is made.

use super::chance::Chance;
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

/// The first hour of local time at which a show that opened today has something to show.
const ALIVE_FROM: u32 = 10;
/// Days before opening on which registration opened.
pub const REGISTRATION_DAYS: i64 = 199;

/// The days of the show and the moment it is seen from.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// Now.
    pub now: DateTime<Utc>,
    /// The venue's zone.
    pub zone: Tz,
    /// First open day.
    pub d0: NaiveDate,
}

impl Calendar {
    /// Today is the first open day; before ten in the morning it was yesterday, or the gates would have nothing to show.
    pub fn around(now: DateTime<Utc>) -> Self {
        let zone = chrono_tz::Asia::Shanghai;
        let local = now.with_timezone(&zone);
        let today = local.date_naive();
        let d0 = if local.hour() < ALIVE_FROM { today - Days::new(1) } else { today };
        let now = now.with_nanosecond(now.nanosecond() / 1000 * 1000).unwrap_or(now);
        Self { now, zone, d0 }
    }

    /// The day `offset` days from the first open day.
    pub fn day(&self, offset: i64) -> NaiveDate {
        self.d0 + Duration::days(offset)
    }

    /// A minute of the day `offset` days from the first open day, in the venue's zone.
    pub fn at(&self, offset: i64, minute: i64) -> DateTime<Utc> {
        let local = self.day(offset).and_hms_opt(0, 0, 0).expect("midnight") + Duration::minutes(minute);
        self.zone.from_local_datetime(&local).earliest().expect("Shanghai keeps no summer time").with_timezone(&Utc)
    }

    /// The day of a moment in the venue's zone.
    pub fn local_day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// A working moment of that day, never after now.
    pub fn office_hours(&self, offset: i64, chance: &mut Chance) -> DateTime<Utc> {
        let at = self.at(offset, chance.between(8 * 60 + 40, 18 * 60)) + Duration::seconds(chance.between(0, 59));
        at.min(self.now - Duration::minutes(chance.between(5, 90)))
    }
}

/// How many registrations come in on each of the days before opening, and on the first day itself: a slow start,
/// campaign waves, quiet weekends, the rush of the last three weeks.
pub struct Curve {
    days: Vec<(i64, usize)>,
}

impl Curve {
    /// The curve of a show.
    pub fn of(calendar: &Calendar) -> Self {
        let waves =
            [(-190, 40), (-150, 30), (-120, 35), (-90, 45), (-60, 70), (-42, 60), (-28, 80), (-14, 110), (-7, 160)];
        let days = (-REGISTRATION_DAYS..=0)
            .map(|offset| {
                let rush = 400.0 * (offset as f64 / 11.0).exp();
                let wave: f64 = waves
                    .iter()
                    .filter(|(start, _)| (0..9).contains(&(offset - start)))
                    .map(|(start, size)| f64::from(*size) * (-((offset - start) as f64) / 2.5).exp())
                    .sum();
                let weekend = calendar.day(offset).weekday().number_from_monday() > 5;
                let height = (14.0 + rush + wave) * if weekend { 0.42 } else { 1.0 };
                (offset, height.round() as usize)
            })
            .collect();
        Self { days }
    }

    /// A day, by how many register on it.
    pub fn draw(&self, chance: &mut Chance) -> i64 {
        chance.weighted(&self.days, |(_, weight)| *weight).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_show_is_open_whenever_it_is_made() {
        for hour in 0..24 {
            let now = Utc.with_ymd_and_hms(2027, 5, 11, hour, 30, 0).single().expect("a time");
            let calendar = Calendar::around(now);
            let doors = calendar.at(0, 9 * 60);
            assert!(doors < now && now - doors < Duration::hours(26), "{hour}");
        }
    }

    #[test]
    fn registrations_rush_at_the_end() {
        let now = Utc.with_ymd_and_hms(2027, 5, 11, 6, 0, 0).single().expect("a time");
        let curve = Curve::of(&Calendar::around(now));
        let mut chance = Chance::stream(1, "curve");
        let late = (0..10_000).filter(|_| curve.draw(&mut chance) >= -28).count();
        assert!((5_000..8_500).contains(&late), "{late}");
    }
}
