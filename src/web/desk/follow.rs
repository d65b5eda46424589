//! Following a badge that comes out because somebody was let in: the verdict on the screen asks every few seconds, by the
//! scan that made it. A device sees what its own scans set going and nothing else.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, see_other},
    arrival,
    guard::Device,
    path::Path,
};
use app::App;
use axum::Json;
use axum::extract::{Query, State};
use domain::{PrintStationId, ScanId};
use serde::{Deserialize, Serialize};
use templates::links;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/desk/scans/{scan}/paper", Need::Device, look);
    s.post("/desk/scans/{scan}/paper", Need::Device, again);
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Seen {
    /// The station shown at first.
    first: String,
}

/// What the script puts in the place of what it shows; empty when there is nothing to follow any more.
#[derive(Serialize)]
struct Drawn {
    html: String,
}

async fn look(
    device: Device,
    State(app): State<App>,
    Path(scan): Path<ScanId>,
    Query(seen): Query<Seen>,
) -> Result<Json<Drawn>, Fail> {
    let answer = arrival::own_answer(&app, &device.known, scan).await?;
    let first = seen.first.parse::<PrintStationId>().ok();
    let paper = arrival::of_answer(&app, &device.known, &answer, first).await?;
    let profile = device.known.key.device.profile;
    let html = paper.map(|paper| paper.followed(device.ui.lang, scan, profile).into_string());
    Ok(Json(Drawn { html: html.unwrap_or_default() }))
}

/// Prints once more what did not come out. Nothing is printed twice by it: a badge that may be on paper stays alone.
async fn again(device: Device, State(app): State<App>, Path(scan): Path<ScanId>) -> Answer {
    let answer = arrival::own_answer(&app, &device.known, scan).await?;
    arrival::print_again(&app, &device.known, &answer).await?;
    see_other(&links::desk::home().query(&[("scan", &scan.to_string())]))
}
