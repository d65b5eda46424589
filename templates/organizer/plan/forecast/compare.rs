//! Plans side by side: the current one, baselines, scenarios.

use domain::Bilingual;
use domain::plan::axis;
use domain::plan::scenario::{Column, Which};
use domain::plan::view::Head;
use maud::{Markup, Render, html};
use std::collections::HashMap;

use super::risk::day;
use super::{Part, parts};
use crate::components::{Col, Table, callout, section};
use crate::organizer::plan::words::{self, View};
use crate::{Badge, Lang, Shell, Tone, links};

/// Tasks listed, at most.
const MOST: usize = 200;

/// Tasks of one plan only that are named, at most.
const MOST_ALONE: usize = 12;

/// Several plans side by side.
pub struct ComparePage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The plans; the current one first.
    pub columns: &'a [Column],
    /// Codes of the tasks in plan order, with their names.
    pub tasks: Vec<(&'a str, &'a Bilingual)>,
}

/// Tasks that only this plan has, or only the current one.
type Codes = fn(&Column) -> &[String];

impl ComparePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Scenarios))
                @for column in self.columns.iter().filter(|column| !column.refusals.is_empty()) {
                    @let list = html! { ul { @for one in &column.refusals { li { (lang.refusal(one)) } } } };
                    (callout(Tone::Bad, &self.title(lang, column), &list))
                }
                (self.marks(lang))
                (section(&lang.t("scenario-paths"), &html! {}, &self.paths(lang)))
                (section(&lang.t("scenario-moved-tasks"), &html! {}, &self.moved(lang)))
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell
            .page(lang.t("scenario-compare-title"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("scenario-title"), links::plan::scenarios(self.slug))
            .tabs(views)
            .wide()
            .body(&body)
    }

    fn title(&self, lang: Lang, column: &Column) -> String {
        let name = column.name.get(lang.locale());
        match column.which {
            Which::Current => lang.t("scenario-current"),
            Which::Baseline(number) => {
                lang.with("scenario-baseline", &[("number", number.into()), ("name", name.into())])
            }
            Which::Scenario(number) => lang.with("scenario-one", &[("number", number.into()), ("name", name.into())]),
        }
    }

    fn heads(&self, lang: Lang, first: &str) -> Vec<Col> {
        let mut cols = vec![Col::main(lang.t(first))];
        cols.extend(self.columns.iter().map(|column| Col::new(self.title(lang, column))));
        cols
    }

    /// The figures people decide by.
    fn marks(&self, lang: Lang) -> Markup {
        let mut table = Table::new(lang.t("scenario-compare-title"), self.heads(lang, "scenario-mark"));
        let current = &self.columns[0];
        let row = |name: String, cell: &dyn Fn(&Column) -> Markup| {
            std::iter::once(html! { (name) }).chain(self.columns.iter().map(cell)).collect::<Vec<_>>()
        };
        table.row(row(lang.t("plan-room"), &|column| match column.room {
            None => html! { span.muted { "–" } },
            Some(room) => html! {
                (words::days(lang, room))
                (self.against(lang, room - current.room.unwrap_or(room), true))
            },
        }));
        if self.columns.iter().any(|column| column.opens_on.is_some_and(|day| Some(day) != current.opens_on)) {
            table.row(row(lang.t("scenario-opens-on"), &|column| match column.opens_on {
                None => html! { span.muted { "–" } },
                Some(day) => html! { (lang.date(day)) },
            }));
        }
        let phases: Vec<_> = current.phases.keys().copied().collect();
        for phase in phases {
            let name = lang.with("risk-aim-phase", &[("phase", lang.term("plan-phase", phase.code()).into())]);
            table.row(row(name, &|column| match column.phases.get(&phase) {
                None => html! { span.muted { "–" } },
                Some(&end) => html! {
                    (lang.date(day(end)))
                    (self.against(lang, end - current.phases.get(&phase).copied().unwrap_or(end), false))
                },
            }));
        }
        table.row(row(lang.t("scenario-breaks"), &|column| match column.breaches {
            None => html! { span.muted { "–" } },
            Some(count) => html! { (count) },
        }));
        table.row(row(lang.t("scenario-moved"), &|column| match column.which {
            Which::Current => html! { span.muted { "–" } },
            _ => html! { (column.moved) },
        }));
        let alone: [(&str, Codes); 2] =
            [("scenario-added", |column| &column.added), ("scenario-removed", |column| &column.removed)];
        for (words, of) in alone {
            if self.columns.iter().any(|column| !of(column).is_empty()) {
                table.row(row(lang.t(words), &|column| self.codes(lang, column, of(column))));
            }
        }
        table.render()
    }

    /// Tasks that are in one plan only, with their names.
    fn codes(&self, lang: Lang, column: &Column, codes: &[String]) -> Markup {
        let names = |code: &str| column.names.get(code).or(self.columns[0].names.get(code));
        html! {
            @if codes.is_empty() { span.muted { "–" } }
            @for code in codes.iter().take(MOST_ALONE) {
                div { span.code { (code) } " " (names(code).map_or("", |name| name.get(lang.locale()))) }
            }
            @if codes.len() > MOST_ALONE {
                p.muted { (lang.with("scenario-more", &[("count", (codes.len() - MOST_ALONE).into())])) }
            }
        }
    }

    /// A difference to the current plan; more room is good, a later end is not.
    fn against(&self, lang: Lang, minutes: i64, more_is_good: bool) -> Markup {
        let tone = if (minutes > 0) == more_is_good { Tone::Good } else { Tone::Bad };
        let sign = if minutes > 0 { "+" } else { "" };
        html! {
            @if minutes != 0 { " " (Badge::new(format!("{sign}{}", words::days(lang, minutes)), tone)) }
        }
    }

    fn paths(&self, lang: Lang) -> Markup {
        let cols = vec![Col::main(lang.t("scenario-plan")), Col::new(lang.t("scenario-path"))];
        let mut table = Table::new(lang.t("scenario-paths"), cols);
        let current = &self.columns[0].path;
        for column in self.columns {
            table.row(vec![
                html! { (self.title(lang, column)) },
                html! { span.forecast-path {
                    @if column.path.is_empty() { span.muted { "–" } }
                    @for (at, code) in column.path.iter().enumerate() {
                        @if at > 0 { " → " }
                        @if current.contains(code) { a.code href=(links::plan::task(self.slug, code)) { (code) } }
                        @else { strong { a.code href=(links::plan::task(self.slug, code)) { (code) } } }
                    }
                } },
            ]);
        }
        table.render()
    }

    /// Every task that stands somewhere else in one of the plans.
    fn moved(&self, lang: Lang) -> Markup {
        let current: &HashMap<String, (i64, i64)> = &self.columns[0].dates;
        let differs = |code: &str| {
            let now = current.get(code);
            self.columns.iter().any(|column| column.refusals.is_empty() && column.dates.get(code) != now)
        };
        let moved: Vec<_> = self.tasks.iter().filter(|(code, _)| differs(code)).collect();
        if moved.is_empty() {
            return html! { p.muted { (lang.t("plan-preview-nothing")) } };
        }
        let mut table = Table::new(lang.t("scenario-moved-tasks"), self.heads(lang, "plan-column-task"));
        for (code, name) in moved.iter().take(MOST) {
            let mut cells = vec![html! {
                a.code href=(links::plan::task(self.slug, code)) { (code) } " " (name.get(lang.locale()))
            }];
            let now = current.get(*code);
            for column in self.columns {
                cells.push(match column.dates.get(*code) {
                    None => html! { span.muted { "–" } },
                    Some(&(start, finish)) => html! {
                        (lang.date_range(axis::day_of(start), axis::last_day_of(start, finish)))
                        @if let Some(now) = now { (self.against(lang, finish - now.1, false)) }
                    },
                });
            }
            table.row(cells);
        }
        html! {
            (table.render())
            @if moved.len() > MOST { p.muted { (lang.with("scenario-more", &[("count", (moved.len() - MOST).into())])) } }
        }
    }
}
