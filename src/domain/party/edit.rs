//! What may be changed of a party by hand, and the facts that come of it.

use super::{ContactKind, Party, PartyKind, country, name};
use crate::{
    Locale, Refusal,
    journal::{Fact, Subject, SubjectKind},
    refusal::Parse,
};
use serde::{Deserialize, Serialize};

/// The edit form of a party as it was sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub name_en: String,
    pub name_zh: String,
    pub family_name: String,
    pub given_name: String,
    pub country: String,
    pub locale: String,
    pub website: String,
    pub credit_code: String,
    pub email: String,
    pub phone: String,
    pub version: String,
}

/// A sound change of a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    name_en: String,
    name_zh: String,
    family_name: Option<String>,
    given_name: Option<String>,
    country: Option<String>,
    locale: Option<Locale>,
    website: Option<String>,
    credit_code: Option<String>,
    /// Primary e-mail address, empty for none.
    pub email: String,
    /// Primary telephone number, empty for none.
    pub phone: String,
    /// The version the editor saw.
    pub version: i32,
}

impl Draft {
    /// The form filled with what is stored.
    #[must_use]
    pub fn of(party: &Party, email: &str, phone: &str) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            name_en: party.name_en.clone(),
            name_zh: party.name_zh.clone(),
            family_name: text(&party.family_name),
            given_name: text(&party.given_name),
            country: text(&party.country),
            locale: party.locale.map(|l| l.code().to_owned()).unwrap_or_default(),
            website: text(&party.website),
            credit_code: text(&party.credit_code),
            email: email.to_owned(),
            phone: phone.to_owned(),
            version: party.version.to_string(),
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self, kind: PartyKind) -> Result<Change, Vec<Refusal>> {
        let mut p = Parse::new();
        let name_en = p.optional("name_en", &self.name_en, 200);
        let name_zh = p.optional("name_zh", &self.name_zh, 200);
        if name_en.is_empty() && name_zh.is_empty() {
            p.refuse(Refusal::invalid("required").at(if self.locale == "zh-CN" { "name_zh" } else { "name_en" }));
        }
        let family_name = some(p.optional("family_name", &self.family_name, 80));
        let given_name = some(p.optional("given_name", &self.given_name, 80));
        let country = optional_choice(&mut p, "country", &self.country, |t| country::parse(t).map(str::to_owned));
        let locale = optional_choice(&mut p, "locale", &self.locale, Locale::parse);
        let website = website(&mut p, &self.website);
        let credit_code = credit_code(&mut p, kind, &self.credit_code);
        let email = if self.email.trim().is_empty() { String::new() } else { p.email("email", &self.email) };
        let phone = phone(&mut p, "phone", &self.phone);
        let version = p.number("version", &self.version, 0..=i64::from(i32::MAX)).unwrap_or_default();
        p.finish(|| Change {
            name_en,
            name_zh,
            family_name,
            given_name,
            country,
            locale,
            website,
            credit_code,
            email,
            phone,
            version: i32::try_from(version).expect("within the range asked for"),
        })
    }
}

/// Changes a party. The fact names the fields that changed with their values before.
#[must_use]
pub fn change(party: &Party, change: &Change) -> (Party, Vec<Fact>) {
    let old = party;
    let mut new = old.clone();
    new.name_en.clone_from(&change.name_en);
    new.name_zh.clone_from(&change.name_zh);
    new.name = renamed(old, change);
    if old.kind == PartyKind::Person {
        new.family_name.clone_from(&change.family_name);
        new.given_name.clone_from(&change.given_name);
    } else {
        new.website.clone_from(&change.website);
        new.credit_code.clone_from(&change.credit_code);
    }
    new.country.clone_from(&change.country);
    new.locale = change.locale;
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let pairs = [
        ("name_en", old.name_en.clone(), new.name_en.clone()),
        ("name_zh", old.name_zh.clone(), new.name_zh.clone()),
        ("family_name", text(&old.family_name), text(&new.family_name)),
        ("given_name", text(&old.given_name), text(&new.given_name)),
        ("country", text(&old.country), text(&new.country)),
        ("website", text(&old.website), text(&new.website)),
        ("credit_code", text(&old.credit_code), text(&new.credit_code)),
    ];
    let changed: Vec<_> = pairs.into_iter().filter(|(_, before, after)| before != after).collect();
    let mut fact = Fact::new("party.changed", Subject::new(SubjectKind::Party, party.id), None);
    for (field, before, after) in &changed {
        fact = fact.with(field, serde_json::json!([before, after]));
    }
    let facts = if changed.is_empty() { Vec::new() } else { vec![fact] };
    (new, facts)
}

/// The main name stays in the script it was first given in, as long as that script still has a name.
fn renamed(old: &Party, change: &Change) -> String {
    let (first, second) = if name::is_chinese(&old.name) {
        (&change.name_zh, &change.name_en)
    } else {
        (&change.name_en, &change.name_zh)
    };
    if first.is_empty() { second.clone() } else { first.clone() }
}

/// A telephone number as people write them: digits, blanks, `+ - ( ) .`, 5 to 20 digits. May be empty.
pub fn phone(p: &mut Parse, field: &str, text: &str) -> String {
    let text = p.optional(field, text, 40);
    let digits = ContactKind::Phone.fold(&text).len();
    let odd = text.chars().any(|c| !(c.is_numeric() || c.is_whitespace() || "+-().－（）＋/#x".contains(c)));
    if !text.is_empty() && (odd || !(5..=20).contains(&digits)) {
        p.refuse(Refusal::invalid("not-a-phone").at(field));
    }
    text
}

fn website(p: &mut Parse, text: &str) -> Option<String> {
    let text = p.optional("website", text, 200);
    if text.is_empty() {
        return None;
    }
    let full = if text.contains("://") { text } else { format!("https://{text}") };
    let known = full.starts_with("https://") || full.starts_with("http://");
    if !known || !full.contains('.') || full.chars().any(char::is_whitespace) {
        p.refuse(Refusal::invalid("not-a-website").at("website"));
    }
    Some(full)
}

fn credit_code(p: &mut Parse, kind: PartyKind, text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    if code.is_empty() || kind == PartyKind::Person {
        return None;
    }
    if !is_credit_code(&code) {
        p.refuse(Refusal::invalid("not-a-credit-code").at("credit_code"));
    }
    Some(code)
}

/// Whether a text is a unified social credit code (GB 32100-2015): 18 characters, the last one a check character.
#[must_use]
pub fn is_credit_code(code: &str) -> bool {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let values: Option<Vec<usize>> = code.chars().map(|c| ALPHABET.find(c)).collect();
    let Some(values) = values.filter(|v| v.len() == 18) else { return false };
    let sum: usize = values.iter().zip(WEIGHTS).map(|(v, w)| v * w).sum();
    (31 - sum % 31) % 31 == values[17]
}

fn optional_choice<T>(p: &mut Parse, field: &str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    if text.trim().is_empty() { None } else { p.choice(field, text, parse) }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PartyId;
    use uuid::Uuid;

    fn party() -> Party {
        Party {
            id: PartyId::from_uuid(Uuid::nil()),
            kind: PartyKind::Organisation,
            name: "上海机床有限公司".into(),
            name_en: String::new(),
            name_zh: "上海机床有限公司".into(),
            country: Some("CN".into()),
            locale: Some(Locale::ZhCn),
            website: None,
            credit_code: None,
            family_name: None,
            given_name: None,
            version: 3,
        }
    }

    #[test]
    fn credit_codes_carry_a_check_character() {
        for good in ["91350100M000100Y43", "9144030071526726XG", "91330100799655058B"] {
            assert!(is_credit_code(good), "{good}");
        }
        for bad in ["91350100M000100Y44", "91350100M000100Y4", "", "91350100M000100I43"] {
            assert!(!is_credit_code(bad), "{bad}");
        }
    }

    #[test]
    fn a_change_says_what_it_was_before() {
        let draft =
            Draft { name_en: "Shanghai Tools".into(), website: "sh.example.com".into(), ..Draft::of(&party(), "", "") };
        let (new, facts) = change(&party(), &draft.parse(PartyKind::Organisation).unwrap());
        assert_eq!((new.name.as_str(), new.website.as_deref()), ("上海机床有限公司", Some("https://sh.example.com")));
        assert_eq!(facts[0].data["name_en"], serde_json::json!(["", "Shanghai Tools"]));
        let (_, none) = change(&new, &Draft::of(&new, "", "").parse(PartyKind::Organisation).unwrap());
        assert!(none.is_empty());
    }

    #[test]
    fn every_bad_field_is_named() {
        let draft = Draft {
            country: "XX".into(),
            website: "javascript:alert(1)".into(),
            credit_code: "1".into(),
            email: "x".into(),
            phone: "call me".into(),
            version: "0".into(),
            ..Draft::default()
        };
        let refusals = draft.parse(PartyKind::Organisation).unwrap_err();
        let fields: Vec<_> = refusals.iter().filter_map(|r| r.field.as_deref()).collect();
        assert_eq!(fields, ["name_en", "country", "website", "credit_code", "email", "phone"]);
    }
}
