//! The mail that carries the badge. Verbs only ask for it; the worker makes the picture and the letter afterwards,
//! so that no transaction waits for a PDF.

use super::{access_key, letter, remind};
use crate::{App, Error, Outgoing, Work, printing};
use chrono::TimeDelta;
use domain::{
    EditionId, RegistrationId,
    edition::Edition,
    journal::Actor,
    registration::{Registration, Status, view::Badge},
};
use serde::{Deserialize, Serialize};
use store::{
    read,
    record::{job::NewJob, mail::Attachment, setting},
};

pub(crate) use domain::registration::mail_text::Occasion;

/// The job that writes the mail.
pub const CONFIRM: &str = "registration.confirm.1";

#[derive(Serialize, Deserialize)]
struct Payload {
    edition: EditionId,
    registration: RegistrationId,
    occasion: Occasion,
}

/// Asks for a mail. "Once more" is heard once an hour, so that nobody fills a stranger's box through the public form.
pub(crate) async fn ask(work: &Work, r: &Registration, occasion: Occasion) -> Result<(), Error> {
    let payload = Payload { edition: r.edition, registration: r.id, occasion };
    let payload = serde_json::to_value(payload).map_err(|e| Error::Outside(e.to_string()))?;
    let dedup = (occasion == Occasion::Again).then(|| format!("again:{}:{}", r.id, work.now().timestamp() / 3600));
    work.enqueue(CONFIRM, payload, TimeDelta::zero(), dedup).await
}

/// The job that writes the mail of a registration made just now, to be saved with many others.
pub(crate) fn letter_job(work: &Work, r: &Registration) -> Result<NewJob, Error> {
    let payload = Payload { edition: r.edition, registration: r.id, occasion: Occasion::Registered };
    let payload = serde_json::to_value(payload).map_err(|e| Error::Outside(e.to_string()))?;
    Ok(NewJob { id: work.id(), kind: CONFIRM.to_owned(), payload, run_at: work.now(), dedup: None })
}

/// Staff send the badge mail once more.
///
/// # Errors
/// `Missing`, also when there is no address.
pub async fn send_badge_again(app: &App, actor: Actor, edition: &Edition, id: RegistrationId) -> Result<(), Error> {
    let work = app.begin(actor).await?;
    let found = store::record::registration::registration(work.tx(), edition.id, id).await?;
    let registration = found.filter(|r| !r.details.email.is_empty()).ok_or(Error::Missing)?;
    ask(&work, &registration, Occasion::Again).await?;
    work.commit().await
}

/// Writes the mail into the outbox.
pub(crate) async fn confirm(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let payload: Payload = serde_json::from_value(payload.clone()).map_err(|e| Error::Outside(e.to_string()))?;
    let reader = app.reader();
    let Some(edition) = read::edition::by_id(&reader, payload.edition).await? else { return Ok(()) };
    let Some(r) = read::registration::registration(&reader, edition.id, payload.registration).await? else {
        return Ok(());
    };
    // What was true when the mail was asked for may be over by now.
    let said = matches!(payload.occasion, Occasion::Rejected | Occasion::Cancelled);
    if r.status.live() == said || r.details.email.is_empty() {
        return Ok(());
    }
    let occasion = match (r.status, r.waiting_since) {
        (Status::Registered, Some(_)) => Occasion::Waitlisted,
        (Status::Registered, None) => Occasion::Waiting,
        _ => payload.occasion,
    };
    let text = setting::mail_text(&reader, edition.id, occasion).await?;
    let place = remind::place(app, &edition).await?;
    let key = access_key(&reader, edition.id, r.id).await?;
    let badge = match occasion.has_badge() {
        true => read::registration::badge(&reader, edition.id, r.id).await?,
        false => None,
    };
    let letter = letter::write(app, &edition, (&r, &key), (occasion, &text, &place));
    let mail = Outgoing { attachments: attached(app, edition.id, badge).await?, ..letter };
    let work = app.begin(Actor::System).await?;
    work.mail(mail).await?;
    work.commit().await
}

async fn attached(app: &App, edition: EditionId, badge: Option<Badge>) -> Result<Vec<Attachment>, Error> {
    let Some(badge) = badge else { return Ok(Vec::new()) };
    if printing::fonts_are_missing() {
        // The link still shows the badge; a letter without a file is better than no letter.
        tracing::warn!("badge mail without PDF: the fonts are not in this build");
        return Ok(Vec::new());
    }
    let name = format!("badge-{}.pdf", badge.serial);
    let bytes = printing::badge_file(&app.reader(), edition, badge).await?;
    Ok(vec![Attachment {
        name,
        media_type: "application/pdf".to_owned(),
        base64: data_encoding::BASE64.encode(&bytes),
    }])
}
