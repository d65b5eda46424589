//! What the door answers: admit, admit with a notice, or deny with exactly one reason.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::gate::Direction;
use crate::id::PlaceId;

/// One recorded passage of a person through a gate (an admitted scan).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// When it counts for (clock-corrected).
    pub at: DateTime<Utc>,
    /// The venue's calendar day of `at`.
    pub day: NaiveDate,
    /// The gate passed.
    pub gate: PlaceId,
    /// The zones behind that gate, innermost first; shared with the gate itself.
    pub zones: Arc<[PlaceId]>,
    /// Into the zones or out of them.
    pub direction: Direction,
}

/// Why somebody is not let in. The data is what the sentence at the door needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Not a code of ours; `malformed` when it cannot be one (length, control characters).
    UnknownCode { malformed: bool },
    /// Looks like a badge of ours, the signature is not ours.
    Forged,
    /// A genuine badge of another edition.
    WrongEdition,
    /// Held back by a person, may be released.
    Blocked,
    /// Withdrawn for good.
    Revoked,
    /// A reprint took its place; says which one is valid.
    Replaced { valid_reprint: Option<i32> },
    /// The registration is not approved (pending, rejected, cancelled).
    NotApproved,
    /// Something is still to be paid.
    Unpaid,
    /// Too early for this badge.
    NotYetValid { from: NaiveDate },
    /// Too late for this badge.
    Expired { until: NaiveDate },
    /// No rule lets this category through this gate.
    WrongZone,
    /// Rules let this category through this gate, but not now.
    WrongDayOrTime,
    /// Re-entry needs an exit first; says where and when the person went in.
    AlreadyInside(Passage),
    /// The allowed number of entries is used up; says where and when.
    AlreadyUsed(Passage),
    /// The quota of the company or delegation is used up.
    QuotaReached { limit: i64 },
    /// The zone holds as many people as it may.
    ZoneFull { capacity: i64 },
    /// The gate is shut, or does not work in this direction.
    GateClosed { wrong_direction: bool },
}

impl Reason {
    /// Every code, in the order the checks run.
    pub const CODES: &'static [&'static str] = &[
        "unknown_code",
        "forged",
        "wrong_edition",
        "blocked",
        "revoked",
        "replaced",
        "not_approved",
        "unpaid",
        "not_yet_valid",
        "expired",
        "wrong_zone",
        "wrong_day_or_time",
        "already_inside",
        "already_used",
        "quota_reached",
        "zone_full",
        "gate_closed",
    ];

    /// The stable spelling: API, database, Fluent key, fixtures.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownCode { .. } => "unknown_code",
            Self::Forged => "forged",
            Self::WrongEdition => "wrong_edition",
            Self::Blocked => "blocked",
            Self::Revoked => "revoked",
            Self::Replaced { .. } => "replaced",
            Self::NotApproved => "not_approved",
            Self::Unpaid => "unpaid",
            Self::NotYetValid { .. } => "not_yet_valid",
            Self::Expired { .. } => "expired",
            Self::WrongZone => "wrong_zone",
            Self::WrongDayOrTime => "wrong_day_or_time",
            Self::AlreadyInside(_) => "already_inside",
            Self::AlreadyUsed(_) => "already_used",
            Self::QuotaReached { .. } => "quota_reached",
            Self::ZoneFull { .. } => "zone_full",
            Self::GateClosed { .. } => "gate_closed",
        }
    }

    /// The stored spelling of a code, when it is one.
    pub fn known_code(text: &str) -> Option<&'static str> {
        Self::CODES.iter().copied().find(|code| *code == text)
    }

    /// A supervisor may override everything but a forged badge.
    pub fn may_be_overridden(&self) -> bool {
        !matches!(self, Self::Forged)
    }

    /// The earlier passage the reason points at.
    pub fn passage(&self) -> Option<&Passage> {
        match self {
            Self::AlreadyInside(passage) | Self::AlreadyUsed(passage) => Some(passage),
            _ => None,
        }
    }
}

/// What the steward should know although the person may pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A supervisor let the person in against this reason.
    Overridden(Reason),
    /// Leaving with a badge that would not get in; nobody is kept inside.
    LeavingOnInactiveBadge,
    /// Leaving without a recorded entry; the count inside would otherwise drift.
    NoEntryRecorded,
    /// Let in by the few minutes of tolerance around the badge's validity.
    WithinTolerance,
}

impl Notice {
    /// Every code.
    pub const CODES: &'static [&'static str] =
        &["overridden", "leaving_on_inactive_badge", "no_entry_recorded", "within_tolerance"];

    /// The stable spelling.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Overridden(_) => "overridden",
            Self::LeavingOnInactiveBadge => "leaving_on_inactive_badge",
            Self::NoEntryRecorded => "no_entry_recorded",
            Self::WithinTolerance => "within_tolerance",
        }
    }
}

/// The answer of the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Green.
    Admit,
    /// Green with a text for the steward.
    AdmitWithNotice(Notice),
    /// Red, with exactly one reason.
    Deny(Reason),
}

/// The three kinds of answer without their data: what the log stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// The person may pass.
    Admit,
    /// The person may pass; the steward is told something.
    AdmitWithNotice,
    /// The person may not pass.
    Deny,
}

impl VerdictKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[Self::Admit, Self::AdmitWithNotice, Self::Deny];

    /// The stable spelling.
    pub fn code(self) -> &'static str {
        match self {
            Self::Admit => "admit",
            Self::AdmitWithNotice => "admit_with_notice",
            Self::Deny => "deny",
        }
    }

    /// From the stable spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == text)
    }

    /// Whether the person went through.
    pub fn admits(self) -> bool {
        self != Self::Deny
    }
}

impl Verdict {
    /// The kind, without the data.
    pub fn kind(&self) -> VerdictKind {
        match self {
            Self::Admit => VerdictKind::Admit,
            Self::AdmitWithNotice(_) => VerdictKind::AdmitWithNotice,
            Self::Deny(_) => VerdictKind::Deny,
        }
    }

    /// Whether the person may pass.
    pub fn admits(&self) -> bool {
        self.kind().admits()
    }

    /// The reason: of the denial, or the one a supervisor overrode.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Deny(reason) | Self::AdmitWithNotice(Notice::Overridden(reason)) => Some(reason),
            _ => None,
        }
    }

    /// The notice, when there is one.
    pub fn notice(&self) -> Option<&Notice> {
        match self {
            Self::AdmitWithNotice(notice) => Some(notice),
            _ => None,
        }
    }
}
