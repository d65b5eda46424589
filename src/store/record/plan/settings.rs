//! What is saved of a plan as a whole: its calendars and its choices.

use crate::{Fault, Outcome, Query, Tx, values};
use domain::plan::{Choices, PlanCalendar};
use domain::{CalendarId, EditionId};

const COLUMNS: [&str; 7] = ["id", "edition_id", "code", "name_en", "name_zh", "pattern", "parent_id"];

/// Adds calendars to a plan.
///
/// # Errors
/// `Taken` when the plan has one of that code.
pub async fn insert_calendars(tx: &Tx, edition: EditionId, calendars: &[PlanCalendar]) -> Outcome<()> {
    let mut rows = Vec::with_capacity(calendars.len());
    for one in calendars {
        rows.push(values![
            one.id.uuid(),
            edition.uuid(),
            one.code.as_str(),
            one.name.en.as_str(),
            one.name.zh.as_str(),
            pattern_of(one)?,
            one.parent.map(CalendarId::uuid)
        ]);
    }
    tx.insert("plan_calendar", &COLUMNS, rows).await
}

fn pattern_of(one: &PlanCalendar) -> Outcome<serde_json::Value> {
    serde_json::to_value(&one.pattern).map_err(|error| Fault::impossible("plan_calendar", error))
}

/// Saves a calendar of the edition.
///
/// # Errors
/// `Taken` when another has its code.
pub async fn save_calendar(tx: &Tx, edition: EditionId, one: &PlanCalendar) -> Outcome<()> {
    tx.run(
        "update plan_calendar set code = $3, name_en = $4, name_zh = $5, pattern = $6, parent_id = $7
         where id = $1 and edition_id = $2",
        values![
            one.id.uuid(),
            edition.uuid(),
            one.code.as_str(),
            one.name.en.as_str(),
            one.name.zh.as_str(),
            pattern_of(one)?,
            one.parent.map(CalendarId::uuid)
        ],
    )
    .await?;
    Ok(())
}

/// Takes a calendar out of the edition's plan.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_calendar(tx: &Tx, edition: EditionId, calendar: CalendarId) -> Outcome<()> {
    tx.run("delete from plan_calendar where id = $1 and edition_id = $2", values![calendar.uuid(), edition.uuid()])
        .await?;
    Ok(())
}

/// Saves the choices of a plan; the caller holds its lock.
///
/// # Errors
/// When the database does not answer.
pub async fn save_choices(tx: &Tx, edition: EditionId, choices: &Choices) -> Outcome<()> {
    let options = &choices.options;
    tx.run(
        "update plan set currency = $2, critical_threshold = $3, lag_calendar = $4, progress = $5, calendar_id = $6,
         version = version + 1 where edition_id = $1",
        values![
            edition.uuid(),
            choices.currency.as_str(),
            options.critical_threshold,
            options.lag_calendar.code(),
            options.progress.code(),
            choices.calendar.map(CalendarId::uuid)
        ],
    )
    .await?;
    Ok(())
}
