//! Calendar feeds of the token's owner: made, given another address, ended. The secret address is answered once, when it
//! is made; afterwards nobody knows it.

use crate::api::{ApiFail, Body, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use crate::{Need, Surface};
use app::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::CalendarFeedId;
use domain::access::Permission;
use domain::plan::feed::{Feed, FeedDraft};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

/// This file's part of the description.
#[derive(OpenApi)]
#[openapi(paths(list, make, rotate, revoke), components(schemas(FeedOut, FeedIn)))]
pub struct Doc;

pub(super) fn routes(s: &mut Surface) {
    let read = Permission::PlanRead;
    s.get("/api/v1/editions/{edition}/plan/feeds", Need::Token(read), list);
    s.post("/api/v1/editions/{edition}/plan/feeds", Need::Token(read), make);
    s.post("/api/v1/editions/{edition}/plan/feeds/{feed}/rotate", Need::Token(read), rotate);
    s.delete("/api/v1/editions/{edition}/plan/feeds/{feed}", Need::Token(read), revoke);
}

/// A calendar feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedOut {
    /// Identity.
    id: String,
    /// `person`: what its owner does, checks or confirms; `place`: what happens there and within.
    about: &'static str,
    /// English name of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    place_en: Option<String>,
    /// Chinese name of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    place_zh: Option<String>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When a calendar last asked for it, to the hour.
    used_at: Option<DateTime<Utc>>,
    /// The secret address a calendar subscribes to; only in the answer that makes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

impl FeedOut {
    fn of(feed: &Feed) -> Self {
        let place = feed.place.as_ref();
        Self {
            id: feed.id.to_string(),
            about: feed.about.code(),
            place_en: place.map(|name| name.en.clone()),
            place_zh: place.map(|name| name.zh.clone()),
            created_at: feed.created_at,
            used_at: feed.used_at,
            address: None,
        }
    }

    fn with(app: &App, (feed, secret): (Feed, String)) -> Json<Self> {
        let address = templates::links::feed::calendar(&secret).absolute(&app.settings().base_url);
        Json(Self { address: Some(address), ..Self::of(&feed) })
    }
}

/// What a feed is to be about.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FeedIn {
    /// `person` or `place`.
    about: String,
    /// Of a place, its id.
    place: String,
}

fn id(text: &str) -> Result<CalendarFeedId, ApiFail> {
    text.parse().map_err(|_| ApiFail::Missing)
}

/// The feeds of the token's owner in the edition.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/plan/feeds", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path)), responses((status = 200, body = Vec<FeedOut>)))]
pub(super) async fn list(caller: Api<may::PlanRead>, State(app): State<App>) -> Result<Json<Vec<FeedOut>>, ApiFail> {
    let all = store::read::plan::feeds(&app.reader(), caller.edition.id, caller.viewer.user).await?;
    Ok(Json(all.iter().map(FeedOut::of).collect()))
}

/// Makes a feed; answers its secret address.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/feeds", tag = "plan", security(("token" = [])),
    request_body = FeedIn, params(("edition" = String, Path)),
    responses((status = 200, body = FeedOut), (status = 409, body = Problem, description = "one feed too many"),
        (status = 422, body = Problem)))]
pub(super) async fn make(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Body(body): Body<FeedIn>,
) -> Result<Json<FeedOut>, ApiFail> {
    let draft = FeedDraft { about: body.about, place: body.place };
    Ok(FeedOut::with(&app, app::plan::make_feed(&app, &caller.viewer, &caller.edition, &draft).await?))
}

/// Gives a feed another secret address; the old one answers nothing from now on.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/plan/feeds/{feed}/rotate", tag = "plan",
    security(("token" = [])), params(("edition" = String, Path), ("feed" = String, Path, description = "id")),
    responses((status = 200, body = FeedOut), (status = 404, body = Problem)))]
pub(super) async fn rotate(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, feed)): Path<(String, String)>,
) -> Result<Json<FeedOut>, ApiFail> {
    Ok(FeedOut::with(&app, app::plan::rotate_feed(&app, &caller.viewer, &caller.edition, id(&feed)?).await?))
}

/// Ends a feed; its address answers nothing from now on.
#[utoipa::path(delete, path = "/api/v1/editions/{edition}/plan/feeds/{feed}", tag = "plan", security(("token" = [])),
    params(("edition" = String, Path), ("feed" = String, Path, description = "id")),
    responses((status = 204), (status = 404, body = Problem)))]
pub(super) async fn revoke(
    caller: Api<may::PlanRead>,
    State(app): State<App>,
    Path((_, feed)): Path<(String, String)>,
) -> Result<StatusCode, ApiFail> {
    app::plan::revoke_feed(&app, &caller.viewer, &caller.edition, id(&feed)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
