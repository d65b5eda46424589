//! What a change of the plan does beside tasks and links, so that its maker can take it back: the data date, the days
//! of the event, calendars and choices, rules and needs of places, steps in the loop. Measurements, checks and
//! signatures are never kept as changes.

use super::revise::{Saved, remember};
use super::scenario::{named, subject};
use super::under_way::{UnderWay, hand};
use crate::{Error, Work};
use chrono::{DateTime, Utc};
use domain::access::{Permission, Viewer};
use domain::edition::{self, EditionDraft};
use domain::journal::Fact;
use domain::plan::revision::{Beside, ChangeSet, Kept, ScenarioChange, ShowDays, take_again};
use domain::plan::scenario::ScenarioState;
use domain::plan::{Sheet, Task, TaskState};
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

/// Whether somebody may take a change back or make it again: what the change itself needed, as it is now. Rights may
/// have gone since, work may be another's.
pub(super) fn may(viewer: &Viewer, sheet: &Sheet, set: &ChangeSet) -> Result<(), Error> {
    let leads = viewer.may(Permission::PlanEdit, sheet.edition);
    let steps = &set.beside.loops;
    let needed = [
        (Permission::PlanEdit, !set.tasks.is_empty() || !set.links.is_empty() || set.beside.changes_plan()),
        (Permission::PlanWork, !steps.is_empty()),
        (Permission::EditionManage, set.beside.days.is_some()),
    ];
    if needed.into_iter().any(|(right, is)| is && !viewer.may(right, sheet.edition)) {
        return Err(Error::Forbidden);
    }
    for step in steps.iter().filter(|_| !leads) {
        let owner = sheet.position(step.task).and_then(|at| sheet.tasks[at].owner);
        if owner.is_some_and(|owner| owner != viewer.user) {
            return Err(Refusal::forbidden("task-not-owner").into());
        }
        let let_go = |state| matches!(state, TaskState::Waived | TaskState::Cancelled);
        if let_go(step.point.before.state) || let_go(step.point.after.state) {
            return Err(Refusal::forbidden("task-not-lead").into());
        }
    }
    Ok(())
}

/// Whether the steps of a change may be made again: what they need is looked at anew.
pub(super) fn may_again(viewer: &Viewer, sheet: &Sheet, set: &ChangeSet, now: DateTime<Utc>) -> Result<(), Error> {
    for step in &set.beside.loops {
        let Some(at) = sheet.position(step.task) else { continue };
        let (before, around) = (sheet.before_of(step.task), sheet.around_of(step.task, now));
        take_again(&sheet.tasks[at], step, (&before, &around), hand(viewer, sheet.edition), now)?;
    }
    Ok(())
}

/// Whether a step is refused because a measurement or a signature stands after it, which stays.
pub(super) fn is_on_record(refusal: &Refusal) -> bool {
    matches!(refusal.code.as_str(), "plan-undo-measured" | "plan-undo-signed")
}

/// Saves what lies outside the plan's tasks and links. The plan `was` is the one the change was laid over.
pub(super) async fn save(work: &mut Work, was: &Sheet, beside: &Beside, saved: &Saved) -> Result<(), Error> {
    let edition = was.edition;
    if let Some(days) = &beside.days {
        move_days(work, edition, days.before, days.after).await?;
    }
    save_ground(work, was, beside).await?;
    if let Some(change) = &beside.scenario {
        turn_scenario(work, edition, change, saved).await?;
    }
    let Some(by) = work.actor().user() else { return Ok(()) };
    let said = beside.loops.iter().filter(|step| step.point.before.percent != step.point.after.percent);
    let reports: Vec<Progress> = said
        .map(|step| Progress { id: work.id(), task: step.task, percent: step.point.after.percent, by, at: work.now() })
        .collect();
    Ok(insert_progress(work.tx(), edition, &reports).await?)
}

/// Calendars, choices, rules, needs and hours. What refers to a calendar is saved after it came and before it goes.
pub(super) async fn save_ground(work: &Work, was: &Sheet, beside: &Beside) -> Result<(), Error> {
    let (tx, edition) = (work.tx(), was.edition);
    for swap in &beside.calendars {
        match (&swap.before, &swap.after) {
            (None, Some(new)) => record::plan::insert_calendars(tx, edition, std::slice::from_ref(new)).await?,
            (_, Some(new)) => record::plan::save_calendar(tx, edition, new).await?,
            (_, None) => {}
        }
    }
    if let Some(turn) = &beside.choices {
        record::plan::save_choices(tx, edition, &turn.after).await?;
    }
    for change in &beside.hours {
        record::plan::space::set_hours(tx, edition, change.place, change.calendar.after).await?;
    }
    for swap in &beside.rules {
        match (&swap.before, &swap.after) {
            (None, Some(new)) => record::plan::space::insert_rules(tx, std::slice::from_ref(new)).await?,
            (_, Some(new)) => record::plan::space::save_rule(tx, new).await?,
            (Some(gone), None) => record::plan::space::delete_rule(tx, gone.id).await?,
            (None, None) => {}
        }
    }
    for change in &beside.needs {
        match (&change.need.before, &change.need.after) {
            (None, Some(new)) => record::plan::space::insert_requirements(tx, std::slice::from_ref(new)).await?,
            (_, Some(new)) => {
                let now = was.space.requirements.iter().find(|one| one.id == new.id);
                let new = now.map_or_else(|| new.clone(), |now| new.over(now));
                record::plan::space::save_requirement(tx, &new).await?;
            }
            (Some(gone), None) => record::plan::space::delete_requirement(tx, gone.id).await?,
            (None, None) => {}
        }
    }
    for swap in &beside.calendars {
        if let (Some(gone), None) = (&swap.before, &swap.after) {
            record::plan::delete_calendar(tx, edition, gone.id).await?;
        }
    }
    Ok(())
}

/// A scenario whose steps are taken out of the plan is thought about again; made again, it is the plan's.
async fn turn_scenario(
    work: &mut Work,
    edition: EditionId,
    change: &ScenarioChange,
    saved: &Saved,
) -> Result<(), Error> {
    let found = store::read::plan::scenario(work.tx(), edition, change.number).await?;
    let other = || Refusal::conflict("plan-undo-scenario").with("number", change.number);
    let mut one =
        found.filter(|one| one.state == change.state.before && one.steps == change.steps).ok_or_else(other)?;
    (one.state, one.revision) = (change.state.after, saved.revision);
    record::plan::save_scenario(work.tx(), &one).await?;
    let fact = match one.state {
        ScenarioState::Promoted => named(Fact::new("plan.scenario_promoted", subject(edition), edition), &one),
        _ => named(Fact::new("plan.scenario_taken_back", subject(edition), edition), &one),
    };
    work.note([fact.with("count", saved.delta.moves.len())]);
    Ok(())
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
