//! Frozen counts: what is frozen, the certificate that anybody can check, and the line format of the log it hashes.
//!
//! The certificate is a JSON text; its SHA-256 is the *seal*. The log hash is the SHA-256 of a text with one line a scan
//! ([`LOG_HEAD`] first), in the order of the scans' ids. Whoever has the text of either can compute its hash with any
//! program. A line holds only what later uploads never change, but for the person and category of a badge that was not
//! known yet when the scan came in.

use super::count::Figures;
use super::gate::Direction;
use super::verdict::VerdictKind;
use crate::id::{EditionId, FreezeId, PlaceId, RegistrationId, ScanId, UserId};
use crate::locale::Bilingual;
use crate::refusal::{Parse, Refusal};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// The first line of the hashed log.
pub const LOG_HEAD: &str = "scan,entry_time,gate,direction,verdict,person,category\n";

/// What a line of the hashed log says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// The scan.
    pub scan: ScanId,
    /// When it counts for.
    pub at: DateTime<Utc>,
    /// Where.
    pub gate: PlaceId,
    /// Which way.
    pub direction: Direction,
    /// What the door said.
    pub verdict: VerdictKind,
    /// The person, if known.
    pub person: Option<RegistrationId>,
    /// The badge's category, if known.
    pub category: String,
}

impl LogLine {
    /// The line with its line break.
    pub fn text(&self) -> String {
        format!(
            "{},{},{},{},{},{},{}\n",
            self.scan,
            self.at.to_rfc3339_opts(SecondsFormat::Micros, true),
            self.gate,
            self.direction.code(),
            self.verdict.code(),
            self.person.map(|id| id.to_string()).unwrap_or_default(),
            self.category
        )
    }
}

/// What is certified: everything a reader needs, in one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Slug of the edition.
    pub edition: String,
    /// Its name.
    pub name: Bilingual,
    /// Running number of the count within the edition.
    pub number: i32,
    /// Whose rules.
    pub body: Bilingual,
    /// Where they are written.
    pub source: Bilingual,
    /// The figures.
    pub figures: Figures,
    /// Scans in the log, denied and unknown ones too.
    pub scans: i64,
    /// SHA-256 of the log, hex.
    pub log_sha256: String,
    /// Scans received up to here are in it.
    pub cutoff: DateTime<Utc>,
    /// Who froze it.
    pub frozen_by: String,
    /// When.
    pub frozen_at: DateTime<Utc>,
}

/// A frozen count as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freeze {
    /// Id.
    pub id: FreezeId,
    /// Its edition.
    pub edition: EditionId,
    /// Running number within the edition.
    pub number: i32,
    /// Code of the profile.
    pub profile: String,
    /// The certificate, exactly as it was sealed.
    pub text: String,
    /// SHA-256 of the log.
    pub log_hash: String,
    /// SHA-256 of the certificate.
    pub seal: String,
    /// The code anybody finds it by.
    pub code: String,
    /// Why it was frozen.
    pub note: String,
    /// Scans in the log.
    pub scans: i64,
    /// First and last day counted.
    pub days: (NaiveDate, NaiveDate),
    /// Scans received up to here are in it.
    pub cutoff: DateTime<Utc>,
    /// Who froze it.
    pub frozen_by: UserId,
    /// Their name.
    pub frozen_name: String,
    /// When.
    pub frozen_at: DateTime<Utc>,
}

impl Freeze {
    /// The certificate, read.
    pub fn certificate(&self) -> Option<Certificate> {
        serde_json::from_str(&self.text).ok()
    }
}

/// A look somebody took at a frozen count: whether the log still gives its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreezeCheck {
    /// Whether it does.
    pub same: bool,
    /// Scans in the log now, of those received up to the cutoff.
    pub scans: i64,
    /// The hash the log gives now.
    pub log_hash: String,
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// Who looked.
    pub name: String,
}

/// A count to freeze, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FreezeDraft {
    /// Code of the profile.
    pub profile: String,
    /// Why, for whom.
    pub note: String,
}

impl FreezeDraft {
    /// Parses.
    ///
    /// # Errors
    /// `unknown-choice` at `profile`; what is wrong with the note.
    pub fn parse(&self) -> Result<(&'static super::audit::AuditProfile, String), Vec<Refusal>> {
        let mut parse = Parse::new();
        let profile = parse.choice("profile", &self.profile, super::audit::profile);
        let note = parse.optional("note", &self.note, 500);
        let first = &super::audit::profiles()[0];
        parse.finish(|| (profile.unwrap_or(first), note))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_line_is_the_same_whoever_writes_it() {
        let line = LogLine {
            scan: ScanId::from_uuid(Uuid::from_u128(1)),
            at: DateTime::from_timestamp_micros(1_804_300_000_000_001).expect("a moment"),
            gate: PlaceId::from_uuid(Uuid::from_u128(2)),
            direction: Direction::In,
            verdict: VerdictKind::Deny,
            person: None,
            category: String::new(),
        };
        assert_eq!(
            line.text(),
            "00000000-0000-0000-0000-000000000001,2027-03-06T02:26:40.000001Z,00000000-0000-0000-0000-000000000002,in,deny,,\n"
        );
        assert_eq!(LOG_HEAD.matches(',').count(), line.text().matches(',').count());
    }
}
