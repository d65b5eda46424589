//! D0 moved: the plan follows.

use super::revise::{Saved, remember};
use super::under_way::take;
use crate::{Error, Work};
use domain::edition::Edition;
use domain::plan::revision::{Beside, ChangeSet, ShowDays, Turn};
use store::record::plan as record;

/// Moves the plan of an edition whose opening day changed, within that use case. Dates that
/// follow the template's offset move along, dates a person set stay. Nothing happens without a plan.
///
/// # Errors
/// When the database does not answer.
pub async fn follow_opening(work: &mut Work, before: &Edition, edition: &Edition) -> Result<(), Error> {
    if before.opens_on == edition.opens_on && before.time_zone == edition.time_zone {
        return Ok(());
    }
    let mut plan = match take(work, edition.id).await {
        Ok(plan) => plan,
        Err(Error::Missing) => return Ok(()),
        Err(other) => return Err(other),
    };
    // The edition row is saved already; the plan still lies where it was.
    plan.lay_at(before)?;
    let mut new = plan.old.clone();
    new.zone = edition.time_zone;
    new.move_opening(edition.opens_on);
    new.revision += 1;
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let moved: Vec<_> = new.tasks.clone();
    record::save_dates(work.tx(), &moved).await?;
    let delta = plan.settle(work, new.clone(), None).await?;
    record::insert_change(work.tx(), id, &new, "opening", &delta, by, now).await?;
    if before.time_zone != edition.time_zone {
        // Every local time means another instant: that is no move that could simply be turned round.
        return Ok(());
    }
    let days = Turn { before: ShowDays::of(before), after: ShowDays::of(edition) };
    let set = ChangeSet { beside: Beside { days: Some(days), ..Beside::default() }, ..ChangeSet::default() };
    let saved = Saved { delta, codes: Vec::new(), revision: new.revision };
    remember(work, edition.id, &saved, "opening", set).await
}
