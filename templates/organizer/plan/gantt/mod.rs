//! The Gantt: names that stay in sight, a picture that scrolls beside them. The list of names
//! carries dates, state, float and predecessors in words, so the picture is never the only way to
//! read them.

mod bars;
mod controls;
mod lines;
mod names;
mod picture;
mod route;
mod scale;
mod sheets;

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::TaskId;
use domain::plan::Phase;
use domain::plan::view::{Filter, Head, Row, RowLink};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

pub use lines::Grouping;
pub use scale::Zoom;

use self::lines::{Folding, Line};
use self::picture::Picture;
use self::scale::Scale;
use super::words::{self, View};
use crate::components::{dialog, empty_state};
use crate::{Icon, Lang, Shell, links};

/// Height of a row, the same as in the style sheet.
const ROW: i64 = 28;
/// Height of the band of months and weeks.
const BAND: i64 = 44;
/// Rows drawn together: what is not in sight is left out by the browser, and paper breaks between them.
const BLOCK: usize = 20;
/// More tasks than this begin with their headings shut.
const SHUT_FROM: usize = 1_500;
/// Lines on one page.
const PAGE: usize = 1_500;

/// How the Gantt is looked at; lives in the address beside the filter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GanttView {
    /// Code of the scale.
    pub zoom: String,
    /// Code of the grouping.
    pub group: String,
    /// Groups that are shut.
    pub shut: Vec<String>,
    /// Groups that are open where all are shut at first.
    pub open: Vec<String>,
    /// First day shown by hours.
    pub at: String,
    /// Page of lines, from 1.
    pub page: String,
}

/// Dates of a plan as they were frozen.
pub struct Baseline<'a> {
    /// Its name.
    pub name: String,
    /// Start and finish by task, on the plan's axis.
    pub spans: &'a HashMap<TaskId, (i64, i64)>,
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
    /// Codes of the whole plan, by position.
    pub codes: Vec<&'a str>,
    /// The filter.
    pub filter: &'a Filter,
    /// Phases the plan has.
    pub phases: Vec<Phase>,
    /// How it is looked at.
    pub view: &'a GanttView,
    /// The baseline beside the plan.
    pub baseline: Option<Baseline<'a>>,
    /// Stretches without work, on the plan's axis.
    pub idle: &'a [(i64, i64)],
    /// Bars may be moved.
    pub may_edit: bool,
    /// Files may be taken away.
    pub may_export: bool,
}

impl<'a> Gantt<'a> {
    fn zoom(&self) -> Zoom {
        Zoom::parse(&self.view.zoom)
    }

    fn grouping(&self) -> Grouping {
        Grouping::parse(&self.view.group)
    }

    fn lines(&self, lang: Lang) -> Vec<Line<'a>> {
        let all_shut = self.rows.len() > SHUT_FROM;
        let folding = Folding { shut: &self.view.shut, open: &self.view.open, all_shut };
        lines::lines(lang, &self.rows, self.grouping(), &folding)
    }

    fn scale(&self) -> Scale {
        let opens = self.head.opens_on;
        let first = self.rows.iter().map(|(_, row)| row.starts_on).chain([opens]).min().unwrap_or(opens);
        let last = self.rows.iter().map(|(_, row)| row.ends_on).chain([opens]).max().unwrap_or(opens);
        let inside = |day: &NaiveDate| (first..=last).contains(day);
        let around = Some(self.head.today).filter(inside).unwrap_or(opens);
        let before = around.checked_sub_days(chrono::Days::new(1)).unwrap_or(around);
        let at = self.view.at.parse().unwrap_or(before);
        Scale::new(self.zoom(), (first, last), Some(at))
    }

    fn picture<'p>(&'p self, lang: Lang, scale: &'p Scale, lines: &'p [Line<'p>]) -> Picture<'p> {
        Picture {
            lang,
            slug: self.slug,
            head: self.head,
            scale,
            lines,
            links: self.links,
            path: lines::on_path(&self.head.path),
            baseline: self.baseline.as_ref().map(|one| one.spans),
            idle: self.idle,
            may_edit: self.may_edit,
            spoken: true,
        }
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let (scale, lines) = (self.scale(), self.lines(lang));
        let page = self.view.page.parse::<usize>().unwrap_or(1).clamp(1, lines.len().div_ceil(PAGE).max(1));
        let shown = &lines[(page - 1) * PAGE..lines.len().min(page * PAGE)];
        let body = html! {
            div.stack {
                (self.controls(lang, &scale))
                @if self.rows.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::Gantt, &lang.t("plan-none-found"), &lang.t("plan-none-found-hint"), &none))
                } @else {
                    (self.figure(lang, &scale, shown))
                    (self.pages(lang, page, lines.len()))
                }
                (self.legend(lang))
                @if self.may_edit {
                    @let inside = html! { div id="gantt-effect" aria-live="polite" {} };
                    (dialog(lang, "gantt-move", &lang.t("gantt-move-title"), &inside))
                }
            }
        };
        let views = words::views(lang, self.slug, View::Gantt, self.head.counts.deviations);
        let frame = shell.page(lang.t("plan-title")).actions(self.actions(lang)).tabs(views).wide();
        frame.script("gantt.js").body(&body)
    }

    fn figure(&self, lang: Lang, scale: &Scale, lines: &[Line<'_>]) -> Markup {
        let picture = self.picture(lang, scale, lines);
        let waits = self.waits();
        let words = |key: &str| {
            lang.with(
                key,
                &[
                    ("code", "{code}".into()),
                    ("from", "{from}".into()),
                    ("until", "{until}".into()),
                    ("shift", "{shift}".into()),
                ],
            )
        };
        let number = |key: &str| lang.with(key, &[("count", "{n}".into())]);
        let shift = |key: &str| lang.with(key, &[("time", "{time}".into())]);
        let day = |key: &str| lang.t(key);
        html! {
            div.gantt id="gantt" role="region" aria-label=(lang.t("plan-gantt"))
                data-lang=(lang.code()) data-per-day=(scale.zoom.per_day()) data-step=(scale.zoom.step())
                data-move=[self.may_edit.then(|| links::plan::shift(self.slug, "CODE"))]
                data-moved=(words("gantt-say-moved")) data-stretched=(words("gantt-say-stretched"))
                data-back=(day("gantt-say-back")) data-fixed=(day("gantt-say-fixed"))
                data-later=(shift("plan-later")) data-earlier=(shift("plan-earlier"))
                data-days=(number("unit-days")) data-hours=(number("unit-hours")) {
                div.gantt-inner {
                    div.gantt-head {
                        div.gantt-corner { (lang.t("plan-column-task")) }
                        (picture.axis())
                    }
                    (self.here(scale))
                    @for (at, (block, lines)) in picture.blocks(BLOCK).into_iter().zip(lines.chunks(BLOCK)).enumerate() {
                        div.gantt-block {
                            (self.names(lang, at * BLOCK + 1, lines, &waits))
                            (block)
                        }
                    }
                }
            }
            p.muted.small.gantt-keys data-chart-keys hidden { (lang.t("gantt-walk")) }
            @if self.may_edit {
                p.gantt-status id="gantt-status" role="status" {}
                p.muted.small.gantt-keys data-chart-keys hidden { (lang.t("gantt-keys")) }
            }
        }
    }

    /// Where `#today` leads: a stretch around today that comes into sight sideways and only so. Its
    /// large scroll margin (in the style sheet) keeps the page at its heading.
    fn here(&self, scale: &Scale) -> Markup {
        let today = domain::plan::axis::midnight(self.head.today);
        let at = if scale.shows(today, today) {
            scale.x(today)
        } else {
            scale.x(domain::plan::axis::midnight(self.head.opens_on))
        };
        html! {
            div.gantt-here {
                svg width=((at - 240).max(0)) height="1" aria-hidden="true" focusable="false" {}
                span id="today" {}
            }
        }
    }
}
