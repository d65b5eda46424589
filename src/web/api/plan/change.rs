//! Making a plan and changing its tasks: preview, then change.

use super::board;
use super::why::WhyOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::plan::Edit;
use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::plan::view::Board;
use domain::plan::{Delta, TaskDraft};
use serde::{Deserialize, Serialize};
use templates::Lang;
use utoipa::ToSchema;

/// The template to begin with.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CreateIn {
    /// `trade-show` or `conference`.
    template: String,
}

/// A change of a task; what is absent stays.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EditIn {
    /// English name.
    name_en: Option<String>,
    /// Chinese name.
    name_zh: Option<String>,
    /// What it is for.
    objective: Option<String>,
    /// When it is done.
    done_when: Option<String>,
    /// Days, may have a fraction.
    duration_days: Option<f64>,
    /// `asap`, `alap`, `snet`, `snlt`, `fnet`, `fnlt`, `mso`, `mfo`.
    constraint: Option<String>,
    /// Its day.
    constraint_on: Option<NaiveDate>,
    /// Wanted last day; an empty text takes it away.
    deadline_on: Option<String>,
    /// `E09 FS-25; S13 FS`.
    predecessors: Option<String>,
    /// 0 to 1000: who goes first when crews or places are scarce.
    priority: Option<i32>,
    /// Code or id of a calendar; an empty text takes the plan's.
    calendar: Option<String>,
    /// Version of the task that was read; the current one when absent.
    version: Option<i32>,
    /// Revision of the plan whose preview was seen; the current one when absent.
    revision: Option<i32>,
}

impl EditIn {
    fn edit(&self, board: &Board, name: &str) -> Result<Edit, ApiFail> {
        let task = board.find(name).ok_or(ApiFail::Missing)?;
        let opened = TaskDraft::of(&board.sheet, task);
        let mut draft = opened.clone();
        let texts = [
            (&self.name_en, &mut draft.name_en),
            (&self.name_zh, &mut draft.name_zh),
            (&self.objective, &mut draft.objective),
            (&self.done_when, &mut draft.done_when),
            (&self.constraint, &mut draft.constraint),
            (&self.deadline_on, &mut draft.deadline_on),
            (&self.predecessors, &mut draft.predecessors),
            (&self.calendar, &mut draft.calendar),
        ];
        for (given, field) in texts {
            if let Some(given) = given {
                field.clone_from(given);
            }
        }
        if let Some(days) = self.duration_days {
            draft.duration_days = days.to_string();
        }
        if let Some(priority) = self.priority {
            draft.priority = priority.to_string();
        }
        if let Some(day) = self.constraint_on {
            draft.constraint_on = day.to_string();
        }
        Ok(Edit {
            task: task.id,
            draft,
            opened,
            version: self.version.unwrap_or(task.version),
            revision: self.revision.unwrap_or(board.sheet.revision),
        })
    }
}

/// A task that moves.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveOut {
    /// Code.
    code: String,
    /// First day now.
    starts_on: NaiveDate,
    /// Last day now.
    ends_on: NaiveDate,
    /// First day then.
    new_starts_on: NaiveDate,
    /// Last day then.
    new_ends_on: NaiveDate,
    /// Minutes by which it moves.
    by_minutes: i64,
    /// Codes of the chain that moves it.
    because: Vec<String>,
    /// The last step of it: what holds the task itself, calendars and open hours included. For a task that comes
    /// forward, what held it before.
    why: Option<WhyOut>,
}

/// What a change moves, and what it does to opening day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeltaOut {
    /// Tasks that move, in plan order.
    moves: Vec<MoveOut>,
    /// Tasks that only gain or lose float.
    float_changes: u32,
    /// Working minutes before D0 now.
    room_before_minutes: Option<i64>,
    /// Working minutes before D0 then.
    room_after_minutes: Option<i64>,
    /// What the change breaks, in words.
    breaks: Vec<String>,
    /// Revision of the plan this was computed on.
    revision: i32,
}

impl DeltaOut {
    pub(super) fn of(board: &Board, delta: &Delta) -> Self {
        let preview = board.preview(delta);
        let moves = preview.moves.iter().map(|one| MoveOut {
            code: one.code.clone(),
            starts_on: one.before.0,
            ends_on: one.before.1,
            new_starts_on: one.after.0,
            new_ends_on: one.after.1,
            by_minutes: one.by,
            because: one.chain.iter().map(|step| step.code.clone()).collect(),
            why: WhyOut::last(&one.chain, board.sheet.zone),
        });
        Self {
            moves: moves.collect(),
            float_changes: delta.float_changes,
            room_before_minutes: delta.opening.map(|opening| opening.before),
            room_after_minutes: delta.opening.map(|opening| opening.after),
            breaks: delta.breaches.iter().map(|one| templates::organizer::plan::breach(Lang::EN, one)).collect(),
            revision: board.sheet.revision,
        }
    }
}

/// Makes the plan of an edition from a template; answers the number of tasks.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = CreateIn,
    responses((status = 200, body = usize), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn create(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Body(body): Body<CreateIn>,
) -> Result<Json<usize>, ApiFail> {
    Ok(Json(app::plan::create_plan(&app, &caller.viewer, &caller.edition, &body.template).await?))
}

/// What a change would move and why. Nothing is saved.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/preview", tag = "plan",
    security(("token" = [])), request_body = EditIn,
    params(("edition" = String, Path, description = "slug of the edition"),
        ("task" = String, Path, description = "code or id of the task")),
    responses((status = 200, body = DeltaOut), (status = 422, body = Problem)))]
pub(super) async fn preview(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Body(body): Body<EditIn>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let board = board(&app, &caller.edition).await?;
    let edit = body.edit(&board, &name)?;
    let previewed = app::plan::preview_edit(&app, &caller.edition, &edit).await?;
    match &previewed.delta {
        Some(delta) => Ok(Json(DeltaOut::of(&previewed.board, delta))),
        None => Err(previewed.refusals.into()),
    }
}

/// Saves a change; answers what it moved.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/tasks/{task}", tag = "plan",
    security(("token" = [])), request_body = EditIn,
    params(("edition" = String, Path, description = "slug of the edition"),
        ("task" = String, Path, description = "code or id of the task")),
    responses((status = 200, body = DeltaOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn change(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
    Body(body): Body<EditIn>,
) -> Result<Json<DeltaOut>, ApiFail> {
    let before = board(&app, &caller.edition).await?;
    let edit = body.edit(&before, &name)?;
    let delta = app::plan::edit_task(&app, &caller.viewer, &caller.edition, &edit).await?;
    let mut out = DeltaOut::of(&before, &delta);
    out.revision += 1;
    Ok(Json(out))
}
