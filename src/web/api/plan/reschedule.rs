//! The data date over the API: what moving it to today would move, and moving it.

use super::change::DeltaOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use app::App;
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

/// This file's part of the description.
#[derive(OpenApi)]
#[openapi(paths(look, move_on), components(schemas(DataDateOut, DataDateIn)))]
pub struct Doc;

/// The data date, and what it does.
#[derive(Debug, Serialize, ToSchema)]
pub struct DataDateOut {
    /// Up to here everything is fact; nothing where the plan never had one.
    data_date: Option<DateTime<Utc>>,
    /// What moving it to today moves, or has moved.
    delta: DeltaOut,
}

/// Moving the data date.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DataDateIn {
    /// Revision of the plan whose preview was seen; the current one when absent.
    revision: Option<i32>,
}

/// The data date, and what moving it to today would move.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/data-date", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)),
    responses((status = 200, body = DataDateOut), (status = 404, body = Problem)))]
pub(super) async fn look(caller: Api<may::PlanRead>, State(app): State<App>) -> Result<Json<DataDateOut>, ApiFail> {
    let (board, delta) = app::plan::preview_reschedule(&app, &caller.edition).await?;
    Ok(Json(DataDateOut { data_date: board.sheet.data_date, delta: DeltaOut::of(&board, &delta) }))
}

/// Moves the data date to today: what is behind it is fact, what is left to do begins at it or later.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/data-date", tag = "plan", security(("token" = [])),
    request_body = DataDateIn, params(("edition" = String, Path)),
    responses((status = 200, body = DataDateOut), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn move_on(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<DataDateIn>,
) -> Result<Json<DataDateOut>, ApiFail> {
    let delta = app::plan::reschedule(&app, &caller.viewer, &caller.edition, body.revision).await?;
    let board = super::board(&app, &caller.edition).await?;
    Ok(Json(DataDateOut { data_date: board.sheet.data_date, delta: DeltaOut::of(&board, &delta) }))
}
