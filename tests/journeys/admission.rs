//! At the gate: a device is paired, badges are scanned, the board hears of it.

use crate::harness::{Caller, TestApp};
use domain::access::{Permission, Role};
use domain::edition::Edition;
use domain::journal::Actor;
use domain::registration::draft::{Draft, Entry};
use domain::{RegistrationId, ScanId};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;

/// A show whose first open day is today, with a program that may manage its gates.
pub(super) struct Gates {
    pub edition: Edition,
    pub program: Caller,
}

impl Gates {
    pub async fn of(t: &TestApp, slug: &str) -> Self {
        let edition = t.edition(slug).await;
        t.wait(chrono::Duration::days(1));
        let rights = [Permission::AdmissionRead, Permission::AdmissionManage];
        let program = t.program(&rights, Some(edition.id)).await;
        Self { edition, program }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/editions/{}/{rest}", self.edition.slug)
    }

    pub async fn make(&mut self, what: &str, body: Value) -> Value {
        let path = self.path(what);
        self.program.send_json(Method::POST, &path, &body).await.expect(201).json()
    }

    pub async fn make_list(&mut self, what: &str) -> Vec<Value> {
        let path = self.path(what);
        self.program.get(&path).await.expect(200).json()["items"].as_array().expect("a list").clone()
    }

    pub async fn gate(&mut self, code: &str) -> String {
        let body = json!({"code": code, "name_en": format!("Gate {code}"), "direction": "both", "open": true});
        self.make("gates", body).await["id"].as_str().expect("an id").to_owned()
    }

    /// A device at a gate, paired, speaking with its key.
    pub async fn device(&mut self, t: &TestApp, gate: &str, profile: &str) -> Caller {
        let body = json!({"name": format!("{profile} at {gate}"), "gate": gate, "profile": profile});
        let code = self.make("devices", body).await["code"].as_str().expect("a code").to_owned();
        let mut nobody = t.visitor();
        let answer = nobody.send_json(Method::POST, "/api/v1/devices/pair", &json!({"code": code})).await.expect(200);
        let key = answer.json()["key"].as_str().expect("a key").to_owned();
        nobody.send_json(Method::POST, "/api/v1/devices/pair", &json!({"code": code})).await.expect(422);
        t.visitor().with_bearer(&key)
    }

    /// Somebody with a badge; the badge's code.
    pub async fn badge(&self, t: &TestApp, name: &str) -> (RegistrationId, String) {
        let draft = Draft {
            submission: uuid::Uuid::now_v7().to_string(),
            family_name: name.to_owned(),
            company: "Werkzeug GmbH".to_owned(),
            ..Draft::default()
        };
        let wish = draft.parse(Entry::Desk).expect("a sound wish");
        let entered =
            app::registration::register_walk_in(&t.app, Actor::System, &self.edition, &wish).await.expect("registered");
        (entered.id, code_of(t, &self.edition, entered.id).await)
    }

    pub async fn scan(&self, device: &mut Caller, body: Value) -> Value {
        device.send_json(Method::POST, &self.path("scans"), &body).await.expect(200).json()
    }
}

pub(super) async fn code_of(t: &TestApp, edition: &Edition, id: RegistrationId) -> String {
    let badge = store::read::registration::active_credential(&t.app.reader(), edition.id, id).await.expect("an answer");
    badge.expect("a badge").code
}

pub(super) fn scan_id() -> String {
    app::chance::id::<ScanId>().to_string()
}

pub(super) fn presented(code: &str) -> Value {
    json!({"id": scan_id(), "sequence": 1, "code": code})
}

pub(super) async fn rows(gates: &mut Gates) -> Vec<Value> {
    let path = gates.path("scans?limit=500");
    gates.program.get(&path).await.expect(200).json()["items"].as_array().expect("a list").clone()
}

both_databases! {
    async fn a_badge_goes_in_once_and_the_second_gate_says_where(t: TestApp) {
        let mut gates = Gates::of(&t, "once").await;
        let (north, south) = (gates.gate("N1").await, gates.gate("S1").await);
        gates.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let (mut a, mut b) = (gates.device(&t, &north, "steward").await, gates.device(&t, &south, "steward").await);
        let (_, code) = gates.badge(&t, "Zhang San").await;
        let first = gates.scan(&mut a, presented(&code)).await;
        assert_eq!((first["verdict"].as_str(), first["person"]["name"].as_str()), (Some("admit"), Some("Zhang San")));
        t.wait(chrono::Duration::minutes(5));
        let second = gates.scan(&mut b, presented(&code)).await;
        assert_eq!(second["verdict"], "deny");
        assert_eq!(second["reason"], "already_used");
        assert_eq!(second["used_gate"], "N1");
        assert_eq!(second["used_at"], first["server_time"]);
        let log = rows(&mut gates).await;
        assert_eq!(log.len(), 2);
        assert_eq!(log.iter().filter(|row| row["first_entry"] == true).count(), 1);
    }

    async fn strangers_are_told_apart_and_kept(t: TestApp) {
        let mut gates = Gates::of(&t, "strangers").await;
        let gate = gates.gate("N1").await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let (_, code) = gates.badge(&t, "Li Si").await;
        let other = t.edition("elsewhere").await;
        let elsewhere = Gates { edition: other, program: t.visitor() };
        let (_, foreign) = elsewhere.badge(&t, "Wang Wu").await;
        let forged = forge(&code);
        let cases = [
            (foreign, "wrong_edition", false),
            (forged, "forged", false),
            ("AAAABBBBCCCCDDDDEEEE".to_owned(), "unknown_code", false),
            ("A".repeat(10_000), "unknown_code", true),
            ("X1\u{0}\u{7}ABC".to_owned(), "unknown_code", true),
            (String::new(), "unknown_code", true),
            ("张三".to_owned(), "unknown_code", true),
        ];
        let count = cases.len();
        for (code, reason, malformed) in cases {
            let answer = gates.scan(&mut device, presented(&code)).await;
            assert_eq!((answer["verdict"].as_str(), answer["reason"].as_str()), (Some("deny"), Some(reason)));
            assert_eq!(answer["malformed"] == true, malformed, "{reason}");
        }
        assert_eq!(gates.scan(&mut device, presented(&format!(" {} ", code.to_lowercase()))).await["verdict"], "admit");
        assert_eq!(rows(&mut gates).await.len(), count + 1, "denied and unknown scans are rows too");
    }

    async fn the_same_scan_fifty_times_is_one_row(t: TestApp) {
        let mut gates = Gates::of(&t, "fifty").await;
        let gate = gates.gate("N1").await;
        gates.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let device = gates.device(&t, &gate, "steward").await;
        let (_, code) = gates.badge(&t, "Zhao Liu").await;
        let (scan, path) = (presented(&code), gates.path("scans"));
        let calls = (0..50).map(|_| {
            let (mut device, scan, path) = (device.clone(), scan.clone(), path.clone());
            tokio::spawn(async move { device.send_json(Method::POST, &path, &scan).await.expect(200).json() })
        });
        let mut fresh = 0;
        for call in calls.collect::<Vec<_>>() {
            let answer = call.await.expect("an answer");
            assert_eq!(answer["verdict"], "admit", "everybody gets the first answer");
            fresh += usize::from(answer["repeated"] == false);
        }
        assert_eq!((fresh, rows(&mut gates).await.len()), (1, 1));
    }

    async fn one_badge_at_many_gates_at_once_is_admitted_once(t: TestApp) {
        let mut gates = Gates::of(&t, "many").await;
        gates.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let mut devices = Vec::new();
        for number in 0..8 {
            let gate = gates.gate(&format!("G{number}")).await;
            devices.push(gates.device(&t, &gate, "steward").await);
        }
        // A second node on the same database, where there can be one.
        let second = second_node(&t).await;
        for round in 0..5 {
            let (_, code) = gates.badge(&t, &format!("Person {round}")).await;
            let path = gates.path("scans");
            let calls = devices.iter().enumerate().map(|(number, device)| {
                let mut device = match &second {
                    Some(node) if number % 2 == 1 => node.caller.with_bearer_of(device),
                    _ => device.clone(),
                };
                let (path, scan) = (path.clone(), presented(&code));
                tokio::spawn(async move { device.send_json(Method::POST, &path, &scan).await.expect(200).json() })
            });
            let mut admitted = 0;
            for call in calls.collect::<Vec<_>>() {
                admitted += usize::from(call.await.expect("an answer")["verdict"] == "admit");
            }
            assert_eq!(admitted, 1, "round {round}");
        }
    }

    async fn a_reprint_replaces_the_badge_and_keeps_the_history(t: TestApp) {
        let mut gates = Gates::of(&t, "reprint").await;
        let gate = gates.gate("N1").await;
        gates.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let (id, old) = gates.badge(&t, "Chen Qi").await;
        assert_eq!(gates.scan(&mut device, presented(&old)).await["verdict"], "admit");
        t.wait(chrono::Duration::minutes(1));
        app::registration::reprint_badge(&t.app, Actor::System, &gates.edition, id).await.expect("a reprint");
        let new = code_of(&t, &gates.edition, id).await;
        let answer = gates.scan(&mut device, presented(&old)).await;
        assert_eq!((answer["reason"].as_str(), answer["valid_reprint"].as_i64()), (Some("replaced"), Some(1)));
        assert_eq!(gates.scan(&mut device, presented(&new)).await["reason"], "already_used", "a new badge is no new entry");
    }

    async fn a_supervisor_overrides_all_but_forged_and_a_steward_nothing(t: TestApp) {
        let mut gates = Gates::of(&t, "override").await;
        let gate = gates.gate("N1").await;
        gates.make("access-rules", json!({"category": "vip", "limit": "once", "effect": "allow"})).await;
        let mut steward = gates.device(&t, &gate, "steward").await;
        let mut supervisor = gates.device(&t, &gate, "supervisor").await;
        let (id, code) = gates.badge(&t, "Sun Ba").await;
        assert_eq!(gates.scan(&mut steward, presented(&code)).await["reason"], "wrong_zone");
        let mut plea = presented(&code);
        plea["override_reason"] = "guest of the minister".into();
        let path = gates.path("scans");
        steward.send_json(Method::POST, &path, &plea).await.expect(403);
        plea["id"] = scan_id().into();
        let answer = gates.scan(&mut supervisor, plea).await;
        assert_eq!((answer["verdict"].as_str(), answer["notice"].as_str()), (Some("admit_with_notice"), Some("overridden")));
        assert_eq!(answer["reason"], "wrong_zone");
        let mut forged = presented(&forge(&code));
        forged["override_reason"] = "please".into();
        assert_eq!(gates.scan(&mut supervisor, forged).await["verdict"], "deny");
        let subject = domain::journal::Subject::new(domain::journal::SubjectKind::Registration, id);
        let history = store::read::journal::timeline(&t.app.reader(), subject, 10).await.expect("a timeline");
        assert!(history.iter().any(|entry| entry.fact.kind == "scan.overridden"), "every override is in the journal");
    }

    async fn scans_made_without_network_are_all_kept_and_judged(t: TestApp) {
        let mut gates = Gates::of(&t, "offline").await;
        let gate = gates.gate("N1").await;
        gates.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let (_, code) = gates.badge(&t, "Zhou Jiu").await;
        let made = t.now();
        t.wait(chrono::Duration::hours(2));
        // The device's clock is three hours slow; it knows.
        let clock = |minutes: i64| (made + chrono::Duration::minutes(minutes) - chrono::Duration::hours(3)).to_rfc3339();
        let offline = |minutes: i64, sequence: i64| json!({
            "id": scan_id(), "sequence": sequence, "code": code, "device_time": clock(minutes),
            "offset_ms": 3 * 3600 * 1000, "shown": "admit_with_notice",
        });
        let batch = json!({"scans": [offline(30, 2), offline(10, 1), {"id": "nonsense", "code": "x"}]});
        let path = gates.path("scans/batch");
        let answer = device.send_json(Method::POST, &path, &batch).await.expect(200).json();
        let results = answer["results"].as_array().expect("one result a scan");
        assert_eq!(results.iter().map(|r| r["accepted"] == true).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!(results[1]["answer"]["judged"], "admit", "the earlier one is the entry, whatever the order of upload");
        assert_eq!((results[0]["answer"]["judged"].as_str(), results[0]["answer"]["reason"].as_str()), (Some("deny"), Some("already_used")));
        assert_eq!(results[2]["errors"][0]["field"], "id");
        // Sent once more, as after a lost answer: nothing is doubled.
        device.send_json(Method::POST, &path, &batch).await.expect(200);
        let log = rows(&mut gates).await;
        assert_eq!(log.len(), 2);
        let times: HashSet<_> = log.iter().map(|row| row["entry_time"].as_str().expect("a time").to_owned()).collect();
        let at = |minutes: i64| serde_json::to_value(made + chrono::Duration::minutes(minutes)).expect("a time");
        assert_eq!(times, [at(10), at(30)].iter().map(|v| v.as_str().expect("text").to_owned()).collect());
    }

    async fn a_browser_is_paired_scans_and_is_withdrawn(t: TestApp) {
        let mut gates = Gates::of(&t, "browser").await;
        let gate = gates.gate("N1").await;
        let mut supervisor = t.staff(Role::GateSupervisor, gates.edition.id).await;
        let form = [("name", "Phone 07"), ("gate", gate.as_str()), ("profile", "steward")];
        let page = supervisor.post("/e/browser/admission/devices", &form).await.expect(200);
        let code = page.text.split("pairing-code\">").nth(1).and_then(|t| t.split('<').next()).expect("a code").to_owned();
        let mut phone = t.visitor();
        assert!(phone.get("/desk").await.expect(303).location().starts_with("/desk/pair"));
        phone.post("/desk/pair", &[("code", "NOPE-NOPE-NOPE")]).await.expect(422);
        let path = format!("/desk/pair/{code}");
        phone.get(&path).await.expect(200).shows("Phone 07");
        phone.get(&path).await.expect(200);
        phone.post(&path, &[]).await.expect(303);
        let page = phone.get("/desk").await.expect(200);
        let policy = page.headers["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.contains("wasm-unsafe-eval"), "{policy}");
        let (_, badge) = gates.badge(&t, "Wu Shi").await;
        let shown = phone.post("/desk/scan", &[("code", &badge)]).await.expect(303).location().to_owned();
        phone.get(&shown).await.expect(200).shows("Wu Shi").shows("verdict-admit");
        // The second browser with the used code is nobody.
        t.visitor().post(&path, &[]).await.expect(422);
        let devices = supervisor.get("/e/browser/admission/devices").await.expect(200).text;
        let link = devices.split("/admission/devices/").filter_map(|t| t.split('"').next()).find(|id| id.len() == 36);
        let revoke = format!("/e/browser/admission/devices/{}/revoke", link.expect("the device"));
        supervisor.post(&revoke, &[]).await.expect(303);
        assert!(phone.get("/desk").await.expect(303).location().starts_with("/desk/pair"), "its key is gone at once");
    }

    async fn the_board_hears_of_a_scan(t: TestApp) {
        let mut gates = Gates::of(&t, "board").await;
        let gate = gates.gate("N1").await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let mut director = t.staff(Role::Director, gates.edition.id).await;
        director.get("/e/board/admission").await.expect(200).shows("data-live=\"/events/board/admission\"");
        let mut stream = director.stream("/events/board/admission").await;
        let first = stream.next(Duration::from_secs(5)).await.expect("the board as it is");
        assert!(first.contains("event: fragment") && !first.contains("Zheng Yi"));
        let (_, code) = gates.badge(&t, "Zheng Yi").await;
        gates.scan(&mut device, presented(&code)).await;
        let second = stream.next(Duration::from_secs(5)).await.expect("the board anew");
        assert!(second.contains("Zheng Yi"), "{second}");
        for page in ["/e/board/admission/scans", "/e/board/admission/gates", "/e/board/admission/rules"] {
            director.get(page).await.expect(200).shows("N1");
        }
        director.get("/e/board/admission/scans?q=zheng").await.expect(200).shows("Zheng Yi");
        director.get("/e/board/admission/scans.csv").await.expect(200).shows("Zheng Yi");
        director.get("/e/board/admission/scans.xlsx").await.expect(200);
    }

    async fn changes_of_gates_hold_at_once(t: TestApp) {
        let mut gates = Gates::of(&t, "switch").await;
        let gate = gates.gate("N1").await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let mut supervisor = t.staff(Role::GateSupervisor, gates.edition.id).await;
        let (_, code) = gates.badge(&t, "Feng Er").await;
        assert_eq!(gates.scan(&mut device, presented(&code)).await["verdict"], "admit");
        let switch = format!("/e/switch/admission/gates/{gate}/switch");
        supervisor.post(&switch, &[("to", "shut")]).await.expect(303);
        assert_eq!(gates.scan(&mut device, presented(&code)).await["reason"], "gate_closed");
        let mut out = presented(&code);
        out["direction"] = "out".into();
        assert_eq!(gates.scan(&mut device, out).await["verdict"], "admit", "nobody is kept inside");
        supervisor.post(&switch, &[("to", "open")]).await.expect(303);
        let asked = format!("/e/switch/admission/rules?category=vip&gate={gate}&at=2027-05-12T10%3A00");
        supervisor.get(&asked).await.expect(200).shows("simulated-checks");
        supervisor.post("/e/switch/admission/rules", &[("limit", "once"), ("effect", "maybe"), ("from", "25:00")]).await.expect(422);
    }

    async fn a_device_is_of_one_edition(t: TestApp) {
        let mut gates = Gates::of(&t, "mine").await;
        let gate = gates.gate("N1").await;
        let mut device = gates.device(&t, &gate, "steward").await;
        t.edition("theirs").await;
        device.send_json(Method::POST, "/api/v1/editions/theirs/scans", &presented("X")).await.expect(404);
        let mut bad = presented("X");
        bad["id"] = "not-an-id".into();
        let answer = device.send_json(Method::POST, &gates.path("scans"), &bad).await.expect(422).json();
        assert_eq!(answer["errors"][0]["field"], "id");
        t.visitor().with_bearer("fld_nobody").send_json(Method::POST, &gates.path("scans"), &bad).await.expect(401);
    }
}

/// Another character of the signature, still well-formed.
fn forge(code: &str) -> String {
    let (head, tail) = code.split_at(60);
    let (other, rest) = tail.split_at(1);
    format!("{head}{}{rest}", if other == "A" { "B" } else { "A" })
}

/// Another app on the same database: PostgreSQL only, SQLite's file belongs to one process.
struct Node {
    caller: Caller,
    _server: tokio::task::JoinHandle<()>,
}

async fn second_node(t: &TestApp) -> Option<Node> {
    if t.database.kind() == crate::harness::Kind::Sqlite {
        return None;
    }
    let store = crate::harness::database::open(t.database.url()).await;
    let app = app::App::new(store, t.clock.clone(), t.app.settings().clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let service = web::service(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await.expect("it serves") });
    Some(Node { caller: Caller::new(address), _server: server })
}
