//! Moving the data date: what is behind it is fact, what is left to do starts at it or later.

use super::revise::{Saved, remember};
use super::under_way::{compute, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::plan::axis;
use domain::plan::delta::Delta;
use domain::plan::revision::ChangeSet;
use domain::plan::view::Board;
use store::read::plan as read;
use store::record::plan as record;

/// What moving the data date to today would move.
///
/// # Errors
/// `Missing` when there is no plan.
pub async fn preview_reschedule(app: &App, edition: &Edition) -> Result<(Board, Delta), Error> {
    let now = app.now();
    let board = read::board(&app.reader(), edition.id, now).await?.ok_or(Error::Missing)?;
    let mut new = board.sheet.clone();
    new.data_date = Some(axis::instant(axis::midnight(edition.day(now)), edition.time_zone));
    let computed = compute(&new, "data_date")?;
    let delta = board.computed.delta(&computed, new.opening(), &[]);
    Ok((board, delta))
}

/// Moves the data date to today.
///
/// # Errors
/// `Stale` when the plan changed since the effect was shown, for who has seen it.
pub async fn reschedule(app: &App, viewer: &Viewer, edition: &Edition, revision: Option<i32>) -> Result<Delta, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    if revision.is_some_and(|seen| seen != plan.old.revision) {
        return Err(Error::Stale);
    }
    let mut new = plan.old.clone();
    new.data_date = Some(axis::instant(axis::midnight(edition.day(work.now())), edition.time_zone));
    new.revision += 1;
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let delta = plan.settle(&mut work, new.clone(), None).await?;
    record::insert_change(work.tx(), id, &new, "data_date", &delta, by, now).await?;
    let set = ChangeSet::between(&plan.old, &new);
    let saved = Saved { delta: delta.clone(), codes: Vec::new(), revision: new.revision };
    remember(&work, edition.id, &saved, "data_date", set).await?;
    work.commit().await?;
    Ok(delta)
}
