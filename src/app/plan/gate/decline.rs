//! Not signing a proposal, or withdrawing it.

use super::{Review, roles};
use crate::{App, Error};
use domain::EditionId;
use domain::access::Viewer;
use domain::plan::gate::decide;
use store::record::plan as record;

/// Declines the proposal at a gate, with a reason.
///
/// # Errors
/// `required` at `reason`, nothing proposed, somebody who neither proposed nor may sign.
pub async fn decline(app: &App, viewer: &Viewer, edition: EditionId, gate: &str, reason: &str) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let review = Review::take(&work, edition, gate).await?;
    let roles = roles(viewer, edition);
    let (decision, facts) = decide::decline(review.desk(viewer.user, &work), review.proposed()?, &roles, reason)?;
    record::save_decision(work.tx(), &decision).await?;
    work.note(facts);
    work.commit().await
}
