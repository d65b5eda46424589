//! Which moment a scan counts for, and that moment in the venue's own time.
//!
//! A device's clock may be wrong by hours. At each contact the device measures how far it
//! is off; the entry time is the device's time plus that offset, and never later than the
//! moment the server received it. An online scan simply counts when it arrives.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

/// An instant together with the venue's calendar day and minute of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: DateTime<Utc>,
    /// Calendar day at the venue.
    pub day: NaiveDate,
    /// Minute of that day at the venue, 0..1440.
    pub minute: u16,
}

impl Moment {
    /// The moment as the venue's clocks show it.
    pub fn of(at: DateTime<Utc>, zone: Tz) -> Self {
        let local = at.with_timezone(&zone);
        let day =
            NaiveDate::from_ymd_opt(local.year(), local.month(), local.day()).expect("a zoned time has a calendar day");
        let minute = u16::try_from(local.hour() * 60 + local.minute()).expect("a day has 1440 minutes");
        Self { at, day, minute }
    }

    /// Hour of the venue's day, 0..24.
    pub fn hour(&self) -> i32 {
        i32::from(self.minute / 60)
    }
}

/// Offsets beyond this are a broken measurement, not a clock.
const OFFSET_LIMIT_MS: i64 = 10 * 366 * 24 * 3600 * 1000;

/// When an offline scan counts for: the device's time corrected by its measured offset,
/// never later than its receipt. Without an offset the device's own time has to do.
pub fn entry_time(device_time: DateTime<Utc>, offset_ms: Option<i64>, received: DateTime<Utc>) -> DateTime<Utc> {
    let offset = offset_ms.unwrap_or(0).clamp(-OFFSET_LIMIT_MS, OFFSET_LIMIT_MS);
    let corrected = device_time.checked_add_signed(Duration::milliseconds(offset)).unwrap_or(received);
    corrected.min(received)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn utc(h: u32, m: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2027, 3, 1, h, m, 0).single().expect("valid")
    }

    #[test]
    fn the_venues_day_is_not_the_utc_day() {
        let moment = Moment::of(utc(20, 30), chrono_tz::Asia::Shanghai);
        assert_eq!(moment.day, NaiveDate::from_ymd_opt(2027, 3, 2).expect("valid"));
        assert_eq!((moment.minute, moment.hour()), (4 * 60 + 30, 4));
    }

    #[test]
    fn a_wrong_clock_is_corrected_and_never_counts_after_receipt() {
        let three_hours = 3 * 3600 * 1000;
        assert_eq!(entry_time(utc(6, 0), Some(three_hours), utc(9, 30)), utc(9, 0));
        assert_eq!(entry_time(utc(12, 0), Some(-three_hours), utc(9, 30)), utc(9, 0));
        assert_eq!(entry_time(utc(12, 0), None, utc(9, 30)), utc(9, 30));
        assert_eq!(entry_time(utc(12, 0), Some(i64::MAX), utc(9, 30)), utc(9, 30));
    }
}
