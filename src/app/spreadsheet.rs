//! A list as a file to take away: CSV or XLSX, exactly the rows it is given.

use crate::Error;
use rust_xlsxwriter::{Format, Workbook};

/// A cell: text stays text, figures can be summed.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A figure.
    Number(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

fn broken(error: impl ToString) -> Error {
    Error::Outside(error.to_string())
}

/// A text that a spreadsheet would take for a formula is made plain. The one place of this rule, for every export.
pub(crate) fn plain(text: impl AsRef<str> + Into<String>) -> String {
    if text.as_ref().starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{}", text.as_ref())
    } else {
        text.into()
    }
}

/// As CSV with a byte order mark, which spreadsheets need to read Chinese.
///
/// # Errors
/// When the writer fails, which only a lack of memory explains.
pub fn csv(heads: &[String], rows: &[Vec<Cell>]) -> Result<Vec<u8>, Error> {
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(heads).map_err(broken)?;
    for row in rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => plain(text),
            Cell::Number(number) => number.to_string(),
        });
        writer.write_record(cells).map_err(broken)?;
    }
    writer.into_inner().map_err(broken)
}

/// As a workbook with one sheet, its head bold and always in sight.
///
/// # Errors
/// When the list has more rows than a sheet.
pub fn xlsx(heads: &[String], rows: &[Vec<Cell>]) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, head) in (0u16..).zip(heads) {
        sheet.write_string_with_format(0, column, head, &bold).map_err(broken)?;
    }
    for (number, row) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row) {
            match cell {
                Cell::Text(text) => sheet.write_string(number, column, text).map_err(broken)?,
                Cell::Number(figure) => sheet.write_number(number, column, *figure).map_err(broken)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0).map_err(broken)?;
    sheet.autofit();
    book.save_to_buffer().map_err(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        assert_eq!(super::plain("=1+1"), "'=1+1");
        assert_eq!(super::plain("+86 138"), "'+86 138");
        assert_eq!(super::plain("张伟"), "张伟");
    }

    #[test]
    fn formulas_become_text_and_figures_stay_figures() {
        let rows = vec![vec![Cell::from("=1+1"), Cell::Number(36.5)], vec![Cell::from("上海"), Cell::from(7)]];
        let file = csv(&["a".into(), "b".into()], &rows).expect("csv");
        assert_eq!(String::from_utf8_lossy(&file), "\u{feff}a,b\n'=1+1,36.5\n上海,7\n");
        assert!(xlsx(&["a".into(), "b".into()], &rows).expect("xlsx").starts_with(b"PK"));
    }
}
