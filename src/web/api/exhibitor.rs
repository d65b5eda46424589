//! Exhibitors and their duties over the API.

use super::{ApiFail, Body, Listing, sales::limit};
use crate::{
    Need, Surface,
    guard::{Api, may},
    path::Path,
};
use app::App;
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use domain::{
    ExhibitorDutyId, ParticipationId,
    access::Permission,
    exhibitor::{
        CompleteDraft,
        view::{DutyOverviewRow, DutyRow, ExhibitorFilter, ExhibitorRow},
    },
};
use serde::{Deserialize, Serialize};
use store::read;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(list, show, duties, complete),
    components(schemas(ExhibitorOut, ExhibitorRecordOut, OwnDutyOut, DutyOut, CompleteIn))
)]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/v1/editions/{edition}/exhibitors", Need::Token(Permission::ExhibitorRead), list);
    s.get("/api/v1/editions/{edition}/exhibitors/{exhibitor}", Need::Token(Permission::ExhibitorRead), show);
    s.get("/api/v1/editions/{edition}/duties", Need::Token(Permission::ExhibitorRead), duties);
    s.post(
        "/api/v1/editions/{edition}/exhibitor-duties/{own}/complete",
        Need::Token(Permission::ExhibitorEdit),
        complete,
    );
}

/// An exhibitor.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExhibitorOut {
    /// The exhibitor.
    id: Uuid,
    /// English company name.
    company_en: String,
    /// Chinese company name.
    company_zh: String,
    /// Two-letter country code, may be empty.
    country: String,
    /// Status of the participation.
    status: String,
    /// Numbers of its stands.
    stands: Vec<String>,
    /// Area of its stands, square decimetres.
    area_dm2: i64,
    /// Duties done or waived.
    duties_done: i64,
    /// All its duties.
    duties: i64,
    /// Open duties past their deadline.
    duties_overdue: i64,
}

impl From<ExhibitorRow> for ExhibitorOut {
    fn from(row: ExhibitorRow) -> Self {
        Self {
            id: row.participation.uuid(),
            company_en: row.company.en,
            company_zh: row.company.zh,
            country: row.country,
            status: row.status,
            stands: row.stands.into_iter().map(|(_, number)| number).collect(),
            area_dm2: row.area_dm2,
            duties_done: row.progress.done,
            duties: row.progress.total,
            duties_overdue: row.progress.overdue,
        }
    }
}

/// Which exhibitors.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ExhibitorQuery {
    /// Company or stand number.
    q: String,
    /// `with` or `without` a stand.
    stand: String,
    /// `overdue`, `open`, `complete`.
    duties: String,
    /// `next` of the answer before.
    cursor: String,
    /// At most this many, 500 at most.
    limit: Option<usize>,
}

/// The exhibitors of the edition by name.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/exhibitors", tag = "exhibitor", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ExhibitorQuery),
    responses((status = 200, body = Listing<ExhibitorOut>), (status = 401, body = super::Problem)))]
async fn list(
    caller: Api<may::ExhibitorRead>,
    State(app): State<App>,
    Query(asked): Query<ExhibitorQuery>,
) -> Result<Json<Listing<ExhibitorOut>>, ApiFail> {
    let rows = limit(asked.limit);
    let filter = ExhibitorFilter {
        q: asked.q,
        stand: asked.stand,
        duties: asked.duties,
        after: asked.cursor,
        ..ExhibitorFilter::default()
    };
    let found = read::exhibitor::exhibitors(&app.reader(), caller.edition.id, &filter, app.now(), rows).await?;
    Ok(Json(Listing { items: found.rows.into_iter().map(ExhibitorOut::from).collect(), next: found.next }))
}

/// One exhibitor's duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnDutyOut {
    /// The exhibitor's duty.
    id: Uuid,
    /// Code of the duty.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// `open`, `done`, `waived`.
    state: &'static str,
    /// `overdue`, `soon`, `open`, `done`, `waived`.
    light: &'static str,
    /// Early finish of the plan task.
    deadline: Option<DateTime<Utc>>,
    /// Code of the plan task.
    task: Option<String>,
    /// What was said.
    note: String,
    /// When it was done.
    done_at: Option<DateTime<Utc>>,
}

impl From<DutyRow> for OwnDutyOut {
    fn from(row: DutyRow) -> Self {
        Self {
            id: row.id.uuid(),
            code: row.code,
            name_en: row.name.en,
            name_zh: row.name.zh,
            state: row.state.code(),
            light: row.light.code(),
            deadline: row.deadline,
            task: row.task.map(|(_, code)| code),
            note: row.note,
            done_at: row.done_at,
        }
    }
}

/// An exhibitor with its duties.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExhibitorRecordOut {
    /// The exhibitor.
    id: Uuid,
    /// English company name.
    company_en: String,
    /// Chinese company name.
    company_zh: String,
    /// Numbers of its stands.
    stands: Vec<String>,
    /// Its duties.
    duties: Vec<OwnDutyOut>,
}

/// One exhibitor with its duties.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/exhibitors/{exhibitor}", tag = "exhibitor", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("exhibitor" = Uuid, Path)),
    responses((status = 200, body = ExhibitorRecordOut), (status = 404, body = super::Problem)))]
async fn show(
    caller: Api<may::ExhibitorRead>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ParticipationId)>,
) -> Result<Json<ExhibitorRecordOut>, ApiFail> {
    let found = read::exhibitor::record(&app.reader(), caller.edition.id, id, app.now()).await?;
    let record = found.ok_or(ApiFail::Missing)?;
    Ok(Json(ExhibitorRecordOut {
        id: record.participation.uuid(),
        company_en: record.company.en,
        company_zh: record.company.zh,
        stands: record.stands.into_iter().map(|stand| stand.number).collect(),
        duties: record.duties.into_iter().map(OwnDutyOut::from).collect(),
    }))
}

/// A duty over all exhibitors.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyOut {
    /// The duty.
    id: Uuid,
    /// Its code.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// `all`, `raw`, `shell`.
    applies_to: &'static str,
    /// Whether the show depends on it.
    mandatory: bool,
    /// Early finish of the plan task.
    deadline: Option<DateTime<Utc>>,
    /// Code of the plan task.
    task: Option<String>,
    /// Done.
    done: i64,
    /// Waived.
    waived: i64,
    /// Open.
    open: i64,
}

impl From<DutyOverviewRow> for DutyOut {
    fn from(row: DutyOverviewRow) -> Self {
        Self {
            id: row.id.uuid(),
            code: row.code,
            name_en: row.name.en,
            name_zh: row.name.zh,
            applies_to: row.applies_to.code(),
            mandatory: row.mandatory,
            deadline: row.deadline,
            task: row.task.map(|(_, code, _)| code),
            done: row.done,
            waived: row.waived,
            open: row.open,
        }
    }
}

/// The duties of the edition with how far the exhibitors are.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/duties", tag = "exhibitor", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<DutyOut>), (status = 401, body = super::Problem)))]
async fn duties(caller: Api<may::ExhibitorRead>, State(app): State<App>) -> Result<Json<Listing<DutyOut>>, ApiFail> {
    let rows = read::exhibitor::duty_overview(&app.reader(), caller.edition.id, app.now()).await?;
    Ok(Json(Listing { items: rows.into_iter().map(DutyOut::from).collect(), next: None }))
}

/// What to say about a duty done.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CompleteIn {
    /// What the exhibitor handed in.
    note: String,
}

/// Marks an exhibitor's duty as done on its behalf.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/exhibitor-duties/{own}/complete", tag = "exhibitor",
    security(("token" = [])), request_body = CompleteIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("own" = Uuid, Path)),
    responses((status = 204), (status = 404, body = super::Problem), (status = 409, body = super::Problem)))]
async fn complete(
    caller: Api<may::ExhibitorEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ExhibitorDutyId)>,
    Body(sent): Body<CompleteIn>,
) -> Result<StatusCode, ApiFail> {
    let draft = CompleteDraft { note: sent.note, confirm: "yes".to_owned(), version: String::new() };
    app::exhibitor::complete_duty(&app, caller.viewer.actor(), caller.edition.id, None, id, &draft, None).await?;
    Ok(StatusCode::NO_CONTENT)
}
