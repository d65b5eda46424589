//! The mail that carries the badge. Verbs only ask for it; the worker makes the picture and the letter afterwards,
//! so that no transaction waits for a PDF.

use super::access_key;
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
    record::{job::NewJob, mail::Attachment},
};
use templates::{Lang, links, mails::registration::BadgeMail};

/// The job that writes the mail.
pub const CONFIRM: &str = "registration.confirm.1";

/// Why a mail is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Occasion {
    /// Registered or approved just now.
    Registered,
    /// Asked for once more.
    Again,
    /// The badge was replaced.
    Replaced,
    /// The organizer said no.
    Rejected,
}

impl Occasion {
    const fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Again => "again",
            Self::Replaced => "replaced",
            Self::Rejected => "rejected",
        }
    }
}

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
    let over = !r.status.live() && payload.occasion != Occasion::Rejected;
    if over || r.details.email.is_empty() {
        return Ok(());
    }
    let badge = read::registration::badge(&reader, edition.id, r.id).await?;
    let key = access_key(&reader, edition.id, r.id).await?;
    let link = links::registration::own(&edition.slug, &key).absolute(&app.settings().base_url);
    let waiting = r.status == Status::Registered;
    let occasion =
        if waiting && payload.occasion == Occasion::Registered { "waiting" } else { payload.occasion.code() };
    let letter = BadgeMail {
        lang: Lang::new(r.details.locale),
        edition: &edition.name,
        opens_on: edition.opens_on,
        closes_on: edition.closes_on,
        name: &r.details.display_name,
        number: r.number,
        occasion,
        link: &link,
    };
    let mail = Outgoing {
        edition: Some(edition.id),
        to: r.details.email.clone(),
        to_name: r.details.display_name.clone(),
        locale: r.details.locale,
        subject: letter.subject(),
        text: letter.text(),
        html: letter.html().into_string(),
        attachments: attached(app, edition.id, badge).await?,
    };
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
