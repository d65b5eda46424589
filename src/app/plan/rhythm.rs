//! Setting the reporting rhythm of a phase.

use crate::{App, Error};
use domain::EditionId;
use domain::access::Viewer;
use domain::plan::rhythm::{RhythmDraft, changed};
use store::record::deviation as record;

/// Sets the rhythm of a phase for one edition.
///
/// # Errors
/// Every field that cannot be read; `Stale` when somebody set it since.
pub async fn save_rhythm(app: &App, viewer: &Viewer, edition: EditionId, draft: &RhythmDraft) -> Result<(), Error> {
    let rhythm = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    record::save_rhythm(work.tx(), edition, &rhythm).await?;
    work.note([changed(edition, &rhythm)]);
    work.commit().await
}
