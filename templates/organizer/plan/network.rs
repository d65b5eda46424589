//! The dependency network as a picture: boxes in columns, arrows between, lanes by phase, the way to
//! opening drawn out. Below it the same in words, a line for each task.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use domain::plan::picture::{Graph, Layout, Measure, around, lay_out};
use domain::plan::view::{Head, Row, RowLink};
use domain::plan::{LinkKind, Phase};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::words::{self, View};
use crate::components::{Choice, Col, FilterBar, Tab, Table, callout, empty_state, options, tabs};
use crate::{Href, Icon, Lang, Shell, Tone, links};

/// Boxes on one picture; more than that nobody reads.
const MOST: usize = 400;
/// Steps offered around a task.
const STEPS: [&str; 6] = ["0", "1", "2", "3", "5", "8"];
const SCALES: [&str; 5] = ["50", "75", "100", "150", "fit"];
const MEASURE: Measure = Measure { wide: 168, tall: 46, gap: 56, between: 14, lane_head: 26 };
/// Room around the drawing.
const EDGE: i64 = 12;

/// What is shown; lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NetworkView {
    /// Code of the task in the middle.
    pub focus: String,
    /// Steps shown before it; all when empty.
    pub back: String,
    /// Steps shown behind it; all when empty.
    pub ahead: String,
    /// Phase code.
    pub phase: String,
    /// `path`: only the way to opening.
    pub only: String,
    /// `no`: without lanes.
    pub lanes: String,
    /// Percent of full size, or `fit`.
    pub scale: String,
}

impl NetworkView {
    fn pairs(&self) -> Vec<(&str, &str)> {
        vec![
            ("focus", &self.focus),
            ("back", &self.back),
            ("ahead", &self.ahead),
            ("phase", &self.phase),
            ("only", &self.only),
            ("lanes", &self.lanes),
            ("scale", &self.scale),
        ]
    }
}

/// The picture of a network.
pub struct Network<'a> {
    slug: &'a str,
    head: &'a Head,
    rows: &'a [Row],
    view: &'a NetworkView,
    phases: Vec<Phase>,
    /// Positions in the plan of what is shown.
    shown: Vec<usize>,
    /// Links between shown tasks.
    links: Vec<RowLink>,
    layout: Layout,
    lanes: Vec<Phase>,
    /// More fits the question than a picture can hold.
    cut: Option<usize>,
    /// The task asked for is not in the plan.
    unknown: bool,
    /// Files may be taken away.
    pub may_export: bool,
}

impl<'a> Network<'a> {
    /// Picks what is asked for and lays it out.
    pub fn new(slug: &'a str, head: &'a Head, rows: &'a [Row], links: &[RowLink], view: &'a NetworkView) -> Self {
        let mut phases: Vec<Phase> = Vec::new();
        for row in rows {
            if !phases.contains(&row.phase) {
                phases.push(row.phase);
            }
        }
        let arcs: Vec<(u32, u32)> = links.iter().map(|link| (link.from as u32, link.to as u32)).collect();
        let wanted = view.focus.trim();
        let focus = rows.iter().position(|row| row.code.eq_ignore_ascii_case(wanted)).filter(|_| !wanted.is_empty());
        let path: HashSet<&str> = head.path.iter().map(String::as_str).collect();
        let (mut shown, mut cut) = (Vec::new(), None);
        if let Some(focus) = focus {
            let steps = |text: &str| text.parse().unwrap_or(usize::MAX);
            shown = around(rows.len(), &arcs, focus, steps(&view.back), steps(&view.ahead), MOST);
        } else {
            let fits = |row: &Row| view.phase.is_empty() || row.phase.code() == view.phase;
            let only = |row: &Row| view.only != "path" || path.contains(row.code.as_str());
            shown.extend(rows.iter().enumerate().filter(|(_, row)| fits(row) && only(row)).map(|(at, _)| at));
            if shown.len() > MOST {
                cut = Some(shown.len());
                shown.retain(|at| path.contains(rows[*at].code.as_str()));
                shown.truncate(MOST);
            }
        }
        let place: HashMap<usize, u32> = shown.iter().zip(0..).map(|(at, place)| (*at, place)).collect();
        let links: Vec<RowLink> = links
            .iter()
            .filter(|link| place.contains_key(&link.from) && place.contains_key(&link.to))
            .copied()
            .collect();
        let lanes: Vec<Phase> = if view.lanes == "no" {
            Vec::new()
        } else {
            phases.iter().copied().filter(|phase| shown.iter().any(|at| rows[*at].phase == *phase)).collect()
        };
        let lane = |at: &usize| lanes.iter().position(|phase| rows[*at].phase == *phase).unwrap_or(0) as u32;
        let graph = Graph {
            lanes: shown.iter().map(lane).collect(),
            arcs: links.iter().map(|link| (place[&link.from], place[&link.to])).collect(),
        };
        let layout = lay_out(&graph, &MEASURE);
        let unknown = !wanted.is_empty() && focus.is_none();
        Self { slug, head, rows, view, phases, shown, links, layout, lanes, cut, unknown, may_export: false }
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (self.controls(lang))
                @if self.unknown {
                    @let words = html! { p { (lang.with("network-unknown", &[("code", self.view.focus.as_str().into())])) } };
                    (callout(Tone::Warn, "", &words))
                }
                @if let Some(count) = self.cut {
                    @let words = html! { p { (lang.with("network-cut", &[("count", count.into()), ("most", MOST.into())])) } };
                    (callout(Tone::Info, "", &words))
                }
                @if self.shown.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::Network, &lang.t("plan-none-found"), &lang.t("plan-none-found-hint"), &none))
                } @else {
                    div.network id="network" tabindex="0" role="region" aria-label=(lang.t("network-title")) { (self.picture(lang)) }
                    p.muted.small { (lang.t("network-keys")) }
                    (self.legend(lang))
                    (self.table(lang))
                }
            }
        };
        let views = words::views(lang, self.slug, View::Network, self.head.counts.deviations);
        let here = self.address(|_| {});
        let query = here.as_str().split_once('?').map_or("", |(_, query)| query);
        let take = html! { @if self.may_export { (super::files(lang, self.slug, "network", query)) } };
        shell.page(lang.t("plan-title")).actions(take).tabs(views).wide().script("network.js").body(&body)
    }

    /// The picture alone, at full size: for files.
    pub fn poster(&self, lang: Lang) -> Markup {
        let (width, height) = self.size();
        html! {
            svg.network-picture width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } { (self.drawing(lang)) }
        }
    }

    /// How much of the plan is shown, in words.
    pub fn caption(&self, lang: Lang) -> String {
        lang.with("network-of", &[("count", self.shown.len().into())])
    }

    fn address(&self, change: impl FnOnce(&mut NetworkView)) -> Href {
        let mut view = self.view.clone();
        change(&mut view);
        links::plan::network(self.slug).query(&view.pairs())
    }

    fn controls(&self, lang: Lang) -> Markup {
        let steps = || STEPS.iter().map(|step| Choice::new(*step, *step)).collect();
        let phases = options(lang, "plan-phase", self.phases.iter().map(|phase| phase.code()));
        let only = options(lang, "plan-only", ["path"]);
        let here = if self.view.scale.is_empty() { "100" } else { &self.view.scale };
        let scales: Vec<Tab> = SCALES
            .iter()
            .map(|scale| {
                let words = if *scale == "fit" { lang.t("network-fit") } else { format!("{scale} %") };
                Tab::new(words, self.address(|view| (*scale).clone_into(&mut view.scale)), *scale == here)
            })
            .collect();
        let lanes = self.address(|view| (if view.lanes == "no" { "" } else { "no" }).clone_into(&mut view.lanes));
        let lane_words = if self.view.lanes == "no" { lang.t("network-lanes-on") } else { lang.t("network-lanes-off") };
        FilterBar::new(lang, links::plan::network(self.slug))
            .search("focus", &self.view.focus, lang.t("network-focus"))
            .select("back", lang.t("network-back"), steps(), &self.view.back)
            .select("ahead", lang.t("network-ahead"), steps(), &self.view.ahead)
            .select("phase", lang.t("plan-phase"), phases, &self.view.phase)
            .select("only", lang.t("plan-only"), only, &self.view.only)
            .keep("lanes", &self.view.lanes)
            .keep("scale", &self.view.scale)
            .extra(html! { a.button.ghost href=(lanes) { (Icon::List) (lane_words) } })
            .extra(tabs(lang, &lang.t("network-scale"), &scales))
            .render()
    }

    fn picture(&self, lang: Lang) -> Markup {
        let (width, height) = self.size();
        let scale = self.view.scale.parse::<i64>().unwrap_or(100).clamp(25, 400);
        let fit = self.view.scale == "fit";
        html! {
            svg.network-picture width=[(!fit).then_some(width * scale / 100)] height=[(!fit).then_some(height * scale / 100)]
                viewBox={ "0 0 " (width) " " (height) } data-width=(width) data-height=(height)
                role="group" aria-label=(lang.with("network-of", &[("count", self.shown.len().into())])) {
                (self.drawing(lang))
            }
        }
    }

    fn size(&self) -> (i64, i64) {
        (self.layout.size.0 + 2 * EDGE, self.layout.size.1 + 2 * EDGE)
    }

    /// The shapes without a frame.
    fn drawing(&self, lang: Lang) -> Markup {
        let (width, _) = self.size();
        html! {
            @for (at, (lane, phase)) in self.layout.lanes.iter().zip(&self.lanes).enumerate() {
                rect class=(if at % 2 == 0 { "network-lane" } else { "network-lane is-odd" }) x="0" y=(lane.top + EDGE) width=(width) height=(lane.tall) {}
                text.network-lane-name x=(EDGE) y=(lane.top + EDGE + 17) { (lang.term("plan-phase", phase.code())) }
            }
            @for (link, way) in self.links.iter().zip(&self.layout.ways) { (self.arrow(link, way)) }
            @for (at, corner) in self.shown.iter().zip(&self.layout.boxes) { (self.node(lang, *at, *corner)) }
        }
    }

    fn arrow(&self, link: &RowLink, way: &[(i64, i64)]) -> Markup {
        let on_path = |at: usize| self.head.path.contains(&self.rows[at].code);
        let class = match (link.driving, on_path(link.from) && on_path(link.to)) {
            (true, true) => "network-link is-path",
            (true, false) => "network-link is-driving",
            _ => "network-link",
        };
        let (x, y) = way.last().copied().unwrap_or_default();
        html! {
            path class=(class) d=(curve(way)) data-a=(link.from) data-b=(link.to) {}
            @if link.kind != LinkKind::Fs {
                text.network-kind x=(x + EDGE - 8) y=(y + EDGE - 5) text-anchor="end" { (link.kind.code().to_uppercase()) }
            }
        }
    }

    fn node(&self, lang: Lang, at: usize, corner: (i64, i64)) -> Markup {
        let row = &self.rows[at];
        let (x, y) = (corner.0 + EDGE, corner.1 + EDGE);
        let name = row.name.get(lang.locale());
        let mut class = match row {
            row if row.state.is_done() => "network-node is-done",
            row if self.head.path.contains(&row.code) => "network-node is-path",
            row if row.late => "network-node is-late",
            row if row.critical => "network-node is-critical",
            row if row.is_near_critical() => "network-node is-near",
            _ => "network-node",
        }
        .to_owned();
        if row.code.eq_ignore_ascii_case(self.view.focus.trim()) {
            class.push_str(" is-focus");
        }
        let days = words::span(lang, row.start, row.finish);
        html! {
            a class=(class) href=(links::plan::task(self.slug, &row.code)) data-at=(at) {
                rect.network-box x=(x) y=(y) width=(MEASURE.wide) height=(MEASURE.tall) rx="5" {
                    title { (row.code) " " (name) " · " (lang.term("task-state", row.state.code())) " · " (lang.with("gantt-float-of", &[("time", lang.minutes(row.total_float).into())])) }
                }
                rect.network-mark x=(x) y=(y) width="5" height=(MEASURE.tall) rx="2" {}
                text.network-name x=(x + 12) y=(y + 19) { tspan.network-code { (row.code) } " " (cut(name, MEASURE.wide - 22 - 8 * row.code.len() as i64)) }
                text.network-days x=(x + 12) y=(y + 36) { (cut(&days, MEASURE.wide - 18)) }
            }
        }
    }

    fn legend(&self, lang: Lang) -> Markup {
        let signs = [
            ("gantt-key is-path", "path"),
            ("gantt-key is-critical", "critical"),
            ("gantt-key is-near", "near"),
            ("gantt-key is-late", "late"),
            ("gantt-key is-done", "done"),
        ];
        html! {
            ul.legend {
                @for (class, code) in signs { li { span class=(class) aria-hidden="true" {} (lang.term("gantt-legend", code)) } }
                li.muted { (lang.t("network-legend-links")) }
            }
        }
    }

    /// The same in words.
    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::new(lang.t("plan-before")),
            Col::new(lang.t("plan-after")),
        ];
        let mut table = Table::new(lang.t("network-as-table"), cols);
        for at in &self.shown {
            let row = &self.rows[*at];
            let side = |before: bool| {
                let beside = self.links.iter().filter(move |link| *at == if before { link.to } else { link.from });
                let written: Vec<String> = beside
                    .map(|link| {
                        let other = &self.rows[if before { link.from } else { link.to }];
                        format!("{} {}", other.code, link.kind.code().to_uppercase())
                    })
                    .collect();
                lang.list(&written)
            };
            let (before, after) = (side(true), side(false));
            table.row(vec![
                html! { a.code href=(links::plan::task(self.slug, &row.code)) { (row.code) } },
                html! { (row.name.get(lang.locale())) },
                html! { (before) },
                html! { (after) },
            ]);
        }
        html! { details.chart-table { summary { (lang.t("network-as-table")) } (table.render()) } }
    }
}

/// A smooth way through its points: level through a column, a curve in the gap between two.
fn curve(way: &[(i64, i64)]) -> String {
    let mut d = String::new();
    let mut here = (0, 0);
    for (step, &(x, y)) in way.iter().map(|(x, y)| (x + EDGE, y + EDGE)).collect::<Vec<_>>().iter().enumerate() {
        let _ = match step {
            0 => write!(d, "M{x} {y}"),
            _ if y == here.1 => write!(d, "H{x}"),
            _ => {
                let middle = (here.0 + x) / 2;
                write!(d, "C{middle} {} {middle} {y} {x} {y}", here.1)
            }
        };
        here = (x, y);
    }
    d.push_str("m-5 -3l5 3l-5 3");
    d
}

/// A text cut to a width in pixels at eleven pixels' letters.
fn cut(text: &str, width: i64) -> String {
    let of = |letter: char| if letter.is_ascii() { 6 } else { 12 };
    let mut left = width;
    let mut kept = String::new();
    for letter in text.chars() {
        left -= of(letter);
        if left < 0 {
            kept.pop();
            kept.push('…');
            break;
        }
        kept.push(letter);
    }
    kept
}
