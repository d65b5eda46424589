//! The file that waits for a person's word, and the people a file may name.

use crate::{Outcome, Query, values};
use domain::{EditionId, UserId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Name and bytes of an uploaded file, if this person uploaded it to this edition.
///
/// # Errors
/// When the database does not answer.
pub async fn upload(q: &impl Query, edition: EditionId, id: Uuid, by: UserId) -> Outcome<Option<(String, Vec<u8>)>> {
    let sql = "select name, content from plan_upload where id = $1 and edition_id = $2 and \"by\" = $3";
    let rows = q.rows(sql, values![id, edition.uuid(), by.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some((row.get(0)?, row.get(1)?)))
}

/// Name and address of the users who have a role in the edition.
///
/// # Errors
/// When the database does not answer.
pub async fn people(q: &impl Query, edition: EditionId) -> Outcome<BTreeMap<UserId, (String, String)>> {
    let sql = "select distinct u.id, u.name, u.email from \"user\" u left join user_role r on r.user_id = u.id
               where u.active and (r.edition_id = $1 or r.edition_id is null and r.role is not null)";
    let mut people = BTreeMap::new();
    for row in q.rows(sql, values![edition.uuid()]).await? {
        people.insert(UserId::from_uuid(row.get(0)?), (row.get(1)?, row.get(2)?));
    }
    Ok(people)
}
