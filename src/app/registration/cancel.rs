//! Withdrawing a registration: its badge opens nothing from then on.

use super::{confirm, places};
use crate::{App, Error, Work};
use domain::{
    RegistrationId,
    edition::Edition,
    journal::Actor,
    party::ParticipationStatus,
    registration::{credential, register},
};
use store::record::{party as parties, registration as record};

/// Staff or a program withdraw a registration.
///
/// # Errors
/// `Missing`, `registration-over`.
pub async fn cancel_registration(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: RegistrationId,
    reason: &str,
) -> Result<(), Error> {
    cancel(app.begin(actor).await?, edition, id, reason).await
}

/// The registrant withdraws.
///
/// # Errors
/// `Missing`, `registration-over`.
pub async fn cancel_by_registrant(app: &App, edition: &Edition, id: RegistrationId) -> Result<(), Error> {
    cancel(app.begin(Actor::Public).await?, edition, id, "").await
}

async fn cancel(mut work: Work, edition: &Edition, id: RegistrationId, reason: &str) -> Result<(), Error> {
    let current = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let (cancelled, facts) = register::cancel(&current, reason)?;
    if facts.is_empty() {
        return Ok(());
    }
    record::save(work.tx(), &cancelled).await?;
    work.note(facts);
    if let Some(badge) = record::current_credential(work.tx(), &current).await?
        && let Some((revoked, facts)) = credential::revoke(&badge)
    {
        record::save_credential(work.tx(), &revoked).await?;
        work.note(facts);
    }
    // The person stays; the role ends unless another live registration carries it.
    let others = record::live_of(work.tx(), edition.id, "", current.party).await?;
    let carried = others.iter().any(|r| r.id != id && r.participation == current.participation);
    if let Some(participation) = current.participation.filter(|_| !carried) {
        parties::set_participation(work.tx(), participation, ParticipationStatus::Cancelled).await?;
    }
    if !current.details.email.is_empty() {
        confirm::ask(&work, &cancelled, confirm::Occasion::Cancelled).await?;
    }
    places::fill(&mut work, edition, current.category).await?;
    work.commit().await
}
