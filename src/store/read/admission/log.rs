//! The scan log: pages of it, all of it for export, and single answers by id.

use super::scanning::{bind, places};
use crate::{Fault, Outcome, Query, Reader, Row, dialect, values};
use chrono::{DateTime, Utc};
use domain::admission::Direction;
use domain::admission::scan::Details;
use domain::admission::verdict::VerdictKind;
use domain::admission::view::{Answer, Person, ScanFilter, ScanLine};
use domain::registration::Category;
use domain::search::query_terms;
use domain::{DeviceId, EditionId, RegistrationId, ScanId};
use sea_orm::Value;
use uuid::Uuid;

const LINE: &str = "select s.id, s.server_time, s.entry_time, g.code, d.name, s.sequence, s.direction, s.code, s.category,
                           s.registration_id, r.number, r.display_name, r.company, s.verdict, s.reason, s.note, s.offline,
                           s.override_reason, s.first_entry
                    from scan s left join gate g on g.id = s.gate_id left join device d on d.id = s.device_id
                    left join registration r on r.id = s.registration_id";

/// People whose names are looked through when the log is searched by words.
const MOST_PEOPLE: u32 = 200;
/// Counting stops here; nobody reads "12,345,678 scans" as a page count.
const MOST_COUNTED: i64 = 100_000;

pub(crate) fn line_of(row: &Row) -> Outcome<ScanLine> {
    let bad = |what: &str| Fault::impossible("scan", what.to_owned());
    let registration: Option<Uuid> = row.get(9)?;
    let person = match (registration, row.get::<Option<i32>>(10)?) {
        (Some(id), Some(number)) => Some(Person {
            registration: RegistrationId::from_uuid(id),
            number: i64::from(number),
            name: row.get(11)?,
            company: row.get(12)?,
        }),
        _ => None,
    };
    Ok(ScanLine {
        id: ScanId::from_uuid(row.get(0)?),
        server_time: row.get(1)?,
        entry_time: row.get(2)?,
        gate: row.get::<Option<String>>(3)?.unwrap_or_default(),
        device: row.get(4)?,
        sequence: row.get(5)?,
        direction: Direction::parse(&row.get::<String>(6)?).ok_or_else(|| bad("direction"))?,
        code: row.get(7)?,
        category: row.get::<Option<String>>(8)?.as_deref().and_then(Category::parse),
        person,
        verdict: VerdictKind::parse(&row.get::<String>(13)?).ok_or_else(|| bad("verdict"))?,
        reason: row.get(14)?,
        details: details_of(row.get(15)?),
        offline: row.get(16)?,
        override_reason: row.get(17)?,
        first_entry: row.get(18)?,
    })
}

/// A note of a later version may say more; what we know of it is enough.
fn details_of(note: serde_json::Value) -> Details {
    serde_json::from_value(note).unwrap_or_default()
}

/// A page of the log.
#[derive(Debug, Clone)]
pub struct LogPage {
    /// Rows, newest first.
    pub lines: Vec<ScanLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// The condition of a filter, with the values it binds from `$2` on (`$1` is the edition). `None` when nothing
/// can match.
async fn condition(reader: &Reader, edition: EditionId, filter: &ScanFilter) -> Outcome<Option<(String, Vec<Value>)>> {
    let mut sql = String::from("s.edition_id = $1");
    let mut bound = values![edition.uuid()];
    let mut and = |test: &str, value: Value| {
        bound.push(value);
        sql.push_str(&format!(" and {test} ${}", bound.len()));
    };
    if let Some(gate) = filter.gate {
        and("s.gate_id =", gate.uuid().into());
    }
    if let Some(device) = filter.device {
        and("s.device_id =", device.uuid().into());
    }
    if let Some(verdict) = filter.verdict {
        and("s.verdict =", verdict.code().into());
    }
    if let Some(reason) = filter.reason {
        and("s.reason =", reason.into());
    }
    if let Some(category) = filter.category {
        and("s.category =", category.code().into());
    }
    if let Some(day) = filter.day {
        and("s.local_day =", day.into());
    }
    if let Some(registration) = filter.registration {
        and("s.registration_id =", registration.uuid().into());
    }
    if filter.overridden {
        sql.push_str(" and s.override_reason is not null");
    }
    if filter.offline {
        sql.push_str(" and s.offline");
    }
    if !filter.words.trim().is_empty() {
        let Some((test, values)) = worded(reader, edition, filter.words.trim(), bound.len() + 1).await? else {
            return Ok(None);
        };
        sql.push_str(" and ");
        sql.push_str(&test);
        bound.extend(values);
    }
    Ok(Some((sql, bound)))
}

/// Words become badges through the index of people, so that the log is entered by its index and never read whole.
async fn worded(
    reader: &Reader,
    edition: EditionId,
    words: &str,
    from: usize,
) -> Outcome<Option<(String, Vec<Value>)>> {
    let mut people: Vec<Uuid> = Vec::new();
    if let Ok(number) = words.trim_start_matches('#').parse::<i32>() {
        let sql = "select id from registration where edition_id = $1 and number = $2";
        people.extend(reader.scalar::<Uuid>(sql, values![edition.uuid(), number]).await?);
    }
    if let Some((condition, expression)) = dialect::search::matching(reader.backend, &query_terms(words), 1) {
        let sql = format!(
            "select d.id from search_document d where {condition} and d.edition_id = $2 and d.kind = 'registration'
             limit {MOST_PEOPLE}"
        );
        for row in reader.rows(&sql, values![expression, edition.uuid()]).await? {
            people.push(row.get(0)?);
        }
    }
    let code = words.to_ascii_uppercase();
    if people.is_empty() && !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    let code_at = from;
    let mut bound = values![code];
    let mut test = format!("(s.code = ${code_at}");
    if !people.is_empty() {
        let (list, size) = places(people.len(), from + 1);
        bind(&mut bound, &people, size);
        test.push_str(&format!(
            " or s.credential_id in (select c.id from credential c where c.registration_id in ({list}))"
        ));
    }
    test.push(')');
    Ok(Some((test, bound)))
}

/// A page of the log, newest first, after the place `after` says.
///
/// # Errors
/// When the database does not answer.
pub async fn log(
    reader: &Reader,
    edition: EditionId,
    filter: &ScanFilter,
    after: Option<&str>,
    limit: usize,
) -> Outcome<LogPage> {
    let Some((mut test, mut bound)) = condition(reader, edition, filter).await? else {
        return Ok(LogPage { lines: Vec::new(), next: None });
    };
    if let Some((time, id)) = after.and_then(place_of) {
        let n = bound.len();
        bound.push(time.into());
        bound.push(id.into());
        test.push_str(&format!(" and (s.server_time < ${0} or (s.server_time = ${0} and s.id < ${1}))", n + 1, n + 2));
    }
    let sql = format!("{LINE} where {test} order by s.server_time desc, s.id desc limit {}", limit + 1);
    let mut lines = reader.rows(&sql, bound).await?.iter().map(line_of).collect::<Outcome<Vec<_>>>()?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|line| format!("{}.{}", line.server_time.timestamp_micros(), line.id));
    Ok(LogPage { lines, next })
}

fn place_of(text: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (micros, id) = text.split_once('.')?;
    Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse().ok()?))
}

/// How many rows a filter finds, counted up to a limit.
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &ScanFilter) -> Outcome<i64> {
    let Some((test, bound)) = condition(reader, edition, filter).await? else { return Ok(0) };
    let sql = format!("select count(*) from (select 1 from scan s where {test} limit {MOST_COUNTED}) t");
    Ok(reader.scalar(&sql, bound).await?.unwrap_or(0))
}

/// A stretch of the log for export: as [`log`], but longer.
///
/// # Errors
/// When the database does not answer.
pub async fn export(reader: &Reader, edition: EditionId, filter: &ScanFilter, after: Option<&str>) -> Outcome<LogPage> {
    log(reader, edition, filter, after, 5000).await
}

/// The first answers to scans that are already in the log.
///
/// # Errors
/// When the database does not answer.
pub async fn answers(q: &impl Query, edition: EditionId, ids: &[Uuid]) -> Outcome<Vec<Answer>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, size) = places(ids.len(), 2);
    let mut bound = values![edition.uuid()];
    bind(&mut bound, ids, size);
    let rows = q.rows(&format!("{LINE} where s.edition_id = $1 and s.id in ({list})"), bound).await?;
    rows.iter().map(answer_of).collect()
}

/// The answer to a scan that this very device made; another's is not there for it.
///
/// # Errors
/// When the database does not answer.
pub async fn own_answer(q: &impl Query, edition: EditionId, device: DeviceId, scan: ScanId) -> Outcome<Option<Answer>> {
    let sql = format!("{LINE} where s.edition_id = $1 and s.id = $2 and s.device_id = $3");
    let rows = q.rows(&sql, values![edition.uuid(), scan.uuid(), device.uuid()]).await?;
    rows.first().map(answer_of).transpose()
}

fn answer_of(row: &Row) -> Outcome<Answer> {
    let line = line_of(row)?;
    Ok(Answer {
        scan: line.id,
        server_time: line.server_time,
        gate: line.gate,
        code: line.code,
        direction: line.direction,
        verdict: line.verdict,
        reason: line.reason,
        details: line.details,
        category: line.category,
        person: line.person,
        repeated: true,
    })
}
