//! Groups and their members as pages and the API show them.

use super::order::Order;
use crate::{
    Outcome, Query, Reader, Row,
    read::{
        registration::{LIST, list_row},
        sales::{Conditions, contains, page},
        voucher::CAME,
    },
    record::delegation::{DELEGATION, DELEGATION_WIDTH, delegation_of},
    values,
};
use domain::{
    DelegationId, EditionId, ParticipationId, RegistrationId,
    listing::Sort,
    registration::{
        Category,
        delegation::{Delegation, DelegationRow, Kind, SORTS},
        view::RegistrationRow,
    },
    sales::view::Page,
};

/// What the list of groups is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct DelegationFilter {
    /// Words of the name, the leader's name or address, or the number.
    pub q: String,
    pub kind: Option<Kind>,
    pub category: Option<Category>,
    /// Only those that take no more people, or only those that do.
    pub closed: Option<bool>,
    /// One of [`SORTS`].
    pub sort: String,
    /// Cursor.
    pub after: String,
}

fn conditions(edition: EditionId, filter: &DelegationFilter) -> Conditions {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if !filter.q.trim().is_empty() {
        let words = contains(&filter.q);
        conditions.and(
            "(lower(g.name) like ? escape '\\' or lower(g.contact_name) like ? escape '\\'
              or g.folded_email like ? escape '\\' or cast(g.number as text) = ?)",
            values![words.as_str(), words.as_str(), words.as_str(), filter.q.trim()],
        );
    }
    if let Some(kind) = filter.kind {
        conditions.and("g.kind = ?", values![kind.code()]);
    }
    if let Some(category) = filter.category {
        conditions.and("g.category = ?", values![category.code()]);
    }
    match filter.closed {
        Some(true) => conditions.and("g.closed", vec![]),
        Some(false) => conditions.and("not g.closed", vec![]),
        None => {}
    }
    conditions
}

fn select() -> String {
    format!(
        "select {DELEGATION},
         (select count(*) from delegation_member m join registration r on r.edition_id = m.edition_id
          and r.id = m.registration_id where m.delegation_id = g.id and r.status not in ('cancelled', 'rejected')),
         (select count(*) from delegation_member m join registration r on r.edition_id = m.edition_id
          and r.id = m.registration_id where m.delegation_id = g.id and {CAME})
         from delegation g where g.edition_id = $1"
    )
}

fn one(row: &Row) -> Outcome<DelegationRow> {
    let at = DELEGATION_WIDTH;
    Ok(DelegationRow { delegation: delegation_of(row)?, live: row.get(at)?, came: row.get(at + 1)? })
}

/// A page of groups.
///
/// # Errors
/// When the database does not answer.
pub async fn delegations(
    reader: &Reader,
    edition: EditionId,
    filter: &DelegationFilter,
    limit: usize,
) -> Outcome<Page<DelegationRow>> {
    let mut conditions = conditions(edition, filter);
    let sort = Sort::read(&filter.sort, SORTS);
    let by_name = sort.by() == "name";
    let order = if by_name {
        Order::text("g.name", "g.id", sort.down())
    } else {
        Order::number("g.number", "g.id", sort.down())
    };
    order.after(&mut conditions, &filter.after);
    let sql = format!("{}{}{} limit {}", select(), conditions.sql(), order.sql(), limit + 1);
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(one).collect::<Outcome<Vec<_>>>()?;
    let key = |row: &DelegationRow| {
        let g = &row.delegation;
        (if by_name { g.name.clone() } else { g.number.to_string() }, g.id.uuid())
    };
    Ok(page(rows, limit, key))
}

/// How many groups a filter shows.
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &DelegationFilter) -> Outcome<i64> {
    let conditions = conditions(edition, filter);
    let sql = format!("select count(*) from delegation g where g.edition_id = $1{}", conditions.sql());
    Ok(reader.scalar(&sql, conditions.bound()).await?.unwrap_or(0))
}

/// One group with its counts.
///
/// # Errors
/// When the database does not answer.
pub async fn delegation(reader: &Reader, edition: EditionId, id: DelegationId) -> Outcome<Option<DelegationRow>> {
    let sql = format!("{} and g.id = $2", select());
    reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(one).transpose()
}

/// The group that a leader's key opens, by the key's hash.
///
/// # Errors
/// When the database does not answer.
pub async fn by_access(reader: &Reader, edition: EditionId, access_hash: &str) -> Outcome<Option<Delegation>> {
    let sql = format!("select {DELEGATION} from delegation g where g.access_hash = $1 and g.edition_id = $2");
    reader.rows(&sql, values![access_hash, edition.uuid()]).await?.first().map(delegation_of).transpose()
}

/// Members of a group, newest number first, those before `before`.
///
/// # Errors
/// When the database does not answer.
pub async fn members(
    reader: &Reader,
    group: DelegationId,
    before: Option<i32>,
    limit: u32,
) -> Outcome<Vec<RegistrationRow>> {
    let sql = format!(
        "{LIST} from delegation_member m join registration r on r.edition_id = m.edition_id and r.id = m.registration_id
         where m.delegation_id = $1 and r.number < $2 order by r.number desc limit {limit}"
    );
    reader.rows(&sql, values![group.uuid(), before.unwrap_or(i32::MAX)]).await?.iter().map(list_row).collect()
}

/// Whether a registration is one of an exhibitor's own people.
///
/// # Errors
/// When the database does not answer.
pub async fn belongs(
    reader: &Reader,
    edition: EditionId,
    member: RegistrationId,
    exhibitor: ParticipationId,
) -> Outcome<bool> {
    let group = crate::record::delegation::group_of(reader, edition, member).await?;
    Ok(group.is_some_and(|group| group.participation == Some(exhibitor)))
}
