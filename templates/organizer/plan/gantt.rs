//! The Gantt: names that stay in sight, a picture that scrolls beside them. The list of names
//! carries the dates in words, so the picture is never the only way to read them.

use chrono::{Days, NaiveDate};
use domain::plan::Phase;
use domain::plan::view::{Filter, Head, Row, RowLink};
use maud::{Markup, Render, html};

use super::bars::{Line, Picture};
use super::words::{self, View};
use crate::components::{FilterBar, Tab, empty_state, options, tabs};
use crate::{Icon, Lang, Shell, links};

/// How much time a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zoom {
    /// The whole plan by months.
    #[default]
    Months,
    /// Weeks.
    Weeks,
    /// Single days: the show itself.
    Days,
}

impl Zoom {
    const ALL: [Zoom; 3] = [Zoom::Months, Zoom::Weeks, Zoom::Days];

    const fn code(self) -> &'static str {
        match self {
            Zoom::Months => "months",
            Zoom::Weeks => "weeks",
            Zoom::Days => "days",
        }
    }

    /// Reads the spelling in the address; months for anything else.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|zoom| zoom.code() == code).unwrap_or_default()
    }

    const fn scale(self) -> f64 {
        match self {
            Zoom::Months => 2.2,
            Zoom::Weeks => 8.0,
            Zoom::Days => 36.0,
        }
    }
}

/// The Gantt of the rows a filter shows.
pub struct Gantt<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// Position in the plan and row.
    pub rows: Vec<(usize, &'a Row)>,
    /// Links of the whole plan.
    pub links: &'a [RowLink],
    /// The filter.
    pub filter: &'a Filter,
    /// Phases the plan has.
    pub phases: Vec<Phase>,
    /// How much time a screen shows.
    pub zoom: Zoom,
}

impl Gantt<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (self.controls(lang))
                @if self.rows.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::Gantt, &lang.t("plan-none-found"), &lang.t("plan-none-found-hint"), &none))
                } @else { (self.figure(lang)) }
                (legend(lang))
            }
        };
        let views = words::views(lang, self.slug, View::Gantt, self.head.counts.deviations);
        shell.page(lang.t("plan-title")).tabs(views).wide().body(&body)
    }

    fn controls(&self, lang: Lang) -> Markup {
        let here = |zoom: Zoom| {
            let mut pairs = self.filter.pairs();
            pairs.push(("zoom", zoom.code()));
            links::plan::gantt(self.slug).query(&pairs).anchor("today")
        };
        let zooms: Vec<Tab> = Zoom::ALL
            .into_iter()
            .map(|zoom| Tab::new(lang.term("plan-zoom", zoom.code()), here(zoom), zoom == self.zoom))
            .collect();
        let phases = options(lang, "plan-phase", self.phases.iter().map(|phase| phase.code()));
        let only = options(lang, "plan-only", ["critical", "late", "path"]);
        FilterBar::new(lang, links::plan::gantt(self.slug))
            .search("q", &self.filter.q, lang.t("plan-search"))
            .select("phase", lang.t("plan-phase"), phases, &self.filter.phase)
            .select("only", lang.t("plan-only"), only, &self.filter.only)
            .keep("zoom", self.zoom.code())
            .extra(tabs(lang, &lang.t("plan-zoom"), &zooms))
            .render()
    }

    fn lines(&self, lang: Lang) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let mut group = None;
        for (position, row) in &self.rows {
            let here = (row.phase, &row.stage);
            if group != Some(here) {
                group = Some(here);
                let phase = lang.term("plan-phase", row.phase.code());
                lines.push(Line::Group(format!("{phase} · {}", row.stage.get(lang.locale()))));
            }
            lines.push(Line::Task(*position, row));
        }
        lines
    }

    /// From a little before the first bar to a little after the last, D0 included.
    fn days(&self) -> (NaiveDate, NaiveDate) {
        let margin = Days::new(match self.zoom {
            Zoom::Months => 10,
            Zoom::Weeks => 5,
            Zoom::Days => 2,
        });
        let first = self.rows.iter().map(|(_, row)| row.starts_on).chain([self.head.opens_on]).min();
        let last = self.rows.iter().map(|(_, row)| row.ends_on).chain([self.head.opens_on]).max();
        let (first, last) = (first.unwrap_or(self.head.opens_on), last.unwrap_or(self.head.opens_on));
        (first.checked_sub_days(margin).unwrap_or(first), last.checked_add_days(margin).unwrap_or(last))
    }

    fn figure(&self, lang: Lang) -> Markup {
        let lines = self.lines(lang);
        let picture = Picture {
            lang,
            slug: self.slug,
            head: self.head,
            lines: &lines,
            links: self.links,
            scale: self.zoom.scale(),
            days: self.days(),
        };
        html! {
            div.gantt tabindex="0" role="region" aria-label=(lang.t("plan-gantt")) {
                ol.gantt-names {
                    @for line in &lines {
                        @match line {
                            Line::Group(name) => li.gantt-heading { (name) },
                            Line::Task(_, row) => li {
                                a href=(links::plan::task(self.slug, &row.code)) title=(row.name.get(lang.locale())) {
                                    span.code { (row.code) } " " (row.name.get(lang.locale()))
                                }
                                span.sr-only {
                                    " " (words::span(lang, row.start, row.finish)) ", " (lang.term("task-state", row.state.code()))
                                    @if self.head.path.contains(&row.code) { ", " (lang.t("plan-on-path")) }
                                }
                            },
                        }
                    }
                }
                (picture.draw())
            }
        }
    }
}

fn legend(lang: Lang) -> Markup {
    let signs = [
        ("gantt-key", "task"),
        ("gantt-key is-path", "path"),
        ("gantt-key is-critical", "critical"),
        ("gantt-key is-late", "late"),
        ("gantt-key is-done", "done"),
        ("gantt-key is-float", "float"),
        ("gantt-key is-opening", "opening"),
        ("gantt-key is-today", "today"),
    ];
    html! {
        ul.legend {
            @for (class, code) in signs { li { span class=(class) aria-hidden="true" {} (lang.term("plan-legend", code)) } }
        }
    }
}
