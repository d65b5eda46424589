//! Badges on their way to paper: asked for at the desk, fetched by agents, moved when a printer fails, never printed
//! twice by accident.

use crate::harness::{Caller, TestApp};
use data_encoding::BASE64;
use domain::access::{Permission, Role};
use domain::edition::Edition;
use domain::journal::Actor;
use domain::registration::draft::{Draft, Entry};
use domain::{PrintJobId, RegistrationId};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::Duration;

const CLAIM: &str = "/api/v1/print-agent/claim";
const RUN: &str = "01890a5d-ac96-774b-bcce-0000000000aa";
const OTHER_RUN: &str = "01890a5d-ac96-774b-bcce-0000000000ab";

/// A show with somebody at the desk.
struct Room {
    edition: Edition,
    desk: Caller,
    program: Caller,
}

impl Room {
    async fn of(t: &TestApp, slug: &str) -> Self {
        let edition = t.edition(slug).await;
        let desk = t.staff(Role::Registration, edition.id).await;
        let rights = [Permission::RegistrationRead, Permission::RegistrationEdit];
        let program = t.program(&rights, Some(edition.id)).await;
        Self { edition, desk, program }
    }

    fn page(&self, rest: &str) -> String {
        format!("/e/{}/registration/{rest}", self.edition.slug)
    }

    fn api(&self, rest: &str) -> String {
        format!("/api/v1/editions/{}/{rest}", self.edition.slug)
    }

    /// Somebody with a badge.
    async fn badge(&self, t: &TestApp, name: &str) -> RegistrationId {
        let draft = Draft {
            submission: uuid::Uuid::now_v7().to_string(),
            family_name: name.to_owned(),
            company: "上海机床有限公司".to_owned(),
            ..Draft::default()
        };
        let wish = draft.parse(Entry::Desk).expect("a sound wish");
        let entered = app::registration::register_walk_in(&t.app, Actor::System, &self.edition, &wish).await;
        entered.expect("registered").id
    }

    async fn print(&mut self, registration: RegistrationId, station: &str) -> Value {
        let body = json!({"registration": registration, "station": station});
        let path = self.api("print-jobs");
        self.program.send_json(Method::POST, &path, &body).await.expect(201).json()
    }

    async fn job(&mut self, id: &Value) -> Value {
        let path = self.api(&format!("print-jobs/{}", id.as_str().expect("an id")));
        self.program.get(&path).await.expect(200).json()
    }

    async fn act(&mut self, id: &Value, deed: &Value, status: u16) -> Value {
        let path = self.api(&format!("print-jobs/{}", id.as_str().expect("an id")));
        self.program.send_json(Method::POST, &path, deed).await.expect(status).json()
    }
}

async fn claim_as(agent: &mut Caller, run: &str) -> Option<Value> {
    let body = json!({"run": run, "agent": "test", "wait": 0});
    let answer = agent.send_json(Method::POST, CLAIM, &body).await;
    match answer.status.as_u16() {
        204 => None,
        _ => Some(answer.expect(200).json()),
    }
}

async fn claim(agent: &mut Caller) -> Option<Value> {
    claim_as(agent, RUN).await
}

async fn report(agent: &mut Caller, handed: &Value, failure: &str, complete: bool) {
    let body = json!({"attempt": handed["attempt"], "failure": failure, "complete": complete, "note": ""});
    let path = format!("/api/v1/print-agent/jobs/{}", handed["job"].as_str().expect("an id"));
    agent.send_json(Method::POST, &path, &body).await.expect(204);
}

async fn done(agent: &mut Caller) -> Value {
    let handed = claim(agent).await.expect("a badge");
    report(agent, &handed, "", true).await;
    handed
}

both_databases! {
    async fn the_walk_in_desk_registers_and_prints_in_one_go(t: TestApp) {
        let mut room = Room::of(&t, "walkin").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        assert_eq!(claim(&mut agent).await, None);
        let (path, submission) = (room.page("walk-in"), uuid::Uuid::now_v7().to_string());
        let new = [
            ("submission", submission.as_str()),
            ("family_name", "Neu"),
            ("category", "trade_visitor"),
            ("email", "neu@example.com"),
            ("station", station.as_str()),
        ];
        let record = room.desk.post(&path, &new).await.expect(303).location().to_owned();
        room.desk.get(&record).await.expect(200).shows("the badge comes out at Desk 1").shows("Waiting");
        room.desk.post(&path, &new).await.expect(303);
        done(&mut agent).await;
        let mut known = new;
        let other = uuid::Uuid::now_v7().to_string();
        known[0].1 = other.as_str();
        assert_eq!(room.desk.post(&path, &known).await.expect(303).location(), record);
        assert_eq!(claim(&mut agent).await, None, "nobody is printed twice without a reason");
        room.desk.get(&path).await.expect(200).shows(&format!("value=\"{station}\" selected"));
    }

    async fn a_badge_is_printed_once_and_a_second_needs_a_reason(t: TestApp) {
        let mut room = Room::of(&t, "once").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        let person = room.badge(&t, "Zhang San").await;
        assert_eq!(claim(&mut agent).await, None);
        let path = room.page(&format!("{person}/print"));
        room.desk.post(&path, &[("station", &station)]).await.expect(303);
        let handed = claim(&mut agent).await.expect("a badge");
        let label = String::from_utf8(BASE64.decode(handed["content"].as_str().unwrap().as_bytes()).unwrap()).unwrap();
        assert!(label.starts_with("^XA") && label.contains("^GFA,") && label.ends_with("^XZ\n"));
        report(&mut agent, &handed, "", true).await;
        // The answer again, as after a lost line, changes nothing.
        report(&mut agent, &handed, "stalled", false).await;
        let job = room.job(&handed["job"]).await;
        assert_eq!((&job["state"], &job["purpose"], &job["serial"]), (&json!("printed"), &json!("badge"), &json!(1)));
        let body = json!({"registration": person, "station": station});
        let jobs = room.api("print-jobs");
        let refused = room.program.send_json(Method::POST, &jobs, &body).await.expect(409).json();
        assert_eq!(refused["code"], "badge-printed-before");
        let body = json!({"registration": person, "station": station, "again": "smeared"});
        let again = room.program.send_json(Method::POST, &jobs, &body).await.expect(201).json();
        assert_eq!((&again["purpose"], &again["serial"]), (&json!("again"), &json!(1)));
        done(&mut agent).await;
        // A lost badge is replaced: another serial, and the old one opens no gate.
        let body = json!({"registration": person, "station": station, "replace": true});
        let new = room.program.send_json(Method::POST, &jobs, &body).await.expect(201).json();
        assert_eq!((&new["purpose"], &new["serial"]), (&json!("badge"), &json!(2)));
        let page = room.page(&person.to_string());
        room.desk.get(&page).await.expect(200).shows("smeared").shows("Desk 1");
        let room_page = room.page("printing");
        room.desk.get(&room_page).await.expect(200).shows("Desk 1").shows("Zhang San");
    }

    async fn two_desks_at_the_same_moment_print_one_badge(t: TestApp) {
        let room = Room::of(&t, "race").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        let person = room.badge(&t, "Li Si").await;
        let body = json!({"registration": person, "station": station});
        let path = room.api("print-jobs");
        let asks = (0..8).map(|_| {
            let (mut program, path, body) = (room.program.clone(), path.clone(), body.clone());
            tokio::spawn(async move { program.send_json(Method::POST, &path, &body).await.status.as_u16() })
        });
        let mut answers = Vec::new();
        for ask in asks.collect::<Vec<_>>() {
            answers.push(ask.await.expect("an answer"));
        }
        answers.sort_unstable();
        assert_eq!(answers, [201, 409, 409, 409, 409, 409, 409, 409]);
        done(&mut agent).await;
        assert_eq!(claim(&mut agent).await, None);
    }

    async fn agents_of_one_queue_never_get_the_same_badge(t: TestApp) {
        let mut room = Room::of(&t, "many").await;
        let (station, agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        for number in 0..12 {
            let person = room.badge(&t, &format!("Visitor {number}")).await;
            room.print(person, &station).await;
        }
        let tasks: Vec<_> = (0..4)
            .map(|number| {
                let mut agent = agent.clone();
                tokio::spawn(async move {
                    let run = format!("01890a5d-ac96-774b-bcce-00000000010{number}");
                    let mut got = Vec::new();
                    while let Some(handed) = claim_as(&mut agent, &run).await {
                        report(&mut agent, &handed, "", true).await;
                        got.push(handed["job"].as_str().unwrap().to_owned());
                    }
                    got
                })
            })
            .collect();
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await.expect("it prints"));
        }
        // An agent that found the next badge locked went home early; whoever is left prints the rest.
        let mut last = agent.clone();
        while let Some(handed) = claim(&mut last).await {
            report(&mut last, &handed, "", true).await;
            all.push(handed["job"].as_str().unwrap().to_owned());
        }
        let distinct: HashSet<&String> = all.iter().collect();
        assert_eq!((all.len(), distinct.len()), (12, 12), "{all:?}");
        let path = room.api("print-jobs?state=printed&limit=200");
        let printed = room.program.get(&path).await.expect(200).json();
        assert_eq!(printed["items"].as_array().map(Vec::len), Some(12));
    }

    async fn a_failed_printer_moves_its_badge_to_another(t: TestApp) {
        let mut room = Room::of(&t, "failover").await;
        let (second, mut two) = t.print_station(&room.edition, "Desk 2", "pdf").await;
        let path = room.api("print-stations");
        let body = json!({"name": "Desk 1", "format": "zpl", "failover": second});
        let made = room.program.send_json(Method::POST, &path, &body).await.expect(201).json();
        let mut one = t.visitor().with_bearer(made["key"].as_str().unwrap());
        let first = made["id"].as_str().unwrap().to_owned();
        assert_eq!(claim(&mut two).await, None);
        let person = room.badge(&t, "Wang Wu").await;
        let asked = room.print(person, &first).await;
        let handed = claim(&mut one).await.expect("a badge");
        report(&mut one, &handed, "stalled", false).await;
        assert_eq!(claim(&mut one).await, None, "it has gone on");
        let other = done(&mut two).await;
        assert_eq!((&other["job"], &other["format"]), (&asked["id"], &json!("pdf")));
        let job = room.job(&asked["id"]).await;
        assert_eq!((&job["state"], &job["station"], &job["attempts"]), (&json!("printed"), &json!(second), &json!(2)));
        // In trouble, its queue is served by the stand-in, before anybody asks the broken printer again.
        let person = room.badge(&t, "Zhao Liu").await;
        room.print(person, &first).await;
        let taken = done(&mut two).await;
        assert_eq!(room.job(&taken["job"]).await["state"], "printed");
        let page = room.page("printing");
        room.desk.get(&page).await.expect(200).shows("The printer stopped taking data");
    }

    async fn without_a_stand_in_it_is_tried_again_and_then_somebody_is_told(t: TestApp) {
        let mut room = Room::of(&t, "tries").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        let person = room.badge(&t, "Sun Qi").await;
        let asked = room.print(person, &station).await;
        for _ in 0..3 {
            let handed = claim(&mut agent).await.expect("a badge");
            report(&mut agent, &handed, "unreachable", false).await;
            assert_eq!(claim(&mut agent).await, None, "not at once");
            t.wait(chrono::Duration::seconds(30));
        }
        let job = room.job(&asked["id"]).await;
        assert_eq!((&job["state"], &job["failure"]), (&json!("failed"), &json!("unreachable")));
        room.act(&asked["id"], &json!({"deed": "came_out"}), 409).await;
        room.act(&asked["id"], &json!({"deed": "retry"}), 200).await;
        done(&mut agent).await;
        assert_eq!(room.job(&asked["id"]).await["state"], "printed");
    }

    async fn what_may_have_come_out_is_asked_about(t: TestApp) {
        let mut room = Room::of(&t, "unsure").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        let (a, b, c) = (room.badge(&t, "A").await, room.badge(&t, "B").await, room.badge(&t, "C").await);
        // The agent is started anew in the middle of a badge.
        let first = room.print(a, &station).await;
        claim(&mut agent).await.expect("a badge");
        assert_eq!(claim_as(&mut agent, OTHER_RUN).await, None);
        assert_eq!(room.job(&first["id"]).await["state"], "printing");
        t.wait(chrono::Duration::minutes(3));
        assert_eq!(claim_as(&mut agent, OTHER_RUN).await, None);
        assert_eq!(room.job(&first["id"]).await["state"], "unsure");
        room.act(&first["id"], &json!({"deed": "came_out"}), 200).await;
        // The same run asks again: the answer was lost on the line, it never had the badge.
        let second = room.print(b, &station).await;
        let lost = claim_as(&mut agent, OTHER_RUN).await.expect("a badge");
        let again = claim_as(&mut agent, OTHER_RUN).await.expect("the same badge");
        assert_eq!((&lost["job"], lost["attempt"].as_i64()), (&again["job"], again["attempt"].as_i64().map(|n| n - 1)));
        report(&mut agent, &lost, "stalled", false).await;
        report(&mut agent, &again, "", true).await;
        assert_eq!(room.job(&second["id"]).await["state"], "printed");
        // The agent vanishes; after a while somebody is asked, and says that nothing came out.
        let third = room.print(c, &station).await;
        claim_as(&mut agent, OTHER_RUN).await.expect("a badge");
        t.wait(chrono::Duration::minutes(3));
        app::jobs::tick(&t.app).await.expect("time goes on");
        assert_eq!(room.job(&third["id"]).await["state"], "unsure");
        room.act(&third["id"], &json!({"deed": "did_not"}), 200).await;
        done(&mut agent).await;
        assert_eq!(room.job(&third["id"]).await["state"], "printed");
    }

    async fn a_badge_that_no_longer_opens_gates_is_not_printed(t: TestApp) {
        let mut room = Room::of(&t, "replaced").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        let person = room.badge(&t, "Qian Ba").await;
        let asked = room.print(person, &station).await;
        app::registration::block_badge(&t.app, Actor::System, &room.edition, person, "lost").await.expect("blocked");
        assert_eq!(claim(&mut agent).await, None);
        assert_eq!(room.job(&asked["id"]).await["state"], "cancelled");
    }

    async fn an_agent_that_waits_is_woken(t: TestApp) {
        let mut room = Room::of(&t, "waiting").await;
        let (station, agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        let person = room.badge(&t, "Zhou Jiu").await;
        let mut waiting = agent.clone();
        let wait = tokio::spawn(async move {
            let body = json!({"run": RUN, "agent": "test", "wait": 25});
            waiting.send_json(Method::POST, CLAIM, &body).await
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        let asked = room.print(person, &station).await;
        let handed = tokio::time::timeout(Duration::from_secs(20), wait).await.expect("woken").expect("an answer");
        assert_eq!(handed.expect(200).json()["job"], asked["id"]);
    }

    async fn keys_and_stations_end(t: TestApp) {
        let mut room = Room::of(&t, "keys").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        let page = room.page(&format!("printing/stations/{station}"));
        room.desk.get(&page).await.expect(200).shows("Desk 1");
        room.desk.post(&format!("{page}/key"), &[]).await.expect(200).shows("FAIRLEAD_PRINT_KEY=flp_");
        agent.send_json(Method::POST, CLAIM, &json!({})).await.expect(401);
        room.desk.post(&format!("{page}/test"), &[]).await.expect(303);
        room.desk.post(&format!("{page}/remove"), &[]).await.expect(303);
        room.desk.get(&page).await.expect(200).shows("still in its queue");
        let form = [("name", "Desk 1"), ("format", "zpl"), ("dpi", "203")];
        let stations = room.page("printing/stations");
        room.desk.post(&stations, &form).await.expect(422).shows("There is a station of this name");
        room.desk.post(&page, &[("name", "Desk A"), ("format", "pdf"), ("version", "0")]).await.expect(422);
        room.desk.post(&page, &[("name", "Desk A"), ("format", "pdf"), ("version", "1")]).await.expect(303);
    }

    async fn a_layout_has_versions_and_a_category_has_one(t: TestApp) {
        let mut room = Room::of(&t, "layouts").await;
        let path = room.api("badge-layouts");
        let card = serde_json::to_value(domain::printing::presets::Preset::Card.layout()).unwrap();
        let body = json!({"name": "Cards", "categories": ["vip"], "layout": card});
        let made = room.program.send_json(Method::POST, &path, &body).await.expect(201).json();
        let body = json!({"name": "Others", "categories": ["vip", "media"], "layout": card});
        let refused = room.program.send_json(Method::POST, &path, &body).await.expect(409).json();
        assert_eq!(refused["code"], "layout-category-taken");
        let refused = room.program.send_json(Method::POST, &path, &json!({"name": "x", "layout": {"width": 1}})).await;
        assert_eq!(refused.expect(422).json()["code"], "layout-file");
        let one = format!("{path}/{}", made["id"].as_str().unwrap());
        let mut wide = card.clone();
        wide["width"] = json!(600);
        let body = json!({"name": "Cards", "categories": ["vip"], "layout": wide, "version": 1});
        assert_eq!(room.program.send_json(Method::POST, &one, &body).await.expect(200).json()["version"], 2);
        room.program.send_json(Method::POST, &one, &body).await.expect(409);
        let page = room.page(&format!("printing/layouts/{}", made["id"].as_str().unwrap()));
        room.desk.get(&page).await.expect(200).shows("badge-paper").shows("Bring back");
        room.desk.post(&format!("{page}/restore"), &[("version", "1")]).await.expect(303);
        let listed = room.program.get(&path).await.expect(200).json();
        assert_eq!((&listed["items"][0]["version"], &listed["items"][0]["layout"]), (&json!(3), &card));
        assert!(room.desk.bytes(&format!("{page}/sample.pdf")).await.starts_with(b"%PDF-"));
        assert!(room.desk.bytes(&format!("{page}/sample.zpl")).await.starts_with(b"^XA"));
        room.desk.post(&format!("{page}/remove"), &[]).await.expect(303);
        room.desk.get(&page).await.expect(404);
    }

    async fn the_editor_draws_moves_and_keeps(t: TestApp) {
        let mut room = Room::of(&t, "editor").await;
        let layouts = room.page("printing/layouts");
        room.desk.get(&layouts).await.expect(200).shows("Begin with");
        room.desk.get(&format!("{layouts}/new?preset=label")).await.expect(200).shows("badge-preview");
        let draft = domain::printing::draft::LayoutDraft::of(
            "Labels", &[], None, &domain::printing::presets::Preset::Label.layout(), 0);
        let mut fields: Vec<(String, String)> = Vec::new();
        for (name, value) in serde_json::to_value(&draft).unwrap().as_object().unwrap() {
            match value {
                Value::Array(list) => fields.extend(list.iter().map(|v| (name.clone(), v.as_str().unwrap().to_owned()))),
                other => fields.push((name.clone(), other.as_str().unwrap().to_owned())),
            }
        }
        let borrowed = |fields: &[(String, String)]| -> Vec<(String, String)> { fields.to_vec() };
        let form: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        room.desk.post(&format!("{layouts}/preview"), &form).await.expect(200).shows("badge-paper");
        let mut more = borrowed(&fields);
        more.retain(|(name, _)| name != "do");
        more.push(("do".into(), "add".into()));
        let form: Vec<(&str, &str)> = more.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        room.desk.post(&layouts, &form).await.expect(200).shows("field-part-8");
        let wrong: Vec<(&str, &str)> =
            fields.iter().map(|(a, b)| (a.as_str(), if a == "width" { "wide" } else { b.as_str() })).collect();
        room.desk.post(&layouts, &wrong).await.expect(422).shows("not a whole number");
        let form: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let kept = room.desk.post(&layouts, &form).await.expect(303);
        let page = kept.location().to_owned();
        room.desk.get(&page).await.expect(200).shows("Labels").shows("In use");
        // The badge of the public mail is printed with it from now on.
        let person = room.badge(&t, "Wu Shi").await;
        let pdf = room.page(&format!("{person}/badge.pdf"));
        assert!(room.desk.bytes(&pdf).await.starts_with(b"%PDF-"));
    }

    async fn many_badges_become_one_file_or_a_queue(t: TestApp) {
        let mut room = Room::of(&t, "bulk").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        for name in ["Zhang", "Ꮳ李", "Wang"] {
            room.badge(&t, name).await;
        }
        let bulk = room.page("printing/bulk");
        room.desk.get(&bulk).await.expect(200).shows("3 badges").shows("Ꮳ");
        room.desk.post(&bulk, &[("q", "Wang"), ("station", "")]).await.expect(303);
        t.work().await;
        let page = room.desk.get(&bulk).await.expect(200).shows("One is printed or on its way");
        let file = page.text.split("href=\"").filter_map(|part| part.split('"').next()).find(|link| link.ends_with("badges.pdf"));
        assert!(room.desk.bytes(file.expect("a file")).await.starts_with(b"%PDF-"));
        room.desk.post(&bulk, &[("station", &station)]).await.expect(303);
        // Somebody at the desk does not wait for the rest.
        let person = room.badge(&t, "Walk-in").await;
        let urgent = room.print(person, &station).await;
        assert_eq!(done(&mut agent).await["job"], urgent["id"]);
        done(&mut agent).await;
        let batches = store::read::printing::batches(&t.app.reader(), room.edition.id, 5).await.expect("an answer");
        assert_eq!((batches[0].done, batches[0].total), (1, 2));
        room.desk.post(&format!("{bulk}/{}/cancel", batches[0].id), &[]).await.expect(303);
        assert_eq!(claim(&mut agent).await, None);
        room.desk.post(&bulk, &[("q", "nobody at all")]).await.expect(422).shows("Nobody in this selection");
        let log = room.page("printing/log");
        room.desk.get(&format!("{log}?state=cancelled")).await.expect(200).shows("Not printed");
    }

    async fn others_see_no_more_than_they_may(t: TestApp) {
        let mut room = Room::of(&t, "rights").await;
        let (station, mut agent) = t.print_station(&room.edition, "Desk 1", "zpl").await;
        let elsewhere = Room::of(&t, "elsewhere").await;
        let stranger = elsewhere.badge(&t, "Somebody").await;
        let body = json!({"registration": stranger, "station": station});
        let path = room.api("print-jobs");
        room.program.send_json(Method::POST, &path, &body).await.expect(404);
        let own = room.badge(&t, "Own").await;
        let (foreign, mut foreign_agent) = t.print_station(&elsewhere.edition, "Desk 1", "zpl").await;
        room.program.send_json(Method::POST, &path, &json!({"registration": own, "station": foreign})).await.expect(404);
        room.print(own, &station).await;
        let handed = claim(&mut agent).await.expect("a badge");
        let report = format!("/api/v1/print-agent/jobs/{}", handed["job"].as_str().unwrap());
        foreign_agent.send_json(Method::POST, &report, &json!({"attempt": 1})).await.expect(404);
        assert_eq!(room.job(&handed["job"]).await["state"], "printing");
        let nothing = format!("/api/v1/print-agent/jobs/{}", app::chance::id::<PrintJobId>());
        agent.send_json(Method::POST, &nothing, &json!({})).await.expect(404);
        agent.send_json(Method::POST, &report, &json!({"failure": "gremlins"})).await.expect(422);
        agent.get(&room.api("print-jobs")).await.expect(401);
        let mut sales = t.staff(Role::Sales, room.edition.id).await;
        let page = room.page("printing");
        assert_eq!(sales.get(&page).await.status.as_u16(), 403);
    }
}
