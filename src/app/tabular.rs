//! Tables that come in as files, for every reader of them: CSV in UTF-8, UTF-16 or GB18030 with any usual separator,
//! and what workbooks need. How large a table may be, and what becomes of its lines, is the reader's.

use calamine::Data;
use domain::Refusal;
use std::io::{Cursor, Read};

/// What is wrong with a file.
pub(crate) fn refuse(code: &str) -> Refusal {
    Refusal::invalid(code).at("file")
}

/// The letters of a text file: by its mark, else UTF-8, else the national encoding that contains GBK and GB2312.
fn decode(content: &[u8]) -> Result<String, Refusal> {
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
fn separator(text: &str) -> u8 {
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

/// Hands on the lines of a text file one by one, each with its number in the file.
///
/// # Errors
/// `table-encoding`, `table-kind`; what `take` says.
pub(crate) fn text(
    content: &[u8],
    take: &mut impl FnMut(u32, Vec<String>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let text = decode(content)?;
    if text.contains('\0') {
        return Err(refuse("table-kind"));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| refuse("table-kind"))? {
        let line = record.position().map_or(0, |at| line_of(at, &text));
        take(line, record.iter().map(str::to_owned).collect())?;
    }
    Ok(())
}

/// The line a record begins on; the reader counts the empty lines before it as part of it.
fn line_of(at: &csv::Position, text: &str) -> u32 {
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
