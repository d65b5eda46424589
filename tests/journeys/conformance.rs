//! The conformance cases of `fixtures/admission/cases` through the interface for programs: each case is set up in the
//! database (zones, gates, rules, a badge in its state, earlier passages, other people inside), the clock is set, the
//! badge is presented, and the answer must be the table's.

use crate::harness::{Caller, TestApp};
use app::admission::{create_rule, remove_rule};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::access::Viewer;
use domain::admission::rule::RuleDraft;
use domain::admission::{Gate, GateDirection};
use domain::edition::Edition;
use domain::journal::Actor;
use domain::registration::Category;
use domain::registration::badge_code::{EditionTag, Payload, sign};
use domain::registration::draft::{Draft, Entry};
use domain::{Bilingual, PlaceId, RegistrationId, ScanId};
use ed25519_dalek::SigningKey;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Query, Tx};

/// Runs a statement with values.
macro_rules! run {
    ($tx:expr, $sql:expr, $($value:expr),+ $(,)?) => {
        $tx.run($sql, vec![$($value.into()),+]).await.expect("done")
    };
}

/// What the register cannot hold: nobody owes money yet, and a text that is no code has no badge behind it.
fn only_as_facts(case: &Value) -> bool {
    let badge = &case["badge"];
    badge["standing"] == "unpaid" || (badge["reading"] == "malformed") || (badge["reading"] == "forged")
}

/// An edition with the zones, gates and devices of one file.
struct Site {
    edition: Edition,
    zone: Tz,
    viewer: Viewer,
    zones: BTreeMap<String, PlaceId>,
    gates: BTreeMap<String, Gate>,
    devices: BTreeMap<String, Caller>,
    rules: Vec<(domain::AccessRuleId, i32)>,
    laid: Option<Value>,
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

impl Site {
    async fn build(t: &TestApp, slug: &str, file: &Value) -> Self {
        let edition = t.edition(slug).await;
        let zone: Tz = text(&file["time_zone"]).parse().expect("a time zone");
        let user = t.user("conformance@fairlead.example", true, &[]).await;
        let viewer = Viewer { user, name: "Conformance".into(), admin: true, grants: Vec::new(), token: None };
        let tx = t.app.store().begin().await.expect("a transaction");
        run!(tx, "update edition set time_zone = $2 where id = $1", edition.id.uuid(), zone.name());
        let zones = zones(&tx, &edition, &file["zones"]).await;
        let mut gates = BTreeMap::new();
        for (name, given) in file["gates"].as_object().expect("gates") {
            let gate = gate(&edition, name, given, &zones, &file["zones"]);
            store::record::admission::insert_gate(&tx, &gate).await.expect("a gate");
            gates.insert(name.clone(), gate);
        }
        tx.commit().await.expect("committed");
        let mut site =
            Self { edition, zone, viewer, zones, gates, devices: BTreeMap::new(), rules: vec![], laid: None };
        let mut program = t.program(&[domain::access::Permission::AdmissionManage], Some(site.edition.id)).await;
        for (name, gate) in &site.gates {
            let device = json!({"name": name, "gate": gate.id.to_string(), "profile": "supervisor"});
            let path = format!("/api/v1/editions/{slug}/devices");
            let code = program.send_json(Method::POST, &path, &device).await.expect(201).json()["code"].clone();
            let paired = t.visitor().send_json(Method::POST, "/api/v1/devices/pair", &json!({"code": code})).await;
            let key = text(&paired.expect(200).json()["key"]).to_owned();
            site.devices.insert(name.clone(), t.visitor().with_bearer(&key));
        }
        site
    }

    fn time(&self, text: &str) -> DateTime<Utc> {
        let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time of a case");
        self.zone.from_local_datetime(&naive).earliest().expect("such a time").with_timezone(&Utc)
    }

    /// Lays the rules of a case, unless they lie there already.
    async fn lay(&mut self, t: &TestApp, given: &Value) {
        if self.laid.as_ref() == Some(given) {
            return;
        }
        for (id, version) in std::mem::take(&mut self.rules) {
            remove_rule(&t.app, &self.viewer, self.edition.id, id, version).await.expect("removed");
        }
        for (index, rule) in given.as_array().expect("rules").iter().enumerate() {
            let days = rule["days"].as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(",");
            let draft = RuleDraft {
                category: text(&rule["category"]).to_owned(),
                place: rule["place"].as_str().map(|name| self.place(name).to_string()).unwrap_or_default(),
                days,
                from: text(&rule["from"]).to_owned(),
                until: text(&rule["until"]).to_owned(),
                limit: rule["limit"].as_str().unwrap_or("unlimited").to_owned(),
                quota_scope: text(&rule["quota_scope"]).to_owned(),
                quota_limit: rule["quota_limit"].as_i64().map(|n| n.to_string()).unwrap_or_default(),
                effect: text(&rule["effect"]).to_owned(),
                sort: index.to_string(),
                version: String::new(),
            };
            let change = draft.parse().expect("a sound rule");
            let id = create_rule(&t.app, &self.viewer, self.edition.id, change).await.expect("a rule");
            self.rules.push((id, 1));
        }
        self.laid = Some(given.clone());
    }

    fn place(&self, name: &str) -> PlaceId {
        self.zones.get(name).copied().or_else(|| self.gates.get(name).map(|gate| gate.id)).expect("a place")
    }

    /// Somebody registered, of a company, with a badge.
    async fn person(&self, t: &TestApp, company: &str) -> RegistrationId {
        let draft = Draft {
            submission: uuid::Uuid::now_v7().to_string(),
            family_name: format!("P{}", uuid::Uuid::now_v7().simple()),
            company: company.to_owned(),
            ..Draft::default()
        };
        let wish = draft.parse(Entry::Desk).expect("a sound wish");
        app::registration::register_walk_in(&t.app, Actor::System, &self.edition, &wish).await.expect("registered").id
    }

    async fn passed(&self, tx: &Tx, id: RegistrationId, gate: &Gate, at: DateTime<Utc>, direction: &str) {
        let local = at.with_timezone(&self.zone).naive_local();
        let sql = "insert into scan (edition_id, id, device_id, sequence, gate_id, direction, device_time, server_time, entry_time,
                       local_day, local_hour, code, credential_id, registration_id, category, verdict, offline, first_entry, note)
                   select c.edition_id, $2, null, 0, $3, $4, $5, $5, $5, $6, 0, c.code, c.id, c.registration_id, c.category,
                       'admit', $7, $7, $8 from credential c where c.registration_id = $1";
        let scan = app::chance::id::<ScanId>().uuid();
        run!(tx, sql, id.uuid(), scan, gate.id.uuid(), direction, at, local.date(), false, json!({}));
    }
}

/// Zones, those around first.
async fn zones(tx: &Tx, edition: &Edition, given: &Value) -> BTreeMap<String, PlaceId> {
    let mut made: BTreeMap<String, PlaceId> = BTreeMap::new();
    let given = given.as_object().expect("zones");
    while made.len() < given.len() {
        for (name, around) in given {
            let ready = around.as_str().is_none_or(|around| made.contains_key(around));
            if made.contains_key(name) || !ready {
                continue;
            }
            let id: PlaceId = app::chance::id();
            let parent = around.as_str().map(|around| made[around].uuid());
            let sql =
                "insert into place (id, venue_id, edition_id, parent_id, kind, code, name_en, name_zh, sort, version)
                       select $1, e.venue_id, e.id, $3, 'zone', $4, $4, $4, 0, 1 from edition e where e.id = $2";
            run!(tx, sql, id.uuid(), edition.id.uuid(), parent, name.as_str());
            made.insert(name.clone(), id);
        }
    }
    made
}

fn gate(edition: &Edition, name: &str, given: &Value, zones: &BTreeMap<String, PlaceId>, around: &Value) -> Gate {
    let mut behind = Vec::new();
    let mut next = given["zone"].as_str();
    while let Some(zone) = next {
        behind.push(zones[zone]);
        next = around[zone].as_str();
    }
    Gate {
        id: app::chance::id(),
        edition: edition.id,
        code: name.to_owned(),
        name: Bilingual::new(name, name),
        direction: GateDirection::parse(given["direction"].as_str().unwrap_or("both")).expect("a direction"),
        zones: Arc::from(behind),
        open: given["open"].as_bool().unwrap_or(true),
        version: 1,
    }
}

/// What the table wants of a code that was never issued.
fn strange(site: &Site, reading: &str, (key_no, key): &(u8, SigningKey)) -> String {
    let day = NaiveDate::from_ymd_opt(2027, 3, 24).expect("a day");
    let payload = |edition| Payload {
        key_no: *key_no,
        edition,
        serial: 4_000_000_000,
        category: Category::TradeVisitor,
        reprint_no: 0,
        valid_from: day,
        valid_until: day,
    };
    let own = EditionTag::of(site.edition.id);
    match reading {
        "forged" => sign(&payload(own), &SigningKey::from_bytes(&[9; 32])),
        "foreign" => sign(&payload(EditionTag([7; 8])), key),
        "genuine" => sign(&payload(own), key),
        "plain" => "QQQQWWWWEEEERRRRTTTT".to_owned(),
        _ => "no badge, but a bottle".to_owned(),
    }
}

async fn own_key(t: &TestApp, site: &Site) -> (u8, SigningKey) {
    let sql = "select key_no, secret from edition_key where edition_id = $1 and active";
    let rows = t.app.reader().rows(sql, vec![site.edition.id.uuid().into()]).await.expect("the key");
    let bytes: Vec<u8> = rows[0].get(1).expect("bytes");
    let no: i32 = rows[0].get(0).expect("a number");
    (u8::try_from(no).expect("small"), SigningKey::from_bytes(&bytes.try_into().expect("32 bytes")))
}

/// Puts the badge of a case into its state.
async fn dress(tx: &Tx, id: RegistrationId, badge: &Value) {
    let day = |name: &str, other: &str| -> NaiveDate { badge[name].as_str().unwrap_or(other).parse().expect("a day") };
    let sql =
        "update credential set state = $2, category = $3, valid_from = $4, valid_until = $5 where registration_id = $1";
    let (from, until) = (day("valid_from", "2000-01-01"), day("valid_until", "2099-12-31"));
    run!(tx, sql, id.uuid(), text(&badge["state"]), text(&badge["category"]), from, until);
    if badge["standing"] == "not_approved" {
        run!(tx, "update registration set status = 'registered' where id = $1", id.uuid());
    }
    if let Some(reprint) = badge["valid_reprint"].as_i64() {
        let new: domain::CredentialId = app::chance::id();
        let sql = "insert into credential (edition_id, id, registration_id, serial, category, code, code_hash, state, reprint_no,
                       valid_from, valid_until, issued_at)
                   select edition_id, $2, registration_id, serial + 1000000, category, $3, $3, 'active', $4, valid_from, valid_until,
                       issued_at from credential where registration_id = $1";
        run!(tx, sql, id.uuid(), new.uuid(), new.to_string(), i32::try_from(reprint).expect("small"));
    }
}

/// Others in the zone and others under the quota, so that the facts of the case are true.
async fn crowd(t: &TestApp, site: &Site, case: &Value, at: DateTime<Utc>) {
    let gate = &site.gates[text(&case["gate"])];
    // Who is counted under a quota is outside again; who fills a zone is inside and of no company.
    let used = case["quota"]["used"].as_i64().unwrap_or(0);
    for _ in 0..used {
        let id = site.person(t, "Delegation Ltd").await;
        let tx = t.app.store().begin().await.expect("a transaction");
        site.passed(&tx, id, gate, at - chrono::Duration::minutes(3), "in").await;
        site.passed(&tx, id, gate, at - chrono::Duration::minutes(2), "out").await;
        tx.commit().await.expect("committed");
    }
    let Some(capacity) = case["zone"]["capacity"].as_i64() else { return };
    let tx = t.app.store().begin().await.expect("a transaction");
    let zone = gate.zone().expect("a zone").uuid();
    let sql = "update place set capacity_persons = $2 where id = $1";
    run!(tx, sql, zone, i32::try_from(capacity).expect("small"));
    tx.commit().await.expect("committed");
    let first = site.person(t, "").await;
    let tx = t.app.store().begin().await.expect("a transaction");
    for number in 0..case["zone"]["inside"].as_i64().unwrap_or(0) {
        let id = if number == 0 { first } else { another(&tx, first, number).await };
        site.passed(&tx, id, gate, at - chrono::Duration::minutes(4), "in").await;
    }
    tx.commit().await.expect("committed");
}

/// Somebody like this person, with a badge: hundreds fill a zone, and how they registered is not what is asked here.
async fn another(tx: &Tx, like: RegistrationId, number: i64) -> RegistrationId {
    let id: RegistrationId = app::chance::id();
    let sql = "insert into registration (edition_id, id, number, submission, category, channel, status, family_name, given_name,
                   display_name, sort_key, company, job_title, email, folded_email, phone, country, locale, answers, access_hash,
                   created_at, local_day, version)
               select edition_id, $2, number + $3, $2, category, channel, status, family_name, given_name, display_name, sort_key,
                   company, job_title, email, folded_email, phone, country, locale, answers, $4, created_at, local_day, version
               from registration where id = $1";
    let further = 100_000 + i32::try_from(number).expect("small");
    run!(tx, sql, like.uuid(), id.uuid(), further, id.to_string());
    let badge: domain::CredentialId = app::chance::id();
    let sql = "insert into credential (edition_id, id, registration_id, serial, category, code, code_hash, state, reprint_no,
                   valid_from, valid_until, issued_at)
               select edition_id, $2, $3, serial + $4, category, $5, $5, state, reprint_no, valid_from, valid_until, issued_at
               from credential where registration_id = $1";
    run!(tx, sql, like.uuid(), badge.uuid(), id.uuid(), i64::from(further), badge.to_string());
    id
}

/// The rules of a case, with its quota on the first that lets in.
fn rules_of(file: &Value, case: &Value) -> Value {
    let mut rules = if case["rules"].is_array() { case["rules"].clone() } else { file["rules"].clone() };
    if let Some(limit) = case["quota"]["limit"].as_i64()
        && let Some(rule) = rules.as_array_mut().and_then(|all| all.iter_mut().find(|rule| rule["effect"] == "allow"))
    {
        rule["quota_scope"] = "company".into();
        rule["quota_limit"] = limit.into();
    }
    rules
}

/// Plays one case; what differs from the table.
async fn play(t: &TestApp, site: &mut Site, file: &Value, case: &Value) -> Vec<String> {
    let at = site.time(text(&case["at"]));
    t.clock.set(at);
    site.lay(t, &rules_of(file, case)).await;
    crowd(t, site, case, at).await;
    let mut code = String::new();
    if case["badge"].is_null() && case.as_object().is_some_and(|case| case.contains_key("badge")) {
        code = strange(site, text(&case["reading"]), &own_key(t, site).await);
    } else {
        let mut badge = file["badge"].clone();
        for (name, value) in case["badge"].as_object().into_iter().flatten() {
            badge[name] = value.clone();
        }
        let company = if case["quota"].is_object() { "Delegation Ltd" } else { "" };
        let id = site.person(t, company).await;
        code.push_str(&code_of(t, id).await);
        let tx = t.app.store().begin().await.expect("a transaction");
        for passage in case["passages"].as_array().into_iter().flatten() {
            let gate = &site.gates[text(&passage["gate"])];
            site.passed(&tx, id, gate, site.time(text(&passage["at"])), text(&passage["direction"])).await;
        }
        dress(&tx, id, &badge).await;
        tx.commit().await.expect("committed");
    }
    let mut scan = json!({"id": app::chance::id::<ScanId>().to_string(), "sequence": 1, "code": code});
    scan["direction"] = case["direction"].as_str().unwrap_or("in").into();
    if case["overriding"] == true {
        scan["override_reason"] = "the supervisor knows".into();
    }
    let path = format!("/api/v1/editions/{}/scans", site.edition.slug);
    let device = site.devices.get_mut(text(&case["gate"])).expect("a device");
    let answer = device.send_json(Method::POST, &path, &scan).await.expect(200).json();
    differences(site, case, &answer)
}

async fn code_of(t: &TestApp, id: RegistrationId) -> String {
    let sql = "select code from credential where registration_id = $1";
    t.app.reader().scalar(sql, vec![id.uuid().into()]).await.expect("an answer").expect("a badge")
}

fn differences(site: &Site, case: &Value, answer: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, want) in case["expect"].as_object().expect("expectations") {
        let got = match key.as_str() {
            "malformed" | "wrong_direction" => Value::from(answer[key] == true),
            "used_at" => answer["used_at"].as_str().map_or(Value::Null, |at| {
                let at: DateTime<Utc> = at.parse().expect("a time");
                at.with_timezone(&site.zone).format("%Y-%m-%d %H:%M").to_string().into()
            }),
            key => answer[key].clone(),
        };
        if got != *want {
            wrong.push(format!("{key}: expected {want}, got {got} in {answer}"));
        }
    }
    wrong
}

/// Cases about other people get an edition of their own: who fills a zone in one would fill it in the next.
fn is_about_others(case: &Value) -> bool {
    case["zone"].is_object() || case["quota"].is_object()
}

async fn conform(t: &TestApp) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/admission/cases");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the cases").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let (mut played, mut wrong) = (0, Vec::new());
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file: Value = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
        let mut shared = Site::build(t, &format!("c-{name}"), &file).await;
        for (number, case) in file["cases"].as_array().expect("cases").iter().enumerate() {
            if only_as_facts(case) {
                continue;
            }
            played += 1;
            let found = if is_about_others(case) {
                let mut own = Site::build(t, &format!("c-{name}-{number}"), &small(&file, case)).await;
                play(t, &mut own, &file, case).await
            } else {
                play(t, &mut shared, &file, case).await
            };
            wrong.extend(found.into_iter().map(|what| format!("{name} / {}: {what}", text(&case["name"]))));
        }
    }
    assert!(wrong.is_empty(), "{} answers differ of {played} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(played >= 200, "only {played} cases");
}

/// The same site with the gates a case needs only.
fn small(file: &Value, case: &Value) -> Value {
    let mut file = file.clone();
    let mut wanted = vec![text(&case["gate"]).to_owned()];
    wanted.extend(case["passages"].as_array().into_iter().flatten().map(|passage| text(&passage["gate"]).to_owned()));
    let rules = if case["rules"].is_array() { &case["rules"] } else { &file["rules"] };
    wanted.extend(rules.as_array().into_iter().flatten().map(|rule| text(&rule["place"]).to_owned()));
    if let Some(gates) = file["gates"].as_object_mut() {
        gates.retain(|name, _| wanted.contains(name));
    }
    file
}

both_databases! {
    async fn the_interface_answers_as_the_table(t: TestApp) {
        conform(&t).await;
    }
}
