//! What a change of the plan does beside tasks and links, so that its maker can take it back: the data date, the days
//! of the event, steps in the loop. Measurements, checks and signatures are never kept as changes.

use super::revise::{Saved, remember};
use super::under_way::UnderWay;
use crate::{Error, Work};
use domain::access::{Permission, Viewer};
use domain::edition::{self, EditionDraft};
use domain::plan::revision::{Beside, ChangeSet, ShowDays};
use domain::plan::{Sheet, Task};
use domain::{EditionId, Refusal};
use store::record;
use store::record::deviation::{Progress, insert_progress};

/// Takes a step of a task's loop: saves the task as it is `after`, with all that moves, and keeps the step as a change
/// that can be taken back. Nothing is kept when nothing of it can.
pub(super) async fn take_step(
    work: &mut Work,
    plan: &UnderWay,
    before: &Task,
    after: Task,
    word: &str,
) -> Result<(), Error> {
    let set = ChangeSet { beside: Beside::step(before, &after), ..ChangeSet::default() };
    let (id, edition, codes) = (after.id, after.edition, vec![after.code.clone()]);
    let delta = plan.settle(work, plan.with(after), Some(id)).await?;
    remember(work, edition, &Saved { delta, codes, revision: plan.old.revision }, word, set).await
}

/// Whether somebody may still take a change back or make it again: rights may have gone since, work may be another's.
pub(super) fn may(viewer: &Viewer, sheet: &Sheet, set: &ChangeSet) -> Result<(), Error> {
    let leads = viewer.may(Permission::PlanEdit, sheet.edition);
    let only_steps = set.tasks.is_empty() && set.links.is_empty() && set.beside.data_date.is_none();
    let only_steps = only_steps && set.beside.days.is_none() && set.beside.calendars.is_empty();
    if !leads && !only_steps {
        return Err(Error::Forbidden);
    }
    if set.beside.days.is_some() && !viewer.may(Permission::EditionManage, sheet.edition) {
        return Err(Error::Forbidden);
    }
    for step in &set.beside.loops {
        let owner = sheet.position(step.task).and_then(|at| sheet.tasks[at].owner);
        if !leads && owner.is_some_and(|owner| owner != viewer.user) {
            return Err(Refusal::forbidden("task-not-owner").into());
        }
    }
    Ok(())
}

/// Whether a step is refused because a measurement or a signature stands after it, which stays.
pub(super) fn is_on_record(refusal: &Refusal) -> bool {
    matches!(refusal.code.as_str(), "plan-undo-measured" | "plan-undo-signed")
}

/// Saves what lies outside the plan's own rows: the days of the edition, and that progress was said otherwise.
pub(super) async fn save(work: &mut Work, edition: EditionId, beside: &Beside) -> Result<(), Error> {
    if let Some(days) = &beside.days {
        move_days(work, edition, days.before, days.after).await?;
    }
    for turn in &beside.calendars {
        record::plan::save_calendar(work.tx(), edition, &turn.after).await?;
    }
    let Some(by) = work.actor().user() else { return Ok(()) };
    let said = beside.loops.iter().filter(|step| step.point.before.percent != step.point.after.percent);
    let reports: Vec<Progress> = said
        .map(|step| Progress { id: work.id(), task: step.task, percent: step.point.after.percent, by, at: work.now() })
        .collect();
    Ok(insert_progress(work.tx(), edition, &reports).await?)
}

/// The edition's days as they are wanted; the plan has followed already.
async fn move_days(work: &mut Work, id: EditionId, before: ShowDays, after: ShowDays) -> Result<(), Error> {
    let current = record::edition::load(work.tx(), id).await?.ok_or(Error::Missing)?;
    if ShowDays::of(&current) != before {
        return Err(Refusal::conflict("plan-undo-opening").into());
    }
    let draft = EditionDraft {
        opens_on: after.opens_on.to_string(),
        closes_on: after.closes_on.to_string(),
        build_up_on: after.build_up_on.to_string(),
        breakdown_until: after.breakdown_until.to_string(),
        ..EditionDraft::of(&current)
    };
    let (changed, facts) = edition::change(&current, &draft.parse_change()?)?;
    record::edition::save(work.tx(), &changed).await?;
    work.note(facts);
    Ok(())
}
