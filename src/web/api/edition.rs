//! Editions over the API.

use super::{ApiFail, Listing};
use crate::{
    Need, Surface,
    guard::{AnyToken, Api, may},
};
use app::App;
use axum::{Json, extract::State};
use chrono::NaiveDate;
use domain::{access::Permission, edition::Edition};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(paths(list, show), components(schemas(EditionOut)))]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/v1/editions", Need::AnyToken, list);
    s.get("/api/v1/editions/{edition}", Need::Token(Permission::EditionRead), show);
}

/// One run of a show.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditionOut {
    /// What addresses call it.
    slug: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// IANA zone in which its days begin.
    time_zone: String,
    /// First day of build-up.
    build_up_on: NaiveDate,
    /// Opening day, D0.
    opens_on: NaiveDate,
    /// Last open day.
    closes_on: NaiveDate,
    /// Last day of breakdown.
    breakdown_until: NaiveDate,
    /// `planning`, `running`, `closed`, `archived`.
    status: &'static str,
    /// The public may register.
    registration_open: bool,
    /// Companies may apply.
    applications_open: bool,
    /// Gross space, m².
    gross_area_m2: i64,
    /// Raised with every change.
    version: i32,
}

impl From<&Edition> for EditionOut {
    fn from(e: &Edition) -> Self {
        Self {
            slug: e.slug.clone(),
            name_en: e.name.en.clone(),
            name_zh: e.name.zh.clone(),
            time_zone: e.time_zone.name().to_owned(),
            build_up_on: e.build_up_on,
            opens_on: e.opens_on,
            closes_on: e.closes_on,
            breakdown_until: e.breakdown_until,
            status: e.status.code(),
            registration_open: e.registration_open,
            applications_open: e.applications_open,
            gross_area_m2: e.gross_area_dm2 / 100,
            version: e.version,
        }
    }
}

/// The editions the token may see, the latest first.
#[utoipa::path(get, path = "/api/v1/editions", tag = "edition", security(("token" = [])),
    responses((status = 200, body = Listing<EditionOut>), (status = 401, body = super::Problem)))]
async fn list(caller: AnyToken, State(app): State<App>) -> Result<Json<Listing<EditionOut>>, ApiFail> {
    let all = store::read::edition::all(&app.reader()).await?;
    let items = all.iter().filter(|e| caller.viewer.sees(e.id)).map(EditionOut::from).collect();
    Ok(Json(Listing { items, next: None }))
}

/// One edition.
#[utoipa::path(get, path = "/api/v1/editions/{edition}", tag = "edition", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = EditionOut), (status = 404, body = super::Problem)))]
async fn show(caller: Api<may::EditionRead>) -> Json<EditionOut> {
    Json(EditionOut::from(&caller.edition))
}
