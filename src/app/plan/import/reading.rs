//! A file that comes in, read as a table. Sizes are capped before anything is unpacked for good.

use crate::spreadsheet::unmarked;
use crate::tabular::{self, cell, check_unpacked, refuse};
use calamine::{Reader as _, Xlsx};
use domain::Refusal;
use domain::plan::table::{Grid, MOST_COLUMNS, MOST_ROWS};
use std::io::Cursor;

/// Largest file, bytes.
const LARGEST: usize = 10 * 1024 * 1024;
/// Most bytes an archive may unpack to.
const UNPACKED: u64 = 96 * 1024 * 1024;
/// Longest cell, characters.
const LONGEST_CELL: usize = 4_000;

/// Reads a file by what is in it, not by its name.
///
/// # Errors
/// What is wrong with the file: size, kind, encoding, no rows.
pub fn read_table(content: &[u8]) -> Result<Grid, Refusal> {
    if content.is_empty() {
        return Err(refuse("file-empty"));
    }
    if content.len() > LARGEST {
        return Err(refuse("file-too-large").with("max", LARGEST / (1024 * 1024)));
    }
    let lines = if content.starts_with(b"PK\x03\x04") { workbook(content)? } else { text(content)? };
    table(lines)
}

/// Headings, then rows; empty lines are passed over.
fn table(lines: Vec<(u32, Vec<String>)>) -> Result<Grid, Refusal> {
    let mut lines = lines.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    let (_, heads) = lines.next().ok_or_else(|| refuse("table-no-rows"))?;
    if heads.len() > MOST_COLUMNS {
        return Err(refuse("table-columns").with("most", MOST_COLUMNS));
    }
    let mut rows = Vec::new();
    for (line, mut cells) in lines {
        if rows.len() >= MOST_ROWS {
            return Err(refuse("table-rows").with("most", MOST_ROWS));
        }
        cells.resize(heads.len(), String::new());
        for cell in &mut cells {
            let plain: String = unmarked(cell.trim()).chars().take(LONGEST_CELL).collect();
            *cell = plain;
        }
        rows.push((line, cells));
    }
    if rows.is_empty() {
        return Err(refuse("table-no-rows"));
    }
    Ok(Grid { heads: heads.into_iter().map(|head| head.trim().to_owned()).collect(), rows })
}

fn text(content: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Refusal> {
    let mut lines = Vec::new();
    tabular::text(content, &mut |line, cells| {
        lines.push((line, cells));
        if lines.len() > MOST_ROWS + 1 { Err(refuse("table-rows").with("most", MOST_ROWS)) } else { Ok(()) }
    })?;
    Ok(lines)
}

fn workbook(content: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Refusal> {
    check_unpacked(content, UNPACKED)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(content)).map_err(|_| refuse("table-kind"))?;
    let names = book.sheet_names();
    for name in names {
        let Ok(range) = book.worksheet_range(&name) else { continue };
        if range.is_empty() {
            continue;
        }
        if range.width() > MOST_COLUMNS || range.height() > MOST_ROWS + 64 {
            return Err(refuse("table-rows").with("most", MOST_ROWS));
        }
        let first = range.start().map_or(0, |(line, _)| line);
        let lines = range.rows().enumerate().map(|(at, row)| {
            let line = first + u32::try_from(at).unwrap_or(0) + 1;
            (line, row.iter().map(cell).collect())
        });
        return Ok(lines.collect());
    }
    Err(refuse("table-no-rows"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_every_encoding_it_comes_in() {
        let text = "编号,任务\nA01,\"张伟, 上海\"\n\nA02,二\n";
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let marked = format!("\u{feff}{text}");
        for bytes in [text.as_bytes(), &gb, &utf16, marked.as_bytes()] {
            let grid = read_table(bytes).expect("read");
            assert_eq!(grid.heads, ["编号", "任务"]);
            assert_eq!(grid.rows[0], (2, vec!["A01".to_owned(), "张伟, 上海".to_owned()]));
            assert_eq!(grid.rows[1].0, 4);
        }
        for separated in ["a;b;c\n1;2,5;3\n", "a\tb\tc\n1\t2,5\t3\n"] {
            assert_eq!(read_table(separated.as_bytes()).expect("read").rows[0].1[1], "2,5");
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        let code = |bytes: &[u8]| read_table(bytes).expect_err("refused").code;
        assert_eq!(code(b""), "file-empty");
        assert_eq!(code(b"code,name\n"), "table-no-rows");
        assert_eq!(code(b"PK\x03\x04 not a zip"), "table-kind");
        assert_eq!(code(b"a,b\n1,\x00\x00\n"), "table-kind");
        assert_eq!(code(&vec![b'a'; LARGEST + 1]), "file-too-large");
        let wide = (0..200).map(|at| at.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(code(format!("{wide}\n1\n").as_bytes()), "table-columns");
    }
}
