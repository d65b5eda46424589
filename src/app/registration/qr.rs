//! The QR picture of a badge code.

use domain::registration::view::Qr;
use fast_qr::{ECL, QRBuilder};

/// The picture of a text at level M. Empty only for texts no QR can hold; badge codes never are.
#[must_use]
pub fn qr(text: &str) -> Qr {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else {
        return Qr { size: 0, dark: Vec::new() };
    };
    let size = code.size;
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).map(|(x, y)| code[y][x].value()).collect();
    Qr { size, dark }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_signed_code_is_a_picture_of_41_modules() {
        let qr = super::qr(&format!("X1{}", "ABCDE".repeat(27)));
        assert_eq!((qr.size, qr.dark.len()), (41, 41 * 41));
        let drawn: usize = qr.runs().map(|(.., length)| length).sum();
        assert_eq!(drawn, qr.dark.iter().filter(|dark| **dark).count());
    }
}
