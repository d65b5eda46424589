//! Saving series, venues, editions and their badge keys.

use crate::{Fault, Outcome, Query, Tx, read, values};
use chrono::{DateTime, Utc};
use domain::{
    EditionId,
    edition::{Edition, Series, Venue},
};
use uuid::Uuid;

/// Adds a series.
///
/// # Errors
/// `Taken("uq_series_code")`.
pub async fn insert_series(tx: &Tx, series: &Series) -> Outcome<()> {
    tx.run(
        "insert into series (id, code, name_en, name_zh, kind, version) values ($1, $2, $3, $4, $5, 1)",
        values![
            series.id.uuid(),
            series.code.as_str(),
            series.name.en.as_str(),
            series.name.zh.as_str(),
            series.kind.code()
        ],
    )
    .await?;
    Ok(())
}

/// Adds a venue.
///
/// # Errors
/// `Taken("uq_venue_code")`.
pub async fn insert_venue(tx: &Tx, venue: &Venue) -> Outcome<()> {
    tx.run(
        "insert into venue (id, code, name_en, name_zh, city, country, time_zone, version) values ($1, $2, $3, $4, $5, $6, $7, 1)",
        values![
            venue.id.uuid(), venue.code.as_str(), venue.name.en.as_str(), venue.name.zh.as_str(), venue.city.as_str(),
            venue.country.as_str(), venue.time_zone.name()
        ],
    )
    .await?;
    Ok(())
}

/// Adds an edition.
///
/// # Errors
/// `Taken("uq_edition_slug")`; `Reference` when series or venue do not exist.
pub async fn insert(tx: &Tx, e: &Edition, now: DateTime<Utc>) -> Outcome<()> {
    tx.run(
        "insert into edition (id, series_id, slug, name_en, name_zh, venue_id, time_zone, opens_on, closes_on, build_up_on,
         breakdown_until, status, registration_open, applications_open, gross_area_dm2, template, badge_mode, created_at,
         version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1)",
        values![
            e.id.uuid(), e.series.uuid(), e.slug.as_str(), e.name.en.as_str(), e.name.zh.as_str(), e.venue.uuid(),
            e.time_zone.name(), e.opens_on, e.closes_on, e.build_up_on, e.breakdown_until, e.status.code(),
            e.registration_open, e.applications_open, e.gross_area_dm2, e.template.clone(), e.badge_mode.code(), now
        ],
    )
    .await?;
    Ok(())
}

/// The edition, locked until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn load(tx: &Tx, id: EditionId) -> Outcome<Option<Edition>> {
    let lock = crate::dialect::lock::for_update(tx.backend());
    let rows = tx.rows(&format!("{} where id = $1{lock}", read::edition::SELECT), values![id.uuid()]).await?;
    rows.first().map(read::edition::edition).transpose()
}

/// Saves an edition if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did; `Taken("uq_edition_slug")`.
pub async fn save(tx: &Tx, e: &Edition) -> Outcome<()> {
    let touched = tx
        .run(
            "update edition set slug = $2, name_en = $3, name_zh = $4, time_zone = $5, opens_on = $6, closes_on = $7,
             build_up_on = $8, breakdown_until = $9, status = $10, registration_open = $11, applications_open = $12,
             gross_area_dm2 = $13, badge_mode = $14, version = version + 1 where id = $1 and version = $15",
            values![
                e.id.uuid(),
                e.slug.as_str(),
                e.name.en.as_str(),
                e.name.zh.as_str(),
                e.time_zone.name(),
                e.opens_on,
                e.closes_on,
                e.build_up_on,
                e.breakdown_until,
                e.status.code(),
                e.registration_open,
                e.applications_open,
                e.gross_area_dm2,
                e.badge_mode.code(),
                e.version
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// A key that signs badges of an edition. The secret never leaves the server.
#[derive(Clone)]
pub struct EditionKey {
    /// Its number, part of each badge code.
    pub key_no: i32,
    /// Ed25519 secret, 32 bytes.
    pub secret: Vec<u8>,
    /// Ed25519 public key, 32 bytes.
    pub public: Vec<u8>,
    /// New badges are signed with it.
    pub active: bool,
}

/// Adds a badge key.
///
/// # Errors
/// `Taken("uq_edition_key_edition_id_key_no")`.
pub async fn insert_key(tx: &Tx, id: Uuid, edition: EditionId, key: &EditionKey, now: DateTime<Utc>) -> Outcome<()> {
    tx.run(
        "insert into edition_key (id, edition_id, key_no, algorithm, secret, public, active, created_at)
         values ($1, $2, $3, 'ed25519', $4, $5, $6, $7)",
        values![id, edition.uuid(), key.key_no, key.secret.clone(), key.public.clone(), key.active, now],
    )
    .await?;
    Ok(())
}
