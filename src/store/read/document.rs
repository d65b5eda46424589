//! Handing out uploaded files.

use crate::{Outcome, Query, Reader, values};
use domain::{DocumentId, EditionId};

/// A stored file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Name as uploaded, cleaned.
    pub name: String,
    /// Media type by content.
    pub media_type: String,
    /// The bytes.
    pub content: Vec<u8>,
}

/// The file with this id in the edition, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn get(reader: &Reader, edition: EditionId, id: DocumentId) -> Outcome<Option<Document>> {
    let sql = "select name, media_type, content from document where edition_id = $1 and id = $2";
    let rows = reader.rows(sql, values![edition.uuid(), id.uuid()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some(Document { name: row.get(0)?, media_type: row.get(1)?, content: row.get(2)? }))
}
