//! Passing: a place is reached over other places, and at least one way must be free of exclusive work.

use super::conflict::{Conflict, ConflictKind, Detail};
use super::demand::Reservation;
use super::mode::Mode;
use super::order::Order;
use super::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// Lists who shuts the way of whom. A way ends at a place that is reached over nothing else; it is
/// shut where exclusive work holds a place of it, or a place around that.
pub(super) fn blocked(tree: &Tree, all: &[Reservation], order: &Order, found: &mut Vec<Conflict>) {
    if !all.iter().any(|one| one.demand.mode == Mode::Pass) {
        return;
    }
    let mut exclusive: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        if one.demand.mode == Mode::Exclusive && one.from < one.until {
            exclusive.entry(one.demand.place).or_default().push(at as u32);
        }
    }
    for (at, one) in all.iter().enumerate() {
        if one.demand.mode == Mode::Pass && one.from < one.until {
            one_way(tree, all, order, at as u32, &exclusive, found);
        }
    }
}

fn one_way(
    tree: &Tree,
    all: &[Reservation],
    order: &Order,
    at: u32,
    exclusive: &BTreeMap<u32, Vec<u32>>,
    found: &mut Vec<Conflict>,
) {
    let pass = &all[at as usize];
    let shuts = |other: &u32| {
        let other = &all[*other as usize];
        let apart = other.demand.task != pass.demand.task && !order.ordered(other.demand.task, pass.demand.task);
        apart && pass.overlap(other).is_some()
    };
    // Who could shut which place of any of the ways.
    let mut against: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut cuts = BTreeSet::from([pass.from, pass.until]);
    for place in ways(tree, pass.demand.place) {
        let around = std::iter::once(place).chain(tree.above(place));
        let all_here = around.filter_map(|held| exclusive.get(&held)).flatten().copied();
        let here: Vec<u32> = all_here.filter(shuts).collect();
        for other in &here {
            let (from, until) = (all[*other as usize].from, all[*other as usize].until);
            cuts.extend([from.max(pass.from), until.min(pass.until)]);
        }
        if !here.is_empty() {
            against.insert(place, here);
        }
    }
    if against.is_empty() {
        return;
    }
    let cuts: Vec<i64> = cuts.into_iter().collect();
    // (place, who) with the stretches in which they shut the last way.
    let mut shut: BTreeMap<(u32, u32), Vec<(i64, i64)>> = BTreeMap::new();
    for part in cuts.windows(2) {
        let (from, until) = (part[0], part[1]);
        for (place, other) in gates(tree, all, pass.demand.place, &against, from).unwrap_or_default() {
            let stretches = shut.entry((other, place)).or_default();
            match stretches.last_mut() {
                Some(last) if last.1 == from => last.1 = until,
                _ => stretches.push((from, until)),
            }
        }
    }
    for ((other, place), stretches) in shut {
        for (from, until) in stretches {
            let kind = ConflictKind::Access;
            found.push(Conflict { kind, place, parties: vec![at, other], from, until, detail: Detail::Pair });
        }
    }
}

/// Every place on any way to a place, itself included.
fn ways(tree: &Tree, place: u32) -> BTreeSet<u32> {
    let mut seen = BTreeSet::from([place]);
    let mut todo = vec![place];
    while let Some(here) = todo.pop() {
        todo.extend(tree.reached_over(here).iter().copied().filter(|next| seen.insert(*next)));
    }
    seen
}

/// Whether exclusive work at one place alone shuts every way to another: it holds the place itself, or a place around
/// it, or one that every way leads over.
pub fn shut_alone(tree: &Tree, place: u32, held: u32) -> bool {
    let mut seen = BTreeSet::from([place]);
    let mut todo = vec![place];
    while let Some(here) = todo.pop() {
        if tree.holds(held, here) {
            continue;
        }
        if tree.reached_over(here).is_empty() {
            return false;
        }
        todo.extend(tree.reached_over(here).iter().copied().filter(|next| seen.insert(*next)));
    }
    true
}

/// At a moment: `None` when a way is free, else the shut places one comes to, and who shuts them.
fn gates(
    tree: &Tree,
    all: &[Reservation],
    place: u32,
    against: &BTreeMap<u32, Vec<u32>>,
    now: i64,
) -> Option<Vec<(u32, u32)>> {
    let mut seen = BTreeSet::from([place]);
    let mut todo = vec![place];
    let mut shut = Vec::new();
    while let Some(here) = todo.pop() {
        let holds = |other: &&u32| all[**other as usize].from <= now && now < all[**other as usize].until;
        let holding: Vec<u32> = against.get(&here).into_iter().flatten().filter(holds).copied().collect();
        if !holding.is_empty() {
            shut.extend(holding.into_iter().map(|other| (here, other)));
            continue;
        }
        if tree.reached_over(here).is_empty() {
            return None;
        }
        todo.extend(tree.reached_over(here).iter().copied().filter(|next| seen.insert(*next)));
    }
    Some(shut)
}
