//! Changing the plan: cells, several tasks at once, tasks and links that come and go, order and outline, undo, views
//! kept by name; by page and by program.

use crate::harness::{Caller, TestApp};
use domain::access::{Permission, Role};
use reqwest::Method;
use serde_json::{Value, json};

const TASKS: &str = "/api/v1/editions/east/plan/tasks";

async fn program(t: &TestApp) -> Caller {
    let edition = t.edition("east").await;
    t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await
}

async fn task(program: &mut Caller, code: &str) -> Value {
    program.get(&format!("{TASKS}/{code}")).await.expect(200).json()
}

fn codes(value: &Value) -> Vec<String> {
    let list = value.as_array().expect("a list");
    list.iter().map(|one| one.as_str().or(one["code"].as_str()).unwrap_or_default().to_owned()).collect()
}

/// Sends a cell as the editor in the page does.
async fn cell(who: &mut Caller, code: &str, field: &str, sent: &[(&str, &str)]) -> Value {
    let path = format!("/e/east/plan/tasks/{code}/cell/{field}");
    who.post_for_json(&path, sent).await.expect(200).json()
}

both_databases! {
    async fn a_task_comes_and_goes(t: TestApp) {
        let mut program = program(&t).await;
        let post = Method::POST;
        let new = json!({ "after": "B08", "name_en": "Hang the banner", "name_zh": "悬挂横幅", "duration_days": "2", "predecessors": "B08 FS" });
        let seen = program.send_json(post.clone(), &format!("{TASKS}?preview=true"), &new).await.expect(200).json();
        assert_eq!(seen["saved"], false);
        let made = program.send_json(post.clone(), TASKS, &new).await.expect(200).json();
        assert_eq!(made["saved"], true, "{made}");
        let code = made["codes"][0].as_str().expect("a code").to_owned();
        let task_now = task(&mut program, &code).await;
        assert_eq!((task_now["name_zh"].as_str(), task_now["state"].as_str()), (Some("悬挂横幅"), Some("planned")));
        assert_eq!(codes(&task_now["predecessors"]), ["B08"]);
        let list = program.get(&format!("{TASKS}?limit=500")).await.expect(200).json();
        let all = codes(&list["items"]);
        let at = all.iter().position(|one| one == "B08").expect("B08");
        assert_eq!(all[at + 1], code, "below the task it was put after");
        let twice = json!({ "after": "B08", "name_en": "Again", "code": code });
        program.send_json(post.clone(), TASKS, &twice).await.expect(409);
        let nameless = program.send_json(post.clone(), TASKS, &json!({ "after": "B08", "owner": "Nobody" })).await.expect(422).json();
        let fields: Vec<&str> = nameless["errors"].as_array().expect("errors").iter().filter_map(|one| one["field"].as_str()).collect();
        assert_eq!(fields, ["name_en", "owner"]);
        // A slip deletes nothing, the code does, undo brings it back with its link.
        program.send_json(Method::DELETE, &format!("{TASKS}/{code}?typed=B08"), &json!({})).await.expect(422);
        program.send_json(Method::DELETE, &format!("{TASKS}/{code}?typed={code}"), &json!({})).await.expect(200);
        program.get(&format!("{TASKS}/{code}")).await.expect(404);
        program.send_json(post.clone(), "/api/v1/editions/east/plan/undo", &json!({})).await.expect(200);
        assert_eq!(codes(&task(&mut program, &code).await["predecessors"]), ["B08"]);
        program.send_json(post.clone(), "/api/v1/editions/east/plan/redo", &json!({})).await.expect(200);
        program.get(&format!("{TASKS}/{code}")).await.expect(404);
        program.send_json(Method::DELETE, &format!("{TASKS}/O01?typed=O01"), &json!({})).await;
    }

    async fn what_has_begun_is_not_deleted(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let who = t.user("doer@fairlead.example", false, &[domain::access::Grant { edition: Some(edition.id), role: Role::Sales }]).await;
        let other = t.user("check@fairlead.example", false, &[domain::access::Grant { edition: Some(edition.id), role: Role::HallManager }]).await;
        let (who, other) = (who.to_string(), other.to_string());
        manager.post("/e/east/plan/tasks/I01/assign", &[("owner", &who), ("checker", &other), ("confirmer", &other)]).await.expect(303);
        manager.post("/e/east/plan/tasks/I01/start", &[]).await.expect(303);
        let form = [("act", "preview"), ("typed", "I01"), ("tasks", "I01")];
        manager.post("/e/east/plan/tasks/I01/delete", &form).await.expect(422).shows("Cancel it instead");
        manager.get("/e/east/plan/tasks/I02/delete").await.expect(200).shows("Type I02");
    }

    async fn several_tasks_change_at_once_or_not_at_all(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let before = task(&mut program, "B02").await;
        let form = [("tasks", "B02"), ("tasks", "B03"), ("shift_days", "2"), ("priority", "800"), ("act", "preview")];
        let seen = manager.post("/e/east/plan/bulk", &form).await.expect(200);
        seen.shows("Accept the change").shows("2 tasks");
        assert_eq!(task(&mut program, "B02").await["starts_on"], before["starts_on"], "nothing is saved yet");
        let head = program.get("/api/v1/editions/east/plan").await.expect(200).json();
        let revision = head["revision"].to_string();
        let mut accept = form.to_vec();
        accept[4] = ("act", "accept");
        accept.push(("revision", &revision));
        manager.post("/e/east/plan/bulk", &accept).await.expect(303);
        assert_ne!(task(&mut program, "B02").await["starts_on"], before["starts_on"]);
        // The same answer again comes too late: the plan has moved on.
        manager.post("/e/east/plan/bulk", &accept).await.expect(422).shows("Accept the change");
        let bad = json!({ "tasks": ["B02", "NO1"], "owner": "Nobody", "priority": "5000" });
        let refused = program.send_json(Method::PATCH, TASKS, &bad).await.expect(422).json();
        assert_eq!(refused["errors"].as_array().map(Vec::len), Some(3), "{refused}");
        manager.post("/e/east/plan/bulk", &[("tasks", "B02"), ("act", "preview")]).await.expect(422).shows("Say what should change");
        // One entry in the journal for the whole change, with the list.
        manager.get("/e/east/journal").await.expect(200).shows("Changed 2 tasks at once: B02, B03");
        manager.get("/e/east/plan/undo").await.expect(200).shows("Change of several tasks");
        manager.post("/e/east/plan/undo", &[("act", "save")]).await.expect(303);
        assert_eq!(task(&mut program, "B02").await["starts_on"], before["starts_on"]);
        manager.post("/e/east/plan/undo", &[("act", "save")]).await.expect(303);
        manager.get("/e/east/plan/undo").await.expect(200).shows("nothing of yours to take back");
    }

    async fn a_cell_is_written_in_place(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let mut other = t.staff(Role::Operations, edition.id).await;
        manager.get("/e/east/plan").await.expect(200).shows("data-field=\"start\"").shows("plan-grid");
        let saved = cell(&mut manager, "I02", "name_en", &[("value", "Better name"), ("opened", "")]).await;
        assert_eq!(saved["outcome"], "clash", "what was opened is not what stands there: {saved}");
        let saved = cell(&mut manager, "I02", "name_en", &[("value", "Better name")]).await;
        assert_eq!(saved["outcome"], "saved", "{saved}");
        assert!(saved["rows"]["I02"][1].as_str().is_some_and(|html| html.contains("Better name")), "{saved}");
        let refused = cell(&mut manager, "I02", "duration", &[("value", "soon")]).await;
        assert_eq!((refused["outcome"].as_str(), refused["words"].as_str().is_some_and(|text| !text.is_empty())), (Some("refused"), true));
        // What hurts opening is asked first.
        let asked = cell(&mut manager, "B08", "duration", &[("value", "60"), ("opened", "2")]).await;
        let asked = if asked["outcome"] == "clash" {
            let theirs = asked["theirs"].as_str().expect("a value").to_owned();
            cell(&mut manager, "B08", "duration", &[("value", "60"), ("opened", &theirs)]).await
        } else {
            asked
        };
        assert_eq!(asked["outcome"], "ask", "{asked}");
        assert!(asked["html"].as_str().is_some_and(|html| html.contains("B08")));
        // Meanwhile somebody else writes the same cell: it is shown, nothing is overwritten.
        let theirs = cell(&mut other, "B08", "duration", &[("value", "3")]).await;
        assert!(matches!(theirs["outcome"].as_str(), Some("saved" | "ask")), "{theirs}");
        // Without script the same cell is a page.
        manager.get("/e/east/plan/tasks/I03/cell/owner").await.expect(200).shows("New value");
        let plain = [("value", "2026-12-24"), ("act", "save")];
        manager.post("/e/east/plan/tasks/I03/cell/deadline", &plain).await.expect(303);
        manager.post("/e/east/plan/tasks/I03/cell/deadline", &[("value", "soon"), ("act", "save")]).await.expect(422).shows("soon");
        manager.post("/e/east/plan/tasks/I03/cell/colour", &[("value", "red")]).await.expect(404);
    }

    async fn links_have_types_lags_and_release_rules(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let form = [
            ("side", "before"), ("other", "I01"), ("kind", "ss"), ("lag", "50"), ("lag_kind", "percent"),
            ("release", "confirmed"), ("act", "save"),
        ];
        manager.post("/e/east/plan/tasks/I05/links", &form).await.expect(303);
        manager.get("/e/east/plan/tasks/I05/links").await.expect(200).shows("50 %").shows("Start → start");
        manager.get("/e/east/plan?col=predecessors").await.expect(200).shows("I01 SS+50%");
        let cyclic = [("side", "after"), ("other", "I01"), ("act", "save")];
        manager.post("/e/east/plan/tasks/B11/links", &cyclic).await.expect(422).shows("would wait for each other");
        let post = Method::POST;
        let link = json!({ "from": "I01", "to": "I06", "lag": "1.5", "lag_kind": "elapsed" });
        program.send_json(post.clone(), "/api/v1/editions/east/plan/links", &link).await.expect(200);
        program.send_json(post, "/api/v1/editions/east/plan/links", &link).await.expect(409);
    }

    async fn order_and_outline_change_by_blocks(t: TestApp) {
        let mut program = program(&t).await;
        let post = Method::POST;
        let step = |step: &str| json!({ "step": step });
        for name in ["One", "Two"] {
            let new = json!({ "after": "I01", "name_en": name });
            program.send_json(post.clone(), TASKS, &new).await.expect(200);
        }
        let list = program.get(&format!("{TASKS}?limit=4")).await.expect(200).json();
        let all = codes(&list["items"]);
        let (two, one) = (all[1].clone(), all[2].clone());
        program.send_json(post.clone(), &format!("{TASKS}/{one}/outline"), &step("indent")).await.expect(200);
        program.send_json(post.clone(), &format!("{TASKS}/{two}/outline"), &step("down")).await.expect(200);
        let list = program.get(&format!("{TASKS}?limit=4")).await.expect(200).json();
        assert_eq!(codes(&list["items"])[2..], [two.clone(), one.clone()], "a summary moves with what lies below it");
        program.send_json(post.clone(), &format!("{TASKS}/{one}/outline"), &step("outdent")).await.expect(200);
        program.send_json(post.clone(), &format!("{TASKS}/{one}/outline"), &step("sideways")).await.expect(422);
        let copied = program.send_json(post.clone(), &format!("{TASKS}/I01/outline"), &step("copy")).await.expect(200).json();
        let copy = copied["codes"][0].as_str().expect("a code").to_owned();
        let (original, copy) = (task(&mut program, "I01").await, task(&mut program, &copy).await);
        assert_eq!(copy["indicators"].as_array().map(Vec::len), original["indicators"].as_array().map(Vec::len));
    }

    async fn undo_stops_where_somebody_else_was(t: TestApp) {
        let edition = t.edition("east").await;
        let mut first = t.staff(Role::Manager, edition.id).await;
        let mut second = t.staff(Role::Operations, edition.id).await;
        cell(&mut first, "I02", "priority", &[("value", "700")]).await;
        cell(&mut second, "I02", "priority", &[("value", "800")]).await;
        let answer = first.post("/e/east/plan/undo", &[("act", "save")]).await.expect(303);
        assert!(answer.location().contains("/plan/undo"));
        first.get("/e/east/plan/undo").await.expect(200).shows("has been changed since (priority)");
        second.post("/e/east/plan/undo", &[("act", "save")]).await.expect(303);
        first.post("/e/east/plan/undo", &[("act", "save")]).await.expect(303);
        let mut program = t.program(&[Permission::PlanRead], Some(edition.id)).await;
        assert_eq!(task(&mut program, "I02").await["priority"], 500);
    }

    async fn steps_and_the_data_date_are_taken_back(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let grant = |role| [domain::access::Grant { edition: Some(edition.id), role }];
        let doer = t.user("doer@fairlead.example", false, &grant(Role::Sales)).await;
        let checker = t.user("check@fairlead.example", false, &grant(Role::HallManager)).await;
        let (who, other) = (doer.to_string(), checker.to_string());
        let (mut doer, mut checker) = (t.sign_in("doer@fairlead.example").await, t.sign_in("check@fairlead.example").await);
        manager.post("/e/east/plan/tasks/I01/assign", &[("owner", &who), ("checker", &other), ("confirmer", &other)]).await.expect(303);
        let mut program = t.program(&[Permission::PlanRead], Some(edition.id)).await;
        let undo = "/e/east/plan/undo";
        // The doer takes back what the doer did, without the right to change the plan.
        doer.post("/e/east/plan/tasks/I01/start", &[]).await.expect(303);
        doer.post("/e/east/plan/tasks/I01/report", &[("percent", "40")]).await.expect(303);
        doer.get(undo).await.expect(200).shows("Start of work").shows("Progress").shows("are records");
        doer.post(undo, &[("act", "save")]).await.expect(303);
        let now = task(&mut program, "I01").await;
        assert_eq!((now["state"].as_str(), now["percent"].as_i64()), (Some("in_progress"), Some(0)), "{now}");
        doer.post(undo, &[("act", "save")]).await.expect(303);
        assert!(["planned", "ready"].contains(&task(&mut program, "I01").await["state"].as_str().unwrap_or_default()));
        doer.post(undo, &[("act", "save")]).await.expect(303);
        doer.get(undo).await.expect(200).shows("nothing of yours to take back");
        // Made again in turn, what the step needs looked at anew; and taken back once more.
        let redo = "/e/east/plan/redo";
        for _ in 0..2 {
            let revision = program.get("/api/v1/editions/east/plan").await.expect(200).json()["revision"].to_string();
            doer.post(redo, &[("act", "accept"), ("revision", &revision)]).await.expect(303);
        }
        let now = task(&mut program, "I01").await;
        assert_eq!((now["state"].as_str(), now["percent"].as_i64()), (Some("in_progress"), Some(40)), "{now}");
        for _ in 0..2 {
            doer.post(undo, &[("act", "save")]).await.expect(303);
        }
        // Without who checks it is not ready: the start is not made again, and the page says what is missing.
        manager.post("/e/east/plan/tasks/I01/assign", &[("owner", &who), ("checker", ""), ("confirmer", &other)]).await.expect(303);
        doer.post(redo, &[("act", "save")]).await.expect(303);
        assert!(["planned", "ready"].contains(&task(&mut program, "I01").await["state"].as_str().unwrap_or_default()));
        manager.post(undo, &[("act", "save")]).await.expect(303);
        // Handed in and taken back; handed in and checked, it stays, and it is said why.
        doer.post("/e/east/plan/tasks/I01/start", &[]).await.expect(303);
        doer.post("/e/east/plan/tasks/I01/submit", &[("text", "Done")]).await.expect(303);
        doer.post(undo, &[("act", "save")]).await.expect(303);
        assert_eq!(task(&mut program, "I01").await["state"], "in_progress");
        doer.post("/e/east/plan/tasks/I01/submit", &[("text", "Done now")]).await.expect(303);
        let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
        let id = board.find("I01").expect("a task").id;
        let all = store::read::plan::indicators(&t.app.reader(), edition.id, id).await.expect("indicators");
        let answers: Vec<(String, &str)> = all.iter().map(|one| (format!("indicator-{}", one.id), "yes")).collect();
        let answers: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        checker.post("/e/east/plan/tasks/I01/check", &answers).await.expect(303);
        let said = doer.post(undo, &[("act", "save")]).await.expect(303).location().to_owned();
        doer.get(&said).await.expect(200).shows("Measurements are records and stay");
        assert_eq!(task(&mut program, "I01").await["state"], "accepted");
        checker.post(undo, &[("act", "save")]).await.expect(303);
        checker.get(undo).await.expect(200).shows("nothing of yours to take back");
        // The data date.
        let revision = program.get("/api/v1/editions/east/plan").await.expect(200).json()["revision"].to_string();
        let date = async || {
            let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
            board.sheet.data_date
        };
        let before = date().await;
        manager.post("/e/east/plan/reschedule", &[("revision", &revision)]).await.expect(303);
        assert_ne!(date().await, before);
        manager.post(undo, &[("act", "save")]).await.expect(303);
        assert_eq!(date().await, before);
        manager.post("/e/east/plan/redo", &[("act", "save")]).await.expect(303);
        assert_ne!(date().await, before);
        manager.post(undo, &[("act", "save")]).await.expect(303);
        manager.get("/e/east/journal").await.expect(200).shows("Set the data date back");
    }

    async fn the_opening_day_is_taken_back_with_everything_that_hangs_on_it(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let mut program = t.program(&[Permission::PlanRead], Some(edition.id)).await;
        let undo = "/e/east/plan/undo";
        let first = task(&mut program, "B11").await["starts_on"].clone();
        let later = [
            ("slug", "east"), ("name_en", "East"), ("name_zh", "东"), ("time_zone", "Asia/Shanghai"), ("build_up_on", "2027-05-12"),
            ("opens_on", "2027-05-19"), ("closes_on", "2027-05-21"), ("breakdown_until", "2027-05-24"), ("gross_area_m2", "40000"),
            ("badge_mode", "signed"), ("version", "1"),
        ];
        manager.post("/e/east/edition", &later).await.expect(303);
        assert_ne!(task(&mut program, "B11").await["starts_on"], first);
        manager.get(undo).await.expect(200).shows("Opening day (D0)");
        manager.post(undo, &[("act", "preview")]).await.expect(200).shows("Accept the change");
        let revision = program.get("/api/v1/editions/east/plan").await.expect(200).json()["revision"].to_string();
        manager.post(undo, &[("act", "accept"), ("revision", &revision)]).await.expect(303);
        assert_eq!(task(&mut program, "B11").await["starts_on"], first);
        manager.get("/e/east/journal").await.expect(200).shows("Moved the opening day back");
        let edited = t.program(&[Permission::EditionRead], Some(edition.id)).await.get("/api/v1/editions/east").await.expect(200).json();
        assert_eq!((&edited["opens_on"], &edited["name_en"]), (&json!("2027-05-12"), &json!("East")), "{edited}");
    }

    async fn views_are_kept_by_name(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let form = [("list", "plan"), ("name", "Mine & late"), ("query", "only=late&sort=-finish"), ("back", "/e/east/plan")];
        let kept = manager.post("/e/east/views", &form).await.expect(303);
        assert_eq!(kept.location(), "/e/east/plan?only=late&sort=-finish");
        let page = manager.get("/e/east/plan").await.expect(200).shows("Mine &amp; late");
        let forget = page.text.split("action=\"").find(|part| part.contains("/forget\"")).and_then(|part| part.split('"').next()).expect("a form").to_owned();
        manager.post("/e/east/views", &[("list", "nowhere"), ("name", "x"), ("back", "/e/east/plan")]).await.expect(303);
        let mut other = t.staff(Role::Operations, edition.id).await;
        other.post(&forget, &[]).await.expect(404);
        manager.post(&forget, &[("back", "/e/east/plan")]).await.expect(303);
        let page = manager.get("/e/east/plan").await.expect(200);
        assert!(!page.text.contains("Mine &amp; late</a>"));
        // Order and filter are in the address.
        let sorted = manager.get("/e/east/plan?sort=-code&q=banner%20nothing").await.expect(200);
        sorted.shows("No task fits");
        manager.get("/e/east/plan?sort=finish").await.expect(200).shows("aria-sort=\"ascending\"");
    }
}
