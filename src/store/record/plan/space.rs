//! What is saved of time and space: requirements, capacities, ways, states, answers to check lists, rules.

use crate::{Fault, Outcome, Query, Tx, values};
use domain::plan::space::{LocationRule, PlaceCheck, PlaceState, Requirement, StateFact, Unit};
use domain::sales::StandKind;
use domain::venue::PlaceKind;
use domain::{CalendarId, DocumentId, EditionId, LocationRuleId, PlaceId, RequirementId, TaskId, UserId};

const REQUIREMENT: [&str; 16] = [
    "id",
    "edition_id",
    "task_id",
    "place_id",
    "each_kind",
    "only_kind",
    "mode",
    "quantity",
    "unit",
    "setup_minutes",
    "clear_minutes",
    "needs",
    "needed",
    "produces",
    "lead_minutes",
    "version",
];

fn requirement_row(one: &Requirement) -> Vec<sea_orm::Value> {
    values![
        one.id.uuid(),
        one.edition.uuid(),
        one.task.uuid(),
        one.place.map(PlaceId::uuid),
        one.each.map(PlaceKind::code),
        one.only.map(StandKind::code),
        one.mode.code(),
        one.quantity,
        one.unit.code(),
        one.setup,
        one.clear,
        one.needs.map(PlaceState::code),
        one.when.code(),
        one.produces.map(PlaceState::code),
        one.lead,
        one.version
    ]
}

/// Adds what tasks ask of places.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_requirements(tx: &Tx, all: &[Requirement]) -> Outcome<()> {
    tx.insert("task_place", &REQUIREMENT, all.iter().map(requirement_row)).await
}

/// Saves a requirement if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_requirement(tx: &Tx, one: &Requirement) -> Outcome<()> {
    let mut bound = values![one.id.uuid(), one.version];
    let mut sets = Vec::new();
    let fixed = ["id", "edition_id", "task_id", "version"];
    for (column, value) in REQUIREMENT.iter().zip(requirement_row(one)).filter(|(column, _)| !fixed.contains(column)) {
        bound.push(value);
        sets.push(format!("\"{column}\" = ${}", bound.len()));
    }
    let sql =
        format!("update task_place set {}, version = version + 1 where id = $1 and version = $2", sets.join(", "));
    if tx.run(&sql, bound).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Takes a requirement away.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_requirement(tx: &Tx, id: RequirementId) -> Outcome<()> {
    tx.run("delete from task_place where id = $1", values![id.uuid()]).await?;
    Ok(())
}

/// Adds states that places came into.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_states(tx: &Tx, edition: EditionId, all: &[StateFact]) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "place_id",
        "state",
        "at",
        "task_id",
        "by",
        "note",
        "document_id",
        "until",
        "ended_at",
        "ended_by",
        "ended_note",
        "version",
    ];
    let rows = all.iter().map(|one| {
        values![
            one.id.uuid(),
            edition.uuid(),
            one.place.uuid(),
            one.state.code(),
            one.at,
            one.task.map(TaskId::uuid),
            one.by.map(UserId::uuid),
            one.note.as_str(),
            one.document.map(DocumentId::uuid),
            one.until,
            one.ended_at,
            one.ended_by.map(UserId::uuid),
            one.ended_note.as_str(),
            one.version
        ]
    });
    tx.insert("place_state", &columns, rows).await
}

/// Keeps the end of a state.
///
/// # Errors
/// `Stale` when somebody else ended it before.
pub async fn end_state(tx: &Tx, one: &StateFact) -> Outcome<()> {
    let touched = tx
        .run(
            "update place_state set ended_at = $3, ended_by = $4, ended_note = $5, version = version + 1
             where id = $1 and version = $2 and ended_at is null",
            values![one.id.uuid(), one.version, one.ended_at, one.ended_by.map(UserId::uuid), one.ended_note.as_str()],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Adds answers to check lists of places.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_checks(tx: &Tx, edition: EditionId, all: &[PlaceCheck]) -> Outcome<()> {
    let columns = ["id", "edition_id", "place_id", "item", "passed", "note", "document_id", "by", "at", "expires_at"];
    let rows = all.iter().map(|one| {
        values![
            one.id.uuid(),
            edition.uuid(),
            one.place.uuid(),
            one.item.as_str(),
            one.passed,
            one.note.as_str(),
            one.document.map(DocumentId::uuid),
            one.by.map(UserId::uuid),
            one.at,
            one.expires_at
        ]
    });
    tx.insert("place_check", &columns, rows).await
}

/// Adds rules by location.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_rules(tx: &Tx, all: &[LocationRule]) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "reason",
        "within_id",
        "each_kind",
        "before",
        "after",
        "release",
        "lag_minutes",
        "switched_on",
        "version",
    ];
    let rows = all.iter().map(|one| {
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.reason.as_str(),
            one.within.map(PlaceId::uuid),
            one.each.code(),
            one.before.as_str(),
            one.after.as_str(),
            one.release.code(),
            one.lag,
            one.on,
            one.version
        ]
    });
    tx.insert("location_rule", &columns, rows).await
}

/// Saves a rule whose version was checked under the plan's lock; its version becomes the next.
///
/// # Errors
/// When the database does not answer.
pub async fn save_rule(tx: &Tx, one: &LocationRule) -> Outcome<()> {
    let sql = "update location_rule set reason = $2, within_id = $3, each_kind = $4, \"before\" = $5, \"after\" = $6,
               \"release\" = $7, lag_minutes = $8, switched_on = $9, version = version + 1 where id = $1";
    let values = values![
        one.id.uuid(),
        one.reason.as_str(),
        one.within.map(PlaceId::uuid),
        one.each.code(),
        one.before.as_str(),
        one.after.as_str(),
        one.release.code(),
        one.lag,
        one.on
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// Takes a rule away.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_rule(tx: &Tx, id: LocationRuleId) -> Outcome<()> {
    tx.run("delete from location_rule where id = $1", values![id.uuid()]).await?;
    Ok(())
}

/// Sets how much a place takes of each unit given, and over which places it is reached.
///
/// # Errors
/// When the database does not answer.
pub async fn set_limits(
    tx: &Tx,
    place: PlaceId,
    amounts: &[(Unit, Option<i64>)],
    over: Option<&[PlaceId]>,
) -> Outcome<()> {
    for (unit, amount) in amounts {
        tx.run("delete from place_capacity where place_id = $1 and unit = $2", values![place.uuid(), unit.code()])
            .await?;
        if let Some(amount) = amount {
            let row = vec![values![place.uuid(), unit.code(), *amount]];
            tx.insert("place_capacity", &["place_id", "unit", "amount"], row).await?;
        }
    }
    if let Some(over) = over {
        tx.run("delete from place_access where place_id = $1", values![place.uuid()]).await?;
        let rows = over.iter().map(|over| values![place.uuid(), over.uuid()]);
        tx.insert("place_access", &["place_id", "over_id"], rows).await?;
    }
    Ok(())
}

/// Adds capacities and ways of many places at once.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_limits(tx: &Tx, capacities: &[(PlaceId, Unit, i64)], ways: &[(PlaceId, PlaceId)]) -> Outcome<()> {
    let rows = capacities.iter().map(|(place, unit, amount)| values![place.uuid(), unit.code(), *amount]);
    tx.insert("place_capacity", &["place_id", "unit", "amount"], rows).await?;
    let rows = ways.iter().map(|(place, over)| values![place.uuid(), over.uuid()]);
    tx.insert("place_access", &["place_id", "over_id"], rows).await
}

/// Gives a place open hours in an edition's plan, or takes them from it.
///
/// # Errors
/// When the database does not answer.
pub async fn set_hours(tx: &Tx, edition: EditionId, place: PlaceId, calendar: Option<CalendarId>) -> Outcome<()> {
    let key = values![edition.uuid(), place.uuid()];
    tx.run("delete from place_hours where edition_id = $1 and place_id = $2", key).await?;
    if let Some(calendar) = calendar {
        let row = vec![values![edition.uuid(), place.uuid(), calendar.uuid()]];
        tx.insert("place_hours", &["edition_id", "place_id", "calendar_id"], row).await?;
    }
    Ok(())
}
