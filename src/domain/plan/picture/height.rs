//! How high everything stands: as close to its neighbours as the order and the room between allow.

use super::{Columns, Lane, Measure};

/// Sweeps over all columns.
const SWEEPS: usize = 8;
/// Height an arrow takes where it passes.
const PASSING: i64 = 10;

/// Middles of all items, and the lanes.
pub(super) fn heights(laid: &Columns, lanes: usize, measure: &Measure) -> (Vec<i64>, Vec<Lane>) {
    let mut middle = vec![0.0f64; laid.items.len()];
    let mut found = Vec::with_capacity(lanes);
    let mut top = 0;
    for lane in 0..lanes as u32 {
        let columns: Vec<Vec<u32>> = laid
            .columns
            .iter()
            .map(|items| items.iter().copied().filter(|&item| laid.items[item as usize].lane == lane).collect())
            .collect();
        settle(laid, &columns, measure, &mut middle);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for &item in columns.iter().flatten() {
            let half = tall(laid, item, measure) / 2.0;
            low = low.min(middle[item as usize] - half);
            high = high.max(middle[item as usize] + half);
        }
        if low > high {
            found.push(Lane { top, tall: 0 });
            continue;
        }
        let shift = (top + measure.lane_head) as f64 - low.floor();
        for &item in columns.iter().flatten() {
            middle[item as usize] += shift;
        }
        let height = (high - low.floor()).ceil() as i64 + measure.lane_head + measure.between;
        found.push(Lane { top, tall: height });
        top += height;
    }
    (middle.into_iter().map(|y| y.round() as i64).collect(), found)
}

fn tall(laid: &Columns, item: u32, measure: &Measure) -> f64 {
    (if laid.items[item as usize].passing { PASSING } else { measure.tall }) as f64
}

fn settle(laid: &Columns, columns: &[Vec<u32>], measure: &Measure, middle: &mut [f64]) {
    for items in columns {
        let mut y = 0.0;
        for &item in items {
            let height = tall(laid, item, measure);
            middle[item as usize] = y + height / 2.0;
            y += height + measure.between as f64;
        }
    }
    for sweep in 0..SWEEPS {
        let forth = sweep % 2 == 0;
        for step in 0..columns.len() {
            let column = if forth { step } else { columns.len() - 1 - step };
            place(laid, &columns[column], forth, measure, middle);
        }
    }
}

/// Places one column: the heights closest to the wanted ones (least squares) that keep the order
/// and the distances. Taking the distances off turns that into isotonic regression, solved by
/// pooling neighbours that stand the wrong way round.
fn place(laid: &Columns, items: &[u32], forth: bool, measure: &Measure, middle: &mut [f64]) {
    let mut offsets = Vec::with_capacity(items.len());
    let mut offset = 0.0;
    for (at, &item) in items.iter().enumerate() {
        if at > 0 {
            let halves = (tall(laid, items[at - 1], measure) + tall(laid, item, measure)) / 2.0;
            offset += halves + measure.between as f64;
        }
        offsets.push(offset);
    }
    // Pools of (sum of weighted wishes, weight, members).
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (&item, offset) in items.iter().zip(&offsets) {
        let weight = if laid.items[item as usize].passing { 2.0 } else { 1.0 };
        pools.push(((wanted(laid, item, forth, middle) - offset) * weight, weight, 1));
        while let [.., a, b] = pools[..]
            && a.0 / a.1 > b.0 / b.1
        {
            pools.truncate(pools.len() - 2);
            pools.push((a.0 + b.0, a.1 + b.1, a.2 + b.2));
        }
    }
    let mut at = 0;
    for (sum, weight, members) in pools {
        for _ in 0..members {
            middle[items[at] as usize] = sum / weight + offsets[at];
            at += 1;
        }
    }
}

/// The middle of the neighbours in the same lane; where it is, without any.
fn wanted(laid: &Columns, item: u32, forth: bool, middle: &[f64]) -> f64 {
    let lane = laid.items[item as usize].lane;
    let near = if forth { &laid.before } else { &laid.after };
    let same = near[item as usize].iter().filter(|&&other| laid.items[other as usize].lane == lane);
    let (sum, count) = same.fold((0.0, 0u32), |(sum, count), &other| (sum + middle[other as usize], count + 1));
    if count == 0 { middle[item as usize] } else { sum / f64::from(count) }
}
