//! The list of groups as a file.

use crate::{
    App, Error, office,
    spreadsheet::{self, Cell, Format, Written},
};
use domain::{access::Viewer, edition::Edition, registration::delegation::DelegationRow};
use store::read::delegation::{self as read, DelegationFilter};
use templates::Lang;

/// Rows read at once.
const PAGE: usize = 2_000;

fn cells(lang: Lang, row: &DelegationRow) -> Vec<Cell> {
    let g = &row.delegation;
    let country = if g.country.is_empty() { String::new() } else { lang.term("country", &g.country) };
    vec![
        i64::from(g.number).into(),
        g.name.as_str().into(),
        lang.term("delegation-kind", g.kind.code()).into(),
        g.contact_name.as_str().into(),
        g.contact_email.as_str().into(),
        g.contact_phone.as_str().into(),
        lang.term("category", g.category.code()).into(),
        country.into(),
        lang.t(if g.closed { "delegation-closed" } else { "delegation-open" }).into(),
        row.live.into(),
        g.quota.map_or_else(|| Cell::from(""), |quota| i64::from(quota).into()),
        row.came.into(),
    ]
}

/// Every group the filter shows; who took the list is noted.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn download_delegations(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    filter: &DelegationFilter,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let heads = [
        "registration-number",
        "delegation-name",
        "delegation-kind",
        "delegation-leader",
        "registration-email",
        "registration-phone",
        "registration-category",
        "registration-country",
        "delegation-state",
        "delegation-members",
        "campaign-quota",
        "voucher-came",
    ]
    .map(|key| lang.t(key));
    let reader = &app.reader();
    let read = |after| {
        let part = DelegationFilter { after, ..filter.clone() };
        async move { read::delegations(reader, edition.id, &part, PAGE).await }
    };
    let (written, rows) = spreadsheet::pages(format, &heads, read, |row| cells(lang, row)).await?;
    office::note_download(app, viewer, edition.id, ("groups", rows)).await?;
    Ok(written)
}
