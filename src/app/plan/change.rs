//! Changing a task: first what would move and why, then, when a person accepts it, the change.

use super::revise::{Saved, remember};
use super::under_way::{compute, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::plan::delta::Delta;
use domain::plan::edit::{Clash, EditTask, Merged, TaskDraft, merge};
use domain::plan::revision::ChangeSet;
use domain::plan::view::Board;
use domain::{LinkId, Refusal, TaskId};
use store::read::plan as read;
use store::record::plan as record;

/// A change a person has typed.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The task.
    pub task: TaskId,
    /// As typed.
    pub draft: TaskDraft,
    /// As the form was opened.
    pub opened: TaskDraft,
    /// Version of the task when the form was opened.
    pub version: i32,
    /// Revision of the plan the person has seen the effect on.
    pub revision: i32,
}

/// A change with its effect; nothing is saved.
#[derive(Clone, Debug)]
pub struct Previewed {
    /// The plan as it is.
    pub board: Board,
    /// The draft, brought together with what someone else saved in between.
    pub merged: Merged,
    /// The task as it is, as a draft: what the next try is compared with.
    pub now: TaskDraft,
    /// What would move; `None` when the draft is refused.
    pub delta: Option<Delta>,
    /// Why the draft is refused.
    pub refusals: Vec<Refusal>,
}

impl Previewed {
    /// Someone else changed the task since the form was opened.
    pub fn crossed(&self) -> bool {
        !self.merged.clashes.is_empty() || !self.merged.taken.is_empty()
    }

    /// Fields two people changed.
    pub fn clashes(&self) -> &[Clash] {
        &self.merged.clashes
    }
}

/// What a change would move and why.
///
/// # Errors
/// `Missing` when there is no such task; a refused draft is no error but part of the answer.
pub async fn preview_edit(app: &App, edition: &Edition, edit: &Edit) -> Result<Previewed, Error> {
    let board = read::board(&app.reader(), edition.id, app.now()).await?.ok_or(Error::Missing)?;
    let task = board.sheet.tasks.iter().find(|task| task.id == edit.task).ok_or(Error::Missing)?;
    let now = TaskDraft::of(&board.sheet, task);
    let merged = merge(&edit.draft, &edit.opened, &now);
    let (delta, refusals) = match effect(app, &board, &merged.draft, edit.task) {
        Ok(delta) => (Some(delta), Vec::new()),
        Err(Error::Refused(refusals)) => (None, refusals),
        Err(other) => return Err(other),
    };
    Ok(Previewed { board, merged, now, delta, refusals })
}

fn effect(app: &App, board: &Board, draft: &TaskDraft, task: TaskId) -> Result<Delta, Error> {
    let task = board.sheet.tasks.iter().find(|one| one.id == task).ok_or(Error::Missing)?;
    let command = draft.parse(&board.sheet, task)?;
    let new = command.apply(&board.sheet, || app.id::<LinkId>());
    let computed = compute(&new, "predecessors")?;
    Ok(board.computed.delta(&computed, new.opening(), &[&task.code]))
}

/// Saves a change whose effect the person has accepted.
///
/// # Errors
/// `Stale` when the task or the plan changed since the effect was shown; every refusal of the draft.
pub async fn edit_task(app: &App, viewer: &Viewer, edition: &Edition, edit: &Edit) -> Result<Delta, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    let task = plan.task(edit.task)?;
    if task.version != edit.version || plan.old.revision != edit.revision {
        return Err(Error::Stale);
    }
    let before = TaskDraft::of(&plan.old, &task);
    let command = edit.draft.parse(&plan.old, &task)?;
    let mut new = command.apply(&plan.old, || work.id::<LinkId>());
    new.revision += 1;
    let links: Vec<_> = new.links.iter().filter(|link| link.to == task.id).cloned().collect();
    record::replace_links(work.tx(), task.id, &links).await?;
    let changed = new.tasks.iter().find(|one| one.id == task.id).cloned().ok_or(Error::Missing)?;
    let after = TaskDraft::of(&new, &changed);
    work.note([EditTask::fact(&before, &after, &changed)]);
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let delta = plan.settle(&mut work, new.clone(), Some(task.id)).await?;
    let set = ChangeSet::between(&plan.old, &new);
    let saved = Saved { delta: delta.clone(), codes: vec![task.code.clone()], revision: new.revision };
    remember(&work, edition.id, &saved, "edit", set).await?;
    record::insert_change(work.tx(), id, &new, &task.code, &delta, by, now).await?;
    store::record::search::put(work.tx(), &super::create::document(&edition.slug, &changed)).await?;
    work.commit().await?;
    Ok(delta)
}
