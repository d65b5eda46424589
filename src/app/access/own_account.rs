//! A person's own account: what it shows, name and language, password, other browsers.

use super::person::Person;
use crate::{App, Error, chance};
use domain::access::account::{Account, ChangeDraft, Factor, Holder, SelfFields};
use store::{
    read,
    record::{access as record, exhibitor, second_factor},
};

/// The account as its page shows it. `secret` is that of the session that asks.
///
/// # Errors
/// `Missing` for somebody switched off meanwhile.
pub async fn account(app: &App, of: Holder, secret: &str) -> Result<Account, Error> {
    let reader = app.reader();
    let person = Person::load(&reader, of).await?;
    let factor = match second_factor::factor(&reader, of).await?.and_then(|factor| factor.confirmed_at) {
        None => Factor::Off,
        Some(since) => Factor::On { since, recovery_left: second_factor::recovery_left(&reader, of).await? },
    };
    let sessions = read::access::sessions(&reader, of, &chance::hash_secret(secret), app.now()).await?;
    Ok(Account { name: person.name, email: person.email, locale: person.locale, factor, sessions })
}

/// Saves name and language.
///
/// # Errors
/// `Stale` when somebody else changed the person just now.
pub async fn save_self(app: &App, of: Holder, fields: SelfFields) -> Result<(), Error> {
    let person = Person::load(&app.reader(), of).await?;
    let mut work = app.begin(person.actor()).await?;
    match of {
        Holder::User(id) => {
            let mut user = read::access::user_by_id(work.tx(), id).await?.ok_or(Error::Missing)?;
            (user.name, user.locale) = (fields.name.clone(), fields.locale);
            record::save_user(work.tx(), &user).await?;
        }
        Holder::Contact(id) => {
            let found = exhibitor::active_contact(work.tx(), id).await?;
            let (mut contact, _) = found.ok_or(Error::Missing)?;
            (contact.name, contact.locale) = (fields.name.clone(), fields.locale);
            exhibitor::save_person(work.tx(), &contact).await?;
        }
    }
    let changed = person.fact("user.account_changed", "exhibitor.contact_account_changed");
    work.note([changed.with("now", fields.name).with("locale", fields.locale.code())]);
    work.commit().await
}

/// Changes the password and ends every other session. At one mailbox is one person: contacts of other editions with
/// this address get the same password, as with a link for a forgotten one.
///
/// # Errors
/// `password-wrong` at `current`, the password rules at `password` and `repeat`, `signin-throttled`.
pub async fn change_password(
    app: &App,
    of: Holder,
    secret: &str,
    draft: &ChangeDraft,
    address: &str,
) -> Result<(), Error> {
    let person = Person::load(&app.reader(), of).await?;
    let chosen = draft.parse(&person.email)?;
    person.prove(app, &draft.current, "current", address).await?;
    let hash = super::password::hash(&chosen).await?;
    let mut work = app.begin(person.actor()).await?;
    let here = chance::hash_secret(secret);
    match of {
        Holder::User(id) => {
            let mut user = read::access::user_by_id(work.tx(), id).await?.ok_or(Error::Missing)?;
            user.password_hash = Some(hash);
            record::save_user(work.tx(), &user).await?;
            record::delete_sessions(work.tx(), of, Some(&here)).await?;
        }
        Holder::Contact(_) => {
            let same = exhibitor::sign_ins(work.tx(), &person.email).await?;
            let contacts: Vec<_> = same.into_iter().map(|(contact, _)| contact).collect();
            exhibitor::save_passwords(work.tx(), &contacts, &hash).await?;
            for contact in &contacts {
                record::delete_sessions(work.tx(), Holder::Contact(contact.id), Some(&here)).await?;
            }
        }
    }
    work.note([person.fact("user.password_changed", "exhibitor.contact_password_changed")]);
    work.commit().await
}

/// Ends every session of the person but the one that asks.
///
/// # Errors
/// When the database does not answer.
pub async fn end_other_sessions(app: &App, of: Holder, secret: &str) -> Result<(), Error> {
    let person = Person::load(&app.reader(), of).await?;
    let mut work = app.begin(person.actor()).await?;
    record::delete_sessions(work.tx(), of, Some(&chance::hash_secret(secret))).await?;
    work.note([person.fact("user.other_sessions_ended", "exhibitor.contact_other_sessions_ended")]);
    work.commit().await
}
