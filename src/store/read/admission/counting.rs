//! The log as it is counted and hashed, stretch by stretch, and counts that were frozen.

use crate::{Fault, Outcome, Query, Row, values};
use chrono::{DateTime, NaiveDate, Utc};
use domain::admission::Direction;
use domain::admission::count::Step;
use domain::admission::count_view::{Freeze, FreezeCheck, LogLine};
use domain::admission::verdict::VerdictKind;
use domain::registration::Category;
use domain::{CredentialId, EditionId, FreezeId, PlaceId, RegistrationId, ScanId, UserId};
use uuid::Uuid;

/// Rows of a stretch.
const STRETCH: usize = 20_000;

/// One admitted passage on a badge of ours.
#[derive(Debug, Clone)]
pub struct Passed {
    /// The badge.
    pub credential: CredentialId,
    /// The person.
    pub registration: RegistrationId,
    /// The person has, or had, other badges too.
    pub reprinted: bool,
    /// The badge's category.
    pub category: Category,
    /// The person's country.
    pub country: String,
    /// When it counts for.
    pub at: DateTime<Utc>,
    /// The scan.
    pub scan: ScanId,
    /// Day, hour, gate, direction.
    pub step: Step,
}

/// Where a stretch ended.
#[derive(Debug, Clone, Copy)]
pub struct After(Uuid, DateTime<Utc>, Uuid);

/// Passages badge by badge, each badge's oldest first, of scans received up to `cutoff`; a stretch at a time.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn passed(
    q: &impl Query,
    edition: EditionId,
    cutoff: DateTime<Utc>,
    after: Option<After>,
) -> Outcome<(Vec<Passed>, Option<After>)> {
    let beyond = match after {
        Some(_) => "and (s.credential_id, s.entry_time, s.id) > ($3, $4, $5)",
        None => "and s.credential_id is not null",
    };
    let sql = format!(
        "select s.credential_id, c.registration_id, c.reprint_no, c.state, s.category, r.country, s.entry_time, s.id,
                s.local_day, s.local_hour, s.gate_id, s.direction
         from (select * from scan s where s.edition_id = $1 and s.verdict <> 'deny' and s.server_time <= $2 {beyond}
               order by s.credential_id, s.entry_time, s.id limit {STRETCH}) s
         join credential c on c.id = s.credential_id join registration r on r.id = c.registration_id
         order by s.credential_id, s.entry_time, s.id"
    );
    let mut bound = values![edition.uuid(), cutoff];
    if let Some(After(credential, at, scan)) = after {
        bound.extend(values![credential, at, scan]);
    }
    let rows = q.rows(&sql, bound).await?;
    let list = rows.iter().map(passed_of).collect::<Outcome<Vec<_>>>()?;
    let next = list.last().filter(|_| list.len() == STRETCH);
    let next = next.map(|last| After(last.credential.uuid(), last.at, last.scan.uuid()));
    Ok((list, next))
}

fn passed_of(row: &Row) -> Outcome<Passed> {
    let bad = |what: &str| Fault::impossible("scan", what.to_owned());
    let category: Option<String> = row.get(4)?;
    let category = category.as_deref().and_then(Category::parse).ok_or_else(|| bad("category"))?;
    Ok(Passed {
        credential: CredentialId::from_uuid(row.get(0)?),
        registration: RegistrationId::from_uuid(row.get(1)?),
        reprinted: row.get::<i32>(2)? > 0 || row.get::<String>(3)? == "replaced",
        category,
        country: row.get(5)?,
        at: row.get(6)?,
        scan: ScanId::from_uuid(row.get(7)?),
        step: Step {
            day: row.get(8)?,
            hour: row.get(9)?,
            gate: PlaceId::from_uuid(row.get(10)?),
            direction: Direction::parse(&row.get::<String>(11)?).ok_or_else(|| bad("direction"))?,
        },
    })
}

/// When the server took the newest scan.
///
/// # Errors
/// When the database does not answer.
pub async fn newest_scan(q: &impl Query, edition: EditionId) -> Outcome<Option<DateTime<Utc>>> {
    let sql = "select server_time from scan where edition_id = $1 order by server_time desc limit 1";
    q.scalar(sql, values![edition.uuid()]).await
}

/// Entries on codes no badge is known for, by day.
///
/// # Errors
/// When the database does not answer.
pub async fn unnamed(q: &impl Query, edition: EditionId, cutoff: DateTime<Utc>) -> Outcome<Vec<(NaiveDate, i64)>> {
    let sql =
        "select local_day, count(*) from scan where edition_id = $1 and credential_id is null and direction = 'in'
               and verdict <> 'deny' and server_time <= $2 group by local_day order by local_day";
    let rows = q.rows(sql, values![edition.uuid(), cutoff]).await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Every scan received up to `cutoff`, in the order of ids, as the hashed log has it; a stretch at a time.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn log_lines(
    q: &impl Query,
    edition: EditionId,
    cutoff: DateTime<Utc>,
    after: Option<ScanId>,
) -> Outcome<Vec<LogLine>> {
    let sql = format!(
        "select id, entry_time, gate_id, direction, verdict, registration_id, category from scan
         where edition_id = $1 and id > $2 and server_time <= $3 order by id limit {STRETCH}"
    );
    let from = after.map_or(Uuid::nil(), ScanId::uuid);
    let bad = |what: &str| Fault::impossible("scan", what.to_owned());
    let line = |row: &Row| -> Outcome<LogLine> {
        Ok(LogLine {
            scan: ScanId::from_uuid(row.get(0)?),
            at: row.get(1)?,
            gate: PlaceId::from_uuid(row.get(2)?),
            direction: Direction::parse(&row.get::<String>(3)?).ok_or_else(|| bad("direction"))?,
            verdict: VerdictKind::parse(&row.get::<String>(4)?).ok_or_else(|| bad("verdict"))?,
            person: row.get::<Option<Uuid>>(5)?.map(RegistrationId::from_uuid),
            category: row.get::<Option<String>>(6)?.unwrap_or_default(),
        })
    };
    q.rows(&sql, values![edition.uuid(), from, cutoff]).await?.iter().map(line).collect()
}

const FREEZE: &str =
    "select id, edition_id, number, profile, certificate, log_hash, seal, code, note, scans, first_day,
                             last_day, cutoff, frozen_by, frozen_name, frozen_at from count_freeze";

fn freeze_of(row: &Row) -> Outcome<Freeze> {
    Ok(Freeze {
        id: FreezeId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        number: row.get(2)?,
        profile: row.get(3)?,
        text: row.get(4)?,
        log_hash: row.get(5)?,
        seal: row.get(6)?,
        code: row.get(7)?,
        note: row.get(8)?,
        scans: row.get(9)?,
        days: (row.get(10)?, row.get(11)?),
        cutoff: row.get(12)?,
        frozen_by: UserId::from_uuid(row.get(13)?),
        frozen_name: row.get(14)?,
        frozen_at: row.get(15)?,
    })
}

/// Frozen counts of an edition, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn freezes(q: &impl Query, edition: EditionId) -> Outcome<Vec<Freeze>> {
    let sql = format!("{FREEZE} where edition_id = $1 order by number desc limit 200");
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(freeze_of).collect()
}

/// A frozen count of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn freeze(q: &impl Query, edition: EditionId, id: FreezeId) -> Outcome<Option<Freeze>> {
    let sql = format!("{FREEZE} where edition_id = $1 and id = $2");
    q.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(freeze_of).transpose()
}

/// The frozen count with this code, whatever its edition: for anybody who holds it.
///
/// # Errors
/// When the database does not answer.
pub async fn freeze_by_code(q: &impl Query, code: &str) -> Outcome<Option<Freeze>> {
    let sql = format!("{FREEZE} where code = $1");
    q.rows(&sql, values![code]).await?.first().map(freeze_of).transpose()
}

/// The last looks at a frozen count, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn freeze_checks(q: &impl Query, id: FreezeId, most: u32) -> Outcome<Vec<FreezeCheck>> {
    let sql = format!(
        "select same, scans, log_hash, checked_at, checked_name from count_check where freeze_id = $1
         order by checked_at desc, id desc limit {most}"
    );
    let check = |row: &Row| -> Outcome<FreezeCheck> {
        Ok(FreezeCheck {
            same: row.get(0)?,
            scans: row.get(1)?,
            log_hash: row.get(2)?,
            at: row.get(3)?,
            name: row.get(4)?,
        })
    };
    q.rows(&sql, values![id.uuid()]).await?.iter().map(check).collect()
}

/// The country of the venue of an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn home_country(q: &impl Query, edition: EditionId) -> Outcome<String> {
    let sql = "select v.country from edition e join venue v on v.id = e.venue_id where e.id = $1";
    Ok(q.scalar(sql, values![edition.uuid()]).await?.unwrap_or_default())
}
