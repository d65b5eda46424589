//! Forms as data, categories with places and waiting lists: from the editor to the visitor and back.

use crate::harness::{Caller, TestApp};
use domain::access::{Permission, Role};
use domain::edition::Edition;
use reqwest::Method;
use serde_json::{Value, json};

/// The hidden value of a form by its name.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.find(&mark).unwrap_or_else(|| panic!("no {name} in {page}")) + mark.len();
    page[at..].split('"').next().unwrap_or_default().to_owned()
}

async fn version(staff: &mut Caller, path: &str) -> String {
    hidden(&staff.get(path).await.expect(200).text, "version")
}

/// A manager asks trade visitors for the size of their company, and large ones why they come.
async fn with_questions(t: &TestApp, edition: &Edition) -> Caller {
    let mut staff = t.staff(Role::Registration, edition.id).await;
    let base = format!("/e/{}/registration/form", edition.slug);
    let section = [("code", "visit"), ("title_en", "Your visit"), ("title_zh", "您的参观"), ("version", "")];
    staff.post(&format!("{base}/sections"), &section).await.expect(422).shows("Your visit");
    let seen = version(&mut staff, &format!("{base}/sections")).await;
    let mut fresh = section.to_vec();
    fresh[3] = ("version", seen.as_str());
    staff.post(&format!("{base}/sections"), &fresh).await.expect(303);
    let path = format!("{base}/sections/visit/questions");
    let seen = version(&mut staff, &path).await;
    let size = [
        ("code", "size"),
        ("kind", "one"),
        ("label_en", "Company size"),
        ("label_zh", "企业规模"),
        ("required", "on"),
        ("only_for", "trade_visitor"),
        ("choices", "small | Up to 99 | 99人以下\nlarge | 100 and more | 100人以上"),
        ("version", seen.as_str()),
    ];
    staff.post(&path, &size).await.expect(303);
    staff.post(&path, &size).await.expect(422);
    let seen = version(&mut staff, &path).await;
    let why = [
        ("code", "why"),
        ("kind", "many"),
        ("label_en", "Why do you come?"),
        ("label_zh", "参观目的"),
        ("required", "on"),
        ("choices", "buy | To buy | 采购\nlearn | To learn | 学习"),
        ("when", "size"),
        ("when_is", "large"),
        ("version", seen.as_str()),
    ];
    staff.post(&path, &why).await.expect(303);
    staff
}

async fn publish(staff: &mut Caller, edition: &Edition) {
    let base = format!("/e/{}/registration/form", edition.slug);
    let seen = hidden(&staff.get(&base).await.expect(200).text, "seen");
    staff.post(&format!("{base}/publish"), &[("seen", seen.as_str())]).await.expect(303);
}

async fn rules(staff: &mut Caller, edition: &Edition, category: &str, set: &[(&str, &str)]) {
    let path = format!("/e/{}/registration/categories/{category}", edition.slug);
    let version = version(staff, &path).await;
    let mut fields = vec![("version", version.as_str())];
    fields.extend_from_slice(set);
    staff.post(&path, &fields).await.expect(303);
}

both_databases! {
    async fn an_editor_makes_a_form_and_visitors_answer_it(t: TestApp) {
        let edition = t.edition("asked").await;
        let mut staff = with_questions(&t, &edition).await;
        t.visitor().get("/x/asked/register").await.expect(200);
        t.visitor_sends(&edition, 1, &[]).await.expect(303);
        let preview = "/e/asked/registration/form/preview";
        staff.get(preview).await.expect(200).shows("Company size");
        staff.get(&format!("{preview}?lang=zh-CN")).await.expect(200).shows("企业规模");
        let trial = [("category", "trade_visitor"), ("family_name", "Li"), ("email", "li@example.cn"), ("company", "X"),
            ("country", "CN")];
        staff.post(preview, &trial).await.expect(422).shows("field-answers.size-error");
        let mut sound = trial.to_vec();
        sound.push(("answers.size", "small"));
        staff.post(preview, &sound).await.expect(200).shows("Up to 99");
        assert_eq!(t.registrations(&edition, "").await.len(), 1, "a test run registers nobody");
        publish(&mut staff, &edition).await;
        let page = t.visitor().get("/x/asked/register").await.expect(200);
        page.shows("Company size").shows("data-asked-for=\"trade_visitor\"").shows("data-asked-is=\"large\"");
        t.visitor_sends(&edition, 2, &[]).await.expect(422).shows("field-answers.size-error").shows("Werke GmbH");
        let wrong = [("answers.size", "large"), ("answers.why", "steal")];
        t.visitor_sends(&edition, 2, &wrong).await.expect(422).shows("field-answers.why-error");
        let good = [("answers.size", "large"), ("answers.why", "learn"), ("answers.why", "buy"), ("answers.x", "y")];
        t.visitor_sends(&edition, 2, &good).await.expect(303);
        let answered = t.registrations(&edition, "?q=Person2").await.remove(0);
        assert_eq!(answered["answers"], json!({ "size": "large", "why": "buy,learn" }));
        // Shown, exported, changed.
        let record = format!("/e/asked/registration/{}", answered["id"].as_str().expect("an id"));
        staff.get(&record).await.expect(200).shows("To buy, To learn").shows("100 and more");
        let csv = staff.get("/e/asked/registration/export/csv?q=Person2").await.expect(200);
        assert!(csv.text.contains("Company size") && csv.text.contains("\"To buy, To learn\""), "{}", csv.text);
        let seen = version(&mut staff, &format!("{record}/edit")).await;
        let change = [("family_name", "Person2"), ("given_name", "Eva"), ("email", "visitor2@example.cn"),
            ("phone", "+86 138 0000 0002"), ("company", "Werke GmbH"), ("country", "DE"), ("locale", "en"),
            ("category", "trade_visitor"), ("answers.size", "small"), ("version", seen.as_str())];
        staff.post(&format!("{record}/edit"), &change).await.expect(303);
        let changed = t.registrations(&edition, "?q=Person2").await.remove(0);
        assert_eq!(changed["answers"], json!({ "size": "small" }), "what is not asked any more is not kept");
        assert_eq!(changed["badge"]["serial"], answered["badge"]["serial"], "answers are not on the badge");
        staff.get(&record).await.expect(200).shows("Data changed");
    }

    async fn a_draft_is_seen_by_nobody_and_can_be_taken_back(t: TestApp) {
        let edition = t.edition("draft").await;
        let mut staff = with_questions(&t, &edition).await;
        let page = t.visitor().get("/x/draft/register").await.expect(200);
        assert!(!page.text.contains("Company size"));
        let mut steward = t.staff(Role::CustomerService, edition.id).await;
        steward.get("/e/draft/registration/form").await.expect(200).shows("Company size");
        steward.get("/e/draft/registration/form/sections").await.expect(403);
        let seen = hidden(&staff.get("/e/draft/registration/form").await.expect(200).text, "seen");
        let up = [("seen", seen.as_str())];
        staff.post("/e/draft/registration/form/questions/why/up", &up).await.expect(303);
        let broken = staff.get("/e/draft/registration/form").await.expect(200);
        broken.shows("not asked before");
        staff.post("/e/draft/registration/form/publish", &up).await.expect(303);
        assert!(!t.visitor().get("/x/draft/register").await.text.contains("Company size"), "what was seen is old");
        staff.post("/e/draft/registration/form/discard", &[]).await.expect(303);
        let gone = staff.get("/e/draft/registration/form").await.expect(200);
        assert!(!gone.text.contains("Company size"));
        // Over the API: all or nothing.
        let mut program = t.program(&[Permission::RegistrationManage, Permission::RegistrationRead], Some(edition.id)).await;
        let path = "/api/v1/editions/draft/registration-form";
        let at_hand = program.get(&format!("{path}/draft")).await.expect(200).json();
        let mut form = at_hand["form"].clone();
        form["sections"][0]["questions"].as_array_mut().expect("questions").remove(2);
        let bad = json!({ "seen": at_hand["seen"], "form": form });
        let refused = program.send_json(Method::POST, &format!("{path}/draft"), &bad).await.expect(409).json();
        assert_eq!(refused["code"], json!("form-needs-question"));
        let mut form = at_hand["form"].clone();
        form["sections"][0]["questions"].as_array_mut().expect("questions").push(json!({
            "code": "hall", "kind": "number", "label": { "en": "Hall", "zh": "馆号" }, "min": 1, "max": 8 }));
        let good = json!({ "seen": at_hand["seen"], "form": form });
        let draft = program.send_json(Method::POST, &format!("{path}/draft"), &good).await.expect(200).json();
        program.send_json(Method::POST, &format!("{path}/draft"), &good).await.expect(409);
        let seen = json!({ "seen": draft["seen"] });
        program.send_json(Method::POST, &format!("{path}/publish"), &seen).await.expect(200);
        t.visitor_sends(&edition, 1, &[("answers.hall", "9")]).await.expect(422).shows("field-answers.hall-error");
        t.visitor_sends(&edition, 1, &[("answers.hall", "8")]).await.expect(303);
    }

    async fn a_full_category_keeps_a_waiting_list(t: TestApp) {
        let edition = t.edition("full").await;
        let mut staff = t.staff(Role::Registration, edition.id).await;
        let rules_of = [("public", "on"), ("capacity", "2"), ("waiting_list", "on"), ("promotes", "on")];
        rules(&mut staff, &edition, "trade_visitor", &rules_of).await;
        for number in 1..=4 {
            t.visitor_sends(&edition, number, &[]).await.expect(303);
        }
        let waiting = t.registrations(&edition, "?waiting=true").await;
        let names: Vec<&str> = waiting.iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(names, ["Eva Person4", "Eva Person3"]);
        assert!(waiting.iter().all(|one| one["badge"].is_null() && one["status"] == "registered"));
        assert!(t.mails().await.iter().filter(|mail| mail.contains("waiting list")).count() >= 2);
        staff.get("/e/full/registration/categories").await.expect(200).shows("?category=trade_visitor&amp;waiting=yes");
        // Somebody cancels: the first of the list moves up, with a badge and a mail.
        let first = t.registrations(&edition, "?q=Person1").await.remove(0);
        let record = format!("/e/full/registration/{}", first["id"].as_str().expect("an id"));
        staff.post(&format!("{record}/cancel"), &[("reason", "ill")]).await.expect(303);
        let third = t.registrations(&edition, "?q=Person3").await.remove(0);
        assert_eq!((&third["status"], &third["badge"]["state"]), (&json!("approved"), &json!("active")));
        assert_eq!(t.registrations(&edition, "?waiting=true").await.len(), 1);
        // More places: the rest moves up at once.
        let more = [("public", "on"), ("capacity", "3"), ("waiting_list", "on"), ("promotes", "on")];
        rules(&mut staff, &edition, "trade_visitor", &more).await;
        assert!(t.registrations(&edition, "?waiting=true").await.is_empty());
        // No list: the door says so, to known and unknown alike.
        rules(&mut staff, &edition, "trade_visitor", &[("public", "on"), ("capacity", "3")]).await;
        t.visitor_sends(&edition, 5, &[]).await.expect(422).shows("field-category");
        t.visitor_sends(&edition, 6, &[("email", "visitor2@example.cn")]).await.expect(422);
        // Staff give a place beyond the capacity.
        let walk_in = [("submission", "01890a5d-ac96-774b-bcce-000000000099"), ("family_name", "Extra")];
        staff.post("/e/full/registration/walk-in", &walk_in).await.expect(303);
        assert_eq!(t.registrations(&edition, "?status=approved").await.len(), 4);
    }

    async fn two_visitors_ask_for_the_last_place(t: TestApp) {
        let edition = t.edition("last").await;
        let mut staff = t.staff(Role::Registration, edition.id).await;
        let one = [("public", "on"), ("capacity", "1"), ("waiting_list", "on")];
        rules(&mut staff, &edition, "trade_visitor", &one).await;
        tokio::join!(
            t.visitor_sends(&edition, 1, &[]),
            t.visitor_sends(&edition, 2, &[]),
            t.visitor_sends(&edition, 3, &[]),
            t.visitor_sends(&edition, 4, &[]),
        );
        assert_eq!(t.registrations(&edition, "?status=approved").await.len(), 1);
        let waiting = t.registrations(&edition, "?waiting=true").await;
        assert_eq!(waiting.len(), 3);
        // Nothing moves up by itself here; staff choose.
        let gone = t.registrations(&edition, "?status=approved").await.remove(0);
        let record = |one: &Value| format!("/e/last/registration/{}", one["id"].as_str().expect("an id"));
        staff.post(&format!("{}/cancel", record(&gone)), &[]).await.expect(303);
        assert_eq!(t.registrations(&edition, "?waiting=true").await.len(), 3);
        staff.get(&record(&waiting[0])).await.expect(200).shows("/promote");
        staff.post(&format!("{}/promote", record(&waiting[0])), &[]).await.expect(303);
        staff.post(&format!("{}/promote", record(&waiting[0])), &[]).await.expect(303);
        assert_eq!(t.registrations(&edition, "?status=approved").await.len(), 1);
    }

    async fn categories_open_and_close_by_day(t: TestApp) {
        let edition = t.edition("window").await;
        let mut staff = t.staff(Role::Registration, edition.id).await;
        rules(&mut staff, &edition, "speaker", &[("public", "on"), ("closes_on", "2027-05-11")]).await;
        t.visitor().get("/x/window/register").await.expect(200).shows("value=\"speaker\"");
        t.visitor_sends(&edition, 1, &[("category", "speaker")]).await.expect(303);
        t.wait(chrono::Duration::days(1));
        assert!(!t.visitor().get("/x/window/register").await.expect(200).text.contains("value=\"speaker\""));
        t.visitor_sends(&edition, 2, &[("category", "speaker")]).await.expect(422);
        let mut program = t.program(&[Permission::RegistrationManage, Permission::RegistrationRead], Some(edition.id)).await;
        let path = "/api/v1/editions/window/registration-categories/speaker";
        let set = json!({ "closes_on": "", "capacity": "x", "version": 1 });
        program.send_json(Method::PATCH, path, &set).await.expect(422);
        let set = json!({ "closes_on": "", "version": 1 });
        let after = program.send_json(Method::PATCH, path, &set).await.expect(200).json();
        assert_eq!((&after["taken"], &after["version"]), (&json!(1), &json!(2)));
        program.send_json(Method::PATCH, path, &set).await.expect(409);
        t.visitor_sends(&edition, 2, &[("category", "speaker")]).await.expect(303);
    }
}
