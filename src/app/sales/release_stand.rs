//! Taking a stand back from the exhibitor that holds it.

use crate::{App, Error, exhibitor};
use domain::{PlaceId, access::Viewer, edition::Edition, sales};
use store::record::sales as record;

/// Releases a stand; open duties that came with its kind go with it.
///
/// # Errors
/// `stand-free`, `Missing`.
pub async fn release_stand(app: &App, viewer: &Viewer, edition: &Edition, stand: PlaceId) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let stand = record::stand_of(work.tx(), edition.id, stand).await?.ok_or(Error::Missing)?;
    let holder = record::holder(work.tx(), stand.id).await?;
    let (ended, facts) = sales::release(&stand, holder.as_ref(), work.now())?;
    record::end_assignment(work.tx(), &ended).await?;
    work.note(facts);
    exhibitor::fit_duties(&work, edition, ended.participation).await?;
    work.commit().await
}
