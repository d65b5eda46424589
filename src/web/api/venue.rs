//! Places over the API.

use super::{ApiFail, Listing};
use crate::{
    Need, Surface,
    guard::{Api, may},
};
use app::App;
use axum::{Json, extract::State};
use domain::{access::Permission, venue::Place};
use serde::Serialize;
use store::read;
use utoipa::{OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(paths(list), components(schemas(PlaceOut)))]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/v1/editions/{edition}/places", Need::Token(Permission::VenueRead), list);
}

/// A place of the venue. Stands are listed under `stands`.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceOut {
    /// The place.
    id: Uuid,
    /// The place around it.
    parent: Option<Uuid>,
    /// `venue`, `hall`, `zone`, `aisle`, `dock`, `yard`, `gate`, `room`, `registration_area`, `office`, `warehouse`.
    kind: &'static str,
    /// Short code.
    code: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// Area in square decimetres.
    area_dm2: Option<i64>,
    /// How many people it may hold.
    capacity_persons: Option<i32>,
    /// Places lying directly in it, stands included.
    children: i64,
    /// Raised with every change.
    version: i32,
}

fn out(place: Place, children: i64) -> PlaceOut {
    PlaceOut {
        id: place.id.uuid(),
        parent: place.parent.map(Into::into),
        kind: place.kind.code(),
        code: place.code,
        name_en: place.name.en,
        name_zh: place.name.zh,
        area_dm2: place.area_dm2,
        capacity_persons: place.capacity_persons,
        children,
        version: place.version,
    }
}

/// The places of the edition's venue, parents before what lies in them.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/places", tag = "venue", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<PlaceOut>), (status = 401, body = super::Problem)))]
async fn list(caller: Api<may::VenueRead>, State(app): State<App>) -> Result<Json<Listing<PlaceOut>>, ApiFail> {
    let tree = read::venue::tree(&app.reader(), caller.edition.venue, caller.edition.id).await?;
    let items = tree.into_iter().map(|row| out(row.place, row.children)).collect();
    Ok(Json(Listing { items, next: None }))
}
