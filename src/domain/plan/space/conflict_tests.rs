//! The sweep against a checker that looks at every minute and every pair, and small cases by name.

use super::conflict::{Conflict, ConflictKind, Detail, conflicts};
use super::demand::{Demand, Reservation};
use super::mode::{Mode, Unit};
use super::order::Order;
use super::tree::{Spot, Tree};
use crate::venue::PlaceKind;
use crate::{Bilingual, PlaceId};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn id(n: u128) -> PlaceId {
    PlaceId::from_uuid(Uuid::from_u128(n))
}

fn spot(n: u128, parent: Option<u128>, kind: PlaceKind, persons: Option<i64>) -> Spot {
    let mut capacity = [None; Unit::ALL.len()];
    capacity[Unit::Persons.slot()] = persons.map(|n| n * 100);
    let code = format!("P{n}");
    Spot { id: id(n), parent: parent.map(id), kind, name: Bilingual::new(&*code, ""), code, stand: None, capacity }
}

/// 0 venue › 1 hall (› 2 zone › 3, 4 stands; 5 aisle) and 6 hall › 7 stand; 8 gate.
/// 3 is reached over the aisle 5, 4 over the aisle or the other hall's stand, the aisle over the gate.
fn venue(hall: Option<i64>, stand: Option<i64>) -> Tree {
    use PlaceKind::{Aisle, Gate, Hall, Stand, Venue, Zone};
    let spots = vec![
        spot(0, None, Venue, None),
        spot(1, Some(0), Hall, hall),
        spot(2, Some(1), Zone, None),
        spot(3, Some(2), Stand, stand),
        spot(4, Some(2), Stand, None),
        spot(5, Some(1), Aisle, None),
        spot(6, Some(0), Hall, None),
        spot(7, Some(6), Stand, None),
        spot(8, Some(0), Gate, None),
    ];
    Tree::build(spots, &[(id(3), id(5)), (id(4), id(5)), (id(4), id(7)), (id(5), id(8))])
}

fn at(task: u32, place: u32, mode: Mode, quantity: i64, start: i64, finish: i64) -> Reservation {
    let unit = Unit::Persons;
    Demand { task, requirement: 0, place, mode, quantity: quantity * 100, unit, setup: 0, clear: 0 }.at(start, finish)
}

fn no_order() -> Order {
    Order::default()
}

/// Place, kind, parties (sorted) and a minute: what both checkers must agree on.
type Moment = (ConflictKind, u32, Vec<u32>, i64);

fn told(found: &[Conflict]) -> BTreeSet<Moment> {
    let mut all = BTreeSet::new();
    for one in found.iter().filter(|one| one.kind != ConflictKind::Capacity) {
        let mut parties = one.parties.clone();
        parties.sort_unstable();
        all.extend((one.from..one.until).map(|minute| (one.kind, one.place, parties.clone(), minute)));
    }
    all
}

/// Overruns by place and minute.
fn overruns(found: &[Conflict]) -> BTreeSet<(u32, i64)> {
    let loads = found.iter().filter(|one| one.kind == ConflictKind::Capacity);
    loads.flat_map(|one| (one.from..one.until).map(|minute| (one.place, minute))).collect()
}

/// The specification, minute by minute.
fn brute(tree: &Tree, all: &[Reservation], order: &Order, until: i64) -> (BTreeSet<Moment>, BTreeSet<(u32, i64)>) {
    let (mut pairs, mut loads) = (BTreeSet::new(), BTreeSet::new());
    let apart = |a: &Reservation, b: &Reservation| {
        a.demand.task != b.demand.task && !order.ordered(a.demand.task, b.demand.task)
    };
    for minute in 0..until {
        let here: Vec<u32> = (0..all.len() as u32)
            .filter(|n| all[*n as usize].from <= minute && minute < all[*n as usize].until)
            .collect();
        for (n, first) in here.iter().enumerate() {
            for second in &here[n + 1..] {
                let (a, b) = (&all[*first as usize], &all[*second as usize]);
                let (p, q) = (a.demand.place, b.demand.place);
                if !apart(a, b) || !(tree.holds(p, q) || tree.holds(q, p)) {
                    continue;
                }
                if let Some(kind) = a.demand.mode.against(b.demand.mode, p != q) {
                    let inner = if tree.holds(p, q) { q } else { p };
                    pairs.insert((kind, inner, vec![*first, *second], minute));
                }
            }
        }
        passes(tree, all, &here, &apart, minute, &mut pairs);
        for place in 0..tree.len() as u32 {
            let Some(capacity) = tree.capacity(place, Unit::Persons) else { continue };
            let inside: Vec<u32> = here
                .iter()
                .copied()
                .filter(|n| {
                    all[*n as usize].demand.mode == Mode::Shared && tree.holds(place, all[*n as usize].demand.place)
                })
                .collect();
            // Every set of tasks that can be at the same time.
            let most = (0u32..1 << inside.len())
                .map(|set| {
                    inside.iter().enumerate().filter(|(n, _)| set >> n & 1 == 1).map(|(_, at)| *at).collect::<Vec<_>>()
                })
                .filter(|set| {
                    let free =
                        |a: &u32, b: &u32| !order.ordered(all[*a as usize].demand.task, all[*b as usize].demand.task);
                    set.iter().enumerate().all(|(n, a)| set[n + 1..].iter().all(|b| free(a, b)))
                })
                .map(|set| set.iter().map(|n| all[*n as usize].demand.quantity).sum::<i64>())
                .max();
            if most.unwrap_or(0) > capacity {
                loads.insert((place, minute));
            }
        }
    }
    (pairs, loads)
}

fn passes(
    tree: &Tree,
    all: &[Reservation],
    here: &[u32],
    apart: &impl Fn(&Reservation, &Reservation) -> bool,
    minute: i64,
    pairs: &mut BTreeSet<Moment>,
) {
    for pass in here.iter().filter(|n| all[**n as usize].demand.mode == Mode::Pass) {
        let one = &all[*pass as usize];
        let shut = |place: u32| -> Vec<u32> {
            let holds = |n: &&u32| {
                let other = &all[**n as usize];
                other.demand.mode == Mode::Exclusive && apart(one, other) && tree.holds(other.demand.place, place)
            };
            here.iter().filter(holds).copied().collect()
        };
        let (mut reached, mut todo) = (BTreeSet::new(), vec![one.demand.place]);
        let (mut free, mut blamed) = (false, Vec::new());
        while let Some(place) = todo.pop() {
            if !reached.insert(place) {
                continue;
            }
            let by = shut(place);
            if by.is_empty() {
                free |= tree.reached_over(place).is_empty();
                todo.extend(tree.reached_over(place));
            }
            blamed.extend(by.into_iter().map(|other| (place, other)));
        }
        if !free {
            for (place, other) in blamed {
                let mut parties = vec![*pass, other];
                parties.sort_unstable();
                pairs.insert((ConflictKind::Access, place, parties, minute));
            }
        }
    }
}

fn any_reservation() -> impl Strategy<Value = Reservation> {
    let mode = prop_oneof![
        1 => Just(Mode::Exclusive),
        3 => Just(Mode::Shared),
        1 => Just(Mode::Pass),
        1 => Just(Mode::Clear)
    ];
    (0u32..7, 0u32..9, mode, 0i64..5, 0i64..30, 0i64..15, 0i64..4, 0i64..4).prop_map(
        |(task, place, mode, quantity, start, length, setup, clear)| {
            let unit = Unit::Persons;
            Demand { task, requirement: 0, place, mode, quantity: quantity * 100, unit, setup, clear }
                .at(start + 4, start + 4 + length)
        },
    )
}

proptest! {
    #[test]
    fn the_sweep_finds_what_looking_at_every_minute_finds(
        all in proptest::collection::vec(any_reservation(), 0..11),
        links in proptest::collection::vec((0u32..7, 0u32..7), 0..5),
        hall in proptest::option::of(1i64..9),
        stand in proptest::option::of(1i64..5),
    ) {
        let tree = venue(hall, stand);
        let forward: Vec<(u32, u32)> = links.into_iter().filter(|(from, to)| from < to).collect();
        let order = Order::from_arcs(7, &forward, 0..7);
        let found = conflicts(&tree, &all, &order);
        let (pairs, loads) = brute(&tree, &all, &order, 60);
        prop_assert_eq!(told(&found), pairs);
        prop_assert_eq!(overruns(&found), loads);
    }

    #[test]
    fn order_is_what_walking_the_links_says(
        arcs in proptest::collection::vec((0u32..30, 0u32..30), 0..60),
        some in proptest::collection::btree_set(0u32..30, 0..20),
    ) {
        let forward: Vec<(u32, u32)> = arcs.into_iter().filter(|(from, to)| from < to).collect();
        let order = Order::from_arcs(30, &forward, some.iter().copied());
        for &a in &some {
            let (mut seen, mut todo) = (BTreeSet::new(), vec![a]);
            while let Some(here) = todo.pop() {
                for (_, to) in forward.iter().filter(|(from, _)| *from == here) {
                    if seen.insert(*to) {
                        todo.push(*to);
                    }
                }
            }
            for &b in &some {
                prop_assert_eq!(order.before(a, b), seen.contains(&b), "{} {}", a, b);
            }
        }
    }
}

#[test]
fn ends_that_touch_do_not_overlap_and_order_makes_peace() {
    let tree = venue(None, None);
    let touching = [at(0, 1, Mode::Exclusive, 0, 0, 10), at(1, 3, Mode::Shared, 0, 10, 20)];
    assert_eq!(conflicts(&tree, &touching, &no_order()), []);
    let crossing = [at(0, 1, Mode::Exclusive, 0, 0, 11), at(1, 3, Mode::Shared, 0, 10, 20)];
    let found = conflicts(&tree, &crossing, &no_order());
    assert_eq!((found.len(), found[0].kind, found[0].from, found[0].until), (1, ConflictKind::Exclusive, 10, 11));
    assert_eq!(tree.spot(found[0].place).code, "P3", "it happens in the smaller place");
    let ordered = Order::from_arcs(2, &[(0, 1)], 0..2);
    assert_eq!(conflicts(&tree, &crossing, &ordered), []);
}

#[test]
fn a_fire_lane_is_kept_clear_of_work_but_may_be_passed() {
    let tree = venue(None, None);
    let lane = at(0, 5, Mode::Clear, 0, 0, 100);
    let through = at(1, 3, Mode::Pass, 0, 10, 20);
    assert_eq!(conflicts(&tree, &[lane, through], &no_order()), []);
    let found = conflicts(&tree, &[lane, at(1, 5, Mode::Shared, 1, 10, 20)], &no_order());
    assert_eq!((found.len(), found[0].kind), (1, ConflictKind::KeepClear));
}

#[test]
fn a_place_counts_what_is_wanted_of_everything_in_it() {
    let tree = venue(Some(5), None);
    let all = [at(0, 3, Mode::Shared, 3, 0, 10), at(1, 4, Mode::Shared, 3, 5, 15)];
    let found = conflicts(&tree, &all, &no_order());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].from, found[0].until, tree.spot(found[0].place).code.as_str()), (5, 10, "P1"));
    assert_eq!(found[0].detail, Detail::Load { unit: Unit::Persons, load: 600, capacity: 500 });
}

#[test]
fn a_stand_with_two_ways_is_cut_off_only_when_both_are_shut() {
    let tree = venue(None, None);
    let (pass, aisle) = (at(0, 4, Mode::Pass, 0, 0, 30), at(1, 5, Mode::Exclusive, 0, 5, 15));
    assert_eq!(conflicts(&tree, &[pass, aisle], &no_order()), []);
    let found = conflicts(&tree, &[pass, aisle, at(2, 7, Mode::Exclusive, 0, 10, 20)], &no_order());
    let told: Vec<_> = found.iter().map(|one| (one.kind, one.from, one.until)).collect();
    assert_eq!(told, [(ConflictKind::Access, 10, 15), (ConflictKind::Access, 10, 15)]);
}

#[test]
fn a_load_is_a_limit_and_no_sum() {
    let mut spots = vec![spot(0, None, PlaceKind::Venue, None), spot(1, Some(0), PlaceKind::Hall, None)];
    spots[1].capacity[Unit::Load.slot()] = Some(150_000);
    let tree = Tree::build(spots, &[]);
    let heavy = |task: u32, load: i64| {
        let (mode, unit) = (Mode::Shared, Unit::Load);
        Demand { task, requirement: 0, place: 1, mode, quantity: load * 100, unit, setup: 0, clear: 0 }.at(0, 10)
    };
    assert_eq!(conflicts(&tree, &[heavy(0, 1_000), heavy(1, 1_000)], &no_order()), []);
    assert_eq!(conflicts(&tree, &[heavy(0, 1_600)], &no_order()).len(), 1);
}
