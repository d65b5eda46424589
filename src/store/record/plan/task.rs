//! Tasks and links as rows: their columns, and adding them.

use crate::{Outcome, Tx, values};
use domain::plan::task::{Task, TaskLink};
use domain::{CalendarId, TaskId, UserId};

/// The columns of a task, in the order of [`values_of`].
pub(super) const COLUMNS: [&str; 47] = [
    "id",
    "edition_id",
    "code",
    "name_en",
    "name_zh",
    "objective",
    "phase",
    "stage_en",
    "stage_zh",
    "sort",
    "kind",
    "duration_minutes",
    "offset_days",
    "constraint_kind",
    "constraint_at",
    "deadline_at",
    "actual_start",
    "actual_finish",
    "percent",
    "place_kind",
    "place_id",
    "role",
    "confirmer_role",
    "owner_id",
    "checker_id",
    "confirmer_id",
    "done_when",
    "state",
    "round",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "total_float_minutes",
    "critical",
    "blocked_reason",
    "version",
    "created_at",
    "optimistic_minutes",
    "likely_minutes",
    "pessimistic_minutes",
    "remaining_minutes",
    "calendar_id",
    "parent_id",
    "priority",
    "budget_minor",
    "actual_cost_minor",
];

/// The values of a task, in the order of [`COLUMNS`].
pub(super) fn values_of(task: &Task) -> Vec<sea_orm::Value> {
    values![
        task.id.uuid(),
        task.edition.uuid(),
        task.code.as_str(),
        task.name.en.as_str(),
        task.name.zh.as_str(),
        task.objective.as_str(),
        task.phase.code(),
        task.stage.en.as_str(),
        task.stage.zh.as_str(),
        task.sort,
        task.kind.code(),
        task.duration,
        task.offset_days,
        task.constraint.as_str(),
        task.constraint_at,
        task.deadline_at,
        task.actual_start,
        task.actual_finish,
        task.percent,
        task.place_kind.code(),
        task.place.map(domain::PlaceId::uuid),
        task.role.code(),
        task.confirmer_role.code(),
        task.owner.map(UserId::uuid),
        task.checker.map(UserId::uuid),
        task.confirmer.map(UserId::uuid),
        task.done_when.as_str(),
        task.state.code(),
        task.round,
        task.dates.early_start,
        task.dates.early_finish,
        task.dates.late_start,
        task.dates.late_finish,
        task.dates.total_float,
        task.dates.critical,
        task.reason.clone(),
        task.version,
        task.created_at,
        task.estimate.map(|points| points.optimistic),
        task.estimate.map(|points| points.likely),
        task.estimate.map(|points| points.pessimistic),
        task.remaining_minutes,
        task.calendar.map(CalendarId::uuid),
        task.parent.map(TaskId::uuid),
        task.priority,
        task.budget,
        task.actual_cost
    ]
}

/// Adds tasks to a plan that exists.
///
/// # Errors
/// `Taken` when a code is used already.
pub async fn insert_tasks<'a>(tx: &Tx, tasks: impl IntoIterator<Item = &'a Task, IntoIter: Send>) -> Outcome<()> {
    tx.insert("task", &COLUMNS, tasks.into_iter().map(values_of)).await
}

/// Adds links between tasks that are there.
///
/// # Errors
/// `Taken` when two tasks are tied this way already.
pub async fn insert_links(tx: &Tx, links: &[TaskLink]) -> Outcome<()> {
    let rows = links.iter().map(|link| {
        values![
            link.id.uuid(),
            link.edition.uuid(),
            link.from.uuid(),
            link.to.uuid(),
            link.kind.code(),
            link.lag,
            link.release.code(),
            link.lag_kind.code(),
            link.max_lag,
            link.origin.code(),
            link.reason.as_str(),
            link.by.map(UserId::uuid)
        ]
    });
    let columns = [
        "id",
        "edition_id",
        "from_id",
        "to_id",
        "kind",
        "lag_minutes",
        "release",
        "lag_kind",
        "max_lag_minutes",
        "origin",
        "reason",
        "by",
    ];
    tx.insert("task_link", &columns, rows).await
}
