//! Conflicts of the scan log as they are found and settled, and the opinion of a scan that changes with them.

use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::admission::scan::Details;
use domain::admission::{Conflict, ConflictKind, ConflictState};
use domain::registration::Category;
use domain::{CredentialId, EditionId, PlaceId, RegistrationId, ScanId, UserId};

/// A conflict to be noted.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The scan that came out wrong.
    pub scan: ScanId,
    /// What is wrong with it.
    pub conflict: Conflict,
    /// Its gate.
    pub gate: PlaceId,
    /// The person, if known.
    pub registration: Option<RegistrationId>,
    /// When the scan counts for.
    pub at: DateTime<Utc>,
}

/// Notes conflicts. One that was settled stays settled while it is of the same kind; one that had gone is open again.
///
/// # Errors
/// When the database does not answer.
pub async fn note(tx: &Tx, edition: EditionId, found: &[Found], now: DateTime<Utc>) -> Outcome<()> {
    for one in found {
        let sql = "insert into scan_conflict (edition_id, scan_id, kind, state, gate_id, registration_id, other_scan,
                       order_unknown, entry_time, found_at, settled_name, note, version)
                   values ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9, '', '', 1)
                   on conflict (edition_id, scan_id) do update set
                       state = case when scan_conflict.state = 'settled' and scan_conflict.kind = excluded.kind
                               then 'settled' else 'open' end,
                       kind = excluded.kind, registration_id = excluded.registration_id,
                       other_scan = excluded.other_scan, order_unknown = excluded.order_unknown,
                       version = scan_conflict.version + 1";
        let bound = values![
            edition.uuid(),
            one.scan.uuid(),
            one.conflict.kind.code(),
            one.gate.uuid(),
            one.registration.map(RegistrationId::uuid),
            one.conflict.other.map(ScanId::uuid),
            one.conflict.order_unknown,
            one.at,
            now
        ];
        tx.run(sql, bound).await?;
    }
    Ok(())
}

/// Later uploads explained these scans. What somebody settled stays as they left it.
///
/// # Errors
/// When the database does not answer.
pub async fn gone(tx: &Tx, edition: EditionId, scans: &[ScanId]) -> Outcome<()> {
    for scan in scans {
        let sql = "update scan_conflict set state = 'gone', version = version + 1
                   where edition_id = $1 and scan_id = $2 and state = 'open'";
        tx.run(sql, values![edition.uuid(), scan.uuid()]).await?;
    }
    Ok(())
}

/// What is thought of a scan now. What the door said is never changed.
#[derive(Debug, Clone)]
pub struct Opinion {
    /// The scan.
    pub scan: ScanId,
    /// Code of what the server has against it.
    pub reason: Option<String>,
    /// The person's first entry on the day.
    pub first_entry: bool,
    /// More about it.
    pub details: Details,
}

/// Saves what is thought of scans now.
///
/// # Errors
/// When the database does not answer.
pub async fn think(tx: &Tx, edition: EditionId, opinions: &[Opinion]) -> Outcome<()> {
    for one in opinions {
        let note = serde_json::to_value(&one.details).unwrap_or_default();
        let sql = "update scan set reason = $3, first_entry = $4, note = $5 where edition_id = $1 and id = $2";
        let bound = values![edition.uuid(), one.scan.uuid(), one.reason.as_deref(), one.first_entry, note];
        tx.run(sql, bound).await?;
    }
    Ok(())
}

/// A scan on an unknown code has found its badge.
///
/// # Errors
/// When the database does not answer.
pub async fn recognise(
    tx: &Tx,
    edition: EditionId,
    scan: ScanId,
    badge: (CredentialId, RegistrationId, Category),
) -> Outcome<()> {
    let sql = "update scan set credential_id = $3, registration_id = $4, category = $5
               where edition_id = $1 and id = $2 and credential_id is null";
    let (credential, registration, category) = badge;
    let bound = values![edition.uuid(), scan.uuid(), credential.uuid(), registration.uuid(), category.code()];
    tx.run(sql, bound).await?;
    Ok(())
}

/// Settles a conflict, or opens it again.
///
/// # Errors
/// `Stale` when somebody else did something with it since.
pub async fn settle(
    tx: &Tx,
    edition: EditionId,
    scan: ScanId,
    version: i32,
    settled: Option<(UserId, &str, DateTime<Utc>, &str)>,
) -> Outcome<()> {
    let sql = "update scan_conflict set state = $4, settled_by = $5, settled_name = $6, settled_at = $7, note = $8,
               version = version + 1 where edition_id = $1 and scan_id = $2 and version = $3 and state <> 'gone'";
    let state = if settled.is_some() { ConflictState::Settled } else { ConflictState::Open };
    let bound = values![
        edition.uuid(),
        scan.uuid(),
        version,
        state.code(),
        settled.map(|(user, ..)| user.uuid()),
        settled.map_or("", |(_, name, ..)| name),
        settled.map(|(_, _, at, _)| at),
        settled.map_or("", |(.., note)| note)
    ];
    if tx.run(sql, bound).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Settles every open conflict of a kind up to a moment; how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn settle_all(
    tx: &Tx,
    edition: EditionId,
    kind: ConflictKind,
    by: (UserId, &str),
    note: &str,
    now: DateTime<Utc>,
) -> Outcome<u64> {
    let sql =
        "update scan_conflict set state = 'settled', settled_by = $3, settled_name = $4, settled_at = $5, note = $6,
               version = version + 1 where edition_id = $1 and kind = $2 and state = 'open' and found_at <= $5";
    tx.run(sql, values![edition.uuid(), kind.code(), by.0.uuid(), by.1, now, note]).await
}
