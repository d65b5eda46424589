//! Short schedules of a project with scarce resources: a genetic search over lists of activities.
//!
//! The frame is the hybrid genetic algorithm of Valls, Ballestín and Quintanilla (2008): schedules
//! are justified as soon as they are built, and children take a stretch of one parent's list, the
//! rest in the order of the other's. From Debels and Vanhoucke (2007) it has the alternation of
//! sides: a child is built from the back out of parents built from the front, then justified
//! forward, so that a child costs two schedules and not three. Lists that were built before are
//! changed a little instead of built again. When the budget is ample for the size of the project,
//! a child replaces the schedule most like it rather than the worst (crowding, De Jong 1975): the
//! population keeps its variety. Population size, bias and crowding follow from budget and size.
//!
//! Every serial or parallel generation, forward or backward, counts as one schedule.

use super::build::Builder;
use super::chance::Chance;
use super::flat::{Flat, Side};
use super::project::{Impossible, Project, Timetable};
use super::sample::Sampler;
use std::collections::HashSet;

/// How a search stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Schedules built so far.
    pub built: u64,
    /// Schedules allowed.
    pub budget: u64,
    /// Length of the shortest so far.
    pub makespan: u32,
    /// No schedule can be shorter than this.
    pub bound: u32,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The shortest schedule.
    pub table: Timetable,
    /// Schedules built.
    pub built: u64,
    /// It is as short as the bound: no shorter one exists.
    pub proved: bool,
}

/// Schedules between two questions whether to go on.
const ASK: u64 = 64;
/// What follows from budget and size: a tight budget goes to the urgent, an ample one to variety.
#[derive(Debug, Clone, Copy)]
struct Temper {
    /// Bias of the sampling to what must not wait.
    bias: f64,
    /// Share of first schedules that come from the parallel scheme.
    parallel: f64,
    /// Chance of each place of a child's list to be changed.
    change: f64,
    /// How far a change reaches in the list.
    reach: usize,
}

const TIGHT: Temper = Temper { bias: 2.0, parallel: 0.7, change: 0.01, reach: 5 };
const AMPLE: Temper = Temper { bias: 1.0, parallel: 0.4, change: 0.02, reach: 8 };

/// Shortest and longest stretch taken from one parent, as a share of its list.
const STRETCH: (f64, f64) = (0.2, 0.5);

/// Searches until `budget` schedules are built, the bound is reached or `keep_going` answers no.
/// At least one schedule is always built.
///
/// # Errors
/// A circle, or a demand no capacity can meet.
pub fn search(
    project: &Project,
    budget: u64,
    seed: u64,
    keep_going: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found, Impossible> {
    let flat = Flat::of(project)?;
    let mut search = Search::new(&flat, budget.max(1), seed, keep_going);
    search.run();
    let mut starts = vec![0; flat.len()];
    flat.name.iter().zip(&search.starts).for_each(|(&name, &start)| starts[name as usize] = start);
    let table = Timetable { starts, makespan: search.makespan };
    Ok(Found { table, built: search.builder.built, proved: search.makespan <= flat.bound })
}

/// A schedule of the population, built from the front.
#[derive(Debug, Clone)]
struct One {
    starts: Vec<u32>,
    makespan: u32,
    born: u64,
}

struct Search<'a> {
    flat: &'a Flat,
    builder: Builder<'a>,
    sampler: Sampler<'a>,
    chance: Chance,
    budget: u64,
    temper: Temper,
    size: usize,
    /// Chance that a child replaces the schedule most like it.
    crowding: f64,
    makespan: u32,
    starts: Vec<u32>,
    all: Vec<One>,
    seen: HashSet<u64>,
    keep_going: &'a mut dyn FnMut(Progress) -> bool,
    asked: u64,
    stopped: bool,
    // Room used again for each child.
    child: Vec<u32>,
    lists: [Vec<u32>; 2],
    marked: Vec<bool>,
    place: Vec<u32>,
    stack: Vec<u32>,
    spare: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(flat: &'a Flat, budget: u64, seed: u64, keep_going: &'a mut dyn FnMut(Progress) -> bool) -> Self {
        let count = flat.len();
        let ample = budget as f64 / count.max(1) as f64;
        let temper = if ample < count as f64 / 2.0 { TIGHT } else { AMPLE };
        Search {
            flat,
            builder: Builder::new(flat),
            sampler: Sampler::new(flat, temper.bias),
            chance: Chance::seeded(seed),
            budget,
            temper,
            size: ((35.0 * (budget as f64 / 1000.0).powf(0.55)) as usize).clamp(8, 1000),
            crowding: ((ample - 30.0) / 150.0).clamp(0.0, 1.0) * 0.6,
            makespan: u32::MAX,
            starts: Vec::new(),
            all: Vec::new(),
            seen: HashSet::new(),
            keep_going,
            asked: 0,
            stopped: false,
            child: Vec::with_capacity(count),
            lists: [vec![0; count], vec![0; count]],
            marked: vec![false; count],
            place: vec![0; count],
            stack: Vec::new(),
            spare: Vec::with_capacity(count),
        }
    }

    fn run(&mut self) {
        self.populate();
        while self.all.len() > 1 && !self.done() {
            self.beget();
        }
    }

    fn done(&mut self) -> bool {
        if self.builder.built >= self.asked + ASK {
            self.asked = self.builder.built;
            let progress = Progress {
                built: self.builder.built,
                budget: self.budget,
                makespan: self.makespan,
                bound: self.flat.bound,
            };
            self.stopped |= !(self.keep_going)(progress);
        }
        self.stopped || self.builder.built >= self.budget || self.makespan <= self.flat.bound
    }

    /// Keeps a schedule when it is the shortest.
    fn note(&mut self, side: Side, starts: &[u32], makespan: u32) {
        if makespan < self.makespan {
            self.makespan = makespan;
            let forward = |(&start, &duration): (&u32, &u32)| match side {
                Side::Forward => start,
                Side::Backward => makespan - start - duration,
            };
            self.starts = starts.iter().zip(&self.flat.durations).map(forward).collect();
        }
    }

    /// The first schedules: sampled, then justified to and fro.
    fn populate(&mut self) {
        let count = self.flat.len();
        let (mut order, mut starts) = (Vec::with_capacity(count), vec![0; count]);
        while self.all.len() < self.size && (self.builder.built == 0 || !self.done()) {
            let mut side = Side::Forward;
            let mut makespan = if self.chance.unit() < self.temper.parallel {
                self.sampler.parallel(side, &mut self.chance, &mut self.builder, &mut starts)
            } else {
                self.sampler.list(side, &mut self.chance, &mut order);
                self.builder.serial(side, &order, &mut starts)
            };
            self.note(side, &starts, makespan);
            order.resize(count, 0);
            for _ in 0..2 {
                if self.done() {
                    return;
                }
                self.builder.turned(side, &starts, makespan, &mut order);
                side = side.turned();
                makespan = self.builder.serial(side, &order, &mut starts);
                self.note(side, &starts, makespan);
            }
            self.all.push(One { starts: starts.clone(), makespan, born: self.builder.built });
        }
    }

    /// Builds a child of two parents and gives it a place.
    fn beget(&mut self) {
        let first = self.parent(usize::MAX);
        let second = self.parent(first);
        self.cross(first, second);
        self.change();
        let mut starts = std::mem::take(&mut self.spare);
        starts.resize(self.flat.len(), 0);
        let makespan = self.builder.serial(Side::Backward, &self.child, &mut starts);
        self.note(Side::Backward, &starts, makespan);
        let mut order = std::mem::take(&mut self.child);
        self.builder.turned(Side::Backward, &starts, makespan, &mut order);
        if !self.done() && self.seen.insert(hash(&order)) {
            let makespan = self.builder.serial(Side::Forward, &order, &mut starts);
            self.note(Side::Forward, &starts, makespan);
            self.settle(&starts, makespan);
        }
        self.child = order;
        self.spare = starts;
    }

    /// The better of two picked by chance.
    fn parent(&mut self, but: usize) -> usize {
        let mut pick = || {
            let at = self.chance.below(self.all.len());
            if at == but { (at + 1) % self.all.len() } else { at }
        };
        let (a, b) = (pick(), pick());
        if self.all[b].makespan < self.all[a].makespan { b } else { a }
    }

    /// The child's list: a stretch of the first parent's, at its place in the order of the second.
    fn cross(&mut self, first: usize, second: usize) {
        let count = self.flat.len();
        for (list, parent) in [first, second].into_iter().enumerate() {
            let one = &self.all[parent];
            self.builder.turned(Side::Forward, &one.starts, one.makespan, &mut self.lists[list]);
        }
        let share = STRETCH.0 + (STRETCH.1 - STRETCH.0) * self.chance.unit();
        let length = ((share * count as f64) as usize).min(count);
        let from = self.chance.below(count - length + 1);
        let [own, other] = &self.lists;
        let stretch = &own[from..from + length];
        self.marked.fill(false);
        stretch.iter().for_each(|&at| self.marked[at as usize] = true);
        self.child.clear();
        let rest = other.iter().copied().filter(|&at| !self.marked[at as usize]);
        self.child.extend(rest.clone().take(from));
        self.child.extend_from_slice(stretch);
        self.child.extend(rest.skip(from));
        self.mend();
    }

    /// Swaps a few places; more when the list was built before.
    fn change(&mut self) {
        let count = self.child.len();
        let mut changed = false;
        for at in 0..count {
            if self.chance.unit() < self.temper.change {
                let other = (at + 1 + self.chance.below(self.temper.reach)).min(count - 1);
                self.child.swap(at, other);
                changed = true;
            }
        }
        if changed {
            self.mend();
        }
        let mut tries = 0;
        while tries < 20 && !self.seen.insert(hash(&self.child)) {
            tries += 1;
            let at = self.chance.below(count);
            let other = (at + 1 + self.chance.below(self.temper.reach + 3)).min(count - 1);
            self.child.swap(at, other);
            self.mend();
        }
    }

    /// Moves activities forward in the list where others before them wait for them.
    fn mend(&mut self) {
        let waits = self.flat.waits(Side::Backward);
        self.child.iter().enumerate().for_each(|(place, &at)| self.place[at as usize] = place as u32);
        self.marked.fill(false);
        self.spare.clear();
        for &at in &self.child {
            self.stack.push(at);
            while let Some(&top) = self.stack.last() {
                if self.marked[top as usize] {
                    self.stack.pop();
                    continue;
                }
                let missing = waits.at(top as usize).iter().filter(|&&from| !self.marked[from as usize]);
                match missing.min_by_key(|&&from| self.place[from as usize]) {
                    Some(&from) => self.stack.push(from),
                    None => {
                        self.marked[top as usize] = true;
                        self.spare.push(top);
                        self.stack.pop();
                    }
                }
            }
        }
        std::mem::swap(&mut self.child, &mut self.spare);
    }

    /// Gives a child a place in the population, unless it is there already or not good enough.
    fn settle(&mut self, starts: &[u32], makespan: u32) {
        if self.all.iter().any(|one| one.makespan == makespan && one.starts == starts) {
            return;
        }
        let near = self.chance.unit() < self.crowding;
        let apart = |one: &One| one.starts.iter().zip(starts).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
        let leaves = if near {
            let worse = self.all.iter_mut().filter(|one| one.makespan >= makespan);
            worse.min_by_key(|one| apart(one))
        } else {
            self.all.iter_mut().max_by_key(|one| (one.makespan, std::cmp::Reverse(one.born)))
        };
        if let Some(one) = leaves.filter(|one| makespan <= one.makespan) {
            one.starts.copy_from_slice(starts);
            one.makespan = makespan;
            one.born = self.builder.built;
        }
    }
}

/// A fingerprint of a list (in the manner of FNV-1a, with a rotation).
fn hash(list: &[u32]) -> u64 {
    list.iter().fold(0xCBF2_9CE4_8422_2325, |hash: u64, &at| {
        (hash ^ u64::from(at)).wrapping_mul(0x0100_0000_01B3).rotate_left(23)
    })
}
