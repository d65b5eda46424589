//! Baselines over the API.

use super::board;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::plan::baseline::{Baseline, BaselineDraft, Compared, Stretch, compare as compare_with};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A baseline.
#[derive(Debug, Serialize, ToSchema)]
pub struct BaselineOut {
    /// Counts the baselines of the edition, from 1.
    number: i32,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// Why it was taken.
    reason: String,
    /// `gate`, `manual`.
    kind: &'static str,
    /// When.
    taken_at: DateTime<Utc>,
    /// User id of who took it.
    taken_by: Option<String>,
    /// Revision of the plan it holds.
    revision: i32,
    /// D0 as it was.
    opens_on: NaiveDate,
    /// Working minutes before D0 as it was.
    room_minutes: Option<i64>,
    /// How many tasks it holds.
    tasks: i32,
    /// The one pictures are compared with.
    shown: bool,
}

impl From<&Baseline> for BaselineOut {
    fn from(one: &Baseline) -> Self {
        Self {
            number: one.number,
            name_en: one.name.en.clone(),
            name_zh: one.name.zh.clone(),
            reason: one.reason.clone(),
            kind: one.kind.code(),
            taken_at: one.taken_at,
            taken_by: one.by.map(|user| user.to_string()),
            revision: one.revision,
            opens_on: one.opens_on,
            room_minutes: one.room,
            tasks: one.tasks,
            shown: one.shown,
        }
    }
}

/// Freezing a baseline.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BaselineIn {
    /// English name.
    name_en: String,
    /// Chinese name, may be empty.
    name_zh: String,
    /// Why it is taken.
    reason: String,
}

/// Whether pictures show it.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ShowIn {
    /// Show it; `false` shows none.
    on: bool,
}

/// A task's dates in one of the two plans.
#[derive(Debug, Serialize, ToSchema)]
pub struct StretchOut {
    /// First day.
    starts_on: NaiveDate,
    /// Last day.
    ends_on: NaiveDate,
    /// Working minutes.
    duration_minutes: i64,
    /// Total float in working minutes.
    total_float_minutes: i64,
    /// On a critical path.
    critical: bool,
}

impl From<Stretch> for StretchOut {
    fn from(one: Stretch) -> Self {
        Self {
            starts_on: one.starts_on,
            ends_on: one.ends_on,
            duration_minutes: one.duration,
            total_float_minutes: one.float,
            critical: one.critical,
        }
    }
}

/// A task, then and now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedOut {
    /// Code.
    code: String,
    /// `later`, `earlier`, `added`, `removed`, `same`.
    change: &'static str,
    /// As it was.
    then: Option<StretchOut>,
    /// As it is.
    now: Option<StretchOut>,
    /// Minutes of the wall clock by which the start has moved.
    start_by_minutes: i64,
    /// Minutes by which the finish has moved.
    finish_by_minutes: i64,
}

impl From<&Compared> for ComparedOut {
    fn from(row: &Compared) -> Self {
        Self {
            code: row.code.clone(),
            change: row.change.code(),
            then: row.then.map(StretchOut::from),
            now: row.now.map(StretchOut::from),
            start_by_minutes: row.start_by(),
            finish_by_minutes: row.finish_by(),
        }
    }
}

/// A baseline beside the present plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonOut {
    /// The baseline.
    baseline: BaselineOut,
    /// Working minutes before D0 now.
    room_now_minutes: Option<i64>,
    /// Every task of either plan, removed ones last.
    tasks: Vec<ComparedOut>,
}

/// The baselines of a plan, the latest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/baselines", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Vec<BaselineOut>)))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Vec<BaselineOut>>, ApiFail> {
    let all = store::read::plan::baselines(&app.reader(), caller.edition.id).await?;
    Ok(Json(all.iter().map(|(one, _)| BaselineOut::from(one)).collect()))
}

/// Freezes the plan as it stands.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/baselines", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = BaselineIn,
    responses((status = 200, body = BaselineOut), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn freeze(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<BaselineIn>,
) -> Result<Json<BaselineOut>, ApiFail> {
    let draft = BaselineDraft { name_en: body.name_en, name_zh: body.name_zh, reason: body.reason };
    let taken = app::plan::take_baseline(&app, &caller.viewer, caller.edition.id, &draft).await?;
    Ok(Json(BaselineOut::from(&taken)))
}

/// A baseline beside the present plan, task by task.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/baselines/{number}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("number" = i32, Path)),
    responses((status = 200, body = ComparisonOut), (status = 404, body = Problem)))]
pub(super) async fn compare(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
) -> Result<Json<ComparisonOut>, ApiFail> {
    let number: i32 = number.parse().map_err(|_| ApiFail::Missing)?;
    let board = board(&app, &caller.edition).await?;
    let plan = store::read::plan::baseline(&app.reader(), caller.edition.id, number).await?.ok_or(ApiFail::Missing)?;
    let comparison = compare_with(&plan, &board.rows, board.head.room, caller.edition.time_zone);
    Ok(Json(ComparisonOut {
        baseline: BaselineOut::from(&plan.baseline),
        room_now_minutes: comparison.room_now,
        tasks: comparison.rows.iter().map(ComparedOut::from).collect(),
    }))
}

/// Chooses the baseline pictures show.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/baselines/{number}/show", tag = "plan",
    security(("token" = [])), request_body = ShowIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("number" = i32, Path)),
    responses((status = 200, body = Vec<BaselineOut>), (status = 404, body = Problem)))]
pub(super) async fn show(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Body(body): Body<ShowIn>,
) -> Result<Json<Vec<BaselineOut>>, ApiFail> {
    let number: i32 = number.parse().map_err(|_| ApiFail::Missing)?;
    app::plan::show_baseline(&app, &caller.viewer, caller.edition.id, number, body.on).await?;
    let all = store::read::plan::baselines(&app.reader(), caller.edition.id).await?;
    Ok(Json(all.iter().map(|(one, _)| BaselineOut::from(one)).collect()))
}
