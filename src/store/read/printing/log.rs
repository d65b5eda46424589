//! Stations, queues and the print log.

use super::{JOB, JOB_WIDTH, job_of, list_of};
use crate::{Fault, Outcome, Query, Reader, Row, read::sales::contains, values};
use chrono::{DateTime, Utc};
use domain::printing::view::{BatchLine, JobLine, LogFilter, PrintCounts, StationLine};
use domain::printing::{Failure, JobState, Station, StationFormat};
use domain::{BadgeLayoutId, EditionId, PrintBatchId, PrintJobId, PrintStationId};
use std::collections::HashMap;
use uuid::Uuid;

const STATION: &str = "s.id, s.edition_id, s.name, s.place, s.format, s.dpi, s.layout_id, s.failover_id, s.paused, \
                       s.trouble, s.trouble_at, s.seen_at, s.agent, s.removed_at, s.version";

fn station_of(row: &Row) -> Outcome<Station> {
    let wrong = |what: &str| Fault::impossible("print_station", what);
    let format: String = row.get(4)?;
    let trouble: Option<String> = row.get(9)?;
    Ok(Station {
        id: PrintStationId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        name: row.get(2)?,
        place: row.get(3)?,
        format: StationFormat::parse(&format).ok_or_else(|| wrong(&format))?,
        dpi: u16::try_from(row.get::<i32>(5)?).map_err(|e| Fault::impossible("print_station", e))?,
        layout: row.get::<Option<Uuid>>(6)?.map(BadgeLayoutId::from_uuid),
        failover: row.get::<Option<Uuid>>(7)?.map(PrintStationId::from_uuid),
        paused: row.get(8)?,
        trouble: trouble.map(|code| Failure::parse(&code).ok_or_else(|| wrong(&code))).transpose()?,
        trouble_at: row.get(10)?,
        seen_at: row.get(11)?,
        agent: row.get(12)?,
        removed_at: row.get(13)?,
        version: row.get(14)?,
    })
}

/// The stations of an edition that are in use, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn stations(q: &impl Query, edition: EditionId) -> Outcome<Vec<Station>> {
    let sql = format!(
        "select {STATION} from print_station s where s.edition_id = $1 and s.removed_at is null order by s.name, s.id"
    );
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(station_of).collect()
}

/// One station of an edition, also one out of use.
///
/// # Errors
/// When the database does not answer.
pub async fn station(q: &impl Query, edition: EditionId, id: PrintStationId) -> Outcome<Option<Station>> {
    let sql = format!("select {STATION} from print_station s where s.edition_id = $1 and s.id = $2");
    q.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(station_of).transpose()
}

/// The station in use that holds a key, by the key's hash.
///
/// # Errors
/// When the database does not answer.
pub async fn station_by_key(q: &impl Query, key_hash: &str) -> Outcome<Option<Station>> {
    let sql = format!("select {STATION} from print_station s where s.key_hash = $1 and s.removed_at is null");
    q.rows(&sql, values![key_hash]).await?.first().map(station_of).transpose()
}

/// The stations in use with their queues and what they printed since `since`.
///
/// # Errors
/// When the database does not answer.
pub async fn station_lines(reader: &Reader, edition: EditionId, since: DateTime<Utc>) -> Outcome<Vec<StationLine>> {
    let sql = "select j.station_id, j.state, count(*) from print_job j
               where j.edition_id = $1 and j.station_id is not null
               and (j.state in ('waiting', 'printing', 'failed', 'unsure') or (j.state = 'printed' and j.finished_at >= $2))
               group by j.station_id, j.state";
    let mut counts: HashMap<(Uuid, String), i64> = HashMap::new();
    for row in reader.rows(sql, values![edition.uuid(), since]).await? {
        counts.insert((row.get(0)?, row.get(1)?), row.get(2)?);
    }
    let sql = format!(
        "select {STATION}, l.name, f.name from print_station s left join badge_layout l on l.id = s.layout_id
         left join print_station f on f.id = s.failover_id and f.removed_at is null
         where s.edition_id = $1 and s.removed_at is null order by s.name, s.id"
    );
    let line = |row: &Row| -> Outcome<StationLine> {
        let station = station_of(row)?;
        let of = |state: JobState| counts.get(&(station.id.uuid(), state.code().to_owned())).copied().unwrap_or(0);
        Ok(StationLine {
            waiting: of(JobState::Waiting),
            printing: of(JobState::Printing),
            open: of(JobState::Failed) + of(JobState::Unsure),
            printed: of(JobState::Printed),
            layout: row.get(15)?,
            failover: row.get(16)?,
            station,
        })
    };
    reader.rows(&sql, values![edition.uuid()]).await?.iter().map(line).collect()
}

/// Whether an agent's question would find anything to do: a job for one of these stations, one of this station that is
/// out, or one that any agent kept too long.
///
/// # Errors
/// When the database does not answer.
pub async fn waits(
    reader: &Reader,
    edition: EditionId,
    station: PrintStationId,
    serves: &[PrintStationId],
    now: DateTime<Utc>,
) -> Outcome<bool> {
    let (list, mut bound) = list_of(serves.iter().map(|id| id.uuid()), 4);
    let waiting = if serves.is_empty() {
        String::new()
    } else {
        format!(
            " union all select 1 from print_job j where j.edition_id = $1 and j.state = 'waiting'
             and j.not_before <= $3 and j.station_id in ({list})"
        )
    };
    let sql = format!(
        "select count(*) from (select 1 from print_job j where j.edition_id = $1 and j.state = 'printing'
         and (j.station_id = $2 or j.lease_until < $3){waiting} limit 1) t"
    );
    let mut all = values![edition.uuid(), station.uuid(), now];
    all.append(&mut bound);
    Ok(reader.scalar::<i64>(&sql, all).await?.unwrap_or(0) > 0)
}

/// How the print room is doing.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(reader: &Reader, edition: EditionId, since: DateTime<Utc>) -> Outcome<PrintCounts> {
    let sql = "select j.state, count(*) from print_job j where j.edition_id = $1
               and (j.state in ('waiting', 'printing', 'failed', 'unsure') or (j.state = 'printed' and j.finished_at >= $2))
               group by j.state";
    let mut found = PrintCounts::default();
    for row in reader.rows(sql, values![edition.uuid(), since]).await? {
        let count: i64 = row.get(1)?;
        match JobState::parse(&row.get::<String>(0)?) {
            Some(JobState::Waiting) => found.waiting = count,
            Some(JobState::Printing) => found.printing = count,
            Some(JobState::Printed) => found.printed_today = count,
            Some(JobState::Failed | JobState::Unsure) => found.open += count,
            Some(JobState::Cancelled) | None => {}
        }
    }
    Ok(found)
}

/// Badges printed since a moment.
///
/// # Errors
/// When the database does not answer.
pub async fn printed_since(reader: &Reader, edition: EditionId, since: DateTime<Utc>) -> Outcome<i64> {
    let sql = "select count(*) from print_job where edition_id = $1 and state = 'printed' and finished_at >= $2";
    Ok(reader.scalar(sql, values![edition.uuid(), since]).await?.unwrap_or(0))
}

/// A page of the log.
#[derive(Clone, Debug)]
pub struct LogPage {
    /// Jobs, newest first.
    pub lines: Vec<JobLine>,
    /// The id to go on before, if there are more.
    pub next: Option<PrintJobId>,
}

const LINE: &str = "r.display_name, r.company, c.serial, s.name from print_job j
                    left join registration r on r.id = j.registration_id and r.edition_id = j.edition_id
                    left join credential c on c.id = j.credential_id and c.edition_id = j.edition_id
                    left join print_station s on s.id = j.station_id";

fn line_of(row: &Row) -> Outcome<JobLine> {
    Ok(JobLine {
        job: job_of(row)?,
        name: row.get::<Option<String>>(JOB_WIDTH)?.unwrap_or_default(),
        company: row.get::<Option<String>>(JOB_WIDTH + 1)?.unwrap_or_default(),
        serial: row.get(JOB_WIDTH + 2)?,
        station: row.get(JOB_WIDTH + 3)?,
    })
}

/// The log, newest first, those before `before`.
///
/// # Errors
/// When the database does not answer.
pub async fn jobs(
    reader: &Reader,
    edition: EditionId,
    filter: &LogFilter,
    before: Option<PrintJobId>,
    limit: usize,
) -> Outcome<LogPage> {
    let mut bound = values![edition.uuid()];
    let mut parts = vec!["j.edition_id = $1".to_owned()];
    let mut equals = |column: &str, sign: &str, value: Option<sea_orm::Value>| {
        if let Some(value) = value {
            bound.push(value);
            parts.push(format!("j.{column} {sign} ${}", bound.len()));
        }
    };
    equals("station_id", "=", filter.station.map(|id| id.uuid().into()));
    equals("registration_id", "=", filter.registration.map(|id| id.uuid().into()));
    equals("credential_id", "=", filter.credential.map(|id| id.uuid().into()));
    equals("batch_id", "=", filter.batch.map(|id| id.uuid().into()));
    equals("id", "<", before.map(|id| id.uuid().into()));
    if !filter.words.trim().is_empty() {
        bound.push(contains(&filter.words).into());
        bound.push(filter.words.trim().into());
        let last = bound.len();
        parts.push(format!(
            "(lower(r.display_name) like ${0} escape '\\' or lower(r.company) like ${0} escape '\\'
              or cast(c.serial as text) = ${last})",
            last - 1
        ));
    }
    if !filter.states.is_empty() {
        let codes: Vec<String> = filter.states.iter().map(|state| format!("'{}'", state.code())).collect();
        parts.push(format!("j.state in ({})", codes.join(", ")));
    }
    let sql = format!(
        "select {JOB}, {LINE} where {} order by j.edition_id desc, j.id desc limit {}",
        parts.join(" and "),
        limit + 1
    );
    let rows = reader.rows(&sql, bound).await?;
    let mut lines: Vec<JobLine> = rows.iter().map(line_of).collect::<Outcome<_>>()?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|line| line.job.id);
    Ok(LogPage { lines, next })
}

/// What waits, in the order it is printed.
///
/// # Errors
/// When the database does not answer.
pub async fn queue(
    reader: &Reader,
    edition: EditionId,
    station: Option<PrintStationId>,
    limit: u32,
) -> Outcome<Vec<JobLine>> {
    let mut bound = values![edition.uuid()];
    let mut of = "j.station_id is not null".to_owned();
    if let Some(station) = station {
        bound.push(station.uuid().into());
        of = "j.station_id = $2".to_owned();
    }
    let sql = format!(
        "select {JOB}, {LINE} where j.edition_id = $1 and j.state = 'waiting' and {of} order by j.rank, j.id limit {limit}"
    );
    reader.rows(&sql, bound).await?.iter().map(line_of).collect()
}

/// One job.
///
/// # Errors
/// When the database does not answer.
pub async fn job_line(reader: &Reader, edition: EditionId, id: PrintJobId) -> Outcome<Option<JobLine>> {
    let sql = format!("select {JOB}, {LINE} where j.edition_id = $1 and j.id = $2");
    reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(line_of).transpose()
}

const BATCH: &str = "select b.id, b.kind, b.state, s.name, b.total, b.done, b.by_name, b.created_at, length(b.content),
       case when b.kind = 'station' then
         (select count(*) from print_job j where j.batch_id = b.id and j.state = 'printed') else 0 end
     from print_batch b left join print_station s on s.id = b.station_id";

fn batch_of(row: &Row) -> Outcome<BatchLine> {
    let kind: String = row.get(1)?;
    let done = if kind == "station" { row.get(9)? } else { row.get(5)? };
    // SQLite counts in 64 bits, PostgreSQL in 32.
    let bytes = row.get::<Option<i64>>(8).or_else(|_| row.get::<Option<i32>>(8).map(|n| n.map(i64::from)))?;
    Ok(BatchLine {
        id: PrintBatchId::from_uuid(row.get(0)?),
        kind,
        state: row.get(2)?,
        station: row.get(3)?,
        total: row.get(4)?,
        done,
        by: row.get(6)?,
        created_at: row.get(7)?,
        bytes,
    })
}

/// The larger prints of an edition, newest first. Those that go to a station count what came out.
///
/// # Errors
/// When the database does not answer.
pub async fn batches(reader: &Reader, edition: EditionId, limit: u32) -> Outcome<Vec<BatchLine>> {
    let sql = format!("{BATCH} where b.edition_id = $1 order by b.edition_id desc, b.id desc limit {limit}");
    reader.rows(&sql, values![edition.uuid()]).await?.iter().map(batch_of).collect()
}

/// One larger print.
///
/// # Errors
/// When the database does not answer.
pub async fn batch(q: &impl Query, edition: EditionId, id: PrintBatchId) -> Outcome<Option<BatchLine>> {
    let sql = format!("{BATCH} where b.edition_id = $1 and b.id = $2");
    q.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(batch_of).transpose()
}

/// The file of a larger print, when it is ready.
///
/// # Errors
/// When the database does not answer.
pub async fn batch_file(reader: &Reader, edition: EditionId, id: PrintBatchId) -> Outcome<Option<Vec<u8>>> {
    let sql = "select content from print_batch where edition_id = $1 and id = $2 and content is not null";
    reader.scalar(sql, values![edition.uuid(), id.uuid()]).await
}
