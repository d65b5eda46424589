//! Groups over the API.

use super::{ApiFail, Body, Further, Listing, Problem, rows_asked};
use crate::{
    Need, Surface,
    guard::{Api, may},
    path::Path,
};
use app::{App, delegation as verbs};
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use domain::{
    DelegationId,
    access::Permission,
    registration::{
        Category, Draft,
        delegation::{DelegationDraft, DelegationRow, Kind},
        view::RegistrationRow,
    },
};
use serde::{Deserialize, Serialize};
use store::read::delegation as read;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(paths(list, create, show, members, add), components(schemas(GroupIn, GroupOut, MemberIn, MemberOut)))]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    let (read, edit) = (Need::Token(Permission::RegistrationRead), Need::Token(Permission::RegistrationEdit));
    s.get("/api/v1/editions/{edition}/groups", read, list);
    s.post("/api/v1/editions/{edition}/groups", edit, create);
    s.get("/api/v1/editions/{edition}/groups/{group}", read, show);
    s.get("/api/v1/editions/{edition}/groups/{group}/members", read, members);
    s.post("/api/v1/editions/{edition}/groups/{group}/members", edit, add);
}

/// A group to make.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GroupIn {
    /// `company` or `delegation`.
    kind: String,
    /// Name; required.
    name: String,
    /// Who leads it; required.
    contact_name: String,
    /// Where its link is sent; required.
    contact_email: String,
    contact_phone: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    /// `en` or `zh-CN`.
    locale: String,
    /// What its members become.
    category: String,
    /// Most live members.
    quota: Option<i64>,
    note: String,
}

/// A group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupOut {
    id: Uuid,
    number: i32,
    /// `company`, `delegation`, `staff` (an exhibitor's people).
    kind: String,
    name: String,
    contact_name: String,
    contact_email: String,
    country: String,
    category: String,
    quota: Option<i32>,
    closed: bool,
    /// The exhibitor, for its staff.
    exhibitor: Option<Uuid>,
    /// Live members.
    members: i64,
    /// Members who have entered the show.
    came: i64,
    created_at: DateTime<Utc>,
}

impl From<DelegationRow> for GroupOut {
    fn from(row: DelegationRow) -> Self {
        let g = row.delegation;
        Self {
            id: g.id.uuid(),
            number: g.number,
            kind: g.kind.code().to_owned(),
            name: g.name,
            contact_name: g.contact_name,
            contact_email: g.contact_email,
            country: g.country,
            category: g.category.code().to_owned(),
            quota: g.quota,
            closed: g.closed,
            exhibitor: g.participation.map(domain::ParticipationId::uuid),
            members: row.live,
            came: row.came,
            created_at: g.created_at,
        }
    }
}

#[derive(Deserialize)]
struct Named {
    group: String,
}

impl Named {
    fn id(&self) -> Result<DelegationId, ApiFail> {
        self.group.parse().map_err(|_| ApiFail::Missing)
    }
}

async fn one(app: &App, edition: domain::EditionId, id: DelegationId) -> Result<GroupOut, ApiFail> {
    Ok(read::delegation(&app.reader(), edition, id).await?.ok_or(ApiFail::Missing)?.into())
}

/// What the list of groups is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct GroupQuery {
    /// Words of the name or the leader, or the number.
    q: String,
    /// `company`, `delegation`, `staff`.
    kind: String,
    category: String,
    closed: Option<bool>,
    /// `-number` (newest first), `number`, `name`, `-name`.
    sort: String,
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: String,
}

/// Groups.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/groups", tag = "delegation", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), GroupQuery),
    responses((status = 200, body = Listing<GroupOut>)))]
async fn list(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Query(query): Query<GroupQuery>,
) -> Result<Json<Listing<GroupOut>>, ApiFail> {
    let filter = read::DelegationFilter {
        q: query.q,
        kind: Kind::parse(&query.kind),
        category: Category::parse(&query.category),
        closed: query.closed,
        sort: query.sort,
        after: query.cursor,
    };
    let found = read::delegations(&app.reader(), caller.edition.id, &filter, rows_asked(query.limit)).await?;
    Ok(Json(Listing { items: found.rows.into_iter().map(GroupOut::from).collect(), next: found.next }))
}

/// Makes a group; its leader gets the link by e-mail.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/groups", tag = "delegation", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = GroupIn,
    responses((status = 201, body = GroupOut), (status = 422, body = Problem)))]
async fn create(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Body(body): Body<GroupIn>,
) -> Result<(StatusCode, Json<GroupOut>), ApiFail> {
    let draft = DelegationDraft {
        kind: body.kind,
        name: body.name,
        contact_name: body.contact_name,
        contact_email: body.contact_email,
        contact_phone: body.contact_phone,
        country: body.country,
        locale: body.locale,
        category: body.category,
        quota: body.quota.map(|n| n.to_string()).unwrap_or_default(),
        note: body.note,
        ..DelegationDraft::default()
    };
    let id = verbs::create_delegation(&app, caller.viewer.actor(), &caller.edition, draft.parse()?).await?;
    Ok((StatusCode::CREATED, Json(one(&app, caller.edition.id, id).await?)))
}

/// One group.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/groups/{group}", tag = "delegation", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("group" = Uuid, Path)),
    responses((status = 200, body = GroupOut), (status = 404, body = Problem)))]
async fn show(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<GroupOut>, ApiFail> {
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?))
}

/// A member of a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberOut {
    /// The registration.
    id: Uuid,
    number: i32,
    name: String,
    company: String,
    email: String,
    status: String,
}

impl From<RegistrationRow> for MemberOut {
    fn from(row: RegistrationRow) -> Self {
        Self {
            id: row.id.uuid(),
            number: row.number,
            name: row.display_name,
            company: row.company,
            email: row.email,
            status: row.status,
        }
    }
}

/// The people of a group, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/groups/{group}/members", tag = "delegation",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("group" = Uuid, Path), Further),
    responses((status = 200, body = Listing<MemberOut>), (status = 404, body = Problem)))]
async fn members(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Query(further): Query<Further>,
) -> Result<Json<Listing<MemberOut>>, ApiFail> {
    one(&app, caller.edition.id, named.id()?).await?;
    let limit = further.limit();
    let before = further.cursor.parse().ok();
    let mut rows = read::members(&app.reader(), named.id()?, before, limit as u32 + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.number.to_string());
    Ok(Json(Listing { items: rows.into_iter().map(MemberOut::from).collect(), next }))
}

/// Somebody to add to a group.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MemberIn {
    /// Made by the caller; sent again it is the same person. Required.
    submission: String,
    family_name: String,
    given_name: String,
    other_name: String,
    email: String,
    phone: String,
    /// For a delegation; people of a company's group work for it.
    company: String,
    job_title: String,
}

/// Registers somebody as a member of a group, in the group's category.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/groups/{group}/members", tag = "delegation",
    security(("token" = [])), request_body = MemberIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("group" = Uuid, Path)),
    responses((status = 201, body = GroupOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn add(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<MemberIn>,
) -> Result<(StatusCode, Json<GroupOut>), ApiFail> {
    let draft = Draft {
        submission: body.submission,
        family_name: body.family_name,
        given_name: body.given_name,
        other_name: body.other_name,
        email: body.email,
        phone: body.phone,
        company: body.company,
        job_title: body.job_title,
        ..Draft::default()
    };
    let by = verbs::By::Group(named.id()?);
    verbs::add_member(&app, caller.viewer.actor(), &caller.edition, by, &draft).await?;
    Ok((StatusCode::CREATED, Json(one(&app, caller.edition.id, named.id()?).await?)))
}
