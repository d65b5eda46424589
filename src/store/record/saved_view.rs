//! Views of lists kept by name.

use crate::{Outcome, Query, Row, Tx, values};
use chrono::{DateTime, Utc};
use domain::office::SavedView;
use domain::{EditionId, SavedViewId, UserId};

const COLUMNS: &str = "id, edition_id, user_id, list, name, query";

fn view_of(row: &Row) -> Outcome<SavedView> {
    Ok(SavedView {
        id: SavedViewId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        user: UserId::from_uuid(row.get(2)?),
        list: row.get(3)?,
        name: row.get(4)?,
        query: row.get(5)?,
    })
}

/// The views of a person in a list, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(q: &impl Query, edition: EditionId, user: UserId, list: &str) -> Outcome<Vec<SavedView>> {
    let sql = format!(
        "select {COLUMNS} from saved_view where edition_id = $1 and user_id = $2 and list = $3 order by name, id"
    );
    let rows = q.rows(&sql, values![edition.uuid(), user.uuid(), list]).await?;
    rows.iter().map(view_of).collect()
}

/// Adds a view.
///
/// # Errors
/// `Taken` when the person has one of this name in the list.
pub async fn insert(tx: &Tx, view: &SavedView, now: DateTime<Utc>) -> Outcome<()> {
    let columns = ["id", "edition_id", "user_id", "list", "name", "query", "created_at"];
    let row = values![
        view.id.uuid(),
        view.edition.uuid(),
        view.user.uuid(),
        view.list.as_str(),
        view.name.as_str(),
        view.query.as_str(),
        now
    ];
    tx.insert("saved_view", &columns, vec![row]).await
}

/// Takes a view of a person away and answers it, if there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn delete(tx: &Tx, edition: EditionId, user: UserId, id: SavedViewId) -> Outcome<Option<SavedView>> {
    let sql = format!("select {COLUMNS} from saved_view where id = $1 and edition_id = $2 and user_id = $3");
    let found = tx.rows(&sql, values![id.uuid(), edition.uuid(), user.uuid()]).await?;
    let Some(view) = found.first().map(view_of).transpose()? else { return Ok(None) };
    tx.run("delete from saved_view where id = $1", values![id.uuid()]).await?;
    Ok(Some(view))
}
