//! Levellings over the API: ask, watch, accept, discard.

use super::crews::OverloadOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::LevellingId;
use domain::edition::Edition;
use domain::plan::axis;
use domain::plan::level::plan::levelling::{Levelling, LevellingDraft};
use domain::plan::level::plan::propose::LevelMove;
use serde::{Deserialize, Serialize};
use store::read::plan as read;
use utoipa::ToSchema;

type LevellingPath = Path<(String, String)>;
type Done = Result<Json<LevellingOut>, ApiFail>;

/// A task that moves, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevelMoveOut {
    /// Code of the task.
    code: String,
    /// Start without levelling.
    from: DateTime<Utc>,
    /// Start with it.
    to: DateTime<Utc>,
    /// Code of the task it would follow by a soft link; absent: a not-before date.
    after: Option<String>,
    /// The conflict it solves.
    conflict: OverloadOut,
    /// Working minutes of total float it costs.
    cost_minutes: i64,
    /// Total float left, in working minutes.
    float_minutes: i64,
}

impl LevelMoveOut {
    fn of(one: &LevelMove, edition: &Edition) -> Self {
        Self {
            code: one.code.clone(),
            from: axis::instant(one.from, edition.time_zone),
            to: axis::instant(one.to, edition.time_zone),
            after: one.after_code.clone(),
            conflict: OverloadOut::of(&one.conflict, edition),
            cost_minutes: one.cost(),
            float_minutes: one.float_after,
        }
    }
}

/// A levelling.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevellingOut {
    /// Id.
    id: String,
    /// `queued`, `running`, `proposed`, `accepted`, `discarded`, `cancelled`, `failed`.
    state: &'static str,
    /// Revision of the plan it belongs to.
    revision: i32,
    /// The same seed proposes the same.
    seed: u64,
    /// Schedules it may try.
    budget: u64,
    /// Schedules tried so far.
    built: u64,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// For accepting and discarding it.
    version: i32,
    /// The moves it proposes.
    moves: Vec<LevelMoveOut>,
    /// What crews and places lacked without it.
    before: Vec<OverloadOut>,
    /// What it cannot solve.
    left: Vec<OverloadOut>,
    /// Working minutes before D0 without it.
    room_before_minutes: Option<i64>,
    /// Working minutes before D0 with it.
    room_after_minutes: Option<i64>,
}

impl LevellingOut {
    fn of(one: &Levelling, edition: &Edition) -> Self {
        let proposal = one.proposal.clone().unwrap_or_default();
        let overloads = |all: &[_]| all.iter().map(|one| OverloadOut::of(one, edition)).collect();
        Self {
            id: one.id.to_string(),
            state: one.state.code(),
            revision: one.revision,
            seed: one.seed,
            budget: one.budget,
            built: one.built,
            asked_at: one.asked_at,
            version: one.version,
            moves: proposal.moves.iter().map(|one| LevelMoveOut::of(one, edition)).collect(),
            before: overloads(&proposal.before),
            left: overloads(&proposal.left),
            room_before_minutes: proposal.room_before,
            room_after_minutes: proposal.room_after,
        }
    }
}

async fn now(app: &App, edition: &Edition, id: LevellingId) -> Done {
    let one = read::levelling(&app.reader(), edition.id, id).await?.ok_or(ApiFail::Missing)?;
    Ok(Json(LevellingOut::of(&one, edition)))
}

fn id_of(text: &str) -> Result<LevellingId, ApiFail> {
    text.parse().map_err(|_| ApiFail::Missing)
}

/// The latest levellings, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/levellings", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = [LevellingOut])))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Vec<LevellingOut>>, ApiFail> {
    let all = read::levellings(&app.reader(), caller.edition.id, 50).await?;
    Ok(Json(all.iter().map(|one| LevellingOut::of(one, &caller.edition)).collect()))
}

/// A wish to level.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LevellingIn {
    /// Schedules to try; 1000 when absent.
    budget: Option<u64>,
    /// Seed; 1 when absent.
    seed: Option<u64>,
}

/// Asks for a levelling; it is computed beside requests.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/levellings", tag = "plan", security(("token" = [])),
    request_body = LevellingIn, params(("edition" = String, Path)),
    responses((status = 200, body = LevellingOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn ask(caller: Api<may::PlanEdit>, State(app): State<App>, Body(body): Body<LevellingIn>) -> Done {
    let text = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let draft = LevellingDraft { budget: text(body.budget), seed: text(body.seed) };
    let id = app::plan::ask_levelling(&app, &caller.viewer, caller.edition.id, &draft).await?;
    now(&app, &caller.edition, id).await
}

/// A levelling: how far it is, what it proposes.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/levellings/{levelling}", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("levelling" = String, Path, description = "id")),
    responses((status = 200, body = LevellingOut), (status = 404, body = Problem)))]
pub(super) async fn show(caller: Api<may::PlanRead>, State(app): State<App>, Path((_, id)): LevellingPath) -> Done {
    now(&app, &caller.edition, id_of(&id)?).await
}

/// Stops a levelling; it proposes the best it has found.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/levellings/{levelling}/stop", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("levelling" = String, Path, description = "id")),
    responses((status = 200, body = LevellingOut), (status = 409, body = Problem)))]
pub(super) async fn stop(caller: Api<may::PlanEdit>, State(app): State<App>, Path((_, id)): LevellingPath) -> Done {
    let id = id_of(&id)?;
    app::plan::stop_levelling(&app, &caller.viewer, caller.edition.id, id).await?;
    now(&app, &caller.edition, id).await
}

/// What a person makes of a proposal.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChosenIn {
    /// Version that was read; the current one when absent.
    version: Option<i32>,
    /// Codes of the tasks whose moves are accepted; all when absent.
    moves: Option<Vec<String>>,
}

async fn version(app: &App, edition: &Edition, id: LevellingId, given: Option<i32>) -> Result<i32, ApiFail> {
    let one = read::levelling(&app.reader(), edition.id, id).await?.ok_or(ApiFail::Missing)?;
    Ok(given.unwrap_or(one.version))
}

/// Accepts a proposal, whole or the named moves of it.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/levellings/{levelling}/accept", tag = "plan",
    security(("token" = [])), request_body = ChosenIn,
    params(("edition" = String, Path), ("levelling" = String, Path, description = "id")),
    responses((status = 200, body = LevellingOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn accept(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): LevellingPath,
    Body(body): Body<ChosenIn>,
) -> Done {
    let id = id_of(&id)?;
    let version = version(&app, &caller.edition, id, body.version).await?;
    let chosen = (version, body.moves.as_deref());
    app::plan::accept_levelling(&app, &caller.viewer, caller.edition.id, id, chosen).await?;
    now(&app, &caller.edition, id).await
}

/// Discards a proposal.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/levellings/{levelling}/discard", tag = "plan",
    security(("token" = [])), request_body = ChosenIn,
    params(("edition" = String, Path), ("levelling" = String, Path, description = "id")),
    responses((status = 200, body = LevellingOut), (status = 409, body = Problem)))]
pub(super) async fn discard(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, id)): LevellingPath,
    Body(body): Body<ChosenIn>,
) -> Done {
    let id = id_of(&id)?;
    let version = version(&app, &caller.edition, id, body.version).await?;
    app::plan::discard_levelling(&app, &caller.viewer, caller.edition.id, id, version).await?;
    now(&app, &caller.edition, id).await
}
