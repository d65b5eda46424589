//! Marking a duty as done: by the exhibitor in the portal, or by the team on its behalf.

use crate::{App, Error, plan::store_evidence};
use domain::{
    EditionId, ExhibitorDutyId, ParticipationId,
    document::Upload,
    exhibitor::{self, CompleteDraft},
    journal::Actor,
};
use store::record::exhibitor as record;

/// Completes a duty. The exhibitor's timeline and the plan task's hear of it in the same transaction.
///
/// `only` is the exhibitor who asks: another one's duty does not exist.
///
/// # Errors
/// `note-or-file`, `confirm-needed`, `duty-closed`, `stale`, `Missing`.
pub async fn complete_duty(
    app: &App,
    actor: Actor,
    edition: EditionId,
    only: Option<ParticipationId>,
    id: ExhibitorDutyId,
    draft: &CompleteDraft,
    file: Option<&Upload>,
) -> Result<ParticipationId, Error> {
    let said = draft.parse(file.is_some())?;
    let mut work = app.begin(actor).await?;
    let (own, duty) = record::own_duty(work.tx(), edition, only, id).await?.ok_or(Error::Missing)?;
    let document = match file {
        Some(file) => Some(store_evidence(&work, edition, file).await?),
        None => None,
    };
    let (done, facts) = exhibitor::complete(&own, &duty, said, document, work.actor(), work.now())?;
    record::save_own_duty(work.tx(), &done).await?;
    work.note(facts);
    work.commit().await?;
    Ok(done.participation)
}
