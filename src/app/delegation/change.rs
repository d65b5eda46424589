//! Staff change a group, close it, or send its link once more.

use super::letter;
use crate::{App, Error};
use domain::{
    DelegationId,
    edition::Edition,
    journal::Actor,
    registration::delegation::{Delegation, DelegationFields},
};
use store::record::delegation as record;

/// Changes name, leader, category, quota and note.
///
/// # Errors
/// `Missing`, `Stale`.
pub async fn change_delegation(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: DelegationId,
    (fields, version): (DelegationFields, i32),
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let current = record::delegation(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if current.version != version {
        return Err(Error::Stale);
    }
    let (changed, facts) = current.changed(fields);
    if facts.is_empty() {
        return Ok(());
    }
    record::save(work.tx(), &changed).await?;
    work.note(facts);
    work.commit().await
}

/// Takes no more members, or takes them again.
///
/// # Errors
/// `Missing`.
pub async fn close_delegation(
    app: &App,
    actor: Actor,
    edition: &Edition,
    id: DelegationId,
    closed: bool,
) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let current = record::delegation(work.tx(), edition.id, id).await?.ok_or(Error::Missing)?;
    if current.closed == closed {
        return Ok(());
    }
    let changed = Delegation { closed, ..current };
    record::save(work.tx(), &changed).await?;
    work.note([changed.fact(if closed { "closed" } else { "opened" })]);
    work.commit().await
}

/// Sends the leader the link once more.
///
/// # Errors
/// `Missing`, also for a group without a leader's address.
pub async fn send_link(app: &App, actor: Actor, edition: &Edition, id: DelegationId) -> Result<(), Error> {
    let mut work = app.begin(actor).await?;
    let group = record::delegation(work.tx(), edition.id, id).await?.filter(|g| !g.contact_email.is_empty());
    let group = group.ok_or(Error::Missing)?;
    letter::send(&work, edition, &group).await?;
    work.note([group.fact("link_sent")]);
    work.commit().await
}
