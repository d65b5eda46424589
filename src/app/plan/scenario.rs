//! Scenarios: making one, changing its steps, putting it away, and promoting it: then its changes go
//! into the plan as one accepted change.

use super::under_way::{compute, take};
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::TaskDraft;
use domain::plan::delta::Delta;
use domain::plan::edit::EditTask;
use domain::plan::scenario::{Scenario, ScenarioDraft, ScenarioState, Step, StepDraft, apply};
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

fn subject(edition: EditionId) -> Subject {
    Subject::new(SubjectKind::Plan, edition)
}

fn named(fact: Fact, one: &Scenario) -> Fact {
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
    let step = draft.parse(&sheet, &one.steps)?;
    let same = |old: &Step| match (old, &step) {
        (Step::Task { task, .. }, Step::Task { task: new, .. }) => task == new,
        (Step::Day { calendar, day, .. }, Step::Day { calendar: new, day: on, .. }) => calendar == new && day == on,
        _ => false,
    };
    match one.steps.iter().position(same) {
        Some(at) => one.steps[at] = step,
        None => one.steps.push(step),
    }
    // Together the steps must be a plan: two of them can make a ring.
    let applied = apply(&sheet, &one.steps, || work.id::<LinkId>())?;
    compute(&applied.sheet, "predecessors")?;
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
    let mut one = open(&work, edition.id, number).await?;
    if plan.old.revision != revision {
        return Err(Error::Stale);
    }
    if one.steps.is_empty() {
        return Err(Refusal::conflict("scenario-empty").into());
    }
    let applied = apply(&plan.old, &one.steps, || work.id::<LinkId>())?;
    let mut new = applied.sheet;
    new.revision += 1;
    for id in &applied.calendars {
        if let Some(calendar) = new.calendars.iter().find(|calendar| calendar.id == *id) {
            record::save_calendar(work.tx(), edition.id, calendar).await?;
        }
    }
    for id in &applied.tasks {
        let (was, at) = (plan.task(*id)?, new.position(*id).ok_or(Error::Missing)?);
        let (before, after) = (TaskDraft::of(&plan.old, &was), TaskDraft::of(&new, &new.tasks[at]));
        let links: Vec<_> = new.links.iter().filter(|link| link.to == *id).cloned().collect();
        record::replace_links(work.tx(), *id, &links).await?;
        record::save(work.tx(), &new.tasks[at]).await?;
        work.note([EditTask::fact(&before, &after, &new.tasks[at])]);
        store::record::search::put(work.tx(), &super::create::document(&edition.slug, &new.tasks[at])).await?;
    }
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let delta = plan.settle(&mut work, new.clone(), None).await?;
    record::insert_change(work.tx(), id, &new, &format!("scenario {number}"), &delta, by, now).await?;
    one.state = ScenarioState::Promoted;
    one.revision = new.revision;
    record::save_scenario(work.tx(), &one).await?;
    let fact = named(Fact::new("plan.scenario_promoted", subject(edition.id), edition.id), &one);
    work.note([fact.with("count", delta.moves.len())]);
    work.commit().await?;
    Ok(delta)
}
