//! Layouts over the API: listed, taken out as a document, put in as one.

use crate::api::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use crate::{Need, Surface, path::Path};
use app::App;
use app::printing as verbs;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::access::Permission;
use domain::printing::draft::LayoutDraft;
use domain::printing::layout::Layout;
use domain::printing::view::NamedLayout;
use domain::registration::Category;
use domain::{BadgeLayoutId, Refusal};
use serde::{Deserialize, Serialize};
use store::read::printing as read;
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

/// This part of the description.
#[derive(OpenApi)]
#[openapi(paths(list, create, save), components(schemas(BadgeLayoutIn, BadgeLayoutOut)))]
pub(super) struct Doc;

pub(super) fn routes(s: &mut Surface) {
    use Permission::{RegistrationEdit, RegistrationRead};
    s.get("/api/v1/editions/{edition}/badge-layouts", Need::Token(RegistrationRead), list);
    s.post("/api/v1/editions/{edition}/badge-layouts", Need::Token(RegistrationEdit), create);
    s.post("/api/v1/editions/{edition}/badge-layouts/{layout}", Need::Token(RegistrationEdit), save);
}

/// A badge layout to keep.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BadgeLayoutIn {
    /// Name for people.
    name: String,
    /// Categories printed with it; none for all that no other layout names.
    categories: Vec<String>,
    /// The document, as a layout of another edition was taken out: tenths of a millimetre, tenths of a point.
    #[schema(value_type = Object)]
    layout: serde_json::Value,
    /// Version seen, for a change.
    version: i32,
}

/// A badge layout.
#[derive(Debug, Serialize, ToSchema)]
pub struct BadgeLayoutOut {
    id: Uuid,
    name: String,
    categories: Vec<&'static str>,
    version: i32,
    /// The document.
    #[schema(value_type = Object)]
    layout: Layout,
}

impl From<NamedLayout> for BadgeLayoutOut {
    fn from(layout: NamedLayout) -> Self {
        Self {
            id: layout.id.uuid(),
            name: layout.name,
            categories: layout.categories.iter().map(|category| category.code()).collect(),
            version: layout.version,
            layout: layout.layout,
        }
    }
}

/// Badge layouts of an edition with their documents.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/badge-layouts", tag = "printing", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<BadgeLayoutOut>), (status = 403, body = Problem)))]
async fn list(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
) -> Result<Json<Listing<BadgeLayoutOut>>, ApiFail> {
    let layouts = read::layouts(&app.reader(), caller.edition.id).await?;
    Ok(Json(Listing { items: layouts.into_iter().map(BadgeLayoutOut::from).collect(), next: None }))
}

/// The same rules as for the form: the document is written out as one and read again.
fn parsed(body: BadgeLayoutIn) -> Result<domain::printing::draft::LayoutChange, ApiFail> {
    let wrong = |e: serde_json::Error| Refusal::invalid("layout-file").at("layout").with("what", e);
    let layout: Layout = serde_json::from_value(body.layout).map_err(wrong)?;
    let unknown = |code: &String| Refusal::invalid("unknown-choice").at("categories").with("value", code);
    let categories: Vec<Category> = body
        .categories
        .iter()
        .map(|code| Category::parse(code).ok_or_else(|| unknown(code)))
        .collect::<Result<_, _>>()?;
    Ok(LayoutDraft::of(&body.name, &categories, None, &layout, body.version).parse()?)
}

async fn one(app: &App, edition: domain::EditionId, id: BadgeLayoutId) -> Result<Json<BadgeLayoutOut>, ApiFail> {
    let layout = read::layout(&app.reader(), edition, id, None).await?.ok_or(ApiFail::Missing)?;
    Ok(Json(layout.into()))
}

/// Keeps a badge layout.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/badge-layouts", tag = "printing", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = BadgeLayoutIn,
    responses((status = 201, body = BadgeLayoutOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn create(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Body(body): Body<BadgeLayoutIn>,
) -> Result<(StatusCode, Json<BadgeLayoutOut>), ApiFail> {
    let id = verbs::create_layout(&app, &caller.viewer, &caller.edition, parsed(body)?).await?;
    Ok((StatusCode::CREATED, one(&app, caller.edition.id, id).await?))
}

/// Saves a badge layout as its next version.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/badge-layouts/{layout}", tag = "printing",
    security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("layout" = Uuid, Path)),
    request_body = BadgeLayoutIn,
    responses((status = 200, body = BadgeLayoutOut), (status = 409, body = Problem), (status = 422, body = Problem)))]
async fn save(
    caller: Api<may::RegistrationEdit>,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
    Body(body): Body<BadgeLayoutIn>,
) -> Result<Json<BadgeLayoutOut>, ApiFail> {
    let id: BadgeLayoutId = id.parse().map_err(|_| ApiFail::Missing)?;
    verbs::save_layout(&app, &caller.viewer, &caller.edition, id, parsed(body)?).await?;
    one(&app, caller.edition.id, id).await
}
