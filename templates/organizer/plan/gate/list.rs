//! The gates of a plan: a line of them in order, and a table.

use domain::plan::gate::view::{GateList, GateRow};
use domain::plan::gate::{DecisionState, GateState};
use maud::{Markup, Render, html};

use super::super::words::{View, views};
use super::words;
use crate::components::{Button, Col, Table, empty_state, progress};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// The list of gates.
pub struct GatePages<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The gates.
    pub list: &'a GateList,
}

impl GatePages<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (self.line(lang))
                (self.table(lang))
            }
        };
        let metrics = Button::link(lang.t("metric-title"), links::gate::metrics(self.slug)).icon(Icon::Activity);
        let tabs = views(lang, self.slug, View::Gates, self.list.head.counts.deviations);
        shell.page(lang.t("gate-title")).actions(metrics).tabs(tabs).wide().body(&body)
    }

    /// The gates in order, today among them.
    fn line(&self, lang: Lang) -> Markup {
        let rows = &self.list.rows;
        let today = self.list.head.today;
        // Today stands before the first gate that is not passed and lies ahead.
        let here = rows.iter().position(|row| !row.gate.state.is_open() && row.on >= today).unwrap_or(rows.len());
        let mark = html! {
            li.gate-today aria-current="date" { span { (lang.t("plan-today")) } span.num { (lang.day(today)) } }
        };
        html! {
            ol.gate-line aria-label=(lang.t("gate-line")) tabindex="0" {
                @for (at, row) in rows.iter().enumerate() {
                    @if at == here { (mark) }
                    (self.node(lang, row))
                }
                @if here == rows.len() { (mark) }
            }
        }
    }

    fn node(&self, lang: Lang, row: &GateRow) -> Markup {
        let state = row.gate.state;
        let kind = match state {
            GateState::Open => "is-open",
            GateState::Conditional => "is-conditional",
            GateState::Closed => "is-closed",
            _ => "is-shut",
        };
        html! {
            li class={ "gate-node " (kind) } {
                a href=(links::gate::review(self.slug, &row.code)) {
                    span.gate-mark aria-hidden="true" {}
                    span.code { (row.code) }
                    span.gate-name { (row.name.get(lang.locale())) }
                    span.gate-when {
                        span.num { (lang.day(row.on)) }
                        @if !state.is_open() { " · " (float(lang, row.float)) }
                    }
                    span.sr-only { (lang.term("gate-state", state.code())) }
                }
            }
        }
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("gate-gate")),
            Col::tight(lang.t("plan-state")),
            Col::tight(lang.t("gate-forecast")),
            Col::tight(lang.t("gate-latest")),
            Col::num(lang.t("plan-column-float")),
            Col::new(lang.t("gate-criteria")),
            Col::num(lang.t("gate-holds")),
            Col::new(lang.t("gate-last-decision")),
        ];
        let mut table = Table::new(lang.t("gate-title"), cols);
        for row in &self.list.rows {
            let mark = match row.gate.state {
                GateState::Open => "is-done",
                GateState::Reclosed | GateState::Stopped => "is-late",
                _ if row.float < 0 => "is-late",
                _ => "",
            };
            table.row_marked(self.cells(lang, row), mark);
        }
        table.sticky().render()
    }

    fn cells(&self, lang: Lang, row: &GateRow) -> Vec<Markup> {
        let (met, waived, total) = row.counts;
        let (ahead, held) = row.held;
        let open = row.gate.state.is_open();
        let through = met + waived;
        let tone = if through == total { Tone::Good } else { Tone::Accent };
        vec![
            html! { span.code { (row.code) } },
            html! { a href=(links::gate::review(self.slug, &row.code)) { (row.name.get(lang.locale())) } },
            html! { (words::state(lang, row.gate.state)) },
            html! { (lang.date(row.on)) },
            html! { @if !open { (lang.date(row.latest_on)) } @else { span.muted { "–" } } },
            html! { @if !open { (float(lang, row.float)) } @else { span.muted { "–" } } },
            html! {
                (progress(lang, i64::from(through), i64::from(total), tone))
                @if waived > 0 { " " (Badge::new(lang.with("gate-waived-count", &[("count", i64::from(waived).into())]), Tone::Warn)) }
            },
            html! {
                @if held == 0 { span.muted { "–" } }
                @else { (lang.with("gate-held-count", &[("ahead", i64::from(ahead).into()), ("count", i64::from(held).into())])) }
            },
            last(lang, row),
        ]
    }
}

fn last(lang: Lang, row: &GateRow) -> Markup {
    html! {
        @match &row.last {
            Some(one) => {
                (words::outcome(lang, one.outcome)) " "
                @if one.state != DecisionState::Decided { (words::decision_state(lang, one.state)) }
            },
            None => span.muted { (lang.t("gate-undecided")) },
        }
    }
}

/// Float with its warning.
pub(super) fn float(lang: Lang, minutes: i64) -> Markup {
    let words = lang.with("gate-float", &[("time", lang.minutes(minutes).into())]);
    if minutes < 0 {
        Badge::new(words, Tone::Bad).render()
    } else {
        html! { (words) }
    }
}

/// A plan without gates.
pub struct NoGates<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a domain::plan::view::Head,
    /// May change the plan.
    pub may_edit: bool,
}

impl NoGates<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let act = html! {
            @if self.may_edit {
                (Button::post(lang.t("gate-lay"), links::gate::home(self.slug)).primary())
                (Button::post(lang.t("gate-lay-divided"), links::gate::home(self.slug)).value("divided", "on"))
            }
        };
        let body = empty_state(Icon::Flag, &lang.t("gate-none"), &lang.t("gate-none-hint"), &act);
        let tabs = views(lang, self.slug, View::Gates, self.head.counts.deviations);
        shell.page(lang.t("gate-title")).tabs(tabs).body(&body)
    }
}
