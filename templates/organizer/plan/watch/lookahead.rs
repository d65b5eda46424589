//! The look-ahead: the next 48 hours by place or by team, what stands against each task, and what to clear first.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::plan::axis;
use domain::plan::lookahead::{Ahead, Constraint};
use domain::plan::view::{Board, Row};
use maud::{Markup, Render, html};

use super::super::loop_forms::condition;
use super::super::words;
use super::{Here, views};
use crate::components::{Button, Col, Tab, Table, Tile, card, empty_state, tabs, tiles};
use crate::shells::Paper;
use crate::{Badge, Icon, Lang, PrintShell, Shell, Tone, links};

/// How the look-ahead is put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Place by place.
    #[default]
    Place,
    /// Team by team.
    Team,
}

impl By {
    /// Its spelling in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            By::Place => "place",
            By::Team => "team",
        }
    }

    /// Reads the spelling; by place for anything else.
    pub fn parse(code: &str) -> Self {
        if code == "team" { By::Team } else { By::Place }
    }
}

/// The page.
pub struct LookAhead<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The plan.
    pub board: &'a Board,
    /// What is ahead.
    pub ahead: &'a [Ahead],
    /// What to clear.
    pub constraints: &'a [Constraint],
    /// Hours looked ahead.
    pub hours: i64,
    /// How it is put in order.
    pub by: By,
    /// Now.
    pub now: DateTime<Utc>,
    /// Where days begin.
    pub zone: Tz,
}

impl LookAhead<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (self.switches(lang))
                (self.figures(lang))
                @if self.ahead.is_empty() {
                    (empty_state(Icon::CheckCircle, &lang.t("lookahead-none"), &lang.t("lookahead-none-hint"), &html! {}))
                }
                (self.clear(lang))
                (self.groups(lang, true))
            }
        };
        let print = links::watch::lookahead_print(self.slug).query(&self.pairs(self.by, &self.hours.to_string()));
        let actions = Button::link(lang.t("component-print"), print).icon(Icon::Printer);
        let tabs = views(lang, self.slug, Here::LookAhead, self.board.head.counts.deviations);
        shell.page(lang.t("lookahead-title")).subtitle(self.window(lang)).actions(actions).tabs(tabs).body(&body)
    }

    /// The same on paper.
    pub fn print(&self, lang: Lang, footer: String) -> Markup {
        let mut shell = PrintShell::new(lang);
        shell.back = Some(links::watch::lookahead(self.slug).query(&self.pairs(self.by, &self.hours.to_string())));
        shell.footer = footer;
        shell.paper = Paper::A4Landscape;
        let body = html! { (self.clear(lang)) (self.groups(lang, false)) };
        shell.page(lang.t("lookahead-title")).subtitle(self.window(lang)).body(&body)
    }

    fn window(&self, lang: Lang) -> Markup {
        let until = self.now + chrono::TimeDelta::hours(self.hours);
        html! { span { (lang.moment(self.now, self.zone)) " – " (lang.moment(until, self.zone)) } }
    }

    fn pairs<'b>(&self, by: By, hours: &'b str) -> [(&'static str, &'b str); 2] {
        [("by", by.code()), ("hours", hours)]
    }

    fn switches(&self, lang: Lang) -> Markup {
        let here = |by: By, hours: i64| links::watch::lookahead(self.slug).query(&self.pairs(by, &hours.to_string()));
        let by = |by: By| Tab::new(lang.term("lookahead-by", by.code()), here(by, self.hours), by == self.by);
        let hours = |hours: i64| {
            Tab::new(
                lang.with("lookahead-hours", &[("hours", hours.into())]),
                here(self.by, hours),
                hours == self.hours,
            )
        };
        html! {
            div.watch-period {
                (tabs(lang, &lang.t("lookahead-by"), &[by(By::Place), by(By::Team)]))
                (tabs(lang, &lang.t("lookahead-window"), &[hours(24), hours(48), hours(72), hours(168)]))
            }
        }
    }

    fn figures(&self, lang: Lang) -> Markup {
        let count = |wanted: &dyn Fn(&&Ahead) -> bool| self.ahead.iter().filter(|one| wanted(one)).count();
        let held = count(&|one| !one.unmet.is_empty());
        tiles(&[
            Tile::new(lang.t("lookahead-begins"), lang.number(count(&|one| one.begins))).icon(Icon::Play),
            Tile::new(lang.t("lookahead-ends"), lang.number(count(&|one| one.ends))).icon(Icon::Flag),
            Tile::new(lang.t("lookahead-held"), lang.number(held))
                .hint(lang.with("lookahead-held-hint", &[("count", self.constraints.len().into())]))
                .icon(Icon::Hand)
                .tone(if held > 0 { Tone::Warn } else { Tone::Good }),
        ])
    }

    /// What to clear, the condition that holds most first.
    fn clear(&self, lang: Lang) -> Markup {
        if self.constraints.is_empty() {
            return html! {};
        }
        let mut table = Table::new(
            lang.t("lookahead-clear"),
            vec![
                Col::main(lang.t("lookahead-condition")),
                Col::new(lang.t("lookahead-who")),
                Col::num(lang.t("lookahead-holds")),
                Col::new(lang.t("lookahead-waiting")),
            ],
        );
        for one in self.constraints.iter().take(20) {
            let by = one.cleared_by.map(|at| &self.board.rows[at]);
            let holds: Vec<&Row> = one.holds.iter().map(|at| &self.board.rows[*at]).collect();
            let subject = by.or(holds.first().copied());
            table.row(vec![
                html! {
                    (condition(lang, self.slug, &one.unmet))
                    @if let Some(row) = by { span.cell-second { (row.name.get(lang.locale())) } }
                },
                html! { @if let Some(row) = subject { (words::owner(lang, row)) } },
                html! { (one.holds.len()) },
                html! { @for row in &holds { a.code href=(links::plan::task(self.slug, &row.code)) { (row.code) } " " } },
            ]);
        }
        card(&lang.t("lookahead-clear"), &html! {}, &table.render())
    }

    fn groups(&self, lang: Lang, linked: bool) -> Markup {
        let name = |row: &Row| match self.by {
            By::Place => words::place(lang, row),
            By::Team => lang.term("plan-function", row.role.code()),
        };
        let mut groups: Vec<(String, Vec<&Ahead>)> = Vec::new();
        for one in self.ahead {
            let name = name(&self.board.rows[one.at]);
            match groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) => list.push(one),
                None => groups.push((name, vec![one])),
            }
        }
        html! { @for (name, list) in &groups { (self.group(lang, name, list, linked)) } }
    }

    fn group(&self, lang: Lang, name: &str, list: &[&Ahead], linked: bool) -> Markup {
        let mut table = Table::new(
            name.to_owned(),
            vec![
                Col::tight(lang.t("lookahead-when")),
                Col::main(lang.t("plan-column-task")),
                Col::new(lang.t("plan-owner")),
                Col::new(lang.t("lookahead-against")),
                Col::tight(lang.t("plan-state")),
            ],
        );
        for one in list {
            let row = &self.board.rows[one.at];
            let title = html! { span.code { (row.code) } " " (row.name.get(lang.locale())) };
            let link = links::plan::task(self.slug, &row.code);
            let other = match self.by {
                By::Place => lang.term("plan-function", row.role.code()),
                By::Team => words::place(lang, row),
            };
            table.row_marked(
                vec![
                    self.when(lang, one, row),
                    html! { @if linked { a href=(link) { (title) } } @else { (title) } span.cell-second { (other) } },
                    html! { (words::owner(lang, row)) },
                    html! {
                        @if one.unmet.is_empty() { @if row.state.is_ahead() { span.muted { (lang.t("lookahead-nothing-against")) } } }
                        @else { ul.plan-unmet { @for unmet in &one.unmet { li { (condition(lang, self.slug, unmet)) } } } }
                    },
                    html! { (words::state(lang, row.state)) @if row.late { " " (Badge::new(lang.t("plan-late-mark"), Tone::Bad)) } },
                ],
                if row.late { "is-late" } else if row.critical { "is-critical" } else { "" },
            );
        }
        card(name, &html! {}, &table.render())
    }

    fn when(&self, lang: Lang, one: &Ahead, row: &Row) -> Markup {
        let moment = |minute: i64| lang.moment(axis::instant(minute, self.zone), self.zone);
        html! {
            @if one.begins { span.cell-first { (lang.with("lookahead-from", &[("at", moment(row.start).into())])) } }
            @if one.ends { span.cell-first { (lang.with("lookahead-to", &[("at", moment(row.finish).into())])) } }
        }
    }
}
