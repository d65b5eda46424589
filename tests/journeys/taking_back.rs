//! What a plan stands on is taken back and made again like its tasks: rules, needs and hours of places, calendars and
//! choices; steps of the loop, with the right the act itself took; and why dates lie where they lie, by program.

use crate::harness::Caller;
use domain::access::{Permission, Role};
use reqwest::Method;
use serde_json::{Value, json};

const API: &str = "/api/v1/editions/east/plan";

async fn get(program: &mut Caller, path: &str) -> Value {
    program.get(&format!("{API}/{path}")).await.expect(200).json()
}

/// Takes back or makes again; answers with the status.
async fn again(program: &mut Caller, which: &str, status: u16) -> Value {
    program.send_json(Method::POST, &format!("{API}/{which}"), &json!({})).await.expect(status).json()
}

async fn hall(manager: &mut Caller) -> String {
    let fields = [("kind", "hall"), ("code", "N1"), ("name_en", "Hall N1"), ("area", "1000")];
    let answer = manager.post("/e/east/venue/places", &fields).await.expect(303);
    answer.location().rsplit('/').next().expect("an id").to_owned()
}

/// How many links follow from the only rule; nothing without one.
async fn links(program: &mut Caller) -> Option<i64> {
    get(program, "rules").await["items"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["reason"] == "First the sweep"))
        .and_then(|one| one["links"].as_i64())
}

both_databases! {
    async fn rules_needs_and_hours_of_places_are_taken_back(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let hall = hall(&mut manager).await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let post = Method::POST;
        // A rule comes, is changed, goes; each step back is one.
        let rule = json!({ "reason": "First the sweep", "each": "hall", "before": "B05", "after": "B20" });
        let made = program.send_json(post.clone(), &format!("{API}/rules"), &rule).await.expect(200).json();
        let one = format!("{API}/rules/{}", made["id"].as_str().expect("an id"));
        let with = links(&mut program).await;
        assert!(with > Some(0), "{made}");
        program.send_json(Method::PATCH, &one, &json!({ "on": false })).await.expect(200);
        assert_eq!(links(&mut program).await, Some(0));
        program.send_json(Method::DELETE, &one, &json!({})).await.expect(204);
        assert_eq!(links(&mut program).await, None);
        again(&mut program, "undo", 200).await;
        assert_eq!(links(&mut program).await, Some(0), "it is back, and off as it was");
        again(&mut program, "undo", 200).await;
        assert_eq!(links(&mut program).await, with);
        again(&mut program, "undo", 200).await;
        assert_eq!(links(&mut program).await, None);
        again(&mut program, "undo", 409).await;
        again(&mut program, "redo", 200).await;
        assert_eq!(links(&mut program).await, with);
        // What somebody changed since is not overwritten.
        program.send_json(Method::PATCH, &one, &json!({ "after": "B19 B20" })).await.expect(200);
        again(&mut program, "undo", 200).await;
        manager.post(&format!("/e/east/plan/space/rules/{}/switch", made["id"].as_str().expect("an id")), &[]).await.expect(303);
        let refused = again(&mut program, "undo", 409).await;
        assert!(refused.to_string().contains("plan-undo-rule"), "{refused}");
        manager.get("/e/east/plan/undo").await.expect(200).shows("Rule by location");
        let revision = program.get(API).await.expect(200).json()["revision"].to_string();
        manager.post("/e/east/plan/undo", &[("act", "accept"), ("revision", &revision)]).await.expect(303);
        again(&mut program, "undo", 200).await;
        // A need of a place, and the place's hours with the calendar they go by.
        let alone = json!({ "place": hall, "mode": "x" });
        program.send_json(post.clone(), &format!("{API}/tasks/I01/places"), &alone).await.expect(200);
        let before = get(&mut program, "tasks/I01").await;
        let week: Vec<&str> = ["10:00-15:00"; 5].into_iter().chain([""; 2]).collect();
        let calendar = json!({ "code": "HALL", "name_en": "Hall hours", "name_zh": "展馆时间", "week": week });
        program.send_json(Method::PATCH, &format!("{API}/calendars/HALL"), &calendar).await.expect(200);
        let hours = format!("{API}/places/{hall}/hours");
        program.send_json(post, &hours, &json!({ "calendar": "HALL" })).await.expect(200);
        let held = get(&mut program, "tasks/I01").await;
        assert_ne!(held["ends_on"], before["ends_on"], "five hours a day");
        // The date says so, by program too.
        let why = held["why"].as_array().and_then(|all| all.last()).expect("a reason");
        assert_eq!((&why["code"], &why["place"]["name_en"], &why["place"]["calendar_en"]), (&json!("I01"), &json!("Hall N1"), &json!("Hall hours")), "{why}");
        assert!(why["text_en"].as_str().is_some_and(|text| text.contains("Hall hours")) && why["text_zh"].as_str().is_some_and(|text| text.contains("展馆时间")), "{why}");
        again(&mut program, "undo", 200).await;
        let free = get(&mut program, "tasks/I01").await;
        assert_eq!((&free["ends_on"], &free["why"]), (&before["ends_on"], &before["why"]));
        assert_eq!(get(&mut program, &format!("places/{hall}")).await["calendar"], Value::Null);
        again(&mut program, "redo", 200).await;
        assert_eq!(get(&mut program, "tasks/I01").await["ends_on"], held["ends_on"]);
        for _ in 0..3 {
            again(&mut program, "undo", 200).await;
        }
        assert_eq!(get(&mut program, "calendars").await, json!([]));
        assert_eq!(get(&mut program, "tasks/I01/places").await["items"], json!([]));
        let journal = manager.get("/e/east/journal").await.expect(200).shows("Took back a change of open hours").shows("Took back what I01 asks of places");
        assert!(!journal.text.contains(">fact-"), "a fact has no words");
    }

    async fn calendars_and_choices_are_taken_back_and_explain_dates(t: TestApp) {
        let edition = t.edition("east").await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let before = get(&mut program, "tasks/B08").await;
        assert!(before["why"].as_array().is_some_and(|all| all.iter().all(|one| one["calendar"].is_null())), "round the clock");
        let week: Vec<&str> = ["08:00-12:00 13:00-17:00"; 5].into_iter().chain([""; 2]).collect();
        let calendar = json!({ "code": "DAYS", "name_en": "Working days", "name_zh": "工作日", "week": week });
        let looked = program.send_json(Method::PATCH, &format!("{API}/calendars/DAYS?dry_run=true"), &calendar).await.expect(200).json();
        assert_eq!(looked["moves"], json!([]));
        assert_eq!(get(&mut program, "calendars").await, json!([]), "looking saves nothing");
        program.send_json(Method::PATCH, &format!("{API}/calendars/DAYS"), &calendar).await.expect(200);
        let give = json!({ "calendar": "DAYS", "tasks": ["B08"] });
        let given = program.send_json(Method::POST, &format!("{API}/calendars"), &give).await.expect(200).json();
        let moved = given["moves"].as_array().and_then(|all| all.iter().find(|one| one["code"] == "B08")).expect("it moves");
        assert_eq!(moved["why"]["calendar"]["name_en"], "Working days", "{moved}");
        let held = get(&mut program, "tasks/B08").await;
        let why = held["why"].as_array().and_then(|all| all.last()).expect("a reason");
        assert!(why["calendar"]["idle_minutes"].as_i64() > Some(0), "{why}");
        let mut manager = t.staff(Role::Manager, edition.id).await;
        manager.get("/e/east/plan/tasks/B08").await.expect(200).shows("“Working days” rests");
        program.send_json(Method::PATCH, &format!("{API}/options"), &json!({ "critical_hours": 24 })).await.expect(200);
        again(&mut program, "undo", 200).await;
        again(&mut program, "undo", 200).await;
        let free = get(&mut program, "tasks/B08").await;
        assert_eq!((&free["ends_on"], &free["calendar"], &free["why"]), (&before["ends_on"], &Value::Null, &before["why"]));
        again(&mut program, "undo", 200).await;
        assert_eq!(get(&mut program, "calendars").await, json!([]));
        for _ in 0..3 {
            again(&mut program, "redo", 200).await;
        }
        assert_eq!(get(&mut program, "tasks/B08").await["ends_on"], held["ends_on"]);
    }

    async fn a_step_is_taken_back_and_made_again_with_the_right_of_the_step(t: TestApp) {
        let edition = t.edition("east").await;
        let mut work = t.program(&[Permission::PlanRead, Permission::PlanWork], Some(edition.id)).await;
        let mut edit = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let mut read = t.program(&[Permission::PlanRead], Some(edition.id)).await;
        again(&mut read, "undo", 409).await;
        let block = json!({ "act": "block", "reason": "Power is off" });
        let aside = format!("{API}/tasks/I05/aside");
        work.send_json(Method::POST, &aside, &block).await.expect(200);
        // The same person by tokens with other rights: neither may work, so neither takes back what was work.
        again(&mut read, "undo", 403).await;
        again(&mut edit, "undo", 403).await;
        again(&mut work, "undo", 200).await;
        assert_ne!(get(&mut read, "tasks/I05").await["state"], "blocked");
        again(&mut read, "redo", 403).await;
        again(&mut work, "redo", 200).await;
        assert_eq!(get(&mut read, "tasks/I05").await["state"], "blocked");
        again(&mut work, "undo", 200).await;
        // A change of the plan is taken back by who may change it.
        edit.send_json(Method::PATCH, &format!("{API}/tasks/I06"), &json!({ "priority": 800 })).await.expect(200);
        again(&mut work, "undo", 403).await;
        again(&mut edit, "undo", 200).await;
        assert_eq!(get(&mut read, "tasks/I06").await["priority"], 500);
        let mut manager = t.staff(Role::Manager, edition.id).await;
        manager.get("/e/east/journal").await.expect(200).shows("Took back the blocking of I05").shows("Blocked I05 again");
    }

    async fn what_pages_do_a_program_does_too(t: TestApp) {
        let edition = t.edition("east").await;
        let rights = [Permission::PlanRead, Permission::PlanEdit, Permission::PlanWork];
        let grant = |role| [domain::access::Grant { edition: Some(edition.id), role }];
        let doer = t.user("doer@fairlead.example", false, &grant(Role::Manager)).await;
        let mut program = t.program_of(doer, &rights, Some(edition.id)).await;
        let post = Method::POST;
        // Feeds: the address is told once, serves without a token, and dies with its successor.
        let mut anybody = t.visitor();
        program.send_json(post.clone(), &format!("{API}/feeds"), &json!({ "about": "place", "place": "nowhere" })).await.expect(422);
        let made = program.send_json(post.clone(), &format!("{API}/feeds"), &json!({ "about": "person" })).await.expect(200).json();
        let path = |made: &Value| made["address"].as_str().and_then(|address| address.split_once("/calendar/")).map(|(_, rest)| format!("/calendar/{rest}")).expect("an address");
        anybody.get(&path(&made)).await.expect(200).shows("BEGIN:VCALENDAR");
        let list = get(&mut program, "feeds").await;
        assert_eq!((list.as_array().map(Vec::len), &list[0]["address"]), (Some(1), &Value::Null), "{list}");
        let one = format!("{API}/feeds/{}", made["id"].as_str().expect("an id"));
        let turned = program.send_json(post.clone(), &format!("{one}/rotate"), &json!({})).await.expect(200).json();
        anybody.get(&path(&made)).await.expect(404);
        anybody.get(&path(&turned)).await.expect(200);
        program.send_json(Method::DELETE, &one, &json!({})).await.expect(204);
        anybody.get(&path(&turned)).await.expect(404);
        program.send_json(Method::DELETE, &one, &json!({})).await.expect(404);
        // The data date: looked at, moved on the revision that was seen, taken back.
        let looked = get(&mut program, "data-date").await;
        assert_eq!(looked["data_date"], Value::Null);
        let stale = json!({ "revision": 99 });
        program.send_json(post.clone(), &format!("{API}/data-date"), &stale).await.expect(409);
        let seen = json!({ "revision": looked["delta"]["revision"] });
        let moved = program.send_json(post.clone(), &format!("{API}/data-date"), &seen).await.expect(200).json();
        assert!(moved["data_date"].is_string(), "{moved}");
        assert_eq!(moved["delta"]["moves"].as_array().map(Vec::len), looked["delta"]["moves"].as_array().map(Vec::len));
        let own = get(&mut program, "undo").await;
        assert_eq!((&own[0]["what"], &own[0]["undone"]), (&json!("data_date"), &json!(false)), "{own}");
        again(&mut program, "undo", 200).await;
        assert_eq!(get(&mut program, "data-date").await["data_date"], Value::Null);
        assert_eq!(get(&mut program, "undo").await[0]["undone"], true);
        // A scenario is put away, a simulation nobody asked for is not stopped.
        program.send_json(post.clone(), &format!("{API}/scenarios"), &json!({ "name_en": "Later" })).await.expect(200);
        program.send_json(Method::DELETE, &format!("{API}/scenarios/1"), &json!({})).await.expect(204);
        program.send_json(Method::DELETE, &format!("{API}/scenarios/1"), &json!({})).await.expect(409);
        program.send_json(post.clone(), &format!("{API}/simulations/{}/stop", uuid::Uuid::nil()), &json!({})).await.expect(404);
        // What a task wishes for is read as it is written.
        let wish = json!({ "constraint": "snet", "constraint_on": "2027-03-01", "deadline_on": "2027-03-20" });
        program.send_json(Method::PATCH, &format!("{API}/tasks/I05"), &wish).await.expect(200);
        let points = json!({ "estimate": { "optimistic_days": 2.0, "likely_days": 3.0, "pessimistic_days": 6.0 } });
        program.send_json(post.clone(), &format!("{API}/tasks/I05/estimate"), &points).await.expect(200);
        let read = get(&mut program, "tasks/I05").await;
        assert_eq!((&read["constraint"], &read["constraint_on"], &read["estimate"]), (&json!("snet"), &json!("2027-03-01"), &points["estimate"]), "{read}");
        assert!(read["deadline_at"].is_string(), "{read}");
        // Progress is reported, work is handed in with its evidence.
        let other = t.user("check@fairlead.example", false, &grant(Role::HallManager)).await.to_string();
        let people = json!({ "owner": doer.to_string(), "checker": other, "confirmer": other });
        program.send_json(post.clone(), &format!("{API}/tasks/I01/assign"), &people).await.expect(200);
        let task = format!("{API}/tasks/I01");
        program.send_json(post.clone(), &format!("{task}/report"), &json!({ "percent": 40 })).await.expect(409);
        program.send_json(post.clone(), &format!("{task}/start"), &json!({})).await.expect(200);
        program.send_json(post.clone(), &format!("{task}/report"), &json!({ "percent": 140 })).await.expect(422);
        let told = program.send_json(post.clone(), &format!("{task}/report"), &json!({ "percent": 40 })).await.expect(200).json();
        assert_eq!(told["percent"], 40);
        let broken = json!({ "text": "Done", "file_name": "proof.pdf", "file": "~" });
        program.send_json(post.clone(), &format!("{task}/submit"), &broken).await.expect(422);
        let proof = json!({ "text": "Done", "file_name": "proof.txt", "file": "RG9uZQ==" });
        let handed = program.send_json(post, &format!("{task}/submit"), &proof).await.expect(200).json();
        assert_eq!(handed["state"], "submitted");
        let mut manager = t.staff(Role::Manager, edition.id).await;
        manager.get("/e/east/plan/tasks/I01").await.expect(200).shows("proof.txt");
    }
}
