//! Invitation and visa letters over the API.

use super::{ApiFail, Body, Listing, Problem, rows_asked};
use crate::{
    Need, Surface,
    guard::{Api, may},
    letters,
    path::Path,
};
use app::{App, letter as verbs};
use axum::{
    Json,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::{
    LetterId, RegistrationId,
    access::Permission,
    edition::Edition,
    party::country,
    registration::letter::{Kind, Letter, LetterDraft},
};
use serde::{Deserialize, Serialize};
use store::read::letter as read;
use templates::links;
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(paths(all, list, create, pdf, withdraw), components(schemas(LetterIn, LetterOut)))]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    let edit = Need::Token(Permission::RegistrationEdit);
    s.get("/api/v1/editions/{edition}/letters", edit, all);
    s.get("/api/v1/editions/{edition}/registrations/{registration}/letters", edit, list);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/letters", edit, create);
    s.get("/api/v1/editions/{edition}/registrations/{registration}/letters/{letter}/letter.pdf", edit, pdf);
    s.post("/api/v1/editions/{edition}/registrations/{registration}/letters/{letter}/withdraw", edit, withdraw);
}

/// A letter to issue.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LetterIn {
    /// `invitation` or `visa`.
    kind: String,
    /// As in the passport; required.
    name: String,
    /// For a visa.
    passport: String,
    /// For a visa: ISO 3166-1 alpha-2.
    nationality: String,
    /// For a visa: `YYYY-MM-DD`.
    born_on: String,
    /// First day of the stay.
    arrives_on: String,
    /// Last day of the stay.
    departs_on: String,
    /// `en` or `zh-CN`.
    locale: String,
}

/// A letter. The passport is not given back.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterOut {
    id: Uuid,
    number: String,
    kind: String,
    name: String,
    code: String,
    /// Where anybody can ask whether it stands.
    verify: String,
    stands: bool,
    issued_at: DateTime<Utc>,
}

fn out(app: &App, edition: &Edition, letter: &Letter) -> LetterOut {
    LetterOut {
        id: letter.id.uuid(),
        number: letter.shown_number(&edition.slug),
        kind: letter.kind.code().to_owned(),
        name: letter.name.clone(),
        code: letter.shown_code(),
        verify: links::letter::verified(&edition.slug, &letter.code).absolute(&app.settings().base_url),
        stands: letter.stands(),
        issued_at: letter.issued_at,
    }
}

/// What the list of letters is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct LetterQuery {
    /// Words of the name, or the number, the code or the passport.
    q: String,
    /// `invitation`, `visa`.
    kind: String,
    /// Only those that stand, or only those that do not.
    stands: Option<bool>,
    /// ISO 3166-1 alpha-2.
    nationality: String,
    /// `-number` (newest first), `number`, `name`, `-name`.
    sort: String,
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: String,
}

/// The letters of the edition.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/letters", tag = "letter", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), LetterQuery),
    responses((status = 200, body = Listing<LetterOut>), (status = 403, body = Problem)))]
async fn all(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Query(query): Query<LetterQuery>,
) -> Result<Json<Listing<LetterOut>>, ApiFail> {
    let filter = read::LetterFilter {
        q: query.q,
        kind: Kind::parse(&query.kind),
        stands: query.stands,
        nationality: country::parse(&query.nationality).map(str::to_owned),
        sort: query.sort,
        after: query.cursor,
    };
    let found = read::letters(&app.reader(), caller.edition.id, &filter, rows_asked(query.limit)).await?;
    let items = found.rows.iter().map(|letter| out(&app, &caller.edition, letter)).collect();
    Ok(Json(Listing { items, next: found.next }))
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

#[derive(Deserialize)]
struct OneNamed {
    registration: String,
    letter: String,
}

impl OneNamed {
    fn ids(&self) -> Result<(RegistrationId, LetterId), ApiFail> {
        let registration = self.registration.parse().map_err(|_| ApiFail::Missing)?;
        Ok((registration, self.letter.parse().map_err(|_| ApiFail::Missing)?))
    }
}

async fn one(app: &App, edition: &Edition, (r, id): (RegistrationId, LetterId)) -> Result<Letter, ApiFail> {
    let found = read::letter(&app.reader(), edition.id, id).await?;
    found.filter(|letter| letter.registration == r).ok_or(ApiFail::Missing)
}

/// The letters of a registration, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registrations/{registration}/letters", tag = "letter",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 200, body = Listing<LetterOut>)))]
async fn list(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
) -> Result<Json<Listing<LetterOut>>, ApiFail> {
    let letters = read::of_registration(&app.reader(), caller.edition.id, named.id()?).await?;
    let items = letters.iter().map(|letter| out(&app, &caller.edition, letter)).collect();
    Ok(Json(Listing { items, next: None }))
}

/// Issues a letter; it takes the place of the one of its kind.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/letters", tag = "letter",
    security(("token" = [])), request_body = LetterIn,
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path)),
    responses((status = 201, body = LetterOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn create(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<Named>,
    Body(body): Body<LetterIn>,
) -> Result<(StatusCode, Json<LetterOut>), ApiFail> {
    let draft = LetterDraft {
        kind: body.kind,
        name: body.name,
        passport: body.passport,
        nationality: body.nationality,
        born_on: body.born_on,
        arrives_on: body.arrives_on,
        departs_on: body.departs_on,
        locale: body.locale,
    };
    let r = named.id()?;
    let id = verbs::issue_letter(&app, caller.viewer.actor(), &caller.edition, r, draft.parse()?).await?;
    let letter = one(&app, &caller.edition, (r, id)).await?;
    Ok((StatusCode::CREATED, Json(out(&app, &caller.edition, &letter))))
}

/// The letter on paper.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/registrations/{registration}/letters/{letter}/letter.pdf",
    tag = "letter", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path),
        ("letter" = Uuid, Path)),
    responses((status = 200, content_type = "application/pdf"), (status = 404, body = Problem)))]
async fn pdf(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<OneNamed>,
) -> Result<Response, ApiFail> {
    let letter = one(&app, &caller.edition, named.ids()?).await?;
    let bytes = verbs::letter_pdf(letters::sheet(&app, &caller.edition, letter).await?).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], bytes).into_response())
}

/// Takes a letter back.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/registrations/{registration}/letters/{letter}/withdraw",
    tag = "letter", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("registration" = Uuid, Path),
        ("letter" = Uuid, Path)),
    responses((status = 200, body = LetterOut), (status = 404, body = Problem)))]
async fn withdraw(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path(named): Path<OneNamed>,
) -> Result<Json<LetterOut>, ApiFail> {
    let ids = named.ids()?;
    verbs::withdraw_letter(&app, caller.viewer.actor(), &caller.edition, ids, "").await?;
    Ok(Json(out(&app, &caller.edition, &one(&app, &caller.edition, ids).await?)))
}
