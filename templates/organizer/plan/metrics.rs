//! The catalogue of live metrics with what they say now.

use domain::plan::Reading;
use domain::plan::metric::{Entry, catalogue};
use maud::{Markup, html};
use std::collections::HashMap;

use super::gate_words;
use crate::components::{Col, Table};
use crate::{Lang, Shell, links};

/// The catalogue.
pub struct Metrics<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What each says now, by its code; those that need a goal are not there.
    pub now: &'a HashMap<String, Reading>,
    /// Areas the viewer may see figures of.
    pub areas: Vec<&'a str>,
}

impl Metrics<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let cols = vec![
            Col::main(lang.t("metric-metric")),
            Col::num(lang.t("metric-now")),
            Col::new(lang.t("metric-counts")),
            Col::new(lang.t("metric-narrowed")),
            Col::new(lang.t("metric-formula")).wide_only(),
        ];
        let mut table = Table::new(lang.t("metric-title"), cols);
        let mut area = "";
        for entry in catalogue() {
            if area != entry.area {
                area = &entry.area;
                table.group(lang.term("metric-area", area));
            }
            table.row(self.cells(lang, entry));
        }
        let body = html! { div.stack { p.muted { (lang.t("metric-hint")) } (table.sticky()) } };
        shell
            .page(lang.t("metric-title"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("gate-title"), links::gate::home(self.slug))
            .wide()
            .body(&body)
    }

    fn cells(&self, lang: Lang, entry: &Entry) -> Vec<Markup> {
        let params: Vec<String> = entry.params.iter().map(|one| lang.term("metric-param", one.code())).collect();
        vec![
            html! { span.cell-first { (entry.name.get(lang.locale())) } span.cell-second.code { (entry.metric.code()) } },
            self.value(lang, entry),
            html! { span.small { (entry.counts.get(lang.locale())) } },
            html! { @if params.is_empty() { span.muted { "–" } } @else { (lang.list(&params)) } },
            html! { code.small { (entry.formula) } },
        ]
    }

    fn value(&self, lang: Lang, entry: &Entry) -> Markup {
        if !self.areas.contains(&entry.area.as_str()) {
            return html! { span.muted { (lang.t("metric-hidden")) } };
        }
        match self.now.get(entry.metric.code()) {
            None => html! { span.muted { (lang.t("metric-needs-goal")) } },
            Some(Reading { value: None, .. }) => html! { span.muted { (lang.t("gate-no-data")) } },
            Some(Reading { value: Some(value), base }) => html! {
                strong.num { (gate_words::figure(lang, *value, &entry.unit)) }
                @if entry.unit == "%" { span.cell-second { (lang.with("metric-of", &[("count", (*base).into())])) } }
            },
        }
    }
}
