//! The print log: every badge that was ever sent to paper.

use chrono_tz::Tz;
use domain::office::SavedView;
use domain::printing::view::JobLine;
use domain::printing::{JobState, Station};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::{state_cell, views, when, where_to, whose};
use crate::{
    Href, Lang, Shell,
    components::{Choice, Col, FilterBar, Icon, Pager, Table, empty_state, options, saved_views},
    links,
};

/// What the log is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    /// Words of the name or the company, or the number of the badge.
    pub q: String,
    /// A state, or `open` for what somebody must look at.
    pub state: String,
    /// A station.
    pub station: String,
    /// A registration.
    pub registration: String,
    /// A larger print.
    pub batch: String,
    /// Only jobs before this one.
    pub before: String,
}

impl LogQuery {
    fn at(&self, link: Href) -> Href {
        link.query(&[
            ("q", &self.q),
            ("state", &self.state),
            ("station", &self.station),
            ("registration", &self.registration),
            ("batch", &self.batch),
        ])
    }
}

/// A page of the log.
pub struct LogPage<'a> {
    /// What is asked.
    pub query: &'a LogQuery,
    /// Jobs, newest first.
    pub lines: &'a [JobLine],
    /// Where the next page begins.
    pub next: Option<String>,
    /// Stations to filter by.
    pub stations: &'a [Station],
    /// The venue's time zone.
    pub zone: Tz,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    /// May take the list away as a file.
    pub may_export: bool,
}

impl LogPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let here = || self.query.at(links::printing::log(slug));
        let body = html! {
            (self.filters(lang, slug))
            @if self.lines.is_empty() {
                (empty_state(Icon::Printer, &lang.t("printing-log-empty"), &lang.t("printing-log-empty-hint"), &html! {}))
            } @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.lines.len())
                    .first((!self.query.before.is_empty()).then(here))
                    .next(self.next.as_ref().map(|next| here().query(&[("before", next)]))))
            }
        };
        shell
            .page(lang.t("printing-log"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .tabs(views(lang, slug, "log"))
            .wide()
            .body(&body)
    }

    fn filters(&self, lang: Lang, slug: &str) -> Markup {
        let query = self.query;
        let mut states = vec![Choice::new("open", lang.t("printing-open"))];
        states.extend(options(lang, "print-state", JobState::ALL.iter().map(|state| state.code())));
        let stations = self.stations.iter().map(|s| Choice::new(s.id.to_string(), s.name.clone())).collect();
        let mut bar = FilterBar::new(lang, links::printing::log(slug))
            .search("q", &query.q, lang.t("printing-search"))
            .select("state", lang.t("printing-state"), states, &query.state)
            .select("station", lang.t("printing-station"), stations, &query.station);
        for (name, value) in [("registration", &query.registration), ("batch", &query.batch)] {
            if !value.is_empty() {
                bar = bar.keep(name, value);
            }
        }
        let shown = query.at(links::printing::log(slug));
        bar = bar.extra(saved_views(lang, slug, "prints", &shown, self.views));
        bar.exports(self.may_export, |format| query.at(links::printing::log_export(slug, format))).render()
    }

    fn table(&self, lang: Lang, slug: &str) -> Markup {
        let mut table = Table::new(
            lang.t("printing-log"),
            vec![
                Col::tight(lang.t("printing-asked-at")),
                Col::main(lang.t("registration-name")),
                Col::new(lang.t("printing-state")),
                Col::new(lang.t("printing-station")),
                Col::new(lang.t("printing-purpose")).wide_only(),
                Col::new(lang.t("printing-asked-by")).wide_only(),
                Col::tight(lang.t("printing-finished-at")),
            ],
        )
        .sticky();
        for line in self.lines {
            table.row(vec![
                when(lang, self.zone, line.job.created_at),
                whose(lang, slug, line),
                state_cell(lang, line),
                html! { (where_to(lang, line)) },
                html! { (lang.term("print-purpose", line.job.purpose.code())) },
                html! { (line.job.asked_by) },
                html! { @if let Some(at) = line.job.finished_at { (when(lang, self.zone, at)) } },
            ]);
        }
        table.render()
    }
}
