//! Two tasks at one place: every conflict with its parties and the time they share.
//!
//! Pairs are found by one sweep over time. What is taken at the moment lies in sorted maps by
//! position in the tree, where everything in a place is one stretch: a new reservation looks at
//! that stretch and at the few places above, never at all others.

use super::access;
use super::capacity;
use super::demand::Reservation;
use super::mode::{Mode, Unit};
use super::order::Order;
use super::state::PlaceState;
use super::tree::Tree;
use std::collections::BTreeMap;

codes! {
    /// What is wrong, the worst first.
    ConflictKind {
        /// A place is not in the state a task needs.
        State "state",
        /// Two tasks where one wants to be alone.
        Exclusive "exclusive",
        /// Work where it must be empty.
        KeepClear "keep_clear",
        /// The way to a place is shut.
        Access "access",
        /// More than a place takes.
        Capacity "capacity",
    }
}

/// More than the two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Nothing more.
    Pair,
    /// How much is wanted of how much there is, in hundredths.
    Load {
        /// What is counted.
        unit: Unit,
        /// The most that is wanted at once.
        load: i64,
        /// What the place takes.
        capacity: i64,
    },
    /// The state that is missing and why.
    State {
        /// The state.
        state: PlaceState,
        /// Why it is missing.
        why: Missing,
    },
}

codes! {
    /// Why a state is missing.
    Missing {
        /// The task that brings it comes too late.
        Late "late",
        /// Another task takes it away.
        Lowered "lowered",
        /// It was there and was taken back.
        Revoked "revoked",
    }
}

/// One conflict. Parties are positions of reservations: the one that asks first, the others after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What is wrong.
    pub kind: ConflictKind,
    /// Where: position of the place.
    pub place: u32,
    /// Who, as positions of reservations.
    pub parties: Vec<u32>,
    /// From when.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// More.
    pub detail: Detail,
}

/// Every conflict of use: exclusive, keep-clear, access, capacity. In order of severity, time and place.
pub fn conflicts(tree: &Tree, all: &[Reservation], order: &Order) -> Vec<Conflict> {
    let mut found = pairs(tree, all, order);
    access::blocked(tree, all, order, &mut found);
    capacity::overruns(tree, all, order, &mut found);
    found.sort_by(|a, b| (a.kind, a.from, a.place, &a.parties).cmp(&(b.kind, b.from, b.place, &b.parties)));
    found
}

/// What is taken at the moment, by mode and then by place and position.
#[derive(Default)]
struct Taken {
    exclusive: BTreeMap<(u32, u32), ()>,
    shared: BTreeMap<(u32, u32), ()>,
    clear: BTreeMap<(u32, u32), ()>,
}

impl Taken {
    fn of(&mut self, mode: Mode) -> Option<&mut BTreeMap<(u32, u32), ()>> {
        match mode {
            Mode::Exclusive => Some(&mut self.exclusive),
            Mode::Shared => Some(&mut self.shared),
            Mode::Clear => Some(&mut self.clear),
            Mode::Pass => None,
        }
    }
}

/// Exclusive clashes and keep-clear breaches.
fn pairs(tree: &Tree, all: &[Reservation], order: &Order) -> Vec<Conflict> {
    let mut events: Vec<(i64, bool, u32)> = Vec::with_capacity(all.len() * 2);
    for (at, one) in all.iter().enumerate() {
        if one.from < one.until && one.demand.mode != Mode::Pass {
            events.push((one.from, true, at as u32));
            events.push((one.until, false, at as u32));
        }
    }
    // Ends come before beginnings: what touches does not overlap.
    events.sort_unstable();
    let mut taken = Taken::default();
    let mut found = Vec::new();
    let mut near = Vec::new();
    for (_, begins, at) in events {
        let demand = all[at as usize].demand;
        if begins {
            near.clear();
            neighbours(tree, &taken, demand.mode, demand.place, &mut near);
            for &other in &near {
                meet(tree, all, order, (other, at), &mut found);
            }
        }
        if let Some(map) = taken.of(demand.mode) {
            if begins {
                map.insert((demand.place, at), ())
            } else {
                map.remove(&(demand.place, at))
            };
        }
    }
    found
}

/// Positions of reservations that may stand against a new one at a place.
fn neighbours(tree: &Tree, taken: &Taken, mode: Mode, place: u32, near: &mut Vec<u32>) {
    let mut stretch = |map: &BTreeMap<(u32, u32), ()>, from: u32, to: u32| {
        near.extend(map.range((from, 0)..(to, 0)).map(|((_, at), ())| *at));
    };
    let mut around = |map: &BTreeMap<(u32, u32), ()>| {
        stretch(map, place, tree.end(place));
        for up in tree.above(place) {
            stretch(map, up, up + 1);
        }
    };
    match mode {
        Mode::Exclusive => {
            around(&taken.exclusive);
            around(&taken.shared);
            stretch(&taken.clear, place, place + 1);
        }
        Mode::Shared => {
            around(&taken.exclusive);
            stretch(&taken.clear, place, place + 1);
        }
        Mode::Clear => {
            stretch(&taken.exclusive, place, place + 1);
            stretch(&taken.shared, place, place + 1);
        }
        Mode::Pass => {}
    }
}

fn meet(tree: &Tree, all: &[Reservation], order: &Order, (first, second): (u32, u32), found: &mut Vec<Conflict>) {
    let (a, b) = (&all[first as usize], &all[second as usize]);
    if a.demand.task == b.demand.task || order.ordered(a.demand.task, b.demand.task) {
        return;
    }
    let nested = a.demand.place != b.demand.place;
    let (Some(kind), Some((from, until))) = (a.demand.mode.against(b.demand.mode, nested), a.overlap(b)) else {
        return;
    };
    // The smaller place is where it happens.
    let place = if tree.holds(a.demand.place, b.demand.place) { b.demand.place } else { a.demand.place };
    let parties = vec![first.min(second), first.max(second)];
    found.push(Conflict { kind, place, parties, from, until, detail: Detail::Pair });
}
