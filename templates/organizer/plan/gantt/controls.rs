//! What stands around the picture: filter, scale, grouping, the week shown by hours, pages, legend,
//! and the files of the picture.

use domain::plan::axis;
use maud::{Markup, Render, html};

use super::super::files;
use super::lines::Group;
use super::scale::{Scale, Zoom};
use super::{Gantt, GanttView, Grouping, PAGE};
use crate::components::{Button, FilterBar, Tab, menu, options, tabs};
use crate::{Href, Icon, Lang, links};

impl Gantt<'_> {
    /// This very view with something changed.
    fn address(&self, change: impl FnOnce(&mut GanttView)) -> Href {
        let mut view = self.view.clone();
        change(&mut view);
        let mut pairs = self.filter.pairs();
        let mut own = vec![("zoom", &view.zoom), ("group", &view.group), ("at", &view.at), ("page", &view.page)];
        own.extend(view.shut.iter().map(|key| ("shut", key)));
        own.extend(view.open.iter().map(|key| ("open", key)));
        pairs.extend(own.iter().map(|(name, value)| (*name, value.as_str())));
        links::plan::gantt(self.slug).query(&pairs)
    }

    /// The same view with a group opened or shut.
    pub(super) fn folded(&self, group: &Group) -> Href {
        self.address(|view| {
            for (list, wanted) in [(&mut view.shut, group.open), (&mut view.open, !group.open)] {
                list.retain(|key| *key != group.key);
                if wanted {
                    list.push(group.key.clone());
                }
            }
        })
    }

    pub(super) fn controls(&self, lang: Lang, scale: &Scale) -> Markup {
        let zooms: Vec<Tab> = Zoom::ALL
            .into_iter()
            .map(|zoom| {
                let to = self.address(|view| {
                    zoom.code().clone_into(&mut view.zoom);
                    view.at.clear();
                });
                Tab::new(lang.term("gantt-zoom", zoom.code()), to.anchor("today"), zoom == self.zoom())
            })
            .collect();
        let phases = options(lang, "plan-phase", self.phases.iter().map(|phase| phase.code()));
        let only = options(lang, "plan-only", ["critical", "near", "late", "path"]);
        let mut bar = FilterBar::new(lang, links::plan::gantt(self.slug))
            .search("q", &self.filter.q, lang.t("plan-search"))
            .select("phase", lang.t("plan-phase"), phases, &self.filter.phase)
            .select("only", lang.t("plan-only"), only, &self.filter.only)
            .keep("zoom", self.zoom().code())
            .keep("group", self.grouping().code());
        if scale.zoom == Zoom::Hours {
            bar = bar.keep("at", scale.first);
        }
        let bar = bar.extra(self.grouped(lang)).extra(tabs(lang, &lang.t("gantt-zoom"), &zooms)).render();
        html! {
            (bar)
            @if scale.zoom == Zoom::Hours { (self.week(lang, scale)) }
        }
    }

    fn grouped(&self, lang: Lang) -> Markup {
        let here = self.grouping();
        let words = format!("{}{}", lang.label(&lang.t("gantt-group")), lang.term("gantt-group", here.code()));
        let summary = html! { span.button { span { (words) } (Icon::ChevronDown) } };
        let items = html! {
            @for one in Grouping::ALL {
                @let to = self.address(|view| {
                    one.code().clone_into(&mut view.group);
                    view.shut.clear();
                    view.open.clear();
                    view.page.clear();
                });
                a href=(to) aria-current=[(one == here).then_some("true")] { (lang.term("gantt-group", one.code())) }
            }
        };
        menu(&summary, &words, &items)
    }

    /// The week in sight and the ways to those beside it.
    fn week(&self, lang: Lang, scale: &Scale) -> Markup {
        let to = |later: bool| self.address(|view| view.at = scale.paged(later).to_string());
        html! {
            nav.gantt-week aria-label=(lang.t("gantt-week")) {
                (Button::link(lang.t("gantt-week-before"), to(false)).small().icon(Icon::ChevronLeft).icon_only())
                strong { (lang.date_range(scale.first, scale.last)) }
                (Button::link(lang.t("gantt-week-after"), to(true)).small().icon(Icon::ChevronRight).icon_only())
                @let opening = self.address(|view| view.at = self.head.opens_on.to_string());
                (Button::link(lang.t("gantt-week-opening"), opening).small().ghost())
            }
        }
    }

    pub(super) fn pages(&self, lang: Lang, page: usize, lines: usize) -> Markup {
        let pages = lines.div_ceil(PAGE);
        let to = |page: usize| self.address(|view| view.page = page.to_string());
        html! {
            @if pages > 1 {
                nav.pager aria-label=(lang.t("component-pager")) {
                    p.muted { (lang.with("gantt-page", &[("page", page.into()), ("pages", pages.into())])) }
                    div.actions {
                        @if page > 1 { a.button.small rel="prev" href=(to(page - 1)) { (Icon::ArrowLeft) (lang.t("gantt-page-before")) } }
                        @if page < pages { a.button.small rel="next" href=(to(page + 1)) { (lang.t("component-pager-next")) (Icon::ArrowRight) } }
                    }
                }
            }
        }
    }

    /// The same as a table, and as files.
    pub(super) fn actions(&self, lang: Lang) -> Markup {
        let table = links::plan::home(self.slug).query(&self.filter.pairs());
        let here = self.address(|_| {});
        let query = here.as_str().split_once('?').map_or("", |(_, query)| query);
        html! {
            (Button::link(lang.t("gantt-as-table"), table).ghost().icon(Icon::Table))
            @if self.may_export { (files(lang, self.slug, "gantt", query)) }
        }
    }

    pub(super) fn signs(&self) -> Vec<(&'static str, &'static str)> {
        let mut signs = vec![
            ("gantt-key", "task"),
            ("gantt-key is-path", "path"),
            ("gantt-key is-critical", "critical"),
            ("gantt-key is-near", "near"),
            ("gantt-key is-late", "late"),
            ("gantt-key is-done", "done"),
            ("gantt-key is-progress", "progress"),
            ("gantt-key is-float", "float"),
        ];
        if self.baseline.is_some() {
            signs.push(("gantt-key is-baseline", "baseline"));
        }
        signs.extend([
            ("gantt-key is-point", "point"),
            ("gantt-key is-deadline", "deadline"),
            ("gantt-key is-bracket", "bracket"),
            ("gantt-key is-opening", "opening"),
            ("gantt-key is-today", "today"),
            ("gantt-key is-reached", "reached"),
        ]);
        if !self.idle.is_empty() && self.zoom() != Zoom::Months {
            signs.push(("gantt-key is-idle", "idle"));
        }
        signs
    }

    pub(super) fn legend(&self, lang: Lang) -> Markup {
        html! {
            ul.legend {
                @for (class, code) in self.signs() {
                    li {
                        span class=(class) aria-hidden="true" {}
                        (lang.term("gantt-legend", code))
                        @if code == "baseline" {
                            @if let Some(baseline) = &self.baseline { span.muted { " · " (baseline.name) } }
                        }
                    }
                }
            }
        }
    }

    /// The line under the title of a file: how many tasks, which days, which filter.
    pub fn caption(&self, lang: Lang) -> String {
        let first = self.rows.iter().map(|(_, row)| row.start).min().unwrap_or_default();
        let last = self.rows.iter().map(|(_, row)| row.finish).max().unwrap_or_default();
        let days = lang.date_range(axis::day_of(first), axis::last_day_of(first, last));
        let mut parts = vec![lang.with("gantt-tasks", &[("count", self.rows.len().into())]), days];
        if !self.filter.only.is_empty() {
            parts.push(lang.term("plan-only", &self.filter.only));
        }
        if !self.filter.q.is_empty() {
            parts.push(self.filter.q.clone());
        }
        parts.join(" · ")
    }
}
