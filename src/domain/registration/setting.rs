//! How an edition's registration behaves: whether a badge is shown at once, which consents are asked for, when people
//! are reminded, how long personal data is kept.

use super::Purpose;
use crate::{Refusal, refusal::Parse};
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// The settings of one edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Show a new badge on the page instead of mailing it only. Whoever sends a form can then tell whether the address
    /// was registered before: a show chooses quickness over that.
    pub badge_at_once: bool,
    /// Days before opening on which those who have a badge are reminded.
    pub remind_days: Vec<i64>,
    /// What is asked for beside [`Purpose::DataProcessing`].
    pub purposes: Vec<Purpose>,
    /// Days after the last open day on which personal data is removed; never when absent.
    pub keep_days: Option<i32>,
    pub version: i32,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            badge_at_once: false,
            remind_days: vec![7, 1],
            purposes: vec![Purpose::ExhibitorContact, Purpose::OrganizerNews],
            keep_days: None,
            version: 0,
        }
    }
}

/// The local hour from which reminders leave.
pub const REMIND_HOUR: u32 = 9;

impl Setting {
    /// The purposes a form asks for, the necessary one first.
    #[must_use]
    pub fn asked(&self) -> Vec<Purpose> {
        let chosen = Purpose::ALL.iter().copied();
        chosen.filter(|p| *p == Purpose::DataProcessing || self.purposes.contains(p)).collect()
    }

    /// The reminder that is due now, as days before opening: on its day, from [`REMIND_HOUR`] on.
    #[must_use]
    pub fn reminder(&self, opens_on: NaiveDate, zone: Tz, now: DateTime<Utc>) -> Option<i64> {
        let local = now.with_timezone(&zone);
        let ahead = (opens_on - local.date_naive()).num_days();
        (local.hour() >= REMIND_HOUR && self.remind_days.contains(&ahead)).then_some(ahead)
    }

    /// Whether personal data of an edition that closed on that day is to be removed today.
    #[must_use]
    pub fn forgets(&self, closes_on: NaiveDate, today: NaiveDate) -> bool {
        self.keep_days.is_some_and(|days| (today - closes_on).num_days() > i64::from(days))
    }
}

/// The settings as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingDraft {
    pub badge_at_once: String,
    /// Numbers separated by commas.
    pub remind_days: String,
    pub purposes: Vec<String>,
    pub keep_days: String,
    pub version: String,
}

impl SettingDraft {
    /// The form of settings that hold.
    #[must_use]
    pub fn of(setting: &Setting) -> Self {
        Self {
            badge_at_once: if setting.badge_at_once { "on".to_owned() } else { String::new() },
            remind_days: days_text(&setting.remind_days),
            purposes: setting.purposes.iter().map(|p| p.code().to_owned()).collect(),
            keep_days: setting.keep_days.map(|days| days.to_string()).unwrap_or_default(),
            version: setting.version.to_string(),
        }
    }

    /// Reads the settings.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self) -> Result<Setting, Vec<Refusal>> {
        let mut p = Parse::new();
        let mut remind_days: Vec<i64> = self
            .remind_days
            .split([',', '，', ' ', '、'])
            .filter(|part| !part.trim().is_empty())
            .filter_map(|part| p.number("remind_days", part, 0..=365))
            .collect();
        remind_days.sort_unstable_by(|a, b| b.cmp(a));
        remind_days.dedup();
        if remind_days.len() > 10 {
            p.refuse(Refusal::invalid("out-of-range").at("remind_days").with("min", 0).with("max", 10));
        }
        let codes = self.purposes.iter().filter(|code| !code.is_empty());
        let purposes: Vec<Purpose> = codes.filter_map(|code| p.choice("purposes", code, Purpose::parse)).collect();
        let keep_days = match self.keep_days.trim() {
            "" => None,
            text => p.number("keep_days", text, 1..=3650).and_then(|days| i32::try_from(days).ok()),
        };
        let version = p.number("version", &self.version, 0..=i64::from(i32::MAX)).unwrap_or_default();
        p.finish(|| Setting {
            badge_at_once: !matches!(self.badge_at_once.trim(), "" | "false" | "0" | "off"),
            remind_days,
            purposes: purposes.into_iter().filter(|p| *p != Purpose::DataProcessing).collect(),
            keep_days,
            version: i32::try_from(version).expect("within the range asked for"),
        })
    }
}

/// Days as they are typed and stored: `14, 7, 1`.
#[must_use]
pub fn days_text(days: &[i64]) -> String {
    days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_leave_on_their_day_after_nine_local_time() {
        let setting =
            SettingDraft { remind_days: "1，14, 7 7".into(), version: "0".into(), ..SettingDraft::default() };
        let setting = setting.parse().unwrap();
        assert_eq!(setting.remind_days, [14, 7, 1]);
        let opens = NaiveDate::from_ymd_opt(2027, 3, 9).unwrap();
        let at = |text: &str| setting.reminder(opens, chrono_tz::Asia::Shanghai, text.parse().unwrap());
        assert_eq!(at("2027-03-02T00:59:00Z"), None, "before nine");
        assert_eq!(at("2027-03-02T01:00:00Z"), Some(7));
        assert_eq!(at("2027-03-01T16:30:00Z"), None, "half past midnight of that day");
        assert_eq!(at("2027-03-03T03:00:00Z"), None);
    }

    #[test]
    fn data_is_kept_as_long_as_was_said() {
        let day = |d| NaiveDate::from_ymd_opt(2027, 3, d).unwrap();
        let setting = Setting { keep_days: Some(10), ..Setting::default() };
        assert!(!setting.forgets(day(12), day(22)) && setting.forgets(day(12), day(23)));
        assert!(!Setting::default().forgets(day(1), day(30)));
    }
}
