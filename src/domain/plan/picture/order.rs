//! Fewer crossings: every column is sorted by the middle of its neighbours, forth and back, and the
//! best order seen is kept.

use super::Columns;

/// Sweeps over all columns.
const SWEEPS: usize = 16;

/// Puts every column in the best order found; answers the crossings that are left. Lanes never mix.
pub(super) fn untangle(laid: &mut Columns) -> usize {
    let mut slot = slots(laid);
    let mut best = (crossings(laid, &slot), laid.columns.clone());
    for sweep in 0..SWEEPS {
        if best.0 == 0 {
            break;
        }
        let forth = sweep % 2 == 0;
        let count = laid.columns.len();
        for step in 1..count {
            let column = if forth { step } else { count - 1 - step };
            sort(laid, column, forth, &mut slot);
        }
        let left = crossings(laid, &slot);
        if left < best.0 {
            best = (left, laid.columns.clone());
        }
    }
    laid.columns = best.1;
    best.0
}

fn slots(laid: &Columns) -> Vec<u32> {
    let mut slot = vec![0; laid.items.len()];
    for items in &laid.columns {
        for (at, &item) in items.iter().enumerate() {
            slot[item as usize] = at as u32;
        }
    }
    slot
}

fn sort(laid: &mut Columns, column: usize, forth: bool, slot: &mut [u32]) {
    let neighbours = if forth { &laid.before } else { &laid.after };
    let middle = |item: u32| {
        let around = &neighbours[item as usize];
        // Without neighbours a thing stays where it is.
        if around.is_empty() {
            return f64::from(slot[item as usize]);
        }
        around.iter().map(|&other| f64::from(slot[other as usize])).sum::<f64>() / around.len() as f64
    };
    let mut keyed: Vec<(u32, f64, u32, u32)> = laid.columns[column]
        .iter()
        .map(|&item| (laid.items[item as usize].lane, middle(item), slot[item as usize], item))
        .collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (at, key) in keyed.iter().enumerate() {
        laid.columns[column][at] = key.3;
        slot[key.3 as usize] = at as u32;
    }
}

/// Crossings between neighbouring columns, counted with a Fenwick tree: for every pair of arrows
/// one crossing when their ends stand the other way round.
pub(super) fn crossings(laid: &Columns, slot: &[u32]) -> usize {
    let mut all = 0;
    for (column, items) in laid.columns.iter().enumerate() {
        let Some(next) = laid.columns.get(column + 1) else { continue };
        let mut tree = vec![0usize; next.len() + 1];
        let mut counted = 0;
        for &item in items {
            let mut ends: Vec<usize> = laid.after[item as usize].iter().map(|&to| slot[to as usize] as usize).collect();
            ends.sort_unstable();
            for &end in &ends {
                all += counted - prefix(&tree, end + 1);
            }
            for &end in &ends {
                add(&mut tree, end + 1);
            }
            counted += ends.len();
        }
    }
    all
}

fn prefix(tree: &[usize], mut at: usize) -> usize {
    let mut sum = 0;
    while at > 0 {
        sum += tree[at];
        at &= at - 1;
    }
    sum
}

fn add(tree: &mut [usize], mut at: usize) {
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}
