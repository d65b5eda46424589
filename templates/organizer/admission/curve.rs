//! Entries per minute over the last hour, a colour a gate, as SVG.

use chrono::{Duration, Timelike};
use chrono_tz::Tz;
use domain::admission::view::{Board, CURVE_MINUTES};
use maud::{Markup, html};

use crate::Lang;

const WIDTH: i64 = 720;
const HEIGHT: i64 = 220;
const LEFT: i64 = 40;
const BOTTOM: i64 = 26;
const TOP: i64 = 10;
/// Gates beyond this share the last colour; the table beside the curve tells them apart.
const COLOURS: usize = 8;

/// The curve with axis, unit and legend.
pub fn curve(lang: Lang, zone: Tz, board: &Board) -> Markup {
    let mut minutes = vec![0i64; usize::try_from(CURVE_MINUTES).expect("an hour has few minutes")];
    for bar in &board.curve {
        if let Some(sum) = usize::try_from(bar.minute).ok().and_then(|minute| minutes.get_mut(minute)) {
            *sum += bar.count;
        }
    }
    let top = round_up(minutes.iter().copied().max().unwrap_or(0));
    let plot = HEIGHT - TOP - BOTTOM;
    let step = (WIDTH - LEFT) as f64 / CURVE_MINUTES as f64;
    let total: i64 = minutes.iter().sum();
    let label = lang.with("admission-curve-label", &[("count", total.into()), ("most", minutes.iter().copied().max().unwrap_or(0).into())]);
    html! {
        figure.chart {
            figcaption.chart-title { (lang.t("admission-curve")) span.muted { " " (lang.t("admission-curve-unit")) } }
            svg.curve viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(label) {
                @for part in 0..=4i64 {
                    @let y = TOP + plot - plot * part / 4;
                    line.grid x1=(LEFT) x2=(WIDTH) y1=(y) y2=(y) {}
                    text.axis x=(LEFT - 6) y=(y + 4) text-anchor="end" { (lang.number(top * part / 4)) }
                }
                (bars(board, top, plot, step))
                @for minute in (0..CURVE_MINUTES).filter(|minute| tick(board, zone, *minute)) {
                    @let x = LEFT as f64 + step * minute as f64;
                    text.axis x=(format!("{x:.1}")) y=(HEIGHT - 8) text-anchor="middle" { (lang.time(board.curve_from + Duration::minutes(minute), zone)) }
                }
            }
            ul.legend {
                @for (index, gate) in board.gates.iter().enumerate().filter(|(index, _)| board.curve.iter().any(|bar| bar.gate == *index)) {
                    li { span class={ "swatch series-" (index.min(COLOURS - 1) + 1) } aria-hidden="true" {} (gate.code) }
                }
            }
        }
    }
}

/// Every ten minutes of the clock on the wall.
fn tick(board: &Board, zone: Tz, minute: i64) -> bool {
    (board.curve_from + Duration::minutes(minute)).with_timezone(&zone).minute().is_multiple_of(10)
}

fn bars(board: &Board, top: i64, plot: i64, step: f64) -> Markup {
    let mut stacked = vec![0i64; usize::try_from(CURVE_MINUTES).expect("an hour has few minutes")];
    html! {
        @for bar in &board.curve {
            @if let Some(below) = usize::try_from(bar.minute).ok().and_then(|minute| stacked.get_mut(minute)) {
                @let height = plot as f64 * bar.count as f64 / top as f64;
                @let base = (TOP + plot) as f64 - plot as f64 * *below as f64 / top as f64;
                @let x = LEFT as f64 + step * bar.minute as f64;
                rect class={ "series-" (bar.gate.min(COLOURS - 1) + 1) } x=(format!("{x:.1}")) y=(format!("{:.1}", base - height))
                    width=(format!("{:.1}", step - 1.5)) height=(format!("{height:.1}")) {}
                @let _ = { *below += bar.count; };
            }
        }
    }
}

/// The next number that parts well in four.
fn round_up(most: i64) -> i64 {
    let steps = [4, 8, 12, 20, 40, 60, 80, 100, 120, 160, 200, 300, 400, 600, 800, 1000, 1200, 1600, 2000];
    steps.into_iter().find(|step| *step >= most).unwrap_or((most / 1000 + 1) * 1000)
}
