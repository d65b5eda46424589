//! Looking after devices: moving, withdrawing, messages.

use super::super::{ApiFail, Body, Listing, Problem};
use super::setup::Created;
use crate::guard::{Api, may};
use crate::path::Path;
use app::{App, admission};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::DeviceId;
use domain::admission::device::DeviceDraft;
use domain::admission::message::{MessageDraft, MessageLine};
use serde::{Deserialize, Serialize};
use store::read::admission as read;
use utoipa::{OpenApi, ToSchema};

/// Messages in one answer.
const MESSAGES: u32 = 100;

/// This part of the description.
#[derive(OpenApi)]
#[openapi(paths(move_device, revoke, messages, send), components(schemas(MoveIn, MessageIn, MessageLineOut)))]
pub(super) struct Doc;

/// Where a device stands and what it is for from now on.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct MoveIn {
    /// Name.
    name: String,
    /// Id of its gate; a registration desk needs none.
    gate: String,
    /// `steward`, `supervisor`, `desk`, `kiosk`, `exhibitor`.
    profile: String,
    /// The version this change is made from.
    version: i32,
}

/// Gives a device another name, gate or use; it keeps its key.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/devices/{device}/move", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("device" = String, Path, description = "id of the device")),
    request_body = MoveIn,
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn move_device(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Path((_, id)): Path<(String, DeviceId)>,
    Body(given): Body<MoveIn>,
) -> Result<StatusCode, ApiFail> {
    let draft = DeviceDraft { name: given.name, gate: given.gate, profile: given.profile, ..DeviceDraft::default() };
    admission::move_device(&app, &caller.viewer, caller.edition.id, id, draft.parse()?, given.version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Withdraws a device: its key opens nothing any more, what it scanned without network is still taken for a week.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/devices/{device}/revoke", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), ("device" = String, Path, description = "id of the device")),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn revoke(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Path((_, id)): Path<(String, DeviceId)>,
) -> Result<StatusCode, ApiFail> {
    admission::revoke_device(&app, &caller.viewer, caller.edition.id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A message to devices.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct MessageIn {
    /// `all`, `gate:<id>` or `device:<id>`.
    to: String,
    /// What it says, at most 280 characters.
    text: String,
    /// Minutes devices show it for; 60 when absent.
    minutes: Option<i64>,
}

/// A message that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MessageLineOut {
    /// Id.
    id: String,
    /// Name of the device or code of the gate; absent for all.
    to: Option<String>,
    /// What it says.
    text: String,
    /// Who wrote it.
    from: String,
    /// When.
    sent_at: DateTime<Utc>,
    /// Until when devices show it.
    until: DateTime<Utc>,
    /// Devices where somebody read it.
    read: i64,
}

impl From<MessageLine> for MessageLineOut {
    fn from(line: MessageLine) -> Self {
        let message = line.message;
        Self {
            id: message.id.to_string(),
            to: line.to,
            text: message.text,
            from: message.sent_by,
            sent_at: message.sent_at,
            until: message.until,
            read: line.read,
        }
    }
}

/// The last messages, newest first.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/device-messages", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")),
    responses((status = 200, body = Listing<MessageLineOut>)))]
pub(super) async fn messages(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
) -> Result<Json<Listing<MessageLineOut>>, ApiFail> {
    let lines = read::messages(&app.reader(), caller.edition.id, MESSAGES).await?;
    Ok(Json(Listing { items: lines.into_iter().map(Into::into).collect(), next: None }))
}

/// Sends a message to devices.
#[utoipa::path(post, path = "/api/v1/editions/{edition}/device-messages", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition")), request_body = MessageIn,
    responses((status = 201, body = Created), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn send(
    caller: Api<may::AdmissionManage>,
    State(app): State<App>,
    Body(given): Body<MessageIn>,
) -> Result<(StatusCode, Json<Created>), ApiFail> {
    let minutes = given.minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let draft = MessageDraft { to: given.to, text: given.text, minutes };
    let id = admission::send_message(&app, &caller.viewer, caller.edition.id, draft.parse()?).await?;
    Ok((StatusCode::CREATED, Json(Created { id: id.to_string() })))
}
