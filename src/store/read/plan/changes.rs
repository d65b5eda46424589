//! Accepted changes of a plan: what was typed and what it moved.

use crate::{Fault, Outcome, Query, Reader, Row, values};
use domain::plan::story::{ChangeRecord, FieldChange};
use domain::{EditionId, UserId};
use uuid::Uuid;

/// Moved tasks that are asked for what was typed into them.
const MOST_EDITED: usize = 200;

const CHANGE: &str = "select c.revision, c.reason, c.\"by\", u.name, c.at, c.delta from plan_change c
    left join \"user\" u on u.id = c.\"by\" where c.edition_id = $1";

/// The latest accepted changes before a revision (all when `None`), newest first, without what was typed.
///
/// # Errors
/// When the database does not answer or holds a delta nobody can read.
pub async fn changes(
    reader: &Reader,
    edition: EditionId,
    before: Option<i32>,
    limit: u32,
) -> Outcome<Vec<ChangeRecord>> {
    let sql = format!("{CHANGE} and c.revision < $2 order by c.revision desc limit {limit}");
    let rows = reader.rows(&sql, values![edition.uuid(), before.unwrap_or(i32::MAX)]).await?;
    rows.iter().map(record).collect()
}

/// One accepted change with what was typed.
///
/// # Errors
/// When the database does not answer or holds a delta nobody can read.
pub async fn change(q: &impl Query, edition: EditionId, revision: i32) -> Outcome<Option<ChangeRecord>> {
    let sql = format!("{CHANGE} and c.revision = $2");
    let rows = q.rows(&sql, values![edition.uuid(), revision]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let mut found = record(row)?;
    // Facts of one use case share its instant. What was typed was typed into the task that gave the
    // change its name, or into some of those that moved.
    let mut bound = values![edition.uuid(), found.at, found.reason.as_str()];
    let moved = found.delta.moves.iter().take(MOST_EDITED).map(|one| one.code.as_str());
    bound.extend(moved.map(sea_orm::Value::from));
    let codes: Vec<String> = (3..=bound.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "select f.data from fact f join task t on t.id = f.subject_id where t.edition_id = $1 and f.at = $2
         and f.kind = 'task.edited' and t.code in ({}) order by f.id",
        codes.join(", ")
    );
    let facts = q.rows(&sql, bound).await?;
    for fact in &facts {
        found.edits.push(edit(&fact.get(0)?));
    }
    Ok(Some(found))
}

fn record(row: &Row) -> Outcome<ChangeRecord> {
    let delta: serde_json::Value = row.get(5)?;
    let by = row.get::<Option<Uuid>>(2)?.map(UserId::from_uuid);
    let name = row.get::<Option<String>>(3)?.unwrap_or_default();
    Ok(ChangeRecord {
        revision: row.get(0)?,
        reason: row.get(1)?,
        by: by.map(|by| (by, name)),
        at: row.get(4)?,
        delta: serde_json::from_value(delta).map_err(|error| Fault::impossible("plan_change", error))?,
        edits: Vec::new(),
    })
}

fn edit(data: &serde_json::Value) -> (String, Vec<FieldChange>) {
    let text = |value: Option<&serde_json::Value>| value.and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let changes = data.get("changes").and_then(|changes| changes.as_object());
    let changes = changes.into_iter().flatten().map(|(field, pair)| FieldChange {
        field: field.clone(),
        before: text(pair.get(0)),
        after: text(pair.get(1)),
    });
    (text(data.get("code")), changes.collect())
}
