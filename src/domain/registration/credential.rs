//! A badge's life: issued, blocked and unblocked, replaced by a reprint, revoked when the registration ends.
//! One person has at most one active badge; a reprint replaces the old one at once.

use super::{
    Category, Registration, Status,
    badge_code::{self, EditionTag, Payload},
};
use crate::{
    CredentialId, EditionId, Refusal, RegistrationId,
    journal::{Fact, Subject, SubjectKind},
};
use chrono::{DateTime, NaiveDate, Utc};
use ed25519_dalek::SigningKey;
use sha2::{Digest as _, Sha256};

codes! {
    /// Whether a badge opens a gate.
    CredentialState {
        /// Yes.
        Active "active",
        /// Not for now; can be lifted.
        Blocked "blocked",
        /// A reprint took its place.
        Replaced "replaced",
        /// The registration ended.
        Revoked "revoked",
    }
}

/// A badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    pub edition: EditionId,
    pub id: CredentialId,
    pub registration: RegistrationId,
    /// Unique in the edition, printed on the badge.
    pub serial: u32,
    pub category: Category,
    /// The text of the QR.
    pub code: String,
    pub state: CredentialState,
    pub reprint_no: u8,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
    pub issued_at: DateTime<Utc>,
    pub replaced_by: Option<CredentialId>,
}

/// What codes of an edition look like and are made with.
pub enum Minting<'a> {
    /// Signed with the edition's active key.
    Signed { key_no: u8, key: &'a SigningKey },
    /// Random characters from these bytes.
    Random([u8; badge_code::RANDOM_CHARS]),
}

/// What a new badge needs beside its registration.
pub struct Issue<'a> {
    pub id: CredentialId,
    pub serial: u32,
    pub minting: Minting<'a>,
    /// First and last day the badge opens a gate.
    pub valid: (NaiveDate, NaiveDate),
    pub now: DateTime<Utc>,
}

/// The days a badge of a category is good for, from the edition's calendar: those who work at the show need
/// build-up and breakdown, everyone else the open days.
#[must_use]
pub fn valid_days(
    category: Category,
    build_up: NaiveDate,
    open: (NaiveDate, NaiveDate),
    breakdown: NaiveDate,
) -> (NaiveDate, NaiveDate) {
    match category {
        Category::ExhibitorStaff | Category::Contractor | Category::Organizer => {
            (build_up.min(open.0), breakdown.max(open.1))
        }
        _ => open,
    }
}

/// What is stored beside a code to find it by: its SHA-256, hexadecimal.
#[must_use]
pub fn code_hash(code: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(code.as_bytes()))
}

/// Issues the first badge, or with `old` the one that replaces it.
///
/// # Errors
/// The registration is not approved, or `old` no longer stands.
pub fn issue(
    registration: &Registration,
    old: Option<&Credential>,
    issue: Issue<'_>,
) -> Result<(Credential, Option<Credential>, Vec<Fact>), Vec<Refusal>> {
    if registration.status != Status::Approved {
        return Err(vec![Refusal::unmet("registration-not-approved").with("status", registration.status.code())]);
    }
    if let Some(dead) = old.filter(|c| matches!(c.state, CredentialState::Replaced | CredentialState::Revoked)) {
        return Err(vec![Refusal::conflict("badge-not-current").with("serial", dead.serial)]);
    }
    let reprint_no = old.map_or(0, |c| c.reprint_no.saturating_add(1));
    let new = mint(registration, reprint_no, &issue);
    let kind = if old.is_some() { "credential.replaced" } else { "credential.issued" };
    let mut fact = Fact::new(kind, subject(registration), registration.edition)
        .with("credential", new.id.to_string())
        .with("serial", new.serial);
    let replaced =
        old.map(|old| Credential { state: CredentialState::Replaced, replaced_by: Some(new.id), ..old.clone() });
    if let Some(old) = old {
        fact = fact.with("before", old.serial);
    }
    Ok((new, replaced, vec![fact]))
}

fn mint(registration: &Registration, reprint_no: u8, issue: &Issue<'_>) -> Credential {
    let code = match &issue.minting {
        Minting::Random(chance) => badge_code::random(chance),
        Minting::Signed { key_no, key } => badge_code::sign(
            &Payload {
                key_no: *key_no,
                edition: EditionTag::of(registration.edition),
                serial: issue.serial,
                category: registration.category,
                reprint_no,
                valid_from: issue.valid.0,
                valid_until: issue.valid.1,
            },
            key,
        ),
    };
    Credential {
        edition: registration.edition,
        id: issue.id,
        registration: registration.id,
        serial: issue.serial,
        category: registration.category,
        code,
        state: CredentialState::Active,
        reprint_no,
        valid_from: issue.valid.0,
        valid_until: issue.valid.1,
        issued_at: issue.now,
        replaced_by: None,
    }
}

/// Blocks a badge: gates deny it until it is unblocked or replaced.
///
/// # Errors
/// It is not active.
pub fn block(credential: &Credential, reason: &str) -> Result<(Credential, Vec<Fact>), Vec<Refusal>> {
    step(credential, CredentialState::Active, CredentialState::Blocked, "credential.blocked", reason)
}

/// Lifts a block.
///
/// # Errors
/// It is not blocked.
pub fn unblock(credential: &Credential) -> Result<(Credential, Vec<Fact>), Vec<Refusal>> {
    step(credential, CredentialState::Blocked, CredentialState::Active, "credential.unblocked", "")
}

/// Ends a badge with its registration. `None` if it had already ended.
#[must_use]
pub fn revoke(credential: &Credential) -> Option<(Credential, Vec<Fact>)> {
    let from = credential.state;
    let stands = matches!(from, CredentialState::Active | CredentialState::Blocked);
    stands.then(|| step(credential, from, CredentialState::Revoked, "credential.revoked", "").ok()).flatten()
}

fn step(
    credential: &Credential,
    from: CredentialState,
    to: CredentialState,
    kind: &str,
    reason: &str,
) -> Result<(Credential, Vec<Fact>), Vec<Refusal>> {
    if credential.state != from {
        return Err(vec![Refusal::conflict("badge-state").with("state", credential.state.code())]);
    }
    let mut fact =
        Fact::new(kind, Subject::new(SubjectKind::Registration, credential.registration), credential.edition)
            .with("credential", credential.id.to_string())
            .with("serial", credential.serial);
    if !reason.is_empty() {
        fact = fact.with("reason", reason);
    }
    Ok((Credential { state: to, ..credential.clone() }, vec![fact]))
}

fn subject(registration: &Registration) -> Subject {
    Subject::new(SubjectKind::Registration, registration.id)
}

#[cfg(test)]
#[path = "credential_tests.rs"]
mod tests;
