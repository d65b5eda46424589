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

/// Of a very broad word only the newest so many finds are put in order: who types one letter types another.
const MOST_SORTED: u32 = 4_000;

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
    let Some(walk) = dialect::search::newest(reader.backend(), &query_terms(typed), 1) else { return Ok(Vec::new()) };
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let order = walk.order();
    let dialect::search::Walk { from, condition, expression, .. } = walk;
    let mut bound = values![expression, edition.map(EditionId::uuid)];
    let places = kinds.iter().enumerate().map(|(i, kind)| {
        bound.push((*kind).into());
        format!("${}", i + 3)
    });
    let places = places.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select f.id, f.kind, f.title, f.subtitle, f.link from (select d.id, d.kind, d.title, d.subtitle, d.link
           from {from} where {condition} and (d.edition_id is null or d.edition_id = $2) and d.kind in ({places})
           order by {order} limit {MOST_SORTED}) f
         order by f.title, f.id limit {limit}"
    );
    reader.all(&sql, bound).await
}
