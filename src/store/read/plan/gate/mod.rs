//! Gates: the stored gates, decisions and waivers; the evidence they are judged by; their list and their pages.

mod evidence;
mod page;

pub use evidence::{Judged, judged};
pub use page::{list, page};

use crate::{Fault, Outcome, Query, Row, values};
use domain::plan::Function;
use domain::plan::gate::lay::Places;
use domain::plan::gate::{
    Condition, Criterion, Decision, DecisionState, Gate, GateState, Outcome as Decided, Signature, Waiver, parse_asks,
    parse_signers,
};
use domain::{
    Bilingual, EditionId, GateConditionId, GateDecisionId, GateSignatureId, GateWaiverId, PhaseGateId, PlaceId, TaskId,
    UserId,
};
use std::collections::HashMap;
use uuid::Uuid;

fn known<T>(table: &'static str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Outcome<T> {
    parse(text).ok_or_else(|| Fault::impossible(table, text))
}

/// The gates of an edition's plan, in order.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn gates(q: &impl Query, edition: EditionId) -> Outcome<Vec<Gate>> {
    let sql = "select g.id, g.task_id, g.code, g.place_id, g.guards, g.asks, g.signers, g.majors, g.state, g.reason,
               g.since, g.sort, g.version from phase_gate g left join place p on p.id = g.place_id
               where g.edition_id = $1 order by g.sort, g.code, p.sort, p.code";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            let text = |column: usize| row.get::<String>(column);
            Ok(Gate {
                id: PhaseGateId::from_uuid(row.get(0)?),
                edition,
                task: TaskId::from_uuid(row.get(1)?),
                code: row.get(2)?,
                place: row.get::<Option<Uuid>>(3)?.map(PlaceId::from_uuid),
                guards: row.get(4)?,
                asks: parse_asks(&text(5)?),
                signers: parse_signers(&text(6)?),
                majors: row.get(7)?,
                state: known("phase_gate", &text(8)?, GateState::parse)?,
                reason: row.get(9)?,
                since: row.get(10)?,
                sort: row.get(11)?,
                version: row.get(12)?,
            })
        })
        .collect()
}

/// Whether an edition has gates.
///
/// # Errors
/// When the database does not answer.
pub async fn any(q: &impl Query, edition: EditionId) -> Outcome<bool> {
    let rows = q.rows("select 1 from phase_gate where edition_id = $1 limit 1", values![edition.uuid()]).await?;
    Ok(!rows.is_empty())
}

/// Whether a task is the milestone of a gate.
///
/// # Errors
/// When the database does not answer.
pub async fn is_gate(q: &impl Query, task: TaskId) -> Outcome<bool> {
    let rows = q.rows("select 1 from phase_gate where task_id = $1", values![task.uuid()]).await?;
    Ok(!rows.is_empty())
}

/// Editions with a gate that is open, or that a waiver lets pass early: time may close them.
///
/// # Errors
/// When the database does not answer.
pub async fn editions(q: &impl Query) -> Outcome<Vec<EditionId>> {
    let sql = "select distinct g.edition_id from phase_gate g join edition e on e.id = g.edition_id
               where e.status in ('planning', 'running') and (g.state in ('open', 'conditional')
               or exists (select 1 from gate_waiver w where w.gate_id = g.id and w.ended_at is null))";
    let rows = q.rows(sql, vec![]).await?;
    rows.iter().map(|row| Ok(EditionId::from_uuid(row.get(0)?))).collect()
}

/// All decisions of an edition's gates, newest first, with conditions and signatures.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn decisions(q: &impl Query, edition: EditionId) -> Outcome<Vec<Decision>> {
    let sql =
        "select id, gate_id, number, outcome, state, text, criteria, proposed_by, proposed_at, closed_at, closing,
               baseline, version from gate_decision where edition_id = $1 order by proposed_at desc, number desc";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    let mut all = rows.iter().map(|row| decision_of(row, edition)).collect::<Outcome<Vec<Decision>>>()?;
    let mut at: HashMap<GateDecisionId, usize> = HashMap::new();
    for (index, one) in all.iter().enumerate() {
        at.insert(one.id, index);
    }
    let sql = "select id, decision_id, text, owner_id, due_on, task_id from gate_condition where edition_id = $1
               order by sort, id";
    for row in q.rows(sql, values![edition.uuid()]).await? {
        let condition = Condition {
            id: GateConditionId::from_uuid(row.get(0)?),
            text: row.get(2)?,
            owner: UserId::from_uuid(row.get(3)?),
            due_on: row.get(4)?,
            task: row.get::<Option<Uuid>>(5)?.map(TaskId::from_uuid),
        };
        if let Some(&index) = at.get(&GateDecisionId::from_uuid(row.get(1)?)) {
            all[index].conditions.push(condition);
        }
    }
    let sql = "select id, decision_id, function, signed_by, at, text from gate_signature where edition_id = $1
               order by at, id";
    for row in q.rows(sql, values![edition.uuid()]).await? {
        let function: String = row.get(2)?;
        let signature = Signature {
            id: GateSignatureId::from_uuid(row.get(0)?),
            function: known("gate_signature", &function, Function::parse)?,
            by: UserId::from_uuid(row.get(3)?),
            at: row.get(4)?,
            text: row.get(5)?,
        };
        if let Some(&index) = at.get(&GateDecisionId::from_uuid(row.get(1)?)) {
            all[index].signatures.push(signature);
        }
    }
    Ok(all)
}

fn decision_of(row: &Row, edition: EditionId) -> Outcome<Decision> {
    let (outcome, state): (String, String) = (row.get(3)?, row.get(4)?);
    let criteria: serde_json::Value = row.get(6)?;
    let criteria: Vec<Criterion> =
        serde_json::from_value(criteria).map_err(|error| Fault::impossible("gate_decision", error))?;
    Ok(Decision {
        id: GateDecisionId::from_uuid(row.get(0)?),
        edition,
        gate: PhaseGateId::from_uuid(row.get(1)?),
        number: row.get(2)?,
        outcome: known("gate_decision", &outcome, Decided::parse)?,
        state: known("gate_decision", &state, DecisionState::parse)?,
        text: row.get(5)?,
        criteria,
        conditions: Vec::new(),
        signatures: Vec::new(),
        proposed_by: UserId::from_uuid(row.get(7)?),
        proposed_at: row.get(8)?,
        closed_at: row.get(9)?,
        closing: row.get(10)?,
        baseline: row.get(11)?,
        version: row.get(12)?,
    })
}

/// All waivers of an edition's gates, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waivers(q: &impl Query, edition: EditionId) -> Outcome<Vec<Waiver>> {
    let sql = "select id, gate_id, criterion, task_id, reason, replacement, until, waived_by, at, ended_at
               from gate_waiver where edition_id = $1 order by at desc, id desc";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Waiver {
                id: GateWaiverId::from_uuid(row.get(0)?),
                edition,
                gate: PhaseGateId::from_uuid(row.get(1)?),
                criterion: row.get(2)?,
                task: row.get::<Option<Uuid>>(3)?.map(TaskId::from_uuid),
                reason: row.get(4)?,
                replacement: row.get(5)?,
                until: row.get(6)?,
                by: UserId::from_uuid(row.get(7)?),
                at: row.get(8)?,
                ended_at: row.get(9)?,
            })
        })
        .collect()
}

/// The tree of places of an edition's venue, and its halls.
///
/// # Errors
/// When the database does not answer.
pub async fn places(q: &impl Query, edition: EditionId) -> Outcome<Places> {
    let sql = "select p.id, p.parent_id, p.kind, p.code, p.name_en, p.name_zh from place p
               join edition e on e.venue_id = p.venue_id where e.id = $1 and (p.edition_id is null or p.edition_id = e.id)
               and p.kind not in ('stand', 'aisle') order by p.sort, p.code";
    let mut places = Places::default();
    for row in q.rows(sql, values![edition.uuid()]).await? {
        let id = PlaceId::from_uuid(row.get(0)?);
        places.parents.insert(id, row.get::<Option<Uuid>>(1)?.map(PlaceId::from_uuid));
        if row.get::<String>(2)? == "hall" {
            let name = Bilingual::new(row.get::<String>(4)?, row.get::<String>(5)?);
            places.halls.push((id, row.get(3)?, name));
        }
    }
    Ok(places)
}
