//! Measures tables of people: importing 100,000 rows from GB18030 (dry run and taking over), then 100,000 more, then
//! searching 200,000 people by part of name, pinyin, company and telephone, and writing all of them to CSV and XLSX.
//! Prints one figure a line; memory is the highest this process has used so far.
//!
//! `cargo run --release --example people [-- --rows 100000] [--only sqlite|postgres]`; PostgreSQL by `DATABASE_URL`.

#![allow(clippy::disallowed_methods, reason = "a measurement takes time and chance where it finds them")]

use app::{App, MailSettings, Settings, SystemClock, spreadsheet::Format};
use domain::{
    IntakeId,
    access::Viewer,
    edition::{Edition, EditionDraft},
    journal::Actor,
    registration::{
        intake::{OptionsDraft, columns},
        view::Filter,
    },
};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use templates::Lang;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() {
    let (mut rows, mut only) = (100_000_usize, String::new());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().unwrap_or_default();
        match word.as_str() {
            "--rows" => rows = value.parse().expect("--rows is a number"),
            "--only" => only = value,
            other => panic!("unknown word {other}"),
        }
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    if only != "postgres" {
        let url = format!("sqlite:{}", folder.path().join("people.db").display());
        measure("sqlite", &url, rows).await;
    }
    if only != "sqlite"
        && let Ok(url) = std::env::var("DATABASE_URL")
    {
        measure("postgres", &url, rows).await;
    }
}

/// The highest resident size so far, MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// A table as an association sends it; `from` makes its people others than those of another table.
fn table(from: usize, rows: usize) -> Vec<u8> {
    const FAMILIES: [&str; 12] = ["张", "王", "李", "赵", "陈", "刘", "杨", "黄", "周", "吴", "徐", "欧阳"];
    const GIVEN: [&str; 16] =
        ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明"];
    const TOWNS: [&str; 8] = ["上海", "苏州", "宁波", "东莞", "重庆", "广州", "青岛", "沈阳"];
    let mut text = String::from("编号,姓名,邮箱,手机,公司名称,职务,国家/地区\n");
    for n in from..from + rows {
        let name = format!("{}{}{}", FAMILIES[n % 12], GIVEN[n / 12 % 16], GIVEN[n / 192 % 16]);
        let company = format!("{}{}机床有限公司", TOWNS[n % 8], n % 9_000);
        text.push_str(&format!("R{n},{name},p{n}@people.example,138{:08},{company},采购经理,中国\n", n));
    }
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    bytes.into_owned()
}

async fn edition(app: &App) -> Edition {
    let user = domain::UserId::from_uuid(uuid::Uuid::now_v7());
    let draft = app::access::UserDraft {
        name: "Measure".to_owned(),
        email: format!("{user}@people.example"),
        password: "correct horse 42".to_owned(),
        locale: "en".to_owned(),
        admin: "on".to_owned(),
        ..Default::default()
    };
    let user = app::access::create_user(app, Actor::System, draft.parse().expect("a user")).await.expect("a user");
    let viewer = Viewer { user, name: "Measure".to_owned(), admin: true, grants: Vec::new(), token: None };
    let slug = format!("people-{}", uuid::Uuid::now_v7().simple());
    let draft = EditionDraft {
        series_name_en: "People".to_owned(),
        series_name_zh: "人员".to_owned(),
        series_kind: "exhibition".to_owned(),
        slug,
        name_en: "People".to_owned(),
        name_zh: "人员".to_owned(),
        venue_name_en: "Venue".to_owned(),
        venue_name_zh: "展馆".to_owned(),
        venue_city: "Shanghai".to_owned(),
        venue_country: "CN".to_owned(),
        time_zone: "Asia/Shanghai".to_owned(),
        opens_on: "2099-05-12".to_owned(),
        closes_on: "2099-05-14".to_owned(),
        build_up_on: "2099-05-05".to_owned(),
        breakdown_until: "2099-05-17".to_owned(),
        gross_area_m2: "40000".to_owned(),
        template: "trade-show".to_owned(),
        badge_mode: "signed".to_owned(),
        registration_open: "on".to_owned(),
        ..EditionDraft::default()
    };
    app::edition::create_edition(app, &viewer, &draft.parse_new().expect("an edition")).await.expect("an edition")
}

/// Does what is due until the import stands.
async fn work(app: &App, edition: &Edition, id: IntakeId) {
    loop {
        app::jobs::run_due(app, "measure").await.expect("the worker runs");
        let intake = store::read::intake::intake(&app.reader(), edition.id, id).await.expect("an answer");
        if !intake.expect("the import").works() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn import(name: &str, app: &App, edition: &Edition, from: usize, rows: usize) {
    let content = table(from, rows);
    let begun = Instant::now();
    let id = app::intake::keep(app, Actor::System, edition, app::intake::Whose::People, ("people.csv", content))
        .await
        .expect("kept");
    println!("{name} keep_seconds {:.2}", begun.elapsed().as_secs_f64());
    let intake = store::read::intake::intake(&app.reader(), edition.id, id).await.expect("an answer").expect("kept");
    let options = OptionsDraft::default().parse().expect("the usual choices");
    let begun = Instant::now();
    let mapping = columns::guess(&intake.heads);
    app::intake::ask_judging(app, Actor::System, edition, id, (mapping, options)).await.expect("asked");
    work(app, edition, id).await;
    println!("{name} dry_run_seconds {:.2}", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    app::intake::take(app, Actor::System, edition, id, true).await.expect("asked");
    work(app, edition, id).await;
    println!("{name} import_seconds {:.2}", begun.elapsed().as_secs_f64());
    let done = store::read::intake::intake(&app.reader(), edition.id, id).await.expect("an answer").expect("kept");
    println!("{name} imported {} known {} rejected {}", done.counts.new, done.counts.known, done.counts.rejected);
    println!("{name} peak_mib {}", peak());
}

/// Milliseconds of 40 searches: the median and the slowest but two.
async fn search(name: &str, app: &App, edition: &Edition, what: &str, q: impl Fn(usize) -> String) {
    let mut times = Vec::new();
    let mut found = 0;
    for n in 0..40 {
        let filter = Filter { q: q(n), ..Filter::default() };
        let begun = Instant::now();
        let rows = store::read::registration::list(&app.reader(), edition.id, &filter, None, 50).await.expect("rows");
        store::read::registration::count(&app.reader(), edition.id, &filter).await.expect("a count");
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        found += rows.len();
    }
    times.sort_by(f64::total_cmp);
    println!("{name} search_{what}_ms p50 {:.1} p95 {:.1} found {found}", times[20], times[37]);
}

async fn measure(name: &str, url: &str, rows: usize) {
    let store = Store::open(url, 4).await.expect("the database opens");
    store.migrate().await.expect("the schema");
    let settings = Settings {
        base_url: "http://people.test".to_owned(),
        mail_from: "Fairlead <noreply@people.example>".to_owned(),
        mail: MailSettings::Folder(std::env::temp_dir()),
        key: app::InstallationKey::new([7; 32]),
    };
    let app = App::new(store, Arc::new(SystemClock), settings);
    let edition = edition(&app).await;
    for turn in 0..2 {
        import(name, &app, &edition, turn * rows, rows).await;
    }
    search(name, &app, &edition, "name", |n| ["张伟", "王芳", "欧阳", "李静娜"][n % 4].to_owned()).await;
    search(name, &app, &edition, "pinyin", |n| ["zhangwei", "wang", "ouyang", "zw"][n % 4].to_owned()).await;
    search(name, &app, &edition, "company", |n| format!("苏州{}机床", n * 8 + 1)).await;
    search(name, &app, &edition, "phone", |n| format!("138{:06}", n * 13)).await;
    search(name, &app, &edition, "phone_end", |n| format!("{:04}", 1_000 + n * 31)).await;
    search(name, &app, &edition, "email", |n| format!("p{}@people", n * 977)).await;
    for format in [Format::Csv, Format::Xlsx] {
        let begun = Instant::now();
        let look = (Lang::EN, edition.time_zone);
        let written = app::registration::export(&app.reader(), edition.id, &Filter::default(), look, format)
            .await
            .expect("a file");
        println!("{name} export_{format:?}_seconds {:.2} bytes {}", begun.elapsed().as_secs_f64(), written.bytes);
        println!("{name} peak_mib {}", peak());
    }
}
