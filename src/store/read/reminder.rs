//! Who is to be reminded of what.

use crate::{Outcome, Query, Reader, Row, values};
use chrono::{DateTime, Utc};
use domain::{Bilingual, ContactId, EditionId, Locale};
use uuid::Uuid;

/// An open duty of an exhibitor, as a reminder names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDuty {
    /// Who is written to.
    pub contact: ContactId,
    /// Name of the contact.
    pub name: String,
    /// Its address.
    pub email: String,
    /// Its language.
    pub locale: Locale,
    /// The exhibitor's name.
    pub company: String,
    /// The edition.
    pub edition: EditionId,
    /// What is to be done.
    pub duty: Bilingual,
    /// The plan's deadline.
    pub due: DateTime<Utc>,
}

/// Open mandatory duties whose deadline lies in `[from, until)`, for contacts that can sign in, of editions that are
/// prepared or running; by contact, the nearest first. Only one contact with `only`.
///
/// # Errors
/// When the database does not answer.
pub async fn due_duties(
    reader: &Reader,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    only: Option<ContactId>,
) -> Outcome<Vec<DueDuty>> {
    let mut bound = values![from, until, true];
    let mut one = "";
    if let Some(contact) = only {
        bound.push(contact.uuid().into());
        one = " and c.id = $4";
    }
    let sql = format!(
        "select c.id, c.name, c.email, c.locale, p.name, x.edition_id, d.name_en, d.name_zh, t.early_finish
         from exhibitor_duty x join duty d on d.id = x.duty_id join task t on t.id = d.task_id
         join contact c on c.participation_id = x.participation_id
         join participation n on n.id = x.participation_id join party p on p.id = n.party_id
         join edition e on e.id = x.edition_id
         where x.state = 'open' and d.mandatory = $3 and c.active = $3 and c.joined_at is not null
         and t.early_finish >= $1 and t.early_finish < $2 and e.status in ('planning', 'running'){one}
         order by c.id, t.early_finish, d.sort"
    );
    reader.rows(&sql, bound).await?.iter().map(due_duty).collect()
}

fn due_duty(row: &Row) -> Outcome<DueDuty> {
    Ok(DueDuty {
        contact: ContactId::from_uuid(row.get(0)?),
        name: row.get(1)?,
        email: row.get(2)?,
        locale: Locale::parse(&row.get::<String>(3)?).unwrap_or_default(),
        company: row.get(4)?,
        edition: EditionId::from_uuid(row.get::<Uuid>(5)?),
        duty: Bilingual { en: row.get(6)?, zh: row.get(7)? },
        due: row.get(8)?,
    })
}
