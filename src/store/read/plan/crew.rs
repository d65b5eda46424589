//! Crews and what tasks need of them.

use crate::{Outcome, Query, Row, values};
use domain::plan::{Crew, CrewNeed};
use domain::{Bilingual, CalendarId, CrewId, EditionId, TaskId};
use std::collections::HashMap;
use uuid::Uuid;

/// The crews of an edition, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn crews(q: &impl Query, edition: EditionId) -> Outcome<Vec<Crew>> {
    let sql = "select id, edition_id, code, name_en, name_zh, quantity, calendar_id, version from crew
               where edition_id = $1 order by code";
    q.rows(sql, values![edition.uuid()]).await?.iter().map(crew_of).collect()
}

/// One crew of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn crew(q: &impl Query, edition: EditionId, id: CrewId) -> Outcome<Option<Crew>> {
    let sql = "select id, edition_id, code, name_en, name_zh, quantity, calendar_id, version from crew
               where edition_id = $1 and id = $2";
    q.rows(sql, values![edition.uuid(), id.uuid()]).await?.first().map(crew_of).transpose()
}

fn crew_of(row: &Row) -> Outcome<Crew> {
    Ok(Crew {
        id: CrewId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        code: row.get(2)?,
        name: Bilingual::new(row.get::<String>(3)?, row.get::<String>(4)?),
        quantity: row.get(5)?,
        calendar: row.get::<Option<Uuid>>(6)?.map(CalendarId::from_uuid),
        version: row.get(7)?,
    })
}

/// What all tasks of an edition need of its crews.
///
/// # Errors
/// When the database does not answer.
pub async fn crew_needs(q: &impl Query, edition: EditionId) -> Outcome<Vec<CrewNeed>> {
    let sql = "select task_id, crew_id, quantity from task_crew where edition_id = $1 order by task_id, crew_id";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    let need = |row: &Row| -> Outcome<CrewNeed> {
        Ok(CrewNeed {
            task: TaskId::from_uuid(row.get(0)?),
            crew: CrewId::from_uuid(row.get(1)?),
            quantity: row.get(2)?,
        })
    };
    rows.iter().map(need).collect()
}

/// The calendar of the crew of each task that needs one with a calendar; of several, the first by code.
pub(super) async fn crew_calendars(q: &impl Query, edition: EditionId) -> Outcome<HashMap<TaskId, CalendarId>> {
    let sql = "select n.task_id, c.calendar_id from task_crew n join crew c on c.id = n.crew_id
               where n.edition_id = $1 and c.calendar_id is not null order by c.code desc";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok((TaskId::from_uuid(row.get(0)?), CalendarId::from_uuid(row.get(1)?)))).collect()
}
