//! People and companies over the API.

use super::{ApiFail, Body, Listing, Problem, rows_asked};
use crate::{
    Need, Surface,
    guard::{Api, may},
    path::Path,
};
use app::{App, party::edit_party};
use axum::{
    Json,
    extract::{Query, State},
};
use domain::{
    PartyId,
    access::Permission,
    party::{ContactKind, ParticipationRole, PartyKind, country, edit::Draft, view::PartyFilter},
};
use serde::{Deserialize, Serialize};
use store::read::party as read;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(paths(list, show, change), components(schemas(PartyOut, ParticipationOut, PartyIn)))]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/v1/editions/{edition}/parties", Need::Token(Permission::PartyRead), list);
    s.get("/api/v1/editions/{edition}/parties/{party}", Need::Token(Permission::PartyRead), show);
    s.patch("/api/v1/editions/{edition}/parties/{party}", Need::Token(Permission::PartyEdit), change);
}

/// A person or organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartyOut {
    id: Uuid,
    /// `person` or `organisation`.
    kind: &'static str,
    name: String,
    name_en: String,
    name_zh: String,
    family_name: Option<String>,
    given_name: Option<String>,
    country: Option<String>,
    locale: Option<&'static str>,
    website: Option<String>,
    credit_code: Option<String>,
    /// First choice.
    email: Option<String>,
    /// First choice.
    phone: Option<String>,
    participations: Vec<ParticipationOut>,
    /// Send it back with a change.
    version: i32,
}

/// What a party is in an edition.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParticipationOut {
    /// Slug of the edition.
    edition: String,
    role: String,
    status: String,
}

/// A row of the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartyLine {
    id: Uuid,
    name: String,
    name_en: String,
    name_zh: String,
    country: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// Roles in this edition.
    roles: Vec<String>,
}

/// A change; absent fields stay as they are.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PartyIn {
    name_en: Option<String>,
    name_zh: Option<String>,
    family_name: Option<String>,
    given_name: Option<String>,
    country: Option<String>,
    locale: Option<String>,
    website: Option<String>,
    credit_code: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// The version that was read. Required.
    version: Option<i32>,
}

/// What a list is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// `organisation` (default) or `person`.
    kind: String,
    /// Words: names, pinyin, telephone, e-mail.
    q: String,
    /// Only those with this role in the edition.
    role: String,
    country: String,
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: String,
}

#[derive(Deserialize)]
struct Named {
    party: String,
}

impl Named {
    fn id(&self) -> Result<PartyId, ApiFail> {
        self.party.parse().map_err(|_| ApiFail::Missing)
    }
}

/// People or companies by name.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/parties", tag = "party", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ListQuery),
    responses((status = 200, body = Listing<PartyLine>), (status = 403, body = Problem)))]
async fn list(
    caller: Api<may::PartyRead>,
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Listing<PartyLine>>, ApiFail> {
    let filter = PartyFilter {
        kind: PartyKind::parse(&query.kind).unwrap_or(PartyKind::Organisation),
        q: query.q.clone(),
        role: ParticipationRole::parse(&query.role),
        country: country::parse(&query.country).map(str::to_owned),
    };
    let limit = rows_asked(query.limit);
    // The id comes first in a cursor: a sort key may hold anything.
    let after = query.cursor.split_once('~').and_then(|(id, key)| Some((key.to_owned(), id.parse().ok()?)));
    let mut rows = read::list(&app.reader(), caller.edition.id, &filter, after, limit as u32 + 1).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| format!("{}~{}", row.id, row.sort_key));
    let items = rows.into_iter().map(|row| PartyLine {
        id: row.id.uuid(),
        name: row.name,
        name_en: row.name_en,
        name_zh: row.name_zh,
        country: row.country,
        email: row.email,
        phone: row.phone,
        roles: row.roles,
    });
    Ok(Json(Listing { items: items.collect(), next }))
}

/// A party and its first choices of reaching it.
async fn found(app: &App, id: PartyId) -> Result<(domain::party::Party, Option<String>, Option<String>), ApiFail> {
    let reader = app.reader();
    let party = read::party(&reader, id).await?.ok_or(ApiFail::Missing)?;
    let contacts = read::contacts(&reader, id).await?;
    let is_email = |kind: &str| kind == ContactKind::Email.code();
    let first = |email: bool| contacts.iter().find(|c| is_email(&c.kind) == email).map(|c| c.value.clone());
    let (email, phone) = (first(true), first(false));
    Ok((party, email, phone))
}

async fn out(app: &App, caller: &domain::access::Viewer, id: PartyId) -> Result<Json<PartyOut>, ApiFail> {
    let (p, email, phone) = found(app, id).await?;
    let rows = read::participations(&app.reader(), id).await?;
    let seen = rows.into_iter().filter(|row| caller.sees(row.edition));
    let participations =
        seen.map(|row| ParticipationOut { edition: row.edition_slug, role: row.role, status: row.status });
    Ok(Json(PartyOut {
        id: p.id.uuid(),
        kind: p.kind.code(),
        name: p.name,
        name_en: p.name_en,
        name_zh: p.name_zh,
        family_name: p.family_name,
        given_name: p.given_name,
        country: p.country,
        locale: p.locale.map(domain::Locale::code),
        website: p.website,
        credit_code: p.credit_code,
        email,
        phone,
        participations: participations.collect(),
        version: p.version,
    }))
}

/// One person or company.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/parties/{party}", tag = "party", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("party" = Uuid, Path)),
    responses((status = 200, body = PartyOut), (status = 404, body = Problem)))]
async fn show(
    caller: Api<may::PartyRead>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<PartyOut>, ApiFail> {
    out(&app, &caller.viewer, named.id()?).await
}

/// Changes a person or company. A `version` that is not the present one is refused with `stale`.
#[utoipa::path(patch, path = "/api/v1/editions/{edition}/parties/{party}", tag = "party", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("party" = Uuid, Path)),
    request_body = PartyIn,
    responses((status = 200, body = PartyOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn change(
    caller: Api<may::PartyEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<PartyIn>,
) -> Result<Json<PartyOut>, ApiFail> {
    let id = named.id()?;
    let (party, email, phone) = found(&app, id).await?;
    let mut draft = Draft::of(&party, email.as_deref().unwrap_or_default(), phone.as_deref().unwrap_or_default());
    let fields = [
        (&mut draft.name_en, body.name_en),
        (&mut draft.name_zh, body.name_zh),
        (&mut draft.family_name, body.family_name),
        (&mut draft.given_name, body.given_name),
        (&mut draft.country, body.country),
        (&mut draft.locale, body.locale),
        (&mut draft.website, body.website),
        (&mut draft.credit_code, body.credit_code),
        (&mut draft.email, body.email),
        (&mut draft.phone, body.phone),
    ];
    for (field, value) in fields {
        if let Some(value) = value {
            *field = value;
        }
    }
    draft.version = body.version.map(|v| v.to_string()).unwrap_or_default();
    edit_party(&app, &caller.viewer, id, &draft).await?;
    out(&app, &caller.viewer, id).await
}
