//! Scenarios: making one, changing its steps, putting it away, and promoting it: then its changes go
//! into the plan as one accepted change, which can be taken back.

use super::under_way::{compute, take};
use super::{beside, revise};
use crate::{App, Error, Work};
use domain::access::{Permission, Viewer};
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::delta::Delta;
use domain::plan::edit::EditTask;
use domain::plan::revision::{ChangeSet, ScenarioChange, ShowDays, Turn};
use domain::plan::scenario::{Applied, Scenario, ScenarioDraft, ScenarioState, StepDraft, apply};
use domain::plan::{Sheet, Task, TaskDraft};
use domain::{EditionId, LinkId, Refusal};
use store::read::plan as read;
use store::record::plan as record;

/// Makes an empty scenario.
///
/// # Errors
/// Every field that cannot be accepted; `Missing` without a plan.
pub async fn create_scenario(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    draft: &ScenarioDraft,
) -> Result<Scenario, Error> {
    let (name, description) = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let sheet = record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let one = Scenario {
        id: work.id(),
        edition,
        number: record::next_scenario(work.tx(), edition).await?,
        name,
        description,
        revision: sheet.revision,
        state: ScenarioState::Draft,
        steps: Vec::new(),
        by: work.actor().name().to_owned(),
        created_at: work.now(),
        version: 1,
    };
    record::insert_scenario(work.tx(), &one, work.actor().user()).await?;
    work.note([named(Fact::new("plan.scenario_created", subject(edition), edition), &one)]);
    work.commit().await?;
    Ok(one)
}

pub(super) fn subject(edition: EditionId) -> Subject {
    Subject::new(SubjectKind::Plan, edition)
}

pub(super) fn named(fact: Fact, one: &Scenario) -> Fact {
    fact.with("number", one.number)
        .with("name_en", one.name.en.as_str())
        .with("name_zh", one.name.get(domain::Locale::ZhCn))
}

/// A scenario that is still thought about, for changing.
async fn open(work: &Work, edition: EditionId, number: i32) -> Result<Scenario, Error> {
    let one = read::scenario(work.tx(), edition, number).await?.ok_or(Error::Missing)?;
    if one.state == ScenarioState::Draft { Ok(one) } else { Err(Refusal::conflict("scenario-closed").into()) }
}

/// Adds a step, or puts it in place of the one that changes the same task.
///
/// # Errors
/// Every field that cannot be accepted; `scenario-closed` when the scenario is promoted or dropped.
pub async fn add_step(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    number: i32,
    draft: &StepDraft,
) -> Result<(), Error> {
    let work = app.begin(viewer.actor()).await?;
    let sheet = record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let mut one = open(&work, edition, number).await?;
    // Where the steps no longer fit the plan, the new one is read against the plan alone.
    let with = apply(&sheet, &one.steps, || work.id::<LinkId>()).map_or_else(|_| sheet.clone(), |tried| tried.sheet);
    let step = draft.parse((&sheet, &with), &one.steps, work.id(), work.now())?;
    match one.steps.iter().position(|old| step.replaces(old)) {
        Some(at) => one.steps[at] = step,
        None => one.steps.push(step),
    }
    // Together the steps must be a plan: two of them can make a ring.
    let applied = apply(&sheet, &one.steps, || work.id::<LinkId>())?;
    compute(&applied.sheet, "predecessors")?;
    no_history(&work, &ChangeSet::between(&sheet, &applied.sheet)).await?;
    record::save_scenario(work.tx(), &one).await?;
    work.commit().await
}

/// Takes a step out, by its place from 1.
///
/// # Errors
/// `Missing` when there is no such step.
pub async fn remove_step(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    number: i32,
    step: usize,
) -> Result<(), Error> {
    let work = app.begin(viewer.actor()).await?;
    record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let mut one = open(&work, edition, number).await?;
    if step == 0 || step > one.steps.len() {
        return Err(Error::Missing);
    }
    one.steps.remove(step - 1);
    record::save_scenario(work.tx(), &one).await?;
    work.commit().await
}

/// Puts a scenario away.
///
/// # Errors
/// `scenario-closed` when it is not thought about any more.
pub async fn drop_scenario(app: &App, viewer: &Viewer, edition: EditionId, number: i32) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    record::lock(work.tx(), edition).await?.ok_or(Error::Missing)?;
    let mut one = open(&work, edition, number).await?;
    one.state = ScenarioState::Dropped;
    record::save_scenario(work.tx(), &one).await?;
    work.note([named(Fact::new("plan.scenario_dropped", subject(edition), edition), &one)]);
    work.commit().await
}

/// Makes the scenario's changes the plan's, as one accepted change.
///
/// # Errors
/// `Stale` when the plan changed since the effect was shown; `scenario-empty` without steps; every
/// step that does not fit the plan any more.
pub async fn promote_scenario(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    number: i32,
    revision: i32,
) -> Result<Delta, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    let one = open(&work, edition.id, number).await?;
    if plan.old.revision != revision {
        return Err(Error::Stale);
    }
    if one.steps.is_empty() {
        return Err(Refusal::conflict("scenario-empty").into());
    }
    let applied = apply(&plan.old, &one.steps, || work.id::<LinkId>())?;
    let new = applied.sheet.clone();
    let mut set = ChangeSet::between(&plan.old, &new);
    no_history(&work, &set).await?;
    set.beside.days = days_of(&work, viewer, &plan.old, &applied).await?;
    let state = Turn { before: ScenarioState::Draft, after: ScenarioState::Promoted };
    set.beside.scenario = Some(ScenarioChange { number, state, steps: one.steps.clone() });
    set.indicators = revise::indicators(&work, edition.id, &set, &new.clone().into()).await?;
    for id in &applied.tasks {
        // What comes has its own entry; here is what a change of the form would have said.
        let (Ok(was), Some(at)) = (plan.task(*id), new.position(*id)) else { continue };
        let (before, after) = (TaskDraft::of(&plan.old, &was), TaskDraft::of(&new, &new.tasks[at]));
        work.note([EditTask::fact(&before, &after, &new.tasks[at])]);
    }
    let cause = format!("scenario {number}");
    let saved = revise::save(&mut work, &edition.slug, &plan, new, &set, ("scenario", Some(&cause))).await?;
    beside::save(&mut work, &plan.old, &set.beside, &saved).await?;
    revise::remember(&work, edition.id, &saved, "scenario", set).await?;
    // New work of a phase is held by the gate before it.
    super::gate::keep(&mut work, edition.id).await?;
    work.commit().await?;
    Ok(saved.delta)
}

/// Refuses what would take a task away with its history.
async fn no_history(work: &Work, set: &ChangeSet) -> Result<(), Error> {
    let Some(first) = set.removed().next() else { return Ok(()) };
    let hanging = read::histories(work.tx(), first.edition).await?;
    let refusal = |task: &Task| hanging.get(&task.id)?.refusal(task).map(|refusal| refusal.at("task"));
    let refusals: Vec<Refusal> = set.removed().filter_map(refusal).collect();
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

/// The days of the event before and after, which all move with D0, where a scenario moves it.
async fn days_of(
    work: &Work,
    viewer: &Viewer,
    old: &Sheet,
    applied: &Applied,
) -> Result<Option<Turn<ShowDays>>, Error> {
    if applied.sheet.opens_on == old.opens_on {
        return Ok(None);
    }
    if !viewer.may(Permission::EditionManage, old.edition) {
        return Err(Refusal::forbidden("scenario-needs-edition").into());
    }
    let current = store::record::edition::load(work.tx(), old.edition).await?.ok_or(Error::Missing)?;
    let before = ShowDays::of(&current);
    Ok(Some(Turn { before, after: before.opening_on(applied.sheet.opens_on) }))
}
