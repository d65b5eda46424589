//! How many are inside, and who used which quota: what a decision needs to know about *other* people.
//!
//! Computed from the log alone. Passages may be given in any order, in pieces and more than once: for each person
//! and zone the latest passage decides, and a quota is a set of people. So a node can rebuild it at any time, and
//! what other nodes or offline devices bring late falls into place.
//!
//! Who goes in through a gate is inside its zone and every zone that one lies in. Who goes out through it has left its
//! zone and every zone inside that one: nobody sits in the lounge of a hall they left. A new day at the venue begins
//! with empty zones, because not everybody is scanned on the way home.

use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{HashMap, HashSet};

use super::facts::{Quota, ZoneLoad};
use super::gate::{Direction, Gate};
use super::quota::{Member, RuleQuota};
use super::rule::AccessRule;
use super::verdict::Passage;
use crate::id::{AccessRuleId, PlaceId, RegistrationId, ScanId};

/// A zone that may hold only so many people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneLimit {
    /// The zone.
    pub zone: PlaceId,
    /// The zones it lies in, innermost first.
    pub around: Vec<PlaceId>,
    /// People it may hold.
    pub capacity: i64,
}

#[derive(Debug, Clone)]
struct Room {
    limit: ZoneLimit,
    /// The latest passage of each person that concerns the zone, and whether it led in. Two of one instant are told
    /// apart by the ids their devices made, which grow with time.
    people: HashMap<RegistrationId, (DateTime<Utc>, ScanId, bool)>,
    inside: i64,
}

impl Room {
    /// `Some(true)` when the passage leads in here, `Some(false)` when it leads out, `None` when it is about elsewhere.
    fn concerns(&self, passage: &Passage) -> Option<bool> {
        let own = self.limit.zone;
        match passage.direction {
            Direction::In => passage.zones.contains(&own).then_some(true),
            Direction::Out => {
                let left = passage.zones.first()?;
                (*left == own || self.limit.around.contains(left)).then_some(false)
            }
        }
    }

    fn apply(&mut self, person: RegistrationId, scan: ScanId, passage: &Passage) {
        let Some(inward) = self.concerns(passage) else { return };
        let now = (passage.at, scan, inward);
        let before = self.people.insert(person, now);
        match before {
            // An older passage that came late changes nothing.
            Some(known) if known >= now => {
                self.people.insert(person, known);
            }
            known => self.inside += i64::from(inward) - i64::from(known.is_some_and(|(.., inside)| inside)),
        }
    }

    fn holds(&self, person: RegistrationId) -> bool {
        self.people.get(&person).is_some_and(|(.., inside)| *inside)
    }
}

#[derive(Debug, Clone)]
struct Counted {
    rule: AccessRule,
    quota: RuleQuota,
    /// People who came in, by the group they belong to.
    came: HashMap<String, HashSet<RegistrationId>>,
}

/// People inside limited zones today, and people who came in under rules with a quota.
#[derive(Debug, Clone)]
pub struct Crowd {
    day: NaiveDate,
    rooms: Vec<Room>,
    quotas: Vec<Counted>,
}

impl Crowd {
    /// Nobody yet, for zones with a capacity and for the rules that have a quota.
    pub fn new(day: NaiveDate, limits: &[ZoneLimit], rules: &[AccessRule]) -> Self {
        let room = |limit: &ZoneLimit| Room { limit: limit.clone(), people: HashMap::new(), inside: 0 };
        let counted =
            |rule: &AccessRule| Some(Counted { rule: rule.clone(), quota: rule.quota?, came: HashMap::new() });
        Self {
            day,
            rooms: limits.iter().map(room).collect(),
            quotas: rules.iter().filter(|rule| rule.allow).filter_map(counted).collect(),
        }
    }

    /// The day the zones are counted for.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Whether passages of earlier days matter: they use quotas.
    pub fn needs_history(&self) -> bool {
        !self.quotas.is_empty()
    }

    /// Whether anything is counted at all.
    pub fn is_idle(&self) -> bool {
        self.rooms.is_empty() && self.quotas.is_empty()
    }

    /// Notes an admitted passage with the scan it comes from.
    pub fn apply(&mut self, who: &Member, scan: ScanId, passage: &Passage) {
        if passage.day == self.day {
            for room in &mut self.rooms {
                room.apply(who.registration, scan, passage);
            }
        }
        if passage.direction == Direction::Out {
            return;
        }
        for counted in &mut self.quotas {
            let fits =
                counted.rule.category.is_none_or(|category| category == who.category) && counted.rule.counts(passage);
            if let Some(group) = who.group(counted.quota.scope).filter(|_| fits) {
                counted.came.entry(group.to_owned()).or_default().insert(who.registration);
            }
        }
    }

    /// The load that decides for somebody who wants in through a gate: the innermost full zone they are not inside
    /// already, else the innermost zone with a capacity. `None` when no zone behind the gate is limited for them.
    pub fn load(&self, gate: &Gate, person: Option<RegistrationId>) -> Option<ZoneLoad> {
        let entered = gate.zones.iter().filter_map(|zone| self.rooms.iter().find(|room| room.limit.zone == *zone));
        let loads = entered
            .filter(|room| person.is_none_or(|person| !room.holds(person)))
            .map(|room| ZoneLoad { capacity: room.limit.capacity, inside: room.inside });
        let loads: Vec<ZoneLoad> = loads.collect();
        loads.iter().find(|load| load.inside >= load.capacity).or_else(|| loads.first()).copied()
    }

    /// The quota a person falls under when this rule lets them in; others' entries only.
    pub fn quota(&self, rule: &AccessRule, who: &Member) -> Option<Quota> {
        let counted = self.quotas.iter().find(|counted| counted.rule.id == rule.id)?;
        let group = who.group(counted.quota.scope)?;
        let came = counted.came.get(group);
        let used = came.map_or(0, |came| came.len() - usize::from(came.contains(&who.registration)));
        Some(Quota { limit: counted.quota.limit, used: i64::try_from(used).unwrap_or(i64::MAX) })
    }

    /// People inside each limited zone: zone, capacity, inside.
    pub fn loads(&self) -> impl Iterator<Item = (PlaceId, ZoneLoad)> + '_ {
        let load = |room: &Room| ZoneLoad { capacity: room.limit.capacity, inside: room.inside };
        self.rooms.iter().map(move |room| (room.limit.zone, load(room)))
    }

    /// Different people who came in by rule and group.
    pub fn groups(&self) -> impl Iterator<Item = (AccessRuleId, &str, i64)> + '_ {
        self.quotas.iter().flat_map(|counted| {
            let count = |came: &HashSet<RegistrationId>| i64::try_from(came.len()).unwrap_or(i64::MAX);
            counted.came.iter().map(move |(group, came)| (counted.rule.id, group.as_str(), count(came)))
        })
    }
}

#[cfg(test)]
#[path = "crowd_tests.rs"]
mod tests;
