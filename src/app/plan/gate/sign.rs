//! Signing a decision. The last signature decides: the values are kept as they are, the milestone passes or closes, each
//! condition becomes a task with a deadline, and the plan as it then stands is frozen as a baseline.

use super::{Review, keep, refit, roles, turn};
use crate::plan::freeze_baseline;
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::plan::baseline::BaselineKind;
use domain::plan::gate::decide::{self, Decision, Sign, Signed};
use domain::plan::gate::{Gate, lay as laying};
use domain::plan::task::PRIORITY;
use domain::plan::{DAY, Indicator, Kind, Sheet, Task, TaskState, axis};
use domain::{Bilingual, EditionId, IndicatorId, TaskId, UserId};
use store::read;
use store::record::plan as record;

/// Signs the proposal at a gate; answers whether that decided it.
///
/// # Errors
/// The proposer, somebody without the role, a second signature, criteria that do not allow it any more.
pub async fn sign(app: &App, viewer: &Viewer, edition: EditionId, gate: &str, text: &str) -> Result<bool, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    keep(&mut work, edition).await?;
    let review = Review::take(&work, edition, gate).await?;
    let roles = roles(viewer, edition);
    let set = Sign { id: work.id(), roles: &roles, text };
    let Signed { mut decision, gate: turned, facts } =
        decide::sign(review.desk(viewer.user, &work), review.proposed()?, set)?;
    let signature = decision.signatures.last().cloned();
    work.note(facts);
    let Some(turned) = turned else {
        if let Some(signature) = signature {
            record::insert_signature(work.tx(), &decision, &signature).await?;
        }
        work.commit().await?;
        return Ok(false);
    };
    if let Some(signature) = signature {
        record::insert_signature(work.tx(), &decision, &signature).await?;
    }
    apply(&mut work, &review, &turned, &mut decision, viewer.user).await?;
    work.commit().await?;
    Ok(true)
}

/// Makes a decision hold: the gate, its milestone, the tasks of its conditions, the links.
async fn apply(
    work: &mut Work,
    review: &Review,
    gate: &Gate,
    decision: &mut Decision,
    by: UserId,
) -> Result<(), Error> {
    record::save_gate(work.tx(), gate).await?;
    let mut new = review.plan.old.clone();
    let milestone = review.milestone()?;
    let now = work.now();
    let turned = if gate.state.is_open() { laying::pass(&new, &milestone, now) } else { laying::shut(&milestone) };
    turn(work, &mut new, turned).await?;
    if decision.outcome == decide::Outcome::Conditional {
        conditions(work, &mut new, review, decision, by).await?;
    }
    let mut gates = review.judged.gates.clone();
    gates[review.at] = gate.clone();
    refit(work, &mut new, &gates, &review.judged).await?;
    review.plan.settle(work, new, None).await?;
    if gate.state.is_open() {
        let name = |word: &str| format!("{} {word}", milestone.code);
        let name = Bilingual::new(name(&milestone.name.en), name(&milestone.name.zh));
        decision.baseline.clone_from(&name.en);
        freeze_baseline(work, decision.edition, name, &decision.text, BaselineKind::Gate).await?;
    }
    record::save_decision(work.tx(), decision).await?;
    Ok(())
}

/// Each condition as a task: done by its owner, checked by who proposed, signed by who decided, due on its day.
async fn conditions(
    work: &Work,
    sheet: &mut Sheet,
    review: &Review,
    decision: &mut Decision,
    by: UserId,
) -> Result<(), Error> {
    let milestone = review.milestone()?;
    let slug = read::edition::by_id(work.tx(), decision.edition).await?.ok_or(Error::Missing)?.slug;
    let (mut tasks, mut indicators, mut number) = (Vec::new(), Vec::new(), 0);
    for condition in &mut decision.conditions {
        let code = loop {
            number += 1;
            let code = format!("{}-C{number}", milestone.code);
            if sheet.tasks.iter().all(|task| task.code != code) {
                break code;
            }
        };
        let not_owner = |person: UserId| (person != condition.owner).then_some(person);
        let due = axis::instant(axis::midnight(condition.due_on) + DAY, sheet.zone);
        let id: TaskId = work.id();
        let today = axis::instant(axis::midnight(axis::day_of(axis::minute_at(work.now(), sheet.zone))), sheet.zone);
        tasks.push(Task {
            id,
            code,
            name: Bilingual::new(condition.text.as_str(), condition.text.as_str()),
            kind: Kind::Task,
            duration: DAY,
            sort: milestone.sort + 1,
            priority: PRIORITY,
            constraint: "snet".to_owned(),
            constraint_at: Some(today),
            deadline_at: Some(due),
            actual_start: None,
            actual_finish: None,
            percent: 0,
            owner: Some(condition.owner),
            checker: not_owner(decision.proposed_by).or(not_owner(by)),
            confirmer: not_owner(by),
            done_when: condition.text.clone(),
            state: TaskState::Planned,
            round: 1,
            version: 1,
            created_at: work.now(),
            ..milestone.clone()
        });
        let name = Bilingual::new(condition.text.as_str(), condition.text.as_str());
        indicators.push(Indicator::plain(work.id::<IndicatorId>(), decision.edition, id, name));
        record::tie_condition(work.tx(), condition.id, id).await?;
        condition.task = Some(id);
    }
    record::insert_tasks(work.tx(), &tasks).await?;
    record::insert_indicators(work.tx(), &indicators).await?;
    let documents: Vec<_> = tasks.iter().map(|task| super::super::create::document(&slug, task)).collect();
    store::record::search::insert(work.tx(), &documents).await?;
    sheet.tasks.extend(tasks);
    Ok(())
}
