//! States over time: what is on record, what the plan will bring and take away, and every task that
//! needs a state which is not there.

use super::conflict::{Conflict, ConflictKind, Detail, Missing};
use super::demand::Reservation;
use super::mode::When;
use super::order::Order;
use super::rule::{SpaceFault, still_needed};
use super::standing::{Space, Standing};
use super::state::{PlaceState, machine};
use crate::plan::axis;
use crate::plan::task::Task;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::{BTreeMap, HashMap};

/// Codes of places a fault names; the rest is counted.
const NAMED: usize = 3;

/// A planned change of state.
#[derive(Debug, Clone, Copy)]
pub struct Planned {
    /// When: the task's finish and the time to its confirmation.
    pub at: i64,
    /// The state.
    pub state: PlaceState,
    /// Position of the reservation that brings it.
    pub by: u32,
}

/// Planned changes of state by place.
#[derive(Debug, Default)]
pub struct Plans(HashMap<u32, Vec<Planned>>);

impl Plans {
    /// What the open tasks will bring.
    pub fn of(space: &Space, all: &[Reservation]) -> Plans {
        let mut plans = Plans::default();
        for (at, one) in all.iter().enumerate() {
            let requirement = &space.requirements[one.demand.requirement as usize];
            if let Some(state) = requirement.produces {
                let planned = Planned { at: one.finish + requirement.lead, state, by: at as u32 };
                plans.0.entry(one.demand.place).or_default().push(planned);
            }
        }
        for of_place in plans.0.values_mut() {
            of_place.sort_by_key(|one| (one.at, one.by));
        }
        plans
    }

    /// What will come at a place itself, by time.
    pub fn at(&self, place: u32) -> &[Planned] {
        self.0.get(&place).map_or(&[], Vec::as_slice)
    }

    /// What will come at a place or, where it holds for everything inside, around it.
    fn reaching(&self, space: &Space, place: u32) -> Vec<Planned> {
        let mut all = self.at(place).to_vec();
        for up in space.tree.above(place) {
            let theirs = machine(space.tree.spot(up).kind);
            all.extend(self.at(up).iter().filter(|one| theirs.inherited(one.state)));
        }
        all.sort_by_key(|one| (one.at, one.by));
        all
    }
}

/// What stands at the moment of asking.
pub struct Moment {
    /// The instant.
    pub now: DateTime<Utc>,
    /// The venue's zone.
    pub zone: Tz,
}

/// Every need that is not met, as conflicts, and every state nobody brings.
pub fn unmet_states(
    space: &Space,
    tasks: &[Task],
    all: &[Reservation],
    order: &Order,
    moment: &Moment,
) -> (Vec<Conflict>, Vec<SpaceFault>) {
    let plans = Plans::of(space, all);
    let mut judge =
        Judge { space, tasks, all, order, moment, plans, standings: HashMap::new(), nobody: BTreeMap::new() };
    let mut found = Vec::new();
    for at in 0..all.len() as u32 {
        judge.one(at, &mut found);
    }
    let nobody = judge.nobody;
    let fault = |((task, state), places): ((u32, PlaceState), Vec<u32>)| SpaceFault::NobodyProduces {
        code: tasks[task as usize].code.clone(),
        state,
        places: places.iter().take(NAMED).map(|at| space.tree.spot(*at).code.clone()).collect(),
        count: places.len() as u32,
    };
    (found, nobody.into_iter().map(fault).collect())
}

struct Judge<'a> {
    space: &'a Space,
    tasks: &'a [Task],
    all: &'a [Reservation],
    order: &'a Order,
    moment: &'a Moment,
    plans: Plans,
    standings: HashMap<u32, Standing>,
    nobody: BTreeMap<(u32, PlaceState), Vec<u32>>,
}

impl Judge<'_> {
    fn one(&mut self, at: u32, found: &mut Vec<Conflict>) {
        let need = self.all[at as usize];
        let requirement = &self.space.requirements[need.demand.requirement as usize];
        let Some(state) = requirement.needs else { return };
        let task = &self.tasks[need.demand.task as usize];
        if !still_needed(requirement.when, task.actual_start.is_some()) {
            return;
        }
        let throughout = requirement.when == When::Throughout;
        let place = need.demand.place;
        let coming = self.plans.reaching(self.space, place);
        let own = machine(self.space.tree.spot(place).kind);
        let theirs = |one: &Planned| self.all[one.by as usize].demand.task;
        let after = |one: &Planned| self.order.before(need.demand.task, theirs(one)) || theirs(one) == need.demand.task;
        let first = |one: &Planned| self.order.before(theirs(one), need.demand.task);
        let mut push = |why: Missing, other: Option<u32>, from: i64, until: i64| {
            let parties = std::iter::once(at).chain(other).collect();
            let detail = Detail::State { state, why };
            let until = until.max(from + 1);
            found.push(Conflict { kind: ConflictKind::State, place, parties, from, until, detail });
        };
        // The last word before work begins.
        let begins = need.start.max(axis::minute_at(self.moment.now, self.moment.zone));
        let words = coming.iter().filter(|one| one.state == state || own.ends(one.state).has(state));
        let said = words.clone().rfind(|one| !after(one) && (one.at <= begins || first(one)));
        let now = self.standings.entry(place).or_insert_with(|| self.space.standing(place, self.moment.now));
        match said {
            Some(one) if one.state == state => {}
            Some(one) => {
                if !first(one) {
                    push(Missing::Lowered, Some(one.by), one.at.min(need.start), need.finish);
                } else {
                    self.nobody.entry((need.demand.task, state)).or_default().push(place);
                }
                return;
            }
            None if now.states.has(state) => {}
            None => {
                let late = words.clone().find(|one| one.state == state && !after(one));
                let suspended = now.suspended.and_then(|one| one.until);
                let opens = suspended.map(|until| axis::minute_at(until, self.moment.zone));
                let taken_back = self.space.taken_back(place, state, self.moment.now);
                let lost = now.suspended.is_some() || !now.lacks.is_empty() || taken_back;
                match (late, lost) {
                    (Some(one), _) => push(Missing::Late, Some(one.by), need.start, one.at),
                    (None, true) if opens.is_some_and(|opens| opens <= need.start) => {}
                    (None, true) => push(Missing::Revoked, None, need.start, opens.unwrap_or(need.finish)),
                    (None, false) => self.nobody.entry((need.demand.task, state)).or_default().push(place),
                }
                return;
            }
        }
        if !throughout {
            return;
        }
        for one in words.filter(|one| own.ends(one.state).has(state)) {
            let other = &self.all[one.by as usize];
            let (from, until) = (need.start.max(other.start), need.finish.min(one.at));
            if from < until && !self.order.ordered(need.demand.task, other.demand.task) {
                push(Missing::Lowered, Some(one.by), from, until);
            }
        }
    }
}
