//! Keeping the search index in step with records, in the transaction that changes them.

use crate::{Outcome, Query, Tx, values};
use domain::EditionId;
use uuid::Uuid;

/// What can be found and how it is shown.
#[derive(Clone, Debug)]
pub struct Document {
    /// The record.
    pub id: Uuid,
    /// Only within this edition, if set.
    pub edition: Option<EditionId>,
    /// Kind: `edition`, `task`, `person`, `organisation`, `registration`, `exhibitor`, `stand`.
    pub kind: &'static str,
    /// First line.
    pub title: String,
    /// Second line.
    pub subtitle: String,
    /// Path of its page.
    pub link: String,
    /// Everything it is found by, through `domain::search::index_tokens`.
    pub tokens: String,
}

const COLUMNS: [&str; 7] = ["id", "edition_id", "kind", "title", "subtitle", "link", "tokens"];

fn row(d: &Document) -> Vec<sea_orm::Value> {
    values![
        d.id,
        d.edition.map(EditionId::uuid),
        d.kind,
        d.title.as_str(),
        d.subtitle.as_str(),
        d.link.as_str(),
        d.tokens.as_str()
    ]
}

/// Adds or replaces a document.
///
/// # Errors
/// When the database does not answer.
pub async fn put(tx: &Tx, document: &Document) -> Outcome<()> {
    tx.run(
        "insert into search_document (id, edition_id, kind, title, subtitle, link, tokens)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do update set edition_id = excluded.edition_id,
         kind = excluded.kind, title = excluded.title, subtitle = excluded.subtitle, link = excluded.link,
         tokens = excluded.tokens",
        row(document),
    )
    .await?;
    Ok(())
}

/// Adds many new documents.
///
/// # Errors
/// When one is there already.
pub async fn insert(tx: &Tx, documents: &[Document]) -> Outcome<()> {
    tx.insert("search_document", &COLUMNS, documents.iter().map(row)).await
}

/// Takes a record out of the index.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(tx: &Tx, id: Uuid) -> Outcome<()> {
    tx.run("delete from search_document where id = $1", values![id]).await?;
    Ok(())
}

/// The second line of what is found for a record, as it is now.
///
/// # Errors
/// When the database does not answer.
pub async fn subtitle(tx: &Tx, id: Uuid) -> Outcome<Option<String>> {
    tx.scalar("select subtitle from search_document where id = $1", values![id]).await
}
