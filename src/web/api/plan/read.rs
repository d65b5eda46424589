//! Reading the plan.

use super::board;
use super::forecast::ThreePointIo;
use super::why::WhyOut;
use crate::api::{ApiFail, Listing, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::plan::view::{Board, DeviationRow, Filter, Neighbour, Row, TaskPage};
use domain::plan::{DAY, Task};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The plan as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeadOut {
    /// Template code.
    template: String,
    /// D0.
    opens_on: NaiveDate,
    /// Code of the opening task.
    opening: Option<String>,
    /// Working minutes between the end of the preparation and D0; negative when the plan misses it.
    room_minutes: Option<i64>,
    /// Codes on the critical path to the opening, in order.
    path_to_opening: Vec<String>,
    /// Counts accepted changes; give it back with a change.
    revision: i32,
    /// Tasks that are not cancelled.
    tasks: u32,
    /// Accepted, confirmed or waived.
    done: u32,
    /// Late.
    late: u32,
    /// Open deviations.
    deviations: u32,
}

/// One task.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskOut {
    /// Identity.
    id: String,
    /// Code.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// What it is for.
    objective: String,
    /// Phase.
    phase: &'static str,
    /// Stage in English.
    stage: String,
    /// Team.
    role: &'static str,
    /// Owner's user id.
    owner: Option<String>,
    /// Checker's user id.
    checker: Option<String>,
    /// Confirmer's user id.
    confirmer: Option<String>,
    /// Kind of place.
    place_kind: &'static str,
    /// First day.
    starts_on: NaiveDate,
    /// Last day.
    ends_on: NaiveDate,
    /// Days of work.
    duration_days: f64,
    /// Total float in working minutes.
    total_float_minutes: i64,
    /// On a critical path.
    critical: bool,
    /// Late.
    late: bool,
    /// When it is done.
    done_when: String,
    /// Where it stands.
    state: &'static str,
    /// Round of work.
    round: i32,
    /// How far.
    percent: i32,
    /// Open deviations.
    deviations: u32,
    /// `task`, `start_milestone`, `finish_milestone`, `summary`.
    kind: &'static str,
    /// Id of the summary it belongs to.
    parent: Option<String>,
    /// Who goes first where two want one place or crew: 0 to 1000.
    priority: i32,
    /// Id of its own calendar.
    calendar: Option<String>,
    /// Give it back with a change.
    version: i32,
}

impl TaskOut {
    pub(super) fn of(row: &Row, task: &Task) -> Self {
        let id = |user: Option<domain::UserId>| user.map(|user| user.to_string());
        Self {
            id: row.id.to_string(),
            code: row.code.clone(),
            name_en: row.name.en.clone(),
            name_zh: row.name.zh.clone(),
            objective: task.objective.clone(),
            phase: row.phase.code(),
            stage: row.stage.en.clone(),
            role: row.role.code(),
            owner: id(task.owner),
            checker: id(task.checker),
            confirmer: id(task.confirmer),
            place_kind: row.place_kind.code(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            duration_days: row.duration as f64 / DAY as f64,
            total_float_minutes: row.total_float,
            critical: row.critical,
            late: row.late,
            done_when: task.done_when.clone(),
            state: row.state.code(),
            round: row.round,
            percent: row.percent,
            deviations: row.deviations,
            kind: row.kind.code(),
            parent: task.parent.map(|id| id.to_string()),
            priority: task.priority,
            calendar: task.calendar.map(|id| id.to_string()),
            version: task.version,
        }
    }
}

/// A link to another task.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkOut {
    /// The other task.
    code: String,
    /// `fs`, `ss`, `ff`, `sf`.
    kind: &'static str,
    /// Working minutes between; negative is a lead.
    lag_minutes: i64,
    /// Decides the date.
    driving: bool,
}

impl From<&Neighbour> for LinkOut {
    fn from(one: &Neighbour) -> Self {
        Self { code: one.code.clone(), kind: one.kind.code(), lag_minutes: one.lag, driving: one.driving }
    }
}

/// A criterion and its latest answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct IndicatorOut {
    /// Identity: what a check answers.
    id: String,
    /// What is measured.
    name: String,
    /// `yes_no`, `number`, `document`, `photo`, `live`.
    kind: &'static str,
    /// How a number is compared.
    comparison: Option<&'static str>,
    /// With what.
    target: Option<f64>,
    /// By how much the target may be missed.
    tolerance: Option<f64>,
    /// The value beyond which work stops.
    stop: Option<f64>,
    /// Unit of a number.
    unit: String,
    /// How it is measured.
    method: String,
    /// Where the value comes from.
    source: String,
    /// Code of the function that measures.
    role: Option<&'static str>,
    /// The metric of a live one, with what narrows it.
    metric: Option<String>,
    /// What a live one says now.
    now: Option<f64>,
    /// Give it back with a change.
    version: i32,
    /// Must pass before the task is accepted.
    mandatory: bool,
    /// Latest value.
    value: Option<f64>,
    /// Whether it passed.
    passed: Option<bool>,
    /// Round of the latest value.
    round: Option<i32>,
}

/// A task with everything that decides what can be done with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskDetail {
    /// The task.
    #[serde(flatten)]
    task: TaskOut,
    /// `asap`, `alap`, `snet`, `snlt`, `fnet`, `fnlt`, `mso`, `mfo`.
    constraint: String,
    /// Its day.
    constraint_on: Option<NaiveDate>,
    /// Wanted finish.
    deadline_at: Option<DateTime<Utc>>,
    /// Latest first day without harm to what follows.
    late_starts_on: NaiveDate,
    /// Latest last day.
    late_ends_on: NaiveDate,
    /// What people expect of the duration.
    estimate: Option<ThreePointIo>,
    /// What it may cost, in minor units of the plan's currency.
    budget_minor: Option<i64>,
    /// What it has cost so far, in minor units.
    actual_cost_minor: i64,
    /// When work began.
    actual_start: Option<DateTime<Utc>>,
    /// When it was handed in.
    actual_finish: Option<DateTime<Utc>>,
    /// What it waits for.
    predecessors: Vec<LinkOut>,
    /// What waits for it.
    successors: Vec<LinkOut>,
    /// Codes of the chain that decides its dates, first cause first.
    driving_chain: Vec<String>,
    /// The same chain, each step with its dates and its reason, calendars and open hours of places included.
    why: Vec<WhyOut>,
    /// Codes of the conditions that are not met before it can begin.
    unmet: Vec<String>,
    /// Its criteria.
    indicators: Vec<IndicatorOut>,
    /// Its deviations.
    deviations_list: Vec<DeviationOut>,
}

impl TaskDetail {
    fn of(page: &TaskPage, zone: Tz) -> Self {
        let indicators = page.indicators.iter().map(|one| {
            let last = page.measured.iter().find(|value| value.measurement.indicator == one.id);
            let last = last.map(|value| &value.measurement);
            IndicatorOut {
                id: one.id.to_string(),
                name: one.name.en.clone(),
                kind: one.kind.code(),
                comparison: one.target.map(|target| target.comparison.code()),
                target: one.target.map(|target| target.value),
                tolerance: one.tolerance,
                stop: one.stop,
                unit: one.unit.clone(),
                method: one.method.clone(),
                source: one.source.clone(),
                role: one.role.map(|role| role.code()),
                metric: one.metric.as_ref().map(|used| used.text()),
                now: page.live.iter().find(|(id, _)| *id == one.id).and_then(|(_, reading)| reading.value),
                version: one.version,
                mandatory: one.mandatory,
                value: last.map(|value| value.value),
                passed: last.map(|value| value.passed),
                round: last.map(|value| value.round),
            }
        });
        let task = &page.task;
        Self {
            constraint: task.constraint.clone(),
            constraint_on: page.constraint_on,
            deadline_at: task.deadline_at,
            late_starts_on: page.late_days.0,
            late_ends_on: page.late_days.1,
            estimate: task.estimate.map(Into::into),
            budget_minor: task.budget,
            actual_cost_minor: task.actual_cost,
            actual_start: task.actual_start,
            actual_finish: task.actual_finish,
            predecessors: page.before.iter().map(LinkOut::from).collect(),
            successors: page.after.iter().map(LinkOut::from).collect(),
            driving_chain: page.why.iter().map(|step| step.code.clone()).collect(),
            why: WhyOut::chain(&page.why, zone),
            unmet: page.unmet.iter().map(|one| one.refusal().code).collect(),
            indicators: indicators.collect(),
            deviations_list: page.deviations.iter().map(DeviationOut::from).collect(),
            task: TaskOut::of(&page.row, &page.task),
        }
    }
}

/// A deviation.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviationOut {
    /// Identity.
    id: String,
    /// Code of its task.
    task: Option<String>,
    /// Round of its task.
    round: i32,
    /// `minor`, `major`, `blocking`.
    severity: &'static str,
    /// What is wrong.
    title: String,
    /// Why.
    cause: String,
    /// What puts it right.
    corrective_action: String,
    /// By when.
    due_on: Option<NaiveDate>,
    /// What opened it: `person`, `check`, `report`, `forecast`, `state`, `conflict`.
    source: &'static str,
    /// How far it was escalated: 0 owner, 1 lead of the role, 2 manager, 3 director.
    level: i32,
    /// `open`, `closed`.
    state: &'static str,
    /// When it was found.
    opened_at: DateTime<Utc>,
    /// When it was closed.
    closed_at: Option<DateTime<Utc>>,
    /// What shows that it is put right.
    proof: String,
}

impl From<&DeviationRow> for DeviationOut {
    fn from(row: &DeviationRow) -> Self {
        let one = &row.deviation;
        Self {
            id: one.id.to_string(),
            task: row.task.as_ref().map(|(code, _)| code.clone()),
            round: one.round,
            severity: one.severity.code(),
            title: one.title.clone(),
            cause: one.cause.clone(),
            corrective_action: one.corrective_action.clone(),
            due_on: one.due_on,
            source: one.source.code(),
            level: one.level,
            state: one.state.code(),
            opened_at: one.opened_at,
            closed_at: one.closed_at,
            proof: one.proof.clone(),
        }
    }
}

/// The plan of an edition.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = HeadOut), (status = 404, body = Problem)))]
pub(super) async fn head(caller: Api<may::PlanRead>, State(app): State<App>) -> Result<Json<HeadOut>, ApiFail> {
    let Board { head, .. } = board(&app, &caller.edition).await?;
    Ok(Json(HeadOut {
        template: head.template,
        opens_on: head.opens_on,
        opening: head.opening,
        room_minutes: head.room,
        path_to_opening: head.path,
        revision: head.revision,
        tasks: head.counts.tasks,
        done: head.counts.done,
        late: head.counts.late,
        deviations: head.counts.deviations,
    }))
}

/// How a list is cut.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Cut {
    limit: Option<usize>,
    cursor: String,
    q: String,
    phase: String,
    state: String,
    owner: String,
    only: String,
}

/// Most rows of a page.
const MOST: usize = 500;

/// Tasks in plan order.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/tasks", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("limit" = Option<usize>, Query, description = "rows of a page, at most 500"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("q" = Option<String>, Query, description = "words in code, name, objective, criterion"),
        ("phase" = Option<String>, Query), ("state" = Option<String>, Query),
        ("owner" = Option<String>, Query, description = "user id, or `none`"),
        ("only" = Option<String>, Query, description = "`critical`, `late`, `path`")),
    responses((status = 200, body = Listing<TaskOut>), (status = 404, body = Problem)))]
pub(super) async fn tasks(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(cut): Query<Cut>,
) -> Result<Json<Listing<TaskOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let limit = cut.limit.unwrap_or(100).clamp(1, MOST);
    let filter =
        Filter { q: cut.q, phase: cut.phase, state: cut.state, owner: cut.owner, only: cut.only, ..Filter::default() };
    let after = board.rows.iter().position(|row| row.code == cut.cursor).map_or(0, |at| at + 1);
    let mut shown = (after..board.rows.len()).filter(|&at| filter.shows(&board.rows[at], &board.head.path));
    let items: Vec<TaskOut> =
        shown.by_ref().take(limit).map(|at| TaskOut::of(&board.rows[at], &board.sheet.tasks[at])).collect();
    let next = shown.next().and_then(|_| items.last().map(|last| last.code.clone()));
    Ok(Json(Listing { items, next }))
}

/// One task with its links, criteria and deviations.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/tasks/{task}", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("task" = String, Path, description = "code or id of the task")),
    responses((status = 200, body = TaskDetail), (status = 404, body = Problem)))]
pub(super) async fn task(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
) -> Result<Json<TaskDetail>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let id = board.find(&name).ok_or(ApiFail::Missing)?.id;
    let page = store::read::plan::task_page(&app.reader(), &board, id, app.now()).await?.ok_or(ApiFail::Missing)?;
    Ok(Json(TaskDetail::of(&page, board.sheet.zone)))
}

/// Deviations, open ones first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/deviations", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<DeviationOut>), (status = 404, body = Problem)))]
pub(super) async fn deviations(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Listing<DeviationOut>>, ApiFail> {
    let today = caller.edition.day(app.now());
    let all = store::read::plan::deviations(&app.reader(), caller.edition.id, None, today).await?;
    Ok(Json(Listing { items: all.iter().map(DeviationOut::from).collect(), next: None }))
}
