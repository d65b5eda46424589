//! Load test of the gates: starts the given binary on a database of its own with 10,000, 200,000 and 1,000,000
//! registrations, pairs devices, and presents distinct badges through the API at 1, 8, 32 and 128 connections; then
//! hands in 500,000 scans made without network. Prints one figure a line. The server runs with its usual settings; the
//! cluster flushes to disk.
//!
//! `cargo run --release --example load -- --binary target/release/fairlead [--scans 20000] [--only sqlite|postgres]
//! [--registrations 10000,200000,1000000] [--bulk 500000]`
//!
//! `--bulk 0` leaves the bulk upload out; it is made once, with the second size (or the only one).
//! With `--plans 1000,10000` it measures the pages of plans of these sizes instead.

mod bulk;
mod cluster;
mod crowd;
mod plan;
mod wire;

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use wire::Wire;

const EDITION: &str = "east-2027";
const DIRECTOR: &str = "director@fairlead.example";
const CONNECTIONS: [usize; 4] = [1, 8, 32, 128];

struct Given {
    binary: PathBuf,
    scans: usize,
    only: Option<String>,
    /// Sizes of the edition.
    registrations: Vec<usize>,
    /// Scans of the bulk upload.
    bulk: usize,
    /// Sizes of plans whose pages are measured; the gates are then left out.
    plans: Vec<usize>,
}

fn given() -> Given {
    let mut given = Given {
        binary: PathBuf::from("target/release/fairlead"),
        scans: 20_000,
        only: None,
        registrations: vec![10_000, 200_000, 1_000_000],
        bulk: 500_000,
        plans: Vec::new(),
    };
    let list = |value: &str, name: &str| -> Vec<usize> {
        value.split(',').map(|one| one.parse().unwrap_or_else(|_| panic!("{name} are numbers"))).collect()
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().unwrap_or_default();
        match word.as_str() {
            "--binary" => given.binary = value.into(),
            "--scans" => given.scans = value.parse().expect("--scans is a number"),
            "--only" => given.only = Some(value),
            "--registrations" => given.registrations = list(&value, "--registrations"),
            "--bulk" => given.bulk = value.parse().expect("--bulk is a number"),
            "--plans" => given.plans = list(&value, "--plans"),
            other => panic!("unknown word {other}"),
        }
    }
    given.binary = given.binary.canonicalize().expect("the binary is there: build it first");
    given
}

#[tokio::main]
async fn main() {
    let given = given();
    let wanted = |name: &str| given.only.as_deref().is_none_or(|only| only == name);
    // Plans need no crowd; one run of them is enough.
    let sizes = if given.plans.is_empty() { given.registrations.clone() } else { vec![0] };
    for (number, size) in sizes.iter().enumerate() {
        let bulk = number == 1.min(sizes.len() - 1);
        if wanted("sqlite") {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let url = format!("sqlite:{}", folder.path().join("load.db").display());
            run("sqlite", &given, (&url, folder.path()), *size, bulk).await;
        }
        if wanted("postgres") {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let cluster = cluster::Cluster::start();
            run("postgres", &given, (&cluster.url(), folder.path()), *size, bulk).await;
        }
    }
}

/// A server that ends with this value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn command(given: &Given, url: &str, folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(&given.binary);
    command.args(words).env("DATABASE_URL", url).env("FAIRLEAD_DATA", folder).env("FAIRLEAD_LOG", "warn,sqlx=off");
    command
}

async fn run(name: &str, given: &Given, (url, folder): (&str, &Path), size: usize, bulk: bool) {
    let begun = Instant::now();
    let percent = if given.plans.is_empty() { "5" } else { "1" };
    let demo = command(given, url, folder, &["demo", "--percent", percent])
        .stdout(Stdio::null())
        .status()
        .expect("the binary runs");
    assert!(demo.success(), "the demonstration show loads");
    println!("{name} demonstration_seconds {:.1}", begun.elapsed().as_secs_f64());
    let words = ["token", "create", "--user", DIRECTOR, "--name", "load", "--scope", "all"];
    let token = command(given, url, folder, &words).output().expect("the binary runs");
    let token = String::from_utf8_lossy(&token.stdout);
    let token = token.split_whitespace().find(|word| word.starts_with("flt_")).expect("a token").to_owned();
    let codes = match given.plans.is_empty() {
        true => Arc::new(crowd::fill(name, url, EDITION, size).await),
        false => Arc::default(),
    };
    let port = free_port();
    let address = format!("127.0.0.1:{port}");
    let mut serve = command(given, url, folder, &["serve"]);
    let _server =
        Server(serve.env("FAIRLEAD_LISTEN", &address).stdout(Stdio::null()).spawn().expect("the binary serves"));
    wire::wait_for(&address).await;
    for &tasks in &given.plans {
        plan::measure(name, &address, url, &token, tasks).await;
    }
    if !given.plans.is_empty() {
        return;
    }
    let keys = Arc::new(devices(&address, &token, 32).await);
    let label = format!("{name} registrations {size}");
    for connections in CONNECTIONS {
        measure(&label, &address, connections, given.scans, &keys, &codes).await;
    }
    if bulk && given.bulk > 0 {
        bulk::measure(&label, &address, url, given.bulk, &keys, &codes).await;
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").port()
}

/// Makes a gate and pairs devices at it.
async fn devices(address: &str, token: &str, count: usize) -> Vec<String> {
    let mut wire = Wire::open(address).await;
    let path = |rest: &str| format!("/api/v1/editions/{EDITION}/{rest}");
    let gate = json!({"code": "LOAD", "name_en": "Load test", "direction": "both", "open": true});
    let gate: Value = wire.post(&path("gates"), token, &gate.to_string()).await.expect_json(201);
    // What happens at the gate is measured, not how many are turned away.
    let rule = json!({"place": gate["id"], "limit": "unlimited", "effect": "allow", "sort": 1});
    wire.post(&path("access-rules"), token, &rule.to_string()).await.expect_json(201);
    let mut keys = Vec::new();
    for number in 0..count {
        let device = json!({"name": format!("Load {number}"), "gate": gate["id"], "profile": "steward"});
        let made: Value = wire.post(&path("devices"), token, &device.to_string()).await.expect_json(201);
        let pairing = json!({"code": made["code"]}).to_string();
        let paired: Value = wire.post("/api/v1/devices/pair", "", &pairing).await.expect_json(200);
        keys.push(paired["key"].as_str().expect("a key").to_owned());
    }
    keys
}

/// Presents badges at so many connections and says how fast.
async fn measure(
    name: &str,
    address: &str,
    connections: usize,
    scans: usize,
    keys: &Arc<Vec<String>>,
    codes: &Arc<Vec<String>>,
) {
    // One connection alone is held up by each flush; a tenth of the scans says enough.
    let scans = if connections == 1 { scans / 10 } else { scans };
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let callers = (0..connections).map(|caller| {
        let (next, keys, codes, address) = (next.clone(), keys.clone(), codes.clone(), address.to_owned());
        tokio::spawn(async move {
            let mut wire = Wire::open(&address).await;
            let path = format!("/api/v1/editions/{EDITION}/scans");
            let mut times = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= scans {
                    return times;
                }
                let id = app::chance::id::<domain::ScanId>();
                let code = &codes[number % codes.len()];
                let body = format!(r#"{{"id":"{id}","sequence":{number},"code":"{code}","direction":"in"}}"#);
                let sent = Instant::now();
                let answer = wire.post(&path, &keys[caller % keys.len()], &body).await;
                assert_eq!(answer.status, 200, "{}", answer.text());
                times.push(sent.elapsed());
            }
        })
    });
    let mut times: Vec<Duration> = Vec::with_capacity(scans);
    for caller in callers.collect::<Vec<_>>() {
        times.extend(caller.await.expect("a caller ends"));
    }
    let took = begun.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!("{name} connections {connections} scans_per_second {:.0}", times.len() as f64 / took);
    println!("{name} connections {connections} p50_ms {:.2}", at(0.50));
    println!("{name} connections {connections} p95_ms {:.2}", at(0.95));
    println!("{name} connections {connections} p99_ms {:.2}", at(0.99));
}
