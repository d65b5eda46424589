//! Which column each box stands in, and the points where long arrows pass through the columns between.

use super::{Columns, Graph, Item};
use std::collections::{HashMap, VecDeque};

/// The column of each box: one more than that of the last box before it. A box that waits for
/// nothing is drawn up to the first that waits for it, so that its arrows stay short.
pub(super) fn columns(graph: &Graph) -> Vec<u32> {
    let count = graph.lanes.len();
    let mut waiting = vec![0u32; count];
    let mut after: Vec<Vec<u32>> = vec![Vec::new(); count];
    for &(from, to) in &graph.arcs {
        waiting[to as usize] += 1;
        after[from as usize].push(to);
    }
    let first: Vec<bool> = waiting.iter().map(|waits| *waits == 0).collect();
    let mut column = vec![0u32; count];
    let mut order = Vec::with_capacity(count);
    let mut queue: VecDeque<usize> = (0..count).filter(|&at| first[at]).collect();
    while let Some(at) = queue.pop_front() {
        order.push(at);
        for &to in &after[at] {
            let to = to as usize;
            column[to] = column[to].max(column[at] + 1);
            waiting[to] -= 1;
            if waiting[to] == 0 {
                queue.push_back(to);
            }
        }
    }
    for &at in order.iter().rev().filter(|&&at| first[at]) {
        if let Some(next) = after[at].iter().map(|&to| column[to as usize]).min() {
            column[at] = next.saturating_sub(1);
        }
    }
    column
}

/// Boxes and passages in their columns. The arrows of one box share one passage in each column.
pub(super) fn with_passages(graph: &Graph, column: &[u32]) -> Columns {
    let count = graph.lanes.len();
    let mut laid = Columns {
        items: (0..count).map(|at| Item { of: at as u32, lane: graph.lanes[at], passing: false }).collect(),
        columns: vec![Vec::new(); column.iter().copied().max().unwrap_or(0) as usize + 1],
        before: vec![Vec::new(); count],
        after: vec![Vec::new(); count],
    };
    for (at, &to) in column.iter().enumerate() {
        laid.columns[to as usize].push(at as u32);
    }
    let mut passage: HashMap<(u32, u32), u32> = HashMap::new();
    for &(from, to) in &graph.arcs {
        let (start, end) = (column[from as usize], column[to as usize]);
        if end <= start {
            continue;
        }
        let mut here = from;
        for between in start + 1..end {
            let next = *passage.entry((from, between)).or_insert_with(|| {
                let item = laid.items.len() as u32;
                laid.items.push(Item { of: from, lane: graph.lanes[from as usize], passing: true });
                laid.before.push(Vec::new());
                laid.after.push(Vec::new());
                laid.columns[between as usize].push(item);
                item
            });
            join(&mut laid, here, next);
            here = next;
        }
        join(&mut laid, here, to);
    }
    for items in &mut laid.columns {
        // Lanes from above; within a lane the order of the plan.
        items.sort_by_key(|&item| (laid.items[item as usize].lane, laid.items[item as usize].of, item));
    }
    laid
}

fn join(laid: &mut Columns, from: u32, to: u32) {
    if !laid.after[from as usize].contains(&to) {
        laid.after[from as usize].push(to);
        laid.before[to as usize].push(from);
    }
}

/// Passages by the box whose arrows pass and the column.
pub(super) fn passages(laid: &Columns, boxes: usize) -> HashMap<(u32, u32), u32> {
    let mut found = HashMap::new();
    for (column, items) in laid.columns.iter().enumerate() {
        for &item in items.iter().filter(|&&item| item as usize >= boxes) {
            found.insert((laid.items[item as usize].of, column as u32), item);
        }
    }
    found
}
