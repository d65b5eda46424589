//! The indicators of a task: added, changed, taken off. What was measured stays as it was judged then.

use super::under_way::take;
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::plan::indicator::{IndicatorDraft, fact};
use domain::plan::{Indicator, Task};
use domain::{Bilingual, EditionId, IndicatorId, Refusal, TaskId};
use store::read::plan as read;
use store::record::plan as record;

/// Most indicators of a task.
const MOST: usize = 40;

async fn open(work: &Work, edition: EditionId, task: TaskId) -> Result<Task, Error> {
    let task = take(work, edition).await?.task(task)?;
    if task.state.is_closed() {
        return Err(Refusal::conflict("task-frozen").into());
    }
    Ok(task)
}

async fn one(work: &Work, edition: EditionId, task: TaskId, id: IndicatorId) -> Result<Indicator, Error> {
    let all = read::indicators(work.tx(), edition, task).await?;
    all.into_iter().find(|one| one.id == id).ok_or(Error::Missing)
}

/// Adds an indicator to a task.
///
/// # Errors
/// Every field that cannot be read, `task-frozen` when the task is closed.
pub async fn add_indicator(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    draft: &IndicatorDraft,
) -> Result<IndicatorId, Error> {
    let command = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let task = open(&work, edition, task).await?;
    let all = read::indicators(work.tx(), edition, task.id).await?;
    if all.len() >= MOST {
        return Err(Refusal::invalid("indicators-too-many").at("name_en").with("max", MOST).into());
    }
    let plain = Indicator::plain(work.id(), edition, task.id, Bilingual::default());
    let sort = all.iter().map(|one| one.sort + 1).max().unwrap_or(0);
    let new = command.apply(&Indicator { sort, ..plain });
    record::insert_indicators(work.tx(), std::slice::from_ref(&new)).await?;
    work.note([fact("task.indicator_added", &task.code, &new, None)]);
    work.commit().await?;
    Ok(new.id)
}

/// Changes an indicator of a task.
///
/// # Errors
/// Every field that cannot be read, `Stale` when somebody changed it since.
pub async fn change_indicator(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    at: (TaskId, IndicatorId),
    draft: &IndicatorDraft,
    version: i32,
) -> Result<(), Error> {
    let command = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let task = open(&work, edition, at.0).await?;
    let old = one(&work, edition, task.id, at.1).await?;
    if old.version != version {
        return Err(Error::Stale);
    }
    let new = command.apply(&old);
    record::save_indicator(work.tx(), &new).await?;
    work.note([fact("task.indicator_changed", &task.code, &new, Some(&old))]);
    work.commit().await
}

/// Takes an indicator off a task; its measurements stay.
///
/// # Errors
/// `Missing` when the task has none such, `task-frozen` when it is closed.
pub async fn retire_indicator(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    id: IndicatorId,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let task = open(&work, edition, task).await?;
    let old = one(&work, edition, task.id, id).await?;
    record::retire_indicator(work.tx(), &old, work.now()).await?;
    work.note([fact("task.indicator_retired", &task.code, &old, None)]);
    work.commit().await
}
