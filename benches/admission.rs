//! How long the door thinks: one decision with a day's history, and reading one badge code.

use chrono::{NaiveDate, TimeZone, Utc};
use chrono_tz::Asia::Shanghai;
use criterion::{Criterion, criterion_group, criterion_main};
use domain::admission::{
    AccessRule, CredentialFacts, CredentialState, Direction, EntryLimit, Gate, GateDirection, Moment, Passage,
    Presented, Reading, RuleWindow, ScanFacts, Standing, decide,
};
use domain::registration::Category;
use domain::registration::badge_code::{EditionTag, KeyRing, Payload, PublicKey, sign};
use domain::{AccessRuleId, Bilingual, EditionId, PlaceId};
use ed25519_dalek::SigningKey;
use std::hint::black_box;
use std::sync::Arc;
use uuid::Uuid;

fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, d).expect("a day")
}

fn deciding(c: &mut Criterion) {
    let zone = PlaceId::from_uuid(Uuid::from_u128(9));
    let gate = Gate {
        id: PlaceId::from_uuid(Uuid::from_u128(1)),
        edition: EditionId::from_uuid(Uuid::nil()),
        code: "N1".into(),
        name: Bilingual::new("N1", "N1"),
        direction: GateDirection::Both,
        zones: Arc::from([zone]),
        open: true,
        version: 1,
    };
    let rule = |sort: i32, category| AccessRule {
        id: AccessRuleId::from_uuid(Uuid::from_u128(2)),
        sort,
        category: Some(category),
        place: Some(zone),
        window: RuleWindow { days: vec![day(24), day(25), day(26)], from: Some(540), until: Some(1020) },
        limit: EntryLimit::ReentryAfterExit,
        quota: None,
        allow: true,
        version: 1,
    };
    let rules: Vec<AccessRule> = (0..).zip(Category::ALL).map(|(sort, category)| rule(sort, *category)).collect();
    let credential = CredentialFacts {
        state: CredentialState::Active,
        category: Category::Vip,
        valid_from: Some(day(24)),
        valid_until: Some(day(26)),
        valid_reprint: None,
        standing: Standing::Good,
    };
    let at = |hour, minute| Utc.with_ymd_and_hms(2027, 3, 24, hour, minute, 0).single().expect("a moment");
    let passages: Vec<Passage> = (0..10)
        .map(|n| Moment::of(at(2, n), Shanghai))
        .zip([Direction::In, Direction::Out].into_iter().cycle())
        .map(|(m, direction)| Passage { at: m.at, day: m.day, gate: gate.id, zones: gate.zones.clone(), direction })
        .collect();
    let facts = ScanFacts {
        reading: Reading::Genuine,
        credential: Some(&credential),
        gate: &gate,
        passages: &passages,
        quota: None,
        zone: None,
    };
    let scan = Presented { direction: Direction::In, moment: Moment::of(at(3, 0), Shanghai), overriding: false };
    c.bench_function("admission decide", |b| b.iter(|| decide(black_box(&facts), black_box(&rules), black_box(&scan))));
}

fn reading(c: &mut Criterion) {
    let edition = EditionTag([7; 8]);
    let secret = SigningKey::from_bytes(&[3; 32]);
    let payload = Payload {
        key_no: 1,
        edition,
        serial: 1042,
        category: Category::TradeVisitor,
        reprint_no: 0,
        valid_from: day(24),
        valid_until: day(26),
    };
    let code = sign(&payload, &secret);
    let ring = KeyRing::new(edition, &[PublicKey { edition, key_no: 1, bytes: secret.verifying_key().to_bytes() }]);
    c.bench_function("badge code verify", |b| b.iter(|| ring.read(black_box(&code))));
}

criterion_group!(benches, deciding, reading);
criterion_main!(benches);
