//! Evidence: files stored with the edition, in the transaction of the claim they prove.

use crate::{Error, Work};
use domain::document::Upload;
use domain::{DocumentId, EditionId};
use sha2::{Digest, Sha256};

/// Stores a file within an open use case; answers its id.
///
/// # Errors
/// When the database does not answer.
pub async fn store_evidence(work: &Work, edition: EditionId, upload: &Upload) -> Result<DocumentId, Error> {
    let id = work.id();
    let digest = digest(upload);
    let by = work.actor().id();
    store::record::document::insert(work.tx(), id, edition, upload, &digest, by, work.now()).await?;
    Ok(id)
}

/// What a file is known by, whatever its name: SHA-256 of its bytes in hexadecimal.
pub fn digest(upload: &Upload) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(upload.content()))
}

/// The same for a file that may be missing.
pub(super) async fn maybe(
    work: &Work,
    edition: EditionId,
    upload: Option<&Upload>,
) -> Result<Option<DocumentId>, Error> {
    match upload {
        Some(upload) => Ok(Some(store_evidence(work, edition, upload).await?)),
        None => Ok(None),
    }
}
