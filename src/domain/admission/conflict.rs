//! Conflicts: what the log shows once devices that could not see each other have been heard.
//!
//! [`replay`] walks through everything one person did at the gates, in the order it counts for, and says about each
//! scan what the server thinks of it now that it knows the others. It is a function of the *set* of scans: in which
//! order, in which pieces and how often they were handed in makes no difference. What a device showed is never
//! changed by it; somebody who was let in is in.
//!
//! The order is the corrected time, then the device, then its running number, then the id. A scan decided by the
//! server at once stands as it was decided; only an admission nobody could know of then can put it in the wrong.

use super::clock::Moment;
use super::decide::decide;
use super::facts::{CredentialFacts, CredentialState, Presented, Reading, ScanFacts, Standing};
use super::gate::{Direction, Gate};
use super::rule::AccessRule;
use super::verdict::{Passage, Reason, Verdict};
use crate::id::{DeviceId, ScanId};
use crate::refusal::{Parse, Refusal};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What is wrong with a scan that cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Two gates that could not see each other let one badge in.
    AdmittedTwice,
    /// Let in although the badge or its registration was withdrawn, blocked, replaced or not approved.
    Withdrawn,
    /// Let in although no rule allows it there and then.
    AgainstRules,
    /// Let in on a genuine code that the register does not know (yet).
    UnknownBadge,
    /// Let in on a code that is not ours at all.
    NotOurs,
    /// Turned away without network although nothing speaks against the person.
    TurnedAway,
    /// Let in by a device whose clock was never compared; the time and the order may be wrong.
    ClockUnknown,
}

impl ConflictKind {
    /// All kinds, the gravest first.
    pub const ALL: &'static [Self] = &[
        Self::NotOurs,
        Self::AdmittedTwice,
        Self::Withdrawn,
        Self::AgainstRules,
        Self::UnknownBadge,
        Self::TurnedAway,
        Self::ClockUnknown,
    ];

    /// The stable spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AdmittedTwice => "admitted_twice",
            Self::Withdrawn => "withdrawn",
            Self::AgainstRules => "against_rules",
            Self::UnknownBadge => "unknown_badge",
            Self::NotOurs => "not_ours",
            Self::TurnedAway => "turned_away",
            Self::ClockUnknown => "clock_unknown",
        }
    }

    /// From the stable spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == text)
    }

    /// Which kind a denial is that came too late.
    pub const fn of(reason: &Reason) -> Self {
        match reason {
            Reason::AlreadyInside(_) | Reason::AlreadyUsed(_) => Self::AdmittedTwice,
            Reason::Blocked | Reason::Revoked | Reason::Replaced { .. } | Reason::NotApproved | Reason::Unpaid => {
                Self::Withdrawn
            }
            Reason::UnknownCode { malformed: false } => Self::UnknownBadge,
            Reason::UnknownCode { malformed: true } | Reason::Forged | Reason::WrongEdition => Self::NotOurs,
            Reason::NotYetValid { .. }
            | Reason::Expired { .. }
            | Reason::WrongZone
            | Reason::WrongDayOrTime
            | Reason::QuotaReached { .. }
            | Reason::ZoneFull { .. }
            | Reason::GateClosed { .. } => Self::AgainstRules,
        }
    }
}

/// Where a conflict stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictState {
    /// Somebody has to look at it.
    #[default]
    Open,
    /// Somebody did and said what it was.
    Settled,
    /// Later uploads explained it; there is nothing to look at.
    Gone,
}

impl ConflictState {
    /// All states.
    pub const ALL: &'static [Self] = &[Self::Open, Self::Settled, Self::Gone];

    /// The stable spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Settled => "settled",
            Self::Gone => "gone",
        }
    }

    /// From the stable spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == text)
    }
}

/// One conflict, as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// What it is.
    pub kind: ConflictKind,
    /// The scan it collides with, where there is one.
    pub other: Option<ScanId>,
    /// Which of the two came first cannot be said: a clock was never compared.
    pub order_unknown: bool,
}

/// A scan of one person as the log has it.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    /// The scan.
    pub scan: ScanId,
    /// The device that made it.
    pub device: Option<DeviceId>,
    /// The device's running number.
    pub sequence: i64,
    /// When it counts for.
    pub moment: Moment,
    /// When the server took it.
    pub received: DateTime<Utc>,
    /// Where.
    pub gate: &'a Gate,
    /// Which way.
    pub direction: Direction,
    /// Whether the person went through.
    pub admitted: bool,
    /// A supervisor answered for it.
    pub overridden: bool,
    /// The server was not asked: made without network, or decided elsewhere.
    pub remote: bool,
    /// A hub decided it, with rules and facts of its own.
    pub told: bool,
    /// The device had never compared its clock.
    pub clock_unknown: bool,
    /// The badge it was made with.
    pub badge: &'a CredentialFacts,
}

impl Trace<'_> {
    fn place(&self) -> (DateTime<Utc>, Option<DeviceId>, i64, ScanId) {
        (self.moment.at, self.device, self.sequence, self.scan)
    }

    fn enters(&self) -> bool {
        self.admitted && self.direction == Direction::In
    }
}

/// What is thought of one scan now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The scan.
    pub scan: ScanId,
    /// For a scan the server was not asked about: what it would have said.
    pub judged: Option<Verdict>,
    /// The person's first entry on this day.
    pub first_entry: bool,
    /// What is wrong with it.
    pub conflict: Option<Conflict>,
}

/// Walks through everything one person did and says what is thought of it now. Findings come in the order the scans
/// count for.
pub fn replay(traces: &[Trace<'_>], rules: &[AccessRule]) -> Vec<Finding> {
    let mut order: Vec<&Trace<'_>> = traces.iter().collect();
    order.sort_by_key(|trace| trace.place());
    order.dedup_by_key(|trace| trace.scan);
    let mut walked = Walked { passages: Vec::new(), made: Vec::new(), rules };
    order.into_iter().map(|trace| walked.step(trace)).collect()
}

/// What came before the scan at hand. Both lists go together.
struct Walked<'a, 'r> {
    passages: Vec<Passage>,
    made: Vec<&'a Trace<'a>>,
    rules: &'r [AccessRule],
}

impl<'a> Walked<'a, '_> {
    fn step(&mut self, trace: &'a Trace<'a>) -> Finding {
        let judged = if trace.remote { Some(self.judge(trace, trace.badge)) } else { None };
        let conflict = match &judged {
            Some(judged) => self.remote(trace, judged),
            None => self.overtaken(trace),
        };
        let first_entry =
            trace.enters() && !self.passages.iter().any(|p| p.day == trace.moment.day && p.direction == Direction::In);
        if trace.admitted {
            self.passages.push(Passage {
                at: trace.moment.at,
                day: trace.moment.day,
                gate: trace.gate.id,
                zones: trace.gate.zones.clone(),
                direction: trace.direction,
            });
            self.made.push(trace);
        }
        Finding { scan: trace.scan, judged, first_entry, conflict }
    }

    fn judge(&self, trace: &Trace<'_>, badge: &CredentialFacts) -> Verdict {
        let facts = ScanFacts {
            reading: Reading::Genuine,
            credential: Some(badge),
            gate: trace.gate,
            passages: &self.passages,
            quota: None,
            zone: None,
        };
        let presented = Presented { direction: trace.direction, moment: trace.moment, overriding: trace.overridden };
        decide(&facts, self.rules, &presented)
    }

    /// A scan the server was not asked about.
    fn remote(&self, trace: &Trace<'_>, judged: &Verdict) -> Option<Conflict> {
        match (trace.admitted, judged) {
            (true, Verdict::Deny(reason)) => {
                let other = reason.passage().and_then(|passage| self.maker_of(passage));
                let order_unknown = other.is_some_and(|other| other.clock_unknown || trace.clock_unknown);
                Some(Conflict { kind: ConflictKind::of(reason), other: other.map(|o| o.scan), order_unknown })
            }
            (true, _) if trace.clock_unknown && !trace.overridden => plain(ConflictKind::ClockUnknown),
            (false, Verdict::Admit | Verdict::AdmitWithNotice(_))
                if trace.direction == Direction::In && !trace.told =>
            {
                plain(ConflictKind::TurnedAway)
            }
            _ => None,
        }
    }

    /// A scan the server decided: right by what it knew, in the wrong only by an admission it heard of later.
    fn overtaken(&self, trace: &Trace<'_>) -> Option<Conflict> {
        if !trace.enters() || trace.overridden {
            return None;
        }
        let in_order = CredentialFacts {
            state: CredentialState::Active,
            category: trace.badge.category,
            valid_from: None,
            valid_until: None,
            valid_reprint: None,
            standing: Standing::Good,
        };
        let Verdict::Deny(reason) = self.judge(trace, &in_order) else { return None };
        let other = self.maker_of(reason.passage()?)?;
        let unseen = other.remote && other.received > trace.received;
        unseen.then_some(Conflict {
            kind: ConflictKind::AdmittedTwice,
            other: Some(other.scan),
            order_unknown: other.clock_unknown,
        })
    }

    fn maker_of(&self, passage: &Passage) -> Option<&'a Trace<'a>> {
        self.passages.iter().zip(&self.made).find(|(made, _)| *made == passage).map(|(_, trace)| *trace)
    }
}

fn plain(kind: ConflictKind) -> Option<Conflict> {
    Some(Conflict { kind, other: None, order_unknown: false })
}

/// The conflict of an admission on a code the register does not know, by the code of the denial it should have been.
pub fn of_stranger(admitted: bool, reason: Option<&str>, malformed: bool) -> Option<Conflict> {
    match reason.filter(|_| admitted)? {
        "unknown_code" if !malformed => plain(ConflictKind::UnknownBadge),
        "unknown_code" | "forged" | "wrong_edition" => plain(ConflictKind::NotOurs),
        _ => None,
    }
}

/// What somebody says a conflict was, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SettleDraft {
    /// What it was and what was done.
    pub note: String,
    /// Version the form was made from.
    pub version: String,
}

impl SettleDraft {
    /// Parses the note and the version seen.
    ///
    /// # Errors
    /// `required` at `note`, and what else is wrong with it.
    pub fn parse(&self) -> Result<(String, i32), Vec<Refusal>> {
        let mut parse = Parse::new();
        let note = parse.required("note", &self.note, 1000);
        let version = self.version.trim().parse().unwrap_or(0);
        parse.finish(|| (note, version))
    }
}

#[cfg(test)]
#[path = "conflict_tests.rs"]
mod tests;
