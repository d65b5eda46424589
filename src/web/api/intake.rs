//! Imports of registrations over the API: bring a table, have it looked at, take it over, read what was rejected.

use super::{ApiFail, Body, Listing, Problem};
use crate::{
    Need, Surface,
    guard::{Api, may},
    path::Path,
};
use app::{
    App,
    intake::{self as verbs, Whose},
};
use axum::{
    Json,
    body::Bytes,
    extract::{DefaultBodyLimit, Query, State},
    handler::Handler,
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use domain::{
    CampaignId, DelegationId, IntakeId,
    access::Permission,
    registration::intake::{Intake, OptionsDraft, columns},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read::intake as read;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(create, show, judge, take, stop, rejected),
    components(schemas(ImportOut, JudgeIn, TakeIn, RejectedOut))
)]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    let (read, edit) = (Need::Token(Permission::RegistrationRead), Need::Token(Permission::RegistrationEdit));
    let room = DefaultBodyLimit::max(verbs::LARGEST);
    s.post("/api/v1/editions/{edition}/registration-imports", edit, create.layer(room));
    s.get("/api/v1/editions/{edition}/registration-imports/{import}", read, show);
    s.post("/api/v1/editions/{edition}/registration-imports/{import}/judge", edit, judge);
    s.post("/api/v1/editions/{edition}/registration-imports/{import}/take", edit, take);
    s.post("/api/v1/editions/{edition}/registration-imports/{import}/stop", edit, stop);
    s.get("/api/v1/editions/{edition}/registration-imports/{import}/rejected", read, rejected);
}

/// An import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    id: Uuid,
    name: String,
    /// `kept`, `judging`, `judged`, `running`, `done`, `stopped`.
    state: String,
    /// Headings of the table, and what each column fills; empty where nothing.
    columns: BTreeMap<String, String>,
    rows: i32,
    /// Rows looked at so far.
    done: i32,
    /// New people: to be registered after a dry run, registered after the import.
    new: i32,
    updated: i32,
    /// Registered already and passed over.
    known: i32,
    rejected: i32,
    /// New people beyond the capacity of their category: on its waiting list, or among the rejected.
    over: i32,
    /// New people who wait for approval.
    review: i32,
    /// The campaign that invites the people, if it is a table of people to invite.
    campaign: Option<Uuid>,
    created_at: DateTime<Utc>,
}

impl From<Intake> for ImportOut {
    fn from(k: Intake) -> Self {
        let code = |at: usize| k.mapping.get(at).copied().flatten().map_or("", columns::Field::code).to_owned();
        let c = k.counts;
        Self {
            id: k.id.uuid(),
            state: k.state.code().to_owned(),
            columns: k.heads.iter().enumerate().map(|(at, head)| (head.clone(), code(at))).collect(),
            name: k.name,
            rows: c.rows,
            done: c.done,
            new: c.new,
            updated: c.updated,
            known: c.known,
            rejected: c.rejected,
            over: c.over,
            review: c.review,
            campaign: k.campaign.map(CampaignId::uuid),
            created_at: k.created_at,
        }
    }
}

/// What the table is called.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct NameQuery {
    /// Name of the file.
    name: String,
    /// The group everybody in it belongs to.
    group: Option<Uuid>,
    /// The campaign that invites everybody in it: nobody is registered then, everybody gets an invitation.
    campaign: Option<Uuid>,
}

#[derive(Deserialize)]
struct Named {
    import: String,
}

impl Named {
    fn id(&self) -> Result<IntakeId, ApiFail> {
        self.import.parse().map_err(|_| ApiFail::Missing)
    }
}

async fn one(app: &App, edition: domain::EditionId, id: IntakeId) -> Result<Intake, ApiFail> {
    read::intake(&app.reader(), edition, id).await?.ok_or(ApiFail::Missing)
}

/// Brings a table, CSV (UTF-8, UTF-16, GB18030) or XLSX, as the body. Nobody is registered yet.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registration-imports", tag = "intake", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), NameQuery),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = ImportOut), (status = 422, body = Problem)))]
async fn create(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Query(query): Query<NameQuery>,
    body: Bytes,
) -> Result<(StatusCode, Json<ImportOut>), ApiFail> {
    let name = if query.name.is_empty() { "table" } else { query.name.as_str() };
    let whose = match (query.group, query.campaign) {
        (Some(group), _) => Whose::Group(DelegationId::from_uuid(group)),
        (None, Some(campaign)) => Whose::Campaign(CampaignId::from_uuid(campaign)),
        (None, None) => Whose::People,
    };
    let table = (name, body.to_vec());
    let id = verbs::keep(&app, caller.viewer.actor(), &caller.edition, whose, table).await?;
    Ok((StatusCode::CREATED, Json(one(&app, caller.edition.id, id).await?.into())))
}

/// How far an import is.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registration-imports/{import}", tag = "intake",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("import" = Uuid, Path)),
    responses((status = 200, body = ImportOut), (status = 404, body = Problem)))]
async fn show(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<ImportOut>, ApiFail> {
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?.into()))
}

/// How the table is to be read.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct JudgeIn {
    /// What columns fill, by heading; the others are guessed.
    columns: BTreeMap<String, String>,
    /// Category of rows that name none.
    category: String,
    /// Who is registered already: `skip`, `update`, `reject`.
    known: String,
    /// Send everybody the mail with the badge. Invitations are always sent.
    mail: bool,
    /// New people for whom their category has no place left: `wait` or `reject`.
    full: String,
    /// New people whose category somebody must approve: `ask` (they wait) or `give` (they are approved).
    approval: String,
    /// Language of invitations where a row names none: `en` or `zh-CN`.
    locale: String,
}

/// Asks for a look at every row; nothing is changed.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registration-imports/{import}/judge", tag = "intake",
    security(("token" = [])), request_body = JudgeIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("import" = Uuid, Path)),
    responses((status = 202, body = ImportOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn judge(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<JudgeIn>,
) -> Result<(StatusCode, Json<ImportOut>), ApiFail> {
    let id = named.id()?;
    let intake = one(&app, caller.edition.id, id).await?;
    let mapping = columns::chosen(&intake.heads, |at| body.columns.get(&intake.heads[at]).cloned());
    let mail = if body.mail { "on" } else { "" };
    let category = match body.category.as_str() {
        "" => intake.options.category.code().to_owned(),
        _ => body.category,
    };
    let draft = OptionsDraft {
        category,
        known: body.known,
        mail: mail.to_owned(),
        full: body.full,
        approval: body.approval,
        locale: body.locale,
    };
    let options = draft.parse()?;
    verbs::ask_judging(&app, caller.viewer.actor(), &caller.edition, id, (mapping, options)).await?;
    Ok((StatusCode::ACCEPTED, Json(one(&app, caller.edition.id, id).await?.into())))
}

/// Whether rejected rows may stay behind.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TakeIn {
    skip_rejected: bool,
}

/// Asks for the people to be registered.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registration-imports/{import}/take", tag = "intake",
    security(("token" = [])), request_body = TakeIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("import" = Uuid, Path)),
    responses((status = 202, body = ImportOut), (status = 409, body = Problem)))]
async fn take(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<TakeIn>,
) -> Result<(StatusCode, Json<ImportOut>), ApiFail> {
    let id = named.id()?;
    verbs::take(&app, caller.viewer.actor(), &caller.edition, id, body.skip_rejected).await?;
    Ok((StatusCode::ACCEPTED, Json(one(&app, caller.edition.id, id).await?.into())))
}

/// Asks work that is under way to end; what was taken over stays.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registration-imports/{import}/stop", tag = "intake",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("import" = Uuid, Path)),
    responses((status = 202, body = ImportOut), (status = 404, body = Problem)))]
async fn stop(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<(StatusCode, Json<ImportOut>), ApiFail> {
    let id = named.id()?;
    verbs::stop(&app, caller.viewer.actor(), &caller.edition, id).await?;
    Ok((StatusCode::ACCEPTED, Json(one(&app, caller.edition.id, id).await?.into())))
}

/// A row that was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct RejectedOut {
    /// Line of the file.
    line: u32,
    cells: Vec<String>,
    /// Codes of the reasons, with the field each is about.
    reasons: Vec<String>,
}

/// Where the list goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct AfterQuery {
    /// `next` of the page before.
    cursor: String,
}

/// Rejected rows in the order of the file, 200 at a time.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registration-imports/{import}/rejected", tag = "intake",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("import" = Uuid, Path), AfterQuery),
    responses((status = 200, body = Listing<RejectedOut>), (status = 404, body = Problem)))]
async fn rejected(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Query(query): Query<AfterQuery>,
) -> Result<Json<Listing<RejectedOut>>, ApiFail> {
    const PAGE: usize = 200;
    let id = named.id()?;
    one(&app, caller.edition.id, id).await?;
    let mut faults = read::faults(&app.reader(), id, query.cursor.parse().unwrap_or(0), PAGE as u32 + 1).await?;
    let more = faults.len() > PAGE;
    faults.truncate(PAGE);
    let next = faults.last().filter(|_| more).map(|fault| fault.line.to_string());
    let reason = |refusal: &domain::Refusal| match &refusal.field {
        Some(field) => format!("{field}: {}", refusal.code),
        None => refusal.code.clone(),
    };
    let items = faults.into_iter().map(|fault| RejectedOut {
        line: fault.line,
        reasons: fault.reasons.iter().map(reason).collect(),
        cells: fault.cells,
    });
    Ok(Json(Listing { items: items.collect(), next }))
}
