//! Shared places: what is wanted at once, in the place and in everything around it, against what
//! there is.

use super::conflict::{Conflict, ConflictKind, Detail};
use super::demand::Reservation;
use super::mode::{Mode, Unit};
use super::order::Order;
use super::tree::Tree;

/// With more tasks than this in some order at one place and moment, their quantities are simply added.
const MOST_ORDERED: usize = 20;

/// Lists every stretch of time in which more is wanted of a place than it takes.
pub(super) fn overruns(tree: &Tree, all: &[Reservation], order: &Order, found: &mut Vec<Conflict>) {
    for unit in Unit::ALL {
        let mut wanted: Vec<u32> = (0..all.len() as u32)
            .filter(|at| {
                let one = &all[*at as usize];
                let counts = one.demand.mode == Mode::Shared && one.demand.unit == *unit && one.demand.quantity > 0;
                counts && one.from < one.until
            })
            .collect();
        if wanted.is_empty() {
            continue;
        }
        if !unit.sums() {
            loads(tree, all, *unit, &wanted, found);
            continue;
        }
        // Sorted by place, what lies in a place is one stretch of the list.
        wanted.sort_by_key(|at| (all[*at as usize].demand.place, *at));
        for place in 0..tree.len() as u32 {
            let Some(capacity) = tree.capacity(place, *unit) else { continue };
            let from = wanted.partition_point(|at| all[*at as usize].demand.place < place);
            let to = wanted.partition_point(|at| all[*at as usize].demand.place < tree.end(place));
            if from < to {
                let sweep = Sweep { all, order, place, unit: *unit, capacity };
                sweep.run(&wanted[from..to], found);
            }
        }
    }
}

/// Loads do not add up: each of them must be borne by the place and whatever it lies in.
fn loads(tree: &Tree, all: &[Reservation], unit: Unit, wanted: &[u32], found: &mut Vec<Conflict>) {
    for at in wanted {
        let one = &all[*at as usize];
        let around = std::iter::once(one.demand.place).chain(tree.above(one.demand.place));
        let bears = around.filter_map(|place| tree.capacity(place, unit).map(|capacity| (capacity, place))).min();
        if let Some((capacity, place)) = bears
            && one.demand.quantity > capacity
        {
            let detail = Detail::Load { unit, load: one.demand.quantity, capacity };
            let (from, until) = (one.from, one.until);
            let kind = ConflictKind::Capacity;
            found.push(Conflict { kind, place, parties: vec![*at], from, until, detail });
        }
    }
}

/// One place and one unit over time.
struct Sweep<'a> {
    all: &'a [Reservation],
    order: &'a Order,
    place: u32,
    unit: Unit,
    capacity: i64,
}

impl Sweep<'_> {
    fn run(&self, wanted: &[u32], found: &mut Vec<Conflict>) {
        let quantity = |at: u32| self.all[at as usize].demand.quantity;
        let total: i64 = wanted.iter().map(|at| quantity(*at)).sum();
        if total <= self.capacity {
            return;
        }
        let mut events: Vec<(i64, bool, u32)> = Vec::with_capacity(wanted.len() * 2);
        for &at in wanted {
            events.push((self.all[at as usize].from, true, at));
            events.push((self.all[at as usize].until, false, at));
        }
        events.sort_unstable();
        let mut active: Vec<u32> = Vec::new();
        let (mut sum, mut open): (i64, Option<Conflict>) = (0, None);
        let mut at = 0;
        while at < events.len() {
            let now = events[at].0;
            while at < events.len() && events[at].0 == now {
                let (_, begins, one) = events[at];
                if begins {
                    sum += quantity(one);
                    active.push(one);
                } else {
                    sum -= quantity(one);
                    active.retain(|other| *other != one);
                }
                at += 1;
            }
            let load = if sum > self.capacity { self.at_once(&active) } else { (sum, Vec::new()) };
            self.note(now, load, &mut open, found);
        }
    }

    /// Opens, widens or closes the overrun that is going on.
    fn note(
        &self,
        now: i64,
        (load, mut parties): (i64, Vec<u32>),
        open: &mut Option<Conflict>,
        found: &mut Vec<Conflict>,
    ) {
        if load <= self.capacity {
            if let Some(mut done) = open.take() {
                done.until = now;
                found.push(done);
            }
            return;
        }
        parties.sort_unstable();
        let detail = Detail::Load { unit: self.unit, load, capacity: self.capacity };
        match open {
            None => {
                let (kind, place) = (ConflictKind::Capacity, self.place);
                *open = Some(Conflict { kind, place, parties, from: now, until: now, detail });
            }
            Some(going) => {
                if matches!(going.detail, Detail::Load { load: most, .. } if load > most) {
                    (going.parties, going.detail) = (parties, detail);
                }
            }
        }
    }

    /// The most that can be wanted at once: tasks in order never are at the same time, so of those
    /// only the heaviest set without order counts.
    fn at_once(&self, active: &[u32]) -> (i64, Vec<u32>) {
        let task = |at: u32| self.all[at as usize].demand.task;
        let quantity = |at: u32| self.all[at as usize].demand.quantity;
        let (mut free, mut bound) = (Vec::new(), Vec::new());
        for &one in active {
            let in_order = active.iter().any(|&other| self.order.ordered(task(one), task(other)));
            if in_order { bound.push(one) } else { free.push(one) }
        }
        if bound.is_empty() || bound.len() > MOST_ORDERED {
            return (active.iter().map(|at| quantity(*at)).sum(), active.to_vec());
        }
        let apart = |a: u32, b: u32| !self.order.ordered(task(a), task(b));
        let mut best = (0, Vec::new());
        heaviest(&bound, &quantity, &apart, (0, Vec::new()), &mut best);
        free.extend(best.1);
        (free.iter().map(|at| quantity(*at)).sum(), free)
    }
}

/// Branch and bound over the few that stand in some order.
fn heaviest(
    rest: &[u32],
    quantity: &impl Fn(u32) -> i64,
    apart: &impl Fn(u32, u32) -> bool,
    (sum, chosen): (i64, Vec<u32>),
    best: &mut (i64, Vec<u32>),
) {
    let most: i64 = sum + rest.iter().map(|at| quantity(*at)).sum::<i64>();
    if most <= best.0 {
        return;
    }
    let Some((&first, others)) = rest.split_first() else {
        *best = (sum, chosen);
        return;
    };
    let with: Vec<u32> = others.iter().copied().filter(|other| apart(first, *other)).collect();
    let mut taken = chosen.clone();
    taken.push(first);
    heaviest(&with, quantity, apart, (sum + quantity(first), taken), best);
    heaviest(others, quantity, apart, (sum, chosen), best);
}
