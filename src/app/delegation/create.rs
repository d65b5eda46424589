//! A new group: by its leader through the public page, or by staff. The link to it goes to the leader's address only.

use super::{delegation_key, letter};
use crate::{App, Error, Work};
use domain::{
    DelegationId, Refusal,
    edition::Edition,
    journal::Actor,
    registration::{
        access,
        delegation::{Delegation, DelegationFields},
    },
};
use store::record::{delegation as record, registration};

/// A leader registers a group. The same form twice is one group.
///
/// # Errors
/// `registration-closed`.
pub async fn register_delegation(
    app: &App,
    edition: &Edition,
    id: DelegationId,
    fields: DelegationFields,
) -> Result<(), Error> {
    if !edition.registration_open {
        return Err(Refusal::unmet("registration-closed").into());
    }
    let work = app.begin(Actor::Public).await?;
    registration::queue(work.tx(), edition.id).await?;
    match record::delegation(work.tx(), edition.id, id).await? {
        Some(_) => Ok(()),
        None => make(work, edition, id, fields).await,
    }
}

/// Staff make a group.
///
/// # Errors
/// When the database does not answer.
pub async fn create_delegation(
    app: &App,
    actor: Actor,
    edition: &Edition,
    fields: DelegationFields,
) -> Result<DelegationId, Error> {
    let work = app.begin(actor).await?;
    registration::queue(work.tx(), edition.id).await?;
    let id = work.id();
    make(work, edition, id, fields).await?;
    Ok(id)
}

async fn make(mut work: Work, edition: &Edition, id: DelegationId, fields: DelegationFields) -> Result<(), Error> {
    let number = record::next_number(work.tx(), edition.id).await?;
    let by = work.actor().name().to_owned();
    let group = Delegation::new((id, edition.id, number), fields, &by, work.now());
    insert(&mut work, &group).await?;
    letter::send(&work, edition, &group).await?;
    work.commit().await
}

/// Saves a group with its key and notes it.
pub(super) async fn insert(work: &mut Work, group: &Delegation) -> Result<(), Error> {
    let key = delegation_key(work.tx(), group.edition, group.id).await?;
    let hash = access::hash(&key).ok_or_else(|| Error::Outside("a key of ours has no hash".to_owned()))?;
    record::insert(work.tx(), &[(group.clone(), hash)]).await?;
    work.note([group.fact("created").with("name", group.name.clone()).with("number", group.number)]);
    Ok(())
}
