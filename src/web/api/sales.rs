//! Stands, applications and assignments over the API.

use super::{ApiFail, Body, Listing};
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
    ApplicationId, Locale, ParticipationId, PlaceId, Refusal,
    access::Permission,
    measure::show_hundredths,
    sales::{
        Application, ApplicationDraft,
        view::{ApplicationFilter, ApplicationRow, StandFilter, StandRow},
    },
};
use serde::{Deserialize, Serialize};
use store::read;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(stands, applications, apply, accept, decline, assign, release),
    components(schemas(StandOut, ApplicationOut, ApplicationIn, AcceptIn, DeclineIn, AssignIn, AcceptedOut))
)]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/v1/editions/{edition}/stands", Need::Token(Permission::SalesRead), stands);
    s.get("/api/v1/editions/{edition}/applications", Need::Token(Permission::SalesRead), applications);
    s.post("/api/v1/editions/{edition}/applications", Need::Token(Permission::SalesEdit), apply);
    s.post("/api/v1/editions/{edition}/applications/{application}/accept", Need::Token(Permission::SalesEdit), accept);
    s.post(
        "/api/v1/editions/{edition}/applications/{application}/decline",
        Need::Token(Permission::SalesEdit),
        decline,
    );
    s.post("/api/v1/editions/{edition}/assignments", Need::Token(Permission::SalesEdit), assign);
    s.delete("/api/v1/editions/{edition}/assignments/{stand}", Need::Token(Permission::SalesEdit), release);
}

/// The most rows one answer holds.
pub(super) const MOST: usize = 500;

/// How many rows to answer with.
pub(super) fn limit(asked: Option<usize>) -> usize {
    asked.unwrap_or(100).clamp(1, MOST)
}

/// A stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandOut {
    /// The stand.
    id: Uuid,
    /// Its number.
    number: String,
    /// The hall.
    hall: Uuid,
    /// The hall's code.
    hall_code: String,
    /// `raw`, `shell`, `package`.
    kind: &'static str,
    /// Area in square decimetres.
    area_dm2: i64,
    /// Sides that face an aisle.
    open_sides: i32,
    /// The exhibitor that holds it.
    exhibitor: Option<Uuid>,
    /// The exhibitor's name in English, or in Chinese where it has no other.
    exhibitor_name: Option<String>,
}

impl From<StandRow> for StandOut {
    fn from(row: StandRow) -> Self {
        let (exhibitor, exhibitor_name) =
            row.holder.map(|(id, name)| (id.uuid(), name.get(Locale::En).to_owned())).unzip();
        Self {
            id: row.id.uuid(),
            number: row.number,
            hall: row.hall.uuid(),
            hall_code: row.hall_code,
            kind: row.kind.code(),
            area_dm2: row.area_dm2,
            open_sides: row.open_sides.count(),
            exhibitor,
            exhibitor_name,
        }
    }
}

/// Which stands.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct StandQuery {
    /// Hall id.
    hall: String,
    /// `raw`, `shell`, `package`.
    kind: String,
    /// `free` or `assigned`.
    state: String,
    /// Number or company.
    q: String,
    /// `next` of the answer before.
    cursor: String,
    /// At most this many, 500 at most.
    limit: Option<usize>,
}

/// The stands of the edition by number.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/stands", tag = "sales", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), StandQuery),
    responses((status = 200, body = Listing<StandOut>), (status = 401, body = super::Problem)))]
async fn stands(
    caller: Api<may::SalesRead>,
    State(app): State<App>,
    Query(asked): Query<StandQuery>,
) -> Result<Json<Listing<StandOut>>, ApiFail> {
    let rows = limit(asked.limit);
    let filter = StandFilter {
        hall: asked.hall,
        kind: asked.kind,
        state: asked.state,
        q: asked.q,
        sort: String::new(),
        after: asked.cursor,
    };
    let found = read::sales::stands(&app.reader(), caller.edition.id, &filter, rows).await?;
    Ok(Json(Listing { items: found.rows.into_iter().map(StandOut::from).collect(), next: found.next }))
}

/// An application.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationOut {
    /// The application.
    id: Uuid,
    /// Its number in the edition.
    number: i64,
    /// English company name.
    company_en: String,
    /// Chinese company name.
    company_zh: String,
    /// Two-letter country code.
    country: String,
    /// The person to talk to.
    contact_name: String,
    /// `raw`, `shell`, `package`.
    stand_kind: &'static str,
    /// Area wished for, square decimetres.
    area_dm2: i64,
    /// `submitted`, `accepted`, `declined`, `withdrawn`.
    state: &'static str,
    /// When it arrived.
    created_at: DateTime<Utc>,
}

impl From<ApplicationRow> for ApplicationOut {
    fn from(row: ApplicationRow) -> Self {
        Self {
            id: row.id.uuid(),
            number: row.number,
            company_en: row.company.en,
            company_zh: row.company.zh,
            country: row.country,
            contact_name: row.contact_name,
            stand_kind: row.stand_kind.code(),
            area_dm2: row.area_dm2,
            state: row.state.code(),
            created_at: row.created_at,
        }
    }
}

impl From<Application> for ApplicationOut {
    fn from(a: Application) -> Self {
        Self {
            id: a.id.uuid(),
            number: a.number,
            company_en: a.content.company.en,
            company_zh: a.content.company.zh,
            country: a.content.country,
            contact_name: a.content.contact_name,
            stand_kind: a.content.stand_kind.code(),
            area_dm2: a.content.area_dm2,
            state: a.state.code(),
            created_at: a.created_at,
        }
    }
}

/// Which applications.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct ApplicationQuery {
    /// `submitted`, `accepted`, `declined`, `withdrawn`; all when absent.
    state: String,
    /// Company or contact.
    q: String,
    /// `next` of the answer before.
    cursor: String,
    /// At most this many, 500 at most.
    limit: Option<usize>,
}

/// The applications of the edition, the latest first (waiting ones: the oldest first).
#[utoipa::path(get, path = "/api/v1/editions/{edition}/applications", tag = "sales", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ApplicationQuery),
    responses((status = 200, body = Listing<ApplicationOut>), (status = 401, body = super::Problem)))]
async fn applications(
    caller: Api<may::SalesRead>,
    State(app): State<App>,
    Query(asked): Query<ApplicationQuery>,
) -> Result<Json<Listing<ApplicationOut>>, ApiFail> {
    let rows = limit(asked.limit);
    let state = if asked.state.is_empty() { "all".to_owned() } else { asked.state };
    let filter = ApplicationFilter { state, kind: String::new(), q: asked.q, after: asked.cursor };
    let found = read::sales::applications(&app.reader(), caller.edition.id, &filter, rows).await?;
    Ok(Json(Listing { items: found.rows.into_iter().map(ApplicationOut::from).collect(), next: found.next }))
}

/// A new application.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ApplicationIn {
    /// Chosen by the caller: the same one twice is the same application.
    submission: Uuid,
    /// English company name; one of the two is needed.
    #[serde(default)]
    company_en: String,
    /// Chinese company name.
    #[serde(default)]
    company_zh: String,
    /// Two-letter country code.
    country: String,
    /// Web site.
    #[serde(default)]
    website: String,
    /// The person to talk to.
    contact_name: String,
    /// Where to write.
    contact_email: String,
    /// Where to call.
    #[serde(default)]
    contact_phone: String,
    /// `en` or `zh-CN`: the language to write in.
    #[serde(default)]
    locale: String,
    /// `raw`, `shell`, `package`.
    stand_kind: String,
    /// Area wished for, square decimetres.
    area_dm2: i64,
    /// One to four.
    open_sides: Option<i32>,
    /// What will be shown.
    products: String,
    /// Anything else.
    #[serde(default)]
    message: String,
}

impl ApplicationIn {
    fn draft(self) -> ApplicationDraft {
        ApplicationDraft {
            submission: self.submission.to_string(),
            company_en: self.company_en,
            company_zh: self.company_zh,
            country: self.country,
            website: self.website,
            contact_name: self.contact_name,
            contact_email: self.contact_email,
            contact_phone: self.contact_phone,
            stand_kind: self.stand_kind,
            area: show_hundredths(self.area_dm2),
            open_sides: self.open_sides.map(|n| n.to_string()).unwrap_or_default(),
            products: self.products,
            message: self.message,
        }
    }
}

/// Enters an application on behalf of a company.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/applications", tag = "sales", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = ApplicationIn,
    responses((status = 201, body = ApplicationOut), (status = 422, body = super::Problem), (status = 409, body = super::Problem)))]
async fn apply(
    caller: Api<may::SalesEdit>,
    State(app): State<App>,
    Body(sent): Body<ApplicationIn>,
) -> Result<(StatusCode, Json<ApplicationOut>), ApiFail> {
    let locale = Locale::parse(&sent.locale).unwrap_or_default();
    let command = sent.draft().parse(locale)?;
    let application = app::sales::apply(&app, caller.viewer.actor(), &caller.edition, command).await?;
    Ok((StatusCode::CREATED, Json(application.into())))
}

/// How to accept.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AcceptIn {
    /// The stand to assign in the same step.
    stand: Option<Uuid>,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptedOut {
    /// The exhibitor.
    exhibitor: Uuid,
}

/// Accepts an application: the company becomes an exhibitor and its contact is invited to the portal.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/applications/{application}/accept", tag = "sales",
    security(("token" = [])), request_body = AcceptIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("application" = Uuid, Path)),
    responses((status = 200, body = AcceptedOut), (status = 404, body = super::Problem), (status = 409, body = super::Problem)))]
async fn accept(
    caller: Api<may::SalesEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ApplicationId)>,
    Body(sent): Body<AcceptIn>,
) -> Result<Json<AcceptedOut>, ApiFail> {
    let stand = sent.stand.map(PlaceId::from_uuid);
    let by = &caller.viewer;
    let exhibitor = app::sales::accept_application(&app, by, &caller.edition, id, None, stand).await?;
    Ok(Json(AcceptedOut { exhibitor: exhibitor.uuid() }))
}

/// Why it is declined.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DeclineIn {
    /// The company reads this.
    reason: String,
}

/// Declines an application; the company is told by mail.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/applications/{application}/decline", tag = "sales",
    security(("token" = [])), request_body = DeclineIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("application" = Uuid, Path)),
    responses((status = 204), (status = 404, body = super::Problem), (status = 409, body = super::Problem)))]
async fn decline(
    caller: Api<may::SalesEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, ApplicationId)>,
    Body(sent): Body<DeclineIn>,
) -> Result<StatusCode, ApiFail> {
    app::sales::decline_application(&app, &caller.viewer, &caller.edition, id, None, &sent.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A stand for an exhibitor.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AssignIn {
    /// The stand.
    stand: Uuid,
    /// The exhibitor.
    exhibitor: Uuid,
}

/// Assigns a stand. A taken one is refused with `stand-taken` and who holds it.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/assignments", tag = "sales", security(("token" = [])),
    request_body = AssignIn, params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 204), (status = 409, body = super::Problem), (status = 422, body = super::Problem)))]
async fn assign(
    caller: Api<may::SalesEdit>,
    State(app): State<App>,
    Body(sent): Body<AssignIn>,
) -> Result<StatusCode, ApiFail> {
    let (stand, exhibitor) = (PlaceId::from_uuid(sent.stand), ParticipationId::from_uuid(sent.exhibitor));
    app::sales::assign_stand(&app, &caller.viewer, &caller.edition, stand, exhibitor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Releases a stand from whoever holds it.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/assignments/{stand}", tag = "sales", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("stand" = Uuid, Path)),
    responses((status = 204), (status = 404, body = super::Problem), (status = 409, body = super::Problem)))]
async fn release(
    caller: Api<may::SalesEdit>,
    State(app): State<App>,
    Path((_, stand)): Path<(String, String)>,
) -> Result<StatusCode, ApiFail> {
    let stand = stand.parse::<PlaceId>().map_err(|_| Refusal::missing("unknown-choice").at("stand"))?;
    app::sales::release_stand(&app, &caller.viewer, &caller.edition, stand).await?;
    Ok(StatusCode::NO_CONTENT)
}
