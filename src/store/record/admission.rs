//! Gates, rules and devices as they are changed; scans as they are written.

use crate::read::admission::DeviceRefs;
use crate::{Fault, Outcome, Query, Tx, dialect, query::placeholders, values};
use chrono::{DateTime, Utc};
use domain::admission::scan::ScanRow;
use domain::admission::{AccessRule, Device, Gate};
use domain::printing::station::StationChoice;
use domain::{AccessRuleId, Bilingual, DeviceId, EditionId, PlaceId, UserId};
use sea_orm::Value;
use std::collections::HashSet;
use uuid::Uuid;

/// Adds a gate together with its place. The place lies in the zone behind the gate, or in the venue.
///
/// # Errors
/// `Taken("uq_gate_edition_id_code")` when the code is in use.
pub async fn insert_gate(tx: &Tx, gate: &Gate) -> Outcome<()> {
    let sql = "insert into place (id, venue_id, edition_id, parent_id, kind, code, name_en, name_zh, sort, version)
               select $1, e.venue_id, e.id, $3, 'gate', $4, $5, $6, 0, 1 from edition e where e.id = $2";
    let zone = gate.zone().map(PlaceId::uuid);
    let (en, zh) = (gate.name.en.as_str(), gate.name.zh.as_str());
    tx.run(sql, values![gate.id.uuid(), gate.edition.uuid(), zone, gate.code.as_str(), en, zh]).await?;
    let sql = "insert into gate (id, edition_id, code, name_en, name_zh, direction, zone_id, open, version)
               values ($1, $2, $3, $4, $5, $6, $7, $8, 1)";
    let edition = gate.edition.uuid();
    let direction = gate.direction.code();
    tx.run(sql, values![gate.id.uuid(), edition, gate.code.as_str(), en, zh, direction, zone, gate.open]).await?;
    Ok(())
}

/// Saves a gate if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did; `Taken` when the code is in use.
pub async fn save_gate(tx: &Tx, gate: &Gate) -> Outcome<()> {
    let zone = gate.zone().map(PlaceId::uuid);
    let Bilingual { en, zh } = &gate.name;
    let sql = "update gate set code = $3, name_en = $4, name_zh = $5, direction = $6, zone_id = $7, open = $8,
               version = version + 1 where edition_id = $1 and id = $2 and version = $9";
    let bound = values![
        gate.edition.uuid(),
        gate.id.uuid(),
        gate.code.as_str(),
        en.as_str(),
        zh.as_str(),
        gate.direction.code(),
        zone,
        gate.open,
        gate.version
    ];
    if tx.run(sql, bound).await? == 0 {
        return Err(Fault::Stale);
    }
    let sql =
        "update place set code = $2, name_en = $3, name_zh = $4, parent_id = $5, version = version + 1 where id = $1";
    tx.run(sql, values![gate.id.uuid(), gate.code.as_str(), en.as_str(), zh.as_str(), zone]).await?;
    Ok(())
}

/// Adds a rule.
///
/// # Errors
/// `Reference` when its place does not exist.
pub async fn insert_rule(tx: &Tx, edition: EditionId, rule: &AccessRule) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "category",
        "gate_id",
        "days",
        "from_minute",
        "until_minute",
        "entry_limit",
        "allow",
        "sort",
        "quota_scope",
        "quota_limit",
        "version",
    ];
    let mut row = values![rule.id.uuid(), edition.uuid()];
    row.extend(rule_values(rule));
    row.push(1.into());
    tx.insert("access_rule", &columns, vec![row]).await
}

fn rule_values(rule: &AccessRule) -> Vec<Value> {
    let days = serde_json::to_value(&rule.window.days).unwrap_or_default();
    values![
        rule.category.map(|category| category.code()),
        rule.place.map(PlaceId::uuid),
        days,
        rule.window.from.map(i32::from),
        rule.window.until.map(i32::from),
        rule.limit.code(),
        rule.allow,
        rule.sort,
        rule.quota.map(|quota| quota.scope.code()),
        rule.quota.map(|quota| quota.limit)
    ]
}

/// Saves a rule if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_rule(tx: &Tx, edition: EditionId, rule: &AccessRule) -> Outcome<()> {
    let sql = "update access_rule set category = $3, gate_id = $4, days = $5, from_minute = $6, until_minute = $7,
               entry_limit = $8, allow = $9, sort = $10, quota_scope = $11, quota_limit = $12, version = version + 1
               where edition_id = $1 and id = $2 and version = $13";
    let mut bound = values![edition.uuid(), rule.id.uuid()];
    bound.extend(rule_values(rule));
    bound.push(rule.version.into());
    if tx.run(sql, bound).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Takes a rule away if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn delete_rule(tx: &Tx, edition: EditionId, id: AccessRuleId, version: i32) -> Outcome<()> {
    let sql = "delete from access_rule where edition_id = $1 and id = $2 and version = $3";
    if tx.run(sql, values![edition.uuid(), id.uuid(), version]).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// The position after the last rule.
///
/// # Errors
/// When the database does not answer.
pub async fn next_rule_sort(tx: &Tx, edition: EditionId) -> Outcome<i32> {
    let sql = "select max(sort) from access_rule where edition_id = $1";
    let last = tx.scalar::<Option<i32>>(sql, values![edition.uuid()]).await?.flatten();
    Ok(last.map_or(10, |sort| sort.saturating_add(10)))
}

/// Adds a device with the hash of its first pairing code.
///
/// # Errors
/// `Reference` when its gate does not exist.
pub async fn insert_device(
    tx: &Tx,
    device: &Device,
    pair_hash: &str,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "name",
        "gate_id",
        "profile",
        "pair_hash",
        "pair_expires_at",
        "created_by",
        "created_at",
        "version",
    ];
    let row = values![
        device.id.uuid(),
        device.edition.uuid(),
        device.name.as_str(),
        device.gate.map(PlaceId::uuid),
        device.profile.code(),
        pair_hash,
        device.pair_expires_at,
        by.map(UserId::uuid),
        now,
        1
    ];
    tx.insert("device", &columns, vec![row]).await
}

/// What changes of a device's secrets with a save.
#[derive(Debug, Clone, Copy)]
pub enum Secret<'a> {
    /// A pairing code goes out.
    Pairing(&'a str),
    /// The pairing code was used; this is the key now.
    Key(&'a str),
    /// Neither changes.
    Kept,
    /// Both are gone; whose key it was stays known, so that scans made before can still be handed in.
    None,
}

/// Saves a device if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_device(tx: &Tx, device: &Device, secret: Secret<'_>) -> Outcome<()> {
    let change = match secret {
        Secret::Pairing(_) => "pair_hash = $9",
        Secret::Key(_) => "pair_hash = null, key_hash = $9",
        Secret::Kept => "pair_hash = coalesce($9, pair_hash)",
        Secret::None => "pair_hash = null, withdrawn_hash = coalesce($9, key_hash), key_hash = null",
    };
    let value: Option<&str> = match secret {
        Secret::Pairing(hash) | Secret::Key(hash) => Some(hash),
        Secret::Kept | Secret::None => None,
    };
    let sql = format!(
        "update device set gate_id = $3, pair_expires_at = $4, paired_at = $5, seen_at = $6, revoked_at = $7, {change},
         name = $10, profile = $11, station = $12, version = version + 1 where edition_id = $1 and id = $2 and version = $8"
    );
    let bound = values![
        device.edition.uuid(),
        device.id.uuid(),
        device.gate.map(PlaceId::uuid),
        device.pair_expires_at,
        device.paired_at,
        device.seen_at,
        device.revoked_at,
        device.version,
        value,
        device.name.as_str(),
        device.profile.code(),
        device.station.code()
    ];
    if tx.run(&sql, bound).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// The device with this pairing code, locked: two browsers with one code become one device.
///
/// # Errors
/// When the database does not answer.
pub async fn lock_pairing(tx: &Tx, pair_hash: &str, now: DateTime<Utc>) -> Outcome<Option<DeviceRefs>> {
    let lock = dialect::lock::for_update(tx.backend);
    tx.rows(&format!("select id from device where pair_hash = $1{lock}"), values![pair_hash]).await?;
    crate::read::admission::device_by_pairing(tx, pair_hash, now).await
}

/// Notes where badges come out for the people at a device. No version: people at it choose, nobody edits the device.
///
/// # Errors
/// When the database does not answer.
pub async fn choose_station(tx: &Tx, edition: EditionId, device: DeviceId, choice: StationChoice) -> Outcome<()> {
    let sql = "update device set station = $3 where edition_id = $1 and id = $2 and revoked_at is null";
    tx.run(sql, values![edition.uuid(), device.uuid(), choice.code()]).await?;
    Ok(())
}

/// Notes when devices were last heard of. No version: this is not an edit.
///
/// # Errors
/// When the database does not answer.
pub async fn touch_devices(tx: &Tx, devices: &[DeviceId], now: DateTime<Utc>) -> Outcome<()> {
    for device in devices {
        tx.run("update device set seen_at = $2 where id = $1", values![device.uuid(), now]).await?;
    }
    Ok(())
}

const SCAN_COLUMNS: &str = "edition_id, id, device_id, sequence, gate_id, direction, device_time, offset_ms, server_time,
    entry_time, local_day, local_hour, code, credential_id, registration_id, category, verdict, reason, offline, override_by,
    override_reason, first_entry, note, via";
const SCAN_WIDTH: usize = 24;
/// Rows in one statement: the database binds a limited number of values, and a handful of sizes is prepared.
const SCAN_STEPS: [usize; 10] = [1, 2, 4, 8, 12, 16, 24, 32, 64, 128];

/// Writes scans; answers the ids that were new. An id that is already there is left as it is. Rows are written in
/// the order of their ids, so that two nodes with the same scans never wait for each other in a circle.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_scans(tx: &Tx, rows: &[ScanRow]) -> Outcome<HashSet<Uuid>> {
    let mut sorted: Vec<&ScanRow> = rows.iter().collect();
    sorted.sort_unstable_by_key(|row| row.id);
    let mut written = HashSet::with_capacity(rows.len());
    let mut pieces = sorted.chunks(SCAN_STEPS[SCAN_STEPS.len() - 1]).map(scan_piece);
    let mut piece = pieces.next();
    while let Some((size, bound)) = piece {
        // The next piece is made while the database works on this one.
        let sql = insert_sql(size);
        let (answer, next) = tokio::join!(biased; tx.rows(&sql, bound), async { pieces.next() });
        for row in answer? {
            written.insert(row.get::<Uuid>(0)?);
        }
        piece = next;
    }
    Ok(written)
}

/// What is bound for these rows, filled up with the last row again: a row that is there is left as it is.
fn scan_piece(rows: &[&ScanRow]) -> (usize, Vec<Value>) {
    let size = SCAN_STEPS.into_iter().find(|step| *step >= rows.len()).unwrap_or(rows.len());
    let again = rows.last().into_iter().cycle().take(size - rows.len());
    let mut bound = Vec::with_capacity(size * SCAN_WIDTH);
    for row in rows.iter().chain(again) {
        bound.extend(scan_values(row));
    }
    (size, bound)
}

fn insert_sql(rows: usize) -> String {
    let list = placeholders(rows, SCAN_WIDTH);
    format!("insert into scan ({SCAN_COLUMNS}) values {list} on conflict (edition_id, id) do nothing returning id")
}

fn scan_values(row: &ScanRow) -> Vec<Value> {
    values![
        row.edition.uuid(),
        row.id.uuid(),
        row.device.map(DeviceId::uuid),
        row.sequence,
        row.gate.uuid(),
        row.direction.code(),
        row.device_time,
        row.offset_ms,
        row.server_time,
        row.entry_time,
        row.local_day,
        row.local_hour,
        row.code.as_str(),
        row.credential.map(|id| id.uuid()),
        row.registration.map(|id| id.uuid()),
        row.category.map(|category| category.code()),
        row.verdict.code(),
        row.reason.as_deref(),
        row.offline,
        row.override_by,
        row.override_reason.as_deref(),
        row.first_entry,
        serde_json::to_value(&row.details).unwrap_or_default(),
        row.details.hub.as_deref()
    ]
}
