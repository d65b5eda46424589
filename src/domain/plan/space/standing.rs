//! Where places stand: dated facts replayed, a place with everything around it, and the rule that
//! makes *established* more than a word.

use super::checklist::{Lack, PlaceCheck, is_checked, lacks};
use super::requirement::Requirement;
use super::rule::LocationRule;
use super::state::{PlaceState, States, machine};
use super::tree::Tree;
use crate::{CalendarId, DocumentId, PlaceId, PlaceStateId, TaskId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A place came into a state: when, by which task or person, on what evidence. A fact that was
/// taken back stays on record with its end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StateFact {
    /// Identity.
    pub id: PlaceStateId,
    /// Where.
    pub place: PlaceId,
    /// Which state.
    pub state: PlaceState,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The task whose confirmation brought it.
    pub task: Option<TaskId>,
    /// Who set it.
    pub by: Option<UserId>,
    /// In words.
    pub note: String,
    /// Evidence.
    pub document: Option<DocumentId>,
    /// When a suspension is expected to end.
    pub until: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub ended_at: Option<DateTime<Utc>>,
    /// By whom.
    pub ended_by: Option<UserId>,
    /// Why.
    pub ended_note: String,
    /// For the check against a change in between.
    pub version: i32,
}

/// A place closed for the time being.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspension {
    /// Position of the place the suspension was declared for.
    pub place: u32,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it is expected to end.
    pub until: Option<DateTime<Utc>>,
}

/// What holds at a place at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// States that count.
    pub states: States,
    /// The latest state on record, whether it counts or not.
    pub latest: Option<PlaceState>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Closed for the time being.
    pub suspended: Option<Suspension>,
    /// Recorded as established, but the rule does not hold: why.
    pub lacks: Vec<Lack>,
}

/// Everything the plan knows about its places.
#[derive(Debug, Clone, Default)]
pub struct Space {
    /// The places.
    pub tree: Tree,
    /// What tasks ask of them.
    pub requirements: Vec<Requirement>,
    /// States on record, by time.
    facts: Vec<StateFact>,
    /// Answers to check lists.
    checks: Vec<PlaceCheck>,
    /// Rules by location.
    pub rules: Vec<LocationRule>,
    /// Calendars of places, for those that have open hours of their own.
    pub hours: HashMap<PlaceId, CalendarId>,
    /// Blocking deviations that are open, by task.
    pub blocking: HashMap<TaskId, u32>,
    facts_at: HashMap<u32, Vec<u32>>,
    checks_at: HashMap<u32, Vec<u32>>,
}

impl Space {
    /// Puts places, requirements, facts and answers together.
    pub fn of(
        tree: Tree,
        requirements: Vec<Requirement>,
        facts: Vec<StateFact>,
        checks: Vec<PlaceCheck>,
        rules: Vec<LocationRule>,
    ) -> Space {
        let mut space = Space { tree, requirements, rules, ..Space::default() };
        for check in checks {
            space.answer(check);
        }
        for fact in facts {
            space.learn(fact);
        }
        space
    }

    /// Adds a state fact.
    pub fn learn(&mut self, fact: StateFact) {
        if let Some(place) = self.tree.find(fact.place) {
            self.facts_at.entry(place).or_default().push(self.facts.len() as u32);
        }
        self.facts.push(fact);
    }

    /// Adds an answer to a check list.
    pub fn answer(&mut self, check: PlaceCheck) {
        if let Some(place) = self.tree.find(check.place) {
            self.checks_at.entry(place).or_default().push(self.checks.len() as u32);
        }
        self.checks.push(check);
    }

    /// Takes a state fact back.
    pub fn forget(&mut self, ended: &StateFact) {
        if let Some(fact) = self.facts.iter_mut().find(|fact| fact.id == ended.id) {
            *fact = ended.clone();
        }
    }

    /// All state facts.
    pub fn facts(&self) -> &[StateFact] {
        &self.facts
    }

    /// State facts of one place, the latest last.
    pub fn facts_of(&self, place: u32) -> Vec<&StateFact> {
        let mut own: Vec<&StateFact> =
            self.facts_at.get(&place).into_iter().flatten().map(|at| &self.facts[*at as usize]).collect();
        own.sort_by_key(|fact| (fact.at, fact.id));
        own
    }

    /// Answers at one place.
    pub fn checks_of(&self, place: u32) -> Vec<&PlaceCheck> {
        self.checks_at.get(&place).into_iter().flatten().map(|at| &self.checks[*at as usize]).collect()
    }

    /// What the records alone say of a place and everything around it.
    fn recorded(&self, place: u32, now: DateTime<Utc>) -> Standing {
        let own = machine(self.tree.spot(place).kind);
        let mut facts: Vec<(u32, &StateFact)> = Vec::new();
        for here in std::iter::once(place).chain(self.tree.above(place)) {
            let theirs = machine(self.tree.spot(here).kind);
            let of_place = self.facts_at.get(&here).into_iter().flatten().map(|at| &self.facts[*at as usize]);
            let counts = |fact: &&StateFact| {
                let open = fact.at <= now && fact.ended_at.is_none_or(|ended| ended > now);
                open && (here == place || theirs.inherited(fact.state))
            };
            facts.extend(of_place.filter(counts).map(|fact| (here, fact)));
        }
        facts.sort_by_key(|(_, fact)| (fact.at, fact.id));
        let mut standing = Standing::default();
        for (here, fact) in facts {
            if fact.state == PlaceState::Suspended {
                let suspension = Suspension { place: here, since: fact.at, until: fact.until };
                standing.suspended = Some(suspension);
                continue;
            }
            standing.states = standing.states.without(own.ends(fact.state)).with(fact.state);
            (standing.latest, standing.since) = (Some(fact.state), Some(fact.at));
        }
        standing
    }

    /// What holds at a place: the records, less everything while it is closed, less *established*
    /// (and *live*, which rests on it) while its rule does not hold.
    pub fn standing(&self, place: u32, now: DateTime<Utc>) -> Standing {
        let mut standing = self.recorded(place, now);
        if standing.states.has(PlaceState::Established) {
            standing.lacks = self.lacks(place, &standing, now);
            if !standing.lacks.is_empty() {
                let resting = States::default().with(PlaceState::Established).with(PlaceState::Live);
                standing.states = standing.states.without(resting);
            }
        }
        if standing.suspended.is_some() {
            standing.states = States::default();
        }
        standing
    }

    /// Why a place is not established; nothing when it is. The record of who confirmed it, the
    /// check list, open blocking deviations, and the places around it that have a check list.
    pub fn established(&self, place: PlaceId, now: DateTime<Utc>) -> Vec<Lack> {
        match self.tree.find(place) {
            Some(at) => self.lacks(at, &self.recorded(at, now), now),
            None => vec![Lack::NotConfirmed],
        }
    }

    fn lacks(&self, place: u32, recorded: &Standing, now: DateTime<Utc>) -> Vec<Lack> {
        let mut missing = Vec::new();
        if recorded.suspended.is_some() {
            missing.push(Lack::Suspended);
        }
        if !recorded.states.has(PlaceState::Established) {
            missing.push(Lack::NotConfirmed);
        }
        missing.extend(lacks(self.tree.spot(place).kind, &self.checks_of(place), now));
        let open = self.deviations_at(place);
        if open > 0 {
            missing.push(Lack::Deviations { open });
        }
        for up in self.tree.above(place) {
            let spot = self.tree.spot(up);
            if is_checked(spot.kind) && !self.lacks(up, &self.recorded(up, now), now).is_empty() {
                missing.push(Lack::Above { place: spot.id, code: spot.code.clone() });
            }
        }
        missing
    }

    /// Whether a state was on record here, or around it, and was taken back.
    pub fn taken_back(&self, place: u32, state: PlaceState, now: DateTime<Utc>) -> bool {
        let gone = |fact: &&StateFact| fact.state == state && fact.ended_at.is_some_and(|ended| ended <= now);
        let own = self.facts_of(place).iter().any(&gone);
        let inherited = |up: u32| machine(self.tree.spot(up).kind).inherited(state);
        own || self.tree.above(place).any(|up| inherited(up) && self.facts_of(up).iter().any(&gone))
    }

    /// Blocking deviations of the tasks that bring this very place into a state.
    fn deviations_at(&self, place: u32) -> u32 {
        if self.blocking.is_empty() {
            return 0;
        }
        let here = |one: &&Requirement| {
            one.produces.is_some()
                && self.blocking.contains_key(&one.task)
                && self.places_of(one, None).contains(&place)
        };
        let mut tasks: Vec<TaskId> = self.requirements.iter().filter(here).map(|one| one.task).collect();
        tasks.sort_unstable();
        tasks.dedup();
        tasks.iter().filter_map(|task| self.blocking.get(task)).sum()
    }

    /// The places a requirement means; `own` is the place of its task.
    pub fn places_of(&self, one: &Requirement, own: Option<PlaceId>) -> Vec<u32> {
        let named = one.place.and_then(|place| self.tree.find(place));
        match (one.each, one.place) {
            (Some(kind), place) => {
                if place.is_some() && named.is_none() {
                    return Vec::new();
                }
                let sold = |at: &u32| one.only.is_none() || self.tree.spot(*at).stand == one.only;
                self.tree.of_kind(named, kind).filter(sold).collect()
            }
            (None, Some(_)) => named.into_iter().collect(),
            (None, None) => own.and_then(|place| self.tree.find(place)).into_iter().collect(),
        }
    }
}
