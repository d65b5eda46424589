//! The list as a file, exactly as it is filtered on the page, read in pages so that memory stays flat.

use crate::{Error, spreadsheet::plain};
use chrono_tz::Tz;
use domain::{
    EditionId,
    registration::view::{Filter, RegistrationRow},
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use store::{Reader, read::registration as read};
use templates::Lang;

/// Rows read at once.
const PAGE: u32 = 2_000;

/// What the columns are called.
fn heads(lang: Lang) -> [String; 14] {
    [
        lang.t("registration-number"),
        lang.t("registration-name"),
        lang.t("party-other-script"),
        lang.t("registration-company"),
        lang.t("registration-job-title"),
        lang.t("registration-email"),
        lang.t("registration-phone"),
        lang.t("registration-country"),
        lang.t("registration-category"),
        lang.t("registration-channel"),
        lang.t("registration-status"),
        lang.t("registration-badge"),
        lang.t("registration-day"),
        lang.t("registration-at"),
    ]
}

fn cells(lang: Lang, zone: Tz, r: &RegistrationRow) -> [String; 14] {
    [
        r.number.to_string(),
        r.display_name.clone(),
        r.other_name.clone(),
        r.company.clone(),
        r.job_title.clone(),
        r.email.clone(),
        r.phone.clone(),
        if r.country.is_empty() { String::new() } else { lang.term("country", &r.country) },
        lang.term("category", &r.category),
        lang.term("channel", &r.channel),
        lang.term("registration-status", &r.status),
        r.badge.as_ref().map(|(serial, _)| serial.to_string()).unwrap_or_default(),
        r.local_day.to_string(),
        r.created_at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
    ]
}

async fn for_each(
    reader: &Reader,
    edition: EditionId,
    filter: &Filter,
    mut take: impl FnMut(&RegistrationRow) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut before = None;
    loop {
        let rows = read::list(reader, edition, filter, before, PAGE).await?;
        rows.iter().try_for_each(&mut take)?;
        match rows.last().filter(|_| rows.len() == PAGE as usize) {
            Some(last) => before = Some(last.number),
            None => return Ok(()),
        }
    }
}

/// As CSV, UTF-8 with a mark so that Excel reads Chinese.
///
/// # Errors
/// When the database does not answer.
pub async fn export_csv(
    reader: &Reader,
    edition: EditionId,
    filter: &Filter,
    lang: Lang,
    zone: Tz,
) -> Result<Vec<u8>, Error> {
    let outside = |e: csv::Error| Error::Outside(e.to_string());
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(heads(lang)).map_err(outside)?;
    for_each(reader, edition, filter, |row| writer.write_record(cells(lang, zone, row).map(plain)).map_err(outside))
        .await?;
    writer.into_inner().map_err(|e| Error::Outside(e.to_string()))
}

/// As an Excel file. Every cell is text or a number, never a formula.
///
/// # Errors
/// When the database does not answer.
pub async fn export_xlsx(
    reader: &Reader,
    edition: EditionId,
    filter: &Filter,
    lang: Lang,
    zone: Tz,
) -> Result<Vec<u8>, Error> {
    let outside = |e: XlsxError| Error::Outside(e.to_string());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_low_memory().map_err(outside)?;
    sheet.set_freeze_panes(1, 0).map_err(outside)?;
    let bold = Format::new().set_bold();
    for (column, head) in (0..).zip(heads(lang)) {
        sheet.write_string_with_format(0, column, head, &bold).map_err(outside)?;
        sheet.set_column_width(column, if column == 0 { 8.0 } else { 20.0 }).map_err(outside)?;
    }
    let mut line = 0;
    for_each(reader, edition, filter, |row| {
        line += 1;
        for (column, cell) in (0..).zip(cells(lang, zone, row)) {
            if column == 0 {
                sheet.write_number(line, column, f64::from(row.number)).map_err(outside)?;
            } else {
                sheet.write_string(line, column, cell).map_err(outside)?;
            }
        }
        Ok(())
    })
    .await?;
    book.save_to_buffer().map_err(outside)
}
