//! Letters as pages and the API show them.

use super::{
    order::Order,
    sales::{Conditions, contains, page},
};
use crate::{
    Outcome, Query, Reader,
    record::letter::{LETTER, letter_of},
    values,
};
use domain::{
    EditionId, LetterId, RegistrationId,
    listing::Sort,
    registration::{
        letter::{Kind, Letter, SORTS},
        voucher::plain,
    },
    sales::view::Page,
};

/// What the list of letters is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct LetterFilter {
    /// Words of the name, or the passport, the number or the code.
    pub q: String,
    pub kind: Option<Kind>,
    /// Only those that stand, or only those that were taken back.
    pub stands: Option<bool>,
    /// ISO code.
    pub nationality: Option<String>,
    /// One of [`SORTS`].
    pub sort: String,
    /// Cursor.
    pub after: String,
}

fn conditions(edition: EditionId, filter: &LetterFilter) -> Conditions {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    let q = filter.q.as_str();
    if !q.trim().is_empty() {
        let digits = q.rsplit('-').next().unwrap_or_default().trim().trim_start_matches('0');
        conditions.and(
            "(lower(l.name) like ? escape '\\' or l.code = ? or l.passport = ? or cast(l.number as text) = ?)",
            values![contains(q), plain(q), plain(q), digits],
        );
    }
    if let Some(kind) = filter.kind {
        conditions.and("l.kind = ?", values![kind.code()]);
    }
    match filter.stands {
        Some(true) => conditions.and("l.withdrawn_at is null", vec![]),
        Some(false) => conditions.and("l.withdrawn_at is not null", vec![]),
        None => {}
    }
    if let Some(nationality) = &filter.nationality {
        conditions.and("l.nationality = ?", values![nationality.as_str()]);
    }
    conditions
}

/// A page of letters.
///
/// # Errors
/// When the database does not answer.
pub async fn letters(
    reader: &Reader,
    edition: EditionId,
    filter: &LetterFilter,
    limit: usize,
) -> Outcome<Page<Letter>> {
    let mut conditions = conditions(edition, filter);
    let sort = Sort::read(&filter.sort, SORTS);
    let by_name = sort.by() == "name";
    let order = if by_name {
        Order::text("l.name", "l.id", sort.down())
    } else {
        Order::number("l.number", "l.id", sort.down())
    };
    order.after(&mut conditions, &filter.after);
    let sql = format!(
        "select {LETTER} from visa_letter l where l.edition_id = $1{}{} limit {}",
        conditions.sql(),
        order.sql(),
        limit + 1
    );
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(letter_of).collect::<Outcome<Vec<_>>>()?;
    let key = |row: &Letter| (if by_name { row.name.clone() } else { row.number.to_string() }, row.id.uuid());
    Ok(page(rows, limit, key))
}

/// How many letters a filter shows.
///
/// # Errors
/// When the database does not answer.
pub async fn count(reader: &Reader, edition: EditionId, filter: &LetterFilter) -> Outcome<i64> {
    let conditions = conditions(edition, filter);
    let sql = format!("select count(*) from visa_letter l where l.edition_id = $1{}", conditions.sql());
    Ok(reader.scalar(&sql, conditions.bound()).await?.unwrap_or(0))
}

/// The letters of a registration, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_registration(
    reader: &Reader,
    edition: EditionId,
    registration: RegistrationId,
) -> Outcome<Vec<Letter>> {
    crate::record::letter::of_registration(reader, edition, registration).await
}

/// One letter.
///
/// # Errors
/// When the database does not answer.
pub async fn letter(reader: &Reader, edition: EditionId, id: LetterId) -> Outcome<Option<Letter>> {
    let sql = format!("select {LETTER} from visa_letter l where l.edition_id = $1 and l.id = $2");
    reader.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(letter_of).transpose()
}

/// The letter with a code, as printed.
///
/// # Errors
/// When the database does not answer.
pub async fn by_code(reader: &Reader, edition: EditionId, code: &str) -> Outcome<Option<Letter>> {
    let sql = format!("select {LETTER} from visa_letter l where l.edition_id = $1 and l.code = $2");
    reader.rows(&sql, values![edition.uuid(), plain(code)]).await?.first().map(letter_of).transpose()
}
