//! The sheet all mails are written on: one column with inline styles, because mail programs read no style sheets.

use maud::{DOCTYPE, Markup, html};

use crate::Lang;

/// A letter in the making.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Subject, also the document's title.
    pub subject: String,
    /// The show, in the band on top.
    pub show: String,
    /// A line below it: days, place. May be empty.
    pub under: String,
    /// What is said, a paragraph each.
    pub paragraphs: Vec<String>,
    /// A quotation: a reason, a list. Lines are kept. May be empty.
    pub quote: String,
    /// The one thing to do: words and address.
    pub button: Option<(String, String)>,
    /// Facts as label and value.
    pub facts: Vec<(String, String)>,
    /// The last words.
    pub bye: String,
}

/// A mail ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl Sheet {
    /// The letter as it is sent.
    pub fn mail(self, lang: Lang) -> Mail {
        let (text, html) = (self.text(lang), self.html(lang).into_string());
        Mail { subject: self.subject, text, html }
    }

    /// The plain text.
    fn text(&self, lang: Lang) -> String {
        let mut parts = self.paragraphs.clone();
        parts.extend((!self.quote.is_empty()).then(|| self.quote.clone()));
        let facts: Vec<String> =
            self.facts.iter().map(|(label, value)| format!("{}{value}", lang.label(label))).collect();
        parts.extend((!facts.is_empty()).then(|| facts.join("\n")));
        parts.extend(self.button.as_ref().map(|(words, link)| format!("{}\n{link}", lang.label(words).trim_end())));
        parts.push(self.bye.clone());
        format!("{}\n", parts.join("\n\n"))
    }

    /// The same as HTML.
    fn html(&self, lang: Lang) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(lang.code()) {
                head { meta charset="utf-8"; meta name="viewport" content="width=device-width, initial-scale=1"; title { (self.subject) } }
                body style="margin:0;padding:24px 12px;background:#f3f5f8;color:#161b22;font:16px/1.5 -apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',sans-serif" {
                    div style="max-width:560px;margin:0 auto;background:#fff;border:1px solid #dde2e9;border-radius:10px;overflow:hidden" {
                        div style="padding:18px 24px;background:#12304f;color:#fff" {
                            div style="font-weight:700;font-size:18px" { (self.show) }
                            @if !self.under.is_empty() { div style="opacity:.85;font-size:14px" { (self.under) } }
                        }
                        div style="padding:24px" { (self.inside()) }
                    }
                }
            }
        }
    }

    fn inside(&self) -> Markup {
        html! {
            @for paragraph in &self.paragraphs { p style="margin:0 0 16px" { (paragraph) } }
            @if !self.quote.is_empty() {
                blockquote style="margin:0 0 16px;padding:8px 16px;border-left:3px solid #1d4ed8;background:#f3f5f8;white-space:pre-line" { (self.quote) }
            }
            @if let Some((words, link)) = &self.button {
                p style="margin:24px 0" {
                    a href=(link) style="display:inline-block;background:#1d4ed8;color:#fff;text-decoration:none;font-weight:600;padding:12px 20px;border-radius:8px" { (words) }
                }
            }
            @if !self.facts.is_empty() {
                table style="border-collapse:collapse;font-size:14px;margin:0 0 16px" {
                    @for (label, value) in &self.facts {
                        tr {
                            td style="padding:2px 16px 2px 0;color:#57606a" { (label) }
                            td style="padding:2px 0;font-weight:600" { (value) }
                        }
                    }
                }
            }
            p style="margin:0;color:#57606a;font-size:13px;white-space:pre-line" { (self.bye) }
        }
    }
}
