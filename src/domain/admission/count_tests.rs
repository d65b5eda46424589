//! The figures of a few people by hand, and that the figures of any number of people reconcile.

use super::*;
use crate::admission::audit::profile;
use crate::admission::gate::GateDirection;
use crate::id::EditionId;
use crate::locale::Bilingual;
use proptest::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

fn place(number: u128) -> PlaceId {
    PlaceId::from_uuid(Uuid::from_u128(number))
}

/// Gates 1 and 2 lead to the floor (10), gate 3 to a room (11) on it.
fn gates() -> Vec<Gate> {
    let gate = |number: u128, zones: &[u128]| Gate {
        id: place(number),
        edition: EditionId::from_uuid(Uuid::nil()),
        code: format!("G{number}"),
        name: Bilingual::default(),
        direction: GateDirection::Both,
        zones: Arc::from(zones.iter().map(|zone| place(*zone)).collect::<Vec<_>>()),
        open: true,
        version: 1,
    };
    vec![gate(1, &[10, 99]), gate(2, &[10, 99]), gate(3, &[11, 10, 99])]
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, number).expect("a day")
}

fn step(at: u32, hour: i32, gate: u128, direction: Direction) -> Step {
    Step { day: day(at), hour, gate: place(gate), direction }
}

use Direction::{In, Out};

fn count(code: &str, people: &[(Category, &str, Vec<Step>)]) -> Figures {
    let all = gates();
    let mut counter = Counter::new(profile(code).expect("a profile"), (day(9), day(12)), "CN", &all);
    for (category, country, steps) in people {
        counter.person(*category, country, steps);
    }
    counter.unnamed(day(9), 2);
    counter.unnamed(day(20), 7);
    counter.finish()
}

fn crowd() -> Vec<(Category, &'static str, Vec<Step>)> {
    vec![
        // Two days; on the first out for lunch and in again.
        (
            Category::TradeVisitor,
            "CN",
            vec![step(9, 9, 1, In), step(9, 12, 2, Out), step(9, 13, 2, In), step(9, 17, 1, Out), step(10, 10, 1, In)],
        ),
        // Through the floor into a room and out of it: still inside.
        (Category::Media, "DE", vec![step(9, 9, 1, In), step(9, 10, 3, In), step(9, 11, 3, Out)]),
        (Category::ExhibitorStaff, "CN", vec![step(9, 8, 1, In), step(10, 8, 1, In)]),
        // Came while the halls were built up: no opening day.
        (Category::TradeVisitor, "CN", vec![step(5, 9, 1, In)]),
        // Left without ever having come in.
        (Category::Vip, "CN", vec![step(9, 15, 1, Out)]),
    ]
}

#[test]
fn each_auditor_counts_by_his_own_rules() {
    let ufi = count("ufi", &crowd());
    assert_eq!((ufi.visitors, ufi.visits, ufi.entries, ufi.repeat_entries()), (1, 2, 3, 1));
    assert_eq!((ufi.visitors_abroad, ufi.unnamed), (0, 2));
    assert_eq!(
        ufi.others.iter().map(|o| (o.code.as_str(), o.visits)).collect::<Vec<_>>(),
        [("media", 1), ("exhibitor_staff", 2)]
    );
    let abc = count("abc", &crowd());
    assert_eq!((abc.visitors, abc.visits, abc.repeat_visits(), abc.visitors_abroad), (2, 3, 1, 1));
    assert!((abc.share_abroad() - 0.5).abs() < 1e-9);
    let gate = count("gate", &crowd());
    assert_eq!((gate.visitors, gate.visits, gate.entries), (3, 7, 7));
}

#[test]
fn people_inside_follow_the_zones() {
    let ufi = count("ufi", &crowd());
    let inside: Vec<_> = ufi.hours.iter().filter(|h| h.day == day(9)).map(|h| (h.hour, h.inside, h.present)).collect();
    assert_eq!(
        inside,
        [(8, 0, 1), (9, 1, 3), (12, 0, 2), (13, 1, 3), (17, 0, 2)],
        "whoever leaves a room is still on the floor; hours in which nothing changes are left out"
    );
    assert_eq!(
        ufi.days.iter().map(|d| (d.day, d.visits, d.peak)).collect::<Vec<_>>(),
        [(day(9), 1, 3), (day(10), 1, 2)]
    );
    assert_eq!(ufi.days.iter().map(|d| d.new_visitors).sum::<i64>(), ufi.visitors);
}

proptest! {
    /// Whatever people do, the parts are the whole.
    #[test]
    fn figures_reconcile(
        people in prop::collection::vec(
            (0usize..8, 0usize..3, prop::collection::vec((9u32..13, 0i32..24, 1u128..4, any::<bool>()), 0..14)), 0..40),
        code in 0usize..6,
    ) {
        let countries = ["CN", "DE", ""];
        let people: Vec<_> = people.into_iter().map(|(category, country, steps)| {
            let mut steps: Vec<Step> = steps.into_iter()
                .map(|(at, hour, gate, out)| step(at, hour, gate, if out { Out } else { In })).collect();
            steps.sort_by_key(|step| (step.day, step.hour));
            (Category::ALL[category], countries[country], steps)
        }).collect();
        let code = &crate::admission::audit::profiles()[code].code;
        let made = count(code, &people);
        let sums = [
            made.days.iter().map(|d| d.visits).sum::<i64>(),
            made.hours.iter().map(|h| h.visits).sum(),
            made.gates.iter().map(|g| g.visits).sum(),
            made.categories.iter().map(|c| c.visits).sum(),
            made.countries.iter().map(|c| c.visits).sum(),
        ];
        prop_assert!(sums.iter().all(|sum| *sum == made.visits), "{:?} of {}", sums, made.visits);
        for visitors in [
            made.days.iter().map(|d| d.new_visitors).sum::<i64>(),
            made.categories.iter().map(|c| c.visitors).sum(),
            made.countries.iter().map(|c| c.visitors).sum(),
        ] {
            prop_assert_eq!(visitors, made.visitors);
        }
        prop_assert_eq!(made.days.iter().map(|d| d.entries).sum::<i64>(), made.entries);
        prop_assert_eq!(made.hours.iter().map(|h| h.exits).sum::<i64>(), made.exits);
        prop_assert!(made.visitors <= made.visits && made.visits <= made.entries);
        prop_assert!(made.hours.iter().all(|h| 0 <= h.inside && h.inside <= h.present));
        // The order of people makes no difference.
        let mut other = people;
        other.reverse();
        prop_assert_eq!(made, count(code, &other));
    }
}
