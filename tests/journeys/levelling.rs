//! Crews and levelling: crews kept, needed by tasks, too few; a proposal computed beside requests, accepted move by
//! move, discarded, outdated by a change; what stays refused.

use crate::harness::{Caller, TestApp};
use domain::access::{Permission, Role};
use domain::edition::Edition;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

const PLAN: &str = "/api/v1/editions/east/plan";

/// Riggers that three tasks of build-up want at the same time, and there are enough for one.
async fn scarce(program: &mut Caller) {
    let riggers = json!({ "code": "rig", "name_en": "Riggers", "name_zh": "吊装", "quantity": 4 });
    program.send_json(Method::POST, &format!("{PLAN}/crews"), &riggers).await.expect(200);
    for code in ["B04", "B05", "B06"] {
        let needs = json!({ "crews": { "RIG": 3 } });
        program.send_json(Method::POST, &format!("{PLAN}/tasks/{code}/crews"), &needs).await.expect(200);
    }
}

async fn planner(t: &TestApp, edition: &Edition) -> Caller {
    t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await
}

/// Asks for a levelling and waits until it is computed.
async fn levelled(t: &TestApp, program: &mut Caller) -> Value {
    let wish = json!({ "budget": 60, "seed": 7 });
    let asked = program.send_json(Method::POST, &format!("{PLAN}/levellings"), &wish).await.expect(200).json();
    assert_eq!(asked["state"], "queued");
    t.work().await;
    let path = format!("{PLAN}/levellings/{}", asked["id"].as_str().expect("an id"));
    for _ in 0..200 {
        let now = program.get(&path).await.expect(200).json();
        if now["state"] != "queued" && now["state"] != "running" {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the levelling never ended");
}

async fn overloads(program: &mut Caller) -> usize {
    let crews = program.get(&format!("{PLAN}/crews")).await.expect(200).json();
    crews.as_array().expect("crews").iter().filter_map(|one| one["overloads"].as_array()).map(Vec::len).sum()
}

both_databases! {
    async fn a_proposal_moves_nothing_until_a_person_accepts_it(t: TestApp) {
        let edition = t.edition("east").await;
        let mut program = planner(&t, &edition).await;
        scarce(&mut program).await;
        let too_few = overloads(&mut program).await;
        assert!(too_few > 0, "the template's build-up tasks meet");
        let before = program.get(&format!("{PLAN}/tasks?limit=200")).await.expect(200).json();
        let proposed = levelled(&t, &mut program).await;
        assert_eq!(proposed["state"], "proposed", "{proposed}");
        assert_eq!(program.get(&format!("{PLAN}/tasks?limit=200")).await.expect(200).json(), before, "nothing moved");
        let moves = proposed["moves"].as_array().expect("moves").clone();
        assert!(!moves.is_empty());
        assert!(moves.iter().all(|one| one["conflict"]["needed"].as_i64() > one["conflict"]["available"].as_i64()));
        assert_eq!(proposed["left"], json!([]));
        // The page says what moves and why, and shows the effect of a choice before it is made.
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let page = format!("/e/east/plan/levelling/{}", proposed["id"].as_str().expect("an id"));
        let code = moves[0]["code"].as_str().expect("a code").to_owned();
        let shown = manager.get(&page).await.expect(200).shows(&code).shows("RIG").shows("Conflicts solved");
        assert!(!shown.text.contains(">level-"), "a word is missing");
        let version = proposed["version"].to_string();
        let choice = [("act", "preview"), ("version", version.as_str()), ("moves", code.as_str())];
        manager.post(&format!("{page}/accept"), &choice).await.expect(200).shows("Effect on the plan");
        let none = [("act", "accept"), ("version", version.as_str())];
        manager.post(&format!("{page}/accept"), &none).await.expect(422).shows("Choose at least one move");
        let all: Vec<(&str, &str)> = [("act", "accept"), ("version", version.as_str())].into_iter()
            .chain(moves.iter().filter_map(|one| Some(("moves", one["code"].as_str()?)))).collect();
        manager.post(&format!("{page}/accept"), &all).await.expect(303);
        manager.get(&page).await.expect(200).shows("Accepted").shows("Levelling");
        assert_eq!(overloads(&mut program).await, 0, "the crew suffices now");
        assert_ne!(program.get(&format!("{PLAN}/tasks?limit=200")).await.expect(200).json(), before);
        // What was decided is decided, and the journal has it.
        manager.post(&format!("{page}/accept"), &all).await.expect(422);
        let after = manager.get("/e/east/plan/levelling").await.expect(200).shows("Accepted").shows("Crews and places suffice");
        assert!(!after.text.contains(">crew-"), "a word is missing");
    }

    async fn an_outdated_proposal_is_not_accepted_and_can_be_discarded(t: TestApp) {
        let edition = t.edition("east").await;
        let mut program = planner(&t, &edition).await;
        scarce(&mut program).await;
        let proposed = levelled(&t, &mut program).await;
        let path = format!("{PLAN}/levellings/{}", proposed["id"].as_str().expect("an id"));
        program.send_json(Method::PATCH, &format!("{PLAN}/tasks/B08"), &json!({ "duration_days": 6 })).await.expect(200);
        let refused = program.send_json(Method::POST, &format!("{path}/accept"), &json!({})).await.expect(409).json();
        assert!(refused.to_string().contains("levelling-outdated"), "{refused}");
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let page = format!("/e/east/plan/levelling/{}", proposed["id"].as_str().expect("an id"));
        manager.get(&page).await.expect(200).shows("The plan has changed since");
        program.send_json(Method::POST, &format!("{path}/discard"), &json!({})).await.expect(200);
        program.send_json(Method::POST, &format!("{path}/discard"), &json!({})).await.expect(409);
        program.send_json(Method::POST, &format!("{path}/stop"), &json!({})).await.expect(409);
    }

    async fn one_levelling_at_a_time_and_one_stopped_before_it_begins_proposes_nothing(t: TestApp) {
        let edition = t.edition("east").await;
        let mut program = planner(&t, &edition).await;
        scarce(&mut program).await;
        let asked = program.send_json(Method::POST, &format!("{PLAN}/levellings"), &json!({})).await.expect(200).json();
        program.send_json(Method::POST, &format!("{PLAN}/levellings"), &json!({})).await.expect(409);
        let path = format!("{PLAN}/levellings/{}", asked["id"].as_str().expect("an id"));
        program.send_json(Method::POST, &format!("{path}/stop"), &json!({})).await.expect(200);
        t.work().await;
        assert_eq!(program.get(&path).await.expect(200).json()["state"], "cancelled");
        let bad = json!({ "budget": 100_000_000 });
        program.send_json(Method::POST, &format!("{PLAN}/levellings"), &bad).await.expect(422);
        assert_eq!(levelled(&t, &mut program).await["state"], "proposed");
    }

    async fn crews_are_kept_by_those_who_plan(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let crews = "/e/east/plan/crews";
        manager.get(crews).await.expect(200).shows("No crews yet");
        let bad = [("code", "TWO WORDS"), ("name_en", ""), ("quantity", "-1")];
        manager.post(crews, &bad).await.expect(422).shows("A code has no spaces").shows("Please fill this in");
        let good = [("code", "elec"), ("name_en", "Electricians"), ("name_zh", "电工"), ("quantity", "6")];
        manager.post(crews, &good).await.expect(303);
        manager.post(crews, &good).await.expect(422).shows("a crew with this code already");
        // A task needs some; the page of the task says so, in both languages.
        let task = "/e/east/plan/tasks/B06";
        manager.post(&format!("{task}/crews"), &[("crew-ELEC", "many")]).await.expect(422);
        manager.post(&format!("{task}/crews"), &[("crew-ELEC", "8")]).await.expect(303);
        manager.get(task).await.expect(200).shows("Electricians").shows("8 of 6");
        manager.get(crews).await.expect(200).shows("ELEC").shows("Needed and missing");
        let mut chinese = manager.with_cookie("fl_locale", "zh-CN");
        chinese.get(crews).await.expect(200).shows("电工").shows("人手不足");
        // Two editors: the second one's form is stale.
        let mut program = planner(&t, &edition).await;
        let all = program.get(&format!("{PLAN}/crews")).await.expect(200).json();
        let id = all[0]["id"].as_str().expect("an id").to_owned();
        let change = [("version", "1"), ("code", "ELEC"), ("name_en", "Electricians"), ("quantity", "9")];
        manager.post(&format!("{crews}/{id}"), &change).await.expect(303);
        manager.post(&format!("{crews}/{id}"), &change).await.expect(422);
        manager.post(&format!("{crews}/{id}/remove"), &[]).await.expect(303);
        assert_eq!(program.get(&format!("{PLAN}/crews")).await.expect(200).json(), json!([]));
        // Who only reads changes nothing.
        let mut reader = t.program(&[Permission::PlanRead], Some(edition.id)).await;
        reader.send_json(Method::POST, &format!("{PLAN}/crews"), &json!({ "code": "X" })).await.expect(403);
    }
}
