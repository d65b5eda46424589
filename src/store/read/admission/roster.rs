//! Who is expected, for devices that look people up without network.

use super::scanning::{bind, places};
use crate::record::registration::answers_of_row;
use crate::{Outcome, Query, Row, values};
use domain::admission::roster::{Expected, sounds};
use domain::{EditionId, RegistrationId};
use uuid::Uuid;

const PERSON: &str =
    "select r.id, r.number, r.display_name, r.answers, r.company, r.category, r.status from registration r";

fn expected_of(row: &Row) -> Outcome<(RegistrationId, Expected)> {
    let (name, company): (String, String) = (row.get(2)?, row.get(4)?);
    let gone = row.get::<String>(6)? == "anonymized";
    let other_name = if gone { String::new() } else { answers_of_row(row, 3)?.0 };
    let person = Expected {
        number: i64::from(row.get::<i32>(1)?),
        sounds: if gone { String::new() } else { sounds(&[&name, &other_name, &company]) },
        name: if gone { String::new() } else { name },
        other_name,
        company: if gone { String::new() } else { company },
        category: row.get(5)?,
    };
    Ok((RegistrationId::from_uuid(row.get(0)?), person))
}

/// People of an edition whose registration comes after this one, in the order they registered. Somebody anonymized is
/// there without a name, so that a device that knew one forgets it.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn expected_after(
    q: &impl Query,
    edition: EditionId,
    after: Option<RegistrationId>,
    limit: u32,
) -> Outcome<Vec<(RegistrationId, Expected)>> {
    let sql = format!("{PERSON} where r.edition_id = $1 and r.id > $2 order by r.id limit {limit}");
    let after = after.map_or(Uuid::nil(), RegistrationId::uuid);
    q.rows(&sql, values![edition.uuid(), after]).await?.iter().map(expected_of).collect()
}

/// These people as they are now.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn expected_of_ids(q: &impl Query, edition: EditionId, ids: &[Uuid]) -> Outcome<Vec<Expected>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (list, size) = places(ids.len(), 2);
    let sql = format!("{PERSON} where r.edition_id = $1 and r.id in ({list}) order by r.id");
    let mut bound = values![edition.uuid()];
    bind(&mut bound, ids, size);
    q.rows(&sql, bound).await?.iter().map(|row| expected_of(row).map(|(_, person)| person)).collect()
}
