//! Devices: as the list shows them, and as a key or a pairing code finds them.

use crate::{Fault, Outcome, Query, Reader, Row, values};
use chrono::{DateTime, Utc};
use domain::admission::report::Report;
use domain::admission::view::DeviceLine;
use domain::admission::{Device, Profile};
use domain::printing::station::StationChoice;
use domain::{DeviceId, EditionId, PlaceId};
use uuid::Uuid;

const DEVICE: &str = "select d.id, d.edition_id, d.name, d.gate_id, d.profile, d.pair_expires_at, d.paired_at, d.seen_at,
                             d.revoked_at, d.version, g.code, s.told_at, s.battery_percent, s.charging, s.unsent, s.refused,
                             s.badges, s.oldest_unsent_at, s.data_at, s.offset_ms, s.agent, s.kept, d.station
                      from device d left join gate g on g.id = d.gate_id
                      left join device_state s on s.edition_id = d.edition_id and s.device_id = d.id";

pub(crate) fn device_of(row: &Row) -> Outcome<Device> {
    let profile: String = row.get(4)?;
    Ok(Device {
        id: DeviceId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        name: row.get(2)?,
        gate: row.get::<Option<Uuid>>(3)?.map(PlaceId::from_uuid),
        profile: Profile::parse(&profile).ok_or_else(|| Fault::impossible("device", profile))?,
        station: StationChoice::parse(&row.get::<Option<String>>(22)?.unwrap_or_default()),
        pair_expires_at: row.get(5)?,
        paired_at: row.get(6)?,
        seen_at: row.get(7)?,
        revoked_at: row.get(8)?,
        version: row.get(9)?,
    })
}

fn line_of(row: &Row, scans: i64) -> Outcome<DeviceLine> {
    Ok(DeviceLine { device: device_of(row)?, gate: row.get(10)?, scans, report: report_of(row)? })
}

fn report_of(row: &Row) -> Outcome<Option<Report>> {
    let Some(told_at) = row.get(11)? else { return Ok(None) };
    Ok(Some(Report {
        told_at,
        battery_percent: row.get(12)?,
        charging: row.get(13)?,
        unsent: row.get(14)?,
        refused: row.get(15)?,
        badges: row.get(16)?,
        oldest_unsent_at: row.get(17)?,
        data_at: row.get(18)?,
        offset_ms: row.get(19)?,
        agent: row.get(20)?,
        kept: row.get(21)?,
    }))
}

/// Devices of an edition, by name. Those withdrawn come last.
///
/// # Errors
/// When the database does not answer.
pub async fn devices(reader: &Reader, edition: EditionId) -> Outcome<Vec<DeviceLine>> {
    let sql = "select device_id, count(*) from scan where edition_id = $1 and device_id is not null group by device_id";
    let mut scans = std::collections::HashMap::new();
    for row in reader.rows(sql, values![edition.uuid()]).await? {
        scans.insert(row.get::<Uuid>(0)?, row.get::<i64>(1)?);
    }
    let sql = format!(
        "{DEVICE} where d.edition_id = $1 order by case when d.revoked_at is null then 0 else 1 end, d.name, d.id"
    );
    let rows = reader.rows(&sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| line_of(row, scans.get(&row.get::<Uuid>(0)?).copied().unwrap_or(0))).collect()
}

/// The devices in use, by name, without the count of their scans.
///
/// # Errors
/// When the database does not answer.
pub async fn paired(reader: &Reader, edition: EditionId) -> Outcome<Vec<DeviceLine>> {
    let sql = format!(
        "{DEVICE} where d.edition_id = $1 and d.paired_at is not null and d.revoked_at is null order by d.name, d.id"
    );
    reader.rows(&sql, values![edition.uuid()]).await?.iter().map(|row| line_of(row, 0)).collect()
}

/// One device of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn device(q: &impl Query, edition: EditionId, id: DeviceId) -> Outcome<Option<DeviceLine>> {
    let sql = format!("{DEVICE} where d.edition_id = $1 and d.id = $2");
    let rows = q.rows(&sql, values![edition.uuid(), id.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let sql = "select count(*) from scan where edition_id = $1 and device_id = $2";
    let scans = q.scalar(sql, values![edition.uuid(), id.uuid()]).await?.unwrap_or(0);
    line_of(row, scans).map(Some)
}

/// A device found by its key, with what its frame shows.
#[derive(Debug, Clone)]
pub struct DeviceKey {
    /// The device.
    pub device: Device,
    /// Code of its gate, empty without one.
    pub gate: String,
    /// Slug of its edition.
    pub slug: String,
}

/// Names of the things a device refers to.
#[derive(Debug, Clone)]
pub struct DeviceRefs {
    /// The device.
    pub device: Device,
    /// Code of its gate, empty without one.
    pub gate: String,
}

/// The paired, not withdrawn device with this key.
///
/// # Errors
/// When the database does not answer.
pub async fn device_by_key(q: &impl Query, key_hash: &str) -> Outcome<Option<DeviceKey>> {
    key_of(q, "d.key_hash = $1 and d.revoked_at is null", values![key_hash]).await
}

/// The device that had this key when it was withdrawn, after `since`.
///
/// # Errors
/// When the database does not answer.
pub async fn withdrawn_by_key(q: &impl Query, key_hash: &str, since: DateTime<Utc>) -> Outcome<Option<DeviceKey>> {
    key_of(q, "d.withdrawn_hash = $1 and d.revoked_at > $2", values![key_hash, since]).await
}

async fn key_of(q: &impl Query, condition: &str, bound: Vec<sea_orm::Value>) -> Outcome<Option<DeviceKey>> {
    let sql = format!("{DEVICE} where {condition}");
    let rows = q.rows(&sql, bound).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let device = device_of(row)?;
    let slug = q.scalar("select slug from edition where id = $1", values![device.edition.uuid()]).await?;
    Ok(Some(DeviceKey {
        device,
        gate: row.get::<Option<String>>(10)?.unwrap_or_default(),
        slug: slug.unwrap_or_default(),
    }))
}

/// The device whose pairing code has this hash and is not used up.
///
/// # Errors
/// When the database does not answer.
pub async fn device_by_pairing(q: &impl Query, pair_hash: &str, now: DateTime<Utc>) -> Outcome<Option<DeviceRefs>> {
    let sql = format!("{DEVICE} where d.pair_hash = $1 and d.pair_expires_at > $2 and d.revoked_at is null");
    let rows = q.rows(&sql, values![pair_hash, now]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(DeviceRefs { device: device_of(row)?, gate: row.get::<Option<String>>(10)?.unwrap_or_default() }))
}
