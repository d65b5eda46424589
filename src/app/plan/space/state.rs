//! States of places: set by people with evidence, brought by confirmed tasks, taken back.

use super::super::evidence::maybe;
use super::super::under_way::{hand, take};
use crate::{App, Error, Work};
use domain::access::Viewer;
use domain::document::Upload;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::Sheet;
use domain::plan::space::StateFact;
use domain::plan::space::decide::{self, Setter, StateDraft};
use domain::{EditionId, PlaceId, PlaceStateId, TaskId};
use store::record::plan::space as record;

/// More places than this and the journal counts them instead of naming each.
const MOST_TOLD: usize = 20;

/// Sets a state of a place.
///
/// # Errors
/// Everything that stands against it, at once.
pub async fn set_state(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    place: PlaceId,
    draft: &StateDraft,
    file: Option<&Upload>,
) -> Result<PlaceStateId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let mut new = plan.old.clone();
    let at = new.space.tree.find(place).ok_or(Error::Missing)?;
    let setter = Setter { hand: hand(viewer, edition), roles: viewer.roles(edition).collect() };
    let state = decide::may_set(&new.space, at, draft, file.is_some(), &setter, work.now())?;
    let document = maybe(&work, edition, file).await?;
    let fact =
        StateFact { note: draft.note.trim().to_owned(), document, by: Some(viewer.user), ..fresh(&work, place, state) };
    record::insert_states(work.tx(), edition, std::slice::from_ref(&fact)).await?;
    let said = decide::fact("place.state_set", edition, &new.space, place).with("state", state.code());
    work.note([said.with("note", fact.note.as_str())]);
    let id = fact.id;
    new.space.learn(fact);
    plan.settle(&mut work, new, None).await?;
    work.commit().await?;
    Ok(id)
}

/// Takes a state back: what needs it is stopped at once.
///
/// # Errors
/// `Missing`, `required` at `reason`, `place-state-ended`.
pub async fn take_state_back(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: PlaceStateId,
    reason: &str,
) -> Result<PlaceId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let mut new = plan.old.clone();
    let fact = new.space.facts().iter().find(|fact| fact.id == id).cloned().ok_or(Error::Missing)?;
    let ended = decide::take_back(fact, reason, hand(viewer, edition), work.now())?;
    end(&mut work, &mut new, &ended, "place.state_revoked").await?;
    plan.settle(&mut work, new, None).await?;
    work.commit().await?;
    Ok(ended.place)
}

/// Keeps the end of a state, within an open use case.
pub(super) async fn end(work: &mut Work, sheet: &mut Sheet, ended: &StateFact, kind: &str) -> Result<(), Error> {
    record::end_state(work.tx(), ended).await?;
    let said = decide::fact(kind, sheet.edition, &sheet.space, ended.place).with("state", ended.state.code());
    work.note([said.with("reason", ended.ended_note.as_str())]);
    sheet.space.forget(ended);
    Ok(())
}

/// A state fact of now, without words.
pub(super) fn fresh(work: &Work, place: PlaceId, state: domain::plan::space::PlaceState) -> StateFact {
    StateFact {
        id: work.id(),
        place,
        state,
        at: work.now(),
        task: None,
        by: None,
        note: String::new(),
        document: None,
        until: None,
        ended_at: None,
        ended_by: None,
        ended_note: String::new(),
        version: 1,
    }
}

/// A task was confirmed: the states it brings hold from now on, in the same transaction.
pub(crate) async fn produce(work: &mut Work, sheet: &mut Sheet, task: TaskId) -> Result<(), Error> {
    let Some(at) = sheet.position(task) else { return Ok(()) };
    let (code, own) = (sheet.tasks[at].code.clone(), sheet.tasks[at].place);
    let mut made: Vec<StateFact> = Vec::new();
    for one in sheet.space.requirements.iter().filter(|one| one.task == task) {
        let Some(state) = one.produces else { continue };
        for place in sheet.space.places_of(one, own) {
            let id = sheet.space.tree.spot(place).id;
            if made.iter().any(|fact| fact.place == id && fact.state == state) {
                continue;
            }
            made.push(StateFact { task: Some(task), by: work.actor().user(), ..fresh(work, id, state) });
        }
    }
    if made.is_empty() {
        return Ok(());
    }
    record::insert_states(work.tx(), sheet.edition, &made).await?;
    let told = made.iter().take(if made.len() > MOST_TOLD { 0 } else { MOST_TOLD });
    let each: Vec<Fact> = told
        .map(|fact| {
            let said = decide::fact("place.state_brought", sheet.edition, &sheet.space, fact.place);
            said.with("state", fact.state.code()).with("task", code.as_str())
        })
        .collect();
    work.note(each);
    let said = Fact::new("task.states_brought", Subject::new(SubjectKind::Task, task), sheet.edition);
    work.note([said.with("code", code.as_str()).with("count", made.len())]);
    for fact in made {
        sheet.space.learn(fact);
    }
    Ok(())
}
