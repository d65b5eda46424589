//! What was typed at the public form, at the desk or sent by a program, and the sound details it becomes.

use super::{Answers, Category, Purpose, WORDING, locale_of};
use crate::{
    Locale, Refusal,
    party::{country, edit, name},
    refusal::Parse,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a draft was typed; decides what must be filled in and which categories may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// By the visitor himself.
    Public,
    /// By staff with the visitor standing there: a name is enough.
    Desk,
    /// By a program or a file.
    Api,
}

/// A registration as it was typed. Check boxes are filled when ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub submission: String,
    pub category: String,
    pub family_name: String,
    pub given_name: String,
    /// The name in the other script, for the badge.
    pub other_name: String,
    pub email: String,
    pub phone: String,
    pub company: String,
    pub job_title: String,
    pub country: String,
    pub locale: String,
    pub answers: Answers,
    pub data_processing: String,
    pub organizer_news: String,
    pub exhibitor_contact: String,
    /// The version of the consent sentences that were shown.
    pub wording: String,
    /// Code of an e-voucher, as typed; may be empty.
    pub voucher: String,
    /// The version the editor saw; only for changes.
    pub version: String,
}

/// Who is registered: sound values, private to change only through a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub family_name: String,
    pub given_name: String,
    /// The name as it is printed and read out.
    pub display_name: String,
    /// The same name in the other script, empty if not given.
    pub other_name: String,
    pub company: String,
    pub job_title: String,
    pub email: String,
    pub phone: String,
    pub country: String,
    pub locale: Locale,
    pub answers: Answers,
}

/// A sound wish to register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub submission: Uuid,
    pub category: Category,
    pub details: Details,
    /// Purposes agreed to.
    pub consents: Vec<Purpose>,
    pub wording: String,
    /// Code of an e-voucher in its plain form; empty without one.
    pub voucher: String,
}

/// A sound change of a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    pub details: Details,
    /// Only staff change it.
    pub category: Option<Category>,
    pub version: i32,
}

impl Draft {
    /// Reads a new registration.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self, entry: Entry) -> Result<Wish, Vec<Refusal>> {
        let mut p = Parse::new();
        let submission = self.submission.parse::<Uuid>().ok();
        if submission.is_none() {
            p.refuse(Refusal::invalid("required").at("submission"));
        }
        let category = self.category(&mut p, entry);
        let details = self.details(&mut p, entry);
        let consents = self.consents();
        // At the desk the visitor is told and has come to enter; a program answers for its own form.
        if entry == Entry::Public && !consents.contains(&Purpose::DataProcessing) {
            p.refuse(Refusal::invalid("consent-required").at("data_processing"));
        }
        let wording = p.optional("wording", &self.wording, 40);
        let voucher = super::voucher::plain(&p.optional("voucher", &self.voucher, 60));
        p.finish(|| Wish {
            submission: submission.expect("refused above"),
            category: category.expect("refused above"),
            details,
            consents,
            wording: if wording.is_empty() { WORDING.to_owned() } else { wording },
            voucher,
        })
    }

    /// Reads a change; the category is looked at only when staff send one.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse_amendment(&self, entry: Entry) -> Result<Amendment, Vec<Refusal>> {
        let mut p = Parse::new();
        let chosen = entry != Entry::Public && !self.category.trim().is_empty();
        let category = if chosen { self.category(&mut p, entry) } else { None };
        let details = self.details(&mut p, entry);
        let version = p.number("version", &self.version, 0..=i64::from(i32::MAX)).unwrap_or_default();
        p.finish(|| Amendment {
            details,
            category,
            version: i32::try_from(version).expect("within the range asked for"),
        })
    }

    fn category(&self, p: &mut Parse, entry: Entry) -> Option<Category> {
        let allowed = if entry == Entry::Public { Category::PUBLIC } else { Category::ALL };
        let text = if self.category.trim().is_empty() { Category::TradeVisitor.code() } else { &self.category };
        p.choice("category", text, |t| Category::parse(t).filter(|c| allowed.contains(c)))
    }

    fn details(&self, p: &mut Parse, entry: Entry) -> Details {
        let family_name = p.optional("family_name", &self.family_name, 80);
        let given_name = p.optional("given_name", &self.given_name, 80);
        // Many people have one name only: either part will do, and the form asks for the family name first.
        if family_name.is_empty() && given_name.is_empty() {
            p.refuse(Refusal::invalid("required").at("family_name"));
        }
        let other_name = p.optional("other_name", &self.other_name, 160);
        let company = text(p, entry == Entry::Public, "company", &self.company, 160);
        let job_title = p.optional("job_title", &self.job_title, 120);
        let email = if entry != Entry::Public && self.email.trim().is_empty() {
            String::new()
        } else {
            p.email("email", &self.email)
        };
        let phone = edit::phone(p, "phone", &self.phone);
        let country = if entry == Entry::Public || !self.country.trim().is_empty() {
            p.choice("country", &self.country, |t| country::parse(t).map(str::to_owned)).unwrap_or_default()
        } else {
            String::new()
        };
        let locale = if self.locale.trim().is_empty() {
            Some(locale_of(&country))
        } else {
            p.choice("locale", &self.locale, Locale::parse)
        };
        Details {
            display_name: name::person(&family_name, &given_name),
            family_name,
            given_name,
            other_name,
            company,
            job_title,
            email,
            phone,
            country,
            locale: locale.unwrap_or_default(),
            answers: answers(p, &self.answers),
        }
    }

    fn consents(&self) -> Vec<Purpose> {
        let ticked = |text: &str| !matches!(text.trim(), "" | "false" | "0" | "off");
        let all = [
            (Purpose::DataProcessing, &self.data_processing),
            (Purpose::OrganizerNews, &self.organizer_news),
            (Purpose::ExhibitorContact, &self.exhibitor_contact),
        ];
        all.into_iter().filter(|(_, text)| ticked(text)).map(|(purpose, _)| purpose).collect()
    }

    /// The change form filled with what is stored.
    #[must_use]
    pub fn of(registration: &super::Registration) -> Self {
        let d = &registration.details;
        Self {
            category: registration.category.code().to_owned(),
            family_name: d.family_name.clone(),
            given_name: d.given_name.clone(),
            other_name: d.other_name.clone(),
            email: d.email.clone(),
            phone: d.phone.clone(),
            company: d.company.clone(),
            job_title: d.job_title.clone(),
            country: d.country.clone(),
            locale: d.locale.code().to_owned(),
            answers: d.answers.clone(),
            version: registration.version.to_string(),
            ..Self::default()
        }
    }
}

impl Details {
    /// The name in Latin letters and in Chinese; one may be empty.
    #[must_use]
    pub fn names(&self) -> (String, String) {
        name::by_script(&self.display_name, &self.other_name)
    }

    /// The texts the registration is found by.
    #[must_use]
    pub fn search_texts(&self) -> [&str; 6] {
        [&self.display_name, &self.other_name, &self.company, &self.job_title, &self.email, &self.phone]
    }
}

fn text(p: &mut Parse, needed: bool, field: &str, text: &str, max: usize) -> String {
    if needed { p.required(field, text, max) } else { p.optional(field, text, max) }
}

fn answers(p: &mut Parse, answers: &Answers) -> Answers {
    if answers.len() > 60 {
        p.refuse(Refusal::invalid("out-of-range").at("answers").with("min", 0).with("max", 60));
    }
    let mut out = Answers::new();
    for (question, answer) in answers.iter().take(60) {
        let known = !question.is_empty() && question.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !known || question.len() > 60 {
            p.refuse(Refusal::invalid("unknown-choice").at("answers").with("value", question));
        }
        out.insert(question.clone(), p.optional("answers", answer, 1000));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn good() -> Draft {
        Draft {
            submission: Uuid::from_u128(1).to_string(),
            family_name: "张".into(),
            given_name: "伟".into(),
            other_name: "Zhang Wei".into(),
            email: "zhang@example.cn".into(),
            phone: "+86 138 1234 5678".into(),
            company: "上海机床有限公司".into(),
            country: "cn".into(),
            data_processing: "on".into(),
            organizer_news: "on".into(),
            ..Draft::default()
        }
    }

    fn fields(draft: &Draft, entry: Entry) -> Vec<String> {
        let refusals = draft.parse(entry).err().unwrap_or_default();
        refusals.into_iter().filter_map(|r| r.field).collect()
    }

    #[test]
    fn a_visitor_in_two_scripts() {
        let wish = good().parse(Entry::Public).unwrap();
        assert_eq!(wish.details.display_name, "张伟");
        assert_eq!(wish.details.names(), ("Zhang Wei".into(), "张伟".into()));
        assert_eq!((wish.details.country.as_str(), wish.details.locale), ("CN", Locale::ZhCn));
        assert_eq!(wish.consents, [Purpose::DataProcessing, Purpose::OrganizerNews]);
        assert_eq!(wish.wording, WORDING);
    }

    #[test]
    fn every_bad_field_is_named_at_once() {
        let empty = Draft { submission: Uuid::nil().to_string(), ..Draft::default() };
        assert_eq!(fields(&empty, Entry::Public), ["family_name", "company", "email", "country", "data_processing"]);
        assert_eq!(fields(&empty, Entry::Desk), ["family_name"]);
        let odd = Draft { phone: "12".into(), locale: "fr".into(), category: "vip".into(), ..good() };
        assert_eq!(fields(&odd, Entry::Public), ["category", "phone", "locale"]);
        assert_eq!(fields(&Draft { submission: "x".into(), ..good() }, Entry::Public), ["submission"]);
    }

    #[test]
    fn the_desk_may_give_any_category_and_needs_only_a_name() {
        let draft = Draft { category: "vip".into(), email: String::new(), country: String::new(), ..good() };
        assert_eq!(draft.parse(Entry::Desk).unwrap().category, Category::Vip);
    }

    proptest! {
        #[test]
        fn no_text_panics(a in any::<String>(), b in any::<String>(), c in any::<String>()) {
            let draft = Draft {
                family_name: a.clone(), given_name: b.clone(), email: c.clone(), phone: a.clone(), country: b.clone(),
                locale: c.clone(), category: a.clone(), company: b, answers: Answers::from([(c, a)]), ..good()
            };
            let _ = draft.parse(Entry::Public);
            let _ = draft.parse_amendment(Entry::Desk);
        }
    }
}
