//! The letters to registrants: with the badge, about where a registration stands, and about a change of the address.

use chrono::NaiveDate;
use domain::{Bilingual, registration::mail_text::Occasion};
use maud::{Markup, html};

use super::letter::{Mail, Sheet};
use crate::Lang;

/// What the letter says.
pub struct BadgeMail<'a> {
    pub lang: Lang,
    pub edition: &'a Bilingual,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// Venue and city, may be empty.
    pub place: &'a str,
    pub name: &'a str,
    pub number: i32,
    pub occasion: Occasion,
    /// Subject and text as the organizer wrote them, with all values filled in.
    pub own: Option<(&'a str, &'a str)>,
    /// The registrant's own page.
    pub link: &'a str,
}

impl BadgeMail<'_> {
    fn edition(&self) -> &str {
        self.edition.get(self.lang.locale())
    }

    fn days(&self) -> String {
        self.lang.date_range(self.opens_on, self.closes_on)
    }

    fn subject(&self) -> String {
        match self.own {
            Some((subject, _)) => subject.to_owned(),
            None => format!("{} · {}", self.lang.term("badge-mail-subject", self.occasion.code()), self.edition()),
        }
    }

    fn paragraphs(&self) -> Vec<String> {
        let lang = self.lang;
        let mut all = match self.own {
            Some((_, body)) => body.split("\n\n").map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect(),
            None => vec![
                lang.with("badge-mail-hello", &[("name", self.name.into())]),
                lang.term("badge-mail-text", self.occasion.code()),
            ],
        };
        if self.own.is_none() && self.occasion.has_badge() {
            all.push(lang.t("badge-mail-how"));
        }
        all
    }

    fn facts(&self) -> Vec<(String, String)> {
        let lang = self.lang;
        let mut facts =
            vec![(lang.t("badge-mail-show"), self.edition().to_owned()), (lang.t("badge-mail-days"), self.days())];
        if !self.place.is_empty() {
            facts.push((lang.t("show-place"), self.place.to_owned()));
        }
        facts.push((lang.t("badge-number"), self.number.to_string()));
        facts
    }

    fn sheet(&self) -> Sheet {
        let lang = self.lang;
        Sheet {
            subject: self.subject(),
            show: self.edition().to_owned(),
            under: self.days(),
            paragraphs: self.paragraphs(),
            button: self.occasion.has_link().then(|| (lang.t("badge-mail-link"), self.link.to_owned())),
            facts: self.facts(),
            bye: if self.occasion.has_link() { lang.t("badge-mail-keep") } else { String::new() },
            ..Sheet::default()
        }
    }

    /// The letter as it is sent.
    pub fn mail(&self) -> Mail {
        self.sheet().mail(self.lang)
    }

    /// The letter as part of a page: the same parts in the page's own style, because a page carries no inline style.
    pub fn picture(&self) -> Markup {
        let sheet = self.sheet();
        html! {
            p.mail-subject { (sheet.subject) }
            div.mail-band { strong { (sheet.show) } span { (sheet.under) } }
            div.mail-body {
                @for paragraph in &sheet.paragraphs { p { (paragraph) } }
                @if let Some((words, _)) = &sheet.button { p { span.mail-button { (words) } } }
                dl.definitions { @for (label, value) in &sheet.facts { dt { (label) } dd { (value) } } }
                @if !sheet.bye.is_empty() { p.muted { (sheet.bye) } }
            }
        }
    }
}

/// Letters about another address.
pub struct AddressMail<'a> {
    pub lang: Lang,
    pub edition: &'a Bilingual,
}

impl AddressMail<'_> {
    /// To the new address. It names nobody: the address may be a wrong one.
    pub fn confirm(&self, link: &str, until: &str) -> Mail {
        let lang = self.lang;
        let show = self.edition.get(lang.locale());
        self.compose(Sheet {
            subject: lang.with("address-mail-subject", &[("edition", show.into())]),
            paragraphs: vec![
                lang.with("address-mail-text", &[("edition", show.into())]),
                lang.with("address-mail-until", &[("until", until.into())]),
            ],
            button: Some((lang.t("address-mail-button"), link.to_owned())),
            bye: lang.t("address-mail-not-you"),
            ..Sheet::default()
        })
    }

    /// To the old address, once the new one is confirmed.
    pub fn moved(&self, name: &str) -> Mail {
        let lang = self.lang;
        let show = self.edition.get(lang.locale());
        self.compose(Sheet {
            subject: lang.with("address-moved-subject", &[("edition", show.into())]),
            paragraphs: vec![
                lang.with("badge-mail-hello", &[("name", name.into())]),
                lang.with("address-moved-text", &[("edition", show.into())]),
            ],
            bye: lang.t("address-moved-not-you"),
            ..Sheet::default()
        })
    }

    fn compose(&self, sheet: Sheet) -> Mail {
        let show = self.edition.get(self.lang.locale());
        Sheet { show: show.to_owned(), ..sheet }.mail(self.lang)
    }
}
