//! A file of people, read line by line. Lines are handed on as they are read, so a large table is never in memory as a table.

use crate::{
    spreadsheet::unmarked,
    tabular::{self, cell, check_unpacked, refuse},
};
use calamine::{Data, Reader as _, Xlsx};
use domain::{
    Refusal,
    registration::intake::{MOST_COLUMNS, MOST_ROWS, PART},
};
use std::io::Cursor;

/// Largest file, bytes.
pub const LARGEST: usize = 48 * 1024 * 1024;
/// Most bytes an archive may unpack to.
const UNPACKED: u64 = 512 * 1024 * 1024;
/// Longest cell, characters.
const LONGEST_CELL: usize = 2_000;

/// A table as it is kept: headings, and parts of rows with the line each stood in.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub heads: Vec<String>,
    pub rows: usize,
    pub parts: Vec<Vec<u8>>,
    open: Vec<(u32, Vec<String>)>,
    most: usize,
}

impl Kept {
    /// Takes a line: the first filled one is the headings, empty ones are passed over.
    fn line(&mut self, line: u32, mut cells: Vec<String>) -> Result<(), Refusal> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        for cell in &mut cells {
            let plain: String = unmarked(cell.trim()).chars().take(LONGEST_CELL).collect();
            *cell = plain;
        }
        if self.heads.is_empty() {
            if cells.len() > MOST_COLUMNS {
                return Err(refuse("table-columns").with("most", MOST_COLUMNS));
            }
            self.heads = cells;
            return Ok(());
        }
        if self.rows >= self.most {
            return Err(refuse("table-rows").with("most", self.most));
        }
        cells.resize(self.heads.len(), String::new());
        self.rows += 1;
        self.open.push((line, cells));
        if self.open.len() >= PART { self.close() } else { Ok(()) }
    }

    fn close(&mut self) -> Result<(), Refusal> {
        if self.open.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.open);
        self.parts.push(serde_json::to_vec(&rows).map_err(|_| refuse("table-kind"))?);
        Ok(())
    }
}

/// The rows of a kept part.
pub(super) fn rows(part: &[u8]) -> Result<Vec<(u32, Vec<String>)>, crate::Error> {
    serde_json::from_slice(part).map_err(|e| crate::Error::Outside(format!("a part of a table cannot be read: {e}")))
}

/// Reads a file by what is in it, not by its name.
///
/// # Errors
/// What is wrong with the file: size, kind, encoding, no rows, too many.
pub(super) fn read(content: &[u8], most: usize) -> Result<Kept, Refusal> {
    if content.is_empty() {
        return Err(refuse("file-empty"));
    }
    if content.len() > LARGEST {
        return Err(refuse("file-too-large").with("max", LARGEST / (1024 * 1024)));
    }
    let mut kept = Kept { most: most.min(MOST_ROWS), ..Kept::default() };
    if content.starts_with(b"PK\x03\x04") {
        workbook(content, &mut kept)?
    } else {
        tabular::text(content, &mut |line, cells| kept.line(line, cells))?
    }
    kept.close()?;
    if kept.rows == 0 { Err(refuse("table-no-rows")) } else { Ok(kept) }
}

/// The cells of the first filled sheet, as they stand in the archive.
fn workbook(content: &[u8], kept: &mut Kept) -> Result<(), Refusal> {
    check_unpacked(content, UNPACKED)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(content)).map_err(|_| refuse("table-kind"))?;
    for name in book.sheet_names() {
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let (mut line, mut row) = (0, Vec::new());
        while let Some(one) = cells.next_cell().map_err(|_| refuse("table-kind"))? {
            let (at, column) = one.get_position();
            if at != line {
                kept.line(line + 1, std::mem::take(&mut row))?;
                line = at;
            }
            let column = column as usize;
            if column >= MOST_COLUMNS {
                return Err(refuse("table-columns").with("most", MOST_COLUMNS));
            }
            row.resize(row.len().max(column + 1), String::new());
            row[column] = cell(&Data::from(one.get_value().clone()));
        }
        kept.line(line + 1, row)?;
        if !kept.heads.is_empty() {
            return Ok(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads_and_rows(content: &[u8]) -> (Vec<String>, Vec<(u32, Vec<String>)>) {
        let kept = read(content, 10_000).expect("read");
        let all = kept.parts.iter().flat_map(|part| rows(part).expect("rows")).collect();
        (kept.heads, all)
    }

    #[test]
    fn every_encoding_and_a_workbook_say_the_same() {
        let text = "姓名,邮箱,备注\n张伟,zhang@example.cn,\"上海, 浦东\"\n\n李娜,li@example.cn\n";
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        let marked = format!("\u{feff}{text}");
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let cells = [
            (0, ["姓名", "邮箱", "备注"]),
            (1, ["张伟", "zhang@example.cn", "上海, 浦东"]),
            (3, ["李娜", "li@example.cn", ""]),
        ];
        for (line, row) in cells {
            for (column, cell) in (0u16..).zip(row) {
                sheet.write_string(line, column, cell).expect("written");
            }
        }
        let book = book.save_to_buffer().expect("a workbook");
        for content in [text.as_bytes(), &gb, marked.as_bytes(), &book] {
            let (heads, rows) = heads_and_rows(content);
            assert_eq!(heads, ["姓名", "邮箱", "备注"]);
            assert_eq!(rows[0], (2, vec!["张伟".into(), "zhang@example.cn".into(), "上海, 浦东".into()]));
            assert_eq!((rows[1].0, rows[1].1[2].as_str()), (4, ""));
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let code = |content: &[u8]| read(content, 2).expect_err("refused").code;
        assert_eq!(code(b""), "file-empty");
        assert_eq!(code(b"name\n"), "table-no-rows");
        assert_eq!(code(b"name\na\nb\nc\n"), "table-rows");
        assert_eq!(code(b"PK\x03\x04 not a zip"), "table-kind");
        assert_eq!(code(b"a,b\n1,\x00\n"), "table-kind");
    }

    #[test]
    fn parts_are_bounded() {
        let text = std::iter::once("name".to_owned()).chain((0..1_201).map(|n| format!("n{n}"))).collect::<Vec<_>>();
        let kept = read(text.join("\n").as_bytes(), 10_000).expect("read");
        assert_eq!((kept.rows, kept.parts.len()), (1_201, 3));
        assert_eq!(rows(&kept.parts[2]).expect("rows").last().expect("a row").0, 1_202);
    }
}
