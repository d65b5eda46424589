//! Finding records by what a person typed.

use crate::{Outcome, Query, Reader, dialect, values};
use domain::{EditionId, search::query_terms};
use uuid::Uuid;

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Hit {
    /// The record.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// First line.
    pub title: String,
    /// Second line.
    pub subtitle: String,
    /// Path of its page.
    pub link: String,
}

/// The first `limit` documents of the given kinds that match, in the edition or in none.
/// Kinds are the caller's statement of what the viewer may see.
///
/// # Errors
/// When the database does not answer.
pub async fn find(
    reader: &Reader,
    edition: Option<EditionId>,
    kinds: &[&str],
    typed: &str,
    limit: u32,
) -> Outcome<Vec<Hit>> {
    let Some((condition, expression)) = dialect::search::matching(reader.backend(), &query_terms(typed), 1) else {
        return Ok(Vec::new());
    };
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut bound = values![expression, edition.map(EditionId::uuid)];
    let places = kinds.iter().enumerate().map(|(i, kind)| {
        bound.push((*kind).into());
        format!("${}", i + 3)
    });
    let places = places.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select d.id, d.kind, d.title, d.subtitle, d.link from search_document d
         where {condition} and (d.edition_id is null or d.edition_id = $2) and d.kind in ({places})
         order by d.title, d.id limit {limit}"
    );
    reader.all(&sql, bound).await
}
