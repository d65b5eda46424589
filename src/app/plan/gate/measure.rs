//! Taking readings at a gate: its own indicators, measured by somebody who may check.

use super::Review;
use crate::plan::check::{CheckDraft, measured};
use crate::{App, Error};
use domain::EditionId;
use domain::access::Viewer;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::gate::DecisionState;
use domain::refusal::Refusal;
use store::read::plan as read;
use store::record::plan as record;

/// Measures indicators of a gate; answers how many.
///
/// # Errors
/// Answers that cannot be read, a missing file, the proposer of a decision that waits: what is signed is measured by
/// someone else.
pub async fn measure(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    gate: &str,
    draft: &CheckDraft,
) -> Result<usize, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let review = Review::take(&work, edition, gate).await?;
    let proposer = review.last().filter(|one| one.state == DecisionState::Proposed).map(|one| one.proposed_by);
    if proposer == Some(viewer.user) {
        return Err(Refusal::forbidden("gate-measure-own").into());
    }
    let milestone = review.milestone()?;
    let indicators = read::indicators(work.tx(), edition, milestone.id).await?;
    let command = draft.parse(&indicators)?;
    let new = measured(&work, &milestone, command.answers(), viewer.user).await?;
    if new.is_empty() {
        return Err(Refusal::invalid("gate-nothing-measured").into());
    }
    record::insert_measurements(work.tx(), &new).await?;
    let fact = Fact::new("phase_gate.measured", Subject::new(SubjectKind::PhaseGate, review.gate().id), edition)
        .with("code", review.code())
        .with("count", new.len());
    work.note([fact]);
    work.commit().await?;
    Ok(new.len())
}
