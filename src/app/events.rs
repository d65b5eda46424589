//! What was committed, told to live screens of this node and, on PostgreSQL, of the others.

use domain::{EditionId, journal::Subject};
use std::sync::Arc;
use store::{Store, Watch, Watched};
use tokio::sync::broadcast;
use uuid::Uuid;

/// How many notices a slow screen may lag behind before it must read afresh.
const BACKLOG: usize = 1024;

/// Something committed. Ids only: whoever cares reads again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// In which edition.
    pub edition: Option<EditionId>,
    /// What happened: the kind of a fact, such as `task.submitted`, or `scan.recorded`.
    pub kind: String,
    /// To what.
    pub subject: Subject,
}

/// The hub of notices.
pub struct Events {
    node: Uuid,
    sender: broadcast::Sender<Arc<Event>>,
}

impl Events {
    pub(crate) fn new() -> Self {
        Self { node: Uuid::from_bytes(crate::chance::bytes()), sender: broadcast::Sender::new(BACKLOG) }
    }

    /// Hears everything from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Event>> {
        self.sender.subscribe()
    }

    /// Tells this node's listeners. Call it after the commit, never before.
    pub fn publish(&self, event: Event) {
        // Nobody listening is fine.
        self.sender.send(Arc::new(event)).ok();
    }

    /// The form in which the other nodes are told; announce it within the transaction.
    pub fn notice(&self, event: &Event) -> Watched {
        Watched { node: self.node, edition: event.edition, kind: event.kind.clone(), subject: event.subject }
    }

    /// Hears the other nodes until the connection is lost for good; reconnects with a pause. Returns at once on SQLite.
    pub async fn relay(&self, store: &Store) {
        loop {
            match Watch::start(store).await {
                Ok(None) => return,
                Ok(Some(mut watch)) => {
                    while let Ok(w) = watch.next().await {
                        if w.node != self.node {
                            self.publish(Event { edition: w.edition, kind: w.kind, subject: w.subject });
                        }
                    }
                }
                Err(error) => tracing::warn!(%error, "not hearing the other nodes; trying again"),
            }
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        }
    }
}
