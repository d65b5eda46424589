//! Entries per minute over the last hour, a colour a gate.

use chrono::Duration;
use chrono_tz::Tz;
use domain::admission::view::{Board, CURVE_MINUTES};
use maud::{Markup, Render};

use crate::Lang;
use crate::charts::{BarChart, Series};

/// As many gates have a colour of their own; the rest share the last one.
const COLOURS: usize = 5;

/// The curve with axis, unit, legend and table.
pub fn curve(lang: Lang, zone: Tz, board: &Board) -> Markup {
    let minutes = usize::try_from(CURVE_MINUTES).expect("an hour has few minutes");
    let labels =
        (0..CURVE_MINUTES).map(|minute| lang.time(board.curve_from + Duration::minutes(minute), zone)).collect();
    let mut busy: Vec<usize> = board.curve.iter().map(|bar| bar.gate).collect();
    busy.sort_unstable();
    busy.dedup();
    let mut chart = BarChart::new(lang, lang.t("admission-curve"), lang.t("admission-curve-unit"), labels).stacked();
    let values = |gates: &[usize]| {
        let mut values = vec![0.0; minutes];
        for bar in board.curve.iter().filter(|bar| gates.contains(&bar.gate)) {
            if let Some(value) = usize::try_from(bar.minute).ok().and_then(|minute| values.get_mut(minute)) {
                *value += bar.count as f64;
            }
        }
        values
    };
    let (own, shared) = busy.split_at(busy.len().min(COLOURS));
    for gate in own {
        let name = board.gates.get(*gate).map(|gate| gate.code.clone()).unwrap_or_default();
        chart = chart.series(Series::full(name, values(&[*gate])));
    }
    if !shared.is_empty() || own.is_empty() {
        chart = chart.series(Series::full(lang.t("admission-other-gates"), values(shared)));
    }
    chart.render()
}
