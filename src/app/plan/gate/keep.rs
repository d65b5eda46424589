//! Keeping gates honest: an open gate closes again on a blocking deviation, a missed condition or an expired waiver; a
//! conditional one opens fully once its conditions are met; guard links follow waivers and places.

use super::super::under_way::take;
use super::{refit, turn};
use crate::{App, Error, Work};
use domain::EditionId;
use domain::journal::Actor;
use domain::plan::gate::decide::{self, DecisionState, Due, Watch};
use domain::plan::gate::{CriterionKind, Gate, GateState, Standing, lay as laying};
use domain::plan::{Sheet, axis};
use store::read::metric::Scope;
use store::read::plan::gate::{Judged, judged};
use store::record::plan as record;

/// Looks at the gates of an edition within an open use case.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(work: &mut Work, edition: EditionId) -> Result<(), Error> {
    if !store::read::plan::gate::any(work.tx(), edition).await? {
        return Ok(());
    }
    let plan = take(work, edition).await?;
    let sheet = plan.old.clone();
    let judged = judged(work.tx(), &sheet, &Scope::of_plan(&sheet, work.now())).await?;
    let mut new = sheet.clone();
    let mut gates = judged.gates.clone();
    let mut changed = false;
    for (at, slot) in gates.iter_mut().enumerate() {
        if let Some((gate, facts)) = watch(&sheet, &judged, at, work) {
            record::save_gate(work.tx(), &gate).await?;
            work.note(facts);
            if !gate.state.is_open() {
                let milestone = plan.task(gate.task)?;
                turn(work, &mut new, laying::shut(&milestone)).await?;
            }
            *slot = gate;
            changed = true;
        }
    }
    if refit(work, &mut new, &gates, &judged).await? || changed {
        plan.settle(work, new, None).await?;
    }
    Ok(())
}

/// What has become of an open gate; `None` when it stays as it is.
fn watch(sheet: &Sheet, judged: &Judged, at: usize, work: &Work) -> Option<(Gate, Vec<domain::journal::Fact>)> {
    let gate = &judged.gates[at];
    if !gate.state.is_open() {
        return None;
    }
    let today = axis::day_of(axis::minute_at(work.now(), sheet.zone));
    let opened = judged.decisions_of(at).find(|one| one.state == DecisionState::Decided);
    let mut watch =
        Watch { blocking: judged.blocking[at].clone(), ahead: judged.held(sheet, at).0, ..Watch::default() };
    if !gate.asks(CriterionKind::Deviations) {
        watch.blocking.clear();
    }
    if let Some(decision) = opened {
        let due = decision.conditions.iter().map(|one| Due {
            text: one.text.clone(),
            due_on: one.due_on,
            done: one.task.is_some_and(|id| sheet.tasks.iter().any(|task| task.id == id && task.state.is_done())),
        });
        watch.conditions = due.collect();
        let waived = decision.criteria.iter().filter(|one| one.standing == Standing::Waived);
        let open = |key: &str| judged.criteria[at].iter().any(|one| one.key == key && one.standing == Standing::NotMet);
        watch.expired = waived.map(|one| one.key.clone()).filter(|key| open(key)).collect();
    }
    let milestone = sheet.tasks.iter().find(|task| task.id == gate.task);
    let code = milestone.map(|task| task.code.clone()).unwrap_or_default();
    if let Some(cause) = decide::cause(gate, &watch, today) {
        return Some(decide::reclose(gate.clone(), &code, &cause, work.now()));
    }
    let met = !watch.conditions.is_empty() && watch.conditions.iter().all(|one| one.done);
    (gate.state == GateState::Conditional && met).then(|| decide::fulfil(gate.clone(), &code, work.now()))
}

/// The same for every edition that has open gates, as the worker does it.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_all(app: &App) -> Result<(), Error> {
    for edition in store::read::plan::gate::editions(&app.reader()).await? {
        let mut work = app.begin(Actor::System).await?;
        keep(&mut work, edition).await?;
        work.commit().await?;
    }
    Ok(())
}
