//! What a change would move and why: shown before anything is saved.

use domain::plan::view::{Preview, PreviewMove};
use maud::{Markup, Render, html};

use super::words;
use crate::components::{Button, Col, Table, callout};
use crate::{Badge, Lang, Shell, Tone, links};

/// The effect of a change.
pub(super) fn effect(lang: Lang, slug: &str, preview: &Preview) -> Markup {
    html! {
        div.stack {
            (opening(lang, preview))
            @if !preview.breaches.is_empty() {
                @let list = html! { ul { @for one in &preview.breaches { li { (words::breach(lang, one)) } } } };
                (callout(Tone::Bad, &lang.t("plan-preview-breaks"), &list))
            }
            @if !preview.repaired.is_empty() {
                @let list = html! { ul { @for one in &preview.repaired { li { (words::breach(lang, one)) } } } };
                (callout(Tone::Good, &lang.t("plan-preview-repairs"), &list))
            }
            @if preview.moves.is_empty() {
                p { (lang.t("plan-preview-nothing")) }
            } @else {
                p { (lang.with("plan-preview-count", &[("count", preview.moves.len().into())])) }
                details.story-words open {
                    summary { (lang.t("story-in-words")) }
                    (super::story::telling(lang, &preview.story, false))
                }
                (moves(lang, slug, &preview.moves))
            }
            @if preview.float_changes > 0 {
                p.muted { (lang.with("plan-preview-float", &[("count", i64::from(preview.float_changes).into())])) }
            }
        }
    }
}

fn opening(lang: Lang, preview: &Preview) -> Markup {
    let Some(opening) = preview.opening else { return html! {} };
    let (before, after) = (lang.minutes(opening.before), lang.minutes(opening.after));
    let (tone, title) = match opening {
        one if one.after < 0 => (Tone::Bad, lang.t("plan-preview-opening-missed")),
        one if one.after < one.before => (Tone::Warn, lang.t("plan-preview-opening-tighter")),
        one if one.after > one.before => (Tone::Good, lang.t("plan-preview-opening-wider")),
        _ => (Tone::Info, lang.t("plan-preview-opening-same")),
    };
    let words =
        html! { p { (lang.with("plan-preview-opening", &[("before", before.into()), ("after", after.into())])) } };
    callout(tone, &title, &words)
}

fn moves(lang: Lang, slug: &str, moves: &[PreviewMove]) -> Markup {
    let cols = vec![
        Col::tight(lang.t("plan-column-code")),
        Col::main(lang.t("plan-column-task")),
        Col::tight(lang.t("plan-preview-now")),
        Col::tight(lang.t("plan-preview-then")),
        Col::num(lang.t("plan-preview-by")),
        Col::new(lang.t("plan-preview-why")),
    ];
    let mut table = Table::new(lang.t("plan-preview-moves"), cols);
    for one in moves {
        let cells = vec![
            html! { a.code href=(links::plan::task(slug, &one.code)) { (one.code) } },
            html! {
                (one.name.get(lang.locale()))
                @if one.critical { " " (Badge::new(lang.t("plan-critical"), Tone::Warn)) }
            },
            html! { (lang.date_range(one.before.0, one.before.1)) },
            html! { (lang.date_range(one.after.0, one.after.1)) },
            html! { (words::shift(lang, one.by)) },
            why(lang, slug, one),
        ];
        table.row(cells);
    }
    table.render()
}

fn why(lang: Lang, slug: &str, one: &PreviewMove) -> Markup {
    let short: Vec<&str> = one.chain.iter().map(|step| step.code.as_str()).collect();
    html! {
        details {
            summary { (short.join(" → ")) }
            (words::chain(lang, slug, &one.chain))
        }
    }
}

/// Moving the data date to today, with its effect.
pub struct Reschedule<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The effect.
    pub preview: &'a Preview,
    /// Revision of the plan the effect was computed on.
    pub revision: i32,
    /// Somebody changed the plan while this page was read.
    pub stale: bool,
}

impl Reschedule<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                @if self.stale {
                    @let words = html! { p { (lang.t("plan-preview-stale")) } };
                    (callout(Tone::Warn, "", &words))
                }
                p { (lang.t("plan-reschedule-hint")) }
                (effect(lang, self.slug, self.preview))
                form.form-actions method="post" action=(links::plan::reschedule(self.slug)) {
                    input type="hidden" name="revision" value=(self.revision);
                    (Button::submit(lang.t("plan-accept")))
                    (Button::link(lang.t("component-back"), links::plan::home(self.slug)))
                }
            }
        };
        shell.page(lang.t("plan-reschedule")).crumb(lang.t("plan-title"), links::plan::home(self.slug)).body(&body)
    }
}
