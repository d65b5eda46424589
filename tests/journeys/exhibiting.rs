//! A company applies, is accepted with a stand, joins the portal, does a duty, and the organizer sees it in the plan.

use crate::harness::{Caller, TestApp};
use domain::{
    PlaceId,
    access::{Permission, Role},
    edition::Edition,
};
use store::{Query, read};

const PASSWORD: &str = "our stand is ready";

/// A hall with two raw stands, made through the forms.
async fn floor(t: &TestApp, edition: &Edition) -> (PlaceId, Vec<PlaceId>) {
    let mut operations = t.staff(Role::Operations, edition.id).await;
    let slug = &edition.slug;
    let hall = [("kind", "hall"), ("code", "N1"), ("name_en", "Hall N1"), ("name_zh", "N1馆"), ("area", "9000")];
    let size = [("x", "0"), ("y", "0"), ("w", "100"), ("h", "90")];
    let fields: Vec<_> = hall.into_iter().chain(size).collect();
    operations.post(&format!("/e/{slug}/venue/places"), &fields).await.expect(303);
    let halls = read::venue::hall_choices(&t.app.reader(), edition.venue, edition.id).await.expect("halls");
    let (hall, _) = halls.first().expect("the hall").clone();
    let hall_id = hall.to_string();
    for (number, x) in [("A01", "0"), ("A02", "12")] {
        let stand = [("hall", hall_id.as_str()), ("number", number), ("kind", "raw"), ("open_sides", "2")];
        let place = [("x", x), ("y", "0"), ("w", "9"), ("h", "6")];
        let fields: Vec<_> = stand.into_iter().chain(place).collect();
        operations.post(&format!("/e/{slug}/sales/stands/new"), &fields).await.expect(303);
    }
    let stands = read::sales::stands(&t.app.reader(), edition.id, &Default::default(), 10).await.expect("stands");
    (hall, stands.rows.into_iter().map(|row| row.id).collect())
}

fn application<'a>(submission: &'a str, company: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("submission", submission),
        ("company_en", company),
        ("company_zh", "苏州精密工具有限公司"),
        ("country", "CN"),
        ("contact_name", "Li Wei"),
        ("contact_email", email),
        ("stand_kind", "raw"),
        ("area", "54"),
        ("products", "Lathes"),
    ]
}

/// Applies and answers with the application's id.
async fn applied(t: &TestApp, slug: &str, submission: &str, company: &str, email: &str) -> String {
    let path = format!("/x/{slug}/apply");
    let answer = t.visitor().post(&path, &application(submission, company, email)).await.expect(303);
    t.visitor().get(answer.location()).await.expect(200).shows(company);
    let rows = t.app.reader().rows("select id from application order by number desc", vec![]).await.expect("rows");
    rows.first().expect("it is there").get::<uuid::Uuid>(0).expect("an id").to_string()
}

/// The secret of the latest invitation, as the mail carries it.
async fn invitation(t: &TestApp) -> String {
    let rows = t.app.reader().rows("select body_text from mail order by id", vec![]).await.expect("rows");
    let texts: Vec<String> = rows.iter().map(|row| row.get(0).expect("text")).collect();
    let text = texts.iter().rev().find(|text| text.contains("/portal/join/")).expect("an invitation");
    let after = text.split("/portal/join/").nth(1).expect("a link");
    after.split_whitespace().next().expect("a secret").to_owned()
}

/// An exhibitor with a raw stand, signed in to the portal.
async fn exhibitor(t: &TestApp, edition: &Edition, stand: PlaceId, company: &str, email: &str) -> (Caller, String) {
    let submission = uuid::Uuid::now_v7().to_string();
    let id = applied(t, &edition.slug, &submission, company, email).await;
    let mut sales = t.staff(Role::Sales, edition.id).await;
    let path = format!("/e/{}/sales/applications/{id}/accept", edition.slug);
    sales.post(&path, &[("stand", &stand.to_string())]).await.expect(303);
    let secret = invitation(t).await;
    let mut portal = t.visitor();
    let join = format!("/portal/join/{secret}");
    portal.get(&join).await.expect(200).shows(email);
    portal.post(&join, &[("password", PASSWORD), ("repeat", PASSWORD)]).await.expect(303);
    (portal, join)
}

async fn duty_of(t: &TestApp, edition: &Edition, company: &str, code: &str) -> (String, String) {
    let filter = domain::exhibitor::view::ExhibitorFilter { q: company.to_owned(), ..Default::default() };
    let now = t.now();
    let found = read::exhibitor::exhibitors(&t.app.reader(), edition.id, &filter, now, 5).await.expect("exhibitors");
    let exhibitor = found.rows.first().expect("the exhibitor").participation;
    let duties = read::exhibitor::duties(&t.app.reader(), exhibitor, now).await.expect("duties");
    let duty = duties.iter().find(|duty| duty.code == code).unwrap_or_else(|| panic!("no duty {code}"));
    (exhibitor.to_string(), duty.id.to_string())
}

both_databases! {
    async fn from_application_to_a_duty_done(t: TestApp) {
        let edition = t.edition("fair").await;
        let (hall, stands) = floor(&t, &edition).await;
        let (mut portal, join) = exhibitor(&t, &edition, stands[0], "Suzhou Tools Ltd", "li@suzhou.example").await;

        // The invitation works once.
        t.visitor().get(&join).await.expect(404);
        // Home: the stand, the duties of raw space, the deadline from the plan.
        portal.get("/portal").await.expect(200).shows("A01").shows("Submit the stand design").shows("Suzhou Tools Ltd");
        let (exhibitor, duty) = duty_of(&t, &edition, "Suzhou", "insurance").await;
        let path = format!("/portal/duties/{duty}");
        portal.get(&path).await.expect(200);
        // Nothing said, nothing confirmed: refused with the fields, nothing lost.
        let empty = ("file", "", Vec::new());
        portal.post_file(&path, &[("note", "")], empty.clone()).await.expect(422);
        portal.post_file(&path, &[("note", "Policy 4711")], empty).await.expect(422).shows("Policy 4711");
        let policy = ("file", "policy.pdf", b"%PDF-1.7 policy".to_vec());
        portal.post_file(&path, &[("note", "Policy 4711"), ("confirm", "yes")], policy).await.expect(303);
        portal.get(&path).await.expect(200).shows("policy.pdf");
        portal.get(&format!("{path}/file")).await.expect(200).shows("%PDF-1.7 policy");

        // The organizer sees it on the exhibitor, in the overview and in the plan task's history.
        let mut sales = t.staff(Role::Sales, edition.id).await;
        sales.get(&format!("/e/fair/exhibitor/{exhibitor}")).await.expect(200).shows("Policy 4711").shows("Li Wei");
        sales.get("/e/fair/exhibitor/duties").await.expect(200);
        let task = t.app.reader()
            .rows("select t.id from task t where t.code = 'E07'", vec![]).await.expect("rows");
        let task: uuid::Uuid = task.first().expect("the task").get(0).expect("id");
        let subject = domain::journal::Subject::new(domain::journal::SubjectKind::Task, task);
        let told = read::journal::timeline(&t.app.reader(), subject, 10).await.expect("timeline");
        assert!(told.iter().any(|entry| entry.fact.kind == "task.duty_done"), "{told:?}");

        // The plan of the hall, the lists and their exports.
        sales.get(&format!("/e/fair/venue/halls/{hall}")).await.expect(200).shows("A01").shows("Suzhou");
        sales.get(&format!("/e/fair/venue/halls/{hall}?zoom=4&col=2&row=1")).await.expect(200);
        sales.get("/e/fair/venue").await.expect(200).shows("Hall N1");
        sales.get("/e/fair/sales").await.expect(200);
        sales.get("/e/fair/sales/stands?state=assigned&q=suzhou").await.expect(200).shows("A01");
        sales.get("/e/fair/sales/stands?sort=-area").await.expect(200).shows("A02");
        sales.get("/e/fair/exhibitor?stand=with&duties=open&portal=joined").await.expect(200).shows("Suzhou");
        sales.get("/e/fair/exhibitor/export.csv").await.expect(200).shows("A01");
        sales.get("/e/fair/sales/stands/export.xlsx").await.expect(200);

        // Opened again with a reason, the exhibitor reads it.
        let reopen = format!("/e/fair/exhibitor/duty/{duty}/reopen");
        sales.post(&reopen, &[("reason", "Page 2 is missing")]).await.expect(303);
        portal.get(&path).await.expect(200).shows("Page 2 is missing");
        // Signing out and in again, with the address in another case.
        portal.post("/portal/signout", &[]).await.expect(303);
        portal.get("/portal").await.expect(303);
        portal.post("/portal/signin", &[("email", "LI@suzhou.example"), ("password", PASSWORD)]).await.expect(303);
        portal.get("/portal").await.expect(200);
    }

    async fn exhibitors_see_only_their_own(t: TestApp) {
        let edition = t.edition("fair").await;
        let (_, stands) = floor(&t, &edition).await;
        let (_, _) = exhibitor(&t, &edition, stands[0], "Suzhou Tools Ltd", "li@suzhou.example").await;
        let submission = uuid::Uuid::now_v7().to_string();
        let mut form = application(&submission, "Bremen Pumps GmbH", "eva@bremen.example");
        form.retain(|(name, _)| *name != "company_zh");
        t.visitor().post("/x/fair/apply", &form).await.expect(303);
        let rows = t.app.reader().rows("select id from application order by number desc", vec![]).await.expect("rows");
        let id: uuid::Uuid = rows[0].get(0).expect("id");
        let mut sales = t.staff(Role::Sales, edition.id).await;
        sales.post(&format!("/e/fair/sales/applications/{id}/accept"), &[("stand", "")]).await.expect(303);
        let secret = invitation(&t).await;
        let mut other = t.visitor();
        let fields = [("password", PASSWORD), ("repeat", PASSWORD)];
        other.post(&format!("/portal/join/{secret}"), &fields).await.expect(303);
        let (_, duty) = duty_of(&t, &edition, "Suzhou", "manual").await;
        other.get(&format!("/portal/duties/{duty}")).await.expect(404);
        let done = [("note", "done"), ("confirm", "yes")];
        other.post_file(&format!("/portal/duties/{duty}"), &done, ("file", "", Vec::new())).await.expect(404);
        let home = other.get("/portal").await.expect(200).shows("Bremen Pumps GmbH");
        assert!(!home.text.contains("Suzhou"), "nothing of another exhibitor");
        // The portal's cookie opens no page of the team, and the team's none of the portal.
        assert_eq!(other.get("/e/fair/exhibitor").await.status.as_u16(), 303);
        assert_eq!(sales.get("/portal").await.status.as_u16(), 303);
    }

    async fn a_double_click_is_one_application(t: TestApp) {
        t.edition("fair").await;
        let submission = uuid::Uuid::now_v7().to_string();
        let form = application(&submission, "Suzhou Tools Ltd", "li@suzhou.example");
        let (mut first, mut second) = (t.visitor(), t.visitor());
        let (one, two) = tokio::join!(first.post("/x/fair/apply", &form), second.post("/x/fair/apply", &form));
        assert_eq!(one.expect(303).location(), two.expect(303).location());
        let rows = t.app.reader().rows("select count(*) from application", vec![]).await.expect("rows");
        assert_eq!(rows[0].get::<i64>(0).expect("count"), 1);
        // Wrong fields are named and what was typed stays.
        let mut bad = application(&submission, "Suzhou Tools Ltd", "nowhere");
        bad.retain(|(name, _)| *name != "area");
        t.visitor().post("/x/fair/apply", &bad).await.expect(422).shows("Suzhou Tools Ltd").shows("field-area-error");
    }

    async fn two_at_once_for_one_stand(t: TestApp) {
        let edition = t.edition("fair").await;
        let (_, stands) = floor(&t, &edition).await;
        let mut program = t.program(&[Permission::SalesEdit, Permission::SalesRead], Some(edition.id)).await;
        let mut takers = Vec::new();
        for (n, company) in ["Alpha Ltd", "Beta Ltd", "Gamma Ltd", "Delta Ltd"].into_iter().enumerate() {
            let body = serde_json::json!({
                "submission": uuid::Uuid::now_v7(), "company_en": company, "country": "DE", "contact_name": "N N",
                "contact_email": format!("n{n}@example.com"), "stand_kind": "raw", "area_dm2": 5400, "products": "x",
            });
            let path = "/api/v1/editions/fair/applications";
            let made = program.send_json(reqwest::Method::POST, path, &body).await.expect(201).json();
            let accept = format!("{path}/{}/accept", made["id"].as_str().expect("an id"));
            let done = program.send_json(reqwest::Method::POST, &accept, &serde_json::json!({})).await.expect(200).json();
            takers.push(done["exhibitor"].as_str().expect("an exhibitor").to_owned());
        }
        let mut tries = tokio::task::JoinSet::new();
        for taker in takers {
            let mut caller = program.clone();
            let body = serde_json::json!({ "stand": stands[0].uuid(), "exhibitor": taker });
            tries.spawn(async move {
                caller.send_json(reqwest::Method::POST, "/api/v1/editions/fair/assignments", &body).await
            });
        }
        let answers = tries.join_all().await;
        let won = answers.iter().filter(|answer| answer.status.as_u16() == 204).count();
        assert_eq!(won, 1, "exactly one wins: {:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
        for lost in answers.iter().filter(|answer| answer.status.as_u16() != 204) {
            assert_eq!(lost.status.as_u16(), 409);
            let problem = lost.json();
            assert_eq!(problem["code"], "stand-taken");
            assert!(problem["errors"][0]["params"]["holder"].as_str().is_some_and(|holder| holder.ends_with("Ltd")));
        }
        let live = store::record::sales::live_assignments(&t.app.reader(), stands[0]).await.expect("live");
        assert_eq!(live.len(), 1);
    }
}
