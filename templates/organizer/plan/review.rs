//! The page between asking for a change of the plan and having it: which tasks, what moves and why, what it does to
//! opening day. The answer sends the same form once more.

use chrono::NaiveDate;
use domain::Bilingual;
use domain::plan::view::Preview;
use maud::{Markup, html};

use super::preview::effect;
use crate::components::{Button, callout, card};
use crate::{Href, Icon, Lang, Shell, Tone, links};

/// A task the change adds.
pub struct AddedTask {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
}

/// A change to be accepted.
pub struct Review<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What is asked.
    pub word: &'a str,
    /// Tasks it touches.
    pub codes: &'a [String],
    /// Words of the fields it changes.
    pub fields: &'a [&'static str],
    /// Tasks it adds.
    pub added: Vec<AddedTask>,
    /// Tasks it takes away: code and name.
    pub removed: Vec<(String, Bilingual)>,
    /// Its effect.
    pub preview: &'a Preview,
    /// Revision of the plan the effect was computed on.
    pub revision: i32,
    /// Where the form goes.
    pub to: Href,
    /// What was sent, to be sent once more.
    pub sent: &'a [(String, String)],
    /// Where to go instead.
    pub back: Href,
    /// The plan changed while this page was read.
    pub stale: bool,
}

/// Most codes that are spelled out.
const MOST: usize = 40;

impl Review<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            form.stack method="post" action=(self.to) {
                @for (name, value) in self.sent.iter().filter(|(name, _)| !matches!(name.as_str(), "act" | "revision")) {
                    input type="hidden" name=(name) value=(value);
                }
                input type="hidden" name="revision" value=(self.revision);
                @if self.stale {
                    @let words = html! { p { (lang.t("plan-preview-stale")) } };
                    (callout(Tone::Warn, "", &words))
                }
                section.card.plan-effect {
                    header.card-head {
                        h2 { (self.about(lang)) }
                        div.actions {
                            (Button::submit(lang.t("revise-accept")).value("act", "accept").icon(Icon::Check))
                            (Button::link(lang.t("component-cancel"), self.back.clone()))
                        }
                    }
                    div.card-body { (self.subjects(lang)) (effect(lang, self.slug, self.preview)) }
                }
            }
        };
        shell
            .page(lang.term("revise-word", self.word))
            .subtitle(lang.t("revise-review-hint"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .body(&body)
    }

    /// The same as a fragment of a dialog.
    pub fn fragment(&self, lang: Lang) -> Markup {
        html! { (self.subjects(lang)) (effect(lang, self.slug, self.preview)) }
    }

    fn about(&self, lang: Lang) -> String {
        lang.with("revise-count", &[("count", self.codes.len().into())])
    }

    fn subjects(&self, lang: Lang) -> Markup {
        let words: Vec<String> = self.fields.iter().map(|field| lang.term("revise-field", field)).collect();
        html! {
            p.cluster {
                @for code in self.codes.iter().take(MOST) { a.code href=(links::plan::task(self.slug, code)) { (code) } }
                @if self.codes.len() > MOST { span.muted { (lang.with("revise-more", &[("count", (self.codes.len() - MOST).into())])) } }
            }
            @if !words.is_empty() { p.muted { (lang.label(&lang.t("revise-changes"))) (lang.list(&words)) } }
            @if !self.added.is_empty() {
                (card(&lang.t("revise-added"), &html! {}, &html! {
                    ul.rows { @for one in &self.added { li {
                        span.row-text { span.code { (one.code) } " " (one.name.get(lang.locale())) }
                        span.row-end { (lang.date_range(one.days.0, one.days.1)) }
                    } } }
                }))
            }
            @if !self.removed.is_empty() {
                (card(&lang.t("revise-removed"), &html! {}, &html! {
                    ul.rows { @for (code, name) in &self.removed { li { span.row-text { span.code { (code) } " " (name.get(lang.locale())) } } } }
                }))
            }
        }
    }
}
