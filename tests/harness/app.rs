//! An app as `fairlead serve` starts it, in this process, with a clock that stands until the test moves it.

use super::caller::Caller;
use super::database::{Database, Kind};
use app::{App, FrozenClock, MailSettings, Settings};
use chrono::{DateTime, Duration, Utc};
use domain::journal::Actor;
use std::net::SocketAddr;
use std::sync::Arc;

/// The moment every test begins: a Tuesday morning in Shanghai.
pub const BEGINNING: &str = "2027-05-11T02:30:00Z";

/// An app on a database of its own.
pub struct TestApp {
    pub app: App,
    pub clock: Arc<FrozenClock>,
    pub database: Database,
    /// Where mails land, one file each.
    pub mails: tempfile::TempDir,
    /// Where it listens.
    pub address: SocketAddr,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl TestApp {
    /// An app on an empty, migrated database.
    pub async fn start(kind: Kind) -> Self {
        let database = Database::migrated(kind).await;
        let clock = Arc::new(FrozenClock::at(BEGINNING.parse().expect("a moment")));
        let mails = tempfile::tempdir().expect("a folder for mails");
        let settings = Settings {
            base_url: "http://fairlead.test".to_owned(),
            mail_from: "Fairlead <noreply@fairlead.example>".to_owned(),
            mail: MailSettings::Folder(mails.path().to_owned()),
            key: app::InstallationKey::new([7; 32]),
        };
        let app = App::new(database.store.clone(), clock.clone(), settings);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let service = web::service(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.expect("it serves") });
        Self { app, clock, database, mails, address, server }
    }

    /// Somebody without a sign-in.
    pub fn visitor(&self) -> Caller {
        Caller::new(self.address)
    }

    /// Now, as the app sees it.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }

    /// Lets time pass.
    pub fn wait(&self, time: Duration) {
        self.clock.set(self.app.now() + time);
    }

    /// Does all jobs that are due, as the worker would.
    pub async fn work(&self) {
        while app::jobs::run_due(&self.app, "test").await.expect("the worker runs") > 0 {}
    }

    /// The mails sent so far, as text, oldest first. Does the jobs that send them.
    pub async fn mails(&self) -> Vec<String> {
        self.work().await;
        let mut files: Vec<_> =
            std::fs::read_dir(self.mails.path()).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read_to_string(file).expect("a mail is text")).collect()
    }

    /// Who acts when a test prepares something itself.
    pub fn system(&self) -> Actor {
        Actor::System
    }
}
