//! Promises, the look-ahead, control figures and template learning over the API.

use super::board;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::{Need, Surface, path::Path};
use app::App;
use app::plan::{JudgeDraft, PromiseDraft};
use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::CommitmentId;
use domain::access::Permission;
use domain::plan::commitment::{self, Commitment, Span};
use domain::plan::figures::Figures;
use domain::plan::learning::Lesson;
use domain::plan::lookahead::look_ahead;
use domain::plan::{DAY, axis};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::read::plan;
use utoipa::{OpenApi, ToSchema};

/// This room's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(commitments, promise, judge, lookahead, figures, learning, accept),
    components(schemas(
        CommitmentOut,
        TallyOut,
        CommitmentsOut,
        ReasonCount,
        PromiseIn,
        PromisedOut,
        JudgeIn,
        AheadOut,
        FiguresOut,
        LessonOut,
        LearningOut,
        AcceptIn,
        AcceptedOut
    ))
)]
pub struct Doc;

pub(super) fn routes(s: &mut Surface) {
    let (read, work, edit) = (Permission::PlanRead, Permission::PlanWork, Permission::PlanEdit);
    s.get("/api/v1/editions/{edition}/plan/commitments", Need::Token(read), commitments);
    s.post("/api/v1/editions/{edition}/plan/commitments", Need::Token(work), promise);
    s.post("/api/v1/editions/{edition}/plan/commitments/{commitment}", Need::Token(work), judge);
    s.get("/api/v1/editions/{edition}/plan/lookahead", Need::Token(read), lookahead);
    s.get("/api/v1/editions/{edition}/plan/figures", Need::Token(read), figures);
    s.get("/api/v1/editions/{edition}/plan/learning", Need::Token(read), learning);
    s.post("/api/v1/editions/{edition}/plan/learning", Need::Token(edit), accept);
}

/// A promise.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentOut {
    /// Identity.
    id: String,
    /// Code of the task.
    task: String,
    /// Which team promises.
    team: &'static str,
    /// `week`, `day`.
    span: &'static str,
    /// First day of the period.
    begins_on: NaiveDate,
    /// How far, percent.
    goal: i32,
    /// `open`, `done`, `missed`.
    outcome: &'static str,
    /// Code of the reason it was not kept for.
    reason: Option<String>,
    /// Words on it.
    note: String,
}

/// A period in figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct TallyOut {
    /// First day.
    begins_on: NaiveDate,
    /// Kept.
    done: u32,
    /// Not kept.
    missed: u32,
    /// Not judged yet.
    open: u32,
    /// Percent plan complete, a share of one.
    ppc: Option<f64>,
}

/// A reason and how often it was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonCount {
    /// Its code.
    code: String,
    /// Its English name.
    name_en: String,
    /// Its Chinese name.
    name_zh: String,
    /// Promises not kept for it.
    count: u32,
}

/// Promises of a stretch of time.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentsOut {
    /// The promises.
    items: Vec<CommitmentOut>,
    /// Period by period.
    periods: Vec<TallyOut>,
    /// Reasons, the most frequent first.
    reasons: Vec<ReasonCount>,
}

/// Which promises.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Since {
    span: String,
    from: String,
}

/// Promises from a day on (the last twelve periods without one), with percent plan complete and reasons.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/commitments", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("span" = Option<String>, Query, description = "`week` or `day`"),
        ("from" = Option<String>, Query, description = "`YYYY-MM-DD`")),
    responses((status = 200, body = CommitmentsOut)))]
pub(super) async fn commitments(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(since): Query<Since>,
) -> Result<Json<CommitmentsOut>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let span = Span::parse(&since.span).unwrap_or(Span::Week);
    let usual = board.head.today - Days::new(12 * span.days());
    let from = span.first_day(since.from.parse().unwrap_or(usual));
    let all = plan::commitment::since(&app.reader(), caller.edition.id, span, from).await?;
    let codes: HashMap<_, _> = board.sheet.tasks.iter().map(|task| (task.id, task.code.as_str())).collect();
    let item = |one: &Commitment| CommitmentOut {
        id: one.id.to_string(),
        task: codes.get(&one.task).map(|code| (*code).to_owned()).unwrap_or_default(),
        team: one.team.code(),
        span: one.span.code(),
        begins_on: one.begins_on,
        goal: one.goal,
        outcome: one.outcome.code(),
        reason: one.reason.clone(),
        note: one.note.clone(),
    };
    let periods = commitment::tally(&all, span).into_iter().map(|one| TallyOut {
        ppc: one.ppc(),
        begins_on: one.begins_on,
        done: one.done,
        missed: one.missed,
        open: one.open,
    });
    let reasons = commitment::pareto(&all).into_iter().map(|(reason, count)| ReasonCount {
        code: reason.code.clone(),
        name_en: reason.name.en.clone(),
        name_zh: reason.name.zh.clone(),
        count,
    });
    Ok(Json(CommitmentsOut {
        items: all.iter().map(item).collect(),
        periods: periods.collect(),
        reasons: reasons.collect(),
    }))
}

/// Tasks to promise.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PromiseIn {
    /// Codes of the tasks.
    tasks: Vec<String>,
    /// `week` or `day`.
    span: String,
    /// A day of the period, `YYYY-MM-DD`.
    begins_on: String,
    /// How far, percent; 100 is handed in.
    goal: Option<i32>,
}

/// What was promised.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromisedOut {
    /// How many tasks.
    promised: usize,
}

/// Promises tasks for a week or a day.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/commitments", tag = "plan", security(("token" = [])),
    request_body = PromiseIn, params(("edition" = String, Path)),
    responses((status = 200, body = PromisedOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn promise(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Body(body): Body<PromiseIn>,
) -> Result<Json<PromisedOut>, ApiFail> {
    let draft = PromiseDraft {
        task: body.tasks,
        span: body.span,
        begins_on: body.begins_on,
        goal: body.goal.map(|goal| goal.to_string()).unwrap_or_default(),
    };
    let promised = app::plan::promise(&app, &caller.viewer, &caller.edition, &draft).await?;
    Ok(Json(PromisedOut { promised }))
}

/// What became of a promise.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct JudgeIn {
    /// `done`, `missed`, `open`.
    outcome: String,
    /// Code of a reason, for `missed`.
    reason: String,
    /// Words.
    note: String,
}

/// Says what became of a promise; answers its id.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/commitments/{commitment}", tag = "plan",
    security(("token" = [])), request_body = JudgeIn,
    params(("edition" = String, Path), ("commitment" = String, Path, description = "id")),
    responses((status = 200, body = String), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn judge(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, commitment)): Path<(String, String)>,
    Body(body): Body<JudgeIn>,
) -> Result<Json<String>, ApiFail> {
    let id: CommitmentId = commitment.parse().map_err(|_| ApiFail::Missing)?;
    let draft = JudgeDraft { outcome: body.outcome, reason: body.reason, note: body.note };
    app::plan::judge(&app, &caller.viewer, caller.edition.id, id, &draft).await?;
    Ok(Json(id.to_string()))
}

/// A task of the look-ahead.
#[derive(Debug, Serialize, ToSchema)]
pub struct AheadOut {
    /// Code of the task.
    task: String,
    /// Begins within the window, or should have begun.
    begins: bool,
    /// Ends within the window.
    ends: bool,
    /// Planned start.
    start: DateTime<Utc>,
    /// Planned finish.
    finish: DateTime<Utc>,
    /// Codes of the conditions that stand against it.
    unmet: Vec<String>,
}

/// How far to look.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Window {
    hours: Option<i64>,
}

/// What begins and ends in the next hours (48 unless said otherwise), with what stands against it.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/lookahead", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("hours" = Option<i64>, Query)),
    responses((status = 200, body = Vec<AheadOut>)))]
pub(super) async fn lookahead(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(window): Query<Window>,
) -> Result<Json<Vec<AheadOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let zone = board.sheet.zone;
    let found = look_ahead(&board, app.now(), window.hours.unwrap_or(48).clamp(1, 336));
    let one = |one: &domain::plan::lookahead::Ahead| {
        let row = &board.rows[one.at];
        AheadOut {
            task: row.code.clone(),
            begins: one.begins,
            ends: one.ends,
            start: axis::instant(row.start, zone),
            finish: axis::instant(row.finish, zone),
            unmet: one.unmet.iter().map(|unmet| unmet.refusal().code).collect(),
        }
    };
    Ok(Json(found.iter().map(one).collect()))
}

/// Control figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiguresOut {
    /// Working minutes between the end of the preparation and D0.
    room_minutes: Option<i64>,
    /// Tasks that have passed a check.
    accepted: u32,
    /// Of these, those that passed the first.
    first_pass: u32,
    /// Mean rounds of the tasks that were checked.
    rounds_per_task: Option<f64>,
    /// Median minutes from opening a deviation to closing it.
    median_close_minutes: Option<i64>,
    /// Deviations open now.
    deviations_open: u32,
    /// Percent plan complete of the last judged week, a share of one.
    ppc: Option<f64>,
}

/// Control figures of the plan.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/figures", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = FiguresOut)))]
pub(super) async fn figures(caller: Api<may::PlanRead>, State(app): State<App>) -> Result<Json<FiguresOut>, ApiFail> {
    let (reader, edition) = (app.reader(), &caller.edition);
    let board = board(&app, edition).await?;
    let deviations = plan::deviations(&reader, edition.id, None, board.head.today).await?;
    let from = Span::Week.first_day(board.head.today) - Days::new(84);
    let promises = plan::commitment::since(&reader, edition.id, Span::Week, from).await?;
    let found = Figures::of(&board.sheet.tasks, &deviations);
    Ok(Json(FiguresOut {
        room_minutes: board.head.room,
        accepted: found.accepted,
        first_pass: found.first_pass,
        rounds_per_task: found.rounds_per_task,
        median_close_minutes: found.median_close_minutes,
        deviations_open: found.open,
        ppc: commitment::tally(&promises, Span::Week).iter().rev().find_map(commitment::Tally::ppc),
    }))
}

/// What one task of the template would learn; durations in days, optimistic, likely, pessimistic.
#[derive(Debug, Serialize, ToSchema)]
pub struct LessonOut {
    /// Code of the task.
    task: String,
    /// Durations now.
    old_days: [f64; 3],
    /// Durations learned.
    new_days: [f64; 3],
    /// Samples behind them.
    samples: u32,
    /// Mean rounds.
    rounds: f64,
}

impl From<&Lesson> for LessonOut {
    fn from(one: &Lesson) -> Self {
        let days = |points: domain::plan::task::ThreePoint| {
            [points.optimistic, points.likely, points.pessimistic].map(|minutes| minutes as f64 / DAY as f64)
        };
        Self {
            task: one.code.clone(),
            old_days: days(one.old),
            new_days: days(one.learned.points),
            samples: one.learned.samples,
            rounds: one.learned.rounds,
        }
    }
}

/// What a finished edition teaches its series.
#[derive(Debug, Serialize, ToSchema)]
pub struct LearningOut {
    /// Code of the template.
    template: String,
    /// Number of the version in force; 0 is the template as it comes.
    version: i32,
    /// The edition is finished: its lesson can be accepted.
    finished: bool,
    /// Tasks that would change.
    lessons: Vec<LessonOut>,
}

/// Previews what the finished editions of the series teach. Nothing is saved.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/learning", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = LearningOut), (status = 404, body = Problem)))]
pub(super) async fn learning(caller: Api<may::PlanRead>, State(app): State<App>) -> Result<Json<LearningOut>, ApiFail> {
    let preview = app::plan::preview_learning(&app, &caller.edition).await?;
    Ok(Json(LearningOut {
        version: preview.versions.first().map_or(0, |version| version.number),
        template: preview.template,
        finished: preview.finished,
        lessons: preview.lessons.iter().filter(|one| one.changes()).map(LessonOut::from).collect(),
    }))
}

/// The version a program has compared with.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AcceptIn {
    /// `version` of the preview.
    version: i32,
}

/// The version that is in force now.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptedOut {
    /// Its number.
    version: i32,
}

/// Takes over what was learned as a new version of the series' template.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/learning", tag = "plan", security(("token" = [])),
    request_body = AcceptIn, params(("edition" = String, Path)),
    responses((status = 200, body = AcceptedOut), (status = 409, body = Problem)))]
pub(super) async fn accept(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<AcceptIn>,
) -> Result<Json<AcceptedOut>, ApiFail> {
    let version = app::plan::accept_learning(&app, &caller.viewer, &caller.edition, body.version).await?;
    Ok(Json(AcceptedOut { version }))
}
