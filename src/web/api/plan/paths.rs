//! What holds a task or milestone, over the API.

use super::board;
use crate::api::{ApiFail, Problem};
use crate::guard::{Api, may};
use app::App;
use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(super) struct PathsQuery {
    /// Code of the task or milestone; the opening when absent.
    to: String,
    /// Chains with at most this much room, in working minutes.
    within_minutes: i64,
    /// Chains at most, up to 100; 10 when absent.
    most: Option<usize>,
}

/// A chain that holds the task.
#[derive(Debug, Serialize, ToSchema)]
pub struct PathOut {
    /// Working minutes the chain may slip before it moves the task; 0 is the critical path.
    room_minutes: i64,
    /// Codes from first cause to the task.
    codes: Vec<String>,
}

/// The critical and near-critical paths to a task or milestone, tightest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/paths", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), PathsQuery),
    responses((status = 200, body = Vec<PathOut>), (status = 404, body = Problem)))]
pub(super) async fn paths(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(query): Query<PathsQuery>,
) -> Result<Json<Vec<PathOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let named = board.find(&query.to).and_then(|task| board.sheet.position(task.id));
    let opening = board.computed.opening.filter(|_| query.to.is_empty());
    let target = named.or(opening).ok_or(ApiFail::Missing)?;
    let (net, schedule) = (&board.computed.network, &board.computed.schedule);
    let most = query.most.unwrap_or(10).min(100);
    let found = net.paths(schedule, target, query.within_minutes.clamp(0, 1_000_000), most);
    let out = found.iter().map(|path| PathOut {
        room_minutes: path.room,
        codes: path.activities.iter().map(|&at| net.code(at).to_owned()).collect(),
    });
    Ok(Json(out.collect()))
}
