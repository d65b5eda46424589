//! The names beside the picture: headings that fold, tasks with all that the picture shows in words.

use std::collections::HashMap;

use domain::plan::view::Row;
use maud::{Markup, html};

use super::super::words;
use super::Gantt;
use super::bars::row_id;
use super::lines::{Group, Line};
use crate::{Icon, Lang, links};

impl Gantt<'_> {
    /// Codes each task waits for, by its position.
    pub(super) fn waits(&self) -> HashMap<usize, Vec<&str>> {
        let mut waits: HashMap<usize, Vec<&str>> = HashMap::new();
        for link in self.links {
            if let Some(code) = self.codes.get(link.from) {
                waits.entry(link.to).or_default().push(code);
            }
        }
        waits
    }

    /// The names of a block.
    pub(super) fn names(
        &self,
        lang: Lang,
        first: usize,
        lines: &[Line<'_>],
        waits: &HashMap<usize, Vec<&str>>,
    ) -> Markup {
        html! {
            ol.gantt-names start=(first) {
                @for line in lines {
                    @match line {
                        Line::Group(group) => (self.heading(lang, group)),
                        Line::Task(position, row) => {
                            li id=(row_id(*position)) data-at=(position) {
                                a href=(links::plan::task(self.slug, &row.code)) title=(row.name.get(lang.locale())) {
                                    span.code { (row.code) } " " (row.name.get(lang.locale()))
                                }
                                span.sr-only { " " (self.spoken(lang, row, waits.get(position))) }
                            }
                        },
                    }
                }
            }
        }
    }

    fn heading(&self, lang: Lang, group: &Group) -> Markup {
        let (icon, words) = if group.open {
            (Icon::ChevronDown, lang.t("gantt-shut"))
        } else {
            (Icon::ChevronRight, lang.t("gantt-open"))
        };
        html! {
            li.gantt-heading {
                a href=(self.folded(group)) title=(words) aria-expanded=(group.open) data-keep-scroll { (icon) span { (group.name) } }
                span.gantt-count {
                    @if group.late > 0 { span.is-late title=(lang.t("plan-late")) { (lang.number(i64::try_from(group.late).unwrap_or(0))) } " / " }
                    (lang.number(i64::try_from(group.count).unwrap_or(0)))
                }
            }
        }
    }

    fn spoken(&self, lang: Lang, row: &Row, waits: Option<&Vec<&str>>) -> String {
        let mut parts = vec![
            words::span(lang, row.start, row.finish),
            lang.term("task-state", row.state.code()),
            words::owner(lang, row),
        ];
        if !row.state.is_done() {
            parts.push(lang.percent(f64::from(row.percent) / 100.0));
            parts.push(lang.with("gantt-float-of", &[("time", lang.minutes(row.total_float).into())]));
        }
        if self.head.path.contains(&row.code) {
            parts.push(lang.t("plan-on-path"));
        } else if row.critical && !row.state.is_done() {
            parts.push(lang.t("plan-critical"));
        }
        if row.late {
            parts.push(lang.t("plan-late-mark"));
        }
        if let Some(day) = row.deadline_on {
            parts.push(lang.with("gantt-deadline-of", &[("day", lang.date(day).into())]));
        }
        if let Some((start, finish)) = self.baseline.as_ref().and_then(|one| one.spans.get(&row.id)) {
            parts.push(lang.with("gantt-baseline-of", &[("days", words::span(lang, *start, *finish).into())]));
        }
        if let Some(codes) = waits {
            let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
            parts.push(lang.with("gantt-waits-for", &[("codes", lang.list(&codes).into())]));
        }
        parts.join(", ")
    }
}
