//! Campaigns, codes and invitations as files: for the printer, for a mailing, for the account with an exhibitor. Who
//! took a list with people in it is noted.

use crate::{
    App, Error, office,
    spreadsheet::{self, Cell, Format, Written},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    access::Viewer,
    edition::Edition,
    registration::{
        invitation::InvitationLine,
        voucher::{CampaignRow, CodeLine, shown},
    },
};
use store::read::{
    code::{self, CodeFilter},
    invitation::{self, InvitationFilter},
    voucher::{self, CampaignFilter},
};
use templates::{Lang, links};

/// Rows read at once.
const PAGE: usize = 2_000;

fn day(day: Option<NaiveDate>) -> Cell {
    day.map(|day| day.to_string()).unwrap_or_default().into()
}

fn moment(edition: &Edition, at: DateTime<Utc>) -> Cell {
    at.with_timezone(&edition.time_zone).format("%Y-%m-%d %H:%M").to_string().into()
}

fn campaign_cells(lang: Lang, edition: &Edition, today: NaiveDate, row: &CampaignRow) -> Vec<Cell> {
    let c = &row.campaign;
    let by = match &row.company {
        Some(company) => company.get(lang.locale()).to_owned(),
        None => lang.term("campaign-by", "organizer"),
    };
    vec![
        c.name.as_str().into(),
        by.into(),
        lang.term("category", c.category.code()).into(),
        lang.term("campaign-state", c.state(today).code()).into(),
        lang.term("campaign-kind", c.kind.code()).into(),
        row.code.as_deref().map(shown).unwrap_or_default().into(),
        day(c.valid_from),
        day(c.valid_until),
        row.codes.into(),
        row.invited.into(),
        row.redeemed.into(),
        c.quota.map_or_else(|| Cell::from(""), |quota| i64::from(quota).into()),
        moment(edition, c.created_at),
    ]
}

/// Every campaign the filter shows.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn export_campaigns(
    app: &App,
    edition: &Edition,
    filter: &CampaignFilter,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let heads = [
        "campaign-name",
        "campaign-by",
        "registration-category",
        "campaign-state",
        "campaign-kind",
        "voucher-code",
        "campaign-from",
        "campaign-until",
        "voucher-codes",
        "voucher-invited",
        "voucher-redeemed",
        "campaign-quota",
        "campaign-created",
    ]
    .map(|key| lang.t(key));
    let (reader, today) = (&app.reader(), edition.day(app.now()));
    let read = |after| {
        let part = CampaignFilter { after, ..filter.clone() };
        async move { voucher::campaigns(reader, edition.id, &part, PAGE).await }
    };
    let cells = |row: &CampaignRow| campaign_cells(lang, edition, today, row);
    Ok(spreadsheet::pages(format, &heads, read, cells).await?.0)
}

fn code_cells(lang: Lang, edition: &Edition, base_url: &str, line: &CodeLine) -> Vec<Cell> {
    let row = &line.row;
    let (name, company) = row.by.clone().map(|(_, name, company)| (name, company)).unwrap_or_default();
    vec![
        shown(&row.code).into(),
        links::voucher::invited(&edition.slug, &row.code).absolute(base_url).into(),
        lang.term("voucher-code-state", row.state().code()).into(),
        row.redeemed.into(),
        name.into(),
        company.into(),
        line.campaign_name.as_str().into(),
        lang.term("category", line.category.code()).into(),
        moment(edition, line.created_at),
    ]
}

/// Every code the filter shows, with its address and who used it last.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn download_codes(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    filter: &CodeFilter,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let heads = [
        "voucher-code",
        "voucher-link",
        "voucher-state",
        "voucher-redeemed",
        "registration-name",
        "registration-company",
        "voucher-campaign",
        "registration-category",
        "campaign-created",
    ]
    .map(|key| lang.t(key));
    let (reader, base_url) = (&app.reader(), app.settings().base_url.as_str());
    let read = |after| {
        let part = CodeFilter { after, ..filter.clone() };
        async move { code::codes(reader, edition.id, &part, PAGE).await }
    };
    let cells = |line: &CodeLine| code_cells(lang, edition, base_url, line);
    let (written, rows) = spreadsheet::pages(format, &heads, read, cells).await?;
    office::note_download(app, viewer, edition.id, ("codes", rows)).await?;
    Ok(written)
}

fn invitation_cells(lang: Lang, edition: &Edition, line: &InvitationLine) -> Vec<Cell> {
    let (row, one) = (&line.row, &line.row.invitation);
    let state = if row.came { lang.t("invitation-came") } else { lang.term("invitation-state", row.state().code()) };
    vec![
        one.name.as_str().into(),
        one.company.as_str().into(),
        one.email.as_str().into(),
        line.campaign_name.as_str().into(),
        lang.term("category", line.category.code()).into(),
        shown(&row.code).into(),
        state.into(),
        lang.term("locale", one.locale.code()).into(),
        moment(edition, one.sent_at),
        one.reminded_at.map_or_else(|| Cell::from(""), |at| moment(edition, at)),
    ]
}

/// Every invitation the filter shows, with what came of it.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn download_invitations(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    filter: &InvitationFilter,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let heads = [
        "registration-name",
        "registration-company",
        "registration-email",
        "voucher-campaign",
        "registration-category",
        "voucher-code",
        "invitation-state",
        "invitation-locale",
        "invitation-sent",
        "invitation-reminded-at",
    ]
    .map(|key| lang.t(key));
    let reader = &app.reader();
    let read = |after| {
        let part = InvitationFilter { after, ..filter.clone() };
        async move { invitation::invitations(reader, edition.id, &part, PAGE).await }
    };
    let cells = |line: &InvitationLine| invitation_cells(lang, edition, line);
    let (written, rows) = spreadsheet::pages(format, &heads, read, cells).await?;
    office::note_download(app, viewer, edition.id, ("invitations", rows)).await?;
    Ok(written)
}
