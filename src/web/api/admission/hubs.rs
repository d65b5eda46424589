//! The interface hubs speak: joining, configuration, people bucket by bucket, scans both ways. Both sides are of the same
//! release, so the rows travel as the database has them; secrets never do.

use super::super::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::admission;
use axum::Json;
use axum::extract::{Query, State};
use domain::admission::hub::{
    Config, ConfigAsked, EnrolDraft, Enrolled, HubLine, HubScans, LogPiece, PIECE, People, Report,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::read::hub as read;
use utoipa::{OpenApi, ToSchema};

/// This part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(hubs, enrol, config, digests, people, take_people, take_scans, log, report),
    components(schemas(HubOut))
)]
pub struct Doc;

/// A hub on the venue's own network.
#[derive(Debug, Serialize, ToSchema)]
pub struct HubOut {
    /// Id.
    id: String,
    /// Number within the edition.
    number: i32,
    /// Name.
    name: String,
    /// When it was last heard of.
    seen_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Scans it had not handed on then.
    unsent: i64,
    /// How far its clock was off then, milliseconds.
    offset_ms: i64,
    /// Scans it has handed on.
    scans: i64,
    /// People it has handed on.
    people: i64,
    /// It is no longer listened to.
    withdrawn: bool,
}

impl From<HubLine> for HubOut {
    fn from(hub: HubLine) -> Self {
        Self {
            id: hub.id.to_string(),
            number: hub.number,
            name: hub.name,
            seen_at: hub.seen_at,
            unsent: hub.unsent,
            offset_ms: hub.offset_ms,
            scans: hub.scans,
            people: hub.people,
            withdrawn: hub.withdrawn_at.is_some(),
        }
    }
}

/// The hubs of an edition.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/hubs", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = super::super::Listing<HubOut>)))]
pub(super) async fn hubs(
    caller: Api<may::AdmissionRead>,
    State(app): State<App>,
) -> Result<Json<super::super::Listing<HubOut>>, ApiFail> {
    let all = read::hubs(&app.reader(), caller.edition.id).await?;
    Ok(Json(super::super::Listing { items: all.into_iter().map(HubOut::from).collect(), next: None }))
}

/// Lets a hub in, or knows it again by its key.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/hubs", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    request_body(content = serde_json::Value, description = "`name`, `public_key` (hex), `schema`"),
    responses((status = 200, description = "`hub`, `number`, `key_no`", body = serde_json::Value),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn enrol(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(draft): Body<EnrolDraft>,
) -> Result<Json<Enrolled>, ApiFail> {
    Ok(Json(admission::enrol_hub(&app, &caller.viewer, &caller.edition, &draft).await?))
}

/// Edition, venue, gates, rules, devices and public keys, when they are not what the hub has.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/hubs/config", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    request_body(content = serde_json::Value, description = "`known`: the hash of what it has; `schema`"),
    responses((status = 200, description = "`hash`, `sheets`, `now`", body = serde_json::Value), (status = 409, body = Problem)))]
pub(super) async fn config(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(asked): Body<ConfigAsked>,
) -> Result<Json<Config>, ApiFail> {
    Ok(Json(admission::hub_config(&app, caller.edition.id, &asked).await?))
}

/// What each bucket of registrations amounts to: equal digests, equal people and badges.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/hubs/digests", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, description = "`digests`", body = serde_json::Value)))]
pub(super) async fn digests(caller: Api<may::AdmissionManage>, State(app): State<App>) -> Result<Json<Value>, ApiFail> {
    let digests = read::digests(&app.reader(), caller.edition.id).await?;
    Ok(Json(json!({ "digests": digests })))
}

/// The people of a bucket with their badges and consents.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/hubs/people/{bucket}", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("bucket" = String, Path, description = "registration number divided by 1000")),
    responses((status = 200, description = "`registrations`, `credentials`, `consents`", body = serde_json::Value)))]
pub(super) async fn people(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path((_, bucket)): Path<(String, String)>,
) -> Result<Json<People>, ApiFail> {
    let bucket: i64 = bucket.parse().map_err(|_| ApiFail::Missing)?;
    Ok(Json(read::bucket(&app.reader(), caller.edition.id, bucket).await?))
}

/// People a hub hands on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PeopleIn {
    hub: String,
    people: People,
}

/// Takes people a hub registered and badges it issued. Sending them again is safe.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/hubs/people", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    request_body(content = serde_json::Value, description = "`hub`, `people`"),
    responses((status = 200, description = "`taken`: how many were new", body = serde_json::Value),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn take_people(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Body(given): Body<PeopleIn>,
) -> Result<Json<Value>, ApiFail> {
    let taken = admission::take_people(&app, &caller.viewer, &caller.edition, &given.hub, &given.people).await?;
    Ok(Json(json!({ "taken": taken })))
}

/// Takes scans a hub decided. Sending them again is safe.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/hubs/scans", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    request_body(content = serde_json::Value, description = "`hub`, `scans`: at most 500"),
    responses((status = 200, description = "`refused`: those that could not be taken", body = serde_json::Value),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn take_scans(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(given): Body<HubScans>,
) -> Result<Json<Value>, ApiFail> {
    if given.scans.len() > PIECE {
        return Err(domain::Refusal::invalid("too-many").at("scans").with("max", PIECE).into());
    }
    let refused = admission::take_scans(&app, caller.edition.id, &given.hub, given.scans).await?;
    let refused: Vec<Value> = refused.into_iter().map(|(id, code)| json!({ "id": id, "code": code })).collect();
    Ok(Json(json!({ "refused": refused })))
}

/// What a hub asks of the log.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LogAsked {
    hub: String,
    after: String,
}

/// A stretch of the log after a place, without what this hub handed on itself.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/hubs/log", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("hub" = String, Query, description = "the hub"), ("after" = String, Query, description = "where to go on")),
    responses((status = 200, description = "`rows`, `next`", body = serde_json::Value), (status = 404, body = Problem)))]
pub(super) async fn log(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Query(asked): Query<LogAsked>,
) -> Result<Json<LogPiece>, ApiFail> {
    let reader = app.reader();
    let name = match asked.hub.parse() {
        Ok(id) => read::hub(&reader, caller.edition.id, id).await?.map(|hub| hub.name),
        Err(_) => None,
    };
    let name = name.ok_or(domain::Refusal::invalid("hub-unknown").at("hub"))?;
    Ok(Json(read::log_after(&reader, caller.edition.id, &name, &asked.after, PIECE).await?))
}

/// Notes how a hub is doing.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/hubs/report", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    request_body(content = serde_json::Value, description = "`hub`, `unsent`, `offset_ms`, `release`"),
    responses((status = 200, body = serde_json::Value), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn report(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(given): Body<Report>,
) -> Result<Json<Value>, ApiFail> {
    admission::hear_hub(&app, caller.edition.id, &given).await?;
    Ok(Json(json!({})))
}
