//! Standing an incident down: the decision owner confirms the book's criterion.

use super::super::space::end_closure;
use super::declare::both;
use super::{keep, person, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::plan::incident::{self, LineKind};
use domain::{EditionId, IncidentId};

/// Stands an incident down. `met` says that the criterion is met, `text` by what.
///
/// # Errors
/// Another than the decision owner, the first action still open, nothing said.
pub async fn stand_down(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: IncidentId,
    met: bool,
    text: &str,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let (incident, entry) = take(&work, edition, id).await?;
    let by = person(viewer, edition);
    let (mut incident, line, facts) = incident::stand_down(incident, entry, met, text, &by, work.now())?;
    let mut lines = vec![line];
    if let (Some(place), Some(closure)) = (incident.place, incident.closure)
        && end_closure(&mut work, edition, place, closure, text.trim()).await?
    {
        lines.push(incident.add(LineKind::Restored, &both(&incident.place_name.clone()), None, work.now()));
    }
    keep(&work, &incident, &lines).await?;
    work.note(facts);
    work.commit().await
}
