//! Verbs of incidents: declare, write into the log, note the first action, stand down. Each adds sealed lines to the
//! log in the transaction that changes the incident.

mod declare;
mod log;
mod stand_down;

pub use declare::{Declare, declare};
pub use log::{first_action, note};
pub use stand_down::stand_down;

use crate::{Error, Work};
use domain::access::Viewer;
use domain::plan::contingency::{self, Entry};
use domain::plan::incident::{Incident, Line, Person};
use domain::{EditionId, IncidentId};
use store::record::incident as record;

/// A viewer as the log names them.
pub fn person(viewer: &Viewer, edition: EditionId) -> Person {
    Person { id: viewer.user, name: viewer.name.clone(), roles: viewer.roles(edition).collect() }
}

/// An incident taken for changing, with its entry of the book.
async fn take(work: &Work, edition: EditionId, id: IncidentId) -> Result<(Incident, &'static Entry), Error> {
    let incident = record::take(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    let entry = contingency::find(&incident.entry).ok_or(Error::Missing)?;
    Ok((incident, entry))
}

/// Saves an incident with the lines it got.
async fn keep(work: &Work, incident: &Incident, lines: &[Line]) -> Result<(), Error> {
    record::insert_lines(work.tx(), incident.id, lines).await?;
    Ok(record::save(work.tx(), incident).await?)
}
