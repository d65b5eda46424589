//! Supervision: a report that does not come, the deviation it opens, how it climbs until somebody answers, what puts
//! it right.

use crate::harness::{Caller, TestApp};
use chrono::Duration;
use domain::UserId;
use domain::access::{Grant, Permission, Role};
use domain::edition::Edition;
use serde_json::json;
use store::Query;

/// People of the line: a director, a manager, two of operations.
async fn line(t: &TestApp, edition: &Edition) -> [(Caller, UserId); 4] {
    let people = [
        ("director@fairlead.example", Role::Director),
        ("manager@fairlead.example", Role::Manager),
        ("lead@fairlead.example", Role::Operations),
        ("doer@fairlead.example", Role::Operations),
    ];
    let mut found = Vec::new();
    for (email, role) in people {
        let id = t.user(email, false, &[Grant { edition: Some(edition.id), role }]).await;
        found.push((t.sign_in(email).await, id));
    }
    found.try_into().ok().expect("four people")
}

/// Takes an on-site task into work: B08, stand build.
async fn begin(people: &mut [(Caller, UserId); 4]) {
    let ids = people.each_ref().map(|(_, id)| id.to_string());
    let to = [("owner", ids[3].as_str()), ("checker", &ids[2]), ("confirmer", &ids[1])];
    people[1].0.post("/e/east/plan/tasks/B08/assign", &to).await.expect(303);
    people[1].0.post("/e/east/plan/tasks/B08/start", &[("waiver", "Rolling start")]).await.expect(303);
}

both_databases! {
    async fn a_report_that_does_not_come_climbs_until_it_comes(t: TestApp) {
        let edition = t.edition("east").await;
        t.open_gates().await;
        let mut people = line(&t, &edition).await;
        begin(&mut people).await;
        let look = || app::plan::watch(&t.app, &edition);
        let quiet = look().await.expect("looked");
        let before = quiet.opened;
        // 10:30 in Shanghai; hourly on site, twenty minutes of grace: the report of noon is missing at 12:21.
        t.wait(Duration::minutes(100));
        assert_eq!(look().await.expect("looked").opened, 0, "12:10 is within the grace");
        t.wait(Duration::minutes(11));
        let found = look().await.expect("looked");
        assert_eq!((found.opened, before), (1, before), "{found:?}");
        assert_eq!(look().await.expect("looked").opened, 0, "one cause opens one deviation");
        let page = people[1].0.get("/e/east/plan/deviations?source=report").await.expect(200);
        let page = page.shows("B08").shows("no report by").shows("A missed report");
        assert!(!page.text.contains(">watch-") && !page.text.contains(">deviation-"), "a word is missing");
        people[1].0.get("/e/east/plan/rhythm").await.expect(200).shows("missing since");
        let mut chinese = people[1].0.with_cookie("fl_locale", "zh-CN");
        chinese.get("/e/east/plan/deviations?source=report").await.expect(200).shows("前未收到汇报");
        let sheet = people[1].0.get("/e/east/plan/deviations/export.csv?source=report").await.expect(200);
        assert_eq!(sheet.text.lines().count(), 2, "exactly what is shown: {}", sheet.text);
        people[1].0.get("/e/east/plan/deviations/export.xlsx").await.expect(200);
        // A word from the doer answers it, and that word is the proof.
        people[3].0.post("/e/east/plan/tasks/B08/report", &[("percent", "40")]).await.expect(303);
        assert_eq!(look().await.expect("looked").closed, 1);
        people[1].0.get("/e/east/plan/deviations?source=report&state=closed").await.expect(200).shows("B08");
    }

    async fn an_open_deviation_goes_up_the_line(t: TestApp) {
        let edition = t.edition("east").await;
        t.open_gates().await;
        let mut people = line(&t, &edition).await;
        let sent = [("severity", "blocking"), ("title", "Fire curtain of hall N2 does not close"),
            ("owner", &people[3].1.to_string()), ("due_on", "2027-05-11")];
        let made = people[2].0.post("/e/east/plan/deviations", &sent).await.expect(303);
        let record = made.location().to_owned();
        assert_eq!(app::plan::watch(&t.app, &edition).await.expect("looked").escalated, 0);
        let mut to = Vec::new();
        for minutes in [16, 30, 45] {
            t.wait(Duration::minutes(minutes));
            assert_eq!(app::plan::watch(&t.app, &edition).await.expect("looked").escalated, 1, "after {minutes}");
            let mails = t.mails().await;
            let last = mails.last().expect("a mail").clone();
            to.push(["director@", "manager@", "lead@"].into_iter().find(|one| last.contains(one)).expect("somebody"));
            assert!(last.contains("Fire curtain"), "{last}");
        }
        // Nobody leads a task that is no task: the managers come first, then the directors.
        assert_eq!(to, ["manager@", "manager@", "director@"]);
        people[0].0.get(&record).await.expect(200).shows("To the director").shows("Escalated to director");
        assert_eq!(app::plan::watch(&t.app, &edition).await.expect("looked").escalated, 0);
        // Changed by two at once: the second is told.
        let change = |severity: &'static str, owner: String, version: &'static str| vec![("severity", severity.to_owned()),
            ("title", "Fire curtain of hall N2 does not close".to_owned()), ("owner", owner), ("due_on", "2027-05-12".to_owned()), ("version", version.to_owned())];
        let version = people[1].0.get(&record).await.text.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next().map(str::to_owned)).expect("a version");
        assert_eq!(version, "4", "opened and escalated three times");
        let borrowed = |fields: &[(&'static str, String)]| fields.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>();
        let first = borrowed(&change("major", people[2].1.to_string(), "4"));
        let first: Vec<(&str, &str)> = first.iter().map(|(name, value)| (*name, value.as_str())).collect();
        people[1].0.post(&format!("{record}/edit"), &first).await.expect(303);
        people[0].0.post(&format!("{record}/edit"), &first).await.expect(422).shows("Someone changed this");
        people[3].0.post(&format!("{record}/close"), &[("proof", " ")]).await.expect(422).shows("Please fill this in");
        people[3].0.post(&format!("{record}/close"), &[("proof", "Closes in 12 s, film in the file")]).await.expect(303);
        people[3].0.post(&format!("{record}/close"), &[("proof", "again")]).await.expect(422).shows("closed already");
        t.wait(Duration::days(3));
        assert_eq!(app::plan::watch(&t.app, &edition).await.expect("looked").escalated, 0, "closed is closed");
    }

    async fn a_corrective_action_is_a_task_whose_confirmation_offers_to_close(t: TestApp) {
        let edition = t.edition("east").await;
        t.open_gates().await;
        let mut people = line(&t, &edition).await;
        begin(&mut people).await;
        let ids = people.each_ref().map(|(_, id)| id.to_string());
        let sent = [("severity", "major"), ("title", "Two exits are blocked by crates"), ("owner", ids[3].as_str()), ("due_on", "2027-05-11")];
        people[3].0.post("/e/east/plan/tasks/B08/deviate", &sent).await.expect(303);
        let id: uuid::Uuid = t.app.reader().scalar("select id from deviation where title like 'Two exits%'", vec![]).await.expect("an answer").expect("a deviation");
        let record = format!("/e/east/plan/deviations/{id}");
        let past = [("name", "Clear the exits"), ("owner", ids[3].as_str()), ("due_on", "2027-05-10")];
        people[1].0.post(&format!("{record}/actions"), &past).await.expect(422).shows("over already");
        let fine = [("name", "Clear the exits"), ("owner", ids[3].as_str()), ("due_on", "2027-05-11")];
        people[1].0.post(&format!("{record}/actions"), &fine).await.expect(303);
        let task = "/e/east/plan/tasks/CA1";
        people[3].0.get(task).await.expect(200).shows("Clear the exits").shows("Corrective action for").shows("Two exits are blocked");
        people[3].0.get("/e/east/plan/mine").await.expect(200).shows("Clear the exits");
        people[3].0.post(&format!("{task}/start"), &[]).await.expect(303);
        people[3].0.post(&format!("{task}/submit"), &[("text", "Both clear")]).await.expect(303);
        let board = store::read::plan::board(&t.app.reader(), edition.id, t.now()).await.expect("a plan").expect("a plan");
        let one = board.find("CA1").expect("a task").clone();
        let indicator = store::read::plan::indicators(&t.app.reader(), edition.id, one.id).await.expect("indicators").remove(0);
        let checker = people.iter().position(|(_, id)| Some(*id) == one.checker).expect("a checker");
        let confirmer = people.iter().position(|(_, id)| Some(*id) == one.confirmer).expect("a confirmer");
        people[checker].0.post(&format!("{task}/check"), &[(format!("indicator-{}", indicator.id).as_str(), "yes")]).await.expect(303);
        people[confirmer].0.post(&format!("{task}/confirm"), &[]).await.expect(303);
        people[1].0.get(&record).await.expect(200).shows("Every corrective action is confirmed").shows("Confirmed: CA1 Clear the exits");
        people[1].0.post(&format!("{record}/close"), &[("proof", "Confirmed: CA1")]).await.expect(303);
    }

    async fn a_rhythm_can_be_set_and_is_kept(t: TestApp) {
        let edition = t.edition("east").await;
        t.open_gates().await;
        let mut people = line(&t, &edition).await;
        begin(&mut people).await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit, Permission::PlanWork], Some(edition.id)).await;
        let base = "/api/v1/editions/east/plan";
        let rhythm = json!({"phase": "on_site", "every": "never", "weekday": 1, "due": "18:00", "from": "08:00", "until": "07:00",
            "closing_every": "hourly", "closing_days": 0, "grace_minutes": 20, "version": 0});
        let post = reqwest::Method::POST;
        let refused = program.send_json(post.clone(), &format!("{base}/rhythm"), &rhythm).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "until");
        let mut fine = rhythm.clone();
        fine["until"] = json!("20:00");
        program.send_json(post.clone(), &format!("{base}/rhythm"), &fine).await.expect(200);
        program.send_json(post.clone(), &format!("{base}/rhythm"), &fine).await.expect(409);
        t.wait(Duration::hours(4));
        let look = program.send_json(post, &format!("{base}/watch"), &json!({})).await.expect(200).json();
        assert_eq!(program.get(&format!("{base}/reports")).await.expect(200).json()[0]["missing_since"], serde_json::Value::Null);
        let found = program.get(&format!("{base}/deviations")).await.expect(200).json();
        let reports = found["items"].as_array().expect("a list").iter().filter(|one| one["source"] == "report").count();
        assert_eq!(reports, 0, "{look} {found}");
        let mut sales = t.staff(Role::Sales, edition.id).await;
        sales.get("/e/east/plan/rhythm").await.expect(200);
        sales.post("/e/east/plan/rhythm", &[]).await.expect(403);
    }
}
