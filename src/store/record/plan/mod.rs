//! What the plan's use cases save. The plan row is the lock: whoever recalculates holds it, so two
//! changes of one plan follow each other.

mod baseline;
mod crew;
mod exchange;
mod gate;
mod indicator;
mod levelling;
mod revision;
mod risk;
mod scenario;
mod settings;
pub mod space;
mod task;

pub use crate::record::deviation::{insert_deviation, save_deviation};
pub use crew::{delete_crew, insert_crew_needs, insert_crews, replace_crew_needs, save_crew};
pub use exchange::{drop_uploads, keep_upload, replace_all_links};
pub use gate::*;
pub use indicator::{insert_indicators, retire_indicator, save_indicator};
pub use levelling::{insert_levelling, save_levelling, stop_levelling, touch_levelling};
pub use revision::{drop_edit, insert_edit, mark_edit, save_set, saved_with_dates};
pub use settings::{delete_calendar, insert_calendars, save_calendar, save_choices};
pub use task::{insert_links, insert_tasks};

pub use baseline::{insert_baseline, next_baseline, show_baseline};
pub use risk::{
    Asked, end_run, insert_risk, insert_run, next_risk, progress_run, save_estimate, save_estimates, save_risk,
};
pub use scenario::{insert_scenario, next_scenario, save_scenario};

use self::task::{COLUMNS, values_of};
use crate::dialect::lock::for_update;
use crate::read::plan::{TASK_COLUMNS, task_of};
use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::delta::Delta;
use domain::plan::task::{Task, TaskLink};
use domain::plan::{Indicator, Measurement, Sheet};
use domain::{CalendarId, DocumentId, EditionId, LinkId, PlanChangeId, ReportId, TaskId, UserId};

/// Takes the plan of an edition for changing; nobody else changes it until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, edition: EditionId) -> Outcome<Option<Sheet>> {
    let sql = format!("select edition_id from plan where edition_id = $1{}", for_update(tx.backend));
    if tx.rows(&sql, values![edition.uuid()]).await?.is_empty() {
        return Ok(None);
    }
    crate::read::plan::sheet(tx, edition).await
}

/// One task of an edition, for changing it alone.
///
/// # Errors
/// When the database does not answer.
pub async fn task(tx: &Tx, edition: EditionId, task: TaskId) -> Outcome<Option<Task>> {
    let lock = for_update(tx.backend);
    let sql = format!("select {TASK_COLUMNS} from task t where t.edition_id = $1 and t.id = $2{lock}");
    tx.rows(&sql, values![edition.uuid(), task.uuid()]).await?.first().map(task_of).transpose()
}

/// Adds a plan with its tasks, links and indicators.
///
/// # Errors
/// `Taken` when the edition has a plan.
pub async fn insert(tx: &Tx, sheet: &Sheet, indicators: &[Indicator], now: DateTime<Utc>) -> Outcome<()> {
    tx.run(
        "insert into plan (edition_id, template, data_date, revision, computed_at, version, currency,
         critical_threshold, lag_calendar, progress, calendar_id)
         values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10)",
        values![
            sheet.edition.uuid(),
            sheet.template.as_str(),
            sheet.data_date,
            sheet.revision,
            now,
            sheet.currency.as_str(),
            sheet.options.critical_threshold,
            sheet.options.lag_calendar.code(),
            sheet.options.progress.code(),
            sheet.default_calendar.map(CalendarId::uuid)
        ],
    )
    .await?;
    settings::insert_calendars(tx, sheet.edition, &sheet.calendars).await?;
    insert_tasks(tx, &sheet.tasks).await?;
    insert_links(tx, &sheet.links).await?;
    insert_indicators(tx, indicators).await
}

/// Saves a task if nobody else changed it since; its computed dates are saved by [`save_dates`].
///
/// # Errors
/// `Stale` when somebody did.
pub async fn save(tx: &Tx, task: &Task) -> Outcome<()> {
    // Identity, edition, code and moment of birth stay.
    let skipped = ["id", "edition_id", "code", "version", "created_at"];
    let mut bound = values![task.id.uuid(), task.version];
    let mut sets = Vec::new();
    for (column, value) in COLUMNS.iter().zip(values_of(task)).filter(|(column, _)| !skipped.contains(column)) {
        bound.push(value);
        sets.push(format!("\"{column}\" = ${}", bound.len()));
    }
    let sql = format!("update task set {}, version = version + 1 where id = $1 and version = $2", sets.join(", "));
    if tx.run(&sql, bound).await? == 0 { Err(Fault::Stale) } else { Ok(()) }
}

/// Saves computed dates and readiness of tasks. Not a person's change: versions stay, so that a
/// recalculation never makes someone's open form stale.
///
/// # Errors
/// When the database does not answer.
pub async fn save_dates<'a>(tx: &Tx, tasks: impl IntoIterator<Item = &'a Task>) -> Outcome<()> {
    let columns = [
        "id",
        "early_start",
        "early_finish",
        "late_start",
        "late_finish",
        "total_float_minutes",
        "critical",
        "state",
        "constraint_at",
        "blocked_reason",
    ];
    let rows = tasks.into_iter().map(|task| {
        values![
            task.id.uuid(),
            task.dates.early_start,
            task.dates.early_finish,
            task.dates.late_start,
            task.dates.late_finish,
            task.dates.total_float,
            task.dates.critical,
            task.state.code(),
            task.constraint_at,
            task.reason.clone()
        ]
    });
    tx.update("task", &columns, rows.collect()).await?;
    Ok(())
}

/// Adds links, wherever they come from.
///
/// # Errors
/// `Taken` when two tasks are tied so already.
pub async fn add_links(tx: &Tx, links: &[TaskLink]) -> Outcome<()> {
    insert_links(tx, links).await
}

/// Takes links out.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_links(tx: &Tx, links: &[LinkId]) -> Outcome<()> {
    for link in links {
        tx.run("delete from task_link where id = $1", values![link.uuid()]).await?;
    }
    Ok(())
}

/// Puts the links into a task in place of those it had.
///
/// # Errors
/// When the database does not answer.
pub async fn replace_links(tx: &Tx, task: TaskId, links: &[TaskLink]) -> Outcome<()> {
    tx.run("delete from task_link where to_id = $1", values![task.uuid()]).await?;
    insert_links(tx, links).await
}

/// Notes that the plan was recalculated.
///
/// # Errors
/// When the database does not answer.
pub async fn save_plan(tx: &Tx, sheet: &Sheet, now: DateTime<Utc>) -> Outcome<()> {
    tx.run(
        "update plan set data_date = $2, revision = $3, computed_at = $4, version = version + 1 where edition_id = $1",
        values![sheet.edition.uuid(), sheet.data_date, sheet.revision, now],
    )
    .await?;
    Ok(())
}

/// Keeps an accepted change with what it moved.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_change(
    tx: &Tx,
    id: PlanChangeId,
    sheet: &Sheet,
    reason: &str,
    delta: &Delta,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Outcome<()> {
    let delta = serde_json::to_value(delta).map_err(|error| Fault::impossible("plan_change", error))?;
    tx.run(
        "insert into plan_change (id, edition_id, revision, reason, delta, \"by\", at) values ($1, $2, $3, $4, $5, $6, $7)",
        values![id.uuid(), sheet.edition.uuid(), sheet.revision, reason, delta, by.map(UserId::uuid), now],
    )
    .await?;
    Ok(())
}

/// Adds measurements.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_measurements(tx: &Tx, measured: &[Measurement]) -> Outcome<()> {
    let rows = measured.iter().map(|one| {
        values![
            one.id.uuid(),
            one.edition.uuid(),
            one.indicator.uuid(),
            one.task.uuid(),
            one.round,
            one.value.to_string(),
            one.passed,
            one.note.as_str(),
            one.document.map(DocumentId::uuid),
            one.by.uuid(),
            one.at
        ]
    });
    let columns = [
        "id",
        "edition_id",
        "indicator_id",
        "task_id",
        "round",
        "value",
        "passed",
        "note",
        "document_id",
        "measured_by",
        "at",
    ];
    tx.insert("measurement", &columns, rows).await
}

/// What was said at a step of the loop.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Its id.
    pub id: ReportId,
    /// `submit`, `check`, `confirm`, `reject`, `note`.
    pub kind: &'static str,
    /// Round of the task.
    pub round: i32,
    /// Words.
    pub text: String,
    /// Evidence.
    pub document: Option<DocumentId>,
    /// Who.
    pub by: UserId,
}

/// Adds a report to a task.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_report(
    tx: &Tx,
    edition: EditionId,
    task: TaskId,
    report: &NewReport,
    now: DateTime<Utc>,
) -> Outcome<()> {
    tx.run(
        "insert into task_report (id, edition_id, task_id, round, kind, text, document_id, \"by\", at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![
            report.id.uuid(),
            edition.uuid(),
            task.uuid(),
            report.round,
            report.kind,
            report.text.as_str(),
            report.document.map(DocumentId::uuid),
            report.by.uuid(),
            now
        ],
    )
    .await?;
    Ok(())
}
