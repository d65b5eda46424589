//! Registration forms by number: the one published, the one being worked on, those before.

use crate::{Fault, Outcome, Query, Row, Tx, values};
use chrono::{DateTime, Utc};
use domain::{
    EditionId,
    registration::{
        Form,
        view::{FormState, FormVersion},
    },
};

const COLUMNS: &str = "number, state, document, by_name, changed_at, published_at, version";

fn version_of(row: &Row) -> Outcome<FormVersion> {
    let state: String = row.get(1)?;
    let document: serde_json::Value = row.get(2)?;
    Ok(FormVersion {
        number: row.get(0)?,
        state: FormState::parse(&state).ok_or_else(|| Fault::impossible("registration_form", &state))?,
        form: serde_json::from_value(document).map_err(|e| Fault::impossible("registration_form", e))?,
        by: row.get(3)?,
        changed_at: row.get(4)?,
        published_at: row.get(5)?,
        version: row.get(6)?,
    })
}

async fn in_state(q: &impl Query, edition: EditionId, state: FormState) -> Outcome<Option<FormVersion>> {
    let sql = format!("select {COLUMNS} from registration_form where edition_id = $1 and state = $2");
    q.rows(&sql, values![edition.uuid(), state.code()]).await?.first().map(version_of).transpose()
}

/// The form visitors see.
///
/// # Errors
/// When the database does not answer.
pub async fn published(q: &impl Query, edition: EditionId) -> Outcome<Option<FormVersion>> {
    in_state(q, edition, FormState::Published).await
}

/// The form being worked on.
///
/// # Errors
/// When the database does not answer.
pub async fn draft(q: &impl Query, edition: EditionId) -> Outcome<Option<FormVersion>> {
    in_state(q, edition, FormState::Draft).await
}

/// The number of the form visitors see.
///
/// # Errors
/// When the database does not answer.
pub async fn published_number(q: &impl Query, edition: EditionId) -> Outcome<Option<i32>> {
    let sql = "select number from registration_form where edition_id = $1 and state = 'published'";
    q.scalar(sql, values![edition.uuid()]).await
}

/// The form of a number.
///
/// # Errors
/// When the database does not answer.
pub async fn of_number(q: &impl Query, edition: EditionId, number: i32) -> Outcome<Option<FormVersion>> {
    let sql = format!("select {COLUMNS} from registration_form where edition_id = $1 and number = $2");
    q.rows(&sql, values![edition.uuid(), number]).await?.first().map(version_of).transpose()
}

/// All of them, newest first; at most 100.
///
/// # Errors
/// When the database does not answer.
pub async fn all(q: &impl Query, edition: EditionId) -> Outcome<Vec<FormVersion>> {
    let sql = format!("select {COLUMNS} from registration_form where edition_id = $1 order by number desc limit 100");
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(version_of).collect()
}

/// Adds one under the next number and answers it.
///
/// # Errors
/// `Taken` when there is one in this state already.
pub async fn insert(
    tx: &Tx,
    edition: EditionId,
    (state, form, by): (FormState, &Form, &str),
    now: DateTime<Utc>,
) -> Outcome<i32> {
    let last = tx
        .scalar::<Option<i32>>(
            "select max(number) from registration_form where edition_id = $1",
            values![edition.uuid()],
        )
        .await?;
    let number = last.flatten().unwrap_or(0) + 1;
    let document = serde_json::to_value(form).map_err(|e| Fault::impossible("registration_form", e))?;
    let published = (state == FormState::Published).then_some(now);
    let columns = ["edition_id", "number", "state", "document", "by_name", "changed_at", "published_at", "version"];
    let row = values![edition.uuid(), number, state.code(), document, by, now, published, 0];
    tx.insert("registration_form", &columns, vec![row]).await?;
    Ok(number)
}

/// Saves the draft.
///
/// # Errors
/// [`Fault::Stale`] when somebody else changed it since `version`.
pub async fn save_draft(
    tx: &Tx,
    edition: EditionId,
    (form, by, version): (&Form, &str, i32),
    now: DateTime<Utc>,
) -> Outcome<()> {
    let document = serde_json::to_value(form).map_err(|e| Fault::impossible("registration_form", e))?;
    let touched = tx
        .run(
            "update registration_form set document = $3, by_name = $4, changed_at = $5, version = version + 1
             where edition_id = $1 and state = 'draft' and version = $2",
            values![edition.uuid(), version, document, by, now],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Makes the draft the form visitors see; the one before is kept as retired.
///
/// # Errors
/// [`Fault::Stale`] when somebody else changed the draft since `version`.
pub async fn publish(tx: &Tx, edition: EditionId, version: i32, now: DateTime<Utc>) -> Outcome<()> {
    let retire = "update registration_form set state = 'retired' where edition_id = $1 and state = 'published'";
    tx.run(retire, values![edition.uuid()]).await?;
    let touched = tx
        .run(
            "update registration_form set state = 'published', published_at = $3, version = version + 1
             where edition_id = $1 and state = 'draft' and version = $2",
            values![edition.uuid(), version, now],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Throws the draft away; whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn discard(tx: &Tx, edition: EditionId) -> Outcome<bool> {
    let sql = "delete from registration_form where edition_id = $1 and state = 'draft'";
    Ok(tx.run(sql, values![edition.uuid()]).await? > 0)
}
