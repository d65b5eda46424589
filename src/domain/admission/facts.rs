//! What a decision is made from. The scan writer loads these, the simulator makes them up,
//! the conformance cases spell them out.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::clock::Moment;
use super::gate::{Direction, Gate};
use super::verdict::Passage;
pub use crate::registration::credential::CredentialState;
use crate::registration::{Category, badge_code};

/// What the code says by itself, before anything is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Cannot be a code: empty, too long, control characters.
    Malformed,
    /// Has the form of a signed badge and a signature that is not ours.
    Forged,
    /// Signed by us for another edition.
    Foreign,
    /// Signed by us for this edition, or equal to a code we issued.
    Genuine,
    /// Not a signed code; only the list of issued codes can tell.
    Plain,
}

impl Reading {
    /// What a verified text amounts to here.
    pub fn of(reading: &badge_code::Reading) -> Self {
        match reading {
            badge_code::Reading::Genuine(_) => Self::Genuine,
            badge_code::Reading::Forged => Self::Forged,
            badge_code::Reading::WrongEdition(_) => Self::Foreign,
            badge_code::Reading::Random(_) => Self::Plain,
            badge_code::Reading::Malformed => Self::Malformed,
        }
    }
}

/// How the registration behind a badge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// May come.
    Good,
    /// Pending, rejected, cancelled or anonymised.
    NotApproved,
    /// Approved, but money is owed.
    Unpaid,
}

impl Standing {
    /// From the stored status of a registration.
    ///
    /// Badges are issued to approved registrations only; `registered` waits for approval.
    pub fn of_status(status: &str) -> Self {
        match status {
            "approved" => Self::Good,
            "unpaid" => Self::Unpaid,
            _ => Self::NotApproved,
        }
    }
}

/// The badge as the register knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialFacts {
    /// State now.
    pub state: CredentialState,
    /// Category it was issued for; the rules ask for it.
    pub category: Category,
    /// First day it is valid, when limited.
    pub valid_from: Option<NaiveDate>,
    /// Last day it is valid, when limited.
    pub valid_until: Option<NaiveDate>,
    /// The reprint number of the badge that is valid now, when this one was replaced.
    pub valid_reprint: Option<i32>,
    /// How the registration stands.
    pub standing: Standing,
}

/// Use of a quota (company, delegation) by people already inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Entries the quota allows.
    pub limit: i64,
    /// Entries already made by others under it.
    pub used: i64,
}

/// How full the zone behind the gate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneLoad {
    /// People it may hold.
    pub capacity: i64,
    /// People in it by the log.
    pub inside: i64,
}

/// Everything known about one scan before deciding.
#[derive(Debug, Clone)]
pub struct ScanFacts<'a> {
    /// What the code says by itself.
    pub reading: Reading,
    /// The badge, when the code was issued in this edition.
    pub credential: Option<&'a CredentialFacts>,
    /// The gate.
    pub gate: &'a Gate,
    /// Earlier admitted passages of this person, oldest first, none later than the scan.
    pub passages: &'a [Passage],
    /// The quota this person falls under, when one does.
    pub quota: Option<Quota>,
    /// Load of the zone behind the gate, when it is limited.
    pub zone: Option<ZoneLoad>,
}

/// The scan itself, as far as it matters for the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presented {
    /// Going in or out.
    pub direction: Direction,
    /// When it counts for.
    pub moment: Moment,
    /// A supervisor asks for the person to pass, with a reason; the caller has already
    /// made sure that the device may do this.
    pub overriding: bool,
}
