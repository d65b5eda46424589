//! What incidents save. Lines of the log are only ever added; the database refuses anything else.

use crate::dialect::lock::{for_numbering, for_update};
use crate::read::plan::incident::{INCIDENT, incident_of};
use crate::{Fault, Outcome, Query, Tx, values};
use domain::plan::incident::{Incident, Line};
use domain::{EditionId, IncidentId, PlaceId, PlaceStateId, TaskId, UserId};

/// The number the next incident of an edition gets; whoever asks holds the edition until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn next_number(tx: &Tx, edition: EditionId) -> Outcome<i32> {
    let lock = format!("select id from edition where id = $1{}", for_numbering(tx.backend));
    tx.rows(&lock, values![edition.uuid()]).await?;
    let last: Option<i32> = tx
        .scalar("select coalesce(max(number), 0) from incident where edition_id = $1", values![edition.uuid()])
        .await?;
    Ok(last.unwrap_or(0) + 1)
}

/// An incident of an edition for changing it: nobody else adds to its log until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn take(tx: &Tx, edition: EditionId, id: IncidentId) -> Outcome<Option<Incident>> {
    let lock = for_update(tx.backend);
    let sql = format!("select {INCIDENT} from incident i where i.edition_id = $1 and i.id = $2{lock}");
    tx.rows(&sql, values![edition.uuid(), id.uuid()]).await?.first().map(incident_of).transpose()
}

/// Adds an incident.
///
/// # Errors
/// `Taken` when its number is used already.
pub async fn insert(tx: &Tx, one: &Incident) -> Outcome<()> {
    let columns = [
        "id",
        "edition_id",
        "number",
        "entry",
        "place_id",
        "place_en",
        "place_zh",
        "note",
        "declared_by",
        "declared_at",
        "first_action_at",
        "over_at",
        "lines",
        "head",
        "version",
        "closure_id",
    ];
    let row = values![
        one.id.uuid(),
        one.edition.uuid(),
        one.number,
        one.entry.as_str(),
        one.place.map(PlaceId::uuid),
        one.place_name.en.as_str(),
        one.place_name.zh.as_str(),
        one.note.as_str(),
        one.declared_by.uuid(),
        one.declared_at,
        one.first_action_at,
        one.over_at,
        one.lines,
        one.head.as_str(),
        one.version,
        one.closure.map(PlaceStateId::uuid)
    ];
    tx.insert("incident", &columns, vec![row]).await
}

/// Saves what moves on in an incident: its clock, its end, and how far its log goes.
///
/// # Errors
/// `Stale` when somebody else did since.
pub async fn save(tx: &Tx, one: &Incident) -> Outcome<()> {
    let touched = tx
        .run(
            "update incident set first_action_at = $3, over_at = $4, lines = $5, head = $6, version = version + 1
             where id = $1 and version = $2",
            values![one.id.uuid(), one.version, one.first_action_at, one.over_at, one.lines, one.head.as_str()],
        )
        .await?;
    if touched == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Adds lines to a log.
///
/// # Errors
/// `Taken` when somebody else added one with this number.
pub async fn insert_lines(tx: &Tx, incident: IncidentId, lines: &[Line]) -> Outcome<()> {
    let rows = lines.iter().map(|line| {
        values![
            incident.uuid(),
            line.seq,
            line.at,
            line.by.map(UserId::uuid),
            line.by_name.as_str(),
            line.kind.code(),
            line.text.as_str(),
            line.previous.as_str(),
            line.seal.as_str()
        ]
    });
    let columns = ["incident_id", "seq", "at", "by", "by_name", "kind", "text", "previous", "seal"];
    tx.insert("incident_line", &columns, rows).await
}

/// Ties tasks to the incident they came with.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_tasks(tx: &Tx, incident: IncidentId, tasks: &[TaskId]) -> Outcome<()> {
    let rows = tasks.iter().map(|task| values![incident.uuid(), task.uuid()]);
    tx.insert("incident_task", &["incident_id", "task_id"], rows).await
}
