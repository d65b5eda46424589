//! Use cases: one verb a file, each one transaction: parse → load → decide → record → answer.
//!
//! [`App`] holds ports only (store, clock, chance, events, settings); verbs are free functions by context.
//! [`Work`] is the open transaction: what happened is noted in it and becomes journal, jobs and notices with the commit.
//! Deliberately absent: HTTP, SQL, rules (they are in `domain`).

pub mod access;
pub mod admission;
pub mod chance;
mod clock;
pub mod delegation;
pub mod edition;
mod error;
mod events;
pub mod exhibitor;
pub mod intake;
pub mod jobs;
pub mod letter;
pub mod mail;
pub mod office;
pub mod party;
pub mod picture;
pub mod plan;
pub mod printing;
pub mod registration;
pub mod sales;
mod settings;
pub mod spreadsheet;
mod tabular;
pub mod turnout;
pub mod venue;
pub mod voucher;
mod work;

pub use clock::{Clock, FrozenClock, SystemClock};
pub use error::Error;
pub use events::{Event, Events};
pub use settings::{InstallationKey, MailSettings, Settings};
pub use work::{Outgoing, Work};

use chrono::{DateTime, Utc};
use domain::{Id, journal::Actor};
use std::sync::{Arc, Weak};
use store::{Reader, Store};

/// The ports that use cases work through. Clones share everything.
#[derive(Clone)]
pub struct App(Arc<Ports>);

struct Ports {
    store: Store,
    clock: Arc<dyn Clock>,
    events: Events,
    settings: Settings,
    admission: admission::Admission,
}

/// An [`App`] that does not keep itself alive, for tasks that end with it.
pub(crate) struct WeakApp(Weak<Ports>);

impl WeakApp {
    pub(crate) fn upgrade(&self) -> Option<App> {
        self.0.upgrade().map(App)
    }
}

impl App {
    /// An app on an open store.
    pub fn new(store: Store, clock: Arc<dyn Clock>, settings: Settings) -> Self {
        Self(Arc::new(Ports {
            store,
            clock,
            events: Events::new(),
            settings,
            admission: admission::Admission::default(),
        }))
    }

    /// Read-only access to the database.
    pub fn reader(&self) -> Reader {
        self.0.store.reader()
    }

    /// The time now, UTC, cut to microseconds. There is no other source of it.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// A fresh identifier.
    pub fn id<T: Id>(&self) -> T {
        chance::id()
    }

    /// What is committed, as it happens.
    pub fn events(&self) -> &Events {
        &self.0.events
    }

    /// What this node keeps in memory for its gates.
    pub(crate) fn admission(&self) -> &admission::Admission {
        &self.0.admission
    }

    pub(crate) fn downgrade(&self) -> WeakApp {
        WeakApp(Arc::downgrade(&self.0))
    }

    /// How this installation is set up.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Begins a use case on behalf of someone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin(&self, actor: Actor) -> Result<Work, Error> {
        Ok(Work::new(self.clone(), self.0.store.begin().await?, actor))
    }

    /// The store itself: for the worker, the gatekeeper and the command line, which manage their own transactions.
    pub fn store(&self) -> &Store {
        &self.0.store
    }
}
