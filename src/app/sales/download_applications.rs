//! The inbox of applications as a file.

use crate::{
    App, Error, office,
    spreadsheet::{self, Cell, Format, Written},
};
use domain::{
    access::Viewer,
    edition::Edition,
    sales::view::{ApplicationFilter, ApplicationRow},
};
use store::read::sales as read;
use templates::Lang;

/// Rows read at once.
const PAGE: usize = 2_000;

fn cells(lang: Lang, edition: &Edition, row: &ApplicationRow) -> Vec<Cell> {
    let arrived = row.created_at.with_timezone(&edition.time_zone).format("%Y-%m-%d %H:%M").to_string();
    vec![
        row.number.into(),
        row.company.en.as_str().into(),
        row.company.zh.as_str().into(),
        lang.term("country", &row.country).into(),
        row.contact_name.as_str().into(),
        lang.term("stand-kind", row.stand_kind.code()).into(),
        Cell::Number(row.area_dm2 as f64 / 100.0),
        arrived.into(),
        lang.term("application-state", row.state.code()).into(),
    ]
}

/// Every application the filter shows; who took the list is noted.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn download_applications(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    filter: &ApplicationFilter,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let heads = [
        "sales-number",
        "apply-company-en",
        "apply-company-zh",
        "apply-country",
        "sales-contact",
        "sales-stand-kind",
        "sales-area-m2",
        "sales-arrived",
        "sales-state",
    ]
    .map(|key| lang.t(key));
    let reader = &app.reader();
    let read = |after| {
        let part = ApplicationFilter { after, ..filter.clone() };
        async move { read::applications(reader, edition.id, &part, PAGE).await }
    };
    let (written, rows) = spreadsheet::pages(format, &heads, read, |row| cells(lang, edition, row)).await?;
    office::note_download(app, viewer, edition.id, ("applications", rows)).await?;
    Ok(written)
}
