//! Signing accepted work: the record is frozen, what waits for the signature is let go.

use super::under_way::{hand, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::work;
use domain::{EditionId, TaskId};
use store::read::plan as read;
use store::record::plan as record;

/// Confirms a task.
///
/// # Errors
/// The owner or doer as confirmer, an open blocking deviation, the wrong state.
pub async fn confirm(app: &App, viewer: &Viewer, edition: EditionId, task: TaskId, text: &str) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let task = plan.task(task)?;
    let doer = read::doer(work.tx(), edition, task.id, task.round).await?.map(|(user, _)| user);
    let open = read::blocking_open(work.tx(), edition, task.id).await?;
    let (task, facts) = work::confirm(task, doer, open, hand(viewer, edition))?;
    let report = record::NewReport {
        id: work.id(),
        kind: "confirm",
        round: task.round,
        text: text.trim().chars().take(4_000).collect(),
        document: None,
        by: viewer.user,
    };
    record::insert_report(work.tx(), edition, task.id, &report, work.now()).await?;
    work.note(facts);
    let id = task.id;
    let mut new = plan.with(task);
    super::space::produce(&mut work, &mut new, id).await?;
    plan.settle(&mut work, new, Some(id)).await?;
    work.commit().await
}
