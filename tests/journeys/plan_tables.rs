//! The plan as a table that goes out and comes back, as a calendar others subscribe to, as a board and as one's own work.

use crate::harness::Caller;
use domain::access::{Grant, Role};
use std::time::Duration;

/// Sends a table and answers the address of its dry run.
async fn sent(who: &mut Caller, name: &str, content: Vec<u8>) -> String {
    let answer = who.post_file("/e/east/plan/import", &[], ("file", name, content)).await.expect(303);
    answer.location().to_owned()
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    page.split(&mark).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

both_databases! {
    async fn our_own_export_comes_back_and_changes_nothing(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let all = "col=objective&col=role&col=owner&col=place&col=start&col=finish&col=duration&col=deadline&col=float&col=predecessors&col=done_when&col=checker&col=confirmer&col=percent&col=priority&col=calendar&col=state";
        for (ending, locale) in [("csv", "en"), ("xlsx", "en"), ("csv", "zh-CN"), ("xlsx", "zh-CN")] {
            let mut reader = manager.with_cookie("fl_locale", locale);
            let file = reader.bytes(&format!("/e/east/plan/export.{ending}?{all}")).await;
            let there = sent(&mut reader, &format!("plan.{ending}"), file).await;
            let page = manager.get(&there).await.expect(200).shows("The table says what the plan says already");
            assert!(!page.text.contains(">table-"), "a word is missing");
            manager.post(&there, &[("mode", "all")]).await.expect(422).shows("The table changes nothing");
        }
    }

    async fn a_table_is_judged_row_by_row_before_it_counts(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let table = "编号,任务名称,工期,前置任务\nB08,,5,\n,\"新任务, 展台\",2,B08 FS+1\nB09,x,soon,NO9\nB06,,,B11\n";
        let there = sent(&mut manager, "计划.csv", encoding_rs::GB18030.encode(table).0.into_owned()).await;
        let page = manager.get(&there).await.expect(200);
        let page = page.shows("2 rows are rejected").shows("is no duration").shows("would wait for each other");
        let revision = hidden(&page.text, "revision");
        manager.post(&there, &[("mode", "all"), ("revision", &revision)]).await.expect(422).shows("nothing was changed");
        let rejected = manager.get(&format!("{there}/rejected.csv")).await.expect(200).shows("soon");
        assert_eq!(rejected.text.lines().count(), 3, "{}", rejected.text);
        manager.post(&there, &[("mode", "skip"), ("revision", &revision)]).await.expect(303);
        manager.get("/e/east/plan?q=%E6%96%B0%E4%BB%BB%E5%8A%A1").await.expect(200).shows("1 of 131");
        // The dry run was looked at before somebody else changed the plan.
        manager.post(&there, &[("mode", "skip"), ("revision", &revision)]).await.expect(422);
        manager.get("/e/east/plan/undo").await.expect(200).shows("Import");
        manager.post("/e/east/plan/undo", &[("act", "save")]).await.expect(303);
        manager.get("/e/east/plan").await.expect(200).shows("130 of 130");
        for bad in [b"PK\x03\x04nothing".to_vec(), b"only,heads\n".to_vec(), Vec::new()] {
            let fields: [(&str, &str); 0] = [];
            manager.post_file("/e/east/plan/import", &fields, ("file", "bad.xlsx", bad)).await.expect(422);
        }
    }

    async fn a_program_brings_a_table(t: TestApp) {
        use domain::access::Permission;
        let edition = t.edition("east").await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let path = "/api/v1/editions/east/plan/import";
        let table = b"code,duration\nB08,6\nB09,soon\n".to_vec();
        let seen = program.post_bytes(&format!("{path}?preview=true"), table.clone()).await.expect(200).json();
        assert_eq!((seen["changed"].as_u64(), seen["rejected"][0]["line"].as_u64(), seen["saved"].as_bool()), (Some(1), Some(3), Some(false)), "{seen}");
        program.post_bytes(path, table.clone()).await.expect(409);
        let saved = program.post_bytes(&format!("{path}?skip_rejected=true"), table).await.expect(200).json();
        assert_eq!(saved["saved"], true);
        let task = program.get("/api/v1/editions/east/plan/tasks/B08").await.expect(200).json();
        assert_eq!(task["duration_days"], 6.0);
        program.post_bytes(path, b"PK\x03\x04".to_vec()).await.expect(422);
    }

    async fn a_calendar_is_read_by_its_secret_address_only(t: TestApp) {
        let edition = t.edition("east").await;
        let id = t.user("cal@fairlead.example", false, &[Grant { edition: Some(edition.id), role: Role::Manager }]).await;
        let mut owner = t.sign_in("cal@fairlead.example").await;
        let me = id.to_string();
        owner.post("/e/east/plan/tasks/I01/assign", &[("owner", &me), ("checker", ""), ("confirmer", "")]).await.expect(303);
        let made = owner.post("/e/east/plan/feeds", &[("about", "person")]).await.expect(200);
        let address = made.text.split("value=\"").find(|part| part.contains("/calendar/flc_")).and_then(|part| part.split('"').next()).expect("an address");
        let path = address.split_once("/calendar/").map(|(_, rest)| format!("/calendar/{rest}")).expect("a path");
        let mut anybody = t.visitor();
        let calendar = anybody.get(&path).await.expect(200).shows("BEGIN:VCALENDAR").shows("SUMMARY;LANGUAGE=en:I01 ");
        assert_eq!(calendar.headers.get("content-type").and_then(|v| v.to_str().ok()), Some("text/calendar; charset=utf-8"));
        assert_eq!(calendar.text.matches("BEGIN:VEVENT").count(), 1);
        assert!(calendar.text.lines().all(|line| line.len() <= 75));
        // What is no living feed is all the same.
        let nothing = anybody.get("/calendar/flc_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ics").await.expect(404).text;
        owner.get("/e/east/plan/feeds").await.expect(200).shows("Last read");
        let page = owner.get("/e/east/plan/feeds").await.expect(200).text;
        let act = |word: &str| page.split("action=\"").find(|part| part.contains(&format!("/{word}\""))).and_then(|part| part.split('"').next()).expect("a form").to_owned();
        let mut other = t.staff(Role::Manager, edition.id).await;
        other.post(&act("rotate"), &[]).await.expect(404);
        let fresh = owner.post(&act("rotate"), &[]).await.expect(200);
        let revoked = anybody.get(&path).await.expect(404).text;
        assert_eq!(revoked.len(), nothing.len(), "the same answer");
        let address = fresh.text.split("value=\"").find(|part| part.contains("/calendar/flc_")).and_then(|part| part.split('"').next()).expect("an address");
        let path = address.split_once("/calendar/").map(|(_, rest)| format!("/calendar/{rest}")).expect("a path");
        anybody.get(&path).await.expect(200);
        owner.post(&act("revoke"), &[]).await.expect(303);
        anybody.get(&path).await.expect(404);
        owner.post("/e/east/plan/feeds", &[("about", "place"), ("place", "nowhere")]).await.expect(422);
    }

    async fn my_work_takes_a_task_through_its_loop_by_thumb(t: TestApp) {
        let edition = t.edition("east").await;
        let grant = |role| [Grant { edition: Some(edition.id), role }];
        let doer = t.user("doer@fairlead.example", false, &grant(Role::Manager)).await.to_string();
        let checker = t.user("checker@fairlead.example", false, &grant(Role::HallManager)).await.to_string();
        let (mut doing, mut checking) = (t.sign_in("doer@fairlead.example").await, t.sign_in("checker@fairlead.example").await);
        let people = [("owner", doer.as_str()), ("checker", &checker), ("confirmer", &checker)];
        doing.post("/e/east/plan/tasks/I01/assign", &people).await.expect(303);
        doing.get("/e/east/plan/mine").await.expect(200).shows("I01").shows("Begin work");
        let back = ("back", "/e/east/plan/mine");
        let started = doing.post("/e/east/plan/tasks/I01/start", &[back]).await.expect(303);
        assert_eq!(started.location(), "/e/east/plan/mine");
        doing.get("/e/east/plan/mine").await.expect(200).shows("capture=\"environment\"").shows("50 %");
        doing.post("/e/east/plan/tasks/I01/report", &[("percent", "50"), back]).await.expect(303);
        let photo = ("file", "site.png", b"\x89PNG\r\n\x1a\nrest".to_vec());
        let handed = doing.post_file("/e/east/plan/tasks/I01/submit", &[("text", "Done as planned."), back], photo).await.expect(303);
        assert_eq!(handed.location(), "/e/east/plan/mine");
        checking.get("/e/east/plan/mine").await.expect(200).shows("I01").shows("indicator-");
    }

    async fn the_board_moves_tasks_and_lists_what_is_in_the_way(t: TestApp) {
        let edition = t.edition("east").await;
        let grant = |role| [Grant { edition: Some(edition.id), role }];
        let doer = t.user("doer@fairlead.example", false, &grant(Role::Manager)).await.to_string();
        let checker = t.user("checker@fairlead.example", false, &grant(Role::HallManager)).await.to_string();
        let mut doing = t.sign_in("doer@fairlead.example").await;
        let people = [("owner", doer.as_str()), ("checker", &checker), ("confirmer", &checker)];
        for code in ["I01", "I02"] {
            doing.post(&format!("/e/east/plan/tasks/{code}/assign"), &people).await.expect(303);
        }
        let mut live = doing.stream("/events/east/control").await;
        doing.get("/e/east/plan/control").await.expect(200).shows("card-I01").shows("Ready");
        doing.post("/e/east/plan/control/I02", &[("act", "start")]).await.expect(422).shows("I02 stays where it is").shows("has not been let go yet");
        doing.post("/e/east/plan/control/I01", &[("act", "start"), ("phase", "pre_show")]).await.expect(303);
        let drawn = live.next(Duration::from_secs(20)).await.expect("the board is drawn anew");
        assert!(drawn.contains("control-board"), "{drawn}");
        doing.post("/e/east/plan/control/I01", &[("act", "block"), ("reason", "")]).await.expect(422);
        doing.post("/e/east/plan/control/I01", &[("act", "block"), ("reason", "No permit")]).await.expect(303);
        doing.post("/e/east/plan/control/I01", &[("act", "unblock")]).await.expect(303);
        doing.post("/e/east/plan/control/I01", &[("act", "submit"), ("text", "Study is in")]).await.expect(303);
        doing.post("/e/east/plan/control/I01", &[("act", "fly")]).await.expect(422);
        doing.get("/e/east/plan/control?owner=none").await.expect(200);
    }
}
