//! Large plans: an edition whose plan is the demonstration's, many times over, and how long its pages take.
//!
//! Every copy keeps the template's links and hangs on the copy before it, so the plan is one graph.

use app::chance::id;
use app::{Clock, SystemClock};
use domain::plan::task::TaskLink;
use domain::plan::{LinkKind, Sheet};
use domain::{EditionId, LinkId, TaskId};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use store::{Query, Store};

use crate::wire::Wire;
use crate::{DIRECTOR, EDITION};

/// Asked for each page; the first few warm up.
const ROUNDS: usize = 60;
const WARM: usize = 10;

/// Makes an edition with a plan of so many tasks and measures its pages.
pub async fn measure(name: &str, address: &str, url: &str, token: &str, tasks: usize) {
    let slug = format!("load-{tasks}");
    fill(address, url, token, &slug, tasks).await;
    let client = signed_in(address).await;
    let pages = [
        ("overview", String::new()),
        ("gantt_months", "/gantt".to_owned()),
        ("gantt_days", "/gantt?zoom=days".to_owned()),
        ("gantt_critical", "/gantt?only=critical".to_owned()),
        ("network", "/network".to_owned()),
        ("changes", "/changes".to_owned()),
    ];
    for (page, path) in pages {
        let link = format!("http://{address}/e/{slug}/plan{path}");
        let (mut times, mut bytes) = (Vec::new(), 0);
        for round in 0..ROUNDS {
            let begun = Instant::now();
            let answer = client.get(&link).send().await.expect("an answer");
            assert_eq!(answer.status(), 200, "{link}");
            bytes = answer.bytes().await.expect("a page").len();
            if round >= WARM {
                times.push(begun.elapsed());
            }
        }
        print(name, tasks, page, times, bytes);
    }
    // A change of one task: recalculation, and all dates that move saved in one transaction.
    let code = open_task(url, &slug).await;
    let mut wire = Wire::open(address).await;
    let mut times = Vec::new();
    for round in 0..20 {
        let body = json!({ "duration_days": 3 + round % 2 }).to_string();
        let begun = Instant::now();
        let answer = wire.send("PATCH", &format!("/api/v1/editions/{slug}/plan/tasks/{code}"), token, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        times.push(begun.elapsed());
    }
    print(name, tasks, "change_of_a_task", times, 0);
}

fn print(name: &str, tasks: usize, page: &str, mut times: Vec<Duration>, bytes: usize) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!("{name} plan {tasks} {page} p50_ms {:.1} p95_ms {:.1} bytes {bytes}", at(0.50), at(0.95));
}

async fn signed_in(address: &str) -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().cookie_store(true).build().expect("a client");
    let fields = [("email", DIRECTOR), ("password", "fairlead-demo")];
    let answer = client.post(format!("http://{address}/signin")).form(&fields).send().await.expect("an answer");
    assert!(answer.status().is_success(), "signed in: {}", answer.status());
    client
}

/// The code of a task that may be changed: some are done on the day the demonstration shows.
async fn open_task(url: &str, slug: &str) -> String {
    let store = Store::open(url, 1).await.expect("the database opens");
    let sql = "select t.code from task t join edition e on e.id = t.edition_id
               where e.slug = $1 and t.state = 'planned' and t.kind = 'task' order by t.code limit 1";
    let rows = store.reader().rows(sql, vec![slug.to_owned().into()]).await.expect("an answer");
    rows[0].get(0).expect("a code")
}

/// An edition with a plan of so many tasks, made once.
pub async fn fill(address: &str, url: &str, token: &str, slug: &str, tasks: usize) {
    let store = Store::open(url, 2).await.expect("the database opens");
    let reader = store.reader();
    let find = "select id from edition where slug = $1";
    let known = |slug: &str| reader.rows(find, vec![slug.to_owned().into()]);
    if !known(slug).await.expect("an answer").is_empty() {
        return;
    }
    let edition = json!({
        "series_name_en": format!("Series {slug}"), "series_name_zh": format!("系列 {slug}"), "series_kind": "exhibition", "slug": slug,
        "name_en": format!("Plan of {tasks} tasks"), "name_zh": format!("{tasks} 项任务的计划"),
        "venue_name_en": format!("Venue {slug}"), "venue_name_zh": format!("展馆 {slug}"), "venue_city": "Shanghai", "venue_country": "CN",
        "time_zone": "Asia/Shanghai", "build_up_on": "2027-05-05", "opens_on": "2027-05-12",
        "closes_on": "2027-05-14", "breakdown_until": "2027-05-17", "gross_area_m2": 40_000
    });
    let mut wire = Wire::open(address).await;
    let _: Value = wire.post("/api/v1/editions", token, &edition.to_string()).await.expect_json(201);
    let id = async |slug| EditionId::from_uuid(known(slug).await.expect("an answer")[0].get(0).expect("an id"));
    let (edition, model) = (id(slug).await, id(EDITION).await);
    let model = store::read::plan::sheet(&reader, model).await.expect("read").expect("a plan");
    let sheet = many(&model, edition, tasks);
    let tx = store.begin().await.expect("a transaction");
    let now = SystemClock.now();
    store::record::plan::insert(&tx, &sheet, &[], now).await.expect("a plan is new");
    tx.commit().await.expect("committed");
}

/// The plan of the model so often that it has this many tasks.
fn many(model: &Sheet, edition: EditionId, tasks: usize) -> Sheet {
    let mut sheet = Sheet { edition, tasks: Vec::with_capacity(tasks), links: Vec::new(), ..model.clone() };
    let mut before: Option<TaskId> = None;
    for copy in 0.. {
        let mut ids: HashMap<TaskId, TaskId> = HashMap::new();
        for task in &model.tasks {
            if sheet.tasks.len() == tasks {
                break;
            }
            let mut one = task.clone();
            (one.id, one.edition, one.version) = (id(), edition, 1);
            (one.parent, one.calendar, one.place) = (None, None, None);
            one.sort = i32::try_from(sheet.tasks.len() * 10).unwrap_or(i32::MAX);
            if copy > 0 {
                one.code = format!("{}.{copy}", task.code);
                // One opening is enough.
                if one.constraint == "mso" {
                    one.constraint = "snet".to_owned();
                }
            }
            ids.insert(task.id, one.id);
            sheet.tasks.push(one);
        }
        for link in &model.links {
            if let (Some(&from), Some(&to)) = (ids.get(&link.from), ids.get(&link.to)) {
                sheet.links.push(TaskLink { id: id(), edition, from, to, ..link.clone() });
            }
        }
        let first = model.tasks.first().and_then(|task| ids.get(&task.id)).copied();
        if let (Some(from), Some(to)) = (before, first) {
            sheet.links.push(TaskLink::logic(id::<LinkId>(), edition, from, to, LinkKind::Ss, 0));
        }
        before = first;
        if sheet.tasks.len() == tasks {
            break;
        }
    }
    (sheet.calendars, sheet.default_calendar) = (Vec::new(), None);
    let computed = sheet.compute().expect("copies hang on each other in order");
    sheet.settle(&computed, SystemClock.now());
    sheet
}
