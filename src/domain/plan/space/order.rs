//! Which task comes before which, over any number of links: the order that makes two uses of a
//! place no conflict. Kept as bits, for the tasks that use places.

use crate::plan::network::{Kind, PlanInput};
use std::collections::HashMap;

/// The order of some tasks of a plan.
#[derive(Debug, Clone, Default)]
pub struct Order {
    slots: HashMap<u32, u32>,
    words: usize,
    after: Vec<u64>,
}

impl Order {
    /// The order of the tasks at these positions. A link to or from a summary stands for all
    /// tasks under it, so a summary has two ends: one before its first task, one behind its last.
    pub fn of(input: &PlanInput, tasks: impl IntoIterator<Item = u32>) -> Order {
        let count = input.activities.len();
        let summary = |at: u32| input.activities.get(at as usize).is_some_and(|one| one.kind == Kind::Summary);
        let tail = |at: u32| if summary(at) { at + count as u32 } else { at };
        let mut arcs: Vec<(u32, u32)> = input.links.iter().map(|link| (tail(link.from), link.to)).collect();
        for (at, activity) in input.activities.iter().enumerate() {
            if let Some(parent) = activity.parent {
                arcs.push((parent, at as u32));
                arcs.push((tail(at as u32), tail(parent)));
            }
        }
        Order::from_arcs(count * 2, &arcs, tasks)
    }

    /// The order of some nodes of a graph.
    pub fn from_arcs(count: usize, arcs: &[(u32, u32)], nodes: impl IntoIterator<Item = u32>) -> Order {
        let mut order = Order::default();
        for node in nodes {
            let next = order.slots.len() as u32;
            order.slots.entry(node).or_insert(next);
        }
        order.words = order.slots.len().div_ceil(64);
        let (next, first) = lay_out(count, arcs);
        let mut reach = vec![0u64; count * order.words];
        for at in backwards(count, arcs, &next, &first) {
            let at = at as usize;
            for &to in &next[first[at] as usize..first[at + 1] as usize] {
                let to = to as usize;
                for word in 0..order.words {
                    reach[at * order.words + word] |= reach[to * order.words + word];
                }
                if let Some(bit) = order.slots.get(&(to as u32)) {
                    reach[at * order.words + (bit / 64) as usize] |= 1 << (bit % 64);
                }
            }
        }
        order.after = vec![0; order.slots.len() * order.words];
        for (node, slot) in &order.slots {
            let (from, to) = (*node as usize * order.words, *slot as usize * order.words);
            order.after[to..to + order.words].copy_from_slice(&reach[from..from + order.words]);
        }
        order
    }

    /// Whether the first comes before the second.
    pub fn before(&self, first: u32, second: u32) -> bool {
        let (Some(first), Some(second)) = (self.slots.get(&first), self.slots.get(&second)) else { return false };
        self.after[*first as usize * self.words + (second / 64) as usize] >> (second % 64) & 1 == 1
    }

    /// Whether either comes before the other.
    pub fn ordered(&self, a: u32, b: u32) -> bool {
        self.before(a, b) || self.before(b, a)
    }
}

/// Successors of every node in one list, and where each node's begin.
fn lay_out(count: usize, arcs: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0u32; count + 1];
    for (from, _) in arcs {
        first[*from as usize + 1] += 1;
    }
    for at in 0..count {
        first[at + 1] += first[at];
    }
    let mut fill = first.clone();
    let mut next = vec![0u32; arcs.len()];
    for (from, to) in arcs {
        next[fill[*from as usize] as usize] = *to;
        fill[*from as usize] += 1;
    }
    (next, first)
}

/// Nodes with every successor before them; those in a ring, which a checked plan has not, are left out.
fn backwards(count: usize, arcs: &[(u32, u32)], next: &[u32], first: &[u32]) -> Vec<u32> {
    let mut waiting = vec![0u32; count];
    for (_, to) in arcs {
        waiting[*to as usize] += 1;
    }
    let mut order: Vec<u32> = (0..count as u32).filter(|at| waiting[*at as usize] == 0).collect();
    let mut at = 0;
    while at < order.len() {
        let node = order[at] as usize;
        for &to in &next[first[node] as usize..first[node + 1] as usize] {
            let to = to as usize;
            waiting[to] -= 1;
            if waiting[to] == 0 {
                order.push(to as u32);
            }
        }
        at += 1;
    }
    order.reverse();
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::network::{Activity, Lag, Link, LinkKind};

    #[test]
    fn order_runs_over_any_number_of_links_and_through_summaries() {
        let mut input = PlanInput::new(0);
        input.activities = ["A", "S", "B", "C", "D"].map(|code| Activity::task(code, 10)).to_vec();
        input.activities[1].kind = Kind::Summary;
        input.activities[2].parent = Some(1);
        input.activities[3].parent = Some(1);
        let link = |from, to| Link { from, to, kind: LinkKind::Fs, lag: Lag::Working(0) };
        input.links = vec![link(0, 1), link(1, 4)];
        let order = Order::of(&input, 0..5);
        assert!(order.before(0, 2) && order.before(0, 3) && order.before(2, 4) && order.before(0, 4));
        assert!(!order.ordered(2, 3) && !order.before(4, 0));
    }
}
