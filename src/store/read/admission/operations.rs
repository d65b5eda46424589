//! What the live board shows beside the counts of the day: people inside by zone, how devices are doing, and the shape of
//! days before.

use crate::{Outcome, Query, Reader, Row, dialect, values};
use chrono::NaiveDate;
use domain::admission::view::{PrintTally, ZoneLine};
use domain::{Bilingual, EditionId, PlaceId};
use std::collections::HashMap;

/// The zones behind the gates with what they hold; nobody is counted in them yet.
///
/// # Errors
/// When the database does not answer.
pub async fn zones(reader: &Reader, edition: EditionId) -> Outcome<Vec<ZoneLine>> {
    let sql = "select p.id, p.code, p.name_en, p.name_zh, p.capacity_persons from place p
               where p.id in (select zone_id from gate where edition_id = $1) order by p.sort, p.code, p.id";
    let zone = |row: &Row| -> Outcome<ZoneLine> {
        Ok(ZoneLine {
            zone: PlaceId::from_uuid(row.get(0)?),
            code: row.get(1)?,
            name: Bilingual::new(row.get::<String>(2)?, row.get::<String>(3)?),
            inside: 0,
            capacity: row.get::<Option<i32>>(4)?.map(i64::from),
        })
    };
    reader.rows(sql, values![edition.uuid()]).await?.iter().map(zone).collect()
}

/// People in the zones behind the gates by the log of a day: those whose last passage at the gates of the zone was
/// inward. A badge that was replaced counts only until its successor is used.
///
/// # Errors
/// When the database does not answer.
pub async fn inside(reader: &Reader, edition: EditionId, day: NaiveDate) -> Outcome<HashMap<PlaceId, i64>> {
    let sql = "select g.zone_id, count(*) from scan s join gate g on g.id = s.gate_id
         join credential c on c.id = s.credential_id
         where s.edition_id = $1 and s.local_day = $2 and s.verdict <> 'deny' and s.direction = 'in'
           and g.zone_id is not null and not exists
             (select 1 from scan n join gate m on m.id = n.gate_id
              where n.edition_id = s.edition_id and n.credential_id = s.credential_id and n.local_day = s.local_day
                and n.verdict <> 'deny' and m.zone_id = g.zone_id
                and (n.entry_time > s.entry_time or (n.entry_time = s.entry_time and n.id > s.id)))
           and (c.state <> 'replaced' or not exists
             (select 1 from credential o join scan n on n.edition_id = $1 and n.credential_id = o.id
              where o.registration_id = c.registration_id and o.id <> c.id and n.verdict <> 'deny'
                and n.entry_time > s.entry_time))
         group by g.zone_id";
    let mut inside = HashMap::new();
    for row in reader.rows(sql, values![edition.uuid(), day]).await? {
        inside.insert(PlaceId::from_uuid(row.get(0)?), row.get(1)?);
    }
    Ok(inside)
}

/// How printing is doing.
///
/// # Errors
/// When the database does not answer.
pub async fn print_tally(reader: &Reader, edition: EditionId) -> Outcome<PrintTally> {
    let sql = "select coalesce(sum(case when state in ('failed', 'unsure') then 1 else 0 end), 0),
                      coalesce(sum(case when state in ('waiting', 'printing') then 1 else 0 end), 0)
               from print_job where edition_id = $1 and state in ('failed', 'unsure', 'waiting', 'printing')";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let (failed, waiting) = match rows.first() {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (0, 0),
    };
    let sql = "select count(*) from print_station where edition_id = $1 and removed_at is null and trouble is not null";
    let troubled = reader.scalar(sql, values![edition.uuid()]).await?.unwrap_or(0);
    Ok(PrintTally { failed, waiting, troubled })
}

/// Entries by quarter of an hour since 1970, of the days from the first to the last.
///
/// # Errors
/// When the database does not answer.
pub async fn quarters(
    reader: &Reader,
    edition: EditionId,
    (first, last): (NaiveDate, NaiveDate),
) -> Outcome<Vec<(NaiveDate, i64, i64)>> {
    let minute = dialect::time::minute("entry_time", reader.backend);
    let sql = format!(
        "select local_day, {minute} / 15, count(*) from scan where edition_id = $1 and local_day >= $2 and local_day <= $3
         and direction = 'in' and verdict <> 'deny' group by 1, 2"
    );
    let rows = reader.rows(&sql, values![edition.uuid(), first, last]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}
