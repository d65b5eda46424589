//! The sentences people agree to, by purpose and version: a consent is worth what was read when it was given, so every
//! wording ever shown is kept.

use super::{Purpose, WORDING};
use crate::{Bilingual, Refusal, refusal::Parse};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// A set of sentences, one a purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Counted from 1 within the edition.
    pub number: i32,
    pub texts: BTreeMap<Purpose, Bilingual>,
    /// Who published it.
    pub by: String,
    pub published_at: DateTime<Utc>,
}

impl Wording {
    /// What consents remember of it.
    #[must_use]
    pub fn code(&self) -> String {
        code(self.number)
    }
}

/// How a wording is remembered by consents: [`WORDING`] for the product's own sentences, `v3` for the edition's third.
#[must_use]
pub fn code(number: i32) -> String {
    if number == 0 { WORDING.to_owned() } else { format!("v{number}") }
}

/// The wording a form was shown with, if it can have been: a code of this edition. A form that names none, or one
/// that never was, is taken for the current one.
#[must_use]
pub fn shown(claimed: &str, current: i32) -> String {
    let earlier = (0..=current).map(code).find(|known| known == claimed);
    earlier.unwrap_or_else(|| code(current))
}

/// Longest sentence, characters.
const LONGEST: usize = 600;

/// Reads sentences from fields `<purpose>_en` and `<purpose>_zh`; both languages of every purpose must be there.
///
/// # Errors
/// One refusal for each field that cannot be accepted.
pub fn parse(fields: &BTreeMap<String, String>) -> Result<BTreeMap<Purpose, Bilingual>, Vec<Refusal>> {
    let mut p = Parse::new();
    let mut texts = BTreeMap::new();
    for purpose in Purpose::ALL {
        let mut text = |ending: &str| {
            let name = format!("{}_{ending}", purpose.code());
            p.required(&name, fields.get(&name).map(String::as_str).unwrap_or_default(), LONGEST)
        };
        texts.insert(*purpose, Bilingual::new(text("en"), text("zh")));
    }
    p.finish(|| texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_cannot_claim_a_wording_that_never_was() {
        assert_eq!(shown(WORDING, 2), WORDING, "an old page still open is what was read");
        assert_eq!(shown("v1", 2), "v1");
        assert_eq!(shown("v3", 2), "v2");
        assert_eq!(shown("", 0), WORDING);
    }

    #[test]
    fn both_languages_of_every_purpose_are_needed() {
        let mut fields: BTreeMap<String, String> = Purpose::ALL
            .iter()
            .flat_map(|p| ["en", "zh"].map(|l| (format!("{}_{l}", p.code()), "We may.".to_owned())))
            .collect();
        assert_eq!(parse(&fields).unwrap().len(), Purpose::ALL.len());
        fields.insert("organizer_news_zh".into(), " ".into());
        assert_eq!(parse(&fields).unwrap_err()[0].field.as_deref(), Some("organizer_news_zh"));
    }
}
