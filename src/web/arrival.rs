//! Paper for people who are let in: where a station is at hand, the badge comes out with the answer. For the pages of
//! devices and for devices of other makers alike.

use crate::printers::{at_device, last_job};
use app::admission::KnownDevice;
use app::{App, Error, printing as verbs};
use domain::admission::Direction;
use domain::admission::view::{Answer, Person};
use domain::journal::Actor;
use domain::printing::JobState;
use domain::{PrintStationId, RegistrationId, ScanId};
use store::read::admission;
use templates::desk::paper::Paper;

/// The answer to a scan of this very device.
pub(crate) async fn own_answer(app: &App, known: &KnownDevice, scan: ScanId) -> Result<Answer, Error> {
    let its = &known.key.device;
    admission::own_answer(&app.reader(), its.edition, its.id, scan).await?.ok_or(Error::Missing)
}

/// Whom a badge comes out for: somebody let in by a device that stands where people come in.
fn comes_in<'a>(known: &KnownDevice, answer: &'a Answer) -> Option<&'a Person> {
    let prints = known.key.device.profile.prints_on_entry();
    let comes_in = answer.verdict.admits() && answer.direction == Direction::In;
    answer.person.as_ref().filter(|_| prints && comes_in)
}

/// How far the badge is of somebody who was let in. `first`: the station that was shown at first, so that a badge that
/// went on to another says so. Paper that was there before the person came is nothing to tell.
pub(crate) async fn of_answer(
    app: &App,
    known: &KnownDevice,
    answer: &Answer,
    first: Option<PrintStationId>,
) -> Result<Option<Paper>, Error> {
    let Some(person) = comes_in(known, answer) else { return Ok(None) };
    let edition = known.key.device.edition;
    let Some(line) = last_job(app, edition, person.registration, Vec::new()).await? else { return Ok(None) };
    let over = matches!(line.job.state, JobState::Printed | JobState::Cancelled);
    if over && line.job.created_at < answer.server_time {
        return Ok(None);
    }
    let printers = at_device(app, known).await?;
    Ok(Paper::of(&line, &printers).map(|paper| paper.first_at(first, &printers)))
}

/// A person let in who holds no paper gets it from the station at hand. The answer of the door stands whatever becomes
/// of the print: a fault of it is for the log. Whoever holds paper already is told nothing.
pub(crate) async fn after_scan(app: &App, known: &KnownDevice, answer: &Answer) -> Option<Paper> {
    let person = comes_in(known, answer)?;
    queued(app, known, person.registration).await.unwrap_or_else(|error| {
        tracing::warn!(?error, "a badge was not sent to the station at hand");
        None
    })
}

/// The same once more, when the first print did not come out; nothing where paper may be out or on its way.
pub(crate) async fn print_again(app: &App, known: &KnownDevice, answer: &Answer) -> Result<Option<Paper>, Error> {
    match comes_in(known, answer) {
        Some(person) => queued(app, known, person.registration).await,
        None => Ok(None),
    }
}

async fn queued(app: &App, known: &KnownDevice, registration: RegistrationId) -> Result<Option<Paper>, Error> {
    let its = &known.key.device;
    let printers = at_device(app, known).await?;
    let Some(station) = printers.here else { return Ok(None) };
    let actor = Actor::Device { id: its.id, name: its.name.clone() };
    if verbs::print_arrival(app, actor, its.edition, registration, station).await?.is_none() {
        return Ok(None);
    }
    let line = last_job(app, its.edition, registration, Vec::new()).await?;
    Ok(line.and_then(|line| Paper::of(&line, &printers)))
}
