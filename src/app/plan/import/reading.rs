//! A file that comes in, read as a table: CSV in UTF-8, UTF-16 or GB18030, with any usual separator, or the first
//! filled sheet of a workbook. Sizes are capped before anything is unpacked for good.

use crate::spreadsheet::unmarked;
use calamine::{Data, Reader as _, Xlsx};
use domain::Refusal;
use domain::plan::table::{Grid, MOST_COLUMNS, MOST_ROWS};
use std::io::{Cursor, Read};

/// Largest file, bytes.
const LARGEST: usize = 10 * 1024 * 1024;
/// Most bytes an archive may unpack to.
const UNPACKED: u64 = 96 * 1024 * 1024;
/// Longest cell, characters.
const LONGEST_CELL: usize = 4_000;

fn refuse(code: &str) -> Refusal {
    Refusal::invalid(code).at("file")
}

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

/// The letters of a text file: by its mark, else UTF-8, else the national encoding that contains GBK and GB2312.
pub(crate) fn decode(content: &[u8]) -> Result<String, Refusal> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(content) {
        let (text, bad) = encoding.decode_without_bom_handling(&content[mark..]);
        return if bad { Err(refuse("table-encoding")) } else { Ok(text.into_owned()) };
    }
    if let Ok(text) = std::str::from_utf8(content) {
        return Ok(text.to_owned());
    }
    let (text, bad) = encoding_rs::GB18030.decode_without_bom_handling(content);
    if bad { Err(refuse("table-encoding")) } else { Ok(text.into_owned()) }
}

/// The separator that parts the first line into most cells outside quotes.
pub(crate) fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in text.bytes() {
        quoted ^= byte == b'"';
        if !quoted && let Some(count) = counts.iter_mut().find(|(one, _)| *one == byte) {
            count.1 += 1;
        }
        if byte == b'\n' && !quoted {
            break;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(b',', |(byte, _)| byte)
}

fn text(content: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Refusal> {
    let text = decode(content)?;
    if text.contains('\0') {
        return Err(refuse("table-kind"));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| refuse("table-kind"))?;
        let line = record.position().map_or(0, |at| line_of(at, &text));
        lines.push((line, record.iter().map(str::to_owned).collect()));
        if lines.len() > MOST_ROWS + 1 {
            return Err(refuse("table-rows").with("most", MOST_ROWS));
        }
    }
    Ok(lines)
}

/// The line a record begins on; the reader counts the empty lines before it as part of it.
pub(crate) fn line_of(at: &csv::Position, text: &str) -> u32 {
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let before = text.as_bytes().get(from..).unwrap_or_default();
    let empty = before.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(at.line() + empty as u64).unwrap_or(u32::MAX)
}

/// Counts what an archive really unpacks to, whatever it says itself, and stops at the cap.
pub(crate) fn check_unpacked(content: &[u8], most: u64) -> Result<(), Refusal> {
    let mut archive = zip::ZipArchive::new(Cursor::new(content)).map_err(|_| refuse("table-kind"))?;
    if archive.len() > 2_000 {
        return Err(refuse("table-unpacked"));
    }
    let mut left = most;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|_| refuse("table-kind"))?;
        let took = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).map_err(|_| refuse("table-kind"))?;
        left = left.checked_sub(took).ok_or_else(|| refuse("table-unpacked").with("max", most / (1024 * 1024)))?;
    }
    Ok(())
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

/// A cell as the text a person would type: days without a time, whole numbers without a point.
pub(crate) fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(at) => match at.as_datetime() {
            Some(at) => at.date().to_string(),
            None => at.as_f64().to_string(),
        },
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
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
