//! Saying how long a task may take and what it costs; a first guess for all that nobody estimated.

use crate::{App, Error};
use domain::access::Viewer;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::risk::estimate::{EstimateDraft, SpreadDraft, estimate};
use domain::{EditionId, TaskId};
use store::record::plan as record;

/// Saves the estimate, budget and cost of a task.
///
/// # Errors
/// Every field that cannot be read; `Stale` when the task changed since version `version` was read.
pub async fn estimate_task(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    draft: &EstimateDraft,
    version: Option<i32>,
) -> Result<(), Error> {
    let said = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let old = record::task(work.tx(), edition, task).await?.ok_or(Error::Missing)?;
    if version.is_some_and(|version| version != old.version) {
        return Err(Error::Stale);
    }
    let (new, fact) = estimate(&old, said, viewer.user);
    record::save_estimate(work.tx(), &new).await?;
    work.note([fact]);
    work.commit().await
}

/// Gives every task that lies ahead and has no estimate one, by the spread of its phase; answers how many.
///
/// # Errors
/// Every percentage that cannot be read; `Missing` without a plan.
pub async fn suggest_estimates(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    draft: &SpreadDraft,
) -> Result<usize, Error> {
    let spreads = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let sheet = record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let suggested: Vec<_> = sheet.tasks.iter().filter_map(|task| Some((task.id, spreads.suggest(task)?))).collect();
    record::save_estimates(work.tx(), &suggested).await?;
    if !suggested.is_empty() {
        let fact = Fact::new("plan.estimates_suggested", Subject::new(SubjectKind::Plan, edition), edition)
            .with("count", suggested.len());
        work.note([fact]);
    }
    work.commit().await?;
    Ok(suggested.len())
}
