//! Opening and closing deviations.

use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::deviation::{self, DeviationDraft, Found};
use domain::{DeviationId, EditionId, Refusal, TaskId};
use store::read;
use store::record::plan as record;

/// Opens a deviation, at a task or at the edition.
///
/// # Errors
/// Every field that cannot be read; an owner who is not on the team.
pub async fn open_deviation(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: Option<TaskId>,
    draft: &DeviationDraft,
) -> Result<DeviationId, Error> {
    let command = draft.parse()?;
    on_team(app, edition, &draft.owner).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let round = match task {
        Some(task) => record::task(work.tx(), edition, task).await?.ok_or(Error::Missing)?.round,
        None => 0,
    };
    let found = Found { edition, task, round };
    let (one, facts) = deviation::open(work.id(), found, command, viewer.user, work.now());
    record::insert_deviation(work.tx(), &one).await?;
    work.note(facts);
    work.commit().await?;
    Ok(one.id)
}

/// Changes severity, words, owner and day of an open deviation; `version` is the one the form was opened with.
///
/// # Errors
/// `Stale` when somebody changed it since; every field that cannot be read; an owner who is not on the team.
pub async fn edit_deviation(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: DeviationId,
    draft: &DeviationDraft,
    version: i32,
) -> Result<(), Error> {
    let command = draft.parse()?;
    on_team(app, edition, &draft.owner).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let one = read::plan::deviation(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    if one.version != version {
        return Err(Error::Stale);
    }
    let (one, facts) = deviation::edit(one, command)?;
    record::save_deviation(work.tx(), &one).await?;
    work.note(facts);
    work.commit().await
}

/// Closes a deviation with proof.
///
/// # Errors
/// `required` at `proof`, `deviation-closed` when somebody closed it before.
pub async fn close_deviation(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: DeviationId,
    proof: &str,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let one = read::plan::deviation(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    let (one, facts) = deviation::close(one, proof, viewer.user, work.now())?;
    record::save_deviation(work.tx(), &one).await?;
    work.note(facts);
    work.commit().await
}

/// Refuses an owner who is not on the team of the edition.
pub(super) async fn on_team(app: &App, edition: EditionId, owner: &str) -> Result<(), Error> {
    let owner = owner.trim();
    let team = read::access::team(&app.reader(), edition).await?;
    if !owner.is_empty() && !team.iter().any(|(id, _, _)| id.to_string() == owner) {
        return Err(Refusal::invalid("task-not-on-team").at("owner").into());
    }
    Ok(())
}
