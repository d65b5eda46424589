//! A way out of a conflict with its effect, before it is taken.

use domain::plan::space::repair::Offer;
use domain::plan::space::view::ConflictRow;
use domain::plan::view::{Board, Preview};
use maud::{Markup, html};

use super::super::preview::effect;
use super::words;
use crate::components::{Button, callout, card};
use crate::{FormState, Shell, Tone, links};

/// A way out of a conflict.
pub struct RepairPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan as it is.
    pub board: &'a Board,
    /// The conflict.
    pub row: &'a ConflictRow,
    /// The way out.
    pub offer: &'a Offer,
    /// Its stable name.
    pub way: &'a str,
    /// What it would move.
    pub preview: &'a Preview,
    /// Conflicts there would be, less those there are.
    pub conflicts_by: i64,
    /// The form: why.
    pub form: &'a FormState,
    /// Somebody changed the plan while this page was read.
    pub stale: bool,
}

impl RepairPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let by = self.conflicts_by;
        let (tone, after) = match by {
            by if by < 0 => (Tone::Good, lang.with("space-after-fewer", &[("count", (-by).into())])),
            0 => (Tone::Warn, lang.t("space-after-same")),
            by => (Tone::Bad, lang.with("space-after-more", &[("count", by.into())])),
        };
        let what = html! {
            p { (words::kind(lang, self.row.group.kind)) " " (words::conflict_words(lang, self.row)) }
            p { strong { (words::way_words(lang, self.board, self.offer)) } " " span.muted { (words::cost(lang, self.offer)) } }
        };
        let to = links::space::take_repair(self.slug);
        let form = html! {
            form.form method="post" action=(to) {
                input type="hidden" name="conflict" value=(self.row.group.key);
                input type="hidden" name="way" value=(self.way);
                input type="hidden" name="revision" value=(self.board.sheet.revision);
                (self.form.fields(lang).text("reason", "space-reason").required().hint("space-reason-hint").max_length(500))
                div.form-actions {
                    (Button::submit(lang.t("plan-accept")))
                    (Button::link(lang.t("component-back"), links::space::conflicts(self.slug)))
                }
            }
        };
        let body = html! {
            div.stack {
                @if self.stale {
                    @let words = html! { p { (lang.t("plan-preview-stale")) } };
                    (callout(Tone::Warn, "", &words))
                }
                (self.form.fields(lang).summary())
                (card(&lang.t("space-way"), &html! {}, &what))
                @let words = html! { p { (after) } };
                (callout(tone, "", &words))
                (effect(lang, self.slug, self.preview))
                (card(&lang.t("space-way-take"), &html! {}, &form))
            }
        };
        shell
            .page(lang.t("space-way"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("space-conflicts"), links::space::conflicts(self.slug))
            .body(&body)
    }
}
