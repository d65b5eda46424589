//! The scan log as a file, exactly what the filter shows.

use crate::{App, Error, spreadsheet::plain};
use domain::EditionId;
use domain::admission::view::{ScanFilter, ScanLine};
use rust_xlsxwriter::{Format, Workbook};

/// Writes the cells of a row.
type Cells<'a> = Box<dyn Fn(&ScanLine) -> Vec<String> + Send + Sync + 'a>;

/// Names of the columns and how a row is written, in the reader's language.
pub struct Columns<'a> {
    /// Headings.
    pub heads: Vec<String>,
    /// The cells of a row.
    pub cells: Cells<'a>,
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

fn broken(error: impl ToString) -> Error {
    Error::Outside(error.to_string())
}

/// As CSV with a byte order mark, which spreadsheets need to read Chinese.
///
/// # Errors
/// When the database does not answer.
pub async fn csv(app: &App, edition: EditionId, filter: &ScanFilter, columns: &Columns<'_>) -> Result<Vec<u8>, Error> {
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(&columns.heads).map_err(broken)?;
    let row = |line: &ScanLine| writer.write_record((columns.cells)(line).into_iter().map(plain)).map_err(broken);
    each(app, edition, filter, row).await?;
    writer.into_inner().map_err(broken)
}

/// As a spreadsheet.
///
/// # Errors
/// When the database does not answer or the log has more rows than a sheet.
pub async fn xlsx(app: &App, edition: EditionId, filter: &ScanFilter, columns: &Columns<'_>) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, head) in (0u16..).zip(&columns.heads) {
        sheet.write_string_with_format(0, column, head, &bold).map_err(broken)?;
    }
    let mut number = 0;
    let row = |line: &ScanLine| {
        number += 1;
        for (column, cell) in (0u16..).zip((columns.cells)(line)) {
            sheet.write_string(number, column, cell).map_err(broken)?;
        }
        Ok(())
    };
    each(app, edition, filter, row).await?;
    sheet.set_freeze_panes(1, 0).map_err(broken)?;
    book.save_to_buffer().map_err(broken)
}
