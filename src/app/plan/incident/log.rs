//! Writing into the log of an incident.

use super::{keep, person, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::incident;
use domain::{EditionId, IncidentId};

/// Writes what a person has to say.
///
/// # Errors
/// `required` at `text`.
pub async fn note(app: &App, viewer: &Viewer, edition: EditionId, id: IncidentId, text: &str) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let (incident, _) = take(&work, edition, id).await?;
    let (incident, line, facts) = incident::note(incident, text, &person(viewer, edition), work.now())?;
    keep(&work, &incident, &[line]).await?;
    work.note(facts);
    work.commit().await
}

/// The first action is done: stops its clock.
///
/// # Errors
/// `incident-first-action-done`, `incident-over`.
pub async fn first_action(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: IncidentId,
    text: &str,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let (incident, entry) = take(&work, edition, id).await?;
    let (incident, line, facts) = incident::first_action(incident, entry, text, &person(viewer, edition), work.now())?;
    keep(&work, &incident, &[line]).await?;
    work.note(facts);
    work.commit().await
}
