//! What a gate keeps beside its decisions, over the API: measurements, settings, waivers and the report.

use super::board;
use super::gate::{GateDetail, now};
use crate::api::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use crate::{Need, Surface, path::Path};
use app::App;
use app::plan::gate::{self as verbs, GateDraft};
use app::plan::{Answer, CheckDraft};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::edition::Edition;
use domain::plan::gate::Waiver;
use domain::plan::gate::view::GatePage;
use domain::{GateWaiverId, Locale};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes(s: &mut Surface) {
    let (see, edit) = (Permission::PlanRead, Permission::PlanEdit);
    s.post("/api/v1/editions/{edition}/plan/gates/{gate}/measure", Need::Token(Permission::PlanCheck), measure);
    s.get("/api/v1/editions/{edition}/plan/gates/{gate}/settings", Need::Token(see), settings);
    s.patch("/api/v1/editions/{edition}/plan/gates/{gate}/settings", Need::Token(edit), adjust);
    s.get("/api/v1/editions/{edition}/plan/gates/{gate}/waivers", Need::Token(see), waivers);
    s.post("/api/v1/editions/{edition}/plan/gates/{gate}/waivers/{waiver}/end", Need::Token(edit), end_waiver);
    s.get("/api/v1/editions/{edition}/plan/gates/{gate}/report.pdf", Need::Token(see), report);
}

type GatePath = Path<(String, String)>;

async fn found(app: &App, edition: &Edition, name: &str) -> Result<GatePage, ApiFail> {
    let board = board(app, edition).await?;
    let page = read::plan::gate::page(&app.reader(), &board, edition, name, app.now()).await?;
    page.ok_or(ApiFail::Missing)
}

/// A measurement.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MeasureIn {
    /// Id of the indicator.
    indicator: String,
    /// `yes`, `no` or a number.
    value: String,
    /// A remark.
    note: String,
}

/// Measurements of a gate's own indicators. Documents and photographs are handed in on its page.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MeasuresIn {
    /// One for each indicator that was measured; the others stay open.
    measurements: Vec<MeasureIn>,
}

/// Measures indicators of a gate; a measurement is never changed, only followed by a later one.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/gates/{gate}/measure", tag = "plan",
    security(("token" = [])), request_body = MeasuresIn,
    params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = GateDetail), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn measure(
    caller: Api<may::PlanCheck>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Body(body): Body<MeasuresIn>,
) -> Result<Json<GateDetail>, ApiFail> {
    let answer = |one: MeasureIn| (one.indicator, Answer { value: one.value, note: one.note, file: None });
    let answers: BTreeMap<String, Answer> = body.measurements.into_iter().map(answer).collect();
    let draft = CheckDraft { answers, ..CheckDraft::default() };
    verbs::measure(&app, &caller.viewer, caller.edition.id, &name, &draft).await?;
    now(&app, &caller.edition, &name).await
}

/// What a gate holds and asks, and who signs.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateSettings {
    /// Codes of the tasks it holds: `B*`, `-B01`.
    guards: String,
    /// Criteria it asks beyond deliverables and indicators.
    asks: Vec<String>,
    /// Open major deviations it lets pass.
    majors: String,
    /// Codes of the functions that sign; one or two.
    signers: Vec<String>,
    /// For changing them.
    version: String,
}

async fn settings_now(app: &App, edition: &Edition, name: &str) -> Result<GateDraft, ApiFail> {
    Ok(GateDraft::of(&found(app, edition, name).await?.row.gate))
}

impl From<GateDraft> for GateSettings {
    fn from(draft: GateDraft) -> Self {
        let signers = [draft.signer_1, draft.signer_2].into_iter().filter(|one| !one.is_empty()).collect();
        let GateDraft { guards, asks, majors, version, .. } = draft;
        Self { guards, asks, majors, signers, version }
    }
}

/// The settings of a gate.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/gates/{gate}/settings", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = GateSettings), (status = 404, body = Problem)))]
pub(super) async fn settings(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, name)): GatePath,
) -> Result<Json<GateSettings>, ApiFail> {
    Ok(Json(settings_now(&app, &caller.edition, &name).await?.into()))
}

/// A change of a gate's settings; what is absent stays.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GateSettingsIn {
    /// Codes of the tasks it holds: `B*`, `-B01`.
    guards: Option<String>,
    /// Criteria it asks beyond deliverables and indicators.
    asks: Option<Vec<String>>,
    /// Open major deviations it lets pass.
    majors: Option<u32>,
    /// Codes of the functions that sign; one or two.
    signers: Option<Vec<String>>,
    /// Version that was read; the current one when absent.
    version: Option<String>,
}

/// Changes the settings of a gate.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/gates/{gate}/settings", tag = "plan",
    security(("token" = [])), request_body = GateSettingsIn,
    params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = GateSettings), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn adjust(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Body(body): Body<GateSettingsIn>,
) -> Result<Json<GateSettings>, ApiFail> {
    let mut draft = settings_now(&app, &caller.edition, &name).await?;
    draft.guards = body.guards.unwrap_or(draft.guards);
    draft.asks = body.asks.unwrap_or(draft.asks);
    draft.majors = body.majors.map_or(draft.majors, |majors| majors.to_string());
    draft.version = body.version.unwrap_or(draft.version);
    if let Some(signers) = body.signers {
        let mut signers = signers.into_iter();
        draft.signer_1 = signers.next().unwrap_or_default();
        draft.signer_2 = signers.next().unwrap_or_default();
    }
    verbs::adjust(&app, &caller.viewer, caller.edition.id, &name, &draft).await?;
    Ok(Json(settings_now(&app, &caller.edition, &name).await?.into()))
}

/// Something a gate lets pass until a moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaiverOut {
    /// Id.
    id: String,
    /// Key of the criterion; empty for an early start.
    criterion: String,
    /// Code of the task that may start early.
    task: Option<String>,
    /// Why.
    reason: String,
    /// What replaces it.
    replacement: String,
    /// From this moment on it does not hold any more.
    until: DateTime<Utc>,
    /// Who gave it.
    by: String,
    /// When.
    at: DateTime<Utc>,
    /// When it was taken back.
    ended_at: Option<DateTime<Utc>>,
}

/// The waivers of a gate.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/gates/{gate}/waivers", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = Listing<WaiverOut>), (status = 404, body = Problem)))]
pub(super) async fn waivers(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, name)): GatePath,
) -> Result<Json<Listing<WaiverOut>>, ApiFail> {
    let page = found(&app, &caller.edition, &name).await?;
    let code = |one: &Waiver| {
        let id = one.task?;
        page.held.iter().find(|held| held.id == id).map(|held| held.code.clone())
    };
    let out = |one: &Waiver| WaiverOut {
        id: one.id.to_string(),
        criterion: one.criterion.clone(),
        task: code(one),
        reason: one.reason.clone(),
        replacement: one.replacement.clone(),
        until: one.until,
        by: page.names.get(&one.by).cloned().unwrap_or_default(),
        at: one.at,
        ended_at: one.ended_at,
    };
    Ok(Json(Listing { items: page.waivers.iter().map(out).collect(), next: None }))
}

/// Takes a waiver back before its time.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/gates/{gate}/waivers/{waiver}/end", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("gate" = String, Path, description = "code or id"),
    ("waiver" = String, Path)),
    responses((status = 200, body = GateDetail), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn end_waiver(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name, waiver)): Path<(String, String, String)>,
) -> Result<Json<GateDetail>, ApiFail> {
    let id: GateWaiverId = waiver.parse().map_err(|_| ApiFail::Missing)?;
    verbs::end_waiver(&app, &caller.viewer, caller.edition.id, &name, id).await?;
    now(&app, &caller.edition, &name).await
}

/// The language of a file.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct Spoken {
    /// `en` or `zh-CN`; English when absent.
    language: String,
}

/// The report of a gate as PDF.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/gates/{gate}/report.pdf", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path), ("gate" = String, Path, description = "code or id"), Spoken),
    responses((status = 200, content_type = "application/pdf"), (status = 404, body = Problem)))]
pub(super) async fn report(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Query(spoken): Query<Spoken>,
) -> Result<Response, ApiFail> {
    let page = found(&app, &caller.edition, &name).await?;
    let locale = Locale::parse(&spoken.language).unwrap_or_default();
    let file = verbs::report(&caller.edition, page, locale, app.now()).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], file).into_response())
}
