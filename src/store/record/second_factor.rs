//! Second factors, recovery codes, and sign-ins that wait for a code.

use crate::{Outcome, Query, Row, Tx, dialect, values};
use chrono::{DateTime, Utc};
use domain::{SessionId, access::account::Holder};
use uuid::Uuid;

/// A second factor as stored.
#[derive(Clone, Debug)]
pub struct FactorRow {
    /// The secret, sealed for its owner.
    pub sealed: String,
    /// The step of the last code accepted.
    pub last_step: Option<i64>,
    /// When the setting up began.
    pub created_at: DateTime<Utc>,
    /// Since when it is asked for; absent while the owner has not shown a code.
    pub confirmed_at: Option<DateTime<Utc>>,
}

const FACTOR: &str = "select sealed, last_step, created_at, confirmed_at from second_factor where owner_id = $1";

fn factor_row(row: &Row) -> Outcome<FactorRow> {
    Ok(FactorRow { sealed: row.get(0)?, last_step: row.get(1)?, created_at: row.get(2)?, confirmed_at: row.get(3)? })
}

/// The second factor of a person, if there is one, confirmed or not.
///
/// # Errors
/// When the database does not answer.
pub async fn factor(q: &impl Query, of: Holder) -> Outcome<Option<FactorRow>> {
    q.rows(FACTOR, values![of.uuid()]).await?.first().map(factor_row).transpose()
}

/// The same, locked until the transaction ends: codes of one person are judged one after the other.
///
/// # Errors
/// When the database does not answer.
pub async fn factor_locked(tx: &Tx, of: Holder) -> Outcome<Option<FactorRow>> {
    let sql = format!("{FACTOR}{}", dialect::lock::for_update(tx.backend()));
    tx.rows(&sql, values![of.uuid()]).await?.first().map(factor_row).transpose()
}

/// Begins setting up: a fresh secret instead of one that was never confirmed. Whether it could: not over a confirmed
/// one.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(tx: &Tx, of: Holder, sealed: &str, now: DateTime<Utc>) -> Outcome<bool> {
    let sql = "insert into second_factor (owner_id, kind, sealed, created_at) values ($1, $2, $3, $4)
               on conflict (owner_id) do update set sealed = excluded.sealed, created_at = excluded.created_at
               where second_factor.confirmed_at is null";
    Ok(tx.run(sql, values![of.uuid(), of.kind(), sealed, now]).await? == 1)
}

/// From now on the second factor is asked for. Recovery codes are kept by their hashes.
///
/// # Errors
/// When the database does not answer.
pub async fn confirm(tx: &Tx, of: Holder, step: i64, codes: &[String], now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update second_factor set confirmed_at = $2, last_step = $3 where owner_id = $1";
    tx.run(sql, values![of.uuid(), now, step]).await?;
    let rows = codes.iter().map(|hash| values![of.uuid(), hash.as_str()]);
    tx.insert("recovery_code", &["owner_id", "code_hash"], rows).await
}

/// Remembers the step of an accepted code: it and all before it are worth nothing now.
///
/// # Errors
/// When the database does not answer.
pub async fn spend_step(tx: &Tx, of: Holder, step: i64) -> Outcome<()> {
    tx.run("update second_factor set last_step = $2 where owner_id = $1", values![of.uuid(), step]).await?;
    Ok(())
}

/// Uses a recovery code; whether it was one of theirs and not used yet.
///
/// # Errors
/// When the database does not answer.
pub async fn spend_recovery(tx: &Tx, of: Holder, hash: &str, now: DateTime<Utc>) -> Outcome<bool> {
    let sql = "update recovery_code set used_at = $3 where owner_id = $1 and code_hash = $2 and used_at is null";
    Ok(tx.run(sql, values![of.uuid(), hash, now]).await? == 1)
}

/// Recovery codes not used yet.
///
/// # Errors
/// When the database does not answer.
pub async fn recovery_left(q: &impl Query, of: Holder) -> Outcome<i64> {
    let sql = "select count(*) from recovery_code where owner_id = $1 and used_at is null";
    Ok(q.scalar(sql, values![of.uuid()]).await?.unwrap_or(0))
}

/// Ends a second factor with its recovery codes; whether there was one.
///
/// # Errors
/// When the database does not answer.
pub async fn end(tx: &Tx, of: Holder) -> Outcome<bool> {
    tx.run("delete from recovery_code where owner_id = $1", values![of.uuid()]).await?;
    Ok(tx.run("delete from second_factor where owner_id = $1", values![of.uuid()]).await? == 1)
}

/// A sign-in whose password was right and whose code is still to come.
#[derive(Clone, Debug)]
pub struct Waiting<'a> {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub of: Holder,
    /// Hash of the cookie's value.
    pub token_hash: &'a str,
    /// Until when the code may come.
    pub expires_at: DateTime<Utc>,
}

/// Notes a sign-in that waits for its code.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_waiting(tx: &Tx, waiting: &Waiting<'_>, now: DateTime<Utc>) -> Outcome<()> {
    let (of, hash) = (waiting.of, waiting.token_hash);
    tx.run(
        "insert into signin_waiting (id, kind, owner_id, token_hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        values![waiting.id.uuid(), of.kind(), of.uuid(), hash, now, waiting.expires_at],
    )
    .await?;
    Ok(())
}

/// Whose sign-in waits behind a cookie, if it still does.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(q: &impl Query, kind: &str, token_hash: &str, now: DateTime<Utc>) -> Outcome<Option<Holder>> {
    let sql = "select owner_id from signin_waiting where kind = $1 and token_hash = $2 and expires_at > $3";
    let owner: Option<Uuid> = q.scalar(sql, values![kind, token_hash, now]).await?;
    Ok(owner.and_then(|owner| Holder::parse(kind, owner)))
}

/// Takes a sign-in that waits; whether it was still there.
///
/// # Errors
/// When the database does not answer.
pub async fn take_waiting(tx: &Tx, token_hash: &str) -> Outcome<bool> {
    Ok(tx.run("delete from signin_waiting where token_hash = $1", values![token_hash]).await? == 1)
}

/// Ends every sign-in of a person that waits.
///
/// # Errors
/// When the database does not answer.
pub async fn end_waiting(tx: &Tx, of: Holder) -> Outcome<()> {
    tx.run("delete from signin_waiting where owner_id = $1", values![of.uuid()]).await?;
    Ok(())
}
