//! Blocking a badge and lifting the block.

use crate::{App, Error};
use domain::{
    Refusal, RegistrationId,
    edition::Edition,
    journal::{Actor, Fact},
    registration::{Credential, credential},
};
use store::record::registration as record;

/// Blocks the current badge: gates deny it until it is unblocked or replaced.
///
/// # Errors
/// `Missing`; `no-badge`; `badge-state`.
pub async fn block_badge(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: RegistrationId,
    reason: &str,
) -> Result<(), Error> {
    step(app, actor, edition, id, |badge| credential::block(badge, reason)).await
}

/// Lifts a block.
///
/// # Errors
/// `Missing`; `no-badge`; `badge-state`.
pub async fn unblock_badge(app: &App, actor: Actor, edition: &Edition, id: RegistrationId) -> Result<(), Error> {
    step(app, actor, edition, id, credential::unblock).await
}

async fn step(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: RegistrationId,
    decide: impl FnOnce(&Credential) -> Result<(Credential, Vec<Fact>), Vec<Refusal>>,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let registration = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let badge = record::current_credential(work.tx(), &registration).await?;
    let (changed, facts) = decide(&badge.ok_or_else(|| Refusal::unmet("no-badge"))?)?;
    record::save_credential(work.tx(), &changed).await?;
    work.note(facts);
    work.commit().await
}
