//! Curves: line charts with or without area, and sparklines.

use std::fmt::Write;

use maud::{Markup, Render, html};

use super::{
    Series, Width,
    axis::{BOTTOM, LEFT, Plot, TOP, px},
    framed,
};
use crate::Lang;

/// Values over equal steps of time or anything else.
#[derive(Debug, Clone)]
#[must_use]
pub struct LineChart {
    lang: Lang,
    title: String,
    unit: String,
    labels: Vec<String>,
    series: Vec<Series>,
    width: Width,
    mark: Option<(usize, String)>,
    area: bool,
}

impl LineChart {
    /// What it shows, in which unit, over which labels.
    pub fn new(lang: Lang, title: impl Into<String>, unit: impl Into<String>, labels: Vec<String>) -> Self {
        let (title, unit) = (title.into(), unit.into());
        Self { lang, title, unit, labels, series: Vec::new(), width: Width::Half, mark: None, area: false }
    }

    pub fn series(mut self, series: Series) -> Self {
        self.series.push(series);
        self
    }

    pub fn full(mut self) -> Self {
        self.width = Width::Full;
        self
    }

    /// Fills under the first curve.
    pub fn area(mut self) -> Self {
        self.area = true;
        self
    }

    /// A line upright at a label: now, opening day.
    pub fn mark(mut self, index: usize, text: impl Into<String>) -> Self {
        self.mark = Some((index, text.into()));
        self
    }

    fn x(&self, plot: &Plot, index: usize) -> f64 {
        let steps = self.labels.len().saturating_sub(1).max(1) as f64;
        LEFT + plot.inner_width() * index as f64 / steps
    }

    /// The picture alone, with title and legend in it: for files.
    pub fn poster(&self) -> super::Poster {
        super::poster(self.width.size(), &self.title, &self.unit, &self.series, &self.svg())
    }

    fn svg(&self) -> Markup {
        let largest =
            self.series.iter().flat_map(|one| one.values.iter().flatten()).fold(0.0_f64, |top, value| top.max(*value));
        let plot = Plot::new(self.width.size(), largest);
        let (width, height) = (plot.width, plot.height);
        html! {
            svg viewBox={ "0 0 " (px(width)) " " (px(height)) } role="img" aria-label=(self.title) {
                (plot.grid(self.lang))
                (plot.labels(&self.labels, |index| self.x(&plot, index)))
                @if let Some((index, text)) = &self.mark {
                    @let x = self.x(&plot, *index);
                    line.now-line x1=(px(x)) x2=(px(x)) y1=(px(TOP)) y2=(px(height - BOTTOM)) {}
                    text.mark-text x=(px(x + 4.0)) y=(px(TOP + 8.0)) text-anchor="start" { (text) }
                }
                @for (index, one) in self.series.iter().enumerate() {
                    @let points = self.points(&plot, one);
                    @if self.area && index == 0 {
                        path class={ "area fill " (one.class(index)) } d=(area_path(&points, height - BOTTOM)) {}
                    }
                    path class={ "line stroke " (one.class(index)) @if one.dashed { " dashed" } } d=(line_path(&points)) {}
                }
            }
        }
    }

    fn points(&self, plot: &Plot, series: &Series) -> Vec<(f64, f64)> {
        let values = series.values.iter().enumerate();
        values.filter_map(|(index, value)| value.map(|value| (self.x(plot, index), plot.y(value)))).collect()
    }
}

impl Render for LineChart {
    fn render(&self) -> Markup {
        framed(self.lang, self.width, &self.title, &self.unit, &self.labels, &self.series, &self.svg())
    }
}

fn line_path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if index == 0 { 'M' } else { 'L' }, px(*x), px(*y));
    }
    path
}

fn area_path(points: &[(f64, f64)], floor: f64) -> String {
    match (points.first(), points.last()) {
        (Some(first), Some(last)) => {
            format!("{}L{} {}L{} {}Z", line_path(points), px(last.0), px(floor), px(first.0), px(floor))
        }
        _ => String::new(),
    }
}

/// A curve without axes beside a figure; the words say what it shows.
pub fn sparkline(values: &[f64], words: &str) -> Markup {
    let largest = values.iter().fold(0.0_f64, |top, value| top.max(*value)).max(f64::MIN_POSITIVE);
    let steps = values.len().saturating_sub(1).max(1) as f64;
    let place = |(index, value): (usize, &f64)| (index as f64 / steps * 120.0, 30.0 - value / largest * 28.0);
    let points: Vec<_> = values.iter().enumerate().map(place).collect();
    html! {
        svg.spark viewBox="0 0 120 32" preserveAspectRatio="none" role="img" aria-label=(words) {
            path.area d=(area_path(&points, 32.0)) {}
            path.line d=(line_path(&points)) {}
        }
    }
}
