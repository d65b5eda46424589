//! Changing the plan in any way a [`Revision`] can ask: first what would move and why, then, when it harms nothing or
//! a person has seen the effect, the change in one transaction with one journal entry. What a person accepted can be
//! taken back and made again, until somebody else changes the same.

use super::beside;
use super::under_way::{UnderWay, compute, hand, moved, stopped, take};
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::delta::Delta;
use domain::plan::revision::{Around, Beside, ChangeSet, Fresh, Revised, Revision, differences, hurts};
use domain::plan::space::Requirement;
use domain::plan::view::Board;
use domain::plan::{Indicator, Sheet};
use domain::{EditionId, LinkId, PlanEditId, Refusal, TaskId};
use std::collections::HashSet;
use store::read::plan::PlanEdit;
use store::read::{self, plan as read_plan};
use store::record::plan as record;
use store::{Fault, Query, record::search};

/// What a person agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Anything that harms nothing; a change that hurts is to be shown first.
    Harmless,
    /// The effect seen at this revision of the plan.
    Seen(i32),
    /// Whatever it moves: programs that ask for no preview.
    Whatever,
}

/// A revision with its effect; nothing is saved.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The plan as it is.
    pub board: Board,
    /// The plan as it would be.
    pub sheet: Sheet,
    /// What would change.
    pub set: ChangeSet,
    /// What would move.
    pub delta: Delta,
    /// The word of the change itself: for undo and redo, of the change taken back or made again.
    pub word: String,
}

impl Proposal {
    /// Whether a person should see it before it is saved.
    pub fn hurts(&self) -> bool {
        hurts(&self.delta)
    }

    /// Codes of the tasks it touches.
    pub fn codes(&self) -> Vec<String> {
        let new = self.set.codes(&self.sheet);
        if new.is_empty() { self.set.codes(&self.board.sheet) } else { new }
    }
}

/// What became of a revision.
#[derive(Clone, Debug)]
pub enum Revisal {
    /// Saved.
    Saved(Saved),
    /// It would hurt, and nobody has seen how.
    Ask(Delta),
}

/// A saved revision.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What moved.
    pub delta: Delta,
    /// Codes of the tasks it touched.
    pub codes: Vec<String>,
    /// Revision of the plan it led to.
    pub revision: i32,
}

/// Fresh identifiers from the app.
pub(super) struct Ids<'a>(pub(super) &'a App);

impl Fresh for Ids<'_> {
    fn task(&mut self) -> TaskId {
        self.0.id()
    }
    fn link(&mut self) -> LinkId {
        self.0.id()
    }
}

pub(super) async fn around(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    revision: &Revision,
) -> Result<Around, Error> {
    let reader = app.reader();
    let mut team: Vec<_> = read::access::team(&reader, edition).await?;
    team.dedup_by_key(|(id, ..)| *id);
    let places = read_plan::places(&reader, edition).await?;
    let history = if revision.takes_away().is_empty() {
        Default::default()
    } else {
        read_plan::histories(&reader, edition).await?
    };
    Ok(Around {
        team: team.into_iter().map(|(id, name, _)| (id, name)).collect(),
        places: places.into_iter().map(|(id, _, name)| (id, name)).collect(),
        history,
        hand: hand(viewer, edition),
        now: app.now(),
    })
}

/// What a revision would move and why.
///
/// # Errors
/// Every refusal of the revision; `Missing` without a plan.
pub async fn propose(app: &App, viewer: &Viewer, edition: &Edition, revision: &Revision) -> Result<Proposal, Error> {
    let reader = app.reader();
    let board = read_plan::board(&reader, edition.id, app.now()).await?.ok_or(Error::Missing)?;
    let decided = decide(app, &reader, viewer, &board.sheet, revision).await?;
    let computed = compute(&derived(app, &decided.revised.sheet), field_of(revision))?;
    let delta = board.computed.delta(&computed, decided.revised.sheet.opening(), &[]);
    let mut set = ChangeSet::between(&board.sheet, &decided.revised.sheet);
    set.beside = decided.beside.unwrap_or(set.beside);
    Ok(Proposal { board, sheet: decided.revised.sheet, set, delta, word: decided.word })
}

/// Makes a revision last.
///
/// # Errors
/// Every refusal of the revision; `Stale` when the plan moved on since its effect was seen.
pub async fn revise(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    revision: &Revision,
    consent: Consent,
) -> Result<Revisal, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    if *revision == Revision::Redo {
        // As before any start: a waiver may have run out, a condition may have been missed since somebody looked.
        super::gate::keep(&mut work, edition.id).await?;
    }
    let plan = take(&work, edition.id).await?;
    if matches!(consent, Consent::Seen(seen) if seen != plan.old.revision) {
        return Err(Error::Stale);
    }
    let decided = match decide(app, work.tx(), viewer, &plan.old, revision).await {
        Err(Error::Refused(refusals)) if *revision == Revision::Undo && refusals.iter().any(beside::is_on_record) => {
            // It will never be possible: said once, it must not stand before the changes made earlier.
            if let Some(edit) = read_plan::next_edit(work.tx(), edition.id, viewer.user, false).await? {
                record::drop_edit(work.tx(), edit.id).await?;
            }
            work.commit().await?;
            return Err(refusals.into());
        }
        other => other?,
    };
    let mut set = ChangeSet::between(&plan.old, &decided.revised.sheet);
    set.indicators = match decided.indicators {
        Some(indicators) => indicators,
        None => indicators(&work, edition.id, &set, &decided.revised).await?,
    };
    for &(from, to) in &decided.revised.copies {
        let asked = plan.old.space.requirements.iter().filter(|one| one.task == from);
        set.requirements.extend(asked.map(|one| Requirement { id: work.id(), task: to, version: 1, ..one.clone() }));
    }
    set.beside = decided.beside.unwrap_or(set.beside);
    let computed = compute(&derived(app, &decided.revised.sheet), field_of(revision))?;
    let delta = plan.delta(&computed, &decided.revised.sheet, &[]);
    if consent == Consent::Harmless && hurts(&delta) {
        return Ok(Revisal::Ask(delta));
    }
    let saved = save(&mut work, &edition.slug, &plan, decided.revised.sheet, &set, (&decided.word, None)).await?;
    beside::save(&mut work, &plan.old, &set.beside, &saved).await?;
    match decided.again {
        None => remember(&work, edition.id, &saved, &decided.word, set).await?,
        Some((edit, Revision::Undo)) => record::mark_edit(work.tx(), edit, Some(work.now())).await?,
        Some((edit, _)) => record::mark_edit(work.tx(), edit, None).await?,
    }
    // New work of a phase is held by the gate before it.
    super::gate::keep(&mut work, edition.id).await?;
    work.commit().await?;
    Ok(Revisal::Saved(saved))
}

/// The plan with the links that follow from places and states as they then are.
fn derived(app: &App, sheet: &Sheet) -> Sheet {
    let mut sheet = sheet.clone();
    sheet.derive_links(|| app.id::<LinkId>());
    sheet
}

/// A decided revision.
struct Decided {
    revised: Revised,
    word: String,
    /// For undo and redo: the change meant, and which of the two.
    again: Option<(PlanEditId, Revision)>,
    /// Criteria that come back with tasks.
    indicators: Option<Vec<Indicator>>,
    /// What a stored change does beside tasks and links; a plan alone does not show it.
    beside: Option<Beside>,
}

async fn decide(
    app: &App,
    q: &impl Query,
    viewer: &Viewer,
    sheet: &Sheet,
    revision: &Revision,
) -> Result<Decided, Error> {
    if let Revision::Undo | Revision::Redo = revision {
        return again(app, q, viewer, sheet, revision).await;
    }
    let around = around(app, viewer, sheet.edition, revision).await?;
    let revised = revision.decide(sheet, &around, &mut Ids(app))?;
    Ok(Decided { revised, word: revision.word().to_owned(), again: None, indicators: None, beside: None })
}

async fn again(
    app: &App,
    q: &impl Query,
    viewer: &Viewer,
    sheet: &Sheet,
    revision: &Revision,
) -> Result<Decided, Error> {
    let redo = *revision == Revision::Redo;
    let found = read_plan::next_edit(q, sheet.edition, viewer.user, redo).await?;
    let Some(edit) = found else {
        let code = if redo { "plan-redo-nothing" } else { "plan-undo-nothing" };
        return Err(Refusal::conflict(code).into());
    };
    let set = if redo { edit.set } else { edit.set.inverse() };
    beside::may(viewer, sheet, &set)?;
    if redo {
        beside::may_again(viewer, sheet, &set, app.now())?;
    }
    if set.removed().next().is_some() {
        let hanging = read_plan::histories(q, sheet.edition).await?;
        let refusals: Vec<Refusal> = set
            .removed()
            .filter(|task| hanging.contains_key(&task.id))
            .map(|task| Refusal::conflict("plan-undo-begun").with("code", &task.code))
            .collect();
        if !refusals.is_empty() {
            return Err(refusals.into());
        }
    }
    let new = set.apply(sheet)?;
    if !set.beside.rules.is_empty() {
        let rings = new.rings_beyond(sheet, || app.id::<LinkId>());
        if !rings.is_empty() {
            return Err(rings.into());
        }
    }
    let word = format!("{}-{}", revision.word(), edit.word);
    let again = Some((edit.id, revision.clone()));
    Ok(Decided { revised: new.into(), word, again, indicators: Some(set.indicators), beside: Some(set.beside) })
}

/// Criteria that go with the tasks taken away, and those that copies bring.
pub(super) async fn indicators(
    work: &Work,
    edition: EditionId,
    set: &ChangeSet,
    revised: &Revised,
) -> Result<Vec<Indicator>, Error> {
    let gone: HashSet<TaskId> = set.removed().map(|task| task.id).collect();
    if gone.is_empty() && revised.copies.is_empty() {
        return Ok(Vec::new());
    }
    let all = read_plan::all_indicators(work.tx(), edition).await?;
    let copies = revised.copies.iter().flat_map(|&(from, to)| {
        let of_original = all.iter().filter(move |one| one.task == from);
        of_original.map(move |one| Indicator { id: work.id(), task: to, ..one.clone() })
    });
    Ok(all.iter().filter(|one| gone.contains(&one.task)).cloned().chain(copies).collect())
}

/// Recalculates and saves: tasks and links of the set, the dates of everything that moves, one fact. `cause` is what the
/// story of the change names, where it is neither its one task nor its word.
pub(super) async fn save(
    work: &mut Work,
    slug: &str,
    plan: &UnderWay,
    mut new: Sheet,
    set: &ChangeSet,
    (word, cause): (&str, Option<&str>),
) -> Result<Saved, Error> {
    let derivation = new.derive_links(|| work.id());
    let computed = compute(&new, "predecessors")?;
    let touched = new.settle(&computed, work.now());
    work.note(stopped(&plan.old, &new, None));
    new.revision = plan.old.revision + 1;
    let hanging = |fault: Fault| -> Error {
        match fault {
            Fault::Reference(_) => Refusal::conflict("plan-delete-used").into(),
            other => Error::from(other),
        }
    };
    record::save_set(work.tx(), &new, set).await.map_err(hanging)?;
    record::delete_links(work.tx(), &derivation.removed).await?;
    record::add_links(work.tx(), &derivation.added).await?;
    let whole = record::saved_with_dates(set);
    let others: Vec<_> = touched.into_iter().map(|at| &new.tasks[at]).filter(|t| !whole.contains(&t.id)).collect();
    record::save_dates(work.tx(), others).await?;
    index(work, slug, set).await?;
    let codes = set.codes(if set.added().next().is_some() { &new } else { &plan.old });
    let names: Vec<&str> = codes.iter().map(String::as_str).collect();
    let delta = plan.delta(&computed, &new, &names);
    record::save_plan(work.tx(), &new, work.now()).await?;
    let one = if let [code] = names[..] { Some(code) } else { None };
    let reason = cause.or(one).unwrap_or(word);
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    record::insert_change(work.tx(), id, &new, reason, &delta, by, now).await?;
    work.note([fact(&new, set, &codes, word)]);
    if !delta.moves.is_empty() {
        work.note([moved(&new, &delta, codes.first().map(String::as_str).filter(|_| codes.len() == 1))]);
    }
    Ok(Saved { delta, codes, revision: new.revision })
}

/// Keeps what was done, so that its maker can take it back. The system takes nothing back.
pub(super) async fn remember(
    work: &Work,
    edition: EditionId,
    saved: &Saved,
    word: &str,
    set: ChangeSet,
) -> Result<(), Error> {
    let Some(user) = work.actor().user().filter(|_| !set.is_empty()) else { return Ok(()) };
    let edit = PlanEdit {
        id: work.id(),
        user,
        at: work.now(),
        revision: saved.revision,
        word: word.to_owned(),
        codes: saved.codes.clone(),
        set,
    };
    Ok(record::insert_edit(work.tx(), edition, &edit).await?)
}

/// Makes a change last that its verb has saved but for the dates: recalculates, tells the story under its word, and keeps
/// it so that its maker can take it back. The task `changed` itself, if one was, is saved here with its dates.
pub(super) async fn keep_change(
    work: &mut Work,
    plan: &UnderWay,
    mut new: Sheet,
    changed: Option<TaskId>,
    word: &str,
) -> Result<Delta, Error> {
    new.revision = plan.old.revision + 1;
    let set = ChangeSet::between(&plan.old, &new);
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let delta = plan.settle(work, new.clone(), changed).await?;
    record::insert_change(work.tx(), id, &new, word, &delta, by, now).await?;
    let saved = Saved { delta, codes: set.codes(&new), revision: new.revision };
    remember(work, new.edition, &saved, word, set).await?;
    Ok(saved.delta)
}

async fn index(work: &Work, slug: &str, set: &ChangeSet) -> Result<(), Error> {
    for task in set.removed() {
        search::remove(work.tx(), task.id.uuid()).await?;
    }
    let renamed = set.tasks.iter().filter_map(|one| {
        let after = one.after.as_ref()?;
        let shown = ["name", "stage"];
        let same = one.before.as_ref().is_some_and(|was| !differences(was, after).iter().any(|f| shown.contains(f)));
        (!same).then_some(after)
    });
    for task in renamed.collect::<Vec<_>>() {
        search::put(work.tx(), &super::create::document(slug, task)).await?;
    }
    Ok(())
}

/// One entry for the whole change, with the list of tasks: at the task when it is one, else at the plan.
fn fact(new: &Sheet, set: &ChangeSet, codes: &[String], word: &str) -> Fact {
    let one = match (&set.tasks[..], &set.beside.loops[..]) {
        ([only], []) if set.links.is_empty() => only.after.as_ref().map(|task| task.id),
        (tasks, [step]) if tasks.iter().all(|one| one.task().is_some_and(|task| task.id == step.task)) => {
            Some(step.task)
        }
        _ => None,
    };
    let subject = match one {
        Some(task) => Subject::new(SubjectKind::Task, task),
        None => Subject::new(SubjectKind::Plan, new.edition),
    };
    let most = 30;
    let mut list = codes.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    if codes.len() > most {
        list.push_str(" …");
    }
    Fact::new(if one.is_some() { "task.revised" } else { "plan.revised" }, subject, new.edition)
        .with("what", word)
        .with("count", codes.len())
        .with("codes", list)
        .with("fields", set.fields().join(", "))
}

/// What the field of a cycle is called in the form of a revision.
fn field_of(revision: &Revision) -> &'static str {
    match revision {
        Revision::Link(_) => "from",
        Revision::Cell(_) => "value",
        _ => "predecessors",
    }
}
