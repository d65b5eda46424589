//! Gates, rules and devices over the API: reading them, making them, pairing a device.

use super::super::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use app::App;
use app::admission;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use domain::admission::device::DeviceDraft;
use domain::admission::gate::GateDraft;
use domain::admission::rule::{RuleDraft, minute_text};
use domain::registration::Category;
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use utoipa::{OpenApi, ToSchema};

/// This part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(gates, create_gate, rules, create_rule, devices, create_device, pair),
    components(schemas(GateOut, GateIn, RuleOut, RuleIn, DeviceOut, DeviceIn, PairingOut, PairIn, KeyOut, Created))
)]
pub struct Doc;

/// A gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateOut {
    /// Id.
    id: String,
    /// Short code.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// `in`, `out`, `both`.
    direction: &'static str,
    /// Id of the zone behind it.
    zone: Option<String>,
    /// Whether people may go in.
    open: bool,
    /// Raised with every change.
    version: i32,
}

/// The gates, by code.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/gates", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<GateOut>)))]
pub(super) async fn gates(
    caller: Api<may::AdmissionRead>,
    State(app): State<App>,
) -> Result<Json<Listing<GateOut>>, ApiFail> {
    let all = read::gates(&app.reader(), caller.edition.id).await?;
    let out = |gate: domain::admission::Gate| GateOut {
        id: gate.id.to_string(),
        zone: gate.zone().map(|zone| zone.to_string()),
        code: gate.code,
        name_en: gate.name.en,
        name_zh: gate.name.zh,
        direction: gate.direction.code(),
        open: gate.open,
        version: gate.version,
    };
    Ok(Json(Listing { items: all.into_iter().map(out).collect(), next: None }))
}

/// A gate to make.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct GateIn {
    /// Short code.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// `in`, `out`, `both`.
    direction: String,
    /// Id of the zone behind it.
    zone: String,
    /// Whether people may go in.
    open: bool,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Created {
    /// Its id.
    pub(super) id: String,
}

/// Makes a gate.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/gates", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = GateIn,
    responses((status = 201, body = Created), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn create_gate(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(given): Body<GateIn>,
) -> Result<(StatusCode, Json<Created>), ApiFail> {
    let draft = GateDraft {
        code: given.code,
        name_en: given.name_en,
        name_zh: given.name_zh,
        direction: given.direction,
        zone: given.zone,
        open: given.open.then(|| "yes".to_owned()),
        version: String::new(),
    };
    let id = admission::create_gate(&app, &caller.viewer, caller.edition.id, draft.parse()?).await?;
    Ok((StatusCode::CREATED, Json(Created { id: id.to_string() })))
}

/// An access rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleOut {
    /// Id.
    id: String,
    /// Position; rules are read from the smallest.
    sort: i32,
    /// Code of a category; absent for everybody.
    category: Option<&'static str>,
    /// Id of a gate or zone; absent for everywhere.
    place: Option<String>,
    /// Days of the venue; empty for every day.
    days: Vec<NaiveDate>,
    /// `HH:MM`.
    from: Option<String>,
    /// `HH:MM`, not included.
    until: Option<String>,
    /// `unlimited`, `once`, `once_a_day`, `reentry_after_exit`.
    limit: &'static str,
    /// Whom its quota holds together, if it has one.
    quota_scope: Option<&'static str>,
    /// Different people of one company or delegation who may come in.
    quota_limit: Option<i64>,
    /// `allow` or `deny`.
    effect: &'static str,
    /// Raised with every change.
    version: i32,
}

/// The access rules in their order.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/access-rules", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<RuleOut>)))]
pub(super) async fn rules(
    caller: Api<may::AdmissionRead>,
    State(app): State<App>,
) -> Result<Json<Listing<RuleOut>>, ApiFail> {
    let all = read::rules(&app.reader(), caller.edition.id).await?;
    let out = |rule: domain::admission::AccessRule| RuleOut {
        id: rule.id.to_string(),
        sort: rule.sort,
        category: rule.category.map(Category::code),
        place: rule.place.map(|place| place.to_string()),
        days: rule.window.days,
        from: rule.window.from.map(minute_text),
        until: rule.window.until.map(minute_text),
        limit: rule.limit.code(),
        quota_scope: rule.quota.map(|quota| quota.scope.code()),
        quota_limit: rule.quota.map(|quota| quota.limit),
        effect: if rule.allow { "allow" } else { "deny" },
        version: rule.version,
    };
    Ok(Json(Listing { items: all.into_iter().map(out).collect(), next: None }))
}

/// A rule to make.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct RuleIn {
    /// Code of a category; empty for everybody.
    category: String,
    /// Id of a gate or zone; empty for everywhere.
    place: String,
    /// Days of the venue; empty for every day.
    days: Vec<String>,
    /// `HH:MM`; empty for midnight.
    from: String,
    /// `HH:MM`, not included; empty for midnight.
    until: String,
    /// `unlimited`, `once`, `once_a_day`, `reentry_after_exit`.
    limit: String,
    /// Whom a quota holds together: `company`, `delegation`; empty for no quota.
    quota_scope: String,
    /// Different people of one company or delegation who may come in.
    quota_limit: Option<i64>,
    /// `allow` or `deny`.
    effect: String,
    /// Position; absent for the end.
    sort: Option<i32>,
}

/// Makes an access rule.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/access-rules", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = RuleIn,
    responses((status = 201, body = Created), (status = 422, body = Problem)))]
pub(super) async fn create_rule(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(given): Body<RuleIn>,
) -> Result<(StatusCode, Json<Created>), ApiFail> {
    let draft = RuleDraft {
        category: given.category,
        place: given.place,
        days: given.days.join(","),
        from: given.from,
        until: given.until,
        limit: given.limit,
        quota_scope: given.quota_scope,
        quota_limit: given.quota_limit.map(|limit| limit.to_string()).unwrap_or_default(),
        effect: given.effect,
        sort: given.sort.map(|sort| sort.to_string()).unwrap_or_default(),
        version: String::new(),
    };
    let id = admission::create_rule(&app, &caller.viewer, caller.edition.id, draft.parse()?).await?;
    Ok((StatusCode::CREATED, Json(Created { id: id.to_string() })))
}

/// A device.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceOut {
    /// Id.
    id: String,
    /// Name.
    name: String,
    /// Code of its gate.
    gate: Option<String>,
    /// `steward`, `supervisor`, `desk`, `kiosk`, `exhibitor`.
    profile: &'static str,
    /// `waiting`, `lapsed`, `paired`, `revoked`.
    state: &'static str,
    /// When it was last heard of.
    seen_at: Option<DateTime<Utc>>,
    /// Scans it made.
    scans: i64,
    /// For changes: the version they are made from.
    version: i32,
    /// Charge of its battery in percent, when it tells.
    battery_percent: Option<i32>,
    /// Scans it has not sent yet.
    unsent: i32,
    /// Scans the server would not take from it.
    refused: i32,
    /// How fresh its badges and rules are.
    data_at: Option<DateTime<Utc>>,
    /// What somebody should look after: `silent`, `battery`, `unsent`, `refused`, `stale`, `clock`.
    cares: Vec<&'static str>,
}

/// The devices, by name.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/devices", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<DeviceOut>)))]
pub(super) async fn devices(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
) -> Result<Json<Listing<DeviceOut>>, ApiFail> {
    let now = app.now();
    let all = read::devices(&app.reader(), caller.edition.id).await?;
    let out = |line: domain::admission::view::DeviceLine| DeviceOut {
        id: line.device.id.to_string(),
        state: line.device.state(now).code(),
        profile: line.device.profile.code(),
        seen_at: line.device.seen_at,
        version: line.device.version,
        battery_percent: line.report.as_ref().and_then(|report| report.battery_percent),
        unsent: line.report.as_ref().map_or(0, |report| report.unsent),
        refused: line.report.as_ref().map_or(0, |report| report.refused),
        data_at: line.report.as_ref().and_then(|report| report.data_at),
        cares: line.cares(now).into_iter().map(|care| care.code()).collect(),
        name: line.device.name,
        gate: line.gate,
        scans: line.scans,
    };
    Ok(Json(Listing { items: all.into_iter().map(out).collect(), next: None }))
}

/// A device to make.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DeviceIn {
    /// Name.
    name: String,
    /// Id of its gate; a registration desk needs none.
    gate: String,
    /// `steward`, `supervisor`, `desk`, `kiosk`, `exhibitor`.
    profile: String,
}

/// A pairing code; it is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingOut {
    /// The device.
    id: String,
    /// The code, good for one use.
    code: String,
    /// Until when.
    until: DateTime<Utc>,
}

/// Makes a device with a pairing code.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/devices", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = DeviceIn,
    responses((status = 201, body = PairingOut), (status = 422, body = Problem)))]
pub(super) async fn create_device(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(given): Body<DeviceIn>,
) -> Result<(StatusCode, Json<PairingOut>), ApiFail> {
    let draft = DeviceDraft { name: given.name, gate: given.gate, profile: given.profile, ..DeviceDraft::default() };
    let pairing = admission::create_device(&app, &caller.viewer, caller.edition.id, draft.parse()?).await?;
    let out = PairingOut { id: pairing.device.to_string(), code: pairing.code, until: pairing.until };
    Ok((StatusCode::CREATED, Json(out)))
}

/// A pairing code to use.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PairIn {
    /// The code.
    code: String,
}

/// The key of a device; it is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyOut {
    /// The device.
    id: String,
    /// For `Authorization: Bearer`.
    key: String,
}

/// Uses a pairing code and becomes that device.
#[utoipa::path(post, path = "/api/v1/devices/pair", tag = "admission", request_body = PairIn,
    responses((status = 200, body = KeyOut), (status = 422, body = Problem)))]
pub(super) async fn pair(State(app): State<App>, Body(given): Body<PairIn>) -> Result<Json<KeyOut>, ApiFail> {
    let (device, key) = admission::pair_device(&app, &given.code).await?;
    Ok(Json(KeyOut { id: device.id.to_string(), key }))
}
