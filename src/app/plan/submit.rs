//! Handing work in, with evidence.

use super::beside::take_step;
use super::evidence::maybe;
use super::under_way::{hand, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::document::Upload;
use domain::plan::work::{self, Submission};
use domain::{EditionId, TaskId};
use store::record::plan::{NewReport, insert_report};

/// Hands a task in.
///
/// # Errors
/// `required` at `text`, predecessors that still hold the finish, the wrong state or person.
pub async fn submit(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    text: &str,
    file: Option<&Upload>,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let before = plan.old.before_of(task);
    let document = maybe(&work, edition, file).await?;
    let what = Submission { text: text.trim().to_owned(), document };
    let was = plan.task(task)?;
    let (task, facts) = work::submit(was.clone(), &what, &before, hand(viewer, edition), work.now())?;
    let report =
        NewReport { id: work.id(), kind: "submit", round: task.round, text: what.text, document, by: viewer.user };
    insert_report(work.tx(), edition, task.id, &report, work.now()).await?;
    work.note(facts);
    take_step(&mut work, &plan, &was, task, "submit").await?;
    work.commit().await
}
