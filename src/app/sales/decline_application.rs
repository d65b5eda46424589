//! Declining an application, with the reason in a mail to the company.

use crate::{App, Error, Outgoing};
use domain::{
    ApplicationId,
    access::Viewer,
    edition::Edition,
    sales::{self, Decision},
};
use store::record::sales as record;
use templates::{Lang, mails::exhibitor::Letter};

/// Declines.
///
/// # Errors
/// `required` at `reason`, `application-decided`, `stale`, `Missing`.
pub async fn decline_application(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: ApplicationId,
    version: Option<i32>,
    reason: &str,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let application = record::application_of(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let decision = Decision { by: work.actor().user(), at: work.now(), version };
    let (declined, facts) = sales::decline(&application, reason, &decision)?;
    record::save_application(work.tx(), &declined).await?;
    let c = &declined.content;
    let company = c.company.get(c.locale);
    let letter = Letter { lang: Lang::new(c.locale), name: &c.contact_name, company, edition: &edition.name };
    let mail = letter.declined(declined.reason.as_deref().unwrap_or_default());
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
    work.commit().await
}
