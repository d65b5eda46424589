//! Layouts, stations and print jobs as use cases change them.

use crate::{Fault, Outcome, Query, Tx, dialect::lock, read::printing as read, values};
use chrono::{DateTime, Utc};
use domain::printing::view::NamedLayout;
use domain::printing::{Failure, Job, Station};
use domain::{BadgeLayoutId, BadgeLogoId, EditionId, PrintBatchId, PrintJobId, PrintStationId, RegistrationId};
use sea_orm::Value;

/// Adds a layout with its first version.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_layout(tx: &Tx, edition: EditionId, layout: &NamedLayout) -> Outcome<()> {
    let columns = ["id", "edition_id", "name", "categories", "logo_id", "removed_at", "version"];
    let row = values![
        layout.id.uuid(),
        edition.uuid(),
        layout.name.as_str(),
        serde_json::json!(layout.categories),
        layout.logo.map(BadgeLogoId::uuid),
        None::<DateTime<Utc>>,
        layout.version
    ];
    tx.insert("badge_layout", &columns, vec![row]).await?;
    insert_version(tx, layout).await
}

async fn insert_version(tx: &Tx, layout: &NamedLayout) -> Outcome<()> {
    let columns = ["layout_id", "version", "document", "by_name", "at"];
    let document = serde_json::json!(layout.layout);
    let row = values![layout.id.uuid(), layout.version, document, layout.by.as_str(), layout.at];
    tx.insert("badge_layout_version", &columns, vec![row]).await
}

/// Saves a layout as its next version.
///
/// # Errors
/// `Stale` when somebody else saved one since `layout.version - 1`.
pub async fn save_layout(tx: &Tx, edition: EditionId, layout: &NamedLayout) -> Outcome<()> {
    let sql = "update badge_layout set name = $4, categories = $5, logo_id = $6, version = $7
               where edition_id = $1 and id = $2 and version = $3 and removed_at is null";
    let bound = values![
        edition.uuid(),
        layout.id.uuid(),
        layout.version - 1,
        layout.name.as_str(),
        serde_json::json!(layout.categories),
        layout.logo.map(BadgeLogoId::uuid),
        layout.version
    ];
    if tx.run(sql, bound).await? == 0 {
        return Err(Fault::Stale);
    }
    insert_version(tx, layout).await
}

/// Takes a layout out of use. What was printed with it keeps its version.
///
/// # Errors
/// When the database does not answer.
pub async fn remove_layout(tx: &Tx, edition: EditionId, id: BadgeLayoutId, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update badge_layout set removed_at = $3 where edition_id = $1 and id = $2 and removed_at is null";
    tx.run(sql, values![edition.uuid(), id.uuid(), now]).await?;
    let sql = "update print_station set layout_id = null where edition_id = $1 and layout_id = $2";
    tx.run(sql, values![edition.uuid(), id.uuid()]).await?;
    Ok(())
}

/// A logo to keep: a picture checked before.
pub struct NewLogo<'a> {
    /// Id.
    pub id: BadgeLogoId,
    /// Name of the file.
    pub name: &'a str,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: &'a str,
    /// Width and height, pixels.
    pub size: (i32, i32),
    /// The file.
    pub content: Vec<u8>,
}

/// Keeps a logo.
///
/// # Errors
/// `Taken` when the edition has this very picture.
pub async fn insert_logo(tx: &Tx, edition: EditionId, logo: NewLogo<'_>, now: DateTime<Utc>) -> Outcome<()> {
    let columns = ["id", "edition_id", "name", "sha256", "width", "height", "content", "at"];
    let (width, height) = logo.size;
    let row = values![logo.id.uuid(), edition.uuid(), logo.name, logo.sha256, width, height, logo.content, now];
    tx.insert("badge_logo", &columns, vec![row]).await
}

/// Adds a station with the hash of its key.
///
/// # Errors
/// `Taken("uq_print_station_edition_id_name")` when the name is in use.
pub async fn insert_station(tx: &Tx, s: &Station, key_hash: &str) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "name",
        "place",
        "format",
        "dpi",
        "layout_id",
        "failover_id",
        "paused",
        "trouble",
        "trouble_at",
        "seen_at",
        "agent",
        "key_hash",
        "removed_at",
        "version",
    ];
    let row = values![
        s.id.uuid(),
        s.edition.uuid(),
        s.name.as_str(),
        s.place.as_str(),
        s.format.code(),
        i32::from(s.dpi),
        s.layout.map(BadgeLayoutId::uuid),
        s.failover.map(PrintStationId::uuid),
        s.paused,
        s.trouble.map(Failure::code),
        s.trouble_at,
        s.seen_at,
        s.agent.as_str(),
        key_hash,
        s.removed_at,
        s.version
    ];
    tx.insert("print_station", &columns, vec![row]).await
}

/// Saves what people change of a station.
///
/// # Errors
/// `Stale` when somebody else changed it; `Taken` when the name is in use.
pub async fn save_station(tx: &Tx, s: &Station) -> Outcome<()> {
    let sql = "update print_station set name = $4, place = $5, format = $6, dpi = $7, layout_id = $8, failover_id = $9,
               paused = $10, removed_at = $11, trouble = $12, trouble_at = $13, version = version + 1
               where edition_id = $1 and id = $2 and version = $3";
    let bound = values![
        s.edition.uuid(),
        s.id.uuid(),
        s.version,
        s.name.as_str(),
        s.place.as_str(),
        s.format.code(),
        i32::from(s.dpi),
        s.layout.map(BadgeLayoutId::uuid),
        s.failover.map(PrintStationId::uuid),
        s.paused,
        s.removed_at,
        s.trouble.map(Failure::code),
        s.trouble_at
    ];
    if tx.run(sql, bound).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Gives a station another key; the one before no longer works.
///
/// # Errors
/// When the database does not answer.
pub async fn save_station_key(tx: &Tx, id: PrintStationId, key_hash: &str) -> Outcome<()> {
    tx.run("update print_station set key_hash = $2 where id = $1", values![id.uuid(), key_hash]).await?;
    Ok(())
}

/// Notes that a station's agent was heard of.
///
/// # Errors
/// When the database does not answer.
pub async fn touch_station(tx: &Tx, id: PrintStationId, agent: &str, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update print_station set seen_at = $2, agent = $3 where id = $1";
    tx.run(sql, values![id.uuid(), now, agent]).await?;
    Ok(())
}

/// Locks a station. Who locks a station and its jobs locks the station first, so that nobody waits in a circle.
///
/// # Errors
/// When the database does not answer.
pub async fn lock_station(tx: &Tx, id: PrintStationId) -> Outcome<()> {
    let sql = format!("select id from print_station where id = $1{}", lock::for_numbering(tx.backend()));
    tx.rows(&sql, values![id.uuid()]).await?;
    Ok(())
}

/// Notes what a station's printer complains of, or that it is well again.
///
/// # Errors
/// When the database does not answer.
pub async fn save_trouble(tx: &Tx, id: PrintStationId, trouble: Option<Failure>, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update print_station set trouble = $2, trouble_at = $3 where id = $1";
    tx.run(sql, values![id.uuid(), trouble.map(Failure::code), trouble.map(|_| now)]).await?;
    Ok(())
}

const JOB: [&str; 21] = [
    "edition_id",
    "id",
    "station_id",
    "registration_id",
    "credential_id",
    "layout_id",
    "layout_version",
    "purpose",
    "state",
    "batch_id",
    "attempt",
    "tries",
    "rank",
    "not_before",
    "lease_until",
    "holder",
    "failure",
    "note",
    "asked_by",
    "created_at",
    "finished_at",
];

fn job_values(job: &Job) -> Vec<Value> {
    values![
        job.edition.uuid(),
        job.id.uuid(),
        job.station.map(PrintStationId::uuid),
        job.registration.map(RegistrationId::uuid),
        job.credential.map(domain::CredentialId::uuid),
        job.layout.map(BadgeLayoutId::uuid),
        job.layout_version,
        job.purpose.code(),
        job.state.code(),
        job.batch.map(PrintBatchId::uuid),
        job.attempt,
        job.tries,
        // Somebody stands at the desk: single badges go before larger prints.
        i32::from(job.batch.is_some()),
        job.not_before,
        job.lease_until,
        job.holder,
        job.failure.map(Failure::code),
        job.note.as_str(),
        job.asked_by.as_str(),
        job.created_at,
        job.finished_at
    ]
}

/// Adds jobs.
///
/// # Errors
/// `Taken("uq_print_job_edition_id_credential_id")` when a badge is on paper or on its way already.
pub async fn insert_jobs(tx: &Tx, jobs: &[Job]) -> Outcome<()> {
    tx.insert("print_job", &JOB, jobs.iter().map(job_values)).await
}

/// Saves a job that this transaction has locked.
///
/// # Errors
/// `Taken("uq_print_job_edition_id_credential_id")` when another job prints the badge by now.
pub async fn save_job(tx: &Tx, job: &Job) -> Outcome<()> {
    let sql = "update print_job set station_id = $3, layout_id = $4, layout_version = $5, state = $6, attempt = $7,
               tries = $8, not_before = $9, lease_until = $10, holder = $11, failure = $12, note = $13,
               finished_at = $14 where edition_id = $1 and id = $2";
    let bound = values![
        job.edition.uuid(),
        job.id.uuid(),
        job.station.map(PrintStationId::uuid),
        job.layout.map(BadgeLayoutId::uuid),
        job.layout_version,
        job.state.code(),
        job.attempt,
        job.tries,
        job.not_before,
        job.lease_until,
        job.holder,
        job.failure.map(Failure::code),
        job.note.as_str(),
        job.finished_at
    ];
    tx.run(sql, bound).await?;
    Ok(())
}

/// One job, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn job(tx: &Tx, edition: EditionId, id: PrintJobId) -> Outcome<Option<Job>> {
    let sql = format!(
        "select {} from print_job j where j.edition_id = $1 and j.id = $2{}",
        read::JOB,
        lock::for_update(tx.backend())
    );
    tx.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(read::job_of).transpose()
}

/// The jobs of one person's badges, oldest first, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn jobs_of(tx: &Tx, edition: EditionId, registration: RegistrationId) -> Outcome<Vec<Job>> {
    let sql = format!(
        "select {} from print_job j where j.edition_id = $1 and j.registration_id = $2 order by j.id{}",
        read::JOB,
        lock::for_update(tx.backend())
    );
    tx.rows(&sql, values![edition.uuid(), registration.uuid()]).await?.iter().map(read::job_of).collect()
}

/// Jobs at printers that want a look: those of this station, and those that any agent kept too long. Locked.
///
/// # Errors
/// When the database does not answer.
pub async fn jobs_out(
    tx: &Tx,
    edition: EditionId,
    station: Option<PrintStationId>,
    now: DateTime<Utc>,
) -> Outcome<Vec<Job>> {
    let sql = format!(
        "select {} from print_job j where j.edition_id = $1 and j.state = 'printing'
         and (j.station_id = $2 or j.lease_until < $3) order by j.id limit 200{}",
        read::JOB,
        lock::for_update(tx.backend())
    );
    let bound = values![edition.uuid(), station.map(PrintStationId::uuid), now];
    tx.rows(&sql, bound).await?.iter().map(read::job_of).collect()
}

/// The next job for one of these stations, locked; one that another transaction holds is passed over.
///
/// # Errors
/// When the database does not answer.
pub async fn next_job(
    tx: &Tx,
    edition: EditionId,
    stations: &[PrintStationId],
    now: DateTime<Utc>,
) -> Outcome<Option<Job>> {
    if stations.is_empty() {
        return Ok(None);
    }
    let skip = if tx.backend() == crate::Backend::Postgres { " for update skip locked" } else { "" };
    let (list, mut bound) = read::list_of(stations.iter().map(|id| id.uuid()), 3);
    let sql = format!(
        "select {} from print_job j where j.edition_id = $1 and j.state = 'waiting' and j.not_before <= $2
         and j.station_id in ({list}) order by j.rank, j.id limit 1{skip}",
        read::JOB
    );
    let mut all = values![edition.uuid(), now];
    all.append(&mut bound);
    tx.rows(&sql, all).await?.first().map(read::job_of).transpose()
}

/// Sends what waits at one station to another; how many.
///
/// # Errors
/// When the database does not answer.
pub async fn move_waiting(
    tx: &Tx,
    edition: EditionId,
    from: PrintStationId,
    to: PrintStationId,
    now: DateTime<Utc>,
) -> Outcome<u64> {
    let sql = "update print_job set station_id = $3, tries = 0, not_before = $4
               where edition_id = $1 and station_id = $2 and state = 'waiting'";
    tx.run(sql, values![edition.uuid(), from.uuid(), to.uuid(), now]).await
}

/// A larger print to add.
pub struct NewBatch<'a> {
    /// Id.
    pub id: PrintBatchId,
    /// `station` or `file`.
    pub kind: &'a str,
    /// `making` or `ready`.
    pub state: &'a str,
    /// Where to.
    pub station: Option<PrintStationId>,
    /// Badges.
    pub total: i64,
    /// Who asked.
    pub by: &'a str,
}

/// Adds a larger print.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_batch(tx: &Tx, edition: EditionId, batch: &NewBatch<'_>, now: DateTime<Utc>) -> Outcome<()> {
    let columns = ["edition_id", "id", "kind", "state", "station_id", "total", "done", "by_name", "created_at"];
    let row = values![
        edition.uuid(),
        batch.id.uuid(),
        batch.kind,
        batch.state,
        batch.station.map(PrintStationId::uuid),
        batch.total,
        0_i64,
        batch.by,
        now
    ];
    tx.insert("print_batch", &columns, vec![row]).await
}

/// Notes how far a file is; `false` when somebody cancelled it.
///
/// # Errors
/// When the database does not answer.
pub async fn note_progress(tx: &Tx, id: PrintBatchId, done: i64) -> Outcome<bool> {
    let sql = "update print_batch set done = $2 where id = $1 and state = 'making'";
    Ok(tx.run(sql, values![id.uuid(), done]).await? > 0)
}

/// Ends a file: `ready` with its content, `failed` or `cancelled` without. Its jobs end with it.
///
/// # Errors
/// When the database does not answer.
pub async fn finish_batch(
    tx: &Tx,
    edition: EditionId,
    id: PrintBatchId,
    state: &str,
    content: Option<Vec<u8>>,
    now: DateTime<Utc>,
) -> Outcome<bool> {
    let sql = "update print_batch set state = $2, content = $3, done = case when $2 = 'ready' then total else done end
               where id = $1 and state in ('making', 'ready') and state <> $2";
    if tx.run(sql, values![id.uuid(), state, content]).await? == 0 {
        return Ok(false);
    }
    let end = if state == "ready" { "printed" } else { "cancelled" };
    let sql = "update print_job set state = $3, finished_at = $4
               where edition_id = $1 and batch_id = $2 and state in ('waiting', 'failed')";
    tx.run(sql, values![edition.uuid(), id.uuid(), end, now]).await?;
    Ok(true)
}
