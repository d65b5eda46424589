//! Reading the risk register and simulations.

use crate::{Fault, Outcome, Query, Row, values};
use domain::plan::ThreePoint;
use domain::plan::risk::forecast::{Forecast, RiskRun, RunState};
use domain::plan::risk::register::{RiskEvent, RiskState};
use domain::plan::risk::study::Shape;
use domain::{Bilingual, EditionId, RiskEventId, RiskRunId, UserId};
use uuid::Uuid;

const RISK: &str = "r.id, r.edition_id, r.number, r.name_en, r.name_zh, r.description, r.probability_permille, \
    r.optimistic_minutes, r.likely_minutes, r.pessimistic_minutes, r.tasks, r.owner_id, r.response, r.state, r.version";

fn known<T>(table: &'static str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Outcome<T> {
    parse(text).ok_or_else(|| Fault::impossible(table, text))
}

fn risk_of(row: &Row) -> Outcome<RiskEvent> {
    let tasks: serde_json::Value = row.get(10)?;
    Ok(RiskEvent {
        id: RiskEventId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        number: row.get(2)?,
        name: Bilingual::new(row.get::<String>(3)?, row.get::<String>(4)?),
        description: row.get(5)?,
        probability: row.get(6)?,
        delay: ThreePoint { optimistic: row.get(7)?, likely: row.get(8)?, pessimistic: row.get(9)? },
        tasks: serde_json::from_value(tasks).map_err(|error| Fault::impossible("risk_event", error))?,
        owner: row.get::<Option<Uuid>>(11)?.map(UserId::from_uuid),
        response: row.get(12)?,
        state: known("risk_event", &row.get::<String>(13)?, RiskState::parse)?,
        version: row.get(14)?,
    })
}

/// The risk register of an edition with the name of who looks after each, open risks first.
///
/// # Errors
/// When the database does not answer.
pub async fn risks(q: &impl Query, edition: EditionId) -> Outcome<Vec<(RiskEvent, String)>> {
    let sql = format!(
        "select {RISK}, u.name from risk_event r left join \"user\" u on u.id = r.owner_id where r.edition_id = $1
         order by case r.state when 'open' then 0 else 1 end, r.number"
    );
    let rows = q.rows(&sql, values![edition.uuid()]).await?;
    rows.iter().map(|row| Ok((risk_of(row)?, row.get::<Option<String>>(15)?.unwrap_or_default()))).collect()
}

/// One risk of an edition, by its number.
///
/// # Errors
/// When the database does not answer.
pub async fn risk(q: &impl Query, edition: EditionId, number: i32) -> Outcome<Option<RiskEvent>> {
    let sql = format!("select {RISK} from risk_event r where r.edition_id = $1 and r.number = $2");
    q.rows(&sql, values![edition.uuid(), number]).await?.first().map(risk_of).transpose()
}

const RUN: &str = "s.id, s.edition_id, s.state, s.runs, s.made, s.seed, s.shape, s.aim, s.revision, s.basis, \
    s.asked_at, u.name, s.finished_at";

fn run_of(row: &Row, with_result: bool) -> Outcome<RiskRun> {
    let seed: String = row.get(5)?;
    let result = if with_result { row.get::<Option<serde_json::Value>>(13)? } else { None };
    let result = result.map(serde_json::from_value::<Forecast>).transpose();
    Ok(RiskRun {
        id: RiskRunId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        state: known("risk_run", &row.get::<String>(2)?, RunState::parse)?,
        runs: u32::try_from(row.get::<i32>(3)?).unwrap_or(0),
        made: u32::try_from(row.get::<i32>(4)?).unwrap_or(0),
        seed: seed.parse().map_err(|_| Fault::impossible("risk_run", &seed))?,
        shape: known("risk_run", &row.get::<String>(6)?, Shape::parse)?,
        aim: row.get(7)?,
        revision: row.get(8)?,
        basis: row.get(9)?,
        asked_at: row.get(10)?,
        by: row.get::<Option<String>>(11)?.unwrap_or_default(),
        finished_at: row.get(12)?,
        result: result.map_err(|error| Fault::impossible("risk_run", error))?,
    })
}

/// The latest simulations of an edition, without their results.
///
/// # Errors
/// When the database does not answer.
pub async fn risk_runs(q: &impl Query, edition: EditionId, most: i64) -> Outcome<Vec<RiskRun>> {
    let sql = format!(
        "select {RUN} from risk_run s left join \"user\" u on u.id = s.asked_by where s.edition_id = $1
         order by s.asked_at desc, s.id desc limit {most}"
    );
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(|row| run_of(row, false)).collect()
}

/// One simulation of an edition with its result.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn risk_run(q: &impl Query, edition: EditionId, id: RiskRunId) -> Outcome<Option<RiskRun>> {
    let sql = format!(
        "select {RUN}, s.result from risk_run s left join \"user\" u on u.id = s.asked_by
         where s.edition_id = $1 and s.id = $2"
    );
    q.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(|row| run_of(row, true)).transpose()
}

/// The latest simulation that has a result.
///
/// # Errors
/// As [`risk_run`].
pub async fn latest_risk_run(q: &impl Query, edition: EditionId) -> Outcome<Option<RiskRun>> {
    let sql = format!(
        "select {RUN}, s.result from risk_run s left join \"user\" u on u.id = s.asked_by
         where s.edition_id = $1 and s.state = 'done' order by s.asked_at desc, s.id desc limit 1"
    );
    q.rows(&sql, values![edition.uuid()]).await?.first().map(|row| run_of(row, true)).transpose()
}
