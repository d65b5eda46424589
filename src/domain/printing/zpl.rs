//! A label in ZPL II: the whole badge as one graphic field (`^GFA`), compressed as Zebra's "ZPL II Programming Guide"
//! describes for `~DG`/`^GF`: runs of a hexadecimal digit as `G`–`Y` (1–19) and `g`–`z` (20–400), `,` for zeros and
//! `!` for ones to the end of a row, `:` for a row like the one before.

use super::raster::Bitmap;
use std::fmt::Write as _;

/// Dots in an inch that label printers have.
pub const RESOLUTIONS: &[u16] = &[203, 300, 600];

/// The label: what is sent to the printer as it is. Nothing is printed before its last characters have arrived.
#[must_use]
pub fn label(picture: &Bitmap) -> String {
    let total = picture.stride() * picture.height;
    let mut out = String::with_capacity(total / 8 + 200);
    let _ = write!(
        out,
        "^XA^CI28^MNM^PON^LH0,0^LT0^PW{}^LL{}^FO0,0^GFA,{total},{total},{},",
        picture.width,
        picture.height,
        picture.stride()
    );
    compress(picture, &mut out);
    out.push_str("^FS^PQ1,0,0,N^XZ\n");
    out
}

fn compress(picture: &Bitmap, out: &mut String) {
    let mut before: Option<&[u8]> = None;
    for row in picture.bytes.chunks(picture.stride().max(1)) {
        if before == Some(row) {
            out.push(':');
        } else {
            line(row, out);
        }
        before = Some(row);
    }
}

fn line(row: &[u8], out: &mut String) {
    let digits: Vec<u8> = row.iter().flat_map(|byte| [byte >> 4, byte & 15]).collect();
    let mut at = 0;
    while at < digits.len() {
        let digit = digits[at];
        let run = digits[at..].iter().take_while(|other| **other == digit).count();
        if at + run == digits.len() && (digit == 0 || digit == 15) {
            out.push(if digit == 0 { ',' } else { '!' });
            return;
        }
        repeat(run, out);
        out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
        at += run;
    }
}

/// How often the next digit stands there; nothing for once.
fn repeat(mut run: usize, out: &mut String) {
    if run == 1 {
        return;
    }
    while run >= 400 {
        out.push('z');
        run -= 400;
    }
    if run >= 20 {
        out.push(char::from(b'g' + (run / 20) as u8 - 1));
        run %= 20;
    }
    if run >= 1 {
        out.push(char::from(b'G' + run as u8 - 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads a label back, as a printer would.
    fn read(label: &str) -> Bitmap {
        let number = |mark: &str| -> usize {
            let rest = &label[label.find(mark).expect(mark) + mark.len()..];
            rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
        };
        let (width, height) = (number("^PW"), number("^LL"));
        let field = &label[label.find("^GFA,").unwrap() + 5..label.find("^FS").unwrap()];
        let mut parts = field.splitn(4, ',');
        let total: usize = parts.next().unwrap().parse().unwrap();
        parts.next();
        let stride: usize = parts.next().unwrap().parse().unwrap();
        let mut digits: Vec<u8> = Vec::new();
        let mut run = 0;
        for c in parts.next().unwrap().chars() {
            let row_end = (digits.len() / (stride * 2) + 1) * stride * 2;
            match c {
                'G'..='Y' => run += c as usize - 'G' as usize + 1,
                'g'..='z' => run += (c as usize - 'g' as usize + 1) * 20,
                ',' => digits.resize(row_end, 0),
                '!' => digits.resize(row_end, 15),
                ':' => {
                    let from = digits.len() - stride * 2;
                    digits.extend_from_within(from..);
                }
                _ => {
                    let digit = c.to_digit(16).unwrap() as u8;
                    digits.extend(std::iter::repeat_n(digit, run.max(1)));
                    run = 0;
                }
            }
        }
        assert_eq!(digits.len(), total * 2);
        let bytes = digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect();
        Bitmap { width, height, bytes }
    }

    #[test]
    fn an_empty_label_is_short() {
        let label = label(&Bitmap::white(800, 480));
        assert!(label.starts_with("^XA") && label.ends_with("^XZ\n"));
        assert!(label.len() < 700, "{} bytes", label.len());
    }

    proptest! {
        #[test]
        fn a_printer_reads_the_same_picture(
            width in 1_usize..900,
            rows in prop::collection::vec(prop::collection::vec((0_u8..4, 1_usize..600), 1..8), 1..12),
        ) {
            let mut picture = Bitmap::white(width, rows.len());
            let stride = picture.stride();
            for (y, runs) in rows.iter().enumerate() {
                let digits = runs.iter().flat_map(|(kind, length)| {
                    let byte = [0x00, 0xff, 0xa5, 0x0f][usize::from(*kind)];
                    std::iter::repeat_n(byte, *length)
                });
                let row: Vec<u8> = digits.chain(std::iter::repeat(0)).take(stride).collect();
                picture.bytes[y * stride..(y + 1) * stride].copy_from_slice(&row);
            }
            prop_assert_eq!(read(&label(&picture)), picture);
        }
    }
}
