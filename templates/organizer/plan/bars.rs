//! The picture of the Gantt: bars, floats, links and lines as SVG. Measures are pixels; the list
//! of names beside it has the same row height, so that both stay in line.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};
use domain::plan::calendar::DAY;
use domain::plan::view::{Head, Row, RowLink};
use domain::plan::{Kind, LinkKind, axis};
use maud::{Markup, html};

use super::words;
use crate::{Lang, links};

/// Height of a row, the same as in the style sheet.
pub(super) const ROW: i64 = 28;
/// Height of the band of months and weeks.
pub(super) const BAND: i64 = 44;

/// A line of the picture: a heading or a task.
pub(super) enum Line<'a> {
    /// A phase and stage.
    Group(String),
    /// A task with its position in the plan.
    Task(usize, &'a Row),
}

/// What is drawn.
pub(super) struct Picture<'a> {
    pub(super) lang: Lang,
    pub(super) slug: &'a str,
    pub(super) head: &'a Head,
    pub(super) lines: &'a [Line<'a>],
    pub(super) links: &'a [RowLink],
    /// Pixels of a day.
    pub(super) scale: f64,
    /// First and last day of the axis.
    pub(super) days: (NaiveDate, NaiveDate),
}

impl Picture<'_> {
    fn x(&self, minute: i64) -> i64 {
        let from = axis::midnight(self.days.0);
        ((minute - from) as f64 / DAY as f64 * self.scale).round() as i64
    }

    fn width(&self) -> i64 {
        self.x(axis::midnight(self.days.1) + DAY)
    }

    fn height(&self) -> i64 {
        BAND + ROW * i64::try_from(self.lines.len()).unwrap_or(0)
    }

    fn y(&self, line: usize) -> i64 {
        BAND + ROW * i64::try_from(line).unwrap_or(0)
    }

    pub(super) fn draw(&self) -> Markup {
        let (width, height) = (self.width(), self.height());
        html! {
            svg.gantt-picture width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } aria-hidden="true" focusable="false" {
                (self.grid())
                (self.stripes())
                (self.arrows())
                @for (at, line) in self.lines.iter().enumerate() {
                    @if let Line::Task(_, row) = line { (self.bar(at, row)) }
                }
                (self.marks())
            }
        }
    }

    /// Months above, weeks or days below, and the lines down from them.
    fn grid(&self) -> Markup {
        let height = self.height();
        let mut day = self.days.0.with_day(1).unwrap_or(self.days.0);
        let mut months = Vec::new();
        while day <= self.days.1 {
            months.push(day);
            day = day.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX);
        }
        let step = if self.scale >= 20.0 { 1 } else { 7 };
        let mut ticks = Vec::new();
        if self.scale >= 6.0 {
            let to_monday = i64::from((7 - self.days.0.weekday().num_days_from_monday()) % 7);
            let mut at = axis::midnight(self.days.0) + if step == 7 { to_monday * DAY } else { 0 };
            while at < axis::midnight(self.days.1) + DAY {
                ticks.push(at);
                at += step * DAY;
            }
        }
        html! {
            rect.gantt-band x="0" y="0" width=(self.width()) height=(BAND) {}
            // Where `#today` leads: a stretch around today, so that it comes into sight as a whole.
            @let here = self.x(axis::midnight(self.head.today));
            rect.gantt-here id="today" x=((here - 240).max(0)) y="0" width="480" height="1" {}
            @for month in &months {
                @let x = self.x(axis::midnight(*month)).max(0);
                @let next = month.checked_add_months(chrono::Months::new(1)).unwrap_or(*month);
                line.grid-line x1=(x) x2=(x) y1="0" y2=(height) {}
                @if self.x(axis::midnight(next)) - x > 58 { text.gantt-month x=(x + 5) y="17" { (self.lang.month(month.month())) " " (month.year()) } }
            }
            @for tick in &ticks {
                @let x = self.x(*tick);
                line.grid-tick x1=(x) x2=(x) y1=(BAND - 18) y2=(height) {}
                text.gantt-tick x=(x + 3) y=(BAND - 6) { (axis::day_of(*tick).day()) }
            }
        }
    }

    fn stripes(&self) -> Markup {
        html! {
            @for (at, line) in self.lines.iter().enumerate() {
                @if let Line::Group(_) = line {
                    rect.gantt-group x="0" y=(self.y(at)) width=(self.width()) height=(ROW) {}
                }
            }
        }
    }

    /// A link leaves where its predecessor's tied end is and arrives at the successor's.
    fn arrows(&self) -> Markup {
        let place = |position: usize| {
            self.lines.iter().enumerate().find_map(|(at, line)| match line {
                Line::Task(here, row) if *here == position => Some((at, *row)),
                _ => None,
            })
        };
        let mut plain = String::new();
        let mut driving = String::new();
        let mut critical = String::new();
        for link in self.links {
            let (Some((from_line, from)), Some((to_line, to))) = (place(link.from), place(link.to)) else { continue };
            let start = matches!(link.kind, LinkKind::Fs | LinkKind::Ff);
            let x1 = self.x(if start { from.finish } else { from.start });
            let x2 = self.x(if matches!(link.kind, LinkKind::Fs | LinkKind::Ss) { to.start } else { to.finish });
            let (y1, y2) = (self.y(from_line) + ROW / 2, self.y(to_line) + ROW / 2);
            let on_path = |row: &Row| self.head.path.contains(&row.code);
            let path = match (link.driving, on_path(from) && on_path(to)) {
                (true, true) => &mut critical,
                (true, false) => &mut driving,
                _ => &mut plain,
            };
            let out = if start { x1 + 6 } else { x1 - 6 };
            let tip = if matches!(link.kind, LinkKind::Fs | LinkKind::Ss) { -4 } else { 4 };
            let _ = write!(
                path,
                "M{x1} {y1}H{out}V{}H{}V{y2}H{x2}m{tip} -3l{} 3l{tip} 3",
                (y1 + y2) / 2,
                x2 + 2 * tip,
                -tip
            );
        }
        html! {
            path.gantt-link d=(plain) {}
            path.gantt-link.is-driving d=(driving) {}
            path.gantt-link.is-path d=(critical) {}
        }
    }

    fn bar(&self, at: usize, row: &Row) -> Markup {
        let (x, end) = (self.x(row.start), self.x(row.finish));
        let y = self.y(at);
        let late = self.x(row.late_finish);
        let on_path = self.head.path.contains(&row.code);
        let class = match row {
            row if row.state.is_done() => "gantt-bar is-done",
            _ if on_path => "gantt-bar is-path",
            row if row.late => "gantt-bar is-late",
            row if row.critical => "gantt-bar is-critical",
            _ => "gantt-bar",
        };
        let width = (end - x).max(3);
        let done = width * i64::from(row.percent.clamp(0, 100)) / 100;
        let point = row.kind != Kind::Task || row.duration == 0;
        html! {
            a href=(links::plan::task(self.slug, &row.code)) tabindex="-1" {
                title {
                    (row.code) " " (row.name.get(self.lang.locale())) " · " (words::span(self.lang, row.start, row.finish))
                    " · " (self.lang.term("task-state", row.state.code()))
                }
                @if late > end && !row.state.is_done() {
                    rect.gantt-float x=(end) y=(y + ROW / 2 - 1) width=(late - end) height="3" {}
                }
                @if point {
                    path class=(class) d={ "M" (x) " " (y + 6) "l8 8l-8 8l-8 -8z" } {}
                } @else {
                    rect class=(class) x=(x) y=(y + 7) width=(width) height=(ROW - 14) rx="3" {}
                    @if done > 0 && !row.state.is_done() {
                        rect.gantt-progress x=(x) y=(y + ROW - 10) width=(done) height="3" {}
                    }
                }
            }
        }
    }

    /// D0 and today.
    fn marks(&self) -> Markup {
        let height = self.height();
        let opening = self.x(axis::midnight(self.head.opens_on));
        let today = self.x(axis::midnight(self.head.today));
        html! {
            line.gantt-opening x1=(opening) x2=(opening) y1="0" y2=(height) {}
            text.gantt-opening-word x=(opening + 4) y="30" { "D0" }
            @if today >= 0 && today <= self.width() {
                line.gantt-today x1=(today) x2=(today) y1="0" y2=(height) {}
                text.gantt-today-word x=(today - 4) y="30" text-anchor="end" { (self.lang.t("plan-today")) }
            }
        }
    }
}
