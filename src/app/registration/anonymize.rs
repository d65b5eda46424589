//! Removing personal data: on the registrant's wish, by staff, or when the time it is kept for is over. The row stays
//! for the counts; badges open nothing any more, and what was written to the person is gone.

use super::places;
use crate::{App, Error, Work, chance};
use chrono::TimeDelta;
use domain::{
    EditionId, RegistrationId,
    edition::Edition,
    journal::Actor,
    registration::{Registration, credential, register},
};
use serde::{Deserialize, Serialize};
use store::{
    read,
    record::{letter, party, privacy, registration as record, setting, voucher},
};

/// The job that anonymizes the next people of an edition whose time is over.
pub const FORGET: &str = "registration.forget.1";

/// People in one transaction.
const BATCH: u32 = 100;

/// Anonymizes one registration, for a member of the team or the registrant.
///
/// # Errors
/// `Missing`. Doing it twice is once.
pub async fn anonymize_registration(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: RegistrationId,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let r = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    forget(&mut work, &r).await?;
    places::fill(&mut work, edition, r.category).await?;
    work.commit().await
}

async fn forget(work: &mut Work, r: &Registration) -> Result<(), Error> {
    let (anonymous, facts) = register::anonymize(r);
    if facts.is_empty() {
        return Ok(());
    }
    if let Some(badge) = record::current_credential(work.tx(), r).await?
        && let Some((revoked, facts)) = credential::revoke(&badge)
    {
        record::save_credential(work.tx(), &revoked).await?;
        work.note(facts);
    }
    record::save(work.tx(), &anonymous).await?;
    // A key nobody has: the link in old mails leads nowhere.
    let nobody = chance::hash_secret(&chance::secret(""));
    privacy::forget(work.tx(), r.edition, (r.id, &r.details.email), &nobody).await?;
    letter::forget(work.tx(), r.edition, r.id, work.now()).await?;
    voucher::forget_invitations(work.tx(), r.edition, (r.id, &r.details.email)).await?;
    if let Some(person) = r.party
        && !privacy::is_known_elsewhere(work.tx(), r.edition, person).await?
        && let Some(known) = party::party(work.tx(), person).await?
    {
        party::save(work.tx(), &domain::party::anonymous(&known)).await?;
        privacy::forget_party(work.tx(), person).await?;
    }
    work.note(facts);
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct Payload {
    edition: EditionId,
    /// The day it is asked for, so that each is asked for once.
    day: chrono::NaiveDate,
}

/// Asks for the removal of personal data in editions whose time is over; looked at about once an hour.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_due(app: &App) -> Result<(), Error> {
    let reader = app.reader();
    for edition in read::edition::all(&reader).await? {
        let today = edition.day(app.now());
        let setting = setting::setting(&reader, edition.id).await?;
        if setting.forgets(edition.closes_on, today)
            && !read::visitor::to_forget(&reader, edition.id, 1).await?.is_empty()
        {
            let work = app.begin(Actor::System).await?;
            ask(&work, &edition, today, 0).await?;
            work.commit().await?;
        }
    }
    Ok(())
}

async fn ask(work: &Work, edition: &Edition, day: chrono::NaiveDate, part: i32) -> Result<(), Error> {
    let payload = Payload { edition: edition.id, day };
    let payload = serde_json::to_value(payload).map_err(|e| Error::Outside(e.to_string()))?;
    let key = format!("forget:{}:{day}:{part}", edition.id);
    work.enqueue(FORGET, payload, TimeDelta::zero(), Some(key)).await
}

/// Anonymizes the next people; asks for more until nobody is left. Trying again does no harm.
pub(crate) async fn forget_next(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(|e| Error::Outside(e.to_string()))?;
    let reader = app.reader();
    let Some(edition) = read::edition::by_id(&reader, payload.edition).await? else { return Ok(()) };
    // Somebody may have said meanwhile that it is kept longer.
    let setting = setting::setting(&reader, edition.id).await?;
    if !setting.forgets(edition.closes_on, edition.day(app.now())) {
        return Ok(());
    }
    let next = read::visitor::to_forget(&reader, edition.id, BATCH).await?;
    let Some(last) = next.last().map(|r| r.number) else { return Ok(()) };
    let mut work = app.begin(Actor::System).await?;
    for one in &next {
        if let Some(r) = record::registration(work.tx(), edition.id, one.id).await? {
            forget(&mut work, &r).await?;
        }
    }
    ask(&work, &edition, payload.day, last).await?;
    work.commit().await
}
