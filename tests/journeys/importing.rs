//! People who come as a table: kept, looked at without changing anything, taken over, the rest given back.

use crate::harness::{Caller, TestApp};
use domain::access::Role;
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
        desk.post(&format!("{page}/judge"), &[("known", "skip"), ("category", "trade_visitor")]).await.expect(303);
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
}
