//! The picture of the Gantt as SVG: an axis on top and blocks of rows below it. A block is drawn
//! for itself, so that a browser may leave out what is not in sight and a sheet of paper can begin
//! anywhere.

use std::collections::{HashMap, HashSet};

use domain::TaskId;
use domain::plan::axis;
use domain::plan::calendar::DAY;
use domain::plan::view::{Head, Row, RowLink};
use maud::{Markup, html};

use super::lines::Line;
use super::route::{Bar, path, route};
use super::scale::{Scale, Zoom};
use super::{BAND, ROW};
use crate::Lang;

/// What is drawn.
pub(super) struct Picture<'a> {
    pub(super) lang: Lang,
    pub(super) slug: &'a str,
    pub(super) head: &'a Head,
    pub(super) scale: &'a Scale,
    pub(super) lines: &'a [Line<'a>],
    pub(super) links: &'a [RowLink],
    /// Codes on the way to opening.
    pub(super) path: HashSet<&'a str>,
    /// Start and finish of tasks in a baseline.
    pub(super) baseline: Option<&'a HashMap<TaskId, (i64, i64)>>,
    /// Stretches without work.
    pub(super) idle: &'a [(i64, i64)],
    pub(super) may_edit: bool,
    /// The list of names stands beside and says each bar in words.
    pub(super) spoken: bool,
}

/// An arrow within a block.
struct Arrow {
    from: usize,
    to: usize,
    class: &'static str,
    d: String,
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Picture<'_> {
    /// Months above, weeks, days or hours below.
    pub(super) fn axis(&self) -> Markup {
        let scale = self.scale;
        let (width, opening) = (scale.width(), axis::midnight(self.head.opens_on));
        let today = axis::midnight(self.head.today);
        // The later of the two has its word behind it, the earlier before: close together they stay apart.
        let beside = |minute: i64, behind: bool| scale.x(minute) + if behind { 4 } else { -4 };
        let anchor = |behind: bool| if behind { "start" } else { "end" };
        html! {
            svg.gantt-axis width=(width) height=(BAND) viewBox={ "0 0 " (width) " " (BAND) } aria-hidden="true" focusable="false" {
                rect.gantt-band x="0" y="0" width=(width) height=(BAND) {}
                @for (x, words) in scale.major(self.lang) {
                    line.grid-line x1=(x) x2=(x) y1="0" y2=(BAND) {}
                    @if !words.is_empty() { text.gantt-month x=(x + 5) y="16" { (words) } }
                }
                @for (x, words) in scale.minor() {
                    line.grid-tick x1=(x) x2=(x) y1=(BAND - 18) y2=(BAND) {}
                    text.gantt-tick x=(x + 3) y=(BAND - 6) { (words) }
                }
                @if scale.shows(opening, opening) {
                    line.gantt-opening x1=(scale.x(opening)) x2=(scale.x(opening)) y1="0" y2=(BAND) {}
                    text.gantt-opening-word x=(beside(opening, opening >= today)) y="30" text-anchor=(anchor(opening >= today)) { "D0" }
                }
                @if scale.shows(today, today) {
                    line.gantt-today x1=(scale.x(today)) x2=(scale.x(today)) y1="0" y2=(BAND) {}
                    text.gantt-today-word x=(beside(today, opening < today)) y="30" text-anchor=(anchor(opening < today)) { (self.lang.t("plan-today")) }
                }
                line.axis-line x1="0" x2=(width) y1=(BAND) y2=(BAND) {}
            }
        }
    }

    /// Blocks of so many rows each.
    pub(super) fn blocks(&self, rows: usize) -> Vec<Markup> {
        let arrows = self.arrows(rows);
        let starts = (0..self.lines.len()).step_by(rows.max(1));
        starts
            .zip(arrows)
            .map(|(from, arrows)| {
                let lines = &self.lines[from..self.lines.len().min(from + rows)];
                let (width, height) = (self.scale.width(), ROW * count(lines.len()));
                html! {
                    svg.gantt-picture width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } role="presentation" focusable="false" {
                        (self.inside(lines, &arrows))
                    }
                }
            })
            .collect()
    }

    /// All rows as one group of shapes, without a frame: for sheets.
    pub(super) fn whole(&self) -> Markup {
        let arrows = self.arrows(self.lines.len().max(1));
        self.inside(self.lines, arrows.first().map_or(&[][..], Vec::as_slice))
    }

    fn inside(&self, lines: &[Line<'_>], arrows: &[Arrow]) -> Markup {
        let height = ROW * count(lines.len());
        html! {
            (self.backdrop(height))
            @for (at, line) in lines.iter().enumerate() {
                @if let Line::Group(group) = line { (self.group(ROW * count(at), group)) }
            }
            @for arrow in arrows {
                path class=(arrow.class) d=(arrow.d) data-a=(arrow.from) data-b=(arrow.to) {}
            }
            @for (at, line) in lines.iter().enumerate() {
                @if let Line::Task(position, row) = line { (self.task(ROW * count(at), *position, row)) }
            }
            (self.marks(lines, height))
        }
    }

    /// Time without work, and the lines of the axis drawn down.
    fn backdrop(&self, height: i64) -> Markup {
        let scale = self.scale;
        // Nights are shaded where hours are shown, elsewhere whole days off.
        let span = |&(from, until): &(i64, i64)| match scale.zoom {
            Zoom::Months => None,
            Zoom::Hours => Some((from, until)),
            _ => Some((from + (-from).rem_euclid(DAY), until - until.rem_euclid(DAY))),
        };
        let idle = self.idle.iter().filter_map(span).filter(|(from, until)| from < until && scale.shows(*from, *until));
        html! {
            @for (from, until) in idle {
                @let (x, end) = (scale.x(from).max(0), scale.x(until).min(scale.width()));
                @if end > x { rect.gantt-idle x=(x) y="0" width=(end - x) height=(height) {} }
            }
            // One path for all lines: a block of days would be mostly lines otherwise.
            path.grid-tick d=(uprights(scale.minor().iter().map(|(x, _)| *x), height)) {}
            path.grid-line d=(uprights(scale.major(self.lang).iter().map(|(x, _)| *x), height)) {}
        }
    }

    /// Where each shown task stands: line by position in the plan.
    fn places(&self) -> HashMap<usize, (usize, &Row)> {
        let tasks = self.lines.iter().enumerate();
        tasks
            .filter_map(|(at, line)| match line {
                Line::Task(position, row) => Some((*position, (at, *row))),
                Line::Group(_) => None,
            })
            .collect()
    }

    /// The arrows of every block; one that crosses several blocks is drawn in each.
    fn arrows(&self, rows: usize) -> Vec<Vec<Arrow>> {
        let rows = rows.max(1);
        let mut blocks: Vec<Vec<Arrow>> = Vec::new();
        blocks.resize_with(self.lines.len().div_ceil(rows), Vec::new);
        let places = self.places();
        let bar = |(at, row): (usize, &Row)| Bar {
            start: self.scale.x(row.start),
            finish: self.scale.x(row.finish),
            y: ROW * count(at) + ROW / 2,
        };
        for link in self.links {
            let (Some(&from), Some(&to)) = (places.get(&link.from), places.get(&link.to)) else { continue };
            let first = from.1.start.min(to.1.start);
            if !self.scale.shows(first, from.1.finish.max(to.1.finish)) {
                continue;
            }
            let on_path = |row: &Row| self.path.contains(row.code.as_str());
            let class = match (link.driving, on_path(from.1) && on_path(to.1)) {
                (true, true) => "gantt-link is-path",
                (true, false) => "gantt-link is-driving",
                _ => "gantt-link",
            };
            let points = route(link.kind, bar(from), bar(to));
            let (first, last) = (from.0.min(to.0) / rows, from.0.max(to.0) / rows);
            for (block, arrows) in blocks.iter_mut().enumerate().take(last + 1).skip(first) {
                let d = path(&points, ROW * count(block * rows));
                arrows.push(Arrow { from: link.from, to: link.to, class, d });
            }
        }
        blocks
    }

    /// D0, today and the line of progress.
    fn marks(&self, lines: &[Line<'_>], height: i64) -> Markup {
        let scale = self.scale;
        let (opening, today) = (axis::midnight(self.head.opens_on), axis::midnight(self.head.today));
        html! {
            @if scale.shows(opening, opening) {
                line.gantt-opening x1=(scale.x(opening)) x2=(scale.x(opening)) y1="0" y2=(height) {}
            }
            @if scale.shows(today, today) {
                line.gantt-today x1=(scale.x(today)) x2=(scale.x(today)) y1="0" y2=(height) {}
            }
            (self.progress(lines, height))
        }
    }

    /// From the data date down, out to how far each task has come: left of the line is behind.
    fn progress(&self, lines: &[Line<'_>], height: i64) -> Markup {
        let date = axis::midnight(self.head.data_date.unwrap_or(self.head.today));
        if !self.scale.shows(date, date) {
            return html! {};
        }
        let x = self.scale.x(date);
        let mut d = format!("M{x} 0");
        for (at, line) in lines.iter().enumerate() {
            let Line::Task(_, row) = line else { continue };
            if let Some(reached) = reached(row, date) {
                use std::fmt::Write;
                let top = ROW * count(at);
                let _ = write!(d, "V{top}L{} {}L{x} {}", self.scale.x(reached), top + ROW / 2, top + ROW);
            }
        }
        d.push_str(&format!("V{height}"));
        html! { path.gantt-reached d=(d) {} }
    }
}

/// Lines down at these places.
fn uprights(places: impl Iterator<Item = i64>, height: i64) -> String {
    places.map(|x| format!("M{x} 0v{height}")).collect()
}

/// The minute up to which a task is done, where that is not simply the data date.
fn reached(row: &Row, date: i64) -> Option<i64> {
    if row.state.is_done() {
        return None;
    }
    if row.state.is_ahead() {
        return (row.start < date).then_some(row.start);
    }
    let span = row.finish - row.start;
    Some(row.start + span * i64::from(row.percent.clamp(0, 100)) / 100)
}
