//! The form that moves or stretches a task: what the hand does on the Gantt, with the keyboard and
//! without script. First the effect, then the question whether to save it.

use domain::plan::TaskState;
use domain::plan::view::{Preview, Row};
use maud::{Markup, html};

use super::preview::effect;
use super::words;
use crate::components::{Button, callout};
use crate::{FormState, Href, Icon, Lang, Shell, Tone, links};

/// The form and, once asked for, its effect.
pub struct ShiftPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The task as it is.
    pub row: &'a Row,
    /// What is asked for, and what is refused.
    pub form: FormState,
    /// Version of the task the effect was computed on.
    pub version: i32,
    /// Revision of the plan the effect was computed on.
    pub revision: i32,
    /// The effect, when it can be computed.
    pub preview: Option<Preview>,
    /// The date wish the task has after the change, when that is another: its code and day.
    pub wish: Option<(String, String)>,
    /// Somebody changed the plan in between.
    pub stale: bool,
    /// Where to go once saved.
    pub back: Option<Href>,
}

impl ShiftPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let name = self.row.name.get(lang.locale()).to_owned();
        let body = html! {
            div.stack {
                p.muted { (lang.label(&lang.t("gantt-move-now"))) (words::span(lang, self.row.start, self.row.finish)) }
                (self.asked(lang))
                form.form method="post" action=(links::plan::shift(self.slug, &self.row.code)) {
                    (self.fields(lang))
                }
            }
        };
        shell
            .page(lang.with("gantt-move-of", &[("code", self.row.code.as_str().into())]))
            .subtitle(&name)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(format!("{} {name}", self.row.code), links::plan::task(self.slug, &self.row.code))
            .body(&body)
    }

    /// Effect and question alone, for the dialog over the Gantt.
    pub fn fragment(&self, lang: Lang) -> Markup {
        html! {
            div.stack {
                p { strong { (self.row.code) " " (self.row.name.get(lang.locale())) } }
                (self.form.fields(lang).summary())
                (self.asked(lang))
            }
        }
    }

    fn fields(&self, lang: Lang) -> Markup {
        let form = self.form.fields(lang);
        let begun = !self.row.state.is_ahead();
        let start = if self.form.value("starts_at").contains('T') {
            form.datetime("starts_at", "gantt-field-start")
        } else {
            form.date("starts_at", "gantt-field-start")
        };
        html! {
            (form.summary())
            @if begun {
                input type="hidden" name="starts_at" value=(self.form.value("starts_at"));
                p.muted { (lang.t("gantt-move-begun")) }
            } @else { (start.required()) }
            (form.text("duration_days", "plan-field-duration").required().unit(lang.t("plan-unit-days")))
            div.form-actions {
                (Button::submit(lang.t("plan-preview")).value("act", "preview").icon(Icon::Eye))
                (Button::link(lang.t("component-back"), links::plan::task(self.slug, &self.row.code)))
            }
        }
    }

    /// What would move, and the question.
    fn asked(&self, lang: Lang) -> Markup {
        let Some(preview) = &self.preview else { return html! {} };
        html! {
            form.stack method="post" action=(links::plan::shift(self.slug, &self.row.code)) {
                @if self.stale {
                    @let words = html! { p { (lang.t("plan-preview-stale")) } };
                    (callout(Tone::Warn, "", &words))
                }
                @if let Some((wish, day)) = &self.wish {
                    p { (lang.with("gantt-move-wish", &[("wish", lang.term("plan-constraint", wish).into()), ("day", day.as_str().into())])) }
                }
                (effect(lang, self.slug, preview))
                @if preview.moves.is_empty() && self.row.state != TaskState::Cancelled {
                    p.muted { (lang.t("gantt-move-held")) }
                }
                @for name in ["starts_at", "duration_days"] {
                    input type="hidden" name=(name) value=(self.form.value(name));
                }
                input type="hidden" name="version" value=(self.version);
                input type="hidden" name="revision" value=(self.revision);
                @if let Some(back) = &self.back { input type="hidden" name="back" value=(back); }
                div.form-actions {
                    (Button::submit(lang.t("plan-accept")).value("act", "accept").icon(Icon::Check))
                    button.button type="button" data-close-dialog hidden { (lang.t("gantt-move-back")) }
                }
            }
        }
    }
}
