//! Print agents, by `Authorization: Bearer flp_…`: the key of one station, which opens nothing else.

use super::api::bearer;
use crate::api::ApiFail;
use app::{App, chance};
use axum::{extract::FromRequestParts, http::request::Parts};
use domain::printing::Station;
use store::read::printing;

/// The agent of a station.
pub struct PrintStation {
    /// The station it fetches badges for.
    pub station: Station,
}

impl FromRequestParts<App> for PrintStation {
    type Rejection = ApiFail;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiFail> {
        let key = bearer(parts, "flp_").ok_or(ApiFail::Unauthorized)?;
        let found = printing::station_by_key(&app.reader(), &chance::hash_secret(key)).await?;
        found.map(|station| Self { station }).ok_or(ApiFail::Unauthorized)
    }
}
