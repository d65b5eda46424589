//! Adding risks to the register and changing them.

use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::risk::register::{RiskDraft, RiskEvent, fact};
use domain::{EditionId, UserId};
use store::read;
use store::record::plan as record;

async fn team(app: &App, edition: EditionId) -> Result<Vec<UserId>, Error> {
    Ok(read::access::team(&app.reader(), edition).await?.into_iter().map(|(id, _, _)| id).collect())
}

/// Adds a risk.
///
/// # Errors
/// Every field that cannot be accepted; `Missing` without a plan.
pub async fn add_risk(app: &App, viewer: &Viewer, edition: EditionId, draft: &RiskDraft) -> Result<RiskEvent, Error> {
    let team = team(app, edition).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let sheet = record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let command = draft.parse(&sheet, &team)?;
    let number = record::next_risk(work.tx(), edition).await?;
    let risk = command.risk(work.id(), edition, number, 1);
    record::insert_risk(work.tx(), &risk, work.now()).await?;
    work.note([fact(&risk, true)]);
    work.commit().await?;
    Ok(risk)
}

/// Changes a risk.
///
/// # Errors
/// Every field that cannot be accepted; `Stale` when somebody else changed it since it was read.
pub async fn change_risk(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    number: i32,
    draft: &RiskDraft,
) -> Result<RiskEvent, Error> {
    let team = team(app, edition).await?;
    let mut work = app.begin(viewer.actor()).await?;
    let sheet = record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let old = read::plan::risk(work.tx(), edition, number).await?.ok_or(Error::Missing)?;
    let read = draft.version.trim().parse().unwrap_or(old.version);
    if read != old.version {
        return Err(Error::Stale);
    }
    let risk = draft.parse(&sheet, &team)?.risk(old.id, edition, number, old.version);
    record::save_risk(work.tx(), &risk).await?;
    work.note([fact(&risk, false)]);
    work.commit().await?;
    Ok(RiskEvent { version: risk.version + 1, ..risk })
}
