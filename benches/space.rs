//! Conflicts of a large show: 2,000 places, 5,000 reservations of 1,000 tasks, some in an order, with capacities.

use criterion::{Criterion, criterion_group, criterion_main};
use domain::plan::space::{Demand, Mode, Order, Reservation, Spot, Tree, Unit, conflicts};
use domain::venue::PlaceKind;
use domain::{Bilingual, PlaceId};
use std::hint::black_box;
use uuid::Uuid;

/// A stream of numbers that is the same every time.
fn stream(mut seed: u64) -> impl FnMut(u64) -> u64 {
    move |below| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    }
}

/// One venue, ten halls, ten zones each, the rest stands; every stand is reached over its zone's aisle.
fn venue() -> Tree {
    let id = |n: usize| PlaceId::from_uuid(Uuid::from_u128(n as u128));
    let mut spots: Vec<Spot> = Vec::with_capacity(2_000);
    let mut add = |parent: Option<usize>, kind: PlaceKind, area: Option<i64>| {
        let n = spots.len();
        let mut capacity = [None; Unit::ALL.len()];
        capacity[Unit::Area.slot()] = area;
        let (code, name) = (format!("P{n}"), Bilingual::new("", ""));
        spots.push(Spot { id: id(n), parent: parent.map(id), kind, code, name, stand: None, capacity });
        n
    };
    let root = add(None, PlaceKind::Venue, None);
    let halls: Vec<usize> = (0..10).map(|_| add(Some(root), PlaceKind::Hall, Some(1_200_000))).collect();
    let zones: Vec<usize> = (0..100).map(|n| add(Some(halls[n / 10]), PlaceKind::Zone, Some(120_000))).collect();
    let aisles: Vec<usize> = (0..100).map(|n| add(Some(zones[n]), PlaceKind::Aisle, None)).collect();
    let mut ways: Vec<(PlaceId, PlaceId)> = Vec::new();
    for n in 0..1_789 {
        let stand = add(Some(zones[n % 100]), PlaceKind::Stand, Some(3_600));
        ways.push((id(stand), id(aisles[n % 100])));
    }
    Tree::build(spots, &ways)
}

fn reservations(tree: &Tree) -> Vec<Reservation> {
    let mut next = stream(7);
    (0..5_000)
        .map(|n| {
            let mode = match next(20) {
                0 => Mode::Exclusive,
                1 => Mode::Clear,
                2 | 3 => Mode::Pass,
                _ => Mode::Shared,
            };
            let place = if next(50) == 0 { next(211) } else { 211 + next(tree.len() as u64 - 211) } as u32;
            let (quantity, start) = (next(2_400) as i64, next(14_400) as i64);
            let demand = Demand {
                task: n % 1_000,
                requirement: 0,
                place,
                mode,
                quantity,
                unit: Unit::Area,
                setup: next(60) as i64,
                clear: next(60) as i64,
            };
            demand.at(start, start + 60 + next(1_380) as i64)
        })
        .collect()
}

fn clashes(c: &mut Criterion) {
    let tree = venue();
    assert_eq!(tree.len(), 2_000);
    let all = reservations(&tree);
    let mut next = stream(11);
    let arcs: Vec<(u32, u32)> = (0..3_000)
        .map(|_| {
            let from = next(999);
            (from as u32, (from + 1 + next(999 - from)) as u32)
        })
        .collect();
    let order = Order::from_arcs(1_000, &arcs, 0..1_000);
    println!("{} conflicts", conflicts(&tree, &all, &order).len());
    c.bench_function("space/conflicts 2,000 places 5,000 reservations", |b| {
        b.iter(|| conflicts(black_box(&tree), black_box(&all), black_box(&order)));
    });
    c.bench_function("space/order 1,000 tasks 3,000 links", |b| {
        b.iter(|| Order::from_arcs(1_000, black_box(&arcs), 0..1_000));
    });
}

criterion_group!(benches, clashes);
criterion_main!(benches);
