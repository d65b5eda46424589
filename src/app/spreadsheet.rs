//! A list as a file to take away, CSV or XLSX, written row by row: the file grows on disk, not in memory. The one
//! writer of every export, and the one place of the rule against spreadsheet formulas.

use crate::Error;
use domain::sales::view::Page;
use rust_xlsxwriter::{Format as Look, Workbook};
use std::fs::File;
use std::io::{BufWriter, Seek, Write};

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

/// The kinds of file there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, UTF-8 with the mark that spreadsheets need to read Chinese.
    Csv,
    /// An Excel workbook with one sheet.
    Xlsx,
}

impl Format {
    /// Reads the ending of a file's name.
    pub fn parse(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The ending of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// What the file is, for browsers.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A finished file without a name on disk: it is gone when it is closed.
#[derive(Debug)]
pub struct Written {
    /// The bytes, from the beginning.
    pub file: File,
    /// How many.
    pub bytes: u64,
    /// What it is.
    pub format: Format,
}

fn broken(error: impl ToString) -> Error {
    Error::Outside(error.to_string())
}

/// A text that a spreadsheet would take for a formula is made plain.
pub(crate) fn plain(text: impl AsRef<str> + Into<String>) -> String {
    if text.as_ref().starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{}", text.as_ref())
    } else {
        text.into()
    }
}

/// A cell as it was before [`plain`] marked it: for files that come back.
pub(crate) fn unmarked(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => text,
    }
}

enum Out {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Xlsx { book: Box<Workbook>, line: u32 },
}

/// A file being written.
pub struct Writer {
    out: Out,
    rows: u64,
}

impl Writer {
    /// Begins a file with its headings; in a workbook they are bold and always in sight.
    ///
    /// # Errors
    /// When there is no room for a temporary file.
    pub fn begin(format: Format, heads: &[String]) -> Result<Self, Error> {
        let out = match format {
            Format::Csv => {
                let mut file = BufWriter::new(tempfile::tempfile().map_err(broken)?);
                file.write_all("\u{feff}".as_bytes()).map_err(broken)?;
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(heads).map_err(broken)?;
                Out::Csv(Box::new(writer))
            }
            Format::Xlsx => {
                let mut book = Box::new(Workbook::new());
                let sheet = book.add_worksheet_with_low_memory().map_err(broken)?;
                sheet.set_freeze_panes(1, 0).map_err(broken)?;
                let bold = Look::new().set_bold();
                for (column, head) in (0u16..).zip(heads) {
                    sheet.set_column_width(column, f64::from(width(head).clamp(10, 40))).map_err(broken)?;
                    sheet.write_string_with_format(0, column, head, &bold).map_err(broken)?;
                }
                Out::Xlsx { book, line: 0 }
            }
        };
        Ok(Self { out, rows: 0 })
    }

    /// Writes the next row.
    ///
    /// # Errors
    /// When the disk is full, or the list has more rows than a sheet.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<(), Error> {
        self.rows += 1;
        match &mut self.out {
            Out::Csv(writer) => {
                let cells = cells.into_iter().map(|cell| match cell.into() {
                    Cell::Text(text) => plain(text),
                    Cell::Number(number) => number.to_string(),
                });
                writer.write_record(cells).map_err(broken)
            }
            Out::Xlsx { book, line } => {
                *line += 1;
                let sheet = book.worksheet_from_index(0).map_err(broken)?;
                for (column, cell) in (0u16..).zip(cells) {
                    match cell.into() {
                        Cell::Text(text) => sheet.write_string(*line, column, text).map_err(broken)?,
                        Cell::Number(figure) => sheet.write_number(*line, column, figure).map_err(broken)?,
                    };
                }
                Ok(())
            }
        }
    }

    /// How many rows were written, without the headings.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(self) -> Result<Written, Error> {
        let (mut file, format) = match self.out {
            Out::Csv(writer) => {
                let buffer = writer.into_inner().map_err(|error| broken(error.error()))?;
                (buffer.into_inner().map_err(|error| broken(error.error()))?, Format::Csv)
            }
            Out::Xlsx { mut book, .. } => {
                let file = tempfile::tempfile().map_err(broken)?;
                book.save_to_writer(BufWriter::new(file.try_clone().map_err(broken)?)).map_err(broken)?;
                (file, Format::Xlsx)
            }
        };
        let bytes = file.metadata().map_err(broken)?.len();
        file.rewind().map_err(broken)?;
        Ok(Written { file, bytes, format })
    }
}

/// Chinese characters take twice the room.
fn width(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>() + 2
}

/// A list that is in memory already as a file.
///
/// # Errors
/// When the disk is full, or the list has more rows than a sheet.
pub fn file<R, C>(format: Format, heads: &[String], rows: impl IntoIterator<Item = R>) -> Result<Written, Error>
where
    R: IntoIterator<Item = C>,
    C: Into<Cell>,
{
    let mut writer = Writer::begin(format, heads)?;
    for row in rows {
        writer.row(row)?;
    }
    writer.finish()
}

/// A list that is read in pages as a file: the memory it takes does not grow with the list. `read` is given where a
/// page begins, nothing for the first. Answers with how many rows there were.
///
/// # Errors
/// When the database does not answer, the disk is full, or the list has more rows than a sheet.
pub async fn pages<R, C, F>(
    format: Format,
    heads: &[String],
    mut read: impl FnMut(String) -> F,
    cells: impl Fn(&R) -> Vec<C>,
) -> Result<(Written, u64), Error>
where
    F: Future<Output = store::Outcome<Page<R>>>,
    C: Into<Cell>,
{
    let mut writer = Writer::begin(format, heads)?;
    let mut after = String::new();
    loop {
        let page = read(after).await?;
        for row in &page.rows {
            writer.row(cells(row))?;
        }
        match page.next {
            Some(next) => after = next,
            None => {
                let rows = writer.rows();
                return Ok((writer.finish()?, rows));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn bytes(format: Format) -> Vec<u8> {
        let rows = vec![vec![Cell::from("=1+1"), Cell::Number(36.5)], vec![Cell::from("上海, \"so\""), Cell::from(7)]];
        let mut written = file(format, &["a".into(), "b".into()], rows).expect("written");
        let mut bytes = Vec::new();
        written.file.read_to_end(&mut bytes).expect("read");
        assert_eq!(bytes.len() as u64, written.bytes);
        bytes
    }

    #[test]
    fn formulas_become_text_and_figures_stay_figures() {
        let text = String::from_utf8(bytes(Format::Csv)).expect("text");
        assert_eq!(text, "\u{feff}a,b\n'=1+1,36.5\n\"上海, \"\"so\"\"\",7\n");
        assert!(bytes(Format::Xlsx).starts_with(b"PK"));
        assert_eq!((plain("+86 138"), plain("张伟")), ("'+86 138".to_owned(), "张伟".to_owned()));
        assert_eq!((unmarked("'+86 138"), unmarked("'tis")), ("+86 138", "'tis"));
    }
}
