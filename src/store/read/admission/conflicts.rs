//! The conflict inbox, and what a replay of somebody's scans is made from.

use super::log::{line_of, log};
use super::scanning::{bind, places};
use crate::{Fault, Outcome, Query, Reader, Row, Tx, values};
use chrono::{DateTime, NaiveDate, Utc};
use domain::admission::conflict_view::{ConflictCount, ConflictFilter, ConflictLine, ConflictRecord};
use domain::admission::scan::Details;
use domain::admission::view::ScanFilter;
use domain::admission::{
    ConflictKind, ConflictState, CredentialFacts, CredentialState, Direction, Standing, verdict::VerdictKind,
};
use domain::registration::Category;
use domain::{DeviceId, EditionId, PlaceId, RegistrationId, ScanId};
use sea_orm::Value;
use uuid::Uuid;

/// A scan of the log with the badge it was made with and what is thought of it so far.
#[derive(Debug, Clone)]
pub struct TraceRow {
    /// The person.
    pub registration: RegistrationId,
    /// What the decision needs to know about the badge, as it stands now.
    pub badge: CredentialFacts,
    /// The scan.
    pub scan: ScanId,
    /// The device that made it.
    pub device: Option<DeviceId>,
    /// Its running number.
    pub sequence: i64,
    /// Where.
    pub gate: PlaceId,
    /// Which way.
    pub direction: Direction,
    /// When the server took it.
    pub received: DateTime<Utc>,
    /// When it counts for.
    pub at: DateTime<Utc>,
    /// The venue's day of it.
    pub day: NaiveDate,
    /// What the door said.
    pub verdict: VerdictKind,
    /// Code of the reason, so far.
    pub reason: Option<String>,
    /// Made without network.
    pub offline: bool,
    /// A supervisor answered for it.
    pub overridden: bool,
    /// The person's first entry on the day, so far.
    pub first_entry: bool,
    /// More about the verdict, so far.
    pub details: Details,
    /// The conflict it is in, so far.
    pub conflict: Option<(ConflictKind, Option<ScanId>, bool)>,
}

/// Everything these people did at the gates. For a batch in which the server was not asked about some scan.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn traces(tx: &Tx, edition: EditionId, people: &[RegistrationId]) -> Outcome<Vec<TraceRow>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = people.iter().map(|id| id.uuid()).collect();
    let (list, size) = places(ids.len(), 2);
    // `cross join` keeps SQLite from entering by the log; the badges of the people are few.
    let sql = format!(
        "select c.registration_id, c.state, c.category, c.valid_from, c.valid_until, v.reprint_no, r.status, s.id,
                s.device_id, s.sequence, s.gate_id, s.direction, s.server_time, s.entry_time, s.verdict, s.reason, s.offline,
                s.override_reason, s.first_entry, s.note, f.kind, f.other_scan, f.order_unknown, s.local_day
         from credential c cross join scan s
         join registration r on r.id = c.registration_id
         left join credential v on v.edition_id = c.edition_id and v.registration_id = c.registration_id and v.state = 'active'
         left join scan_conflict f on f.edition_id = s.edition_id and f.scan_id = s.id and f.state <> 'gone'
         where s.edition_id = $1 and c.registration_id in ({list}) and s.credential_id = c.id"
    );
    let mut bound = values![edition.uuid()];
    bind(&mut bound, &ids, size);
    tx.rows(&sql, bound).await?.iter().map(trace_of).collect()
}

fn trace_of(row: &Row) -> Outcome<TraceRow> {
    let bad = |what: &str| Fault::impossible("scan", what.to_owned());
    let kind: Option<String> = row.get(20)?;
    let other = row.get::<Option<Uuid>>(21)?.map(ScanId::from_uuid);
    let vague = row.get::<Option<bool>>(22)?.unwrap_or(false);
    Ok(TraceRow {
        registration: RegistrationId::from_uuid(row.get(0)?),
        badge: CredentialFacts {
            state: CredentialState::parse(&row.get::<String>(1)?).ok_or_else(|| bad("state of the badge"))?,
            category: Category::parse(&row.get::<String>(2)?).ok_or_else(|| bad("category"))?,
            valid_from: Some(row.get(3)?),
            valid_until: Some(row.get(4)?),
            valid_reprint: row.get(5)?,
            standing: Standing::of_status(&row.get::<String>(6)?),
        },
        scan: ScanId::from_uuid(row.get(7)?),
        device: row.get::<Option<Uuid>>(8)?.map(DeviceId::from_uuid),
        sequence: row.get(9)?,
        gate: PlaceId::from_uuid(row.get(10)?),
        direction: Direction::parse(&row.get::<String>(11)?).ok_or_else(|| bad("direction"))?,
        received: row.get(12)?,
        at: row.get(13)?,
        day: row.get(23)?,
        verdict: VerdictKind::parse(&row.get::<String>(14)?).ok_or_else(|| bad("verdict"))?,
        reason: row.get(15)?,
        offline: row.get(16)?,
        overridden: row.get::<Option<String>>(17)?.is_some(),
        first_entry: row.get(18)?,
        details: serde_json::from_value(row.get(19)?).unwrap_or_default(),
        conflict: kind.as_deref().and_then(ConflictKind::parse).map(|kind| (kind, other, vague)),
    })
}

/// Admissions on codes nobody knew: the scan and the code, for looking whether somebody knows them now.
///
/// # Errors
/// When the database does not answer.
pub async fn strangers(tx: &Tx, edition: EditionId) -> Outcome<Vec<(ScanId, String)>> {
    let sql = "select s.id, s.code from scan_conflict f join scan s on s.edition_id = f.edition_id and s.id = f.scan_id
               where f.edition_id = $1 and f.state <> 'gone' and f.kind = 'unknown_badge' and s.credential_id is null
               order by f.entry_time limit 500";
    let rows = tx.rows(sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok((ScanId::from_uuid(row.get(0)?), row.get(1)?))).collect()
}

/// Editions that have admissions on unknown codes to look at.
///
/// # Errors
/// When the database does not answer.
pub async fn editions_with_strangers(reader: &Reader) -> Outcome<Vec<EditionId>> {
    let sql = "select distinct edition_id from scan_conflict where state = 'open' and kind = 'unknown_badge'";
    let rows = reader.rows(sql, values![]).await?;
    rows.iter().map(|row| Ok(EditionId::from_uuid(row.get(0)?))).collect()
}

const LINE: &str = "select s.id, s.server_time, s.entry_time, g.code, d.name, s.sequence, s.direction, s.code, s.category,
                           s.registration_id, r.number, r.display_name, r.company, s.verdict, s.reason, s.note, s.offline,
                           s.override_reason, s.first_entry, f.kind, f.state, f.other_scan, f.order_unknown, f.found_at,
                           f.settled_name, f.settled_at, f.note, f.version, o.entry_time, og.code
                    from scan_conflict f
                    join scan s on s.edition_id = f.edition_id and s.id = f.scan_id
                    left join gate g on g.id = s.gate_id left join device d on d.id = s.device_id
                    left join registration r on r.id = s.registration_id
                    left join scan o on o.edition_id = f.edition_id and o.id = f.other_scan
                    left join gate og on og.id = o.gate_id";

fn conflict_of(row: &Row) -> Outcome<ConflictLine> {
    let bad = |what: &str| Fault::impossible("scan_conflict", what.to_owned());
    let other_at: Option<DateTime<Utc>> = row.get(28)?;
    Ok(ConflictLine {
        scan: line_of(row)?,
        kind: ConflictKind::parse(&row.get::<String>(19)?).ok_or_else(|| bad("kind"))?,
        state: ConflictState::parse(&row.get::<String>(20)?).ok_or_else(|| bad("state"))?,
        other: row.get::<Option<Uuid>>(21)?.map(ScanId::from_uuid),
        other_at: other_at.zip(Some(row.get::<Option<String>>(29)?.unwrap_or_default())),
        order_unknown: row.get(22)?,
        found_at: row.get(23)?,
        settled_name: row.get(24)?,
        settled_at: row.get(25)?,
        note: row.get(26)?,
        version: row.get(27)?,
    })
}

/// A page of the inbox.
#[derive(Debug, Clone)]
pub struct ConflictPage {
    /// Rows, newest first.
    pub lines: Vec<ConflictLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

fn condition(edition: EditionId, filter: &ConflictFilter) -> (String, Vec<Value>) {
    let mut sql = String::from("f.edition_id = $1");
    let mut bound = values![edition.uuid()];
    let mut and = |test: &str, value: Value| {
        bound.push(value);
        sql.push_str(&format!(" and {test} = ${}", bound.len()));
    };
    if let Some(state) = filter.state {
        and("f.state", state.code().into());
    }
    if let Some(kind) = filter.kind {
        and("f.kind", kind.code().into());
    }
    if let Some(gate) = filter.gate {
        and("f.gate_id", gate.uuid().into());
    }
    if let Some(day) = filter.day {
        and("s.local_day", day.into());
    }
    (sql, bound)
}

/// A page of the inbox, newest first, after the place `after` says.
///
/// # Errors
/// When the database does not answer.
pub async fn conflicts(
    reader: &Reader,
    edition: EditionId,
    filter: &ConflictFilter,
    after: Option<&str>,
    limit: usize,
) -> Outcome<ConflictPage> {
    let (mut test, mut bound) = condition(edition, filter);
    let place = after.and_then(|text| {
        let (micros, id) = text.split_once('.')?;
        Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse::<Uuid>().ok()?))
    });
    if let Some((time, id)) = place {
        let n = bound.len();
        bound.push(time.into());
        bound.push(id.into());
        test.push_str(&format!(
            " and (f.entry_time < ${0} or (f.entry_time = ${0} and f.scan_id < ${1}))",
            n + 1,
            n + 2
        ));
    }
    let sql = format!("{LINE} where {test} order by f.entry_time desc, f.scan_id desc limit {}", limit + 1);
    let mut lines = reader.rows(&sql, bound).await?.iter().map(conflict_of).collect::<Outcome<Vec<_>>>()?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let last = lines.last().filter(|_| more);
    let next = last.map(|line| format!("{}.{}", line.scan.entry_time.timestamp_micros(), line.scan.id));
    Ok(ConflictPage { lines, next })
}

/// How many conflicts there are of each kind in each state.
///
/// # Errors
/// When the database does not answer.
pub async fn conflict_counts(reader: &Reader, edition: EditionId) -> Outcome<Vec<ConflictCount>> {
    let sql = "select kind, state, count(*) from scan_conflict where edition_id = $1 group by kind, state";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let mut counts = Vec::new();
    for row in rows {
        let kind =
            ConflictKind::parse(&row.get::<String>(0)?).ok_or_else(|| Fault::impossible("scan_conflict", "kind"))?;
        let state = ConflictState::parse(&row.get::<String>(1)?);
        let state = state.ok_or_else(|| Fault::impossible("scan_conflict", "state"))?;
        counts.push(ConflictCount { kind, state, count: row.get(2)? });
    }
    Ok(counts)
}

/// One conflict of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn conflict(q: &impl Query, edition: EditionId, scan: ScanId) -> Outcome<Option<ConflictLine>> {
    let sql = format!("{LINE} where f.edition_id = $1 and f.scan_id = $2");
    q.rows(&sql, values![edition.uuid(), scan.uuid()]).await?.first().map(conflict_of).transpose()
}

/// All about one conflict: both scans and everything the person did.
///
/// # Errors
/// When the database does not answer.
pub async fn conflict_record(reader: &Reader, edition: EditionId, scan: ScanId) -> Outcome<Option<ConflictRecord>> {
    let Some(line) = conflict(reader, edition, scan).await? else { return Ok(None) };
    let person = line.scan.person.as_ref().map(|person| person.registration);
    let history = match person {
        Some(registration) => {
            let filter = ScanFilter { registration: Some(registration), ..ScanFilter::default() };
            log(reader, edition, &filter, None, 100).await?.lines
        }
        None => Vec::new(),
    };
    let other = line.other.and_then(|id| history.iter().find(|scan| scan.id == id).cloned());
    Ok(Some(ConflictRecord { line, other, history }))
}
