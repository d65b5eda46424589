//! What a task asks of places: added, changed, taken away.

use super::super::revise::keep_change;
use super::super::under_way::{UnderWay, take};
use super::derive::rederive;
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::plan::space::requirement::fact;
use domain::plan::space::{Requirement, RequirementDraft};
use domain::plan::{Sheet, Task};
use domain::{EditionId, Refusal, RequirementId, TaskId};
use store::record::plan as record;

fn frozen(task: &Task) -> Result<(), Error> {
    if task.state.is_closed() { Err(Refusal::conflict("task-frozen").into()) } else { Ok(()) }
}

/// Adds a requirement.
///
/// # Errors
/// Every field that cannot be read; `task-frozen` when the task is closed.
pub async fn add_requirement(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    draft: &RequirementDraft,
) -> Result<RequirementId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let task = plan.task(task)?;
    let read = draft.parse(work.id(), &task, |place| plan.old.space.tree.find(place).is_some())?;
    record::space::insert_requirements(work.tx(), std::slice::from_ref(&read.as_kept)).await?;
    let mut new = plan.old.clone();
    let id = read.as_kept.id;
    work.note([fact("task.place_added", &task, &read.as_kept)]);
    new.space.requirements.push(read.as_kept);
    finish(work, plan, new).await?;
    Ok(id)
}

/// Changes a requirement.
///
/// # Errors
/// As [`add_requirement`], and `Stale` when somebody changed it since the form was opened.
pub async fn change_requirement(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    id: RequirementId,
    draft: &RequirementDraft,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let task = plan.task(task)?;
    let mut new = plan.old.clone();
    let slot = find(&mut new, &task, id)?;
    let read = draft.parse(id, &task, |place| plan.old.space.tree.find(place).is_some())?;
    if read.version.is_some_and(|version| version != slot.version) {
        return Err(Error::Stale);
    }
    *slot = Requirement { version: slot.version, ..read.as_kept };
    record::space::save_requirement(work.tx(), slot).await?;
    work.note([fact("task.place_changed", &task, slot)]);
    finish(work, plan, new).await
}

/// Takes a requirement away.
///
/// # Errors
/// `Missing`; `task-frozen` when the task is closed.
pub async fn remove_requirement(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    id: RequirementId,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let task = plan.task(task)?;
    frozen(&task)?;
    let mut new = plan.old.clone();
    let gone = find(&mut new, &task, id)?.clone();
    record::space::delete_requirement(work.tx(), id).await?;
    new.space.requirements.retain(|one| one.id != id);
    work.note([fact("task.place_removed", &task, &gone)]);
    finish(work, plan, new).await
}

fn find<'a>(sheet: &'a mut Sheet, task: &Task, id: RequirementId) -> Result<&'a mut Requirement, Error> {
    sheet.space.requirements.iter_mut().find(|one| one.id == id && one.task == task.id).ok_or(Error::Missing)
}

async fn finish(mut work: Work, plan: UnderWay, mut new: Sheet) -> Result<(), Error> {
    rederive(&work, &mut new).await?;
    keep_change(&mut work, &plan, new, None, "places").await?;
    work.commit().await
}
