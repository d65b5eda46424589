//! The tornado: what moves a date, widest first. Bars lie to both sides of the mean.

use maud::{Markup, Render, html};

use super::{Series, Width, axis::px, figure, framed};
use crate::Lang;

/// One bar: a name and where the date lies at either end, in the unit of the chart, from the mean.
#[derive(Debug, Clone)]
pub struct Swing {
    pub name: String,
    pub low: f64,
    pub high: f64,
}

/// Bars to both sides of the mean.
#[derive(Debug, Clone)]
#[must_use]
pub struct Tornado {
    lang: Lang,
    title: String,
    unit: String,
    ends: (String, String),
    swings: Vec<Swing>,
}

const WIDTH: f64 = 920.0;
const NAMES: f64 = 300.0;
const FIGURES: f64 = 48.0;
const ROW: f64 = 24.0;
const FOOT: f64 = 26.0;

impl Tornado {
    /// What it shows, in which unit, and what the two ends mean.
    pub fn new(lang: Lang, title: impl Into<String>, unit: impl Into<String>, ends: (String, String)) -> Self {
        Self { lang, title: title.into(), unit: unit.into(), ends, swings: Vec::new() }
    }

    pub fn swing(mut self, swing: Swing) -> Self {
        self.swings.push(swing);
        self
    }

    /// The picture alone, with its title in it: for files.
    pub fn poster(&self) -> super::Poster {
        let height = ROW * self.swings.len() as f64 + FOOT;
        super::poster((WIDTH, height), &self.title, &self.unit, &[], &self.svg())
    }

    fn svg(&self) -> Markup {
        let reach = self.swings.iter().map(|one| one.low.abs().max(one.high.abs())).fold(0.0, f64::max).max(0.5);
        let (step, top) = scale(reach);
        let (left, right) = (NAMES + FIGURES, WIDTH - FIGURES);
        let x = |value: f64| f64::midpoint(left, right) + value / top * (right - left) / 2.0;
        let height = ROW * self.swings.len() as f64 + FOOT;
        let steps = (top / step).round() as i32;
        html! {
            svg viewBox={ "0 0 " (px(WIDTH)) " " (px(height)) } role="img" aria-label=(self.title) {
                @for index in -steps..=steps {
                    @let value = f64::from(index) * step;
                    line class=(if index == 0 { "axis-line" } else { "grid-line" }) x1=(px(x(value))) x2=(px(x(value))) y1="0" y2=(px(height - FOOT)) {}
                    text x=(px(x(value))) y=(px(height - 9.0)) text-anchor="middle" { (signed(self.lang, value)) }
                }
                @for (at, one) in self.swings.iter().enumerate() {
                    @let y = ROW * at as f64;
                    @let (from, to) = (one.low.min(one.high), one.low.max(one.high));
                    text x="0" y=(px(y + 16.0)) { (short(&one.name)) }
                    (bar(&x, one.low, y, "series-3"))
                    (bar(&x, one.high, y, "series-2"))
                    text.value x=(px(x(from.min(0.0)) - 6.0)) y=(px(y + 16.0)) text-anchor="end" { (signed(self.lang, from)) }
                    text.value x=(px(x(to.max(0.0)) + 6.0)) y=(px(y + 16.0)) { (signed(self.lang, to)) }
                }
            }
        }
    }
}

/// A bar from the mean to a value.
fn bar(x: &impl Fn(f64) -> f64, value: f64, y: f64, class: &str) -> Markup {
    let (from, to) = (x(value.min(0.0)), x(value.max(0.0)));
    html! { rect class={ "fill " (class) } x=(px(from)) y=(px(y + 4.0)) width=(px((to - from).max(0.5))) height=(px(ROW - 8.0)) {} }
}

/// A figure with its sign.
fn signed(lang: Lang, value: f64) -> String {
    if value > 0.04 { format!("+{}", figure(lang, value)) } else { figure(lang, value) }
}

/// As much of a name as fits before the bars.
fn short(name: &str) -> String {
    let (mut out, mut width) = (String::new(), 0.0);
    for letter in name.chars() {
        width += if letter.is_ascii() { 6.1 } else { 11.5 };
        if width > NAMES - 14.0 {
            out.push('…');
            break;
        }
        out.push(letter);
    }
    out
}

/// A round step and a round reach of at most four steps.
fn scale(reach: f64) -> (f64, f64) {
    let rough = reach / 3.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough);
    let step = step.unwrap_or(power * 10.0);
    (step, (reach / step).ceil() * step)
}

impl Render for Tornado {
    fn render(&self) -> Markup {
        let labels: Vec<String> = self.swings.iter().map(|one| one.name.clone()).collect();
        let low = Series::full(self.ends.0.clone(), self.swings.iter().map(|one| one.low)).palette("series-3");
        let high = Series::full(self.ends.1.clone(), self.swings.iter().map(|one| one.high)).palette("series-2");
        framed(self.lang, Width::Full, &self.title, &self.unit, &labels, &[low, high], &self.svg())
    }
}
