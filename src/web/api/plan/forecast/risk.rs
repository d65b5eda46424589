//! Risks, estimates and simulations over the API.

use super::board;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::edition::Edition;
use domain::plan::risk::estimate::{EstimateDraft, SpreadDraft};
use domain::plan::risk::forecast::{AimForecast, RiskRun, RunDraft};
use domain::plan::risk::register::{RiskDraft, RiskEvent};
use domain::plan::risk::study::Study;
use domain::plan::view::Board;
use domain::plan::{DAY, ThreePoint, axis};
use domain::{RiskRunId, TaskId};
use serde::{Deserialize, Serialize};
use store::read::plan;
use utoipa::ToSchema;

/// Three points in days.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ThreePointIo {
    /// When everything goes well.
    optimistic_days: f64,
    /// As a rule.
    likely_days: f64,
    /// When much goes wrong.
    pessimistic_days: f64,
}

impl From<ThreePoint> for ThreePointIo {
    fn from(one: ThreePoint) -> Self {
        let days = |minutes: i64| minutes as f64 / DAY as f64;
        Self {
            optimistic_days: days(one.optimistic),
            likely_days: days(one.likely),
            pessimistic_days: days(one.pessimistic),
        }
    }
}

/// A risk.
#[derive(Debug, Serialize, ToSchema)]
pub struct RiskOut {
    /// Counts the risks of the edition, from 1.
    number: i32,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// Cause and effect.
    description: String,
    /// Chance in percent.
    probability_percent: f64,
    /// Delay of each task it touches.
    delay: ThreePointIo,
    /// Codes of the tasks it touches.
    tasks: Vec<String>,
    /// User id of who looks after it.
    owner: Option<String>,
    /// What is done about it.
    response: String,
    /// `open`, `closed`.
    state: &'static str,
    /// Expected delay in days.
    exposure_days: f64,
    /// Give it back with a change.
    version: i32,
}

impl RiskOut {
    fn of(risk: &RiskEvent, board: &Board) -> Self {
        let code = |id: &TaskId| board.sheet.tasks.iter().find(|task| task.id == *id).map(|task| task.code.clone());
        Self {
            number: risk.number,
            name_en: risk.name.en.clone(),
            name_zh: risk.name.zh.clone(),
            description: risk.description.clone(),
            probability_percent: f64::from(risk.probability) / 10.0,
            delay: risk.delay.into(),
            tasks: risk.tasks.iter().filter_map(code).collect(),
            owner: risk.owner.map(|id| id.to_string()),
            response: risk.response.clone(),
            state: risk.state.code(),
            exposure_days: risk.exposure() / DAY as f64,
            version: risk.version,
        }
    }
}

/// A risk, new or changed.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RiskIn {
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// Cause and effect.
    description: String,
    /// Chance in percent.
    probability_percent: f64,
    /// Delay of each task it touches.
    delay: ThreePointIo,
    /// Codes of the tasks it touches.
    tasks: Vec<String>,
    /// User id of who looks after it.
    owner: Option<String>,
    /// What is done about it.
    response: String,
    /// `open` or `closed`; open when absent.
    state: Option<String>,
    /// Version that was read; the current one when absent.
    version: Option<i32>,
}

impl RiskIn {
    fn draft(self) -> RiskDraft {
        RiskDraft {
            name_en: self.name_en,
            name_zh: self.name_zh,
            description: self.description,
            probability: self.probability_percent.to_string(),
            optimistic_days: self.delay.optimistic_days.to_string(),
            likely_days: self.delay.likely_days.to_string(),
            pessimistic_days: self.delay.pessimistic_days.to_string(),
            tasks: self.tasks.join("; "),
            owner: self.owner.unwrap_or_default(),
            response: self.response,
            state: self.state.unwrap_or_default(),
            version: self.version.map(|version| version.to_string()).unwrap_or_default(),
        }
    }
}

/// The risk register, open risks first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/risks", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Vec<RiskOut>), (status = 404, body = Problem)))]
pub(super) async fn risks(caller: Api<may::PlanRead>, State(app): State<App>) -> Result<Json<Vec<RiskOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let all = plan::risks(&app.reader(), caller.edition.id).await?;
    Ok(Json(all.iter().map(|(risk, _)| RiskOut::of(risk, &board)).collect()))
}

/// Adds a risk.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/risks", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = RiskIn,
    responses((status = 200, body = RiskOut), (status = 422, body = Problem)))]
pub(super) async fn add_risk(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<RiskIn>,
) -> Result<Json<RiskOut>, ApiFail> {
    let risk = app::plan::add_risk(&app, &caller.viewer, caller.edition.id, &body.draft()).await?;
    Ok(Json(RiskOut::of(&risk, &board(&app, &caller.edition).await?)))
}

/// Changes a risk; everything is given anew.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/risks/{number}", tag = "plan",
    security(("token" = [])), request_body = RiskIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("number" = i32, Path)),
    responses((status = 200, body = RiskOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change_risk(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Body(body): Body<RiskIn>,
) -> Result<Json<RiskOut>, ApiFail> {
    let number = number.parse().map_err(|_| ApiFail::Missing)?;
    let risk = app::plan::change_risk(&app, &caller.viewer, caller.edition.id, number, &body.draft()).await?;
    Ok(Json(RiskOut::of(&risk, &board(&app, &caller.edition).await?)))
}

/// Estimate and money of a task.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EstimateIo {
    /// Three points; absent for no estimate.
    estimate: Option<ThreePointIo>,
    /// In units of the plan's currency.
    budget: Option<f64>,
    /// In units of the plan's currency.
    actual_cost: f64,
    /// Version of the task that was read; the current one when absent.
    version: Option<i32>,
}

/// Saves the estimate, budget and cost of a task; answers them as saved.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/estimate", tag = "plan",
    security(("token" = [])), request_body = EstimateIo,
    params(("edition" = String, Path, description = "slug of the edition"),
        ("task" = String, Path, description = "code or id of the task")),
    responses((status = 200, body = EstimateIo), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn estimate(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Body(body): Body<EstimateIo>,
) -> Result<Json<EstimateIo>, ApiFail> {
    let found = board(&app, &caller.edition).await?;
    let task = found.find(&name).ok_or(ApiFail::Missing)?.id;
    let days = |pick: fn(ThreePointIo) -> f64| body.estimate.map(|one| pick(one).to_string()).unwrap_or_default();
    let draft = EstimateDraft {
        optimistic_days: days(|one| one.optimistic_days),
        likely_days: days(|one| one.likely_days),
        pessimistic_days: days(|one| one.pessimistic_days),
        budget: body.budget.map(|money| money.to_string()).unwrap_or_default(),
        actual_cost: body.actual_cost.to_string(),
    };
    app::plan::estimate_task(&app, &caller.viewer, caller.edition.id, task, &draft, body.version).await?;
    let saved = board(&app, &caller.edition).await?;
    let task = saved.find(&name).ok_or(ApiFail::Missing)?;
    Ok(Json(EstimateIo {
        estimate: task.estimate.map(ThreePointIo::from),
        budget: task.budget.map(|minor| minor as f64 / 100.0),
        actual_cost: task.actual_cost as f64 / 100.0,
        version: Some(task.version),
    }))
}

/// Suggests estimates by phase for tasks without one: `less-pre_show`, `more-pre_show` … in percent,
/// `overwrite` for all; answers how many were given.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/estimates/suggest", tag = "plan",
    security(("token" = [])), request_body = std::collections::BTreeMap<String, String>,
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = usize), (status = 422, body = Problem)))]
pub(super) async fn suggest(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(percent): Body<std::collections::BTreeMap<String, String>>,
) -> Result<Json<usize>, ApiFail> {
    let draft = SpreadDraft { percent };
    Ok(Json(app::plan::suggest_estimates(&app, &caller.viewer, caller.edition.id, &draft).await?))
}

/// A simulation to make.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RunIn {
    /// How many runs; 10,000 when absent.
    runs: Option<u32>,
    /// The seed; 1 when absent.
    seed: Option<i64>,
    /// `pert` or `triangular`.
    shape: Option<String>,
    /// Key of the date whose drivers are wanted: `opening`, `milestone-G2`, `phase-on_site`, `end`.
    aim: Option<String>,
}

/// How one date is spread.
#[derive(Debug, Serialize, ToSchema)]
pub struct AimOut {
    /// Names the date.
    key: String,
    /// `opening`, `milestone`, `deadline`, `phase`, `end`.
    kind: &'static str,
    /// Code of its task or phase.
    code: String,
    /// By when.
    due: DateTime<Utc>,
    /// When the plan has it.
    planned: DateTime<Utc>,
    /// Share of runs that keep it, 0 to 1.
    chance: f64,
    /// Mean.
    mean: DateTime<Utc>,
    /// Kept in half of the runs.
    p50: DateTime<Utc>,
    /// Kept in 80 percent of the runs.
    p80: DateTime<Utc>,
    /// Kept in 95 percent of the runs.
    p95: DateTime<Utc>,
    /// Standard deviation in minutes.
    deviation_minutes: i64,
    /// The date kept in 0, 1, … 100 percent of the runs.
    curve: Vec<DateTime<Utc>>,
}

impl AimOut {
    fn of(one: &AimForecast, edition: &Edition) -> Self {
        let at = |minute: i64| axis::instant(minute, edition.time_zone);
        Self {
            key: one.aim.key.clone(),
            kind: one.aim.kind.code(),
            code: one.aim.code.clone(),
            due: at(one.aim.due),
            planned: at(one.aim.planned),
            chance: one.chance,
            mean: at(one.mean),
            p50: at(one.percentile(50)),
            p80: at(one.percentile(80)),
            p95: at(one.percentile(95)),
            deviation_minutes: one.deviation,
            curve: one.curve.iter().map(|minute| at(*minute)).collect(),
        }
    }
}

/// What one task does to the date in front.
#[derive(Debug, Serialize, ToSchema)]
pub struct DriverOut {
    /// Code of the task.
    code: String,
    /// Share of runs in which it drives the date.
    criticality: f64,
    /// Rank correlation of its duration with the date.
    correlation: f64,
    /// Schedule sensitivity index.
    sensitivity: f64,
    /// Mean duration in days.
    mean_days: f64,
    /// Minutes between the mean dates at its longest and shortest tenth.
    swing_minutes: i64,
}

/// A simulation.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunOut {
    /// Identity.
    id: String,
    /// `waiting`, `running`, `done`, `cancelled`, `failed`.
    state: &'static str,
    /// Runs wanted.
    runs: u32,
    /// Runs made.
    made: u32,
    /// The seed.
    seed: u64,
    /// `pert`, `triangular`.
    shape: &'static str,
    /// Revision of the plan it was asked on.
    revision: i32,
    /// The plan or the register changed since.
    outdated: bool,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// The dates, the one in front first.
    aims: Vec<AimOut>,
    /// What drives the first date, the widest swing first.
    drivers: Vec<DriverOut>,
}

async fn out(app: &App, edition: &Edition, run: &RiskRun) -> Result<Json<RunOut>, ApiFail> {
    let board = board(app, edition).await?;
    let risks: Vec<_> = plan::risks(&app.reader(), edition.id).await?.into_iter().map(|(risk, _)| risk).collect();
    let study = Study::of(&board.sheet, &risks, run.shape).map_err(|_| ApiFail::Missing)?;
    let result = run.result.as_ref();
    let drivers = result.into_iter().flat_map(|result| &result.tasks).map(|task| DriverOut {
        code: task.code.clone(),
        criticality: task.criticality,
        correlation: task.correlation,
        sensitivity: task.sensitivity,
        mean_days: task.mean as f64 / DAY as f64,
        swing_minutes: (task.high - task.low).abs(),
    });
    Ok(Json(RunOut {
        id: run.id.to_string(),
        state: run.state.code(),
        runs: run.runs,
        made: run.made,
        seed: run.seed,
        shape: run.shape.code(),
        revision: run.revision,
        outdated: run.basis != study.basis(),
        asked_at: run.asked_at,
        aims: result.into_iter().flat_map(|result| &result.aims).map(|one| AimOut::of(one, edition)).collect(),
        drivers: drivers.collect(),
    }))
}

/// Asks for a simulation. A small one is done at once, a large one goes to the worker: read it again until it is done.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/simulations", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = RunIn,
    responses((status = 200, body = RunOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn ask(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<RunIn>,
) -> Result<Json<RunOut>, ApiFail> {
    let draft = RunDraft {
        runs: body.runs.map(|runs| runs.to_string()).unwrap_or_default(),
        seed: body.seed.map(|seed| seed.to_string()).unwrap_or_default(),
        shape: body.shape.unwrap_or_default(),
        aim: body.aim.unwrap_or_default(),
    };
    let id = app::plan::ask_simulation(&app, &caller.viewer, caller.edition.id, &draft).await?;
    let run = plan::risk_run(&app.reader(), caller.edition.id, id).await?.ok_or(ApiFail::Missing)?;
    out(&app, &caller.edition, &run).await
}

/// A simulation with what it found.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/simulations/{run}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("run" = String, Path)),
    responses((status = 200, body = RunOut), (status = 404, body = Problem)))]
pub(super) async fn read(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, run)): Path<(String, String)>,
) -> Result<Json<RunOut>, ApiFail> {
    let id: RiskRunId = run.parse().map_err(|_| ApiFail::Missing)?;
    let run = plan::risk_run(&app.reader(), caller.edition.id, id).await?.ok_or(ApiFail::Missing)?;
    out(&app, &caller.edition, &run).await
}

/// Stops a simulation that is not over; answers it as it then is.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/simulations/{run}/stop", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("run" = String, Path)),
    responses((status = 200, body = RunOut), (status = 404, body = Problem)))]
pub(super) async fn stop(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, run)): Path<(String, String)>,
) -> Result<Json<RunOut>, ApiFail> {
    let id: RiskRunId = run.parse().map_err(|_| ApiFail::Missing)?;
    app::plan::stop_simulation(&app, &caller.viewer, caller.edition.id, id).await?;
    let run = plan::risk_run(&app.reader(), caller.edition.id, id).await?.ok_or(ApiFail::Missing)?;
    out(&app, &caller.edition, &run).await
}
