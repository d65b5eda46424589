//! Who is expected, for devices that look people up without network: desks and supervisors, and nobody else.

use super::super::{ApiFail, Problem};
use super::handheld::After;
use crate::guard::ApiDevice;
use app::App;
use app::admission::{self, RosterPiece};
use axum::Json;
use axum::extract::{Query, State};
use data_encoding::BASE64;
use domain::admission::roster::key_name;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// This part of the description.
#[derive(OpenApi)]
#[openapi(paths(roster), components(schemas(RosterOut)))]
pub(super) struct Doc;

/// A piece of the roster.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterOut {
    /// Nonce and AES-256-GCM ciphertext of a JSON list, base64: for each person `i` the running number, `n` the name,
    /// `o` the name in another script, `c` the company, `k` the category, `p` how Chinese names sound. A person without
    /// a name is to be forgotten. Empty when there is nothing new.
    people: String,
    /// How many people.
    count: usize,
    /// The key of this pairing, base64. Keep it so that it can be forgotten, and forget it when the key of the device is
    /// no longer taken.
    key: String,
    /// Tells keys apart: when it is another than before, the device was paired anew and begins from the start.
    key_name: String,
    /// Where the next piece begins; ask with it later for what is new.
    next: String,
    /// There is more already.
    more: bool,
}

impl From<RosterPiece> for RosterOut {
    fn from(piece: RosterPiece) -> Self {
        Self {
            people: BASE64.encode(&piece.sealed),
            count: piece.people,
            key: BASE64.encode(&piece.key),
            key_name: key_name(&piece.key),
            next: piece.next,
            more: piece.more,
        }
    }
}

/// People who are expected, for looking them up without network: all of them piece by piece, then those something
/// happened to. Only for devices whose people may search: a desk, a supervisor.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/device/roster", tag = "admission", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), After),
    responses((status = 200, body = RosterOut), (status = 401, body = Problem), (status = 409, body = Problem)))]
pub(super) async fn roster(
    device: ApiDevice,
    State(app): State<App>,
    Query(asked): Query<After>,
) -> Result<Json<RosterOut>, ApiFail> {
    Ok(Json(admission::roster_piece(&app, &device.known, &asked.after).await?.into()))
}
