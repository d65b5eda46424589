//! The group of an exhibitor's own people: made with the first of them, bounded by the exhibitor's account.

use super::create::insert;
use crate::{App, Error, Work};
use domain::{
    DelegationId, Locale, ParticipationId,
    edition::Edition,
    registration::{
        allowance::{Account, Kind},
        delegation::Delegation,
    },
};
use store::{
    read,
    record::{delegation as record, registration},
};

/// The exhibitor's own group, if it has named anybody yet.
///
/// # Errors
/// When the database does not answer.
pub async fn own_group(
    app: &App,
    edition: &Edition,
    exhibitor: ParticipationId,
) -> Result<Option<DelegationId>, Error> {
    Ok(record::staff_of(&app.reader(), edition.id, exhibitor).await?.map(|group| group.id))
}

/// The exhibitor's group, made if need be. Waits for others of the edition.
pub(super) async fn group(work: &mut Work, edition: &Edition, exhibitor: ParticipationId) -> Result<Delegation, Error> {
    registration::queue(work.tx(), edition.id).await?;
    if let Some(known) = record::staff_of(work.tx(), edition.id, exhibitor).await? {
        return Ok(known);
    }
    let company = read::voucher::company_of(work.tx(), exhibitor).await?.ok_or(Error::Missing)?;
    let number = record::next_number(work.tx(), edition.id).await?;
    let name = if company.zh.is_empty() { company.get(Locale::En) } else { company.zh.as_str() };
    let by = work.actor().name().to_owned();
    let key = (work.id(), edition.id, number);
    let group = Delegation::of_exhibitor(key, exhibitor, (name, ""), &by, work.now());
    insert(work, &group).await?;
    Ok(group)
}

/// The exhibitor's account of badges.
async fn account(work: &Work, edition: &Edition, exhibitor: ParticipationId) -> Result<Account, Error> {
    let accounts = read::voucher::accounts(work.tx(), edition.id, ("", ""), Some(exhibitor), 1).await?;
    Ok(accounts.rows.first().ok_or(Error::Missing)?.staff)
}

/// Whether the account has room for so many more.
pub(crate) async fn room(work: &Work, edition: &Edition, exhibitor: ParticipationId, more: usize) -> Result<(), Error> {
    Ok(account(work, edition, exhibitor).await?.take(Kind::Staff, more)?)
}
