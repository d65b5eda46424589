//! What stands in a row of the Gantt: bar, progress, float, baseline, deadline, diamond, bracket.
//! Measures are pixels; the list of names beside has the same row height, so that both stay in line.

use domain::plan::Kind;
use domain::plan::axis;
use domain::plan::calendar::DAY;
use domain::plan::view::Row;
use maud::{Markup, html};

use super::super::words;
use super::lines::Group;
use super::{Picture, ROW};
use crate::{Lang, links};

/// Top of a bar within its row, and its height.
const TOP: i64 = 7;
const TALL: i64 = 13;
/// Half a diamond.
const HALF: i64 = 8;

impl Picture<'_> {
    /// Everything of one task.
    pub(super) fn task(&self, y: i64, position: usize, row: &Row) -> Markup {
        let scale = self.scale;
        let (x, end) = (scale.x(row.start), scale.x(row.finish));
        let baseline = self.baseline.and_then(|spans| spans.get(&row.id));
        let shown = scale.shows(row.start, row.finish.max(row.late_finish));
        html! {
            @if let Some(&(start, finish)) = baseline {
                @if scale.shows(start, finish) {
                    rect.gantt-baseline x=(scale.x(start)) y=(y + TOP + TALL + 2) width=((scale.x(finish) - scale.x(start)).max(3)) height="3" {}
                }
            }
            @if shown {
                // Its row beside says all of it in words; on a sheet there is no row to name.
                a.gantt-task href=(links::plan::task(self.slug, &row.code)) tabindex="-1" data-at=(position)
                    aria-labelledby=[self.spoken.then(|| row_id(position))]
                    data-start=(row.start) data-finish=(row.finish) data-may=[self.may(row)] data-length=(row.duration) data-share=(share(row)) {
                    title { (hint(self.lang, row)) }
                    (self.float(y, row, end))
                    (self.body(y, row, x, end))
                }
            }
            (self.deadline(y, row))
        }
    }

    /// What a person may do to the bar with the mouse: nothing, its end, or all of it.
    fn may(&self, row: &Row) -> Option<&'static str> {
        if !self.may_edit || row.kind == Kind::Summary || row.state.is_done() {
            return None;
        }
        match (row.state.is_ahead(), row.duration > 0) {
            (true, true) => Some("both"),
            (true, false) => Some("move"),
            (false, true) => Some("end"),
            (false, false) => None,
        }
    }

    fn float(&self, y: i64, row: &Row, end: i64) -> Markup {
        let late = self.scale.x(row.late_finish);
        html! {
            @if late > end && !row.state.is_done() {
                rect.gantt-float x=(end) y=(y + TOP + TALL / 2 - 1) width=(late - end) height="3" {}
            }
        }
    }

    fn body(&self, y: i64, row: &Row, x: i64, end: i64) -> Markup {
        let class = self.class(row);
        let width = (end - x).max(3);
        let done = width * i64::from(row.percent.clamp(0, 100)) / 100;
        if row.kind == Kind::Summary {
            return bracket(class, x, end, y);
        }
        if row.kind != Kind::Task || row.duration == 0 {
            let top = y + TOP + TALL / 2 - HALF;
            return html! {
                path class={ (class) " is-point" } d={ "M" (x) " " (top) "l" (HALF) " " (HALF) "l-" (HALF) " " (HALF) "l-" (HALF) " -" (HALF) "z" } {}
            };
        }
        html! {
            rect class=(class) x=(x) y=(y + TOP) width=(width) height=(TALL) rx="3" {}
            @if done > 0 && !row.state.is_done() {
                rect.gantt-progress x=(x) y=(y + TOP) width=(done.max(2)) height=(TALL) rx="3" {}
            }
            @if self.scale.zoom.per_day() > 20.0 {
                text.gantt-label x=(end + 10) y=(y + TOP + TALL - 3) { (row.name.get(self.lang.locale())) }
            }
        }
    }

    fn class(&self, row: &Row) -> &'static str {
        match row {
            row if row.state.is_done() => "gantt-bar is-done",
            row if self.path.contains(row.code.as_str()) => "gantt-bar is-path",
            row if row.late => "gantt-bar is-late",
            row if row.critical => "gantt-bar is-critical",
            row if row.is_near_critical() => "gantt-bar is-near",
            _ => "gantt-bar",
        }
    }

    /// A wanted last day: a small mark that points at the end of that day.
    fn deadline(&self, y: i64, row: &Row) -> Markup {
        let at = row.deadline_on.map(|day| axis::midnight(day) + DAY).filter(|&at| self.scale.shows(at, at));
        html! {
            @if let Some(at) = at {
                @let class = if row.finish > at { "gantt-deadline is-missed" } else { "gantt-deadline" };
                path class=(class) aria-hidden="true" d={ "M" (self.scale.x(at)) " " (y + TOP + TALL - 2) "l-5 -9h10z" } {
                    title { (self.lang.t("gantt-legend-deadline")) }
                }
            }
        }
    }

    /// The bracket over the tasks of a heading.
    pub(super) fn group(&self, y: i64, group: &Group) -> Markup {
        let scale = self.scale;
        let (x, end) = (scale.x(group.start), scale.x(group.finish));
        let class = if group.critical { "gantt-bracket is-critical" } else { "gantt-bracket" };
        let done = (end - x).max(3) * group.percent / 100;
        html! {
            rect.gantt-group x="0" y=(y) width=(scale.width()) height=(ROW) {}
            @if scale.shows(group.start, group.finish) {
                g aria-hidden="true" {
                    title { (group.name) " · " (words::span(self.lang, group.start, group.finish)) " · " (self.lang.percent(group.percent as f64 / 100.0)) }
                    (bracket(class, x, end, y))
                    @if done > 0 { rect.gantt-bracket-done x=(x) y=(y + TOP + 1) width=(done) height="3" {} }
                }
            }
        }
    }
}

/// Id of a task's row in the list of names.
pub(super) fn row_id(position: usize) -> String {
    format!("row-{position}")
}

/// Working minutes in a minute of the bar: a stretched bar grows by as much work.
fn share(row: &Row) -> String {
    let span = row.finish - row.start;
    if span <= 0 || row.duration <= 0 { "1".to_owned() } else { format!("{:.4}", row.duration as f64 / span as f64) }
}

/// A beam with two feet.
fn bracket(class: &str, x: i64, end: i64, y: i64) -> Markup {
    let (width, top) = ((end - x).max(4), y + TOP);
    let foot = (width / 2).min(5);
    html! {
        path class=(class) d={ "M" (x) " " (top) "h" (width) "v11l-" (foot) " -6h-" (width - 2 * foot) "l-" (foot) " 6z" } {}
    }
}

/// All of a bar in words, for the pointer that rests on it.
pub(super) fn hint(lang: Lang, row: &Row) -> String {
    let mut parts = vec![
        format!("{} {}", row.code, row.name.get(lang.locale())),
        words::span(lang, row.start, row.finish),
        lang.term("task-state", row.state.code()),
        words::owner(lang, row),
    ];
    if !row.state.is_done() {
        parts.push(lang.percent(f64::from(row.percent) / 100.0));
        parts.push(lang.with("gantt-float-of", &[("time", lang.minutes(row.total_float).into())]));
    }
    parts.join(" · ")
}
