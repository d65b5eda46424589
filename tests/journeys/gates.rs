//! Gates: closed they hold, open they let go, and they close again; indicators of every kind; live metrics; and that
//! what was measured and signed is never changed.

use crate::harness::{Caller, TestApp};
use domain::UserId;
use domain::access::{Grant, Permission, Role};
use domain::edition::Edition;
use serde_json::{Value, json};
use store::Query;

struct Team {
    manager: Caller,
    director: Caller,
    safety: Caller,
    sales: Caller,
    ids: [UserId; 4],
}

async fn team(t: &TestApp, edition: &Edition) -> Team {
    let people = [
        ("lead@fairlead.example", Role::Manager),
        ("boss@fairlead.example", Role::Director),
        ("safe@fairlead.example", Role::Safety),
        ("sell@fairlead.example", Role::Sales),
    ];
    let mut ids = Vec::new();
    for (email, role) in people {
        ids.push(t.user(email, false, &[Grant { edition: Some(edition.id), role }]).await);
    }
    Team {
        manager: t.sign_in(people[0].0).await,
        director: t.sign_in(people[1].0).await,
        safety: t.sign_in(people[2].0).await,
        sales: t.sign_in(people[3].0).await,
        ids: [ids[0], ids[1], ids[2], ids[3]],
    }
}

/// Waives every criterion of a gate that is not met, so that it can be decided.
async fn clear(t: &TestApp, team: &mut Team, gate: &str) {
    let mut program = t.program(&[Permission::PlanRead], None).await;
    let detail = program.get(&format!("/api/v1/editions/east/plan/gates/{gate}")).await.expect(200).json();
    for one in detail["current"].as_array().expect("criteria").iter().filter(|one| one["standing"] == "not_met") {
        let key = one["key"].as_str().expect("a key");
        let fields =
            [("criterion", key), ("reason", "test"), ("replacement", "watched daily"), ("until_on", "2027-05-20")];
        team.manager.post(&format!("/e/east/plan/gates/{gate}/waive"), &fields).await.expect(303);
    }
}

/// Opens a gate: proposed by the manager, signed by the director and, where two are asked, by safety.
async fn open(t: &TestApp, team: &mut Team, gate: &str, twice: bool) {
    clear(t, team, gate).await;
    team.manager.post(&format!("/e/east/plan/gates/{gate}/propose"), &[("outcome", "go")]).await.expect(303);
    team.director.post(&format!("/e/east/plan/gates/{gate}/sign"), &[]).await.expect(303);
    if twice {
        team.safety.post(&format!("/e/east/plan/gates/{gate}/sign"), &[]).await.expect(303);
    }
}

async fn state(t: &TestApp, gate: &str) -> String {
    let mut program = t.program(&[Permission::PlanRead], None).await;
    let detail = program.get(&format!("/api/v1/editions/east/plan/gates/{gate}")).await.expect(200).json();
    detail["state"].as_str().expect("a state").to_owned()
}

both_databases! {
    async fn a_gate_holds_until_it_is_signed_by_others(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        let page = team.manager.get("/e/east/plan/gates").await.expect(200);
        page.shows("Ready to build").shows("Hall handed over").shows("Accounts and lessons closed");
        // B01 waits for G3, by name, and no word of its leader helps.
        let ids = team.ids.map(|id| id.to_string());
        let fine = [("owner", ids[3].as_str()), ("checker", &ids[2]), ("confirmer", &ids[1])];
        team.manager.post("/e/east/plan/tasks/B01/assign", &fine).await.expect(303);
        team.manager.get("/e/east/plan/tasks/B01").await.expect(200).shows("is closed: the phase before it");
        let hurry = [("waiver", "the trucks are here")];
        team.manager.post("/e/east/plan/tasks/B01/start", &hurry).await.expect(422).shows("G3");
        // A go needs every criterion; nobody signs their own proposal; two signatures by two people.
        let go = [("outcome", "go")];
        team.manager.post("/e/east/plan/gates/G3/propose", &go).await.expect(422).shows("Not met").shows("R10");
        clear(&t, &mut team, "G3").await;
        team.manager.post("/e/east/plan/gates/G3/propose", &go).await.expect(303);
        team.manager.post("/e/east/plan/gates/G3/propose", &go).await.expect(422).shows("A proposal waits");
        team.manager.post("/e/east/plan/gates/G3/sign", &[]).await.expect(422).shows("Whoever proposed it");
        team.sales.post("/e/east/plan/gates/G3/sign", &[]).await.expect(422).shows("another role");
        team.director.post("/e/east/plan/gates/G3/sign", &[("text", "fine")]).await.expect(303);
        team.director.post("/e/east/plan/gates/G3/sign", &[]).await.expect(422).shows("signed already");
        assert_eq!(state(&t, "G3").await, "closed", "one signature of two");
        team.safety.post("/e/east/plan/gates/G3/sign", &[]).await.expect(303);
        assert_eq!(state(&t, "G3").await, "open");
        let page = team.manager.get("/e/east/plan/gates/G3").await.expect(200);
        let page = page.shows("Decided").shows("Values as they were").shows("lead").shows("boss").shows("safe");
        assert!(!page.text.contains(">gate-") && !page.text.contains(">fact-"), "a word is missing");
        team.manager.get("/e/east/plan/gates/G3/print").await.expect(200).shows("Gate report");
        let mut chinese = team.manager.with_cookie("fl_locale", "zh-CN");
        chinese.get("/e/east/plan/gates/G3").await.expect(200).shows("具备进场条件").shows("已决定");
        // Its milestone is no task to be done.
        team.manager.post("/e/east/plan/tasks/G4/start", &[("waiver", "x")]).await.expect(422);
        team.manager.post("/e/east/plan/tasks/G4/aside", &[("act", "waive"), ("reason", "x")]).await.expect(422);
        // What it held may begin now.
        let start = [("waiver", "R10 was waived at the gate")];
        let owner_leads = [("owner", ids[0].as_str()), ("checker", &ids[2]), ("confirmer", &ids[1])];
        team.manager.post("/e/east/plan/tasks/B01/assign", &owner_leads).await.expect(303);
        team.manager.post("/e/east/plan/tasks/B01/start", &start).await.expect(303);
    }

    async fn a_blocking_deviation_closes_it_for_what_has_not_started(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        open(&t, &mut team, "G3", true).await;
        let ids = team.ids.map(|id| id.to_string());
        let mine = [("owner", ids[0].as_str()), ("checker", &ids[2]), ("confirmer", &ids[1])];
        for code in ["B01", "B03"] {
            team.manager.post(&format!("/e/east/plan/tasks/{code}/assign"), &mine).await.expect(303);
        }
        team.manager.post("/e/east/plan/tasks/B01/start", &[("waiver", "waived")]).await.expect(303);
        let deviation = [
            ("severity", "blocking"), ("title", "Fire door of hall N2 jams"), ("owner", ids[2].as_str()),
            ("due_on", "2027-05-12"),
        ];
        team.manager.post("/e/east/plan/tasks/E10/deviate", &deviation).await.expect(303);
        assert_eq!(state(&t, "G3").await, "reclosed");
        team.manager.get("/e/east/plan/gates/G3").await.expect(200).shows("Closed again").shows("Fire door of hall N2 jams");
        // What began goes on; the rest is held again.
        team.manager.post("/e/east/plan/tasks/B01/report", &[("percent", "40")]).await.expect(303);
        team.manager.post("/e/east/plan/tasks/B03/start", &[("waiver", "x")]).await.expect(422).shows("is closed: the phase");
        // Nothing waives a blocking deviation.
        team.manager.post("/e/east/plan/gates/G3/propose", &[("outcome", "go")]).await.expect(422).shows("open deviations");
        let conditional = [
            ("outcome", "conditional"), ("condition_text_0", "Door repaired"), ("condition_owner_0", ids[2].as_str()),
            ("condition_due_on_0", "2027-05-12"),
        ];
        team.manager.post("/e/east/plan/gates/G3/propose", &conditional).await.expect(422).shows("blocking deviation is open");
        let journal = team.director.get("/e/east/journal").await.expect(200);
        journal.shows("closed again");
    }

    async fn conditions_become_tasks_and_a_missed_one_closes_the_gate(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        let ids = team.ids.map(|id| id.to_string());
        let conditional = [
            ("outcome", "conditional"), ("text", "most of it is there"), ("condition_text_0", "Carpet plan signed"),
            ("condition_owner_0", ids[3].as_str()), ("condition_due_on_0", "2027-05-12"),
        ];
        team.manager.post("/e/east/plan/gates/G1/propose", &[("outcome", "conditional")]).await.expect(422).shows("at least one condition");
        team.manager.post("/e/east/plan/gates/G1/propose", &conditional).await.expect(303);
        team.director.post("/e/east/plan/gates/G1/sign", &[]).await.expect(303);
        assert_eq!(state(&t, "G1").await, "conditional");
        team.manager.get("/e/east/plan/tasks/G1-C1").await.expect(200).shows("Carpet plan signed").shows("sell");
        // Nothing happens on the day itself; a day later the worker closes the gate.
        t.wait(chrono::Duration::days(1));
        app::jobs::tick(&t.app).await.expect("a look");
        assert_eq!(state(&t, "G1").await, "conditional");
        t.wait(chrono::Duration::days(1));
        app::jobs::tick(&t.app).await.expect("a look");
        assert_eq!(state(&t, "G1").await, "reclosed");
        team.manager.get("/e/east/plan/gates/G1").await.expect(200).shows("a missed condition").shows("Carpet plan signed");
    }

    async fn a_met_condition_opens_the_gate_fully(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        let ids = team.ids.map(|id| id.to_string());
        let conditional = [
            ("outcome", "conditional"), ("condition_text_0", "Carpet plan signed"),
            ("condition_owner_0", ids[3].as_str()), ("condition_due_on_0", "2027-05-12"),
        ];
        team.manager.post("/e/east/plan/gates/G1/propose", &conditional).await.expect(303);
        team.director.post("/e/east/plan/gates/G1/sign", &[]).await.expect(303);
        let task = "/e/east/plan/tasks/G1-C1";
        team.sales.post(&format!("{task}/start"), &[]).await.expect(303);
        team.sales.post(&format!("{task}/submit"), &[("text", "signed")]).await.expect(303);
        let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
        let id = board.find("G1-C1").expect("the task").id;
        let own = store::read::plan::indicators(&t.app.reader(), edition.id, id).await.expect("its indicator");
        let yes = [(format!("indicator-{}", own[0].id), "yes".to_owned())];
        let yes: Vec<(&str, &str)> = yes.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        team.manager.post(&format!("{task}/check"), &yes).await.expect(303);
        assert_eq!(state(&t, "G1").await, "open");
    }

    async fn a_waiver_expires_and_an_early_start_is_one_task_only(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        let ids = team.ids.map(|id| id.to_string());
        let mine = [("owner", ids[0].as_str()), ("checker", &ids[2]), ("confirmer", &ids[1])];
        for code in ["B01", "B03"] {
            team.manager.post(&format!("/e/east/plan/tasks/{code}/assign"), &mine).await.expect(303);
        }
        let bad = [("task", "B01"), ("reason", "crane booked"), ("until_on", "2027-05-01")];
        let page = team.manager.post("/e/east/plan/gates/G3/waive", &bad).await.expect(422);
        page.shows("Please fill this in").shows("This day is over");
        let early = [("task", "B01"), ("reason", "crane booked"), ("replacement", "safety on site"), ("until_on", "2027-05-12")];
        team.sales.post("/e/east/plan/gates/G3/waive", &early).await.expect(403);
        team.manager.post("/e/east/plan/gates/G3/waive", &early).await.expect(303);
        let free = [("waiver", "R10 comes later")];
        team.manager.post("/e/east/plan/tasks/B03/start", &free).await.expect(422).shows("is closed: the phase");
        // It runs out before the work has begun: the task is held again.
        t.wait(chrono::Duration::days(3));
        team.manager.post("/e/east/plan/tasks/B01/start", &free).await.expect(422).shows("is closed: the phase");
        let early = [("task", "B01"), ("reason", "crane booked"), ("replacement", "safety on site"), ("until_on", "2027-05-16")];
        team.manager.post("/e/east/plan/gates/G3/waive", &early).await.expect(303);
        team.manager.post("/e/east/plan/tasks/B01/start", &free).await.expect(303);
        team.manager.get("/e/east/plan/gates/G3").await.expect(200).shows("Early start of B01");
    }

    async fn indicators_of_every_kind_are_edited_and_measured(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        let path = "/e/east/plan/tasks/I01/indicators";
        team.sales.get(path).await.expect(403);
        team.manager.get(path).await.expect(200).shows("Add an indicator");
        let bad = [("name_en", "Queue"), ("kind", "number"), ("comparison", "at_most"), ("target", "ten")];
        team.manager.post(path, &bad).await.expect(422).shows("neither a figure");
        let limit = [
            ("name_en", "Queue"), ("kind", "number"), ("comparison", "at_most"), ("target", "10"), ("unit", "min"),
            ("tolerance", "2"), ("stop", "20"), ("mandatory", "on"), ("method", "stop watch"),
        ];
        team.manager.post(path, &limit).await.expect(303);
        let photo = [("name_en", "Picture of the queue"), ("kind", "photo"), ("mandatory", "on")];
        team.manager.post(path, &photo).await.expect(303);
        let live = [
            ("name_en", "Nobody undecided"), ("kind", "live"), ("comparison", "at_most"), ("target", "0"),
            ("metric", "applications_open"), ("mandatory", "on"),
        ];
        team.manager.post(path, &live).await.expect(303);
        team.manager.get("/e/east/plan/tasks/I01").await.expect(200).shows("stop at 20 min").shows("now, live");
        // By hand, then over the interface: the file is needed, the live value is taken at the check.
        let ids = team.ids.map(|id| id.to_string());
        let fine = [("owner", ids[3].as_str()), ("checker", &ids[2]), ("confirmer", &ids[1])];
        team.manager.post("/e/east/plan/tasks/I01/assign", &fine).await.expect(303);
        team.sales.post("/e/east/plan/tasks/I01/start", &[("waiver", "")]).await.expect(303);
        team.sales.post("/e/east/plan/tasks/I01/submit", &[("text", "done")]).await.expect(303);
        let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
        let task = board.find("I01").expect("a task").id;
        let all = store::read::plan::indicators(&t.app.reader(), edition.id, task).await.expect("indicators");
        let mut doer = t.program_of(team.ids[3], &[Permission::PlanCheck, Permission::PlanRead], Some(edition.id)).await;
        let mut program = t.program_of(team.ids[2], &[Permission::PlanCheck, Permission::PlanRead], Some(edition.id)).await;
        let check = "/api/v1/editions/east/plan/tasks/I01/check";
        let post = reqwest::Method::POST;
        let mut answers = serde_json::Map::new();
        for one in all.iter().filter(|one| one.kind.code() != "live") {
            let value = if one.kind.code() == "number" { "11" } else { "yes" };
            answers.insert(one.id.to_string(), json!({ "value": value }));
        }
        let body = json!({ "answers": answers });
        doer.send_json(post.clone(), check, &body).await.expect(403).shows("task-check-own");
        program.send_json(post.clone(), check, &body).await.expect(422).shows("indicator-needs-file");
        let picture = all.iter().find(|one| one.kind.code() == "photo").expect("the picture");
        let png = data_encoding::BASE64.encode(b"\x89PNG\r\n\x1a\nrest");
        answers.insert(picture.id.to_string(), json!({ "value": "yes", "file_name": "note.txt", "file": data_encoding::BASE64.encode(b"words") }));
        program.send_json(post.clone(), check, &json!({ "answers": answers })).await.expect(422).shows("indicator-needs-photo");
        answers.insert(picture.id.to_string(), json!({ "value": "yes", "file_name": "queue.png", "file": png }));
        let done = program.send_json(post.clone(), check, &json!({ "answers": answers })).await.expect(200).json();
        assert_eq!(done["state"], "accepted", "11 is within the tolerance, nobody is undecided");
        let detail = program.get("/api/v1/editions/east/plan/tasks/I01").await.expect(200).json();
        let live = detail["indicators"].as_array().expect("indicators").iter().find(|one| one["kind"] == "live").expect("the live one").clone();
        assert_eq!((&live["value"], &live["now"]), (&json!(0.0), &json!(0.0)));
        // The owner does not confirm, over the interface neither; who is named does.
        let confirm = "/api/v1/editions/east/plan/tasks/I01/confirm";
        let mut owner = t.program_of(team.ids[3], &[Permission::PlanConfirm], Some(edition.id)).await;
        owner.send_json(post.clone(), confirm, &json!({})).await.expect(403).shows("task-confirm-own");
        team.director.post("/e/east/plan/tasks/I01/confirm", &[]).await.expect(303);
        team.manager.post(path, &photo).await.expect(422);
    }

    async fn a_value_beyond_the_stop_limit_blocks(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        let ids = team.ids.map(|id| id.to_string());
        let limit = [
            ("name_en", "Queue"), ("kind", "number"), ("comparison", "at_most"), ("target", "10"), ("stop", "20"), ("mandatory", "on"),
        ];
        team.manager.post("/e/east/plan/tasks/I01/indicators", &limit).await.expect(303);
        let fine = [("owner", ids[3].as_str()), ("checker", &ids[2]), ("confirmer", &ids[1])];
        team.manager.post("/e/east/plan/tasks/I01/assign", &fine).await.expect(303);
        team.sales.post("/e/east/plan/tasks/I01/start", &[]).await.expect(303);
        team.sales.post("/e/east/plan/tasks/I01/submit", &[("text", "done")]).await.expect(303);
        let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
        let task = board.find("I01").expect("a task").id;
        let all = store::read::plan::indicators(&t.app.reader(), edition.id, task).await.expect("indicators");
        let queue = all.iter().find(|one| one.stop.is_some()).expect("the queue");
        let typed = [(format!("indicator-{}", queue.id), "31".to_owned())];
        let typed: Vec<(&str, &str)> = typed.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        team.safety.post("/e/east/plan/tasks/I01/check", &typed).await.expect(303);
        team.manager.get("/e/east/plan/deviations").await.expect(200).shows("Blocking").shows("Queue");
    }

    async fn what_was_measured_and_signed_is_never_changed(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        open(&t, &mut team, "G3", true).await;
        let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
        let gate = board.find("G3").expect("the gate").id;
        let own = store::read::plan::indicators(&t.app.reader(), edition.id, gate).await.expect("its indicators");
        let typed = [(format!("indicator-{}", own[0].id), "yes".to_owned())];
        let typed: Vec<(&str, &str)> = typed.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        team.safety.post("/e/east/plan/gates/G3/measure", &typed).await.expect(303);
        for statement in [
            "update measurement set value = '0'",
            "delete from measurement",
            "update gate_signature set text = 'never said'",
            "delete from gate_signature",
            "update gate_decision set outcome = 'stop'",
            "delete from gate_decision",
        ] {
            let tx = t.database.store.begin().await.expect("a transaction");
            assert!(tx.run(statement, vec![]).await.is_err(), "{statement} was let through");
        }
    }

    async fn a_gate_is_decided_hall_by_hall(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        team.manager.post("/e/east/plan/gates/G4/divide", &[]).await.expect(422).shows("fewer than two halls");
        for code in ["N1", "N2"] {
            let hall = [("kind", "hall"), ("code", code), ("name_en", code), ("name_zh", code)];
            team.manager.post("/e/east/venue/places", &hall).await.expect(303);
        }
        team.manager.post("/e/east/plan/gates/G4/divide", &[]).await.expect(303);
        team.manager.get("/e/east/plan/gates").await.expect(200).shows("G4-N1").shows("G4-N2");
        // Work at one hall waits for the gate of this hall, work without a place for both.
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let halls = t.app.reader().rows("select id, code from place where kind = 'hall' order by code", vec![]).await.expect("halls");
        let first: uuid::Uuid = halls[0].get(0).expect("an id");
        let place = json!({ "place": first.to_string() });
        program.send_json(reqwest::Method::POST, "/api/v1/editions/east/plan/tasks/B08/assign", &place).await.expect(200);
        let held = async |program: &mut Caller, gate: &str| -> Vec<String> {
            let detail: Value = program.get(&format!("/api/v1/editions/east/plan/gates/{gate}")).await.expect(200).json();
            detail["holds"].as_array().expect("tasks").iter().filter_map(|one| one.as_str().map(str::to_owned)).collect()
        };
        let (one, two) = (held(&mut program, "G4-N1").await, held(&mut program, "G4-N2").await);
        assert!(one.contains(&"B08".to_owned()) && !two.contains(&"B08".to_owned()), "{two:?}");
        assert!(one.contains(&"B09".to_owned()) && two.contains(&"B09".to_owned()));
    }

    async fn live_metrics_say_the_same_on_both_databases(t: TestApp) {
        let edition = t.edition("east").await;
        t.contact(&edition).await;
        let mut program = t.program(&[Permission::PlanRead], None).await;
        let hidden = program.get("/api/v1/editions/east/plan/metrics").await.expect(200).json();
        let of = |all: &Value, code: &str| -> Value {
            all["items"].as_array().expect("metrics").iter().find(|one| one["code"] == code).expect(code)["value"].clone()
        };
        assert_eq!(of(&hidden, "applications_open"), Value::Null, "the token may not see sales");
        let mut program = t.program(Permission::ALL, None).await;
        let all = program.get("/api/v1/editions/east/plan/metrics").await.expect(200).json();
        assert_eq!(all["items"].as_array().map(Vec::len), Some(31));
        for (code, value) in [
            ("tasks_done", json!(0.0)), ("first_pass", Value::Null), ("rounds_per_task", Value::Null),
            ("deviations_open", json!(0.0)), ("deviation_days", Value::Null), ("space_contracted", Value::Null),
            ("exhibitors_without_stand", json!(1.0)), ("applications_open", json!(0.0)),
            ("applications_accepted", json!(100.0)), ("application_days", json!(0.0)), ("portal_joined", json!(100.0)),
            ("duties_done", json!(0.0)), ("registrations", json!(0.0)), ("badges_issued", json!(0.0)),
            ("entries_today", json!(0.0)), ("denial_rate", Value::Null), ("people_inside", json!(0.0)),
            ("busiest_gate", Value::Null),
        ] {
            assert_eq!(of(&all, code), value, "{code}");
        }
        let mut staff = t.staff(Role::Manager, edition.id).await;
        let page = staff.get("/e/east/plan/metrics").await.expect(200).shows("Contracted share of net space").shows("needs a goal");
        assert!(!page.text.contains(">metric-"), "a word is missing");
    }
}
