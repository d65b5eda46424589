//! Hearing of commits: in this process directly, from other nodes on PostgreSQL by `LISTEN/NOTIFY`.
//! A notice carries ids only; whoever cares reads again.

use crate::{Fault, Outcome, Query, Store, Tx, open::Backend};
use domain::{
    EditionId,
    journal::{Subject, SubjectKind},
};
use sea_orm::{DbErr, sqlx::postgres::PgListener};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const CHANNEL: &str = "fairlead";

/// A notice of something committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// The node that committed it, so that it does not hear itself twice.
    pub node: Uuid,
    /// In which edition.
    pub edition: Option<EditionId>,
    /// What happened (a fact's kind).
    pub kind: String,
    /// To what.
    pub subject: Subject,
}

/// A connection that hears the other nodes. SQLite has none: one process owns the file.
pub struct Watch(PgListener);

impl Watch {
    /// Starts listening; `None` on SQLite.
    ///
    /// # Errors
    /// When the connection cannot be made.
    pub async fn start(store: &Store) -> Outcome<Option<Self>> {
        if store.backend() == Backend::Sqlite {
            return Ok(None);
        }
        let connect = async {
            let mut listener = PgListener::connect(store.url()).await?;
            listener.listen(CHANNEL).await?;
            Ok(listener)
        };
        let listener = connect.await.map_err(|e: sea_orm::sqlx::Error| {
            Fault::Database(DbErr::Conn(sea_orm::RuntimeErr::SqlxError(e.into())))
        })?;
        Ok(Some(Self(listener)))
    }

    /// The next notice. Unreadable ones (of a newer version) are passed over.
    ///
    /// # Errors
    /// When the connection is lost; start again and let screens read afresh.
    pub async fn next(&mut self) -> Outcome<Watched> {
        loop {
            let notice = self
                .0
                .recv()
                .await
                .map_err(|e| Fault::Database(DbErr::Conn(sea_orm::RuntimeErr::SqlxError(e.into()))))?;
            if let Ok(watched) = serde_json::from_str(notice.payload()) {
                return Ok(watched);
            }
        }
    }
}

impl Watched {
    /// Tells the other nodes when this transaction commits. Does nothing on SQLite.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn announce(&self, tx: &Tx) -> Outcome<()> {
        if tx.backend() == Backend::Postgres {
            let payload = serde_json::to_string(self).map_err(|e| Fault::impossible("notice", e))?;
            tx.rows("select pg_notify($1, $2)", crate::values![CHANNEL, payload]).await?;
        }
        Ok(())
    }
}

/// Reads a subject as the database spells it.
pub(crate) fn subject(kind: &str, id: Uuid) -> Outcome<Subject> {
    let kind = SubjectKind::parse(kind).ok_or_else(|| Fault::impossible("fact", format!("subject kind {kind}")))?;
    Ok(Subject { kind, id })
}
