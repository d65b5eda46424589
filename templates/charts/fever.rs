//! The fever chart: how much of its buffer each chain has used against how far it is, over three zones.

use maud::{Markup, Render, html};

use super::{Series, Width, axis::px, table};
use crate::{Lang, Tone};

/// A chain on the chart; shares of one.
#[derive(Debug, Clone)]
pub struct Fever {
    pub name: String,
    pub complete: f64,
    pub used: f64,
    /// The chain the project hangs on: drawn larger.
    pub main: bool,
}

/// Buffers used against chains done.
#[derive(Debug, Clone)]
#[must_use]
pub struct FeverChart {
    lang: Lang,
    title: String,
    /// Names of the axes.
    axes: (String, String),
    /// Shares at which green and yellow end, before anything is done and when all is.
    lines: [(f64, f64); 2],
    /// Names of the three zones.
    zones: [String; 3],
    chains: Vec<Fever>,
}

const SIZE: (f64, f64) = (920.0, 340.0);
const LEFT: f64 = 60.0;
const FLOOR: f64 = 44.0;
const TOP: f64 = 10.0;
/// Above this a buffer is drawn at the rim.
const MOST: f64 = 1.2;

impl FeverChart {
    /// What it shows, the names of its axes, and where its zones end.
    pub fn new(
        lang: Lang,
        title: impl Into<String>,
        axes: (String, String),
        lines: [(f64, f64); 2],
        zones: [String; 3],
    ) -> Self {
        Self { lang, title: title.into(), axes, lines, zones, chains: Vec::new() }
    }

    pub fn chain(mut self, chain: Fever) -> Self {
        self.chains.push(chain);
        self
    }

    /// The picture alone, with zones and chains named in it: for files.
    pub fn poster(&self) -> super::Poster {
        let zones = self.zones.iter().zip([Tone::Good, Tone::Warn, Tone::Bad]);
        let zones: Vec<Series> = zones.map(|(name, tone)| Series::new(name.clone(), Vec::new()).tone(tone)).collect();
        let (width, height) = SIZE;
        let line = |at: usize| height + 18.0 * (at as f64 + 1.0);
        let named = html! {
            (self.svg())
            @for (at, chain) in self.chains.iter().enumerate() {
                text x="8" y=(px(line(at))) { (at + 1) " " (chain.name) }
            }
        };
        super::poster((width, line(self.chains.len())), &self.title, "", &zones, &named)
    }

    fn svg(&self) -> Markup {
        let (width, height) = SIZE;
        let x = |share: f64| LEFT + share.clamp(0.0, 1.0) * (width - LEFT - 20.0);
        let y = |share: f64| height - FLOOR - share.clamp(0.0, MOST) / MOST * (height - FLOOR - TOP);
        let zone = |from: (f64, f64), to: (f64, f64)| {
            let corner = |at: f64, value: f64| format!("{} {}", px(x(at)), px(y(value)));
            format!("M{}L{}L{}L{}Z", corner(0.0, from.0), corner(1.0, from.1), corner(1.0, to.1), corner(0.0, to.0))
        };
        let [green, yellow] = self.lines;
        html! {
            svg viewBox={ "0 0 " (px(width)) " " (px(height)) } role="img" aria-label=(self.title) {
                path.zone.tone-good d=(zone((0.0, 0.0), green)) {}
                path.zone.tone-warn d=(zone(green, yellow)) {}
                path.zone.tone-bad d=(zone(yellow, (MOST, MOST))) {}
                @for step in 0..=6 {
                    @let share = f64::from(step) * 0.2;
                    text x=(px(LEFT - 8.0)) y=(px(y(share) + 4.0)) text-anchor="end" { (self.lang.percent(share)) }
                }
                @for step in 0..=5 {
                    @let share = f64::from(step) * 0.2;
                    text x=(px(x(share))) y=(px(height - FLOOR + 16.0)) text-anchor="middle" { (self.lang.percent(share)) }
                }
                line.axis-line x1=(px(LEFT)) x2=(px(width - 20.0)) y1=(px(y(0.0))) y2=(px(y(0.0))) {}
                text x=(px(f64::midpoint(LEFT, width))) y=(px(height - 6.0)) text-anchor="middle" { (self.axes.0) }
                text x=(px(LEFT + 6.0)) y=(px(TOP + 12.0)) { (self.axes.1) }
                @for (at, chain) in self.chains.iter().enumerate() {
                    circle class={ "fever-dot" @if chain.main { " main" } } cx=(px(x(chain.complete))) cy=(px(y(chain.used)))
                        r=(if chain.main { "9" } else { "6" }) { title { (chain.name) } }
                    text.value x=(px(x(chain.complete) + 11.0)) y=(px(y(chain.used) + 4.0)) { (at + 1) }
                }
            }
        }
    }
}

impl Render for FeverChart {
    fn render(&self) -> Markup {
        let labels: Vec<String> =
            self.chains.iter().enumerate().map(|(at, chain)| format!("{} {}", at + 1, chain.name)).collect();
        let share = |pick: fn(&Fever) -> f64| self.chains.iter().map(move |chain| pick(chain) * 100.0);
        let done = Series::full(self.axes.0.clone(), share(|chain| chain.complete));
        let used = Series::full(self.axes.1.clone(), share(|chain| chain.used));
        html! {
            figure class=(Width::Full.class()) {
                figcaption { (self.title) }
                ul.legend {
                    @for (zone, tone) in self.zones.iter().zip(["tone-good", "tone-warn", "tone-bad"]) {
                        li { span class={ "swatch " (tone) } aria-hidden="true" {} (zone) }
                    }
                }
                div.chart-scroll tabindex="0" role="region" aria-label=(self.title) { (self.svg()) }
                ol.fever-legend { @for chain in &self.chains { li { (chain.name) } } }
                (table(self.lang, &labels, &[done, used]))
            }
        }
    }
}
