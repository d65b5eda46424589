//! Heads are counted right in whatever order the log is read.

use super::*;
use crate::admission::quota::QuotaScope;
use crate::admission::{EntryLimit, GateDirection, RuleWindow};
use crate::id::{EditionId, ScanId};
use crate::locale::Bilingual;
use crate::registration::Category;
use chrono::{Duration, TimeZone};
use proptest::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

fn place(n: u128) -> PlaceId {
    PlaceId::from_uuid(Uuid::from_u128(n))
}

/// The fair (1) holds a hall (2), which holds a lounge (3). Gates 11, 12, 13 lead into them.
fn zones(gate: u128) -> Arc<[PlaceId]> {
    let all = [place(3), place(2), place(1)];
    match gate {
        13 => Arc::from(all),
        12 => Arc::from(&all[1..]),
        _ => Arc::from(&all[2..]),
    }
}

fn limits(capacity: i64) -> Vec<ZoneLimit> {
    let limit = |n, around| ZoneLimit { zone: place(n), around, capacity };
    vec![limit(1, vec![]), limit(2, vec![place(1)]), limit(3, vec![place(2), place(1)])]
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 24).expect("valid")
}

fn passage(gate: u128, minute: i64, direction: Direction) -> Passage {
    let at = Utc.with_ymd_and_hms(2027, 3, 24, 1, 0, 0).single().expect("valid") + Duration::minutes(minute);
    Passage { at, day: day(), gate: place(gate), zones: zones(gate), direction }
}

fn person(n: u128, company: &str) -> Member {
    Member::new(RegistrationId::from_uuid(Uuid::from_u128(n)), Category::ExhibitorStaff, company, "")
}

fn gate(n: u128) -> Gate {
    Gate {
        id: place(n),
        edition: EditionId::from_uuid(Uuid::nil()),
        code: "G".into(),
        name: Bilingual::default(),
        direction: GateDirection::Both,
        zones: zones(n),
        open: true,
        version: 1,
    }
}

fn rule(limit: i64) -> AccessRule {
    AccessRule {
        id: AccessRuleId::from_uuid(Uuid::from_u128(7)),
        sort: 0,
        category: Some(Category::ExhibitorStaff),
        place: Some(place(2)),
        window: RuleWindow::default(),
        limit: EntryLimit::Unlimited,
        quota: Some(RuleQuota { scope: QuotaScope::Company, limit }),
        allow: true,
        version: 1,
    }
}

/// The next scan: ids grow with time.
fn apply(crowd: &mut Crowd, who: &Member, passage: Passage) {
    let minutes = u128::try_from(passage.at.timestamp()).expect("after 1970");
    crowd.apply(who, ScanId::from_uuid(Uuid::from_u128(minutes)), &passage);
}

fn inside(crowd: &Crowd) -> Vec<i64> {
    crowd.loads().map(|(_, load)| load.inside).collect()
}

#[test]
fn leaving_the_hall_is_leaving_the_lounge_and_the_lounge_is_not_the_hall() {
    let mut crowd = Crowd::new(day(), &limits(5), &[]);
    let anna = person(1, "");
    apply(&mut crowd, &anna, passage(11, 0, Direction::In));
    apply(&mut crowd, &anna, passage(13, 5, Direction::In));
    assert_eq!(inside(&crowd), [1, 1, 1]);
    apply(&mut crowd, &anna, passage(13, 9, Direction::Out));
    assert_eq!(inside(&crowd), [1, 1, 0]);
    apply(&mut crowd, &anna, passage(13, 10, Direction::In));
    apply(&mut crowd, &anna, passage(12, 11, Direction::Out));
    assert_eq!(inside(&crowd), [1, 0, 0]);
}

#[test]
fn in_and_out_at_one_instant_follow_their_ids() {
    let mut crowd = Crowd::new(day(), &limits(5), &[]);
    let scan = |n| ScanId::from_uuid(Uuid::from_u128(n));
    let anna = person(1, "");
    crowd.apply(&anna, scan(2), &passage(11, 0, Direction::Out));
    crowd.apply(&anna, scan(1), &passage(11, 0, Direction::In));
    assert_eq!(inside(&crowd), [0, 0, 0], "out came last");
    crowd.apply(&anna, scan(3), &passage(11, 0, Direction::In));
    assert_eq!(inside(&crowd), [1, 0, 0]);
}

#[test]
fn who_is_inside_needs_no_new_place() {
    let mut crowd = Crowd::new(day(), &limits(1), &[]);
    let (anna, ben) = (person(1, ""), person(2, ""));
    apply(&mut crowd, &anna, passage(11, 0, Direction::In));
    assert_eq!(crowd.load(&gate(11), Some(anna.registration)), None, "inside the only zone behind the gate");
    assert_eq!(crowd.load(&gate(12), Some(anna.registration)), Some(ZoneLoad { capacity: 1, inside: 0 }));
    assert_eq!(
        crowd.load(&gate(12), Some(ben.registration)),
        Some(ZoneLoad { capacity: 1, inside: 1 }),
        "the fair is full"
    );
}

#[test]
fn yesterday_fills_no_zone_and_uses_its_quota() {
    let mut crowd = Crowd::new(day() + Duration::days(1), &limits(1), &[rule(1)]);
    apply(&mut crowd, &person(1, "Müller AG"), passage(12, 0, Direction::In));
    assert_eq!(inside(&crowd), [0, 0, 0]);
    assert_eq!(crowd.quota(&rule(1), &person(2, "ＭÜLLER  ag")), Some(Quota { limit: 1, used: 1 }));
    assert_eq!(crowd.quota(&rule(1), &person(1, "Müller AG")), Some(Quota { limit: 1, used: 0 }), "not twice");
    assert_eq!(crowd.quota(&rule(1), &person(3, "")), None, "people without a company fall under no company's quota");
}

#[test]
fn a_quota_counts_its_own_place_only() {
    let mut crowd = Crowd::new(day(), &[], &[rule(1)]);
    apply(&mut crowd, &person(1, "A"), passage(11, 0, Direction::In));
    assert_eq!(crowd.quota(&rule(1), &person(2, "A")), Some(Quota { limit: 1, used: 0 }));
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_count_the_same(
        moves in prop::collection::vec((0u128..6, 11u128..14, 0i64..40, any::<bool>()), 0..60),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..120),
    ) {
        let note = |crowd: &mut Crowd, (who, gate, minute, inward): (u128, u128, i64, bool)| {
            let direction = if inward { Direction::In } else { Direction::Out };
            // One scan for each place, time and way: the same given twice is the same.
            let scan = ScanId::from_uuid(Uuid::from_u128(who << 32 | gate << 16 | u128::from(inward)));
            crowd.apply(&person(who, &format!("C{}", who % 2)), scan, &passage(gate, minute, direction));
        };
        let mut straight = Crowd::new(day(), &limits(3), &[rule(2)]);
        moves.iter().for_each(|step| note(&mut straight, *step));
        let mut shuffled = Crowd::new(day(), &limits(3), &[rule(2)]);
        if !moves.is_empty() {
            order.iter().for_each(|index| note(&mut shuffled, *index.get(&moves)));
        }
        moves.iter().rev().for_each(|step| note(&mut shuffled, *step));
        prop_assert_eq!(inside(&straight), inside(&shuffled));
        let mut used: [Vec<_>; 2] = [straight.groups().collect(), shuffled.groups().collect()];
        used.iter_mut().for_each(|list| list.sort());
        prop_assert_eq!(&used[0], &used[1]);
        for (_, load) in straight.loads() {
            prop_assert!(load.inside >= 0 && load.inside <= 6);
        }
    }
}
