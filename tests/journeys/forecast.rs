//! Looking ahead: baselines and what became of them, risks, value, scenarios.

use crate::harness::TestApp;
use domain::access::{Permission, Role};
use reqwest::Method;
use serde_json::json;

both_databases! {
    async fn a_baseline_keeps_the_plan_as_it_was(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let list = "/e/east/plan/baselines";
        manager.get(list).await.expect(200).shows("No baseline yet");
        manager.post(list, &[("name_en", ""), ("reason", "")]).await.expect(422).shows("Please fill this in");
        let typed = [("name_en", "Contract plan"), ("name_zh", "合同计划"), ("reason", "Agreed with the venue")];
        manager.post(list, &typed).await.expect(303);
        manager.get(list).await.expect(200).shows("Contract plan").shows("in the Gantt").shows("Agreed with the venue");
        manager.get("/e/east/plan/baselines/1").await.expect(200).shows("Nothing here has moved");
        // The plan moves, the baseline does not.
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let change = json!({ "duration_days": 9 });
        program.send_json(Method::PATCH, "/api/v1/editions/east/plan/tasks/B08", &change).await.expect(200);
        let page = manager.get("/e/east/plan/baselines/1").await.expect(200).shows("B08").shows("later");
        assert!(!page.text.contains(">baseline-"), "a word is missing");
        let csv = manager.get("/e/east/plan/baselines/1/export.csv").await.expect(200);
        assert_eq!(csv.text.lines().count(), 1 + 120, "every task: {}", csv.text);
        let base = "/api/v1/editions/east/plan/baselines";
        let found = program.get(&format!("{base}/1")).await.expect(200).json();
        let moved = found["tasks"].as_array().expect("tasks").iter().find(|one| one["code"] == "B08").expect("B08");
        assert_eq!(moved["change"], "later");
        assert_eq!(moved["finish_by_minutes"], 5 * 1_440);
        assert!(found["room_now_minutes"].as_i64() < found["baseline"]["room_minutes"].as_i64(), "{found}");
        // A second one; pictures show the one that is chosen.
        let second = json!({ "name_en": "After the move", "reason": "Steering group" });
        let taken = program.send_json(Method::POST, base, &second).await.expect(200).json();
        assert_eq!((&taken["number"], &taken["shown"]), (&json!(2), &json!(false)));
        manager.post("/e/east/plan/baselines/2/show", &[("on", "on")]).await.expect(303);
        let all = program.get(base).await.expect(200).json();
        assert_eq!((&all[0]["shown"], &all[1]["shown"]), (&json!(true), &json!(false)));
        let shown = store::read::plan::shown_baseline(&t.app.reader(), edition.id).await.expect("an answer");
        assert_eq!(shown.expect("one is shown").baseline.number, 2);
        manager.post("/e/east/plan/baselines/2/show", &[("on", "")]).await.expect(303);
        assert!(store::read::plan::shown_baseline(&t.app.reader(), edition.id).await.expect("an answer").is_none());
        manager.get("/e/east/plan/baselines/7").await.expect(404);
        manager.post("/e/east/plan/baselines/7/show", &[("on", "on")]).await.expect(404);
        let mut guest = t.staff(Role::Sales, edition.id).await;
        guest.post(list, &typed).await.expect(403);
        guest.get(list).await.expect(200).shows("After the move");
    }
}
