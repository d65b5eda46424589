//! Saving the risk register, simulations with their results, and estimates of tasks.

use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::risk::forecast::{Forecast, NewRun, RunState};
use domain::plan::risk::register::RiskEvent;
use domain::plan::{Task, ThreePoint};
use domain::{EditionId, RiskRunId, TaskId, UserId};

/// The number the next risk of an edition takes. The caller holds the plan.
///
/// # Errors
/// When the database does not answer.
pub async fn next_risk(tx: &Tx, edition: EditionId) -> Outcome<i32> {
    let sql = "select max(number) from risk_event where edition_id = $1";
    let last: Option<Option<i32>> = tx.scalar(sql, values![edition.uuid()]).await?;
    Ok(last.flatten().unwrap_or(0) + 1)
}

fn tasks_of(risk: &RiskEvent) -> Outcome<serde_json::Value> {
    serde_json::to_value(&risk.tasks).map_err(|error| Fault::impossible("risk_event", error))
}

/// Adds a risk to the register.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_risk(tx: &Tx, one: &RiskEvent, now: DateTime<Utc>) -> Outcome<()> {
    tx.run(
        "insert into risk_event (id, edition_id, number, name_en, name_zh, description, probability_permille,
         optimistic_minutes, likely_minutes, pessimistic_minutes, tasks, owner_id, response, state, version, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.number,
            one.name.en.as_str(),
            one.name.zh.as_str(),
            one.description.as_str(),
            one.probability,
            one.delay.optimistic,
            one.delay.likely,
            one.delay.pessimistic,
            tasks_of(one)?,
            one.owner.map(UserId::uuid),
            one.response.as_str(),
            one.state.code(),
            one.version,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Saves a risk if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_risk(tx: &Tx, one: &RiskEvent) -> Outcome<()> {
    let touched = tx
        .run(
            "update risk_event set name_en = $3, name_zh = $4, description = $5, probability_permille = $6,
             optimistic_minutes = $7, likely_minutes = $8, pessimistic_minutes = $9, tasks = $10, owner_id = $11,
             response = $12, state = $13, version = version + 1 where id = $1 and version = $2",
            values![
                one.id.uuid(),
                one.version,
                one.name.en.as_str(),
                one.name.zh.as_str(),
                one.description.as_str(),
                one.probability,
                one.delay.optimistic,
                one.delay.likely,
                one.delay.pessimistic,
                tasks_of(one)?,
                one.owner.map(UserId::uuid),
                one.response.as_str(),
                one.state.code()
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Saves what is said of one task's duration and money, if nobody else changed the task since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_estimate(tx: &Tx, task: &Task) -> Outcome<()> {
    let points = |pick: fn(ThreePoint) -> i64| task.estimate.map(pick);
    let touched = tx
        .run(
            "update task set optimistic_minutes = $3, likely_minutes = $4, pessimistic_minutes = $5, budget_minor = $6,
             actual_cost_minor = $7, version = version + 1 where id = $1 and version = $2",
            values![
                task.id.uuid(),
                task.version,
                points(|one| one.optimistic),
                points(|one| one.likely),
                points(|one| one.pessimistic),
                task.budget,
                task.actual_cost
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Saves estimates of many tasks. The caller holds the plan.
///
/// # Errors
/// When the database does not answer.
pub async fn save_estimates(tx: &Tx, estimates: &[(TaskId, ThreePoint)]) -> Outcome<()> {
    for (task, three) in estimates {
        tx.run(
            "update task set optimistic_minutes = $2, likely_minutes = $3, pessimistic_minutes = $4,
             version = version + 1 where id = $1",
            values![task.uuid(), three.optimistic, three.likely, three.pessimistic],
        )
        .await?;
    }
    Ok(())
}

/// What a new simulation is about.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its id.
    pub id: RiskRunId,
    /// The edition.
    pub edition: EditionId,
    /// What is wanted.
    pub wanted: &'a NewRun,
    /// Revision of the plan.
    pub revision: i32,
    /// Mark of what it is computed from.
    pub basis: &'a str,
    /// By whom.
    pub by: Option<UserId>,
}

/// Notes a simulation that is asked for.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_run(tx: &Tx, asked: Asked<'_>, now: DateTime<Utc>) -> Outcome<()> {
    let runs = i32::try_from(asked.wanted.runs).unwrap_or(i32::MAX);
    tx.run(
        "insert into risk_run (id, edition_id, state, runs, made, revision, seed, shape, aim, basis, asked_by, asked_at)
         values ($1, $2, 'waiting', $3, 0, $4, $5, $6, $7, $8, $9, $10)",
        values![
            asked.id.uuid(),
            asked.edition.uuid(),
            runs,
            asked.revision,
            asked.wanted.seed.to_string(),
            asked.wanted.shape.code(),
            asked.wanted.aim.as_str(),
            asked.basis,
            asked.by.map(UserId::uuid),
            now
        ],
    )
    .await?;
    Ok(())
}

/// Notes how far a simulation is; whether it shall still go on.
///
/// # Errors
/// When the database does not answer.
pub async fn progress_run(tx: &Tx, id: RiskRunId, made: u32) -> Outcome<bool> {
    let made = i32::try_from(made).unwrap_or(i32::MAX);
    let sql = "update risk_run set state = 'running', made = $2 where id = $1 and state in ('waiting', 'running')";
    Ok(tx.run(sql, values![id.uuid(), made]).await? > 0)
}

/// Ends a simulation that is not over, with its result where it has one; whether it was still going on.
///
/// # Errors
/// When the database does not answer.
pub async fn end_run(
    tx: &Tx,
    id: RiskRunId,
    state: RunState,
    result: Option<&Forecast>,
    now: DateTime<Utc>,
) -> Outcome<bool> {
    let json = result.map(serde_json::to_value).transpose().map_err(|error| Fault::impossible("risk_run", error))?;
    let made = if state == RunState::Done { "runs" } else { "made" };
    let sql = format!(
        "update risk_run set state = $2, result = $3, finished_at = $4, made = {made}
         where id = $1 and state in ('waiting', 'running')"
    );
    Ok(tx.run(&sql, values![id.uuid(), state.code(), json, now]).await? > 0)
}
