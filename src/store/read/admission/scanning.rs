//! The two questions the scan writer asks for a whole batch: whose badges are these, and where have these
//! people been. Lists of placeholders grow in steps, so that a handful of prepared statements serves any batch.

use crate::{Fault, Outcome, Query, Row, Tx, dialect, values};
use chrono::{DateTime, NaiveDate, Utc};
use domain::admission::{CredentialFacts, CredentialState, Direction, Member, Standing, view::Person};
use domain::registration::Category;
use domain::{CredentialId, DeviceId, EditionId, PlaceId, RegistrationId};
use sea_orm::Value;
use uuid::Uuid;

/// A badge of the batch with the person behind it.
#[derive(Debug, Clone)]
pub struct BadgeRow {
    /// Hash of the code it was found by.
    pub code_hash: String,
    /// The badge.
    pub credential: CredentialId,
    /// What the decision needs to know about it.
    pub facts: CredentialFacts,
    /// Whether this is a reprint; the person then has older badges with passages of their own.
    pub reprinted: bool,
    /// What the steward sees.
    pub person: Person,
    /// The person as quotas see them.
    pub member: Member,
}

/// One admitted passage.
#[derive(Debug, Clone)]
pub struct PassageRow {
    /// The badge's registration.
    pub registration: RegistrationId,
    /// When it counts for.
    pub at: DateTime<Utc>,
    /// The venue's day.
    pub day: NaiveDate,
    /// Gate.
    pub gate: PlaceId,
    /// Which way.
    pub direction: Direction,
}

/// `$from, …` for a list, in steps; the caller repeats its last value to fill them.
pub(crate) fn places(count: usize, from: usize) -> (String, usize) {
    const STEPS: [usize; 14] = [1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512];
    let size = STEPS.into_iter().find(|step| *step >= count).unwrap_or(count);
    let list = (from..from + size).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    (list, size)
}

/// Binds a list, filled up with its last value to `size`.
pub(crate) fn bind<T: Clone + Into<Value>>(bound: &mut Vec<Value>, list: &[T], size: usize) {
    let last = list.last().cloned();
    bound.extend(list.iter().cloned().map(Into::into));
    if let Some(last) = last {
        bound.extend(std::iter::repeat_n(last, size - list.len()).map(Into::into));
    }
}

/// The badges with these code hashes. Locks them (PostgreSQL) in the order of their ids, so that gates of all
/// nodes decide about one badge one after the other and never wait for each other in a circle.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn badges(tx: &Tx, edition: EditionId, hashes: &[String]) -> Outcome<Vec<BadgeRow>> {
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let (list, size) = places(hashes.len(), 2);
    // Locks are taken in one order everywhere. SQLite locks the file, and an order would lure its planner to the
    // primary key: it then reads every badge of the edition instead of the few that are asked for.
    let lock = match dialect::lock::for_update_of(tx.backend, "c").as_str() {
        "" => String::new(),
        lock => format!(" order by c.id{lock}"),
    };
    let sql = format!(
        "select c.code_hash, c.id, c.registration_id, c.category, c.state, c.reprint_no, c.valid_from, c.valid_until,
                v.reprint_no, r.status, r.number, r.display_name, r.company,
                (select g.name from delegation_member m join delegation g on g.id = m.delegation_id
                 where m.edition_id = r.edition_id and m.registration_id = r.id)
         from credential c
         join registration r on r.id = c.registration_id
         left join credential v on v.edition_id = c.edition_id and v.registration_id = c.registration_id and v.state = 'active'
         where c.edition_id = $1 and c.code_hash in ({list}){lock}"
    );
    let mut bound = values![edition.uuid()];
    bind(&mut bound, hashes, size);
    tx.rows(&sql, bound).await?.iter().map(badge_of).collect()
}

fn badge_of(row: &Row) -> Outcome<BadgeRow> {
    let bad = |what: &str| Fault::impossible("credential", what.to_owned());
    let facts = CredentialFacts {
        state: CredentialState::parse(&row.get::<String>(4)?).ok_or_else(|| bad("state"))?,
        category: Category::parse(&row.get::<String>(3)?).ok_or_else(|| bad("category"))?,
        valid_from: Some(row.get(6)?),
        valid_until: Some(row.get(7)?),
        valid_reprint: row.get::<Option<i32>>(8)?,
        standing: Standing::of_status(&row.get::<String>(9)?),
    };
    let person = Person {
        registration: RegistrationId::from_uuid(row.get(2)?),
        number: i64::from(row.get::<i32>(10)?),
        name: row.get(11)?,
        company: row.get(12)?,
    };
    let delegation: Option<String> = row.get(13)?;
    let member =
        Member::new(person.registration, facts.category, &person.company, delegation.as_deref().unwrap_or_default());
    Ok(BadgeRow {
        code_hash: row.get(0)?,
        credential: CredentialId::from_uuid(row.get(1)?),
        facts,
        reprinted: row.get::<i32>(5)? > 0,
        person,
        member,
    })
}

/// Earlier admitted passages of the people behind these badges, oldest first. Older badges of a person are only
/// looked for where there is a reprint.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn passages(tx: &Tx, edition: EditionId, badges: &[BadgeRow]) -> Outcome<Vec<PassageRow>> {
    if badges.is_empty() {
        return Ok(Vec::new());
    }
    let mut owners: Vec<(Uuid, RegistrationId)> =
        badges.iter().map(|badge| (badge.credential.uuid(), badge.person.registration)).collect();
    let reprinted: Vec<Uuid> = badges.iter().filter(|b| b.reprinted).map(|b| b.person.registration.uuid()).collect();
    if !reprinted.is_empty() {
        let (list, size) = places(reprinted.len(), 1);
        let mut bound = Vec::new();
        bind(&mut bound, &reprinted, size);
        let sql = format!("select id, registration_id from credential where registration_id in ({list})");
        for row in tx.rows(&sql, bound).await? {
            owners.push((row.get(0)?, RegistrationId::from_uuid(row.get(1)?)));
        }
    }
    owners.sort_unstable();
    owners.dedup();
    let ids: Vec<Uuid> = owners.iter().map(|(id, _)| *id).collect();
    let (list, size) = places(ids.len(), 2);
    let sql = format!(
        "select credential_id, entry_time, local_day, gate_id, direction from scan
         where edition_id = $1 and credential_id in ({list}) and verdict <> 'deny' order by entry_time, device_id, sequence"
    );
    let mut bound = values![edition.uuid()];
    bind(&mut bound, &ids, size);
    let rows = tx.rows(&sql, bound).await?;
    let passage = |row: &Row| -> Outcome<PassageRow> {
        let badge: Uuid = row.get(0)?;
        let owner = owners.binary_search_by_key(&badge, |(id, _)| *id).map(|at| owners[at].1);
        let direction: String = row.get(4)?;
        Ok(PassageRow {
            registration: owner.map_err(|_| Fault::impossible("scan", "a badge nobody asked for"))?,
            at: row.get(1)?,
            day: row.get(2)?,
            gate: PlaceId::from_uuid(row.get(3)?),
            direction: Direction::parse(&direction).ok_or_else(|| Fault::impossible("scan", direction))?,
        })
    };
    rows.iter().map(passage).collect()
}

/// What a device did on a day: admissions and denials, and its highest sequence number ever.
///
/// # Errors
/// When the database does not answer.
pub async fn sequence_tally(
    q: &impl Query,
    edition: EditionId,
    device: DeviceId,
    day: NaiveDate,
) -> Outcome<(i64, i64, i64)> {
    let sql = "select count(*) filter (where verdict <> 'deny'), count(*) filter (where verdict = 'deny')
               from scan where edition_id = $1 and local_day = $2 and device_id = $3";
    let rows = q.rows(sql, values![edition.uuid(), day, device.uuid()]).await?;
    let (admitted, denied) = match rows.first() {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (0, 0),
    };
    let sql = "select max(sequence) from scan where edition_id = $1 and device_id = $2";
    let highest = q.scalar::<Option<i64>>(sql, values![edition.uuid(), device.uuid()]).await?.flatten().unwrap_or(0);
    Ok((admitted, denied, highest))
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn a_few_sizes_serve_every_batch() {
        assert_eq!(places(3, 2), ("$2, $3, $4, $5".to_owned(), 4));
        assert_eq!(places(1, 1), ("$1".to_owned(), 1));
        assert_eq!(places(600, 1).1, 600);
    }
}
