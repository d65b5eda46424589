//! A company applies, through the public form or the API.

use crate::{App, Error, Outgoing};
use domain::{
    Locale,
    edition::Edition,
    journal::Actor,
    sales::{self, Application, Apply},
};
use store::record::sales as record;
use templates::{Lang, mails::exhibitor::Letter};
use uuid::Uuid;

/// Takes an application. The same submission again answers with the application it already is, whatever else was
/// sent: a double click, or a page sent once more, makes nothing new.
///
/// # Errors
/// `applications-closed`.
pub async fn apply(
    app: &App,
    actor: Actor,
    edition: &Edition,
    (submission, content): (Uuid, Apply),
) -> Result<Application, Error> {
    let mut work = app.begin(actor).await?;
    if let Some(known) = record::submitted(work.tx(), edition.id, submission).await? {
        return Ok(known);
    }
    let number = record::next_number(work.tx(), edition.id).await?;
    // Waiting for the number may have let the first click through.
    if let Some(known) = record::submitted(work.tx(), edition.id, submission).await? {
        return Ok(known);
    }
    let (application, facts) =
        sales::submit(work.id(), edition.id, number, edition.applications_open, (submission, content), work.now())?;
    record::insert_application(work.tx(), &application).await?;
    let c = &application.content;
    let letter = Letter {
        lang: Lang::new(c.locale),
        name: &c.contact_name,
        company: c.company.get(c.locale),
        edition: &edition.name,
    };
    let mail = letter.received(application.number);
    work.mail(Outgoing {
        edition: Some(edition.id),
        to: c.contact_email.clone(),
        to_name: c.contact_name.clone(),
        locale: c.locale,
        mail,
        attachments: Vec::new(),
    })
    .await?;
    work.note(facts);
    work.commit().await?;
    Ok(application)
}

/// The name a company is filed under: the one in the script of the application's language, else the other.
pub(super) fn filed_name(content: &Apply) -> String {
    let zh = content.locale == Locale::ZhCn;
    let (first, second) =
        if zh { (&content.company.zh, &content.company.en) } else { (&content.company.en, &content.company.zh) };
    if first.is_empty() { second.clone() } else { first.clone() }
}
