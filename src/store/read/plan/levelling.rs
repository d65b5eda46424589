//! Levellings: those asked for, how they stand, what they propose.

use crate::{Fault, Outcome, Query, Row, values};
use domain::plan::level::plan::levelling::{Levelling, LevellingState};
use domain::{EditionId, LevellingId, UserId};
use uuid::Uuid;

const COLUMNS: &str =
    "id, edition_id, state, revision, seed, budget, built, standing, proposal, stop, asked_by, asked_at,
    touched_at, decided_by, decided_at, version";

/// The levellings of an edition, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn levellings(q: &impl Query, edition: EditionId, most: u32) -> Outcome<Vec<Levelling>> {
    let sql = format!("select {COLUMNS} from levelling where edition_id = $1 order by asked_at desc, id limit {most}");
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(levelling_of).collect()
}

/// One levelling of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn levelling(q: &impl Query, edition: EditionId, id: LevellingId) -> Outcome<Option<Levelling>> {
    let sql = format!("select {COLUMNS} from levelling where edition_id = $1 and id = $2");
    q.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(levelling_of).transpose()
}

/// Whether somebody asked it to stop.
///
/// # Errors
/// When the database does not answer.
pub async fn levelling_stops(q: &impl Query, id: LevellingId) -> Outcome<bool> {
    let rows = q.rows("select stop from levelling where id = $1", values![id.uuid()]).await?;
    rows.first().map_or(Ok(true), |row| row.get(0))
}

fn levelling_of(row: &Row) -> Outcome<Levelling> {
    let state: String = row.get(2)?;
    let count = |column: usize| -> Outcome<u64> { Ok(u64::try_from(row.get::<i64>(column)?).unwrap_or_default()) };
    let json = |error: serde_json::Error| Fault::impossible("levelling", error);
    Ok(Levelling {
        id: LevellingId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        state: LevellingState::parse(&state).ok_or_else(|| Fault::impossible("levelling", state))?,
        revision: row.get(3)?,
        seed: count(4)?,
        budget: count(5)?,
        built: count(6)?,
        standing: serde_json::from_value(row.get(7)?).map_err(json)?,
        proposal: serde_json::from_value(row.get(8)?).map_err(json)?,
        stop: row.get(9)?,
        asked_by: row.get::<Option<Uuid>>(10)?.map(UserId::from_uuid),
        asked_at: row.get(11)?,
        touched_at: row.get(12)?,
        decided_by: row.get::<Option<Uuid>>(13)?.map(UserId::from_uuid),
        decided_at: row.get(14)?,
        version: row.get(15)?,
    })
}
