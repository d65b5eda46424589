//! Editions, series and venues as pages need them.

use crate::{Fault, Outcome, Query, Reader, Row, record::edition::EditionKey, values};
use domain::{
    Bilingual, EditionId, SeriesId, VenueId,
    edition::{BadgeMode, Edition, Series, SeriesKind, Status, Venue},
};

pub(crate) const SELECT: &str = "select id, series_id, slug, name_en, name_zh, venue_id, time_zone, opens_on, closes_on,
    build_up_on, breakdown_until, status, registration_open, applications_open, gross_area_dm2, template, badge_mode, version
    from edition";

pub(crate) fn edition(row: &Row) -> Outcome<Edition> {
    let zone: String = row.get(6)?;
    let status: String = row.get(11)?;
    let badge_mode: String = row.get(16)?;
    Ok(Edition {
        id: EditionId::from_uuid(row.get(0)?),
        series: SeriesId::from_uuid(row.get(1)?),
        slug: row.get(2)?,
        name: Bilingual { en: row.get(3)?, zh: row.get(4)? },
        venue: VenueId::from_uuid(row.get(5)?),
        time_zone: zone.parse().map_err(|e| Fault::impossible("edition", e))?,
        opens_on: row.get(7)?,
        closes_on: row.get(8)?,
        build_up_on: row.get(9)?,
        breakdown_until: row.get(10)?,
        status: Status::parse(&status).ok_or_else(|| Fault::impossible("edition", status))?,
        registration_open: row.get(12)?,
        applications_open: row.get(13)?,
        gross_area_dm2: row.get(14)?,
        template: row.get(15)?,
        badge_mode: BadgeMode::parse(&badge_mode).ok_or_else(|| Fault::impossible("edition", badge_mode))?,
        version: row.get(17)?,
    })
}

/// The edition with this slug.
///
/// # Errors
/// When the database does not answer.
pub async fn by_slug(q: &impl Query, slug: &str) -> Outcome<Option<Edition>> {
    q.rows(&format!("{SELECT} where slug = $1"), values![slug]).await?.first().map(edition).transpose()
}

/// The edition with this id.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(q: &impl Query, id: EditionId) -> Outcome<Option<Edition>> {
    q.rows(&format!("{SELECT} where id = $1"), values![id.uuid()]).await?.first().map(edition).transpose()
}

/// All editions, the latest opening first.
///
/// # Errors
/// When the database does not answer.
pub async fn all(reader: &Reader) -> Outcome<Vec<Edition>> {
    reader.rows(&format!("{SELECT} order by opens_on desc, id"), values![]).await?.iter().map(edition).collect()
}

/// All series by code.
///
/// # Errors
/// When the database does not answer.
pub async fn series(reader: &Reader) -> Outcome<Vec<Series>> {
    let rows = reader.rows("select id, code, name_en, name_zh, kind from series order by code", values![]).await?;
    let one = |row: &Row| -> Outcome<Series> {
        let kind: String = row.get(4)?;
        Ok(Series {
            id: SeriesId::from_uuid(row.get(0)?),
            code: row.get(1)?,
            name: Bilingual { en: row.get(2)?, zh: row.get(3)? },
            kind: SeriesKind::parse(&kind).ok_or_else(|| Fault::impossible("series", kind))?,
        })
    };
    rows.iter().map(one).collect()
}

/// All venues by code.
///
/// # Errors
/// When the database does not answer.
pub async fn venues(q: &impl Query) -> Outcome<Vec<Venue>> {
    let sql = "select id, code, name_en, name_zh, city, country, time_zone from venue order by code";
    let rows = q.rows(sql, values![]).await?;
    let one = |row: &Row| -> Outcome<Venue> {
        let zone: String = row.get(6)?;
        Ok(Venue {
            id: VenueId::from_uuid(row.get(0)?),
            code: row.get(1)?,
            name: Bilingual { en: row.get(2)?, zh: row.get(3)? },
            city: row.get(4)?,
            country: row.get(5)?,
            time_zone: zone.parse().map_err(|e| Fault::impossible("venue", e))?,
        })
    };
    rows.iter().map(one).collect()
}

/// The badge keys of an edition, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn keys(q: &impl Query, edition: EditionId) -> Outcome<Vec<EditionKey>> {
    let sql = "select key_no, secret, public, active from edition_key where edition_id = $1 order by key_no desc";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    let one = |row: &Row| -> Outcome<EditionKey> {
        Ok(EditionKey { key_no: row.get(0)?, secret: row.get(1)?, public: row.get(2)?, active: row.get(3)? })
    };
    rows.iter().map(one).collect()
}
