//! Writing facts. The only writer of history.

use crate::{Outcome, Tx, values};
use chrono::{DateTime, Utc};
use domain::{
    FactId,
    journal::{Actor, Fact},
};

/// Writes facts with who did them and when.
///
/// # Errors
/// When the database does not answer.
pub async fn write(tx: &Tx, actor: &Actor, at: DateTime<Utc>, facts: &[(FactId, Fact)]) -> Outcome<()> {
    let rows = facts.iter().map(|(id, fact)| {
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
    });
    let columns = [
        "id",
        "edition_id",
        "at",
        "actor_kind",
        "actor_id",
        "actor_name",
        "kind",
        "subject_kind",
        "subject_id",
        "data",
    ];
    tx.insert("fact", &columns, rows.collect()).await
}
