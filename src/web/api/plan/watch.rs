//! Supervision over the API: deviations one by one, their corrective actions, the reporting rhythm, a look now.

use super::board;
use super::read::DeviationOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::{Need, Surface, path::Path};
use app::App;
use app::plan::CorrectiveDraft;
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::DeviationId;
use domain::access::Permission;
use domain::plan::DeviationDraft;
use domain::plan::rhythm::{self, Rhythm, RhythmDraft};
use domain::plan::supervision::{Setting, missed, next_report};
use serde::{Deserialize, Serialize};
use store::read::plan;
use utoipa::{OpenApi, ToSchema};

/// This room's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(deviation, edit, add_action, rhythms, set_rhythm, reports, look),
    components(schemas(
        DeviationDetail,
        ActionOut,
        DeviationEditIn,
        ActionIn,
        RhythmOut,
        RhythmIn,
        ReportOut,
        LookOut
    ))
)]
pub struct Doc;

pub(super) fn routes(s: &mut Surface) {
    let (read, work, edit_right) = (Permission::PlanRead, Permission::PlanWork, Permission::PlanEdit);
    s.get("/api/v1/editions/{edition}/plan/deviations/{deviation}", Need::Token(read), deviation);
    s.patch("/api/v1/editions/{edition}/plan/deviations/{deviation}", Need::Token(work), edit);
    s.post("/api/v1/editions/{edition}/plan/deviations/{deviation}/actions", Need::Token(work), add_action);
    s.get("/api/v1/editions/{edition}/plan/rhythm", Need::Token(read), rhythms);
    s.post("/api/v1/editions/{edition}/plan/rhythm", Need::Token(edit_right), set_rhythm);
    s.get("/api/v1/editions/{edition}/plan/reports", Need::Token(read), reports);
    s.post("/api/v1/editions/{edition}/plan/watch", Need::Token(edit_right), look);
}

/// A corrective action.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionOut {
    /// Code of its task.
    task: String,
    /// What to do.
    name: String,
    /// State of the task.
    state: &'static str,
    /// By when.
    deadline: Option<DateTime<Utc>>,
}

/// A deviation with what puts it right.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviationDetail {
    /// The deviation.
    #[serde(flatten)]
    deviation: DeviationOut,
    /// What is wrong, in Chinese, where Fairlead wrote it.
    title_zh: String,
    /// Owner's user id.
    owner: Option<String>,
    /// Its corrective actions.
    actions: Vec<ActionOut>,
    /// Give it back with a change.
    version: i32,
}

async fn detail<P>(caller: &Api<P>, app: &App, id: DeviationId) -> Result<Json<DeviationDetail>, ApiFail> {
    let (reader, edition) = (app.reader(), &caller.edition);
    let today = edition.day(app.now());
    let row = plan::deviation_row(&reader, edition.id, id, today).await?.ok_or(ApiFail::Missing)?;
    let actions = plan::watch::actions(&reader, id).await?.into_iter().map(|one| ActionOut {
        task: one.code,
        name: one.name.get(domain::Locale::En).to_owned(),
        state: one.state.code(),
        deadline: one.deadline,
    });
    Ok(Json(DeviationDetail {
        deviation: DeviationOut::from(&row),
        title_zh: row.deviation.title_zh.clone(),
        owner: row.deviation.owner.map(|id| id.to_string()),
        actions: actions.collect(),
        version: row.deviation.version,
    }))
}

fn id_of(text: &str) -> Result<DeviationId, ApiFail> {
    text.parse().map_err(|_| ApiFail::Missing)
}

/// One deviation.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/deviations/{deviation}", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("deviation" = String, Path, description = "id")),
    responses((status = 200, body = DeviationDetail), (status = 404, body = Problem)))]
pub(super) async fn deviation(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, deviation)): Path<(String, String)>,
) -> Result<Json<DeviationDetail>, ApiFail> {
    detail(&caller, &app, id_of(&deviation)?).await
}

/// A change of a deviation; what is left out stays.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DeviationEditIn {
    /// `minor`, `major`, `blocking`.
    severity: Option<String>,
    /// What is wrong.
    title: Option<String>,
    /// Why.
    cause: Option<String>,
    /// What puts it right.
    corrective_action: Option<String>,
    /// User id; empty for nobody.
    owner: Option<String>,
    /// `YYYY-MM-DD`; empty for no day.
    due_on: Option<String>,
    /// Version it was read with.
    version: i32,
}

/// Changes an open deviation.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/deviations/{deviation}", tag = "plan",
    security(("token" = [])), request_body = DeviationEditIn,
    params(("edition" = String, Path), ("deviation" = String, Path, description = "id")),
    responses((status = 200, body = DeviationDetail), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn edit(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, deviation)): Path<(String, String)>,
    Body(body): Body<DeviationEditIn>,
) -> Result<Json<DeviationDetail>, ApiFail> {
    let id = id_of(&deviation)?;
    let now = plan::deviation(&app.reader(), caller.edition.id, id).await?.ok_or(ApiFail::Missing)?;
    let was = DeviationDraft::of(&now);
    let draft = DeviationDraft {
        severity: body.severity.unwrap_or(was.severity),
        title: body.title.unwrap_or(was.title),
        cause: body.cause.unwrap_or(was.cause),
        corrective_action: body.corrective_action.unwrap_or(was.corrective_action),
        owner: body.owner.unwrap_or(was.owner),
        due_on: body.due_on.unwrap_or(was.due_on),
    };
    app::plan::edit_deviation(&app, &caller.viewer, caller.edition.id, id, &draft, body.version).await?;
    detail(&caller, &app, id).await
}

/// A corrective action to add.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ActionIn {
    /// What to do.
    name: String,
    /// User id.
    owner: String,
    /// `YYYY-MM-DD`.
    due_on: String,
}

/// Adds a corrective action: a task of the plan. Answers the deviation.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/deviations/{deviation}/actions", tag = "plan",
    security(("token" = [])), request_body = ActionIn,
    params(("edition" = String, Path), ("deviation" = String, Path, description = "id")),
    responses((status = 200, body = DeviationDetail), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add_action(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, deviation)): Path<(String, String)>,
    Body(body): Body<ActionIn>,
) -> Result<Json<DeviationDetail>, ApiFail> {
    let id = id_of(&deviation)?;
    let draft = CorrectiveDraft { name: body.name, owner: body.owner, due_on: body.due_on };
    app::plan::add_corrective(&app, &caller.viewer, &caller.edition, id, &draft).await?;
    detail(&caller, &app, id).await
}

/// The reporting rhythm of a phase.
#[derive(Debug, Serialize, ToSchema)]
pub struct RhythmOut {
    /// Code of the phase.
    phase: &'static str,
    /// `never`, `weekly`, `daily`, `hourly`.
    every: &'static str,
    /// For weekly reports: 1 Monday to 7 Sunday.
    weekday: u32,
    /// For weekly and daily ones: `HH:MM`.
    due: String,
    /// For hourly ones: working day from, `HH:MM`.
    from: String,
    /// For hourly ones: until, `HH:MM`.
    until: String,
    /// How often in the last days before opening.
    closing_every: &'static str,
    /// How many days that are.
    closing_days: i64,
    /// Minutes after which a report counts as missed.
    grace_minutes: i64,
    /// Give it back with a change; 0 while it is the usual one.
    version: i32,
}

impl From<Rhythm> for RhythmOut {
    fn from(one: Rhythm) -> Self {
        Self {
            phase: one.phase.code(),
            every: one.every.code(),
            weekday: one.weekday,
            due: rhythm::clock(one.due),
            from: rhythm::clock(one.from),
            until: rhythm::clock(one.until),
            closing_every: one.closing_every.code(),
            closing_days: one.closing_days,
            grace_minutes: one.grace,
            version: one.version,
        }
    }
}

async fn all_rhythms<P>(caller: &Api<P>, app: &App) -> Result<Json<Vec<RhythmOut>>, ApiFail> {
    let board = board(app, &caller.edition).await?;
    let own = plan::watch::rhythms(&app.reader(), caller.edition.id).await?;
    let of = |phase| RhythmOut::from(rhythm::of_phase(&own, phase));
    Ok(Json(board.phases().into_iter().map(of).collect()))
}

/// The reporting rhythm of every phase of the plan.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/rhythm", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<RhythmOut>), (status = 404, body = Problem)))]
pub(super) async fn rhythms(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Vec<RhythmOut>>, ApiFail> {
    all_rhythms(&caller, &app).await
}

/// A rhythm to set.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct RhythmIn {
    /// Code of the phase.
    phase: String,
    /// `never`, `weekly`, `daily`, `hourly`.
    every: String,
    /// 1 Monday to 7 Sunday.
    weekday: u32,
    /// `HH:MM`.
    due: String,
    /// `HH:MM`.
    from: String,
    /// `HH:MM`.
    until: String,
    /// How often in the last days before opening.
    closing_every: String,
    /// How many days that are.
    closing_days: i64,
    /// Minutes of grace.
    grace_minutes: i64,
    /// Version it was read with.
    version: i32,
}

/// Sets the rhythm of a phase. Answers all of them.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/rhythm", tag = "plan", security(("token" = [])),
    request_body = RhythmIn, params(("edition" = String, Path)),
    responses((status = 200, body = Vec<RhythmOut>), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn set_rhythm(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<RhythmIn>,
) -> Result<Json<Vec<RhythmOut>>, ApiFail> {
    let draft = RhythmDraft {
        phase: body.phase,
        every: body.every,
        weekday: body.weekday.to_string(),
        due: body.due,
        from: body.from,
        until: body.until,
        closing_every: body.closing_every,
        closing_days: body.closing_days.to_string(),
        grace: body.grace_minutes.to_string(),
        version: body.version.to_string(),
    };
    app::plan::save_rhythm(&app, &caller.viewer, caller.edition.id, &draft).await?;
    all_rhythms(&caller, &app).await
}

/// A task in work and the reports expected of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportOut {
    /// Code of the task.
    task: String,
    /// Owner's user id.
    owner: Option<String>,
    /// The last word anybody said about it.
    last_report: Option<DateTime<Utc>>,
    /// When the report was due that is missing.
    missing_since: Option<DateTime<Utc>>,
    /// When the next one is due.
    next_due: Option<DateTime<Utc>>,
}

/// Tasks in work with the reports expected of them.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/reports", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<ReportOut>)))]
pub(super) async fn reports(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Vec<ReportOut>>, ApiFail> {
    let (reader, edition) = (app.reader(), &caller.edition);
    let own = plan::watch::rhythms(&reader, edition.id).await?;
    let at = Setting { zone: edition.time_zone, opens_on: edition.opens_on, now: app.now() };
    let all = plan::watch::working(&reader, edition.id).await?.into_iter().map(|task| ReportOut {
        missing_since: missed(&task, &own, at),
        next_due: next_report(&task, &own, at),
        last_report: task.heard,
        owner: task.owner.map(|id| id.to_string()),
        task: task.code,
    });
    Ok(Json(all.collect()))
}

/// What a look at the plan came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookOut {
    /// Deviations opened.
    opened: usize,
    /// Deviations closed because their cause is gone.
    closed: usize,
    /// Deviations lifted a level.
    escalated: usize,
}

/// Looks at the plan now instead of within the next five minutes: missed reports, late forecasts, escalations.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/watch", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = LookOut)))]
pub(super) async fn look(caller: Api<may::PlanEdit>, State(app): State<App>) -> Result<Json<LookOut>, ApiFail> {
    let done = app::plan::watch(&app, &caller.edition).await?;
    Ok(Json(LookOut { opened: done.opened, closed: done.closed, escalated: done.escalated }))
}
