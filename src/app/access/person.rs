//! Somebody with a password, of either door: loaded once, with what the journal, the throttle and a mail need.

use super::{count_failure, password, throttle};
use crate::{Error, Outgoing, Work};
use domain::{
    EditionId, Locale, ParticipationId, Refusal,
    access::account::Holder,
    exhibitor::Contact,
    journal::{Actor, Fact, Subject, SubjectKind},
};
use store::{
    Query, read,
    record::{access::User, exhibitor},
};
use templates::mails::Mail;

/// A member of the team or an exhibitor's contact who may sign in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Who.
    pub of: Holder,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Language.
    pub locale: Locale,
    /// PHC string of the password, if one was chosen.
    pub hash: Option<String>,
    /// For contacts: edition and exhibitor.
    place: Option<(EditionId, ParticipationId)>,
}

impl Person {
    pub(crate) fn of_user(user: User) -> Self {
        Self {
            of: Holder::User(user.id),
            name: user.name,
            email: user.email,
            locale: user.locale,
            hash: user.password_hash,
            place: None,
        }
    }

    pub(crate) fn of_contact(contact: Contact, hash: Option<String>) -> Self {
        Self {
            of: Holder::Contact(contact.id),
            name: contact.name,
            email: contact.email,
            locale: contact.locale,
            hash,
            place: Some((contact.edition, contact.participation)),
        }
    }

    /// The person, if they may sign in.
    ///
    /// # Errors
    /// `Missing` for one who is unknown or switched off.
    pub(crate) async fn load(q: &impl Query, of: Holder) -> Result<Self, Error> {
        let found = match of {
            Holder::User(id) => read::access::user_by_id(q, id).await?.filter(|user| user.active).map(Self::of_user),
            Holder::Contact(id) => {
                exhibitor::active_contact(q, id).await?.map(|(contact, hash)| Self::of_contact(contact, hash))
            }
        };
        found.ok_or(Error::Missing)
    }

    /// Who the journal names.
    pub(crate) fn actor(&self) -> Actor {
        match self.of {
            Holder::User(id) => Actor::User { id, name: self.name.clone() },
            Holder::Contact(id) => Actor::Contact { id, name: self.name.clone() },
        }
    }

    /// What failed passwords are counted under.
    pub(crate) fn account(&self) -> String {
        account(self.of.kind(), &self.email)
    }

    /// What failed codes are counted under: the person, because a person has one secret at whatever address.
    pub(crate) fn codes(&self) -> String {
        format!("code:{}", self.of.uuid())
    }

    /// A fact about this person: `team` for a member of the team, `contact` for a contact, whose name it carries
    /// because the timeline it stands in is the exhibitor's.
    pub(crate) fn fact(&self, team: &str, contact: &str) -> Fact {
        match self.place {
            None => Fact::new(team, Subject::new(SubjectKind::User, self.of.uuid()), None),
            Some((edition, participation)) => {
                let subject = Subject::new(SubjectKind::Exhibitor, participation);
                Fact::new(contact, subject, edition).with("name", self.name.clone())
            }
        }
    }

    /// The fact of a sign-in.
    pub(crate) fn signed_in(&self) -> Fact {
        self.fact("user.signed_in", "exhibitor.contact_signed_in")
    }

    /// Puts a mail to this person into the outbox.
    pub(crate) async fn write(&self, work: &Work, mail: Mail) -> Result<(), Error> {
        let outgoing = Outgoing {
            edition: self.place.map(|(edition, _)| edition),
            to: self.email.clone(),
            to_name: self.name.clone(),
            locale: self.locale,
            mail,
            attachments: Vec::new(),
        };
        work.mail(outgoing).await.map(drop)
    }

    /// Proves that whoever holds the session also knows the password; throttled as at the door.
    ///
    /// # Errors
    /// `required` and `password-wrong` at `field`, `signin-throttled`.
    pub(crate) async fn prove(&self, app: &crate::App, typed: &str, field: &str, address: &str) -> Result<(), Error> {
        if typed.is_empty() {
            return Err(Refusal::invalid("required").at(field).into());
        }
        let account = self.account();
        throttle(app, &account, address).await?;
        if password::verify(typed, self.hash.clone()).await? {
            return Ok(());
        }
        count_failure(app, &account, address).await?;
        Err(Refusal::invalid("password-wrong").at(field).into())
    }
}

/// What failed passwords of an address are counted under at a door, whether it has an account or not.
pub(crate) fn account(kind: &str, email: &str) -> String {
    format!("{kind}:{}", domain::text::fold_email(email))
}
