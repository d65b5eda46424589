//! The after-action summary on paper: what happened, how fast, what was done, the whole log with its seals.

use chrono_tz::Tz;
use domain::plan::contingency::Entry;
use domain::plan::incident_view::IncidentPage;
use maud::{Markup, Render, html};

use super::super::words;
use super::list::number;
use super::{book::deciders, face, line_words, record::broken_words};
use crate::components::{Col, Table, facts};
use crate::{Lang, PrintShell, links};

/// The sheet.
pub struct IncidentSummary<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Everything about it.
    pub page: &'a IncidentPage,
    /// Its entry of the book.
    pub entry: &'a Entry,
    /// Where days begin.
    pub zone: Tz,
}

impl IncidentSummary<'_> {
    /// The sheet.
    pub fn render(&self, lang: Lang, footer: String) -> Markup {
        let one = &self.page.row.incident;
        let mut shell = PrintShell::new(lang);
        shell.back = Some(links::watch::incident(self.slug, one.number));
        shell.footer = footer;
        let title = format!("{} · {}", number(lang, one.number), self.entry.hazard.get(lang.locale()));
        let body = html! {
            (self.facts(lang))
            h2 { (lang.t("incident-tasks")) }
            (self.tasks(lang))
            h2 { (lang.t("incident-log")) }
            (self.log(lang))
            p.small.incident-sealed { (self.seal(lang)) }
        };
        shell.page(title).body(&body)
    }

    fn facts(&self, lang: Lang) -> Markup {
        let (one, locale) = (&self.page.row.incident, lang.locale());
        let text = |text: String| html! { (text) };
        let first = one.first_action_at.map(|at| {
            let took = face((at - one.declared_at).num_seconds());
            match self.entry.limit_minutes {
                Some(limit) => {
                    lang.with("incident-took-of", &[("time", took.into()), ("limit", lang.minutes(limit).into())])
                }
                None => took,
            }
        });
        let lasted = one.over_at.map(|at| lang.minutes((at - one.declared_at).num_minutes()));
        let done = self.page.tasks.iter().filter(|task| task.state.is_done()).count();
        facts(&[
            (lang.t("plan-place"), text(one.place_name.get(locale).to_owned())),
            (lang.t("incident-level"), text(lang.term("incident-level", self.entry.level.code()))),
            (lang.t("incident-declared-at"), text(lang.instant(one.declared_at, self.zone))),
            (lang.t("incident-declared-by"), text(self.page.row.declared_by.clone())),
            (lang.t("incident-first-action"), text(self.entry.first_action.get(locale).to_owned())),
            (lang.t("incident-first-action-after"), text(first.unwrap_or_default())),
            (lang.t("incident-decision-owner"), text(deciders(lang, self.entry))),
            (lang.t("incident-stand-down-when"), text(self.entry.stand_down.get(locale).to_owned())),
            (lang.t("incident-lasted"), text(lasted.unwrap_or_default())),
            (
                lang.t("incident-tasks"),
                text(
                    lang.with("component-progress", &[("done", done.into()), ("total", self.page.tasks.len().into())]),
                ),
            ),
        ])
    }

    fn tasks(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::new(lang.t("plan-owner")),
            Col::tight(lang.t("plan-state")),
        ];
        let mut table = Table::new(lang.t("incident-tasks"), cols);
        for task in &self.page.tasks {
            table.row(vec![
                html! { (task.code) },
                html! { (task.name.get(lang.locale())) },
                html! { @if task.owner.is_empty() { (lang.term("plan-function", task.role.code())) } @else { (task.owner) } },
                words::state(lang, task.state).render(),
            ]);
        }
        table.render()
    }

    fn log(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::num("#"),
            Col::tight(lang.t("incident-when")),
            Col::new(lang.t("incident-who")),
            Col::main(lang.t("incident-what")),
            Col::tight(lang.t("incident-seal")),
        ];
        let mut table = Table::new(lang.t("incident-log"), cols);
        for line in &self.page.log {
            table.row(vec![
                html! { (line.seq) },
                html! { (lang.clock(line.at, self.zone)) },
                html! { @if line.by.is_none() { (lang.t("actor-system")) } @else { (line.by_name) } },
                line_words(lang, line),
                html! { code { (line.seal.get(..12).unwrap_or_default()) } },
            ]);
        }
        table.render()
    }

    fn seal(&self, lang: Lang) -> String {
        match self.page.broken {
            None => lang.with("incident-sealed", &[("seal", self.page.row.incident.head.as_str().into())]),
            Some(broken) => broken_words(lang, broken),
        }
    }
}
