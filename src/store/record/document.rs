//! Storing uploaded files.

use crate::{Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::document::Upload;
use domain::{DocumentId, EditionId};
use uuid::Uuid;

/// Stores a file. `by` is the user or contact who uploaded it.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(
    tx: &Tx,
    id: DocumentId,
    edition: EditionId,
    upload: &Upload,
    sha256: &str,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Outcome<()> {
    tx.run(
        "insert into document (id, edition_id, name, media_type, size, sha256, content, uploaded_by, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![
            id.uuid(),
            edition.uuid(),
            upload.name(),
            upload.media_type(),
            i64::try_from(upload.content().len()).unwrap_or(i64::MAX),
            sha256,
            upload.content().to_vec(),
            by,
            now
        ],
    )
    .await?;
    Ok(())
}
