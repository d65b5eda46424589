//! Beginning work, and saying how far it is.

use super::beside::take_step;
use super::under_way::{hand, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::work;
use domain::{EditionId, TaskId};
use store::record::deviation::{Progress, insert_progress};

/// Begins work, or begins it again after a failed check.
///
/// # Errors
/// Every condition that is not met, unless a waiver with a reason passes over them.
pub async fn start(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    waiver: Option<&str>,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    // A waiver may have run out, a condition may have been missed since somebody looked.
    super::gate::keep(&mut work, edition).await?;
    let plan = take(&work, edition).await?;
    plan.no_gate(&work, task).await?;
    let before = plan.old.before_of(task);
    let around = plan.old.around_of(task, work.now());
    let hand = hand(viewer, edition);
    let was = plan.task(task)?;
    let (task, facts) = work::start(was.clone(), &before, &around, waiver, hand, work.now())?;
    work.note(facts);
    take_step(&mut work, &plan, &was, task, "start").await?;
    work.commit().await
}

/// Says how far the work is.
///
/// # Errors
/// `not-a-number`, `out-of-range`, or why this person may not.
pub async fn report(app: &App, viewer: &Viewer, edition: EditionId, task: TaskId, percent: &str) -> Result<(), Error> {
    let mut parse = domain::refusal::Parse::new();
    let percent = parse.number("percent", percent, 0..=100);
    let percent = parse.finish(|| percent.unwrap_or_default())?;
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let was = plan.task(task)?;
    let (task, facts) = work::report(was.clone(), percent, hand(viewer, edition))?;
    work.note(facts);
    let said = Progress { id: work.id(), task: task.id, percent: task.percent, by: viewer.user, at: work.now() };
    insert_progress(work.tx(), edition, &[said]).await?;
    take_step(&mut work, &plan, &was, task, "report").await?;
    work.commit().await
}
