//! Verbs of gates: put them into a plan, take readings, propose, sign, decline, waive, divide by place, change, and keep:
//! close what must not be open any more.

mod adjust;
mod create;
mod decline;
mod divide;
mod keep;
mod measure;
mod propose;
mod report;
mod sign;
mod waive;

pub use adjust::{GateDraft, adjust};
pub use create::{lay, prepare};
pub use decline::decline;
pub use divide::divide;
pub use keep::{keep, keep_all};
pub use measure::measure;
pub use propose::propose;
pub use report::report;
pub use sign::sign;
pub use waive::{end_waiver, waive};

use super::under_way::{UnderWay, take};
use crate::{Error, Work};
use domain::access::{Role, Viewer};
use domain::plan::gate::decide::Desk;
use domain::plan::gate::lay::{self as laying, Fresh};
use domain::plan::gate::{Decision, DecisionState, Gate};
use domain::plan::{Sheet, Task};
use domain::{EditionId, LinkId, UserId};
use store::read::metric::Scope;
use store::read::plan::gate::{Judged, judged};
use store::record::plan as record;
use uuid::Uuid;

/// A gate under review: the locked plan and everything the gate is judged by.
pub(super) struct Review {
    plan: UnderWay,
    judged: Judged,
    at: usize,
}

impl Review {
    /// Takes the plan and looks at one of its gates, named by its milestone's code or its id.
    async fn take(work: &Work, edition: EditionId, name: &str) -> Result<Self, Error> {
        let plan = take(work, edition).await?;
        let judged = judged(work.tx(), &plan.old, &Scope::of_plan(&plan.old, work.now())).await?;
        let at = judged.find(&plan.old, name).ok_or(Error::Missing)?;
        Ok(Review { plan, judged, at })
    }

    fn gate(&self) -> &Gate {
        &self.judged.gates[self.at]
    }

    fn milestone(&self) -> Result<Task, Error> {
        self.plan.task(self.gate().task)
    }

    fn code(&self) -> &str {
        let task = self.plan.old.tasks.iter().find(|task| task.id == self.gate().task);
        task.map_or("", |task| task.code.as_str())
    }

    fn desk(&self, by: UserId, work: &Work) -> Desk<'_> {
        Desk { gate: self.gate(), code: self.code(), criteria: &self.judged.criteria[self.at], by, now: work.now() }
    }

    fn last(&self) -> Option<&Decision> {
        self.judged.decisions_of(self.at).next()
    }

    /// The proposal that waits for signatures.
    fn proposed(&self) -> Result<Decision, Error> {
        let found = self.last().filter(|one| one.state == DecisionState::Proposed);
        found.cloned().ok_or_else(|| domain::Refusal::conflict("gate-not-proposed").into())
    }
}

/// Roles of a viewer in an edition, as signatures look at them.
pub fn roles(viewer: &Viewer, edition: EditionId) -> Vec<Role> {
    let mut roles: Vec<Role> = viewer.roles(edition).collect();
    // An administrator without a role stands for the director.
    if viewer.admin && roles.is_empty() {
        roles.push(Role::Director);
    }
    roles
}

/// Saves a milestone whose gate has opened or closed, within the sheet.
async fn turn(work: &Work, sheet: &mut Sheet, milestone: Task) -> Result<(), Error> {
    record::save(work.tx(), &milestone).await?;
    if let Some(slot) = sheet.tasks.iter_mut().find(|task| task.id == milestone.id) {
        *slot = Task { version: milestone.version + 1, ..milestone };
    }
    Ok(())
}

/// Makes the guard links of a plan fit its gates, in the sheet and in the database.
async fn refit(work: &Work, sheet: &mut Sheet, gates: &[Gate], judged: &Judged) -> Result<bool, Error> {
    let mut ids = || work.id::<LinkId>().uuid();
    let fresh: Fresh = &mut ids as &mut dyn FnMut() -> Uuid;
    let refit = laying::refit(sheet, gates, &judged.waivers, &judged.places, fresh, work.now());
    record::save_refit(work.tx(), &refit).await?;
    Ok(!refit.is_empty())
}
