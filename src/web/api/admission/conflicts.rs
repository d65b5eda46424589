//! The conflict inbox over the API: reading it, and saying what a conflict was.

use super::super::{ApiFail, Body, Listing, Problem};
use super::ScanLineOut;
use crate::guard::{Api, may};
use crate::path::Path;
use app::App;
use app::admission;
use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ScanId;
use domain::admission::conflict::SettleDraft;
use domain::admission::conflict_view::{ConflictFilter, ConflictLine};
use domain::admission::{ConflictKind, ConflictState};
use domain::refusal::Parse;
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use utoipa::{IntoParams, OpenApi, ToSchema};

/// This part of the description.
#[derive(OpenApi)]
#[openapi(paths(conflicts, settle), components(schemas(ConflictOut, SettleIn)))]
pub struct Doc;

/// A scan that came out wrong once everything was known. The entry itself stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictOut {
    /// The scan.
    scan: ScanLineOut,
    /// `admitted_twice`, `withdrawn`, `against_rules`, `unknown_badge`, `not_ours`, `turned_away`, `clock_unknown`.
    kind: &'static str,
    /// `open`, `settled`, `gone`.
    state: &'static str,
    /// The scan it collides with.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<String>,
    /// Which of the two came first cannot be said.
    order_unknown: bool,
    /// When it was found.
    found_at: DateTime<Utc>,
    /// Who settled it.
    #[serde(skip_serializing_if = "String::is_empty")]
    settled_by: String,
    /// What it was.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    /// Raised with every change.
    version: i32,
}

impl From<ConflictLine> for ConflictOut {
    fn from(line: ConflictLine) -> Self {
        Self {
            kind: line.kind.code(),
            state: line.state.code(),
            other: line.other.map(|id| id.to_string()),
            order_unknown: line.order_unknown,
            found_at: line.found_at,
            settled_by: line.settled_name,
            note: line.note,
            version: line.version,
            scan: line.scan.into(),
        }
    }
}

/// What is asked of the inbox.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ConflictsAsked {
    /// `open`, `settled`, `gone`; empty for all.
    state: String,
    /// A kind; empty for all.
    kind: String,
    /// Id of a gate.
    gate: String,
    /// A day of the venue.
    day: Option<NaiveDate>,
    /// Rows, at most 500.
    limit: Option<usize>,
    /// Where to go on.
    cursor: Option<String>,
}

/// The conflict inbox, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/conflicts", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ConflictsAsked),
    responses((status = 200, body = Listing<ConflictOut>), (status = 422, body = Problem)))]
pub(super) async fn conflicts(
    caller: Api<may::AdmissionRead>,
    State(app): State<App>,
    Query(asked): Query<ConflictsAsked>,
) -> Result<Json<Listing<ConflictOut>>, ApiFail> {
    let mut parse = Parse::new();
    let given = |text: &str| !text.is_empty();
    let filter = ConflictFilter {
        state: given(&asked.state).then(|| parse.choice("state", &asked.state, ConflictState::parse)).flatten(),
        kind: given(&asked.kind).then(|| parse.choice("kind", &asked.kind, ConflictKind::parse)).flatten(),
        gate: given(&asked.gate).then(|| parse.choice("gate", &asked.gate, |t| t.parse().ok())).flatten(),
        day: asked.day,
    };
    parse.finish(|| ())?;
    let limit = asked.limit.unwrap_or(50).clamp(1, 500);
    let page = read::conflicts(&app.reader(), caller.edition.id, &filter, asked.cursor.as_deref(), limit).await?;
    Ok(Json(Listing { items: page.lines.into_iter().map(ConflictOut::from).collect(), next: page.next }))
}

/// What a conflict was.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SettleIn {
    /// What it was and what was done.
    note: String,
    /// The version that was read.
    version: i32,
}

/// Says what a conflict was.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/conflicts/{scan}", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("scan" = String, Path, description = "the scan")),
    request_body = SettleIn,
    responses((status = 200, body = ConflictOut), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub(super) async fn settle(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Path((_, scan)): Path<(String, String)>,
    Body(given): Body<SettleIn>,
) -> Result<Json<ConflictOut>, ApiFail> {
    let scan: ScanId = scan.parse().map_err(|_| ApiFail::Missing)?;
    let draft = SettleDraft { note: given.note, version: given.version.to_string() };
    admission::settle_conflict(&app, &caller.viewer, caller.edition.id, scan, draft.parse()?).await?;
    let line = read::conflict(&app.reader(), caller.edition.id, scan).await?.ok_or(ApiFail::Missing)?;
    Ok(Json(line.into()))
}
