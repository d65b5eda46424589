//! The form schedule builders run on: activities numbered in topological order, arrays without
//! pointers, and all resources of a period packed into few machine words.
//!
//! Each resource owns a lane of a word; its top bit is a guard that is set in the profile of free
//! capacity. One subtraction compares all lanes at once: a lane whose guard is lost had too little.

use super::project::{Impossible, Project};

/// Lists of neighbours, one after the other.
#[derive(Debug, Clone, Default)]
pub struct Arcs {
    first: Vec<u32>,
    others: Vec<u32>,
}

impl Arcs {
    fn of(lists: &[Vec<u32>]) -> Arcs {
        let mut arcs = Arcs { first: vec![0], others: Vec::new() };
        for list in lists {
            arcs.others.extend_from_slice(list);
            arcs.first.push(arcs.others.len() as u32);
        }
        arcs
    }

    /// Neighbours of an activity.
    #[inline]
    pub fn at(&self, at: usize) -> &[u32] {
        &self.others[self.first[at] as usize..self.first[at + 1] as usize]
    }
}

/// In which direction time runs while a schedule is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// From the first activity on.
    Forward,
    /// From the last activity back.
    Backward,
}

impl Side {
    /// The other one.
    pub const fn turned(self) -> Side {
        match self {
            Side::Forward => Side::Backward,
            Side::Backward => Side::Forward,
        }
    }
}

/// A project ready for building.
#[derive(Debug, Clone)]
pub struct Flat {
    /// Original number of each activity.
    pub name: Vec<u32>,
    /// Durations.
    pub durations: Vec<u32>,
    /// Who must be through before.
    pub before: Arcs,
    /// Who waits.
    pub after: Arcs,
    /// Words for each period.
    pub words: usize,
    /// Demand, `words` for each activity.
    pub demands: Vec<u64>,
    /// Capacity with guards, `words` long.
    pub full: Vec<u64>,
    /// The guards of a word.
    pub guard: u64,
    /// Longest path from the start to each activity, durations only.
    pub head: Vec<u32>,
    /// Longest path from the end of each activity to the end of the project.
    pub tail: Vec<u32>,
    /// No schedule is shorter than this.
    pub bound: u32,
    /// No sensible schedule is longer than this: everything one after the other.
    pub horizon: u32,
    /// Demand for each resource over its capacity, summed: what an activity weighs.
    pub weight: Vec<f64>,
}

impl Flat {
    /// Numbers, packs and bounds a project.
    ///
    /// # Errors
    /// A circle, or a demand no capacity can meet.
    pub fn of(project: &Project) -> Result<Flat, Impossible> {
        let name = project.in_order()?;
        let count = name.len();
        for (activity, demand) in project.demands.iter().enumerate() {
            let over = (0..project.capacities.len()).find(|&resource| demand[resource] > project.capacities[resource]);
            if let (Some(resource), true) = (over, project.durations[activity] > 0) {
                return Err(Impossible::Demand { activity: activity as u32, resource });
            }
        }
        let mut number = vec![0_u32; count];
        name.iter().enumerate().for_each(|(at, &old)| number[old as usize] = at as u32);
        let mut after: Vec<Vec<u32>> = vec![Vec::new(); count];
        let mut before: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (at, &old) in name.iter().enumerate() {
            for &to in &project.successors[old as usize] {
                let to = number[to as usize];
                after[at].push(to);
                before[to as usize].push(at as u32);
            }
        }
        let durations: Vec<u32> = name.iter().map(|&old| project.durations[old as usize]).collect();
        let (head, tail) = paths(&durations, &before, &after);
        let path = (0..count).map(|at| head[at] + durations[at] + tail[at]).max().unwrap_or(0);
        let bound = path.max(energy(project));
        let (words, lane, guard, full) = lanes(&project.capacities);
        let mut demands = vec![0_u64; count * words];
        let mut weight = vec![0.0; count];
        for (at, &old) in name.iter().enumerate() {
            for (resource, &units) in project.demands[old as usize].iter().enumerate() {
                if project.durations[old as usize] > 0 {
                    demands[at * words + resource / lane.0] |= u64::from(units) << (resource % lane.0 * lane.1);
                    weight[at] += f64::from(units) / f64::from(project.capacities[resource].max(1));
                }
            }
        }
        Ok(Flat {
            horizon: durations.iter().sum(),
            name,
            durations,
            before: Arcs::of(&before),
            after: Arcs::of(&after),
            words,
            demands,
            full,
            guard,
            head,
            tail,
            bound,
            weight,
        })
    }

    /// Number of activities.
    #[inline]
    pub fn len(&self) -> usize {
        self.durations.len()
    }

    /// No activity at all.
    pub fn is_empty(&self) -> bool {
        self.durations.is_empty()
    }

    /// Who must be through before an activity can be placed, seen from a side.
    #[inline]
    pub fn waits(&self, side: Side) -> &Arcs {
        match side {
            Side::Forward => &self.before,
            Side::Backward => &self.after,
        }
    }
}

fn paths(durations: &[u32], before: &[Vec<u32>], after: &[Vec<u32>]) -> (Vec<u32>, Vec<u32>) {
    let count = durations.len();
    let (mut head, mut tail) = (vec![0; count], vec![0; count]);
    for at in 0..count {
        let ends = |&from: &u32| head[from as usize] + durations[from as usize];
        head[at] = before[at].iter().map(ends).max().unwrap_or(0);
    }
    for at in (0..count).rev() {
        let begins = |&to: &u32| tail[to as usize] + durations[to as usize];
        tail[at] = after[at].iter().map(begins).max().unwrap_or(0);
    }
    (head, tail)
}

/// Work on a resource divided by its capacity.
fn energy(project: &Project) -> u32 {
    let work = |resource: usize| -> u64 {
        let of = |at: usize| u64::from(project.durations[at]) * u64::from(project.demands[at][resource]);
        (0..project.len()).map(of).sum()
    };
    let needed = |(resource, &capacity): (usize, &u32)| work(resource).div_ceil(u64::from(capacity.max(1)));
    project.capacities.iter().enumerate().map(needed).max().unwrap_or(0) as u32
}

/// Words for each period, lanes in a word and their width, the guards, and the full profile.
fn lanes(capacities: &[u32]) -> (usize, (usize, usize), u64, Vec<u64>) {
    let width = if capacities.iter().all(|&capacity| capacity < 1 << 15) { 16 } else { 32 };
    let per = 64 / width;
    let words = capacities.len().div_ceil(per).max(1);
    let guard = (0..per).fold(0_u64, |guard, lane| guard | 1 << (lane * width + width - 1));
    let mut full = vec![guard; words];
    for (resource, &capacity) in capacities.iter().enumerate() {
        // A lane of 32 bits keeps its top bit for the guard: no demand is larger than this.
        let capacity = u64::from(capacity.min((1 << 31) - 1));
        full[resource / per] |= capacity << (resource % per * width);
    }
    (words, (per, width), guard, full)
}
