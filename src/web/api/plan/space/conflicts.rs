//! Reservations, conflicts, and ways out: preview, then take.

use super::super::change::DeltaOut;
use super::assessed;
use crate::api::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use app::App;
use app::plan::space::{apply_repair, preview_repair};
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::plan::axis;
use domain::plan::space::view::conflict_rows;
use serde::{Deserialize, Serialize};
use templates::Lang;
use templates::organizer::plan::space::{conflict_words, way_words};
use utoipa::ToSchema;
use uuid::Uuid;

/// Conflicts for which ways out are looked for.
const WAYS_FOR: usize = 60;

/// A task at a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReservationOut {
    /// Code of the task.
    task: String,
    /// The place.
    place: Uuid,
    /// `x` exclusive, `s` shared, `p` pass, `k` keep clear.
    mode: &'static str,
    /// How much.
    quantity: f64,
    /// Of what.
    unit: &'static str,
    /// From when on the place is taken, set-up included.
    from: DateTime<Utc>,
    /// Until when, clear-out included.
    until: DateTime<Utc>,
}

/// What open tasks take of which places when.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/reservations", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<ReservationOut>)))]
pub(super) async fn reservations(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Listing<ReservationOut>>, ApiFail> {
    let (board, assessment) = assessed(&app, &caller.edition).await?;
    let instant = |minute: i64| axis::instant(minute, caller.edition.time_zone);
    let out = assessment.reservations.iter().map(|one| ReservationOut {
        task: board.rows[one.demand.task as usize].code.clone(),
        place: board.sheet.space.tree.spot(one.demand.place).id.uuid(),
        mode: one.demand.mode.code(),
        quantity: one.demand.quantity as f64 / 100.0,
        unit: one.demand.unit.code(),
        from: instant(one.from),
        until: instant(one.until),
    });
    Ok(Json(Listing { items: out.collect(), next: None }))
}

/// A way out of a conflict.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayOut {
    /// Stable name while the plan stands as it is.
    way: String,
    /// What it means, in English.
    words: String,
    /// Minutes by which anything beyond the task itself may have to move.
    cost_minutes: i64,
}

/// Conflicts of the same tasks in the same way, at any number of places.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictOut {
    /// Stable name while the plan stands as it is.
    conflict: String,
    /// `state`, `exclusive`, `keep_clear`, `access`, `capacity`.
    kind: &'static str,
    /// What it means, in English.
    words: String,
    /// Codes of the tasks.
    tasks: Vec<String>,
    /// The places.
    places: Vec<Uuid>,
    /// From when.
    from: DateTime<Utc>,
    /// Until when.
    until: DateTime<Utc>,
    /// Ways out, the cheapest first.
    ways: Vec<WayOut>,
}

/// Everything that stands against something else, the worst first, with the cheapest ways out.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/conflicts", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<ConflictOut>)))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Listing<ConflictOut>>, ApiFail> {
    let (board, assessment) = assessed(&app, &caller.edition).await?;
    let instant = |minute: i64| axis::instant(minute, caller.edition.time_zone);
    let rows = conflict_rows(&board, &assessment, WAYS_FOR);
    let out = rows.iter().map(|row| ConflictOut {
        conflict: row.group.key.clone(),
        kind: row.group.kind.code(),
        words: conflict_words(Lang::EN, row),
        tasks: row.tasks.iter().map(|(code, _)| code.clone()).collect(),
        places: row.places.iter().map(|(id, _)| id.uuid()).collect(),
        from: instant(row.group.from),
        until: instant(row.group.until),
        ways: row
            .ways
            .iter()
            .map(|(code, offer)| WayOut {
                way: code.clone(),
                words: way_words(Lang::EN, &board, offer),
                cost_minutes: offer.cost,
            })
            .collect(),
    });
    Ok(Json(Listing { items: out.collect(), next: None }))
}

/// A way out to look at or to take.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RepairIn {
    /// Name of the conflict.
    conflict: String,
    /// Name of the way out.
    way: String,
    /// Why; needed to take it.
    reason: String,
    /// Revision of the plan whose preview was seen; the current one when absent.
    revision: Option<i32>,
}

/// What a way out would move. Nothing is saved.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/conflicts/preview", tag = "plan",
    security(("token" = [])), request_body = RepairIn, params(("edition" = String, Path)),
    responses((status = 200, body = DeltaOut), (status = 409, body = Problem)))]
pub(super) async fn preview(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<RepairIn>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let way = preview_repair(&app, &caller.viewer, &caller.edition, &body.conflict, &body.way).await?;
    Ok(Json(DeltaOut::of(&way.board, &way.delta)))
}

/// Takes a way out; answers what it moved.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/conflicts/repair", tag = "plan",
    security(("token" = [])), request_body = RepairIn, params(("edition" = String, Path)),
    responses((status = 200, body = DeltaOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn repair(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<RepairIn>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let before = super::board(&app, &caller.edition).await?;
    let revision = body.revision.unwrap_or(before.sheet.revision);
    let chosen = (body.conflict.as_str(), body.way.as_str());
    let delta = apply_repair(&app, &caller.viewer, &caller.edition, chosen, &body.reason, revision).await?;
    Ok(Json(DeltaOut::of(&super::board(&app, &caller.edition).await?, &delta)))
}
