//! Gates, live metrics and indicators over the API.

use super::board;
use crate::api::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use crate::metric_right::metric_right;
use crate::{Need, Surface, path::Path};
use app::App;
use app::plan::gate as verbs;
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Permission;
use domain::plan::gate::decide::{ConditionDraft, ProposalDraft};
use domain::plan::gate::view::{GatePage, GateRow};
use domain::plan::gate::{Criterion, Decision, WaiverDraft};
use domain::plan::metric::{MetricUse, Param, catalogue};
use serde::{Deserialize, Serialize};
use store::read;
use store::read::metric::Scope;
use utoipa::ToSchema;

pub(super) fn routes(s: &mut Surface) {
    let (see, edit) = (Permission::PlanRead, Permission::PlanEdit);
    s.get("/api/v1/editions/{edition}/plan/gates", Need::Token(see), list);
    s.post("/api/v1/editions/{edition}/plan/gates", Need::Token(edit), lay);
    s.get("/api/v1/editions/{edition}/plan/gates/{gate}", Need::Token(see), show);
    s.post("/api/v1/editions/{edition}/plan/gates/{gate}/propose", Need::Token(Permission::PlanWork), propose);
    s.post("/api/v1/editions/{edition}/plan/gates/{gate}/sign", Need::Token(Permission::PlanConfirm), sign);
    s.post("/api/v1/editions/{edition}/plan/gates/{gate}/decline", Need::Token(Permission::PlanWork), decline);
    s.post("/api/v1/editions/{edition}/plan/gates/{gate}/waive", Need::Token(edit), waive);
    s.post("/api/v1/editions/{edition}/plan/gates/{gate}/divide", Need::Token(edit), divide);
    s.get("/api/v1/editions/{edition}/plan/metrics", Need::Token(see), metrics);
}

type GatePath = Path<(String, String)>;

/// A gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateOut {
    /// Identity.
    id: String,
    /// Code of its milestone; names it in addresses.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// Id of the place it is for.
    place: Option<String>,
    /// `closed`, `open`, `conditional`, `held`, `recycled`, `stopped`, `reclosed`.
    state: &'static str,
    /// Why it has closed again.
    reason: String,
    /// Since when it is in its state.
    since: DateTime<Utc>,
    /// When the plan expects it, or when it was passed.
    forecast: DateTime<Utc>,
    /// Last day on which it can be passed.
    latest_on: NaiveDate,
    /// Total float in working minutes.
    total_float_minutes: i64,
    /// Criteria that are met.
    met: u32,
    /// Criteria that are waived.
    waived: u32,
    /// All criteria.
    criteria: u32,
    /// Tasks it holds that have not begun.
    held: u32,
    /// Codes of the functions that sign.
    signers: Vec<&'static str>,
}

impl From<&GateRow> for GateOut {
    fn from(row: &GateRow) -> Self {
        Self {
            id: row.gate.id.to_string(),
            code: row.code.clone(),
            name_en: row.name.en.clone(),
            name_zh: row.name.zh.clone(),
            place: row.gate.place.map(|id| id.to_string()),
            state: row.gate.state.code(),
            reason: row.gate.reason.clone(),
            since: row.gate.since,
            forecast: row.forecast,
            latest_on: row.latest_on,
            total_float_minutes: row.float,
            met: row.counts.0,
            waived: row.counts.1,
            criteria: row.counts.2,
            held: row.held.0,
            signers: row.gate.signers.iter().map(|one| one.code()).collect(),
        }
    }
}

/// A criterion of a gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct CriterionOut {
    /// Names it for a waiver.
    key: String,
    /// `deliverable`, `indicator`, `indicators`, `established`, `deviations`, `forecast`, `budget`.
    kind: &'static str,
    /// What it is about.
    name: String,
    /// Code of the task it leads to.
    code: String,
    /// As it should be.
    #[schema(value_type = Object)]
    wanted: serde_json::Value,
    /// As it is; `no_data` is not met.
    #[schema(value_type = Object)]
    found: serde_json::Value,
    /// `met`, `not_met`, `waived`.
    standing: &'static str,
    /// What is wrong, one line each.
    details: Vec<String>,
}

impl From<&Criterion> for CriterionOut {
    fn from(one: &Criterion) -> Self {
        Self {
            key: one.key.clone(),
            kind: one.kind.code(),
            name: one.name.en.clone(),
            code: one.code.clone(),
            wanted: serde_json::to_value(&one.wanted).unwrap_or_default(),
            found: serde_json::to_value(&one.found).unwrap_or_default(),
            standing: one.standing.code(),
            details: one.details.iter().map(|text| text.en.clone()).collect(),
        }
    }
}

/// A decision on a gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionOut {
    /// Which, from 1.
    number: i32,
    /// `go`, `conditional`, `hold`, `recycle`, `stop`.
    outcome: &'static str,
    /// `proposed`, `decided`, `declined`.
    state: &'static str,
    /// Why.
    text: String,
    /// User id of who proposed it.
    proposed_by: String,
    /// When.
    proposed_at: DateTime<Utc>,
    /// When it was signed by all, or declined.
    closed_at: Option<DateTime<Utc>>,
    /// Name of the baseline frozen with it.
    baseline: String,
    /// Its conditions.
    conditions: Vec<ConditionOut>,
    /// Its signatures.
    signatures: Vec<SignatureOut>,
    /// The criteria as they were.
    criteria: Vec<CriterionOut>,
}

/// A condition of a decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConditionOut {
    /// What.
    text: String,
    /// User id.
    owner: String,
    /// Last day.
    due_on: NaiveDate,
    /// Id of the task made of it.
    task: Option<String>,
}

/// A signature.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureOut {
    /// Code of the function it was given for.
    function: &'static str,
    /// User id.
    by: String,
    /// When.
    at: DateTime<Utc>,
    /// What was said with it.
    text: String,
}

impl From<&Decision> for DecisionOut {
    fn from(one: &Decision) -> Self {
        let condition = |one: &domain::plan::gate::Condition| ConditionOut {
            text: one.text.clone(),
            owner: one.owner.to_string(),
            due_on: one.due_on,
            task: one.task.map(|id| id.to_string()),
        };
        let signature = |one: &domain::plan::gate::Signature| SignatureOut {
            function: one.function.code(),
            by: one.by.to_string(),
            at: one.at,
            text: one.text.clone(),
        };
        Self {
            number: one.number,
            outcome: one.outcome.code(),
            state: one.state.code(),
            text: one.text.clone(),
            proposed_by: one.proposed_by.to_string(),
            proposed_at: one.proposed_at,
            closed_at: one.closed_at,
            baseline: one.baseline.clone(),
            conditions: one.conditions.iter().map(condition).collect(),
            signatures: one.signatures.iter().map(signature).collect(),
            criteria: one.criteria.iter().map(CriterionOut::from).collect(),
        }
    }
}

/// A gate with everything it is judged by.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateDetail {
    /// The gate.
    #[serde(flatten)]
    gate: GateOut,
    /// Its criteria now.
    current: Vec<CriterionOut>,
    /// Decisions, newest first.
    decisions: Vec<DecisionOut>,
    /// Codes of the tasks it holds.
    holds: Vec<String>,
}

impl From<&GatePage> for GateDetail {
    fn from(page: &GatePage) -> Self {
        Self {
            gate: GateOut::from(&page.row),
            current: page.criteria.iter().map(CriterionOut::from).collect(),
            decisions: page.decisions.iter().map(DecisionOut::from).collect(),
            holds: page.held.iter().map(|one| one.code.clone()).collect(),
        }
    }
}

/// The gates of a plan, in order.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/gates", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<GateOut>), (status = 404, body = Problem)))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Listing<GateOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let list = read::plan::gate::list(&app.reader(), &board, &caller.edition, app.now()).await?;
    Ok(Json(Listing { items: list.rows.iter().map(GateOut::from).collect(), next: None }))
}

/// How to lay gates.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct LayIn {
    /// One gate for each hall where the template decides by hall.
    divided: bool,
}

/// Puts the gates of the plan's template into a plan that has none; answers how many.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/gates", tag = "plan", security(("token" = [])),
    request_body = LayIn, params(("edition" = String, Path)),
    responses((status = 200, body = usize), (status = 409, body = Problem)))]
pub(super) async fn lay(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<LayIn>,
) -> Result<Json<usize>, ApiFail> {
    Ok(Json(verbs::lay(&app, &caller.viewer, &caller.edition, body.divided).await?))
}

pub(super) async fn now(
    app: &App,
    edition: &domain::edition::Edition,
    name: &str,
) -> Result<Json<GateDetail>, ApiFail> {
    let board = board(app, edition).await?;
    let page = read::plan::gate::page(&app.reader(), &board, edition, name, app.now()).await?;
    Ok(Json(GateDetail::from(&page.ok_or(ApiFail::Missing)?)))
}

/// One gate with its criteria, decisions and the tasks it holds.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/gates/{gate}", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("gate" = String, Path, description = "code of its milestone, or id")),
    responses((status = 200, body = GateDetail), (status = 404, body = Problem)))]
pub(super) async fn show(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, name)): GatePath,
) -> Result<Json<GateDetail>, ApiFail> {
    now(&app, &caller.edition, &name).await
}

/// A decision to propose.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ProposeIn {
    /// `go`, `conditional`, `hold`, `recycle`, `stop`.
    outcome: String,
    /// Why; needed for hold, recycle and stop.
    text: String,
    /// For a conditional go.
    conditions: Vec<ConditionIn>,
}

/// A condition to set.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ConditionIn {
    /// What.
    text: String,
    /// User id.
    owner: String,
    /// `YYYY-MM-DD`.
    due_on: String,
}

/// Proposes a decision. A go is refused with every criterion that is neither met nor waived.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/gates/{gate}/propose", tag = "plan",
    security(("token" = [])), request_body = ProposeIn,
    params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = GateDetail), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn propose(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Body(body): Body<ProposeIn>,
) -> Result<Json<GateDetail>, ApiFail> {
    let conditions = body.conditions.into_iter();
    let conditions = conditions.map(|one| ConditionDraft { text: one.text, owner: one.owner, due_on: one.due_on });
    let draft = ProposalDraft { outcome: body.outcome, text: body.text, conditions: conditions.collect() };
    verbs::propose(&app, &caller.viewer, caller.edition.id, &name, &draft).await?;
    now(&app, &caller.edition, &name).await
}

/// What is said with a signature.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SignIn {
    /// A remark.
    text: String,
}

/// Signs the proposal that waits; the last signature decides it.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/gates/{gate}/sign", tag = "plan",
    security(("token" = [])), request_body = SignIn,
    params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = GateDetail), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn sign(
    caller: Api<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Body(body): Body<SignIn>,
) -> Result<Json<GateDetail>, ApiFail> {
    verbs::sign(&app, &caller.viewer, caller.edition.id, &name, &body.text).await?;
    now(&app, &caller.edition, &name).await
}

/// Why not.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DeclineIn {
    /// The reason.
    reason: String,
}

/// Does not sign the proposal, or withdraws it.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/gates/{gate}/decline", tag = "plan",
    security(("token" = [])), request_body = DeclineIn,
    params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = GateDetail), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn decline(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Body(body): Body<DeclineIn>,
) -> Result<Json<GateDetail>, ApiFail> {
    verbs::decline(&app, &caller.viewer, caller.edition.id, &name, &body.reason).await?;
    now(&app, &caller.edition, &name).await
}

/// Something to let pass.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct WaiveIn {
    /// Key of a criterion; or leave it empty and name a task.
    criterion: String,
    /// Code of a held task that may start early.
    task: String,
    /// Why.
    reason: String,
    /// What replaces it.
    replacement: String,
    /// Last day on which it holds, `YYYY-MM-DD`.
    until_on: String,
}

/// Waives a criterion, or lets a held task start early, until a day.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/gates/{gate}/waive", tag = "plan",
    security(("token" = [])), request_body = WaiveIn,
    params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = GateDetail), (status = 422, body = Problem)))]
pub(super) async fn waive(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): GatePath,
    Body(body): Body<WaiveIn>,
) -> Result<Json<GateDetail>, ApiFail> {
    let WaiveIn { criterion, task, reason, replacement, until_on } = body;
    let draft = WaiverDraft { criterion, task, reason, replacement, until_on };
    verbs::waive(&app, &caller.viewer, caller.edition.id, &name, &draft).await?;
    now(&app, &caller.edition, &name).await
}

/// Decides a gate hall by hall; answers how many gates it became.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/gates/{gate}/divide", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("gate" = String, Path, description = "code or id")),
    responses((status = 200, body = usize), (status = 409, body = Problem)))]
pub(super) async fn divide(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): GatePath,
) -> Result<Json<usize>, ApiFail> {
    Ok(Json(verbs::divide(&app, &caller.viewer, &caller.edition, &name).await?))
}

/// A live metric with what it says now.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricOut {
    /// Code.
    code: &'static str,
    /// Part of the product it counts in.
    area: String,
    /// Unit: `%`, `days`, `rounds`, empty for a count.
    unit: String,
    /// English name.
    name: String,
    /// What may narrow it.
    params: Vec<&'static str>,
    /// How it is computed.
    formula: String,
    /// The figure; absent without data, without the right to see it, or when it needs a goal.
    value: Option<f64>,
    /// The whole a share is of.
    base: Option<i64>,
}

/// The catalogue of live metrics with what they say now, as far as the token may see it.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/metrics", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Listing<MetricOut>)))]
pub(super) async fn metrics(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Listing<MetricOut>>, ApiFail> {
    let (reader, scope) = (app.reader(), Scope::of(&caller.edition, app.now()));
    let mut items = Vec::new();
    for entry in catalogue() {
        let seen = caller.viewer.may(metric_right(&entry.area), caller.edition.id);
        let reading = if seen && !entry.params.contains(&Param::Goal) {
            Some(read::metric::read(&reader, &scope, &MetricUse::plain(entry.metric)).await?)
        } else {
            None
        };
        items.push(MetricOut {
            code: entry.metric.code(),
            area: entry.area.clone(),
            unit: entry.unit.clone(),
            name: entry.name.en.clone(),
            params: entry.params.iter().map(|one| one.code()).collect(),
            formula: entry.formula.clone(),
            value: reading.and_then(|one| one.value),
            base: reading.map(|one| one.base),
        });
    }
    Ok(Json(Listing { items, next: None }))
}
