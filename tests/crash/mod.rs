//! The server is killed (`kill -9`) at moments of chance while badges pass: every scan it acknowledged is there, none
//! is there twice, and no badge that may enter once was let in twice.
//!
//! A handful of kills in every run of the suite; `make crash` kills a hundred times on each database
//! (`FAIRLEAD_CRASH_KILLS`). The negative control runs a server that acknowledges before it commits (debug builds only):
//! if the test does not notice that, it would notice nothing.

mod load;

use crate::harness::{Database, Kind, TestApp};
use load::{Load, Sent};
use std::collections::{BTreeMap, HashMap};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use store::Query;

/// Badges that may enter once. Few, so that many gates meet over each of them.
const BADGES: usize = 60;
/// Connections that present badges at the same time.
const CONNECTIONS: usize = 8;
/// Kills in an ordinary run.
const USUAL: usize = 4;

fn kills() -> usize {
    std::env::var("FAIRLEAD_CRASH_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL)
}

/// A server that is killed with this value, without a chance to say goodbye.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    async fn start(database: &Database, folder: &std::path::Path, early: bool) -> Self {
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
            listener.local_addr().expect("it is bound").port()
        };
        let address = format!("127.0.0.1:{port}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairlead"));
        command
            .arg("serve")
            .env("DATABASE_URL", database.url())
            .env("FAIRLEAD_DATA", folder)
            .env("FAIRLEAD_LISTEN", &address)
            .env("FAIRLEAD_LOG", "error,sqlx=off")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if early {
            command.env("FAIRLEAD_TEST_ACKNOWLEDGE_BEFORE_COMMIT", "1");
        }
        // In its place at once: whatever happens here, the process is ended with it.
        let server = Self { child: command.spawn().expect("the server starts"), address };
        for _ in 0..600 {
            if tokio::net::TcpStream::connect(&server.address).await.is_ok() {
                return server;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the server does not come up");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: no handler runs, nothing is flushed by the process.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What is wrong with a log.
#[derive(Debug, Default, PartialEq, Eq)]
struct Faults {
    lost: usize,
    changed: usize,
    twice: usize,
}

impl Faults {
    fn none(&self) -> bool {
        *self == Self::default()
    }
}

/// Reads the whole log and compares it with what was acknowledged.
async fn faults(database: &Database, acknowledged: &HashMap<uuid::Uuid, String>) -> (Faults, usize) {
    let sql = "select id, verdict, credential_id, direction from scan";
    let rows = database.store.reader().rows(sql, Vec::new()).await.expect("the log");
    let mut log: BTreeMap<uuid::Uuid, String> = BTreeMap::new();
    let mut entries: HashMap<uuid::Uuid, usize> = HashMap::new();
    let mut faults = Faults::default();
    for row in &rows {
        let (id, verdict): (uuid::Uuid, String) = (row.get(0).expect("an id"), row.get(1).expect("a verdict"));
        if let (true, Some(badge)) = (verdict != "deny", row.get::<Option<uuid::Uuid>>(2).expect("a badge")) {
            *entries.entry(badge).or_default() += 1;
        }
        faults.twice += usize::from(log.insert(id, verdict).is_some());
    }
    faults.twice += entries.values().filter(|count| **count > 1).count();
    for (id, verdict) in acknowledged {
        match log.get(id) {
            None => faults.lost += 1,
            Some(kept) => faults.changed += usize::from(kept != verdict),
        }
    }
    (faults, rows.len())
}

/// Kills so often; answers what was wrong in the end, how many scans were acknowledged, how many are in the log.
async fn crash(kind: Kind, kills: usize, early: bool) -> (Faults, usize, usize) {
    let t = TestApp::start(kind).await;
    let load = Load::prepare(&t, BADGES).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut acknowledged: HashMap<uuid::Uuid, String> = HashMap::new();
    let mut unanswered: Vec<Sent> = Vec::new();
    for kill in 0..kills {
        let server = Server::start(&t.database, folder.path(), early).await;
        // What was cut off is sent again with the same ids, as a device does.
        let callers = load.run(&server.address, CONNECTIONS, std::mem::take(&mut unanswered));
        load.under_way().await;
        // Between 30 and 330 ms later, another moment each time.
        let wait = 30 + (kill as u64 * 7_919 + 104_729) % 300;
        tokio::time::sleep(Duration::from_millis(wait)).await;
        drop(server);
        for (answered, open) in callers.stop().await {
            acknowledged.extend(answered);
            unanswered.extend(open);
        }
    }
    // A last server takes what is still open, and stays up.
    let server = Server::start(&t.database, folder.path(), false).await;
    acknowledged.extend(load.finish(&server.address, unanswered).await);
    let (faults, rows) = faults(&t.database, &acknowledged).await;
    (faults, acknowledged.len(), rows)
}

async fn survives(kind: Kind, name: &str) {
    let kills = kills();
    let (faults, acknowledged, rows) = crash(kind, kills, false).await;
    println!(
        "{name} kills {kills} acknowledged {acknowledged} rows {rows} lost {} changed {} twice {}",
        faults.lost, faults.changed, faults.twice
    );
    assert!(faults.none(), "{faults:?}");
    assert!(acknowledged > kills, "the server was hardly used: {acknowledged}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_sqlite_acknowledged_survives_kill_9() {
    survives(Kind::Sqlite, "sqlite").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_postgresql_acknowledged_survives_kill_9() {
    survives(Kind::Postgres, "postgres").await;
}

/// A server that acknowledges before it commits must be found out.
#[cfg(debug_assertions)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_acknowledges_too_early_is_found_out() {
    let (faults, ..) = crash(Kind::Sqlite, 8, true).await;
    assert!(faults.lost > 0, "the crash test notices nothing: {faults:?}");
}
