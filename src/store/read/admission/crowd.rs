//! Admitted passages as heads are counted from them: who, where, when, of which company.

use crate::{Fault, Outcome, Query, Row, values};
use chrono::{DateTime, NaiveDate, Utc};
use domain::admission::{Direction, Member};
use domain::registration::Category;
use domain::{EditionId, PlaceId, RegistrationId, ScanId};

/// An admitted passage with the person as quotas see them.
#[derive(Debug, Clone)]
pub struct CrowdRow {
    /// The scan.
    pub scan: ScanId,
    /// The person.
    pub member: Member,
    /// The gate passed.
    pub gate: PlaceId,
    /// Which way.
    pub direction: Direction,
    /// When it counts for.
    pub at: DateTime<Utc>,
    /// The venue's day.
    pub day: NaiveDate,
}

/// Admitted passages of known people: of one day, or of all days; with `since`, what the server took since then,
/// whatever its day.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn crowd(
    q: &impl Query,
    edition: EditionId,
    day: Option<NaiveDate>,
    since: Option<DateTime<Utc>>,
) -> Outcome<Vec<CrowdRow>> {
    let mut sql = "select s.registration_id, s.category, r.company,
                          (select g.name from delegation_member m join delegation g on g.id = m.delegation_id
                           where m.edition_id = r.edition_id and m.registration_id = r.id), s.gate_id, s.direction, s.entry_time,
                          s.local_day, s.id
                   from scan s join registration r on r.id = s.registration_id
                   where s.edition_id = $1 and s.verdict <> 'deny'"
        .to_owned();
    let mut bound = values![edition.uuid()];
    // One of the two narrows it down by an index; a day beside a time would only lead the planner astray.
    let narrowed: Option<(&str, sea_orm::Value)> =
        since.map(|since| ("s.server_time >=", since.into())).or(day.map(|day| ("s.local_day =", day.into())));
    if let Some((test, value)) = narrowed {
        bound.push(value);
        sql.push_str(&format!(" and {test} $2"));
    }
    q.rows(&sql, bound).await?.iter().map(row_of).collect()
}

fn row_of(row: &Row) -> Outcome<CrowdRow> {
    let category: Option<String> = row.get(1)?;
    let category = category.as_deref().and_then(Category::parse);
    let (company, delegation): (String, Option<String>) = (row.get(2)?, row.get(3)?);
    let direction: String = row.get(5)?;
    Ok(CrowdRow {
        scan: ScanId::from_uuid(row.get(8)?),
        member: Member::new(
            RegistrationId::from_uuid(row.get(0)?),
            category.ok_or_else(|| Fault::impossible("scan", "a known badge without category"))?,
            &company,
            delegation.as_deref().unwrap_or_default(),
        ),
        gate: PlaceId::from_uuid(row.get(4)?),
        direction: Direction::parse(&direction).ok_or_else(|| Fault::impossible("scan", direction))?,
        at: row.get(6)?,
        day: row.get(7)?,
    })
}
