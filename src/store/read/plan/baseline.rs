//! Reading baselines: the list without their tasks, one with them, the one pictures show.

use crate::{Fault, Outcome, Query, Row, values};
use domain::plan::baseline::{Baseline, BaselineKind, Frozen, FrozenPlan};
use domain::{BaselineId, Bilingual, EditionId, UserId};
use uuid::Uuid;

const COLUMNS: &str = "b.id, b.edition_id, b.number, b.name_en, b.name_zh, b.reason, b.kind, b.taken_at, b.taken_by, \
    b.revision, b.opens_on, b.room_minutes, b.task_count, b.shown";

fn baseline_of(row: &Row) -> Outcome<Baseline> {
    let kind: String = row.get(6)?;
    Ok(Baseline {
        id: BaselineId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        number: row.get(2)?,
        name: Bilingual::new(row.get::<String>(3)?, row.get::<String>(4)?),
        reason: row.get(5)?,
        kind: BaselineKind::parse(&kind).ok_or_else(|| Fault::impossible("baseline", kind))?,
        taken_at: row.get(7)?,
        by: row.get::<Option<Uuid>>(8)?.map(UserId::from_uuid),
        revision: row.get(9)?,
        opens_on: row.get(10)?,
        room: row.get(11)?,
        tasks: row.get(12)?,
        shown: row.get(13)?,
    })
}

fn plan_of(row: &Row) -> Outcome<FrozenPlan> {
    let frozen: serde_json::Value = row.get(14)?;
    let frozen: Frozen = serde_json::from_value(frozen).map_err(|error| Fault::impossible("baseline", error))?;
    Ok(FrozenPlan { baseline: baseline_of(row)?, frozen })
}

/// The baselines of an edition with the name of who took each, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn baselines(q: &impl Query, edition: EditionId) -> Outcome<Vec<(Baseline, String)>> {
    let sql = format!(
        "select {COLUMNS}, u.name from baseline b left join \"user\" u on u.id = b.taken_by
         where b.edition_id = $1 order by b.number desc"
    );
    let rows = q.rows(&sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok((baseline_of(row)?, row.get::<Option<String>>(14)?.unwrap_or_default()))).collect()
}

/// One baseline of an edition with its tasks, by its number.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn baseline(q: &impl Query, edition: EditionId, number: i32) -> Outcome<Option<FrozenPlan>> {
    let sql = format!("select {COLUMNS}, b.frozen from baseline b where b.edition_id = $1 and b.number = $2");
    q.rows(&sql, values![edition.uuid(), number]).await?.first().map(plan_of).transpose()
}

/// The baseline pictures show, with its tasks; nothing when none was chosen.
///
/// # Errors
/// As [`baseline`].
pub async fn shown_baseline(q: &impl Query, edition: EditionId) -> Outcome<Option<FrozenPlan>> {
    let sql =
        format!("select {COLUMNS}, b.frozen from baseline b where b.edition_id = $1 and b.shown order by b.number");
    q.rows(&sql, values![edition.uuid()]).await?.first().map(plan_of).transpose()
}
