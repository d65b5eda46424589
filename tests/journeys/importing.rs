//! People who come as a table: kept, looked at without changing anything, taken over, the rest given back.

use crate::harness::{Caller, TestApp};
use domain::access::{Permission, Role};
use domain::edition::Edition;
use store::Query;

async fn count(t: &TestApp, sql: &str) -> i64 {
    t.app.reader().scalar(sql, vec![]).await.expect("an answer").unwrap_or(0)
}

async fn desk(t: &TestApp, edition: &Edition) -> Caller {
    t.staff(Role::Registration, edition.id).await
}

/// Uploads a table; the address of its page.
async fn upload(desk: &mut Caller, slug: &str, content: Vec<u8>) -> String {
    let answer = desk
        .post_file(&format!("/e/{slug}/registration/import"), &[], ("file", "people.csv", content))
        .await
        .expect(303);
    answer.location().to_owned()
}

/// Does what is due until nothing is.
async fn work(t: &TestApp) {
    for _ in 0..200 {
        t.mails().await;
        let busy = count(t, "select count(*) from intake where state in ('judging', 'running')").await;
        if busy == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the import does not end");
}

both_databases! {
    async fn from_the_file_to_the_badges(t: TestApp) {
        let edition = t.edition("table").await;
        let mut desk = desk(&t, &edition).await;
        let text = "编号,姓名,邮箱,手机,公司名称,国家/地区,类别,备注\n\
            A1,张伟,zhang@example.cn,13800000001,上海机床有限公司,中国,专业观众,x\n\
            A2,Eva Müller,eva@example.de,,Müller GmbH,Germany,VIP,\n\
            A3,,no-name@example.cn,,,,,\n\
            A4,王芳,not an address,,,,,\n\
            A5,张伟,ZHANG@example.cn,,,,,\n\
            A6,欧阳娜娜,,13900000002,上海机床有限公司,CN,,\n";
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        let page = upload(&mut desk, "table", bytes.to_vec()).await;
        desk.get(&page).await.expect(200).shows("公司名称").shows("Dry run");
        desk.post(&format!("{page}/take"), &[("mode", "all")]).await.expect(422).shows("Look at the rows first");
        desk.post(&format!("{page}/judge"), &[("known", "skip"), ("category", "trade_visitor"), ("approval", "give")]).await.expect(303);
        work(&t).await;
        assert_eq!(count(&t, "select count(*) from registration").await, 0, "a dry run changes nothing");
        desk.get(&page).await.expect(200).shows("3 people can be taken over").shows("2 rows cannot");
        desk.post(&format!("{page}/take"), &[("mode", "all")]).await.expect(422);
        desk.post(&format!("{page}/take"), &[("mode", "skip")]).await.expect(303);
        work(&t).await;
        desk.get(&page).await.expect(200).shows("3 people registered");
        assert_eq!(count(&t, "select count(*) from registration where channel = 'imported' and status = 'approved'").await, 3);
        assert_eq!(count(&t, "select count(*) from credential where state = 'active'").await, 3);
        assert_eq!(count(&t, "select count(*) from party where kind = 'organisation' and name = '上海机床有限公司'").await, 1);
        assert_eq!(count(&t, "select count(*) from fact where kind = 'registration.created'").await, 3);
        let names = t.app.reader().rows("select family_name, given_name from registration order by number", vec![]).await.expect("rows");
        let name = |at: usize| (names[at].get::<String>(0).expect("text"), names[at].get::<String>(1).expect("text"));
        assert_eq!(name(1), ("Müller".to_owned(), "Eva".to_owned()));
        assert_eq!(name(2), ("欧阳".to_owned(), "娜娜".to_owned()));
        desk.get("/e/table/registration?q=ouyang").await.expect(200).shows("欧阳娜娜");
        let file = desk.get(&format!("{page}/rejected/csv")).await.expect(200);
        assert!(file.text.contains("A3,,no-name@example.cn") && file.text.contains("E-mail: "), "{}", file.text);
        assert!(!file.text.contains("A1,"));
        desk.post(&format!("{page}/take"), &[("mode", "skip")]).await.expect(422).shows("This import is over");
        desk.get("/e/table/registration/import").await.expect(200).shows("people.csv");
    }

    async fn who_is_known_is_passed_over_updated_or_rejected(t: TestApp) {
        let edition = t.edition("known").await;
        let mut desk = desk(&t, &edition).await;
        let first = "name,email,company\nEva Probe,eva@probe.example,Probe GmbH\n";
        for (text, known, expected) in [
            (first, "skip", "1 person registered"),
            (first, "reject", "1 rows cannot|0"),
            ("name,email,job title\nEva Probe,eva@probe.example,Engineer\n", "update", "Changed"),
        ] {
            let page = upload(&mut desk, "known", text.as_bytes().to_vec()).await;
            desk.post(&format!("{page}/judge"), &[("known", known)]).await.expect(303);
            work(&t).await;
            if known == "reject" {
                desk.get(&page).await.expect(200).shows("registered already, under number");
                desk.post(&format!("{page}/take"), &[("mode", "skip")]).await.expect(422).shows("nothing");
                continue;
            }
            desk.post(&format!("{page}/take"), &[("mode", "all")]).await.expect(303);
            work(&t).await;
            desk.get(&page).await.expect(200).shows(expected);
        }
        let rows = t.app.reader().rows("select company, job_title from registration", vec![]).await.expect("rows");
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].get::<String>(0).expect("text"), "Probe GmbH", "an absent column takes nothing away");
        assert_eq!(rows[0].get::<String>(1).expect("text"), "Engineer");
        assert_eq!(count(&t, "select count(*) from credential where state = 'active'").await, 1);
        assert_eq!(count(&t, "select count(*) from credential where state = 'replaced'").await, 1, "the badge shows the title");
    }

    async fn a_larger_table_is_taken_part_by_part_and_once(t: TestApp) {
        let edition = t.edition("parts").await;
        let mut desk = desk(&t, &edition).await;
        let rows: String = (0..1_300).map(|n| format!("R{n},Person {n},p{n}@many.example,Firm {}\n", n % 40)).collect();
        let text = format!("reference,name,email,company\n{rows}");
        let page = upload(&mut desk, "parts", text.clone().into_bytes()).await;
        desk.post(&format!("{page}/judge"), &[]).await.expect(303);
        work(&t).await;
        desk.post(&format!("{page}/take"), &[("mode", "all")]).await.expect(303);
        work(&t).await;
        assert_eq!(count(&t, "select count(*) from registration").await, 1_300);
        assert_eq!(count(&t, "select count(distinct number) from registration").await, 1_300);
        assert_eq!(count(&t, "select count(*) from party where kind = 'organisation' and name like 'Firm %'").await, 40);
        // The same table again: everybody is known by the reference.
        let page = upload(&mut desk, "parts", text.into_bytes()).await;
        desk.post(&format!("{page}/judge"), &[]).await.expect(303);
        work(&t).await;
        desk.post(&format!("{page}/take"), &[("mode", "all")]).await.expect(422);
        assert_eq!(count(&t, "select count(*) from registration").await, 1_300);
        // A node that died in the middle: the work is taken up where it stood.
        let tx = t.database.store.begin().await.expect("a transaction");
        let silent = "update intake set state = 'judging', next_part = 1, touched_at = '2020-01-01T00:00:00+00:00'
                      where state = 'judged'";
        tx.run(silent, vec![]).await.expect("touched");
        tx.commit().await.expect("committed");
        app::jobs::tick(&t.app).await.expect("a look");
        work(&t).await;
        assert_eq!(count(&t, "select count(*) from intake where state = 'judged'").await, 1);
    }

    async fn what_is_no_table_changes_nothing(t: TestApp) {
        let edition = t.edition("bad").await;
        let mut desk = desk(&t, &edition).await;
        for (content, said) in [
            (Vec::new(), "empty"),
            (b"PK\x03\x04 cut".to_vec(), "field-file-error"),
            (b"name\n".to_vec(), "field-file-error"),
            (b"a,b\n\x00,1\n".to_vec(), "field-file-error"),
        ] {
            let answer = desk.post_file("/e/bad/registration/import", &[], ("file", "x.csv", content)).await.expect(422);
            if said != "empty" {
                answer.shows(said);
            }
        }
        let page = upload(&mut desk, "bad", b"colour,shape\nred,round\n".to_vec()).await;
        desk.post(&format!("{page}/judge"), &[]).await.expect(422).shows("No column gives a name");
        desk.post(&format!("{page}/judge"), &[("c0", "full_name")]).await.expect(303);
        work(&t).await;
        desk.get(&page).await.expect(200).shows("1 person can be taken over");
        let mut steward = t.staff(Role::GateSteward, edition.id).await;
        steward.get(&page).await.expect(403);
    }

    async fn a_table_takes_no_more_places_than_a_category_has(t: TestApp) {
        let edition = t.edition("room").await;
        let mut desk = t.staff(Role::Director, edition.id).await;
        let rules = [("public", "on"), ("capacity", "502"), ("waiting_list", "on"), ("promotes", "on"), ("version", "0")];
        desk.post("/e/room/registration/categories/trade_visitor", &rules).await.expect(303);
        // One holds a place already; the table is of two parts, so the second must know of the first.
        let one = upload(&mut desk, "room", b"name,email\nFirst,first@room.example\n".to_vec()).await;
        desk.post(&format!("{one}/judge"), &[]).await.expect(303);
        work(&t).await;
        desk.post(&format!("{one}/take"), &[("mode", "all")]).await.expect(303);
        work(&t).await;
        let rows: String = (0..505).map(|n| format!("Person {n},p{n}@room.example\n")).collect();
        let table = format!("name,email\n{rows}").into_bytes();
        let page = upload(&mut desk, "room", table).await;
        desk.post(&format!("{page}/judge"), &[("full", "reject")]).await.expect(303);
        work(&t).await;
        desk.get(&page).await.expect(200).shows("4 rows are beyond the capacity").shows("All places of this category are taken");
        assert_eq!(count(&t, "select cast(rejected as bigint) from intake order by id desc limit 1").await, 4);
        desk.post(&format!("{page}/judge"), &[("full", "wait")]).await.expect(303);
        work(&t).await;
        desk.get(&page).await.expect(200).shows("4 people are beyond the capacity").shows("505 people can be taken over");
        desk.post(&format!("{page}/take"), &[("mode", "all")]).await.expect(303);
        work(&t).await;
        desk.get(&page).await.expect(200).shows("505 people registered");
        assert_eq!(count(&t, "select count(*) from registration where status = 'approved'").await, 502);
        assert_eq!(count(&t, "select count(*) from registration where waiting_since is not null and status = 'registered'").await, 4);
        assert_eq!(count(&t, "select count(*) from credential").await, 502, "who waits has no badge");
        // Somebody goes: the first who waits moves up, as one from the public would.
        let gone: uuid::Uuid = t.app.reader().scalar("select id from registration where number = 1", vec![]).await.expect("a row").expect("an id");
        desk.post(&format!("/e/room/registration/{gone}/cancel"), &[("reason", "")]).await.expect(303);
        assert_eq!(count(&t, "select count(*) from registration where waiting_since is not null and status = 'registered'").await, 3);
    }

    async fn a_table_asks_for_approval_where_the_category_does(t: TestApp) {
        let edition = t.edition("asks").await;
        let mut desk = t.staff(Role::Director, edition.id).await;
        let table = b"name,email,category\nEva Press,eva@press.example,media\nTom Trade,tom@trade.example,trade_visitor\n".to_vec();
        let page = upload(&mut desk, "asks", table).await;
        desk.post(&format!("{page}/judge"), &[]).await.expect(303);
        work(&t).await;
        desk.get(&page).await.expect(200).shows("1 person needs approval");
        desk.post(&format!("{page}/take"), &[("mode", "all")]).await.expect(303);
        work(&t).await;
        assert_eq!(count(&t, "select count(*) from registration where category = 'media' and status = 'registered' and waiting_since is null").await, 1);
        assert_eq!(count(&t, "select count(*) from credential").await, 1);
        let one: uuid::Uuid = t.app.reader().scalar("select id from registration where category = 'media'", vec![]).await.expect("a row").expect("an id");
        desk.post(&format!("/e/asks/registration/{one}/approve"), &[]).await.expect(303);
        assert_eq!(count(&t, "select count(*) from credential where state = 'active'").await, 2);
        assert_eq!(count(&t, "select count(distinct serial) from credential").await, 2);
    }

    async fn people_are_invited_from_a_table(t: TestApp) {
        let edition = t.edition("guests").await;
        let mut desk = t.staff(Role::Director, edition.id).await;
        let fields = [("name", "Partners"), ("category", "vip"), ("kind", "single")];
        let made = desk.post("/e/guests/registration/vouchers/new", &fields).await.expect(303);
        let campaign = made.location().to_owned();
        let id = campaign.rsplit('/').next().expect("an id").to_owned();
        desk.get(&campaign).await.expect(200).shows("Invite from a table");
        let known = [("people", "Known One, known@guest.example, Known AG"), ("locale", "en")];
        desk.post(&format!("{campaign}/invite"), &known).await.expect(303);
        let start = format!("/e/guests/registration/import?campaign={id}");
        desk.get(&start).await.expect(200).shows("Bring a table of people to invite");
        desk.get(&format!("/e/guests/registration/import/template/csv?campaign={id}")).await.expect(200).shows("Language");
        let text = "姓名,邮箱,公司名称,类别,语言\n\
            张伟,zhang@guest.example,上海机床,,中文\n\
            Eva Press,eva@guest.example,Daily,media,en\n\
            Known One,KNOWN@guest.example,Known AG,,\n\
            Nobody,no address,,,\n\
            ,anon@guest.example,,,\n\
            张伟,zhang@guest.example,,,\n\
            King,king@guest.example,,king,\n";
        let answer = desk.post_file(&start, &[], ("file", "guests.csv", text.as_bytes().to_vec())).await.expect(303);
        let page = answer.location().to_owned();
        desk.post(&format!("{page}/judge"), &[("c1", "-")]).await.expect(422).shows("No column gives the e-mail address");
        desk.post(&format!("{page}/judge"), &[("known", "reject"), ("locale", "en")]).await.expect(303);
        work(&t).await;
        desk.get(&page).await.expect(200).shows("open invitation already").shows("Stands in the table more than once");
        assert_eq!(count(&t, "select cast(rejected as bigint) from intake").await, 5);
        desk.post(&format!("{page}/judge"), &[("known", "skip"), ("locale", "en")]).await.expect(303);
        work(&t).await;
        assert_eq!(count(&t, "select count(*) from invitation").await, 1, "a dry run writes to nobody");
        desk.get(&page).await.expect(200).shows("Invite all but the rejected rows");
        let file = desk.get(&format!("{page}/rejected/csv")).await.expect(200);
        assert_eq!(file.text.lines().count(), 4, "{}", file.text);
        desk.post(&format!("{page}/take"), &[("mode", "skip")]).await.expect(303);
        work(&t).await;
        desk.get(&page).await.expect(200).shows("2 people invited");
        assert_eq!(count(&t, "select count(*) from registration").await, 0, "invited, not registered");
        assert_eq!(count(&t, "select count(*) from campaign where name = 'Partners'").await, 2, "a campaign for each category");
        assert_eq!(count(&t, "select count(*) from invitation i join campaign c on c.id = i.campaign_id where c.category = 'media' and i.locale = 'en'").await, 1);
        assert_eq!(count(&t, "select count(*) from invitation where locale = 'zh-CN' and name = '张伟'").await, 1);
        assert_eq!(count(&t, "select count(*) from mail where to_address = 'zhang@guest.example'").await, 1);
        // The same table once more: nobody is new.
        let answer = desk.post_file(&start, &[], ("file", "guests.csv", text.as_bytes().to_vec())).await.expect(303);
        let again = answer.location().to_owned();
        desk.post(&format!("{again}/judge"), &[]).await.expect(303);
        work(&t).await;
        desk.post(&format!("{again}/take"), &[("mode", "skip")]).await.expect(422);
        // Over the API, into a stopped campaign and into one with a shared code.
        let mut program = t.program(&[Permission::RegistrationRead, Permission::RegistrationEdit], Some(edition.id)).await;
        let import = format!("/api/v1/editions/guests/registration-imports?name=g.csv&campaign={id}");
        let table = b"name,email\nNew One,new@guest.example\n".to_vec();
        let kept = program.send_body(reqwest::Method::POST, &import, "text/csv", table.clone()).await.expect(201).json();
        assert_eq!(kept["campaign"], id);
        let one = format!("/api/v1/editions/guests/registration-imports/{}", kept["id"].as_str().expect("an id"));
        program.send_json(reqwest::Method::POST, &format!("{one}/judge"), &serde_json::json!({"locale": "zh-CN"})).await.expect(202);
        work(&t).await;
        desk.post(&format!("{campaign}/stop"), &[]).await.expect(303);
        program.send_json(reqwest::Method::POST, &format!("{one}/take"), &serde_json::json!({})).await.expect(202);
        work(&t).await;
        let done = program.get(&one).await.expect(200).json();
        assert_eq!((done["new"].as_i64(), done["rejected"].as_i64()), (Some(0), Some(1)), "a campaign stopped meanwhile invites nobody");
        program.send_body(reqwest::Method::POST, &import, "text/csv", table).await.expect(409);
    }
}
