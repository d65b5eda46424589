//! The list of gates and the page of one.

use super::{Judged, judged};
use crate::read::metric::Scope;
use crate::{Outcome, Query, Reader, values};
use chrono::{DateTime, Days, Utc};
use domain::edition::Edition;
use domain::plan::axis;
use domain::plan::gate::lay::held;
use domain::plan::gate::view::{GateList, GatePage, GateRow, HeldTask};
use domain::plan::gate::{Gate, judge};
use domain::plan::view::Board;
use domain::{EditionId, UserId};
use std::collections::HashMap;

fn row(board: &Board, judged: &Judged, at: usize) -> Option<GateRow> {
    let gate = &judged.gates[at];
    let task = &board.sheet.tasks[board.sheet.position(gate.task)?];
    let zone = board.sheet.zone;
    let last_day = |instant: DateTime<Utc>| axis::day_of(axis::minute_at(instant, zone) - 1);
    let passed = gate.state.is_open();
    Some(GateRow {
        code: task.code.clone(),
        name: task.name.clone(),
        place: gate
            .place
            .and_then(|id| judged.places.halls.iter().find(|(hall, ..)| *hall == id).map(|(.., name)| name.clone())),
        forecast: if passed { gate.since } else { task.dates.early_finish },
        on: if passed { axis::day_of(axis::minute_at(gate.since, zone)) } else { last_day(task.dates.early_finish) },
        latest_on: last_day(task.dates.late_finish),
        float: task.dates.total_float,
        counts: judge::counts(&judged.criteria[at]),
        held: judged.held(&board.sheet, at),
        last: judged.decisions_of(at).next().cloned(),
        gate: gate.clone(),
    })
}

/// The gates of a plan with their criteria counted.
///
/// # Errors
/// When the database does not answer.
pub async fn list(reader: &Reader, board: &Board, edition: &Edition, now: DateTime<Utc>) -> Outcome<GateList> {
    let judged = judged(reader, &board.sheet, &Scope::of(edition, now)).await?;
    let rows: Vec<GateRow> = (0..judged.gates.len()).filter_map(|at| row(board, &judged, at)).collect();
    let days = || rows.iter().flat_map(|row| [row.on, row.latest_on]).chain([board.head.opens_on, board.head.today]);
    let from = days().min().unwrap_or(board.head.opens_on);
    let until = days().max().unwrap_or(board.head.opens_on);
    Ok(GateList { head: board.head.clone(), from: from - Days::new(1), until: until + Days::new(1), rows })
}

/// Everything on the page of one gate, by the code of its milestone or its id.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    reader: &Reader,
    board: &Board,
    edition: &Edition,
    name: &str,
    now: DateTime<Utc>,
) -> Outcome<Option<GatePage>> {
    let mut judged = judged(reader, &board.sheet, &Scope::of(edition, now)).await?;
    let Some(at) = judged.find(&board.sheet, name) else { return Ok(None) };
    let Some(row) = row(board, &judged, at) else { return Ok(None) };
    let gate = judged.gates[at].clone();
    let decisions = judged.decisions_of(at).cloned().collect::<Vec<_>>();
    let conditions = decisions.iter().flat_map(|one| &one.conditions).filter_map(|one| one.task);
    let tasks = conditions
        .filter_map(|id| board.sheet.position(id).map(|at| &board.sheet.tasks[at]))
        .map(|task| (task.id, (task.code.clone(), task.state)))
        .collect();
    Ok(Some(GatePage {
        criteria: judged.criteria.swap_remove(at),
        indicators: judged.indicators.into_iter().filter(|one| one.task == gate.task).collect(),
        waivers: judged.waivers.iter().filter(|one| one.gate == gate.id).cloned().collect(),
        held: held_tasks(board, &gate, &judged.waivers, now),
        names: names(reader, edition.id).await?,
        decisions,
        tasks,
        row,
        now,
    }))
}

/// What the gate holds by its links, and what a waiver lets start early.
fn held_tasks(board: &Board, gate: &Gate, waivers: &[domain::plan::gate::Waiver], now: DateTime<Utc>) -> Vec<HeldTask> {
    let early = |task| waivers.iter().any(|one| one.gate == gate.id && one.task == Some(task) && one.is_valid(now));
    let by_link: Vec<_> = held(&board.sheet, gate).into_iter().map(|task| task.id).collect();
    let rows = board.rows.iter().filter(|row| by_link.contains(&row.id) || early(row.id));
    rows.map(|row| HeldTask {
        id: row.id,
        code: row.code.clone(),
        name: row.name.clone(),
        state: row.state,
        starts_on: row.starts_on,
        early: early(row.id),
    })
    .collect()
}

/// Names of everyone who proposed, signed, waived or owes a condition.
async fn names(q: &impl Query, edition: EditionId) -> Outcome<HashMap<UserId, String>> {
    let sql = "select u.id, u.name from \"user\" u where u.id in (select proposed_by from gate_decision where edition_id = $1)
               or u.id in (select signed_by from gate_signature where edition_id = $1)
               or u.id in (select owner_id from gate_condition where edition_id = $1)
               or u.id in (select waived_by from gate_waiver where edition_id = $1)";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok((UserId::from_uuid(row.get(0)?), row.get(1)?))).collect()
}
