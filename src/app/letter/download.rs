//! The list of letters as a file: what the page shows, so no passport is in it.

use crate::{
    App, Error, office,
    spreadsheet::{self, Cell, Format, Written},
};
use domain::{access::Viewer, edition::Edition, registration::letter::Letter};
use store::read::letter::{self as read, LetterFilter};
use templates::Lang;

/// Rows read at once.
const PAGE: usize = 2_000;

fn cells(lang: Lang, edition: &Edition, row: &Letter) -> Vec<Cell> {
    let issued = row.issued_at.with_timezone(&edition.time_zone).format("%Y-%m-%d %H:%M").to_string();
    let country = |code: &str| if code.is_empty() { String::new() } else { lang.term("country", code) };
    let by = if row.issued_by.is_empty() { lang.t("letter-by-registrant") } else { row.issued_by.clone() };
    vec![
        row.shown_number(&edition.slug).into(),
        row.name.as_str().into(),
        row.company.as_str().into(),
        lang.term("letter-kind", row.kind.code()).into(),
        country(&row.nationality).into(),
        lang.t(if row.stands() { "letter-stands" } else { "letter-withdrawn" }).into(),
        issued.into(),
        by.into(),
    ]
}

/// Every letter the filter shows; who took the list is noted.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn download_letters(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    filter: &LetterFilter,
    (lang, format): (Lang, Format),
) -> Result<Written, Error> {
    let heads = [
        "letter-number",
        "letter-name",
        "registration-company",
        "letter-kind",
        "letter-nationality",
        "letter-state",
        "letter-issued",
        "letter-by",
    ]
    .map(|key| lang.t(key));
    let reader = &app.reader();
    let read = |after| {
        let part = LetterFilter { after, ..filter.clone() };
        async move { read::letters(reader, edition.id, &part, PAGE).await }
    };
    let (written, rows) = spreadsheet::pages(format, &heads, read, |row| cells(lang, edition, row)).await?;
    office::note_download(app, viewer, edition.id, ("letters", rows)).await?;
    Ok(written)
}
