//! What is saved of levellings.

use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::level::plan::levelling::Levelling;
use domain::{LevellingId, UserId};

/// Adds a levelling that somebody asked for.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_levelling(tx: &Tx, one: &Levelling) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "state",
        "revision",
        "seed",
        "budget",
        "built",
        "standing",
        "proposal",
        "stop",
        "asked_by",
        "asked_at",
        "touched_at",
        "decided_by",
        "decided_at",
        "version",
    ];
    let row = values![
        one.id.uuid(),
        one.edition.uuid(),
        one.state.code(),
        one.revision,
        one.seed.cast_signed(),
        one.budget.cast_signed(),
        one.built.cast_signed(),
        json(&one.standing)?,
        json(&one.proposal)?,
        one.stop,
        one.asked_by.map(UserId::uuid),
        one.asked_at,
        one.touched_at,
        one.decided_by.map(UserId::uuid),
        one.decided_at,
        one.version
    ];
    tx.insert("levelling", &columns, vec![row]).await
}

fn json<T: serde::Serialize>(value: &T) -> Outcome<serde_json::Value> {
    serde_json::to_value(value).map_err(|error| Fault::impossible("levelling", error))
}

/// Saves a levelling if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_levelling(tx: &Tx, one: &Levelling) -> Outcome<()> {
    let sql = "update levelling set state = $3, revision = $4, built = $5, standing = $6, proposal = $7, stop = $8,
               touched_at = $9, decided_by = $10, decided_at = $11, version = version + 1
               where id = $1 and version = $2";
    let saved = tx
        .run(
            sql,
            values![
                one.id.uuid(),
                one.version,
                one.state.code(),
                one.revision,
                one.built.cast_signed(),
                json(&one.standing)?,
                json(&one.proposal)?,
                one.stop,
                one.touched_at,
                one.decided_by.map(UserId::uuid),
                one.decided_at
            ],
        )
        .await?;
    if saved == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Notes how far a running levelling is. No person's change: its version stays.
///
/// # Errors
/// When the database does not answer.
pub async fn touch_levelling(
    tx: &Tx,
    id: LevellingId,
    built: u64,
    standing: serde_json::Value,
    now: DateTime<Utc>,
) -> Outcome<()> {
    let sql = "update levelling set built = $2, standing = $3, touched_at = $4 where id = $1 and state = 'running'";
    tx.run(sql, values![id.uuid(), built.cast_signed(), standing, now]).await?;
    Ok(())
}

/// Asks a levelling to stop.
///
/// # Errors
/// When the database does not answer.
pub async fn stop_levelling(tx: &Tx, id: LevellingId) -> Outcome<()> {
    tx.run("update levelling set stop = true where id = $1", values![id.uuid()]).await?;
    Ok(())
}
