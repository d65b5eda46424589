//! A hub on the venue's network: joins its upstream, goes on alone, and comes together with it again.

use super::admission::{Gates, code_of, presented, rows, scan_id};
use crate::harness::{Caller, TestApp};
use app::admission::{Exchanged, Upstream, exchange, join};
use chrono::Duration;
use domain::access::{Permission, Role};
use domain::edition::Edition;
use domain::journal::Actor;
use domain::registration::draft::{Draft, Entry};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Mutex;

/// The way from a hub to its upstream in tests: real HTTP, and a plug that can be pulled.
struct Line {
    caller: Caller,
    base: String,
    plugged: Mutex<bool>,
}

impl Upstream for Line {
    async fn call(&self, method: &'static str, path: &str, body: Option<Value>) -> Result<Value, app::Error> {
        if !*self.plugged.lock().expect("no panic before") {
            return Err(app::Error::Outside("no network".to_owned()));
        }
        let method: Method = method.parse().expect("a method");
        let mut caller = self.caller.clone();
        let path = format!("{}/{path}", self.base);
        let answer = match body {
            Some(body) => caller.send_json(method, &path, &body).await,
            None => caller.get(&path).await,
        };
        if answer.status.is_success() { Ok(answer.json()) } else { Err(app::Error::Outside(answer.text)) }
    }
}

async fn line(t: &TestApp, gates: &Gates) -> Line {
    let rights = [
        Permission::AdmissionRead,
        Permission::AdmissionManage,
        Permission::RegistrationRead,
        Permission::RegistrationEdit,
    ];
    let caller = t.program(&rights, Some(gates.edition.id)).await;
    let base = format!("/api/v1/editions/{}", gates.edition.slug);
    Line { caller, base, plugged: Mutex::new(true) }
}

/// A hub beside `t`, on the same kind of database, with the same clock.
async fn hub(t: &TestApp) -> TestApp {
    let hub = TestApp::start(t.database.kind()).await;
    hub.clock.set(t.now());
    hub
}

fn pass(apps: &[&TestApp], time: Duration) {
    apps.iter().for_each(|t| t.wait(time));
}

async fn walk_in(t: &TestApp, edition: &Edition, name: &str) -> (domain::RegistrationId, String) {
    let draft = Draft {
        submission: uuid::Uuid::now_v7().to_string(),
        family_name: name.to_owned(),
        company: "Werkzeug GmbH".to_owned(),
        ..Draft::default()
    };
    let wish = draft.parse(Entry::Desk).expect("a sound wish");
    let entered = app::registration::register_walk_in(&t.app, Actor::System, edition, &wish).await.expect("registered");
    (entered.id, code_of(t, edition, entered.id).await)
}

async fn scanned(t: &TestApp, gates: &Gates, device: &Caller, body: Value) -> Value {
    let mut there = t.visitor().with_bearer_of(device);
    there.send_json(Method::POST, &gates.path("scans"), &body).await.expect(200).json()
}

async fn go_round(hub: &TestApp, line: &Line, edition: &Edition) -> Exchanged {
    exchange(&hub.app, line, edition).await.expect("a round")
}

both_databases! {
    async fn a_hub_goes_on_alone_and_comes_together_again(t: TestApp) {
        let mut gates = Gates::of(&t, "hub").await;
        let (north, south) = (gates.gate("N1").await, gates.gate("S1").await);
        gates.make("access-rules", json!({"limit": "once", "effect": "allow"})).await;
        let (inside, outside) = (gates.device(&t, &north, "steward").await, gates.device(&t, &south, "steward").await);
        let (_, early) = gates.badge(&t, "Zhang Early").await;
        let (_, twice) = gates.badge(&t, "Li Twice").await;
        let line = line(&t, &gates).await;
        let hub = hub(&t).await;
        let edition = join(&hub.app, &line, ("hub", "Hall N1", "http://upstream")).await.expect("joined");
        assert_eq!(edition.id, gates.edition.id);
        let first = go_round(&hub, &line, &edition).await;
        assert_eq!(first.people_down, 2);
        assert_eq!(go_round(&hub, &line, &edition).await, Exchanged::default(), "nothing to do twice");

        // The network is gone. The device asks the hub, with the key it has; a walk-in is registered and printed.
        *line.plugged.lock().expect("no panic") = false;
        pass(&[&t, &hub], Duration::hours(1));
        assert_eq!(scanned(&hub, &gates, &inside, presented(&early)).await["verdict"], "admit");
        assert_eq!(scanned(&hub, &gates, &inside, presented(&early)).await["reason"], "already_used");
        let (walk, badge) = walk_in(&hub, &edition, "Wang Walk").await;
        assert_eq!(scanned(&hub, &gates, &inside, presented(&badge)).await["verdict"], "admit");
        exchange(&hub.app, &line, &edition).await.expect_err("no network");
        let own = store::read::hub::hub_self(&hub.app.reader(), edition.id).await.expect("read").expect("a hub");
        assert_eq!(own.trouble, "no network");
        // Both let one badge in, and both register somebody: the numbers never meet.
        assert_eq!(scanned(&hub, &gates, &inside, presented(&twice)).await["verdict"], "admit");
        pass(&[&t, &hub], Duration::minutes(5));
        assert_eq!(scanned(&t, &gates, &outside, presented(&twice)).await["verdict"], "admit");
        let (_, meanwhile) = gates.badge(&t, "Chen Meanwhile").await;

        // It is back.
        *line.plugged.lock().expect("no panic") = true;
        pass(&[&t, &hub], Duration::minutes(5));
        let back = go_round(&hub, &line, &edition).await;
        assert_eq!((back.people_up, back.scans_up, back.refused), (1, 4, 0));
        assert_eq!((back.people_down, back.scans_down), (1, 1), "only who is new in the bucket");
        assert_eq!(go_round(&hub, &line, &edition).await, Exchanged::default());
        let log = rows(&mut gates).await;
        assert_eq!(log.len(), 5);
        let names: Vec<_> = log.iter().filter_map(|row| row["person"]["name"].as_str()).collect();
        assert!(names.contains(&"Wang Walk"), "the walk-in is known upstream: {names:?}");
        let path = gates.path("conflicts?state=open");
        let found = gates.program.get(&path).await.expect(200).json();
        let found = found["items"].as_array().expect("a list").clone();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0]["kind"].as_str(), found[0]["scan"]["gate"].as_str()), (Some("admitted_twice"), Some("S1")));

        // Each side knows the badges of the other, and what was done with them.
        assert_eq!(scanned(&hub, &gates, &inside, presented(&meanwhile)).await["verdict"], "admit");
        assert_eq!(scanned(&t, &gates, &outside, presented(&badge)).await["reason"], "already_used");
        let sql = "select count(*) from registration where party_id is not null and number >= 1000000000";
        let settled = store::Query::scalar::<i64>(&t.app.reader(), sql, Vec::new()).await.expect("read");
        assert_eq!(settled, Some(1), "the walk-in is a person like any other");
        let mut director = t.staff(Role::Director, gates.edition.id).await;
        director.get("/e/hub/admission/hubs").await.expect(200).shows("Hall N1");
        director.get(&format!("/e/hub/registration/{walk}")).await.expect(200).shows("Wang Walk");
    }

    async fn badges_changed_on_either_side_follow(t: TestApp) {
        let mut gates = Gates::of(&t, "badges").await;
        let gate = gates.gate("N1").await;
        let device = gates.device(&t, &gate, "steward").await;
        let (blocked, code) = gates.badge(&t, "Blo Cked").await;
        let (reprinted, old) = gates.badge(&t, "Re Print").await;
        let line = line(&t, &gates).await;
        let hub = hub(&t).await;
        let edition = join(&hub.app, &line, ("badges", "Hub", "http://upstream")).await.expect("joined");
        go_round(&hub, &line, &edition).await;
        app::registration::block_badge(&t.app, Actor::System, &gates.edition, blocked, "lost").await.expect("blocked");
        app::registration::reprint_badge(&hub.app, Actor::System, &edition, reprinted).await.expect("a reprint");
        let new = code_of(&hub, &edition, reprinted).await;
        go_round(&hub, &line, &edition).await;
        assert_eq!(scanned(&hub, &gates, &device, presented(&code)).await["reason"], "blocked");
        assert_eq!(scanned(&t, &gates, &device, presented(&old)).await["reason"], "replaced");
        let answer = scanned(&t, &gates, &device, presented(&new)).await;
        assert_eq!(answer["verdict"], "admit", "signed with the hub's own key: {answer}");
        // A rule taken away upstream is gone on the hub, a gate shut is shut.
        let mut supervisor = t.staff(Role::GateSupervisor, gates.edition.id).await;
        supervisor.post(&format!("/e/badges/admission/gates/{gate}/switch"), &[("to", "shut")]).await.expect(303);
        go_round(&hub, &line, &edition).await;
        assert_eq!(scanned(&hub, &gates, &device, presented(&new)).await["reason"], "gate_closed");
        assert_eq!(go_round(&hub, &line, &edition).await.people_down, 0);
    }

    async fn an_exchange_cut_off_anywhere_is_gone_through_again(t: TestApp) {
        let mut gates = Gates::of(&t, "cut-hub").await;
        let gate = gates.gate("N1").await;
        let device = gates.device(&t, &gate, "steward").await;
        for number in 0..5 {
            gates.badge(&t, &format!("Person {number}")).await;
        }
        let line = line(&t, &gates).await;
        let hub = hub(&t).await;
        let edition = join(&hub.app, &line, ("cut-hub", "Hub", "http://upstream")).await.expect("joined");
        let flaky = Flaky { line, left: Mutex::new(0), lose_answer: Mutex::new(false) };
        let codes: Vec<String> = {
            *flaky.left.lock().expect("no panic") = 1000;
            exchange(&hub.app, &flaky, &edition).await.expect("a round");
            let sql = "select code from credential order by serial";
            let rows = store::Query::rows(&hub.app.reader(), sql, Vec::new()).await.expect("badges");
            rows.iter().map(|row| row.get(0).expect("a code")).collect()
        };
        for code in &codes {
            scanned(&hub, &gates, &device, presented(code)).await;
        }
        walk_in(&hub, &edition, "Walk In").await;
        // Cut after each call in turn, before and after the other side did what it was asked.
        for (calls, lose) in (0..8).flat_map(|calls| [(calls, false), (calls, true)]) {
            *flaky.left.lock().expect("no panic") = calls;
            *flaky.lose_answer.lock().expect("no panic") = lose;
            exchange(&hub.app, &flaky, &edition).await.ok();
        }
        *flaky.left.lock().expect("no panic") = 1000;
        exchange(&hub.app, &flaky, &edition).await.expect("a round");
        assert_eq!(rows(&mut gates).await.len(), codes.len(), "all there, none twice");
        let sql = "select count(*) from registration";
        let count = store::Query::scalar::<i64>(&t.app.reader(), sql, Vec::new()).await.expect("read");
        assert_eq!(count, Some(6));
        assert_eq!(exchange(&hub.app, &flaky, &edition).await.expect("a round"), Exchanged::default());
    }

    async fn a_stranger_is_not_listened_to(t: TestApp) {
        let mut gates = Gates::of(&t, "strange").await;
        gates.gate("N1").await;
        let line = line(&t, &gates).await;
        let mut caller = line.caller.clone();
        let path = |rest: &str| gates.path(&format!("hubs{rest}"));
        let nobody = json!({"hub": scan_id(), "scans": []});
        caller.send_json(Method::POST, &path("/scans"), &nobody).await.expect(422);
        let odd = json!({"name": "Old", "public_key": "00".repeat(32), "schema": "another"});
        caller.send_json(Method::POST, &path(""), &odd).await.expect(409);
        caller.send_json(Method::POST, &path(""), &json!({"name": "", "public_key": "x"})).await.expect(422);
        let hub = hub(&t).await;
        let edition = join(&hub.app, &line, ("strange", "Hub", "http://upstream")).await.expect("joined");
        let own = store::read::hub::hub_self(&hub.app.reader(), edition.id).await.expect("read").expect("a hub");
        let foreign = json!({"hub": own.hub.to_string(), "people": {"registrations": [{"edition_id": scan_id()}]}});
        caller.send_json(Method::POST, &path("/people"), &foreign).await.expect(422);
        let mut director = t.staff(Role::Director, gates.edition.id).await;
        let withdraw = format!("/e/strange/admission/hubs/{}/withdraw", own.hub);
        director.post(&withdraw, &[("version", "1")]).await.expect(303);
        exchange(&hub.app, &line, &edition).await.expect_err("it is no longer listened to");
    }
}

/// A line that is cut after so many calls; the answer of the last may be lost although it was done.
struct Flaky {
    line: Line,
    left: Mutex<usize>,
    lose_answer: Mutex<bool>,
}

impl Upstream for Flaky {
    async fn call(&self, method: &'static str, path: &str, body: Option<Value>) -> Result<Value, app::Error> {
        let lost = || Err(app::Error::Outside("cut off".to_owned()));
        let cut = {
            let mut left = self.left.lock().expect("no panic");
            let cut = *left == 0;
            *left = left.saturating_sub(1);
            cut
        };
        let lose = *self.lose_answer.lock().expect("no panic");
        if cut && !lose {
            return lost();
        }
        let answer = self.line.call(method, path, body).await;
        if cut { lost() } else { answer }
    }
}
