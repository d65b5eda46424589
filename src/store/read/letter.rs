//! Letters as pages and the API show them.

use crate::{
    Outcome, Query, Reader,
    read::sales::{Conditions, contains, cursor, page},
    record::letter::{LETTER, letter_of},
    values,
};
use domain::{
    EditionId, LetterId, RegistrationId,
    registration::{letter::Letter, voucher::plain},
    sales::view::Page,
};

/// A page of letters, newest first: `q` are words of the name, the passport, the number or the code.
///
/// # Errors
/// When the database does not answer.
pub async fn letters(
    reader: &Reader,
    edition: EditionId,
    (q, after): (&str, &str),
    limit: usize,
) -> Outcome<Page<Letter>> {
    let mut conditions = Conditions::new(values![edition.uuid()]);
    if !q.trim().is_empty() {
        let digits = q.rsplit('-').next().unwrap_or_default().trim().trim_start_matches('0');
        conditions.and(
            "(lower(l.name) like ? escape '\\' or l.code = ? or l.passport = ? or cast(l.number as text) = ?)",
            values![contains(q), plain(q), plain(q), digits],
        );
    }
    if let Some((value, _)) = cursor(after) {
        conditions.and("l.number < ?", values![value.parse::<i32>().unwrap_or(i32::MAX)]);
    }
    let sql = format!(
        "select {LETTER} from visa_letter l where l.edition_id = $1{} order by l.number desc limit {}",
        conditions.sql(),
        limit + 1
    );
    let rows = reader.rows(&sql, conditions.bound()).await?;
    let rows = rows.iter().map(letter_of).collect::<Outcome<Vec<_>>>()?;
    Ok(page(rows, limit, |row| (row.number.to_string(), row.id.uuid())))
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
