//! The order and the outline of a plan: copying, taking away, moving up and down, indenting under a summary and out
//! again. A block is a task with everything below it; it moves as one.

use super::cell::open;
use super::drafts::next_code;
use super::{Around, Fresh, History, Revised};
use crate::plan::network::Kind;
use crate::plan::sheet::Sheet;
use crate::plan::task::{LinkOrigin, Task, TaskLink, TaskState};
use crate::{Refusal, TaskId};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// Room left between two places of the order, so that a task fits between without moving the others.
const GAP: i32 = 64;
/// Deepest outline people still read.
const DEEPEST: usize = 12;

/// A step of a block in the order or the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step", content = "of")]
pub enum Step {
    /// Before the block above it.
    Up,
    /// Behind the block below it.
    Down,
    /// Under the task above, which becomes a summary.
    Indent,
    /// One level up, behind its summary.
    Outdent,
    /// Behind the block of this task.
    After(String),
}

impl Step {
    /// Reads a word and, for `after`, the task it names.
    pub fn parse(word: &str, of: &str) -> Option<Step> {
        Some(match word {
            "up" => Step::Up,
            "down" => Step::Down,
            "indent" => Step::Indent,
            "outdent" => Step::Outdent,
            "after" => Step::After(of.to_owned()),
            _ => return None,
        })
    }
}

/// How many summaries a task lies under.
pub fn depth(sheet: &Sheet, task: &Task) -> usize {
    let mut depth = 0;
    let mut parent = task.parent;
    while let Some(id) = parent.filter(|_| depth <= DEEPEST) {
        depth += 1;
        parent = sheet.position(id).and_then(|at| sheet.tasks[at].parent);
    }
    depth
}

/// Ids of a task and of everything below it.
fn below(sheet: &Sheet, root: TaskId) -> HashSet<TaskId> {
    let mut all = HashSet::from([root]);
    loop {
        let more: Vec<TaskId> = sheet
            .tasks
            .iter()
            .filter(|task| task.parent.is_some_and(|parent| all.contains(&parent)) && !all.contains(&task.id))
            .map(|task| task.id)
            .collect();
        if more.is_empty() {
            return all;
        }
        all.extend(more);
    }
}

/// Position of the last task of the block that begins here.
pub(super) fn end_of_block(sheet: &Sheet, at: usize) -> usize {
    if sheet.tasks[at].kind != Kind::Summary {
        return at;
    }
    let block = below(sheet, sheet.tasks[at].id);
    sheet.tasks.iter().rposition(|task| block.contains(&task.id)).unwrap_or(at)
}

/// The place of a task that has none yet.
const UNPLACED: i32 = i32::MIN;

/// Puts tasks behind a position (at the very front when `None`), leaving the order of all others.
pub(super) fn between(new: &mut Sheet, behind: Option<usize>, mut tasks: Vec<Task>) {
    let at = behind.map_or(0, |at| at + 1);
    tasks.iter_mut().for_each(|task| task.sort = UNPLACED);
    new.tasks.splice(at..at, tasks);
    number(new);
}

/// Gives numbers in the order to tasks that stand in their place already but have none yet.
pub fn number_new(new: &mut Sheet, is_new: impl Fn(TaskId) -> bool) {
    new.tasks.iter_mut().filter(|task| is_new(task.id)).for_each(|task| task.sort = UNPLACED);
    number(new);
}

/// Gives each unplaced task a number between its neighbours'; when there is no room, all are numbered afresh.
fn number(new: &mut Sheet) {
    let mut at = 0;
    while at < new.tasks.len() {
        if new.tasks[at].sort != UNPLACED {
            at += 1;
            continue;
        }
        let until = (at..new.tasks.len()).find(|&one| new.tasks[one].sort != UNPLACED).unwrap_or(new.tasks.len());
        let low = at.checked_sub(1).map_or(-i64::from(GAP), |one| i64::from(new.tasks[one].sort));
        let count = i64::try_from(until - at).unwrap_or(i64::MAX);
        let step = match new.tasks.get(until) {
            Some(next) => (i64::from(next.sort) - low) / (count + 1),
            None => i64::from(GAP),
        };
        if step < 1 || low + step * count > i64::from(i32::MAX) {
            return afresh(new);
        }
        for (one, task) in (1..).zip(&mut new.tasks[at..until]) {
            task.sort = i32::try_from(low + step * one).unwrap_or(i32::MAX);
        }
        at = until;
    }
}

fn afresh(new: &mut Sheet) {
    for (at, task) in new.tasks.iter_mut().enumerate() {
        task.sort = i32::try_from(at).unwrap_or(i32::MAX).saturating_mul(GAP);
    }
}

/// A summary is one as long as it has children.
fn fit_summaries(old: &Sheet, new: &mut Sheet) {
    let had: HashSet<TaskId> = old.tasks.iter().filter_map(|task| task.parent).collect();
    let has: HashSet<TaskId> = new.tasks.iter().filter_map(|task| task.parent).collect();
    for task in &mut new.tasks {
        if has.contains(&task.id) && task.kind == Kind::Task {
            task.kind = Kind::Summary;
        } else if had.contains(&task.id) && !has.contains(&task.id) && task.kind == Kind::Summary {
            task.kind = Kind::Task;
        }
    }
}

/// Copies of tasks, each behind its block, with the links it waits by. What is copied has not begun.
///
/// # Errors
/// When a code cannot be made.
pub(super) fn copy(
    sheet: &Sheet,
    chosen: &[usize],
    around: &Around,
    fresh: &mut dyn Fresh,
) -> Result<Revised, Vec<Refusal>> {
    let mut new = sheet.clone();
    let mut copies = Vec::new();
    for &at in chosen {
        let original = &sheet.tasks[at];
        let mut task = original.clone();
        task.id = fresh.task();
        task.code = next_code(&new, &original.code);
        task.kind = if original.kind == Kind::Summary { Kind::Task } else { original.kind };
        task.state = TaskState::Planned;
        (task.round, task.percent, task.version) = (1, 0, 1);
        (task.actual_start, task.actual_finish, task.remaining_minutes) = (None, None, None);
        (task.actual_cost, task.offset_days, task.reason) = (0, None, None);
        task.created_at = around.now;
        if task.constraint == "mso" || task.constraint == "mfo" {
            task.constraint = if task.constraint == "mso" { "snet" } else { "fnet" }.to_owned();
        }
        copies.push((original.id, task.id));
        let logic = |link: &&TaskLink| link.to == original.id && link.origin == LinkOrigin::Logic;
        for link in sheet.links.iter().filter(logic) {
            new.links.push(TaskLink { id: fresh.link(), to: task.id, ..link.clone() });
        }
        let behind = new.position(original.id).map(|here| end_of_block(&new, here));
        between(&mut new, behind, vec![task]);
    }
    Ok(Revised { sheet: new, copies })
}

/// Takes tasks away, with the links at them.
///
/// # Errors
/// Every reason why one of them has to stay: it has begun, something hangs on it, tasks lie below it, it is the
/// opening. `plan-typed-code` when what was typed is not what was asked for.
pub(super) fn delete(sheet: &Sheet, chosen: &[usize], typed: &str, around: &Around) -> Result<Sheet, Vec<Refusal>> {
    let new = without(sheet, chosen, &around.history)?;
    let wanted = match chosen {
        [one] => sheet.tasks[*one].code.clone(),
        many => many.len().to_string(),
    };
    if !typed.trim().eq_ignore_ascii_case(&wanted) {
        return Err(vec![Refusal::invalid("plan-typed-code").at("typed").with("wanted", wanted)]);
    }
    Ok(new)
}

/// The plan without some tasks and their links.
///
/// # Errors
/// Every one of them that has begun, has a history, holds others or is the opening.
pub(in crate::plan) fn without(
    sheet: &Sheet,
    chosen: &[usize],
    history: &HashMap<TaskId, History>,
) -> Result<Sheet, Vec<Refusal>> {
    let gone: HashSet<TaskId> = chosen.iter().map(|&at| sheet.tasks[at].id).collect();
    let mut refusals = Vec::new();
    for &at in chosen {
        let task = &sheet.tasks[at];
        let refuse = |code: &str| Refusal::conflict(code).with("code", &task.code);
        if sheet.opening() == Some(&task.code) {
            refusals.push(refuse("plan-delete-opening"));
        }
        if !task.state.is_ahead() && task.state != TaskState::Cancelled || task.actual_start.is_some() {
            refusals.push(refuse("plan-delete-begun"));
        }
        refusals.extend(history.get(&task.id).and_then(|history| history.refusal(task)));
        let children: Vec<&str> = sheet
            .tasks
            .iter()
            .filter(|one| one.parent == Some(task.id) && !gone.contains(&one.id))
            .map(|one| one.code.as_str())
            .collect();
        if !children.is_empty() {
            refusals.push(refuse("plan-delete-children").with("children", children.join(", ")));
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let mut new = sheet.clone();
    new.tasks.retain(|task| !gone.contains(&task.id));
    new.links.retain(|link| !gone.contains(&link.from) && !gone.contains(&link.to));
    new.space.requirements.retain(|one| !gone.contains(&one.task));
    fit_summaries(sheet, &mut new);
    Ok(new)
}

/// Moves blocks by a step. Tasks below a chosen one move with it.
///
/// # Errors
/// Where there is nowhere to go, by code.
pub(super) fn shift(sheet: &Sheet, chosen: &[usize], step: &Step) -> Result<Sheet, Vec<Refusal>> {
    let ids: HashSet<TaskId> = chosen.iter().map(|&at| sheet.tasks[at].id).collect();
    let under_chosen = |task: &Task| {
        let mut parent = task.parent;
        while let Some(id) = parent {
            if ids.contains(&id) {
                return true;
            }
            parent = sheet.position(id).and_then(|at| sheet.tasks[at].parent);
        }
        false
    };
    let mut roots: Vec<TaskId> =
        chosen.iter().map(|&at| &sheet.tasks[at]).filter(|task| !under_chosen(task)).map(|task| task.id).collect();
    // Going down, the last goes first, so that they do not pass each other.
    if matches!(step, Step::Down | Step::After(_)) {
        roots.reverse();
    }
    let mut new = sheet.clone();
    for root in roots {
        one_step(&mut new, root, step)?;
    }
    fit_summaries(sheet, &mut new);
    Ok(new)
}

fn one_step(new: &mut Sheet, root: TaskId, step: &Step) -> Result<(), Vec<Refusal>> {
    let Some(at) = new.position(root) else { return Ok(()) };
    let code = new.tasks[at].code.clone();
    let nowhere = |why: &str| vec![Refusal::conflict(why).with("code", &code)];
    let (parent, end) = (new.tasks[at].parent, end_of_block(new, at));
    let sibling = |one: &usize| new.tasks[*one].parent == parent;
    match step {
        Step::Up => {
            let above = (0..at).rev().find(sibling).ok_or_else(|| nowhere("plan-move-first"))?;
            lift(new, root, above.checked_sub(1), Some(above));
        }
        Step::Down => {
            let next = (end + 1..new.tasks.len()).find(sibling).ok_or_else(|| nowhere("plan-move-last"))?;
            let behind = end_of_block(new, next);
            lift(new, root, Some(behind), Some(next));
        }
        Step::After(name) => {
            let target = super::find(new, name)
                .ok_or_else(|| vec![Refusal::invalid("plan-unknown-task").at("after").with("value", name)])?;
            if below(new, root).contains(&new.tasks[target].id) {
                return Err(nowhere("plan-move-into-itself"));
            }
            let behind = end_of_block(new, target);
            new.tasks[at].parent = new.tasks[target].parent;
            lift(new, root, Some(behind), Some(target));
        }
        Step::Indent => {
            let above = (0..at).rev().find(sibling).ok_or_else(|| nowhere("plan-indent-nothing-above"))?;
            let summary = open(&new.tasks[above])?;
            let fits = matches!(summary.kind, Kind::Summary) || summary.kind == Kind::Task && summary.state.is_ahead();
            if !fits {
                return Err(vec![
                    Refusal::conflict("plan-indent-under").with("code", &code).with("above", &summary.code),
                ]);
            }
            if depth(new, &new.tasks[at]) + 1 >= DEEPEST {
                return Err(nowhere("plan-indent-deep"));
            }
            new.tasks[at].parent = Some(summary.id);
            new.tasks[above].kind = Kind::Summary;
            own_links(new, summary.id)?;
        }
        Step::Outdent => {
            let parent = parent.and_then(|id| new.position(id)).ok_or_else(|| nowhere("plan-outdent-top"))?;
            let behind = end_of_block(new, parent);
            new.tasks[at].parent = new.tasks[parent].parent;
            lift(new, root, Some(behind), None);
        }
    }
    Ok(())
}

/// A summary waits for nothing that lies below it.
fn own_links(new: &Sheet, summary: TaskId) -> Result<(), Vec<Refusal>> {
    let block = below(new, summary);
    let bad = |link: &&TaskLink| {
        (link.from == summary && block.contains(&link.to)) || (link.to == summary && block.contains(&link.from))
    };
    let code = |id: TaskId| new.position(id).map_or("", |at| new.tasks[at].code.as_str());
    match new.links.iter().find(bad) {
        None => Ok(()),
        Some(link) => Err(vec![
            Refusal::conflict("plan-link-own-summary").with("from", code(link.from)).with("to", code(link.to)),
        ]),
    }
}

/// Takes a block out and puts it behind a position counted before it was taken out. Phase and stage follow the
/// neighbour named, so that the list keeps its headings together.
fn lift(new: &mut Sheet, root: TaskId, behind: Option<usize>, neighbour: Option<usize>) {
    let block = below(new, root);
    let heading = neighbour.map(|at| (new.tasks[at].phase, new.tasks[at].stage.clone()));
    let anchor = behind.map(|at| new.tasks[at].id);
    let (mut taken, rest): (Vec<Task>, Vec<Task>) =
        std::mem::take(&mut new.tasks).into_iter().partition(|task| block.contains(&task.id));
    if let Some((phase, stage)) = heading {
        for task in &mut taken {
            task.phase = phase;
            task.stage.clone_from(&stage);
        }
    }
    // Behind a task of the block itself means: where the block stood.
    let at = anchor.and_then(|id| rest.iter().position(|task| task.id == id)).map_or(0, |at| at + 1);
    new.tasks = rest;
    between(new, at.checked_sub(1), taken);
}
