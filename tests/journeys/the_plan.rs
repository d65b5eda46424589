//! The plan: from template to dates, one task through its closed loop, a change with its effect, two editors.

use crate::harness::{Caller, TestApp};
use domain::UserId;
use domain::access::{Grant, Permission, Role};
use domain::edition::Edition;
use serde_json::{Value, json};

struct Team {
    manager: Caller,
    doer: Caller,
    checker: Caller,
    ids: [UserId; 3],
}

/// A manager who leads the plan, and two who work.
async fn team(t: &TestApp, edition: &Edition) -> Team {
    let people = [
        ("lead@fairlead.example", Role::Manager),
        ("ops@fairlead.example", Role::Sales),
        ("hall@fairlead.example", Role::HallManager),
    ];
    let mut ids = Vec::new();
    for (email, role) in people {
        ids.push(t.user(email, false, &[Grant { edition: Some(edition.id), role }]).await);
    }
    Team {
        manager: t.sign_in(people[0].0).await,
        doer: t.sign_in(people[1].0).await,
        checker: t.sign_in(people[2].0).await,
        ids: [ids[0], ids[1], ids[2]],
    }
}

/// Every indicator of a task answered alike.
async fn answers(t: &TestApp, edition: &Edition, code: &str, value: &str) -> Vec<(String, String)> {
    let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
    let task = board.find(code).expect("a task").id;
    let all = store::read::plan::indicators(&t.app.reader(), edition.id, task).await.expect("indicators");
    assert!(!all.is_empty(), "{code} has indicators");
    all.iter().map(|one| (format!("indicator-{}", one.id), value.to_owned())).collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

both_databases! {
    async fn a_new_edition_has_its_plan(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let page = manager.get("/e/east/plan").await.expect(200);
        let page = page.shows("Space sales").shows("Opening readiness check").shows("130 of 130").shows("12 May 2027");
        assert!(!page.text.contains(">plan-"), "a word is missing");
        manager.get("/e/east/plan?only=path").await.expect(200).shows("B11").shows("Stand inspection and power-on");
        manager.get("/e/east/plan?q=carpet&phase=on_site").await.expect(200).shows("Aisle carpet, final clean");
        manager.get("/e/east/plan/gantt?zoom=weeks").await.expect(200).shows("D0").shows("gantt-link is-path");
        manager.get("/e/east/plan/print").await.expect(200).shows("S08");
        manager.get("/e/east/plan/mine").await.expect(200).shows("Nothing waits for you");
        let csv = manager.get("/e/east/plan/export.csv?phase=on_site").await.expect(200);
        assert_eq!(csv.text.lines().count(), 1 + 47, "exactly the rows shown: {}", csv.text);
        manager.get("/e/east/plan/export.xlsx").await.expect(200);
        let mut chinese = manager.with_cookie("fl_locale", "zh-CN");
        chinese.get("/e/east/plan").await.expect(200).shows("招展").shows("展中").shows("展位验收送电");
        manager.post("/e/east/plan", &[("template", "conference")]).await.expect(422).shows("has a plan already");
    }

    async fn a_task_goes_through_its_loop(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        let (task, [lead, doer, checker]) = ("/e/east/plan/tasks/I01", team.ids.map(|id| id.to_string()));
        let same = [("owner", doer.as_str()), ("checker", &doer), ("confirmer", &lead)];
        team.manager.post(&format!("{task}/assign"), &same).await.expect(422).shows("someone other than the owner");
        let fine = [("owner", doer.as_str()), ("checker", &checker), ("confirmer", &lead)];
        team.manager.post(&format!("{task}/assign"), &fine).await.expect(303);
        // Somebody else's work cannot be begun, and I02 waits for I01.
        team.checker.post(&format!("{task}/start"), &[]).await.expect(422).shows("Only the owner");
        team.manager.post("/e/east/plan/tasks/I02/assign", &fine).await.expect(303);
        team.doer.post("/e/east/plan/tasks/I02/start", &[]).await.expect(422).shows("has not been let go yet");
        team.doer.post(&format!("{task}/start"), &[]).await.expect(303);
        team.doer.post(&format!("{task}/report"), &[("percent", "60")]).await.expect(303);
        team.doer.post(&format!("{task}/submit"), &[("text", " ")]).await.expect(422).shows("Please fill this in");
        team.doer.post(&format!("{task}/submit"), &[("text", "Interviews are in")]).await.expect(303);
        // The doer does not check, the checker fails it once.
        team.doer.post(&format!("{task}/check"), &[]).await.expect(422).shows("does not check it");
        let no = answers(&t, &edition, "I01", "no").await;
        team.checker.post(&format!("{task}/check"), &borrowed(&no)).await.expect(303);
        team.checker.get(task).await.expect(200).shows("Sent back").shows("Round 2");
        team.manager.get("/e/east/plan/deviations").await.expect(200).shows("Market study");
        // Rework, pass, and confirm by someone else.
        team.doer.post(&format!("{task}/start"), &[]).await.expect(303);
        team.doer.post(&format!("{task}/submit"), &[("text", "Twenty interviews each")]).await.expect(303);
        let yes = answers(&t, &edition, "I01", "yes").await;
        team.checker.post(&format!("{task}/check"), &borrowed(&yes)).await.expect(303);
        team.doer.post(&format!("{task}/confirm"), &[]).await.expect(422);
        team.manager.post(&format!("{task}/confirm"), &[("text", "fine")]).await.expect(303);
        let page = team.manager.get(task).await.expect(200).shows("Confirmed").shows("passed its check in round 2");
        assert!(!page.text.contains(">fact-"), "a fact has no words");
        team.manager.post(&format!("{task}/start"), &[]).await.expect(422);
        // What waited for it may begin.
        team.doer.post("/e/east/plan/tasks/I02/start", &[]).await.expect(303);
    }

    async fn a_change_shows_what_it_moves_before_it_is_saved(t: TestApp) {
        let edition = t.edition("east").await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let tasks = "/api/v1/editions/east/plan/tasks";
        let before = program.get(&format!("{tasks}/B08")).await.expect(200).json();
        let change = json!({ "duration_days": 6 });
        let post = reqwest::Method::POST;
        let delta = program.send_json(post.clone(), &format!("{tasks}/B08/preview"), &change).await.expect(200).json();
        let moved: Vec<&str> = delta["moves"].as_array().expect("moves").iter().filter_map(|one| one["code"].as_str()).collect();
        assert!(moved.contains(&"B08"), "{delta}");
        assert_eq!(program.get(&format!("{tasks}/B08")).await.json()["ends_on"], before["ends_on"], "nothing is saved");
        let cyclic = json!({ "predecessors": "B11 FS" });
        let refused = program.send_json(post, &format!("{tasks}/B08/preview"), &cyclic).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "predecessors");
        assert!(refused["errors"][0]["detail"].as_str().is_some_and(|text| text.contains("B08") && text.contains("B11")), "{refused}");
        let patch = reqwest::Method::PATCH;
        program.send_json(patch.clone(), &format!("{tasks}/B08"), &change).await.expect(200);
        assert_ne!(program.get(&format!("{tasks}/B08")).await.json()["ends_on"], before["ends_on"]);
        let late = json!({ "duration_days": 7, "version": 1 });
        program.send_json(patch, &format!("{tasks}/B08"), &late).await.expect(409);
        let page = program.get(&format!("{tasks}?limit=2")).await.expect(200).json();
        let next = page["next"].as_str().expect("more").to_owned();
        assert_eq!(next, "I02");
        let rest: Value = program.get(&format!("{tasks}?limit=1&cursor={next}")).await.expect(200).json();
        assert_eq!(rest["items"][0]["code"], "I03");
    }

    async fn the_second_editor_sees_the_first_change_and_loses_nothing(t: TestApp) {
        let edition = t.edition("east").await;
        let mut first = t.staff(Role::Manager, edition.id).await;
        let mut second = t.staff(Role::Operations, edition.id).await;
        let path = "/e/east/plan/tasks/B08/edit";
        let form = first.get(path).await.expect(200);
        let opened = hidden(&form.text, "opened");
        let draft: Value = serde_json::from_str(&opened).expect("the draft travels");
        let fields = |days: &str, objective: &str, act: &str| -> Vec<(String, String)> {
            let mut fields: Vec<(String, String)> = draft.as_object().expect("fields").iter()
                .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect();
            for (name, value) in &mut fields {
                match name.as_str() {
                    "duration_days" => *value = days.to_owned(),
                    "objective" => *value = objective.to_owned(),
                    _ => {}
                }
            }
            let sent = [("act", act), ("opened", &opened), ("version", "1"), ("revision", "1")];
            fields.extend(sent.map(|(name, value)| (name.to_owned(), value.to_owned())));
            fields
        };
        first.post(path, &borrowed(&fields("5", "", "preview"))).await.expect(200).shows("What would move, and why");
        first.post(path, &borrowed(&fields("5", "", "accept"))).await.expect(303);
        let crossed = second.post(path, &borrowed(&fields("6", "Safe stands", "accept"))).await.expect(422);
        let crossed = crossed.shows("Someone else changed this task").shows("They saved").shows("Safe stands");
        let (version, revision) = (hidden(&crossed.text, "version"), hidden(&crossed.text, "revision"));
        let mut again = fields("6", "Safe stands", "accept");
        for (name, value) in &mut again {
            match name.as_str() {
                "version" => value.clone_from(&version),
                "revision" => value.clone_from(&revision),
                "opened" => *value = hidden(&crossed.text, "opened"),
                _ => {}
            }
        }
        second.post(path, &borrowed(&again)).await.expect(303);
        second.get("/e/east/plan/tasks/B08").await.expect(200).shows("Safe stands");
    }

    async fn evidence_is_served_as_a_file_and_nothing_else(t: TestApp) {
        let edition = t.edition("east").await;
        let mut team = team(&t, &edition).await;
        let ids = team.ids.map(|id| id.to_string());
        let fine = [("owner", ids[1].as_str()), ("checker", &ids[2]), ("confirmer", &ids[0])];
        team.manager.post("/e/east/plan/tasks/I01/assign", &fine).await.expect(303);
        team.doer.post("/e/east/plan/tasks/I01/start", &[]).await.expect(303);
        let viewer = domain::access::Viewer {
            user: team.ids[1],
            name: "ops".to_owned(),
            admin: false,
            grants: vec![Grant { edition: Some(edition.id), role: Role::Sales }],
            token: None,
        };
        let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
        let task = board.find("I01").expect("a task").id;
        let file = domain::document::Upload::check("file", "note.txt", b"<script>alert(1)</script>".to_vec()).expect("text");
        app::plan::submit(&t.app, &viewer, edition.id, task, "see the note", Some(&file)).await.expect("handed in");
        let page = team.manager.get("/e/east/plan/tasks/I01").await.expect(200).shows("note.txt");
        let link = page.text.split("href=\"").find(|part| part.starts_with("/e/east/documents/")).expect("a link");
        let link = link.split('"').next().expect("an address");
        let answer = team.manager.get(link).await.expect(200);
        let header = |name: &str| answer.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        assert!(header("content-disposition").starts_with("attachment"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("content-security-policy").contains("sandbox"));
        let mut steward = t.staff(Role::GateSteward, edition.id).await;
        steward.get(link).await.expect(403);
        t.visitor().get(link).await.expect(303);
    }
}

/// The value of a hidden field, unescaped.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.split(&mark).nth(1).unwrap_or_else(|| panic!("no field {name}"));
    rest.split('"')
        .next()
        .unwrap_or_default()
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
