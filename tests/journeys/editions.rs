//! A new show: series, venue, edition and plan in one form; two people changing it at once.

use crate::harness::{Caller, TestApp};
use domain::access::{Permission, Role};

async fn founder(t: &TestApp) -> Caller {
    t.user("founder@fairlead.example", true, &[]).await;
    t.sign_in("founder@fairlead.example").await
}

const NEW: [(&str, &str); 21] = [
    ("series", "new"),
    ("series_name_en", "Fair"),
    ("series_name_zh", "展会"),
    ("series_kind", "exhibition"),
    ("slug", "fair-2028"),
    ("name_en", "Fair 2028"),
    ("name_zh", "2028 展会"),
    ("venue", "new"),
    ("venue_name_en", "Hall"),
    ("venue_name_zh", "展馆"),
    ("venue_city", "Shanghai"),
    ("venue_country", "CN"),
    ("time_zone", "Asia/Shanghai"),
    ("build_up_on", "2028-03-01"),
    ("opens_on", "2028-03-08"),
    ("closes_on", "2028-03-10"),
    ("breakdown_until", "2028-03-13"),
    ("gross_area_m2", "40000"),
    ("template", "trade-show"),
    ("badge_mode", "signed"),
    ("registration_open", "on"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = NEW.iter().copied().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes.iter().copied()).collect()
}

both_databases! {
    async fn a_new_edition_has_its_plan(t: TestApp) {
        let mut caller = founder(&t).await;
        let answer = caller.post("/editions/new", &NEW).await.expect(303);
        assert_eq!(answer.location(), "/e/fair-2028");
        caller.get("/e/fair-2028").await.expect(200).shows("Fair 2028");
        caller.get("/editions").await.expect(200).shows("Fair 2028").shows("Hall, Shanghai");
        let tasks = t.program(&[Permission::PlanRead, Permission::EditionRead], None).await
            .get("/api/v1/editions/fair-2028/plan/tasks?limit=500").await.expect(200).json();
        assert_eq!(tasks["items"].as_array().map(Vec::len), Some(130));
    }

    async fn a_refused_edition_keeps_what_was_typed(t: TestApp) {
        let mut caller = founder(&t).await;
        let typed = with(&[("slug", "Fair 2028!"), ("closes_on", "2028-03-01")]);
        caller.post("/editions/new", &typed).await.expect(422)
            .shows("Fair 2028!").shows("lower-case letters").shows("must come after 2028-03-08").shows("value=\"40000\"");
        caller.get("/editions").await.expect(200).shows("No edition yet");
    }

    async fn two_people_change_one_edition(t: TestApp) {
        let edition = t.edition("both").await;
        let (mut anna, mut bo) = (t.staff(Role::Director, edition.id).await, t.staff(Role::Manager, edition.id).await);
        let form = |name, version| -> Vec<(&str, &str)> {
            vec![
                ("slug", "both"), ("name_en", name), ("name_zh", "展会"), ("time_zone", "Asia/Shanghai"),
                ("build_up_on", "2027-05-05"), ("opens_on", "2027-05-12"), ("closes_on", "2027-05-14"),
                ("breakdown_until", "2027-05-17"), ("gross_area_m2", "40000"), ("badge_mode", "signed"),
                ("version", version),
            ]
        };
        anna.post("/e/both/edition", &form("Anna's name", "1")).await.expect(303);
        // Bo sees Anna's value beside his own, keeps his typing, and decides.
        bo.post("/e/both/edition", &form("Bo's name", "1")).await.expect(422)
            .shows("Anna's name</strong>").shows("Bo's name");
        bo.post("/e/both/edition", &form("Bo's name", "2")).await.expect(303);
        bo.get("/e/both/journal").await.expect(200).shows("Edition changed");
    }

    async fn a_program_creates_an_edition_with_an_administrators_key_only(t: TestApp) {
        let body = serde_json::json!({
            "series_name_en": "Fair", "series_name_zh": "展会", "slug": "api-2028", "name_en": "Fair", "name_zh": "展会",
            "venue_name_en": "Hall", "venue_name_zh": "馆", "venue_city": "Shanghai", "venue_country": "CN",
            "time_zone": "Asia/Shanghai", "build_up_on": "2028-03-01", "opens_on": "2028-03-08",
            "closes_on": "2028-03-10", "breakdown_until": "2028-03-13", "gross_area_m2": 40000, "template": "trade-show",
        });
        let path = "/api/v1/editions";
        let reader = t.user("reader@fairlead.example", false, &[]).await;
        let mut narrow = t.program(&[Permission::EditionRead], None).await;
        narrow.send_json(reqwest::Method::POST, path, &body).await.expect(403);
        let mut stranger = t.program_of(reader, &[Permission::EditionManage], None).await;
        stranger.send_json(reqwest::Method::POST, path, &body).await.expect(403);
        let mut founder = t.program(&[Permission::EditionManage, Permission::EditionRead], None).await;
        let made = founder.send_json(reqwest::Method::POST, path, &body).await.expect(201).json();
        assert_eq!(made["slug"], "api-2028");
        let again = founder.send_json(reqwest::Method::POST, path, &body).await.expect(409).json();
        assert_eq!((again["code"].as_str(), again["errors"][0]["field"].as_str()), (Some("slug-taken"), Some("slug")));
        let bad = serde_json::json!({ "slug": "x", "colour": "red" });
        founder.send_json(reqwest::Method::POST, path, &bad).await.expect(422).shows("colour");
    }

    async fn others_editions_are_not_found(t: TestApp) {
        let (mine, _) = (t.edition("mine").await, t.edition("other").await);
        let mut caller = t.staff(Role::Director, mine.id).await;
        caller.get("/e/other").await.expect(404);
        let listed = caller.get("/editions").await.expect(200);
        assert!(!listed.text.contains("Show other"));
        let found = caller.get("/search?q=Show&edition=mine").await.expect(200);
        assert!(!found.text.contains("Show other"), "search does not tell either");
    }
}
