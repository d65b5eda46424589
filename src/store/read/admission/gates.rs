//! Gates with the zones behind them, and the rules in their order.

use crate::{Fault, Outcome, Query, Reader, Row, values};
use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::admission::view::{GateLine, PlaceChoice, RuleLine};
use domain::admission::{AccessRule, EntryLimit, Gate, GateDirection, QuotaScope, RuleQuota, RuleWindow, ZoneLimit};
use domain::registration::Category;
use domain::registration::badge_code::{EditionTag, PublicKey};
use domain::{AccessRuleId, Bilingual, EditionId, PlaceId};
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// What a gate needs to know before any badge comes: read once, kept until something of it changes.
#[derive(Debug, Clone)]
pub struct Checkpoint {
    /// The edition.
    pub edition: EditionId,
    /// The venue's time zone.
    pub zone: Tz,
    /// Gates by id.
    pub gates: HashMap<PlaceId, Gate>,
    /// Rules in their order.
    pub rules: Vec<AccessRule>,
    /// Zones behind these gates that may hold only so many people.
    pub limits: Vec<ZoneLimit>,
    /// Public keys, of other editions too, so that their badges are told from forged ones.
    pub keys: Vec<PublicKey>,
}

/// Reads everything a gate needs to know.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn checkpoint(q: &impl Query, edition: EditionId) -> Outcome<Option<Checkpoint>> {
    let Some(zone) = q.scalar::<String>("select time_zone from edition where id = $1", values![edition.uuid()]).await?
    else {
        return Ok(None);
    };
    let zone = zone.parse().map_err(|_| Fault::impossible("edition", format!("time zone {zone}")))?;
    let gates = gates(q, edition).await?;
    let limits = limits(q, edition, &gates).await?;
    let gates = gates.into_iter().map(|gate| (gate.id, gate)).collect();
    Ok(Some(Checkpoint { edition, zone, gates, rules: rules(q, edition).await?, limits, keys: keys(q).await? }))
}

/// The zones behind these gates that have a capacity, each with the zones it lies in.
async fn limits(q: &impl Query, edition: EditionId, gates: &[Gate]) -> Outcome<Vec<ZoneLimit>> {
    if gates.iter().all(|gate| gate.zones.is_empty()) {
        return Ok(Vec::new());
    }
    let sql = "select p.id, p.capacity_persons from place p join edition e on e.venue_id = p.venue_id
               where e.id = $1 and p.capacity_persons is not null and p.kind <> 'stand' order by p.id";
    let mut limits = Vec::new();
    for row in q.rows(sql, values![edition.uuid()]).await? {
        let zone = PlaceId::from_uuid(row.get(0)?);
        let behind = gates.iter().find_map(|gate| {
            let at = gate.zones.iter().position(|one| *one == zone)?;
            Some(gate.zones[at + 1..].to_vec())
        });
        let Some(around) = behind else { continue };
        limits.push(ZoneLimit { zone, around, capacity: i64::from(row.get::<i32>(1)?) });
    }
    Ok(limits)
}

async fn keys(q: &impl Query) -> Outcome<Vec<PublicKey>> {
    let rows = q.rows("select edition_id, key_no, public from edition_key where active", values![]).await?;
    let key = |row: &Row| -> Outcome<PublicKey> {
        let bytes: Vec<u8> = row.get(2)?;
        Ok(PublicKey {
            edition: EditionTag::of(EditionId::from_uuid(row.get(0)?)),
            key_no: u8::try_from(row.get::<i32>(1)?).map_err(|e| Fault::impossible("edition_key", e))?,
            bytes: bytes.try_into().map_err(|_| Fault::impossible("edition_key", "length of the public key"))?,
        })
    };
    rows.iter().map(key).collect()
}

const GATE: &str = "select g.id, g.code, g.name_en, g.name_zh, g.direction, g.zone_id, g.open, g.version from gate g";

/// All gates of an edition, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn gates(q: &impl Query, edition: EditionId) -> Outcome<Vec<Gate>> {
    let rows = q.rows(&format!("{GATE} where g.edition_id = $1 order by g.code"), values![edition.uuid()]).await?;
    let around = if rows.is_empty() { HashMap::new() } else { places_around(q, edition).await? };
    rows.iter().map(|row| gate_of(row, edition, &around)).collect()
}

/// One gate of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn gate(q: &impl Query, edition: EditionId, id: PlaceId) -> Outcome<Option<Gate>> {
    let sql = format!("{GATE} where g.edition_id = $1 and g.id = $2");
    let rows = q.rows(&sql, values![edition.uuid(), id.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let around = places_around(q, edition).await?;
    gate_of(row, edition, &around).map(Some)
}

/// Which place lies in which, at the venue of the edition. Stands lead nowhere and are left out.
async fn places_around(q: &impl Query, edition: EditionId) -> Outcome<HashMap<PlaceId, PlaceId>> {
    let sql = "select p.id, p.parent_id from place p join edition e on e.venue_id = p.venue_id
               where e.id = $1 and p.parent_id is not null and p.kind <> 'stand'";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok((PlaceId::from_uuid(row.get(0)?), PlaceId::from_uuid(row.get(1)?)))).collect()
}

fn gate_of(row: &Row, edition: EditionId, around: &HashMap<PlaceId, PlaceId>) -> Outcome<Gate> {
    let direction: String = row.get(4)?;
    let mut zones = Vec::new();
    let mut next = row.get::<Option<Uuid>>(5)?.map(PlaceId::from_uuid);
    while let Some(zone) = next.filter(|zone| !zones.contains(zone)) {
        zones.push(zone);
        next = around.get(&zone).copied();
    }
    Ok(Gate {
        id: PlaceId::from_uuid(row.get(0)?),
        edition,
        code: row.get(1)?,
        name: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
        direction: GateDirection::parse(&direction).ok_or_else(|| Fault::impossible("gate", direction))?,
        zones: Arc::from(zones),
        open: row.get(6)?,
        version: row.get(7)?,
    })
}

/// Gates as the list shows them.
///
/// # Errors
/// When the database does not answer.
pub async fn gate_lines(reader: &Reader, edition: EditionId) -> Outcome<Vec<GateLine>> {
    let sql = "select g.id, z.name_en, z.name_zh,
                      (select count(*) from device d where d.gate_id = g.id and d.paired_at is not null and d.revoked_at is null)
               from gate g left join place z on z.id = g.zone_id where g.edition_id = $1";
    let mut more = HashMap::new();
    for row in reader.rows(sql, values![edition.uuid()]).await? {
        let names = (row.get::<Option<String>>(1)?, row.get::<Option<String>>(2)?);
        let zone = names.0.zip(names.1).map(|(en, zh)| Bilingual::new(en, zh));
        more.insert(PlaceId::from_uuid(row.get(0)?), (zone, row.get::<i64>(3)?));
    }
    let gates = gates(reader, edition).await?;
    let line = |gate: Gate| {
        let (zone, devices) = more.remove(&gate.id).unwrap_or_default();
        GateLine { gate, zone, devices }
    };
    Ok(gates.into_iter().map(line).collect())
}

/// Halls, zones and the like of the edition's venue: what a gate can lead to.
///
/// # Errors
/// When the database does not answer.
pub async fn places(reader: &Reader, edition: EditionId) -> Outcome<Vec<PlaceChoice>> {
    let sql = "select p.id, p.code, p.name_en, p.name_zh, p.kind from place p join edition e on e.venue_id = p.venue_id
               where e.id = $1 and (p.edition_id is null or p.edition_id = $1)
                 and p.kind in ('venue', 'hall', 'zone', 'room', 'yard', 'registration_area', 'dock')
               order by p.sort, p.code, p.id";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let choice = |row: &Row| -> Outcome<PlaceChoice> {
        Ok(PlaceChoice {
            id: PlaceId::from_uuid(row.get(0)?),
            code: row.get(1)?,
            name: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
            kind: row.get(4)?,
        })
    };
    rows.iter().map(choice).collect()
}

const RULE: &str = "select r.id, r.sort, r.category, r.gate_id, r.days, r.from_minute, r.until_minute, r.entry_limit,
                           r.allow, r.version, r.quota_scope, r.quota_limit from access_rule r";

/// Rules of an edition in their order.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn rules(q: &impl Query, edition: EditionId) -> Outcome<Vec<AccessRule>> {
    let sql = format!("{RULE} where r.edition_id = $1 order by r.sort, r.id");
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(rule_of).collect()
}

/// One rule of an edition.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn rule(q: &impl Query, edition: EditionId, id: AccessRuleId) -> Outcome<Option<AccessRule>> {
    let sql = format!("{RULE} where r.edition_id = $1 and r.id = $2");
    q.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(rule_of).transpose()
}

fn rule_of(row: &Row) -> Outcome<AccessRule> {
    let bad = |what: &str| Fault::impossible("access_rule", what.to_owned());
    let minute = |column: usize| -> Outcome<Option<u16>> {
        let minute: Option<i32> = row.get(column)?;
        minute.map(|m| u16::try_from(m).map_err(|_| bad("minute of the day"))).transpose()
    };
    let category: Option<String> = row.get(2)?;
    let days: serde_json::Value = row.get(4)?;
    let days: Vec<NaiveDate> = serde_json::from_value(days).map_err(|_| bad("days"))?;
    Ok(AccessRule {
        id: AccessRuleId::from_uuid(row.get(0)?),
        sort: row.get(1)?,
        category: category.map(|c| Category::parse(&c).ok_or_else(|| bad("category"))).transpose()?,
        place: row.get::<Option<Uuid>>(3)?.map(PlaceId::from_uuid),
        window: RuleWindow { days, from: minute(5)?, until: minute(6)? },
        limit: EntryLimit::parse(&row.get::<String>(7)?).ok_or_else(|| bad("entry limit"))?,
        quota: quota_of(row)?,
        allow: row.get(8)?,
        version: row.get(9)?,
    })
}

fn quota_of(row: &Row) -> Outcome<Option<RuleQuota>> {
    let (scope, limit): (Option<String>, Option<i64>) = (row.get(10)?, row.get(11)?);
    let Some((scope, limit)) = scope.zip(limit) else { return Ok(None) };
    let scope = QuotaScope::parse(&scope).ok_or_else(|| Fault::impossible("access_rule", scope))?;
    Ok(Some(RuleQuota { scope, limit }))
}

/// Rules as the list shows them.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn rule_lines(reader: &Reader, edition: EditionId) -> Outcome<Vec<RuleLine>> {
    let sql = "select r.id, p.code, p.name_en, p.name_zh from access_rule r join place p on p.id = r.gate_id
               where r.edition_id = $1";
    let mut places = HashMap::new();
    for row in reader.rows(sql, values![edition.uuid()]).await? {
        let name = Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?);
        places.insert(AccessRuleId::from_uuid(row.get(0)?), (row.get::<String>(1)?, name));
    }
    let rules = rules(reader, edition).await?;
    Ok(rules.into_iter().map(|rule| RuleLine { place: places.remove(&rule.id), rule }).collect())
}
