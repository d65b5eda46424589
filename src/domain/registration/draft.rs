//! What was typed at the public form, at the desk or sent by a program, and the sound details it becomes.

use super::{
    Answers, Category, Purpose, WORDING,
    form::{Asking, Form},
    locale_of,
};
use crate::{
    Locale, Refusal,
    party::{country, edit, name},
    refusal::Parse,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
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
    pub partner_contact: String,
    pub recording: String,
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
    /// The form's own questions that were asked: an answer missing among them was taken back.
    pub asked: BTreeSet<String>,
    pub version: i32,
}

impl Draft {
    /// Reads a new registration with the form every edition begins with.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse(&self, entry: Entry) -> Result<Wish, Vec<Refusal>> {
        self.parse_with(entry, &Asking { form: &Form::standard(), open: Category::PUBLIC.to_vec() })
    }

    /// Reads a new registration as the edition's form asks for it.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse_with(&self, entry: Entry, asking: &Asking<'_>) -> Result<Wish, Vec<Refusal>> {
        let mut p = Parse::new();
        let submission = self.submission.parse::<Uuid>().ok();
        if submission.is_none() {
            p.refuse(Refusal::invalid("required").at("submission"));
        }
        let category = self.category(&mut p, entry, &asking.open);
        let details = self.details(&mut p, entry, asking.form, category.unwrap_or(Category::TradeVisitor));
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

    /// Reads a change with the form every edition begins with.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse_amendment(&self, entry: Entry) -> Result<Amendment, Vec<Refusal>> {
        self.parse_amendment_with(entry, &Form::standard(), Category::TradeVisitor)
    }

    /// Reads a change of somebody of this category; another category is looked at only when staff send one.
    ///
    /// # Errors
    /// One refusal for each field that cannot be accepted.
    pub fn parse_amendment_with(
        &self,
        entry: Entry,
        form: &Form,
        current: Category,
    ) -> Result<Amendment, Vec<Refusal>> {
        let mut p = Parse::new();
        let chosen = entry != Entry::Public && !self.category.trim().is_empty();
        let category = if chosen { self.category(&mut p, entry, &[]) } else { None };
        let details = self.details(&mut p, entry, form, category.unwrap_or(current));
        let version = p.number("version", &self.version, 0..=i64::from(i32::MAX)).unwrap_or_default();
        // Programs send what they want to change; people see the whole form.
        let asked = if entry == Entry::Api {
            details.answers.keys().chain(self.answers.keys()).cloned().collect()
        } else {
            form.own_questions().map(|question| question.code.clone()).collect()
        };
        p.finish(|| Amendment {
            details,
            category,
            asked,
            version: i32::try_from(version).expect("within the range asked for"),
        })
    }

    fn category(&self, p: &mut Parse, entry: Entry, open: &[Category]) -> Option<Category> {
        let allowed = if entry == Entry::Public { open } else { Category::ALL };
        let text = if self.category.trim().is_empty() { Category::TradeVisitor.code() } else { &self.category };
        p.choice("category", text, |t| Category::parse(t).filter(|c| allowed.contains(c)))
    }

    /// The value of a standard field by the code of its question.
    #[must_use]
    pub fn standard(&self, code: &str) -> &str {
        match code {
            "family_name" => &self.family_name,
            "given_name" => &self.given_name,
            "other_name" => &self.other_name,
            "email" => &self.email,
            "phone" => &self.phone,
            "company" => &self.company,
            "job_title" => &self.job_title,
            "country" => &self.country,
            _ => "",
        }
    }

    /// Which standard fields visitors of a category must fill in: what the form asks of them and requires.
    fn needs(&self, form: &Form, category: Category) -> Vec<String> {
        let asked = form.asked(category, |code| self.standard(code).to_owned(), &self.answers);
        let questions = asked.into_iter().flat_map(|(_, questions)| questions);
        questions.filter(|q| q.is_standard() && q.required).map(|q| q.code.clone()).collect()
    }

    fn details(&self, p: &mut Parse, entry: Entry, form: &Form, category: Category) -> Details {
        let needs = if entry == Entry::Public { self.needs(form, category) } else { Vec::new() };
        let needed = |code: &str| needs.iter().any(|need| need == code);
        let family_name = p.optional("family_name", &self.family_name, 80);
        let given_name = p.optional("given_name", &self.given_name, 80);
        // Many people have one name only: either part will do, and the form asks for the family name first.
        if family_name.is_empty() && given_name.is_empty() {
            p.refuse(Refusal::invalid("required").at("family_name"));
        }
        let other_name = text(p, needed("other_name"), "other_name", &self.other_name, 160);
        let company = text(p, needed("company"), "company", &self.company, 160);
        let job_title = text(p, needed("job_title"), "job_title", &self.job_title, 120);
        let email = if entry != Entry::Public && self.email.trim().is_empty() {
            String::new()
        } else {
            p.email("email", &self.email)
        };
        if needed("phone") {
            p.required("phone", &self.phone, 40);
        }
        let phone = edit::phone(p, "phone", &self.phone);
        let country = if needed("country") || !self.country.trim().is_empty() {
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
            answers: form.accept(p, category, |code| self.standard(code).to_owned(), &self.answers, entry),
        }
    }

    fn consents(&self) -> Vec<Purpose> {
        let ticked = |text: &str| !matches!(text.trim(), "" | "false" | "0" | "off");
        let all = [
            (Purpose::DataProcessing, &self.data_processing),
            (Purpose::OrganizerNews, &self.organizer_news),
            (Purpose::ExhibitorContact, &self.exhibitor_contact),
            (Purpose::PartnerContact, &self.partner_contact),
            (Purpose::Recording, &self.recording),
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
