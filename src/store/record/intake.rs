//! Imports of registrations as use cases load and save them, and what a batch of rows must know of what is there:
//! one question for many rows each.

use crate::{Fault, Outcome, Query, Row, Tx, dialect::lock, query::asked, values};
use chrono::{DateTime, Utc};
use domain::{
    CampaignId, DelegationId, EditionId, IntakeId, ParticipationId, PartyId,
    party::{ContactKind, ParticipationRole, matching::KnownPerson},
    registration::intake::{Counts, Fault as Rejected, Intake, Options, State, columns::Field},
};
use sea_orm::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

pub(crate) const INTAKE: &str = "k.id, k.edition_id, k.delegation_id, k.name, k.heads, k.mapping, k.options, k.state, \
                                 k.total, k.done, k.fresh, k.updated, k.known, k.rejected, k.parts, k.next_part, k.stop, \
                                 k.created_by, k.created_at, k.touched_at, k.version, k.campaign_id, k.beyond, \
                                 k.review, k.placed";

pub(crate) fn intake_of(row: &Row) -> Outcome<Intake> {
    let wrong = |what: String| Fault::impossible("intake", what);
    let read = |json: serde_json::Value| serde_json::from_value::<Options>(json).map_err(|e| wrong(e.to_string()));
    let heads: serde_json::Value = row.get(4)?;
    let mapping: serde_json::Value = row.get(5)?;
    let state: String = row.get(7)?;
    let codes: Vec<String> = serde_json::from_value(mapping).map_err(|e| wrong(e.to_string()))?;
    let placed: String = row.get(24)?;
    Ok(Intake {
        id: IntakeId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        delegation: row.get::<Option<Uuid>>(2)?.map(DelegationId::from_uuid),
        campaign: row.get::<Option<Uuid>>(21)?.map(CampaignId::from_uuid),
        name: row.get(3)?,
        heads: serde_json::from_value(heads).map_err(|e| wrong(e.to_string()))?,
        mapping: codes.iter().map(|code| Field::parse(code)).collect(),
        options: read(row.get(6)?)?,
        state: State::parse(&state).ok_or_else(|| wrong(state.clone()))?,
        counts: Counts {
            rows: row.get(8)?,
            done: row.get(9)?,
            new: row.get(10)?,
            updated: row.get(11)?,
            known: row.get(12)?,
            rejected: row.get(13)?,
            over: row.get(22)?,
            review: row.get(23)?,
        },
        placed: serde_json::from_str(&placed).map_err(|e| wrong(e.to_string()))?,
        parts: row.get(14)?,
        next_part: row.get(15)?,
        stop: row.get(16)?,
        created_by: row.get(17)?,
        created_at: row.get(18)?,
        touched_at: row.get(19)?,
        version: row.get(20)?,
    })
}

fn codes(mapping: &[Option<Field>]) -> serde_json::Value {
    serde_json::json!(mapping.iter().map(|field| field.map_or("", Field::code)).collect::<Vec<_>>())
}

fn placed(k: &Intake) -> String {
    serde_json::json!(k.placed).to_string()
}

/// The columns of a new import, in the order of its values.
const NEW: [&str; 25] = [
    "id",
    "edition_id",
    "delegation_id",
    "name",
    "heads",
    "mapping",
    "options",
    "state",
    "total",
    "done",
    "fresh",
    "updated",
    "known",
    "rejected",
    "parts",
    "next_part",
    "stop",
    "created_by",
    "created_at",
    "touched_at",
    "version",
    "campaign_id",
    "beyond",
    "review",
    "placed",
];

/// Keeps a new import with its parts.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, k: &Intake, parts: &[Vec<u8>]) -> Outcome<()> {
    let c = k.counts;
    let row = values![
        k.id.uuid(),
        k.edition.uuid(),
        k.delegation.map(DelegationId::uuid),
        k.name.as_str(),
        serde_json::json!(k.heads),
        codes(&k.mapping),
        serde_json::json!(k.options),
        k.state.code(),
        c.rows,
        c.done,
        c.new,
        c.updated,
        c.known,
        c.rejected,
        k.parts,
        k.next_part,
        k.stop,
        k.created_by.as_str(),
        k.created_at,
        k.touched_at,
        k.version,
        k.campaign.map(CampaignId::uuid),
        c.over,
        c.review,
        placed(k)
    ];
    tx.insert("intake", &NEW, vec![row]).await?;
    for (part, content) in (0_i32..).zip(parts) {
        let sql = "insert into intake_part (intake_id, part, content) values ($1, $2, $3)";
        tx.run(sql, values![k.id.uuid(), part, content.clone()]).await?;
    }
    Ok(())
}

/// The import, locked.
///
/// # Errors
/// When the database does not answer.
pub async fn intake(tx: &Tx, edition: EditionId, id: IntakeId) -> Outcome<Option<Intake>> {
    let lock = lock::for_update(tx.backend());
    let sql = format!("select {INTAKE} from intake k where k.id = $1 and k.edition_id = $2{lock}");
    tx.rows(&sql, values![id.uuid(), edition.uuid()]).await?.first().map(intake_of).transpose()
}

/// Saves how far it is. The wish of a person to stop is not touched: see [`stop`].
///
/// # Errors
/// When the database does not answer.
pub async fn save(tx: &Tx, k: &Intake) -> Outcome<()> {
    let c = k.counts;
    tx.run(
        "update intake set mapping = $2, options = $3, state = $4, done = $5, fresh = $6, updated = $7, known = $8,
         rejected = $9, next_part = $10, stop = $11, touched_at = $12, beyond = $13, review = $14, placed = $15,
         version = version + 1 where id = $1",
        values![
            k.id.uuid(),
            codes(&k.mapping),
            serde_json::json!(k.options),
            k.state.code(),
            c.done,
            c.new,
            c.updated,
            c.known,
            c.rejected,
            k.next_part,
            k.stop,
            k.touched_at,
            c.over,
            c.review,
            placed(k)
        ],
    )
    .await?;
    Ok(())
}

/// The rows of a part, as they were kept.
///
/// # Errors
/// When the database does not answer.
pub async fn part(db: &impl Query, id: IntakeId, part: i32) -> Outcome<Option<Vec<u8>>> {
    db.scalar("select content from intake_part where intake_id = $1 and part = $2", values![id.uuid(), part]).await
}

/// Forgets the rows as they came: an import that is over needs them no more.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_parts(tx: &Tx, id: IntakeId) -> Outcome<()> {
    tx.run("delete from intake_part where intake_id = $1", values![id.uuid()]).await?;
    Ok(())
}

/// Forgets the rejected rows of an earlier run.
///
/// # Errors
/// When the database does not answer.
pub async fn clear_faults(tx: &Tx, id: IntakeId) -> Outcome<()> {
    tx.run("delete from intake_fault where intake_id = $1", values![id.uuid()]).await?;
    Ok(())
}

/// Notes rejected rows.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_faults(tx: &Tx, id: IntakeId, faults: &[Rejected]) -> Outcome<()> {
    let row = |fault: &Rejected| {
        values![
            id.uuid(),
            i32::try_from(fault.line).unwrap_or(i32::MAX),
            serde_json::json!(fault.cells),
            serde_json::json!(fault.reasons)
        ]
    };
    tx.insert("intake_fault", &["intake_id", "line", "cells", "reasons"], faults.iter().map(row)).await
}

/// Imports whose work was not heard of since `before`, with their editions.
///
/// # Errors
/// When the database does not answer.
pub async fn silent(db: &impl Query, before: DateTime<Utc>) -> Outcome<Vec<(EditionId, IntakeId)>> {
    let sql = "select edition_id, id from intake where state in ('judging', 'running') and touched_at < $1 limit 20";
    let rows = db.rows(sql, values![before]).await?;
    rows.iter().map(|row| Ok((EditionId::from_uuid(row.get(0)?), IntakeId::from_uuid(row.get(1)?)))).collect()
}

/// People who have one of these folded addresses or numbers.
///
/// # Errors
/// When the database does not answer.
pub async fn known_people(db: &impl Query, emails: &[String], phones: &[String]) -> Outcome<Vec<KnownPerson>> {
    let mut people: BTreeMap<Uuid, KnownPerson> = BTreeMap::new();
    let values = |list: &[String]| list.iter().map(|text| Value::from(text.as_str())).collect::<Vec<_>>();
    for (kinds, list) in [("= 'email'", values(emails)), ("in ('phone', 'mobile')", values(phones))] {
        let sql = format!(
            "select p.id, p.folded, c.kind, c.folded from contact_point c join party p on p.id = c.party_id
             where p.kind = 'person' and c.kind {kinds} and c.folded in ({{}})"
        );
        let rows = asked(db, &sql, &[], &list, |row| {
            Ok((row.get::<Uuid>(0)?, row.get::<String>(1)?, row.get::<String>(2)?, row.get::<String>(3)?))
        });
        for (id, folded, kind, value) in rows.await? {
            let person = people.entry(id).or_insert_with(|| KnownPerson {
                party: PartyId::from_uuid(id),
                folded,
                emails: Vec::new(),
                phones: Vec::new(),
            });
            if kind == ContactKind::Email.code() { person.emails.push(value) } else { person.phones.push(value) }
        }
    }
    Ok(people.into_values().collect())
}

/// Organisations by name key; the one known longest of each.
///
/// # Errors
/// When the database does not answer.
pub async fn organisations(db: &impl Query, keys: &[String]) -> Outcome<HashMap<String, PartyId>> {
    let list: Vec<Value> = keys.iter().map(|text| Value::from(text.as_str())).collect();
    let sql = "select folded, id from party where kind = 'organisation' and folded in ({}) order by id desc";
    let rows = asked(db, sql, &[], &list, |row| Ok((row.get::<String>(0)?, PartyId::from_uuid(row.get(1)?))));
    Ok(rows.await?.into_iter().collect())
}

/// Which of these people work for whom now.
///
/// # Errors
/// When the database does not answer.
pub async fn affiliations(db: &impl Query, people: &[PartyId]) -> Outcome<HashSet<(PartyId, PartyId)>> {
    let list: Vec<Value> = people.iter().map(|id| Value::from(id.uuid())).collect();
    let sql = "select person_id, organisation_id from affiliation where until_on is null and person_id in ({})";
    let rows = asked(db, sql, &[], &list, |row| Ok((PartyId::from_uuid(row.get(0)?), PartyId::from_uuid(row.get(1)?))));
    Ok(rows.await?.into_iter().collect())
}

/// The roles these people have in the edition.
///
/// # Errors
/// When the database does not answer.
pub async fn participations(
    db: &impl Query,
    edition: EditionId,
    people: &[PartyId],
) -> Outcome<HashMap<(PartyId, ParticipationRole), ParticipationId>> {
    let list: Vec<Value> = people.iter().map(|id| Value::from(id.uuid())).collect();
    let first = values![edition.uuid()];
    let sql = "select party_id, role, id from participation where edition_id = $1 and party_id in ({})";
    let rows = asked(db, sql, &first, &list, |row| {
        let role: String = row.get(1)?;
        let role = ParticipationRole::parse(&role).ok_or_else(|| Fault::impossible("participation", &role))?;
        Ok(((PartyId::from_uuid(row.get(0)?), role), ParticipationId::from_uuid(row.get(2)?)))
    });
    Ok(rows.await?.into_iter().collect())
}
