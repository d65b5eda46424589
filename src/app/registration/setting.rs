//! How an edition's registration behaves: settings, wordings of consents, texts of mails.

use crate::{App, Error};
use domain::{
    Bilingual, EditionId,
    access::Viewer,
    edition::Edition,
    journal::{Fact, Subject, SubjectKind},
    registration::{
        Purpose,
        mail_text::{MailText, Occasion},
        setting::Setting,
        wording::Wording,
    },
};
use std::collections::BTreeMap;
use store::{Fault, record::setting as record};

fn fact(edition: &Edition, kind: &str) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Edition, edition.id), edition.id)
}

/// Somebody else was first with the first ones.
fn stale(fault: Fault) -> Error {
    match fault {
        Fault::Taken(_) => Error::Stale,
        other => other.into(),
    }
}

/// The settings that hold.
///
/// # Errors
/// When the database does not answer.
pub async fn setting(app: &App, edition: EditionId) -> Result<Setting, Error> {
    Ok(record::setting(&app.reader(), edition).await?)
}

/// Changes the settings.
///
/// # Errors
/// `Stale`.
pub async fn set_setting(app: &App, viewer: &Viewer, edition: &Edition, setting: &Setting) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    if record::setting(work.tx(), edition.id).await? == *setting {
        return Ok(());
    }
    record::save_setting(work.tx(), edition.id, setting).await.map_err(stale)?;
    let mut fact = fact(edition, "registration.setting_changed")
        .with("badge_at_once", setting.badge_at_once)
        .with("remind_days", domain::registration::setting::days_text(&setting.remind_days));
    if let Some(days) = setting.keep_days {
        fact = fact.with("keep_days", days);
    }
    work.note([fact]);
    work.commit().await
}

/// Every wording of the edition, newest first; none while the product's own sentences are shown.
///
/// # Errors
/// When the database does not answer.
pub async fn wordings(app: &App, edition: EditionId) -> Result<Vec<Wording>, Error> {
    Ok(record::wordings(&app.reader(), edition).await?)
}

/// Publishes new sentences. Consents given before keep the sentences they were given to.
///
/// # Errors
/// `Stale` when somebody else published some since number `seen`.
pub async fn publish_wording(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    seen: i32,
    texts: BTreeMap<Purpose, Bilingual>,
) -> Result<i32, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let current = record::current_wording(work.tx(), edition.id).await?;
    if current != seen {
        return Err(Error::Stale);
    }
    let wording = Wording { number: current + 1, texts, by: viewer.name.clone(), published_at: work.now() };
    record::insert_wording(work.tx(), edition.id, &wording).await.map_err(stale)?;
    work.note([fact(edition, "consent.worded").with("wording", wording.code())]);
    work.commit().await?;
    Ok(wording.number)
}

/// The texts of mails, empty where the product's own are used.
///
/// # Errors
/// When the database does not answer.
pub async fn mail_texts(app: &App, edition: EditionId) -> Result<Vec<MailText>, Error> {
    Ok(record::mail_texts(&app.reader(), edition).await?)
}

/// The text of one occasion.
///
/// # Errors
/// When the database does not answer.
pub async fn mail_text(app: &App, edition: EditionId, occasion: Occasion) -> Result<MailText, Error> {
    Ok(record::mail_text(&app.reader(), edition, occasion).await?)
}

/// Writes the text of a mail.
///
/// # Errors
/// `Stale`.
pub async fn write_mail_text(app: &App, viewer: &Viewer, edition: &Edition, text: &MailText) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    if record::mail_text(work.tx(), edition.id, text.occasion).await? == *text {
        return Ok(());
    }
    record::save_mail_text(work.tx(), edition.id, text).await.map_err(stale)?;
    work.note([fact(edition, "registration.mail_written").with("occasion", text.occasion.code())]);
    work.commit().await
}
