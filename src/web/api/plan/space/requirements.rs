//! What tasks ask of places.

use super::board;
use crate::api::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::plan::space as verbs;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::measure::show_hundredths;
use domain::plan::space::{PlaceState, Requirement, RequirementDraft};
use domain::{RequirementId, TaskId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a task asks of a place, or of every place of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequirementOut {
    /// Identity.
    id: Uuid,
    /// The place; with `each` the place within which; absent for the task's own place or the whole venue.
    place: Option<Uuid>,
    /// Meant is every place of this kind.
    each: Option<&'static str>,
    /// Of the stands only those sold so.
    only: Option<&'static str>,
    /// `x` exclusive, `s` shared, `p` pass, `k` keep clear.
    mode: &'static str,
    /// How much, at each place.
    quantity: f64,
    /// Of what.
    unit: &'static str,
    /// Minutes before the task.
    setup_minutes: i64,
    /// Minutes after it.
    clear_minutes: i64,
    /// State the place must have.
    needs: Option<&'static str>,
    /// `start` or `throughout`.
    when: &'static str,
    /// State the place has once the task is confirmed.
    produces: Option<&'static str>,
    /// Minutes from the task's finish to its confirmation, as planned.
    lead_minutes: i64,
    /// Version, for changing it.
    version: i32,
}

impl RequirementOut {
    fn of(one: &Requirement) -> Self {
        Self {
            id: one.id.uuid(),
            place: one.place.map(Into::into),
            each: one.each.map(domain::venue::PlaceKind::code),
            only: one.only.map(domain::sales::StandKind::code),
            mode: one.mode.code(),
            quantity: one.quantity as f64 / 100.0,
            unit: one.unit.code(),
            setup_minutes: one.setup,
            clear_minutes: one.clear,
            needs: one.needs.map(PlaceState::code),
            when: one.when.code(),
            produces: one.produces.map(PlaceState::code),
            lead_minutes: one.lead,
            version: one.version,
        }
    }
}

/// A requirement as sent; what is absent is none.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RequirementIn {
    /// Place id.
    place: String,
    /// Kind of place.
    each: String,
    /// How the stands are sold.
    only: String,
    /// `x`, `s`, `p`, `k`.
    mode: String,
    /// How much, at each place.
    quantity: Option<f64>,
    /// `m2`, `kw`, `trucks_h`, `persons`, `kg_m2`.
    unit: String,
    /// Minutes before the task.
    setup_minutes: i64,
    /// Minutes after it.
    clear_minutes: i64,
    /// State.
    needs: String,
    /// `start` or `throughout`.
    when: String,
    /// State.
    produces: String,
    /// Minutes.
    lead_minutes: i64,
    /// Version that was read; the current one when absent.
    version: Option<i32>,
}

impl RequirementIn {
    fn draft(self) -> RequirementDraft {
        let hundredths = self.quantity.map(|quantity| (quantity * 100.0).round() as i64);
        RequirementDraft {
            place: self.place,
            each: self.each,
            only: self.only,
            mode: self.mode,
            quantity: hundredths.map(show_hundredths).unwrap_or_default(),
            unit: self.unit,
            setup: self.setup_minutes.to_string(),
            clear: self.clear_minutes.to_string(),
            needs: self.needs,
            when: self.when,
            produces: self.produces,
            lead: self.lead_minutes.to_string(),
            version: self.version.map(|version| version.to_string()).unwrap_or_default(),
        }
    }
}

async fn task_of<P>(caller: &Api<P>, app: &App, name: &str) -> Result<TaskId, ApiFail> {
    Ok(board(app, &caller.edition).await?.find(name).ok_or(ApiFail::Missing)?.id)
}

/// What a task asks of places.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/tasks/{task}/places", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = Vec<RequirementOut>)))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
) -> Result<Json<Listing<RequirementOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let task = board.find(&name).ok_or(ApiFail::Missing)?.id;
    let mine = board.sheet.space.requirements.iter().filter(|one| one.task == task);
    Ok(Json(Listing { items: mine.map(RequirementOut::of).collect(), next: None }))
}

/// Adds a requirement; answers its id.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/places", tag = "plan",
    security(("token" = [])), request_body = RequirementIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = Uuid), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Body(body): Body<RequirementIn>,
) -> Result<Json<Uuid>, ApiFail> {
    let task = task_of(&caller, &app, &name).await?;
    let id = verbs::add_requirement(&app, &caller.viewer, caller.edition.id, task, &body.draft()).await?;
    Ok(Json(id.uuid()))
}

type OnePath = Path<(String, String, RequirementId)>;

/// Puts a requirement in place of one there is.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/tasks/{task}/places/{requirement}", tag = "plan",
    security(("token" = [])), request_body = RequirementIn,
    params(("edition" = String, Path), ("task" = String, Path), ("requirement" = Uuid, Path)),
    responses((status = 204), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, id)): OnePath,
    Body(body): Body<RequirementIn>,
) -> Result<StatusCode, ApiFail> {
    let task = task_of(&caller, &app, &name).await?;
    verbs::change_requirement(&app, &caller.viewer, caller.edition.id, task, id, &body.draft()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a requirement away.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/tasks/{task}/places/{requirement}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path), ("task" = String, Path), ("requirement" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn remove(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, id)): OnePath,
) -> Result<StatusCode, ApiFail> {
    let task = task_of(&caller, &app, &name).await?;
    verbs::remove_requirement(&app, &caller.viewer, caller.edition.id, task, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
