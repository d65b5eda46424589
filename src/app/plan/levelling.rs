//! Levelling the crews of a plan: asked for, computed beside requests with its progress told, proposed; accepted whole
//! or move by move, or discarded, by a person. It never changes the plan by itself.

use super::revise::keep_change;
use super::under_way::{compute, take};
use crate::{App, Error, Event};
use chrono::TimeDelta;
use domain::access::Viewer;
use domain::journal::{Actor, Subject, SubjectKind};
use domain::plan::level::plan::levelling::{Levelling, LevellingDraft, LevellingState};
use domain::plan::level::plan::propose::{LevelMove, Proposal, apply, propose};
use domain::plan::view::Board;
use domain::plan::{Delta, Sheet};
use domain::{EditionId, LevellingId, LinkId, Refusal};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::read::plan as read;
use store::record::plan as record;
use tokio::sync::watch;

/// The job that levels.
pub const LEVEL: &str = "plan.level.1";
/// What live screens hear while it runs; it is not in the journal.
pub const PROGRESS: &str = "plan.levelling_progress";

/// How often progress is written and the wish to stop is looked for.
const BREATH: Duration = Duration::from_millis(400);

/// Asks for a levelling.
///
/// # Errors
/// Fields that cannot be read; `levelling-running` while another one is under way.
pub async fn ask_levelling(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    draft: &LevellingDraft,
) -> Result<LevellingId, Error> {
    let wish = draft.parse()?;
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let latest = read::levellings(work.tx(), edition, 1).await?;
    if latest.first().is_some_and(|one| one.is_open(work.now())) {
        return Err(Refusal::conflict("levelling-running").into());
    }
    let one = Levelling::asked(work.id(), edition, wish, plan.old.revision, work.actor().user(), work.now());
    record::insert_levelling(work.tx(), &one).await?;
    let payload = json!({ "edition": edition, "levelling": one.id });
    work.enqueue(LEVEL, payload, TimeDelta::zero(), Some(format!("level:{}", one.id))).await?;
    work.note([one.fact("asked").with("budget", one.budget)]);
    work.commit().await?;
    Ok(one.id)
}

/// Begins a levelling that was asked for; the worker goes on with other jobs meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn run_levelling(app: &App, payload: &serde_json::Value) -> Result<(), Error> {
    let field = |name: &str| payload.get(name).cloned().unwrap_or_default();
    let bad = |error: serde_json::Error| Error::Outside(format!("a levelling job without its ids: {error}"));
    let edition: EditionId = serde_json::from_value(field("edition")).map_err(bad)?;
    let id: LevellingId = serde_json::from_value(field("levelling")).map_err(bad)?;
    let mut work = app.begin(Actor::System).await?;
    let Some(sheet) = record::lock(work.tx(), edition).await? else { return Ok(()) };
    let Some(mut one) = read::levelling(work.tx(), edition, id).await? else { return Ok(()) };
    if one.state != LevellingState::Queued {
        return Ok(());
    }
    one.touched_at = work.now();
    one.revision = sheet.revision;
    one.state = if one.stop { LevellingState::Cancelled } else { LevellingState::Running };
    record::save_levelling(work.tx(), &one).await?;
    work.note([one.fact(if one.stop { "cancelled" } else { "started" })]);
    work.commit().await?;
    if one.state == LevellingState::Running {
        let app = app.clone();
        tokio::spawn(async move {
            if let Err(error) = level(&app, one, sheet).await {
                tracing::warn!(levelling.id = %id, %error, "a levelling ended without a proposal");
            }
        });
    }
    Ok(())
}

async fn level(app: &App, one: Levelling, sheet: Sheet) -> Result<(), Error> {
    let (edition, id) = (one.edition, one.id);
    let reader = app.reader();
    let (crews, needs) = (read::crews(&reader, edition).await?, read::crew_needs(&reader, edition).await?);
    let stop = Arc::new(AtomicBool::new(false));
    let (tell, heard) = watch::channel(None);
    let stopped = stop.clone();
    let mut search = tokio::task::spawn_blocking(move || {
        let computed = sheet.compute()?;
        propose(&sheet, &computed, &crews, &needs, (one.budget, one.seed), &mut |standing| {
            tell.send_replace(Some(standing));
            !stopped.load(Ordering::Relaxed)
        })
    });
    let result = loop {
        tokio::select! {
            result = &mut search => break result,
            () = tokio::time::sleep(BREATH) => {
                let standing = *heard.borrow();
                let tx = app.store().begin().await?;
                let built = standing.map_or(0, |standing| standing.built);
                record::touch_levelling(&tx, id, built, json!(standing), app.now()).await?;
                stop.store(read::levelling_stops(&tx, id).await?, Ordering::Relaxed);
                tx.commit().await?;
                let subject = Subject::new(SubjectKind::Plan, edition);
                app.events().publish(Event { edition: Some(edition), kind: PROGRESS.to_owned(), subject });
            }
        }
    };
    let standing = *heard.borrow();
    let proposal = result.ok().and_then(Result::ok);
    finish(app, (edition, id), standing, proposal).await
}

/// Keeps what came of it. A levelling that somebody stopped proposes the best it had.
async fn finish(
    app: &App,
    (edition, id): (EditionId, LevellingId),
    standing: Option<domain::plan::level::plan::search::Standing>,
    proposal: Option<Proposal>,
) -> Result<(), Error> {
    let mut work = app.begin(Actor::System).await?;
    let mut one = read::levelling(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    if one.state != LevellingState::Running {
        return Ok(());
    }
    one.state = if proposal.is_some() { LevellingState::Proposed } else { LevellingState::Failed };
    one.touched_at = work.now();
    one.built = proposal.as_ref().map_or(one.built, |proposal| proposal.built);
    one.standing = standing;
    one.proposal = proposal;
    record::save_levelling(work.tx(), &one).await?;
    work.note([one.fact(if one.proposal.is_some() { "proposed" } else { "failed" })]);
    work.commit().await
}

/// Asks a levelling to stop; it proposes the best it has found.
///
/// # Errors
/// `levelling-decided` when it is not under way.
pub async fn stop_levelling(app: &App, viewer: &Viewer, edition: EditionId, id: LevellingId) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let one = read::levelling(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    if !one.is_open(work.now()) {
        return Err(Refusal::conflict("levelling-decided").into());
    }
    record::stop_levelling(work.tx(), id).await?;
    work.note([one.fact("stopped")]);
    work.commit().await
}

/// Puts a proposal aside.
///
/// # Errors
/// `levelling-decided` when there is nothing to decide any more; `Stale` when somebody decided since.
pub async fn discard_levelling(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: LevellingId,
    version: i32,
) -> Result<(), Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let one = read::levelling(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    if one.version != version {
        return Err(Error::Stale);
    }
    let one = one.decide(LevellingState::Discarded, viewer.user, work.now())?;
    record::save_levelling(work.tx(), &one).await?;
    work.note([one.fact("discarded")]);
    work.commit().await
}

/// The moves of a proposal that a person chose, by task code; all when `None`.
fn chosen(proposal: &Proposal, codes: Option<&[String]>) -> Result<Vec<LevelMove>, Error> {
    let Some(codes) = codes else { return Ok(proposal.moves.clone()) };
    let unknown = codes.iter().find(|code| !proposal.moves.iter().any(|one| one.code == **code));
    if let Some(code) = unknown {
        return Err(Refusal::invalid("unknown-choice").at("moves").with("value", code).into());
    }
    let moves: Vec<LevelMove> = proposal.moves.iter().filter(|one| codes.contains(&one.code)).cloned().collect();
    if moves.is_empty() {
        return Err(Refusal::invalid("levelling-none-chosen").at("moves").into());
    }
    Ok(moves)
}

/// What accepting these moves would do to the plan as it is.
///
/// # Errors
/// `levelling-none-chosen`; `levelling-outdated` when the plan is another one by now.
pub fn preview_levelling(app: &App, board: &Board, one: &Levelling, codes: Option<&[String]>) -> Result<Delta, Error> {
    let proposal = one.proposal.as_ref().ok_or(Error::Missing)?;
    let moves = chosen(proposal, codes)?;
    fits(&board.sheet, one, &moves)?;
    let mut new = board.sheet.clone();
    apply(&mut new, &moves, None, || app.id::<LinkId>());
    let computed = compute(&new, "moves")?;
    let codes: Vec<&str> = moves.iter().map(|one| one.code.as_str()).collect();
    Ok(board.computed.delta(&computed, new.opening(), &codes))
}

/// The plan still is the one that was levelled, and the work has not begun.
fn fits(sheet: &Sheet, one: &Levelling, moves: &[LevelMove]) -> Result<(), Error> {
    let ahead = |one: &LevelMove| sheet.tasks.iter().any(|task| task.id == one.task && task.state.is_ahead());
    if sheet.revision != one.revision || !moves.iter().all(ahead) {
        return Err(Refusal::conflict("levelling-outdated").into());
    }
    Ok(())
}

/// Accepts a proposal, or the chosen moves of it: soft links and not-before dates go into the plan, which is computed
/// again, as any change of it.
///
/// # Errors
/// As [`preview_levelling`]; `levelling-decided` when somebody decided before; `Stale` when somebody did since.
pub async fn accept_levelling(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: LevellingId,
    (version, codes): (i32, Option<&[String]>),
) -> Result<Delta, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let one = read::levelling(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    if one.version != version {
        return Err(Error::Stale);
    }
    let moves = chosen(one.proposal.as_ref().ok_or(Error::Missing)?, codes)?;
    fits(&plan.old, &one, &moves)?;
    let one = one.decide(LevellingState::Accepted, viewer.user, work.now())?;
    let mut new = plan.old.clone();
    apply(&mut new, &moves, Some(viewer.user), || work.id::<LinkId>());
    record::add_links(work.tx(), &new.links[plan.old.links.len()..]).await?;
    for task in new.tasks.iter().filter(|task| moves.iter().any(|one| one.task == task.id && one.after.is_none())) {
        record::save(work.tx(), task).await?;
    }
    record::save_levelling(work.tx(), &one).await?;
    work.note([one.fact("accepted").with("accepted", moves.len())]);
    let delta = keep_change(&mut work, &plan, new, None, "levelling").await?;
    work.commit().await?;
    Ok(delta)
}
