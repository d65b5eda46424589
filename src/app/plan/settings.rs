//! Working calendars and choices of a plan: first what would move, then, when a person accepts it, the change.

use super::under_way::{compute, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::Sheet;
use domain::plan::calendar_draft::{AssignDraft, CalendarDraft, OptionsDraft, without};
use domain::plan::delta::Delta;
use domain::plan::view::Board;
use domain::{CalendarId, Refusal};
use store::read::plan as read;
use store::record::plan as record;

/// One change of what holds for the plan as a whole.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, as it comes from a form")]
pub enum Settings {
    /// A calendar, new or changed.
    Calendar(CalendarDraft),
    /// A calendar goes.
    Remove(String),
    /// Choices of the plan.
    Options(OptionsDraft),
    /// Tasks get a calendar.
    Assign(AssignDraft),
}

impl Settings {
    fn apply(&self, app: &App, sheet: &Sheet) -> Result<Sheet, Vec<Refusal>> {
        match self {
            Settings::Calendar(draft) => draft.apply(sheet, app.id::<CalendarId>()),
            Settings::Remove(code) => without(sheet, code),
            Settings::Options(draft) => draft.apply(sheet),
            Settings::Assign(draft) => draft.apply(sheet),
        }
    }

    /// What the history calls it, and what it was about.
    fn named(&self) -> (&'static str, &str) {
        match self {
            Settings::Calendar(draft) => ("calendar", &draft.code),
            Settings::Remove(code) => ("removed", code),
            Settings::Options(draft) => ("options", &draft.calendar),
            Settings::Assign(draft) => ("assigned", &draft.calendar),
        }
    }
}

/// What a change of calendars or choices would move.
///
/// # Errors
/// `Missing` without a plan; every refusal of the draft.
pub async fn preview_settings(app: &App, edition: &Edition, change: &Settings) -> Result<(Board, Delta), Error> {
    let board = read::board(&app.reader(), edition.id, app.now()).await?.ok_or(Error::Missing)?;
    let new = change.apply(app, &board.sheet)?;
    let computed = compute(&new, "code")?;
    let delta = board.computed.delta(&computed, new.opening(), &[]);
    Ok((board, delta))
}

/// Saves a change whose effect the person has accepted.
///
/// # Errors
/// `Stale` when the plan changed since the effect was shown; every refusal of the draft.
pub async fn change_settings(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    change: &Settings,
    revision: i32,
) -> Result<Delta, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    if plan.old.revision != revision {
        return Err(Error::Stale);
    }
    let mut new = change.apply(app, &plan.old)?;
    new.revision += 1;
    for one in &plan.old.calendars {
        match new.calendars.iter().find(|other| other.id == one.id) {
            None => record::delete_calendar(work.tx(), edition.id, one.id).await?,
            Some(other) if other != one => record::save_calendar(work.tx(), edition.id, other).await?,
            Some(_) => {}
        }
    }
    let fresh: Vec<_> =
        new.calendars.iter().filter(|one| plan.old.calendars.iter().all(|old| old.id != one.id)).cloned().collect();
    record::insert_calendars(work.tx(), edition.id, &fresh).await?;
    if new.options != plan.old.options || new.default_calendar != plan.old.default_calendar {
        record::save_options(work.tx(), &new).await?;
    }
    for (task, was) in new.tasks.iter().zip(&plan.old.tasks).filter(|(task, was)| task.calendar != was.calendar) {
        debug_assert_eq!(task.id, was.id);
        record::save(work.tx(), task).await?;
    }
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let (what, which) = change.named();
    let fact = Fact::new("plan.settings_changed", Subject::new(SubjectKind::Plan, edition.id), edition.id)
        .with("what", what)
        .with("which", which);
    work.note([fact]);
    let delta = plan.settle(&mut work, new.clone(), None).await?;
    record::insert_change(work.tx(), id, &new, which, &delta, by, now).await?;
    work.commit().await?;
    Ok(delta)
}
