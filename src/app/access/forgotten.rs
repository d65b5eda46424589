//! A forgotten password: a link by mail that works once and for an hour. Whether an address has an account is told to
//! nobody but its mailbox.

use super::{count_failure, password, throttle};
use crate::{App, Error, Outgoing, Work, chance};
use chrono::TimeDelta;
use domain::access::PasswordDraft;
use domain::access::account::Holder;
use domain::journal::{Actor, Fact, Subject, SubjectKind};
use domain::text::fold_email;
use domain::{Locale, ResetId};
use store::record::access::{self as record, NewReset};
use store::record::exhibitor;
use templates::{Lang, links, mails::access as mails};

/// How long a link works.
pub const RESET_MINUTES: i64 = 60;
/// Mails one address gets within that time, however often it is typed.
const MOST_MAILS: i64 = 3;

/// Whose password it is: the two doors have nothing in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The organizer's team.
    Staff,
    /// Exhibitors.
    Portal,
}

impl Door {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Door::Staff => "staff",
            Door::Portal => "contact",
        }
    }
}

/// Who gets the mail.
struct Receiver {
    name: String,
    email: String,
    locale: Locale,
    edition: Option<domain::EditionId>,
}

/// Asks for a link. The answer is the same whether the address has an account or not.
///
/// # Errors
/// `signin-throttled` when one network address asks too often.
pub async fn forgotten(app: &App, door: Door, email: &str, address: &str) -> Result<(), Error> {
    let folded = fold_email(email);
    let key = format!("reset:{}:{folded}", door.kind());
    throttle(app, &key, address).await?;
    count_failure(app, &key, address).await?;
    let mut work = app.begin(Actor::Public).await?;
    let receiver = receiver(&work, door, email).await?;
    let now = work.now();
    let asked = record::resets_since(work.tx(), door.kind(), &folded, now - TimeDelta::minutes(RESET_MINUTES)).await?;
    let secret = chance::secret("flr_");
    let reset = NewReset {
        id: work.id::<ResetId>().uuid(),
        kind: door.kind(),
        folded: &folded,
        token_hash: &chance::hash_secret(&secret),
        expires_at: now + TimeDelta::minutes(RESET_MINUTES),
    };
    record::insert_reset(work.tx(), &reset, now).await?;
    if let Some(to) = receiver.filter(|_| asked < MOST_MAILS) {
        send(&mut work, door, &secret, to).await?;
    }
    work.commit().await
}

async fn receiver(work: &Work, door: Door, email: &str) -> Result<Option<Receiver>, Error> {
    Ok(match door {
        Door::Staff => store::read::access::user_by_email(work.tx(), email)
            .await?
            .filter(|user| user.active)
            .map(|user| Receiver { name: user.name, email: user.email, locale: user.locale, edition: None }),
        Door::Portal => exhibitor::sign_ins(work.tx(), email).await?.into_iter().next().map(|(contact, _)| Receiver {
            name: contact.name,
            email: contact.email,
            locale: contact.locale,
            edition: Some(contact.edition),
        }),
    })
}

async fn send(work: &mut Work, door: Door, secret: &str, to: Receiver) -> Result<(), Error> {
    let link = match door {
        Door::Staff => links::access::reset(secret),
        Door::Portal => links::portal::reset(secret),
    };
    let link = link.absolute(&work.app().settings().base_url);
    let mail = mails::reset(Lang::new(to.locale), &to.name, &link, RESET_MINUTES);
    work.mail(Outgoing {
        edition: to.edition,
        to: to.email,
        to_name: to.name,
        locale: to.locale,
        mail,
        attachments: Vec::new(),
    })
    .await
    .map(drop)
}

/// Whether a link still works; its address.
///
/// # Errors
/// `Missing` for an unknown, spent or expired one: all the same to the caller.
pub async fn reset_open(app: &App, door: Door, secret: &str) -> Result<String, Error> {
    let hash = chance::hash_secret(secret);
    record::reset_of(&app.reader(), door.kind(), &hash, app.now()).await?.ok_or(Error::Missing)
}

/// Sets the new password, spends all links of the address and ends all its sessions.
///
/// # Errors
/// The password rules at `password` and `repeat`; `Missing` when the link cannot be used.
pub async fn reset_password(app: &App, door: Door, secret: &str, draft: &PasswordDraft) -> Result<(), Error> {
    let folded = reset_open(app, door, secret).await?;
    let hash = password::hash(&draft.parse(&folded)?).await?;
    let mut work = app.begin(Actor::Public).await?;
    if !record::spend_resets(work.tx(), door.kind(), &folded, work.now()).await? {
        return Err(Error::Missing);
    }
    match door {
        Door::Staff => {
            let user = store::read::access::user_by_email(work.tx(), &folded).await?;
            let mut user = user.filter(|user| user.active).ok_or(Error::Missing)?;
            user.password_hash = Some(hash);
            record::save_user(work.tx(), &user).await?;
            record::delete_sessions(work.tx(), Holder::User(user.id), None).await?;
            work.note([Fact::new("user.password_reset", Subject::new(SubjectKind::User, user.id), None)]);
        }
        Door::Portal => {
            let contacts: Vec<_> =
                exhibitor::sign_ins(work.tx(), &folded).await?.into_iter().map(|(contact, _)| contact).collect();
            exhibitor::save_passwords(work.tx(), &contacts, &hash).await?;
            for contact in &contacts {
                record::delete_sessions(work.tx(), Holder::Contact(contact.id), None).await?;
                let subject = Subject::new(SubjectKind::Exhibitor, contact.participation);
                let fact = Fact::new("exhibitor.contact_password_reset", subject, contact.edition);
                work.note([fact.with("name", contact.name.clone())]);
            }
        }
    }
    work.commit().await
}
