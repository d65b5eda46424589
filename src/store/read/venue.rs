//! Halls, the tree of places, a hall as it is drawn.

use crate::{
    Outcome, Query, Reader, Row,
    read::sales::company,
    record::{
        sales::kind_of,
        venue::{PLACE, place},
    },
    values,
};
use domain::{
    Bilingual, EditionId, ParticipationId, PlaceId, VenueId,
    venue::{
        Footprint, PlaceKind, Rect, inspect,
        view::{HallPlan, HallRow, PlanFeature, PlanStand, TreeRow},
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;

const HALL: &str = "select h.id, h.code, h.name_en, h.name_zh, h.area_dm2, h.capacity_persons, count(s.id), count(a.id),
    cast(coalesce(sum(s.area_dm2), 0) as bigint), cast(coalesce(sum(case when a.id is null then 0 else s.area_dm2 end), 0) as bigint)
    from place h left join stand s on s.hall_id = h.id and s.edition_id = $2
    left join stand_assignment a on a.stand_id = s.id and a.released_at is null
    where h.venue_id = $1 and h.kind = 'hall' and (h.edition_id is null or h.edition_id = $2)";

fn hall_row(row: &Row) -> Outcome<HallRow> {
    Ok(HallRow {
        id: PlaceId::from_uuid(row.get(0)?),
        code: row.get(1)?,
        name: Bilingual { en: row.get(2)?, zh: row.get(3)? },
        area_dm2: row.get::<Option<i64>>(4)?.unwrap_or(0),
        capacity_persons: row.get(5)?,
        stands: row.get(6)?,
        assigned: row.get(7)?,
        net_dm2: row.get(8)?,
        assigned_dm2: row.get(9)?,
    })
}

/// The halls of the venue with this edition's stands counted.
///
/// # Errors
/// When the database does not answer.
pub async fn halls(reader: &Reader, venue: VenueId, edition: EditionId) -> Outcome<Vec<HallRow>> {
    let sql = format!(
        "{HALL} group by h.id, h.code, h.name_en, h.name_zh, h.area_dm2, h.capacity_persons, h.sort order by h.sort, h.code"
    );
    reader.rows(&sql, values![venue.uuid(), edition.uuid()]).await?.iter().map(hall_row).collect()
}

/// Hall ids with the words a choice shows.
///
/// # Errors
/// When the database does not answer.
pub async fn hall_choices(reader: &Reader, venue: VenueId, edition: EditionId) -> Outcome<Vec<(PlaceId, String)>> {
    let sql =
        "select id, code from place where venue_id = $1 and kind = 'hall' and (edition_id is null or edition_id = $2)
               order by sort, code";
    let rows = reader.rows(sql, values![venue.uuid(), edition.uuid()]).await?;
    rows.iter().map(|row| Ok((PlaceId::from_uuid(row.get(0)?), row.get(1)?))).collect()
}

/// Every place but the stands (they are counted), parents before what lies in them.
///
/// # Errors
/// When the database does not answer.
pub async fn tree(reader: &Reader, venue: VenueId, edition: EditionId) -> Outcome<Vec<TreeRow>> {
    let sql = format!(
        "{PLACE} where p.venue_id = $1 and (p.edition_id is null or p.edition_id = $2) and p.kind <> 'stand'
         order by p.sort, p.code, p.id"
    );
    let rows = reader.rows(&sql, values![venue.uuid(), edition.uuid()]).await?;
    let places = rows.iter().map(place).collect::<Outcome<Vec<_>>>()?;
    let sql = "select parent_id, count(*) from place where venue_id = $1 and parent_id is not null
               and (edition_id is null or edition_id = $2) group by parent_id";
    let mut counts: BTreeMap<Uuid, i64> = BTreeMap::new();
    for row in reader.rows(sql, values![venue.uuid(), edition.uuid()]).await? {
        counts.insert(row.get(0)?, row.get(1)?);
    }
    let mut ordered = Vec::with_capacity(places.len());
    let known: std::collections::BTreeSet<PlaceId> = places.iter().map(|p| p.id).collect();
    let roots = places.iter().filter(|p| p.parent.is_none_or(|parent| !known.contains(&parent)));
    let mut open: Vec<(PlaceId, usize)> = roots.map(|p| (p.id, 0)).collect();
    open.reverse();
    while let Some((id, depth)) = open.pop() {
        // A row reached twice would be a cycle; the database cannot hold one below a root.
        let Some(found) = places.iter().find(|p| p.id == id) else { continue };
        let children = counts.get(&id.uuid()).copied().unwrap_or(0);
        ordered.push(TreeRow { place: found.clone(), depth, children });
        let below: Vec<_> = places.iter().filter(|p| p.parent == Some(id)).map(|p| (p.id, depth + 1)).collect();
        open.extend(below.into_iter().rev());
    }
    Ok(ordered)
}

/// One place.
///
/// # Errors
/// When the database does not answer.
pub async fn place_by_id(
    reader: &Reader,
    venue: VenueId,
    edition: EditionId,
    id: PlaceId,
) -> Outcome<Option<domain::venue::Place>> {
    let sql = format!("{PLACE} where p.id = $1 and p.venue_id = $2 and (p.edition_id is null or p.edition_id = $3)");
    reader.rows(&sql, values![id.uuid(), venue.uuid(), edition.uuid()]).await?.first().map(place).transpose()
}

/// Stands with a place on the floor, from rows of id, number, area and the four sides.
pub(crate) fn footprints(rows: &[Row]) -> Outcome<Vec<Footprint>> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(rect) = Rect::from_parts(row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?) else { continue };
        found.push(Footprint { id: PlaceId::from_uuid(row.get(0)?), number: row.get(1)?, rect, area_dm2: row.get(2)? });
    }
    Ok(found)
}

/// A hall as it is drawn, with what is wrong with it.
///
/// # Errors
/// When the database does not answer.
pub async fn hall_plan(
    reader: &Reader,
    venue: VenueId,
    edition: EditionId,
    hall: PlaceId,
) -> Outcome<Option<HallPlan>> {
    let sql =
        format!("{HALL} and h.id = $3 group by h.id, h.code, h.name_en, h.name_zh, h.area_dm2, h.capacity_persons");
    let rows = reader.rows(&sql, values![venue.uuid(), edition.uuid(), hall.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let hall_row = hall_row(row)?;
    let place = place_by_id(reader, venue, edition, hall).await?;
    let stands = drawn_stands(reader, edition, hall).await?;
    let features = features(reader, edition, hall).await?;
    // A hall without measures is drawn around what lies in it.
    let floor = place.and_then(|p| p.rect).unwrap_or_else(|| around(&stands));
    let floor = Rect { x_mm: 0, y_mm: 0, ..floor };
    let prints: Vec<Footprint> = stands
        .iter()
        .map(|s| Footprint { id: s.id, number: s.number.clone(), rect: s.rect, area_dm2: s.area_dm2 })
        .collect();
    let problems = inspect(&floor, &prints);
    Ok(Some(HallPlan { hall: hall_row, floor, stands, features, problems }))
}

fn around(stands: &[PlanStand]) -> Rect {
    let right = stands.iter().map(|s| s.rect.right()).max().unwrap_or(0);
    let bottom = stands.iter().map(|s| s.rect.bottom()).max().unwrap_or(0);
    Rect { x_mm: 0, y_mm: 0, w_mm: right.max(9_000) + 1_000, h_mm: bottom.max(9_000) + 1_000 }
}

async fn drawn_stands(reader: &Reader, edition: EditionId, hall: PlaceId) -> Outcome<Vec<PlanStand>> {
    let sql = "select s.id, s.number, s.kind, s.area_dm2, p.x_mm, p.y_mm, p.w_mm, p.h_mm, a.participation_id, o.name, o.name_en,
               o.name_zh from stand s join place p on p.id = s.id
               left join stand_assignment a on a.stand_id = s.id and a.released_at is null
               left join participation n on n.id = a.participation_id left join party o on o.id = n.party_id
               where s.edition_id = $1 and s.hall_id = $2 order by s.number";
    let mut stands = Vec::new();
    for row in reader.rows(sql, values![edition.uuid(), hall.uuid()]).await? {
        let Some(rect) = Rect::from_parts(row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?) else { continue };
        let holder = match row.get::<Option<Uuid>>(8)? {
            Some(id) => Some((ParticipationId::from_uuid(id), company(row.get(9)?, row.get(10)?, row.get(11)?))),
            None => None,
        };
        stands.push(PlanStand {
            id: PlaceId::from_uuid(row.get(0)?),
            number: row.get(1)?,
            kind: kind_of(&row.get::<String>(2)?)?,
            area_dm2: row.get(3)?,
            rect,
            holder,
        });
    }
    Ok(stands)
}

async fn features(reader: &Reader, edition: EditionId, hall: PlaceId) -> Outcome<Vec<PlanFeature>> {
    let sql = "select kind, name_en, name_zh, code, x_mm, y_mm, w_mm, h_mm from place
               where parent_id = $1 and kind <> 'stand' and (edition_id is null or edition_id = $2) order by sort, id";
    let mut features = Vec::new();
    for row in reader.rows(sql, values![hall.uuid(), edition.uuid()]).await? {
        let Some(rect) = Rect::from_parts(row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?) else { continue };
        let Some(kind) = PlaceKind::parse(&row.get::<String>(0)?) else { continue };
        let name = company(row.get(3)?, row.get(1)?, row.get(2)?);
        features.push(PlanFeature { kind, name, rect });
    }
    Ok(features)
}
