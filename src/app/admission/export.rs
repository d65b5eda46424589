//! The scan log as a file, exactly what the filter shows.

use crate::spreadsheet::{Format, Writer, Written};
use crate::{App, Error};
use domain::EditionId;
use domain::admission::view::{ScanFilter, ScanLine};

/// Writes the cells of a row.
type Cells<'a, L> = Box<dyn Fn(&L) -> Vec<String> + Send + Sync + 'a>;

/// Names of the columns and how a row is written, in the reader's language.
pub struct Columns<'a, L = ScanLine> {
    /// Headings.
    pub heads: Vec<String>,
    /// The cells of a row.
    pub cells: Cells<'a, L>,
}

async fn each(
    app: &App,
    edition: EditionId,
    filter: &ScanFilter,
    mut row: impl FnMut(&ScanLine) -> Result<(), Error>,
) -> Result<(), Error> {
    let reader = app.reader();
    let mut after: Option<String> = None;
    loop {
        let page = store::read::admission::export(&reader, edition, filter, after.as_deref()).await?;
        for line in &page.lines {
            row(line)?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

/// Every scan that the filter shows, as a file.
///
/// # Errors
/// When the database does not answer, the disk is full, or the log has more rows than a sheet.
pub async fn export(
    app: &App,
    edition: EditionId,
    filter: &ScanFilter,
    columns: &Columns<'_>,
    format: Format,
) -> Result<Written, Error> {
    let mut writer = Writer::begin(format, &columns.heads)?;
    each(app, edition, filter, |line| writer.row((columns.cells)(line))).await?;
    writer.finish()
}
