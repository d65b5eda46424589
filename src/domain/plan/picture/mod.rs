//! The dependency network as a picture: who stands in which column, in which order, at which
//! height, and the way each arrow takes. Pure and deterministic: the same plan gives the same
//! picture.
//!
//! The classic four steps of layered drawing (Sugiyama, Tagawa, Toda 1981): columns by longest
//! path, long arrows led through the columns between, fewer crossings by barycenters, heights by
//! least squares that keep the order. Arrows of one task share their way until they part.

mod column;
mod height;
mod idle;
mod order;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

pub use idle::idle;

/// Sizes of the drawing, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Width of a box.
    pub wide: i64,
    /// Height of a box.
    pub tall: i64,
    /// Room between columns.
    pub gap: i64,
    /// Room between boxes of a column.
    pub between: i64,
    /// Room above the first box of a lane: its name stands there.
    pub lane_head: i64,
}

/// What is laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graph {
    /// The lane of each box, counted from 0; all 0 without lanes.
    pub lanes: Vec<u32>,
    /// Arrows from box to box. Those that would close a ring are drawn straight.
    pub arcs: Vec<(u32, u32)>,
}

/// A lane of the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lane {
    /// Its upper edge.
    pub top: i64,
    /// Its height.
    pub tall: i64,
}

/// Where everything stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Upper left corner of each box.
    pub boxes: Vec<(i64, i64)>,
    /// Column of each box, from 0.
    pub columns: Vec<u32>,
    /// For each arrow the points it goes through, from the right edge of its box to the left edge of the other.
    pub ways: Vec<Vec<(i64, i64)>>,
    /// Lanes from above.
    pub lanes: Vec<Lane>,
    /// Size of the whole.
    pub size: (i64, i64),
    /// Crossings left between neighbouring columns.
    pub crossings: usize,
}

/// Anything with a place in a column: a box, or the point where an arrow passes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Item {
    /// The box, or the box whose arrows pass here.
    of: u32,
    lane: u32,
    passing: bool,
}

/// The columns with everything in them.
#[derive(Debug, Clone, Default)]
struct Columns {
    items: Vec<Item>,
    /// Items of each column, from above.
    columns: Vec<Vec<u32>>,
    /// Items in the column before that lead here.
    before: Vec<Vec<u32>>,
    /// Items in the column behind that this leads to.
    after: Vec<Vec<u32>>,
}

/// Lays a graph out.
pub fn lay_out(graph: &Graph, measure: &Measure) -> Layout {
    if graph.lanes.is_empty() {
        return Layout::default();
    }
    let column = column::columns(graph);
    let mut laid = column::with_passages(graph, &column);
    let crossings = order::untangle(&mut laid);
    let lane_count = graph.lanes.iter().max().map_or(1, |most| *most as usize + 1);
    let (middles, lanes) = height::heights(&laid, lane_count, measure);
    let step = measure.wide + measure.gap;
    let left = |column: u32| i64::from(column) * step;
    let boxes: Vec<(i64, i64)> =
        (0..graph.lanes.len()).map(|at| (left(column[at]), middles[at] - measure.tall / 2)).collect();
    let passages = column::passages(&laid, graph.lanes.len());
    let ways = graph.arcs.iter().map(|&(from, to)| {
        let mut way = vec![(left(column[from as usize]) + measure.wide, middles[from as usize])];
        for between in column[from as usize] + 1..column[to as usize] {
            if let Some(&item) = passages.get(&(from, between)) {
                let y = middles[item as usize];
                way.extend([(left(between), y), (left(between) + measure.wide, y)]);
            }
        }
        way.push((left(column[to as usize]), middles[to as usize]));
        way
    });
    let ways = ways.collect();
    let width = left(column.iter().copied().max().unwrap_or(0)) + measure.wide;
    let tall = lanes.last().map_or(0, |lane| lane.top + lane.tall);
    Layout { boxes, columns: column, ways, lanes, size: (width, tall), crossings }
}

/// Everything within so many steps before and behind a box, itself included, in ascending order; at most `most`.
pub fn around(count: usize, arcs: &[(u32, u32)], focus: usize, back: usize, ahead: usize, most: usize) -> Vec<usize> {
    let mut before: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut after: Vec<Vec<u32>> = vec![Vec::new(); count];
    for &(from, to) in arcs {
        after[from as usize].push(to);
        before[to as usize].push(from);
    }
    let mut found = vec![false; count];
    found[focus] = true;
    let mut taken = 1;
    for (next, steps) in [(&before, back), (&after, ahead)] {
        let mut queue = VecDeque::from([(focus, 0)]);
        let mut seen = vec![false; count];
        seen[focus] = true;
        while let Some((at, depth)) = queue.pop_front() {
            if depth == steps {
                continue;
            }
            for &other in &next[at] {
                let other = other as usize;
                if !seen[other] && (found[other] || taken < most) {
                    seen[other] = true;
                    taken += usize::from(!found[other]);
                    found[other] = true;
                    queue.push_back((other, depth + 1));
                }
            }
        }
    }
    (0..count).filter(|&at| found[at]).collect()
}
