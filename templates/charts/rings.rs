//! Shares of a whole: donut and gauge.

use std::f64::consts::PI;

use maud::{Markup, html};

use super::{axis::px, figure, series_class};
use crate::{Lang, Tone};

/// One share.
#[derive(Debug, Clone)]
pub struct Slice {
    pub name: String,
    pub value: f64,
    pub tone: Option<Tone>,
}

impl Slice {
    pub fn new(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value, tone: None }
    }

    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }

    fn class(&self, index: usize) -> &'static str {
        self.tone.map_or(series_class(index), Tone::class)
    }
}

/// Shares as a ring with the sum in the middle and a legend that carries the figures.
pub fn donut(lang: Lang, title: &str, unit: &str, slices: &[Slice]) -> Markup {
    let sum: f64 = slices.iter().map(|slice| slice.value).sum();
    let round = 2.0 * PI * 52.0;
    let mut before = 0.0;
    let mut arcs = Vec::new();
    for (index, slice) in slices.iter().enumerate().filter(|(_, slice)| slice.value > 0.0) {
        let long = slice.value / sum.max(f64::MIN_POSITIVE) * round;
        arcs.push((slice.class(index), (long - 1.5).max(0.5), before));
        before += long;
    }
    html! {
        figure.chart.donut {
            figcaption { (title) }
            div.donut-row {
                svg viewBox="0 0 140 140" role="img" aria-label=(title) {
                    circle.track cx="70" cy="70" r="52" stroke-width="18" {}
                    g transform="rotate(-90 70 70)" {
                        @for (class, long, start) in &arcs {
                            circle class={ "ring stroke " (class) } cx="70" cy="70" r="52" stroke-width="18"
                                stroke-dasharray={ (px(*long)) " " (px(round - long)) } stroke-dashoffset=(px(-start)) {}
                        }
                    }
                    text.big x="70" y="74" text-anchor="middle" { (figure(lang, sum)) }
                    text x="70" y="90" text-anchor="middle" { (unit) }
                }
                ul.legend.figures {
                    @for (index, slice) in slices.iter().enumerate() {
                        li {
                            span class={ "swatch " (slice.class(index)) } aria-hidden="true" {}
                            span { (slice.name) }
                            span.num { (figure(lang, slice.value)) }
                        }
                    }
                }
            }
        }
    }
}

/// How full something is, as half a ring with its percentage.
pub fn gauge(lang: Lang, title: &str, value: f64, limit: f64, tone: Tone) -> Markup {
    let share = if limit > 0.0 { (value / limit).clamp(0.0, 1.0) } else { 0.0 };
    let round = PI * 50.0;
    let words = lang.with("component-progress", &[("done", (value as i64).into()), ("total", (limit as i64).into())]);
    html! {
        figure.chart.gauge {
            svg viewBox="0 0 120 72" role="img" aria-label={ (title) ": " (words) } {
                path.track d="M10 62A50 50 0 0 1 110 62" stroke-width="12" stroke-linecap="round" {}
                @if share > 0.0 {
                    path class={ "ring stroke " (tone.class()) } d="M10 62A50 50 0 0 1 110 62" stroke-width="12" stroke-linecap="round"
                        stroke-dasharray={ (px(share * round)) " " (px(round * 2.0)) } {}
                }
                text.big x="60" y="60" text-anchor="middle" { (lang.percent(share)) }
            }
            figcaption { (title) " · " span.num { (figure(lang, value)) " / " (figure(lang, limit)) } }
        }
    }
}
