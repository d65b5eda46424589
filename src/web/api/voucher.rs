//! Campaigns, e-vouchers and invitations over the API.

use super::{ApiFail, Body, Further, Listing, Problem, rows_asked};
use crate::{
    Need, Surface,
    guard::{Api, may},
    path::Path,
};
use app::{App, voucher as verbs};
use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    CampaignId,
    access::Permission,
    registration::{
        Category,
        invitation::{InvitationRow, InviteDraft},
        voucher::{CampaignDraft, CampaignRow, CampaignState, MOST_CODES, VoucherRow, shown},
    },
};
use serde::{Deserialize, Serialize};
use store::read::voucher as read;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(list, create, show, stop, resume, vouchers, more, invitations, invite),
    components(schemas(CampaignIn, CampaignOut, VoucherOut, InvitationOut, InviteIn, InvitedOut, CountIn))
)]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    let (read, edit) = (Need::Token(Permission::RegistrationRead), Need::Token(Permission::RegistrationEdit));
    s.get("/api/v1/editions/{edition}/campaigns", read, list);
    s.post("/api/v1/editions/{edition}/campaigns", edit, create);
    s.get("/api/v1/editions/{edition}/campaigns/{campaign}", read, show);
    s.post("/api/v1/editions/{edition}/campaigns/{campaign}/stop", edit, stop);
    s.post("/api/v1/editions/{edition}/campaigns/{campaign}/resume", edit, resume);
    s.get("/api/v1/editions/{edition}/campaigns/{campaign}/vouchers", read, vouchers);
    s.post("/api/v1/editions/{edition}/campaigns/{campaign}/vouchers", edit, more);
    s.get("/api/v1/editions/{edition}/campaigns/{campaign}/invitations", read, invitations);
    s.post("/api/v1/editions/{edition}/campaigns/{campaign}/invitations", edit, invite);
}

/// A campaign to make.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CampaignIn {
    /// Name; required.
    name: String,
    /// What people become by it: a category.
    category: String,
    /// `single` (a code for each person) or `shared` (one code for all).
    kind: String,
    /// The shared code, 4 to 24 letters and digits; one of ours when absent.
    code: String,
    /// Single codes to make now.
    count: Option<i64>,
    /// Most live registrations by the whole campaign.
    quota: Option<i64>,
    /// First day the codes are taken, `YYYY-MM-DD`.
    valid_from: Option<NaiveDate>,
    /// Last day the codes are taken.
    valid_until: Option<NaiveDate>,
    /// For colleagues.
    note: String,
}

impl From<&CampaignIn> for CampaignDraft {
    fn from(c: &CampaignIn) -> Self {
        let text = |value: Option<String>| value.unwrap_or_default();
        Self {
            name: c.name.clone(),
            category: c.category.clone(),
            kind: c.kind.clone(),
            code: c.code.clone(),
            count: text(c.count.map(|n| n.to_string())),
            quota: text(c.quota.map(|n| n.to_string())),
            valid_from: text(c.valid_from.map(|d| d.to_string())),
            valid_until: text(c.valid_until.map(|d| d.to_string())),
            note: c.note.clone(),
            version: String::new(),
        }
    }
}

/// A campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignOut {
    id: Uuid,
    name: String,
    category: String,
    kind: String,
    /// The exhibitor who invites; absent for the organizer.
    exhibitor: Option<Uuid>,
    /// The one code of a shared campaign.
    code: Option<String>,
    quota: Option<i32>,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    stopped: bool,
    codes: i64,
    invited: i64,
    /// Live registrations by it.
    redeemed: i64,
    created_at: DateTime<Utc>,
}

impl From<CampaignRow> for CampaignOut {
    fn from(row: CampaignRow) -> Self {
        let c = row.campaign;
        Self {
            id: c.id.uuid(),
            name: c.name,
            category: c.category.code().to_owned(),
            kind: c.kind.code().to_owned(),
            exhibitor: c.participation.map(domain::ParticipationId::uuid),
            code: row.code,
            quota: c.quota,
            valid_from: c.valid_from,
            valid_until: c.valid_until,
            stopped: c.stopped,
            codes: row.codes,
            invited: row.invited,
            redeemed: row.redeemed,
            created_at: c.created_at,
        }
    }
}

/// A code.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoucherOut {
    id: Uuid,
    /// As people read it.
    code: String,
    stopped: bool,
    /// Live registrations by it.
    redeemed: i64,
    /// The latest registration by it.
    registration: Option<Uuid>,
}

impl From<VoucherRow> for VoucherOut {
    fn from(row: VoucherRow) -> Self {
        Self {
            id: row.id.uuid(),
            code: shown(&row.code),
            stopped: row.stopped,
            redeemed: row.redeemed,
            registration: row.by.map(|(id, ..)| id.uuid()),
        }
    }
}

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationOut {
    id: Uuid,
    name: String,
    email: String,
    company: String,
    code: String,
    /// `sent`, `opened`, `registered`, `declined`, `withdrawn`.
    state: String,
    /// The live registration by it.
    registration: Option<Uuid>,
    /// Whether that person has entered the show.
    came: bool,
    sent_at: DateTime<Utc>,
}

impl From<InvitationRow> for InvitationOut {
    fn from(row: InvitationRow) -> Self {
        Self {
            state: row.state().code().to_owned(),
            registration: row.registration.map(domain::RegistrationId::uuid),
            came: row.came,
            code: shown(&row.code),
            id: row.invitation.id.uuid(),
            name: row.invitation.name,
            email: row.invitation.email,
            company: row.invitation.company,
            sent_at: row.invitation.sent_at,
        }
    }
}

#[derive(Deserialize)]
struct Named {
    campaign: String,
}

impl Named {
    fn id(&self) -> Result<CampaignId, ApiFail> {
        self.campaign.parse().map_err(|_| ApiFail::Missing)
    }
}

async fn one(app: &App, edition: domain::EditionId, id: CampaignId) -> Result<CampaignRow, ApiFail> {
    read::campaign(&app.reader(), edition, id).await?.ok_or(ApiFail::Missing)
}

/// What the list of campaigns is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct CampaignQuery {
    /// Words of the name or the company, or a whole code.
    q: String,
    /// `organizer`, `exhibitor`.
    by: String,
    category: String,
    /// `open`, `early`, `over`, `stopped`.
    state: String,
    /// `-made` (newest first), `made`, `name`, `-name`.
    sort: String,
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: String,
}

/// Campaigns.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/campaigns", tag = "voucher", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), CampaignQuery),
    responses((status = 200, body = Listing<CampaignOut>)))]
async fn list(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Query(query): Query<CampaignQuery>,
) -> Result<Json<Listing<CampaignOut>>, ApiFail> {
    let today = caller.edition.day(app.now());
    let filter = read::CampaignFilter {
        q: query.q,
        by: query.by,
        category: Category::parse(&query.category),
        state: CampaignState::parse(&query.state).map(|state| (state, today)),
        sort: query.sort,
        after: query.cursor,
    };
    let found = read::campaigns(&app.reader(), caller.edition.id, &filter, rows_asked(query.limit)).await?;
    Ok(Json(Listing { items: found.rows.into_iter().map(CampaignOut::from).collect(), next: found.next }))
}

/// Makes a campaign with its codes.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/campaigns", tag = "voucher", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = CampaignIn,
    responses((status = 201, body = CampaignOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn create(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Body(body): Body<CampaignIn>,
) -> Result<(StatusCode, Json<CampaignOut>), ApiFail> {
    let wish = CampaignDraft::from(&body).parse()?;
    let id = verbs::create_campaign(&app, caller.viewer.actor(), &caller.edition, &wish).await?;
    Ok((StatusCode::CREATED, Json(one(&app, caller.edition.id, id).await?.into())))
}

/// One campaign.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/campaigns/{campaign}", tag = "voucher", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("campaign" = Uuid, Path)),
    responses((status = 200, body = CampaignOut), (status = 404, body = Problem)))]
async fn show(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<CampaignOut>, ApiFail> {
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?.into()))
}

/// Stops all codes of a campaign.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/campaigns/{campaign}/stop", tag = "voucher", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("campaign" = Uuid, Path)),
    responses((status = 200, body = CampaignOut), (status = 404, body = Problem)))]
async fn stop(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<CampaignOut>, ApiFail> {
    verbs::stop_campaign(&app, caller.viewer.actor(), &caller.edition, named.id()?, true).await?;
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?.into()))
}

/// Lets a stopped campaign go on.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/campaigns/{campaign}/resume", tag = "voucher", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("campaign" = Uuid, Path)),
    responses((status = 200, body = CampaignOut), (status = 404, body = Problem)))]
async fn resume(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<CampaignOut>, ApiFail> {
    verbs::stop_campaign(&app, caller.viewer.actor(), &caller.edition, named.id()?, false).await?;
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?.into()))
}

/// The codes of a campaign in the order they were made.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/campaigns/{campaign}/vouchers", tag = "voucher",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("campaign" = Uuid, Path), Further),
    responses((status = 200, body = Listing<VoucherOut>), (status = 404, body = Problem)))]
async fn vouchers(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Query(further): Query<Further>,
) -> Result<Json<Listing<VoucherOut>>, ApiFail> {
    let campaign = one(&app, caller.edition.id, named.id()?).await?.campaign;
    let limit = further.limit();
    let mut rows = read::vouchers(&app.reader(), &campaign, further.cursor.parse().ok(), limit as u32 + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    Ok(Json(Listing { items: rows.into_iter().map(VoucherOut::from).collect(), next }))
}

/// How many.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CountIn {
    count: i64,
}

/// Makes more codes for a campaign of single ones.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/campaigns/{campaign}/vouchers", tag = "voucher",
    security(("token" = [])), request_body = CountIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("campaign" = Uuid, Path)),
    responses((status = 201, body = CampaignOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn more(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<CountIn>,
) -> Result<(StatusCode, Json<CampaignOut>), ApiFail> {
    let mut p = domain::refusal::Parse::new();
    p.number("count", &body.count.to_string(), 1..=MOST_CODES);
    let count = p.finish(|| usize::try_from(body.count).unwrap_or_default())?;
    verbs::add_codes(&app, caller.viewer.actor(), &caller.edition, named.id()?, count).await?;
    Ok((StatusCode::CREATED, Json(one(&app, caller.edition.id, named.id()?).await?.into())))
}

/// The invitations of a campaign, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/campaigns/{campaign}/invitations", tag = "voucher",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("campaign" = Uuid, Path), Further),
    responses((status = 200, body = Listing<InvitationOut>), (status = 404, body = Problem)))]
async fn invitations(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Query(further): Query<Further>,
) -> Result<Json<Listing<InvitationOut>>, ApiFail> {
    let campaign = one(&app, caller.edition.id, named.id()?).await?.campaign;
    let limit = further.limit();
    let before = further.cursor.parse().ok();
    let mut rows = read::invitations(&app.reader(), campaign.id, before, limit as u32 + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.invitation.id.to_string());
    Ok(Json(Listing { items: rows.into_iter().map(InvitationOut::from).collect(), next }))
}

/// People to invite.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InviteIn {
    /// One a line: name, e-mail, company.
    people: Vec<String>,
    /// Language of the letter: `en` or `zh-CN`.
    locale: String,
}

/// How many were invited.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitedOut {
    invited: usize,
}

/// Invites people by e-mail; each gets a code of the own. Who has an open invitation is passed over.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/campaigns/{campaign}/invitations", tag = "voucher",
    security(("token" = [])), request_body = InviteIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("campaign" = Uuid, Path)),
    responses((status = 201, body = InvitedOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn invite(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<InviteIn>,
) -> Result<(StatusCode, Json<InvitedOut>), ApiFail> {
    let draft = InviteDraft { people: body.people.join("\n"), locale: body.locale };
    let (guests, locale) = draft.parse()?;
    let inviter = verbs::Inviter::Organizer(named.id()?);
    let invited = verbs::invite(&app, caller.viewer.actor(), &caller.edition, inviter, (&guests, locale)).await?;
    Ok((StatusCode::CREATED, Json(InvitedOut { invited })))
}
