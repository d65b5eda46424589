//! Badges that come out because somebody was let in: followed on the screen until they are on paper, from printer to
//! printer, and never where a browser says instead of the device.

use super::door::{Show, comes_out, scan_id};
use crate::harness::{Caller, TestApp};
use domain::access::Permission;
use domain::printing::view::LogFilter;
use reqwest::Method;
use serde_json::{Value, json};

/// A station of the show: its id and its agent, which has called once and so is there.
async fn station(show: &Show, t: &TestApp, name: &str, place: &str, failover: Option<&str>) -> (String, Caller) {
    let mut office = t.program(&[Permission::RegistrationEdit], Some(show.edition.id)).await;
    let body = json!({"name": name, "format": "zpl", "place": place, "failover": failover});
    let made = office.send_json(Method::POST, &show.path("print-stations"), &body).await.expect(201).json();
    let mut agent = t.visitor().with_bearer(made["key"].as_str().expect("a key"));
    assert!(claim(&mut agent).await.is_none(), "nothing waits yet");
    (made["id"].as_str().expect("an id").to_owned(), agent)
}

/// The badge an agent is handed, if one waits.
async fn claim(agent: &mut Caller) -> Option<Value> {
    let ask = json!({"run": "01890a5d-ac96-774b-bcce-0000000000aa", "agent": "test", "wait": 0});
    let answer = agent.send_json(Method::POST, "/api/v1/print-agent/claim", &ask).await;
    if answer.status.as_u16() == 204 { None } else { Some(answer.expect(200).json()) }
}

/// What an agent says became of a badge; empty when it is on paper.
async fn say(agent: &mut Caller, handed: &Value, failure: &str) {
    let said = json!({"attempt": handed["attempt"], "failure": failure, "complete": failure.is_empty(), "note": ""});
    let path = format!("/api/v1/print-agent/jobs/{}", handed["job"].as_str().expect("an id"));
    agent.send_json(Method::POST, &path, &said).await.expect(204);
}

/// The scan a device made with its form.
async fn let_in(device: &mut Caller, code: &str) -> String {
    let shown = device.post("/desk/scan", &[("code", code), ("direction", "in")]).await.expect(303);
    let (_, id) = shown.location().split_once("scan=").expect("the scan in the address");
    id.split('&').next().expect("an id").to_owned()
}

/// What the screen is told when it looks again; empty when nothing is followed any more.
async fn look(device: &mut Caller, scan: &str, first: &str) -> String {
    let path = format!("/desk/scans/{scan}/paper?first={first}");
    device.get(&path).await.expect(200).json()["html"].as_str().expect("text").to_owned()
}

fn says(html: &str, text: &str) {
    assert!(html.contains(text), "{text:?} is missing in {html}");
}

both_databases! {
    async fn the_screen_follows_a_badge_from_printer_to_printer(t: TestApp) {
        let mut show = Show::of(&t, "follow").await;
        let gate = show.gate(&t, "N1", None).await;
        let (_, mut steward) = show.device(&t, &gate, "steward").await;
        let (_, mut other) = show.device(&t, &gate, "kiosk").await;
        let (spare, mut spare_agent) = station(&show, &t, "Spare", "", None).await;
        let (counter, mut counter_agent) = station(&show, &t, "Counter", "N1", Some(&spare)).await;
        let (_, code) = show.badge(&t, "Follow", "").await;
        let scan = let_in(&mut steward, &code).await;
        let page = steward.get(&format!("/desk?scan={scan}")).await.expect(200).shows("The badge comes out at Counter.");
        says(&page.text, &format!("/desk/scans/{scan}/paper?first={counter}"));
        let handed = claim(&mut counter_agent).await.expect("the badge");
        says(&look(&mut steward, &scan, &counter).await, "Counter is printing the badge.");
        say(&mut counter_agent, &handed, "paper_out").await;
        let moved = look(&mut steward, &scan, &counter).await;
        says(&moved, "The badge comes out at Spare.");
        says(&moved, "Counter did not print it");
        let handed = claim(&mut spare_agent).await.expect("the badge, sent on");
        says(&look(&mut steward, &scan, &counter).await, "Spare is printing the badge.");
        say(&mut spare_agent, &handed, "").await;
        let out = look(&mut steward, &scan, &counter).await;
        says(&out, "The badge was printed at Spare.");
        assert!(!out.contains("data-follow"), "what is on paper is not asked for again: {out}");
        let path = show.path(&format!("scans/{scan}/paper"));
        let told = steward.get(&path).await.expect(200).json();
        assert_eq!((told["state"].as_str(), told["station_name"].as_str(), told["open"].as_bool()), (Some("printed"), Some("Spare"), Some(false)));
        // What another device set going is not there for this one, and nobody else asks at all.
        other.get(&format!("/desk/scans/{scan}/paper")).await.expect(404);
        other.get(&path).await.expect(404);
        other.send_json(Method::POST, &path, &json!({})).await.expect(404);
        let shown = other.get(&format!("/desk?scan={scan}")).await.expect(200).text;
        assert!(!shown.contains("Follow"), "somebody else's answer");
    }

    async fn a_printer_that_gives_up_says_so_and_prints_again_when_told(t: TestApp) {
        let mut show = Show::of(&t, "giveup").await;
        let gate = show.gate(&t, "N1", None).await;
        let (_, mut steward) = show.device(&t, &gate, "steward").await;
        let (_, mut kiosk) = show.device(&t, &gate, "kiosk").await;
        let (_, mut agent) = station(&show, &t, "Counter", "N1", None).await;
        let (_, code) = show.badge(&t, "Giveup", "").await;
        let scan = let_in(&mut steward, &code).await;
        for _ in 0..3 {
            let handed = claim(&mut agent).await.expect("the badge");
            say(&mut agent, &handed, "ribbon_out").await;
            t.wait(chrono::Duration::seconds(20));
        }
        assert!(claim(&mut agent).await.is_none(), "three times are enough");
        let failed = look(&mut steward, &scan, "").await;
        says(&failed, "Counter could not print the badge.");
        says(&failed, "Print again");
        says(&failed, "data-follow");
        // The same at a kiosk: nobody of the staff reads it, so it says where to ask and offers nothing to press.
        let (_, alone) = show.badge(&t, "Alone", "").await;
        let at_kiosk = let_in(&mut kiosk, &alone).await;
        for _ in 0..3 {
            let handed = claim(&mut agent).await.expect("the badge");
            say(&mut agent, &handed, "ribbon_out").await;
            t.wait(chrono::Duration::seconds(20));
        }
        let failed = look(&mut kiosk, &at_kiosk, "").await;
        says(&failed, "Please ask at the desk.");
        assert!(!failed.contains("Print again"), "{failed}");
        // The ribbon is in again.
        steward.post(&format!("/desk/scans/{scan}/paper"), &[]).await.expect(303);
        steward.post(&format!("/desk/scans/{scan}/paper"), &[]).await.expect(303);
        let handed = claim(&mut agent).await.expect("once more");
        say(&mut agent, &handed, "").await;
        assert!(claim(&mut agent).await.is_none(), "two presses of the button are one badge");
        says(&look(&mut steward, &scan, "").await, "The badge was printed at Counter.");
        let told = steward.send_json(Method::POST, &show.path(&format!("scans/{scan}/paper")), &json!({})).await.expect(200).json();
        assert_eq!(told["state"], "printed", "what is on paper is not printed again");
    }

    async fn a_new_badge_that_never_came_out_does_not_pass_for_printed(t: TestApp) {
        let mut show = Show::of(&t, "replaced").await;
        let gate = show.gate(&t, "N1", None).await;
        let (_, mut desk) = show.device(&t, &gate, "desk").await;
        let (_, mut steward) = show.device(&t, &gate, "steward").await;
        let (id, mut agent) = station(&show, &t, "Counter", "N1", None).await;
        let (registration, _) = show.badge(&t, "Again", "").await;
        let person = format!("/desk/people/{registration}");
        desk.post(&format!("{person}/print"), &[("station", id.as_str())]).await.expect(303);
        assert!(comes_out(&mut agent).await);
        desk.get(&person).await.expect(200).shows("The badge was printed at Counter.");
        desk.post(&format!("{person}/print"), &[("station", id.as_str()), ("how", "replace")]).await.expect(303);
        desk.get(&person).await.expect(200).shows("The badge comes out at Counter.");
        // Somebody takes it out of the queue before it is printed.
        let waiting = store::read::printing::jobs(&t.app.reader(), show.edition.id, &LogFilter::default(), None, 1).await;
        let job = waiting.expect("an answer").lines.remove(0).job;
        let by = domain::journal::Actor::System;
        app::printing::act(&t.app, by, &show.edition, job.id, app::printing::Deed::Cancel).await.expect("cancelled");
        let page = desk.get(&person).await.expect(200).text;
        assert!(!page.contains("was printed"), "the paper in hand is the old badge, which opens no gate");
        let badge = store::read::registration::active_credential(&t.app.reader(), show.edition.id, registration).await;
        let code = badge.expect("an answer").expect("a badge").code;
        let scan = let_in(&mut steward, &code).await;
        says(&look(&mut steward, &scan, "").await, "The badge comes out at Counter.");
        assert!(comes_out(&mut agent).await, "the new badge comes out after all");
    }

    async fn where_badges_come_out_is_the_devices_and_not_the_browsers(t: TestApp) {
        let mut show = Show::of(&t, "bound").await;
        let gate = show.gate(&t, "N1", None).await;
        let south = show.gate(&t, "S1", None).await;
        let (id, mut desk) = show.device(&t, &gate, "desk").await;
        let (_, kiosk) = show.device(&t, &gate, "kiosk").await;
        let (counter, mut counter_agent) = station(&show, &t, "Counter", "N1", None).await;
        let (far, mut far_agent) = station(&show, &t, "Far", "", None).await;
        // A cookie left behind by another place, or made up, prints nowhere else.
        let mut kiosk = kiosk.with_cookie("fl_station", &far);
        let (_, code) = show.badge(&t, "Cookie", "").await;
        let_in(&mut kiosk, &code).await;
        assert!(claim(&mut far_agent).await.is_none());
        assert!(comes_out(&mut counter_agent).await);
        // Chosen at the desk: kept with it, for the next person too, and said in its history.
        let form = |station: &str| {
            vec![("submission", scan_id()), ("family_name", "Neu".into()), ("category", "trade_visitor".into()), ("station", station.to_owned())]
        };
        let walk_in = form(&far);
        let fields: Vec<(&str, &str)> = walk_in.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = desk.post("/desk/walk-in", &fields).await.expect(303);
        assert!(!answer.headers.contains_key("set-cookie"), "nothing is kept in the browser");
        assert!(comes_out(&mut far_agent).await);
        desk.get("/desk/walk-in").await.expect(200).shows(&format!("value=\"{far}\" selected"));
        let mut supervisor = t.staff(domain::access::Role::GateSupervisor, show.edition.id).await;
        let page = format!("/e/bound/admission/devices/{id}");
        supervisor.get(&page).await.expect(200).shows("come out at Far");
        // Another edition's station is no choice.
        let walk_in = form(&scan_id());
        let fields: Vec<(&str, &str)> = walk_in.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_ne!(desk.post("/desk/walk-in", &fields).await.status.as_u16(), 303);
        // Carried to another gate it is asked anew.
        let version = show.devices().await.into_iter().find(|line| line["id"] == id.as_str()).expect("it")["version"].clone();
        let change = json!({"name": "Desk", "gate": south, "profile": "desk", "version": version});
        show.program.send_json(Method::POST, &show.path(&format!("devices/{id}/move")), &change).await.expect(204);
        let form = desk.get("/desk/walk-in").await.expect(200).text;
        for station in [&far, &counter] {
            assert!(!form.contains(&format!("value=\"{station}\" selected")), "chosen at the gate before");
        }
    }
}
