//! Plans of other programs and working calendars: look first, then bring in; out and in again without loss;
//! a calendar that moves dates shows what it moves.

use crate::harness::TestApp;
use domain::access::{Permission, Role};
use reqwest::Method;
use serde_json::{Value, json};

/// A file with these tasks between a calendar and the end.
fn file(tasks: &str) -> Vec<u8> {
    let week: String = (1..=7)
        .map(|day| {
            let working = (2..=6).contains(&day);
            let times = "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>16:00:00</ToTime></WorkingTime></WorkingTimes>";
            format!(
                "<WeekDay><DayType>{day}</DayType><DayWorking>{}</DayWorking>{}</WeekDay>",
                i32::from(working),
                if working { times } else { "" }
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Project xmlns=\"http://schemas.microsoft.com/project\">\
         <Title>Build-up</Title><StartDate>2027-04-05T08:00:00</StartDate><CalendarUID>1</CalendarUID>\
         <Calendars><Calendar><UID>1</UID><Name>Office</Name><WeekDays>{week}</WeekDays></Calendar></Calendars>\
         <Tasks>{tasks}</Tasks></Project>"
    )
    .into_bytes()
}

fn task(uid: u32, code: &str, rest: &str) -> String {
    format!(
        "<Task><UID>{uid}</UID><ID>{uid}</ID><Name>Task {code}</Name><WBS>{code}</WBS><OutlineLevel>1</OutlineLevel>\
         <Duration>PT16H0M0S</Duration><DurationFormat>7</DurationFormat>{rest}</Task>"
    )
}

fn after(uid: u32) -> String {
    format!(
        "<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag></PredecessorLink>"
    )
}

both_databases! {
    async fn a_project_file_is_shown_before_it_is_brought_in(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        manager.get("/e/east/plan/exchange").await.expect(200).shows("Bring in a plan").shows("Download XML");
        let sound = file(&[
            task(1, "X1", "<ConstraintType>4</ConstraintType><ConstraintDate>2027-04-05T08:00:00</ConstraintDate>"),
            task(2, "X2", &after(1)),
        ].concat());
        let looked = manager.post_file("/e/east/plan/exchange", &[("act", "preview")], ("file", "plan.xml", sound.clone())).await;
        let looked = looked.expect(200).shows("New tasks").shows("Bring it in");
        manager.get("/e/east/plan").await.expect(200).shows("130 of 130");
        let upload = hidden(&looked.text, "upload");
        let revision = hidden(&looked.text, "revision");
        let fields = [("upload", upload.as_str()), ("revision", revision.as_str())];
        manager.post("/e/east/plan/exchange/accept", &fields).await.expect(303);
        manager.get("/e/east/plan").await.expect(200).shows("132 of 132").shows("Task X2");
        // Two days of eight hours on an office week: Monday to Wednesday.
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let x2 = program.get("/api/v1/editions/east/plan/tasks/X2").await.expect(200).json();
        assert_eq!(x2["starts_on"], "2027-04-07", "{x2}");
        // The file is gone once it has been used, and the history knows.
        manager.post("/e/east/plan/exchange/accept", &fields).await.expect(422).shows("no longer here");
    }

    async fn a_file_that_cannot_be_used_changes_nothing(t: TestApp) {
        let edition = t.edition("east").await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let path = "/api/v1/editions/east/plan/mspdi";
        let ring = file(&[task(1, "X1", &after(2)), task(2, "X2", &after(1))].concat());
        let refused = program.send_body(Method::POST, path, "application/xml", ring).await.expect(422).json();
        assert!(refused.to_string().contains("X1 → X2 → X1"), "{refused}");
        let broken = file(&[task(1, "X1", &after(9)), task(2, "X2", "<CalendarUID>7</CalendarUID>")].concat());
        let looked = program.send_body(Method::POST, &format!("{path}?dry_run=true"), "application/xml", broken.clone()).await;
        let looked = looked.expect(200).json();
        let codes: Vec<&str> = looked["problems"].as_array().expect("a list").iter().filter_map(|one| one["code"].as_str()).collect();
        assert!(codes.contains(&"dangling") && codes.contains(&"calendar"), "{looked}");
        program.send_body(Method::POST, path, "application/xml", broken.clone()).await.expect(409);
        for hostile in [
            "<!DOCTYPE Project [<!ENTITY a \"b\">]><Project/>".to_owned(),
            "<Project><Title>&lol;</Title></Project>".to_owned(),
            format!("<Project>{}", "<a>".repeat(100)),
            "<Project><Tasks>".to_owned(),
            "<html/>".to_owned(),
        ] {
            program.send_body(Method::POST, path, "application/xml", hostile.into_bytes()).await.expect(422);
        }
        let tasks = program.get("/api/v1/editions/east/plan/tasks?limit=200").await.expect(200).json();
        assert_eq!(tasks["items"].as_array().map(Vec::len), Some(130), "the plan is as it was");
        let without = program.send_body(Method::POST, &format!("{path}?leave_out=true"), "application/xml", broken).await;
        assert_eq!(without.expect(200).json()["added"], json!(["X1", "X2"]));
    }

    async fn a_plan_goes_out_and_in_again_without_a_change(t: TestApp) {
        let edition = t.edition("east").await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let path = "/api/v1/editions/east/plan/mspdi";
        let out = program.get(path).await.expect(200).text;
        let back = program.send_body(Method::POST, &format!("{path}?dry_run=true"), "application/xml", out.into_bytes()).await;
        let back: Value = back.expect(200).json();
        assert_eq!((back["added"].as_array().map(Vec::len), back["same"].as_u64()), (Some(0), Some(130)), "{back}");
        assert_eq!(back["changed"], json!([]));
        assert_eq!(back["problems"], json!([]), "{back}");
        assert_eq!(back["delta"]["moves"], json!([]));
    }

    async fn a_calendar_shows_what_it_moves_before_it_is_saved(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let calendars = "/e/east/plan/calendars";
        manager.get(calendars).await.expect(200).shows("No working calendars yet");
        manager.get("/e/east/plan/calendars/new").await.expect(200).shows("08:00-12:00 13:00-17:00");
        let mut fields = vec![("what", "calendar"), ("was", ""), ("code", "DAYS"), ("name_en", "Working days"), ("name_zh", "工作日")];
        fields.extend(["monday", "tuesday", "wednesday", "thursday", "friday"].map(|day| (day, "00:00-24:00")));
        let mut wrong = fields.clone();
        wrong.push(("exceptions", "next week off"));
        manager.post(calendars, &wrong).await.expect(422).shows("cannot be read");
        fields.push(("exceptions", "2027-05-01..2027-05-05 off"));
        manager.post(calendars, &fields).await.expect(200).shows("No task moves");
        let revision = revision(&t, &edition).await;
        fields.extend([("act", "accept"), ("revision", &*revision)]);
        manager.post(calendars, &fields).await.expect(303);
        manager.get(calendars).await.expect(200).shows("Working days");
        // Given to a task of the build-up, the holidays move it.
        let give = [("what", "assign"), ("calendar", "DAYS"), ("tasks", "B01 B02")];
        manager.post(calendars, &give).await.expect(200).shows("B01");
        manager.post(calendars, &[("what", "assign"), ("calendar", "DAYS"), ("tasks", "NOPE")]).await.expect(422);
        let revision = self::revision(&t, &edition).await;
        let accept = [&give[..], &[("act", "accept"), ("revision", &*revision)]].concat();
        manager.post(calendars, &accept).await.expect(303);
        manager.post(calendars, &accept).await.expect(422).shows("changed");
        manager.post(calendars, &[("what", "remove"), ("code", "DAYS")]).await.expect(422).shows("B01");
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let list = program.get("/api/v1/editions/east/plan/calendars").await.expect(200).json();
        assert_eq!(list[0]["tasks"], json!(["B01", "B02"]), "{list}");
        let options = json!({ "critical_hours": 24, "progress": "override" });
        program.send_json(Method::PATCH, "/api/v1/editions/east/plan/options", &options).await.expect(200);
        manager.get(calendars).await.expect(200).shows("goes on regardless");
        // What holds the opening: the tightest chain ends in it.
        let paths = program.get("/api/v1/editions/east/plan/paths?within_minutes=4320").await.expect(200).json();
        assert_eq!(paths[0]["codes"].as_array().and_then(|codes| codes.last()), Some(&json!("O01")), "{paths}");
        manager.get("/e/east/plan/paths?to=O01&within=7").await.expect(200).shows("What holds O01").shows("Chain");
        manager.get("/e/east/plan/paths?to=NOPE").await.expect(404);
    }
}

async fn revision(t: &TestApp, edition: &domain::edition::Edition) -> String {
    let sheet = store::read::plan::sheet(&t.app.reader(), edition.id).await.expect("an answer").expect("a plan");
    sheet.revision.to_string()
}

/// Value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let from = page.find(&format!("name=\"{name}\" value=\"")).expect("the field") + name.len() + 15;
    page[from..].split('"').next().unwrap_or_default().to_owned()
}
