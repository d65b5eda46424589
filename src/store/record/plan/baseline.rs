//! Baselines are added and never changed; only which one pictures show is.

use crate::{Fault, Outcome, Query, Tx, values};
use domain::plan::baseline::{Baseline, Frozen};
use domain::{EditionId, UserId};

/// The number the next baseline of an edition takes. The caller holds the plan.
///
/// # Errors
/// When the database does not answer.
pub async fn next_baseline(tx: &Tx, edition: EditionId) -> Outcome<i32> {
    let sql = "select max(number) from baseline where edition_id = $1";
    let last: Option<Option<i32>> = tx.scalar(sql, values![edition.uuid()]).await?;
    Ok(last.flatten().unwrap_or(0) + 1)
}

/// Adds a baseline.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_baseline(tx: &Tx, one: &Baseline, frozen: &Frozen) -> Outcome<()> {
    let frozen = serde_json::to_value(frozen).map_err(|error| Fault::impossible("baseline", error))?;
    tx.run(
        "insert into baseline (id, edition_id, number, name_en, name_zh, reason, kind, taken_at, taken_by, revision,
         opens_on, room_minutes, task_count, shown, frozen)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.number,
            one.name.en.as_str(),
            one.name.zh.as_str(),
            one.reason.as_str(),
            one.kind.code(),
            one.taken_at,
            one.by.map(UserId::uuid),
            one.revision,
            one.opens_on,
            one.room,
            one.tasks,
            one.shown,
            frozen
        ],
    )
    .await?;
    Ok(())
}

/// Makes this baseline the one pictures show, or none.
///
/// # Errors
/// When the database does not answer.
pub async fn show_baseline(tx: &Tx, edition: EditionId, number: Option<i32>) -> Outcome<()> {
    let sql = "update baseline set shown = (number = $2) where edition_id = $1";
    tx.run(sql, values![edition.uuid(), number.unwrap_or(0)]).await?;
    Ok(())
}
