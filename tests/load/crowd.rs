//! As many registrations with badges as are asked for, written in bulk: what is measured is the gate, not the form.
//! Badges have random codes; a gate finds them as it finds any other, by the hash.

use app::{Clock, SystemClock};
use domain::registration::credential::code_hash;
use std::time::Instant;
use store::{Query, Store};
use uuid::Uuid;

const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Rows of one transaction.
const PIECE: usize = 5_000;

/// Numbers from a seed: the same crowd on every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 20
    }

    fn code(&mut self) -> String {
        (0..20).map(|_| char::from(ALPHABET[usize::try_from(self.next() % 32).expect("small")])).collect()
    }
}

/// Fills the edition up to so many registrations and answers the codes of all badges that are in use.
pub async fn fill(name: &str, url: &str, slug: &str, wanted: usize) -> Vec<String> {
    let begun = Instant::now();
    let store = Store::open(url, 2).await.expect("the database opens");
    let reader = store.reader();
    let edition: Uuid = reader
        .scalar("select id from edition where slug = $1", vec![slug.into()])
        .await
        .expect("an answer")
        .expect("the edition");
    let highest =
        |column: &str, table: &str| format!("select coalesce(max({column}), 0) from {table} where edition_id = $1");
    let bound = || vec![edition.into()];
    let number: Option<i32> = reader.scalar(&highest("number", "registration"), bound()).await.expect("an answer");
    let serial: Option<i64> = reader.scalar(&highest("serial", "credential"), bound()).await.expect("an answer");
    let count = "select count(*) from registration where edition_id = $1";
    let there: Option<i64> = reader.scalar(count, bound()).await.expect("an answer");
    let (number, serial, there) = (number.unwrap_or(0), serial.unwrap_or(0), there.unwrap_or(0));
    let missing = wanted.saturating_sub(usize::try_from(there).unwrap_or(0));
    let mut dice = Dice(2_027);
    let mut made = 0;
    while made < missing {
        let size = PIECE.min(missing - made);
        let people: Vec<(Uuid, usize)> =
            (0..size).map(|at| (app::chance::id::<domain::FactId>().uuid(), made + at)).collect();
        let tx = store.begin().await.expect("a transaction");
        registrations(&tx, edition, number, &people).await;
        badges(&tx, edition, serial, &people, &mut dice).await;
        tx.commit().await.expect("committed");
        made += size;
    }
    println!(
        "{name} registrations {} filled_seconds {:.1}",
        wanted.max(usize::try_from(there).unwrap_or(0)),
        begun.elapsed().as_secs_f64()
    );
    if url.starts_with("postgres") {
        // What a running installation's autovacuum does; a freshly filled table has no statistics.
        let tx = store.begin().await.expect("a transaction");
        tx.run("analyze", Vec::new()).await.expect("analyzed");
        tx.commit().await.expect("committed");
    }
    let sql = "select code from credential where edition_id = $1 and state = 'active' order by code";
    let rows = store.reader().rows(sql, vec![edition.into()]).await.expect("badges");
    let codes = rows.iter().map(|row| row.get(0).expect("a code")).collect();
    store.close().await;
    codes
}

async fn registrations(tx: &store::Tx, edition: Uuid, number: i32, people: &[(Uuid, usize)]) {
    let columns = [
        "edition_id",
        "id",
        "number",
        "submission",
        "category",
        "channel",
        "status",
        "family_name",
        "given_name",
        "display_name",
        "sort_key",
        "company",
        "job_title",
        "email",
        "folded_email",
        "phone",
        "country",
        "locale",
        "answers",
        "access_hash",
        "created_at",
        "local_day",
        "version",
    ];
    let now = SystemClock.now();
    let rows = people.iter().map(|(id, at)| {
        let at = i32::try_from(*at).expect("a crowd of millions");
        let name = format!("Visitor {at}");
        let email = format!("visitor{at}@load.example");
        vec![
            edition.into(),
            (*id).into(),
            (number + 1 + at).into(),
            app::chance::id::<domain::FactId>().uuid().into(),
            "trade_visitor".into(),
            "pre".into(),
            "approved".into(),
            name.as_str().into(),
            "".into(),
            name.as_str().into(),
            name.to_lowercase().into(),
            "Load Ltd".into(),
            "".into(),
            email.as_str().into(),
            email.as_str().into(),
            "".into(),
            "CN".into(),
            "en".into(),
            serde_json::json!({}).into(),
            app::chance::hash_secret(&format!("load {id}")).into(),
            now.into(),
            now.date_naive().into(),
            1.into(),
        ]
    });
    tx.insert("registration", &columns, rows).await.expect("registrations");
}

async fn badges(tx: &store::Tx, edition: Uuid, serial: i64, people: &[(Uuid, usize)], dice: &mut Dice) {
    let columns = [
        "edition_id",
        "id",
        "registration_id",
        "serial",
        "category",
        "code",
        "code_hash",
        "state",
        "reprint_no",
        "valid_from",
        "valid_until",
        "issued_at",
    ];
    let day = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
    let now = SystemClock.now();
    let mut rows = Vec::with_capacity(people.len());
    for (id, at) in people {
        let code = dice.code();
        rows.push(vec![
            edition.into(),
            app::chance::id::<domain::FactId>().uuid().into(),
            (*id).into(),
            (serial + 1 + i64::try_from(*at).expect("small")).into(),
            "trade_visitor".into(),
            code.as_str().into(),
            code_hash(&code).into(),
            "active".into(),
            0.into(),
            day(2000).into(),
            day(2100).into(),
            now.into(),
        ]);
    }
    tx.insert("credential", &columns, rows).await.expect("badges");
}
