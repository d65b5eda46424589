//! Proposing a decision at a gate.

use super::{Review, keep};
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::axis;
use domain::plan::gate::decide::{self, ProposalDraft};
use domain::{EditionId, Refusal};
use store::read;
use store::record::plan as record;

/// Proposes a decision; answers its number.
///
/// # Errors
/// Every field that cannot be read, every criterion that stands against it, a proposal that waits already.
pub async fn propose(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    gate: &str,
    draft: &ProposalDraft,
) -> Result<i32, Error> {
    let team = read::access::team(&app.reader(), edition).await?;
    let mut work = app.begin(viewer.actor()).await?;
    keep(&mut work, edition).await?;
    let review = Review::take(&work, edition, gate).await?;
    let today = axis::day_of(axis::minute_at(work.now(), review.plan.old.zone));
    let proposal = draft.parse(today)?;
    for (at, owner) in proposal.owners().enumerate() {
        if !team.iter().any(|(member, ..)| *member == owner) {
            return Err(Refusal::invalid("task-not-on-team").at(&format!("condition_owner_{at}")).into());
        }
    }
    let desk = review.desk(viewer.user, &work);
    let (decision, facts) = decide::propose(work.id(), desk, review.last(), proposal, || work.id())?;
    record::insert_decision(work.tx(), &decision).await.map_err(|fault| {
        if fault.taken("uq_gate_decision_gate_id_number") {
            return Error::from(Refusal::conflict("gate-proposal-open"));
        }
        fault.into()
    })?;
    work.note(facts);
    work.commit().await?;
    Ok(decision.number)
}
