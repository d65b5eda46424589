//! Looking ahead: baselines and what became of them, risks, value, scenarios.

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
        assert_eq!(csv.text.lines().count(), 1 + 130, "every task: {}", csv.text);
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

    async fn risks_and_estimates_make_a_forecast(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let base = "/api/v1/editions/east/plan";
        let page = "/e/east/plan/risk";
        manager.get(page).await.expect(200).shows("No forecast yet");
        manager.post(page, &[]).await.expect(422).shows("every run would give the same dates");
        // Estimates: a first guess for all, one by hand.
        manager.post("/e/east/plan/estimates", &[("less-pre_show", "x")]).await.expect(422);
        manager.post("/e/east/plan/estimates", &[("less-pre_show", "5")]).await.expect(303);
        manager.get("/e/east/plan/estimates").await.expect(200).shows("B08");
        let form = "/e/east/plan/tasks/B08/estimate";
        let odd = [("optimistic_days", "5"), ("likely_days", "4"), ("pessimistic_days", "9")];
        manager.post(form, &odd).await.expect(422).shows("must not decrease");
        let fine = [("optimistic_days", "3"), ("likely_days", "4"), ("pessimistic_days", "9"), ("budget", "12,500.50")];
        manager.post(form, &fine).await.expect(303);
        manager.get(form).await.expect(200).shows("12500.50");
        let stale = json!({ "budget": 1.0, "version": 1 });
        program.send_json(Method::POST, &format!("{base}/tasks/B08/estimate"), &stale).await.expect(409);
        // The register.
        let register = "/e/east/plan/risk/register";
        let wrong = [("name_en", "Customs"), ("probability", "140"), ("tasks", "L02; NIX")];
        manager.post(register, &wrong).await.expect(422).shows("NIX");
        let risk = json!({
            "name_en": "Customs hold", "probability_percent": 50, "tasks": ["L06"],
            "delay": { "optimistic_days": 5, "likely_days": 20, "pessimistic_days": 60 },
        });
        let added = program.send_json(Method::POST, &format!("{base}/risks"), &risk).await.expect(200).json();
        assert_eq!((&added["number"], &added["tasks"][0]), (&json!(1), &json!("L06")));
        manager.get(register).await.expect(200).shows("Customs hold").shows("50 %");
        manager.get(&format!("{register}/1")).await.expect(200).shows("Customs hold");
        // A small simulation is done at once, a large one by the worker; both are the same by their seed.
        let wanted = json!({ "runs": 1000, "seed": 7 });
        let run = program.send_json(Method::POST, &format!("{base}/simulations"), &wanted).await.expect(200).json();
        assert_eq!((&run["state"], &run["aims"][0]["key"]), (&json!("done"), &json!("opening")));
        let again = program.send_json(Method::POST, &format!("{base}/simulations"), &wanted).await.expect(200).json();
        assert_eq!((&run["aims"], &run["drivers"]), (&again["aims"], &again["drivers"]));
        assert_eq!(run["outdated"], false);
        let chance = run["aims"][0]["chance"].as_f64().expect("a chance");
        assert!((0.0..=1.0).contains(&chance), "{run}");
        assert!(run["aims"][0]["p50"].as_str() <= run["aims"][0]["p95"].as_str(), "{run}");
        let shown = manager.get(page).await.expect(200).shows("Ready for opening day").shows("Customs hold").shows("P80");
        assert!(!shown.text.contains(">risk-") && !shown.text.contains(">forecast-"), "a word is missing");
        let mut chinese = manager.clone().with_cookie("fl_locale", "zh-CN");
        chinese.get(page).await.expect(200).shows("开幕准备就绪");
        let large = json!({ "runs": 4000, "seed": 7, "aim": "end", "shape": "triangular" });
        let asked = program.send_json(Method::POST, &format!("{base}/simulations"), &large).await.expect(200).json();
        assert_eq!(asked["state"], "waiting");
        let id = asked["id"].as_str().expect("an id").to_owned();
        manager.get(&format!("{page}?run={id}")).await.expect(200).shows("risk-progress");
        t.work().await;
        let done = program.get(&format!("{base}/simulations/{id}")).await.expect(200).json();
        assert_eq!((&done["state"], &done["made"], &done["aims"][0]["key"]), (&json!("done"), &json!(4000), &json!("end")));
        // What is stopped while it waits is never made.
        let other = program.send_json(Method::POST, &format!("{base}/simulations"), &large).await.expect(200).json();
        let id = other["id"].as_str().expect("an id").to_owned();
        manager.post(&format!("{page}/runs/{id}/stop"), &[]).await.expect(303);
        t.work().await;
        assert_eq!(program.get(&format!("{base}/simulations/{id}")).await.json()["state"], "cancelled");
        // The plan moves on: the result says so.
        let change = json!({ "duration_days": 9 });
        program.send_json(Method::PATCH, &format!("{base}/tasks/B08"), &change).await.expect(200);
        manager.get(page).await.expect(200).shows("The plan has changed since");
        manager.get(&format!("{page}?run=nothing")).await.expect(404);
        let mut guest = t.staff(Role::Sales, edition.id).await;
        guest.get(page).await.expect(200);
        guest.post(page, &[]).await.expect(403);
    }

    async fn value_is_earned_against_a_baseline(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let base = "/api/v1/editions/east/plan";
        manager.get("/e/east/plan/value").await.expect(200).shows("No baseline to measure against");
        program.get(&format!("{base}/value")).await.expect(409);
        program.get(&format!("{base}/value?baseline=4")).await.expect(404);
        let baseline = json!({ "name_en": "Contract plan", "reason": "Agreed" });
        program.send_json(Method::POST, &format!("{base}/baselines"), &baseline).await.expect(200);
        let value = program.get(&format!("{base}/value")).await.expect(200).json();
        assert_eq!(value["weight"], "minutes", "a plan without budgets is weighed by time");
        manager.get("/e/east/plan/value").await.expect(200).shows("The plan has no budgets").shows("SPI(t)");
        let money = json!({ "budget": 1000.0, "actual_cost": 400.0 });
        program.send_json(Method::POST, &format!("{base}/tasks/I01/estimate"), &money).await.expect(200);
        let value = program.get(&format!("{base}/value?baseline=1")).await.expect(200).json();
        assert_eq!((&value["weight"], &value["total"]["bac"], &value["total"]["ac"]), (&json!("budget"), &json!(100_000.0), &json!(40_000.0)));
        // The day before opening everything about I01 was to be done, and nobody has begun.
        assert_eq!((&value["total"]["pv"], &value["total"]["ev"], &value["total"]["spi"]), (&json!(100_000.0), &json!(0.0), &json!(0.0)));
        let early = program.get(&format!("{base}/value?baseline=1&on=2025-12-01")).await.expect(200).json();
        assert!(early["total"]["pv"].as_f64() < Some(100_000.0), "{early}");
        let page = manager.get("/e/east/plan/value").await.expect(200).shows("CPI").shows("Planned value");
        assert!(!page.text.contains(">value-"), "a word is missing");
        let page = manager.get("/e/east/plan/buffers").await.expect(200).shows("Project buffer").shows("Critical chain");
        assert!(!page.text.contains(">buffer-"), "a word is missing");
        manager.get("/e/east/plan/buffers?sizing=cut_paste").await.expect(200).shows("B11");
        let chains = program.get(&format!("{base}/buffers")).await.expect(200).json();
        assert!(chains[0]["joins"].is_null() && chains[0]["buffer_minutes"].as_i64() > Some(0), "{chains}");
    }

    async fn a_scenario_is_tried_compared_and_promoted(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let mut program = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let base = "/api/v1/editions/east/plan";
        let list = "/e/east/plan/scenarios";
        manager.get(list).await.expect(200).shows("No scenario yet");
        manager.post(list, &[("name_en", " ")]).await.expect(422);
        manager.post(list, &[("name_en", "Longer build"), ("description", "What if raw stands take a week?")]).await.expect(303);
        manager.get(&format!("{list}/1")).await.expect(200).shows("No changes yet");
        manager.post(&format!("{list}/1/promote"), &[("revision", "1")]).await.expect(409);
        let steps = format!("{list}/1/steps");
        manager.post(&steps, &[("task", "NIX")]).await.expect(422).shows("NIX");
        manager.post(&steps, &[("task", "B08")]).await.expect(422).shows("This changes nothing");
        manager.post(&steps, &[("task", "B08"), ("predecessors", "B11 FS")]).await.expect(422);
        manager.post(&steps, &[("task", "B08"), ("duration_days", "7")]).await.expect(303);
        let page = manager.get(&format!("{list}/1")).await.expect(200).shows("B08").shows("Promote to the plan");
        assert!(!page.text.contains(">scenario-"), "a word is missing");
        let before = program.get(&format!("{base}/tasks/B08")).await.expect(200).json();
        // A second one, side by side with the first and a baseline.
        let second = json!({ "name_en": "Shorter build" });
        program.send_json(Method::POST, &format!("{base}/scenarios"), &second).await.expect(200);
        let step = json!({ "task": "B08", "duration_days": 3 });
        let tried = program.send_json(Method::POST, &format!("{base}/scenarios/2/steps"), &step).await.expect(200).json();
        assert!(tried["effect"]["moves"].as_array().is_some_and(|moves| !moves.is_empty()), "{tried}");
        assert_eq!(tried["scenario"]["steps"][0]["fields"]["duration_days"], json!(["4", "3"]));
        manager.post("/e/east/plan/baselines", &[("name_en", "Contract plan"), ("reason", "Agreed")]).await.expect(303);
        let compared = program.get(&format!("{base}/scenarios/compare?baseline=1&scenario=1&scenario=2")).await.expect(200).json();
        let kinds: Vec<&str> = compared.as_array().expect("columns").iter().filter_map(|one| one["kind"].as_str()).collect();
        assert_eq!(kinds, ["current", "baseline", "scenario", "scenario"]);
        assert!(compared[2]["moved"].as_i64() > Some(0) || compared[3]["moved"].as_i64() > Some(0), "{compared}");
        manager.get(&format!("{list}/compare?baseline=1&scenario=1&scenario=2")).await.expect(200).shows("Longer build").shows("B08");
        // Nothing has touched the plan; promoting does, once, on the revision that was seen.
        assert_eq!(program.get(&format!("{base}/tasks/B08")).await.json(), before);
        manager.post(&format!("{list}/1/promote"), &[("revision", "7")]).await.expect(422);
        manager.post(&format!("{list}/1/promote"), &[("revision", "1")]).await.expect(303);
        let after = program.get(&format!("{base}/tasks/B08")).await.expect(200).json();
        assert_eq!((&after["duration_days"], after["version"].as_i64()), (&json!(7.0), before["version"].as_i64().map(|one| one + 1)));
        let head = program.get(base).await.expect(200).json();
        assert_eq!(head["revision"], 2);
        manager.get(&format!("{list}/1")).await.expect(200).shows("In the plan");
        manager.post(&format!("{list}/1/steps"), &[("task", "B08"), ("duration_days", "2")]).await.expect(422).shows("promoted or put away");
        // The other one still fits: it is brought together with what changed meanwhile.
        manager.get(&format!("{list}/2")).await.expect(200).shows("value stands");
        program.send_json(Method::DELETE, &format!("{base}/scenarios/2/steps/1"), &json!({})).await.expect(200);
        manager.post(&format!("{list}/2/drop"), &[]).await.expect(303);
        manager.get(list).await.expect(200).shows("Put away");
        let mut guest = t.staff(Role::Sales, edition.id).await;
        guest.get(list).await.expect(200);
        guest.post(list, &[("name_en", "Mine")]).await.expect(403);
    }

    async fn a_scenario_brings_and_takes_tasks_and_moves_the_opening(t: TestApp) {
        let edition = t.edition("east").await;
        let mut manager = t.staff(Role::Manager, edition.id).await;
        let rights = [Permission::PlanRead, Permission::PlanEdit, Permission::EditionRead, Permission::EditionManage];
        let mut program = t.program(&rights, Some(edition.id)).await;
        let mut narrow = t.program(&[Permission::PlanRead, Permission::PlanEdit], Some(edition.id)).await;
        let base = "/api/v1/editions/east/plan";
        let one = format!("{base}/scenarios/1");
        program.send_json(Method::POST, &format!("{base}/scenarios"), &json!({ "name_en": "A week later" })).await.expect(200);
        let page = "/e/east/plan/scenarios/1";
        for (kind, words) in [("add", "Name in English"), ("delete", "has begun"), ("opening", "D0 is 12 May 2027 now")] {
            manager.get(&format!("{page}?kind={kind}")).await.expect(200).shows(words);
        }
        let steps = format!("{page}/steps");
        manager.post(&steps, &[("kind", "add"), ("name_en", " "), ("after", "B08")]).await.expect(422).shows("Please fill this in");
        let new = [("kind", "add"), ("name_en", "Second sweep"), ("after", "B08"), ("code", "b99"), ("duration_days", "1"), ("predecessors", "B08 FS")];
        manager.post(&steps, &new).await.expect(303);
        manager.post(&steps, &new).await.expect(422);
        manager.post(&steps, &[("kind", "delete"), ("task", "NIX")]).await.expect(422).shows("NIX");
        manager.post(&steps, &[("kind", "delete"), ("task", "O04")]).await.expect(303);
        manager.post(&steps, &[("kind", "opening"), ("opens_on", "2027-05-12")]).await.expect(422).shows("This changes nothing");
        let opening = json!({ "kind": "opening", "opens_on": "2027-05-19" });
        let tried = program.send_json(Method::POST, &format!("{one}/steps"), &opening).await.expect(200).json();
        let kinds: Vec<&str> = tried["scenario"]["steps"].as_array().expect("steps").iter().filter_map(|one| one["kind"].as_str()).collect();
        assert_eq!(kinds, ["add", "delete", "opening"], "{tried}");
        manager.get(page).await.expect(200).shows("Second sweep").shows("B99").shows("19 May 2027");
        // Side by side: what it adds, what it has not, when it opens.
        let compared = program.get(&format!("{base}/scenarios/compare?scenario=1")).await.expect(200).json();
        assert_eq!((&compared[1]["added"], &compared[1]["removed"]), (&json!(["B99"]), &json!(["O04"])), "{compared}");
        assert_eq!((&compared[0]["opens_on"], &compared[1]["opens_on"]), (&json!("2027-05-12"), &json!("2027-05-19")));
        manager.get("/e/east/plan/scenarios/compare?scenario=1").await.expect(200).shows("Tasks it adds").shows("Second sweep").shows("Tasks it has not");
        // Promoted as one change, by whom may change the edition too, and taken back as one.
        let before = program.get(&format!("{base}/tasks/B11")).await.expect(200).json()["starts_on"].clone();
        narrow.send_json(Method::POST, &format!("{one}/promote"), &json!({})).await.expect(403);
        program.send_json(Method::POST, &format!("{one}/promote"), &json!({})).await.expect(200);
        program.get(&format!("{base}/tasks/B99")).await.expect(200);
        program.get(&format!("{base}/tasks/O04")).await.expect(404);
        let days = program.get("/api/v1/editions/east").await.expect(200).json();
        assert_eq!((&days["opens_on"], &days["closes_on"]), (&json!("2027-05-19"), &json!("2027-05-21")), "{days}");
        assert_ne!(program.get(&format!("{base}/tasks/B11")).await.json()["starts_on"], before);
        manager.get(page).await.expect(200).shows("In the plan");
        program.send_json(Method::POST, &format!("{base}/undo"), &json!({})).await.expect(200);
        program.get(&format!("{base}/tasks/B99")).await.expect(404);
        program.get(&format!("{base}/tasks/O04")).await.expect(200);
        // What is taken back is thought about again; made again, it is the plan's.
        assert_eq!(program.get(&one).await.expect(200).json()["scenario"]["state"], "draft");
        let page_now = manager.get(page).await.expect(200);
        assert!(!page_now.text.contains("In the plan"), "it is not in the plan any more");
        assert_eq!(program.get("/api/v1/editions/east").await.json()["opens_on"], "2027-05-12");
        assert_eq!(program.get(&format!("{base}/tasks/B11")).await.json()["starts_on"], before);
        program.send_json(Method::POST, &format!("{base}/redo"), &json!({})).await.expect(200);
        assert_eq!(program.get("/api/v1/editions/east").await.json()["opens_on"], "2027-05-19");
        manager.get(page).await.expect(200).shows("In the plan");
        manager.get("/e/east/journal").await.expect(200).shows("Took scenario 1, A week later, out of the plan");
        // With other steps it is not what was accepted: then it is accepted anew, not made again.
        program.send_json(Method::POST, &format!("{base}/undo"), &json!({})).await.expect(200);
        program.send_json(Method::DELETE, &format!("{one}/steps/2"), &json!({})).await.expect(200);
        let refused = program.send_json(Method::POST, &format!("{base}/redo"), &json!({})).await.expect(409).json();
        assert!(refused.to_string().contains("plan-undo-scenario"), "{refused}");
        assert_eq!(program.get("/api/v1/editions/east").await.json()["opens_on"], "2027-05-12");
    }
}
