//! Saving a change of any size, and keeping it so that its maker can take it back.

use super::{COLUMNS, insert_indicators, insert_links, save, values_of};
use crate::read::plan::PlanEdit;
use crate::{Fault, Outcome, Query, Tx, values};
use chrono::{DateTime, Utc};
use domain::plan::Sheet;
use domain::plan::revision::{ChangeSet, differences};
use domain::plan::task::{Task, TaskLink};
use domain::{EditionId, PlanEditId};
use std::collections::HashSet;

/// Saves what a change set does to a plan. `new` is the plan as it will be, computed: its tasks carry their dates.
///
/// # Errors
/// `Stale` when a task was changed since the plan was locked; `Reference` when something still hangs on a task that
/// is taken away.
pub async fn save_set(tx: &Tx, new: &Sheet, set: &ChangeSet) -> Outcome<()> {
    let gone = set.links.iter().filter_map(|one| one.before.as_ref());
    for link in gone {
        tx.run("delete from task_link where id = $1", values![link.id.uuid()]).await?;
    }
    for task in set.removed() {
        tx.run("delete from task_link where from_id = $1 or to_id = $1", values![task.id.uuid()]).await?;
        tx.run("delete from indicator where task_id = $1", values![task.id.uuid()]).await?;
        tx.run("delete from task_place where task_id = $1", values![task.id.uuid()]).await?;
        tx.run("delete from task where id = $1", values![task.id.uuid()]).await?;
    }
    let added: HashSet<_> = set.added().map(|task| task.id).collect();
    let rows = new.tasks.iter().filter(|task| added.contains(&task.id)).map(values_of);
    tx.insert("task", &COLUMNS, rows).await?;
    let indicators: Vec<_> = set.indicators.iter().filter(|one| added.contains(&one.task)).cloned().collect();
    insert_indicators(tx, &indicators).await?;
    let asked: Vec<_> = set.requirements.iter().filter(|one| added.contains(&one.task)).cloned().collect();
    super::space::insert_requirements(tx, &asked).await?;
    let pairs = set.tasks.iter().filter_map(|one| one.before.as_ref().zip(one.after.as_ref()));
    for (before, after) in pairs {
        let Some(task) = new.position(after.id).map(|at| &new.tasks[at]) else { continue };
        // A number in the order is nobody's text: it makes no open form stale.
        if differences(before, after) == ["order"] {
            tx.run("update task set sort = $2 where id = $1", values![task.id.uuid(), task.sort]).await?;
        } else {
            save(tx, task).await?;
        }
    }
    let saved: HashSet<_> = set.tasks.iter().filter_map(|one| one.task().map(|task| task.id)).collect();
    for step in set.beside.loops.iter().filter(|step| !saved.contains(&step.task)) {
        if let Some(at) = new.position(step.task) {
            save(tx, &new.tasks[at]).await?;
        }
    }
    let links: Vec<TaskLink> = set.links.iter().filter_map(|one| one.after.clone()).collect();
    insert_links(tx, &links).await
}

/// Tasks a change set touches in what people plan: their dates are saved with them.
pub fn saved_with_dates(set: &ChangeSet) -> HashSet<domain::TaskId> {
    let whole = |before: &Option<Task>, after: &Option<Task>| match (before, after) {
        (Some(before), Some(after)) => differences(before, after) != ["order"],
        _ => true,
    };
    let touched = set.tasks.iter().filter(|one| whole(&one.before, &one.after));
    let steps = set.beside.loops.iter().map(|step| step.task);
    touched.filter_map(|one| one.task().map(|task| task.id)).chain(steps).collect()
}

/// Keeps a change. What its maker had taken back before cannot be made again from now on.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_edit(tx: &Tx, edition: EditionId, edit: &PlanEdit) -> Outcome<()> {
    tx.run(
        "update plan_edit set state = 'dropped' where edition_id = $1 and user_id = $2 and state = 'undone'",
        values![edition.uuid(), edit.user.uuid()],
    )
    .await?;
    let failed = |error| Fault::impossible("plan_edit", error);
    let changes = serde_json::to_value(&edit.set).map_err(failed)?;
    let codes = serde_json::to_value(&edit.codes).map_err(failed)?;
    tx.run(
        "insert into plan_edit (id, edition_id, user_id, at, revision, word, codes, changes, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'done')",
        values![
            edit.id.uuid(),
            edition.uuid(),
            edit.user.uuid(),
            edit.at,
            edit.revision,
            edit.word.as_str(),
            codes,
            changes
        ],
    )
    .await?;
    Ok(())
}

/// Marks a change as taken back for good: it cannot be made again.
///
/// # Errors
/// When the database does not answer.
pub async fn drop_edit(tx: &Tx, edit: PlanEditId) -> Outcome<()> {
    tx.run("update plan_edit set state = 'dropped' where id = $1", values![edit.uuid()]).await?;
    Ok(())
}

/// Marks a change as taken back, or as made again.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_edit(tx: &Tx, edit: PlanEditId, undone_at: Option<DateTime<Utc>>) -> Outcome<()> {
    let state = if undone_at.is_some() { "undone" } else { "done" };
    tx.run("update plan_edit set state = $2, undone_at = $3 where id = $1", values![edit.uuid(), state, undone_at])
        .await?;
    Ok(())
}
