//! The codes and the invitations of all campaigns: lists and files.

use crate::{
    Need, Surface,
    answer::{Answer, Fail, page},
    guard::{Staff, may},
    organizer::views::kept,
    path::{Export, Path},
};
use app::{App, voucher as verbs};
use axum::extract::{Query, State};
use domain::{
    CampaignId,
    access::Permission::{ExportData, RegistrationRead},
    registration::{invitation, voucher::CodeState},
};
use store::{
    Reader,
    read::{
        code::{self, CodeFilter},
        invitation::{self as invitations, InvitationFilter},
        voucher,
    },
};
use templates::organizer::voucher::{CodeListFilter, CodesPage, InvitationListFilter, InvitationsPage};

/// Rows on a page.
const PAGE: usize = 50;

pub(super) fn routes(s: &mut Surface) {
    let read = Need::Staff(RegistrationRead);
    s.get("/e/{edition}/registration/codes", read, codes);
    s.get("/e/{edition}/registration/codes/export/{format}", Need::Staff(ExportData), export_codes);
    s.get("/e/{edition}/registration/invitations", read, invited);
    s.get("/e/{edition}/registration/invitations/export/{format}", Need::Staff(ExportData), export_invitations);
}

/// What the address says as a filter. A value nobody knows narrows nothing: old links go on working.
fn code_filter(shown: &CodeListFilter) -> CodeFilter {
    CodeFilter {
        q: shown.q.clone(),
        campaign: shown.campaign.parse().ok(),
        state: CodeState::parse(&shown.state),
        sort: shown.sort.clone(),
        after: shown.after.clone(),
    }
}

fn invitation_filter(shown: &InvitationListFilter) -> InvitationFilter {
    InvitationFilter {
        q: shown.q.clone(),
        campaign: shown.campaign.parse().ok(),
        by: shown.by.clone(),
        state: invitation::State::parse(&shown.state),
        came: shown.state == "came",
        sort: shown.sort.clone(),
        after: shown.after.clone(),
    }
}

/// The campaign a list is narrowed to, as its filter shows it.
async fn narrowed<P>(
    staff: &Staff<P>,
    reader: &Reader,
    campaign: Option<CampaignId>,
) -> Result<Option<(String, String)>, Fail> {
    let Some(id) = campaign else { return Ok(None) };
    let row = voucher::campaign(reader, staff.edition.id, id).await?.ok_or(Fail::Missing)?;
    Ok(Some((id.to_string(), row.campaign.name)))
}

async fn codes(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Query(shown): Query<CodeListFilter>,
) -> Answer {
    let (reader, edition, filter) = (app.reader(), staff.edition.id, code_filter(&shown));
    let found = code::codes(&reader, edition, &filter, PAGE).await?;
    let total = code::count(&reader, edition, &filter).await?;
    let list = CodesPage {
        filter: &shown,
        rows: &found.rows,
        total,
        at_least: total >= code::MOST_COUNTED,
        next: found.next,
        campaign: narrowed(&staff, &reader, filter.campaign).await?,
        zone: staff.edition.time_zone,
        views: &kept(&app, &staff, "codes").await?,
        may_export: staff.may(ExportData),
    };
    page(list.render(&staff.shell()))
}

async fn invited(
    staff: Staff<may::RegistrationRead>,
    State(app): State<App>,
    Query(shown): Query<InvitationListFilter>,
) -> Answer {
    let (reader, edition, filter) = (app.reader(), staff.edition.id, invitation_filter(&shown));
    let found = invitations::invitations(&reader, edition, &filter, PAGE).await?;
    let total = invitations::count(&reader, edition, &filter).await?;
    let list = InvitationsPage {
        filter: &shown,
        rows: &found.rows,
        total,
        at_least: total >= invitations::MOST_COUNTED,
        next: found.next,
        campaign: narrowed(&staff, &reader, filter.campaign).await?,
        zone: staff.edition.time_zone,
        views: &kept(&app, &staff, "invitations").await?,
        may_export: staff.may(ExportData),
    };
    page(list.render(&staff.shell()))
}

async fn export_codes(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(shown): Query<CodeListFilter>,
) -> Answer {
    staff.must(RegistrationRead)?;
    let filter = CodeFilter { after: String::new(), ..code_filter(&shown) };
    let look = (staff.ui.lang, path.format);
    let file = verbs::download_codes(&app, &staff.viewer, &staff.edition, &filter, look).await?;
    super::list_file(&app, &staff, "codes", path.format, file)
}

async fn export_invitations(
    staff: Staff<may::ExportData>,
    State(app): State<App>,
    Path(path): Path<Export>,
    Query(shown): Query<InvitationListFilter>,
) -> Answer {
    staff.must(RegistrationRead)?;
    let filter = InvitationFilter { after: String::new(), ..invitation_filter(&shown) };
    let look = (staff.ui.lang, path.format);
    let file = verbs::download_invitations(&app, &staff.viewer, &staff.edition, &filter, look).await?;
    super::list_file(&app, &staff, "invitations", path.format, file)
}
