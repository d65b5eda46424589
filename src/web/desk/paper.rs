//! Paper for people who are let in: where a desk or a kiosk has a station at hand, the badge comes out with the answer.

use crate::printers::{paper, printers};
use crate::{answer::Fail, guard::Device};
use app::{App, printing as verbs};
use axum_extra::extract::cookie::CookieJar;
use domain::RegistrationId;
use domain::admission::Direction;
use domain::admission::view::{Answer as ScanAnswer, Person};
use domain::journal::Actor;
use templates::desk::paper::Paper;

/// Whom a badge comes out for: somebody let in at a desk or a kiosk.
fn comes_in<'a>(device: &Device, answer: &'a ScanAnswer) -> Option<&'a Person> {
    let prints = device.known.key.device.profile.prints_on_entry();
    let comes_in = answer.verdict.admits() && answer.direction == Direction::In;
    answer.person.as_ref().filter(|_| prints && comes_in)
}

/// How far the badge is of somebody who was let in.
pub(super) async fn of_answer(
    device: &Device,
    app: &App,
    jar: &CookieJar,
    answer: &ScanAnswer,
) -> Result<Option<Paper>, Fail> {
    let Some(person) = comes_in(device, answer) else { return Ok(None) };
    let edition = device.known.key.device.edition;
    let printers = printers(app, jar, edition, &device.known.key.gate).await?;
    paper(app, &printers, edition, person.registration).await
}

/// A person let in at a desk or a kiosk who holds no paper gets it from the station there. The answer of the door
/// stands whatever becomes of the print: a fault of it is for the log. Whoever holds paper already is told nothing.
pub(super) async fn after_scan(device: &Device, app: &App, jar: &CookieJar, answer: &ScanAnswer) -> Option<Paper> {
    let person = comes_in(device, answer)?;
    queued(device, app, jar, person.registration).await.unwrap_or_else(|fail| {
        tracing::warn!(?fail, "a badge was not sent to the station at hand");
        None
    })
}

async fn queued(
    device: &Device,
    app: &App,
    jar: &CookieJar,
    registration: RegistrationId,
) -> Result<Option<Paper>, Fail> {
    let its = &device.known.key.device;
    let printers = printers(app, jar, its.edition, &device.known.key.gate).await?;
    let Some(station) = printers.here else { return Ok(None) };
    let actor = Actor::Device { id: its.id, name: its.name.clone() };
    match verbs::print_arrival(app, actor, its.edition, registration, station).await? {
        Some(_) => paper(app, &printers, its.edition, registration).await,
        None => Ok(None),
    }
}
