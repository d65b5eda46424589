//! Places as levelling sees them: which tasks cannot be at their places at the same time, and how much of a place
//! tasks take together. The mode table and the tree of places are those of [`crate::plan::space`]; here they are
//! worked out once for each pair of tasks, so that a search which lays thousands of schedules walks no tree.
//!
//! Deliberately absent: a way that two tasks shut only together, and loads that a place cannot bear by themselves;
//! moving work helps neither in general, and both stay in the list of what is left.

use super::scarce::Dates;
use crate::plan::network::PlanInput;
use crate::plan::sheet::Sheet;
use crate::plan::space::{Demand, Mode, Order, Tree, Unit, shut_alone};
use std::collections::{BTreeMap, BTreeSet};

/// What a task takes of the clock before and after itself, in minutes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pads {
    /// Before its start.
    pub setup: i64,
    /// After its finish.
    pub clear: i64,
}

impl Pads {
    const fn of(demand: &Demand) -> Pads {
        Pads { setup: demand.setup, clear: demand.clear }
    }

    fn most(self, other: Pads) -> Pads {
        Pads { setup: self.setup.max(other.setup), clear: self.clear.max(other.clear) }
    }
}

/// Another task that cannot be there at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// Position of the other task.
    pub other: u32,
    /// What this task takes around itself.
    pub mine: Pads,
    /// What the other does.
    pub its: Pads,
    /// Where they meet: position of the place.
    pub place: u32,
}

impl Clash {
    /// Whether the two stand in each other's way at these times; ends that touch do not.
    pub fn meets(&self, (start, finish): (i64, i64), other: (i64, i64)) -> bool {
        let (from, until) = (start - self.mine.setup, finish + self.mine.clear);
        let (held, free) = (other.0 - self.its.setup, other.1 + self.its.clear);
        from < until && held < free && from < free && held < until
    }

    /// First start that leaves the other alone, behind it.
    pub const fn behind(&self, other_finish: i64) -> i64 {
        other_finish + self.its.clear + self.mine.setup
    }

    /// Last finish that leaves the other alone, before it.
    pub const fn before(&self, other_start: i64) -> i64 {
        other_start - self.its.setup - self.mine.clear
    }
}

/// So much of a place at once, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Position of the place.
    pub place: u32,
    /// What is counted.
    pub unit: Unit,
    /// How much there is, in hundredths of the unit.
    pub capacity: i64,
}

/// What a task takes of a [`Room`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Position of the room.
    pub room: usize,
    /// How much, in hundredths.
    pub quantity: i64,
    /// Around the task.
    pub pads: Pads,
}

/// The places of a plan for levelling.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// By task, whom it cannot meet.
    pub clashes: Vec<Vec<Clash>>,
    /// Places that can be overrun.
    pub rooms: Vec<Room>,
    /// By task, what it takes of them.
    pub shares: Vec<Vec<Share>>,
}

impl Ground {
    /// What the open tasks of a plan ask of places. Tasks in an order by logic are never in each other's way.
    pub fn of(sheet: &Sheet, input: &PlanInput) -> Ground {
        let count = sheet.tasks.len();
        let mut demands = sheet.space.demands(&sheet.tasks);
        demands.retain(|one| !sheet.tasks[one.task as usize].state.is_done());
        if demands.is_empty() {
            return Ground { clashes: vec![Vec::new(); count], rooms: Vec::new(), shares: vec![Vec::new(); count] };
        }
        let order = Order::of(input, demands.iter().map(|one| one.task));
        let clashes = clashes(&sheet.space.tree, &demands, &order, count);
        let (rooms, shares) = rooms(&sheet.space.tree, &demands, count);
        Ground { clashes, rooms, shares }
    }

    /// Tasks in the way of one at a time, by these dates: the clash with each.
    pub fn met<'a>(&'a self, at: usize, time: (i64, i64), dates: &'a Dates) -> impl Iterator<Item = &'a Clash> + 'a {
        let span = |one: &Clash| (dates.start[one.other as usize], dates.finish[one.other as usize]);
        self.clashes[at].iter().filter(move |one| one.meets(time, span(one)))
    }
}

fn clashes(tree: &Tree, demands: &[Demand], order: &Order, count: usize) -> Vec<Vec<Clash>> {
    let mut at_place: BTreeMap<u32, Vec<&Demand>> = BTreeMap::new();
    for one in demands {
        at_place.entry(one.place).or_default().push(one);
    }
    let mut found: Vec<BTreeSet<Clash>> = vec![BTreeSet::new(); count];
    let mut meet = |a: &Demand, b: &Demand, place: u32| {
        if a.task != b.task && !order.ordered(a.task, b.task) {
            let (mine, its) = (Pads::of(a), Pads::of(b));
            found[a.task as usize].insert(Clash { other: b.task, mine, its, place });
            found[b.task as usize].insert(Clash { other: a.task, mine: its, its: mine, place });
        }
    };
    for (&place, here) in &at_place {
        for (nth, one) in here.iter().enumerate() {
            for other in here[nth + 1..].iter().filter(|other| one.mode.against(other.mode, false).is_some()) {
                meet(one, other, place);
            }
            for up in tree.above(place) {
                for other in at_place.get(&up).into_iter().flatten() {
                    if one.mode.against(other.mode, true).is_some() {
                        meet(one, other, place);
                    }
                }
            }
        }
    }
    let holding: Vec<&Demand> = demands.iter().filter(|one| one.mode == Mode::Exclusive).collect();
    for pass in demands.iter().filter(|one| one.mode == Mode::Pass) {
        for held in &holding {
            if shut_alone(tree, pass.place, held.place) {
                meet(pass, held, held.place);
            }
        }
    }
    found.into_iter().map(thin).collect()
}

/// One clash for each other task and pads is enough, wherever it is; the first place stands for all.
fn thin(all: BTreeSet<Clash>) -> Vec<Clash> {
    let mut kept: Vec<Clash> = all.into_iter().collect();
    kept.dedup_by(|next, first| (next.other, next.mine, next.its) == (first.other, first.mine, first.its));
    kept
}

fn rooms(tree: &Tree, demands: &[Demand], count: usize) -> (Vec<Room>, Vec<Vec<Share>>) {
    // (place, unit) with what each task takes of it.
    let mut wanted: BTreeMap<(u32, usize), BTreeMap<u32, (i64, Pads)>> = BTreeMap::new();
    for one in demands.iter().filter(|one| one.mode == Mode::Shared && one.unit.sums() && one.quantity > 0) {
        for place in std::iter::once(one.place).chain(tree.above(one.place)) {
            if tree.capacity(place, one.unit).is_some() {
                let takes = wanted.entry((place, one.unit.slot())).or_default();
                let (quantity, pads) = takes.entry(one.task).or_default();
                *quantity += one.quantity;
                *pads = pads.most(Pads::of(one));
            }
        }
    }
    let (mut rooms, mut shares) = (Vec::new(), vec![Vec::new(); count]);
    for ((place, slot), takes) in wanted {
        let unit = Unit::ALL[slot];
        let capacity = tree.capacity(place, unit).unwrap_or(i64::MAX);
        // What never can be overrun is no room to look after; who wants more than there is cannot be helped.
        if takes.values().map(|(quantity, _)| quantity).sum::<i64>() <= capacity {
            continue;
        }
        for (task, (quantity, pads)) in takes.into_iter().filter(|(_, (quantity, _))| *quantity <= capacity) {
            shares[task as usize].push(Share { room: rooms.len(), quantity, pads });
        }
        rooms.push(Room { place, unit, capacity });
    }
    (rooms, shares)
}
