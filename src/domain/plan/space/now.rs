//! This very moment: what keeps a task from beginning, or from going on, at the places it needs.

use super::demand::Demand;
use super::mode::{Mode, When};
use super::standing::{Space, Standing};
use super::state::PlaceState;
use crate::plan::task::{Task, TaskLink, TaskState};
use crate::plan::work::Unmet;
use crate::{Bilingual, TaskId};
use chrono::{DateTime, Utc};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Places an unmet condition names; the rest is counted.
const NAMED: usize = 3;

/// A plan's places at this moment.
pub struct Now<'a> {
    space: &'a Space,
    tasks: &'a [Task],
    links: &'a [TaskLink],
    now: DateTime<Utc>,
    demands: Vec<Demand>,
    working: Vec<Demand>,
    standings: RefCell<HashMap<u32, Standing>>,
}

impl<'a> Now<'a> {
    /// The places of a plan now.
    pub fn of(space: &'a Space, tasks: &'a [Task], links: &'a [TaskLink], now: DateTime<Utc>) -> Now<'a> {
        let demands = space.demands(tasks);
        let working = demands.iter().filter(|one| tasks[one.task as usize].state.is_working()).copied().collect();
        Now { space, tasks, links, now, demands, working, standings: RefCell::default() }
    }

    fn of_task(&self, at: usize) -> &[Demand] {
        let from = self.demands.partition_point(|one| (one.task as usize) < at);
        let to = self.demands.partition_point(|one| (one.task as usize) <= at);
        &self.demands[from..to]
    }

    fn holds(&self, place: u32, state: PlaceState) -> bool {
        let mut standings = self.standings.borrow_mut();
        let standing = standings.entry(place).or_insert_with(|| self.space.standing(place, self.now));
        standing.states.has(state)
    }

    /// What keeps a task from beginning: states that do not hold, places that are taken or full.
    pub fn unmet_to_start(&self, at: usize) -> Vec<Unmet> {
        let mut unmet = self.missing(at, |_| true);
        unmet.extend(self.occupied(at));
        unmet.extend(self.full(at));
        unmet
    }

    /// What keeps work that has begun from going on: states needed throughout that hold no more.
    pub fn unmet_to_go_on(&self, at: usize) -> Vec<Unmet> {
        self.missing(at, |when| when == When::Throughout)
    }

    fn missing(&self, at: usize, counts: impl Fn(When) -> bool) -> Vec<Unmet> {
        let mut lacking: BTreeMap<PlaceState, Vec<u32>> = BTreeMap::new();
        for demand in self.of_task(at) {
            let requirement = &self.space.requirements[demand.requirement as usize];
            let Some(state) = requirement.needs.filter(|_| counts(requirement.when)) else { continue };
            if !self.holds(demand.place, state) {
                let places = lacking.entry(state).or_default();
                if !places.contains(&demand.place) {
                    places.push(demand.place);
                }
            }
        }
        let unmet = |(state, places): (PlaceState, Vec<u32>)| {
            let (places, count) = (self.named(&places), places.len() as u32);
            Unmet::PlaceState { state, places, count }
        };
        lacking.into_iter().map(unmet).collect()
    }

    fn named(&self, places: &[u32]) -> Vec<Bilingual> {
        places.iter().take(NAMED).map(|at| name(self.space, *at)).collect()
    }

    /// Work going on now that stands against this task.
    fn occupied(&self, at: usize) -> Vec<Unmet> {
        let mut by: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for mine in self.of_task(at) {
            for theirs in self.working.iter().filter(|one| one.task != mine.task) {
                let clash = self.space.tree.related(mine.place, theirs.place)
                    && mine.mode.against(theirs.mode, mine.place != theirs.place).is_some();
                let places = by.entry(theirs.task);
                if clash {
                    let places = places.or_default();
                    let inner = mine.place.max(theirs.place);
                    if !places.contains(&inner) {
                        places.push(inner);
                    }
                }
            }
        }
        let own = self.tasks[at].id;
        let apart = |other: &u32| !self.ordered(own, self.tasks[*other as usize].id);
        by.into_iter()
            .filter(|(other, places)| !places.is_empty() && apart(other))
            .map(|(other, places)| Unmet::Occupied {
                code: self.tasks[other as usize].code.clone(),
                places: self.named(&places),
                count: places.len() as u32,
            })
            .collect()
    }

    /// Places where the work going on leaves less than this task wants.
    fn full(&self, at: usize) -> Vec<Unmet> {
        let mut unmet: Vec<Unmet> = Vec::new();
        let mut seen = HashSet::new();
        for mine in self.of_task(at).iter().filter(|one| one.mode == Mode::Shared && one.quantity > 0) {
            for place in std::iter::once(mine.place).chain(self.space.tree.above(mine.place)) {
                let Some(capacity) = self.space.tree.capacity(place, mine.unit) else { continue };
                if !mine.unit.sums() || !seen.insert((place, mine.unit)) {
                    continue;
                }
                let within = |one: &&Demand| {
                    one.mode == Mode::Shared && one.unit == mine.unit && self.space.tree.holds(place, one.place)
                };
                let sum = |all: &[Demand]| all.iter().filter(within).map(|one| one.quantity).sum::<i64>();
                let (taken, wanted) = (sum(&self.working), sum(self.of_task(at)));
                if taken > 0 && taken + wanted > capacity {
                    unmet.push(Unmet::PlaceFull { place: name(self.space, place), unit: mine.unit, taken, wanted, capacity });
                }
            }
        }
        unmet
    }

    /// Whether links lead from either task to the other.
    fn ordered(&self, a: TaskId, b: TaskId) -> bool {
        self.leads(a, b) || self.leads(b, a)
    }

    fn leads(&self, from: TaskId, to: TaskId) -> bool {
        let mut next: HashMap<TaskId, Vec<TaskId>> = HashMap::new();
        for link in self.links {
            next.entry(link.from).or_default().push(link.to);
        }
        let (mut seen, mut todo) = (HashSet::from([from]), vec![from]);
        while let Some(here) = todo.pop() {
            if here == to {
                return true;
            }
            todo.extend(next.get(&here).into_iter().flatten().copied().filter(|one| seen.insert(*one)));
        }
        false
    }
}

/// Code and name of a place, as far as both say something.
pub fn name(space: &Space, at: u32) -> Bilingual {
    let spot = space.tree.spot(at);
    let or = |text: &str| if text.is_empty() { spot.code.clone() } else { text.to_owned() };
    Bilingual::new(or(&spot.name.en), or(&spot.name.zh))
}

/// The mark before the reason of a task that was stopped because a state was lost.
pub const LOST: &str = "place-state:";

/// The reason of a task stopped by lost states, for machines: `place-state:established:Hall N1`.
pub fn lost_reason(unmet: &[Unmet]) -> Option<String> {
    unmet.iter().find_map(|one| match one {
        Unmet::PlaceState { state, places, .. } => {
            let names: Vec<&str> = places.iter().map(|place| place.en.as_str()).collect();
            Some(format!("{LOST}{}:{}", state.code(), names.join(", ")))
        }
        _ => None,
    })
}

/// Whether a task was stopped by places and not by a person.
pub fn stopped_by_places(task: &Task) -> bool {
    task.state == TaskState::Blocked && task.reason.as_deref().is_some_and(|reason| reason.starts_with(LOST))
}
