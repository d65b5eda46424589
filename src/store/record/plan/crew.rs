//! What is saved of crews.

use crate::{Fault, Outcome, Query, Tx, values};
use domain::plan::{Crew, CrewNeed};
use domain::{CalendarId, CrewId, EditionId, TaskId};

/// Adds crews.
///
/// # Errors
/// `Taken` when the edition has one of that code.
pub async fn insert_crews(tx: &Tx, crews: &[Crew]) -> Outcome<()> {
    let columns = ["id", "edition_id", "code", "name_en", "name_zh", "quantity", "calendar_id", "version"];
    let rows = crews.iter().map(|one| {
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.code.as_str(),
            one.name.en.as_str(),
            one.name.zh.as_str(),
            one.quantity,
            one.calendar.map(CalendarId::uuid),
            one.version
        ]
    });
    tx.insert("crew", &columns, rows).await
}

/// Saves a crew if nobody else changed it since.
///
/// # Errors
/// `Stale` when somebody did, `Taken` when another crew has its code.
pub async fn save_crew(tx: &Tx, one: &Crew) -> Outcome<()> {
    let sql = "update crew set code = $3, name_en = $4, name_zh = $5, quantity = $6, calendar_id = $7,
               version = version + 1 where id = $1 and version = $2";
    let saved = tx
        .run(
            sql,
            values![
                one.id.uuid(),
                one.version,
                one.code.as_str(),
                one.name.en.as_str(),
                one.name.zh.as_str(),
                one.quantity,
                one.calendar.map(CalendarId::uuid)
            ],
        )
        .await?;
    if saved == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Takes a crew out of an edition, and out of the tasks that need it.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_crew(tx: &Tx, edition: EditionId, id: CrewId) -> Outcome<()> {
    tx.run("delete from task_crew where crew_id = $1 and edition_id = $2", values![id.uuid(), edition.uuid()]).await?;
    tx.run("delete from crew where id = $1 and edition_id = $2", values![id.uuid(), edition.uuid()]).await?;
    Ok(())
}

/// Adds what tasks need.
///
/// # Errors
/// `Taken` when a task has that need already.
pub async fn insert_crew_needs(tx: &Tx, edition: EditionId, needs: &[CrewNeed]) -> Outcome<()> {
    let columns = ["task_id", "crew_id", "edition_id", "quantity"];
    let rows = needs.iter().map(|one| values![one.task.uuid(), one.crew.uuid(), edition.uuid(), one.quantity]);
    tx.insert("task_crew", &columns, rows).await
}

/// Puts these needs in place of all a task had.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_crew_needs(tx: &Tx, edition: EditionId, task: TaskId, needs: &[CrewNeed]) -> Outcome<()> {
    tx.run("delete from task_crew where task_id = $1", values![task.uuid()]).await?;
    insert_crew_needs(tx, edition, needs).await
}
