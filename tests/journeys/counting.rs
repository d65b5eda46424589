//! The log counted by an auditor's rules, frozen, checked by anybody.

use super::admission::{Gates, code_of, presented};
use super::conflicts::run;
use chrono::Duration;
use domain::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

async fn figures(gates: &mut Gates, profile: &str) -> Value {
    let path = gates.path(&format!("count?profile={profile}"));
    gates.program.get(&path).await.expect(200).json()
}

both_databases! {
    async fn a_day_is_counted_frozen_and_checked(t: TestApp) {
        let mut gates = Gates::of(&t, "count").await;
        let gate = gates.gate("N1").await;
        let mut device = gates.device(&t, &gate, "steward").await;
        let (person, first) = gates.badge(&t, "Zhang San").await;
        let (_, second) = gates.badge(&t, "Li Si").await;
        for code in [&first, &second] {
            gates.scan(&mut device, presented(code)).await;
        }
        t.wait(Duration::hours(1));
        let mut out = presented(&first);
        out["direction"] = "out".into();
        gates.scan(&mut device, out).await;
        // The reprint is the same person.
        app::registration::reprint_badge(&t.app, t.system(), &gates.edition, person).await.expect("a reprint");
        let again = code_of(&t, &gates.edition, person).await;
        t.wait(Duration::hours(1));
        gates.scan(&mut device, presented(&again)).await;
        gates.scan(&mut device, presented("AAAABBBBCCCCDDDDEEEE")).await;
        t.wait(Duration::days(1));
        gates.scan(&mut device, presented(&second)).await;
        let ufi = figures(&mut gates, "ufi").await;
        assert_eq!((ufi["visitors"].as_i64(), ufi["visits"].as_i64()), (Some(2), Some(3)));
        assert_eq!((ufi["entries"].as_i64(), ufi["exits"].as_i64()), (Some(4), Some(1)));
        assert_eq!(figures(&mut gates, "gate").await["visits"], 4, "every entry");
        let path = gates.path("count?profile=nobody");
        gates.program.get(&path).await.expect(422);

        let mut director = t.staff(Role::Director, gates.edition.id).await;
        director.get("/e/count/admission/counts?profile=fkm").await.expect(200).shows("FKM");
        director.post("/e/count/admission/counts", &[("profile", "nobody")]).await.expect(422);
        let form = [("profile", "ufi"), ("note", "for the press")];
        let page = director.post("/e/count/admission/counts", &form).await.expect(303).location().to_owned();
        director.get(&page).await.expect(200).shows("for the press");
        let log = director.get(&format!("{page}/log.csv")).await.expect(200);
        let frozen = gates.make_list("counts").await.remove(0);
        let hash = app::chance::hash_bytes(log.text.as_bytes());
        assert_eq!(frozen["log_sha256"].as_str(), Some(hash.as_str()), "anybody can compute it from the file");
        assert_eq!(log.text.lines().count(), 1 + 6, "denied and unknown scans are in the log too");
        director.get(&format!("{page}/certificate.pdf")).await.expect(200);
        director.get(&format!("{page}/figures.xlsx")).await.expect(200);
        director.get("/e/count/admission/counts.xlsx?profile=abc").await.expect(200);

        // Anybody with the code.
        let code = frozen["code"].as_str().expect("a code").to_owned();
        let mut anybody = t.visitor();
        anybody.post("/verify/count", &[("code", "NOTHING")]).await.expect(422);
        let found = anybody.post("/verify/count", &[("code", &code.to_lowercase())]).await.expect(303).location().to_owned();
        anybody.get(&found).await.expect(200).shows(&hash);
        let text = anybody.get(&format!("{found}/certificate.json")).await.expect(200).text;
        assert_eq!(Some(app::chance::hash_bytes(text.as_bytes()).as_str()), frozen["seal"].as_str());
        let certificate = anybody.get(&format!("/api/v1/counts/{code}")).await.expect(200).json();
        assert_eq!((certificate["holds"].as_bool(), certificate["text"].as_str()), (Some(true), Some(text.as_str())));
        anybody.get("/api/v1/counts/NOTHING").await.expect(404);

        // Later scans are no part of it; a scan taken out of the log is noticed.
        t.wait(Duration::minutes(1));
        gates.scan(&mut device, presented(&first)).await;
        director.post(&format!("{page}/check"), &[]).await.expect(303);
        director.get(&page).await.expect(200).shows("unchanged");
        run(&t, "delete from scan where verdict = 'deny' and reason = 'unknown_code'", false).await;
        director.post(&format!("{page}/check"), &[]).await.expect(303);
        director.get(&page).await.expect(200).shows("has changed since");
        // What is frozen cannot be changed, whoever tries.
        let tx = t.database.store.begin().await.expect("a transaction");
        let tried = store::Query::run(&tx, "update count_freeze set note = 'other'", Vec::new()).await;
        assert!(tried.is_err(), "the database refuses");
    }

    async fn a_count_is_frozen_by_a_program_and_numbered(t: TestApp) {
        let mut gates = Gates::of(&t, "numbers").await;
        gates.gate("N1").await;
        for number in 1..=2 {
            let path = gates.path("counts");
            let made = gates.program.send_json(Method::POST, &path, &json!({"profile": "iso"})).await.expect(201).json();
            assert_eq!(made["number"], number);
        }
        let path = gates.path("counts");
        gates.program.send_json(Method::POST, &path, &json!({"profile": "x"})).await.expect(422);
    }
}
