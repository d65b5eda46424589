//! What the verbs share: the locked plan, the hand that acts, and the recalculation.

use crate::{Error, Work};
use domain::access::{Permission, Viewer};
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::delta::Delta;
use domain::plan::work::Hand;
use domain::plan::{Computed, Kind, Sheet, Task, TaskState, sheet};
use domain::{EditionId, Refusal, TaskId};
use store::record::plan as record;

/// A plan taken for changing.
pub(super) struct UnderWay {
    /// As it was.
    pub(super) old: Sheet,
    computed: Computed,
}

/// Takes the plan of an edition.
pub(super) async fn take(work: &Work, edition: EditionId) -> Result<UnderWay, Error> {
    let old = record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let computed = compute(&old, "predecessors")?;
    Ok(UnderWay { old, computed })
}

/// Computes a plan, or refuses it with its tasks named.
pub(super) fn compute(sheet: &Sheet, field: &str) -> Result<Computed, Error> {
    sheet.compute().map_err(|faults| Error::Refused(sheet::refusals(&faults, field)))
}

impl UnderWay {
    /// The plan as it lay before its edition's days were changed in this very use case.
    pub(super) fn lay_at(&mut self, before: &Edition) -> Result<(), Error> {
        self.old.opens_on = before.opens_on;
        self.old.zone = before.time_zone;
        self.computed = compute(&self.old, "opens_on")?;
        Ok(())
    }

    /// One task of the plan.
    pub(super) fn task(&self, id: TaskId) -> Result<Task, Error> {
        self.old.tasks.iter().find(|task| task.id == id).cloned().ok_or(Error::Missing)
    }

    /// Refuses an act of the loop on the milestone of a gate: gates are decided, not done.
    pub(super) async fn no_gate(&self, work: &Work, id: TaskId) -> Result<(), Error> {
        let task = self.task(id)?;
        let milestone = task.kind == Kind::FinishMilestone;
        if milestone && store::read::plan::gate::is_gate(work.tx(), id).await? {
            return Err(Refusal::conflict("task-is-gate").with("code", &task.code).into());
        }
        Ok(())
    }

    /// The plan with one task replaced.
    pub(super) fn with(&self, task: Task) -> Sheet {
        let mut new = self.old.clone();
        if let Some(slot) = new.tasks.iter_mut().find(|one| one.id == task.id) {
            *slot = task;
        }
        new
    }

    /// Recalculates and saves: the changed task with its version, all others with their dates.
    pub(super) async fn settle(
        &self,
        work: &mut Work,
        mut new: Sheet,
        changed: Option<TaskId>,
    ) -> Result<Delta, Error> {
        let computed = compute(&new, "predecessors")?;
        let touched = new.settle(&computed, work.now());
        work.note(stopped(&self.old, &new, changed));
        let code = changed.and_then(|id| new.position(id)).map(|at| new.tasks[at].code.clone());
        if let Some(at) = changed.and_then(|id| new.position(id)) {
            record::save(work.tx(), &new.tasks[at]).await?;
        }
        // Collected: a filtering iterator held over an await is not `Send` to the compiler.
        let others: Vec<_> = touched.into_iter().map(|at| &new.tasks[at]).filter(|t| Some(t.id) != changed).collect();
        record::save_dates(work.tx(), others).await?;
        let codes: Vec<&str> = code.iter().map(String::as_str).collect();
        let delta = self.delta(&computed, &new, &codes);
        record::save_plan(work.tx(), &new, work.now()).await?;
        if !delta.moves.is_empty() {
            work.note([moved(&new, &delta, code.as_deref())]);
        }
        Ok(delta)
    }

    /// What a change moves.
    pub(super) fn delta(&self, computed: &Computed, new: &Sheet, changed: &[&str]) -> Delta {
        self.computed.delta(computed, new.opening(), changed)
    }
}

/// Work that the states of its places stopped, or let go on.
pub(super) fn stopped(old: &Sheet, new: &Sheet, changed: Option<TaskId>) -> Vec<Fact> {
    let blocked = |task: &Task| task.state == TaskState::Blocked;
    let mut facts = Vec::new();
    for is in new.tasks.iter().filter(|task| Some(task.id) != changed) {
        let Some(was) = old.tasks.iter().find(|task| task.id == is.id) else { continue };
        let kind = match (blocked(was), blocked(is)) {
            (false, true) => "task.place_lost",
            (true, false) => "task.place_back",
            _ => continue,
        };
        let said = Fact::new(kind, Subject::new(SubjectKind::Task, is.id), new.edition);
        facts.push(said.with("code", is.code.as_str()));
    }
    facts
}

pub(super) fn moved(sheet: &Sheet, delta: &Delta, by: Option<&str>) -> Fact {
    let fact = Fact::new("plan.moved", Subject::new(SubjectKind::Plan, sheet.edition), sheet.edition)
        .with("count", delta.moves.len())
        .with("by", by.unwrap_or_default());
    match delta.opening {
        Some(opening) => fact.with("room_before", opening.before).with("room_after", opening.after),
        None => fact,
    }
}

/// The hand of a viewer in an edition.
pub(super) fn hand(viewer: &Viewer, edition: EditionId) -> Hand {
    Hand { user: viewer.user, leads: viewer.may(Permission::PlanEdit, edition) }
}
