//! Reading incidents: the list, one with its log and tasks, and what every screen warns of.

use crate::{Fault, Outcome, Query, Reader, Row, values};
use chrono::{DateTime, Utc};
use domain::plan::incident::verify;
use domain::plan::incident::{Incident, Line, LineKind};
use domain::plan::incident_view::{Alarm, IncidentPage, IncidentRow, IncidentTask};
use domain::plan::{Function, TaskState};
use domain::{Bilingual, EditionId, IncidentId, PlaceId, PlaceStateId, TaskId, UserId};
use uuid::Uuid;

/// The columns [`incident_of`] reads.
pub(crate) const INCIDENT: &str = "i.id, i.edition_id, i.number, i.entry, i.place_id, i.place_en, i.place_zh, i.note, \
    i.declared_by, i.declared_at, i.first_action_at, i.over_at, i.lines, i.head, i.version, \
    i.closure_id";

pub(crate) fn incident_of(row: &Row) -> Outcome<Incident> {
    Ok(Incident {
        id: IncidentId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        number: row.get(2)?,
        entry: row.get(3)?,
        place: row.get::<Option<Uuid>>(4)?.map(PlaceId::from_uuid),
        place_name: Bilingual::new(row.get::<String>(5)?, row.get::<String>(6)?),
        note: row.get(7)?,
        declared_by: UserId::from_uuid(row.get(8)?),
        declared_at: row.get(9)?,
        first_action_at: row.get(10)?,
        over_at: row.get(11)?,
        lines: row.get(12)?,
        head: row.get(13)?,
        version: row.get(14)?,
        closure: row.get::<Option<Uuid>>(15)?.map(PlaceStateId::from_uuid),
    })
}

/// Incidents of an edition, those going on first, then the latest.
///
/// # Errors
/// When the database does not answer.
pub async fn incidents(reader: &Reader, edition: EditionId) -> Outcome<Vec<IncidentRow>> {
    let sql = format!(
        "select {INCIDENT}, u.name from incident i left join \"user\" u on u.id = i.declared_by where i.edition_id = $1
         order by case when i.over_at is null then 0 else 1 end, i.number desc"
    );
    let rows = reader.rows(&sql, values![edition.uuid()]).await?;
    rows.iter().map(incident_row).collect()
}

fn incident_row(row: &Row) -> Outcome<IncidentRow> {
    Ok(IncidentRow { incident: incident_of(row)?, declared_by: row.get::<Option<String>>(16)?.unwrap_or_default() })
}

/// One incident by its number.
///
/// # Errors
/// When the database does not answer.
pub async fn by_number(q: &impl Query, edition: EditionId, number: i32) -> Outcome<Option<IncidentRow>> {
    let sql = format!(
        "select {INCIDENT}, u.name from incident i left join \"user\" u on u.id = i.declared_by
         where i.edition_id = $1 and i.number = $2"
    );
    q.rows(&sql, values![edition.uuid(), number]).await?.first().map(incident_row).transpose()
}

/// Everything on the page of one incident; its log is checked on the way.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    reader: &Reader,
    edition: EditionId,
    number: i32,
    now: DateTime<Utc>,
) -> Outcome<Option<IncidentPage>> {
    let Some(row) = by_number(reader, edition, number).await? else { return Ok(None) };
    let log = log(reader, row.incident.id).await?;
    let broken = verify(&row.incident, &log).err();
    let tasks = tasks(reader, row.incident.id).await?;
    Ok(Some(IncidentPage { row, log, broken, tasks, now }))
}

/// The log of an incident, from its first line.
///
/// # Errors
/// When the database does not answer.
pub async fn log(q: &impl Query, incident: IncidentId) -> Outcome<Vec<Line>> {
    let sql = "select seq, at, \"by\", by_name, kind, text, previous, seal from incident_line
               where incident_id = $1 order by seq";
    let rows = q.rows(sql, values![incident.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let kind: String = row.get(4)?;
            Ok(Line {
                seq: row.get(0)?,
                at: row.get(1)?,
                by: row.get::<Option<Uuid>>(2)?.map(UserId::from_uuid),
                by_name: row.get(3)?,
                kind: LineKind::parse(&kind).ok_or_else(|| Fault::impossible("incident_line", kind))?,
                text: row.get(5)?,
                previous: row.get(6)?,
                seal: row.get(7)?,
            })
        })
        .collect()
}

/// The tasks that came with an incident, in their order.
///
/// # Errors
/// When the database does not answer.
pub async fn tasks(reader: &Reader, incident: IncidentId) -> Outcome<Vec<IncidentTask>> {
    let sql = "select t.id, t.code, t.name_en, t.name_zh, t.state, t.role, u.name, t.early_finish from incident_task x
               join task t on t.id = x.task_id left join \"user\" u on u.id = t.owner_id
               where x.incident_id = $1 order by t.sort, t.code";
    let rows = reader.rows(sql, values![incident.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let (state, role): (String, String) = (row.get(4)?, row.get(5)?);
            Ok(IncidentTask {
                id: TaskId::from_uuid(row.get(0)?),
                code: row.get(1)?,
                name: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
                state: TaskState::parse(&state).ok_or_else(|| Fault::impossible("task", state))?,
                role: Function::parse(&role).ok_or_else(|| Fault::impossible("task", role))?,
                owner: row.get::<Option<String>>(6)?.unwrap_or_default(),
                due: row.get(7)?,
            })
        })
        .collect()
}

/// The incidents going on in an edition, the latest first: what every screen warns of.
///
/// # Errors
/// When the database does not answer.
pub async fn alarms(q: &impl Query, edition: EditionId) -> Outcome<Vec<Alarm>> {
    let sql = "select number, entry, place_en, place_zh, declared_at, first_action_at from incident
               where edition_id = $1 and over_at is null order by number desc limit 5";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Alarm {
                number: row.get(0)?,
                entry: row.get(1)?,
                place: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
                declared_at: row.get(4)?,
                first_action_at: row.get(5)?,
            })
        })
        .collect()
}

/// The incident and number a task came with, if it came with one.
///
/// # Errors
/// When the database does not answer.
pub async fn of_task(q: &impl Query, task: TaskId) -> Outcome<Option<i32>> {
    let sql = "select i.number from incident_task x join incident i on i.id = x.incident_id where x.task_id = $1";
    q.scalar(sql, values![task.uuid()]).await
}
