//! Changing the plan by program: tasks and links added, changed, taken away, moved; several at once; undo. Every call
//! takes `preview`: with it nothing is saved, and the answer says what would move.

use super::board;
use super::change::DeltaOut;
use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::plan::{Consent, Revisal};
use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, Utc};
use domain::plan::revision::{BulkDraft, LinkDraft, NewTask, Revision, Step};
use domain::refusal::Parse;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

/// This file's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(add_task, delete_task, bulk, outline, link, unlink, own, undo, redo),
    components(schemas(RevisedOut, NewTaskIn, BulkIn, OutlineIn, LinkIn, OwnChangeOut))
)]
pub struct Doc;

/// How a change is made.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct How {
    preview: bool,
    revision: Option<i32>,
    typed: String,
}

/// What a change did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisedOut {
    /// False for a preview.
    saved: bool,
    /// Codes of the tasks it touches.
    codes: Vec<String>,
    /// Revision of the plan afterwards; of the plan as it is for a preview.
    revision: i32,
    /// What moves.
    delta: DeltaOut,
}

async fn revise<P>(caller: &Api<P>, app: &App, revision: Revision, how: &How) -> Result<Json<RevisedOut>, ApiFail> {
    if how.preview {
        let proposal = app::plan::propose(app, &caller.viewer, &caller.edition, &revision).await?;
        return Ok(Json(RevisedOut {
            saved: false,
            codes: proposal.codes(),
            revision: proposal.board.sheet.revision,
            delta: DeltaOut::of(&proposal.board, &proposal.delta),
        }));
    }
    let consent = how.revision.map_or(Consent::Whatever, Consent::Seen);
    match app::plan::revise(app, &caller.viewer, &caller.edition, &revision, consent).await? {
        Revisal::Saved(saved) => {
            let board = board(app, &caller.edition).await?;
            Ok(Json(RevisedOut {
                saved: true,
                codes: saved.codes,
                revision: saved.revision,
                delta: DeltaOut::of(&board, &saved.delta),
            }))
        }
        Revisal::Ask(_) => Err(app::Error::Stale.into()),
    }
}

/// A new task; what is left empty is taken from the task it is put after.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NewTaskIn {
    /// Code or id of the task it comes after; at the end when empty.
    after: String,
    /// Its code; the next free one of the family when empty.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// `task`, `start_milestone`, `finish_milestone`, `summary`.
    kind: String,
    /// Working days, may have a fraction.
    duration_days: String,
    /// Phase code.
    phase: String,
    /// Stage in English.
    stage_en: String,
    /// Stage in Chinese.
    stage_zh: String,
    /// Team code.
    role: String,
    /// Kind of place.
    place_kind: String,
    /// Place id or name.
    place: String,
    /// Starts no earlier than this day (`YYYY-MM-DD`).
    start_on: String,
    /// Wanted last day (`YYYY-MM-DD`).
    deadline_on: String,
    /// `E09 FS-25; S13 FS+50%`.
    predecessors: String,
    /// User id or name.
    owner: String,
    /// User id or name.
    checker: String,
    /// User id or name.
    confirmer: String,
    /// Calendar id or code.
    calendar: String,
    /// 0 to 1000.
    priority: String,
    /// What it is for.
    objective: String,
    /// When it is done.
    done_when: String,
}

/// Adds a task.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks", tag = "plan", security(("token" = [])),
    request_body = NewTaskIn, params(("edition" = String, Path),
        ("preview" = Option<bool>, Query, description = "answer the effect and save nothing"),
        ("revision" = Option<i32>, Query, description = "revision of the plan whose preview was seen")),
    responses((status = 200, body = RevisedOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add_task(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Query(how): Query<How>,
    Body(body): Body<NewTaskIn>,
) -> Result<Json<RevisedOut>, ApiFail> {
    let draft = NewTask {
        after: body.after,
        code: body.code,
        name_en: body.name_en,
        name_zh: body.name_zh,
        kind: body.kind,
        duration_days: body.duration_days,
        phase: body.phase,
        stage_en: body.stage_en,
        stage_zh: body.stage_zh,
        role: body.role,
        place_kind: body.place_kind,
        place: body.place,
        start_on: body.start_on,
        deadline_on: body.deadline_on,
        predecessors: body.predecessors,
        owner: body.owner,
        checker: body.checker,
        confirmer: body.confirmer,
        calendar: body.calendar,
        priority: body.priority,
        objective: body.objective,
        done_when: body.done_when,
    };
    revise(&caller, &app, Revision::Add(draft), &how).await
}

/// Takes a task away. `typed` must be its code: a slip of a program deletes nothing.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/tasks/{task}", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id"),
        ("typed" = String, Query, description = "the code of the task, once more"),
        ("preview" = Option<bool>, Query, description = "answer the effect and save nothing")),
    responses((status = 200, body = RevisedOut), (status = 409, body = Problem, description = "why it has to stay"),
        (status = 422, body = Problem)))]
pub(super) async fn delete_task(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, task)): Path<(String, String)>,
    Query(how): Query<How>,
) -> Result<Json<RevisedOut>, ApiFail> {
    board(&app, &caller.edition).await?.find(&task).ok_or(ApiFail::Missing)?;
    let revision = Revision::Delete { tasks: vec![task], typed: how.typed.clone() };
    revise(&caller, &app, revision, &how).await
}

/// A change of several tasks; an empty field leaves what is there.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BulkIn {
    /// Codes or ids.
    tasks: Vec<String>,
    /// User id or name, `none` for nobody.
    owner: String,
    /// User id or name, `none` for nobody.
    checker: String,
    /// User id or name, `none` for nobody.
    confirmer: String,
    /// Place id or name, `none` for none.
    place: String,
    /// Calendar id or code, `none` for the plan's.
    calendar: String,
    /// Phase code.
    phase: String,
    /// 0 to 1000.
    priority: String,
    /// Days, negative for earlier.
    shift_days: String,
}

/// Changes several tasks at once, all or none.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/plan/tasks", tag = "plan", security(("token" = [])),
    request_body = BulkIn, params(("edition" = String, Path),
        ("preview" = Option<bool>, Query, description = "answer the effect and save nothing"),
        ("revision" = Option<i32>, Query, description = "revision of the plan whose preview was seen")),
    responses((status = 200, body = RevisedOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn bulk(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Query(how): Query<How>,
    Body(body): Body<BulkIn>,
) -> Result<Json<RevisedOut>, ApiFail> {
    let draft = BulkDraft {
        tasks: body.tasks,
        owner: body.owner,
        checker: body.checker,
        confirmer: body.confirmer,
        place: body.place,
        calendar: body.calendar,
        phase: body.phase,
        priority: body.priority,
        shift_days: body.shift_days,
    };
    revise(&caller, &app, Revision::Bulk(draft), &how).await
}

/// A step in order and outline, or a copy.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OutlineIn {
    /// `up`, `down`, `indent`, `outdent`, `after`, `copy`.
    step: String,
    /// For `after`: the task it goes behind.
    of: String,
}

/// Moves a task with everything below it, or copies it.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/tasks/{task}/outline", tag = "plan",
    security(("token" = [])), request_body = OutlineIn,
    params(("edition" = String, Path), ("task" = String, Path, description = "code or id"),
        ("preview" = Option<bool>, Query, description = "answer the effect and save nothing")),
    responses((status = 200, body = RevisedOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn outline(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, task)): Path<(String, String)>,
    Query(how): Query<How>,
    Body(body): Body<OutlineIn>,
) -> Result<Json<RevisedOut>, ApiFail> {
    board(&app, &caller.edition).await?.find(&task).ok_or(ApiFail::Missing)?;
    if body.step == "copy" {
        return revise(&caller, &app, Revision::Copy { tasks: vec![task] }, &how).await;
    }
    let mut parse = Parse::new();
    let step = parse.choice("step", &body.step, |word| Step::parse(word, &body.of));
    parse.finish(|| ())?;
    let step = step.ok_or(ApiFail::Missing)?;
    revise(&caller, &app, Revision::Move { tasks: vec![task], step }, &how).await
}

/// A link.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LinkIn {
    /// The link that changes; a new one when empty.
    id: String,
    /// Code or id of the predecessor.
    from: String,
    /// Code or id of the successor.
    to: String,
    /// `fs` (the usual), `ss`, `ff`, `sf`.
    kind: String,
    /// Days, or percent of the predecessor; negative for a lead.
    lag: String,
    /// `working` (the usual), `elapsed`, `percent`.
    lag_kind: String,
    /// At most so many days after.
    max_lag: String,
    /// `submitted`, `accepted` (the usual), `confirmed`.
    release: String,
}

/// Adds a link, or changes the one whose id is given.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/links", tag = "plan", security(("token" = [])),
    request_body = LinkIn, params(("edition" = String, Path),
        ("preview" = Option<bool>, Query, description = "answer the effect and save nothing")),
    responses((status = 200, body = RevisedOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn link(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Query(how): Query<How>,
    Body(body): Body<LinkIn>,
) -> Result<Json<RevisedOut>, ApiFail> {
    let draft = LinkDraft {
        id: body.id,
        from: body.from,
        to: body.to,
        kind: body.kind,
        lag: body.lag,
        lag_kind: body.lag_kind,
        max_lag: body.max_lag,
        release: body.release,
    };
    revise(&caller, &app, Revision::Link(draft), &how).await
}

/// Takes a link away.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/links/{link}", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("link" = String, Path, description = "id"),
        ("preview" = Option<bool>, Query, description = "answer the effect and save nothing")),
    responses((status = 200, body = RevisedOut), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn unlink(
    caller: Api<may::PlanEdit>,
    State(app): State<App>,
    Path((_, link)): Path<(String, String)>,
    Query(how): Query<How>,
) -> Result<Json<RevisedOut>, ApiFail> {
    revise(&caller, &app, Revision::Unlink { id: link }, &how).await
}

/// A change of the token's owner.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnChangeOut {
    /// When.
    at: DateTime<Utc>,
    /// What was done: `cell`, `edit`, `bulk`, `add`, `delete`, `rules`, `hours`, `settings`, `scenario`, `start` …
    what: String,
    /// Codes of the tasks it touched.
    codes: Vec<String>,
    /// It is taken back, and can be made again.
    undone: bool,
    /// Revision of the plan it led to.
    revision: i32,
}

/// The last changes of the token's owner, the latest first: what `undo` and `redo` go by.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/undo", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<OwnChangeOut>)))]
pub(super) async fn own(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Vec<OwnChangeOut>>, ApiFail> {
    let all = store::read::plan::edits(&app.reader(), caller.edition.id, caller.viewer.user, 50).await?;
    let out = all.into_iter().map(|line| OwnChangeOut {
        at: line.at,
        what: line.word,
        codes: line.codes,
        undone: line.undone,
        revision: line.revision,
    });
    Ok(Json(out.collect()))
}

/// Takes back the last change of the token's owner: of tasks and links, of calendars and choices, of rules, needs and
/// hours of places, of the data date, of the opening day, of a scenario made the plan, or a step of a task's loop. It
/// takes the right the act itself took: `plan_work` for a step, `edition_manage` for the opening day, `plan_edit` for the
/// rest. Measurements, checks and confirmations are records and stay.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/undo", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path),
        ("preview" = Option<bool>, Query, description = "answer the effect and save nothing")),
    responses((status = 200, body = RevisedOut),
        (status = 403, body = Problem, description = "the right of the act is missing"),
        (status = 409, body = Problem, description = "what somebody changed since")))]
pub(super) async fn undo(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(how): Query<How>,
) -> Result<Json<RevisedOut>, ApiFail> {
    revise(&caller, &app, Revision::Undo, &how).await
}

/// Makes the last change taken back again, with the right that it takes. Of a step of a task's loop all conditions are
/// looked at anew.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/redo", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path),
        ("preview" = Option<bool>, Query, description = "answer the effect and save nothing")),
    responses((status = 200, body = RevisedOut),
        (status = 403, body = Problem, description = "the right of the act is missing"),
        (status = 409, body = Problem, description = "what is in the way now")))]
pub(super) async fn redo(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Query(how): Query<How>,
) -> Result<Json<RevisedOut>, ApiFail> {
    revise(&caller, &app, Revision::Redo, &how).await
}
