//! Time and space: a place that two tasks want, a state that must hold, a rule, a check list, a closed hall.

use crate::harness::{Caller, TestApp};
use chrono::TimeDelta;
use domain::access::{Grant, Permission, Role};
use domain::edition::Edition;
use domain::{PlaceId, UserId};
use reqwest::Method;
use serde_json::{Value, json};

const API: &str = "/api/v1/editions/east/plan";

/// A place made as the organizer makes it; answers its id.
async fn place(manager: &mut Caller, kind: &str, code: &str, parent: &str) -> String {
    let fields = [("kind", kind), ("code", code), ("name_en", code), ("parent", parent), ("area", "1000")];
    let answer = manager.post("/e/east/venue/places", &fields).await.expect(303);
    answer.location().rsplit('/').next().expect("an id").to_owned()
}

async fn program(t: &TestApp, edition: &Edition) -> Caller {
    use Permission::{PlanCheck, PlanConfirm, PlanEdit, PlanRead, VenueEdit};
    t.program(&[PlanRead, PlanEdit, PlanConfirm, PlanCheck, VenueEdit], Some(edition.id)).await
}

/// The conflict whose tasks are these.
async fn conflict(program: &mut Caller, tasks: [&str; 2]) -> Option<Value> {
    let all = program.get(&format!("{API}/conflicts")).await.expect(200).json();
    let mut wanted = tasks.to_vec();
    wanted.sort_unstable();
    all["items"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| {
            let mut codes: Vec<&str> =
                one["tasks"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            codes.sort_unstable();
            codes == wanted
        })
        .cloned()
}

/// Everybody a task's loop needs, with their ids: leads, does, checks.
async fn team(t: &TestApp, edition: &Edition) -> ([Caller; 3], [String; 3]) {
    let people = [
        ("lead@fairlead.example", Role::Manager),
        ("ops@fairlead.example", Role::Sales),
        ("hall@fairlead.example", Role::HallManager),
    ];
    let mut ids: Vec<UserId> = Vec::new();
    for (email, role) in people {
        ids.push(t.user(email, false, &[Grant { edition: Some(edition.id), role }]).await);
    }
    let callers = [t.sign_in(people[0].0).await, t.sign_in(people[1].0).await, t.sign_in(people[2].0).await];
    (callers, [ids[0].to_string(), ids[1].to_string(), ids[2].to_string()])
}

/// Takes a task from its start to its confirmation.
async fn confirm(t: &TestApp, edition: &Edition, team: &mut [Caller; 3], code: &str) {
    let task = format!("/e/east/plan/tasks/{code}");
    team[1].post(&format!("{task}/start"), &[]).await.expect(303);
    team[1].post(&format!("{task}/submit"), &[("text", "Done")]).await.expect(303);
    let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
    let id = board.find(code).expect("a task").id;
    let all = store::read::plan::indicators(&t.app.reader(), edition.id, id).await.expect("indicators");
    let answers: Vec<(String, String)> =
        all.iter().map(|one| (format!("indicator-{}", one.id), "yes".to_owned())).collect();
    let borrowed: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    team[2].post(&format!("{task}/check"), &borrowed).await.expect(303);
    team[0].post(&format!("{task}/confirm"), &[]).await.expect(303);
}

both_databases! {
    async fn two_tasks_that_want_one_place_are_put_in_order(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let hall = place(&mut manager, "hall", "N1", "").await;
        let mut program = program(&t, &edition).await;
        assert!(conflict(&mut program, ["O04", "O12"]).await.is_none(), "no clash so far");
        let wrong = json!({ "place": "nowhere", "mode": "x" });
        program.send_json(Method::POST, &format!("{API}/tasks/O12/places"), &wrong).await.expect(422);
        let beside = json!({ "place": hall, "mode": "s", "quantity": 6, "unit": "persons" });
        program.send_json(Method::POST, &format!("{API}/tasks/O04/places"), &beside).await.expect(200);
        let alone = json!({ "place": hall, "mode": "x", "setup_minutes": 60 });
        program.send_json(Method::POST, &format!("{API}/tasks/O12/places"), &alone).await.expect(200);
        let found = conflict(&mut program, ["O04", "O12"]).await.expect("the watch and the statistics clash");
        assert_eq!(found["kind"], "exclusive");
        let way = found["ways"].as_array().expect("ways").iter().find(|way| way["way"].as_str().is_some_and(|way| way.starts_with("order:"))).expect("an order").clone();
        manager.get("/e/east/plan/space/conflicts").await.expect(200).shows("Exclusive clash").shows("O04");
        let mut body = json!({ "conflict": found["conflict"], "way": way["way"] });
        let delta = program.send_json(Method::POST, &format!("{API}/conflicts/preview"), &body).await.expect(200).json();
        assert!(!delta["moves"].as_array().expect("moves").is_empty(), "{delta}");
        assert!(conflict(&mut program, ["O04", "O12"]).await.is_some(), "looking changes nothing");
        program.send_json(Method::POST, &format!("{API}/conflicts/repair"), &body).await.expect(422);
        body["reason"] = json!("One analyst, one room");
        body["revision"] = json!(1);
        program.send_json(Method::POST, &format!("{API}/conflicts/repair"), &body).await.expect(409);
        body["revision"] = delta["revision"].clone();
        program.send_json(Method::POST, &format!("{API}/conflicts/repair"), &body).await.expect(200);
        assert!(conflict(&mut program, ["O04", "O12"]).await.is_none());
        // Once more: what was offered is gone.
        body["revision"] = json!(null);
        program.send_json(Method::POST, &format!("{API}/conflicts/repair"), &body).await.expect(409);
        let soft = program.get(&format!("{API}/soft-links")).await.expect(200).json();
        assert_eq!(soft["items"][0]["reason"], "One analyst, one room");
        manager.get("/e/east/plan/space/rules").await.expect(200).shows("One analyst, one room");
        // Hard logic is edited without touching it, and it goes without touching hard logic.
        let second = soft["items"][0]["to"].as_str().expect("a code");
        let task = program.get(&format!("{API}/tasks/{second}")).await.expect(200).json();
        assert!(task["predecessors"].as_array().is_some_and(|all| all.len() >= 2), "{task}");
        program.send_json(Method::PATCH, &format!("{API}/tasks/{second}"), &json!({ "objective": "Light and power" })).await.expect(200);
        assert_eq!(program.get(&format!("{API}/soft-links")).await.json()["items"].as_array().map(Vec::len), Some(1));
        let id = soft["items"][0]["id"].as_str().expect("an id");
        program.send_json(Method::DELETE, &format!("{API}/soft-links/{id}"), &json!({})).await.expect(204);
        assert!(conflict(&mut program, ["O04", "O12"]).await.is_some());
        manager.get("/e/east/plan/space").await.expect(200).shows("N1").shows("space-bar is-x");
        manager.get("/e/east/plan/space?view=table&zoom=hours").await.expect(200).shows("Exclusive");
        manager.get("/e/east/plan/tasks/O12/places").await.expect(200).shows("Exclusive");
        t.staff(Role::GateSteward, edition.id).await.get("/e/east/plan/space").await.expect(403);
    }

    async fn a_state_is_brought_by_a_signature_and_needed_by_others(t: TestApp) {
        let edition = t.edition("east").await;
        let (mut team, ids) = team(&t, &edition).await;
        let hall = place(&mut team[0], "hall", "N1", "").await;
        for (task, fields) in [
            ("I01", [("produces", "handed_over"), ("needs", "")]),
            ("I02", [("needs", "handed_over"), ("produces", "")]),
        ] {
            let more = [("place", hall.as_str()), ("mode", "s"), ("when", "throughout"), fields[0], fields[1]];
            team[0].post(&format!("/e/east/plan/tasks/{task}/places"), &more).await.expect(303);
            let people = [("owner", ids[1].as_str()), ("checker", &ids[2]), ("confirmer", &ids[0])];
            team[0].post(&format!("/e/east/plan/tasks/{task}/assign"), &people).await.expect(303);
        }
        team[1].post("/e/east/plan/tasks/I02/start", &[]).await.expect(422).shows("must be handed over");
        confirm(&t, &edition, &mut team, "I01").await;
        let page = format!("/e/east/plan/space/places/{hall}");
        team[0].get(&page).await.expect(200).shows("Handed over");
        team[1].post("/e/east/plan/tasks/I02/start", &[]).await.expect(303);
        t.wait(TimeDelta::minutes(20));
        // Taken back: the work stops at once, and says why.
        let mut program = program(&t, &edition).await;
        let history = program.get(&format!("{API}/places/{hall}")).await.expect(200).json();
        let state = history["history"][0]["id"].as_str().expect("a state");
        let revoke = format!("{page}/states/{state}/revoke");
        team[2].post(&revoke, &[("reason", "")]).await.expect(422).shows("Please fill this in");
        team[2].post(&revoke, &[("reason", "The survey was of another hall")]).await.expect(303);
        team[2].post(&revoke, &[("reason", "again")]).await.expect(422);
        team[0].get("/e/east/plan/tasks/I02").await.expect(200).shows("Blocked").shows("does not hold any more");
        // Set by hand, out of turn only with a reason and by who leads; evidence is needed.
        team[2].post(&format!("{page}/state"), &[("state", "handed_over")]).await.expect(422);
        team[2].post(&format!("{page}/state"), &[("state", "built"), ("note", "x")]).await.expect(422).shows("cannot follow now");
        team[2].post(&format!("{page}/state"), &[("state", "handed_over"), ("note", "Walked it again")]).await.expect(303);
        let task = team[0].get("/e/east/plan/tasks/I02").await.expect(200);
        assert!(!task.text.contains("does not hold any more"));
        let mut reader = t.staff(Role::ReadOnly, edition.id).await;
        reader.post(&format!("{page}/state"), &[("state", "released"), ("note", "x")]).await.expect(403);
        let journal = team[0].get(&page).await.expect(200);
        assert!(!journal.text.contains(">fact-"), "a fact has no words");
    }

    async fn established_rests_on_its_check_list(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let hall = place(&mut manager, "hall", "N1", "").await;
        let mut program = program(&t, &edition).await;
        let at = format!("{API}/places/{hall}");
        let refused = program.send_json(Method::POST, &format!("{at}/states"), &json!({ "state": "established", "note": "Fine" })).await.expect(409).json();
        let lacks = refused["errors"].as_array().expect("errors").len();
        assert!(lacks >= 6, "every mandatory line is named: {refused}");
        let detail = program.get(&at).await.expect(200).json();
        let items: Vec<String> = detail["checks"].as_array().expect("checks").iter().filter_map(|one| one["item"].as_str().map(str::to_owned)).collect();
        for item in &items {
            program.send_json(Method::POST, &format!("{at}/checks"), &json!({ "item": item, "passed": true })).await.expect(200);
        }
        let done = program.send_json(Method::POST, &format!("{at}/states"), &json!({ "state": "established", "note": "All seen" })).await.expect(200).json();
        assert_eq!(done["established"], true, "{done}");
        let silent = json!({ "item": "exits", "passed": false });
        program.send_json(Method::POST, &format!("{at}/checks"), &silent).await.expect(422);
        let failed = json!({ "item": "exits", "passed": false, "note": "Pallets" });
        let after = program.send_json(Method::POST, &format!("{at}/checks"), &failed).await.expect(200).json();
        assert_eq!(after["established"], false);
        assert!(after["history"][0]["ended_at"].is_string(), "taken back on record: {after}");
        program.send_json(Method::POST, &format!("{at}/checks"), &json!({ "item": "exits", "passed": true })).await.expect(200);
        program.send_json(Method::POST, &format!("{at}/states"), &json!({ "state": "established", "note": "Cleared" })).await.expect(200);
        // Certificates run out by themselves.
        t.wait(TimeDelta::hours(25));
        t.work().await;
        let later = program.get(&at).await.expect(200).json();
        assert_eq!(later["established"], false);
        assert!(later["history"][0]["ended_at"].is_string(), "{later}");
        manager.get(&format!("/e/east/plan/space/places/{hall}")).await.expect(200).shows("Expired").shows("Check list");
    }

    async fn a_closed_hall_stops_work_and_moves_what_is_left(t: TestApp) {
        let edition = t.edition("east").await;
        let (mut team, ids) = team(&t, &edition).await;
        let hall = place(&mut team[0], "hall", "N1", "").await;
        let page = format!("/e/east/plan/space/places/{hall}");
        team[0].post(&format!("{page}/state"), &[("state", "released"), ("note", "Keys are here")]).await.expect(303);
        let asks = [("place", hall.as_str()), ("mode", "s"), ("needs", "released"), ("when", "throughout")];
        team[0].post("/e/east/plan/tasks/I01/places", &asks).await.expect(303);
        let people = [("owner", ids[1].as_str()), ("checker", &ids[2]), ("confirmer", &ids[0])];
        team[0].post("/e/east/plan/tasks/I01/assign", &people).await.expect(303);
        let mut program = program(&t, &edition).await;
        let before = program.get(&format!("{API}/tasks/I01")).await.expect(200).json();
        team[2].post(&format!("{page}/close"), &[("why", "Water"), ("until", "2001-01-01T00:00")]).await.expect(422);
        team[2].post(&format!("{page}/close"), &[("why", "Water"), ("until", "2031-01-01T08:00")]).await.expect(303);
        team[2].post(&format!("{page}/close"), &[("why", "Twice")]).await.expect(422).shows("open it first");
        team[1].post("/e/east/plan/tasks/I01/start", &[]).await.expect(422).shows("must be released");
        let closed = program.get(&format!("{API}/tasks/I01")).await.expect(200).json();
        assert_ne!(closed["starts_on"], before["starts_on"], "it waits until the hall opens again");
        // Another use case closes and opens places too: declaring an incident does.
        let place: PlaceId = hall.parse().expect("an id");
        let mut work = t.app.begin(t.system()).await.expect("a use case");
        let opened = app::plan::space::restore_place(&mut work, edition.id, place, "Repaired").await.expect("opened");
        work.commit().await.expect("saved");
        assert_eq!(opened, 1);
        team[2].post(&format!("{page}/open"), &[("why", "Twice")]).await.expect(422);
        let open = program.get(&format!("{API}/tasks/I01")).await.expect(200).json();
        assert_eq!(open["starts_on"], before["starts_on"]);
        team[1].post("/e/east/plan/tasks/I01/start", &[]).await.expect(303);
        t.wait(TimeDelta::minutes(20));
        let mut work = t.app.begin(t.system()).await.expect("a use case");
        app::plan::space::suspend_place(&mut work, edition.id, place, "Smoke", None).await.expect("closed");
        work.commit().await.expect("saved");
        team[0].get("/e/east/plan/tasks/I01").await.expect(200).shows("Blocked");
    }

    async fn a_place_has_open_hours(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let hall = place(&mut manager, "hall", "N1", "").await;
        let aisle = place(&mut manager, "aisle", "N1-A", &hall).await;
        let mut program = program(&t, &edition).await;
        let page = format!("/e/east/plan/space/places/{hall}");
        manager.get(&page).await.expect(200).shows("Open hours").shows("Working calendars");
        let mut fields = vec![("what", "calendar"), ("was", ""), ("code", "HALL"), ("name_en", "Hall hours"), ("name_zh", "展馆时间")];
        fields.extend(["monday", "tuesday", "wednesday", "thursday", "friday"].map(|day| (day, "10:00-15:00")));
        let revision = program.get(API).await.expect(200).json()["revision"].to_string();
        fields.extend([("act", "accept"), ("revision", &*revision)]);
        manager.post("/e/east/plan/calendars", &fields).await.expect(303);
        let here = json!({ "place": aisle, "mode": "s" });
        program.send_json(Method::POST, &format!("{API}/tasks/I01/places"), &here).await.expect(200);
        let before = program.get(&format!("{API}/tasks/I01")).await.expect(200).json();
        // Looked at, by program and by page; nothing holds yet.
        let hours = format!("{API}/places/{hall}/hours");
        program.send_json(Method::POST, &hours, &json!({ "calendar": "NIX" })).await.expect(422);
        let look = program.send_json(Method::POST, &hours, &json!({ "calendar": "HALL", "preview": true })).await.expect(200).json();
        assert!(look["moves"].as_array().is_some_and(|moves| !moves.is_empty()), "{look}");
        let ask = manager.post(&format!("{page}/hours"), &[("calendar", "HALL")]).await.expect(200);
        ask.shows("within “Hall hours”").shows("I01");
        assert_eq!(program.get(&format!("{API}/tasks/I01")).await.json(), before);
        // Accepted on the revision that was seen; the hall's hours hold in its aisle, and the date says so.
        let accept = |revision: &str| [("calendar", "HALL"), ("act", "accept"), ("revision", revision)].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let revision = program.get(API).await.json()["revision"].to_string();
        let sent = accept(&revision);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        manager.post(&format!("{page}/hours"), &sent).await.expect(303);
        manager.post(&format!("{page}/hours"), &sent).await.expect(422);
        let after = program.get(&format!("{API}/tasks/I01")).await.expect(200).json();
        assert_ne!(after["ends_on"], before["ends_on"], "five hours a day");
        manager.get("/e/east/plan/tasks/I01").await.expect(200).shows("is open by “Hall hours”");
        manager.get(&format!("/e/east/plan/space/places/{aisle}")).await.expect(200).shows("Hall hours");
        assert_eq!(program.get(&format!("{API}/places/{hall}")).await.expect(200).json()["calendar"], "HALL");
        manager.post("/e/east/plan/calendars", &[("what", "remove"), ("code", "HALL")]).await.expect(422).shows("N1");
        let journal = manager.get(&page).await.expect(200).shows("Set the open hours of N1: HALL");
        assert!(!journal.text.contains(">fact-"), "a fact has no words");
        // Taken from it, everything is as before.
        program.send_json(Method::POST, &hours, &json!({})).await.expect(200);
        assert_eq!(program.get(&format!("{API}/tasks/I01")).await.json()["ends_on"], before["ends_on"]);
        t.staff(Role::Sales, edition.id).await.post(&format!("{page}/hours"), &[("calendar", "HALL")]).await.expect(403);
    }

    async fn a_rule_by_location_is_stored_once_and_follows_the_places(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let mut program = program(&t, &edition).await;
        let body = json!({ "reason": "Utilities before the clean", "each": "hall", "before": "B05", "after": "B19 B20" });
        let nobody = json!({ "reason": "x", "each": "hall", "before": "ZZ9", "after": "B05" });
        program.send_json(Method::POST, &format!("{API}/rules"), &nobody).await.expect(422);
        let rule = program.send_json(Method::POST, &format!("{API}/rules"), &body).await.expect(200).json();
        assert_eq!(rule["links"], 0, "there is no hall yet");
        let hall = place(&mut manager, "hall", "N1", "").await;
        let count = |rules: Value| rules["items"].as_array().into_iter().flatten().find(|one| one["id"] == rule["id"]).map(|one| one["links"].clone());
        assert_eq!(count(program.get(&format!("{API}/rules")).await.json()), Some(json!(1)), "the sweep is in the hall");
        place(&mut manager, "aisle", "N1-A", &hall).await;
        assert_eq!(count(program.get(&format!("{API}/rules")).await.json()), Some(json!(2)), "the carpet is in its aisle");
        manager.get("/e/east/plan/space/rules").await.expect(200).shows("Utilities before the clean");
        let id = rule["id"].as_str().expect("an id");
        let one = format!("{API}/rules/{id}");
        // Looked at first: what would come, stay and go; nothing is saved.
        let only = json!({ "reason": "Only the sweep", "each": "hall", "before": "B05", "after": "B19" });
        let look = program.send_json(Method::POST, &format!("{API}/rules/preview?rule={id}"), &only).await.expect(200).json();
        assert_eq!(look["removed"], json!([{ "from": "B05", "to": "B20" }]), "{look}");
        assert_eq!((&look["kept"], &look["added"]), (&json!([{ "from": "B05", "to": "B19" }]), &json!([])), "{look}");
        assert_eq!(count(program.get(&format!("{API}/rules")).await.json()), Some(json!(2)), "looking changes nothing");
        let page = format!("/e/east/plan/space/rules/{id}");
        manager.get(&page).await.expect(200).shows("2 links stay").shows("B20");
        // Changed by whom it was not changed under the hand.
        let typed = [("reason", "Only the sweep"), ("each", "hall"), ("before", "B05"), ("after", "B19"), ("version", "1")];
        let looked: Vec<(&str, &str)> = typed.iter().copied().chain([("act", "preview")]).collect();
        manager.post(&page, &looked).await.expect(200).shows("One link goes");
        manager.post(&page, &typed).await.expect(303);
        manager.post(&page, &typed).await.expect(422);
        let changed = program.send_json(Method::PATCH, &one, &json!({ "version": 1, "after": "B20" })).await;
        changed.expect(409);
        assert_eq!(count(program.get(&format!("{API}/rules")).await.json()), Some(json!(1)));
        // Off it is kept and nothing follows; on again it is as before.
        manager.post(&format!("{page}/switch"), &[]).await.expect(303);
        assert_eq!(count(program.get(&format!("{API}/rules")).await.json()), Some(json!(0)));
        manager.get("/e/east/plan/space/rules").await.expect(200).shows("Switch on");
        let on = program.send_json(Method::PATCH, &one, &json!({ "on": true, "after": "B19 B20" })).await.expect(200).json();
        assert_eq!((&on["on"], &on["links"]), (&json!(true), &json!(2)), "{on}");
        program.send_json(Method::DELETE, &one, &json!({})).await.expect(204);
        assert_eq!(count(program.get(&format!("{API}/rules")).await.json()), None);
        program.send_json(Method::PATCH, &one, &json!({ "on": false })).await.expect(404);
        t.staff(Role::ReadOnly, edition.id).await.get(&page).await.expect(403);
        // A rule that would make tasks wait for each other is refused, with the tasks in order; switched on as well.
        for task in ["I01", "I02"] {
            let beside = json!({ "place": hall, "mode": "s", "quantity": 1, "unit": "persons" });
            program.send_json(Method::POST, &format!("{API}/tasks/{task}/places"), &beside).await.expect(200);
        }
        let round = json!({ "reason": "The wrong way round", "each": "hall", "before": "I02", "after": "I01" });
        let look = program.send_json(Method::POST, &format!("{API}/rules/preview"), &round).await.expect(200).json();
        assert!(look["rings"][0].as_str().is_some_and(|ring| ring.starts_with("I02 → I01") && ring.ends_with("→ I02")), "{look}");
        let refused = program.send_json(Method::POST, &format!("{API}/rules"), &round).await.expect(422).json();
        assert_eq!(refused["errors"][0]["code"], "space-rule-ring", "{refused}");
        let typed = [("reason", "Wrong"), ("each", "hall"), ("before", "I02"), ("after", "I01")];
        manager.post("/e/east/plan/space/rules", &typed).await.expect(422).shows("I02 → I01");
        let ring = [("from", "I02"), ("to", "I01"), ("reason", "no")];
        manager.post("/e/east/plan/space/links", &ring).await.expect(422).shows("I01");
    }
}
