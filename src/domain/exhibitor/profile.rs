//! The company profile as the exhibitor edits it.

use serde::{Deserialize, Serialize};

use crate::locale::Bilingual;
use crate::refusal::{Parse, Refusal};
use crate::sales::{read_phone, read_website};

/// A profile as typed.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileDraft {
    /// English name.
    pub name_en: String,
    /// Chinese name.
    pub name_zh: String,
    /// Two-letter country code.
    pub country: String,
    /// Web site.
    pub website: String,
    /// Company phone.
    pub phone: String,
    /// The version the form was drawn from.
    pub version: String,
}

/// A profile, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFields {
    /// Name.
    pub name: Bilingual,
    /// Two-letter country code.
    pub country: String,
    /// Web site or empty.
    pub website: String,
    /// Company phone or empty.
    pub phone: String,
    /// The version the form was drawn from.
    pub version: Option<i32>,
}

impl ProfileDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be used, with the reason.
    pub fn parse(&self) -> Result<ProfileFields, Vec<Refusal>> {
        let mut read = Parse::new();
        let en = read.optional("name_en", &self.name_en, 200);
        let zh = read.optional("name_zh", &self.name_zh, 200);
        if en.is_empty() && zh.is_empty() {
            read.refuse(Refusal::invalid("company-needs-a-name").at("name_en"));
        }
        let country = read.pick("country", &self.country.to_uppercase(), crate::sales::country_code);
        let website = read_website(&mut read, &self.website);
        let phone = read_phone(&mut read, "phone", &self.phone);
        let version = read.whole("version", &self.version, 0..=i64::from(i32::MAX));
        read.complete(country.map(|country| ProfileFields {
            name: Bilingual { en, zh },
            country,
            website,
            phone,
            version: version.and_then(|n| i32::try_from(n).ok()),
        }))
    }
}
