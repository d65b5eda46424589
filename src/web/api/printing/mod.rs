//! Printing over the API: stations and jobs for programs here, the agents' part in [`agent`], layouts in [`layouts`].

mod agent;
mod layouts;

use super::{ApiFail, Body, Listing, Problem, rows_asked};
use crate::guard::{Api, may};
use crate::{Need, Surface, path::Path};
use app::App;
use app::printing::{self as verbs, Deed, PrintWish};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::printing::station::StationDraft;
use domain::printing::view::{JobLine, LogFilter, StationLine};
use domain::printing::{Failure, JobState};
use domain::{PrintJobId, Refusal};
use serde::{Deserialize, Serialize};
use store::read::printing as read;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(stations, create_station, jobs, print, job, act),
    components(schemas(PrintStationIn, PrintStationOut, NewPrintStationOut, PrintJobIn, PrintJobOut, PrintDeedIn))
)]
struct Doc;

/// The description of this context.
pub(super) fn description() -> utoipa::openapi::OpenApi {
    let mut document = Doc::openapi();
    document.merge(agent::Doc::openapi());
    document.merge(layouts::Doc::openapi());
    document
}

pub(crate) fn routes(s: &mut Surface) {
    use Permission::{RegistrationEdit, RegistrationRead};
    s.get("/api/v1/editions/{edition}/print-stations", Need::Token(RegistrationRead), stations);
    s.post("/api/v1/editions/{edition}/print-stations", Need::Token(RegistrationEdit), create_station);
    s.get("/api/v1/editions/{edition}/print-jobs", Need::Token(RegistrationRead), jobs);
    s.post("/api/v1/editions/{edition}/print-jobs", Need::Token(RegistrationEdit), print);
    s.get("/api/v1/editions/{edition}/print-jobs/{job}", Need::Token(RegistrationRead), job);
    s.post("/api/v1/editions/{edition}/print-jobs/{job}", Need::Token(RegistrationEdit), act);
    layouts::routes(s);
    agent::routes(s);
}

/// A printer at a desk.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PrintStationIn {
    /// Name for people; unique in the edition.
    name: String,
    /// Where it stands.
    place: String,
    /// `zpl` or `pdf`.
    format: String,
    /// Dots in an inch, for `zpl`: 203, 300, 600; 203 when absent.
    dpi: Option<u16>,
    /// Layout to print, whatever the category.
    layout: Option<Uuid>,
    /// Station that prints when this one cannot.
    failover: Option<Uuid>,
}

/// A print station.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrintStationOut {
    id: Uuid,
    name: String,
    place: String,
    /// `zpl` or `pdf`.
    format: &'static str,
    dpi: u16,
    /// `ready`, `trouble`, `paused`, `away`, `waiting` (no agent has ever called).
    state: &'static str,
    /// What its printer last complained of.
    trouble: Option<&'static str>,
    layout: Option<Uuid>,
    failover: Option<Uuid>,
    /// When its agent last asked.
    seen_at: Option<DateTime<Utc>>,
    /// What its agent says of itself and its printer.
    agent: String,
    /// Badges in its queue.
    waiting: i64,
    /// Badges that somebody must look at.
    open: i64,
    /// Badges printed today.
    printed: i64,
}

/// A station just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewPrintStationOut {
    id: Uuid,
    /// The key of its agent; shown only now.
    key: String,
}

fn station_out(line: StationLine, now: DateTime<Utc>) -> PrintStationOut {
    let station = line.station;
    PrintStationOut {
        id: station.id.uuid(),
        state: station.state(now).code(),
        name: station.name,
        place: station.place,
        format: station.format.code(),
        dpi: station.dpi,
        trouble: station.trouble.map(Failure::code),
        layout: station.layout.map(domain::BadgeLayoutId::uuid),
        failover: station.failover.map(domain::PrintStationId::uuid),
        seen_at: station.seen_at,
        agent: station.agent,
        waiting: line.waiting,
        open: line.open,
        printed: line.printed,
    }
}

/// Print stations with their queues.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/print-stations", tag = "printing", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<PrintStationOut>), (status = 403, body = Problem)))]
async fn stations(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
) -> Result<Json<Listing<PrintStationOut>>, ApiFail> {
    let now = app.now();
    let since = verbs::today_began(&caller.edition, now);
    let lines = read::station_lines(&app.reader(), caller.edition.id, since).await?;
    Ok(Json(Listing { items: lines.into_iter().map(|line| station_out(line, now)).collect(), next: None }))
}

/// Makes a station and the key of its agent.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/print-stations", tag = "printing", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = PrintStationIn,
    responses((status = 201, body = NewPrintStationOut), (status = 422, body = Problem)))]
async fn create_station(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Body(body): Body<PrintStationIn>,
) -> Result<(StatusCode, Json<NewPrintStationOut>), ApiFail> {
    let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let draft = StationDraft {
        name: body.name,
        place: body.place,
        format: body.format,
        dpi: body.dpi.map(|dpi| dpi.to_string()).unwrap_or_default(),
        layout: text(body.layout),
        failover: text(body.failover),
        version: String::new(),
    };
    let new = verbs::create_station(&app, &caller.viewer, &caller.edition, draft.parse()?).await?;
    Ok((StatusCode::CREATED, Json(NewPrintStationOut { id: new.station.uuid(), key: new.key })))
}

/// A badge to print.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PrintJobIn {
    /// Whose badge.
    registration: Option<Uuid>,
    /// Where.
    station: Option<Uuid>,
    /// Why the same badge is printed again; without it a badge that is on paper is refused.
    again: String,
    /// A new badge takes the place of the one before, which opens no gate from then on.
    replace: bool,
}

/// A badge sent to paper.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrintJobOut {
    id: Uuid,
    registration: Option<Uuid>,
    /// Name of the person; empty for a test page.
    name: String,
    /// Serial of the badge.
    serial: Option<i64>,
    station: Option<Uuid>,
    /// `badge`, `again`, `test`.
    purpose: &'static str,
    /// `waiting`, `printing`, `printed`, `failed`, `unsure`, `cancelled`.
    state: &'static str,
    /// What went wrong last.
    failure: Option<&'static str>,
    /// How often it was handed to an agent.
    attempts: i32,
    asked_by: String,
    created_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

impl From<JobLine> for PrintJobOut {
    fn from(line: JobLine) -> Self {
        let job = line.job;
        Self {
            id: job.id.uuid(),
            registration: job.registration.map(domain::RegistrationId::uuid),
            name: line.name,
            serial: line.serial,
            station: job.station.map(domain::PrintStationId::uuid),
            purpose: job.purpose.code(),
            state: job.state.code(),
            failure: job.failure.map(Failure::code),
            attempts: job.attempt,
            asked_by: job.asked_by,
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}

/// What the log is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct PrintJobQuery {
    /// Words of the name or the company, or the number of the badge.
    q: String,
    /// A state.
    state: String,
    station: String,
    registration: String,
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: String,
}

/// The print log, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/print-jobs", tag = "printing", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), PrintJobQuery),
    responses((status = 200, body = Listing<PrintJobOut>), (status = 403, body = Problem)))]
async fn jobs(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Query(query): Query<PrintJobQuery>,
) -> Result<Json<Listing<PrintJobOut>>, ApiFail> {
    let filter = LogFilter {
        words: query.q,
        states: JobState::parse(&query.state).into_iter().collect(),
        station: query.station.parse().ok(),
        registration: query.registration.parse().ok(),
        ..LogFilter::default()
    };
    let limit = rows_asked(query.limit);
    let found = read::jobs(&app.reader(), caller.edition.id, &filter, query.cursor.parse().ok(), limit).await?;
    let items = found.lines.into_iter().map(PrintJobOut::from).collect();
    Ok(Json(Listing { items, next: found.next.map(|id| id.to_string()) }))
}

async fn one(app: &App, edition: domain::EditionId, id: PrintJobId) -> Result<Json<PrintJobOut>, ApiFail> {
    let line = read::job_line(&app.reader(), edition, id).await?.ok_or(ApiFail::Missing)?;
    Ok(Json(line.into()))
}

/// Sends a badge to a station.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/print-jobs", tag = "printing", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = PrintJobIn,
    responses((status = 201, body = PrintJobOut), (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`badge-printed-before`, `no-badge`"), (status = 422, body = Problem)))]
async fn print(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Body(body): Body<PrintJobIn>,
) -> Result<(StatusCode, Json<PrintJobOut>), ApiFail> {
    let required = |field: &str| Refusal::invalid("required").at(field);
    let registration = body.registration.ok_or_else(|| required("registration"))?;
    let station = body.station.ok_or_else(|| required("station"))?;
    let wish = PrintWish {
        station: Some(domain::PrintStationId::from_uuid(station)),
        again: body.again,
        replace: body.replace,
    };
    let id = domain::RegistrationId::from_uuid(registration);
    let queued = verbs::print_badge(&app, caller.viewer.actor(), &caller.edition, id, &wish).await?;
    Ok((StatusCode::CREATED, one(&app, caller.edition.id, queued.job).await?))
}

/// One badge sent to paper.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/print-jobs/{job}", tag = "printing", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("job" = Uuid, Path)),
    responses((status = 200, body = PrintJobOut), (status = 404, body = Problem)))]
async fn job(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<PrintJobOut>, ApiFail> {
    one(&app, caller.edition.id, id.parse().map_err(|_| ApiFail::Missing)?).await
}

/// What is done with a badge on its way.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PrintDeedIn {
    /// `retry`, `cancel`, `came_out`, `did_not`, `send`.
    deed: String,
    /// For `send`: where to.
    station: Option<Uuid>,
}

/// Does something with a badge on its way.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/print-jobs/{job}", tag = "printing", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("job" = Uuid, Path)),
    request_body = PrintDeedIn,
    responses((status = 200, body = PrintJobOut), (status = 409, body = Problem, description = "`print-job-state`")))]
async fn act(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
    Body(body): Body<PrintDeedIn>,
) -> Result<Json<PrintJobOut>, ApiFail> {
    let id: PrintJobId = id.parse().map_err(|_| ApiFail::Missing)?;
    let deed = match (body.deed.as_str(), body.station) {
        ("retry", _) => Deed::Retry,
        ("cancel", _) => Deed::Cancel,
        ("came_out", _) => Deed::CameOut,
        ("did_not", _) => Deed::DidNot,
        ("send", Some(station)) => Deed::SendTo(domain::PrintStationId::from_uuid(station)),
        ("send", None) => return Err(Refusal::invalid("required").at("station").into()),
        (other, _) => return Err(Refusal::invalid("unknown-choice").at("deed").with("value", other).into()),
    };
    verbs::act(&app, caller.viewer.actor(), &caller.edition, id, deed).await?;
    one(&app, caller.edition.id, id).await
}
