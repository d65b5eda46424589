//! Registrations over the API.

use super::{ApiFail, Body, Listing, Problem, rows_asked};
use crate::{
    Need, Surface,
    guard::{Api, may},
    path::Path,
};
use app::{App, registration as verbs};
use axum::{
    Json,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    RegistrationId,
    access::Permission,
    party::country,
    registration::{Answers, Category, Channel, Draft, Entry, Status, view},
};
use serde::{Deserialize, Serialize};
use store::read::registration as read;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(
    paths(list, show, create, badge_pdf, reprint, cancel, block, unblock),
    components(schemas(RegistrationIn, RegistrationOut, BadgeOut, ReasonIn))
)]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    use Permission::{RegistrationEdit, RegistrationRead};
    s.get("/api/v1/editions/{edition}/registrations", Need::Token(RegistrationRead), list);
    s.post("/api/v1/editions/{edition}/registrations", Need::Token(RegistrationEdit), create);
    s.get("/api/v1/editions/{edition}/registrations/{registration}", Need::Token(RegistrationRead), show);
    s.get(
        "/api/v1/editions/{edition}/registrations/{registration}/badge.pdf",
        Need::Token(RegistrationRead),
        badge_pdf,
    );
    s.post("/api/v1/editions/{edition}/registrations/{registration}/reprint", Need::Token(RegistrationEdit), reprint);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/cancel", Need::Token(RegistrationEdit), cancel);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/block", Need::Token(RegistrationEdit), block);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/unblock", Need::Token(RegistrationEdit), unblock);
}

/// Somebody to register.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RegistrationIn {
    /// Made by the caller; sent again it is the same registration. Required.
    submission: String,
    /// `trade_visitor`, `hosted_buyer`, `media`, `speaker`, `exhibitor_staff`, `contractor`, `organizer`, `vip`.
    category: String,
    /// `pre`, `on_site`, `invited`, `imported`; `imported` when absent.
    channel: String,
    /// Family name; one of the two names is required.
    family_name: String,
    /// Given name.
    given_name: String,
    /// The name in the other script.
    other_name: String,
    /// E-mail address; the badge is sent there.
    email: String,
    /// Telephone number.
    phone: String,
    /// Company.
    company: String,
    /// Job title.
    job_title: String,
    /// ISO 3166-1 alpha-2.
    country: String,
    /// `en` or `zh-CN`; by country when absent.
    locale: String,
    /// Answers to further questions by their codes.
    answers: Answers,
    /// Purposes agreed to: `data_processing`, `organizer_news`, `exhibitor_contact`, `partner_contact`, `recording`.
    consents: Vec<String>,
    /// Version of the sentences agreed to.
    wording: String,
    /// Code of an e-voucher; it decides the category.
    voucher: String,
}

impl From<&RegistrationIn> for Draft {
    fn from(r: &RegistrationIn) -> Self {
        let given = |purpose: &str| {
            if r.consents.iter().any(|c| c == purpose) { "on".to_owned() } else { String::new() }
        };
        Self {
            submission: r.submission.clone(),
            category: r.category.clone(),
            family_name: r.family_name.clone(),
            given_name: r.given_name.clone(),
            other_name: r.other_name.clone(),
            email: r.email.clone(),
            phone: r.phone.clone(),
            company: r.company.clone(),
            job_title: r.job_title.clone(),
            country: r.country.clone(),
            locale: r.locale.clone(),
            answers: r.answers.clone(),
            data_processing: given("data_processing"),
            organizer_news: given("organizer_news"),
            exhibitor_contact: given("exhibitor_contact"),
            partner_contact: given("partner_contact"),
            recording: given("recording"),
            wording: r.wording.clone(),
            voucher: r.voucher.clone(),
            version: String::new(),
        }
    }
}

/// A registration.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationOut {
    id: Uuid,
    number: i32,
    category: String,
    channel: String,
    /// `invited`, `registered` (waits for approval), `approved`, `rejected`, `cancelled`, `anonymized`.
    status: String,
    name: String,
    other_name: String,
    company: String,
    job_title: String,
    email: String,
    phone: String,
    country: String,
    created_at: DateTime<Utc>,
    /// The day it came in, in the edition's zone.
    local_day: NaiveDate,
    /// The newest badge.
    badge: Option<BadgeOut>,
    /// Answers to the form's own questions by their codes; what was chosen of many is separated by commas.
    answers: Answers,
    /// Since when it waits for a place.
    waiting_since: Option<DateTime<Utc>>,
}

/// A badge.
#[derive(Debug, Serialize, ToSchema)]
pub struct BadgeOut {
    serial: i64,
    /// `active`, `blocked`, `replaced`, `revoked`.
    state: String,
    /// What its QR says; only with a single registration, and only while active.
    code: Option<String>,
}

impl From<view::RegistrationRow> for RegistrationOut {
    fn from(row: view::RegistrationRow) -> Self {
        Self {
            id: row.id.uuid(),
            number: row.number,
            category: row.category,
            channel: row.channel,
            status: row.status,
            name: row.display_name,
            other_name: row.other_name,
            company: row.company,
            job_title: row.job_title,
            email: row.email,
            phone: row.phone,
            country: row.country,
            created_at: row.created_at,
            local_day: row.local_day,
            badge: row.badge.map(|(serial, state)| BadgeOut { serial, state, code: None }),
            answers: row.answers,
            waiting_since: row.waiting_since,
        }
    }
}

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Words: names, pinyin, company, telephone, e-mail, numbers.
    q: String,
    category: String,
    status: String,
    channel: String,
    country: String,
    /// Local day, `YYYY-MM-DD`.
    day: String,
    /// Only those on a waiting list.
    waiting: bool,
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: String,
}

#[derive(Deserialize)]
struct Named {
    registration: String,
}

impl Named {
    fn id(&self) -> Result<RegistrationId, ApiFail> {
        self.registration.parse().map_err(|_| ApiFail::Missing)
    }
}

/// Registrations, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registrations", tag = "registration", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ListQuery),
    responses((status = 200, body = Listing<RegistrationOut>), (status = 403, body = Problem)))]
async fn list(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Listing<RegistrationOut>>, ApiFail> {
    let filter = view::Filter {
        q: query.q.clone(),
        category: Category::parse(&query.category),
        status: Status::parse(&query.status),
        channel: Channel::parse(&query.channel),
        country: country::parse(&query.country).map(str::to_owned),
        day: query.day.parse().ok(),
        waiting: query.waiting,
    };
    verbs::note_program(&app, &caller.viewer, &caller.edition).await?;
    let limit = rows_asked(query.limit);
    let before = query.cursor.parse().ok();
    let mut rows = read::list(&app.reader(), caller.edition.id, &filter, before, limit as u32 + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| row.number.to_string());
    Ok(Json(Listing { items: rows.into_iter().map(RegistrationOut::from).collect(), next }))
}

pub(super) async fn one(app: &App, edition: domain::EditionId, id: RegistrationId) -> Result<RegistrationOut, ApiFail> {
    let reader = app.reader();
    let row = read::row(&reader, edition, id).await?.ok_or(ApiFail::Missing)?;
    let mut out = RegistrationOut::from(row);
    if let Some(credential) = read::active_credential(&reader, edition, id).await? {
        let (serial, state) = (i64::from(credential.serial), credential.state.code().to_owned());
        out.badge = Some(BadgeOut { serial, state, code: Some(credential.code) });
    }
    Ok(out)
}

/// One registration with the code of its badge.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registrations/{registration}", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 404, body = Problem)))]
async fn show(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<RegistrationOut>, ApiFail> {
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?))
}

/// Registers somebody and issues the badge. The same `submission` again is answered with the same registration.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations", tag = "registration", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    request_body = RegistrationIn,
    responses((status = 201, body = RegistrationOut), (status = 200, body = RegistrationOut, description = "sent before"),
        (status = 409, body = Problem, description = "`already-registered`"), (status = 422, body = Problem)))]
async fn create(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Body(body): Body<RegistrationIn>,
) -> Result<Response, ApiFail> {
    let channel = if body.channel.is_empty() {
        Channel::Imported
    } else {
        let unknown = || domain::Refusal::invalid("unknown-choice").at("channel").with("value", &body.channel);
        Channel::parse(&body.channel).ok_or_else(unknown)?
    };
    let form = verbs::current_form(&app, caller.edition.id).await?.form;
    let wish = Draft::from(&body).parse_with(Entry::Api, &verbs::asking(&form, &[]))?;
    let entered = verbs::register_by_api(&app, caller.viewer.actor(), &caller.edition, &wish, channel).await?;
    let status = if entered.known { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(one(&app, caller.edition.id, entered.id).await?)).into_response())
}

/// The badge to print.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registrations/{registration}/badge.pdf", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, content_type = "application/pdf"), (status = 404, body = Problem)))]
async fn badge_pdf(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Response, ApiFail> {
    let badge = read::badge(&app.reader(), caller.edition.id, named.id()?).await?.ok_or(ApiFail::Missing)?;
    let pdf = app::printing::badge_file(&app.reader(), caller.edition.id, badge).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response())
}

/// Why something is done.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReasonIn {
    /// For the history.
    reason: String,
}

impl ReasonIn {
    fn text(&self) -> String {
        self.reason.trim().chars().take(200).collect()
    }
}

type Done = Result<Json<RegistrationOut>, ApiFail>;

/// Issues a badge in place of the current one, which opens no gate from then on.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/reprint", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 409, body = Problem)))]
async fn reprint(caller: Api<may::RegistrationEdit>, State(app): State<App>, Path(named): Path<Named>) -> Done {
    verbs::reprint_badge(&app, caller.viewer.actor(), &caller.edition, named.id()?).await?;
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?))
}

/// Withdraws a registration; its badge is revoked.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/cancel", tag = "registration",
    security(("token" = [])), request_body = ReasonIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 409, body = Problem)))]
async fn cancel(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<ReasonIn>,
) -> Done {
    verbs::cancel_registration(&app, caller.viewer.actor(), &caller.edition, named.id()?, &body.text()).await?;
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?))
}

/// Blocks the current badge.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/block", tag = "registration",
    security(("token" = [])), request_body = ReasonIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 409, body = Problem)))]
async fn block(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<ReasonIn>,
) -> Done {
    verbs::block_badge(&app, caller.viewer.actor(), &caller.edition, named.id()?, &body.text()).await?;
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?))
}

/// Lifts a block.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/unblock", tag = "registration",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = RegistrationOut), (status = 409, body = Problem)))]
async fn unblock(caller: Api<may::RegistrationEdit>, State(app): State<App>, Path(named): Path<Named>) -> Done {
    verbs::unblock_badge(&app, caller.viewer.actor(), &caller.edition, named.id()?).await?;
    Ok(Json(one(&app, caller.edition.id, named.id()?).await?))
}
