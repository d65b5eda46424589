//! What SQLite and PostgreSQL do differently, and that Fairlead gives the same answer on both.

use crate::harness::{Database, Kind, database};
use chrono::{DateTime, Duration, Utc};
use domain::journal::{Actor, Fact, Subject, SubjectKind};
use domain::{FactId, JobId, Locale, UserId};
use serde_json::json;
use store::record::access::User;
use store::record::job::{self, NewJob};
use store::record::search::Document;
use store::{Fault, Query};
use store::{read, record};
use uuid::Uuid;

fn document(number: u128, title: &str) -> Document {
    Document {
        id: Uuid::from_u128(number),
        edition: None,
        kind: "organisation",
        title: title.to_owned(),
        subtitle: String::new(),
        link: "/".to_owned(),
        tokens: domain::search::index_tokens([title]),
    }
}

both_databases! {
    async fn search_finds_the_same_in_both_scripts(t: TestApp) {
        let names = [
            "上海岚锋机床有限公司", "上海铄云数控机床有限公司", "苏州砺川刀具有限公司", "Müller Werkzeuge GmbH", "Shanghai Lanfeng Machine Tools",
            "O'Neil & Sons", "100% Präzision",
        ];
        let documents: Vec<_> = names.iter().zip(1..).map(|(name, number)| document(number, name)).collect();
        let tx = t.database.store.begin().await.expect("a transaction");
        record::search::insert(&tx, &documents).await.expect("new documents");
        record::search::put(&tx, &document(1, names[0])).await.expect("the same again");
        tx.commit().await.expect("committed");
        let cases: &[(&str, &[u128])] = &[
            ("上海", &[1, 2]), ("机床", &[1, 2]), ("数控机床", &[2]), ("刀", &[3]), ("Shang", &[1, 2, 5]), ("machine lanf", &[5]),
            ("müller", &[4]), ("MULLER", &[4]), ("o'neil", &[6]), ("\"", &[]), ("100%", &[7]), ("' or 1=1", &[]), ("", &[]),
            ("上海 岚锋", &[1]), ("岚锋 上海", &[1]), ("海上", &[]),
        ];
        for (typed, expected) in cases {
            let hits = read::search::find(&t.app.reader(), None, &["organisation"], typed, 50).await.expect("an answer");
            let mut found: Vec<u128> = hits.iter().map(|hit| hit.id.as_u128()).collect();
            found.sort_unstable();
            assert_eq!(&found, expected, "{typed}");
        }
        let none = read::search::find(&t.app.reader(), None, &["person"], "上海", 50).await.expect("an answer");
        assert!(none.is_empty(), "kinds limit what is found");
    }

    async fn many_rows_take_new_values_in_one_statement(t: TestApp) {
        let edition = t.edition("east").await;
        let before = read::plan::sheet(&t.app.reader(), edition.id).await.expect("read").expect("a plan");
        let mut after = before.clone();
        for (at, task) in (0i64..).zip(&mut after.tasks) {
            task.dates.total_float = at * 7 - 300;
            task.dates.critical = at % 2 == 0;
            task.dates.early_start += Duration::minutes(at);
            task.constraint_at = (at % 3 > 0).then_some(task.dates.late_finish);
        }
        let tx = t.database.store.begin().await.expect("a transaction");
        record::plan::save_dates(&tx, after.tasks.iter().skip(1)).await.expect("saved");
        tx.commit().await.expect("committed");
        let read = read::plan::sheet(&t.app.reader(), edition.id).await.expect("read").expect("a plan");
        assert_eq!(read.tasks[0], before.tasks[0], "what is not named stays");
        assert_eq!(read.tasks[1..], after.tasks[1..]);
    }

    async fn instants_survive_to_the_microsecond(t: TestApp) {
        let at: DateTime<Utc> = "2027-05-11T02:30:00.123456Z".parse().expect("a moment");
        let subject = Subject::new(SubjectKind::User, Uuid::from_u128(9));
        let tx = t.database.store.begin().await.expect("a transaction");
        let fact = Fact::new("user.created", subject, None).with("name", "Ünï 张");
        record::journal::write(&tx, &Actor::System, at, &[(t.app.id::<FactId>(), fact.clone())]).await.expect("written");
        tx.commit().await.expect("committed");
        let entries = read::journal::timeline(&t.app.reader(), subject, 10).await.expect("read");
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].at, &entries[0].fact), (at, &fact));
    }

    async fn a_taken_name_is_told_by_the_same_word(t: TestApp) {
        let user = |email: &str| User {
            id: t.app.id::<UserId>(),
            email: email.to_owned(),
            name: "A".to_owned(),
            password_hash: None,
            locale: Locale::En,
            admin: false,
            active: true,
            version: 1,
        };
        let tx = t.database.store.begin().await.expect("a transaction");
        record::access::insert_user(&tx, &user("Anna@Example.com"), t.now()).await.expect("the first");
        let second = record::access::insert_user(&tx, &user("anna@example.com"), t.now()).await;
        assert!(second.as_ref().is_err_and(|fault| fault.taken("uq_user_folded")), "{second:?}");
    }

    async fn a_change_of_an_old_version_is_stale(t: TestApp) {
        let mut user = User {
            id: t.app.id::<UserId>(),
            email: "anna@example.com".to_owned(),
            name: "A".to_owned(),
            password_hash: None,
            locale: Locale::ZhCn,
            admin: false,
            active: true,
            version: 1,
        };
        let tx = t.database.store.begin().await.expect("a transaction");
        record::access::insert_user(&tx, &user, t.now()).await.expect("new");
        user.name = "B".to_owned();
        record::access::save_user(&tx, &user).await.expect("the version it was loaded with");
        let again = record::access::save_user(&tx, &user).await;
        assert!(matches!(again, Err(Fault::Stale)), "{again:?}");
    }

    async fn a_job_is_taken_by_one_node_and_returns_when_it_dies(t: TestApp) {
        let store = &t.database.store;
        let tx = store.begin().await.expect("a transaction");
        for _ in 0..2 {
            let job = NewJob {
                id: t.app.id::<JobId>(),
                kind: "probe.1".to_owned(),
                payload: json!({"a": [1, "张"]}),
                run_at: t.now(),
                dedup: Some("once".to_owned()),
            };
            job::enqueue(&tx, &job, t.now()).await.expect("enqueued");
        }
        tx.commit().await.expect("committed");
        let claim = async |owner: &str, now| {
            let tx = store.begin().await.expect("a transaction");
            let taken = job::claim(&tx, owner, now, Duration::minutes(2), 10).await.expect("an answer");
            tx.commit().await.expect("committed");
            taken
        };
        let first = claim("one", t.now()).await;
        assert_eq!(first.len(), 1, "the deduplication key let only one in");
        assert_eq!(first[0].payload, json!({"a": [1, "张"]}));
        assert!(claim("two", t.now()).await.is_empty());
        assert_eq!(claim("two", t.now() + Duration::minutes(3)).await.len(), 1, "the first node never came back");
    }

    async fn what_is_dropped_never_happened(t: TestApp) {
        let tx = t.database.store.begin().await.expect("a transaction");
        record::search::insert(&tx, &[document(1, "上海")]).await.expect("new");
        drop(tx);
        let hits = read::search::find(&t.app.reader(), None, &["organisation"], "上海", 5).await.expect("an answer");
        assert!(hits.is_empty());
    }
}

/// Two nodes that start at once migrate once, and both find the result.
async fn two_nodes_start(kind: Kind) {
    let bare = Database::bare(kind);
    let (one, two) = (database::open(&bare.url).await, database::open(&bare.url).await);
    let (first, second) = tokio::join!(one.migrate(), two.migrate());
    let ran = [first.expect("the first migrates"), second.expect("the second waits")];
    assert_eq!(ran.iter().filter(|count| **count > 0).count(), 1, "{ran:?}");
    assert_eq!(two.pending_migrations().await.expect("an answer"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_migrate_once_sqlite() {
    two_nodes_start(Kind::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_migrate_once_postgres() {
    two_nodes_start(Kind::Postgres).await;
}

/// The first column of what SQLite answers.
async fn said(database: &Database, sql: &str, column: usize) -> Vec<String> {
    let rows = database.store.reader().rows(sql, Vec::new()).await.expect("an answer");
    rows.iter().map(|row| row.get(column).expect("text")).collect()
}

#[tokio::test]
async fn the_planner_knows_every_index_of_the_tables_of_people() {
    let database = Database::migrated(Kind::Sqlite).await;
    let unknown = "select name from sqlite_master where type = 'index' and tbl_name in (select tbl from sqlite_stat1)
                   and name not in (select idx from sqlite_stat1)";
    assert_eq!(said(&database, unknown, 0).await, Vec::<String>::new(), "a line in migrations/statistics.csv");
    let gone = "select idx from sqlite_stat1 where idx not in (select name from sqlite_master where type = 'index')";
    assert_eq!(said(&database, gone, 0).await, Vec::<String>::new());
    // What it is for: the newest badge of a person is looked for among the person's, not among the show's.
    let badge =
        "explain query plan select c.serial from credential c where c.registration_id = x'00' and c.edition_id = x'01'
                 order by c.serial desc limit 1";
    let plan = said(&database, badge, 3).await.join("; ");
    assert!(plan.contains("registration_id=?"), "{plan}");
}
