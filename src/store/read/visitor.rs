//! Registrations as what is done for many of them needs: reminding, forgetting, figures of consents.

use crate::{
    Outcome, Query, Reader, Row, dialect,
    record::registration::{COLUMNS, registration_of},
    values,
};
use chrono::{DateTime, Utc};
use domain::{
    EditionId, PartyId,
    registration::{Purpose, Registration, view::FoundPerson},
    search::query_terms,
    text::fold_email,
};

/// The next people to remind: those who have a badge and an address, by number.
///
/// # Errors
/// When the database does not answer.
pub async fn to_remind(reader: &Reader, edition: EditionId, after: i32, limit: u32) -> Outcome<Vec<Registration>> {
    let sql = format!(
        "select {COLUMNS} from registration where edition_id = $1 and number > $2 and status = 'approved'
         and folded_email <> '' order by number limit {limit}"
    );
    reader.rows(&sql, values![edition.uuid(), after]).await?.iter().map(registration_of).collect()
}

/// The next people whose personal data is still there.
///
/// # Errors
/// When the database does not answer.
pub async fn to_forget(reader: &Reader, edition: EditionId, limit: u32) -> Outcome<Vec<Registration>> {
    let sql = format!(
        "select {COLUMNS} from registration where edition_id = $1 and status <> 'anonymized' order by number limit {limit}"
    );
    reader.rows(&sql, values![edition.uuid()]).await?.iter().map(registration_of).collect()
}

/// How many people agree to each purpose now.
///
/// # Errors
/// When the database does not answer.
pub async fn consents_given(reader: &Reader, edition: EditionId) -> Outcome<Vec<(Purpose, i64)>> {
    // The latest of a person and purpose holds; most have one only.
    let sql = "select c.purpose, count(*) from consent c where c.edition_id = $1 and c.given and not exists
                 (select 1 from consent later where later.registration_id = c.registration_id
                  and later.purpose = c.purpose and (later.at > c.at or (later.at = c.at and later.id > c.id)))
               group by c.purpose";
    let rows = reader.rows(sql, values![edition.uuid()]).await?;
    let pair = |row: &Row| -> Outcome<(String, i64)> { Ok((row.get(0)?, row.get(1)?)) };
    let counts: Vec<(String, i64)> = rows.iter().map(pair).collect::<Outcome<_>>()?;
    let of = |purpose: &Purpose| counts.iter().find(|(code, _)| code == purpose.code()).map_or(0, |(_, n)| *n);
    Ok(Purpose::ALL.iter().map(|purpose| (*purpose, of(purpose))).collect())
}

/// How many mails were written to an address, and when the last one.
///
/// # Errors
/// When the database does not answer.
pub async fn mails_to(reader: &Reader, edition: EditionId, email: &str) -> Outcome<(i64, Option<DateTime<Utc>>)> {
    if email.is_empty() {
        return Ok((0, None));
    }
    let sql = "select count(*), max(created_at) from mail where edition_id = $1 and lower(to_address) = $2";
    let rows = reader.rows(sql, values![edition.uuid(), fold_email(email)]).await?;
    let Some(row) = rows.first() else { return Ok((0, None)) };
    Ok((row.get(0)?, row.get(1)?))
}

/// Newest finds of a broad word that are looked at.
const MOST_LOOKED_AT: u32 = 500;

/// People known from elsewhere who are not registered in the edition, by what they are found by; newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn known_people(reader: &Reader, edition: EditionId, q: &str, limit: u32) -> Outcome<Vec<FoundPerson>> {
    let Some(walk) = dialect::search::newest(reader.backend(), &query_terms(q), 2) else { return Ok(Vec::new()) };
    let sql = format!(
        "select f.id, f.title, f.subtitle from
           (select d.id, d.title, d.subtitle from {} where {} and d.kind = 'person' order by {} limit {MOST_LOOKED_AT}) f
         where not exists (select 1 from registration r where r.party_id = f.id and r.edition_id = $1
           and r.status in ('invited', 'registered', 'approved'))
         limit {limit}",
        walk.from, walk.condition, walk.order()
    );
    let rows = reader.rows(&sql, values![edition.uuid(), walk.expression]).await?;
    let person = |row: &Row| -> Outcome<FoundPerson> {
        Ok(FoundPerson { party: PartyId::from_uuid(row.get(0)?), name: row.get(1)?, company: row.get(2)? })
    };
    rows.iter().map(person).collect()
}
