//! Changing who is registered: by staff, or by the registrant through the own link.

use super::{enter, issue};
use crate::{App, Error, Work};
use domain::{
    RegistrationId,
    access::Viewer,
    edition::Edition,
    journal::Actor,
    registration::{
        Status,
        draft::{Amendment, Details},
        register,
    },
};
use store::record::registration as record;

/// Staff change a registration. A badge that would show something else is printed anew.
///
/// # Errors
/// `Missing`, `Stale`, `registration-over`.
pub async fn amend_registration(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    id: RegistrationId,
    change: &Amendment,
) -> Result<(), Error> {
    let work = app.begin(viewer.actor()).await?;
    amend(work, edition, id, change).await
}

/// The registrant changes what is printed and how to reach him. The address stays: it is what he proved by opening the
/// link, and another one would let a borrowed telephone take over the badge.
///
/// # Errors
/// `Missing`, `Stale`, `registration-over`.
pub async fn amend_by_registrant(
    app: &App,
    edition: &Edition,
    id: RegistrationId,
    change: &Amendment,
) -> Result<(), Error> {
    let work = app.begin(Actor::Public).await?;
    let current = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    let details = Details { email: current.details.email.clone(), ..change.details.clone() };
    let change = Amendment { details, category: None, ..change.clone() };
    amend(work, edition, id, &change).await
}

async fn amend(mut work: Work, edition: &Edition, id: RegistrationId, change: &Amendment) -> Result<(), Error> {
    let current = record::registration(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if current.version != change.version {
        return Err(Error::Stale);
    }
    let (changed, badge, facts) = register::amend(&current, change)?;
    if facts.is_empty() {
        return Ok(());
    }
    record::save(work.tx(), &changed).await?;
    work.note(facts);
    let old = record::current_credential(work.tx(), &changed).await?;
    if badge && changed.status == Status::Approved && old.is_some() {
        issue::replace(&mut work, edition, &changed).await?;
    } else {
        enter::index(&work, edition, &changed, old.map(|c| c.serial)).await?;
    }
    work.commit().await
}
