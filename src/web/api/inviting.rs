//! The codes and the invitations of all campaigns over the API: the lists the organizer's pages show, with their filters.

use super::{
    ApiFail, Listing, Problem, rows_asked,
    voucher::{InvitationOut, VoucherOut},
};
use crate::{
    Need, Surface,
    guard::{Api, may},
};
use app::App;
use axum::{
    Json,
    extract::{Query, State},
};
use domain::{
    CampaignId,
    access::Permission,
    registration::{
        invitation::{self, InvitationLine},
        voucher::{CodeLine, CodeState},
    },
};
use serde::{Deserialize, Serialize};
use store::read::{
    code::{self, CodeFilter},
    invitation::{self as read, InvitationFilter},
};
use utoipa::{IntoParams, OpenApi, ToSchema};
use uuid::Uuid;

/// This context's part of the description.
#[derive(OpenApi)]
#[openapi(paths(codes, invitations), components(schemas(CodeLineOut, InvitationLineOut)))]
pub struct Doc;

pub(crate) fn routes(s: &mut Surface) {
    let read = Need::Token(Permission::RegistrationRead);
    s.get("/api/v1/editions/{edition}/vouchers", read, codes);
    s.get("/api/v1/editions/{edition}/invitations", read, invitations);
}

/// What the list of codes is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct CodeQuery {
    /// The beginning of a code, or words of the campaign's name.
    q: String,
    campaign: Option<Uuid>,
    /// `open`, `used`, `stopped`.
    state: String,
    /// `-made` (newest first), `made`, `code`, `-code`.
    sort: String,
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: String,
}

/// A code with its campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeLineOut {
    #[serde(flatten)]
    voucher: VoucherOut,
    campaign: Uuid,
    campaign_name: String,
    /// What people become by it.
    category: String,
}

impl From<CodeLine> for CodeLineOut {
    fn from(line: CodeLine) -> Self {
        Self {
            voucher: line.row.into(),
            campaign: line.campaign.uuid(),
            campaign_name: line.campaign_name,
            category: line.category.code().to_owned(),
        }
    }
}

/// The codes of all campaigns.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/vouchers", tag = "voucher", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), CodeQuery),
    responses((status = 200, body = Listing<CodeLineOut>), (status = 403, body = Problem)))]
async fn codes(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Query(query): Query<CodeQuery>,
) -> Result<Json<Listing<CodeLineOut>>, ApiFail> {
    let filter = CodeFilter {
        q: query.q,
        campaign: query.campaign.map(CampaignId::from_uuid),
        state: CodeState::parse(&query.state),
        sort: query.sort,
        after: query.cursor,
    };
    let found = code::codes(&app.reader(), caller.edition.id, &filter, rows_asked(query.limit)).await?;
    Ok(Json(Listing { items: found.rows.into_iter().map(CodeLineOut::from).collect(), next: found.next }))
}

/// What the list of invitations is narrowed to.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct InvitationQuery {
    /// Words of the name, the company or the address, or a whole code.
    q: String,
    campaign: Option<Uuid>,
    /// `organizer`, `exhibitor`.
    by: String,
    /// `sent`, `opened`, `registered`, `declined`, `withdrawn`, or `came`.
    state: String,
    /// `-sent` (newest first), `name`, `company`; with or without `-`.
    sort: String,
    /// Rows, at most 200.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: String,
}

/// An invitation with its campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationLineOut {
    #[serde(flatten)]
    invitation: InvitationOut,
    campaign: Uuid,
    campaign_name: String,
    /// What the person becomes by it.
    category: String,
}

impl From<InvitationLine> for InvitationLineOut {
    fn from(line: InvitationLine) -> Self {
        Self {
            campaign: line.row.invitation.campaign.uuid(),
            invitation: line.row.into(),
            campaign_name: line.campaign_name,
            category: line.category.code().to_owned(),
        }
    }
}

/// The invitations of all campaigns.
#[utoipa::path(get, path = "/api/v1/editions/{edition}/invitations", tag = "voucher", security(("token" = [])),
    params(("edition" = String, Path, description = "slug of the edition"), InvitationQuery),
    responses((status = 200, body = Listing<InvitationLineOut>), (status = 403, body = Problem)))]
async fn invitations(
    caller: Api<may::RegistrationRead>,
    State(app): State<App>,
    Query(query): Query<InvitationQuery>,
) -> Result<Json<Listing<InvitationLineOut>>, ApiFail> {
    let filter = InvitationFilter {
        q: query.q,
        campaign: query.campaign.map(CampaignId::from_uuid),
        by: query.by,
        came: query.state == "came",
        state: invitation::State::parse(&query.state),
        sort: query.sort,
        after: query.cursor,
    };
    let found = read::invitations(&app.reader(), caller.edition.id, &filter, rows_asked(query.limit)).await?;
    Ok(Json(Listing { items: found.rows.into_iter().map(InvitationLineOut::from).collect(), next: found.next }))
}
