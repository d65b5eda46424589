//! The list of conflicts: what, who, where, when, and the cheapest ways out; and what the plan's
//! places lack altogether.

use domain::plan::space::SpaceFault;
use domain::plan::space::view::ConflictRow;
use domain::plan::view::{Board, Head};
use maud::{Markup, html};

use super::words::{self, Part};
use crate::components::{Button, card, empty_state};
use crate::{Icon, Lang, Shell, links};

/// Conflicts with their ways out.
pub struct ConflictsPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub board: &'a Board,
    /// Conflicts, the worst first.
    pub rows: &'a [ConflictRow],
    /// States nobody brings, links that would close a ring.
    pub faults: &'a [SpaceFault],
    /// May change the plan.
    pub may_edit: bool,
}

impl ConflictsPage<'_> {
    fn head(&self) -> &Head {
        &self.board.head
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                p.muted { (lang.t("space-conflicts-intro")) }
                @if self.rows.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::CheckCircle, &lang.t("space-conflicts-none"), &lang.t("space-conflicts-none-hint"), &none))
                }
                @for row in self.rows { (self.conflict(lang, row)) }
                (self.faults(lang))
            }
        };
        let views = words::views(lang, self.slug, self.head(), Part::Conflicts, self.rows.len() as u32);
        shell.page(lang.t("plan-title")).tabs(views).wide().body(&body)
    }

    fn conflict(&self, lang: Lang, row: &ConflictRow) -> Markup {
        let names: Vec<String> = row.places.iter().map(|(_, name)| name.get(lang.locale()).to_owned()).collect();
        let place = row.places.first().map(|(id, _)| *id);
        html! {
            article.card.space-clash {
                header.card-head {
                    h2 { (words::kind(lang, row.group.kind)) " " (words::conflict_words(lang, row)) }
                }
                div.card-body.space-clash-body {
                    div.stack {
                        dl.facts {
                            div { dt { (lang.t("space-where")) } dd {
                                @if let Some(place) = place { a href=(links::space::place(self.slug, place)) { (words::places(lang, &names)) } }
                            } }
                            div { dt { (lang.t("space-when")) } dd { (words::span(lang, row.group.from, row.group.until)) } }
                        }
                        ul.rows {
                            @for (code, name) in row.tasks.iter().take(6) {
                                li { a href=(links::plan::task(self.slug, code)) { span.code { (code) } " " (name.get(lang.locale())) } }
                            }
                        }
                    }
                    (self.ways(lang, row))
                }
            }
        }
    }

    fn ways(&self, lang: Lang, row: &ConflictRow) -> Markup {
        html! {
            div.space-ways {
                h3 { (lang.t("space-ways")) }
                @if row.ways.is_empty() { p.muted { (lang.t("space-ways-none")) } }
                ul.rows {
                    @for (code, offer) in &row.ways {
                        li {
                            span.row-text {
                                (words::way_words(lang, self.board, offer))
                                span.cell-second { (words::cost(lang, offer)) }
                            }
                            @if self.may_edit {
                                span.row-end {
                                    (Button::link(lang.t("space-way-look"), links::space::repair(self.slug, &row.group.key, code)).small())
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn faults(&self, lang: Lang) -> Markup {
        if self.faults.is_empty() {
            return html! {};
        }
        let list = html! {
            ul.rows {
                @for fault in self.faults {
                    @let code = match fault { SpaceFault::NobodyProduces { code, .. } => code, SpaceFault::Ring { to, .. } => to };
                    li {
                        span.row-text { (words::fault_words(lang, fault)) }
                        span.row-end { a href=(links::space::requirements(self.slug, code)) { (code) } }
                    }
                }
            }
        };
        html! {
            div.stack id="faults" {
                p.muted { (lang.t("space-faults-intro")) }
                (card(&lang.t("space-faults"), &html! {}, &list))
            }
        }
    }
}
