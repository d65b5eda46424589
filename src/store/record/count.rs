//! Counts as they are frozen and looked at.

use crate::dialect::lock::for_numbering;
use crate::{Outcome, Query, Tx, values};
use domain::admission::count_view::{Freeze, FreezeCheck};
use domain::{EditionId, FreezeId};
use uuid::Uuid;

/// The number the next frozen count of an edition gets; others who ask wait until this transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn next_number(tx: &Tx, edition: EditionId) -> Outcome<i32> {
    let lock = format!("select id from edition where id = $1{}", for_numbering(tx.backend));
    tx.rows(&lock, values![edition.uuid()]).await?;
    let sql = "select coalesce(max(number), 0) from count_freeze where edition_id = $1";
    Ok(tx.scalar::<i32>(sql, values![edition.uuid()]).await?.unwrap_or(0) + 1)
}

/// Keeps a frozen count. It is never changed.
///
/// # Errors
/// `Taken` when its number or code is used.
pub async fn insert_freeze(tx: &Tx, freeze: &Freeze) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "number",
        "profile",
        "certificate",
        "log_hash",
        "seal",
        "code",
        "note",
        "scans",
        "first_day",
        "last_day",
        "cutoff",
        "frozen_by",
        "frozen_name",
        "frozen_at",
    ];
    let row = values![
        freeze.id.uuid(),
        freeze.edition.uuid(),
        freeze.number,
        freeze.profile.as_str(),
        freeze.text.as_str(),
        freeze.log_hash.as_str(),
        freeze.seal.as_str(),
        freeze.code.as_str(),
        freeze.note.as_str(),
        freeze.scans,
        freeze.days.0,
        freeze.days.1,
        freeze.cutoff,
        freeze.frozen_by.uuid(),
        freeze.frozen_name.as_str(),
        freeze.frozen_at
    ];
    tx.insert("count_freeze", &columns, vec![row]).await
}

/// Notes a look at a frozen count.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_check(tx: &Tx, id: Uuid, freeze: FreezeId, check: &FreezeCheck) -> Outcome<()> {
    let columns = ["id", "freeze_id", "same", "scans", "log_hash", "checked_name", "checked_at"];
    let row =
        values![id, freeze.uuid(), check.same, check.scans, check.log_hash.as_str(), check.name.as_str(), check.at];
    tx.insert("count_check", &columns, vec![row]).await
}
