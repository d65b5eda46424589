//! Sizes and choices as people type them: more ways to read a field, for drafts whose fields may be left empty.

use crate::refusal::{Parse, Refusal};

impl Parse {
    /// One of a closed set of choices; empty is told apart from wrong.
    pub fn pick<T>(&mut self, field: &str, raw: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if raw.trim().is_empty() {
            self.refuse(Refusal::invalid("required").at(field));
            return None;
        }
        self.choice(field, raw, parse)
    }

    /// A whole number within a range; empty is `None`.
    pub fn whole(&mut self, field: &str, raw: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        if raw.trim().is_empty() { None } else { self.number(field, raw, range) }
    }

    /// A number with at most two decimals, kept in hundredths (m² become dm², m become cm); empty is `None`.
    pub fn hundredths(&mut self, field: &str, raw: &str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        let raw = raw.trim();
        if raw.is_empty() {
            return None;
        }
        let value = parse_hundredths(raw);
        match value {
            None => self.refuse(Refusal::invalid("not-a-number").at(field)),
            Some(n) if !range.contains(&n) => self.refuse(
                Refusal::invalid("out-of-range")
                    .at(field)
                    .with("min", show_hundredths(*range.start()))
                    .with("max", show_hundredths(*range.end())),
            ),
            Some(_) => {}
        }
        value.filter(|n| range.contains(n))
    }

    /// Says that a field which was read as optional is needed after all.
    pub fn need<T>(&mut self, field: &str, value: Option<T>, raw: &str) -> Option<T> {
        if value.is_none() && raw.trim().is_empty() {
            self.refuse(Refusal::invalid("required").at(field));
        }
        value
    }

    /// Ends the reading of parts that may be missing: a missing part has been refused already.
    ///
    /// # Errors
    /// Everything that was refused.
    pub fn complete<T>(mut self, value: Option<T>) -> Result<T, Vec<Refusal>> {
        match value {
            Some(value) => self.finish(|| value),
            None => {
                if !self.refused() {
                    self.refuse(Refusal::invalid("required"));
                }
                match self.finish(|| ()) {
                    Err(refusals) => Err(refusals),
                    Ok(()) => Err(vec![Refusal::invalid("required")]),
                }
            }
        }
    }
}

/// `36`, `36.5`, `36.25` as hundredths. A comma is not accepted: it means thousands to half of us.
#[must_use]
pub fn parse_hundredths(raw: &str) -> Option<i64> {
    let (whole, part) = raw.split_once('.').unwrap_or((raw, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    Some(whole * 100 + part)
}

/// Hundredths as people write them: `36`, `36.5`, `36.25`.
#[must_use]
pub fn show_hundredths(value: i64) -> String {
    match (value / 100, value % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_read_and_show_are_inverse() {
        for text in ["0", "9", "36", "36.5", "36.25", "1000.01"] {
            assert_eq!(show_hundredths(parse_hundredths(text).expect("a number")), text);
        }
        for text in ["", ".", "1,5", "-3", "1.234", "x", "1e3"] {
            assert_eq!(parse_hundredths(text), None, "{text}");
        }
    }
}
