//! A person's own last changes of the plan: what can be taken back, what can be made again.

use chrono_tz::Tz;
use domain::plan::revision::EditLine;
use maud::{Markup, html};

use crate::components::{Button, empty_state};
use crate::{Badge, Icon, Shell, Tone, links};

/// The list.
pub struct Changes<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Where days begin.
    pub zone: Tz,
    /// The changes, the latest first.
    pub lines: &'a [EditLine],
}

impl Changes<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let can_undo = self.lines.iter().any(|line| !line.undone);
        let can_redo = self.lines.iter().any(|line| line.undone);
        let body = html! {
            div.stack {
                @if self.lines.is_empty() {
                    @let back = Button::link(lang.t("plan-overview"), links::plan::home(self.slug));
                    (empty_state(Icon::History, &lang.t("revise-changes-none"), &lang.t("revise-changes-none-hint"), &back))
                } @else {
                    p.muted { (lang.t("revise-changes-hint")) }
                    ol.rows {
                        @for line in self.lines {
                            li {
                                span.row-text {
                                    (lang.term("revise-word", &line.word)) " "
                                    @for code in line.codes.iter().take(12) { a.code href=(links::plan::task(self.slug, code)) { (code) } " " }
                                    @if line.codes.len() > 12 { span.muted { (lang.with("revise-more", &[("count", (line.codes.len() - 12).into())])) } }
                                    span.cell-second { (lang.instant(line.at, self.zone)) }
                                }
                                span.row-end { @if line.undone { (Badge::new(lang.t("revise-undone"), Tone::Neutral)) } }
                            }
                        }
                    }
                }
            }
        };
        let actions = html! {
            @if can_undo { (Button::post(lang.t("revise-word-undo"), links::revise::undo(self.slug, false)).value("act", "save").icon(Icon::Undo)) }
            @if can_redo { (Button::post(lang.t("revise-word-redo"), links::revise::undo(self.slug, true)).value("act", "save").icon(Icon::Redo)) }
        };
        shell
            .page(lang.t("revise-changes-title"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .actions(actions)
            .body(&body)
    }
}
