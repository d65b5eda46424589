//! Work that is done later: rows, leased, retried, with deduplication keys.

use crate::{Outcome, Query, Row, Tx, values};
use chrono::{DateTime, TimeDelta, Utc};
use domain::JobId;
use serde_json::Value;

/// A job to be done.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// Versioned name of what to do, such as `mail.send.1`.
    pub kind: String,
    /// What it needs to know.
    pub payload: Value,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// At most one job with this key ever exists.
    pub dedup: Option<String>,
}

/// A job taken by this node.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its id.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// What it needs to know.
    pub payload: Value,
    /// How often it was tried, this time included.
    pub attempts: i32,
}

/// Adds a job; one with a known deduplication key is passed over.
///
/// # Errors
/// When the database does not answer.
pub async fn enqueue(tx: &Tx, job: &NewJob, now: DateTime<Utc>) -> Outcome<()> {
    tx.run(
        "insert into job (id, kind, payload, run_at, attempts, max_attempts, dedup, state, created_at)
         values ($1, $2, $3, $4, 0, 8, $5, 'queued', $6) on conflict (dedup) do nothing",
        values![job.id.uuid(), job.kind.as_str(), job.payload.clone(), job.run_at, job.dedup.clone(), now],
    )
    .await?;
    Ok(())
}

/// Adds many jobs that nobody else asks for.
///
/// # Errors
/// When a deduplication key is known.
pub async fn insert(tx: &Tx, jobs: &[NewJob], now: DateTime<Utc>) -> Outcome<()> {
    let columns = ["id", "kind", "payload", "run_at", "attempts", "max_attempts", "dedup", "state", "created_at"];
    let row = |job: &NewJob| {
        values![
            job.id.uuid(),
            job.kind.as_str(),
            job.payload.clone(),
            job.run_at,
            0,
            8,
            job.dedup.clone(),
            "queued",
            now
        ]
    };
    tx.insert("job", &columns, jobs.iter().map(row)).await
}

/// Whether a job with this key was asked for, done or not.
///
/// # Errors
/// When the database does not answer.
pub async fn is_known(tx: &Tx, dedup: &str) -> Outcome<bool> {
    Ok(tx.scalar::<i64>("select count(*) from job where dedup = $1", values![dedup]).await?.unwrap_or(0) > 0)
}

/// Takes up to `most` due jobs for `lease`. A job whose lease ran out (its node died) is due again.
/// One conditional update, valid on both databases: two nodes never take the same job.
///
/// # Errors
/// When the database does not answer.
pub async fn claim(tx: &Tx, owner: &str, now: DateTime<Utc>, lease: TimeDelta, most: u32) -> Outcome<Vec<Claimed>> {
    let lock = if tx.backend() == crate::Backend::Postgres { " for update skip locked" } else { "" };
    let sql = format!(
        "update job set lease_owner = $1, lease_until = $2, attempts = attempts + 1
         where id in (select id from job where state = 'queued' and run_at <= $3
           and (lease_until is null or lease_until < $3) order by run_at limit {most}{lock})
         returning id, kind, payload, attempts"
    );
    let rows = tx.rows(&sql, values![owner, now + lease, now]).await?;
    let claimed = |row: &Row| -> Outcome<Claimed> {
        Ok(Claimed {
            id: JobId::from_uuid(row.get(0)?),
            kind: row.get(1)?,
            payload: row.get(2)?,
            attempts: row.get(3)?,
        })
    };
    rows.iter().map(claimed).collect()
}

/// Marks a job done.
///
/// # Errors
/// When the database does not answer.
pub async fn done(tx: &Tx, id: JobId, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update job set state = 'done', finished_at = $2, lease_until = null, last_error = null where id = $1";
    tx.run(sql, values![id.uuid(), now]).await?;
    Ok(())
}

/// Notes a failure: tried again after a pause that doubles (from 30 s, at most 6 h), given up after `max_attempts`.
///
/// # Errors
/// When the database does not answer.
pub async fn failed(tx: &Tx, job: &Claimed, error: &str, now: DateTime<Utc>) -> Outcome<()> {
    let pause = TimeDelta::seconds((30_i64 << job.attempts.clamp(0, 10)).min(6 * 3600));
    tx.run(
        "update job set last_error = $2, lease_until = null, run_at = $3,
         state = case when attempts >= max_attempts then 'failed' else 'queued' end,
         finished_at = case when attempts >= max_attempts then $4 else null end where id = $1",
        values![job.id.uuid(), error.chars().take(500).collect::<String>(), now + pause, now],
    )
    .await?;
    Ok(())
}

/// Removes jobs finished before `before`.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(tx: &Tx, before: DateTime<Utc>) -> Outcome<u64> {
    tx.run("delete from job where state = 'done' and finished_at < $1", values![before]).await
}
