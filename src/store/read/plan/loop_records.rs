//! What hangs on one task: indicators, measurements, reports, deviations.

use crate::{Fault, Outcome, Query, Reader, Row, values};
use chrono::{DateTime, Utc};
use domain::plan::deviation::{Deviation, DeviationState, Severity, Source};
use domain::plan::view::{File, Measured, Report};
use domain::plan::{Comparison, Indicator, IndicatorKind, Measurement, Target};
use domain::{Bilingual, DeviationId, DocumentId, EditionId, IndicatorId, MeasurementId, PlaceId, TaskId, UserId};
use uuid::Uuid;

/// The criteria of a task, in order.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn indicators(q: &impl Query, edition: EditionId, task: TaskId) -> Outcome<Vec<Indicator>> {
    let sql = "select id, name_en, name_zh, kind, unit, comparison, target, mandatory, sort from indicator
               where edition_id = $1 and task_id = $2 order by sort, id";
    let rows = q.rows(sql, values![edition.uuid(), task.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let (kind, comparison, target): (String, String, String) = (row.get(3)?, row.get(5)?, row.get(6)?);
            let wanted = Comparison::parse(&comparison).zip(target.parse::<f64>().ok());
            Ok(Indicator {
                id: IndicatorId::from_uuid(row.get(0)?),
                edition,
                task,
                name: Bilingual::new(row.get::<String>(1)?, row.get::<String>(2)?),
                kind: IndicatorKind::parse(&kind).ok_or_else(|| Fault::impossible("indicator", kind))?,
                unit: row.get(4)?,
                target: wanted.map(|(comparison, value)| Target::new(comparison, value)),
                mandatory: row.get(7)?,
                sort: row.get(8)?,
            })
        })
        .collect()
}

const MEASUREMENT: &str =
    "m.id, m.indicator_id, m.round, m.value, m.passed, m.note, m.document_id, m.measured_by, m.at";

fn measurement_of(row: &Row, edition: EditionId, task: TaskId) -> Outcome<Measurement> {
    let value: String = row.get(3)?;
    Ok(Measurement {
        id: MeasurementId::from_uuid(row.get(0)?),
        edition,
        indicator: IndicatorId::from_uuid(row.get(1)?),
        task,
        round: row.get(2)?,
        value: value.parse().map_err(|_| Fault::impossible("measurement", &value))?,
        passed: row.get(4)?,
        note: row.get(5)?,
        document: row.get::<Option<Uuid>>(6)?.map(DocumentId::from_uuid),
        by: UserId::from_uuid(row.get::<Option<Uuid>>(7)?.unwrap_or_default()),
        at: row.get(8)?,
    })
}

/// Everything measured at a task.
///
/// # Errors
/// When the database does not answer.
pub async fn measurements(q: &impl Query, edition: EditionId, task: TaskId) -> Outcome<Vec<Measurement>> {
    let sql = format!(
        "select {MEASUREMENT} from measurement m where m.edition_id = $1 and m.task_id = $2 order by m.at, m.id"
    );
    let rows = q.rows(&sql, values![edition.uuid(), task.uuid()]).await?;
    rows.iter().map(|row| measurement_of(row, edition, task)).collect()
}

/// Everything measured at a task with names and files, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn measured(reader: &Reader, edition: EditionId, task: TaskId) -> Outcome<Vec<Measured>> {
    let sql = format!(
        "select {MEASUREMENT}, u.name, d.name, d.size from measurement m left join \"user\" u on u.id = m.measured_by
         left join document d on d.id = m.document_id
         where m.edition_id = $1 and m.task_id = $2 order by m.at desc, m.id desc"
    );
    let rows = reader.rows(&sql, values![edition.uuid(), task.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let measurement = measurement_of(row, edition, task)?;
            let document = file(row, measurement.document, 10)?;
            Ok(Measured { measurement, by: row.get::<Option<String>>(9)?.unwrap_or_default(), document })
        })
        .collect()
}

fn file(row: &Row, id: Option<DocumentId>, name: usize) -> Outcome<Option<File>> {
    match (id, row.get::<Option<String>>(name)?) {
        (Some(id), Some(text)) => {
            Ok(Some(File { id, name: text, size: row.get::<Option<i64>>(name + 1)?.unwrap_or_default() }))
        }
        _ => Ok(None),
    }
}

/// What was said at the steps of a task's loop, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn reports(reader: &Reader, edition: EditionId, task: TaskId) -> Outcome<Vec<Report>> {
    let sql = "select r.round, r.kind, r.text, r.document_id, r.at, u.name, d.name, d.size from task_report r
               left join \"user\" u on u.id = r.\"by\" left join document d on d.id = r.document_id
               where r.edition_id = $1 and r.task_id = $2 order by r.at desc, r.id desc";
    let rows = reader.rows(sql, values![edition.uuid(), task.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let document = row.get::<Option<Uuid>>(3)?.map(DocumentId::from_uuid);
            Ok(Report {
                round: row.get(0)?,
                kind: row.get(1)?,
                text: row.get(2)?,
                document: file(row, document, 6)?,
                by: row.get::<Option<String>>(5)?.unwrap_or_default(),
                at: row.get(4)?,
            })
        })
        .collect()
}

/// Who handed in the given round of a task, and when.
///
/// # Errors
/// When the database does not answer.
pub async fn doer(
    q: &impl Query,
    edition: EditionId,
    task: TaskId,
    round: i32,
) -> Outcome<Option<(UserId, DateTime<Utc>)>> {
    let sql = "select \"by\", at from task_report where edition_id = $1 and task_id = $2 and round = $3
               and kind = 'submit' order by at desc, id desc limit 1";
    let rows = q.rows(sql, values![edition.uuid(), task.uuid(), round]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let at = row.get(1)?;
    Ok(row.get::<Option<Uuid>>(0)?.map(|by| (UserId::from_uuid(by), at)))
}

/// How many blocking deviations of a task are open.
///
/// # Errors
/// When the database does not answer.
pub async fn blocking_open(q: &impl Query, edition: EditionId, task: TaskId) -> Outcome<u32> {
    let sql = "select count(*) from deviation where edition_id = $1 and task_id = $2 and state = 'open'
               and severity = 'blocking'";
    let count: Option<i64> = q.scalar(sql, values![edition.uuid(), task.uuid()]).await?;
    Ok(u32::try_from(count.unwrap_or_default()).unwrap_or(u32::MAX))
}

pub(crate) const DEVIATION: &str = "v.id, v.edition_id, v.task_id, v.round, v.severity, v.title, v.cause, \
    v.corrective_action, v.owner_id, v.due_on, v.state, v.opened_by, v.opened_at, v.closed_by, v.closed_at, v.proof, \
    v.version, v.source, v.title_zh, v.dedup, v.place_id, v.level, v.level_at";
/// How many columns [`DEVIATION`] has: what a query adds stands behind them.
pub(crate) const DEVIATION_COLUMNS: usize = 23;

pub(crate) fn deviation_of(row: &Row) -> Outcome<Deviation> {
    let (severity, state, source): (String, String, String) = (row.get(4)?, row.get(10)?, row.get(17)?);
    let user = |column: usize| row.get::<Option<Uuid>>(column).map(|id| id.map(UserId::from_uuid));
    Ok(Deviation {
        id: DeviationId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        task: row.get::<Option<Uuid>>(2)?.map(TaskId::from_uuid),
        round: row.get(3)?,
        severity: Severity::parse(&severity).ok_or_else(|| Fault::impossible("deviation", severity))?,
        title: row.get(5)?,
        cause: row.get(6)?,
        corrective_action: row.get(7)?,
        owner: user(8)?,
        due_on: row.get(9)?,
        state: DeviationState::parse(&state).ok_or_else(|| Fault::impossible("deviation", state))?,
        opened_by: user(11)?.unwrap_or(UserId::from_uuid(Uuid::nil())),
        opened_at: row.get(12)?,
        closed_by: user(13)?,
        closed_at: row.get(14)?,
        proof: row.get(15)?,
        version: row.get(16)?,
        source: Source::parse(&source).ok_or_else(|| Fault::impossible("deviation", source))?,
        title_zh: row.get(18)?,
        dedup: row.get(19)?,
        place: row.get::<Option<Uuid>>(20)?.map(PlaceId::from_uuid),
        level: row.get(21)?,
        level_at: row.get(22)?,
    })
}

/// A deviation of the edition, if there is one with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn deviation(q: &impl Query, edition: EditionId, id: DeviationId) -> Outcome<Option<Deviation>> {
    let sql = format!("select {DEVIATION} from deviation v where v.edition_id = $1 and v.id = $2");
    let rows = q.rows(&sql, values![edition.uuid(), id.uuid()]).await?;
    rows.first().map(deviation_of).transpose()
}
