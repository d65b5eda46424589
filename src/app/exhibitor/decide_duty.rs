//! The organizer's decisions about an exhibitor's duty: opening it again, or doing without it.

use crate::{App, Error};
use domain::{
    ExhibitorDutyId, ParticipationId,
    access::Viewer,
    edition::Edition,
    exhibitor::{self, ReasonDraft},
};
use store::record::exhibitor as record;

/// Opens a duty again; the exhibitor reads the reason.
///
/// # Errors
/// `required` at `reason`, `duty-open`, `stale`, `Missing`.
pub async fn reopen_duty(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: ExhibitorDutyId,
    draft: &ReasonDraft,
) -> Result<ParticipationId, Error> {
    let said = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let (own, duty) = record::own_duty(work.tx(), edition.id, None, id).await?.ok_or(Error::Missing)?;
    let (open, facts) = exhibitor::reopen(&own, &duty, said)?;
    record::save_own_duty(work.tx(), &open).await?;
    work.note(facts);
    work.commit().await?;
    Ok(open.participation)
}

/// Does without a duty.
///
/// # Errors
/// `required` at `reason`, `duty-closed`, `stale`, `Missing`.
pub async fn waive_duty(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: ExhibitorDutyId,
    draft: &ReasonDraft,
) -> Result<ParticipationId, Error> {
    let said = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let (own, duty) = record::own_duty(work.tx(), edition.id, None, id).await?.ok_or(Error::Missing)?;
    let (waived, facts) = exhibitor::waive(&own, &duty, said, work.actor(), work.now())?;
    record::save_own_duty(work.tx(), &waived).await?;
    work.note(facts);
    work.commit().await?;
    Ok(waived.participation)
}
