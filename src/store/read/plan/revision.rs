//! What changing a plan has to know: what hangs on tasks, the criteria they carry, and a person's own last changes.

use crate::{Outcome, Query, Reader, values};
use chrono::{DateTime, Utc};
use domain::plan::revision::{ChangeSet, EditLine, History};
use domain::{EditionId, PlaceId, PlanEditId, TaskId, UserId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What hangs on the tasks of an edition; tasks with nothing are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn histories(q: &impl Query, edition: EditionId) -> Outcome<HashMap<TaskId, History>> {
    let sql = "select 0, task_id, count(*) from task_report where edition_id = $1 group by task_id
               union all select 1, task_id, count(*) from measurement where edition_id = $1 group by task_id
               union all select 2, task_id, count(*) from deviation
                         where edition_id = $1 and task_id is not null group by task_id
               union all select 3, task_id, count(*) from duty
                         where edition_id = $1 and task_id is not null group by task_id";
    let mut found: HashMap<TaskId, History> = HashMap::new();
    for row in q.rows(sql, values![edition.uuid()]).await? {
        let (what, task, count): (i32, Uuid, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let history = found.entry(TaskId::from_uuid(task)).or_default();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        match what {
            0 => history.reports = count,
            1 => history.measurements = count,
            2 => history.deviations = count,
            _ => history.duties = count,
        }
    }
    Ok(found)
}

/// A person's own changes of a plan, the latest first, those taken back among them.
///
/// # Errors
/// When the database does not answer.
pub async fn edits(reader: &Reader, edition: EditionId, user: UserId, most: u32) -> Outcome<Vec<EditLine>> {
    let sql = "select id, at, word, codes, state, revision from plan_edit
               where edition_id = $1 and user_id = $2 and state <> 'dropped' order by at desc, id desc limit $3";
    let rows = reader.rows(sql, values![edition.uuid(), user.uuid(), i64::from(most)]).await?;
    rows.iter()
        .map(|row| {
            let codes: serde_json::Value = row.get(3)?;
            Ok(EditLine {
                id: PlanEditId::from_uuid(row.get(0)?),
                at: row.get::<DateTime<Utc>>(1)?,
                word: row.get(2)?,
                codes: serde_json::from_value(codes).unwrap_or_default(),
                undone: row.get::<String>(4)? == "undone",
                revision: row.get(5)?,
            })
        })
        .collect()
}

/// A change somebody made and may take back.
#[derive(Debug, Clone)]
pub struct PlanEdit {
    /// Identity.
    pub id: PlanEditId,
    /// Whose.
    pub user: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// Revision of the plan it led to.
    pub revision: i32,
    /// What was asked.
    pub word: String,
    /// Codes of the tasks it touched.
    pub codes: Vec<String>,
    /// What it did.
    pub set: ChangeSet,
}

/// The change a person would take back next, or make again: the latest done, or the latest taken back.
///
/// # Errors
/// When the database does not answer. A change this version cannot read any more answers as none.
pub async fn next_edit(q: &impl Query, edition: EditionId, user: UserId, redo: bool) -> Outcome<Option<PlanEdit>> {
    let (state, order) = if redo { ("undone", "undone_at desc, at, id") } else { ("done", "at desc, id desc") };
    let sql = format!(
        "select id, at, revision, word, codes, changes from plan_edit
         where edition_id = $1 and user_id = $2 and state = $3 order by {order} limit 1"
    );
    let rows = q.rows(&sql, values![edition.uuid(), user.uuid(), state]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (codes, changes): (serde_json::Value, serde_json::Value) = (row.get(4)?, row.get(5)?);
    let Ok(set) = serde_json::from_value(changes) else { return Ok(None) };
    Ok(Some(PlanEdit {
        id: PlanEditId::from_uuid(row.get(0)?),
        user,
        at: row.get(1)?,
        revision: row.get(2)?,
        word: row.get(3)?,
        codes: serde_json::from_value(codes).unwrap_or_default(),
        set,
    }))
}

/// A place and everything within it.
///
/// # Errors
/// When the database does not answer.
pub async fn places_within(reader: &Reader, edition: EditionId, place: PlaceId) -> Outcome<HashSet<PlaceId>> {
    let sql = "with recursive within (id) as (
                   select p.id from place p join edition e on e.venue_id = p.venue_id where e.id = $1 and p.id = $2
                   union select p.id from place p join within w on p.parent_id = w.id)
               select id from within";
    let rows = reader.rows(sql, values![edition.uuid(), place.uuid()]).await?;
    rows.iter().map(|row| Ok(PlaceId::from_uuid(row.get(0)?))).collect()
}

/// A person's living calendar feeds in an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn feeds(reader: &Reader, edition: EditionId, user: UserId) -> Outcome<Vec<domain::plan::feed::Feed>> {
    crate::record::calendar_feed::all(reader, edition, user).await
}
