//! The goal of registrations and the history of editions run elsewhere, as use cases load and save them.

use crate::{Fault, Outcome, Query, Tx, values};
use domain::{
    EditionId,
    registration::turnout::{Day, goal::Goal},
};
use uuid::Uuid;

/// The goal of an edition, if somebody set one.
///
/// # Errors
/// When the database does not answer.
pub async fn goal(db: &impl Query, edition: EditionId) -> Outcome<Option<Goal>> {
    let sql = "select target, reference_id, version from registration_goal where edition_id = $1";
    let rows = db.rows(sql, values![edition.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(Goal {
        target: row.get(0)?,
        reference: row.get::<Option<Uuid>>(1)?.map(EditionId::from_uuid),
        version: row.get(2)?,
    }))
}

/// Sets the goal; `goal.version` is what the editor saw, 0 for none.
///
/// # Errors
/// [`Fault::Stale`] when somebody else changed it since it was read.
pub async fn save_goal(tx: &Tx, edition: EditionId, goal: &Goal) -> Outcome<()> {
    let touched = tx
        .run(
            "insert into registration_goal (edition_id, target, reference_id, version) values ($1, $2, $3, 1)
             on conflict (edition_id) do update set target = excluded.target, reference_id = excluded.reference_id,
             version = registration_goal.version + 1 where registration_goal.version = $4",
            values![edition.uuid(), goal.target, goal.reference.map(EditionId::uuid), goal.version],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Replaces the history of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_history(tx: &Tx, edition: EditionId, days: &[Day]) -> Outcome<()> {
    tx.run("delete from registration_history where edition_id = $1", values![edition.uuid()]).await?;
    let row = |day: &Day| {
        let small = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
        values![edition.uuid(), day.day, small(day.registered), small(day.came)]
    };
    tx.insert("registration_history", &["edition_id", "day", "registered", "came"], days.iter().map(row)).await
}
