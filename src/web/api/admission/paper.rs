//! The badge that comes out because of a scan, for devices of other makers: asked for, and followed until it is on paper.

use super::super::{ApiFail, Problem};
use crate::arrival;
use crate::guard::ApiDevice;
use crate::path::Path;
use app::App;
use axum::Json;
use axum::extract::State;
use domain::ScanId;
use domain::printing::Failure;
use serde::Serialize;
use templates::desk::paper::Paper;
use utoipa::{OpenApi, ToSchema};

/// This part of the description.
#[derive(OpenApi)]
#[openapi(paths(look, print), components(schemas(PaperOut)))]
pub(super) struct Doc;

/// A badge on its way to paper.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PaperOut {
    /// `waiting`, `printing`, `printed`, `failed`, `unsure`, `cancelled`.
    state: &'static str,
    /// Id of the station where it comes out; another than before when its printer failed and a stand-in took it.
    station: String,
    /// Name of the station.
    station_name: String,
    /// What kept it from being printed last; absent when nothing did.
    failure: Option<&'static str>,
    /// It may still change: ask again in some seconds.
    open: bool,
}

impl From<Paper> for PaperOut {
    fn from(paper: Paper) -> Self {
        let (station, name) = paper.station();
        Self {
            state: paper.state().code(),
            station: station.to_string(),
            station_name: name.to_owned(),
            failure: paper.failure().map(Failure::code),
            open: paper.is_open(),
        }
    }
}

/// How far the badge is of the person this device let in by the scan. 404 when none comes out: the person held paper
/// already, was not let in, or no station is at hand.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/scans/{scan}/paper", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("scan" = String, Path, description = "id of a scan of this device")),
    responses((status = 200, body = PaperOut), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn look(
    device: ApiDevice,
    State(app): State<App>,
    Path((_, scan)): Path<(String, ScanId)>,
) -> Result<Json<PaperOut>, ApiFail> {
    let answer = arrival::own_answer(&app, &device.known, scan).await?;
    let paper = arrival::of_answer(&app, &device.known, &answer, None).await?.ok_or(ApiFail::Missing)?;
    Ok(Json(paper.into()))
}

/// Sends the badge of the person this device let in by the scan to the station at hand, unless it is on paper or on its
/// way. Asking again is safe; it prints once more only what failed.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/scans/{scan}/paper", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("scan" = String, Path, description = "id of a scan of this device")),
    responses((status = 200, body = PaperOut), (status = 401, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn print(
    device: ApiDevice,
    State(app): State<App>,
    Path((_, scan)): Path<(String, ScanId)>,
) -> Result<Json<PaperOut>, ApiFail> {
    let answer = arrival::own_answer(&app, &device.known, scan).await?;
    let queued = arrival::print_again(&app, &device.known, &answer).await?;
    let paper = match queued {
        Some(paper) => Some(paper),
        None => arrival::of_answer(&app, &device.known, &answer, None).await?,
    };
    Ok(Json(paper.ok_or(ApiFail::Missing)?.into()))
}
