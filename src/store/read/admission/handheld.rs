//! What devices fetch for the time without network: badges, earlier passages, words from the supervisors.

use super::scanning::{bind, places};
use crate::{Fault, Outcome, Query, Row, values};
use chrono::{DateTime, NaiveDate, Utc};
use domain::admission::message::{Message, MessageLine};
use domain::admission::{CredentialState, Direction, Standing};
use domain::registration::Category;
use domain::{CredentialId, DeviceId, EditionId, FactId, MessageId, PlaceId, ScanId};
use uuid::Uuid;

/// A badge as a device keeps it; name and company are sealed before they leave the house.
#[derive(Debug, Clone)]
pub struct BadgeKept {
    /// The badge.
    pub id: CredentialId,
    /// Its code.
    pub code: String,
    /// State now.
    pub state: CredentialState,
    /// Category.
    pub category: Category,
    /// First and last valid day.
    pub valid: (NaiveDate, NaiveDate),
    /// The reprint that is valid now, of a replaced badge.
    pub valid_reprint: Option<i32>,
    /// How the registration stands.
    pub standing: Standing,
    /// Running number of the registration: what passages of one person have in common.
    pub number: i64,
    /// Name as on the badge.
    pub name: String,
    /// Company as on the badge.
    pub company: String,
    /// Delegation.
    pub delegation: String,
}

const BADGE: &str = "select c.id, c.code, c.state, c.category, c.valid_from, c.valid_until, v.reprint_no, r.status,
                            r.number, r.display_name, r.company,
       (select g.name from delegation_member m join delegation g on g.id = m.delegation_id
        where m.edition_id = r.edition_id and m.registration_id = r.id)
     from credential c
     join registration r on r.id = c.registration_id
     left join credential v on v.edition_id = c.edition_id and v.registration_id = c.registration_id and v.state = 'active'";

fn kept_of(row: &Row) -> Outcome<BadgeKept> {
    let bad = |what: &str| Fault::impossible("credential", what.to_owned());
    Ok(BadgeKept {
        id: CredentialId::from_uuid(row.get(0)?),
        code: row.get(1)?,
        state: CredentialState::parse(&row.get::<String>(2)?).ok_or_else(|| bad("state"))?,
        category: Category::parse(&row.get::<String>(3)?).ok_or_else(|| bad("category"))?,
        valid: (row.get(4)?, row.get(5)?),
        valid_reprint: row.get(6)?,
        standing: Standing::of_status(&row.get::<String>(7)?),
        number: i64::from(row.get::<i32>(8)?),
        name: row.get(9)?,
        company: row.get(10)?,
        delegation: row.get::<Option<String>>(11)?.unwrap_or_default(),
    })
}

/// Badges of an edition after this one, in the order they were made.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn badges_after(
    q: &impl Query,
    edition: EditionId,
    after: Option<CredentialId>,
    limit: u32,
) -> Outcome<Vec<BadgeKept>> {
    let sql = format!("{BADGE} where c.edition_id = $1 and c.id > $2 order by c.id limit {limit}");
    let after = after.map_or(Uuid::nil(), CredentialId::uuid);
    q.rows(&sql, values![edition.uuid(), after]).await?.iter().map(kept_of).collect()
}

/// All badges of these registrations.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn badges_of(q: &impl Query, edition: EditionId, registrations: &[Uuid]) -> Outcome<Vec<BadgeKept>> {
    if registrations.is_empty() {
        return Ok(Vec::new());
    }
    let (list, size) = places(registrations.len(), 2);
    let sql = format!("{BADGE} where c.edition_id = $1 and c.registration_id in ({list})");
    let mut bound = values![edition.uuid()];
    bind(&mut bound, registrations, size);
    q.rows(&sql, bound).await?.iter().map(kept_of).collect()
}

/// Registrations something happened to after this fact, with the last fact looked at.
///
/// # Errors
/// When the database does not answer.
pub async fn registrations_after(
    q: &impl Query,
    edition: EditionId,
    after: Uuid,
    limit: u32,
) -> Outcome<(Vec<Uuid>, Option<FactId>)> {
    let sql = format!(
        "select id, subject_id from fact where edition_id = $1 and id > $2 and subject_kind = 'registration'
         order by id limit {limit}"
    );
    let rows = q.rows(&sql, values![edition.uuid(), after]).await?;
    let last = rows.last().map(|row| row.get::<Uuid>(0)).transpose()?.map(FactId::from_uuid);
    let mut changed = rows.iter().map(|row| row.get::<Uuid>(1)).collect::<Outcome<Vec<_>>>()?;
    changed.sort_unstable();
    changed.dedup();
    Ok((changed, last))
}

/// The newest fact of an edition: where news begins for a device that knows nothing yet.
///
/// # Errors
/// When the database does not answer.
pub async fn newest_fact(q: &impl Query, edition: EditionId) -> Outcome<Option<FactId>> {
    let sql = "select id from fact where edition_id = $1 order by id desc limit 1";
    Ok(q.scalar::<Uuid>(sql, values![edition.uuid()]).await?.map(FactId::from_uuid))
}

/// An admitted passage of a known person, as a device keeps it.
#[derive(Debug, Clone)]
pub struct PassageKept {
    /// The scan.
    pub id: ScanId,
    /// Running number of the registration.
    pub number: i64,
    /// Gate.
    pub gate: PlaceId,
    /// Which way.
    pub direction: Direction,
    /// When it counts for.
    pub at: DateTime<Utc>,
    /// When the server took it.
    pub server_time: DateTime<Utc>,
}

/// Admitted passages the server took after this one, in the order it took them.
///
/// # Errors
/// When the database does not answer or holds something impossible.
pub async fn passages_after(
    q: &impl Query,
    edition: EditionId,
    after: (DateTime<Utc>, ScanId),
    limit: u32,
) -> Outcome<Vec<PassageKept>> {
    let sql = format!(
        "select s.id, r.number, s.gate_id, s.direction, s.entry_time, s.server_time
         from scan s join registration r on r.id = s.registration_id
         where s.edition_id = $1 and s.server_time >= $2 and (s.server_time > $2 or s.id > $3) and s.verdict <> 'deny'
         order by s.server_time, s.id limit {limit}"
    );
    let rows = q.rows(&sql, values![edition.uuid(), after.0, after.1.uuid()]).await?;
    let passage = |row: &Row| -> Outcome<PassageKept> {
        let direction: String = row.get(3)?;
        Ok(PassageKept {
            id: ScanId::from_uuid(row.get(0)?),
            number: i64::from(row.get::<i32>(1)?),
            gate: PlaceId::from_uuid(row.get(2)?),
            direction: Direction::parse(&direction).ok_or_else(|| Fault::impossible("scan", direction))?,
            at: row.get(4)?,
            server_time: row.get(5)?,
        })
    };
    rows.iter().map(passage).collect()
}

fn message_of(row: &Row) -> Outcome<Message> {
    Ok(Message {
        id: MessageId::from_uuid(row.get(0)?),
        text: row.get(1)?,
        sent_by: row.get(2)?,
        sent_at: row.get(3)?,
        until: row.get(4)?,
    })
}

/// What a device is to show now: messages to it, to its gate or to all that nobody there has read.
///
/// # Errors
/// When the database does not answer.
pub async fn messages_for(
    q: &impl Query,
    edition: EditionId,
    device: DeviceId,
    gate: Option<PlaceId>,
    now: DateTime<Utc>,
) -> Outcome<Vec<Message>> {
    let sql = "select m.id, m.text, m.sent_by, m.sent_at, m.until_at from device_message m
               where m.edition_id = $1 and m.until_at > $2
                 and (m.device_id is null or m.device_id = $3) and (m.gate_id is null or m.gate_id = $4)
                 and not exists (select 1 from device_message_read r
                                 where r.edition_id = m.edition_id and r.message_id = m.id and r.device_id = $3)
               order by m.sent_at, m.id limit 5";
    let gate = gate.map_or(Uuid::nil(), PlaceId::uuid);
    let rows = q.rows(sql, values![edition.uuid(), now, device.uuid(), gate]).await?;
    rows.iter().map(message_of).collect()
}

/// The last messages of an edition, newest first; of one device when it is named (with those to all).
///
/// # Errors
/// When the database does not answer.
pub async fn messages(q: &impl Query, edition: EditionId, limit: u32) -> Outcome<Vec<MessageLine>> {
    let sql = format!(
        "select m.id, m.text, m.sent_by, m.sent_at, m.until_at, coalesce(d.name, g.code),
                (select count(*) from device_message_read r where r.edition_id = m.edition_id and r.message_id = m.id)
         from device_message m left join device d on d.id = m.device_id left join gate g on g.id = m.gate_id
         where m.edition_id = $1 order by m.sent_at desc, m.id desc limit {limit}"
    );
    let rows = q.rows(&sql, values![edition.uuid()]).await?;
    let line = |row: &Row| Ok(MessageLine { message: message_of(row)?, to: row.get(5)?, read: row.get(6)? });
    rows.iter().map(line).collect()
}

/// The code of a person's valid badge: what a supervisor scans who found the person by name.
///
/// # Errors
/// When the database does not answer.
pub async fn active_code(
    q: &impl Query,
    edition: EditionId,
    registration: domain::RegistrationId,
) -> Outcome<Option<String>> {
    let sql = "select code from credential where edition_id = $1 and registration_id = $2
               order by case state when 'active' then 0 else 1 end, serial desc limit 1";
    q.scalar(sql, values![edition.uuid(), registration.uuid()]).await
}
