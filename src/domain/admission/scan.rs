//! A scan: what a device sends, and the row the log keeps for good.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::gate::Direction;
use super::verdict::{Reason, Verdict, VerdictKind};
use crate::id::{CredentialId, DeviceId, EditionId, PlaceId, RegistrationId, ScanId};
use crate::refusal::{Parse, Refusal};
use crate::registration::{Category, badge_code};

/// Characters of a code that are kept when it is not one of ours.
pub const KEPT_CODE_CHARS: usize = 160;
/// The notice of an admission made without network, where only the signature could be checked.
pub const OFFLINE_NOTICE: &str = "checked_offline";
/// Scans in one bulk upload.
pub const BATCH_LIMIT: usize = 1000;

/// A scan as a device sends it, untrusted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScanDraft {
    /// UUIDv7 made by the device; sending it again is not another scan.
    pub id: String,
    /// The device's own running number; gaps are visible.
    pub sequence: i64,
    /// The code as it was read.
    pub code: String,
    /// `in`, `out`, or empty for what the gate does.
    pub direction: String,
    /// The device's clock, RFC 3339; empty means now.
    pub device_time: String,
    /// Milliseconds to add to the device's clock, as measured at the last contact.
    pub offset_ms: Option<i64>,
    /// A supervisor's reason for admitting against the denial; empty for none.
    pub override_reason: String,
    /// The verdict the device showed while it had no network; empty when it asks for one.
    pub shown: String,
    /// The gate it stood at then, when it had no network; empty for where it stands now.
    pub gate: String,
}

/// A scan, parsed. The code is still only text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Id made by the device.
    pub id: ScanId,
    /// Running number of the device.
    pub sequence: i64,
    /// The code in the form it is compared in, or what could be kept of a text that is no code.
    pub code: Code,
    /// Which way, when the device says.
    pub direction: Option<Direction>,
    /// The device's clock.
    pub device_time: Option<DateTime<Utc>>,
    /// Its measured offset.
    pub offset_ms: Option<i64>,
    /// Why a supervisor lets the person in.
    pub override_reason: Option<String>,
    /// What the device showed when it was offline.
    pub shown: Option<VerdictKind>,
    /// Where it stood then.
    pub gate: Option<PlaceId>,
    /// A hub decided it and hands it on; `shown` is then the hub's verdict.
    pub told: Option<Told>,
}

/// What a hub says about a scan it decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Name of the hub.
    pub hub: String,
    /// The device had no way to the hub either.
    pub offline: bool,
    /// The hub's reason.
    pub reason: Option<String>,
}

/// A code as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// Has the form of a code.
    Normal(String),
    /// Cannot be one; the readable beginning of it, for the log.
    Malformed(String),
}

impl Code {
    /// Reads a text as scanned.
    pub fn read(text: &str) -> Self {
        match badge_code::normal(text) {
            Some(code) => Self::Normal(code),
            None => Self::Malformed(
                text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).take(KEPT_CODE_CHARS).collect(),
            ),
        }
    }

    /// What the log keeps.
    pub fn text(&self) -> &str {
        match self {
            Self::Normal(text) | Self::Malformed(text) => text,
        }
    }
}

impl ScanDraft {
    /// Parses. A code is never refused (an unreadable one is a verdict, not an error); ids and
    /// clocks are.
    ///
    /// # Errors
    /// All refusals at once.
    pub fn parse(&self) -> Result<Scan, Vec<Refusal>> {
        let mut parse = Parse::new();
        let id = parse.choice("id", &self.id, |text| text.parse::<ScanId>().ok());
        if id.is_some_and(|id| id.uuid().get_version_num() != 7) {
            parse.refuse(Refusal::invalid("scan-id-version").at("id"));
        }
        if self.sequence < 0 {
            parse.refuse(Refusal::invalid("out-of-range").at("sequence").with("min", 0).with("max", i64::MAX));
        }
        let direction = given(&self.direction, |text| parse.choice("direction", text, Direction::parse));
        let device_time = given(&self.device_time, |text| {
            parse.choice("device_time", text, |t| DateTime::parse_from_rfc3339(t).ok().map(|t| t.with_timezone(&Utc)))
        });
        let shown = given(&self.shown, |text| parse.choice("shown", text, VerdictKind::parse));
        if shown.is_some() && device_time.is_none() && self.device_time.trim().is_empty() {
            parse.refuse(Refusal::invalid("required").at("device_time"));
        }
        let gate = given(&self.gate, |text| parse.choice("gate", text, |id| id.parse().ok()));
        let reason = parse.optional("override_reason", &self.override_reason, 300);
        let nil = ScanId::from_uuid(uuid::Uuid::nil());
        parse.finish(|| Scan {
            id: id.unwrap_or(nil),
            sequence: self.sequence,
            code: Code::read(&self.code),
            direction,
            device_time,
            offset_ms: self.offset_ms,
            override_reason: (!reason.is_empty()).then_some(reason),
            shown,
            gate,
            told: None,
        })
    }
}

fn given<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    if text.trim().is_empty() { None } else { read(text.trim()) }
}

/// What the answer and the log say beyond the verdict; stored as JSON, so every field may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Code of the notice, for an admission with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The code could not be one at all.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub malformed: bool,
    /// When the badge was used before (`already_used`, `already_inside`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_at: Option<DateTime<Utc>>,
    /// At which gate that was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_gate: Option<PlaceId>,
    /// That gate's code, as it was then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_gate_code: Option<String>,
    /// The reprint that is valid instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_reprint: Option<i32>,
    /// First or last day of a badge outside its validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_day: Option<NaiveDate>,
    /// The limit that is reached (people).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    /// The gate does not work in this direction.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub wrong_direction: bool,
    /// For an offline scan: what the server would have said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged: Option<String>,
    /// The device had never measured its clock when it made this offline scan.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub clock_unknown: bool,
    /// The device was withdrawn before it handed this scan in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// Decided by this hub on the venue's network, and handed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hub: Option<String>,
}

impl Details {
    /// What a verdict says beyond its codes; `gate_code` names a gate by its id.
    pub fn of(verdict: &Verdict, gate_code: impl Fn(PlaceId) -> Option<String>) -> Self {
        let mut details = Self { notice: verdict.notice().map(|n| n.code().to_owned()), ..Self::default() };
        match verdict.reason() {
            Some(Reason::UnknownCode { malformed }) => details.malformed = *malformed,
            Some(Reason::Replaced { valid_reprint }) => details.valid_reprint = *valid_reprint,
            Some(Reason::NotYetValid { from: day } | Reason::Expired { until: day }) => details.valid_day = Some(*day),
            Some(Reason::AlreadyInside(passage) | Reason::AlreadyUsed(passage)) => {
                details.used_at = Some(passage.at);
                details.used_gate = Some(passage.gate);
                details.used_gate_code = gate_code(passage.gate);
            }
            Some(Reason::QuotaReached { limit } | Reason::ZoneFull { capacity: limit }) => details.limit = Some(*limit),
            Some(Reason::GateClosed { wrong_direction }) => details.wrong_direction = *wrong_direction,
            _ => {}
        }
        details
    }
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanRow {
    /// Edition.
    pub edition: EditionId,
    /// Id made by the device.
    pub id: ScanId,
    /// The device; none for scans typed by staff or imported.
    pub device: Option<DeviceId>,
    /// The device's running number.
    pub sequence: i64,
    /// Gate.
    pub gate: PlaceId,
    /// Which way.
    pub direction: Direction,
    /// The device's clock.
    pub device_time: DateTime<Utc>,
    /// Its measured offset.
    pub offset_ms: Option<i64>,
    /// When the server took it.
    pub server_time: DateTime<Utc>,
    /// When it counts for.
    pub entry_time: DateTime<Utc>,
    /// The venue's day of `entry_time`.
    pub local_day: NaiveDate,
    /// The venue's hour of `entry_time`.
    pub local_hour: i32,
    /// Code as read.
    pub code: String,
    /// The badge, if known.
    pub credential: Option<CredentialId>,
    /// The person, if known.
    pub registration: Option<RegistrationId>,
    /// The badge's category, if known.
    pub category: Option<Category>,
    /// What the door said.
    pub verdict: VerdictKind,
    /// Code of the denial, of the overridden denial, or of what the server found wrong with an
    /// admission made offline.
    pub reason: Option<String>,
    /// Made without network.
    pub offline: bool,
    /// The device that overrode.
    pub override_by: Option<uuid::Uuid>,
    /// Why it was overridden.
    pub override_reason: Option<String>,
    /// The person's first entry on this day at the venue.
    pub first_entry: bool,
    /// More about the verdict.
    pub details: Details,
}

impl ScanRow {
    /// Whether this server was not asked: made without network, or decided by a hub.
    pub fn is_remote(&self) -> bool {
        self.offline || self.details.hub.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ScanDraft {
        ScanDraft { id: "01890a5d-ac96-774b-bcce-b302099a8057".into(), code: " x1abc ".into(), ..ScanDraft::default() }
    }

    #[test]
    fn codes_are_compared_upper_case_and_trimmed() {
        assert_eq!(draft().parse().expect("fine").code, Code::Normal("X1ABC".into()));
    }

    #[test]
    fn bad_codes_are_scans_and_bad_ids_are_errors() {
        let long = ScanDraft { code: "A".repeat(10_000), ..draft() }.parse().expect("a verdict, not an error");
        assert!(matches!(long.code, Code::Malformed(ref kept) if kept.len() == KEPT_CODE_CHARS));
        let control = ScanDraft { code: "X1\u{0}\u{7}A".into(), ..draft() }.parse().expect("a verdict");
        assert_eq!(control.code, Code::Malformed("X1\u{FFFD}\u{FFFD}A".into()));
        let bad = ScanDraft { id: "7".into(), direction: "up".into(), device_time: "noon".into(), ..draft() };
        let fields: Vec<_> = bad.parse().expect_err("three").into_iter().filter_map(|r| r.field).collect();
        assert_eq!(fields, ["id", "direction", "device_time"]);
        let v4 = ScanDraft { id: "c56a4180-65aa-42ec-a945-5fd21dec0538".into(), ..draft() };
        assert_eq!(v4.parse().expect_err("not time-ordered")[0].code, "scan-id-version");
    }

    #[test]
    fn an_offline_scan_says_when() {
        let offline = ScanDraft { shown: "admit".into(), ..draft() };
        assert_eq!(offline.parse().expect_err("no clock")[0].field.as_deref(), Some("device_time"));
    }
}
