//! Databases to throw away: each test gets its own, copied from one that was migrated once.

use super::postgres::Cluster;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use store::Store;

/// Which of the two databases a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A database of its own, gone when dropped.
pub struct Database {
    pub store: Store,
    place: Place,
}

enum Place {
    File { _folder: tempfile::TempDir },
    Cluster { cluster: Cluster, name: String },
}

impl Database {
    /// A migrated, empty database.
    pub async fn migrated(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                let template = sqlite_template().await;
                let folder = tempfile::tempdir().expect("a temporary folder");
                let file = folder.path().join("fairlead.db");
                fs::copy(template, &file).expect("a copy of the template");
                Self {
                    store: open(&format!("sqlite:{}", file.display())).await,
                    place: Place::File { _folder: folder },
                }
            }
            Kind::Postgres => {
                let cluster = Cluster::join();
                let template = postgres_template(&cluster).await;
                let name = fresh_name();
                cluster.copy(&template, &name);
                let store = open(&cluster.url(&name)).await;
                Self { store, place: Place::Cluster { cluster, name } }
            }
        }
    }

    /// An empty database without any table: for tests of migrating. Answers its address.
    pub fn bare(kind: Kind) -> Bare {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let url = format!("sqlite:{}", folder.path().join("bare.db").display());
                Bare { url, _place: Place::File { _folder: folder } }
            }
            Kind::Postgres => {
                let cluster = Cluster::join();
                let name = fresh_name();
                cluster.create(&name);
                Bare { url: cluster.url(&name), _place: Place::Cluster { cluster, name } }
            }
        }
    }
}

/// A database without tables; the address stays good as long as this value lives.
pub struct Bare {
    pub url: String,
    _place: Place,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Cluster { cluster, name } = self {
            cluster.remove(name);
        }
    }
}

impl Database {
    /// The address it was opened with.
    pub fn url(&self) -> &str {
        self.store.url()
    }

    /// Which database it is.
    pub fn kind(&self) -> Kind {
        match self.place {
            Place::File { .. } => Kind::Sqlite,
            Place::Cluster { .. } => Kind::Postgres,
        }
    }
}

/// Opens a store as the program does.
pub async fn open(url: &str) -> Store {
    Store::open(url, 4).await.expect("the database opens")
}

fn fresh_name() -> String {
    format!("t{}", app::chance::id::<domain::FactId>().uuid().simple())
}

/// Names this build of the suite: another build may have other migrations.
fn build() -> String {
    let exe = std::env::current_exe().expect("the suite itself");
    let about = fs::metadata(exe).expect("the suite itself");
    let made = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    format!("{:x}_{:x}", about.len(), made.map_or(0, |at| at.as_millis()))
}

fn room() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("templates");
    fs::create_dir_all(&path).expect("a folder inside target");
    path
}

/// Only one process of a run makes a template; the others wait for it.
fn alone() -> File {
    let lock = File::options().create(true).append(true).open(room().join("lock")).expect("a lock file");
    lock.lock().expect("the lock");
    lock
}

async fn sqlite_template() -> PathBuf {
    let template = room().join(format!("{}.db", build()));
    let _lock = alone();
    if !template.exists() {
        for old in fs::read_dir(room()).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if old.extension().is_some_and(|ending| ending == "db") {
                fs::remove_file(old).ok();
            }
        }
        let half = template.with_extension("half");
        fs::remove_file(&half).ok();
        let store = open(&format!("sqlite:{}", half.display())).await;
        store.migrate().await.expect("the migrations run on SQLite");
        store.close().await;
        fs::rename(half, &template).expect("a finished template");
    }
    template
}

async fn postgres_template(cluster: &Cluster) -> String {
    let name = format!("template_{}", build());
    let _lock = alone();
    if !cluster.has(&name) {
        let half = fresh_name();
        cluster.create(&half);
        let store = open(&cluster.url(&half)).await;
        store.migrate().await.expect("the migrations run on PostgreSQL");
        store.close().await;
        cluster.rename(&half, &name);
    }
    name
}
