//! Writing facts. The only writer of history.

use crate::{Outcome, Tx, values};
use chrono::{DateTime, Utc};
use domain::{
    FactId,
    journal::{Actor, Fact},
};

/// Something that happened at another time than now: the demonstration's past, a history that is imported.
#[derive(Clone, Debug)]
pub struct Past {
    /// Its id.
    pub id: FactId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: Actor,
    /// What.
    pub fact: Fact,
}

/// Writes facts with who did them and when.
///
/// # Errors
/// When the database does not answer.
pub async fn write(tx: &Tx, actor: &Actor, at: DateTime<Utc>, facts: &[(FactId, Fact)]) -> Outcome<()> {
    tx.insert("fact", &COLUMNS, facts.iter().map(|(id, fact)| row(*id, at, actor, fact))).await
}

/// Writes facts of the past, each with its own time and actor.
///
/// # Errors
/// When the database does not answer.
pub async fn write_past(tx: &Tx, past: &[Past]) -> Outcome<()> {
    tx.insert("fact", &COLUMNS, past.iter().map(|one| row(one.id, one.at, &one.actor, &one.fact))).await
}

const COLUMNS: [&str; 10] =
    ["id", "edition_id", "at", "actor_kind", "actor_id", "actor_name", "kind", "subject_kind", "subject_id", "data"];

fn row(id: FactId, at: DateTime<Utc>, actor: &Actor, fact: &Fact) -> Vec<sea_orm::Value> {
    values![
        id.uuid(),
        fact.edition.map(domain::EditionId::uuid),
        at,
        actor.code(),
        actor.id(),
        actor.name(),
        fact.kind.as_str(),
        fact.subject.kind.code(),
        fact.subject.id,
        serde_json::Value::Object(fact.data.clone())
    ]
}
