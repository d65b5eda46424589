//! Open hours of a place: first what they would move, then, when a person accepts it, the change.

use super::super::revise::keep_change;
use super::super::under_way::{compute, take};
use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::plan::Sheet;
use domain::plan::delta::Delta;
use domain::plan::space::decide::fact;
use domain::plan::view::Board;
use domain::{CalendarId, PlaceId, Refusal};
use serde::{Deserialize, Serialize};
use store::read::plan as read;
use store::record::plan as record;

/// Open hours as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HoursDraft {
    /// Code of a calendar of the plan; empty for none of its own.
    pub calendar: String,
}

impl HoursDraft {
    fn parse(&self, sheet: &Sheet) -> Result<Option<CalendarId>, Refusal> {
        let code = self.calendar.trim();
        if code.is_empty() {
            return Ok(None);
        }
        let found = sheet.calendars.iter().find(|one| one.code.eq_ignore_ascii_case(code));
        let found = found.ok_or_else(|| Refusal::invalid("calendar-unknown").at("calendar").with("value", code))?;
        Ok(Some(found.id))
    }

    /// The plan with these hours at a place.
    fn apply(&self, sheet: &Sheet, place: PlaceId) -> Result<(Sheet, Option<CalendarId>), Error> {
        sheet.space.tree.find(place).ok_or(Error::Missing)?;
        let calendar = self.parse(sheet)?;
        let mut new = sheet.clone();
        match calendar {
            Some(calendar) => new.space.hours.insert(place, calendar),
            None => new.space.hours.remove(&place),
        };
        Ok((new, calendar))
    }
}

/// What open hours at a place would move.
///
/// # Errors
/// `Missing` without a plan or the place; `calendar-unknown`.
pub async fn preview_hours(
    app: &App,
    edition: &Edition,
    place: PlaceId,
    draft: &HoursDraft,
) -> Result<(Board, Delta), Error> {
    let board = read::board(&app.reader(), edition.id, app.now()).await?.ok_or(Error::Missing)?;
    let (new, _) = draft.apply(&board.sheet, place)?;
    let computed = compute(&new, "calendar")?;
    let delta = board.computed.delta(&computed, new.opening(), &[]);
    Ok((board, delta))
}

/// Gives a place open hours, or takes them from it: tasks there work only while their own calendar and the place's
/// both do.
///
/// # Errors
/// `Stale` when the plan changed since the effect was shown, for who has seen it; `Missing`; `calendar-unknown`.
pub async fn set_hours(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
    place: PlaceId,
    draft: &HoursDraft,
    revision: Option<i32>,
) -> Result<Delta, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition.id).await?;
    if revision.is_some_and(|seen| seen != plan.old.revision) {
        return Err(Error::Stale);
    }
    let (new, calendar) = draft.apply(&plan.old, place)?;
    record::space::set_hours(work.tx(), edition.id, place, calendar).await?;
    let kind = if calendar.is_some() { "place.hours_set" } else { "place.hours_taken" };
    work.note([fact(kind, edition.id, &new.space, place).with("calendar", draft.calendar.trim())]);
    let delta = keep_change(&mut work, &plan, new, None, "hours").await?;
    work.commit().await?;
    Ok(delta)
}
