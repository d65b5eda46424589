//! The decision at the door: one pure function over one fixed order of checks.
//!
//! The order is the table [`CHECKS`]. It goes from the badge to the person to the place, so that the
//! reason a steward reads is the one nearest to the cause: `gate_closed` is only said to somebody
//! whom another gate would let in.
//!
//! | # | check | reasons |
//! |---|---|---|
//! | 1 | `code` | `unknown_code` (malformed), `forged`, `wrong_edition` |
//! | 2 | `issued` | `unknown_code` |
//! | 3 | `badge` | `revoked`, `replaced`, `blocked` |
//! | 4 | `registration` | `not_approved`, `unpaid` |
//! | 5 | `validity` | `not_yet_valid`, `expired` |
//! | 6 | `rules` | `wrong_zone`, `wrong_day_or_time` |
//! | 7 | `limit` | `already_inside`, `already_used` |
//! | 8 | `quota` | `quota_reached` |
//! | 9 | `room` | `zone_full` |
//! | 10 | `gate` | `gate_closed` |
//!
//! Going **out**, only checks 1 and 2 and the direction of the gate count: a badge that would not
//! get in still gets its bearer out, with a notice, and a shut gate keeps nobody inside.
//!
//! A supervisor's override turns any denial but `forged` into an admission with a notice that
//! carries the denial; it changes nothing where nothing was denied.

use chrono::Duration;

use super::facts::{CredentialState, Presented, Reading, ScanFacts, Standing};
use super::gate::Direction;
use super::rule::{AccessRule, EntryLimit, Ruling, ruling};
use super::verdict::{Notice, Passage, Reason, Verdict};

/// Minutes of grace around the first and last valid moment of a badge.
pub const TOLERANCE_MINUTES: i64 = 5;

type Check = fn(&ScanFacts<'_>, &[AccessRule], &Presented) -> Option<Reason>;

/// The checks in their order, with the names the simulator shows.
pub const CHECKS: &[(&str, Check)] = &[
    ("code", code),
    ("issued", issued),
    ("badge", badge),
    ("registration", registration),
    ("validity", validity),
    ("rules", rules_allow),
    ("limit", limit),
    ("quota", quota),
    ("room", room),
    ("gate", gate),
];

/// What one check said, for the simulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Name of the check.
    pub check: &'static str,
    /// Why it stopped the person, if it did.
    pub reason: Option<Reason>,
}

/// The answer of the door for these facts under these rules (sorted by their order).
pub fn decide(facts: &ScanFacts<'_>, rules: &[AccessRule], scan: &Presented) -> Verdict {
    let denial = CHECKS.iter().find_map(|(_, check)| check(facts, rules, scan));
    match denial {
        Some(reason) if scan.overriding && reason.may_be_overridden() => {
            Verdict::AdmitWithNotice(Notice::Overridden(reason))
        }
        Some(reason) => Verdict::Deny(reason),
        None => notice(facts, scan).map_or(Verdict::Admit, Verdict::AdmitWithNotice),
    }
}

/// Every check with its answer, up to and including the one that stops the person.
pub fn explain(facts: &ScanFacts<'_>, rules: &[AccessRule], scan: &Presented) -> Vec<Step> {
    let mut steps = Vec::with_capacity(CHECKS.len());
    for (name, check) in CHECKS {
        let reason = check(facts, rules, scan);
        let stopped = reason.is_some();
        steps.push(Step { check: name, reason });
        if stopped {
            break;
        }
    }
    steps
}

fn code(facts: &ScanFacts<'_>, _: &[AccessRule], _: &Presented) -> Option<Reason> {
    match facts.reading {
        Reading::Malformed => Some(Reason::UnknownCode { malformed: true }),
        Reading::Forged => Some(Reason::Forged),
        Reading::Foreign => Some(Reason::WrongEdition),
        Reading::Genuine | Reading::Plain => None,
    }
}

fn issued(facts: &ScanFacts<'_>, _: &[AccessRule], _: &Presented) -> Option<Reason> {
    facts.credential.is_none().then_some(Reason::UnknownCode { malformed: false })
}

fn badge(facts: &ScanFacts<'_>, _: &[AccessRule], scan: &Presented) -> Option<Reason> {
    let credential = facts.credential.filter(|_| scan.direction == Direction::In)?;
    match credential.state {
        CredentialState::Active => None,
        CredentialState::Revoked => Some(Reason::Revoked),
        CredentialState::Replaced => Some(Reason::Replaced { valid_reprint: credential.valid_reprint }),
        CredentialState::Blocked => Some(Reason::Blocked),
    }
}

fn registration(facts: &ScanFacts<'_>, _: &[AccessRule], scan: &Presented) -> Option<Reason> {
    let credential = facts.credential.filter(|_| scan.direction == Direction::In)?;
    match credential.standing {
        Standing::Good => None,
        Standing::NotApproved => Some(Reason::NotApproved),
        Standing::Unpaid => Some(Reason::Unpaid),
    }
}

fn gate(facts: &ScanFacts<'_>, _: &[AccessRule], scan: &Presented) -> Option<Reason> {
    if !facts.gate.direction.allows(scan.direction) {
        return Some(Reason::GateClosed { wrong_direction: true });
    }
    (scan.direction == Direction::In && !facts.gate.open).then_some(Reason::GateClosed { wrong_direction: false })
}

fn validity(facts: &ScanFacts<'_>, _: &[AccessRule], scan: &Presented) -> Option<Reason> {
    let credential = facts.credential.filter(|_| scan.direction == Direction::In)?;
    let minutes = i64::from(scan.moment.minute);
    let (soonest, latest) = (
        scan.moment.day + Duration::days(i64::from(minutes >= 1440 - TOLERANCE_MINUTES)),
        scan.moment.day - Duration::days(i64::from(minutes < TOLERANCE_MINUTES)),
    );
    if let Some(from) = credential.valid_from.filter(|from| soonest < *from) {
        return Some(Reason::NotYetValid { from });
    }
    credential.valid_until.filter(|until| latest > *until).map(|until| Reason::Expired { until })
}

fn rules_allow(facts: &ScanFacts<'_>, rules: &[AccessRule], scan: &Presented) -> Option<Reason> {
    let credential = facts.credential.filter(|_| scan.direction == Direction::In)?;
    match ruling(rules, credential.category, facts.gate, &scan.moment) {
        Ruling::NoRules | Ruling::Allowed(_) => None,
        Ruling::NotHere => Some(Reason::WrongZone),
        Ruling::NotNow => Some(Reason::WrongDayOrTime),
        Ruling::Forbidden(rule) if rule.window.is_always() => Some(Reason::WrongZone),
        Ruling::Forbidden(_) => Some(Reason::WrongDayOrTime),
    }
}

fn limit(facts: &ScanFacts<'_>, rules: &[AccessRule], scan: &Presented) -> Option<Reason> {
    let credential = facts.credential.filter(|_| scan.direction == Direction::In)?;
    let Ruling::Allowed(rule) = ruling(rules, credential.category, facts.gate, &scan.moment) else {
        return None;
    };
    let mut passages = facts.passages.iter().filter(|passage| rule.counts(passage));
    let entry = |passage: &&Passage| passage.direction == Direction::In;
    match rule.limit {
        EntryLimit::Unlimited => None,
        EntryLimit::Once => passages.find(entry).cloned().map(Reason::AlreadyUsed),
        EntryLimit::OnceADay => {
            passages.filter(entry).find(|p| p.day == scan.moment.day).cloned().map(Reason::AlreadyUsed)
        }
        EntryLimit::ReentryAfterExit => inside(facts).cloned().map(Reason::AlreadyInside),
    }
}

/// The entry by which the person is inside what lies directly behind the gate, if they are.
///
/// Going in through any gate of the zone, or of a zone inside it, counts; going out of the zone or of one around it
/// ends it. A gate that leads to no zone counts every passage.
fn inside<'a>(facts: &ScanFacts<'a>) -> Option<&'a Passage> {
    let gate = facts.gate;
    let concerns = |passage: &&Passage| match (gate.zone(), passage.direction) {
        (None, _) => true,
        (Some(zone), Direction::In) => passage.zones.contains(&zone),
        (Some(_), Direction::Out) => passage.zones.first().is_some_and(|left| gate.zones.contains(left)),
    };
    facts.passages.iter().rev().find(concerns).filter(|passage| passage.direction == Direction::In)
}

fn quota(facts: &ScanFacts<'_>, rules: &[AccessRule], scan: &Presented) -> Option<Reason> {
    let quota = facts.quota.filter(|_| scan.direction == Direction::In)?;
    let credential = facts.credential?;
    // Who came in under the quota before does not use it a second time.
    let counts = |passage: &Passage| match ruling(rules, credential.category, facts.gate, &scan.moment) {
        Ruling::Allowed(rule) => rule.counts(passage),
        _ => true,
    };
    let known = facts.passages.iter().any(|passage| passage.direction == Direction::In && counts(passage));
    (!known && quota.used >= quota.limit).then_some(Reason::QuotaReached { limit: quota.limit })
}

fn room(facts: &ScanFacts<'_>, _: &[AccessRule], scan: &Presented) -> Option<Reason> {
    let zone = facts.zone.filter(|_| scan.direction == Direction::In)?;
    (zone.inside >= zone.capacity).then_some(Reason::ZoneFull { capacity: zone.capacity })
}

fn notice(facts: &ScanFacts<'_>, scan: &Presented) -> Option<Notice> {
    let credential = facts.credential?;
    if scan.direction == Direction::Out {
        if credential.state != CredentialState::Active || credential.standing != Standing::Good {
            return Some(Notice::LeavingOnInactiveBadge);
        }
        return inside(facts).is_none().then_some(Notice::NoEntryRecorded);
    }
    let early = credential.valid_from.is_some_and(|from| scan.moment.day < from);
    let late = credential.valid_until.is_some_and(|until| scan.moment.day > until);
    (early || late).then_some(Notice::WithinTolerance)
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
