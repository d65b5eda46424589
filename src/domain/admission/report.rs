//! What a device tells of itself with each contact, and what of it somebody should look after.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// What a device said last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// When it said so.
    pub told_at: DateTime<Utc>,
    /// Charge of the battery, 0..=100; not every browser tells.
    pub battery_percent: Option<i32>,
    /// It hangs on a charger.
    pub charging: bool,
    /// Scans it has not sent yet.
    pub unsent: i32,
    /// Scans the server would not take.
    pub refused: i32,
    /// Badges it knows for the time without network.
    pub badges: i32,
    /// When the oldest unsent scan was made.
    pub oldest_unsent_at: Option<DateTime<Utc>>,
    /// How fresh its badges and rules are.
    pub data_at: Option<DateTime<Utc>>,
    /// Milliseconds its clock is off.
    pub offset_ms: Option<i64>,
    /// What its browser calls itself.
    pub agent: String,
    /// The browser promised to keep its data.
    pub kept: bool,
}

/// Why somebody should look after a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Care {
    /// Not heard of for a while.
    Silent,
    /// The battery runs out.
    Battery,
    /// Scans wait to be sent.
    Unsent,
    /// The server would not take scans.
    Refused,
    /// Badges and rules are old.
    Stale,
    /// The clock is off.
    Clock,
}

impl Care {
    /// All, the most urgent first.
    pub const ALL: &'static [Self] =
        &[Self::Silent, Self::Battery, Self::Unsent, Self::Refused, Self::Stale, Self::Clock];

    /// The stable spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Battery => "battery",
            Self::Unsent => "unsent",
            Self::Refused => "refused",
            Self::Stale => "stale",
            Self::Clock => "clock",
        }
    }
}

/// Minutes after which a device counts as silent. It tells of itself several times a minute.
pub const SILENT_MINUTES: i64 = 5;
/// Percent below which a battery that is not charged needs somebody.
pub const LOW_BATTERY: i32 = 20;
/// Minutes after which what a device knows is old.
pub const STALE_MINUTES: i64 = 15;
/// Minutes after which a scan should have been sent.
pub const UNSENT_MINUTES: i64 = 2;
/// A clock further off than this is told to be set, milliseconds.
pub const CLOCK_LIMIT_MS: i64 = 120_000;

impl Report {
    /// What somebody should look after, the most urgent first.
    pub fn cares(&self, now: DateTime<Utc>) -> Vec<Care> {
        let older = |at: DateTime<Utc>, minutes: i64| now - at > Duration::minutes(minutes);
        let holds = |care: &&Care| match care {
            Care::Silent => older(self.told_at, SILENT_MINUTES),
            Care::Battery => !self.charging && self.battery_percent.is_some_and(|percent| percent < LOW_BATTERY),
            Care::Unsent => self.unsent > 0 && self.oldest_unsent_at.is_none_or(|at| older(at, UNSENT_MINUTES)),
            Care::Refused => self.refused > 0,
            Care::Stale => self.data_at.is_none_or(|at| older(at, STALE_MINUTES)),
            Care::Clock => self.offset_ms.is_some_and(|offset| offset.abs() > CLOCK_LIMIT_MS),
        };
        Care::ALL.iter().filter(holds).copied().collect()
    }
}

/// The report as a device sends it, untrusted: numbers are drawn into their range, a wrong time is no time.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportDraft {
    /// 0..=1, as browsers tell.
    pub battery: Option<f64>,
    /// On a charger.
    pub charging: bool,
    /// Unsent scans.
    pub unsent: i64,
    /// Refused scans.
    pub refused: i64,
    /// Badges known.
    pub badges: i64,
    /// When the oldest unsent scan was made, milliseconds since 1970 by the server's clock.
    pub oldest_unsent_ms: Option<i64>,
    /// When badges and rules were fetched, the same.
    pub data_ms: Option<i64>,
    /// Milliseconds the clock is off.
    pub offset_ms: Option<i64>,
    /// The browser promised to keep its data.
    pub kept: bool,
    /// Messages somebody read.
    pub read: Vec<String>,
}

impl ReportDraft {
    /// As it is kept.
    pub fn parse(&self, told_at: DateTime<Utc>, agent: &str) -> Report {
        let count = |n: i64| i32::try_from(n.clamp(0, i64::from(i32::MAX))).unwrap_or(i32::MAX);
        let at = |ms: Option<i64>| ms.and_then(DateTime::from_timestamp_millis).map(|at| at.min(told_at));
        // Drawn into 0..=100 before it is cut to a whole number.
        let percent = |share: f64| (share.clamp(0.0, 1.0) * 100.0).round() as i32;
        Report {
            told_at,
            battery_percent: self.battery.filter(|share| share.is_finite()).map(percent),
            charging: self.charging,
            unsent: count(self.unsent),
            refused: count(self.refused),
            badges: count(self.badges),
            oldest_unsent_at: at(self.oldest_unsent_ms),
            data_at: at(self.data_ms),
            offset_ms: self.offset_ms,
            agent: agent.chars().filter(|c| !c.is_control()).take(200).collect(),
            kept: self.kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2027, 3, 24, 2, 0, 0).single().expect("valid")
    }

    #[test]
    fn a_healthy_device_needs_nobody() {
        let draft =
            ReportDraft { battery: Some(0.2), data_ms: Some(now().timestamp_millis()), ..ReportDraft::default() };
        assert_eq!(draft.parse(now(), "Chrome").cares(now()), []);
    }

    #[test]
    fn what_is_wrong_is_named_by_urgency() {
        let draft = ReportDraft {
            battery: Some(0.19),
            unsent: 3,
            refused: 1,
            offset_ms: Some(-7_200_000),
            oldest_unsent_ms: Some((now() - Duration::minutes(9)).timestamp_millis()),
            ..ReportDraft::default()
        };
        let report = draft.parse(now() - Duration::minutes(6), "Chrome");
        let codes: Vec<_> = report.cares(now()).into_iter().map(Care::code).collect();
        assert_eq!(codes, ["silent", "battery", "unsent", "refused", "stale", "clock"]);
        assert_eq!(Report { charging: true, ..report }.cares(now()).len(), 5);
    }

    #[test]
    fn nonsense_is_drawn_into_its_range() {
        let draft = ReportDraft {
            battery: Some(f64::NAN),
            unsent: -5,
            refused: i64::MAX,
            data_ms: Some(i64::MAX),
            ..ReportDraft::default()
        };
        let report = draft.parse(now(), "a\u{0}b");
        assert_eq!((report.battery_percent, report.unsent, report.refused), (None, 0, i32::MAX));
        assert_eq!((report.data_at, report.agent.as_str()), (None, "ab"));
        let later = ReportDraft { data_ms: Some(now().timestamp_millis() + 99_000), ..ReportDraft::default() };
        assert_eq!(later.parse(now(), "").data_at, Some(now()), "nothing was fetched in the future");
    }
}
