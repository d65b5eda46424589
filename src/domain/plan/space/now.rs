//! This very moment: what keeps a task from beginning, or from going on, at the places it needs.

use super::demand::Demand;
use super::mode::{Mode, When};
use super::standing::{Space, Standing};
use super::state::PlaceState;
use crate::plan::calendar::DAY;
use crate::plan::network::{Activity, Constraint};
use crate::plan::readiness::Unmet;
use crate::plan::task::{Task, TaskLink, TaskState};
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
        let mut unmet = self.missing(at, |_, _, _| true);
        unmet.extend(self.occupied(at));
        unmet.extend(self.full(at));
        unmet
    }

    /// What keeps work that has begun from going on: states needed throughout that held when it
    /// began and hold no more. What was passed over at the beginning does not stop it later.
    pub fn unmet_to_go_on(&self, at: usize) -> Vec<Unmet> {
        let task = &self.tasks[at];
        let Some(began) = task.actual_start.filter(|_| task.state.is_working() || stopped_by_places(task)) else {
            return Vec::new();
        };
        self.missing(at, |when, place, state| {
            when == When::Throughout && self.space.standing(place, began).states.has(state)
        })
    }

    fn missing(&self, at: usize, counts: impl Fn(When, u32, PlaceState) -> bool) -> Vec<Unmet> {
        let mut lacking: BTreeMap<PlaceState, Vec<u32>> = BTreeMap::new();
        for demand in self.of_task(at) {
            let requirement = &self.space.requirements[demand.requirement as usize];
            let Some(state) = requirement.needs else { continue };
            if !self.holds(demand.place, state) && counts(requirement.when, demand.place, state) {
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
                    unmet.push(Unmet::PlaceFull {
                        place: name(self.space, place),
                        unit: mine.unit,
                        taken,
                        wanted,
                        capacity,
                    });
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

/// Blocked because a needed state was lost, or at work again because it is back; `None` otherwise.
pub fn stopped_or_resumed(task: &Task, around: &[Unmet]) -> Option<TaskState> {
    let lost = around.iter().any(|one| matches!(one, Unmet::PlaceState { .. }));
    match (task.state.is_working(), stopped_by_places(task), lost) {
        (true, _, true) => Some(TaskState::Blocked),
        (_, true, false) if task.round > 1 => Some(TaskState::Rework),
        (_, true, false) => Some(TaskState::InProgress),
        _ => None,
    }
}

/// Work that waits for closed places to open again.
pub struct Waits(HashMap<TaskId, (DateTime<Utc>, DateTime<Utc>)>);

impl Waits {
    /// For every task that needs a state at a place that is closed until a known moment: since
    /// when it is closed and until when.
    pub fn of(space: &Space, tasks: &[Task]) -> Waits {
        let mut waits = HashMap::new();
        let closed: Vec<(u32, DateTime<Utc>, DateTime<Utc>)> = space
            .facts()
            .iter()
            .filter(|fact| fact.state == PlaceState::Suspended && fact.ended_at.is_none())
            .filter_map(|fact| Some((space.tree.find(fact.place)?, fact.at, fact.until?)))
            .collect();
        if closed.is_empty() {
            return Waits(waits);
        }
        for demand in space.demands(tasks) {
            if space.requirements[demand.requirement as usize].needs.is_none() {
                continue;
            }
            for (place, since, until) in &closed {
                if space.tree.holds(*place, demand.place) {
                    let slot = waits.entry(tasks[demand.task as usize].id).or_insert((*since, *until));
                    slot.1 = slot.1.max(*until);
                }
            }
        }
        Waits(waits)
    }

    /// Holds an activity back: work ahead begins no earlier, work under way loses the time.
    pub fn hold(&self, one: &mut Activity, task: &Task, minute: impl Fn(DateTime<Utc>) -> i64) {
        let Some((since, until)) = self.0.get(&task.id).map(|(since, until)| (minute(*since), minute(*until))) else {
            return;
        };
        // Work planned in whole days keeps whole days.
        let whole = one.duration > 0 && one.duration % DAY == 0;
        let ceil = |t: i64| if whole { t + (-t).rem_euclid(DAY) } else { t };
        let until = ceil(until);
        match (one.actual_start, one.actual_finish, one.constraint) {
            (_, Some(_), _) => {}
            (Some(start), None, _) => {
                let since = if whole { since.div_euclid(DAY) * DAY } else { since };
                let lost = (until - since.max(start)).max(0);
                one.remaining = one.remaining.map(|left| left + lost);
            }
            (None, None, Constraint::Asap) => one.constraint = Constraint::Snet(until),
            (None, None, Constraint::Snet(at)) => one.constraint = Constraint::Snet(at.max(until)),
            _ => {}
        }
    }
}

/// Whether a task was stopped by places and not by a person.
pub fn stopped_by_places(task: &Task) -> bool {
    task.state == TaskState::Blocked && task.reason.as_deref().is_some_and(|reason| reason.starts_with(LOST))
}
