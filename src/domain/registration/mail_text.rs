//! Texts of mails that organizers write themselves: plain text with places for values, checked before it is stored.

use crate::{Bilingual, Locale, Refusal, refusal::Parse};
use serde::{Deserialize, Serialize};

codes! {
    /// Why visitors are written to.
    Occasion {
        /// Registered or approved; the badge is attached.
        Registered "registered",
        /// Somebody must approve first.
        Waiting "waiting",
        /// On the waiting list.
        Waitlisted "waitlisted",
        /// A place became free.
        Promoted "promoted",
        /// The organizer said no.
        Rejected "rejected",
        /// Asked for the badge again.
        Again "again",
        /// The badge was issued anew.
        Replaced "replaced",
        /// Withdrawn.
        Cancelled "cancelled",
        /// The show is near.
        Reminder "reminder",
    }
}

impl Occasion {
    /// Whether the person has a badge then.
    #[must_use]
    pub const fn has_badge(self) -> bool {
        matches!(self, Self::Registered | Self::Promoted | Self::Again | Self::Replaced | Self::Reminder)
    }

    /// Whether the way to the registrant's own page is offered.
    #[must_use]
    pub const fn has_link(self) -> bool {
        !matches!(self, Self::Rejected | Self::Cancelled)
    }
}

/// The values a text may have places for, as `{{name}}`.
pub const PLACES: &[&str] = &["name", "number", "edition", "days", "place", "category", "company"];

/// A text an organizer wrote. Where it is empty the product's own words are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    pub occasion: Occasion,
    pub subject: Bilingual,
    /// Paragraphs, separated by empty lines.
    pub body: Bilingual,
    pub version: i32,
}

/// What a text says in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    pub subject: &'a str,
    pub body: &'a str,
}

impl MailText {
    /// Nothing written yet.
    #[must_use]
    pub fn empty(occasion: Occasion) -> Self {
        Self { occasion, subject: Bilingual::default(), body: Bilingual::default(), version: 0 }
    }

    /// What is said in a language; nothing when it was not written in it: half a letter in another language is worse
    /// than the product's own words.
    #[must_use]
    pub fn said(&self, locale: Locale) -> Option<Said<'_>> {
        let (subject, body) = match locale {
            Locale::En => (&self.subject.en, &self.body.en),
            Locale::ZhCn => (&self.subject.zh, &self.body.zh),
        };
        (!subject.is_empty() && !body.is_empty()).then_some(Said { subject, body })
    }
}

/// Fills the places of a text. What is in a value is never read as a place again.
#[must_use]
pub fn fill(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        match after.split_once("}}") {
            Some((place, behind)) if PLACES.contains(&place.trim()) => {
                out.push_str(&value(place.trim()));
                rest = behind;
            }
            _ => {
                out.push_str("{{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The first thing between `{{` and `}}` that is no place.
fn unknown_place(text: &str) -> Option<&str> {
    text.split("{{").skip(1).find_map(|part| {
        let place = part.split("}}").next().unwrap_or(part);
        let known = part.contains("}}") && PLACES.contains(&place.trim());
        (!known).then(|| place.trim())
    })
}

/// A text as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailTextDraft {
    pub subject_en: String,
    pub subject_zh: String,
    pub body_en: String,
    pub body_zh: String,
    pub version: String,
}

impl MailTextDraft {
    /// The form of a text that is stored.
    #[must_use]
    pub fn of(text: &MailText) -> Self {
        Self {
            subject_en: text.subject.en.clone(),
            subject_zh: text.subject.zh.clone(),
            body_en: text.body.en.clone(),
            body_zh: text.body.zh.clone(),
            version: text.version.to_string(),
        }
    }

    /// Reads a text. A language is written whole or not at all.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self, occasion: Occasion) -> Result<MailText, Vec<Refusal>> {
        let mut p = Parse::new();
        let mut text = |name: &str, text: &str, max: usize| {
            let text = p.optional(name, &text.replace("\r\n", "\n"), max);
            if let Some(place) = unknown_place(&text) {
                let short: String = place.chars().take(40).collect();
                p.refuse(Refusal::invalid("mail-place").at(name).with("place", short));
            }
            text
        };
        let subject = Bilingual::new(
            text("subject_en", &self.subject_en, 150).replace('\n', " "),
            text("subject_zh", &self.subject_zh, 150).replace('\n', " "),
        );
        let body = Bilingual::new(text("body_en", &self.body_en, 6000), text("body_zh", &self.body_zh, 6000));
        for (name_s, s, name_b, b) in
            [("subject_en", &subject.en, "body_en", &body.en), ("subject_zh", &subject.zh, "body_zh", &body.zh)]
        {
            if s.is_empty() != b.is_empty() {
                p.refuse(Refusal::invalid("required").at(if s.is_empty() { name_s } else { name_b }));
            }
        }
        let version = p.number("version", &self.version, 0..=i64::from(i32::MAX)).unwrap_or_default();
        p.finish(|| MailText {
            occasion,
            subject,
            body,
            version: i32::try_from(version).expect("within the range asked for"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_are_filled_once_and_unknown_ones_refused() {
        let value = |place: &str| if place == "name" { "{{number}}".to_owned() } else { "7".to_owned() };
        assert_eq!(fill("Dear {{ name }}, no. {{number}}", value), "Dear {{number}}, no. 7");
        assert_eq!(fill("{{ {{name}", value), "{{ {{name}");
        let draft = MailTextDraft {
            subject_en: "Hello {{nmae}}".into(),
            body_en: "{{name}".into(),
            body_zh: "您好".into(),
            version: "0".into(),
            ..MailTextDraft::default()
        };
        let refused = draft.parse(Occasion::Reminder).unwrap_err();
        let fields: Vec<_> = refused.iter().filter_map(|r| r.field.as_deref()).collect();
        assert_eq!(fields, ["subject_en", "body_en", "subject_zh"]);
    }

    #[test]
    fn a_language_that_is_not_written_uses_the_products_words() {
        let draft = MailTextDraft {
            subject_zh: "提醒".into(),
            body_zh: "您好".into(),
            version: "3".into(),
            ..MailTextDraft::default()
        };
        let text = draft.parse(Occasion::Reminder).unwrap();
        assert!(text.said(Locale::En).is_none());
        assert_eq!(text.said(Locale::ZhCn).unwrap().subject, "提醒");
        assert_eq!(MailTextDraft::of(&text), draft);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read_and_filled(text in "[a-z{} \n]{0,60}", value in ".{0,10}") {
            let filled = fill(&text, |_| value.clone());
            let draft = MailTextDraft { subject_en: "s".into(), body_en: text, version: "0".into(), ..MailTextDraft::default() };
            if draft.parse(Occasion::Again).is_ok() && !value.contains("{{") {
                prop_assert!(!filled.contains("{{"));
            }
        }
    }
}
