//! Counts over the API: the log by an auditor's rules, freezing, and a certificate for whoever holds its code.

use super::super::{ApiFail, Body, Listing, Problem};
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::admission;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::admission::audit;
use domain::admission::count_view::{Freeze, FreezeDraft};
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use utoipa::{IntoParams, OpenApi, ToSchema};

/// This part of the description.
#[derive(OpenApi)]
#[openapi(paths(count, freezes, freeze, certificate), components(schemas(FreezeOut, FreezeIn, CertificateOut)))]
pub struct Doc;

/// By whose rules.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct CountAsked {
    /// `iso`, `ufi`, `fkm`, `centrex`, `abc`, `gate`; empty for the first.
    profile: String,
}

/// What the log says now: visitors, visits, entries, exits and people inside, by day, hour, gate, category, country.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/count", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), CountAsked),
    responses((status = 200, description = "The figures, as in a certificate", body = serde_json::Value),
        (status = 422, body = Problem)))]
pub(super) async fn count(
    caller: Api<may::AdmissionRead>,
    State(app): State<App>,
    Query(asked): Query<CountAsked>,
) -> Result<Json<serde_json::Value>, ApiFail> {
    let profile = match asked.profile.as_str() {
        "" => &audit::profiles()[0],
        code => audit::profile(code)
            .ok_or_else(|| ApiFail::from(Refusal::invalid("unknown-choice").at("profile").with("value", code)))?,
    };
    let counted = admission::latest_count(&app, &caller.edition, profile).await?;
    Ok(Json(serde_json::to_value(&counted.figures).unwrap_or_default()))
}

/// A frozen count.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreezeOut {
    /// Id.
    id: String,
    /// Running number within the edition.
    number: i32,
    /// Code of the profile.
    profile: String,
    /// The code anybody finds it by.
    code: String,
    /// SHA-256 of the log.
    log_sha256: String,
    /// SHA-256 of the certificate.
    seal: String,
    /// Scans in the log.
    scans: i64,
    /// Scans received up to here are in it.
    cutoff: DateTime<Utc>,
    /// Who froze it.
    frozen_by: String,
    /// When.
    frozen_at: DateTime<Utc>,
    /// Why.
    note: String,
}

impl From<Freeze> for FreezeOut {
    fn from(freeze: Freeze) -> Self {
        Self {
            id: freeze.id.to_string(),
            number: freeze.number,
            profile: freeze.profile,
            code: freeze.code,
            log_sha256: freeze.log_hash,
            seal: freeze.seal,
            scans: freeze.scans,
            cutoff: freeze.cutoff,
            frozen_by: freeze.frozen_name,
            frozen_at: freeze.frozen_at,
            note: freeze.note,
        }
    }
}

/// Frozen counts, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/counts", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<FreezeOut>)))]
pub(super) async fn freezes(
    caller: Api<may::AdmissionRead>,
    State(app): State<App>,
) -> Result<Json<Listing<FreezeOut>>, ApiFail> {
    let all = read::freezes(&app.reader(), caller.edition.id).await?;
    Ok(Json(Listing { items: all.into_iter().map(FreezeOut::from).collect(), next: None }))
}

/// A count to freeze.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct FreezeIn {
    /// Code of the profile.
    profile: String,
    /// Why, for whom.
    note: String,
}

/// Counts by a profile and keeps what was counted, with the hash of the log.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/counts", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = FreezeIn,
    responses((status = 201, body = FreezeOut), (status = 422, body = Problem)))]
pub(super) async fn freeze(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(given): Body<FreezeIn>,
) -> Result<(StatusCode, Json<FreezeOut>), ApiFail> {
    let said = FreezeDraft { profile: given.profile, note: given.note }.parse()?;
    let id = admission::freeze_count(&app, &caller.viewer, &caller.edition, said).await?;
    let freeze = read::freeze(&app.reader(), caller.edition.id, id).await?.ok_or(ApiFail::Missing)?;
    Ok((StatusCode::CREATED, Json(freeze.into())))
}

/// A certificate, exactly as it was sealed, and whether its seal holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateOut {
    /// The sealed text; its SHA-256 is `seal`.
    text: String,
    /// SHA-256 of the text.
    seal: String,
    /// Whether it is.
    holds: bool,
}

/// The certificate with this code. Needs no token: whoever holds the code may check it.
#[utoipa::path(get, path = "/api/v1/counts/{code}", tag = "admission",
    params(("code" = String, Path, description = "code on the certificate")),
    responses((status = 200, body = CertificateOut), (status = 404, body = Problem)))]
pub(super) async fn certificate(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<CertificateOut>, ApiFail> {
    let freeze = read::freeze_by_code(&app.reader(), &code).await?.ok_or(ApiFail::Missing)?;
    let holds = admission::seal_holds(&freeze);
    Ok(Json(CertificateOut { text: freeze.text, seal: freeze.seal, holds }))
}
