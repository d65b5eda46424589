//! The places of an edition as the plan sees them: tree, capacities, ways, what tasks ask, states, check lists, rules.

use crate::{Fault, Outcome, Query, Row, values};
use domain::plan::space::{
    LocationRule, Mode, PlaceCheck, PlaceState, Requirement, Space, Spot, StateFact, Tree, Unit, When,
};
use domain::plan::task::Release;
use domain::sales::StandKind;
use domain::venue::PlaceKind;
use domain::{
    Bilingual, CalendarId, DocumentId, EditionId, LocationRuleId, PlaceCheckId, PlaceId, PlaceStateId, RequirementId,
    TaskId, UserId,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Everything the plan of an edition knows about its places.
///
/// # Errors
/// When the database does not answer or holds what the domain does not know.
pub async fn space(q: &impl Query, edition: EditionId) -> Outcome<Space> {
    let tree = tree(q, edition).await?;
    let mut space = Space::of(
        tree,
        requirements(q, edition).await?,
        states(q, edition).await?,
        checks(q, edition).await?,
        rules(q, edition).await?,
    );
    let sql = "select place_id, calendar_id from place_hours where edition_id = $1";
    for row in q.rows(sql, values![edition.uuid()]).await? {
        space.hours.insert(PlaceId::from_uuid(row.get(0)?), CalendarId::from_uuid(row.get(1)?));
    }
    let sql =
        "select task_id, count(*) from deviation where edition_id = $1 and state = 'open' and severity = 'blocking'
               and task_id is not null group by task_id";
    for row in q.rows(sql, values![edition.uuid()]).await? {
        space.blocking.insert(TaskId::from_uuid(row.get(0)?), u32::try_from(row.get::<i64>(1)?).unwrap_or(u32::MAX));
    }
    Ok(space)
}

fn known<T>(table: &'static str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Outcome<T> {
    parse(text).ok_or_else(|| Fault::impossible(table, text))
}

fn maybe<T>(table: &'static str, text: Option<String>, parse: impl FnOnce(&str) -> Option<T>) -> Outcome<Option<T>> {
    text.map(|text| known(table, &text, parse)).transpose()
}

async fn tree(q: &impl Query, edition: EditionId) -> Outcome<Tree> {
    let of_edition = "join edition e on e.venue_id = p.venue_id
        where e.id = $1 and (p.edition_id is null or p.edition_id = e.id)";
    let mut capacities: HashMap<Uuid, Vec<(Unit, i64)>> = HashMap::new();
    let sql = format!(
        "select c.place_id, c.unit, c.amount from place_capacity c join place p on p.id = c.place_id {of_edition}"
    );
    for row in q.rows(&sql, values![edition.uuid()]).await? {
        let unit = known("place_capacity", &row.get::<String>(1)?, Unit::parse)?;
        capacities.entry(row.get(0)?).or_default().push((unit, row.get(2)?));
    }
    let sql = format!(
        "select p.id, p.parent_id, p.kind, p.code, p.name_en, p.name_zh, p.area_dm2, p.capacity_persons, s.kind
         from place p left join stand s on s.id = p.id {of_edition} order by p.sort, p.code, p.id"
    );
    let rows = q.rows(&sql, values![edition.uuid()]).await?;
    let spots = rows.iter().map(|row| spot(row, &capacities)).collect::<Outcome<Vec<_>>>()?;
    let sql = format!(
        "select a.place_id, a.over_id from place_access a join place p on p.id = a.place_id {of_edition}
         order by a.place_id, a.over_id"
    );
    let rows = q.rows(&sql, values![edition.uuid()]).await?;
    let edge = |row: &Row| Ok((PlaceId::from_uuid(row.get(0)?), PlaceId::from_uuid(row.get(1)?)));
    let edges = rows.iter().map(edge).collect::<Outcome<Vec<_>>>()?;
    Ok(Tree::build(spots, &edges))
}

fn spot(row: &Row, capacities: &HashMap<Uuid, Vec<(Unit, i64)>>) -> Outcome<Spot> {
    let id: Uuid = row.get(0)?;
    let mut capacity = [None; Unit::ALL.len()];
    // Square decimetres are hundredths of square metres.
    capacity[Unit::Area.slot()] = row.get::<Option<i64>>(6)?;
    capacity[Unit::Persons.slot()] = row.get::<Option<i32>>(7)?.map(|persons| i64::from(persons) * 100);
    for (unit, amount) in capacities.get(&id).into_iter().flatten() {
        capacity[unit.slot()] = Some(*amount);
    }
    Ok(Spot {
        id: PlaceId::from_uuid(id),
        parent: row.get::<Option<Uuid>>(1)?.map(PlaceId::from_uuid),
        kind: known("place", &row.get::<String>(2)?, PlaceKind::parse)?,
        code: row.get(3)?,
        name: Bilingual::new(row.get::<String>(4)?, row.get::<String>(5)?),
        stand: maybe("stand", row.get(8)?, StandKind::parse)?,
        capacity,
    })
}

async fn requirements(q: &impl Query, edition: EditionId) -> Outcome<Vec<Requirement>> {
    let sql = "select id, task_id, place_id, each_kind, only_kind, mode, quantity, unit, setup_minutes, clear_minutes,
               needs, needed, produces, lead_minutes, version from task_place where edition_id = $1 order by id";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    let table = "task_place";
    rows.iter()
        .map(|row| {
            Ok(Requirement {
                id: RequirementId::from_uuid(row.get(0)?),
                edition,
                task: TaskId::from_uuid(row.get(1)?),
                place: row.get::<Option<Uuid>>(2)?.map(PlaceId::from_uuid),
                each: maybe(table, row.get(3)?, PlaceKind::parse)?,
                only: maybe(table, row.get(4)?, StandKind::parse)?,
                mode: known(table, &row.get::<String>(5)?, Mode::parse)?,
                quantity: row.get(6)?,
                unit: known(table, &row.get::<String>(7)?, Unit::parse)?,
                setup: row.get(8)?,
                clear: row.get(9)?,
                needs: maybe(table, row.get(10)?, PlaceState::parse)?,
                when: known(table, &row.get::<String>(11)?, When::parse)?,
                produces: maybe(table, row.get(12)?, PlaceState::parse)?,
                lead: row.get(13)?,
                version: row.get(14)?,
            })
        })
        .collect()
}

async fn states(q: &impl Query, edition: EditionId) -> Outcome<Vec<StateFact>> {
    let sql =
        "select id, place_id, state, at, task_id, \"by\", note, document_id, \"until\", ended_at, ended_by, ended_note,
               version from place_state where edition_id = $1 order by at, id";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(StateFact {
                id: PlaceStateId::from_uuid(row.get(0)?),
                place: PlaceId::from_uuid(row.get(1)?),
                state: known("place_state", &row.get::<String>(2)?, PlaceState::parse)?,
                at: row.get(3)?,
                task: row.get::<Option<Uuid>>(4)?.map(TaskId::from_uuid),
                by: row.get::<Option<Uuid>>(5)?.map(UserId::from_uuid),
                note: row.get(6)?,
                document: row.get::<Option<Uuid>>(7)?.map(DocumentId::from_uuid),
                until: row.get(8)?,
                ended_at: row.get(9)?,
                ended_by: row.get::<Option<Uuid>>(10)?.map(UserId::from_uuid),
                ended_note: row.get(11)?,
                version: row.get(12)?,
            })
        })
        .collect()
}

async fn checks(q: &impl Query, edition: EditionId) -> Outcome<Vec<PlaceCheck>> {
    let sql = "select id, place_id, item, passed, note, document_id, \"by\", at, expires_at from place_check
               where edition_id = $1 order by at, id";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(PlaceCheck {
                id: PlaceCheckId::from_uuid(row.get(0)?),
                place: PlaceId::from_uuid(row.get(1)?),
                item: row.get(2)?,
                passed: row.get(3)?,
                note: row.get(4)?,
                document: row.get::<Option<Uuid>>(5)?.map(DocumentId::from_uuid),
                by: row.get::<Option<Uuid>>(6)?.map(UserId::from_uuid),
                at: row.get(7)?,
                expires_at: row.get(8)?,
            })
        })
        .collect()
}

async fn rules(q: &impl Query, edition: EditionId) -> Outcome<Vec<LocationRule>> {
    let sql =
        "select id, reason, within_id, each_kind, \"before\", \"after\", \"release\", lag_minutes, version, switched_on
               from location_rule where edition_id = $1 order by id";
    let rows = q.rows(sql, values![edition.uuid()]).await?;
    rows.iter()
        .map(|row| {
            Ok(LocationRule {
                id: LocationRuleId::from_uuid(row.get(0)?),
                edition,
                reason: row.get(1)?,
                within: row.get::<Option<Uuid>>(2)?.map(PlaceId::from_uuid),
                each: known("location_rule", &row.get::<String>(3)?, PlaceKind::parse)?,
                before: row.get(4)?,
                after: row.get(5)?,
                release: known("location_rule", &row.get::<String>(6)?, Release::parse)?,
                lag: row.get(7)?,
                version: row.get(8)?,
                on: row.get(9)?,
            })
        })
        .collect()
}
