//! The two languages of the product and names that exist in both.

use serde::{Deserialize, Serialize};

/// A language people read Fairlead in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    ZhCn,
}

impl Locale {
    /// Both, in the order they are offered.
    pub const ALL: &'static [Self] = &[Self::En, Self::ZhCn];

    /// The language tag (BCP 47), also the database spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// Reads a language tag; any Chinese tag is Simplified Chinese, any English tag English.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "zh" => Some(Self::ZhCn),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we speak.
    /// Quality values are ignored: browsers list languages in order of preference.
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        accept_language.split(',').find_map(|tag| Self::parse(tag.trim()))
    }
}

/// A name in both languages. One may be missing; [`Bilingual::get`] then shows the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bilingual {
    /// English text, may be empty.
    pub en: String,
    /// Simplified Chinese text, may be empty.
    pub zh: String,
}

impl Bilingual {
    /// Both texts as they are.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// The text for a reader of `locale`, or the other one where it is missing.
    pub fn get(&self, locale: Locale) -> &str {
        let (first, second) = match locale {
            Locale::En => (&self.en, &self.zh),
            Locale::ZhCn => (&self.zh, &self.en),
        };
        if first.is_empty() { second } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negotiation_takes_the_first_language_we_speak() {
        assert_eq!(Locale::negotiate("fr-FR, zh-TW;q=0.9, en;q=0.8"), Some(Locale::ZhCn));
        assert_eq!(Locale::negotiate("de"), None);
        assert_eq!(Locale::negotiate(""), None);
    }

    #[test]
    fn missing_text_falls_back() {
        assert_eq!(Bilingual::new("Hall", "").get(Locale::ZhCn), "Hall");
    }
}
