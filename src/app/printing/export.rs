//! The print log as a file, exactly as it is filtered on the page, read in pages so that memory stays flat.

use crate::Error;
use crate::spreadsheet::{Cell, Format, Writer, Written};
use chrono_tz::Tz;
use domain::EditionId;
use domain::printing::view::{JobLine, LogFilter};
use store::{Reader, read::printing as read};
use templates::Lang;

/// Rows read at once.
const PAGE: usize = 2_000;

fn heads(lang: Lang) -> [String; 10] {
    [
        lang.t("printing-asked-at"),
        lang.t("badge-serial"),
        lang.t("registration-name"),
        lang.t("registration-company"),
        lang.t("printing-purpose"),
        lang.t("printing-station"),
        lang.t("printing-state"),
        lang.t("printing-failure"),
        lang.t("printing-asked-by"),
        lang.t("printing-finished-at"),
    ]
}

fn cells(lang: Lang, zone: Tz, line: &JobLine) -> [Cell; 10] {
    let at = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M:%S").to_string();
    let job = &line.job;
    let failure = job.failure.map(|failure| lang.term("print-failure", failure.code())).unwrap_or_default();
    [
        at(job.created_at).into(),
        line.serial.map_or_else(|| Cell::from(""), Cell::from),
        line.name.clone().into(),
        line.company.clone().into(),
        lang.term("print-purpose", job.purpose.code()).into(),
        line.station.clone().unwrap_or_else(|| lang.t("printing-browser")).into(),
        lang.term("print-state", job.state.code()).into(),
        failure.into(),
        job.asked_by.clone().into(),
        job.finished_at.map(at).unwrap_or_default().into(),
    ]
}

/// The log that the filter shows, as a file.
///
/// # Errors
/// When the database does not answer or the disk is full.
pub async fn export_log(
    reader: &Reader,
    edition: EditionId,
    filter: &LogFilter,
    (lang, zone): (Lang, Tz),
    format: Format,
) -> Result<Written, Error> {
    let mut writer = Writer::begin(format, &heads(lang))?;
    let mut before = None;
    loop {
        let page = read::jobs(reader, edition, filter, before, PAGE).await?;
        for line in &page.lines {
            writer.row(cells(lang, zone, line))?;
        }
        match page.next {
            Some(next) => before = Some(next),
            None => return writer.finish(),
        }
    }
}
