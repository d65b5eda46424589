//! What the planner is given: activities, links, calendars, and the graph made of them.
//!
//! A [`Network`] is checked once (no cycle, no dangling end) and then computed as often as
//! needed; see [`super::schedule`]. Activities are addressed by index everywhere inside the
//! kernel; codes appear only at the edges, in faults and explanations.

use super::calendar::Calendar;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What kind of node an activity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Work with a duration.
    Task,
    /// A point in time that waits for work to begin: it snaps forward.
    StartMilestone,
    /// A point in time that closes work: it stays where the work ended.
    FinishMilestone,
    /// A bracket around its children; it has no work of its own.
    Summary,
}

impl Kind {
    /// All kinds, in the order of a choice list.
    pub const ALL: &'static [Kind] = &[Kind::Task, Kind::StartMilestone, Kind::FinishMilestone, Kind::Summary];

    /// The spelling in the database and in API calls.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Task => "task",
            Kind::StartMilestone => "start_milestone",
            Kind::FinishMilestone => "finish_milestone",
            Kind::Summary => "summary",
        }
    }

    /// The reverse of [`Kind::code`].
    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.code() == text)
    }
}

/// The date constraint of an activity, with its instant where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "at")]
pub enum Constraint {
    /// As soon as possible.
    #[default]
    Asap,
    /// As late as possible: takes the late date.
    Alap,
    /// Start no earlier than.
    Snet(i64),
    /// Start no later than.
    Snlt(i64),
    /// Finish no earlier than.
    Fnet(i64),
    /// Finish no later than.
    Fnlt(i64),
    /// Must start on.
    Mso(i64),
    /// Must finish on.
    Mfo(i64),
}

impl Constraint {
    /// Every spelling, in the order of a choice list.
    pub const CODES: &'static [&'static str] = &["asap", "alap", "snet", "snlt", "fnet", "fnlt", "mso", "mfo"];

    /// The spelling in the database and in API calls.
    pub fn code(self) -> &'static str {
        match self {
            Constraint::Asap => "asap",
            Constraint::Alap => "alap",
            Constraint::Snet(_) => "snet",
            Constraint::Snlt(_) => "snlt",
            Constraint::Fnet(_) => "fnet",
            Constraint::Fnlt(_) => "fnlt",
            Constraint::Mso(_) => "mso",
            Constraint::Mfo(_) => "mfo",
        }
    }

    /// The instant the constraint names.
    pub fn at(self) -> Option<i64> {
        match self {
            Constraint::Asap | Constraint::Alap => None,
            Constraint::Snet(at) | Constraint::Snlt(at) | Constraint::Fnet(at) => Some(at),
            Constraint::Fnlt(at) | Constraint::Mso(at) | Constraint::Mfo(at) => Some(at),
        }
    }

    /// Puts spelling and instant together; `None` when they do not fit.
    pub fn of(code: &str, at: Option<i64>) -> Option<Constraint> {
        Some(match (code, at) {
            ("asap", _) => Constraint::Asap,
            ("alap", _) => Constraint::Alap,
            ("snet", Some(at)) => Constraint::Snet(at),
            ("snlt", Some(at)) => Constraint::Snlt(at),
            ("fnet", Some(at)) => Constraint::Fnet(at),
            ("fnlt", Some(at)) => Constraint::Fnlt(at),
            ("mso", Some(at)) => Constraint::Mso(at),
            ("mfo", Some(at)) => Constraint::Mfo(at),
            _ => return None,
        })
    }
}

/// One node of the plan.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Unique within the plan; how people name the task.
    pub code: Box<str>,
    /// Task, milestone or summary.
    pub kind: Kind,
    /// Working minutes on its own calendar; 0 for milestones and summaries.
    pub duration: i64,
    /// Index into [`PlanInput::calendars`].
    pub calendar: u32,
    /// Date constraint.
    pub constraint: Constraint,
    /// Wanted finish: lowers the late dates, moves nothing.
    pub deadline: Option<i64>,
    /// When work really began.
    pub actual_start: Option<i64>,
    /// When work really ended.
    pub actual_finish: Option<i64>,
    /// Working minutes still to do once begun; the whole duration when `None`.
    pub remaining: Option<i64>,
    /// Index of the summary this one belongs to.
    pub parent: Option<u32>,
}

impl Activity {
    /// A plain task on calendar 0, as soon as possible.
    pub fn task(code: &str, duration: i64) -> Self {
        Activity {
            code: code.into(),
            kind: Kind::Task,
            duration,
            calendar: 0,
            constraint: Constraint::Asap,
            deadline: None,
            actual_start: None,
            actual_finish: None,
            remaining: None,
            parent: None,
        }
    }

    /// Minutes of work the forward pass lays out: what is left once it has begun.
    pub fn work_left(&self) -> i64 {
        match (self.kind, self.actual_start) {
            (Kind::Task, Some(_)) => self.remaining.unwrap_or(self.duration),
            (Kind::Task, None) => self.duration,
            _ => 0,
        }
    }
}

/// How two activities are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Finish to start.
    Fs,
    /// Start to start.
    Ss,
    /// Finish to finish.
    Ff,
    /// Start to finish.
    Sf,
}

impl LinkKind {
    /// All kinds, in the order of a choice list.
    pub const ALL: &'static [LinkKind] = &[LinkKind::Fs, LinkKind::Ss, LinkKind::Ff, LinkKind::Sf];

    /// The spelling in the database and in API calls.
    pub fn code(self) -> &'static str {
        match self {
            LinkKind::Fs => "fs",
            LinkKind::Ss => "ss",
            LinkKind::Ff => "ff",
            LinkKind::Sf => "sf",
        }
    }

    /// The reverse of [`LinkKind::code`], in either case.
    pub fn parse(text: &str) -> Option<LinkKind> {
        LinkKind::ALL.iter().copied().find(|kind| kind.code().eq_ignore_ascii_case(text))
    }
}

/// The time between the two ends of a link; negative is a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lag {
    /// Working minutes on the lag calendar.
    Working(i64),
    /// Minutes of the clock.
    Elapsed(i64),
    /// Percent of the predecessor's duration, as working minutes.
    Percent(i64),
}

/// i → j.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// Predecessor.
    pub from: u32,
    /// Successor.
    pub to: u32,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between them.
    pub lag: Lag,
}

/// On which calendar a working lag is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LagCalendar {
    /// The successor's (the rule of the house).
    #[default]
    Successor,
    /// The predecessor's.
    Predecessor,
    /// Calendar 0.
    Plan,
    /// Round the clock.
    Always,
}

/// What happens to work that began before its predecessor was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// The remaining work still waits for the predecessor.
    #[default]
    RetainedLogic,
    /// The remaining work goes on.
    Override,
}

/// Choices that hold for the whole plan.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Critical at total float ≤ this many working minutes.
    pub critical_threshold: i64,
    /// Calendar of working lags.
    pub lag_calendar: LagCalendar,
    /// Out-of-sequence rule.
    pub progress: Progress,
}

/// Everything a plan is computed from.
#[derive(Debug, Clone)]
pub struct PlanInput {
    /// Nothing starts before.
    pub start: i64,
    /// Everything up to here is fact; remaining work starts here or later.
    pub data_date: Option<i64>,
    /// Wanted end of the plan for the late pass; the computed end when `None`.
    pub finish: Option<i64>,
    /// Calendar 0 is the plan's.
    pub calendars: Vec<Calendar>,
    /// Nodes.
    pub activities: Vec<Activity>,
    /// Arcs.
    pub links: Vec<Link>,
    /// Plan-wide choices.
    pub options: Options,
}

impl PlanInput {
    /// An empty plan on a round-the-clock calendar.
    pub fn new(start: i64) -> Self {
        PlanInput {
            start,
            data_date: None,
            finish: None,
            calendars: vec![Calendar::Always],
            activities: Vec::new(),
            links: Vec::new(),
            options: Options::default(),
        }
    }
}

/// A link as people and files write it, by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedLink {
    /// Code of the predecessor.
    pub from: String,
    /// Code of the successor.
    pub to: String,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// Time between them.
    pub lag: Lag,
}

/// Why a plan cannot be computed at all. Every fault names its tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum NetworkFault {
    /// Tasks that wait for each other, in order, the first one repeated at the end.
    Cycle {
        /// The way round.
        codes: Vec<String>,
    },
    /// A link one end of which does not exist.
    Dangling {
        /// Predecessor code as written.
        from: String,
        /// Successor code as written.
        to: String,
        /// The end that is missing.
        missing: String,
    },
    /// Two tasks with one code.
    Duplicate {
        /// The code.
        code: String,
    },
}

/// Turns links by code into links by index, or lists every dangling end and every double code.
pub fn resolve(activities: &[Activity], links: &[NamedLink]) -> Result<Vec<Link>, Vec<NetworkFault>> {
    let mut faults = Vec::new();
    let mut index: HashMap<&str, u32> = HashMap::with_capacity(activities.len());
    for (at, activity) in activities.iter().enumerate() {
        if index.insert(&activity.code, at as u32).is_some() {
            faults.push(NetworkFault::Duplicate { code: activity.code.to_string() });
        }
    }
    let mut resolved = Vec::with_capacity(links.len());
    for link in links {
        let (from, to) = (index.get(link.from.as_str()), index.get(link.to.as_str()));
        for (end, code) in [(from, &link.from), (to, &link.to)] {
            if end.is_none() {
                faults.push(NetworkFault::Dangling {
                    from: link.from.clone(),
                    to: link.to.clone(),
                    missing: code.clone(),
                });
            }
        }
        if let (Some(&from), Some(&to)) = (from, to) {
            resolved.push(Link { from, to, kind: link.kind, lag: link.lag });
        }
    }
    if faults.is_empty() { Ok(resolved) } else { Err(faults) }
}

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
        Ok(Network { input, order, preds, pred_at, succs, succ_at, leaves })
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
        match arc.calendar {
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
