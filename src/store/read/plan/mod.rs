//! Reading plans. [`sheet`] loads the stored plan, for pages and for use cases alike; [`board`] adds
//! names; the rest answers the page of one task, a person's own work and the deviations.

mod baseline;
mod changes;
pub mod commitment;
mod crew;
mod exchange;
pub mod gate;
pub mod incident;
mod indicator;
mod levelling;
mod lists;
mod loop_records;
mod page;
mod revision;
mod risk;
mod row;
mod scenario;
mod settings;
pub mod space;
pub mod watch;

pub use baseline::{baseline, baselines, shown_baseline};
pub use changes::{change, changes};
pub use crew::{crew, crew_needs, crews};
pub use exchange::{people, upload};
pub use indicator::{Latest, all_indicators, indicators, latest};
pub use levelling::{levelling, levelling_stops, levellings};
pub use lists::{deadline, deviation_row, deviations, duties_of, duty_progress};
pub use loop_records::{blocking_open, deviation, doer, measured, measurements, reports};
pub use page::task_page;
pub use revision::{PlanEdit, edits, feeds, histories, next_edit, places_within};
pub use risk::{latest_risk_run, risk, risk_run, risk_runs, risks};
pub use scenario::{scenario, scenarios};

use crate::{Fault, Outcome, Query, Reader, values};
use chrono::{DateTime, Utc};
use domain::plan::task::{LagKind, LinkOrigin, Release, TaskLink};
use domain::plan::view::{Board, Names};
use domain::plan::{LinkKind, Sheet};
use domain::{Bilingual, CalendarId, EditionId, LinkId, PlaceId, TaskId, UserId};
use uuid::Uuid;

pub(crate) use row::{TASK_COLUMNS, task_of};

/// The plan of an edition, if it has one.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn sheet(q: &impl Query, edition: EditionId) -> Outcome<Option<Sheet>> {
    let sql = "select p.template, p.data_date, p.revision, e.time_zone, e.opens_on, p.currency, p.critical_threshold,
               p.lag_calendar, p.progress, p.calendar_id
               from plan p join edition e on e.id = p.edition_id where p.edition_id = $1";
    let found = q.rows(sql, values![edition.uuid()]).await?;
    let Some(head) = found.first() else { return Ok(None) };
    let zone: String = head.get(3)?;
    let sql = format!("select {TASK_COLUMNS} from task t where t.edition_id = $1 order by t.sort, t.code");
    let tasks = q.rows(&sql, values![edition.uuid()]).await?;
    Ok(Some(Sheet {
        edition,
        zone: zone.parse().map_err(|_| Fault::impossible("edition", &zone))?,
        opens_on: head.get(4)?,
        template: head.get(0)?,
        data_date: head.get(1)?,
        revision: head.get(2)?,
        currency: head.get(5)?,
        options: settings::options(head)?,
        default_calendar: head.get::<Option<Uuid>>(9)?.map(CalendarId::from_uuid),
        calendars: settings::calendars(q, edition).await?,
        crew_calendars: crew::crew_calendars(q, edition).await?,
        tasks: tasks.iter().map(task_of).collect::<Outcome<_>>()?,
        links: links(q, edition).await?,
        space: space::space(q, edition).await?,
    }))
}

async fn links(q: &impl Query, edition: EditionId) -> Outcome<Vec<TaskLink>> {
    let sql = "select id, from_id, to_id, kind, lag_minutes, release, lag_kind, max_lag_minutes, origin, reason, \"by\"
               from task_link where edition_id = $1 order by id";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let (kind, release): (String, String) = (row.get(3)?, row.get(5)?);
            let (lag_kind, origin): (String, String) = (row.get(6)?, row.get(8)?);
            Ok(TaskLink {
                id: LinkId::from_uuid(row.get(0)?),
                edition,
                from: TaskId::from_uuid(row.get(1)?),
                to: TaskId::from_uuid(row.get(2)?),
                kind: LinkKind::parse(&kind).ok_or_else(|| Fault::impossible("task_link", kind))?,
                lag: row.get(4)?,
                lag_kind: LagKind::parse(&lag_kind).ok_or_else(|| Fault::impossible("task_link", lag_kind))?,
                max_lag: row.get(7)?,
                origin: LinkOrigin::parse(&origin).ok_or_else(|| Fault::impossible("task_link", origin))?,
                reason: row.get(9)?,
                by: row.get::<Option<Uuid>>(10)?.map(UserId::from_uuid),
                release: Release::parse(&release).ok_or_else(|| Fault::impossible("task_link", release))?,
            })
        })
        .collect()
}

/// The plan of an edition with everything named, if it has one.
///
/// # Errors
/// When the database does not answer or holds a ring of links.
pub async fn board(reader: &Reader, edition: EditionId, now: DateTime<Utc>) -> Outcome<Option<Board>> {
    let Some(sheet) = sheet(reader, edition).await? else { return Ok(None) };
    let names = names(reader, edition).await?;
    match Board::of(sheet, names, now) {
        Some(board) => Ok(Some(board)),
        None => Err(Fault::impossible("task_link", "a ring")),
    }
}

/// Names that stand beside the tasks of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn names(q: &impl Query, edition: EditionId) -> Outcome<Names> {
    let mut names = Names::default();
    // Three passes over the tasks instead of a pass over them for every user.
    let people = "select u.id, u.name from \"user\" u where u.id in (
                  select owner_id from task where edition_id = $1 union select checker_id from task where edition_id = $1
                  union select confirmer_id from task where edition_id = $1)";
    for row in q.rows(people, values![edition.uuid()]).await? {
        names.people.insert(UserId::from_uuid(row.get(0)?), row.get(1)?);
    }
    let places = "select p.id, p.name_en, p.name_zh from place p
                  where p.id in (select place_id from task where edition_id = $1)";
    for row in q.rows(places, values![edition.uuid()]).await? {
        let name = Bilingual::new(row.get::<String>(1)?, row.get::<String>(2)?);
        names.places.insert(PlaceId::from_uuid(row.get(0)?), name);
    }
    let open = "select task_id, count(*) from deviation where edition_id = $1 and state = 'open' group by task_id";
    for row in q.rows(open, values![edition.uuid()]).await? {
        if let Some(task) = row.get::<Option<Uuid>>(0)? {
            names.deviations.insert(TaskId::from_uuid(task), u32::try_from(row.get::<i64>(1)?).unwrap_or(u32::MAX));
        }
    }
    Ok(names)
}

/// The places of an edition's venue that a task can be given: those that hold work, not single stands.
///
/// # Errors
/// When the database does not answer.
pub async fn places(reader: &Reader, edition: EditionId) -> Outcome<Vec<(PlaceId, String, Bilingual)>> {
    let sql = "select p.id, p.kind, p.name_en, p.name_zh from place p join edition e on e.venue_id = p.venue_id
               where e.id = $1 and (p.edition_id is null or p.edition_id = e.id) and p.kind not in ('stand', 'aisle')
               order by p.sort, p.code";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let name = Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?);
            Ok((PlaceId::from_uuid(row.get(0)?), row.get(1)?, name))
        })
        .collect()
}
