//! The overview as a file: what is shown, as CSV or as a spreadsheet.

use crate::{Error, spreadsheet::plain};
use rust_xlsxwriter::{Format, Workbook};

/// CSV with a byte order mark, so that spreadsheets read Chinese. A cell that a spreadsheet would
/// take for a formula is marked as text.
///
/// # Errors
/// When the writer fails, which memory does not.
pub fn csv(head: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let failed = |error: csv::Error| Error::Outside(error.to_string());
    writer.write_record(head).map_err(failed)?;
    for row in rows {
        writer.write_record(row.iter().map(plain)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Outside(error.to_string()))
}

/// A spreadsheet of text cells.
///
/// # Errors
/// When a sheet of this size cannot be written.
pub fn xlsx(name: &str, head: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let failed = |error: rust_xlsxwriter::XlsxError| Error::Outside(error.to_string());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let name: String = name.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    sheet.set_name(name).map_err(failed)?;
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
    for (column, text) in (0u16..).zip(head) {
        sheet.write_string_with_format(0, column, text, &bold).map_err(failed)?;
        let widest = rows.iter().filter_map(|row| row.get(usize::from(column))).map(|cell| width(cell)).max();
        sheet.set_column_width(column, f64::from(widest.unwrap_or(8).clamp(8, 48))).map_err(failed)?;
    }
    for (line, row) in (1u32..).zip(rows) {
        for (column, text) in (0u16..).zip(row) {
            sheet.write_string_with_format(line, column, text, &wrapped).map_err(failed)?;
        }
    }
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    book.save_to_buffer().map_err(failed)
}

/// Chinese characters take twice the room.
fn width(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>() + 2
}

#[cfg(test)]
mod tests {
    #[test]
    fn formulas_are_text() {
        let file = super::csv(&["a".into()], &[vec!["=1+1".into()], vec!["ok, \"so\"".into()]]).expect("written");
        let text = String::from_utf8(file).expect("text");
        assert!(text.contains("'=1+1") && text.contains("\"ok, \"\"so\"\"\""), "{text}");
    }
}
