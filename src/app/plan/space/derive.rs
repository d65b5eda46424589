//! Derived links laid anew, within an open use case.

use super::super::under_way::take;
use crate::{Error, Work};
use domain::EditionId;
use domain::plan::Sheet;
use domain::plan::space::Derivation;
use store::record::plan as record;

/// Lays the derived links of a plan anew and saves what came and what went; dates are the caller's.
pub(crate) async fn rederive(work: &Work, sheet: &mut Sheet) -> Result<Derivation, Error> {
    let derivation = sheet.derive_links(|| work.id());
    record::delete_links(work.tx(), &derivation.removed).await?;
    record::add_links(work.tx(), &derivation.added).await?;
    Ok(derivation)
}

/// Places came, went or changed: rules and states mean other places now. Nothing happens without
/// a plan, or when the links stay as they are.
///
/// # Errors
/// When the database does not answer.
pub async fn places_changed(work: &mut Work, edition: EditionId) -> Result<(), Error> {
    let plan = match take(work, edition).await {
        Ok(plan) => plan,
        Err(Error::Missing) => return Ok(()),
        Err(other) => return Err(other),
    };
    let mut new = plan.old.clone();
    let derivation = rederive(work, &mut new).await?;
    if derivation.added.is_empty() && derivation.removed.is_empty() {
        return Ok(());
    }
    new.revision += 1;
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let delta = plan.settle(work, new.clone(), None).await?;
    Ok(record::insert_change(work.tx(), id, &new, "places", &delta, by, now).await?)
}
