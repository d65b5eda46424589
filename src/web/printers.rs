//! Where a badge comes out for people at a place: the station chosen for a device or in a browser of the team, or the
//! one that stands at the device's gate; and how far a badge on its way is.

use crate::answer::set_cookie;
use crate::ui;
use app::admission::KnownDevice;
use app::{App, Error};
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar};
use domain::printing::station::{StationChoice, at_hand};
use domain::printing::view::{JobLine, LogFilter};
use domain::printing::{JobState, Station};
use domain::{EditionId, PrintStationId, RegistrationId};
use serde::Deserialize;
use store::read::{printing, registration as people};
use templates::desk::paper::{Paper, Printers};

/// The station chosen last in a browser of the team. It only fills in a form that a person sends; a device never reads
/// it, because what is chosen there prints by itself and is kept with the device.
const STATION: &str = "fl_station";

/// What was chosen in this browser of the team.
pub(crate) fn remembered(jar: &CookieJar) -> StationChoice {
    jar.get(STATION).map(Cookie::value).map_or(StationChoice::AtGate, StationChoice::parse)
}

/// Keeps what was chosen in this browser of the team for the next person.
pub(crate) fn remember(response: &mut Response, choice: StationChoice) {
    set_cookie(response, ui::lasting(STATION, choice.code()));
}

/// Stations of an edition that take badges, and the one at hand. `gate` is the code of the gate one stands at, or empty.
pub(crate) async fn printers(
    app: &App,
    choice: StationChoice,
    edition: EditionId,
    gate: &str,
) -> Result<Printers, Error> {
    let mut stations = printing::stations(&app.reader(), edition).await?;
    stations.retain(Station::takes_jobs);
    let here = at_hand(&stations, choice, gate).map(|station| station.id);
    Ok(Printers { stations, here, now: app.now() })
}

/// The same, seen from a device.
pub(crate) async fn at_device(app: &App, known: &KnownDevice) -> Result<Printers, Error> {
    let its = &known.key.device;
    printers(app, its.station, its.edition, &known.key.gate).await
}

/// How far the badge is that was asked for last.
pub(crate) async fn paper(
    app: &App,
    printers: &Printers,
    edition: EditionId,
    registration: RegistrationId,
) -> Result<Option<Paper>, Error> {
    let states = JobState::ALL.iter().copied().filter(|state| *state != JobState::Cancelled).collect();
    Ok(last_job(app, edition, registration, states).await?.and_then(|line| Paper::of(&line, printers)))
}

/// The last job of the badge that is valid now. What became of one before it says nothing of the paper in hand: a new
/// badge whose print never came out must not pass for printed.
pub(crate) async fn last_job(
    app: &App,
    edition: EditionId,
    registration: RegistrationId,
    states: Vec<JobState>,
) -> Result<Option<JobLine>, Error> {
    let reader = app.reader();
    let Some(badge) = people::active_credential(&reader, edition, registration).await? else { return Ok(None) };
    let filter =
        LogFilter { states, registration: Some(registration), credential: Some(badge.id), ..LogFilter::default() };
    Ok(printing::jobs(&reader, edition, &filter, None, 1).await?.lines.into_iter().next())
}

/// Where the badge of somebody new comes out, as a form asks it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Where {
    /// A station, or `none` to print later; absent when the form did not ask.
    station: Option<String>,
}

impl Where {
    /// The station, if one was chosen.
    pub(crate) fn station(&self) -> Option<PrintStationId> {
        self.choice().and_then(StationChoice::station)
    }

    /// What is to be kept for the next person. Where no station was at hand the form begins with printing later: that was
    /// nobody's choice, and must not stand in the way of a station that is set up afterwards.
    /// `printers` are asked only where that is the question.
    pub(crate) async fn kept(
        &self,
        printers: impl Future<Output = Result<Printers, Error>>,
    ) -> Result<Option<StationChoice>, Error> {
        match self.choice() {
            Some(StationChoice::Nowhere) => Ok(printers.await?.here.map(|_| StationChoice::Nowhere)),
            other => Ok(other),
        }
    }

    /// What was chosen, where the form asked.
    fn choice(&self) -> Option<StationChoice> {
        self.station.as_deref().map(StationChoice::parse)
    }
}
