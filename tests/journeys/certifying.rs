//! Letters that anybody can verify, and what is expected to come; the same over the API.

use crate::harness::TestApp;
use domain::access::{Permission, Role};
use reqwest::Method;
use serde_json::{Value, json};
use store::Query;
use uuid::Uuid;

/// A registered visitor: the record's id and the own page.
async fn registered(t: &TestApp, slug: &str, edition: domain::EditionId, email: &str) -> (Uuid, String) {
    let submission = Uuid::now_v7().to_string();
    let form = [
        ("submission", submission.as_str()),
        ("family_name", "Probe"),
        ("given_name", "Eva"),
        ("email", email),
        ("company", "Probe GmbH"),
        ("country", "DE"),
        ("data_processing", "on"),
    ];
    t.visitor().post(&format!("/x/{slug}/register"), &form).await.expect(303);
    let sql = "select id from registration where edition_id = $1 order by number desc limit 1";
    let id = t.app.reader().scalar::<Uuid>(sql, vec![edition.uuid().into()]).await.expect("an answer").expect("an id");
    let registration = domain::RegistrationId::from_uuid(id);
    let key = app::registration::access_key(&t.app.reader(), edition, registration).await.expect("a key");
    (id, format!("/x/{slug}/r/{key}"))
}

const VISA: [(&str, &str); 8] = [
    ("kind", "visa"),
    ("name", "Eva Probe"),
    ("passport", "C01X0006H"),
    ("nationality", "DE"),
    ("born_on", "1980-02-03"),
    ("arrives_on", "2027-05-10"),
    ("departs_on", "2027-05-16"),
    ("locale", "en"),
];

both_databases! {
    async fn a_letter_is_issued_verified_replaced_and_withdrawn(t: TestApp) {
        let edition = t.edition("visa").await;
        let (id, own) = registered(&t, "visa", edition.id, "eva@probe.example").await;
        let mut visitor = t.visitor();
        visitor.get(&format!("{own}/letters")).await.expect(200).shows("Invitation letter for a visa");
        visitor.post(&format!("{own}/letters"), &VISA[..2]).await.expect(422).shows("field-passport-error");
        visitor.post(&format!("{own}/letters"), &VISA).await.expect(303);
        visitor.get(&format!("{own}/letters")).await.expect(200).shows("VISA-00001");
        let row = t.app.reader().rows("select id, code from visa_letter", vec![]).await.expect("rows");
        let (letter, code): (Uuid, String) = (row[0].get(0).expect("an id"), row[0].get(1).expect("a code"));
        let pdf = visitor.bytes(&format!("{own}/letters/{letter}/letter.pdf")).await;
        assert!(pdf.starts_with(b"%PDF"));
        // Anybody may ask; the passport is not given away.
        let shown = format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..]);
        let answer = t.visitor().get(&format!("/x/visa/letter?code={shown}")).await.expect(200).shows("genuine and valid");
        assert!(answer.text.contains("006H") && !answer.text.contains("C01X0006H"));
        t.visitor().get("/x/visa/letter/AAAAAAAAAAAA").await.expect(200).shows("no letter with this code");
        // A new one takes the place of the old; staff take that one back.
        let mut desk = t.staff(Role::Registration, edition.id).await;
        desk.post(&format!("/e/visa/registration/{id}/letters"), &VISA).await.expect(303);
        t.visitor().get(&format!("/x/visa/letter/{code}")).await.expect(200).shows("no longer valid");
        visitor.get(&format!("{own}/letters/{letter}/letter.pdf")).await.expect(404);
        desk.get("/e/visa/registration/letters?q=probe").await.expect(200).shows("VISA-00002");
        let second: Uuid = t.app.reader().scalar("select id from visa_letter where withdrawn_at is null", vec![]).await.expect("a row").expect("an id");
        desk.post(&format!("/e/visa/registration/{id}/letters/{second}/withdraw"), &[]).await.expect(303);
        desk.get(&format!("/e/visa/registration/{id}")).await.expect(200).shows("Letter 2 withdrawn");
        // Nobody else's letter, and none for somebody who may not come.
        let (other, other_own) = registered(&t, "visa", edition.id, "other@probe.example").await;
        visitor.get(&format!("{other_own}/letters/{second}/letter.pdf")).await.expect(404);
        desk.post(&format!("/e/visa/registration/{other}/cancel"), &[("reason", "")]).await.expect(303);
        desk.post(&format!("/e/visa/registration/{other}/letters"), &VISA).await.expect(422);
        visitor.post(&format!("{other_own}/letters"), &VISA).await.expect(422);
    }

    async fn programs_invite_group_import_and_certify(t: TestApp) {
        let edition = t.edition("api").await;
        let mut program = t.program(&[Permission::RegistrationRead, Permission::RegistrationEdit], Some(edition.id)).await;
        let base = "/api/v1/editions/api";
        let campaign = json!({"name": "Partners", "category": "vip", "kind": "single", "count": 2, "quota": 5});
        let campaign = program.send_json(Method::POST, &format!("{base}/campaigns"), &campaign).await.expect(201).json();
        assert_eq!((&campaign["codes"], &campaign["redeemed"]), (&json!(2), &json!(0)));
        let path = format!("{base}/campaigns/{}", campaign["id"].as_str().expect("an id"));
        let codes = program.get(&format!("{path}/vouchers")).await.expect(200).json();
        let code = codes["items"][0]["code"].as_str().expect("a code").to_owned();
        let person = json!({"submission": Uuid::now_v7(), "family_name": "Probe", "email": "eva@probe.example", "voucher": code});
        let made = program.send_json(Method::POST, &format!("{base}/registrations"), &person).await.expect(201).json();
        assert_eq!((&made["category"], &made["channel"]), (&json!("vip"), &json!("imported")));
        let again = json!({"submission": Uuid::now_v7(), "family_name": "B", "email": "b@probe.example", "voucher": code});
        let refused = program.send_json(Method::POST, &format!("{base}/registrations"), &again).await.expect(409).json();
        assert_eq!(refused["code"], "voucher-used");
        let guests = json!({"people": ["Guest, guest@probe.example"], "locale": "en"});
        program.send_json(Method::POST, &format!("{path}/invitations"), &guests).await.expect(201);
        let list = program.get(&format!("{path}/invitations")).await.expect(200).json();
        assert_eq!(list["items"][0]["state"], "sent");
        program.send_json(Method::POST, &format!("{path}/stop"), &json!({})).await.expect(200);
        let group = json!({"kind": "company", "name": "Probe GmbH", "contact_name": "Eva", "contact_email": "lead@probe.example",
            "country": "DE", "category": "trade_visitor", "quota": 1});
        let group = program.send_json(Method::POST, &format!("{base}/groups"), &group).await.expect(201).json();
        let members = format!("{base}/groups/{}/members", group["id"].as_str().expect("an id"));
        let member = |n: u8| json!({"submission": Uuid::now_v7(), "family_name": format!("M{n}")});
        program.send_json(Method::POST, &members, &member(1)).await.expect(201);
        let full = program.send_json(Method::POST, &members, &member(2)).await.expect(409).json();
        assert_eq!(full["code"], "delegation-full");
        let import = format!("{base}/registration-imports");
        let table = b"name,email\nNora New,nora@probe.example\n,\n,bad\n".to_vec();
        let kept = program.send_body(Method::POST, &format!("{import}?name=t.csv"), "text/csv", table).await.expect(201).json();
        let one = format!("{import}/{}", kept["id"].as_str().expect("an id"));
        program.send_json(Method::POST, &format!("{one}/judge"), &json!({"known": "skip"})).await.expect(202);
        t.work().await;
        let judged: Value = program.get(&one).await.expect(200).json();
        assert_eq!((&judged["state"], &judged["new"], &judged["rejected"]), (&json!("judged"), &json!(1), &json!(1)));
        let rejected = program.get(&format!("{one}/rejected")).await.expect(200).json();
        assert_eq!(rejected["items"][0]["line"], 4);
        program.send_json(Method::POST, &format!("{one}/take"), &json!({"skip_rejected": true})).await.expect(202);
        t.work().await;
        assert_eq!(program.get(&one).await.expect(200).json()["state"], "done");
        let letters = format!("{base}/registrations/{}/letters", made["id"].as_str().expect("an id"));
        let letter: Value = serde_json::to_value(VISA.iter().copied().collect::<std::collections::BTreeMap<_, _>>()).expect("JSON");
        let letter = program.send_json(Method::POST, &letters, &letter).await.expect(201).json();
        assert_eq!(letter["number"], "API-00001");
        let mut reader = t.program(&[Permission::RegistrationRead], Some(edition.id)).await;
        reader.send_json(Method::POST, &letters, &json!({})).await.expect(403);
        let turnout = reader.get(&format!("{base}/turnout")).await.expect(200).json();
        assert_eq!(turnout["registered"], 3);
        assert!(turnout["visitors"]["mean"].as_f64().expect("a number") > 0.0);
    }

    async fn registrations_stand_against_a_goal_that_follows_an_earlier_edition(t: TestApp) {
        let edition = t.edition("goal").await;
        let mut desk = t.staff(Role::Registration, edition.id).await;
        desk.get("/e/goal/registration/turnout").await.expect(200).shows("Nobody is registered yet");
        let bad = [("days", "2026-01-01,1,2")];
        desk.post("/e/goal/registration/turnout/history", &bad).await.expect(422).shows("Line 1");
        desk.post("/e/goal/registration/turnout/goal", &[("target", "0"), ("version", "0")]).await.expect(422);
        desk.post("/e/goal/registration/turnout/goal", &[("target", "1000"), ("version", "0")]).await.expect(303);
        desk.post("/e/goal/registration/turnout/goal", &[("target", "900"), ("version", "0")]).await.expect(422);
        registered(&t, "goal", edition.id, "eva@probe.example").await;
        desk.get("/e/goal/registration/turnout").await.expect(200).shows("Expected visitors").shows("usual rates");
        let history = [("days", "day,registered,came\n2027-05-01,100,60\n2027-05-12,20,20")];
        desk.post("/e/goal/registration/turnout/history", &history).await.expect(422).shows("registrations of its own");
        let elsewhere = t.edition("before").await;
        let mut other = t.staff(Role::Registration, elsewhere.id).await;
        other.post("/e/before/registration/turnout/history", &history).await.expect(303);
        other.get("/e/before/registration/turnout").await.expect(200).shows("In the last week");
        t.staff(Role::GateSteward, edition.id).await.get("/e/goal/registration/turnout").await.expect(403);
    }
}
