//! Crews: adding, changing, removing them, and saying what a task needs of them. A crew's calendar is the calendar of
//! its tasks, so the plan is computed again where that matters.

use super::under_way::{UnderWay, take};
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::plan::crew::{self, Crew, CrewDraft};
use domain::plan::task::Task;
use domain::{CrewId, EditionId, Refusal, TaskId};
use std::collections::BTreeMap;
use store::read::plan as read;
use store::record::plan as record;

/// Adds a crew.
///
/// # Errors
/// Every field that cannot be read; `crew-code-taken` at `code`.
pub async fn add_crew(app: &App, viewer: &Viewer, edition: EditionId, draft: &CrewDraft) -> Result<CrewId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let (crew, fact) = draft.parse(&plan.old.calendars)?.create(work.id(), edition);
    record::insert_crews(work.tx(), std::slice::from_ref(&crew)).await.map_err(taken)?;
    work.note([fact]);
    work.commit().await?;
    Ok(crew.id)
}

/// Changes a crew.
///
/// # Errors
/// As [`add_crew`]; `Stale` when somebody changed it since.
pub async fn change_crew(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: CrewId,
    draft: &CrewDraft,
    version: i32,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let old = read::crew(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    if old.version != version {
        return Err(Error::Stale);
    }
    let (crew, fact) = draft.parse(&plan.old.calendars)?.change(old);
    record::save_crew(work.tx(), &crew).await.map_err(taken)?;
    work.note([fact]);
    follow(plan, &mut work, edition).await?;
    work.commit().await
}

/// Removes a crew, also from the tasks that need it.
///
/// # Errors
/// `Missing` when there is none.
pub async fn remove_crew(app: &App, viewer: &Viewer, edition: EditionId, id: CrewId) -> Result<Crew, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let crew = read::crew(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    record::delete_crew(work.tx(), edition, id).await?;
    work.note([crew::removed(&crew)]);
    follow(plan, &mut work, edition).await?;
    work.commit().await?;
    Ok(crew)
}

/// Says what a task needs: quantities by crew code, as typed. Crews that are not named are not needed.
///
/// # Errors
/// Every quantity that cannot be read; `task-frozen` when the task is closed.
pub async fn need_crews(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    typed: &BTreeMap<String, String>,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let task: Task = plan.task(task)?;
    if task.state.is_closed() {
        return Err(Refusal::conflict("task-frozen").into());
    }
    let crews = read::crews(work.tx(), edition).await?;
    let needs = crew::parse_needs(task.id, &crews, typed)?;
    record::replace_crew_needs(work.tx(), edition, task.id, &needs).await?;
    work.note([crew::needs_fact(edition, task.id, &task.code, &crews, &needs)]);
    follow(plan, &mut work, edition).await?;
    work.commit().await
}

/// Computes the plan again when tasks have another calendar now.
async fn follow(plan: UnderWay, work: &mut Work, edition: EditionId) -> Result<(), Error> {
    let new = read::sheet(work.tx(), edition).await?.ok_or(Error::Missing)?;
    if new.crew_calendars != plan.old.crew_calendars {
        plan.settle(work, new, None).await?;
    }
    Ok(())
}

fn taken(fault: store::Fault) -> Error {
    if fault.taken("uq_crew_edition_id_code") {
        return Refusal::conflict("crew-code-taken").at("code").into();
    }
    fault.into()
}
