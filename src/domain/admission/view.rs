//! Plain read models that the pages of this context show. No rules here.

use chrono::{DateTime, NaiveDate, Utc};

use super::device::Device;
use super::gate::{Direction, Gate};
use super::report::{Care, Report};
use super::rule::AccessRule;
use super::scan::Details;
use super::verdict::VerdictKind;
use crate::id::{DeviceId, PlaceId, RegistrationId, ScanId};
use crate::locale::Bilingual;
use crate::registration::Category;

/// A place that a gate can lead to or a rule can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceChoice {
    /// Place id.
    pub id: PlaceId,
    /// Short code.
    pub code: String,
    /// Name for people.
    pub name: Bilingual,
    /// Kind of place, as stored.
    pub kind: String,
}

/// A gate in a list.
#[derive(Debug, Clone)]
pub struct GateLine {
    /// The gate.
    pub gate: Gate,
    /// The zone behind it.
    pub zone: Option<Bilingual>,
    /// Paired devices standing at it.
    pub devices: i64,
}

/// A rule in a list.
#[derive(Debug, Clone)]
pub struct RuleLine {
    /// The rule.
    pub rule: AccessRule,
    /// Code and name of its place.
    pub place: Option<(String, Bilingual)>,
}

/// A device in a list.
#[derive(Debug, Clone)]
pub struct DeviceLine {
    /// The device.
    pub device: Device,
    /// Code of its gate.
    pub gate: Option<String>,
    /// Scans it made.
    pub scans: i64,
    /// What it told of itself last.
    pub report: Option<Report>,
}

impl DeviceLine {
    /// What somebody should look after now; nothing at a device that is not in use or never told of itself.
    pub fn cares(&self, now: DateTime<Utc>) -> Vec<Care> {
        let used = self.device.paired_at.is_some() && self.device.revoked_at.is_none();
        self.report.as_ref().filter(|_| used).map(|report| report.cares(now)).unwrap_or_default()
    }
}

/// The person behind a badge, as far as a steward may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The registration.
    pub registration: RegistrationId,
    /// Running number of the registration.
    pub number: i64,
    /// Name as on the badge.
    pub name: String,
    /// Company as on the badge.
    pub company: String,
}

/// A row of the scan log as shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanLine {
    /// Id made by the device.
    pub id: ScanId,
    /// When the server took it.
    pub server_time: DateTime<Utc>,
    /// When it counts for.
    pub entry_time: DateTime<Utc>,
    /// Code of the gate.
    pub gate: String,
    /// Name of the device, when a device made it.
    pub device: Option<String>,
    /// The device's running number.
    pub sequence: i64,
    /// Which way.
    pub direction: Direction,
    /// Code as read.
    pub code: String,
    /// The badge's category, if known.
    pub category: Option<Category>,
    /// The person, if known.
    pub person: Option<Person>,
    /// What the door said.
    pub verdict: VerdictKind,
    /// Code of the reason.
    pub reason: Option<String>,
    /// More about the verdict.
    pub details: Details,
    /// Made without network.
    pub offline: bool,
    /// Why a supervisor let the person in.
    pub override_reason: Option<String>,
    /// The person's first entry on the day.
    pub first_entry: bool,
}

/// What a device shows after a scan.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The scan.
    pub scan: ScanId,
    /// When the server took it.
    pub server_time: DateTime<Utc>,
    /// The gate.
    pub gate: String,
    /// Code as read.
    pub code: String,
    /// Which way.
    pub direction: Direction,
    /// What the door says.
    pub verdict: VerdictKind,
    /// Code of the reason.
    pub reason: Option<String>,
    /// More about the verdict.
    pub details: Details,
    /// The badge's category, if known.
    pub category: Option<Category>,
    /// The person, if known.
    pub person: Option<Person>,
    /// The same scan was answered before; this is that answer.
    pub repeated: bool,
}

impl Answer {
    /// Whether a supervisor's reason could change this answer.
    pub fn may_be_overridden(&self) -> bool {
        self.verdict == VerdictKind::Deny && self.reason.as_deref() != Some("forged")
    }
}

/// What is asked of the scan log; every field narrows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanFilter {
    /// Words: a name, a company, the beginning of a code, a registration number.
    pub words: String,
    /// A gate.
    pub gate: Option<PlaceId>,
    /// A device.
    pub device: Option<DeviceId>,
    /// A verdict.
    pub verdict: Option<VerdictKind>,
    /// A reason.
    pub reason: Option<&'static str>,
    /// A category.
    pub category: Option<Category>,
    /// A day of the venue.
    pub day: Option<NaiveDate>,
    /// Only what a supervisor overrode.
    pub overridden: bool,
    /// Only what was made without network.
    pub offline: bool,
    /// Only those of one registration.
    pub registration: Option<RegistrationId>,
}

/// What happened at one gate today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateCount {
    /// The gate.
    pub gate: PlaceId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Whether it is open.
    pub open: bool,
    /// People coming in.
    pub entries: i64,
    /// People coming in for the first time that day.
    pub first: i64,
    /// People going out.
    pub exits: i64,
    /// Denials.
    pub denied: i64,
    /// The last scan.
    pub last: Option<DateTime<Utc>>,
}

/// Entries of one minute at one gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinuteCount {
    /// Minutes since the first minute of the curve.
    pub minute: i64,
    /// Index into [`Board::gates`].
    pub gate: usize,
    /// Entries.
    pub count: i64,
}

/// A zone behind gates with the people in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneLine {
    /// The zone.
    pub zone: PlaceId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// People in it, by the log.
    pub inside: i64,
    /// People it may hold, when limited.
    pub capacity: Option<i64>,
}

/// How the paired devices are doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceTally {
    /// Paired and not withdrawn.
    pub paired: usize,
    /// Scans they have not sent yet, as they told last.
    pub unsent: i64,
    /// Those somebody should look after: name, gate, why.
    pub cares: Vec<(String, String, Vec<Care>)>,
}

/// How printing is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PrintTally {
    /// Badges that printers did not print, or may not have printed.
    pub failed: i64,
    /// Badges on their way.
    pub waiting: i64,
    /// Stations that told of trouble.
    pub troubled: i64,
}

/// What the board shows beside the counts of the day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Operations {
    /// Zones behind the gates.
    pub zones: Vec<ZoneLine>,
    /// Devices.
    pub devices: DeviceTally,
    /// Printing.
    pub prints: PrintTally,
    /// The next hour, when something can be said about it.
    pub outlook: Option<super::outlook::Outlook>,
}

/// The live board.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// Zones, devices, the next hour.
    pub operations: std::sync::Arc<Operations>,
    /// The venue's day it shows.
    pub day: NaiveDate,
    /// Different people who came in today.
    pub people: i64,
    /// Entries today, repeated ones included.
    pub entries: i64,
    /// Exits today.
    pub exits: i64,
    /// Denials today.
    pub denied: i64,
    /// Overrides today.
    pub overrides: i64,
    /// Scans made without network today.
    pub offline: i64,
    /// Conflicts of the inbox that nobody has looked at, of all days.
    pub conflicts: i64,
    /// Gates, by code.
    pub gates: Vec<GateCount>,
    /// The first minute of the curve.
    pub curve_from: DateTime<Utc>,
    /// Entries by minute and gate over the last hour.
    pub curve: Vec<MinuteCount>,
    /// Entries of today by the venue's hour.
    pub hours: Vec<(i32, i64)>,
    /// Denials of today by reason, most first.
    pub reasons: Vec<(String, i64)>,
    /// People of today by category, most first.
    pub categories: Vec<(String, i64)>,
    /// The last scans, newest first.
    pub last: Vec<ScanLine>,
}

/// Minutes the curve of the live board covers.
pub const CURVE_MINUTES: i64 = 60;
