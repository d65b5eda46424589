//! A simulation: asked for by a person, made at once where it is small, by the worker where it is
//! large; its progress is kept so that the page can show it and stop it.

use crate::{App, Error};
use chrono::TimeDelta;
use domain::access::Viewer;
use domain::journal::{Actor, Fact, Subject, SubjectKind};
use domain::plan::risk::forecast::{Forecast, NewRun, RunDraft, RunState};
use domain::plan::risk::study::Study;
use domain::plan::risk::{Runs, simulate as run_all};
use domain::plan::sheet;
use domain::{EditionId, RiskRunId};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use store::read::plan as read;
use store::record::plan as record;

/// The kind of its job.
pub const SIMULATE: &str = "plan.simulate";
/// Tasks × runs that are made while the person waits; more goes to the worker.
const AT_ONCE: u64 = 400_000;
/// Pause between two notes of progress.
const BREATH: Duration = Duration::from_millis(400);

/// Asks for a simulation. A small one has its result when this answers.
///
/// # Errors
/// Every field that cannot be accepted; `Missing` without a plan; `risk-nothing-uncertain` when no
/// task has an estimate and no risk can strike.
pub async fn ask_simulation(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    draft: &RunDraft,
) -> Result<RiskRunId, Error> {
    let wanted = draft.parse()?;
    let reader = app.reader();
    let plan = read::sheet(&reader, edition).await?.ok_or(Error::Missing)?;
    let risks: Vec<_> = read::risks(&reader, edition).await?.into_iter().map(|(risk, _)| risk).collect();
    let study =
        Study::of(&plan, &risks, wanted.shape).map_err(|faults| Error::Refused(sheet::refusals(&faults, "runs")))?;
    if study.uncertain() == 0 && study.striking() == 0 {
        return Err(domain::Refusal::conflict("risk-nothing-uncertain").into());
    }
    let work = app.begin(viewer.actor()).await?;
    let id: RiskRunId = work.id();
    let basis = study.basis();
    let asked =
        record::Asked { id, edition, wanted: &wanted, revision: plan.revision, basis: &basis, by: Some(viewer.user) };
    record::insert_run(work.tx(), asked, work.now()).await?;
    let small = study.tasks() as u64 * u64::from(wanted.runs) <= AT_ONCE;
    if !small {
        let payload = json!({ "edition": edition, "run": id });
        work.enqueue(SIMULATE, payload, TimeDelta::zero(), Some(format!("risk:{id}"))).await?;
    }
    work.commit().await?;
    if small {
        make(app, edition, id, study, wanted).await?;
    }
    Ok(id)
}

/// The worker's part.
///
/// # Errors
/// When the database does not answer.
pub async fn simulate(app: &App, payload: &Value) -> Result<(), Error> {
    let id = |name: &str| payload.get(name).and_then(Value::as_str).unwrap_or_default();
    let (Ok(edition), Ok(run)) = (id("edition").parse::<EditionId>(), id("run").parse::<RiskRunId>()) else {
        return Err(Error::Outside("a simulation without its ids".to_owned()));
    };
    let reader = app.reader();
    let Some(asked) = read::risk_run(&reader, edition, run).await?.filter(|run| !run.state.is_over()) else {
        return Ok(());
    };
    let Some(plan) = read::sheet(&reader, edition).await? else { return Ok(()) };
    let risks: Vec<_> = read::risks(&reader, edition).await?.into_iter().map(|(risk, _)| risk).collect();
    let wanted = NewRun { runs: asked.runs, seed: asked.seed, shape: asked.shape, aim: asked.aim };
    match Study::of(&plan, &risks, wanted.shape) {
        Ok(study) if study.basis() == asked.basis => make(app, edition, run, study, wanted).await,
        // The plan moved on while the job waited: a result would not be what was asked for.
        _ => end(app, edition, run, RunState::Cancelled, None).await,
    }
}

/// Makes the runs on the side, notes progress, and keeps the result.
async fn make(app: &App, edition: EditionId, id: RiskRunId, study: Study, wanted: NewRun) -> Result<(), Error> {
    let (made, stop) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
    let (counter, flag) = (made.clone(), stop.clone());
    let mut hand = tokio::task::spawn_blocking(move || {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let go_on = |count: u32| {
            counter.fetch_max(count, Ordering::Relaxed);
            !flag.load(Ordering::Relaxed)
        };
        let runs = Runs { runs: wanted.runs, seed: wanted.seed, threads };
        let outcome = run_all(&study.model(&wanted.aim), runs, &go_on)?;
        Some(Forecast::of(&study, &wanted.aim, &outcome))
    });
    let found = loop {
        tokio::select! {
            found = &mut hand => break found,
            () = tokio::time::sleep(BREATH) => {
                let work = app.begin(Actor::System).await?;
                let goes_on = record::progress_run(work.tx(), id, made.load(Ordering::Relaxed)).await?;
                work.commit().await?;
                stop.fetch_or(!goes_on, Ordering::Relaxed);
            }
        }
    };
    match found {
        Ok(Some(forecast)) => end(app, edition, id, RunState::Done, Some(&forecast)).await,
        Ok(None) => Ok(()),
        Err(error) => {
            tracing::error!(%error, "a simulation broke off");
            end(app, edition, id, RunState::Failed, None).await
        }
    }
}

async fn end(
    app: &App,
    edition: EditionId,
    id: RiskRunId,
    state: RunState,
    result: Option<&Forecast>,
) -> Result<(), Error> {
    let mut work = app.begin(Actor::System).await?;
    let ended = record::end_run(work.tx(), id, state, result, work.now()).await?;
    if let (true, Some(first)) = (ended, result.and_then(Forecast::first)) {
        let fact = Fact::new("plan.risk_simulated", Subject::new(SubjectKind::Plan, edition), edition)
            .with("run", id.to_string())
            .with("aim", first.aim.key.as_str())
            .with("percent", (first.chance * 100.0).round());
        work.note([fact]);
    }
    work.commit().await
}

/// Stops a simulation that is not over.
///
/// # Errors
/// `Missing` when there is no such simulation.
pub async fn stop_simulation(app: &App, viewer: &Viewer, edition: EditionId, id: RiskRunId) -> Result<(), Error> {
    let work = app.begin(viewer.actor()).await?;
    read::risk_run(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    record::end_run(work.tx(), id, RunState::Cancelled, None, work.now()).await?;
    work.commit().await
}
