//! What the planner is given: activities, links, calendars, and the graph made of them.
//!
//! A [`Network`] is checked once (no cycle, no dangling end) and then computed as often as
//! needed; see [`super::schedule`]. Activities are addressed by index everywhere inside the
//! kernel; codes appear only at the edges, in faults and explanations.

use super::calendar::Calendar;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::HashMap;

pub use super::input::{
    Activity, Constraint, Kind, Lag, LagCalendar, Link, LinkKind, MaxLag, NamedLink, NetworkFault, Options, PlaceHours,
    PlanInput, Progress, resolve,
};

/// One arc as the passes read it: far end, original link, kind, lag in minutes, lag calendar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub(super) other: u32,
    pub(super) link: u32,
    pub(super) kind: LinkKind,
    /// Calendar index of the lag; `ELAPSED` for the clock.
    pub(super) calendar: u32,
    pub(super) lag: i64,
}

/// A maximum lag between two leaves: `to` at most `lag` after `from`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cap {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) link: u32,
    pub(super) kind: LinkKind,
    pub(super) calendar: u32,
    pub(super) lag: i64,
}

/// Calendar index that means "the clock".
pub(super) const ELAPSED: u32 = u32::MAX;

/// A plan whose graph has been checked and laid out for computing.
#[derive(Debug, Clone)]
pub struct Network {
    pub(super) input: PlanInput,
    /// Activities in an order in which every predecessor comes first.
    pub(super) order: Vec<u32>,
    pub(super) preds: Vec<Arc>,
    pub(super) pred_at: Vec<u32>,
    pub(super) succs: Vec<Arc>,
    pub(super) succ_at: Vec<u32>,
    /// Children of each summary, leaves only; empty for the others.
    pub(super) leaves: Vec<Vec<u32>>,
    /// Maximum lags, after summaries became leaves.
    pub(super) caps: Vec<Cap>,
}

impl Network {
    /// Checks the graph and lays it out. All cycles and dangling links are listed.
    pub fn build(input: PlanInput) -> Result<Network, Vec<NetworkFault>> {
        let count = input.activities.len();
        let mut faults: Vec<NetworkFault> = Vec::new();
        for link in &input.links {
            for end in [link.from, link.to] {
                if end as usize >= count {
                    faults.push(NetworkFault::Dangling {
                        from: link.from.to_string(),
                        to: link.to.to_string(),
                        missing: end.to_string(),
                    });
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let leaves = leaves_of(&input.activities);
        let arcs = expand(&input, &leaves);
        let order = match order_of(count, &arcs) {
            Some(order) => order,
            None => return Err(cycles(&input, &arcs)),
        };
        let (preds, pred_at) = lay_out(count, &arcs, |arc| (arc.1, arc.0));
        let (succs, succ_at) = lay_out(count, &arcs, |arc| (arc.0, arc.1));
        let caps = caps_of(&input, &leaves);
        Ok(Network { input, order, preds, pred_at, succs, succ_at, leaves, caps })
    }

    /// A summary with leaves below it. One without is a point in time like a start milestone.
    pub(super) fn is_bracket(&self, at: usize) -> bool {
        self.input.activities[at].kind == Kind::Summary && !self.leaves[at].is_empty()
    }

    /// Computes the lags of the arcs at an activity again, after its duration or calendar changed.
    pub(super) fn relag(&mut self, at: usize) {
        for slot in self.pred_at[at] as usize..self.pred_at[at + 1] as usize {
            let arc = self.preds[slot];
            (self.preds[slot].calendar, self.preds[slot].lag) =
                lag_of(&self.input, self.input.links[arc.link as usize].lag, arc.other, at as u32);
        }
        for slot in self.succ_at[at] as usize..self.succ_at[at + 1] as usize {
            let arc = self.succs[slot];
            (self.succs[slot].calendar, self.succs[slot].lag) =
                lag_of(&self.input, self.input.links[arc.link as usize].lag, at as u32, arc.other);
        }
        let (preds, succs) = (self.far_ends(at, true), self.far_ends(at, false));
        for (other, forward) in preds.into_iter().map(|o| (o, true)).chain(succs.into_iter().map(|o| (o, false))) {
            self.copy_lags(at, other as usize, forward);
        }
    }

    /// Computes the maximum lags again.
    pub(super) fn recap(&mut self) {
        if !self.input.max_lags.is_empty() {
            self.caps = caps_of(&self.input, &self.leaves);
        }
    }

    fn far_ends(&self, at: usize, before: bool) -> Vec<u32> {
        let arcs = if before { self.preds_of(at) } else { self.succs_of(at) };
        arcs.iter().map(|arc| arc.other).collect()
    }

    /// Brings the other copy of every arc between two activities up to date; `before`: `other` comes first.
    fn copy_lags(&mut self, at: usize, other: usize, before: bool) {
        let ours: Vec<Arc> = if before { self.preds_of(at) } else { self.succs_of(at) }.to_vec();
        let range = if before { &self.succ_at } else { &self.pred_at };
        let (from, to) = (range[other] as usize, range[other + 1] as usize);
        let theirs = if before { &mut self.succs[from..to] } else { &mut self.preds[from..to] };
        for arc in theirs.iter_mut().filter(|arc| arc.other as usize == at) {
            if let Some(own) = ours.iter().find(|own| own.link == arc.link && own.other as usize == other) {
                (arc.kind, arc.calendar, arc.lag) = (own.kind, own.calendar, own.lag);
            }
        }
    }

    /// The plan this network was built from.
    pub fn input(&self) -> &PlanInput {
        &self.input
    }

    /// Index of the activity with this code.
    pub fn find(&self, code: &str) -> Option<usize> {
        self.input.activities.iter().position(|activity| &*activity.code == code)
    }

    /// Code of an activity.
    pub fn code(&self, at: usize) -> &str {
        &self.input.activities[at].code
    }

    pub(super) fn preds_of(&self, at: usize) -> &[Arc] {
        &self.preds[self.pred_at[at] as usize..self.pred_at[at + 1] as usize]
    }

    pub(super) fn succs_of(&self, at: usize) -> &[Arc] {
        &self.succs[self.succ_at[at] as usize..self.succ_at[at + 1] as usize]
    }

    pub(super) fn calendar_of(&self, at: usize) -> &Calendar {
        &self.input.calendars[self.input.activities[at].calendar as usize]
    }

    pub(super) fn lag_calendar(&self, arc: &Arc) -> &Calendar {
        self.calendar_at(arc.calendar)
    }

    pub(super) fn calendar_at(&self, index: u32) -> &Calendar {
        match index {
            ELAPSED => &Calendar::Always,
            index => &self.input.calendars[index as usize],
        }
    }
}

/// (from, to, original link, kind, lag calendar, lag minutes) after summaries became leaves.
type RawArc = (u32, u32, u32, LinkKind, u32, i64);

fn expand(input: &PlanInput, leaves: &[Vec<u32>]) -> Vec<RawArc> {
    let mut arcs = Vec::with_capacity(input.links.len());
    for (at, link) in input.links.iter().enumerate() {
        let (one_from, one_to) = ([link.from], [link.to]);
        for &from in ends(input, leaves, &one_from) {
            for &to in ends(input, leaves, &one_to) {
                let (calendar, lag) = lag_of(input, link.lag, from, to);
                arcs.push((from, to, at as u32, link.kind, calendar, lag));
            }
        }
    }
    arcs
}

/// Maximum lags between leaves; those that name no link are left out.
fn caps_of(input: &PlanInput, leaves: &[Vec<u32>]) -> Vec<Cap> {
    let mut caps = Vec::new();
    for cap in &input.max_lags {
        let Some(link) = input.links.get(cap.link as usize) else { continue };
        let (one_from, one_to) = ([link.from], [link.to]);
        for &from in ends(input, leaves, &one_from) {
            for &to in ends(input, leaves, &one_to) {
                // Counted like the lag; where the lag is a percentage, in working minutes.
                let (calendar, _) = lag_of(input, link.lag, from, to);
                caps.push(Cap { from, to, link: cap.link, kind: link.kind, calendar, lag: cap.minutes });
            }
        }
    }
    caps
}

fn ends<'a>(input: &PlanInput, leaves: &'a [Vec<u32>], one: &'a [u32; 1]) -> &'a [u32] {
    let at = one[0] as usize;
    if input.activities[at].kind == Kind::Summary && !leaves[at].is_empty() { &leaves[at] } else { one }
}

fn lag_of(input: &PlanInput, lag: Lag, from: u32, to: u32) -> (u32, i64) {
    let calendar = match input.options.lag_calendar {
        LagCalendar::Successor => input.activities[to as usize].calendar,
        LagCalendar::Predecessor => input.activities[from as usize].calendar,
        LagCalendar::Plan => 0,
        LagCalendar::Always => ELAPSED,
    };
    match lag {
        Lag::Working(minutes) => (calendar, minutes),
        Lag::Elapsed(minutes) => (ELAPSED, minutes),
        Lag::Percent(percent) => (calendar, input.activities[from as usize].duration * percent / 100),
    }
}

fn leaves_of(activities: &[Activity]) -> Vec<Vec<u32>> {
    let mut leaves = vec![Vec::new(); activities.len()];
    for (at, activity) in activities.iter().enumerate() {
        if activity.kind == Kind::Summary {
            continue;
        }
        // At most as many steps up as there are nodes: a parent ring cannot hang us.
        let (mut up, mut steps) = (activity.parent, 0);
        while let Some(parent) = up
            && steps < activities.len()
        {
            leaves[parent as usize].push(at as u32);
            up = activities[parent as usize].parent;
            steps += 1;
        }
    }
    leaves
}

fn lay_out(count: usize, arcs: &[RawArc], key: impl Fn(&RawArc) -> (u32, u32)) -> (Vec<Arc>, Vec<u32>) {
    let mut at = vec![0u32; count + 1];
    for arc in arcs {
        at[key(arc).0 as usize + 1] += 1;
    }
    for slot in 0..count {
        at[slot + 1] += at[slot];
    }
    let mut fill = at.clone();
    let empty = Arc { other: 0, link: 0, kind: LinkKind::Fs, calendar: 0, lag: 0 };
    let mut laid = vec![empty; arcs.len()];
    for arc in arcs {
        let (near, far) = key(arc);
        let slot = &mut fill[near as usize];
        laid[*slot as usize] = Arc { other: far, link: arc.2, kind: arc.3, calendar: arc.4, lag: arc.5 };
        *slot += 1;
    }
    (laid, at)
}

/// A topological order that keeps the given order where the links leave a choice.
fn order_of(count: usize, arcs: &[RawArc]) -> Option<Vec<u32>> {
    let graph = graph_of(count, arcs);
    let sorted = petgraph::algo::toposort(&graph, None).ok()?;
    Some(sorted.into_iter().map(|node| node.index() as u32).collect())
}

fn graph_of(count: usize, arcs: &[RawArc]) -> DiGraph<(), (), u32> {
    let mut graph = DiGraph::with_capacity(count, arcs.len());
    for _ in 0..count {
        graph.add_node(());
    }
    graph.extend_with_edges(arcs.iter().map(|arc| (NodeIndex::new(arc.0 as usize), NodeIndex::new(arc.1 as usize))));
    graph
}

/// One walk round for every knot of tasks that wait for each other.
fn cycles(input: &PlanInput, arcs: &[RawArc]) -> Vec<NetworkFault> {
    let graph = graph_of(input.activities.len(), arcs);
    let mut knots: Vec<Vec<u32>> = tarjan_scc(&graph)
        .into_iter()
        .map(|knot| knot.into_iter().map(|node| node.index() as u32).collect::<Vec<_>>())
        .filter(|knot| knot.len() > 1 || arcs.iter().any(|arc| arc.0 == knot[0] && arc.1 == knot[0]))
        .collect();
    for knot in &mut knots {
        knot.sort_unstable();
    }
    knots.sort();
    knots
        .iter()
        .map(|knot| {
            let round = walk_round(knot, arcs);
            NetworkFault::Cycle {
                codes: round.iter().map(|&at| input.activities[at as usize].code.to_string()).collect(),
            }
        })
        .collect()
}

/// The shortest way from the knot's first task back to itself, both ends included.
fn walk_round(knot: &[u32], arcs: &[RawArc]) -> Vec<u32> {
    let first = knot[0];
    let mut came_from: HashMap<u32, u32> = HashMap::new();
    let mut queue = std::collections::VecDeque::from([first]);
    while let Some(at) = queue.pop_front() {
        for arc in arcs.iter().filter(|arc| arc.0 == at && knot.binary_search(&arc.1).is_ok()) {
            if arc.1 == first {
                let mut round = vec![first];
                let mut back = at;
                while back != first {
                    round.push(back);
                    back = came_from[&back];
                }
                round.push(first);
                round.reverse();
                return round;
            }
            if let std::collections::hash_map::Entry::Vacant(slot) = came_from.entry(arc.1) {
                slot.insert(at);
                queue.push_back(arc.1);
            }
        }
    }
    knot.to_vec()
}
