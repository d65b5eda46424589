//! Where a badge comes out for people at a place: the station chosen in this browser or on this device, remembered
//! there, or the one that stands at the device's gate; and how far a badge on its way is.

use crate::answer::{Fail, set_cookie};
use crate::ui;
use app::App;
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar};
use domain::printing::Station;
use domain::printing::station::at_hand;
use domain::printing::view::LogFilter;
use domain::{EditionId, PrintStationId, RegistrationId};
use serde::Deserialize;
use store::read::printing;
use templates::desk::paper::{NOWHERE, Paper, Printers};

/// The station chosen last in this browser.
const STATION: &str = "fl_station";

/// Stations of an edition that take badges, and the one at hand. `gate` is the code of the gate one stands at, or empty.
pub(crate) async fn printers(app: &App, jar: &CookieJar, edition: EditionId, gate: &str) -> Result<Printers, Fail> {
    let mut stations = printing::stations(&app.reader(), edition).await?;
    stations.retain(Station::takes_jobs);
    let here = match jar.get(STATION).map(Cookie::value) {
        Some(NOWHERE) => None,
        chosen => at_hand(&stations, chosen.and_then(|id| id.parse().ok()), gate).map(|station| station.id),
    };
    Ok(Printers { stations, here, now: app.now() })
}

/// Keeps what was chosen for the next person.
pub(crate) fn remember(response: &mut Response, station: Option<PrintStationId>) {
    let value = station.map_or_else(|| NOWHERE.to_owned(), |id| id.to_string());
    set_cookie(response, ui::lasting(STATION, value));
}

/// How far the badge is that was asked for last.
pub(crate) async fn paper(
    app: &App,
    printers: &Printers,
    edition: EditionId,
    registration: RegistrationId,
) -> Result<Option<Paper>, Fail> {
    let filter = LogFilter { registration: Some(registration), ..LogFilter::default() };
    let jobs = printing::jobs(&app.reader(), edition, &filter, None, 1).await?.lines;
    Ok(jobs.first().and_then(|line| Paper::of(line, printers)))
}

/// Where the badge of somebody new comes out, as a form asks it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Where {
    /// A station, or [`NOWHERE`] to print later; none when the form did not ask.
    station: Option<String>,
}

impl Where {
    /// The station, if one was chosen.
    pub(crate) fn station(&self) -> Option<PrintStationId> {
        self.station.as_deref().and_then(|id| id.parse().ok())
    }

    /// Keeps what was chosen for the next person, where the form asked.
    pub(crate) fn remember(&self, response: &mut Response) {
        if self.station.is_some() {
            remember(response, self.station());
        }
    }
}
