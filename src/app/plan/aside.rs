//! Blocking, unblocking, waiving and cancelling a task.

use super::beside::take_step;
use super::under_way::{hand, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::work::{self, Aside};
use domain::{EditionId, TaskId};

/// Steps beside the loop, with a reason.
///
/// # Errors
/// `required` at `reason`, the wrong state or person.
pub async fn step_aside(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    act: Aside,
    reason: &str,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    plan.no_gate(&work, task).await?;
    let was = plan.task(task)?;
    let (task, facts) = work::step_aside(was.clone(), act, reason, hand(viewer, edition))?;
    work.note(facts);
    take_step(&mut work, &plan, &was, task, act.code()).await?;
    work.commit().await
}
