//! What hubs and their upstream write: rows that came as JSON, hubs that introduce themselves, marks of how far they are.

use crate::dialect::lock::for_numbering;
use crate::dialect::shape;
use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::admission::hub::{People, Record, Report, Sheet};
use domain::{EditionId, HubId, ParticipationId, PartyId, RegistrationId};
use sea_orm::Value;
use uuid::Uuid;

/// Tables that may come from elsewhere. Nothing else is ever written from an exchange.
const TABLES: [&str; 21] = [
    "series",
    "venue",
    "edition",
    "edition_key",
    "place",
    "gate",
    "access_rule",
    "device",
    "registration",
    "credential",
    "consent",
    "scan",
    "registration_form",
    "registration_intake",
    "registration_setting",
    "consent_wording",
    "mail_text",
    "badge_layout",
    "badge_layout_version",
    "badge_logo",
    "print_station",
];

/// The columns by which a row is known.
fn key_of(table: &str) -> &'static [&'static str] {
    match table {
        "registration" | "credential" | "scan" => &["edition_id", "id"],
        "registration_form" | "consent_wording" => &["edition_id", "number"],
        "registration_intake" => &["edition_id", "category"],
        "registration_setting" => &["edition_id"],
        "mail_text" => &["edition_id", "occasion"],
        "badge_layout_version" => &["layout_id", "version"],
        _ => &["id"],
    }
}
/// What refers to things that stay where they are.
const CUT: [&str; 3] = ["party_id", "participation_id", "created_by"];
/// Values bound in one statement.
const MOST_VALUES: usize = 900;

/// What becomes of a row that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// It is left as it is.
    Stays,
    /// It becomes like the one that came.
    Follows,
    /// It becomes like the one that came if that was changed more often.
    Later,
}

/// Writes rows of a table, by the columns they are known by. Columns of `keep` stay as they are here.
///
/// # Errors
/// When a value is not what its column says, or a constraint says no.
pub async fn put(tx: &Tx, sheet: &Sheet, there: There, keep: &[&str]) -> Outcome<u64> {
    let table = TABLES.iter().copied().find(|table| *table == sheet.table);
    let table = table.ok_or_else(|| Fault::impossible("exchange", format!("table {}", sheet.table)))?;
    let columns = shape::columns(tx, table).await?;
    let key = key_of(table);
    let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let act = match there {
        There::Stays => "nothing".to_owned(),
        There::Follows | There::Later => {
            let later = if there == There::Later {
                format!(" where excluded.version > \"{table}\".version")
            } else {
                String::new()
            };
            let set: Vec<String> = columns
                .iter()
                .map(|column| column.name.as_str())
                .filter(|name| !key.contains(name) && !keep.contains(name) && !CUT.contains(name))
                .map(|name| format!("\"{name}\" = excluded.\"{name}\""))
                .collect();
            format!("update set {}{later}", set.join(", "))
        }
    };
    let mut touched = 0;
    for chunk in sheet.rows.chunks((MOST_VALUES / columns.len()).max(1)) {
        let mut sql = format!("insert into \"{table}\" ({}) values ", names.join(", "));
        let mut bound: Vec<Value> = Vec::new();
        for (number, row) in chunk.iter().enumerate() {
            let mut row: Record = row.clone();
            CUT.iter().for_each(|cut| drop(row.remove(*cut)));
            sql.push_str(if number == 0 { "(" } else { ", (" });
            for (at, value) in shape::values_of(&columns, &row)?.into_iter().enumerate() {
                bound.push(value);
                sql.push_str(&format!("{}${}", if at == 0 { "" } else { ", " }, bound.len()));
            }
            sql.push(')');
        }
        sql.push_str(&format!(" on conflict ({}) do {act}", key.join(", ")));
        touched += tx.run(&sql, bound).await?;
    }
    Ok(touched)
}

/// Takes away the rules of an edition that are not in the list.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_rules(tx: &Tx, edition: EditionId, sheet: &Sheet) -> Outcome<()> {
    let kept: Vec<&str> = sheet.rows.iter().filter_map(|row| row.get("id")?.as_str()).collect();
    let rows = tx.rows("select id from access_rule where edition_id = $1", values![edition.uuid()]).await?;
    for row in rows {
        let id: Uuid = row.get(0)?;
        if !kept.contains(&id.to_string().as_str()) {
            tx.run("delete from access_rule where id = $1", values![id]).await?;
        }
    }
    Ok(())
}

fn rank(state: &str) -> u8 {
    match state {
        "active" => 0,
        "blocked" => 1,
        "replaced" => 2,
        _ => 3,
    }
}

/// Brings badges of people together with those that are here. A badge only ever goes on: from active to blocked, replaced,
/// revoked; of two active badges of a person the one issued later is the badge. With `follow`, what came decides.
///
/// # Errors
/// When a value is not what its column says.
pub async fn merge_badges(tx: &Tx, edition: EditionId, came: &[Record], follow: bool) -> Outcome<u64> {
    let text = |row: &Record, name: &str| row.get(name).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let mut touched = 0;
    // Whatever is no longer active first: a person has one active badge, and the database insists.
    let mut came: Vec<Record> = came.to_vec();
    came.sort_by_key(|row| std::cmp::Reverse(rank(&text(row, "state"))));
    for mut row in came {
        let id: Uuid = text(&row, "id").parse().map_err(|_| Fault::impossible("exchange", "id of a badge"))?;
        let owner: Uuid = text(&row, "registration_id").parse().map_err(|_| Fault::impossible("exchange", "owner"))?;
        let (state, issued) = (text(&row, "state"), text(&row, "issued_at").parse::<DateTime<Utc>>().ok());
        let sql = "select state from credential where edition_id = $1 and id = $2";
        let here = tx.scalar::<String>(sql, values![edition.uuid(), id]).await?;
        if let Some(here) = here {
            let goes_on = rank(&state) > rank(&here) || (follow && state != here);
            if !goes_on {
                continue;
            }
            if state == "active" {
                retire(tx, edition, owner, id).await?;
            }
            let replaced_by = text(&row, "replaced_by").parse::<Uuid>().ok();
            let sql = "update credential set state = $3, replaced_by = $4 where edition_id = $1 and id = $2";
            touched += tx.run(sql, values![edition.uuid(), id, state, replaced_by]).await?;
            continue;
        }
        if state == "active" {
            let sql =
                "select issued_at from credential where edition_id = $1 and registration_id = $2 and state = 'active'";
            let other = tx.scalar::<DateTime<Utc>>(sql, values![edition.uuid(), owner]).await?;
            match other {
                Some(other) if !follow && issued.is_none_or(|issued| issued <= other) => {
                    row.insert("state".to_owned(), "replaced".into());
                }
                Some(_) => retire(tx, edition, owner, id).await?,
                None => {}
            }
        }
        let sheet = Sheet { table: "credential".to_owned(), rows: vec![row] };
        touched += put(tx, &sheet, There::Stays, &[]).await?;
    }
    Ok(touched)
}

/// The active badge of a person gives way to another.
async fn retire(tx: &Tx, edition: EditionId, owner: Uuid, by: Uuid) -> Outcome<()> {
    let sql = "update credential set state = 'replaced', replaced_by = $3
               where edition_id = $1 and registration_id = $2 and state = 'active' and id <> $3";
    tx.run(sql, values![edition.uuid(), owner, by]).await?;
    Ok(())
}

/// Writes people that came from the upstream: what came decides.
///
/// # Errors
/// When a value is not what its column says.
pub async fn follow_people(tx: &Tx, edition: EditionId, people: &People) -> Outcome<()> {
    let sheet = Sheet { table: "registration".to_owned(), rows: people.registrations.clone() };
    put(tx, &sheet, There::Follows, &["access_hash", "submission"]).await?;
    merge_badges(tx, edition, &people.credentials, true).await?;
    let sheet = Sheet { table: "consent".to_owned(), rows: people.consents.clone() };
    put(tx, &sheet, There::Stays, &[]).await?;
    Ok(())
}

/// Writes people that came from the hub that registered them: new ones are added, known ones follow what the hub changed
/// since; answers the ids of the new ones.
///
/// # Errors
/// When a value is not what its column says.
pub async fn add_people(tx: &Tx, edition: EditionId, people: &People) -> Outcome<Vec<Uuid>> {
    let mut fresh = Vec::new();
    for row in &people.registrations {
        let sheet = Sheet { table: "registration".to_owned(), rows: vec![row.clone()] };
        if put(tx, &sheet, There::Stays, &[]).await? == 0 {
            put(tx, &sheet, There::Later, &["access_hash", "submission"]).await?;
        } else if let Some(id) = row.get("id").and_then(|id| id.as_str()?.parse().ok()) {
            fresh.push(id);
        }
    }
    merge_badges(tx, edition, &people.credentials, false).await?;
    let sheet = Sheet { table: "consent".to_owned(), rows: people.consents.clone() };
    put(tx, &sheet, There::Stays, &[]).await?;
    Ok(fresh)
}

/// Gives a registration the person it belongs to and the hash of its registrant's key. No version: it is no change of
/// the registration.
///
/// # Errors
/// When the database does not answer.
pub async fn belong(
    tx: &Tx,
    edition: EditionId,
    id: RegistrationId,
    (party, participation): (PartyId, ParticipationId),
    access_hash: &str,
) -> Outcome<()> {
    let sql = "update registration set party_id = $3, participation_id = $4, access_hash = $5
               where edition_id = $1 and id = $2";
    let bound = values![edition.uuid(), id.uuid(), party.uuid(), participation.uuid(), access_hash];
    tx.run(sql, bound).await?;
    Ok(())
}

/// Puts the secret half of this hub's key beside its public half.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_secret(tx: &Tx, hub: HubId, secret: &[u8]) -> Outcome<()> {
    tx.run("update edition_key set secret = $2 where id = $1", values![hub.uuid(), secret.to_vec()]).await?;
    Ok(())
}

/// Adds a hub; its number is the next of the edition.
///
/// # Errors
/// `Taken` when the key is used by another.
pub async fn enrol(
    tx: &Tx,
    edition: EditionId,
    hub: HubId,
    (name, key): (&str, &[u8; 32]),
    now: DateTime<Utc>,
) -> Outcome<(i32, i32)> {
    let lock = format!("select id from edition where id = $1{}", for_numbering(tx.backend));
    tx.rows(&lock, values![edition.uuid()]).await?;
    let next =
        |what: &str, table: &str| format!("select coalesce(max({what}), 0) + 1 from {table} where edition_id = $1");
    let number = tx.scalar::<i32>(&next("number", "hub"), values![edition.uuid()]).await?.unwrap_or(1);
    let key_no = tx.scalar::<i32>(&next("key_no", "edition_key"), values![edition.uuid()]).await?.unwrap_or(1);
    let sql =
        "insert into hub (id, edition_id, number, name, public_key, key_no, enrolled_at, unsent, offset_ms, scans,
                   people, release, version) values ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, '', 1)";
    let text = domain::text::hex(key);
    tx.run(sql, values![hub.uuid(), edition.uuid(), number, name, text, key_no, now]).await?;
    // Only the public half: the installation cannot sign for the hub.
    let sql = "insert into edition_key (id, edition_id, key_no, algorithm, secret, public, active, created_at)
               values ($1, $2, $3, 'ed25519', $4, $5, $6, $7)";
    let bound = values![hub.uuid(), edition.uuid(), key_no, Vec::<u8>::new(), key.to_vec(), true, now];
    tx.run(sql, bound).await?;
    Ok((number, key_no))
}

/// Notes how a hub is doing.
///
/// # Errors
/// When the database does not answer.
pub async fn heard_of(tx: &Tx, hub: HubId, report: &Report, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update hub set seen_at = $2, unsent = $3, offset_ms = $4, release = $5 where id = $1";
    tx.run(sql, values![hub.uuid(), now, report.unsent, report.offset_ms, report.release.as_str()]).await?;
    Ok(())
}

/// Adds to what a hub has handed on.
///
/// # Errors
/// When the database does not answer.
pub async fn took(tx: &Tx, hub: HubId, (scans, people): (i64, i64), now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update hub set seen_at = $2, scans = scans + $3, people = people + $4 where id = $1";
    tx.run(sql, values![hub.uuid(), now, scans, people]).await?;
    Ok(())
}

/// Withdraws a hub: it is no longer listened to, and its key signs nothing any more.
///
/// # Errors
/// `Stale` when somebody else changed it since.
pub async fn withdraw(tx: &Tx, edition: EditionId, hub: HubId, version: i32, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update hub set withdrawn_at = $4, version = version + 1
               where edition_id = $1 and id = $2 and version = $3 and withdrawn_at is null";
    if tx.run(sql, values![edition.uuid(), hub.uuid(), version, now]).await? == 0 {
        return Err(Fault::Stale);
    }
    Ok(())
}

/// Makes this installation a hub for an edition.
///
/// # Errors
/// When the database does not answer.
pub async fn become_hub(
    tx: &Tx,
    edition: EditionId,
    (hub, name, upstream): (HubId, &str, &str),
    (number, first, last): (i32, i32, i32),
    now: DateTime<Utc>,
) -> Outcome<()> {
    let sql =
        "insert into hub_self (edition_id, hub_id, name, upstream, number, first_number, last_number, enrolled_at,
                   offset_ms, trouble) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')
               on conflict (edition_id) do update set name = excluded.name, upstream = excluded.upstream";
    tx.run(sql, values![edition.uuid(), hub.uuid(), name, upstream, number, first, last, now]).await?;
    Ok(())
}

/// Notes a try to reach the upstream.
///
/// # Errors
/// When the database does not answer.
pub async fn tried(
    tx: &Tx,
    edition: EditionId,
    trouble: &str,
    offset_ms: Option<i64>,
    now: DateTime<Utc>,
) -> Outcome<()> {
    let (sql, bound) = match offset_ms {
        Some(offset) => (
            "update hub_self set tried_at = $2, contact_at = $2, trouble = '', offset_ms = $3 where edition_id = $1",
            values![edition.uuid(), now, offset],
        ),
        None => (
            "update hub_self set tried_at = $2, trouble = $3 where edition_id = $1",
            values![edition.uuid(), now, trouble],
        ),
    };
    tx.run(sql, bound).await?;
    Ok(())
}

/// How far this hub has come with something.
///
/// # Errors
/// When the database does not answer.
pub async fn set_mark(tx: &Tx, edition: EditionId, what: &str, place: &str) -> Outcome<()> {
    let sql = "insert into hub_mark (edition_id, what, place) values ($1, $2, $3)
               on conflict (edition_id, what) do update set place = excluded.place";
    tx.run(sql, values![edition.uuid(), what, place]).await?;
    Ok(())
}
