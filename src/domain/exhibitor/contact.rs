//! A contact: a person who signs in to the portal for one exhibitor of one edition.
//!
//! The invitation's secret is never here: `app` makes it, mails it and keeps only its hash. These rules see when it
//! expires and what state the contact is in.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{ContactId, EditionId, ParticipationId, PartyId};
use crate::journal::{Fact, Subject, SubjectKind};
use crate::locale::Locale;
use crate::refusal::{Parse, Refusal};

/// How long an invitation can be used.
pub const INVITATION_DAYS: i64 = 21;

/// A portal sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Identity.
    pub id: ContactId,
    /// The edition.
    pub edition: EditionId,
    /// The exhibitor.
    pub participation: ParticipationId,
    /// The person, when known as a party.
    pub party: Option<PartyId>,
    /// Name.
    pub name: String,
    /// Where to write; also the sign-in name.
    pub email: String,
    /// The language to write in.
    pub locale: Locale,
    /// Until when the open invitation can be used.
    pub invited_until: Option<DateTime<Utc>>,
    /// When the password was first set.
    pub joined_at: Option<DateTime<Utc>>,
    /// Whether it may sign in.
    pub active: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// For the check that nobody else changed it.
    pub version: i32,
}

/// A new contact as typed.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteDraft {
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Language tag.
    pub locale: String,
}

/// A new contact, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteFields {
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Language.
    pub locale: Locale,
}

impl InviteDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be used, with the reason.
    pub fn parse(&self) -> Result<InviteFields, Vec<Refusal>> {
        let mut read = Parse::new();
        let name = read.required("name", &self.name, 120);
        let email = read.email("email", &self.email);
        let locale = read.pick("locale", &self.locale, Locale::parse);
        read.complete(locale.map(|locale| InviteFields { name, email, locale }))
    }
}

/// A contact that has not been invited yet.
#[must_use]
pub fn new_contact(
    id: ContactId,
    edition: EditionId,
    participation: ParticipationId,
    fields: InviteFields,
    now: DateTime<Utc>,
) -> Contact {
    Contact {
        id,
        edition,
        participation,
        party: None,
        name: fields.name,
        email: fields.email,
        locale: fields.locale,
        invited_until: None,
        joined_at: None,
        active: true,
        created_at: now,
        version: 1,
    }
}

/// Opens a (new) invitation; an older one stops working because its hash is replaced.
///
/// # Errors
/// `contact-joined` when there is a password already, `contact-inactive` when it may not sign in.
pub fn invite(contact: &Contact, now: DateTime<Utc>) -> Result<(Contact, Vec<Fact>), Vec<Refusal>> {
    if contact.joined_at.is_some() {
        return Err(vec![Refusal::conflict("contact-joined").with("name", &contact.name)]);
    }
    if !contact.active {
        return Err(vec![Refusal::unmet("contact-inactive").with("name", &contact.name)]);
    }
    let until = now + Duration::days(INVITATION_DAYS);
    let again = contact.invited_until.is_some();
    let invited = Contact { invited_until: Some(until), ..contact.clone() };
    let kind = if again { "exhibitor.contact_reinvited" } else { "exhibitor.contact_invited" };
    Ok((invited, vec![on_exhibitor(kind, contact)]))
}

/// Uses the invitation: the contact has a password now and the secret is spent.
///
/// # Errors
/// `invitation-expired`; `contact-inactive`.
pub fn join(contact: &Contact, now: DateTime<Utc>) -> Result<(Contact, Vec<Fact>), Vec<Refusal>> {
    if !contact.active {
        return Err(vec![Refusal::unmet("contact-inactive").with("name", &contact.name)]);
    }
    if contact.invited_until.is_none_or(|until| until <= now) {
        return Err(vec![Refusal::unmet("invitation-expired")]);
    }
    let joined = Contact { invited_until: None, joined_at: Some(now), ..contact.clone() };
    Ok((joined, vec![on_exhibitor("exhibitor.contact_joined", contact)]))
}

fn on_exhibitor(kind: &str, contact: &Contact) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Exhibitor, contact.participation), contact.edition)
        .with("name", contact.name.clone())
        .with("email", contact.email.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn contact(now: DateTime<Utc>) -> Contact {
        let fields = InviteFields { name: "Li Wei".into(), email: "li@example.com".into(), locale: Locale::ZhCn };
        let id = Uuid::from_u128(1);
        new_contact(ContactId::from_uuid(id), EditionId::from_uuid(id), ParticipationId::from_uuid(id), fields, now)
    }

    #[test]
    fn an_invitation_works_once_and_in_time() {
        let now = DateTime::UNIX_EPOCH;
        let fresh = contact(now);
        assert!(join(&fresh, now).is_err(), "never invited");
        let (invited, _) = invite(&fresh, now).expect("invited");
        let late = now + Duration::days(INVITATION_DAYS);
        assert_eq!(join(&invited, late).expect_err("too late")[0].code, "invitation-expired");
        let (joined, _) = join(&invited, now + Duration::days(1)).expect("in time");
        assert!(join(&joined, now + Duration::days(1)).is_err(), "spent");
        assert_eq!(invite(&joined, now).expect_err("has a password")[0].code, "contact-joined");
    }
}
