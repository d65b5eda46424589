//! Visitors and the people at the desk: from the form to the badge, and what may not be learnt on the way.

use crate::harness::{Answer, TestApp};
use domain::access::{Permission, Role};
use domain::edition::Edition;
use domain::registration::badge_code::{self, EditionTag, PublicKey, Reading};
use domain::{EditionId, RegistrationId};
use reqwest::Method;
use serde_json::{Value, json};

/// A form as a browser sends it.
fn form<'a>(submission: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("submission", submission),
        ("category", "trade_visitor"),
        ("family_name", "张"),
        ("given_name", "伟"),
        ("other_name", "Zhang Wei"),
        ("email", email),
        ("phone", "+86 138 1234 5678"),
        ("company", "上海机床有限公司"),
        ("job_title", "采购经理"),
        ("country", "CN"),
        ("locale", "zh-CN"),
        ("data_processing", "on"),
        ("wording", "2026-11"),
    ]
}

const FIRST: &str = "01890a5d-ac96-774b-bcce-000000000001";
const SECOND: &str = "01890a5d-ac96-774b-bcce-000000000002";
const THIRD: &str = "01890a5d-ac96-774b-bcce-000000000003";

async fn listed(t: &TestApp, edition: &Edition, query: &str) -> Vec<Value> {
    let mut program = t.program(&[Permission::RegistrationRead], Some(edition.id)).await;
    let answer = program.get(&format!("/api/v1/editions/{}/registrations{query}", edition.slug)).await.expect(200);
    answer.json()["items"].as_array().cloned().expect("a list")
}

async fn own_page(t: &TestApp, edition: &Edition, id: &Value) -> String {
    let id: RegistrationId = id.as_str().and_then(|id| id.parse().ok()).expect("an id");
    let key = app::registration::access_key(&t.app.reader(), edition.id, id).await.expect("a key");
    format!("/x/{}/r/{key}", edition.slug)
}

/// The page without what changes with every answer.
fn same_for_all(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.location().to_owned())
}

async fn ring(t: &TestApp, edition: EditionId) -> Vec<PublicKey> {
    let keys = store::read::edition::keys(&t.app.reader(), edition).await.expect("keys");
    let key = |k: store::record::edition::EditionKey| PublicKey {
        edition: EditionTag::of(edition),
        key_no: u8::try_from(k.key_no).expect("a small number"),
        bytes: k.public.try_into().expect("32 bytes"),
    };
    keys.into_iter().map(key).collect()
}

async fn register(t: &TestApp, edition: &Edition, submission: &str, email: &str) -> Answer {
    t.visitor().post(&format!("/x/{}/register", edition.slug), &form(submission, email)).await
}

both_databases! {
    async fn a_visitor_registers_and_has_a_badge(t: TestApp) {
        let edition = t.edition("spring").await;
        let mut visitor = t.visitor();
        visitor.get("/x/spring").await.expect(200).shows("/x/spring/register");
        visitor.get("/x/spring/register").await.expect(200).shows("name=\"submission\"");
        let answer = visitor.post("/x/spring/register", &form(FIRST, "zhang@example.cn")).await.expect(303);
        assert_eq!(answer.location(), "/x/spring/register/thanks");
        visitor.get(answer.location()).await.expect(200);
        let mails = t.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("zhang@example.cn"));
        let found = listed(&t, &edition, "?q=zhangwei").await;
        assert_eq!((found.len(), &found[0]["company"]), (1, &json!("上海机床有限公司")));
        let own = own_page(&t, &edition, &found[0]["id"]).await;
        visitor.get(&own).await.expect(200).shows("张伟").shows("Zhang Wei").shows("<path d=\"M");
        visitor.get(&format!("{own}/badge")).await.expect(200).shows("badge-card");
        visitor.get(&format!("/x/spring/r/{}", "a".repeat(32))).await.expect(404);
        // The code opens the gate of this edition and of no other.
        let mut program = t.program(&[Permission::RegistrationRead], Some(edition.id)).await;
        let id = found[0]["id"].as_str().expect("an id");
        let one = program.get(&format!("/api/v1/editions/spring/registrations/{id}")).await.expect(200).json();
        let code = one["badge"]["code"].as_str().expect("a code");
        let keys = ring(&t, edition.id).await;
        let read = badge_code::verify(code, EditionTag::of(edition.id), &keys);
        assert!(matches!(read, Reading::Genuine(p) if p.serial == 1), "{read:?}");
        let other = t.edition("autumn").await;
        assert!(matches!(badge_code::verify(code, EditionTag::of(other.id), &keys), Reading::WrongEdition(_)));
    }

    async fn the_same_form_twice_is_one_registration(t: TestApp) {
        let edition = t.edition("double").await;
        let (first, second) = tokio::join!(
            register(&t, &edition, FIRST, "zhang@example.cn"),
            register(&t, &edition, FIRST, "zhang@example.cn"),
        );
        assert_eq!(same_for_all(&first), same_for_all(&second));
        register(&t, &edition, FIRST, "zhang@example.cn").await.expect(303);
        assert_eq!(listed(&t, &edition, "").await.len(), 1);
        assert_eq!(t.mails().await.len(), 1);
    }

    async fn a_known_address_opens_nothing_and_gets_its_badge_again(t: TestApp) {
        let edition = t.edition("quiet").await;
        let new = register(&t, &edition, FIRST, "zhang@example.cn").await;
        assert_eq!(t.mails().await.len(), 1);
        let known = register(&t, &edition, SECOND, "ZHANG@example.cn").await;
        assert_eq!(known.location(), new.location(), "the form does not tell who is registered");
        assert_eq!(listed(&t, &edition, "").await.len(), 1, "found, not doubled");
        assert_eq!(t.mails().await.len(), 2, "the owner of the address learns it");
        register(&t, &edition, THIRD, "zhang@example.cn").await.expect(303);
        assert_eq!(t.mails().await.len(), 2, "and is not flooded");
    }

    async fn bad_fields_are_named_and_nothing_typed_is_lost(t: TestApp) {
        let edition = t.edition("fields").await;
        let mut sent = form(FIRST, "no address");
        sent.retain(|(name, _)| *name != "data_processing");
        let answer = t.visitor().post("/x/fields/register", &sent).await.expect(422);
        answer.shows("field-email-error").shows("field-data_processing-error").shows("上海机床有限公司");
        assert!(listed(&t, &edition, "").await.is_empty());
        let mut switched = form(FIRST, "zhang@example.cn");
        switched.push(("to", "en"));
        let english = t.visitor().post("/x/fields/register/language", &switched).await.expect(200);
        english.shows("Family name").shows("上海机床有限公司").shows("zhang@example.cn");
    }

    async fn the_registrant_changes_withdraws_and_cancels(t: TestApp) {
        let edition = t.edition("own").await;
        register(&t, &edition, FIRST, "zhang@example.cn").await.expect(303);
        let before = listed(&t, &edition, "").await.remove(0);
        let own = own_page(&t, &edition, &before["id"]).await;
        let mut visitor = t.visitor();
        let version = version_of(&visitor.get(&format!("{own}/edit")).await.expect(200).text);
        let mut change = form(FIRST, "thief@example.com");
        change.retain(|(name, _)| *name != "given_name");
        change.extend([("given_name", "薇"), ("version", version.as_str())]);
        visitor.post(&format!("{own}/edit"), &change).await.expect(303);
        let after = listed(&t, &edition, "").await.remove(0);
        assert_eq!((&after["name"], &after["email"]), (&json!("张薇"), &json!("zhang@example.cn")));
        assert_ne!(after["badge"]["serial"], before["badge"]["serial"], "another name is another badge");
        visitor.post(&format!("{own}/edit"), &change).await.expect(422).shows("张");
        visitor.post(&format!("{own}/consent"), &[("purpose", "organizer_news"), ("given", "on")]).await.expect(303);
        visitor.post(&format!("{own}/consent"), &[("purpose", "data_processing"), ("given", "")]).await.expect(409);
        visitor.post(&format!("{own}/cancel"), &[]).await.expect(303);
        let gone = listed(&t, &edition, "?status=cancelled").await.remove(0);
        assert_eq!(gone["badge"]["state"], json!("revoked"));
        register(&t, &edition, SECOND, "zhang@example.cn").await.expect(303);
        assert_eq!(listed(&t, &edition, "?status=approved").await.len(), 1, "who cancelled may come back");
    }

    async fn the_desk_finds_prints_replaces_and_blocks(t: TestApp) {
        let edition = t.edition("desk").await;
        register(&t, &edition, FIRST, "zhang@example.cn").await.expect(303);
        let mut desk = t.staff(Role::Registration, edition.id).await;
        desk.get("/e/desk/registration/walk-in?q=shjc").await.expect(200).shows("张伟");
        let known = desk.post("/e/desk/registration/walk-in", &form(SECOND, "zhang@example.cn")).await.expect(303);
        let walk_in = [("submission", THIRD), ("family_name", "Müller"), ("given_name", "Eva"), ("category", "vip")];
        let new = desk.post("/e/desk/registration/walk-in", &walk_in).await.expect(303);
        assert_ne!(new.location(), known.location());
        assert_eq!(listed(&t, &edition, "").await.len(), 2, "a person already known is found, not doubled");
        let record = new.location().to_owned();
        desk.get(&record).await.expect(200).shows("Eva Müller").shows("VIP");
        desk.get(&format!("{record}/badge")).await.expect(200).shows("Eva Müller");
        desk.post(&format!("{record}/reprint"), &[]).await.expect(303);
        desk.post(&format!("{record}/block"), &[("reason", "lost")]).await.expect(303);
        desk.get(&record).await.expect(200).shows("lost");
        assert_eq!(listed(&t, &edition, "?q=Eva").await[0]["badge"]["state"], json!("blocked"));
        desk.post(&format!("{record}/unblock"), &[]).await.expect(303);
        desk.get("/e/desk/registration?category=vip").await.expect(200).shows("Eva Müller");
        desk.get("/e/desk/registration/curve").await.expect(200).shows("<svg");
        let csv = desk.get("/e/desk/registration/export/csv?q=zhang").await.expect(200);
        assert!(csv.text.contains("上海机床有限公司") && csv.text.contains("'+86 138") && !csv.text.contains("Eva"));
        desk.get("/e/desk/registration/export/xlsx").await.expect(200);
        desk.get("/e/desk/registration?q=nobody-like-this").await.expect(200);
    }

    async fn press_waits_for_approval(t: TestApp) {
        let edition = t.edition("press").await;
        let mut sent = form(FIRST, "press@example.cn");
        sent[1] = ("category", "media");
        t.visitor().post("/x/press/register", &sent).await.expect(303);
        let waiting = listed(&t, &edition, "?status=registered").await.remove(0);
        assert!(waiting["badge"].is_null());
        let mut desk = t.staff(Role::Registration, edition.id).await;
        let record = format!("/e/press/registration/{}", waiting["id"].as_str().expect("an id"));
        desk.post(&format!("{record}/approve"), &[]).await.expect(303);
        assert_eq!(listed(&t, &edition, "?status=approved").await[0]["badge"]["state"], json!("active"));
        desk.post(&format!("{record}/approve"), &[]).await.expect(303);
        assert_eq!(t.mails().await.len(), 2, "one that it waits, one with the badge");
    }

    async fn a_program_registers_once(t: TestApp) {
        let edition = t.edition("program").await;
        let mut program = t.program(Permission::ALL, Some(edition.id)).await;
        let path = "/api/v1/editions/program/registrations";
        let body = json!({ "submission": FIRST, "category": "speaker", "family_name": "Okafor", "given_name": "Ada",
            "email": "ada@example.ng", "country": "NG", "consents": ["data_processing"] });
        let made = program.send_json(Method::POST, path, &body).await.expect(201).json();
        let again = program.send_json(Method::POST, path, &body).await.expect(200).json();
        assert_eq!(made["id"], again["id"]);
        let mut other = body.clone();
        other["submission"] = json!(SECOND);
        let refused = program.send_json(Method::POST, path, &other).await.expect(409).json();
        assert_eq!(refused["code"], json!("already-registered"));
        let bad = json!({ "submission": THIRD, "family_name": "X", "email": "x", "country": "XX" });
        let refused = program.send_json(Method::POST, path, &bad).await.expect(422).json();
        let fields: Vec<&str> =
            refused["errors"].as_array().expect("errors").iter().filter_map(|e| e["field"].as_str()).collect();
        assert_eq!(fields, ["email", "country"]);
        let id = made["id"].as_str().expect("an id");
        let reprinted = program.send_json(Method::POST, &format!("{path}/{id}/reprint"), &json!({})).await.expect(200).json();
        assert_ne!(reprinted["badge"]["serial"], made["badge"]["serial"]);
        program.send_json(Method::POST, &format!("{path}/{id}/cancel"), &json!({ "reason": "ill" })).await.expect(200);
        program.send_json(Method::POST, &format!("{path}/{id}/reprint"), &json!({})).await.expect(409);
    }

    async fn two_people_edit_one_company(t: TestApp) {
        let edition = t.edition("parties").await;
        register(&t, &edition, FIRST, "zhang@example.cn").await.expect(303);
        let mut staff = t.staff(Role::Director, edition.id).await;
        let page = staff.get("/e/parties/party?kind=organisation&q=shanghaijichuang").await.expect(200);
        let path = party_link(&page.text).expect("the company is found by its sound");
        staff.get(&path).await.expect(200).shows("上海机床有限公司").shows("张伟");
        let version = version_of(&staff.get(&format!("{path}/edit")).await.expect(200).text);
        let change = |name: &'static str| {
            vec![("name_zh", "上海机床有限公司"), ("name_en", name), ("country", "CN"), ("version", version.as_str())]
        };
        staff.post(&format!("{path}/edit"), &change("Shanghai Machine Tools")).await.expect(303);
        let second = staff.post(&format!("{path}/edit"), &change("SH Tools")).await.expect(422);
        second.shows("Shanghai Machine Tools").shows("SH Tools");
        staff.get("/e/parties/party?q=Shanghai%20Machine").await.expect(200).shows("上海机床有限公司");
        staff.get("/e/parties/party?kind=person&role=visitor").await.expect(200).shows("张伟");
    }
}

/// The hidden version of a form.
fn version_of(page: &str) -> String {
    let at = page.find("name=\"version\" value=\"").expect("a form with a version") + 22;
    page[at..].split('"').next().unwrap_or_default().to_owned()
}

fn party_link(page: &str) -> Option<String> {
    let at =
        page.match_indices("/party/").find(|(at, _)| page[at + 7..].chars().take(8).all(|c| c.is_ascii_hexdigit()))?.0;
    let id: String = page[at + 7..].chars().take(36).collect();
    Some(format!("/e/parties/party/{id}"))
}
