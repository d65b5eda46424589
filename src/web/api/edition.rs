//! Editions over the API.

use super::{ApiFail, Body, Listing};
use crate::{
    Need, Surface,
    guard::{AnyToken, Api, may},
};
use app::App;
use axum::{Json, extract::State, http::StatusCode};
use chrono::NaiveDate;
use domain::{
    access::Permission,
    edition::{Edition, EditionDraft},
};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(paths(list, show, create), components(schemas(EditionOut, EditionIn)))]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    s.get("/api/v1/editions", Need::AnyToken, list);
    s.post("/api/v1/editions", Need::AnyToken, create);
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

/// A new edition, with its series and venue if they are new.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct EditionIn {
    /// Id of a series that exists; absent for a new one.
    series: Option<String>,
    /// Name of a new series, English.
    series_name_en: String,
    /// Name of a new series, Chinese.
    series_name_zh: String,
    /// `exhibition` or `conference`.
    series_kind: Option<String>,
    /// What addresses call the edition: lower-case letters, digits, hyphens.
    slug: String,
    /// English name.
    name_en: String,
    /// Chinese name.
    name_zh: String,
    /// Id of a venue that exists; absent for a new one.
    venue: Option<String>,
    /// Name of a new venue, English.
    venue_name_en: String,
    /// Name of a new venue, Chinese.
    venue_name_zh: String,
    /// City of a new venue.
    venue_city: String,
    /// Country of a new venue (ISO 3166-1 alpha-2).
    venue_country: String,
    /// IANA zone.
    time_zone: String,
    /// First day of build-up, `YYYY-MM-DD`.
    build_up_on: String,
    /// Opening day, D0.
    opens_on: String,
    /// Last open day.
    closes_on: String,
    /// Last day of breakdown.
    breakdown_until: String,
    /// Gross space, whole m².
    gross_area_m2: i64,
    /// `trade-show`, `conference`, or absent for an empty plan.
    template: Option<String>,
    /// `signed` (default) or `random`.
    badge_mode: Option<String>,
    /// The public may register.
    registration_open: bool,
    /// Companies may apply.
    applications_open: bool,
}

impl From<EditionIn> for EditionDraft {
    fn from(body: EditionIn) -> Self {
        let switch = |on: bool| if on { "on".to_owned() } else { String::new() };
        Self {
            series: body.series.unwrap_or_default(),
            series_name_en: body.series_name_en,
            series_name_zh: body.series_name_zh,
            series_kind: body.series_kind.unwrap_or_else(|| "exhibition".to_owned()),
            slug: body.slug,
            name_en: body.name_en,
            name_zh: body.name_zh,
            venue: body.venue.unwrap_or_default(),
            venue_name_en: body.venue_name_en,
            venue_name_zh: body.venue_name_zh,
            venue_city: body.venue_city,
            venue_country: body.venue_country,
            time_zone: body.time_zone,
            build_up_on: body.build_up_on,
            opens_on: body.opens_on,
            closes_on: body.closes_on,
            breakdown_until: body.breakdown_until,
            gross_area_m2: body.gross_area_m2.to_string(),
            template: body.template.unwrap_or_default(),
            badge_mode: body.badge_mode.unwrap_or_else(|| "signed".to_owned()),
            registration_open: switch(body.registration_open),
            applications_open: switch(body.applications_open),
            version: String::new(),
        }
    }
}

/// Creates an edition and its plan. Only a key of an administrator that is not limited to an edition may.
#[utoipa::path(post, path = "/api/v1/editions", tag = "edition", security(("token" = [])), request_body = EditionIn,
    responses((status = 201, body = EditionOut), (status = 403, body = super::Problem), (status = 409, body = super::Problem),
        (status = 422, body = super::Problem)))]
async fn create(
    caller: AnyToken,
    State(app): State<App>,
    Body(body): Body<EditionIn>,
) -> Result<(StatusCode, Json<EditionOut>), ApiFail> {
    if !caller.viewer.administers() {
        return Err(ApiFail::Forbidden);
    }
    let command = EditionDraft::from(body).parse_new()?;
    let edition = app::edition::create_edition(&app, &caller.viewer, &command).await?;
    Ok((StatusCode::CREATED, Json(EditionOut::from(&edition))))
}
