//! The conformance cases of `fixtures/admission/cases`, and what must hold for any facts.

use super::*;
use crate::admission::{
    CredentialFacts, Gate, GateDirection, Moment, Quota, RuleWindow, ZoneLoad, rule::minute_of, scan::Details,
};
use crate::id::{AccessRuleId, EditionId, PlaceId};
use crate::locale::Bilingual;
use crate::registration::Category;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code)]
    about: String,
    time_zone: Tz,
    zones: BTreeMap<String, Option<String>>,
    gates: BTreeMap<String, GateIn>,
    badge: Value,
    rules: Vec<RuleIn>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GateIn {
    zone: Option<String>,
    #[serde(default)]
    direction: GateDirection,
    open: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleIn {
    category: Option<Category>,
    place: Option<String>,
    #[serde(default)]
    days: Vec<NaiveDate>,
    from: Option<String>,
    until: Option<String>,
    #[serde(default)]
    limit: EntryLimit,
    effect: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    gate: String,
    at: String,
    #[serde(default)]
    direction: Direction,
    reading: Option<Reading>,
    #[serde(default = "nothing")]
    badge: Value,
    rules: Option<Vec<RuleIn>>,
    #[serde(default)]
    passages: Vec<PassageIn>,
    quota: Option<Quota>,
    zone: Option<ZoneLoad>,
    #[serde(default)]
    overriding: bool,
    expect: BTreeMap<String, Value>,
}

fn nothing() -> Value {
    Value::Object(serde_json::Map::new())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PassageIn {
    gate: String,
    at: String,
    direction: Direction,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BadgeIn {
    reading: Reading,
    state: CredentialState,
    category: Category,
    standing: Standing,
    valid_from: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    valid_reprint: Option<i32>,
}

/// Names become ids by their text, so that a failure shows which place was meant.
fn place(name: &str) -> PlaceId {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
    PlaceId::from_uuid(Uuid::from_bytes(bytes))
}

impl File {
    fn gate(&self, name: &str) -> Gate {
        let given = self.gates.get(name).unwrap_or_else(|| panic!("no gate {name}"));
        let mut zones = Vec::new();
        let mut next = given.zone.clone();
        while let Some(zone) = next {
            zones.push(place(&zone));
            next = self.zones.get(&zone).unwrap_or_else(|| panic!("no zone {zone}")).clone();
        }
        Gate {
            id: place(name),
            edition: EditionId::from_uuid(Uuid::nil()),
            code: name.to_owned(),
            name: Bilingual::new(name, name),
            direction: given.direction,
            zones: zones.into(),
            open: given.open.unwrap_or(true),
            version: 1,
        }
    }

    fn time(&self, text: &str) -> DateTime<Utc> {
        let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time of a case");
        self.time_zone.from_local_datetime(&naive).single().expect("one such time").with_timezone(&Utc)
    }

    fn passage(&self, given: &PassageIn) -> Passage {
        let gate = self.gate(&given.gate);
        let moment = Moment::of(self.time(&given.at), self.time_zone);
        Passage { at: moment.at, day: moment.day, gate: gate.id, zones: gate.zones, direction: given.direction }
    }

    fn badge(&self, case: &Case) -> (Reading, Option<CredentialFacts>) {
        let Value::Object(changes) = &case.badge else {
            return (case.reading.expect("a case without badge says how the code reads"), None);
        };
        let mut badge = self.badge.as_object().expect("a badge is an object").clone();
        badge.extend(changes.clone());
        let badge: BadgeIn = serde_json::from_value(Value::Object(badge)).expect("a badge");
        let facts = CredentialFacts {
            state: badge.state,
            category: badge.category,
            valid_from: badge.valid_from,
            valid_until: badge.valid_until,
            valid_reprint: badge.valid_reprint,
            standing: badge.standing,
        };
        (case.reading.unwrap_or(badge.reading), Some(facts))
    }

    fn answer(&self, case: &Case) -> (Verdict, Vec<Step>) {
        let gate = self.gate(&case.gate);
        let rules = rules(case.rules.as_ref().unwrap_or(&self.rules));
        let passages: Vec<Passage> = case.passages.iter().map(|p| self.passage(p)).collect();
        let (reading, credential) = self.badge(case);
        let facts = ScanFacts {
            reading,
            credential: credential.as_ref(),
            gate: &gate,
            passages: &passages,
            quota: case.quota,
            zone: case.zone,
        };
        let scan = Presented {
            direction: case.direction,
            moment: Moment::of(self.time(&case.at), self.time_zone),
            overriding: case.overriding,
        };
        (decide(&facts, &rules, &scan), explain(&facts, &rules, &scan))
    }
}

fn rules(given: &[RuleIn]) -> Vec<AccessRule> {
    let minute = |text: &Option<String>| text.as_deref().map(|t| minute_of(t).expect("a time of day"));
    let rule = |(index, rule): (usize, &RuleIn)| AccessRule {
        id: AccessRuleId::from_uuid(Uuid::from_u128(index as u128)),
        sort: i32::try_from(index).expect("few rules"),
        category: rule.category,
        place: rule.place.as_deref().map(place),
        window: RuleWindow { days: rule.days.clone(), from: minute(&rule.from), until: minute(&rule.until) },
        limit: rule.limit,
        quota: None,
        allow: rule.effect == "allow",
        version: 1,
    };
    given.iter().enumerate().map(rule).collect()
}

fn check(file: &File, case: &Case) -> Result<(), String> {
    let (verdict, steps) = file.answer(case);
    let details = Details::of(&verdict, |_| None);
    let named = |id: PlaceId| file.gates.keys().find(|name| place(name) == id).cloned();
    for (key, want) in &case.expect {
        let got = match key.as_str() {
            "verdict" => Value::from(verdict.kind().code()),
            "reason" => verdict.reason().map(Reason::code).into(),
            "notice" => verdict.notice().map(Notice::code).into(),
            "malformed" => details.malformed.into(),
            "wrong_direction" => details.wrong_direction.into(),
            "valid_reprint" => details.valid_reprint.into(),
            "valid_day" => details.valid_day.map(|d| d.to_string()).into(),
            "limit" => details.limit.into(),
            "used_gate" => details.used_gate.and_then(named).into(),
            "used_at" => {
                let local = |at: DateTime<Utc>| at.with_timezone(&file.time_zone).format("%Y-%m-%d %H:%M").to_string();
                details.used_at.map(local).into()
            }
            other => return Err(format!("unknown expectation {other}")),
        };
        if got != *want {
            return Err(format!("{key}: expected {want}, got {got} ({verdict:?})"));
        }
    }
    let stopped = steps.last().and_then(|step| step.reason.as_ref());
    if stopped != verdict.reason() {
        return Err("the simulator names another reason".into());
    }
    Ok(())
}

#[test]
fn conformance_cases() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/admission/cases");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the cases").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a file of cases");
        let file: File = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for case in &file.cases {
            count += 1;
            if let Err(why) = check(&file, case) {
                wrong.push(format!("{} / {}: {why}", path.file_stem().unwrap_or_default().display(), case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 200, "only {count} cases");
}

fn any_rule() -> impl Strategy<Value = AccessRule> {
    let window = (prop::option::of(0u16..1440), prop::option::of(1u16..=1440));
    (prop::option::of(0usize..8), prop::option::of(0u8..4), window, 0usize..4, any::<bool>()).prop_map(
        |(category, at, (from, until), limit, allow)| AccessRule {
            id: AccessRuleId::from_uuid(Uuid::nil()),
            sort: 0,
            category: category.map(|i| Category::ALL[i]),
            place: at.map(|n| place(&n.to_string())),
            window: RuleWindow { days: Vec::new(), from, until },
            limit: EntryLimit::ALL[limit],
            quota: None,
            allow,
            version: 1,
        },
    )
}

fn at(minute: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 3, 24, 0, 0, 0).single().expect("valid") + Duration::minutes(minute)
}

prop_compose! {
    fn any_passage()(minute in 0i64..2000, gate in 0u8..4, inward in any::<bool>()) -> Passage {
        let moment = Moment::of(at(minute), Tz::UTC);
        let direction = if inward { Direction::In } else { Direction::Out };
        let gate = place(&gate.to_string());
        Passage { at: moment.at, day: moment.day, gate, zones: Arc::from([place("3")]), direction }
    }
}

#[derive(Debug, Clone)]
struct World {
    reading: Reading,
    credential: Option<CredentialFacts>,
    gate: Gate,
    passages: Vec<Passage>,
    rules: Vec<AccessRule>,
    scan: Presented,
}

impl World {
    fn decide(&self) -> Verdict {
        let facts = ScanFacts {
            reading: self.reading,
            credential: self.credential.as_ref(),
            gate: &self.gate,
            passages: &self.passages,
            quota: None,
            zone: None,
        };
        decide(&facts, &self.rules, &self.scan)
    }
}

prop_compose! {
    fn world()(
        reading in prop::sample::select(vec![Reading::Malformed, Reading::Forged, Reading::Foreign, Reading::Genuine, Reading::Plain]),
        issued in any::<bool>(), state in 0usize..4, category in 0usize..8, standing in 0usize..3,
        gate in 0u8..3, ways in 0usize..3, open in any::<bool>(), inward in any::<bool>(), minute in 2000i64..4000,
        passages in prop::collection::vec(any_passage(), 0..4), rules in prop::collection::vec(any_rule(), 0..5),
        overriding in any::<bool>(),
    ) -> World {
        let states = [CredentialState::Active, CredentialState::Blocked, CredentialState::Replaced, CredentialState::Revoked];
        let credential = CredentialFacts {
            state: states[state],
            category: Category::ALL[category],
            valid_from: None,
            valid_until: None,
            valid_reprint: None,
            standing: [Standing::Good, Standing::NotApproved, Standing::Unpaid][standing],
        };
        let gate = Gate {
            id: place(&gate.to_string()),
            edition: EditionId::from_uuid(Uuid::nil()),
            code: "G".into(),
            name: Bilingual::default(),
            direction: GateDirection::ALL[ways],
            zones: Arc::from([place("3")]),
            open,
            version: 1,
        };
        let direction = if inward { Direction::In } else { Direction::Out };
        let scan = Presented { direction, moment: Moment::of(at(minute), Tz::UTC), overriding };
        World { reading, credential: issued.then_some(credential), gate, passages, rules, scan }
    }
}

proptest! {
    #[test]
    fn an_override_admits_everything_but_forged(mut world in world()) {
        world.scan.overriding = false;
        let plain = world.decide();
        world.scan.overriding = true;
        let overridden = world.decide();
        match plain {
            Verdict::Deny(Reason::Forged) => prop_assert_eq!(overridden, Verdict::Deny(Reason::Forged)),
            Verdict::Deny(reason) => prop_assert_eq!(overridden, Verdict::AdmitWithNotice(Notice::Overridden(reason))),
            admitted => prop_assert_eq!(overridden, admitted),
        }
    }

    #[test]
    fn only_an_issued_active_badge_in_good_standing_comes_in(mut world in world()) {
        world.scan.overriding = false;
        world.scan.direction = Direction::In;
        if world.decide().admits() {
            let badge = world.credential.as_ref().expect("issued");
            prop_assert_eq!((badge.state, badge.standing), (CredentialState::Active, Standing::Good));
            prop_assert!(world.gate.open && world.gate.direction.allows(Direction::In));
            prop_assert!(matches!(world.reading, Reading::Genuine | Reading::Plain));
        }
    }

    #[test]
    fn nobody_with_a_badge_is_kept_inside(mut world in world()) {
        world.scan.direction = Direction::Out;
        world.gate.direction = GateDirection::Both;
        world.reading = Reading::Genuine;
        if world.credential.is_some() {
            prop_assert!(world.decide().admits());
        }
    }

    #[test]
    fn under_a_once_rule_an_admission_closes_the_door_behind_itself(mut world in world()) {
        world.scan.overriding = false;
        world.scan.direction = Direction::In;
        for rule in &mut world.rules {
            rule.limit = EntryLimit::Once;
        }
        if !world.rules.is_empty() && world.decide().admits() {
            let moment = world.scan.moment;
            world.passages.push(Passage {
                at: moment.at, day: moment.day, gate: world.gate.id, zones: world.gate.zones.clone(), direction: Direction::In,
            });
            let again = world.decide();
            prop_assert!(matches!(again, Verdict::Deny(Reason::AlreadyUsed(_))), "{:?}", again);
        }
    }

    #[test]
    fn more_history_never_opens_a_door_under_once(world in world(), extra in any_passage()) {
        let mut world = world;
        for rule in &mut world.rules {
            rule.limit = EntryLimit::Once;
        }
        world.scan.direction = Direction::In;
        let before = world.decide().admits();
        world.passages.push(extra);
        prop_assert!(before || !world.decide().admits());
    }

    #[test]
    fn the_reason_is_one_of_the_listed_codes(world in world()) {
        if let Some(reason) = world.decide().reason() {
            prop_assert!(Reason::CODES.contains(&reason.code()));
        }
    }
}
