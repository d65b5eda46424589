//! The acts of a task's loop. Each answers the task as it then stands.

use super::board;
use super::read::TaskOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::plan::{Answer, Assign, CheckDraft};
use axum::Json;
use axum::extract::State;
use domain::document::Upload;
use domain::edition::Edition;
use domain::plan::DeviationDraft;
use domain::plan::work::Aside;
use domain::refusal::Parse;
use domain::{DeviationId, Refusal, TaskId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

type TaskPath = Path<(String, String)>;
type Done = Result<Json<TaskOut>, ApiFail>;

async fn task_of(app: &App, edition: &Edition, name: &str) -> Result<TaskId, ApiFail> {
    Ok(board(app, edition).await?.find(name).ok_or(ApiFail::Missing)?.id)
}

async fn now(app: &App, edition: &Edition, task: TaskId) -> Done {
    let board = board(app, edition).await?;
    let at = board.sheet.position(task).ok_or(ApiFail::Missing)?;
    Ok(Json(TaskOut::of(&board.rows[at], &board.sheet.tasks[at])))
}

/// Who and where; empty for nobody.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AssignIn {
    /// User id.
    owner: String,
    /// User id, not the owner's.
    checker: String,
    /// User id, not the owner's.
    confirmer: String,
    /// Place id.
    place: String,
}

/// Names the people and the place of a task.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/assign", tag = "plan",
    security(("token" = [])), request_body = AssignIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = TaskOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn assign(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Body(body): Body<AssignIn>,
) -> Done {
    let task = task_of(&app, &caller.edition, &name).await?;
    let draft = Assign { owner: body.owner, checker: body.checker, confirmer: body.confirmer, place: body.place };
    app::plan::assign(&app, &caller.viewer, caller.edition.id, task, &draft).await?;
    now(&app, &caller.edition, task).await
}

/// Beginning work.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct StartIn {
    /// Why to begin although conditions are not met; only for who may change the plan.
    waiver: Option<String>,
}

/// Begins work, or begins it again after a failed check.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/start", tag = "plan",
    security(("token" = [])), request_body = StartIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = TaskOut), (status = 409, body = Problem, description = "every condition that is not met")))]
pub(super) async fn start(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Body(body): Body<StartIn>,
) -> Done {
    let task = task_of(&app, &caller.edition, &name).await?;
    app::plan::start(&app, &caller.viewer, caller.edition.id, task, body.waiver.as_deref()).await?;
    now(&app, &caller.edition, task).await
}

/// How far work is.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ProgressIn {
    /// 0 to 100.
    percent: i64,
}

/// Says how far the work of a task is.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/report", tag = "plan",
    security(("token" = [])), request_body = ProgressIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = TaskOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn report(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Body(body): Body<ProgressIn>,
) -> Done {
    let task = task_of(&app, &caller.edition, &name).await?;
    app::plan::report(&app, &caller.viewer, caller.edition.id, task, &body.percent.to_string()).await?;
    now(&app, &caller.edition, task).await
}

/// Handing work in.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SubmitIn {
    /// What was done.
    text: String,
    /// Name of the evidence file.
    file_name: String,
    /// The file, in base64; may be left out.
    file: String,
}

/// Hands a task in, with evidence.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/submit", tag = "plan",
    security(("token" = [])), request_body = SubmitIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = TaskOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn submit(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Body(body): Body<SubmitIn>,
) -> Done {
    let task = task_of(&app, &caller.edition, &name).await?;
    let file = upload("file", &body.file_name, &body.file)?;
    app::plan::submit(&app, &caller.viewer, caller.edition.id, task, &body.text, file.as_ref()).await?;
    now(&app, &caller.edition, task).await
}

/// The answer to one indicator.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AnswerIn {
    /// `yes`, `no` or a number, as text. Live indicators take none.
    value: String,
    /// A remark.
    note: String,
    /// Name of its evidence; documents and photographs need a file.
    file_name: String,
    /// The file, in base64.
    file: String,
}

/// A check.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct CheckIn {
    /// Indicator id to answer; indicators without an answer stay open.
    answers: BTreeMap<String, AnswerIn>,
    /// What the checker says.
    text: String,
    /// For a failed check: why.
    cause: String,
    /// For a failed check: what puts it right.
    corrective_action: String,
    /// For a failed check: `minor`, `major` (the usual), `blocking`.
    severity: String,
}

/// A file sent in base64; none where nothing is sent. Refusals name the field.
fn upload(field: &str, name: &str, content: &str) -> Result<Option<Upload>, ApiFail> {
    if content.is_empty() {
        return Ok(None);
    }
    let bytes = data_encoding::BASE64.decode(content.as_bytes());
    let bytes = bytes.map_err(|_| Refusal::invalid("file-content").at(field).with("name", name))?;
    Ok(Some(Upload::check(field, name, bytes)?))
}

/// Measures a handed-in task. When every mandatory indicator passes it is accepted; when one fails it goes back for
/// another round and a deviation is opened.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/check", tag = "plan",
    security(("token" = [])), request_body = CheckIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = TaskOut), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn check(
    caller: Api<may::PlanCheck>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Body(body): Body<CheckIn>,
) -> Done {
    let task = task_of(&app, &caller.edition, &name).await?;
    let mut answers = BTreeMap::new();
    for (id, one) in body.answers {
        let file = upload(&format!("indicator-{id}"), &one.file_name, &one.file)?;
        answers.insert(id, Answer { value: one.value, note: one.note, file });
    }
    let draft = CheckDraft {
        answers,
        text: body.text,
        cause: body.cause,
        corrective_action: body.corrective_action,
        severity: body.severity,
    };
    app::plan::check(&app, &caller.viewer, caller.edition.id, task, &draft, None).await?;
    now(&app, &caller.edition, task).await
}

/// A reason.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReasonIn {
    /// Why.
    reason: String,
}

/// Sends a task back without figures; opens a deviation.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/reject", tag = "plan",
    security(("token" = [])), request_body = ReasonIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = TaskOut), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn reject(
    caller: Api<may::PlanCheck>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Body(body): Body<ReasonIn>,
) -> Done {
    let task = task_of(&app, &caller.edition, &name).await?;
    app::plan::reject(&app, &caller.viewer, caller.edition.id, task, &body.reason).await?;
    now(&app, &caller.edition, task).await
}

/// A confirmation.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ConfirmIn {
    /// A remark.
    text: String,
}

/// Signs an accepted task; its record is frozen.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/confirm", tag = "plan",
    security(("token" = [])), request_body = ConfirmIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = TaskOut), (status = 403, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn confirm(
    caller: Api<may::PlanConfirm>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Body(body): Body<ConfirmIn>,
) -> Done {
    let task = task_of(&app, &caller.edition, &name).await?;
    app::plan::confirm(&app, &caller.viewer, caller.edition.id, task, &body.text).await?;
    now(&app, &caller.edition, task).await
}

/// An act beside the loop.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AsideIn {
    /// `block`, `unblock`, `waive`, `cancel`.
    act: String,
    /// Why.
    reason: String,
}

/// Blocks, unblocks, waives or cancels a task.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/aside", tag = "plan",
    security(("token" = [])), request_body = AsideIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id")),
    responses((status = 200, body = TaskOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn aside(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, name)): TaskPath,
    Body(body): Body<AsideIn>,
) -> Done {
    let task = task_of(&app, &caller.edition, &name).await?;
    let mut parse = Parse::new();
    let act = parse.choice("act", &body.act, Aside::parse);
    parse.finish(|| ())?;
    let act = act.ok_or(ApiFail::Missing)?;
    app::plan::step_aside(&app, &caller.viewer, caller.edition.id, task, act, &body.reason).await?;
    now(&app, &caller.edition, task).await
}

/// A deviation to open.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DeviationIn {
    /// Code or id of the task, if at one.
    task: Option<String>,
    /// `minor`, `major`, `blocking`.
    severity: String,
    /// What is wrong.
    title: String,
    /// Why.
    cause: String,
    /// What puts it right.
    corrective_action: String,
    /// User id; needed for major and blocking ones.
    owner: String,
    /// `YYYY-MM-DD`; needed for major and blocking ones.
    due_on: String,
}

/// Opens a deviation; answers its id.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/deviations", tag = "plan",
    security(("token" = [])), request_body = DeviationIn, params(("edition" = String, Path)),
    responses((status = 200, body = String), (status = 422, body = Problem)))]
pub(super) async fn open_deviation(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Body(body): Body<DeviationIn>,
) -> Result<Json<String>, ApiFail> {
    let task = match body.task.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => Some(task_of(&app, &caller.edition, name).await?),
        None => None,
    };
    let draft = DeviationDraft {
        severity: body.severity,
        title: body.title,
        cause: body.cause,
        corrective_action: body.corrective_action,
        owner: body.owner,
        due_on: body.due_on,
    };
    let id = app::plan::open_deviation(&app, &caller.viewer, caller.edition.id, task, &draft).await?;
    Ok(Json(id.to_string()))
}

/// What shows that a deviation is put right.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ProofIn {
    /// The proof.
    proof: String,
}

/// Closes a deviation with proof.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/deviations/{deviation}/close", tag = "plan",
    security(("token" = [])), request_body = ProofIn,
    params(("edition" = String, Path), ("deviation" = String, Path, description = "id")),
    responses((status = 200, body = String), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn close_deviation(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, deviation)): TaskPath,
    Body(body): Body<ProofIn>,
) -> Result<Json<String>, ApiFail> {
    let id: DeviationId = deviation.parse().map_err(|_| ApiFail::Missing)?;
    app::plan::close_deviation(&app, &caller.viewer, caller.edition.id, id, &body.proof).await?;
    Ok(Json(id.to_string()))
}
