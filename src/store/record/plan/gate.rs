//! What use cases save of gates: the gates themselves, decisions with conditions and signatures, waivers, guard links.

use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::gate::{Decision, Gate, Signature, Waiver, asks_text, lay::Refit, signers_text};
use domain::{GateConditionId, PlaceId, TaskId};

/// Adds gates; their milestones are in the plan already.
///
/// # Errors
/// `Taken` when a milestone is a gate already.
pub async fn insert_gates(tx: &Tx, gates: &[Gate]) -> Outcome<()> {
    let rows = gates.iter().map(|gate| {
        values![
            gate.id.uuid(),
            gate.edition.uuid(),
            gate.task.uuid(),
            gate.code.as_str(),
            gate.place.map(PlaceId::uuid),
            gate.guards.as_str(),
            asks_text(&gate.asks),
            signers_text(&gate.signers),
            gate.majors,
            gate.state.code(),
            gate.reason.as_str(),
            gate.since,
            gate.sort,
            gate.version
        ]
    });
    let columns = [
        "id",
        "edition_id",
        "task_id",
        "code",
        "place_id",
        "guards",
        "asks",
        "signers",
        "majors",
        "state",
        "reason",
        "since",
        "sort",
        "version",
    ];
    tx.insert("phase_gate", &columns, rows).await
}

/// Saves a gate if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_gate(tx: &Tx, gate: &Gate) -> Outcome<()> {
    let touched = tx
        .run(
            "update phase_gate set guards = $3, asks = $4, signers = $5, majors = $6, state = $7, reason = $8, since = $9,
             version = version + 1 where id = $1 and version = $2",
            values![
                gate.id.uuid(),
                gate.version,
                gate.guards.as_str(),
                asks_text(&gate.asks),
                signers_text(&gate.signers),
                gate.majors,
                gate.state.code(),
                gate.reason.as_str(),
                gate.since
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Takes away a gate that nothing was decided on yet, with its milestone, links and unmeasured indicators.
///
/// # Errors
/// `Reference` when something hangs on it.
pub async fn delete_gate(tx: &Tx, gate: &Gate) -> Outcome<()> {
    let task = || values![gate.task.uuid()];
    tx.run("delete from phase_gate where id = $1", values![gate.id.uuid()]).await?;
    tx.run("delete from indicator where task_id = $1", task()).await?;
    tx.run("delete from task_link where from_id = $1 or to_id = $1", task()).await?;
    tx.run("delete from task where id = $1", task()).await?;
    Ok(())
}

/// Makes the guard links as they should be.
///
/// # Errors
/// When the database does not answer.
pub async fn save_refit(tx: &Tx, refit: &Refit) -> Outcome<()> {
    for link in &refit.removed {
        tx.run("delete from task_link where id = $1", values![link.uuid()]).await?;
    }
    super::insert_links(tx, &refit.added).await
}

/// Adds a proposed decision with its conditions.
///
/// # Errors
/// `Taken` when two people propose at once.
pub async fn insert_decision(tx: &Tx, one: &Decision) -> Outcome<()> {
    let criteria = serde_json::to_value(&one.criteria).map_err(|error| Fault::impossible("gate_decision", error))?;
    tx.run(
        "insert into gate_decision (id, edition_id, gate_id, number, outcome, state, text, criteria, proposed_by,
         proposed_at, closed_at, closing, baseline, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.gate.uuid(),
            one.number,
            one.outcome.code(),
            one.state.code(),
            one.text.as_str(),
            criteria,
            one.proposed_by.uuid(),
            one.proposed_at,
            one.closed_at,
            one.closing.as_str(),
            one.baseline.as_str()
        ],
    )
    .await?;
    let rows = one.conditions.iter().enumerate().map(|(at, condition)| {
        values![
            condition.id.uuid(),
            one.edition.uuid(),
            one.id.uuid(),
            condition.text.as_str(),
            condition.owner.uuid(),
            condition.due_on,
            condition.task.map(TaskId::uuid),
            i32::try_from(at).unwrap_or(i32::MAX)
        ]
    });
    let columns = ["id", "edition_id", "decision_id", "text", "owner_id", "due_on", "task_id", "sort"];
    tx.insert("gate_condition", &columns, rows).await
}

/// Saves where a proposed decision has got to.
///
/// # Errors
/// `Stale` when somebody changed it since.
pub async fn save_decision(tx: &Tx, one: &Decision) -> Outcome<()> {
    let criteria = serde_json::to_value(&one.criteria).map_err(|error| Fault::impossible("gate_decision", error))?;
    let touched = tx
        .run(
            "update gate_decision set state = $3, criteria = $4, closed_at = $5, closing = $6, baseline = $7,
             version = version + 1 where id = $1 and version = $2 and state = 'proposed'",
            values![
                one.id.uuid(),
                one.version,
                one.state.code(),
                criteria,
                one.closed_at,
                one.closing.as_str(),
                one.baseline.as_str()
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Says which task was made of a condition.
///
/// # Errors
/// When the database does not answer.
pub async fn tie_condition(tx: &Tx, condition: GateConditionId, task: TaskId) -> Outcome<()> {
    tx.run("update gate_condition set task_id = $2 where id = $1", values![condition.uuid(), task.uuid()]).await?;
    Ok(())
}

/// Adds a signature; it is never changed.
///
/// # Errors
/// `Taken` when this person has signed already.
pub async fn insert_signature(tx: &Tx, decision: &Decision, one: &Signature) -> Outcome<()> {
    tx.run(
        "insert into gate_signature (id, edition_id, decision_id, function, signed_by, at, text)
         values ($1, $2, $3, $4, $5, $6, $7)",
        values![
            one.id.uuid(),
            decision.edition.uuid(),
            decision.id.uuid(),
            one.function.code(),
            one.by.uuid(),
            one.at,
            one.text.as_str()
        ],
    )
    .await?;
    Ok(())
}

/// Adds a waiver.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_waiver(tx: &Tx, one: &Waiver) -> Outcome<()> {
    tx.run(
        "insert into gate_waiver (id, edition_id, gate_id, criterion, task_id, reason, replacement, until, waived_by, at,
         ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.gate.uuid(),
            one.criterion.as_str(),
            one.task.map(TaskId::uuid),
            one.reason.as_str(),
            one.replacement.as_str(),
            one.until,
            one.by.uuid(),
            one.at,
            one.ended_at
        ],
    )
    .await?;
    Ok(())
}

/// Ends a waiver before its day.
///
/// # Errors
/// `Stale` when it was ended already.
pub async fn end_waiver(tx: &Tx, one: &Waiver, now: DateTime<Utc>) -> Outcome<()> {
    let sql = "update gate_waiver set ended_at = $2 where id = $1 and ended_at is null";
    if tx.run(sql, values![one.id.uuid(), now]).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}
