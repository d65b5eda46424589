//! Scenarios over the API: make one, change its steps, see its effect, promote it, compare plans.

use super::board;
use crate::api::plan::change::DeltaOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use domain::plan::axis;
use domain::plan::scenario::{Column, Scenario, ScenarioDraft, Step, StepDraft, Which};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read::plan;
use utoipa::ToSchema;

/// A scenario.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScenarioOut {
    /// Counts the scenarios of the edition, from 1.
    number: i32,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// The question it answers.
    description: String,
    /// Revision of the plan it was begun on, or made once promoted.
    revision: i32,
    /// `draft`, `promoted`, `dropped`.
    state: &'static str,
    /// Its steps, in order.
    steps: Vec<StepOut>,
    /// When it was made.
    created_at: DateTime<Utc>,
}

/// A step of a scenario.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepOut {
    /// Code of the task or of the calendar.
    code: String,
    /// `task`, `day`, `add`, `delete`, `opening`.
    kind: &'static str,
    /// Fields that change, each before and after; for a day its new hours, for a task that comes what was typed.
    fields: BTreeMap<String, [String; 2]>,
}

impl From<&Step> for StepOut {
    fn from(step: &Step) -> Self {
        match step {
            Step::Task { code, opened, draft, .. } => {
                let fields = [
                    ("duration_days", &opened.duration_days, &draft.duration_days),
                    ("constraint", &opened.constraint, &draft.constraint),
                    ("constraint_on", &opened.constraint_on, &draft.constraint_on),
                    ("deadline_on", &opened.deadline_on, &draft.deadline_on),
                    ("predecessors", &opened.predecessors, &draft.predecessors),
                ];
                let changed = fields.into_iter().filter(|(_, was, is)| was != is);
                let fields = changed.map(|(name, was, is)| (name.to_owned(), [was.clone(), is.clone()])).collect();
                Self { code: code.clone(), kind: "task", fields }
            }
            Step::Add { code, new, .. } => {
                let fields = [
                    ("name_en", &new.name_en),
                    ("name_zh", &new.name_zh),
                    ("after", &new.after),
                    ("duration_days", &new.duration_days),
                    ("start_on", &new.start_on),
                    ("deadline_on", &new.deadline_on),
                    ("predecessors", &new.predecessors),
                ];
                let typed = fields.into_iter().filter(|(_, is)| !is.is_empty());
                let fields = typed.map(|(name, is)| (name.to_owned(), [String::new(), is.clone()])).collect();
                Self { code: code.clone(), kind: "add", fields }
            }
            Step::Delete { code, .. } => Self { code: code.clone(), kind: "delete", fields: BTreeMap::new() },
            Step::Opening { was, to } => {
                let fields = BTreeMap::from([("opens_on".to_owned(), [was.to_string(), to.to_string()])]);
                Self { code: "D0".to_owned(), kind: "opening", fields }
            }
            Step::Day { code, day, spans, .. } => {
                let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
                let hours: Vec<String> =
                    spans.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
                let fields = BTreeMap::from([(day.to_string(), [String::new(), hours.join(", ")])]);
                Self { code: code.clone(), kind: "day", fields }
            }
        }
    }
}

impl From<&Scenario> for ScenarioOut {
    fn from(one: &Scenario) -> Self {
        Self {
            number: one.number,
            name_en: one.name.en.clone(),
            name_zh: one.name.zh.clone(),
            description: one.description.clone(),
            revision: one.revision,
            state: one.state.code(),
            steps: one.steps.iter().map(StepOut::from).collect(),
            created_at: one.created_at,
        }
    }
}

/// A new scenario.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ScenarioIn {
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// The question it answers.
    description: String,
}

/// A step: a task with what shall be other, a day of a calendar with its hours, a task that comes or goes, another
/// opening day.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StepIn {
    /// `add`, `delete`, `opening`; absent for a task with what shall be other, or a day of a calendar.
    kind: String,
    /// Code of the task.
    task: String,
    /// Days; as it is when absent.
    duration_days: Option<f64>,
    /// Spelling of the date constraint; as it is when absent.
    constraint: String,
    /// Its day.
    constraint_on: Option<NaiveDate>,
    /// Wanted last day; as it is when absent.
    deadline_on: Option<NaiveDate>,
    /// `E09 FS-25; S13 FS`; as it is when absent, `-` for none.
    predecessors: String,
    /// Code of the calendar.
    calendar: String,
    /// The day of the calendar.
    day: Option<NaiveDate>,
    /// `08:00-12:00, 13:00-17:00`; empty for a day off.
    hours: String,
    /// For a task that comes: its code; the next free one of the family when absent.
    code: String,
    /// Its English name.
    name_en: String,
    /// Its Chinese name.
    name_zh: String,
    /// Code of the task it comes after in the list; at the end when absent.
    after: String,
    /// Starts no earlier than this day.
    start_on: Option<NaiveDate>,
    /// The day the event shall open; all its days move along.
    opens_on: Option<NaiveDate>,
}

impl StepIn {
    fn draft(self) -> StepDraft {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        StepDraft {
            task: self.task,
            duration_days: self.duration_days.map(|days| days.to_string()).unwrap_or_default(),
            constraint: self.constraint,
            constraint_on: day(self.constraint_on),
            deadline_on: day(self.deadline_on),
            predecessors: self.predecessors,
            calendar: self.calendar,
            day: day(self.day),
            hours: self.hours,
            kind: self.kind,
            code: self.code,
            name_en: self.name_en,
            name_zh: self.name_zh,
            after: self.after,
            start_on: day(self.start_on),
            opens_on: day(self.opens_on),
        }
    }
}

/// The revision of the plan whose effect was seen.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PromoteIn {
    /// The current one when absent.
    revision: Option<i32>,
}

/// A scenario with what it would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScenarioEffectOut {
    /// The scenario.
    scenario: ScenarioOut,
    /// What it moves; absent when it does not fit the plan any more.
    effect: Option<DeltaOut>,
    /// Codes of what keeps it from fitting.
    unfit: Vec<String>,
}

/// One plan beside others.
#[derive(Debug, Serialize, ToSchema)]
pub struct ColumnOut {
    /// `current`, `baseline`, `scenario`.
    kind: &'static str,
    /// Number of the baseline or scenario.
    number: Option<i32>,
    /// English name.
    name_en: String,
    /// Working minutes before D0.
    room_minutes: Option<i64>,
    /// Last day of each phase.
    phases_end_on: BTreeMap<String, NaiveDate>,
    /// Codes on the critical path to the opening.
    path_to_opening: Vec<String>,
    /// Links and wishes it breaks.
    breaks: Option<usize>,
    /// The opening day; absent for a baseline.
    opens_on: Option<NaiveDate>,
    /// Codes of the tasks it has and the current plan has not.
    added: Vec<String>,
    /// Codes of the tasks the current plan has and it has not.
    removed: Vec<String>,
    /// Tasks whose dates differ from the current plan's.
    moved: usize,
    /// Codes of what keeps it from being computed.
    unfit: Vec<String>,
}

impl From<&Column> for ColumnOut {
    fn from(column: &Column) -> Self {
        let (kind, number) = match column.which {
            Which::Current => ("current", None),
            Which::Baseline(number) => ("baseline", Some(number)),
            Which::Scenario(number) => ("scenario", Some(number)),
        };
        let phases = column.phases.iter().map(|(phase, end)| (phase.code().to_owned(), axis::day_of(end - 1)));
        Self {
            kind,
            number,
            name_en: column.name.en.clone(),
            room_minutes: column.room,
            phases_end_on: phases.collect(),
            path_to_opening: column.path.clone(),
            breaks: column.breaches,
            opens_on: column.opens_on,
            added: column.added.clone(),
            removed: column.removed.clone(),
            moved: column.moved,
            unfit: column.refusals.iter().map(|one| one.code.clone()).collect(),
        }
    }
}

/// The scenarios of a plan.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/scenarios", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Vec<ScenarioOut>)))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Vec<ScenarioOut>>, ApiFail> {
    let all = plan::scenarios(&app.reader(), caller.edition.id).await?;
    Ok(Json(all.iter().map(ScenarioOut::from).collect()))
}

/// Makes an empty scenario.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/scenarios", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = ScenarioIn,
    responses((status = 200, body = ScenarioOut), (status = 422, body = Problem)))]
pub(super) async fn create(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<ScenarioIn>,
) -> Result<Json<ScenarioOut>, ApiFail> {
    let draft = ScenarioDraft { name_en: body.name_en, name_zh: body.name_zh, description: body.description };
    let one = app::plan::create_scenario(&app, &caller.viewer, caller.edition.id, &draft).await?;
    Ok(Json(ScenarioOut::from(&one)))
}

async fn effect_of(
    app: &App,
    edition: &domain::edition::Edition,
    number: i32,
) -> Result<Json<ScenarioEffectOut>, ApiFail> {
    let board = board(app, edition).await?;
    let one = plan::scenario(&app.reader(), edition.id, number).await?.ok_or(ApiFail::Missing)?;
    let tried = app::plan::try_scenario(app, &board, &one);
    Ok(Json(ScenarioEffectOut {
        scenario: ScenarioOut::from(&one),
        effect: tried.as_ref().ok().map(|tried| DeltaOut::of(&board, &tried.delta)),
        unfit: tried.err().unwrap_or_default().into_iter().map(|one| one.code).collect(),
    }))
}

/// A scenario with what it would move in the plan as it is.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/scenarios/{number}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("number" = i32, Path)),
    responses((status = 200, body = ScenarioEffectOut), (status = 404, body = Problem)))]
pub(super) async fn read(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
) -> Result<Json<ScenarioEffectOut>, ApiFail> {
    effect_of(&app, &caller.edition, number.parse().map_err(|_| ApiFail::Missing)?).await
}

/// Adds a step, or puts it in place of the one that changes the same task or day.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/scenarios/{number}/steps", tag = "plan",
    security(("token" = [])), request_body = StepIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("number" = i32, Path)),
    responses((status = 200, body = ScenarioEffectOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add_step(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Body(body): Body<StepIn>,
) -> Result<Json<ScenarioEffectOut>, ApiFail> {
    let number = number.parse().map_err(|_| ApiFail::Missing)?;
    app::plan::add_step(&app, &caller.viewer, caller.edition.id, number, &body.draft()).await?;
    effect_of(&app, &caller.edition, number).await
}

/// Takes a step out, by its place from 1.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/scenarios/{number}/steps/{step}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("number" = i32, Path),
        ("step" = usize, Path)),
    responses((status = 200, body = ScenarioEffectOut), (status = 404, body = Problem)))]
pub(super) async fn remove_step(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number, step)): Path<(String, String, String)>,
) -> Result<Json<ScenarioEffectOut>, ApiFail> {
    let (number, step) = (number.parse().map_err(|_| ApiFail::Missing)?, step.parse().map_err(|_| ApiFail::Missing)?);
    app::plan::remove_step(&app, &caller.viewer, caller.edition.id, number, step).await?;
    effect_of(&app, &caller.edition, number).await
}

/// Makes the scenario's changes the plan's, as one change that can be taken back; answers what moved. One that moves the
/// opening day needs the right to change the edition too.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/scenarios/{number}/promote", tag = "plan",
    security(("token" = [])), request_body = PromoteIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("number" = i32, Path)),
    responses((status = 200, body = DeltaOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn promote(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Body(body): Body<PromoteIn>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let number = number.parse().map_err(|_| ApiFail::Missing)?;
    let before = board(&app, &caller.edition).await?;
    let revision = body.revision.unwrap_or(before.sheet.revision);
    let delta = app::plan::promote_scenario(&app, &caller.viewer, &caller.edition, number, revision).await?;
    Ok(Json(DeltaOut::of(&before, &delta)))
}

/// Puts a scenario away: it stays on record and is not thought about any more.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/scenarios/{number}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("number" = i32, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn put_away(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
) -> Result<StatusCode, ApiFail> {
    let number = number.parse().map_err(|_| ApiFail::Missing)?;
    app::plan::drop_scenario(&app, &caller.viewer, caller.edition.id, number).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chosen {
    scenario: Vec<i32>,
    baseline: Vec<i32>,
}

/// The current plan, baselines and scenarios side by side: `?baseline=1&scenario=2&scenario=3`.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/scenarios/compare", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("scenario" = Option<Vec<i32>>, Query), ("baseline" = Option<Vec<i32>>, Query)),
    responses((status = 200, body = Vec<ColumnOut>)))]
pub(super) async fn compare(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    query: RawQuery,
) -> Result<Json<Vec<ColumnOut>>, ApiFail> {
    let chosen: Chosen = serde_html_form::from_str(query.0.as_deref().unwrap_or_default()).unwrap_or_default();
    let board = board(&app, &caller.edition).await?;
    let columns = app::plan::compare_plans(&app, &board, &chosen.baseline, &chosen.scenario).await?;
    Ok(Json(columns.iter().map(ColumnOut::from).collect()))
}
