//! The live board of the gates. The part that changes is drawn by [`BoardPage::part`] for the page and for
//! every later redraw alike.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::admission::view::Board;
use maud::{Markup, Render, html};

use super::curve::curve;
use super::gates::open_badge;
use super::{View, views};
use crate::components::{Button, Col, Icon, Table, Tile, Tone, callout, card, empty_state, tiles};
use crate::desk::verdict::row;
use crate::{Lang, Shell, links};

/// The live board.
pub struct BoardPage<'a> {
    /// Edition slug.
    pub edition: &'a str,
    /// Figures.
    pub board: &'a Board,
    /// The venue's time zone.
    pub zone: Tz,
    /// Now.
    pub now: DateTime<Utc>,
    /// May see gates, rules, devices.
    pub manage: bool,
}

impl BoardPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let subtitle = html! {
            (lang.weekday_date(self.board.day)) " "
            span.live { span.live-dot aria-hidden="true" {} (lang.t("admission-live")) }
        };
        let body = html! {
            div data-live=(links::admission::board_events(self.edition)) { (self.part(lang)) }
        };
        shell
            .page(lang.t("admission-board"))
            .subtitle(subtitle)
            .tabs(views(lang, self.edition, View::Board, self.manage))
            .wide()
            .body(&body)
    }

    /// What changes while badges pass. The live stream sends it anew; the browser replaces it by its id.
    pub fn part(&self, lang: Lang) -> Markup {
        html! { div id="board" { (self.figures(lang)) } }
    }

    fn figures(&self, lang: Lang) -> Markup {
        let board = self.board;
        if board.gates.is_empty() {
            let new = Button::link(lang.t("admission-gate-new"), links::admission::new_gate(self.edition)).primary();
            return empty_state(
                Icon::Door,
                &lang.t("admission-gates-empty"),
                &lang.t("admission-gates-empty-help"),
                &new,
            );
        }
        html! {
            @if board.conflicts > 0 {
                @let text = lang.with("admission-conflicts", &[("count", board.conflicts.into())]);
                (callout(Tone::Warn, &text, &html! { p { a href=(links::admission::conflicts(self.edition)) { (lang.t("admission-conflicts-see")) } } }))
            }
            (tiles(&self.tiles(lang)))
            div.board-grid {
                (card("", &html! {}, &curve(lang, self.zone, board)))
                (card(&lang.t("admission-reasons"), &html! {}, &self.reasons(lang)))
            }
            (super::operations::part(lang, self.edition, &self.board.operations, self.manage))
            (card(&lang.t("admission-by-gate"), &html! {}, &self.by_gate(lang)))
            div.board-grid {
                (card(&lang.t("admission-last"), &html! {}, &self.last(lang)))
                (card(&lang.t("admission-by-category"), &html! {}, &self.categories(lang)))
            }
            p.muted { (lang.with("admission-as-of", &[("time", lang.clock(self.now, self.zone).into())])) }
        }
    }

    fn scans(&self, more: &[(&str, &str)]) -> crate::Href {
        let day = self.board.day.to_string();
        links::admission::scans(self.edition).query(&[("day", &day)]).query(more)
    }

    fn tiles(&self, lang: Lang) -> Vec<Tile> {
        let board = self.board;
        let seen = board.entries + board.denied;
        let share = if seen > 0 { board.denied as f64 / seen as f64 } else { 0.0 };
        let denied_tone = if share > 0.1 { Tone::Warn } else { Tone::Neutral };
        let admitted = self.scans(&[("verdict", "admit")]);
        let mut all = vec![
            Tile::new(lang.t("admission-people-today"), lang.number(board.people))
                .icon(Icon::Users)
                .tone(Tone::Accent)
                .hint(lang.t("admission-people-hint")),
            Tile::new(lang.t("admission-entries-today"), lang.number(board.entries)).icon(Icon::Door).link(admitted),
            super::operations::outlook(lang, self.board.operations.outlook.as_ref()),
            Tile::new(lang.t("admission-exits-today"), lang.number(board.exits)).icon(Icon::SignOut),
            Tile::new(lang.t("admission-denied-today"), lang.number(board.denied))
                .icon(Icon::Ban)
                .tone(denied_tone)
                .hint(lang.with("admission-denied-share", &[("share", lang.percent(share).into())]))
                .link(self.scans(&[("verdict", "deny")])),
            Tile::new(lang.t("admission-overrides-today"), lang.number(board.overrides))
                .icon(Icon::Shield)
                .link(self.scans(&[("special", "overridden")])),
        ];
        if board.offline > 0 {
            all.push(
                Tile::new(lang.t("admission-offline-today"), lang.number(board.offline))
                    .icon(Icon::Offline)
                    .link(self.scans(&[("special", "offline")])),
            );
        }
        all
    }

    fn reasons(&self, lang: Lang) -> Markup {
        if self.board.reasons.is_empty() {
            return html! { p.muted { (lang.t("admission-reasons-none")) } };
        }
        let words = |code: &str| lang.term("admission-reason", code);
        let links = |code: &str| Some(self.scans(&[("verdict", "deny"), ("reason", code)]));
        bars(lang, &self.board.reasons, words, links)
    }

    fn categories(&self, lang: Lang) -> Markup {
        let links = |code: &str| Some(self.scans(&[("category", code)]));
        bars(lang, &self.board.categories, |code| lang.term("category", code), links)
    }

    fn by_gate(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("admission-by-gate"),
            vec![
                Col::main(lang.t("admission-gate")),
                Col::new(lang.t("admission-state")),
                Col::num(lang.t("admission-people")),
                Col::num(lang.t("admission-entries")),
                Col::num(lang.t("admission-exits")),
                Col::num(lang.t("admission-denied")),
                Col::tight(lang.t("admission-last-scan")),
            ],
        );
        for gate in &self.board.gates {
            let link = self.scans(&[("gate", &gate.gate.to_string())]);
            table.row(vec![
                crate::components::cell_lines(html! { a href=(link) { (gate.code) } }, gate.name.get(lang.locale())),
                open_badge(lang, gate.open).render(),
                html! { (lang.number(gate.first)) },
                html! { (lang.number(gate.entries)) },
                html! { (lang.number(gate.exits)) },
                html! { (lang.number(gate.denied)) },
                html! { @match gate.last { Some(at) => (lang.clock(at, self.zone)), None => span.muted { "–" } } },
            ]);
        }
        table.render()
    }

    fn last(&self, lang: Lang) -> Markup {
        html! {
            @if self.board.last.is_empty() { p.muted { (lang.t("admission-last-none")) } }
            ul.scan-rows { @for line in &self.board.last { (row(lang, self.zone, line)) } }
            p { a href=(self.scans(&[])) { (lang.t("admission-all-scans")) } }
        }
    }
}

/// Counts as bars with words and figures: readable without seeing the bars.
fn bars(
    lang: Lang,
    counts: &[(String, i64)],
    words: impl Fn(&str) -> String,
    link: impl Fn(&str) -> Option<crate::Href>,
) -> Markup {
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    html! {
        ul.count-bars {
            @for (code, count) in counts {
                li {
                    span.count-name {
                        @match link(code) { Some(to) => a href=(to) { (words(code)) }, None => (words(code)) }
                    }
                    meter min="0" max=(most) value=(count) aria-hidden="true" {}
                    span.num { (lang.number(*count)) }
                }
            }
        }
    }
}
