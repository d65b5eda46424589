//! What an import saves: new tasks, all links at once, and the file that waits for a person's word.

use super::insert_links;
use crate::{Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::task::TaskLink;
use domain::{EditionId, UserId};
use uuid::Uuid;

/// Puts these links in place of all the plan has.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_all_links(tx: &Tx, edition: EditionId, links: &[TaskLink]) -> Outcome<()> {
    tx.run("delete from task_link where edition_id = $1", values![edition.uuid()]).await?;
    insert_links(tx, links).await
}

/// Keeps an uploaded file until it is brought in; older ones of the same person go.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_upload(
    tx: &Tx,
    id: Uuid,
    edition: EditionId,
    name: &str,
    content: Vec<u8>,
    by: UserId,
    now: DateTime<Utc>,
) -> Outcome<()> {
    drop_uploads(tx, edition, by).await?;
    tx.run(
        "insert into plan_upload (id, edition_id, name, content, \"by\", at) values ($1, $2, $3, $4, $5, $6)",
        values![id, edition.uuid(), name, content, by.uuid(), now],
    )
    .await?;
    Ok(())
}

/// Forgets the files a person uploaded.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_uploads(tx: &Tx, edition: EditionId, by: UserId) -> Outcome<()> {
    let sql = "delete from plan_upload where edition_id = $1 and \"by\" = $2";
    tx.run(sql, values![edition.uuid(), by.uuid()]).await?;
    Ok(())
}
