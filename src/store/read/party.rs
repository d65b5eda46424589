//! People and companies as pages and the API show them.

use crate::{Outcome, Query, Reader, Row, dialect, record::party as record, values};
use domain::{
    EditionId, PartyId,
    party::{
        Party, PartyKind,
        view::{AffiliationRow, ContactRow, ParticipationRow, PartyFilter, PartyRow},
    },
    search::query_terms,
};
use sea_orm::Value;
use uuid::Uuid;

/// Of a very broad word only the newest so many finds are put in order of names.
const MOST_SORTED: u32 = 4_000;

fn condition(reader: &Reader, edition: EditionId, filter: &PartyFilter) -> Option<(String, Vec<Value>)> {
    let mut bound = values![edition.uuid(), filter.kind.code()];
    let mut parts = vec!["p.kind = $2".to_owned()];
    if let Some(role) = filter.role {
        bound.push(role.code().into());
        parts.push(format!(
            "exists (select 1 from participation x where x.party_id = p.id and x.edition_id = $1 and x.role = ${}
               and x.status <> 'cancelled')",
            bound.len()
        ));
    }
    if let Some(country) = &filter.country {
        bound.push(country.as_str().into());
        parts.push(format!("p.country = ${}", bound.len()));
    }
    if !filter.q.trim().is_empty() {
        let walk = dialect::search::newest(reader.backend(), &query_terms(&filter.q), bound.len() + 1)?;
        bound.push(walk.expression.as_str().into());
        bound.push(kind_of_document(filter.kind).into());
        parts.push(format!(
            "p.id in (select d.id from {} where {} and d.kind = ${} order by {} limit {MOST_SORTED})",
            walk.from,
            walk.condition,
            bound.len(),
            walk.order()
        ));
    }
    Some((parts.join(" and "), bound))
}

const fn kind_of_document(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Person => "person",
        PartyKind::Organisation => "organisation",
    }
}

/// People or companies by name, those after the cursor (sort key, id). The roles are those in `edition`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    reader: &Reader,
    edition: EditionId,
    filter: &PartyFilter,
    after: Option<(String, PartyId)>,
    limit: u32,
) -> Outcome<Vec<PartyRow>> {
    let Some((mut condition, mut bound)) = condition(reader, edition, filter) else { return Ok(Vec::new()) };
    if let Some((key, id)) = after {
        bound.push(key.into());
        bound.push(id.uuid().into());
        let place = bound.len();
        condition.push_str(&format!(" and (p.sort_key, p.id) > (${}, ${place})", place - 1));
    }
    let beside = match filter.kind {
        PartyKind::Person => {
            "(select o.name from affiliation a join party o on o.id = a.organisation_id
               where a.person_id = p.id and a.until_on is null order by a.id desc limit 1)"
        }
        PartyKind::Organisation => "p.website",
    };
    let contact = |kinds: &str| {
        format!(
            "(select c.value from contact_point c where c.party_id = p.id and c.kind in ({kinds})
               order by c.is_primary desc, c.id limit 1)"
        )
    };
    let sql = format!(
        "select p.id, p.name, p.name_en, p.name_zh, p.country, p.sort_key, {beside}, {}, {} from party p
         where {condition} and $1 is not null order by p.sort_key, p.id limit {limit}",
        contact("'email'"),
        contact("'mobile', 'phone'"),
    );
    let sql = if reader.backend() == crate::Backend::Postgres {
        sql.replace("$1 is not null", "$1::uuid is not null")
    } else {
        sql
    };
    let rows = reader.rows(&sql, bound).await?;
    let mut parties: Vec<PartyRow> = rows.iter().map(party_row).collect::<Outcome<_>>()?;
    add_roles(reader, edition, &mut parties).await?;
    Ok(parties)
}

fn party_row(row: &Row) -> Outcome<PartyRow> {
    Ok(PartyRow {
        id: PartyId::from_uuid(row.get(0)?),
        name: row.get(1)?,
        name_en: row.get(2)?,
        name_zh: row.get(3)?,
        country: row.get(4)?,
        sort_key: row.get(5)?,
        beside: row.get(6)?,
        email: row.get(7)?,
        phone: row.get(8)?,
        roles: Vec::new(),
    })
}

/// One query for the roles of all parties on a page.
async fn add_roles(reader: &Reader, edition: EditionId, parties: &mut [PartyRow]) -> Outcome<()> {
    if parties.is_empty() {
        return Ok(());
    }
    let mut bound = values![edition.uuid()];
    let places = parties.iter().map(|party| {
        bound.push(party.id.uuid().into());
        format!("${}", bound.len())
    });
    let places = places.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select party_id, role from participation where edition_id = $1 and status <> 'cancelled' and party_id in ({places})
         order by role"
    );
    for row in reader.rows(&sql, bound).await? {
        let id: Uuid = row.get(0)?;
        if let Some(party) = parties.iter_mut().find(|party| party.id.uuid() == id) {
            party.roles.push(row.get(1)?);
        }
    }
    Ok(())
}

/// How many people or companies match.
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &PartyFilter) -> Outcome<i64> {
    let Some((condition, bound)) = condition(reader, edition, filter) else { return Ok(0) };
    let anchor = if reader.backend() == crate::Backend::Postgres { "$1::uuid" } else { "$1" };
    let sql = format!("select count(*) from party p where {condition} and {anchor} is not null");
    Ok(reader.scalar(&sql, bound).await?.unwrap_or(0))
}

/// One party.
///
/// # Errors
/// When the database does not answer.
pub async fn party(reader: &Reader, id: PartyId) -> Outcome<Option<Party>> {
    let sql = format!("select {} from party where id = $1", record::COLUMNS);
    reader.rows(&sql, values![id.uuid()]).await?.first().map(record::party_of).transpose()
}

/// How to reach a party, the first choice first.
///
/// # Errors
/// When the database does not answer.
pub async fn contacts(reader: &Reader, id: PartyId) -> Outcome<Vec<ContactRow>> {
    let sql =
        "select kind, value, is_primary from contact_point where party_id = $1 order by is_primary desc, kind, id";
    let rows = reader.rows(sql, values![id.uuid()]).await?;
    rows.iter().map(|row| Ok(ContactRow { kind: row.get(0)?, value: row.get(1)?, primary: row.get(2)? })).collect()
}

/// For whom a person works, or who works for an organisation: present first.
///
/// # Errors
/// When the database does not answer.
pub async fn affiliations(reader: &Reader, party: &Party) -> Outcome<Vec<AffiliationRow>> {
    let (mine, other) = match party.kind {
        PartyKind::Person => ("person_id", "organisation_id"),
        PartyKind::Organisation => ("organisation_id", "person_id"),
    };
    let sql = format!(
        "select p.id, p.name, a.title, a.from_on, a.until_on from affiliation a join party p on p.id = a.{other}
         where a.{mine} = $1 order by case when a.until_on is null then 0 else 1 end, p.sort_key limit 200"
    );
    let rows = reader.rows(&sql, values![party.id.uuid()]).await?;
    let affiliation = |row: &Row| -> Outcome<AffiliationRow> {
        Ok(AffiliationRow {
            party: PartyId::from_uuid(row.get(0)?),
            name: row.get(1)?,
            title: row.get(2)?,
            from_on: row.get(3)?,
            until_on: row.get(4)?,
        })
    };
    rows.iter().map(affiliation).collect()
}

/// What a party is and was in the editions, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn participations(reader: &Reader, id: PartyId) -> Outcome<Vec<ParticipationRow>> {
    let sql = "select e.id, e.slug, e.name_en, e.name_zh, x.role, x.status, x.created_at
               from participation x join edition e on e.id = x.edition_id where x.party_id = $1
               order by e.opens_on desc, x.role";
    let rows = reader.rows(sql, values![id.uuid()]).await?;
    let participation = |row: &Row| -> Outcome<ParticipationRow> {
        Ok(ParticipationRow {
            edition: EditionId::from_uuid(row.get(0)?),
            edition_slug: row.get(1)?,
            edition_en: row.get(2)?,
            edition_zh: row.get(3)?,
            role: row.get(4)?,
            status: row.get(5)?,
            created_at: row.get(6)?,
        })
    };
    rows.iter().map(participation).collect()
}
