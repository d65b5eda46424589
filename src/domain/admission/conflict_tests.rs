//! What the replay finds, and that the order of uploads makes no difference to it.

use super::*;
use crate::admission::gate::GateDirection;
use crate::admission::rule::{EntryLimit, RuleWindow};
use crate::id::{AccessRuleId, EditionId, PlaceId};
use crate::locale::Bilingual;
use crate::registration::Category;
use chrono::{Duration, TimeZone};
use proptest::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

fn at(minute: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 5, 12, 1, 0, 0).single().expect("valid") + Duration::minutes(minute)
}

fn gate(number: u128) -> Gate {
    Gate {
        id: PlaceId::from_uuid(Uuid::from_u128(number)),
        edition: EditionId::from_uuid(Uuid::nil()),
        code: format!("G{number}"),
        name: Bilingual::default(),
        direction: GateDirection::Both,
        zones: Arc::from([PlaceId::from_uuid(Uuid::from_u128(900))]),
        open: true,
        version: 1,
    }
}

fn badge(state: CredentialState) -> CredentialFacts {
    CredentialFacts {
        state,
        category: Category::TradeVisitor,
        valid_from: None,
        valid_until: None,
        valid_reprint: None,
        standing: Standing::Good,
    }
}

fn rules(limit: EntryLimit) -> Vec<AccessRule> {
    vec![AccessRule {
        id: AccessRuleId::from_uuid(Uuid::from_u128(1)),
        sort: 10,
        category: None,
        place: None,
        window: RuleWindow::default(),
        limit,
        quota: None,
        allow: true,
        version: 1,
    }]
}

/// A scan of device `device` at minute `minute`, made without network and received at `received`.
fn offline<'a>(id: u128, device: u128, minute: i64, gate: &'a Gate, badge: &'a CredentialFacts) -> Trace<'a> {
    Trace {
        scan: ScanId::from_uuid(Uuid::from_u128(id)),
        device: Some(DeviceId::from_uuid(Uuid::from_u128(device))),
        sequence: i64::try_from(id).expect("small"),
        moment: Moment::of(at(minute), chrono_tz::Asia::Shanghai),
        received: at(600),
        gate,
        direction: Direction::In,
        admitted: true,
        overridden: false,
        remote: true,
        told: false,
        clock_unknown: false,
        badge,
    }
}

fn kinds(found: &[Finding]) -> Vec<Option<ConflictKind>> {
    found.iter().map(|finding| finding.conflict.map(|conflict| conflict.kind)).collect()
}

#[test]
fn two_gates_without_network_are_one_conflict_on_the_later_entry() {
    let (north, south) = (gate(1), gate(2));
    let good = badge(CredentialState::Active);
    let traces = [offline(7, 2, 30, &south, &good), offline(9, 1, 10, &north, &good)];
    let found = replay(&traces, &rules(EntryLimit::Once));
    assert_eq!(kinds(&found), [None, Some(ConflictKind::AdmittedTwice)]);
    assert_eq!(found[1].conflict.and_then(|c| c.other), Some(traces[1].scan));
    assert_eq!(found.iter().map(|f| f.first_entry).collect::<Vec<_>>(), [true, false]);
    assert!(kinds(&replay(&traces, &rules(EntryLimit::Unlimited))).iter().all(Option::is_none));
}

#[test]
fn an_online_entry_is_in_the_wrong_only_by_what_was_heard_later() {
    let (north, south) = (gate(1), gate(2));
    let good = badge(CredentialState::Active);
    let online = Trace { remote: false, received: at(20), ..offline(2, 2, 20, &south, &good) };
    let early = offline(1, 1, 10, &north, &good);
    let found = replay(&[online.clone(), early.clone()], &rules(EntryLimit::Once));
    assert_eq!(kinds(&found), [None, Some(ConflictKind::AdmittedTwice)]);
    // Known when the server decided: the rule was another one then, and the answer stands.
    let known = Trace { received: at(15), ..early };
    assert_eq!(kinds(&replay(&[online, known], &rules(EntryLimit::Once))), [None, None]);
}

#[test]
fn withdrawn_turned_away_overridden_and_clocks() {
    let north = gate(1);
    let (good, gone) = (badge(CredentialState::Active), badge(CredentialState::Revoked));
    let always = rules(EntryLimit::Unlimited);
    assert_eq!(kinds(&replay(&[offline(1, 1, 1, &north, &gone)], &always)), [Some(ConflictKind::Withdrawn)]);
    let excused = Trace { overridden: true, ..offline(1, 1, 1, &north, &gone) };
    assert_eq!(kinds(&replay(&[excused], &always)), [None]);
    let denied = Trace { admitted: false, ..offline(1, 1, 1, &north, &good) };
    assert_eq!(kinds(&replay(&[denied], &always)), [Some(ConflictKind::TurnedAway)]);
    let by_hub = Trace { admitted: false, told: true, ..offline(1, 1, 1, &north, &good) };
    assert_eq!(kinds(&replay(&[by_hub], &always)), [None], "a hub may know more");
    let vague = Trace { clock_unknown: true, ..offline(1, 1, 1, &north, &good) };
    assert_eq!(kinds(&replay(&[vague], &always)), [Some(ConflictKind::ClockUnknown)]);
    let shut = Gate { open: false, ..gate(3) };
    assert_eq!(kinds(&replay(&[offline(1, 1, 1, &shut, &good)], &always)), [Some(ConflictKind::AgainstRules)]);
    // Leaving is never a conflict.
    let out = Trace { direction: Direction::Out, ..offline(1, 1, 1, &shut, &gone) };
    assert_eq!(kinds(&replay(&[out], &always)), [None]);
}

#[test]
fn a_code_nobody_knows_is_a_conflict_when_somebody_went_in_on_it() {
    let kind = |admitted, reason| of_stranger(admitted, Some(reason), false).map(|c| c.kind);
    assert_eq!(kind(true, "unknown_code"), Some(ConflictKind::UnknownBadge));
    assert_eq!(kind(true, "forged"), Some(ConflictKind::NotOurs));
    assert_eq!(kind(false, "forged"), None);
}

proptest! {
    /// Any order and repetition of the same scans is the same finding.
    #[test]
    fn the_order_of_uploads_makes_no_difference(
        made in prop::collection::vec((0u128..4, 0i64..240, any::<bool>(), 0u8..4, any::<bool>()), 1..24),
        shuffle in prop::collection::vec(any::<u32>(), 48),
        limit in 0usize..4,
    ) {
        let gates: Vec<Gate> = (0..4).map(gate).collect();
        let good = badge(CredentialState::Active);
        let traces: Vec<Trace<'_>> = made.iter().zip(1u128..).map(|((device, minute, out, odd, remote), id)| {
            let place = &gates[usize::try_from(*device).expect("small")];
            Trace {
                direction: if *out { Direction::Out } else { Direction::In },
                admitted: *odd > 0,
                clock_unknown: *odd == 3,
                remote: *remote,
                received: if *remote { at(600) } else { at(*minute) },
                ..offline(id, *device, *minute, place, &good)
            }
        }).collect();
        let limit = rules(EntryLimit::ALL[limit]);
        let once = replay(&traces, &limit);
        let mut again: Vec<(u32, Trace<'_>)> =
            shuffle.iter().copied().zip(traces.iter().chain(&traces).cloned()).collect();
        again.sort_by_key(|(key, _)| *key);
        let all: Vec<Trace<'_>> = again.into_iter().map(|(_, trace)| trace).chain(traces.iter().cloned()).collect();
        prop_assert_eq!(&once, &replay(&all, &limit));
        // Per day one first entry at most, and only where somebody went in.
        let entered = traces.iter().any(|t| t.admitted && t.direction == Direction::In);
        prop_assert_eq!(once.iter().filter(|f| f.first_entry).count(), usize::from(entered));
    }
}
