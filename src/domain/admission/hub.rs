//! Hubs: a Fairlead on the venue's own network that goes on admitting and printing without the internet. Here is what
//! a hub and its upstream say to each other, and which numbers a hub gives out so that two never give the same.
//!
//! The exchange needs no clock in step and no order: people and badges are compared bucket by bucket ([`Digest`]), scans
//! carry their own ids, and everything may be sent again. The upstream owns gates, rules and devices; a hub owns the
//! walk-ins it registers and the badges it issues; both own the scans made with them.

use crate::id::HubId;
use crate::refusal::{Parse, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The first registration number and badge serial of hubs; the upstream's own stay below it.
pub const FIRST_NUMBER: i32 = 1_000_000_000;
/// Numbers each hub has.
pub const NUMBERS: i32 = 10_000_000;
/// Hubs an edition can have.
pub const MOST_HUBS: i32 = 100;
/// Registrations in a bucket of the comparison.
pub const BUCKET: i32 = 1000;
/// Scans in one piece of the exchange.
pub const PIECE: usize = 500;

/// The numbers of a hub, first and last.
pub const fn numbers(hub: i32) -> (i32, i32) {
    let first = FIRST_NUMBER + (hub - 1) * NUMBERS;
    (first, first + NUMBERS - 1)
}

/// A row of a table, by column; moments, ids and documents in their JSON forms.
pub type Record = Map<String, Value>;

/// Rows of one table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: Vec<Record>,
}

/// A hub introduces itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EnrolDraft {
    /// Name for people.
    pub name: String,
    /// The hub's own Ed25519 public key, hex: badges it issues are signed with the other half, which never leaves it.
    pub public_key: String,
    /// The schema the hub has: the name of its last migration. Both sides must have the same.
    pub schema: String,
}

impl EnrolDraft {
    /// Parses the name and the key.
    ///
    /// # Errors
    /// `required` at `name`; `hub-key` at `public_key`.
    pub fn parse(&self) -> Result<(String, [u8; 32]), Vec<Refusal>> {
        let mut parse = Parse::new();
        let name = parse.required("name", &self.name, 80);
        let key = data_encoding::HEXLOWER_PERMISSIVE.decode(self.public_key.trim().as_bytes()).ok();
        let key: Option<[u8; 32]> = key.and_then(|bytes| bytes.try_into().ok());
        if key.is_none() {
            parse.refuse(Refusal::invalid("hub-key").at("public_key"));
        }
        parse.finish(|| (name, key.unwrap_or_default()))
    }
}

/// What the upstream answers a new hub.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Enrolled {
    /// The hub.
    pub hub: HubId,
    /// Its number within the edition.
    pub number: i32,
    /// The number of its key.
    pub key_no: i32,
}

/// What a hub asks for its configuration.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfigAsked {
    /// The hash of what it has.
    pub known: String,
    /// The schema it has.
    pub schema: String,
}

/// Edition, venue, gates, rules, devices, keys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The hash of the sheets.
    pub hash: String,
    /// Nothing when the hub has them already.
    pub sheets: Vec<Sheet>,
    /// The upstream's clock.
    pub now: Option<DateTime<Utc>>,
}

/// What a bucket of registrations amounts to; two sides with the same digest have the same people and badges in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digest {
    /// The bucket: registration number divided by [`BUCKET`].
    pub bucket: i64,
    /// People in it.
    pub people: i64,
    /// Sum of their versions: every change raises one.
    pub versions: i64,
    /// Badges in it.
    pub badges: i64,
    /// Sum of the badges' serials, each weighted by its state.
    pub states: i64,
}

/// The buckets one side has differently from the other.
pub fn differing(ours: &[Digest], theirs: &[Digest]) -> Vec<i64> {
    let mut buckets: Vec<i64> = theirs.iter().filter(|digest| !ours.contains(digest)).map(|d| d.bucket).collect();
    buckets.sort_unstable();
    buckets.dedup();
    buckets
}

/// People with their badges and consents.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct People {
    /// Registrations.
    pub registrations: Vec<Record>,
    /// Badges.
    pub credentials: Vec<Record>,
    /// Consents.
    pub consents: Vec<Record>,
}

/// A scan a hub decided.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HubScan {
    /// The scan as the device sent it, with the hub's verdict as shown.
    pub scan: super::scan::ScanDraft,
    /// The device.
    pub device: String,
    /// The gate.
    pub gate: String,
    /// Made while the device had no way to the hub either.
    pub offline: bool,
    /// The hub's reason.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Scans a hub hands on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HubScans {
    /// The hub.
    pub hub: String,
    /// At most [`PIECE`].
    pub scans: Vec<HubScan>,
}

/// A stretch of the upstream's log.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LogPiece {
    /// Rows of the log.
    pub rows: Vec<Record>,
    /// Where to go on.
    pub next: String,
}

/// How a hub is doing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The hub.
    pub hub: String,
    /// Scans it has not handed on yet.
    pub unsent: i64,
    /// How far its clock is from the upstream's, milliseconds.
    pub offset_ms: i64,
    /// What it runs.
    pub release: String,
}

/// A hub as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubLine {
    /// Id.
    pub id: HubId,
    /// Number within the edition.
    pub number: i32,
    /// Name for people.
    pub name: String,
    /// When it introduced itself.
    pub enrolled_at: DateTime<Utc>,
    /// When it was last heard of.
    pub seen_at: Option<DateTime<Utc>>,
    /// Scans it had not handed on then.
    pub unsent: i64,
    /// How far its clock was off then, milliseconds.
    pub offset_ms: i64,
    /// Scans it has handed on.
    pub scans: i64,
    /// People it has handed on.
    pub people: i64,
    /// What it runs.
    pub release: String,
    /// When it was withdrawn: it is no longer listened to.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// For the check against concurrent edits.
    pub version: i32,
}

/// What an installation is when it is a hub itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubSelf {
    /// The hub.
    pub hub: HubId,
    /// Its name.
    pub name: String,
    /// Where its upstream is.
    pub upstream: String,
    /// Its number.
    pub number: i32,
    /// When it last had contact.
    pub contact_at: Option<DateTime<Utc>>,
    /// When it last tried.
    pub tried_at: Option<DateTime<Utc>>,
    /// Milliseconds to add to this clock for the upstream's.
    pub offset_ms: i64,
    /// What went wrong at the last try; empty when nothing did.
    pub trouble: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_hubs_give_the_same_number() {
        let mut last = FIRST_NUMBER - 1;
        for hub in 1..=MOST_HUBS {
            let (first, end) = numbers(hub);
            assert_eq!(first, last + 1);
            last = end;
        }
        assert!(i64::from(last) < i64::from(i32::MAX));
    }

    #[test]
    fn buckets_that_differ_are_fetched_once() {
        let digest = |bucket, versions| Digest { bucket, people: 1, versions, badges: 1, states: 1 };
        let (ours, theirs) = ([digest(0, 5), digest(1, 7), digest(9, 1)], [digest(0, 5), digest(1, 8), digest(2, 1)]);
        assert_eq!(differing(&ours, &theirs), [1, 2]);
    }
}
