//! A place closed for the time being, and opened again: by a person, or within another use case such
//! as declaring an incident.

use super::super::under_way::take;
use super::state::{end, fresh};
use crate::{App, Error, Work};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::plan::space::decide::{self, StateDraft};
use domain::plan::space::{PlaceState, StateFact};
use domain::refusal::Parse;
use domain::{EditionId, PlaceId, PlaceStateId, Refusal};
use store::record::plan::space as record;

/// Closes a place, and with it everything in it, until further notice or until a known moment.
/// Work that needs it is stopped; what is left of it moves behind the known moment.
///
/// # Errors
/// `Missing` when the edition has no plan or no such place.
pub async fn suspend_place(
    work: &mut Work,
    edition: EditionId,
    place: PlaceId,
    why: &str,
    until: Option<DateTime<Utc>>,
) -> Result<PlaceStateId, Error> {
    let plan = take(work, edition).await?;
    let mut new = plan.old.clone();
    new.space.tree.find(place).ok_or(Error::Missing)?;
    let by = work.actor().user();
    let fact = StateFact { note: why.to_owned(), until, by, ..fresh(work, place, PlaceState::Suspended) };
    record::insert_states(work.tx(), edition, std::slice::from_ref(&fact)).await?;
    let said = decide::fact("place.closed", edition, &new.space, place).with("reason", why);
    work.note([said.with("until", until.map(|at| at.to_rfc3339()).unwrap_or_default())]);
    let id = fact.id;
    new.space.learn(fact);
    plan.settle(work, new, None).await?;
    Ok(id)
}

/// Opens a place again; what held before it was closed holds again. Answers how many closures ended.
///
/// # Errors
/// `Missing` when the edition has no plan or no such place.
pub async fn restore_place(work: &mut Work, edition: EditionId, place: PlaceId, why: &str) -> Result<usize, Error> {
    let plan = take(work, edition).await?;
    let mut new = plan.old.clone();
    let at = new.space.tree.find(place).ok_or(Error::Missing)?;
    let closed = |fact: &&&StateFact| fact.state == PlaceState::Suspended && fact.ended_at.is_none();
    let closures: Vec<StateFact> = new.space.facts_of(at).iter().filter(closed).map(|fact| (*fact).clone()).collect();
    for mut fact in closures.clone() {
        fact.ended_at = Some(work.now());
        fact.ended_by = work.actor().user();
        fact.ended_note = why.to_owned();
        end(work, &mut new, &fact, "place.opened").await?;
    }
    plan.settle(work, new, None).await?;
    Ok(closures.len())
}

/// Ends one closure of a place and leaves others standing: an incident opens only what it has closed. Answers whether
/// the closure was still standing.
///
/// # Errors
/// `Missing` when the edition has no plan or no such place.
pub async fn end_closure(
    work: &mut Work,
    edition: EditionId,
    place: PlaceId,
    closure: PlaceStateId,
    why: &str,
) -> Result<bool, Error> {
    let plan = take(work, edition).await?;
    let mut new = plan.old.clone();
    let at = new.space.tree.find(place).ok_or(Error::Missing)?;
    let found = new.space.facts_of(at).into_iter().find(|fact| fact.id == closure && fact.ended_at.is_none()).cloned();
    let Some(mut fact) = found else { return Ok(false) };
    fact.ended_at = Some(work.now());
    fact.ended_by = work.actor().user();
    fact.ended_note = why.to_owned();
    end(work, &mut new, &fact, "place.opened").await?;
    plan.settle(work, new, None).await?;
    Ok(true)
}

/// Closes a place by hand.
///
/// # Errors
/// `required` at `note`, a moment that cannot be read or has passed, `place-suspended`.
pub async fn close_place(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    place: PlaceId,
    draft: &StateDraft,
) -> Result<PlaceStateId, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let mut parse = Parse::new();
    let why = parse.required("note", &draft.note, 2_000);
    let until = match draft.until.trim() {
        "" => None,
        text => {
            let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok();
            let at = local.and_then(|at| edition.time_zone.from_local_datetime(&at).earliest());
            match at.map(|at| at.to_utc()) {
                Some(at) if at > work.now() => Some(at),
                _ => {
                    parse.refuse(Refusal::invalid("not-a-moment-ahead").at("until"));
                    None
                }
            }
        }
    };
    parse.finish(|| ())?;
    let plan = take(&work, edition.id).await?;
    let at = plan.old.space.tree.find(place).ok_or(Error::Missing)?;
    if plan.old.space.standing(at, work.now()).suspended.is_some() {
        return Err(Refusal::conflict("place-suspended").into());
    }
    let id = suspend_place(&mut work, edition.id, place, &why, until).await?;
    work.commit().await?;
    Ok(id)
}

/// Opens a place again by hand.
///
/// # Errors
/// `required` at `note`; `place-not-suspended` when it is open.
pub async fn open_place(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    place: PlaceId,
    note: &str,
) -> Result<(), Error> {
    let mut parse = Parse::new();
    let why = parse.required("note", note, 2_000);
    let why = parse.finish(|| why)?;
    let mut work = app.begin(viewer.actor()).await?;
    if restore_place(&mut work, edition, place, &why).await? == 0 {
        return Err(Refusal::conflict("place-not-suspended").into());
    }
    work.commit().await
}
