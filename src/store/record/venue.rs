//! Loading and saving places.

use crate::{Fault, Outcome, Query, Row, Tx, dialect, values};
use domain::{
    Bilingual, EditionId, PlaceId, VenueId,
    venue::{Place, PlaceKind, Rect},
};
use uuid::Uuid;

pub(crate) const PLACE: &str =
    "select p.id, p.venue_id, p.edition_id, p.parent_id, p.kind, p.code, p.name_en, p.name_zh,
    p.area_dm2, p.capacity_persons, p.x_mm, p.y_mm, p.w_mm, p.h_mm, p.sort, p.version from place p";

pub(crate) fn place(row: &Row) -> Outcome<Place> {
    let kind: String = row.get(4)?;
    Ok(Place {
        id: PlaceId::from_uuid(row.get(0)?),
        venue: VenueId::from_uuid(row.get(1)?),
        edition: row.get::<Option<Uuid>>(2)?.map(EditionId::from_uuid),
        parent: row.get::<Option<Uuid>>(3)?.map(PlaceId::from_uuid),
        kind: PlaceKind::parse(&kind).ok_or_else(|| Fault::impossible("place", kind))?,
        code: row.get(5)?,
        name: Bilingual { en: row.get(6)?, zh: row.get(7)? },
        area_dm2: row.get(8)?,
        capacity_persons: row.get(9)?,
        rect: Rect::from_parts(row.get(10)?, row.get(11)?, row.get(12)?, row.get(13)?),
        sort: row.get(14)?,
        version: row.get(15)?,
    })
}

/// A place that belongs to the venue, or to this edition in it; locked until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn place_of(tx: &Tx, venue: VenueId, edition: EditionId, id: PlaceId) -> Outcome<Option<Place>> {
    let lock = dialect::lock::for_update(tx.backend());
    let sql =
        format!("{PLACE} where p.id = $1 and p.venue_id = $2 and (p.edition_id is null or p.edition_id = $3){lock}");
    tx.rows(&sql, values![id.uuid(), venue.uuid(), edition.uuid()]).await?.first().map(place).transpose()
}

/// Adds a place.
///
/// # Errors
/// `Reference` when the venue, edition or parent does not exist.
pub async fn insert_place(tx: &Tx, p: &Place) -> Outcome<()> {
    tx.insert("place", &PLACE_COLUMNS, vec![place_row(p)]).await
}

/// Adds many places; parents come before what lies in them.
///
/// # Errors
/// As [`insert_place`].
pub async fn insert_places(tx: &Tx, places: &[Place]) -> Outcome<()> {
    tx.insert("place", &PLACE_COLUMNS, places.iter().map(place_row)).await
}

const PLACE_COLUMNS: [&str; 16] = [
    "id",
    "venue_id",
    "edition_id",
    "parent_id",
    "kind",
    "code",
    "name_en",
    "name_zh",
    "area_dm2",
    "capacity_persons",
    "x_mm",
    "y_mm",
    "w_mm",
    "h_mm",
    "sort",
    "version",
];

fn place_row(p: &Place) -> Vec<sea_orm::Value> {
    let rect = p.rect;
    values![
        p.id.uuid(),
        p.venue.uuid(),
        p.edition.map(EditionId::uuid),
        p.parent.map(PlaceId::uuid),
        p.kind.code(),
        p.code.as_str(),
        p.name.en.as_str(),
        p.name.zh.as_str(),
        p.area_dm2,
        p.capacity_persons,
        rect.map(|r| r.x_mm),
        rect.map(|r| r.y_mm),
        rect.map(|r| r.w_mm),
        rect.map(|r| r.h_mm),
        p.sort,
        p.version
    ]
}

/// Saves a place if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_place(tx: &Tx, p: &Place) -> Outcome<()> {
    let rect = p.rect;
    let touched = tx
        .run(
            "update place set parent_id = $2, kind = $3, code = $4, name_en = $5, name_zh = $6, area_dm2 = $7,
             capacity_persons = $8, x_mm = $9, y_mm = $10, w_mm = $11, h_mm = $12, sort = $13, version = version + 1
             where id = $1 and version = $14",
            values![
                p.id.uuid(),
                p.parent.map(PlaceId::uuid),
                p.kind.code(),
                p.code.as_str(),
                p.name.en.as_str(),
                p.name.zh.as_str(),
                p.area_dm2,
                p.capacity_persons,
                rect.map(|r| r.x_mm),
                rect.map(|r| r.y_mm),
                rect.map(|r| r.w_mm),
                rect.map(|r| r.h_mm),
                p.sort,
                p.version
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// The place after the last one under a parent.
///
/// # Errors
/// When the database does not answer.
pub async fn next_sort(tx: &Tx, venue: VenueId) -> Outcome<i32> {
    let sql = "select coalesce(max(sort), 0) + 1 from place where venue_id = $1";
    Ok(tx.scalar(sql, values![venue.uuid()]).await?.unwrap_or(1))
}
