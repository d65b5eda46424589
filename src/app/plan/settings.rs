//! Working calendars and choices of a plan: first what would move, then, when a person accepts it, the change.

use super::beside;
use super::revise::{Saved, remember};
use super::under_way::{compute, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::journal::{Fact, Subject, SubjectKind};
use domain::plan::Sheet;
use domain::plan::calendar_draft::{AssignDraft, CalendarDraft, OptionsDraft, without};
use domain::plan::delta::Delta;
use domain::plan::revision::ChangeSet;
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
/// `Stale` when the plan changed since the effect was shown, for who has seen it; every refusal of the draft.
pub async fn change_settings(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    change: &Settings,
    revision: Option<i32>,
) -> Result<Delta, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    if revision.is_some_and(|seen| seen != plan.old.revision) {
        return Err(Error::Stale);
    }
    let mut new = change.apply(app, &plan.old)?;
    new.revision += 1;
    let set = ChangeSet::between(&plan.old, &new);
    beside::save_ground(&work, &plan.old, &set.beside).await?;
    for change in &set.tasks {
        if let Some(task) = &change.after {
            record::save(work.tx(), task).await?;
        }
    }
    let (id, now, by) = (work.id(), work.now(), work.actor().user());
    let (what, which) = change.named();
    let fact = Fact::new("plan.settings_changed", Subject::new(SubjectKind::Plan, edition.id), edition.id)
        .with("what", what)
        .with("which", which);
    work.note([fact]);
    let delta = plan.settle(&mut work, new.clone(), None).await?;
    record::insert_change(work.tx(), id, &new, which, &delta, by, now).await?;
    let saved = Saved { delta, codes: set.codes(&new), revision: new.revision };
    remember(&work, edition.id, &saved, "settings", set).await?;
    work.commit().await?;
    Ok(saved.delta)
}
