//! Marking an application as taken back.

use crate::{App, Error};
use domain::{
    ApplicationId,
    access::Viewer,
    edition::Edition,
    sales::{self, Decision},
};
use store::record::sales as record;

/// Takes an application back on the company's wish.
///
/// # Errors
/// `application-decided`, `stale`, `Missing`.
pub async fn withdraw_application(
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
    let (withdrawn, facts) = sales::withdraw(&application, reason, &decision)?;
    record::save_application(work.tx(), &withdrawn).await?;
    work.note(facts);
    work.commit().await
}
