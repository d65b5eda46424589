//! The letter that carries a badge.

use chrono::NaiveDate;
use domain::Bilingual;
use maud::{DOCTYPE, Markup, html};

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

    fn facts(&self) -> [(String, String); 3] {
        let lang = self.lang;
        [
            (lang.t("badge-mail-show"), self.edition().to_owned()),
            (lang.t("badge-mail-days"), self.days()),
            (lang.t("badge-number"), self.number.to_string()),
        ]
    }

    pub fn text(&self) -> String {
        let lang = self.lang;
        let facts = self.facts().map(|(label, value)| format!("{}{value}", lang.label(&label))).join("\n");
        let link = if self.occasion == "rejected" {
            String::new()
        } else {
            format!("{}\n{}\n\n", lang.label(&lang.t("badge-mail-link")).trim_end(), self.link)
        };
        format!("{}\n\n{facts}\n\n{link}{}\n", self.paragraphs().join("\n\n"), lang.t("badge-mail-keep"))
    }

    /// One column, inline styles: mail programs read no style sheets.
    pub fn html(&self) -> Markup {
        let lang = self.lang;
        html! {
            (DOCTYPE)
            html lang=(lang.code()) {
                head { meta charset="utf-8"; meta name="viewport" content="width=device-width, initial-scale=1"; title { (self.subject()) } }
                body style="margin:0;padding:24px 12px;background:#f3f5f8;color:#161b22;font:16px/1.5 -apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',sans-serif" {
                    div style="max-width:560px;margin:0 auto;background:#fff;border:1px solid #dde2e9;border-radius:10px;overflow:hidden" {
                        div style="padding:18px 24px;background:#12304f;color:#fff" {
                            div style="font-weight:700;font-size:18px" { (self.edition()) }
                            div style="opacity:.85;font-size:14px" { (self.days()) }
                        }
                        div style="padding:24px" {
                            @for paragraph in self.paragraphs() { p style="margin:0 0 16px" { (paragraph) } }
                            @if self.occasion != "rejected" {
                                p style="margin:24px 0" {
                                    a href=(self.link) style="display:inline-block;background:#1d4ed8;color:#fff;text-decoration:none;font-weight:600;padding:12px 20px;border-radius:8px" {
                                        (lang.t("badge-mail-link"))
                                    }
                                }
                            }
                            table style="border-collapse:collapse;font-size:14px;margin:0 0 16px" {
                                @for (label, value) in self.facts() {
                                    tr {
                                        td style="padding:2px 16px 2px 0;color:#57606a" { (label) }
                                        td style="padding:2px 0;font-weight:600" { (value) }
                                    }
                                }
                            }
                            p style="margin:0;color:#57606a;font-size:13px" { (lang.t("badge-mail-keep")) }
                        }
                    }
                }
            }
        }
    }
}
