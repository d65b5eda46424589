//! Who invites whom: vouchers with a quota, invitations by the organizer and by an exhibitor, staff badges within what
//! an exhibitor is allowed, a group that its leader names.

use crate::harness::{Caller, TestApp};
use domain::{
    DelegationId,
    access::{Permission, Role},
    edition::Edition,
};
use store::Query;
use uuid::Uuid;

/// A registration form with a voucher.
fn form<'a>(submission: &'a str, email: &'a str, voucher: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("submission", submission),
        ("family_name", "Probe"),
        ("given_name", "Eva"),
        ("email", email),
        ("company", "Probe GmbH"),
        ("country", "DE"),
        ("data_processing", "on"),
        ("voucher", voucher),
    ]
}

async fn register(t: &TestApp, slug: &str, email: &str, voucher: &str) -> crate::harness::Answer {
    let submission = Uuid::now_v7().to_string();
    t.visitor().post(&format!("/x/{slug}/register"), &form(&submission, email, voucher)).await
}

/// A campaign made through the form; the address of its page.
async fn campaign(desk: &mut Caller, slug: &str, fields: &[(&str, &str)]) -> String {
    let mut all = vec![("name", "Partners"), ("category", "vip")];
    all.extend_from_slice(fields);
    let made = desk.post(&format!("/e/{slug}/registration/vouchers/new"), &all).await.expect(303);
    made.location().to_owned()
}

async fn texts(t: &TestApp, sql: &str) -> Vec<String> {
    let rows = t.app.reader().rows(sql, vec![]).await.expect("an answer");
    rows.iter().map(|row| row.get(0).expect("text")).collect()
}

async fn count(t: &TestApp, sql: &str) -> i64 {
    t.app.reader().scalar(sql, vec![]).await.expect("an answer").unwrap_or(0)
}

async fn desk(t: &TestApp, edition: &Edition) -> Caller {
    t.staff(Role::Registration, edition.id).await
}

/// What stands behind the last occurrence of a part of an address in the mails.
async fn mailed(t: &TestApp, part: &str) -> String {
    let mails = texts(t, "select body_text from mail order by id desc").await;
    let text = mails.iter().find(|text| text.contains(part)).expect("the mail");
    text.split(part).nth(1).expect("a link").split_whitespace().next().expect("a secret").to_owned()
}

both_databases! {
    async fn a_shared_code_lets_in_as_many_as_its_quota(t: TestApp) {
        let edition = t.edition("quota").await;
        let mut desk = desk(&t, &edition).await;
        let page = campaign(&mut desk, "quota", &[("kind", "shared"), ("code", "east-vip"), ("quota", "2")]).await;
        desk.get(&page).await.expect(200).shows("EASTVIP");
        t.visitor().get("/x/quota/invited/east%20vip").await.expect(200).shows("VIP");
        t.visitor().get("/x/quota/invited/NOBODY").await.expect(404);
        // Three at the same moment: two come in, the third is told why, and as a VIP nobody had to be approved.
        let (a, b, c) = tokio::join!(
            register(&t, "quota", "a@probe.example", "EastVIP"),
            register(&t, "quota", "b@probe.example", "EASTVIP"),
            register(&t, "quota", "c@probe.example", "eastvip"),
        );
        let mut statuses = [a.status.as_u16(), b.status.as_u16(), c.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 303, 422]);
        assert_eq!(count(&t, "select count(*) from registration where category = 'vip' and status = 'approved'").await, 2);
        assert_eq!(count(&t, "select count(*) from redemption").await, 2);
        // Who cancels gives the place back.
        let one: Uuid = t.app.reader().scalar("select id from registration limit 1", vec![]).await.expect("a row").expect("an id");
        desk.post(&format!("/e/quota/registration/{one}/cancel"), &[("reason", "")]).await.expect(303);
        register(&t, "quota", "d@probe.example", "EASTVIP").await.expect(303);
        register(&t, "quota", "e@probe.example", "EASTVIP").await.expect(422).shows("All places of this voucher are taken");
        desk.get(&page).await.expect(200).shows("with code EASTVIP");
    }

    async fn a_code_is_taken_only_while_it_is_good(t: TestApp) {
        let edition = t.edition("codes").await;
        let mut desk = desk(&t, &edition).await;
        let bad = [("name", ""), ("category", "vip"), ("kind", "shared"), ("code", "x")];
        desk.post("/e/codes/registration/vouchers/new", &bad).await.expect(422).shows("field-code-error");
        campaign(&mut desk, "codes", &[("kind", "shared"), ("code", "TAKEN")]).await;
        let twice = [("name", "B"), ("category", "vip"), ("kind", "shared"), ("code", "taken")];
        desk.post("/e/codes/registration/vouchers/new", &twice).await.expect(422).shows("taken by another campaign");
        campaign(&mut desk, "codes", &[("kind", "shared"), ("code", "PASTDAY"), ("valid_until", "2020-01-01")]).await;
        register(&t, "codes", "a@probe.example", "PASTDAY").await.expect(422).shows("could be used until");
        register(&t, "codes", "a@probe.example", "NOTHING").await.expect(422).shows("There is no such voucher");
        let page = campaign(&mut desk, "codes", &[("kind", "single"), ("count", "3")]).await;
        let single = texts(&t, "select code from voucher order by id desc limit 1").await.remove(0);
        register(&t, "codes", "a@probe.example", &single).await.expect(303);
        register(&t, "codes", "b@probe.example", &single).await.expect(422).shows("This voucher has been used");
        desk.post(&format!("{page}/stop"), &[]).await.expect(303);
        let open = texts(&t, "select code from voucher where uses = 1 order by id limit 1").await.remove(0);
        register(&t, "codes", "b@probe.example", &open).await.expect(422).shows("not taken any more");
        desk.post(&format!("{page}/resume"), &[]).await.expect(303);
        register(&t, "codes", "b@probe.example", &open).await.expect(303);
        let file = t.staff(Role::Director, edition.id).await.get(&format!("{page}/export/csv")).await.expect(200);
        assert_eq!(file.text.lines().count(), 4, "{}", file.text);
    }

    async fn somebody_invited_comes_or_says_no(t: TestApp) {
        let edition = t.edition("letters").await;
        let mut desk = desk(&t, &edition).await;
        let page = campaign(&mut desk, "letters", &[("kind", "single")]).await;
        let people = "Eva Probe, eva@probe.example, Probe GmbH\n张伟\tzhang@example.cn\t上海机床";
        desk.post(&format!("{page}/invite"), &[("people", "nobody"), ("locale", "en")]).await.expect(422).shows("Line 1");
        desk.post(&format!("{page}/invite"), &[("people", people), ("locale", "en")]).await.expect(303);
        desk.post(&format!("{page}/invite"), &[("people", people), ("locale", "en")]).await.expect(422).shows("has an invitation already");
        t.mails().await;
        let code = mailed(&t, "/x/letters/invited/").await;
        t.visitor().get(&format!("/x/letters/invited/{code}")).await.expect(200).shows("you are invited");
        t.visitor().get(&format!("/x/letters/register?voucher={code}")).await.expect(200).shows("you register as VIP");
        t.visitor().post(&format!("/x/letters/invited/{code}/decline"), &[]).await.expect(303);
        desk.get(&page).await.expect(200).shows("Declined").shows("cannot come");
        register(&t, "letters", "zhang@example.cn", &code).await.expect(303);
        desk.get(&page).await.expect(200).shows("Registered");
        desk.post(&format!("{page}/remind"), &[]).await.expect(303);
        desk.get(&page).await.expect(200).shows("nobody to remind");
        assert_eq!(count(&t, "select count(*) from invitation where declined_at is not null").await, 1);
    }

    async fn an_exhibitor_gives_out_what_it_is_allowed(t: TestApp) {
        let edition = t.edition("portal").await;
        let mut contact = t.contact(&edition).await;
        let mut desk = desk(&t, &edition).await;
        contact.get("/portal/staff").await.expect(200).shows("Staff badges");
        let person = |n: &str| -> Vec<(&'static str, String)> {
            vec![
                ("submission", Uuid::now_v7().to_string()),
                ("family_name", format!("Probe{n}")),
                ("given_name", "Eva".to_owned()),
                ("email", format!("eva{n}@probe.example")),
            ]
        };
        let sent = |fields: &[(&'static str, String)]| fields.iter().map(|(k, v)| (*k, v.clone())).collect::<Vec<_>>();
        for n in ["1", "2"] {
            let fields = sent(&person(n));
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            contact.post("/portal/staff", &fields).await.expect(303);
            contact.post("/portal/staff", &fields).await.expect(303);
        }
        assert_eq!(count(&t, "select count(*) from registration where category = 'exhibitor_staff'").await, 2, "twice is once");
        let fields = sent(&person("3"));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        contact.post("/portal/staff", &fields).await.expect(422).shows("Not enough badges left");
        // The organizer gives this exhibitor more.
        let exhibitor: Uuid = t.app.reader().scalar("select id from participation where role = 'exhibitor'", vec![]).await.expect("a row").expect("an id");
        let more = [("kind", "staff"), ("allowed", "3"), ("note", "partner")];
        desk.get("/e/portal/registration/allowances").await.expect(200).shows("Probe Tools");
        desk.post(&format!("/e/portal/registration/allowances/{exhibitor}"), &more).await.expect(303);
        contact.post("/portal/staff", &fields).await.expect(303);
        // One leaves: the badge is revoked, the place is free.
        let one: Uuid = t.app.reader().scalar("select registration_id from delegation_member order by registration_id limit 1", vec![]).await.expect("a row").expect("an id");
        contact.get(&format!("/portal/staff/{one}/badge.pdf")).await.expect(200);
        contact.post(&format!("/portal/staff/{one}/cancel"), &[]).await.expect(303);
        assert_eq!(count(&t, "select count(*) from credential where state = 'revoked'").await, 1);
        // Nobody else's people.
        register(&t, "portal", "other@probe.example", "").await.expect(303);
        let other: Uuid = t.app.reader().scalar("select id from registration where category = 'trade_visitor'", vec![]).await.expect("a row").expect("an id");
        contact.post(&format!("/portal/staff/{other}/cancel"), &[]).await.expect(404);
        contact.get(&format!("/portal/staff/{other}/badge.pdf")).await.expect(404);
        let guests = [("people", "Guest One, one@guest.example, Guest AG"), ("locale", "en")];
        contact.post("/portal/invitations", &guests).await.expect(303);
        contact.get("/portal/invitations").await.expect(200).shows("one@guest.example");
        t.mails().await;
        let code = mailed(&t, "/x/portal/invited/").await;
        t.visitor().get(&format!("/x/portal/invited/{code}")).await.expect(200).shows("Probe Tools");
        register(&t, "portal", "one@guest.example", &code).await.expect(303);
        contact.get("/portal/invitations").await.expect(200).shows("Registered");
        let one: Uuid = t.app.reader().scalar("select id from invitation", vec![]).await.expect("a row").expect("an id");
        contact.post(&format!("/portal/invitations/{one}/withdraw"), &[]).await.expect(303);
        contact.get("/portal/invitations").await.expect(200).shows("cancel the registration instead");
    }

    async fn a_leader_names_the_people_of_a_group(t: TestApp) {
        let edition = t.edition("group").await;
        let submission = Uuid::now_v7().to_string();
        let group = [
            ("submission", submission.as_str()),
            ("kind", "delegation"),
            ("name", "Suzhou Chamber"),
            ("contact_name", "Li Wei"),
            ("contact_email", "li@chamber.example"),
            ("country", "CN"),
            ("category", "vip"),
            ("data_processing", "on"),
        ];
        t.visitor().post("/x/group/group", &group[..7]).await.expect(422).shows("field-data_processing-error");
        t.visitor().post("/x/group/group", &group).await.expect(303);
        t.visitor().post("/x/group/group", &group).await.expect(303);
        assert_eq!(count(&t, "select count(*) from delegation").await, 1, "twice is once");
        t.mails().await;
        let key = mailed(&t, "/x/group/g/").await;
        let own = format!("/x/group/g/{key}");
        let mut leader = t.visitor();
        leader.get(&own).await.expect(200).shows("Suzhou Chamber");
        leader.get(&format!("/x/group/g/{}", "a".repeat(32))).await.expect(404);
        let member = [("submission", FIRST), ("family_name", "王"), ("given_name", "芳"), ("email", "wang@member.example")];
        leader.post(&own, &member).await.expect(303);
        leader.get(&own).await.expect(200).shows("王芳");
        assert_eq!(count(&t, "select count(*) from registration where category = 'trade_visitor'").await, 1, "no VIP by one's own word");
        // Somebody registered already is not shown to the leader.
        register(&t, "group", "known@probe.example", "").await.expect(303);
        let known = [("submission", SECOND), ("family_name", "X"), ("email", "known@probe.example")];
        let answer = leader.post(&own, &known).await.expect(422).shows("registered already");
        assert!(!answer.text.contains("Eva Probe"));
        // A table: all or nothing, in the national encoding.
        let table = "姓名,邮箱,单位\n李娜,lina@member.example,苏州工具\n,no name,x\n";
        let (bytes, _, _) = encoding_rs::GB18030.encode(table);
        let path = format!("{own}/table");
        leader.post_file(&path, &[], ("file", "people.csv", bytes.to_vec())).await.expect(422).shows("Nobody was registered");
        let table = "\u{feff}姓名,邮箱,单位\n李娜,lina@member.example,苏州工具\n陈静,chen@member.example,苏州工具\n";
        leader.post_file(&path, &[], ("file", "people.csv", table.as_bytes().to_vec())).await.expect(303);
        assert_eq!(count(&t, "select count(*) from delegation_member").await, 3);
        let mut desk = desk(&t, &edition).await;
        let id: Uuid = t.app.reader().scalar("select id from delegation", vec![]).await.expect("a row").expect("an id");
        let record = format!("/e/group/registration/groups/{}", DelegationId::from_uuid(id));
        desk.get(&record).await.expect(200).shows("陈静");
        desk.post(&format!("{record}/close"), &[]).await.expect(303);
        let late = [("submission", SECOND), ("family_name", "Late")];
        leader.post(&own, &late).await.expect(422).shows("takes no more people");
        let mut program = t.program(&[Permission::RegistrationRead], Some(edition.id)).await;
        let list = program.get("/api/v1/editions/group/registrations?q=chenjing").await.expect(200).json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    }
}

const FIRST: &str = "01890a5d-ac96-774b-bcce-0000000000a1";
const SECOND: &str = "01890a5d-ac96-774b-bcce-0000000000a2";
