//! Changing an edition's names, days and switches.

use crate::{App, Error};
use domain::{
    EditionId,
    access::Viewer,
    edition::{self, ChangeEdition, Edition},
};
use store::record::edition as record;

/// Changes an edition.
///
/// # Errors
/// `stale` when somebody else changed it, `slug-taken` at `slug`, `Missing`.
pub async fn change_edition(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    command: &ChangeEdition,
) -> Result<Edition, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let current = record::load(work.tx(), id).await?.ok_or(Error::Missing)?;
    let (changed, facts) = edition::change(&current, command)?;
    record::save(work.tx(), &changed).await.map_err(super::create::slug_taken)?;
    super::create::index(&work, &changed).await?;
    crate::plan::follow_opening(&mut work, &current, &changed).await?;
    work.note(facts);
    work.commit().await?;
    Ok(changed)
}
