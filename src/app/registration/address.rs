//! Changing the address a registration is reached at: asked for on the registrant's own page, confirmed from the new
//! address. The mail to the new address carries no key of the registration, so a wrong address learns nothing.

use super::{confirm, enter};
use crate::{App, Error, Outgoing, chance};
use chrono::TimeDelta;
use domain::{
    Refusal, RegistrationId,
    edition::Edition,
    journal::{Actor, Fact, Subject, SubjectKind},
    registration::{Details, Registration, register},
    text::fold_email,
};
use store::record::{
    privacy::{self, AddressChange},
    registration as record,
};
use templates::{
    Lang, links,
    mails::{Mail, registration::AddressMail},
};

/// How long the link in the mail works.
const VALID: TimeDelta = TimeDelta::hours(24);
/// Changes that may be asked for in an hour: each sends a mail to an address nobody has proved yet.
const MOST_AN_HOUR: i64 = 3;

/// Asks for another address: a mail with a link goes there. Until it is confirmed nothing changes.
///
/// # Errors
/// `Missing`; `registration-over`; `address-same`; `address-too-often`.
pub async fn ask_address(app: &App, edition: &Edition, id: RegistrationId, email: &str) -> Result<(), Error> {
    let mut work = app.begin(Actor::Public).await?;
    let r = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if !r.status.live() {
        return Err(Refusal::unmet("registration-over").with("status", r.status.code()).into());
    }
    if fold_email(email) == fold_email(&r.details.email) {
        return Err(Refusal::conflict("address-same").at("email").into());
    }
    let now = work.now();
    if privacy::asked_since(work.tx(), id, now - TimeDelta::hours(1)).await? >= MOST_AN_HOUR {
        return Err(Refusal::unmet("address-too-often").at("email").into());
    }
    let secret = chance::secret("fle_");
    let change = AddressChange {
        id: work.id::<domain::MailId>().uuid(),
        edition: edition.id,
        registration: id,
        email: email.to_owned(),
        secret_hash: chance::hash_secret(&secret),
        asked_at: now,
        expires_at: now + VALID,
    };
    privacy::insert_address_change(work.tx(), &change).await?;
    let link = links::registration::address(&edition.slug, &secret).absolute(&app.settings().base_url);
    let until = Lang::new(r.details.locale).instant(change.expires_at, edition.time_zone);
    let letter = AddressMail { lang: Lang::new(r.details.locale), edition: &edition.name };
    work.mail(outgoing(edition, &r, email, letter.confirm(&link, &until))).await?;
    let subject = Subject::new(SubjectKind::Registration, id);
    work.note([Fact::new("registration.address_asked", subject, edition.id)]);
    work.commit().await
}

fn outgoing(edition: &Edition, r: &Registration, to: &str, mail: Mail) -> Outgoing {
    Outgoing {
        edition: Some(edition.id),
        to: to.to_owned(),
        to_name: String::new(),
        locale: r.details.locale,
        mail,
        attachments: Vec::new(),
    }
}

/// The new address behind a secret of a mail, to ask whether it is meant.
///
/// # Errors
/// `Missing` when the secret opens nothing (any more).
pub async fn asked_address(app: &App, edition: &Edition, secret: &str) -> Result<String, Error> {
    let hash = chance::hash_secret(secret);
    let change = privacy::address_change(&app.reader(), edition.id, &hash, app.now()).await?;
    Ok(change.ok_or(Error::Missing)?.email)
}

/// Confirms a new address: the badge goes there, and the old address is told.
///
/// # Errors
/// `Missing`; `registration-over`; `address-taken` when somebody registered with it meanwhile.
pub async fn confirm_address(app: &App, edition: &Edition, secret: &str) -> Result<(), Error> {
    let mut work = app.begin(Actor::Public).await?;
    record::queue(work.tx(), edition.id).await?;
    let hash = chance::hash_secret(secret);
    let change = privacy::address_change(work.tx(), edition.id, &hash, work.now()).await?.ok_or(Error::Missing)?;
    let r = record::registration(work.tx(), edition.id, change.registration).await?.ok_or(Error::Missing)?;
    // Whoever confirms has the address: what is registered with it is not hidden from him.
    let others = record::live_of(work.tx(), edition.id, &change.email, None).await?;
    if others.iter().any(|other| other.id != r.id) {
        return Err(Refusal::conflict("address-taken").into());
    }
    let details = Details { email: change.email.clone(), ..r.details.clone() };
    let (changed, facts) = register::change_address(&r, details)?;
    record::save(work.tx(), &changed).await?;
    work.note(facts);
    privacy::done_address_change(work.tx(), r.id, work.now()).await?;
    let badge = record::current_credential(work.tx(), &changed).await?;
    enter::index(&work, edition, &changed, badge.map(|badge| badge.serial)).await?;
    if !r.details.email.is_empty() {
        let letter = AddressMail { lang: Lang::new(r.details.locale), edition: &edition.name };
        work.mail(outgoing(edition, &r, &r.details.email, letter.moved(&r.details.display_name))).await?;
    }
    confirm::ask(&work, &changed, confirm::Occasion::Registered).await?;
    work.commit().await
}
