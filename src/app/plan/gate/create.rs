//! Gates put into a plan: with the plan, from its template, or later by an act.

use super::super::under_way::{compute, take};
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::gate::lay::{self as laying, Laid, Places};
use domain::plan::gate::template;
use domain::plan::{Sheet, TaskLink};
use domain::{LinkId, Refusal, TaskId};
use std::collections::HashSet;
use store::read::plan as read;
use store::record::plan as record;
use uuid::Uuid;

/// Puts the gates of the plan's template into a plan that is being made; the caller saves tasks, links and indicators,
/// then the gates.
pub fn prepare(work: &Work, sheet: &mut Sheet, places: &Places, divided: bool) -> Laid {
    let mut ids = || work.id::<LinkId>().uuid();
    let fresh = &mut ids as &mut dyn FnMut() -> Uuid;
    let template = sheet.template.clone();
    let laid = laying::lay(sheet, template::gates(&template), places, divided, fresh, work.now());
    laying::refit(sheet, &laid.gates, &[], places, fresh, work.now());
    laid
}

/// Puts gates into a plan that has none.
///
/// # Errors
/// `gates-exist` when it has some, `gates-none` when its template has none or its deliverables are gone.
pub async fn lay(app: &App, viewer: &Viewer, edition: &Edition, divided: bool) -> Result<usize, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    if !read::gate::gates(work.tx(), edition.id).await?.is_empty() {
        return Err(Refusal::conflict("gates-exist").into());
    }
    let places = read::gate::places(work.tx(), edition.id).await?;
    let mut new = plan.old.clone();
    let laid = prepare(&work, &mut new, &places, divided);
    if laid.gates.is_empty() {
        return Err(Refusal::conflict("gates-none").into());
    }
    let known: HashSet<TaskId> = plan.old.tasks.iter().map(|task| task.id).collect();
    let known_links: HashSet<LinkId> = plan.old.links.iter().map(|link| link.id).collect();
    let computed = compute(&new, "predecessors")?;
    new.settle(&computed, work.now());
    let tasks: Vec<_> = new.tasks.iter().filter(|task| !known.contains(&task.id)).cloned().collect();
    let links: Vec<TaskLink> = new.links.iter().filter(|link| !known_links.contains(&link.id)).cloned().collect();
    record::insert_tasks(work.tx(), &tasks).await?;
    record::insert_links(work.tx(), &links).await?;
    record::insert_indicators(work.tx(), &laid.indicators).await?;
    record::insert_gates(work.tx(), &laid.gates).await?;
    let documents: Vec<_> = tasks.iter().map(|task| super::super::create::document(&edition.slug, task)).collect();
    store::record::search::insert(work.tx(), &documents).await?;
    let fact = Fact::new("plan.gates_laid", Subject::new(SubjectKind::Plan, edition.id), edition.id)
        .with("count", laid.gates.len());
    work.note([fact]);
    plan.settle(&mut work, new, None).await?;
    work.commit().await?;
    Ok(laid.gates.len())
}
