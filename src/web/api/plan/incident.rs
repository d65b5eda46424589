//! Contingency over the API: the book, incidents, their log and its check.

use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::{Need, Surface, path::Path};
use app::App;
use app::plan::incident::{self as verbs, Declare};
use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::IncidentId;
use domain::access::Permission;
use domain::plan::contingency::{self, Entry};
use domain::plan::incident::{Broken, Line};
use domain::plan::incident_view::{IncidentPage, IncidentRow};
use serde::{Deserialize, Serialize};
use store::read::plan::incident as read;
use utoipa::{OpenApi, ToSchema};

/// This room's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(book, incidents, declare, incident, verify, note, first_action, stand_down),
    components(schemas(
        EntryOut,
        EntryTaskOut,
        IncidentOut,
        IncidentDetail,
        LineOut,
        CheckOut,
        DeclareIn,
        SaidIn,
        StandDownIn
    ))
)]
pub struct Doc;

pub(super) fn routes(s: &mut Surface) {
    let (see, work) = (Permission::PlanRead, Permission::PlanWork);
    s.get("/api/v1/editions/{edition}/contingency", Need::Token(see), book);
    s.get("/api/v1/editions/{edition}/incidents", Need::Token(see), incidents);
    s.post("/api/v1/editions/{edition}/incidents", Need::Token(work), declare);
    s.get("/api/v1/editions/{edition}/incidents/{incident}", Need::Token(see), incident);
    s.get("/api/v1/editions/{edition}/incidents/{incident}/verify", Need::Token(see), verify);
    s.post("/api/v1/editions/{edition}/incidents/{incident}/notes", Need::Token(work), note);
    s.post("/api/v1/editions/{edition}/incidents/{incident}/first-action", Need::Token(work), first_action);
    s.post("/api/v1/editions/{edition}/incidents/{incident}/stand-down", Need::Token(work), stand_down);
}

/// A task of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryTaskOut {
    /// Its number within the entry.
    no: usize,
    /// What to do, in English.
    name_en: String,
    /// What to do, in Chinese.
    name_zh: String,
    /// Team.
    role: &'static str,
    /// How long it takes.
    minutes: i64,
    /// Numbers of the tasks it waits for.
    after: Vec<usize>,
}

/// An entry of the contingency book.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryOut {
    /// Code.
    code: String,
    /// What goes wrong, in English.
    hazard_en: String,
    /// What goes wrong, in Chinese.
    hazard_zh: String,
    /// How it is recognised.
    trigger: String,
    /// `L1` lives, the law or the whole show; `L2` a part of it; `L3` a stand or a service.
    level: &'static str,
    /// Kinds of places it can happen at.
    places: Vec<&'static str>,
    /// What is done first.
    first_action: String,
    /// Within so many minutes.
    limit_minutes: Option<i64>,
    /// Who decides.
    decision_owner: &'static str,
    /// When it is over.
    stand_down_when: String,
    /// The place is closed until stand-down.
    closes_place: bool,
    /// What is to be done.
    tasks: Vec<EntryTaskOut>,
}

impl From<&Entry> for EntryOut {
    fn from(one: &Entry) -> Self {
        let task = |task: &contingency::EntryTask| EntryTaskOut {
            no: task.no,
            name_en: task.name.en.clone(),
            name_zh: task.name.zh.clone(),
            role: task.role.code(),
            minutes: task.minutes,
            after: task.after.clone(),
        };
        Self {
            code: one.code.clone(),
            hazard_en: one.hazard.en.clone(),
            hazard_zh: one.hazard.zh.clone(),
            trigger: one.trigger.en.clone(),
            level: one.level.code(),
            places: one.places.iter().map(|kind| kind.code()).collect(),
            first_action: one.first_action.en.clone(),
            limit_minutes: one.limit_minutes,
            decision_owner: one.decision_owner.code(),
            stand_down_when: one.stand_down.en.clone(),
            closes_place: one.closes,
            tasks: one.tasks.iter().map(task).collect(),
        }
    }
}

/// The contingency book.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/contingency", tag = "incident", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<EntryOut>)))]
pub(super) async fn book(_caller: Api<may::PlanRead>) -> Json<Vec<EntryOut>> {
    Json(contingency::book().iter().map(EntryOut::from).collect())
}

/// An incident.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentOut {
    /// Its number in the edition.
    number: i32,
    /// Code of the entry.
    entry: String,
    /// Where; place id.
    place: Option<String>,
    /// What the place was called then.
    place_name: String,
    /// What was said when it was declared.
    note: String,
    /// Who declared it.
    declared_by: String,
    /// When; the clock begins here.
    declared_at: DateTime<Utc>,
    /// Until when the first action was to be done.
    first_action_due: Option<DateTime<Utc>>,
    /// When it was done.
    first_action_at: Option<DateTime<Utc>>,
    /// When it was stood down.
    over_at: Option<DateTime<Utc>>,
    /// `open`, `over`.
    state: &'static str,
}

impl From<&IncidentRow> for IncidentOut {
    fn from(row: &IncidentRow) -> Self {
        let one = &row.incident;
        Self {
            number: one.number,
            entry: one.entry.clone(),
            place: one.place.map(|id| id.to_string()),
            place_name: one.place_name.en.clone(),
            note: one.note.clone(),
            declared_by: row.declared_by.clone(),
            declared_at: one.declared_at,
            first_action_due: contingency::find(&one.entry).and_then(|entry| one.first_action_due(entry)),
            first_action_at: one.first_action_at,
            over_at: one.over_at,
            state: one.state().code(),
        }
    }
}

/// A line of a log.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineOut {
    /// Its number.
    seq: i64,
    /// When.
    at: DateTime<Utc>,
    /// Who, by name; empty for what Fairlead noted.
    by: String,
    /// User id.
    user: Option<String>,
    /// What it says.
    kind: &'static str,
    /// Words, codes or names.
    text: String,
    /// Seal of the line before.
    previous: String,
    /// SHA-256 over incident id, previous seal, number, moment, user id, name, kind and text, each with its length.
    seal: String,
}

impl From<&Line> for LineOut {
    fn from(line: &Line) -> Self {
        Self {
            seq: line.seq,
            at: line.at,
            by: line.by_name.clone(),
            user: line.by.map(|id| id.to_string()),
            kind: line.kind.code(),
            text: line.text.clone(),
            previous: line.previous.clone(),
            seal: line.seal.clone(),
        }
    }
}

/// Whether a log holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckOut {
    /// Every line is as it was sealed and none is missing.
    whole: bool,
    /// Lines.
    lines: i64,
    /// The first line that does not hold.
    broken_line: Option<i64>,
    /// Seal of the last line.
    head: String,
}

impl From<&IncidentPage> for CheckOut {
    fn from(page: &IncidentPage) -> Self {
        let one = &page.row.incident;
        let broken_line = page.broken.map(|broken| match broken {
            Broken::Line(seq) => seq,
            Broken::End { found, .. } => found + 1,
        });
        Self { whole: broken_line.is_none(), lines: one.lines, broken_line, head: one.head.clone() }
    }
}

/// An incident with its tasks and its log.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentDetail {
    /// The incident.
    #[serde(flatten)]
    incident: IncidentOut,
    /// Codes of its tasks.
    tasks: Vec<String>,
    /// Its log, oldest first.
    log: Vec<LineOut>,
    /// Whether the log holds.
    check: CheckOut,
}

impl From<&IncidentPage> for IncidentDetail {
    fn from(page: &IncidentPage) -> Self {
        Self {
            incident: IncidentOut::from(&page.row),
            tasks: page.tasks.iter().map(|task| task.code.clone()).collect(),
            log: page.log.iter().map(LineOut::from).collect(),
            check: CheckOut::from(page),
        }
    }
}

/// Incidents, those going on first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/incidents", tag = "incident", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<IncidentOut>)))]
pub(super) async fn incidents(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
) -> Result<Json<Vec<IncidentOut>>, ApiFail> {
    let all = read::incidents(&app.reader(), caller.edition.id).await?;
    Ok(Json(all.iter().map(IncidentOut::from).collect()))
}

/// An incident to declare.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DeclareIn {
    /// Code of the entry.
    hazard: String,
    /// Place id; empty where the hazard has no place.
    place: String,
    /// Where exactly, what was seen.
    note: String,
}

/// Declares an incident: the clock starts, its tasks join the plan, the roles are called.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/incidents", tag = "incident", security(("token" = [])),
    request_body = DeclareIn, params(("edition" = String, Path)),
    responses((status = 200, body = IncidentDetail), (status = 422, body = Problem)))]
pub(super) async fn declare(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Body(body): Body<DeclareIn>,
) -> Result<Json<IncidentDetail>, ApiFail> {
    let draft = Declare { hazard: body.hazard, place: body.place, note: body.note };
    let number = verbs::declare(&app, &caller.viewer, &caller.edition, &draft).await?;
    detail(&caller, &app, &number.to_string()).await
}

async fn page<P>(caller: &Api<P>, app: &App, number: &str) -> Result<IncidentPage, ApiFail> {
    let number = number.parse().map_err(|_| ApiFail::Missing)?;
    read::page(&app.reader(), caller.edition.id, number, app.now()).await?.ok_or(ApiFail::Missing)
}

async fn detail<P>(caller: &Api<P>, app: &App, number: &str) -> Result<Json<IncidentDetail>, ApiFail> {
    Ok(Json(IncidentDetail::from(&page(caller, app, number).await?)))
}

async fn id_of<P>(caller: &Api<P>, app: &App, number: &str) -> Result<IncidentId, ApiFail> {
    Ok(page(caller, app, number).await?.row.incident.id)
}

/// One incident with its tasks and its log.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/incidents/{incident}", tag = "incident",
    security(("token" = [])), params(("edition" = String, Path), ("incident" = i32, Path, description = "number")),
    responses((status = 200, body = IncidentDetail), (status = 404, body = Problem)))]
pub(super) async fn incident(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
) -> Result<Json<IncidentDetail>, ApiFail> {
    detail(&caller, &app, &number).await
}

/// Checks the log of an incident line by line.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/incidents/{incident}/verify", tag = "incident",
    security(("token" = [])), params(("edition" = String, Path), ("incident" = i32, Path, description = "number")),
    responses((status = 200, body = CheckOut), (status = 404, body = Problem)))]
pub(super) async fn verify(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
) -> Result<Json<CheckOut>, ApiFail> {
    Ok(Json(CheckOut::from(&page(&caller, &app, &number).await?)))
}

/// What is said.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SaidIn {
    /// Words.
    text: String,
}

/// Writes into the log. There is no way to change or remove a line.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/incidents/{incident}/notes", tag = "incident",
    security(("token" = [])), request_body = SaidIn,
    params(("edition" = String, Path), ("incident" = i32, Path, description = "number")),
    responses((status = 200, body = IncidentDetail), (status = 422, body = Problem)))]
pub(super) async fn note(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Body(body): Body<SaidIn>,
) -> Result<Json<IncidentDetail>, ApiFail> {
    let id = id_of(&caller, &app, &number).await?;
    verbs::note(&app, &caller.viewer, caller.edition.id, id, &body.text).await?;
    detail(&caller, &app, &number).await
}

/// Notes that the first action is done: its clock stops.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/incidents/{incident}/first-action", tag = "incident",
    security(("token" = [])), request_body = SaidIn,
    params(("edition" = String, Path), ("incident" = i32, Path, description = "number")),
    responses((status = 200, body = IncidentDetail), (status = 409, body = Problem)))]
pub(super) async fn first_action(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Body(body): Body<SaidIn>,
) -> Result<Json<IncidentDetail>, ApiFail> {
    let id = id_of(&caller, &app, &number).await?;
    verbs::first_action(&app, &caller.viewer, caller.edition.id, id, &body.text).await?;
    detail(&caller, &app, &number).await
}

/// The end of an incident.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct StandDownIn {
    /// The book's criterion is met.
    met: bool,
    /// What shows it.
    text: String,
}

/// Stands an incident down; only its decision owner may.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/incidents/{incident}/stand-down", tag = "incident",
    security(("token" = [])), request_body = StandDownIn,
    params(("edition" = String, Path), ("incident" = i32, Path, description = "number")),
    responses((status = 200, body = IncidentDetail), (status = 403, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn stand_down(
    caller: Api<may::PlanWork>,
    State(app): State<App>,
    Path((_, number)): Path<(String, String)>,
    Body(body): Body<StandDownIn>,
) -> Result<Json<IncidentDetail>, ApiFail> {
    let id = id_of(&caller, &app, &number).await?;
    verbs::stand_down(&app, &caller.viewer, caller.edition.id, id, body.met, &body.text).await?;
    detail(&caller, &app, &number).await
}
