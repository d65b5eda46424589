//! Reading scenarios.

use crate::{Fault, Outcome, Query, Row, values};
use domain::plan::scenario::{Scenario, ScenarioState};
use domain::{Bilingual, EditionId, ScenarioId};

const SCENARIO: &str = "s.id, s.edition_id, s.number, s.name_en, s.name_zh, s.description, s.revision, s.state, \
    s.steps, u.name, s.created_at, s.version";

fn scenario_of(row: &Row) -> Outcome<Scenario> {
    let (state, steps): (String, serde_json::Value) = (row.get(7)?, row.get(8)?);
    Ok(Scenario {
        id: ScenarioId::from_uuid(row.get(0)?),
        edition: EditionId::from_uuid(row.get(1)?),
        number: row.get(2)?,
        name: Bilingual::new(row.get::<String>(3)?, row.get::<String>(4)?),
        description: row.get(5)?,
        revision: row.get(6)?,
        state: ScenarioState::parse(&state).ok_or_else(|| Fault::impossible("scenario", state))?,
        steps: serde_json::from_value(steps).map_err(|error| Fault::impossible("scenario", error))?,
        by: row.get::<Option<String>>(9)?.unwrap_or_default(),
        created_at: row.get(10)?,
        version: row.get(11)?,
    })
}

/// The scenarios of an edition, those still thought about first, then the latest.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn scenarios(q: &impl Query, edition: EditionId) -> Outcome<Vec<Scenario>> {
    let sql = format!(
        "select {SCENARIO} from scenario s left join \"user\" u on u.id = s.created_by where s.edition_id = $1
         order by case s.state when 'draft' then 0 else 1 end, s.number desc"
    );
    q.rows(&sql, values![edition.uuid()]).await?.iter().map(scenario_of).collect()
}

/// One scenario of an edition, by its number.
///
/// # Errors
/// As [`scenarios`].
pub async fn scenario(q: &impl Query, edition: EditionId, number: i32) -> Outcome<Option<Scenario>> {
    let sql = format!(
        "select {SCENARIO} from scenario s left join \"user\" u on u.id = s.created_by
         where s.edition_id = $1 and s.number = $2"
    );
    q.rows(&sql, values![edition.uuid(), number]).await?.first().map(scenario_of).transpose()
}
