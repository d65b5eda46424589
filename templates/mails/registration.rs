//! The letter that carries a badge.

use chrono::NaiveDate;
use domain::Bilingual;
use maud::Markup;

use super::letter::Sheet;
use crate::Lang;

/// What the letter says.
pub struct BadgeMail<'a> {
    pub lang: Lang,
    pub edition: &'a Bilingual,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub name: &'a str,
    pub number: i32,
    /// `registered`, `waiting`, `again`, `replaced` or `rejected`.
    pub occasion: &'a str,
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

    fn has_badge(&self) -> bool {
        !matches!(self.occasion, "waiting" | "rejected")
    }

    pub fn subject(&self) -> String {
        format!("{} · {}", self.lang.term("badge-mail-subject", self.occasion), self.edition())
    }

    fn paragraphs(&self) -> Vec<String> {
        let lang = self.lang;
        let mut all = vec![
            lang.with("badge-mail-hello", &[("name", self.name.into())]),
            lang.term("badge-mail-text", self.occasion),
        ];
        if self.has_badge() {
            all.push(lang.t("badge-mail-how"));
        }
        all
    }

    fn facts(&self) -> Vec<(String, String)> {
        let lang = self.lang;
        vec![
            (lang.t("badge-mail-show"), self.edition().to_owned()),
            (lang.t("badge-mail-days"), self.days()),
            (lang.t("badge-number"), self.number.to_string()),
        ]
    }

    fn sheet(&self) -> Sheet {
        let lang = self.lang;
        Sheet {
            subject: self.subject(),
            show: self.edition().to_owned(),
            under: self.days(),
            paragraphs: self.paragraphs(),
            button: (self.occasion != "rejected").then(|| (lang.t("badge-mail-link"), self.link.to_owned())),
            facts: self.facts(),
            bye: lang.t("badge-mail-keep"),
            ..Sheet::default()
        }
    }

    pub fn text(&self) -> String {
        self.sheet().text(self.lang)
    }

    pub fn html(&self) -> Markup {
        self.sheet().html(self.lang)
    }
}
