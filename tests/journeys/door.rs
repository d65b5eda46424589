//! Devices at the door: what they fetch for the time without network, being moved, told something and withdrawn; rooms
//! that fill up and companies that use up their quota.

use crate::harness::{Caller, TestApp};
use domain::access::{Permission, Role};
use domain::admission::seal;
use domain::edition::Edition;
use domain::journal::Actor;
use domain::registration::draft::{Draft, Entry};
use domain::{RegistrationId, ScanId};
use reqwest::Method;
use serde_json::{Value, json};
use store::Query;

/// A show with gates, a program that manages them, and people.
pub(super) struct Show {
    pub(super) edition: Edition,
    pub(super) program: Caller,
}

impl Show {
    pub(super) async fn of(t: &TestApp, slug: &str) -> Self {
        let edition = t.edition(slug).await;
        t.wait(chrono::Duration::days(1));
        let rights = [Permission::AdmissionRead, Permission::AdmissionManage];
        let program = t.program(&rights, Some(edition.id)).await;
        Self { edition, program }
    }

    pub(super) fn path(&self, rest: &str) -> String {
        format!("/api/v1/editions/{}/{rest}", self.edition.slug)
    }

    async fn make(&mut self, what: &str, body: Value) -> Value {
        let path = self.path(what);
        self.program.send_json(Method::POST, &path, &body).await.expect(201).json()
    }

    /// A gate, into a zone that holds so many when a capacity is given.
    pub(super) async fn gate(&mut self, t: &TestApp, code: &str, capacity: Option<i32>) -> String {
        let body = json!({"code": code, "name_en": code, "direction": "both", "open": true});
        let gate = self.make("gates", body).await["id"].as_str().expect("an id").to_owned();
        if let Some(capacity) = capacity {
            let zone = app::chance::id::<domain::PlaceId>().uuid();
            let tx = t.app.store().begin().await.expect("a transaction");
            let sql = "insert into place (id, venue_id, edition_id, parent_id, kind, code, name_en, name_zh, capacity_persons, sort, version)
                       select $1, e.venue_id, e.id, null, 'room', $3, $3, $3, $4, 0, 1 from edition e where e.id = $2";
            let bound =
                vec![zone.into(), self.edition.id.uuid().into(), format!("{code}-ROOM").into(), capacity.into()];
            tx.run(sql, bound).await.expect("a room");
            let id: uuid::Uuid = gate.parse().expect("an id");
            tx.run("update gate set zone_id = $2 where id = $1", vec![id.into(), zone.into()])
                .await
                .expect("leads there");
            tx.commit().await.expect("committed");
        }
        gate
    }

    pub(super) async fn device(&mut self, t: &TestApp, gate: &str, profile: &str) -> (String, Caller) {
        let body =
            json!({"name": format!("{profile} {}", uuid::Uuid::now_v7().simple()), "gate": gate, "profile": profile});
        let made = self.make("devices", body).await;
        let mut nobody = t.visitor();
        let answer =
            nobody.send_json(Method::POST, "/api/v1/devices/pair", &json!({"code": made["code"]})).await.expect(200);
        let key = answer.json()["key"].as_str().expect("a key").to_owned();
        (made["id"].as_str().expect("an id").to_owned(), t.visitor().with_bearer(&key))
    }

    pub(super) async fn badge(&self, t: &TestApp, name: &str, company: &str) -> (RegistrationId, String) {
        let draft = Draft {
            submission: uuid::Uuid::now_v7().to_string(),
            family_name: name.to_owned(),
            company: company.to_owned(),
            ..Draft::default()
        };
        let wish = draft.parse(Entry::Desk).expect("a sound wish");
        let entered = app::registration::register_walk_in(&t.app, Actor::System, &self.edition, &wish).await;
        let id = entered.expect("registered").id;
        let badge = store::read::registration::active_credential(&t.app.reader(), self.edition.id, id).await;
        (id, badge.expect("an answer").expect("a badge").code)
    }

    async fn scan(&self, device: &mut Caller, code: &str, direction: &str) -> Value {
        let body = json!({"id": scan_id(), "sequence": 1, "code": code, "direction": direction});
        device.send_json(Method::POST, &self.path("scans"), &body).await.expect(200).json()
    }

    async fn contact(&self, device: &mut Caller, report: Value) -> Value {
        device.send_json(Method::POST, &self.path("device/contact"), &report).await.expect(200).json()
    }

    async fn fetch(&self, device: &mut Caller, what: &str, after: &str) -> Value {
        device.get(&self.path(&format!("device/{what}?after={after}"))).await.expect(200).json()
    }

    pub(super) async fn devices(&mut self) -> Vec<Value> {
        let path = self.path("devices");
        self.program.get(&path).await.expect(200).json()["items"].as_array().expect("a list").clone()
    }
}

pub(super) fn scan_id() -> String {
    app::chance::id::<ScanId>().to_string()
}

fn handle(code: &str) -> String {
    seal::handle(code).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn items(piece: &Value) -> &Vec<Value> {
    piece["items"].as_array().expect("a list")
}

fn offline(code: &str, at: chrono::DateTime<chrono::Utc>, gate: &str) -> Value {
    json!({
        "id": scan_id(), "sequence": 1, "code": code, "direction": "in", "device_time": at.to_rfc3339(), "offset_ms": 0,
        "shown": "admit", "gate": gate,
    })
}

/// Whether a badge waited at the agent's station; it is on paper after that.
pub(super) async fn comes_out(agent: &mut Caller) -> bool {
    let ask = json!({"run": "01890a5d-ac96-774b-bcce-0000000000aa", "agent": "test", "wait": 0});
    let answer = agent.send_json(Method::POST, "/api/v1/print-agent/claim", &ask).await;
    if answer.status.as_u16() == 204 {
        return false;
    }
    let handed = answer.expect(200).json();
    let said = json!({"attempt": handed["attempt"], "failure": "", "complete": true, "note": ""});
    let path = format!("/api/v1/print-agent/jobs/{}", handed["job"].as_str().expect("an id"));
    agent.send_json(Method::POST, &path, &said).await.expect(204);
    true
}

both_databases! {
    async fn a_device_takes_along_what_it_needs_and_nobodys_name(t: TestApp) {
        let mut show = Show::of(&t, "along").await;
        let gate = show.gate(&t, "N1", None).await;
        show.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let (_, mut device) = show.device(&t, &gate, "steward").await;
        let (id, code) = show.badge(&t, "Zhang San", "Werkzeug GmbH").await;
        let said = show.contact(&mut device, json!({"battery": 0.5})).await;
        assert_eq!(said["zone"], "Asia/Shanghai");
        assert_eq!((said["device"]["gate"].as_str(), said["limited"].as_bool()), (Some(gate.as_str()), Some(true)));
        assert_eq!((said["rules"][0]["limit"].as_str(), said["gates"][0]["code"].as_str()), (Some("once"), Some("N1")));
        let piece = show.fetch(&mut device, "badges", "").await;
        let kept = items(&piece).iter().find(|one| one["h"] == handle(&code)).expect("the badge").clone();
        assert_eq!((kept["s"].as_str(), kept["t"].as_str()), (Some("active"), Some("good")));
        let whole = piece.to_string();
        assert!(!whole.contains("Zhang") && !whole.contains("Werkzeug") && !whole.contains(&code), "sealed");
        let sealed = data_encoding::BASE64.decode(kept["p"].as_str().expect("text").as_bytes()).expect("base64");
        let person = seal::open(&code, &sealed).expect("the badge opens its record");
        assert_eq!((person.name.as_str(), person.company.as_str()), ("Zhang San", "Werkzeug GmbH"));
        // What is new comes with the cursor: a badge blocked, another badge made.
        let next = piece["next"].as_str().expect("a cursor").to_owned();
        t.wait(chrono::Duration::minutes(2));
        app::registration::block_badge(&t.app, Actor::System, &show.edition, id, "lost").await.expect("blocked");
        let (_, second) = show.badge(&t, "Li Si", "").await;
        let news = show.fetch(&mut device, "badges", &next).await;
        let state = |code: &str| items(&news).iter().find(|one| one["h"] == handle(code)).map(|one| one["s"].clone());
        assert_eq!((state(&code), state(&second)), (Some("blocked".into()), Some("active".into())));
        assert_eq!(news["more"], false);
        // Passages of all gates, by the number of the registration.
        assert_eq!(show.scan(&mut device, &second, "in").await["verdict"], "admit");
        let passed = show.fetch(&mut device, "passages", "").await;
        assert_eq!(items(&passed).len(), 1);
        assert_eq!((items(&passed)[0]["g"].as_str(), items(&passed)[0]["d"].as_str()), (Some(gate.as_str()), Some("in")));
        let next = passed["next"].as_str().expect("a cursor").to_owned();
        let again = show.fetch(&mut device, "passages", &next).await;
        assert!(items(&again).iter().all(|one| one["id"] == items(&passed)[0]["id"]), "some come twice, none is lost");
        show.fetch(&mut device, "badges", "nonsense").await;
    }

    async fn a_device_tells_of_itself_and_is_told(t: TestApp) {
        let mut show = Show::of(&t, "tells").await;
        let (north, south) = (show.gate(&t, "N1", None).await, show.gate(&t, "S1", None).await);
        let (id, mut device) = show.device(&t, &north, "steward").await;
        let (_, mut other) = show.device(&t, &south, "steward").await;
        let report = json!({"battery": 0.12, "unsent": 3, "refused": 1, "offset_ms": 7_200_000, "kept": true});
        show.contact(&mut device, report).await;
        let line = show.devices().await.into_iter().find(|line| line["id"] == id.as_str()).expect("the device");
        assert_eq!((line["battery_percent"].as_i64(), line["unsent"].as_i64()), (Some(12), Some(3)));
        assert_eq!(line["cares"], json!(["battery", "unsent", "refused", "stale", "clock"]));
        let mut supervisor = t.staff(Role::GateSupervisor, show.edition.id).await;
        supervisor.get("/e/tells/admission/devices").await.expect(200).shows("Battery low");
        supervisor.get(&format!("/e/tells/admission/devices/{id}")).await.expect(200).shows("What the device says");
        // Words: to one gate, then read there.
        let form = [("to", format!("gate:{north}")), ("text", "Open the side door".to_owned()), ("minutes", String::new())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        supervisor.post("/e/tells/admission/messages", &form).await.expect(303);
        supervisor.post("/e/tells/admission/messages", &[("to", "gate:nowhere"), ("text", "")]).await.expect(422);
        let said = show.contact(&mut device, json!({})).await;
        assert_eq!(said["messages"][0]["text"], "Open the side door");
        assert_eq!(show.contact(&mut other, json!({})).await["messages"], json!([]), "not for this gate");
        let read = json!({"read": [said["messages"][0]["id"]]});
        assert_eq!(show.contact(&mut device, read).await["messages"], json!([]));
        let path = show.path("device-messages");
        let sent = show.program.get(&path).await.expect(200).json();
        assert_eq!((items(&sent)[0]["to"].as_str(), items(&sent)[0]["read"].as_i64()), (Some("N1"), Some(1)));
        let body = json!({"to": format!("device:{id}"), "text": "x".repeat(300)});
        show.program.send_json(Method::POST, &path, &body).await.expect(422);
        // It runs out.
        show.make("device-messages", json!({"to": "all", "text": "Lunch", "minutes": 5})).await;
        assert_eq!(show.contact(&mut other, json!({})).await["messages"][0]["text"], "Lunch");
        t.wait(chrono::Duration::minutes(6));
        assert_eq!(show.contact(&mut other, json!({})).await["messages"], json!([]));
    }

    async fn an_incident_is_seen_at_every_gate_until_it_is_over(t: TestApp) {
        let mut show = Show::of(&t, "smoke").await;
        let gate = show.gate(&t, "N1", None).await;
        let (_, mut device) = show.device(&t, &gate, "steward").await;
        assert_eq!(show.contact(&mut device, json!({})).await["alarms"], json!([]));
        let mut manager = t.staff(Role::Manager, show.edition.id).await;
        let place = [("kind", "hall"), ("code", "N3"), ("name_en", "Hall N3"), ("name_zh", "N3 馆")];
        manager.post("/e/smoke/venue/places", &place).await.expect(303);
        let mut hall = t.staff(Role::HallManager, show.edition.id).await;
        let places = hall.get("/e/smoke/incidents/declare?hazard=K01").await.expect(200);
        let id = places.text.split("place=").nth(1).and_then(|rest| rest.get(..36)).expect("a place").to_owned();
        let sent = [("hazard", "K01"), ("place", id.as_str()), ("note", "")];
        hall.post("/e/smoke/incidents/declare", &sent).await.expect(303);
        let alarms = show.contact(&mut device, json!({})).await["alarms"].clone();
        assert_eq!((alarms[0]["number"].as_i64(), alarms[0]["place_zh"].as_str()), (Some(1), Some("N3 馆")));
        assert_eq!(alarms[0]["hazard_en"], "Fire or smoke");
    }

    async fn a_moved_device_keeps_its_key_and_its_scans_their_gate(t: TestApp) {
        let mut show = Show::of(&t, "moved").await;
        let (north, south) = (show.gate(&t, "N1", None).await, show.gate(&t, "S1", None).await);
        let (id, mut device) = show.device(&t, &north, "steward").await;
        let (_, code) = show.badge(&t, "Wang Wu", "").await;
        let then = t.now();
        t.wait(chrono::Duration::minutes(10));
        let path = show.path(&format!("devices/{id}/move"));
        let stale = json!({"name": "Phone 9", "gate": south, "profile": "supervisor", "version": 99});
        show.program.send_json(Method::POST, &path, &stale).await.expect(409);
        let nowhere = json!({"name": "Phone 9", "gate": scan_id(), "profile": "steward", "version": 2});
        show.program.send_json(Method::POST, &path, &nowhere).await.expect(422);
        let version = show.devices().await.into_iter().find(|line| line["id"] == id.as_str()).expect("it")["version"].clone();
        let change = json!({"name": "Phone 9", "gate": south, "profile": "supervisor", "version": version});
        show.program.send_json(Method::POST, &path, &change).await.expect(204);
        let said = show.contact(&mut device, json!({})).await;
        assert_eq!((said["device"]["gate"].as_str(), said["device"]["profile"].as_str()), (Some(south.as_str()), Some("supervisor")));
        // What it scanned at the old gate is handed in now, and belongs there.
        let batch = json!({"scans": [offline(&code, then, &north)]});
        let answer = device.send_json(Method::POST, &show.path("scans/batch"), &batch).await.expect(200).json();
        assert_eq!(answer["results"][0]["answer"]["gate"], "N1");
        assert_eq!(show.scan(&mut device, &code, "in").await["gate"], "S1");
        let mut supervisor = t.staff(Role::GateSupervisor, show.edition.id).await;
        let page = format!("/e/moved/admission/devices/{id}/move");
        supervisor.get(&page).await.expect(200).shows("Phone 9");
        supervisor.post(&page, &[("name", ""), ("profile", "steward"), ("version", "1")]).await.expect(422);
        supervisor.get(&format!("/e/moved/admission/devices/{id}")).await.expect(200).shows("gate S1");
    }

    async fn a_withdrawn_device_hands_in_what_it_scanned_and_nothing_else(t: TestApp) {
        let mut show = Show::of(&t, "farewell").await;
        let gate = show.gate(&t, "N1", None).await;
        let (id, mut device) = show.device(&t, &gate, "steward").await;
        let (_, code) = show.badge(&t, "Zhao Liu", "").await;
        let then = t.now();
        t.wait(chrono::Duration::minutes(1));
        let path = show.path(&format!("devices/{id}/revoke"));
        show.program.send_json(Method::POST, &path, &json!({})).await.expect(204);
        device.send_json(Method::POST, &show.path("device/contact"), &json!({})).await.expect(401);
        device.get(&show.path("device/badges")).await.expect(401);
        let batch = json!({"scans": [offline(&code, then, &gate), {"id": scan_id(), "code": code}]});
        device.send_json(Method::POST, &show.path("scans/batch"), &batch).await.expect(401);
        let answer = device.send_json(Method::POST, &show.path("device/farewell"), &batch).await.expect(200).json();
        assert_eq!(answer["results"][0]["accepted"], true, "what was scanned without network is never lost");
        assert_eq!(answer["results"][1]["errors"][0]["code"], "device-revoked", "it lets nobody in any more");
        let log = show.path("scans?limit=10");
        assert_eq!(items(&show.program.get(&log).await.expect(200).json()).len(), 1);
        t.wait(chrono::Duration::days(8));
        device.send_json(Method::POST, &show.path("device/farewell"), &batch).await.expect(401);
        t.visitor().with_bearer("fld_nobody").send_json(Method::POST, &show.path("device/farewell"), &batch).await.expect(401);
    }

    async fn a_room_fills_up_and_empties(t: TestApp) {
        let mut show = Show::of(&t, "room").await;
        let gate = show.gate(&t, "ROOM", Some(2)).await;
        let (_, mut device) = show.device(&t, &gate, "steward").await;
        let mut codes = Vec::new();
        for name in ["Anna", "Ben", "Carla"] {
            codes.push(show.badge(&t, name, "").await.1);
        }
        assert_eq!(show.scan(&mut device, &codes[0], "in").await["verdict"], "admit");
        assert_eq!(show.scan(&mut device, &codes[1], "in").await["verdict"], "admit");
        let full = show.scan(&mut device, &codes[2], "in").await;
        assert_eq!((full["reason"].as_str(), full["limit"].as_i64()), (Some("zone_full"), Some(2)));
        assert_eq!(show.scan(&mut device, &codes[1], "in").await["verdict"], "admit", "who is inside needs no new place");
        let loads = show.contact(&mut device, json!({})).await["loads"].clone();
        assert_eq!((loads[0]["capacity"].as_i64(), loads[0]["inside"].as_i64()), (Some(2), Some(2)));
        assert_eq!(show.scan(&mut device, &codes[0], "out").await["verdict"], "admit");
        assert_eq!(show.scan(&mut device, &codes[2], "in").await["verdict"], "admit");
        assert_eq!(show.scan(&mut device, &codes[0], "in").await["reason"], "zone_full");
        t.wait(chrono::Duration::days(1));
        assert_eq!(show.scan(&mut device, &codes[0], "in").await["verdict"], "admit", "a new day begins with an empty room");
        // One request, many people: each sees those before.
        let many: Vec<_> = [&codes[1], &codes[2]].iter().map(|code| json!({"id": scan_id(), "sequence": 2, "code": code})).collect();
        let path = show.path("scans/batch");
        let answer = device.send_json(Method::POST, &path, &json!({"scans": many})).await.expect(200).json();
        let said: Vec<_> = answer["results"].as_array().expect("two").iter().map(|r| r["answer"]["verdict"].clone()).collect();
        assert_eq!(said, ["admit", "deny"]);
    }

    async fn a_company_uses_up_its_quota_and_others_do_not(t: TestApp) {
        let mut show = Show::of(&t, "quota").await;
        let gate = show.gate(&t, "N1", None).await;
        let rule = json!({"limit": "unlimited", "effect": "allow", "quota_scope": "company", "quota_limit": 2});
        show.make("access-rules", rule).await;
        let path = show.path("access-rules");
        let half = json!({"limit": "unlimited", "effect": "allow", "quota_scope": "company"});
        show.program.send_json(Method::POST, &path, &half).await.expect(422);
        let denying = json!({"limit": "unlimited", "effect": "deny", "quota_scope": "company", "quota_limit": 2});
        show.program.send_json(Method::POST, &path, &denying).await.expect(422);
        let (_, mut device) = show.device(&t, &gate, "steward").await;
        let mut codes = Vec::new();
        for name in ["Anna", "Ben", "Carla"] {
            codes.push(show.badge(&t, name, "Müller AG").await.1);
        }
        let alone = show.badge(&t, "Dora", "").await.1;
        let other = show.badge(&t, "Emil", "Meier AG").await.1;
        for code in [&codes[0], &codes[1], &codes[0], &alone, &other] {
            assert_eq!(show.scan(&mut device, code, "in").await["verdict"], "admit");
        }
        let third = show.scan(&mut device, &codes[2], "in").await;
        assert_eq!((third["reason"].as_str(), third["limit"].as_i64()), (Some("quota_reached"), Some(2)));
        t.wait(chrono::Duration::days(1));
        assert_eq!(show.scan(&mut device, &codes[2], "in").await["reason"], "quota_reached", "a quota is for the whole show");
        let piece = show.fetch(&mut device, "badges", "").await;
        let group = |code: &str| items(&piece).iter().find(|one| one["h"] == handle(code)).expect("a badge")["g"].clone();
        assert_eq!(group(&codes[0]), group(&codes[1]));
        assert_ne!(group(&codes[0]), group(&other));
        assert_eq!(group(&alone), json!({}));
        let mut supervisor = t.staff(Role::GateSupervisor, show.edition.id).await;
        supervisor.get("/e/quota/admission/rules").await.expect(200).shows("at most 2 of one company");
    }

    async fn a_desk_finds_and_registers_people_and_a_steward_does_not(t: TestApp) {
        let mut show = Show::of(&t, "desk").await;
        let gate = show.gate(&t, "N1", None).await;
        let (_, mut steward) = show.device(&t, &gate, "steward").await;
        let (_, mut desk) = show.device(&t, &gate, "desk").await;
        show.badge(&t, "Schmidt", "Werkzeug GmbH").await;
        steward.get("/desk/people?q=schmidt").await.expect(409);
        steward.get("/desk/walk-in").await.expect(409);
        let found = desk.get("/desk/people?q=schm").await.expect(200).shows("Schmidt").text;
        let person = found.split("href=\"/desk/people/").nth(1).and_then(|t| t.split('"').next()).expect("a link").to_owned();
        desk.get(&format!("/desk/people/{person}")).await.expect(200).shows("Badge as PDF");
        let pdf = desk.get(&format!("/desk/people/{person}/badge.pdf")).await.expect(200);
        assert_eq!(pdf.headers["content-type"], "application/pdf");
        desk.post(&format!("/desk/people/{person}/print"), &[("station", "nowhere")]).await.expect(422);
        steward.post(&format!("/desk/people/{person}/print"), &[("station", "nowhere")]).await.expect(409);
        let shown = desk.post(&format!("/desk/people/{person}/check-in"), &[]).await.expect(303).location().to_owned();
        desk.get(&shown).await.expect(200).shows("verdict-admit");
        desk.get("/desk/people?q=nobodylikethis").await.expect(200).shows("Nobody found");
        let submission = uuid::Uuid::now_v7().to_string();
        let form = [("submission", submission.as_str()), ("family_name", "Neu"), ("given_name", "Nina"), ("category", "trade_visitor")];
        let first = desk.post("/desk/walk-in", &form).await.expect(303).location().to_owned();
        let twice = desk.post("/desk/walk-in", &form).await.expect(303).location().to_owned();
        assert_eq!(first, twice, "a double click is one person");
        desk.get(&first).await.expect(200).shows("Nina");
        desk.post("/desk/walk-in", &[("submission", scan_id().as_str()), ("family_name", ""), ("category", "x")]).await.expect(422);
    }

    async fn the_scan_page_is_an_app_and_keeps_nobodys_name(t: TestApp) {
        let mut show = Show::of(&t, "app").await;
        let gate = show.gate(&t, "N1", None).await;
        let (_, mut device) = show.device(&t, &gate, "supervisor").await;
        let (_, code) = show.badge(&t, "Geheim", "").await;
        show.scan(&mut device, &code, "in").await;
        device.get("/desk").await.expect(200).shows("Geheim");
        let kept = device.get("/desk?kept=1").await.expect(200).shows("frame-override").text;
        assert!(!kept.contains("Geheim"), "what the browser keeps has no person in it");
        let manifest = t.visitor().get("/desk/app.webmanifest").await.expect(200).json();
        assert_eq!((manifest["scope"].as_str(), manifest["start_url"].as_str()), (Some("/desk"), Some("/desk")));
        if templates::assets::are_built() {
            let worker = t.visitor().get("/desk/worker.js").await.expect(200);
            assert_eq!(worker.headers["service-worker-allowed"], "/desk");
        }
    }

    async fn a_badge_comes_out_where_people_stand(t: TestApp) {
        let mut show = Show::of(&t, "paper").await;
        let gate = show.gate(&t, "N1", None).await;
        let (_, mut steward) = show.device(&t, &gate, "steward").await;
        let (_, mut kiosk) = show.device(&t, &gate, "kiosk").await;
        let (_, mut desk) = show.device(&t, &gate, "desk").await;
        let mut office = t.program(&[Permission::RegistrationEdit], Some(show.edition.id)).await;
        let station = json!({"name": "Counter", "format": "zpl", "place": " n1"});
        let made = office.send_json(Method::POST, &show.path("print-stations"), &station).await.expect(201).json();
        let (id, key) = (made["id"].as_str().expect("an id"), made["key"].as_str().expect("a key"));
        let mut agent = t.visitor().with_bearer(key);
        assert!(!comes_out(&mut agent).await, "the agent is there, nothing waits");
        let (passing, code) = ("direction", show.badge(&t, "Phone", "").await.1);
        let shown = steward.post("/desk/scan", &[("code", code.as_str()), (passing, "in")]).await.expect(303);
        steward.get(shown.location()).await.expect(200).shows("The badge comes out at Counter.");
        assert!(comes_out(&mut agent).await, "a steward's gate has a station: the badge comes with the answer");
        let code = show.badge(&t, "Paper", "").await.1;
        let shown = kiosk.post("/desk/scan", &[("code", code.as_str()), (passing, "in")]).await.expect(303);
        kiosk.get(shown.location()).await.expect(200).shows("The badge comes out at Counter.");
        assert!(comes_out(&mut agent).await);
        kiosk.post("/desk/scan", &[("code", code.as_str()), (passing, "in")]).await.expect(303);
        assert!(!comes_out(&mut agent).await, "paper is made once");
        desk.get("/desk/walk-in").await.expect(200).shows(&format!("value=\"{id}\" selected"));
        let submission = uuid::Uuid::now_v7().to_string();
        let new = [("submission", submission.as_str()), ("family_name", "Neu"), ("category", "trade_visitor"), ("station", id)];
        let person = desk.post("/desk/walk-in", &new).await.expect(303).location().to_owned();
        let page = desk.get(&person).await.expect(200).shows("The badge comes out at Counter.");
        assert_eq!(page.headers["refresh"], "3");
        assert!(comes_out(&mut agent).await, "registered and printed in one go");
        let page = desk.get(&person).await.expect(200).shows("The badge was printed at Counter.");
        assert!(!page.headers.contains_key("refresh"));
        let print = format!("{person}/print");
        desk.post(&print, &[("station", id), ("how", "again")]).await.expect(422);
        desk.post(&print, &[("station", id), ("how", "replace")]).await.expect(303);
        assert!(comes_out(&mut agent).await, "a new badge takes the place of the first");
        desk.post("/desk/walk-in", &[("submission", scan_id().as_str()), ("family_name", "Later"), ("category", "trade_visitor"), ("station", "none")]).await.expect(303);
        assert!(!comes_out(&mut agent).await);
        let form = desk.get("/desk/walk-in").await.expect(200).text;
        assert!(!form.contains(&format!("value=\"{id}\" selected")), "not to print is remembered as well");
    }
}
