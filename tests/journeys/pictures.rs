//! The pictures of the plan: looked at, moved by hand, told afterwards, taken away as files.

use crate::harness::Caller;
use domain::access::{Grant, Permission, Role};
use serde_json::json;

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    field.split('"').next().unwrap_or_default().to_owned()
}

/// Moves a task as the dialog over the Gantt does; answers what it asks.
async fn ask(caller: &mut Caller, code: &str, starts_at: &str, days: &str) -> String {
    let fields = [("act", "preview"), ("fragment", "1"), ("starts_at", starts_at), ("duration_days", days)];
    caller.post(&format!("/e/east/plan/tasks/{code}/move"), &fields).await.expect(200).text
}

both_databases! {
    async fn the_gantt_is_looked_at_from_every_side(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        for query in ["", "?zoom=hours", "?zoom=days", "?zoom=weeks&group=owner", "?group=place&only=near", "?group=flat&only=critical",
            "?group=phase&shut=on_site", "?zoom=century&group=nonsense&page=9000&at=never"] {
            let page = manager.get(&format!("/e/east/plan/gantt{query}")).await.expect(200);
            assert!(!page.text.contains(">gantt-") && !page.text.contains(" style="), "{query}");
        }
        let open = manager.get("/e/east/plan/gantt?group=phase").await.expect(200).shows("gantt-bracket").shows("data-a=").shows("waits for");
        assert!(open.text.contains("data-may=\"both\""), "a manager may move bars");
        let shut = manager.get("/e/east/plan/gantt?group=phase&shut=on_site").await.expect(200);
        assert!(shut.text.matches("data-at=").count() < open.text.matches("data-at=").count(), "a shut group hides its tasks");
        let mut reader = t.staff(Role::GateSteward, edition.id).await;
        let seen = reader.get("/e/east/plan/gantt").await;
        assert!(seen.status == 403 || !seen.text.contains("data-may"), "who may not edit moves nothing");
        let odd = manager.get("/e/east/plan/gantt?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").await.expect(200);
        assert!(!odd.text.contains("<script>alert"), "what is typed is text");
    }

    async fn a_bar_is_moved_after_it_was_shown_what_that_moves(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        manager.get("/e/east/plan/tasks/B08/move").await.expect(200).shows("starts_at").shows("duration_days");
        let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("read").expect("a plan");
        let row = board.rows.iter().find(|row| row.code == "B08").expect("a task");
        let (start, length) = (row.starts_on, row.duration / 1_440);
        let later = (start + chrono::Days::new(2)).to_string();
        let asked = ask(&mut manager, "B08", &later, &length.to_string()).await;
        assert!(asked.contains("2\u{a0}d") || asked.contains("2 d"), "{asked}");
        assert!(!asked.contains("<html"), "a fragment has no page around it");
        let path = "/e/east/plan/tasks/B08/move";
        let (version, revision) = (hidden(&asked, "version"), hidden(&asked, "revision"));
        let days = length.to_string();
        let accept = [("act", "accept"), ("starts_at", later.as_str()), ("duration_days", &days), ("version", &version), ("revision", &revision),
            ("back", "/e/east/plan/gantt?zoom=days")];
        let saved = manager.post(path, &accept).await.expect(303);
        assert_eq!(saved.location(), "/e/east/plan/gantt?zoom=days");
        let after = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("read").expect("a plan");
        assert_eq!(after.rows.iter().find(|row| row.code == "B08").expect("a task").starts_on.to_string(), later);
        // The same answer again comes too late; nonsense is refused and saves nothing.
        manager.post(path, &accept).await.expect(422).shows("changed");
        for (starts_at, days) in [("soon", "2"), ("2027-02-30", "2"), (later.as_str(), "-1"), (later.as_str(), "many")] {
            manager.post(path, &[("act", "preview"), ("starts_at", starts_at), ("duration_days", days)]).await.expect(422);
        }
        manager.post("/e/east/plan/tasks/NOPE/move", &[("act", "preview")]).await.expect(404);
        // Where one goes back to is a place of ours.
        let odd = manager.post(path, &[("act", "preview"), ("starts_at", &later), ("duration_days", "3"), ("back", "https://evil.example")]).await;
        assert!(!odd.expect(200).text.contains("evil.example"));
    }

    async fn work_that_has_begun_keeps_its_start(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let owner = t.user("doer@fairlead.example", false, &[Grant { edition: Some(edition.id), role: Role::Manager }]).await.to_string();
        let checker = t.user("checker@fairlead.example", false, &[Grant { edition: Some(edition.id), role: Role::Manager }]).await.to_string();
        let people = [("owner", owner.as_str()), ("checker", &checker), ("confirmer", &checker)];
        manager.post("/e/east/plan/tasks/I01/assign", &people).await.expect(303);
        t.sign_in("doer@fairlead.example").await.post("/e/east/plan/tasks/I01/start", &[]).await.expect(303);
        let fields = [("act", "preview"), ("starts_at", "2030-01-01"), ("duration_days", "5")];
        manager.post("/e/east/plan/tasks/I01/move", &fields).await.expect(422).shows("cannot be moved");
    }

    async fn the_network_shows_a_neighbourhood(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let whole = manager.get("/e/east/plan/network").await.expect(200).shows("network-node").shows("network-link is-path");
        let near = manager.get("/e/east/plan/network?focus=B08&back=1&ahead=1").await.expect(200).shows("is-focus");
        assert!(near.text.matches("network-box").count() < whole.text.matches("network-box").count());
        manager.get("/e/east/plan/network?focus=%3Cb%3E").await.expect(200).shows("No task has the code");
        manager.get("/e/east/plan/network?only=path&lanes=no&scale=fit").await.expect(200);
    }

    async fn what_moved_is_told_and_sent(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        manager.get("/e/east/plan/changes").await.expect(200).shows("No change yet");
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit, Permission::PlanWork], Some(edition.id)).await;
        let task = "/api/v1/editions/east/plan/tasks/B08";
        program.send_json(reqwest::Method::PATCH, task, &json!({ "duration_days": 9 })).await.expect(200);
        let list = program.get("/api/v1/editions/east/plan/changes").await.expect(200).json();
        let revision = list[0]["revision"].as_i64().expect("a revision");
        let story = program.get(&format!("/api/v1/editions/east/plan/changes/{revision}")).await.expect(200).json();
        assert!(story["text_en"][0].as_str().is_some_and(|text| text.contains("B08") && text.contains("Duration")), "{story}");
        assert!(story["text_zh"][0].as_str().is_some_and(|text| text.contains("更改了")), "{story}");
        assert_eq!(story["moves"].as_array().map(Vec::len), list[0]["moved"].as_u64().map(|count| count as usize));
        let path = format!("/e/east/plan/changes/{revision}");
        manager.get("/e/east/plan/changes").await.expect(200).shows("B08").shows(&path);
        let page = manager.get(&path).await.expect(200).shows("How it spreads").shows("Send to the team");
        assert!(!page.text.contains(">story-"), "a word is missing");
        manager.get("/e/east/plan/changes/9999").await.expect(404);
        manager.get("/e/east/plan/changes/x").await.expect(404);
        // To somebody of the team, not to nobody and not to a stranger.
        let member = t.user("crew@fairlead.example", false, &[Grant { edition: Some(edition.id), role: Role::Operations }]).await.to_string();
        let stranger = t.user("stranger@fairlead.example", false, &[]).await.to_string();
        let send = format!("{path}/send");
        manager.post(&send, &[("note", "hello")]).await.expect(422).shows("Please fill this in").shows("hello");
        manager.post(&send, &[("to", &stranger)]).await.expect(422);
        assert_eq!(t.mails().await.len(), 0);
        manager.post(&send, &[("to", &member), ("note", "Please read <this>")]).await.expect(303);
        assert_eq!(t.mails().await.len(), 1);
        program.send_json(reqwest::Method::POST, &format!("/api/v1/editions/east/plan/changes/{revision}/send"), &json!({ "to": [] })).await.expect(422);
    }

    async fn pictures_are_taken_away_as_files(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let svg = manager.get("/e/east/plan/pictures/gantt.svg?zoom=weeks&group=phase").await.expect(200);
        assert!(svg.text.starts_with("<?xml") && svg.text.contains("D0") && !svg.text.contains("class="), "{}", &svg.text[..200]);
        assert!(svg.headers["content-type"].to_str().is_ok_and(|kind| kind == "image/svg+xml"));
        let mut chinese = manager.with_cookie("fl_locale", "zh-CN");
        chinese.get("/e/east/plan/pictures/network.svg?focus=B08&back=1&ahead=1").await.expect(200).shows("展位");
        for file in ["gantt.pdf?zoom=days&only=path", "network.pdf?only=path"] {
            let pdf = chinese.get(&format!("/e/east/plan/pictures/{file}")).await.expect(200);
            assert!(pdf.text.starts_with("%PDF-"), "{file}");
        }
        for file in ["places.svg?zoom=weeks", "places.pdf"] {
            manager.get(&format!("/e/east/plan/pictures/{file}")).await.expect(200);
        }
        for file in ["gantt.png", "gantt", "nothing.svg", ".svg", "risk.svg", "risk.pdf", "crews.pdf"] {
            manager.get(&format!("/e/east/plan/pictures/{file}")).await.expect(404);
        }
        // The fever chart names its chains; earned value has a curve once there is a baseline.
        let fever = manager.get("/e/east/plan/pictures/buffers.svg?sizing=cut_paste").await.expect(200);
        assert!(fever.text.contains("1 ") && !fever.text.contains("class="), "{}", &fever.text[..200]);
        manager.get("/e/east/plan/pictures/value.svg").await.expect(404);
        manager.post("/e/east/plan/baselines", &[("name_en", "Contract plan"), ("reason", "Agreed")]).await.expect(303);
        manager.get("/e/east/plan/value").await.expect(200).shows("pictures/value.svg?baseline=1");
        manager.get("/e/east/plan/buffers").await.expect(200).shows("pictures/buffers.pdf");
        for file in ["value.svg?baseline=1", "value.pdf", "buffers.pdf"] {
            manager.get(&format!("/e/east/plan/pictures/{file}")).await.expect(200);
        }
        manager.get("/e/east/plan/pictures/value.svg?baseline=9").await.expect(404);
        // The age of deviations, and promises, once there are any.
        for file in ["ageing.svg", "promises.pdf"] {
            manager.get(&format!("/e/east/plan/pictures/{file}")).await.expect(404);
        }
        manager.post("/e/east/plan/deviations", &[("severity", "minor"), ("title", "Two exits are blocked")]).await.expect(303);
        manager.get("/e/east/plan/deviations").await.expect(200).shows("pictures/ageing.svg");
        manager.get("/e/east/plan/pictures/ageing.svg").await.expect(200).shows("</svg>");
        let mut program = t.program(&[Permission::PlanRead], Some(edition.id)).await;
        program.get("/api/v1/editions/east/plan/pictures/gantt.svg?language=zh-CN").await.expect(200).shows("任务");
    }
}
