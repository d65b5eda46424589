//! Saving scenarios.

use crate::{Fault, Outcome, Query, Tx, values};
use domain::plan::scenario::{Scenario, Step};
use domain::{EditionId, UserId};

/// The number the next scenario of an edition takes. The caller holds the plan.
///
/// # Errors
/// When the database does not answer.
pub async fn next_scenario(tx: &Tx, edition: EditionId) -> Outcome<i32> {
    let sql = "select max(number) from scenario where edition_id = $1";
    let last: Option<Option<i32>> = tx.scalar(sql, values![edition.uuid()]).await?;
    Ok(last.flatten().unwrap_or(0) + 1)
}

fn steps_of(steps: &[Step]) -> Outcome<serde_json::Value> {
    serde_json::to_value(steps).map_err(|error| Fault::impossible("scenario", error))
}

/// Adds a scenario.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_scenario(tx: &Tx, one: &Scenario, by: Option<UserId>) -> Outcome<()> {
    tx.run(
        "insert into scenario (id, edition_id, number, name_en, name_zh, description, revision, state, steps, created_by,
         version, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.number,
            one.name.en.as_str(),
            one.name.zh.as_str(),
            one.description.as_str(),
            one.revision,
            one.state.code(),
            steps_of(&one.steps)?,
            by.map(UserId::uuid),
            one.version,
            one.created_at
        ],
    )
    .await?;
    Ok(())
}

/// Saves a scenario if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save_scenario(tx: &Tx, one: &Scenario) -> Outcome<()> {
    let touched = tx
        .run(
            "update scenario set name_en = $3, name_zh = $4, description = $5, revision = $6, state = $7, steps = $8,
             version = version + 1 where id = $1 and version = $2",
            values![
                one.id.uuid(),
                one.version,
                one.name.en.as_str(),
                one.name.zh.as_str(),
                one.description.as_str(),
                one.revision,
                one.state.code(),
                steps_of(&one.steps)?
            ],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}
