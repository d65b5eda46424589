//! What hubs and their upstream read: whole tables in JSON, digests of people, scans to hand on, and how hubs are doing.

use crate::dialect::shape::{self, Column};
use crate::read::admission::{bind, listed};
use crate::{Fault, Outcome, Query, Reader, Row, values};
use chrono::{DateTime, TimeDelta, Utc};
use domain::admission::hub::{
    BUCKET, Digest, FIRST_NUMBER, HubLine, HubScan, HubSelf, LogPiece, People, Record, Sheet,
};
use domain::admission::scan::{Details, ScanDraft};
use domain::{EditionId, HubId, RegistrationId};
use sea_orm::Value;
use std::collections::HashMap;
use uuid::Uuid;

/// What a hub needs to know before any badge comes, in the order it may be written: who refers comes after who is
/// referred to. Each with the condition that picks the rows of an edition (`$1`).
const CONFIG: [(&str, &str); 17] = [
    ("series", "id in (select series_id from edition where id = $1)"),
    ("venue", "id in (select venue_id from edition where id = $1)"),
    ("edition", "id = $1"),
    ("edition_key", "edition_id = $1"),
    (
        "place",
        "venue_id in (select venue_id from edition where id = $1) and (edition_id is null or edition_id = $1)
         and kind not in ('stand')",
    ),
    ("gate", "edition_id = $1"),
    ("access_rule", "edition_id = $1"),
    ("device", "edition_id = $1"),
    ("registration_form", "edition_id = $1"),
    ("registration_intake", "edition_id = $1"),
    ("registration_setting", "edition_id = $1"),
    ("consent_wording", "edition_id = $1"),
    ("mail_text", "edition_id = $1"),
    ("badge_layout", "edition_id = $1"),
    ("badge_layout_version", "layout_id in (select id from badge_layout where edition_id = $1)"),
    ("badge_logo", "edition_id = $1"),
    ("print_station", "edition_id = $1"),
];
/// What changes all the time and is nobody else's business: when a device or a station was last heard of.
const OF_THE_MOMENT: [&str; 3] = ["seen_at", "trouble", "trouble_at"];
/// Columns that never leave an installation.
const KEPT_BACK: [(&str, &str); 3] =
    [("edition_key", "secret"), ("device", "pair_hash"), ("device", "pair_expires_at")];
/// Rows another node may commit a moment after its time was taken are looked for once more.
const OVERLAP: TimeDelta = TimeDelta::seconds(20);

/// The name of the last migration: two installations exchange only when they have the same tables.
///
/// # Errors
/// When the database does not answer.
pub async fn schema(q: &impl Query) -> Outcome<String> {
    let sql = "select count(*) || ':' || coalesce(max(version), '') from seaql_migrations";
    Ok(q.scalar(sql, values![]).await?.unwrap_or_default())
}

async fn records(
    q: &impl Query,
    table: &'static str,
    condition: &str,
    bound: Vec<Value>,
) -> Outcome<(Vec<Column>, Vec<Record>)> {
    let columns = shape::columns(q, table).await?;
    let list = columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ");
    let rows = q.rows(&format!("select {list} from \"{table}\" where {condition}"), bound).await?;
    let rows = rows.iter().map(|row| shape::json_of(&columns, row)).collect::<Outcome<Vec<_>>>()?;
    Ok((columns, rows))
}

/// Everything a hub needs to know of an edition, secrets left out.
///
/// # Errors
/// When the database does not answer.
pub async fn config(q: &impl Query, edition: EditionId) -> Outcome<Vec<Sheet>> {
    let mut sheets = Vec::new();
    for (table, condition) in CONFIG {
        let (_, mut rows) = records(q, table, &format!("{condition} order by 1, 2"), values![edition.uuid()]).await?;
        for (_, column) in KEPT_BACK.iter().filter(|(of, _)| *of == table) {
            for row in &mut rows {
                let empty = if *column == "secret" { "".into() } else { serde_json::Value::Null };
                row.insert((*column).to_owned(), empty);
            }
        }
        for row in &mut rows {
            for name in OF_THE_MOMENT {
                if let Some(value) = row.get_mut(name) {
                    *value = serde_json::Value::Null;
                }
            }
        }
        if table == "place" {
            outer_first(&mut rows);
        }
        sheets.push(Sheet { table: table.to_owned(), rows });
    }
    Ok(sheets)
}

/// Places in the order they may be written: what holds others comes before what it holds.
fn outer_first(rows: &mut [Record]) {
    let text = |row: &Record, name: &str| row.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let around: HashMap<String, String> = rows.iter().map(|row| (text(row, "id"), text(row, "parent_id"))).collect();
    let depth = |row: &Record| {
        let (mut depth, mut at) = (0, text(row, "parent_id"));
        while depth < 50 && !at.is_empty() {
            depth += 1;
            at = around.get(&at).cloned().unwrap_or_default();
        }
        depth
    };
    rows.sort_by_cached_key(depth);
}

/// What each bucket of people amounts to. Sums of whole numbers, so the order of rows makes no difference.
///
/// # Errors
/// When the database does not answer.
pub async fn digests(q: &impl Query, edition: EditionId) -> Outcome<Vec<Digest>> {
    let sql = format!(
        "select r.number / {BUCKET}, count(*), cast(sum(r.version) as bigint), cast(sum(coalesce(c.badges, 0)) as bigint),
                cast(sum(coalesce(c.states, 0)) as bigint)
         from registration r
         left join (select registration_id, count(*) as badges,
                           sum(serial * case state when 'active' then 3 when 'blocked' then 5 when 'replaced' then 7 else 11 end)
                               as states
                    from credential where edition_id = $1 group by registration_id) c on c.registration_id = r.id
         where r.edition_id = $1 group by r.number / {BUCKET} order by 1"
    );
    let digest = |row: &Row| -> Outcome<Digest> {
        Ok(Digest {
            bucket: i64::from(row.get::<i32>(0)?),
            people: row.get(1)?,
            versions: row.get(2)?,
            badges: row.get(3)?,
            states: row.get(4)?,
        })
    };
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(digest).collect()
}

/// The people of a bucket with their badges and consents.
///
/// # Errors
/// When the database does not answer.
pub async fn bucket(q: &impl Query, edition: EditionId, bucket: i64) -> Outcome<People> {
    let first = i32::try_from(bucket).unwrap_or(i32::MAX / BUCKET).saturating_mul(BUCKET);
    let bound = values![edition.uuid(), first, first.saturating_add(BUCKET - 1)];
    people_where(q, "number between $2 and $3", bound).await
}

/// Certain people with their badges and consents.
///
/// # Errors
/// When the database does not answer.
pub async fn people(q: &impl Query, edition: EditionId, ids: &[RegistrationId]) -> Outcome<People> {
    if ids.is_empty() {
        return Ok(People::default());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let (list, size) = listed(ids.len(), 2);
    let mut bound = values![edition.uuid()];
    bind(&mut bound, &ids, size);
    people_where(q, &format!("id in ({list})"), bound).await
}

async fn people_where(q: &impl Query, condition: &str, bound: Vec<Value>) -> Outcome<People> {
    let of = format!("registration_id in (select id from registration where edition_id = $1 and {condition})");
    let mine = format!("edition_id = $1 and {condition} order by id");
    let (_, registrations) = records(q, "registration", &mine, bound.clone()).await?;
    let theirs = format!("edition_id = $1 and {of} order by id");
    let (_, credentials) = records(q, "credential", &theirs, bound.clone()).await?;
    let (_, consents) = records(q, "consent", &theirs, bound).await?;
    Ok(People { registrations, credentials, consents })
}

/// A stretch of the log for a hub: rows received after a place, a little overlap included.
///
/// # Errors
/// When the database does not answer.
pub async fn log_after(q: &impl Query, edition: EditionId, hub: &str, after: &str, most: usize) -> Outcome<LogPiece> {
    let place = after.split_once('.').and_then(|(micros, id)| {
        Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse::<Uuid>().ok()?))
    });
    let (from, id) = place.unwrap_or((DateTime::UNIX_EPOCH, Uuid::nil()));
    let condition = format!(
        "edition_id = $1 and (server_time > $2 or (server_time = $2 and id > $3)) and (via is null or via <> $4)
         order by server_time, id limit {most}"
    );
    let (_, rows) = records(q, "scan", &condition, values![edition.uuid(), from, id, hub]).await?;
    let text = |row: &Record, name: &str| row.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let next = rows.last().map(|row| {
        let at: DateTime<Utc> = text(row, "server_time").parse().unwrap_or(from);
        if rows.len() < most {
            // The end for now: the next look begins a little earlier.
            format!("{}.{}", (at - OVERLAP).timestamp_micros(), Uuid::nil())
        } else {
            format!("{}.{}", at.timestamp_micros(), text(row, "id"))
        }
    });
    Ok(LogPiece { rows, next: next.unwrap_or_else(|| after.to_owned()) })
}

/// Scans of this hub to hand on, after a place; where the next begin.
///
/// # Errors
/// When the database does not answer.
pub async fn to_hand_on(
    reader: &Reader,
    edition: EditionId,
    after: &str,
    offset_ms: i64,
    most: usize,
) -> Outcome<(Vec<HubScan>, Option<String>)> {
    let place = after.split_once('.').and_then(|(micros, id)| {
        Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse::<Uuid>().ok()?))
    });
    let (from, id) = place.unwrap_or((DateTime::UNIX_EPOCH, Uuid::nil()));
    let sql = format!(
        "select s.id, s.sequence, s.code, s.direction, s.entry_time, s.override_reason, s.verdict, s.device_id, s.gate_id,
                s.offline, s.reason, s.server_time, s.note
         from scan s where s.edition_id = $1 and (s.server_time > $2 or (s.server_time = $2 and s.id > $3))
           and s.device_id is not null and s.via is null
         order by s.server_time, s.id limit {most}"
    );
    let rows = reader.rows(&sql, values![edition.uuid(), from, id]).await?;
    let mut scans = Vec::new();
    let mut next = None;
    for row in &rows {
        let details: Details = serde_json::from_value(row.get(12)?).unwrap_or_default();
        next = Some(format!("{}.{}", row.get::<DateTime<Utc>>(11)?.timestamp_micros(), row.get::<Uuid>(0)?));
        let entry: DateTime<Utc> = row.get(4)?;
        scans.push(HubScan {
            scan: ScanDraft {
                id: row.get::<Uuid>(0)?.to_string(),
                sequence: row.get(1)?,
                code: row.get(2)?,
                direction: row.get(3)?,
                device_time: entry.to_rfc3339(),
                offset_ms: (!details.clock_unknown).then_some(offset_ms),
                override_reason: row.get::<Option<String>>(5)?.unwrap_or_default(),
                shown: row.get(6)?,
                gate: String::new(),
            },
            device: row.get::<Uuid>(7)?.to_string(),
            gate: row.get::<Uuid>(8)?.to_string(),
            offline: row.get(9)?,
            reason: row.get(10)?,
        });
    }
    Ok((scans, next))
}

const HUB: &str =
    "select id, number, name, enrolled_at, seen_at, unsent, offset_ms, scans, people, release, withdrawn_at,
                          version from hub";

fn hub_of(row: &Row) -> Outcome<HubLine> {
    Ok(HubLine {
        id: HubId::from_uuid(row.get(0)?),
        number: row.get(1)?,
        name: row.get(2)?,
        enrolled_at: row.get(3)?,
        seen_at: row.get(4)?,
        unsent: row.get(5)?,
        offset_ms: row.get(6)?,
        scans: row.get(7)?,
        people: row.get(8)?,
        release: row.get(9)?,
        withdrawn_at: row.get(10)?,
        version: row.get(11)?,
    })
}

/// Hubs of an edition, by number.
///
/// # Errors
/// When the database does not answer.
pub async fn hubs(q: &impl Query, edition: EditionId) -> Outcome<Vec<HubLine>> {
    let sql = format!("{HUB} where edition_id = $1 order by number");
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(hub_of).collect()
}

/// One hub of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn hub(q: &impl Query, edition: EditionId, id: HubId) -> Outcome<Option<HubLine>> {
    let sql = format!("{HUB} where edition_id = $1 and id = $2");
    q.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(hub_of).transpose()
}

/// The hub with this public key, and the number of its key.
///
/// # Errors
/// When the database does not answer.
pub async fn hub_by_key(q: &impl Query, edition: EditionId, key: &str) -> Outcome<Option<(HubId, i32, i32)>> {
    let sql = "select id, number, key_no from hub where edition_id = $1 and public_key = $2";
    let rows = q.rows(sql, values![edition.uuid(), key]).await?;
    let found = |row: &Row| -> Outcome<_> { Ok((HubId::from_uuid(row.get(0)?), row.get(1)?, row.get(2)?)) };
    rows.first().map(found).transpose()
}

/// What this installation is for an edition, when it is a hub.
///
/// # Errors
/// When the database does not answer.
pub async fn hub_self(q: &impl Query, edition: EditionId) -> Outcome<Option<HubSelf>> {
    let sql = "select hub_id, name, upstream, number, contact_at, tried_at, offset_ms, trouble from hub_self
               where edition_id = $1";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    let one = |row: &Row| -> Outcome<HubSelf> {
        Ok(HubSelf {
            hub: HubId::from_uuid(row.get(0)?),
            name: row.get(1)?,
            upstream: row.get(2)?,
            number: row.get(3)?,
            contact_at: row.get(4)?,
            tried_at: row.get(5)?,
            offset_ms: row.get(6)?,
            trouble: row.get(7)?,
        })
    };
    rows.first().map(one).transpose()
}

/// The numbers this installation may give out in an edition: a hub's own, or all that are no hub's.
///
/// # Errors
/// When the database does not answer.
pub async fn own_numbers(q: &impl Query, edition: EditionId) -> Outcome<(i32, i32)> {
    let sql = "select first_number, last_number from hub_self where edition_id = $1";
    match q.rows(sql, values![edition.uuid()]).await?.first() {
        Some(row) => Ok((row.get(0)?, row.get(1)?)),
        None => Ok((1, FIRST_NUMBER - 1)),
    }
}

/// How far this hub has come with something.
///
/// # Errors
/// When the database does not answer.
pub async fn mark(q: &impl Query, edition: EditionId, what: &str) -> Outcome<String> {
    let sql = "select place from hub_mark where edition_id = $1 and what = $2";
    Ok(q.scalar(sql, values![edition.uuid(), what]).await?.unwrap_or_default())
}

/// People whose registration or badge was changed on this hub since a place of its journal, and the place after them.
///
/// # Errors
/// When the database does not answer.
pub async fn changed_here(
    q: &impl Query,
    edition: EditionId,
    after: &str,
    most: usize,
) -> Outcome<(Vec<RegistrationId>, Option<String>)> {
    let from = after.parse::<Uuid>().unwrap_or(Uuid::nil());
    let sql = format!(
        "select j.id, coalesce(c.registration_id, j.subject_id) from fact j
         left join credential c on c.id = j.subject_id and j.subject_kind = 'credential'
         where j.edition_id = $1 and j.subject_kind in ('registration', 'credential') and j.id > $2
         order by j.id limit {most}"
    );
    let rows = q.rows(&sql, values![edition.uuid(), from]).await?;
    let mut people = Vec::new();
    let mut next = None;
    for row in &rows {
        next = Some(row.get::<Uuid>(0)?.to_string());
        people.push(RegistrationId::from_uuid(row.get(1)?));
    }
    people.sort_unstable();
    people.dedup();
    Ok((people, next))
}

/// Scans of this hub that are still to be handed on.
///
/// # Errors
/// When the database does not answer.
pub async fn unsent(q: &impl Query, edition: EditionId, after: &str) -> Outcome<i64> {
    let place = after.split_once('.').and_then(|(micros, id)| {
        Some((DateTime::from_timestamp_micros(micros.parse().ok()?)?, id.parse::<Uuid>().ok()?))
    });
    let (from, id) = place.unwrap_or((DateTime::UNIX_EPOCH, Uuid::nil()));
    let sql = "select count(*) from scan where edition_id = $1 and (server_time > $2 or (server_time = $2 and id > $3))
               and device_id is not null and via is null";
    q.scalar(sql, values![edition.uuid(), from, id]).await?.ok_or_else(|| Fault::impossible("scan", "no count"))
}
