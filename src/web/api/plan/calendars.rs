//! Working calendars and choices of the plan over the API: read, preview, change.

use super::board;
use super::change::DeltaOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::plan::Settings;
use axum::Json;
use axum::extract::{Query, State};
use domain::plan::calendar_draft::{AssignDraft, CalendarDraft, OptionsDraft};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Whether a change is only looked at.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(super) struct SettingsQuery {
    /// Only say what would move; nothing is saved.
    dry_run: bool,
    /// Revision of the plan whose effect was seen; the current one when absent.
    revision: Option<i32>,
}

/// A working calendar.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CalendarOut {
    /// Short name.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// Code of the calendar whose exceptions hold here too; empty for none.
    parent: String,
    /// Monday to Sunday, each `08:00-12:00 13:00-17:00`, empty when nobody works.
    week: Vec<String>,
    /// `2027-02-06..2027-02-12 off`, `2027-02-14 08:00-17:00`.
    exceptions: Vec<String>,
    /// It is the plan's.
    of_plan: bool,
    /// Codes of the tasks with this calendar of their own.
    tasks: Vec<String>,
}

impl CalendarOut {
    fn draft(self, was: String) -> CalendarDraft {
        let mut week = self.week.into_iter();
        let mut day = || week.next().unwrap_or_default();
        CalendarDraft {
            was,
            code: self.code,
            name_en: self.name_en,
            name_zh: self.name_zh,
            parent: self.parent,
            monday: day(),
            tuesday: day(),
            wednesday: day(),
            thursday: day(),
            friday: day(),
            saturday: day(),
            sunday: day(),
            exceptions: self.exceptions.join("\n"),
        }
    }
}

/// Choices of the plan; what is absent stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OptionsIn {
    /// Code of the plan's calendar; empty for round the clock.
    calendar: Option<String>,
    /// Critical at a float of so many hours or less.
    critical_hours: Option<u32>,
    /// `successor`, `predecessor`, `plan`, `always`.
    lag_calendar: Option<String>,
    /// `retained_logic`, `override`.
    progress: Option<String>,
}

/// Tasks that get a calendar.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AssignCalendarIn {
    /// Code of the calendar; empty for the plan's.
    calendar: String,
    /// Codes of the tasks.
    tasks: Vec<String>,
}

/// The working calendars of the plan.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/calendars", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Vec<CalendarOut>)))]
pub(super) async fn list(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Vec<CalendarOut>>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let sheet = &board.sheet;
    let out = sheet.calendars.iter().map(|one| {
        let draft = CalendarDraft::of(sheet, one);
        let week =
            [draft.monday, draft.tuesday, draft.wednesday, draft.thursday, draft.friday, draft.saturday, draft.sunday];
        CalendarOut {
            code: draft.code,
            name_en: draft.name_en,
            name_zh: draft.name_zh,
            parent: draft.parent,
            week: week.into(),
            exceptions: draft.exceptions.lines().map(str::to_owned).collect(),
            of_plan: sheet.default_calendar == Some(one.id),
            tasks: sheet.tasks.iter().filter(|t| t.calendar == Some(one.id)).map(|t| t.code.clone()).collect(),
        }
    });
    Ok(Json(out.collect()))
}

async fn settle<P>(
    caller: &Api<P>,
    app: &App,
    change: &Settings,
    query: &SettingsQuery,
) -> Result<Json<DeltaOut>, ApiFail> {
    if query.dry_run {
        let (board, delta) = app::plan::preview_settings(app, &caller.edition, change).await?;
        return Ok(Json(DeltaOut::of(&board, &delta)));
    }
    let delta = app::plan::change_settings(app, &caller.viewer, &caller.edition, change, query.revision).await?;
    Ok(Json(DeltaOut::of(&board(app, &caller.edition).await?, &delta)))
}

/// Makes or changes a calendar; answers what it moves.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/calendars/{calendar}", tag = "plan",
    security(("token" = [])), request_body = CalendarOut,
    params(("edition" = String, Path, description = "slug of the edition"),
        ("calendar" = String, Path, description = "code of the calendar"), SettingsQuery),
    responses((status = 200, body = DeltaOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, code)): Path<(String, String)>,
    Query(query): Query<SettingsQuery>,
    Body(body): Body<CalendarOut>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let known = board(&app, &caller.edition).await?.sheet.calendars.iter().any(|one| one.code == code);
    let mut body = body;
    if body.code.is_empty() {
        body.code.clone_from(&code);
    }
    let change = Settings::Calendar(body.draft(if known { code } else { String::new() }));
    settle(&caller, &app, &change, &query).await
}

/// Takes a calendar nobody follows out of the plan.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/calendars/{calendar}", tag = "plan",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"),
        ("calendar" = String, Path, description = "code of the calendar"), SettingsQuery),
    responses((status = 200, body = DeltaOut), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn delete(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, code)): Path<(String, String)>,
    Query(query): Query<SettingsQuery>,
) -> Result<Json<DeltaOut>, ApiFail> {
    settle(&caller, &app, &Settings::Remove(code), &query).await
}

/// Changes choices of the plan; answers what it moves.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/options", tag = "plan", security(("token" = [])),
    request_body = OptionsIn, params(("edition" = String, Path, description = "slug of the edition"), SettingsQuery),
    responses((status = 200, body = DeltaOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn options(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Query(query): Query<SettingsQuery>,
    Body(body): Body<OptionsIn>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let mut draft = OptionsDraft::of(&board(&app, &caller.edition).await?.sheet);
    draft.calendar = body.calendar.unwrap_or(draft.calendar);
    draft.critical_hours = body.critical_hours.map_or(draft.critical_hours, |hours| hours.to_string());
    draft.lag_calendar = body.lag_calendar.unwrap_or(draft.lag_calendar);
    draft.progress = body.progress.unwrap_or(draft.progress);
    settle(&caller, &app, &Settings::Options(draft), &query).await
}

/// Gives tasks a calendar of their own, or the plan's back; answers what it moves.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/calendars", tag = "plan", security(("token" = [])),
    request_body = AssignCalendarIn,
    params(("edition" = String, Path, description = "slug of the edition"), SettingsQuery),
    responses((status = 200, body = DeltaOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn assign(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Query(query): Query<SettingsQuery>,
    Body(body): Body<AssignCalendarIn>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let draft = AssignDraft { calendar: body.calendar, tasks: body.tasks.join(" ") };
    settle(&caller, &app, &Settings::Assign(draft), &query).await
}
