//! Bars: side by side or stacked, upright or lying.

use maud::{Markup, Render, html};

use super::{
    Series, Width,
    axis::{BOTTOM, LEFT, Plot, px},
    figure, framed,
};
use crate::Lang;

/// Values by category.
#[derive(Debug, Clone)]
#[must_use]
pub struct BarChart {
    lang: Lang,
    title: String,
    unit: String,
    labels: Vec<String>,
    series: Vec<Series>,
    width: Width,
    stacked: bool,
    lying: bool,
}

impl BarChart {
    /// What it shows, in which unit, for which categories.
    pub fn new(lang: Lang, title: impl Into<String>, unit: impl Into<String>, labels: Vec<String>) -> Self {
        let (title, unit) = (title.into(), unit.into());
        Self { lang, title, unit, labels, series: Vec::new(), width: Width::Half, stacked: false, lying: false }
    }

    pub fn series(mut self, series: Series) -> Self {
        self.series.push(series);
        self
    }

    pub fn full(mut self) -> Self {
        self.width = Width::Full;
        self
    }

    /// The series of a category on top of each other.
    pub fn stacked(mut self) -> Self {
        self.stacked = true;
        self
    }

    /// Bars lie, names stand before them: for long names.
    pub fn lying(mut self) -> Self {
        self.lying = true;
        self
    }

    /// The picture alone, with title and legend in it: for files.
    pub fn poster(&self) -> super::Poster {
        let svg = if self.lying { self.flat() } else { self.upright() };
        let tall = if self.lying { self.labels.len() as f64 * 26.0 + 4.0 } else { self.width.size().1 };
        super::poster((self.width.size().0, tall), &self.title, &self.unit, &self.series, &svg)
    }

    fn value(&self, series: usize, label: usize) -> f64 {
        self.series[series].values.get(label).copied().flatten().unwrap_or(0.0).max(0.0)
    }

    fn sum(&self, label: usize) -> f64 {
        (0..self.series.len()).map(|series| self.value(series, label)).sum()
    }

    fn largest(&self) -> f64 {
        let labels = 0..self.labels.len();
        if self.stacked || self.lying {
            labels.map(|label| self.sum(label)).fold(0.0, f64::max)
        } else {
            labels
                .flat_map(|label| (0..self.series.len()).map(move |series| self.value(series, label)))
                .fold(0.0, f64::max)
        }
    }

    fn upright(&self) -> Markup {
        let plot = Plot::new(self.width.size(), self.largest());
        let slot = plot.inner_width() / self.labels.len().max(1) as f64;
        let bar = (slot * 0.68).min(44.0);
        let middle = |label: usize| LEFT + slot * (label as f64 + 0.5);
        html! {
            svg viewBox={ "0 0 " (px(plot.width)) " " (px(plot.height)) } role="img" aria-label=(self.title) {
                (plot.grid(self.lang))
                (plot.labels(&self.labels, middle))
                @for label in 0..self.labels.len() {
                    @for (x, y, width, height, index) in self.boxes(&plot, middle(label) - bar / 2.0, bar, label) {
                        rect class={ "fill " (self.series[index].class(index)) } x=(px(x)) y=(px(y)) width=(px(width)) height=(px(height)) rx="1.5" {
                            title { (self.labels[label]) ": " (self.series[index].name) " " (figure(self.lang, self.value(index, label))) }
                        }
                    }
                }
            }
        }
    }

    /// The rectangles of one category: x, y, width, height, series.
    fn boxes(&self, plot: &Plot, left: f64, bar: f64, label: usize) -> Vec<(f64, f64, f64, f64, usize)> {
        let floor = plot.height - BOTTOM;
        let mut boxes = Vec::new();
        let mut below = 0.0;
        for series in 0..self.series.len() {
            let value = self.value(series, label);
            if value <= 0.0 {
                continue;
            }
            if self.stacked {
                let (top, bottom) = (plot.y(below + value), plot.y(below));
                boxes.push((left, top, bar, bottom - top, series));
                below += value;
            } else {
                let one = bar / self.series.len() as f64;
                let top = plot.y(value);
                boxes.push((left + one * series as f64, top, (one - 1.0).max(1.0), floor - top, series));
            }
        }
        boxes
    }

    fn flat(&self) -> Markup {
        let (width, _) = self.width.size();
        let (name, figures, row) = (128.0, 52.0, 26.0);
        let room = width - name - figures;
        let largest = self.largest().max(f64::MIN_POSITIVE);
        let height = row * self.labels.len() as f64 + 4.0;
        html! {
            svg viewBox={ "0 0 " (px(width)) " " (px(height)) } role="img" aria-label=(self.title) {
                @for (label, words) in self.labels.iter().enumerate() {
                    @let y = row * label as f64;
                    text x="0" y=(px(y + 17.0)) { (words) }
                    @for (x, long, index) in self.lanes(label, room / largest) {
                        rect class={ "fill " (self.series[index].class(index)) } x=(px(name + x)) y=(px(y + 6.0)) width=(px(long)) height="14" rx="2" {
                            title { (words) ": " (self.series[index].name) " " (figure(self.lang, self.value(index, label))) }
                        }
                    }
                    text.value x=(px(name + self.sum(label) * room / largest + 6.0)) y=(px(y + 17.0)) { (figure(self.lang, self.sum(label))) }
                }
            }
        }
    }

    /// The pieces of one lying bar: x, length, series.
    fn lanes(&self, label: usize, scale: f64) -> Vec<(f64, f64, usize)> {
        let mut lanes = Vec::new();
        let mut x = 0.0;
        for series in 0..self.series.len() {
            let long = self.value(series, label) * scale;
            if long > 0.0 {
                lanes.push((x, long, series));
                x += long;
            }
        }
        lanes
    }
}

impl Render for BarChart {
    fn render(&self) -> Markup {
        let svg = if self.lying { self.flat() } else { self.upright() };
        framed(self.lang, self.width, &self.title, &self.unit, &self.labels, &self.series, &svg)
    }
}
