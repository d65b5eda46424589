//! Reminding those who have a badge that the show is near. Housekeeping looks which reminder is due; the mails are
//! written in parts, each one transaction that asks for the next, so that no part is written twice.

use super::{access_key_of, letter};
use crate::{App, Error, Work};
use chrono::{NaiveDate, TimeDelta};
use domain::{
    EditionId,
    edition::{Edition, Status},
    journal::Actor,
    registration::mail_text::Occasion,
};
use serde::{Deserialize, Serialize};
use store::{
    read,
    record::{job, setting},
};

/// The job that writes the next part of a reminder.
pub const REMIND: &str = "registration.remind.1";

/// People in one part.
const PART: u32 = 100;

#[derive(Serialize, Deserialize)]
struct Payload {
    edition: EditionId,
    /// The day the reminder is of.
    day: NaiveDate,
    /// The last number written to so far.
    after: i32,
}

impl Payload {
    fn key(&self) -> String {
        format!("visit-remind:{}:{}:{}", self.edition, self.day, self.after)
    }
}

async fn ask(work: &Work, payload: &Payload) -> Result<(), Error> {
    let json = serde_json::to_value(payload).map_err(|e| Error::Outside(e.to_string()))?;
    work.enqueue(REMIND, json, TimeDelta::zero(), Some(payload.key())).await
}

/// Asks for the reminders that are due.
///
/// # Errors
/// When the database does not answer.
pub async fn remind_visitors_due(app: &App) -> Result<(), Error> {
    let (reader, now) = (app.reader(), app.now());
    for edition in read::edition::all(&reader).await? {
        if !matches!(edition.status, Status::Planning | Status::Running) {
            continue;
        }
        let setting = setting::setting(&reader, edition.id).await?;
        if setting.reminder(edition.opens_on, edition.time_zone, now).is_some() {
            let work = app.begin(Actor::System).await?;
            ask(&work, &Payload { edition: edition.id, day: edition.day(now), after: 0 }).await?;
            work.commit().await?;
        }
    }
    Ok(())
}

/// Writes the next part.
pub(crate) async fn remind_next(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(|e| Error::Outside(e.to_string()))?;
    let reader = app.reader();
    let Some(edition) = read::edition::by_id(&reader, payload.edition).await? else { return Ok(()) };
    let people = read::visitor::to_remind(&reader, edition.id, payload.after, PART).await?;
    let Some(last) = people.last().map(|r| r.number) else { return Ok(()) };
    let next = Payload { after: last, ..payload };
    let text = setting::mail_text(&reader, edition.id, Occasion::Reminder).await?;
    let place = place(app, &edition).await?;
    let secret = access_key_of(&reader, edition.id).await?;
    let work = app.begin(Actor::System).await?;
    // A worker that died after this part was committed leaves the next one behind: then all is written.
    if job::is_known(work.tx(), &next.key()).await? {
        return Ok(());
    }
    for r in &people {
        let key = domain::registration::access::key(&secret, r.id);
        let mail = letter::write(app, &edition, (r, &key), (Occasion::Reminder, &text, &place));
        work.mail(mail).await?;
    }
    ask(&work, &next).await?;
    work.commit().await
}

/// The venue's name and city in both languages.
pub(super) async fn place(app: &App, edition: &Edition) -> Result<domain::Bilingual, Error> {
    let venues = read::edition::venues(&app.reader()).await?;
    let venue = venues.into_iter().find(|venue| venue.id == edition.venue);
    Ok(venue.map_or_else(domain::Bilingual::default, |venue| {
        let with_city =
            |name: &str| if venue.city.is_empty() { name.to_owned() } else { format!("{name}, {}", venue.city) };
        domain::Bilingual::new(
            with_city(venue.name.get(domain::Locale::En)),
            with_city(venue.name.get(domain::Locale::ZhCn)),
        )
    }))
}
