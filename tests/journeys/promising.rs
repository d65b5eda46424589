//! Promises with their reasons, the look-ahead that says what stands against them, control figures, and what a
//! finished edition teaches the next.

use crate::harness::{Caller, TestApp};
use chrono::{DateTime, Duration, Utc};
use domain::access::{Grant, Permission, Role};
use domain::edition::Edition;
use domain::plan::{DAY, TaskState};
use serde_json::json;
use store::Query;

async fn people(t: &TestApp, edition: &Edition) -> (Caller, Caller, [String; 2]) {
    let lead =
        t.user("lead@fairlead.example", false, &[Grant { edition: Some(edition.id), role: Role::Manager }]).await;
    let doer =
        t.user("doer@fairlead.example", false, &[Grant { edition: Some(edition.id), role: Role::Operations }]).await;
    (
        t.sign_in("lead@fairlead.example").await,
        t.sign_in("doer@fairlead.example").await,
        [lead.to_string(), doer.to_string()],
    )
}

/// Lives a plan as it may have gone: everything confirmed, one task twice as long and in two rounds.
async fn live(t: &TestApp, edition: &Edition, slow: &str) {
    let tx = t.app.store().begin().await.expect("a transaction");
    let sheet = store::read::plan::sheet(&tx, edition.id).await.expect("an answer").expect("a plan");
    for mut task in sheet.tasks {
        let twice = if task.code == slow { 2 } else { 1 };
        let began: DateTime<Utc> = task.dates.early_start + Duration::hours(8);
        task.actual_start = Some(began);
        task.actual_finish = Some(began + Duration::minutes((task.duration * twice).max(120) - 9 * 60));
        task.state = TaskState::Confirmed;
        task.round = twice as i32;
        store::record::plan::save(&tx, &task).await.expect("saved");
    }
    tx.run("update edition set status = 'closed' where slug = $1", vec![edition.slug.as_str().into()])
        .await
        .expect("closed");
    tx.commit().await.expect("committed");
}

both_databases! {
    async fn a_promise_is_kept_or_has_a_reason(t: TestApp) {
        let edition = t.edition("east").await;
        t.open_gates().await;
        let (mut lead, mut doer, ids) = people(&t, &edition).await;
        let page = "/e/east/plan/commitments";
        // On site the period is the day, before it the week.
        let shown = lead.get(page).await.expect(200).shows("Nothing promised").shows("B08");
        assert!(!shown.text.contains(">commitment-"), "a word is missing");
        lead.get(&format!("{page}?span=week")).await.expect(200).shows("10–16 May 2027");
        let promise = [("task", "B08"), ("task", "B04"), ("span", "day"), ("begins_on", "2027-05-11")];
        doer.post(page, &promise).await.expect(303);
        doer.post(page, &promise).await.expect(422).shows("promised for this period already");
        doer.post(page, &[("span", "day"), ("begins_on", "2027-05-11")]).await.expect(422).shows("at least one task");
        doer.post(page, &[("task", "B08"), ("span", "day"), ("begins_on", "2027-05-10")]).await.expect(422).shows("This period is over");
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanWork], Some(edition.id)).await;
        let base = "/api/v1/editions/east/plan/commitments";
        let all = program.get(&format!("{base}?span=day")).await.expect(200).json();
        let id = |code: &str| {
            let items = all["items"].as_array().expect("a list");
            items.iter().find(|one| one["task"] == code).and_then(|one| one["id"].as_str()).expect("promised").to_owned()
        };
        // Kept is what the task shows, not what somebody says.
        doer.post(&format!("{page}/{}", id("B08")), &[("outcome", "done")]).await.expect(422).shows("B08 is at 0");
        doer.post(&format!("{page}/{}", id("B08")), &[("outcome", "missed")]).await.expect(422);
        let missed = [("outcome", "missed"), ("reason", "supplier"), ("note", "Steel came at noon")];
        doer.post(&format!("{page}/{}", id("B08")), &missed).await.expect(303);
        let to = [("owner", ids[1].as_str()), ("checker", &ids[0]), ("confirmer", &ids[0])];
        lead.post("/e/east/plan/tasks/B04/assign", &to).await.expect(303);
        lead.post("/e/east/plan/tasks/B04/start", &[("waiver", "Agreed")]).await.expect(303);
        let post = reqwest::Method::POST;
        let refused = program.send_json(post.clone(), &format!("{base}/{}", id("B04")), &json!({"outcome": "done"})).await.expect(409).json();
        assert_eq!(refused["errors"][0]["code"], "commitment-not-done", "{refused}");
        let tx = t.app.store().begin().await.expect("a transaction");
        tx.run("update task set state = 'submitted' where code = 'B04'", vec![]).await.expect("handed in");
        tx.commit().await.expect("committed");
        program.send_json(post, &format!("{base}/{}", id("B04")), &json!({"outcome": "done"})).await.expect(200);
        let all = program.get(&format!("{base}?span=day")).await.expect(200).json();
        assert_eq!((all["periods"][0]["ppc"].as_f64(), all["reasons"][0]["code"].as_str()), (Some(0.5), Some("supplier")), "{all}");
        lead.get(page).await.expect(200).shows("Supplier late").shows("Steel came at noon").shows("50");
        let mut chinese = lead.with_cookie("fl_locale", "zh-CN");
        chinese.get(page).await.expect(200).shows("供应商迟到或缺席").shows("计划完成率");
        lead.get("/e/east/plan/figures").await.expect(200).shows("First-pass acceptance").shows("Percent plan complete");
        program.get("/api/v1/editions/east/plan/figures").await.expect(200);
        let mut reader = t.staff(Role::ReadOnly, edition.id).await;
        reader.get(page).await.expect(200);
        reader.post(page, &promise).await.expect(403);
    }

    async fn the_look_ahead_names_what_stands_against_the_next_hours(t: TestApp) {
        let edition = t.edition("east").await;
        t.open_gates().await;
        let (mut lead, ..) = people(&t, &edition).await;
        let page = lead.get("/e/east/plan/lookahead").await.expect(200).shows("O01").shows("To clear first").shows("has not been let go yet");
        assert!(!page.text.contains(">lookahead-") && !page.text.contains(">refusal-"), "a word is missing");
        lead.get("/e/east/plan/lookahead?by=team&hours=72").await.expect(200).shows("Technical services");
        lead.get("/e/east/plan/lookahead/print?by=team").await.expect(200).shows("O01");
        let mut program = t.program(&[Permission::PlanRead], Some(edition.id)).await;
        let ahead = program.get("/api/v1/editions/east/plan/lookahead?hours=24").await.expect(200).json();
        let opening = ahead.as_array().expect("a list").iter().find(|one| one["task"] == "O01").expect("opening is tomorrow").clone();
        assert!(opening["unmet"].as_array().is_some_and(|unmet| !unmet.is_empty()), "{opening}");
    }

    async fn a_finished_edition_teaches_the_next(t: TestApp) {
        let first = t.edition("east").await;
        let mut admin = t.admin().await;
        admin.get("/e/east/plan/learning").await.expect(200).shows("Nothing to learn from yet");
        live(&t, &first, "E11").await;
        let page = admin.get("/e/east/plan/learning").await.expect(200).shows("From one finished edition").shows("E11").shows("2.0 rounds");
        assert!(!page.text.contains(">learning-"), "a word is missing");
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(first.id)).await;
        let base = "/api/v1/editions/east/plan/learning";
        let preview = program.get(base).await.expect(200).json();
        let lesson = preview["lessons"].as_array().expect("lessons").iter().find(|one| one["task"] == "E11").expect("a lesson").clone();
        let (old, new) = (lesson["old_days"][1].as_f64().expect("days"), lesson["new_days"][1].as_f64().expect("days"));
        // Twenty days planned, forty lived: one sample moves a third of the way.
        assert_eq!((old, new.round()), (20.0, 27.0), "{lesson}");
        let post = reqwest::Method::POST;
        program.send_json(post.clone(), base, &json!({"version": 7})).await.expect(409);
        program.send_json(post.clone(), base, &json!({"version": 0})).await.expect(200);
        let again = program.send_json(post, base, &json!({"version": 1})).await.expect(409).json();
        assert_eq!(again["code"], "learning-nothing", "accepting twice teaches nothing twice");
        admin.get("/e/east/plan/learning").await.expect(200).shows("Versions of the template").shows("already has these durations");
        // The next edition of the series starts from it; one of another series does not.
        let draft = domain::edition::EditionDraft {
            series: first.series.to_string(),
            slug: "east-next".to_owned(),
            name_en: "Show next".to_owned(),
            name_zh: "下一届".to_owned(),
            venue: first.venue.to_string(),
            time_zone: "Asia/Shanghai".to_owned(),
            opens_on: "2028-05-10".to_owned(),
            closes_on: "2028-05-12".to_owned(),
            build_up_on: "2028-05-03".to_owned(),
            breakdown_until: "2028-05-15".to_owned(),
            gross_area_m2: "40000".to_owned(),
            template: "trade-show".to_owned(),
            badge_mode: "signed".to_owned(),
            ..domain::edition::EditionDraft::default()
        };
        let command = draft.parse_new().expect("a sound edition");
        let founder = domain::access::Viewer {
            user: t.user("founder@fairlead.example", true, &[]).await,
            name: "Founder".to_owned(),
            admin: true,
            grants: Vec::new(),
            token: None,
        };
        let next = app::edition::create_edition(&t.app, &founder, &command).await.expect("a new edition");
        let sheet = store::read::plan::sheet(&t.app.reader(), next.id).await.expect("an answer").expect("a plan");
        let task = sheet.tasks.iter().find(|task| task.code == "E11").expect("a task");
        assert_eq!((task.duration / DAY, task.estimate.map(|three| three.likely)), (27, Some(task.duration)));
        let untouched = sheet.tasks.iter().find(|task| task.code == "O01").expect("a task");
        assert!(untouched.duration > 0 || untouched.estimate.is_none());
    }
}
