//! Contingency: three taps from a phone, a clock, tasks in the running plan, people called, a log nobody can edit.

use crate::harness::TestApp;
use chrono::Duration;
use domain::access::{Grant, Permission, Role};
use serde_json::json;
use store::Query;

both_databases! {
    async fn a_fire_is_declared_in_three_taps_and_stood_down_by_who_decides(t: TestApp) {
        let edition = t.edition("east").await;
        for (email, role) in [("safety@fairlead.example", Role::Safety), ("safety2@fairlead.example", Role::Safety), ("boss@fairlead.example", Role::Director)] {
            t.user(email, false, &[Grant { edition: Some(edition.id), role }]).await;
        }
        let mut hall = t.staff(Role::HallManager, edition.id).await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let place = [("kind", "hall"), ("code", "N3"), ("name_en", "Hall N3"), ("name_zh", "N3 馆")];
        manager.post("/e/east/venue/places", &place).await.expect(303);
        // First tap: the hazard. Second: the place. Third: declare.
        hall.get("/e/east/incidents/declare").await.expect(200).shows("Fire or smoke").shows("hazard=K01");
        let places = hall.get("/e/east/incidents/declare?hazard=K01").await.expect(200).shows("Hall N3");
        let id = places.text.split("place=").nth(1).and_then(|rest| rest.get(..36)).expect("a place").to_owned();
        hall.get(&format!("/e/east/incidents/declare?hazard=K01&place={id}")).await.expect(200).shows("Power off the zone").shows("within 2 min");
        hall.post("/e/east/incidents/declare", &[("hazard", "K01"), ("place", "")]).await.expect(422);
        hall.post("/e/east/incidents/declare", &[("hazard", "K99"), ("place", &id)]).await.expect(422);
        let sent = [("hazard", "K01"), ("place", id.as_str()), ("note", "Smoke at stand C14")];
        let declared = hall.post("/e/east/incidents/declare", &sent).await.expect(303);
        let incident = declared.location().to_owned();
        assert_eq!(incident, "/e/east/incidents/1");
        // The clock runs, every screen warns, the roles are written to, the tasks are in the plan.
        t.wait(Duration::seconds(50));
        let page = hall.get(&incident).await.expect(200).shows("data-clock").shows("1:10").shows("K01-1.3").shows("Smoke at stand C14").shows("Sealed").shows("Hall N3 N3 馆");
        assert!(!page.text.contains(">incident-") && !page.text.contains(">fact-"), "a word is missing");
        manager.get("/e/east").await.expect(200).shows("Incident 1").shows("Fire or smoke · Hall N3");
        manager.get("/e/east/incidents/alarm").await.expect(200).shows("Incident 1");
        let mails = t.mails().await;
        for who in ["safety@", "safety2@", "boss@"] {
            assert!(mails.iter().any(|mail| mail.contains(who) && mail.contains("Fire or smoke: Hall N3")), "{who}");
        }
        manager.get("/e/east/plan/tasks/K01-1.1").await.expect(200).shows("Came with an incident").shows("Cut power and gas");
        manager.get("/e/east/plan?q=evacuate").await.expect(200).shows("K01-1.3");
        // Nobody but the decision owner ends it, and only with the criterion and the first action.
        let over = [("met", "yes"), ("text", "Fire officer released the hall")];
        hall.post(&format!("{incident}/stand-down"), &over).await.expect(422).shows("Only the decision owner");
        let mut safety = t.sign_in("safety@fairlead.example").await;
        safety.post(&format!("{incident}/stand-down"), &over).await.expect(422).shows("first action has not been noted");
        hall.post(&format!("{incident}/first-action"), &[]).await.expect(303);
        hall.post(&format!("{incident}/first-action"), &[]).await.expect(422).shows("noted already");
        hall.post(&format!("{incident}/notes"), &[("text", "Hall empty, 412 counted")]).await.expect(303);
        safety.post(&format!("{incident}/stand-down"), &[("text", "x")]).await.expect(422).shows("criterion is met");
        safety.post(&format!("{incident}/stand-down"), &over).await.expect(303);
        manager.get(&incident).await.expect(200).shows("Open again:");
        manager.get("/e/east/incidents/alarm").await.expect(200);
        assert!(!manager.get("/e/east").await.text.contains("Incident 1 "), "the warning is gone");
        manager.get(&format!("{incident}/summary")).await.expect(200).shows("Hall empty, 412 counted").shows("every line carries the seal").shows("0:50 of 2 min");
        let mut chinese = manager.with_cookie("fl_locale", "zh-CN");
        chinese.get(&incident).await.expect(200).shows("火灾或冒烟").shows("切断区域电源与燃气");
        let mut visitor = t.staff(Role::ReadOnly, edition.id).await;
        visitor.get(&incident).await.expect(200);
        visitor.post("/e/east/incidents/declare", &sent).await.expect(403);
    }

    async fn the_log_cannot_be_edited_by_anybody(t: TestApp) {
        let edition = t.edition("east").await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanWork], Some(edition.id)).await;
        let base = "/api/v1/editions/east/incidents";
        let post = reqwest::Method::POST;
        let made = program.send_json(post.clone(), base, &json!({"hazard": "K23", "note": "Token in a public log"})).await.expect(200).json();
        assert_eq!((made["number"].as_i64(), made["log"].as_array().map(Vec::len)), (Some(1), Some(3)), "{made}");
        for text in ["Access closed", "Logs copied"] {
            program.send_json(post.clone(), &format!("{base}/1/notes"), &json!({ "text": text })).await.expect(200);
        }
        let check = program.get(&format!("{base}/1/verify")).await.expect(200).json();
        assert_eq!((check["whole"].as_bool(), check["lines"].as_i64()), (Some(true), Some(5)), "{check}");
        // No way of the interface changes a line, and the database itself refuses to.
        for method in [reqwest::Method::PUT, reqwest::Method::PATCH, reqwest::Method::DELETE] {
            let answer = program.send_json(method.clone(), &format!("{base}/1/notes"), &json!({"text": "no"})).await;
            assert!(matches!(answer.status.as_u16(), 404 | 405), "{method} {}", answer.status);
        }
        for sql in ["update incident_line set text = 'nothing' where seq = 4", "delete from incident_line where seq = 4", "delete from incident_line"] {
            let tx = t.app.store().begin().await.expect("a transaction");
            assert!(tx.run(sql, vec![]).await.is_err(), "{sql} went through");
        }
        // Whoever takes the guard away and forges a line is found out.
        let tx = t.app.store().begin().await.expect("a transaction");
        let guards = match t.database.kind() {
            crate::harness::Kind::Sqlite => vec!["drop trigger incident_line_kept"],
            crate::harness::Kind::Postgres => vec!["drop trigger incident_line_kept on incident_line"],
        };
        for sql in guards {
            tx.run(sql, vec![]).await.expect("the guard is gone");
        }
        tx.run("update incident_line set text = 'Nothing happened' where seq = 4", vec![]).await.expect("forged");
        tx.commit().await.expect("committed");
        let check = program.get(&format!("{base}/1/verify")).await.expect(200).json();
        assert_eq!((check["whole"].as_bool(), check["broken_line"].as_i64()), (Some(false), Some(4)), "{check}");
        let mut manager = t.staff(Role::Manager, edition.id).await;
        manager.get("/e/east/incidents/1").await.expect(200).shows("The log does not hold").shows("Line 4 is not what was sealed");
    }

    async fn the_book_is_searched_in_both_languages(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        manager.get("/e/east/incidents").await.expect(200).shows("No incident");
        let found = manager.get("/e/east/incidents/book?q=power%20failure").await.expect(200).shows("Power failure");
        assert!(!found.text.contains("Protest"));
        manager.get("/e/east/incidents/book/K14").await.expect(200).shows("Close outdoor stands").shows("Stop cranes and high work");
        manager.get("/e/east/incidents/book/K77").await.expect(404);
        let mut chinese = manager.with_cookie("fl_locale", "zh-CN");
        chinese.get("/e/east/incidents/book?level=L1").await.expect(200).shows("数据泄露").shows("首要措施");
        let mut program = t.program(&[Permission::PlanRead], Some(edition.id)).await;
        let book = program.get("/api/v1/editions/east/contingency").await.expect(200).json();
        assert_eq!(book.as_array().map(Vec::len), Some(28));
    }
}
