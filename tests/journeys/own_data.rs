//! What registrants decide about their data, and what the organizer says to them: consents by version, who got the
//! data, another address, removal, texts of mails, reminders.

use crate::harness::{Answer, Caller, TestApp};
use chrono::Duration;
use domain::RegistrationId;
use domain::access::{Permission, Role};
use domain::edition::Edition;
use serde_json::json;
use store::Query;

async fn register(t: &TestApp, edition: &Edition, number: u32, more: &[(&str, &str)]) -> Answer {
    t.visitor_sends(edition, number, &[&[("category", "trade_visitor")], more].concat()).await
}

async fn own(t: &TestApp, edition: &Edition, name: &str) -> String {
    let one = t.registrations(edition, &format!("?q={name}")).await.remove(0);
    let id: RegistrationId = one["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let key = app::registration::access_key(&t.app.reader(), edition.id, id).await.expect("a key");
    format!("/x/{}/r/{key}", edition.slug)
}

async fn hidden(staff: &mut Caller, path: &str, name: &str) -> String {
    let page = staff.get(path).await.expect(200).text;
    let mark = format!("name=\"{name}\" value=\"");
    let at = page.find(&mark).unwrap_or_else(|| panic!("no {name} in {page}")) + mark.len();
    page[at..].split('"').next().unwrap_or_default().to_owned()
}

async fn settings(staff: &mut Caller, edition: &Edition, set: &[(&str, &str)]) {
    let path = format!("/e/{}/registration/privacy", edition.slug);
    let version = hidden(staff, &path, "version").await;
    let mut fields = vec![("version", version.as_str())];
    fields.extend_from_slice(set);
    staff.post(&path, &fields).await.expect(303);
}

async fn texts(t: &TestApp, sql: &str) -> Vec<String> {
    let rows = t.app.reader().rows(sql, vec![]).await.expect("rows");
    rows.iter().map(|row| row.get::<String>(0).expect("text")).collect()
}

fn sentences(news: &str) -> Vec<(String, String)> {
    let purposes = ["data_processing", "organizer_news", "exhibitor_contact", "partner_contact", "recording"];
    let mut all = Vec::new();
    for purpose in purposes {
        let text = if purpose == "organizer_news" { news } else { "You may use my data." };
        all.push((format!("{purpose}_en"), text.to_owned()));
        all.push((format!("{purpose}_zh"), format!("{text}（同意）")));
    }
    all
}

both_databases! {
    async fn the_form_answers_the_same_to_known_and_unknown(t: TestApp) {
        let edition = t.edition("same").await;
        let new = register(&t, &edition, 1, &[]).await.expect(303);
        let known = register(&t, &edition, 2, &[("email", "VISITOR1@example.cn")]).await.expect(303);
        let again = register(&t, &edition, 1, &[]).await.expect(303);
        assert_eq!(new.location(), "/x/same/register/thanks");
        assert_eq!((new.location(), &new.text), (known.location(), &known.text));
        assert_eq!(new.location(), again.location());
        let cookies = |answer: &Answer| answer.headers.get_all("set-cookie").iter().count();
        assert_eq!(cookies(&new), cookies(&known), "nor does a cookie tell");
        assert_eq!(t.registrations(&edition, "").await.len(), 1);
        // A show that prefers quickness says so.
        let mut staff = t.staff(Role::Registration, edition.id).await;
        settings(&mut staff, &edition, &[("badge_at_once", "on"), ("remind_days", "")]).await;
        let quick = register(&t, &edition, 3, &[]).await.expect(303);
        assert!(quick.location().starts_with("/x/same/r/"));
    }

    async fn a_consent_keeps_the_words_it_was_given_to(t: TestApp) {
        let edition = t.edition("words").await;
        let mut staff = t.staff(Role::Registration, edition.id).await;
        let path = "/e/words/registration/privacy";
        let publish = |seen: &str, news: &str| {
            let mut fields = sentences(news);
            fields.push(("seen".to_owned(), seen.to_owned()));
            fields
        };
        let send = async |staff: &mut Caller, fields: Vec<(String, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            staff.post(&format!("{path}/wording"), &fields).await
        };
        send(&mut staff, publish("0", "First news sentence.")).await.expect(303);
        send(&mut staff, publish("0", "Too late.")).await.expect(422).shows("Too late.");
        t.visitor().get("/x/words/register").await.expect(200).shows("First news sentence.");
        let ticked = [("organizer_news", "on"), ("recording", "on"), ("wording", "v1")];
        register(&t, &edition, 1, &ticked).await.expect(303);
        let stored = texts(&t, "select purpose || ' ' || wording from consent order by purpose").await;
        assert_eq!(stored, ["data_processing v1", "organizer_news v1"], "what was not asked is not kept");
        let own = own(&t, &edition, "Person1").await;
        send(&mut staff, publish("1", "Second news sentence.")).await.expect(303);
        let page = t.visitor().get(&format!("{own}/data")).await.expect(200);
        page.shows("First news sentence.").shows("wording v1");
        let mut visitor = t.visitor();
        visitor.post(&format!("{own}/consent"), &[("purpose", "organizer_news"), ("given", "")]).await.expect(303);
        visitor.post(&format!("{own}/consent"), &[("purpose", "organizer_news"), ("given", "on")]).await.expect(303);
        visitor.get(&format!("{own}/data")).await.expect(200).shows("Second news sentence.").shows("wording v2");
        let last = texts(&t, "select wording from consent where purpose = 'organizer_news' order by at, id").await;
        assert_eq!(last, ["v1", "v1", "v2"]);
        staff.get(path).await.expect(200).shows("Second news sentence.").shows("First news sentence.");
        // A page that was open for a long time, and one that claims what never was.
        register(&t, &edition, 2, &[("wording", "2026-11")]).await.expect(303);
        register(&t, &edition, 3, &[("wording", "v9")]).await.expect(303);
        let codes = texts(&t, "select wording from consent where purpose = 'data_processing' order by at, id").await;
        assert_eq!(codes, ["v1", "2026-11", "v2"]);
    }

    async fn visitors_see_who_got_their_data(t: TestApp) {
        let edition = t.edition("who").await;
        register(&t, &edition, 1, &[]).await.expect(303);
        register(&t, &edition, 2, &[("country", "CN")]).await.expect(303);
        let mut staff = t.staff(Role::Registration, edition.id).await;
        let own = own(&t, &edition, "Person1").await;
        staff.get("/e/who/registration/export/csv?country=CN").await.expect(200);
        t.visitor().get(&format!("{own}/data")).await.expect(200).shows("System of the organizer: test");
        let before = t.visitor().get(&format!("{own}/data")).await.expect(200);
        assert!(!before.text.contains("downloaded"), "a list of others is not about this person");
        staff.get("/e/who/registration/export/xlsx?q=person").await.expect(200);
        t.visitor().get(&format!("{own}/data")).await.expect(200).shows("List of 2 people downloaded");
        let copy = t.visitor().get(&format!("{own}/data.json")).await.expect(200).json();
        assert_eq!((&copy["person"]["email"], &copy["number"]), (&json!("visitor1@example.cn"), &json!(1)));
        assert!(copy["recipients"].as_array().is_some_and(|list| list.len() == 2), "{copy}");
        t.visitor().get(&format!("/x/who/r/{}/data", "a".repeat(32))).await.expect(404);
        // An exhibitor gets it with consent only, and is named.
        let mut program = t.program(&[Permission::RegistrationEdit], Some(edition.id)).await;
        let id = t.registrations(&edition, "?q=Person1").await[0]["id"].as_str().expect("an id").to_owned();
        let path = format!("/api/v1/editions/who/registrations/{id}/recipients");
        let lead = json!({ "exhibitor": "Probe Tools Ltd" });
        program.send_json(reqwest::Method::POST, &path, &lead).await.expect(409);
        t.visitor().post(&format!("{own}/consent"), &[("purpose", "exhibitor_contact"), ("given", "on")]).await.expect(303);
        program.send_json(reqwest::Method::POST, &path, &lead).await.expect(204);
        t.visitor().get(&format!("{own}/data")).await.expect(200).shows("Probe Tools Ltd").shows("Scanned your badge");
    }

    async fn another_address_is_proved_before_it_counts(t: TestApp) {
        let edition = t.edition("moved").await;
        register(&t, &edition, 1, &[]).await.expect(303);
        register(&t, &edition, 2, &[]).await.expect(303);
        let own = own(&t, &edition, "Person1").await;
        let mut visitor = t.visitor();
        let ask = format!("{own}/address");
        visitor.post(&ask, &[("email", "no address")]).await.expect(422).shows("field-email-error");
        visitor.post(&ask, &[("email", "Visitor1@example.cn")]).await.expect(422);
        let sent = t.mails().await.len();
        visitor.post(&ask, &[("email", "new@example.org")]).await.expect(303);
        let mails = t.mails().await;
        let mail = mails.iter().find(|mail| mail.contains("new@example.org")).expect("a mail to the new address");
        assert_eq!(mails.len(), sent + 1);
        let key = own.rsplit('/').next().expect("a key");
        let bodies = texts(&t, "select body_text from mail where to_address = 'new@example.org'").await;
        assert!(!bodies[0].contains(key) && !bodies[0].contains("Person1"), "an unproved address learns nothing: {mail}");
        let secret = bodies[0].split("/x/moved/address/").nth(1).and_then(|rest| rest.split_whitespace().next());
        let link = format!("/x/moved/address/{}", secret.expect("a link"));
        visitor.get(&link).await.expect(200).shows("new@example.org");
        assert_eq!(t.registrations(&edition, "?q=Person1").await[0]["email"], json!("visitor1@example.cn"), "looking is not confirming");
        visitor.post(&link, &[]).await.expect(303);
        visitor.post(&link, &[]).await.expect(404);
        assert_eq!(t.registrations(&edition, "?q=Person1").await[0]["email"], json!("new@example.org"));
        let told = texts(&t, "select to_address from mail order by id desc").await;
        t.mails().await;
        assert!(told.contains(&"visitor1@example.cn".to_owned()));
        // Another registration's address: the one who has it is told.
        visitor.post(&ask, &[("email", "visitor2@example.cn")]).await.expect(303);
        let bodies = texts(&t, "select body_text from mail where to_address = 'visitor2@example.cn' order by id desc").await;
        let secret = bodies[0].split("/x/moved/address/").nth(1).and_then(|rest| rest.split_whitespace().next());
        visitor.post(&format!("/x/moved/address/{}", secret.expect("a link")), &[]).await.expect(409);
        visitor.post(&ask, &[("email", "third@example.org")]).await.expect(303);
        visitor.post(&ask, &[("email", "fourth@example.org")]).await.expect(422);
        t.wait(Duration::hours(25));
        let old = texts(&t, "select body_text from mail where to_address = 'third@example.org'").await;
        let secret = old[0].split("/x/moved/address/").nth(1).and_then(|rest| rest.split_whitespace().next());
        visitor.get(&format!("/x/moved/address/{}", secret.expect("a link"))).await.expect(404);
    }

    async fn nothing_of_a_forgotten_person_is_left(t: TestApp) {
        let edition = t.edition("gone").await;
        register(&t, &edition, 1, &[]).await.expect(303);
        register(&t, &edition, 2, &[]).await.expect(303);
        t.mails().await;
        let mut staff = t.staff(Role::Registration, edition.id).await;
        let one = t.registrations(&edition, "?q=Person1").await.remove(0);
        let record = format!("/e/gone/registration/{}", one["id"].as_str().expect("an id"));
        let own = own(&t, &edition, "Person1").await;
        staff.post(&format!("{record}/reprint"), &[]).await.expect(303);
        t.visitor().post(&format!("{own}/forget"), &[]).await.expect(303);
        t.visitor().get(&own).await.expect(404);
        t.work().await;
        for (table, column) in [
            ("registration", "display_name || email || phone || company || folded_email || sort_key"),
            ("party", "name || coalesce(family_name, '') || name_en"),
            ("contact_point", "value"),
            ("mail", "to_address || to_name || body_text || body_html"),
            ("search_document", "title || tokens"),
            ("fact", "cast(data as text)"),
        ] {
            let sql = format!("select {column} from {table} where lower({column}) like '%person1%' or lower({column}) like '%visitor1@%'");
            let left = texts(&t, &sql).await;
            assert!(left.is_empty(), "{table} still has {left:?}");
        }
        let row = t.registrations(&edition, "?status=anonymized").await.remove(0);
        assert_eq!((&row["country"], &row["category"], &row["badge"]["state"]), (&json!("DE"), &json!("trade_visitor"), &json!("revoked")));
        staff.get(&record).await.expect(200).shows("Personal data removed");
        // The other person is untouched, and staff may do the same.
        let other = t.registrations(&edition, "?q=Person2").await.remove(0);
        let record = format!("/e/gone/registration/{}", other["id"].as_str().expect("an id"));
        let mut service = t.staff(Role::CustomerService, edition.id).await;
        service.post(&format!("{record}/anonymize"), &[]).await.expect(403);
        staff.post(&format!("{record}/anonymize"), &[]).await.expect(303);
        register(&t, &edition, 3, &[("email", "visitor1@example.cn")]).await.expect(303);
        assert_eq!(t.registrations(&edition, "?status=approved").await.len(), 1, "who was forgotten may come again");
    }

    async fn the_desk_finds_people_known_from_another_show(t: TestApp) {
        let (before, edition) = (t.edition("past").await, t.edition("now").await);
        register(&t, &before, 1, &[("job_title", "Head of buying")]).await.expect(303);
        let mut desk = t.staff(Role::Registration, edition.id).await;
        let found = desk.get("/e/now/registration/walk-in?q=person1").await.expect(200);
        let page = found.shows("Known, not registered yet").text;
        let at = page.find("person=").expect("a way to the form") + 7;
        let person: String = page[at..].chars().take(36).collect();
        let form = desk.get(&format!("/e/now/registration/walk-in?q=person1&person={person}")).await.expect(200);
        form.shows("visitor1@example.cn").shows("Werke GmbH").shows("Head of buying");
        let fields = [("submission", "01890a5d-ac96-774b-bcce-000000000077"), ("family_name", "Person1"),
            ("given_name", "Eva"), ("email", "visitor1@example.cn"), ("company", "Werke GmbH"), ("category", "vip")];
        desk.post("/e/now/registration/walk-in", &fields).await.expect(303);
        let again = desk.get("/e/now/registration/walk-in?q=person1").await.expect(200).text;
        assert!(!again.contains("Known, not registered yet") && again.contains("/badge\""), "registered now, to be printed");
    }

    async fn data_goes_when_its_time_is_over(t: TestApp) {
        let edition = t.edition("kept").await;
        for number in 1..=3 {
            register(&t, &edition, number, &[]).await.expect(303);
        }
        let mut staff = t.staff(Role::Registration, edition.id).await;
        settings(&mut staff, &edition, &[("keep_days", "30"), ("remind_days", "")]).await;
        let own = own(&t, &edition, "Person1").await;
        t.visitor().get(&format!("{own}/data")).await.expect(200).shows("13 Jun 2027");
        t.wait(Duration::days(33));
        app::registration::forget_due(&t.app).await.expect("looked at");
        t.work().await;
        assert!(t.registrations(&edition, "?status=anonymized").await.is_empty(), "the last day counts");
        t.wait(Duration::days(1));
        app::registration::forget_due(&t.app).await.expect("looked at");
        t.work().await;
        assert_eq!(t.registrations(&edition, "?status=anonymized").await.len(), 3);
    }

    async fn organizers_write_their_own_mails(t: TestApp) {
        let edition = t.edition("texts").await;
        let mut staff = t.staff(Role::Registration, edition.id).await;
        let path = "/e/texts/registration/mails/registered";
        let version = hidden(&mut staff, path, "version").await;
        let text = |body: &'static str, version: &str| {
            vec![("subject_en", "Welcome, {{name}}".to_owned()), ("body_en", body.to_owned()), ("version", version.to_owned())]
        };
        let send = async |staff: &mut Caller, path: String, fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
            staff.post(&path, &fields).await
        };
        let bad = text("Dear {{nmae}}", &version);
        send(&mut staff, path.to_owned(), bad).await.expect(422).shows("nmae").shows("field-body_en-error");
        let good = text("Bring no. {{number}}.\n\nSee you at {{edition}}.", &version);
        send(&mut staff, format!("{path}/preview"), good.clone()).await.expect(200).shows("Welcome, Anna Schmidt");
        send(&mut staff, path.to_owned(), good.clone()).await.expect(303);
        send(&mut staff, path.to_owned(), good).await.expect(422);
        register(&t, &edition, 1, &[]).await.expect(303);
        register(&t, &edition, 2, &[("locale", "zh-CN")]).await.expect(303);
        t.work().await;
        let subjects = texts(&t, "select subject from mail order by to_address").await;
        assert_eq!(subjects[0], "Welcome, Eva Person1");
        assert!(subjects[1].contains("您的参观证"), "a language nobody wrote uses the usual words: {}", subjects[1]);
        assert!(texts(&t, "select body_text from mail order by to_address").await[0].contains("Bring no. 1."));
    }

    async fn everybody_is_reminded_once(t: TestApp) {
        let edition = t.edition("remind").await;
        for number in 1..=4 {
            register(&t, &edition, number, &[]).await.expect(303);
        }
        let mut staff = t.staff(Role::Registration, edition.id).await;
        let gone = t.registrations(&edition, "?q=Person4").await.remove(0);
        let record = format!("/e/remind/registration/{}", gone["id"].as_str().expect("an id"));
        staff.post(&format!("{record}/cancel"), &[]).await.expect(303);
        let before = t.mails().await.len();
        // The test begins the day before opening, at half past ten in Shanghai.
        for _ in 0..2 {
            app::registration::remind_visitors_due(&t.app).await.expect("looked at");
            t.work().await;
        }
        assert_eq!(t.mails().await.len(), before + 3);
        let reminded = texts(&t, "select to_address from mail where subject like 'See you soon%' order by to_address").await;
        assert_eq!(reminded, ["visitor1@example.cn", "visitor2@example.cn", "visitor3@example.cn"]);
    }
}
