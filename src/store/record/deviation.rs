//! What supervision saves: deviations, their corrective actions, the reporting rhythm, reports of progress.

use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::deviation::Deviation;
use domain::plan::rhythm::Rhythm;
use domain::{DeviationId, EditionId, PlaceId, ReportId, TaskId, UserId};
use uuid::Uuid;

/// Adds a deviation.
///
/// # Errors
/// `Taken` when its cause has an open one already.
pub async fn insert_deviation(tx: &Tx, one: &Deviation) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "task_id",
        "round",
        "severity",
        "title",
        "title_zh",
        "source",
        "dedup",
        "place_id",
        "level",
        "level_at",
        "cause",
        "corrective_action",
        "owner_id",
        "due_on",
        "state",
        "opened_by",
        "opened_at",
        "closed_by",
        "closed_at",
        "proof",
        "version",
    ];
    let row = values![
        one.id.uuid(),
        one.edition.uuid(),
        one.task.map(TaskId::uuid),
        one.round,
        one.severity.code(),
        one.title.as_str(),
        one.title_zh.as_str(),
        one.source.code(),
        one.dedup.clone(),
        one.place.map(PlaceId::uuid),
        one.level,
        one.level_at,
        one.cause.as_str(),
        one.corrective_action.as_str(),
        one.owner.map(UserId::uuid),
        one.due_on,
        one.state.code(),
        one.opened_by.uuid(),
        one.opened_at,
        one.closed_by.map(UserId::uuid),
        one.closed_at,
        one.proof.as_str(),
        one.version
    ];
    tx.insert("deviation", &columns, vec![row]).await
}

/// Saves a deviation if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_deviation(tx: &Tx, one: &Deviation) -> Outcome<()> {
    let touched = tx
        .run(
            "update deviation set severity = $3, title = $4, title_zh = $5, level = $6, level_at = $7, cause = $8,
             corrective_action = $9, owner_id = $10, due_on = $11, state = $12, closed_by = $13, closed_at = $14,
             proof = $15, version = version + 1 where id = $1 and version = $2",
            values![
                one.id.uuid(),
                one.version,
                one.severity.code(),
                one.title.as_str(),
                one.title_zh.as_str(),
                one.level,
                one.level_at,
                one.cause.as_str(),
                one.corrective_action.as_str(),
                one.owner.map(UserId::uuid),
                one.due_on,
                one.state.code(),
                one.closed_by.map(UserId::uuid),
                one.closed_at,
                one.proof.as_str()
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Ties a corrective action to its deviation.
///
/// # Errors
/// `Taken` when the task is one already.
pub async fn insert_action(
    tx: &Tx,
    id: Uuid,
    edition: EditionId,
    deviation: DeviationId,
    task: TaskId,
    now: DateTime<Utc>,
) -> Outcome<()> {
    let columns = ["id", "edition_id", "deviation_id", "task_id", "created_at"];
    tx.insert("deviation_action", &columns, vec![values![id, edition.uuid(), deviation.uuid(), task.uuid(), now]]).await
}

/// Saves the rhythm of a phase if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_rhythm(tx: &Tx, edition: EditionId, one: &Rhythm) -> Outcome<()> {
    let bound = values![
        edition.uuid(),
        one.phase.code(),
        one.every.code(),
        i32::try_from(one.weekday).unwrap_or(1),
        one.due,
        one.from,
        one.until,
        one.closing_every.code(),
        one.closing_days,
        one.grace,
        one.version
    ];
    let sql = if one.version == 0 {
        "insert into plan_rhythm (edition_id, phase, every, weekday, due_minute, from_minute, until_minute,
         closing_every, closing_days, grace_minutes, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1) on conflict (edition_id, phase) do nothing"
    } else {
        "update plan_rhythm set every = $3, weekday = $4, due_minute = $5, from_minute = $6, until_minute = $7,
         closing_every = $8, closing_days = $9, grace_minutes = $10, version = version + 1
         where edition_id = $1 and phase = $2 and version = $11"
    };
    if tx.run(sql, bound).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// A word on how far a task is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Its id.
    pub id: ReportId,
    /// The task.
    pub task: TaskId,
    /// How far.
    pub percent: i32,
    /// Who says so.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps reports of progress.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_progress(tx: &Tx, edition: EditionId, reports: &[Progress]) -> Outcome<()> {
    let rows = reports
        .iter()
        .map(|one| values![one.id.uuid(), edition.uuid(), one.task.uuid(), one.percent, one.by.uuid(), one.at]);
    tx.insert("progress_report", &["id", "edition_id", "task_id", "percent", "by", "at"], rows).await
}
