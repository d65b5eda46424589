//! Open hours: a place may have a calendar, and a task that occupies it works only when its own calendar and the
//! place's both do. A stand is open when its hall is.

use super::mode::Mode;
use super::standing::Space;
use crate::plan::calendar::{Calendar, Pattern};
use crate::plan::input::{Activity, PlaceHours};
use crate::plan::settings::PlanCalendar;
use crate::plan::task::Task;
use crate::{Bilingual, CalendarId, PlaceId};
use std::collections::{BTreeMap, HashMap};

/// The open hours of a plan's places, ready to be met with tasks' own calendars.
pub(in crate::plan) struct Open<'a> {
    calendars: &'a [PlanCalendar],
    patterns: &'a [Pattern],
    /// Position of the first calendar of the plan in the planner's list.
    first: u32,
    /// By task: calendars of the places it occupies, each with a place that has it.
    by_task: HashMap<u32, BTreeMap<CalendarId, u32>>,
    /// What was met before: own calendar and the places', and where it stands.
    met: HashMap<(u32, Vec<CalendarId>), u32>,
}

impl Space {
    /// The calendar that holds at a place: its own, or that of the nearest place around it; with the place that has it.
    pub fn hours_at(&self, place: PlaceId) -> Option<(PlaceId, CalendarId)> {
        let at = self.tree.find(place)?;
        let around = std::iter::once(at).chain(self.tree.above(at));
        around.map(|one| self.tree.spot(one).id).find_map(|id| self.hours.get(&id).map(|calendar| (id, *calendar)))
    }
}

impl<'a> Open<'a> {
    /// The open hours tasks have to keep. `first` is where the plan's calendars begin in the planner's list.
    pub(in crate::plan) fn of(
        space: &Space,
        tasks: &[Task],
        calendars: &'a [PlanCalendar],
        patterns: &'a [Pattern],
        first: u32,
    ) -> Open<'a> {
        let mut by_task: HashMap<u32, BTreeMap<CalendarId, u32>> = HashMap::new();
        if !space.hours.is_empty() {
            // What must be kept clear is not worked in.
            for demand in space.demands(tasks).iter().filter(|demand| demand.mode != Mode::Clear) {
                for at in std::iter::once(demand.place).chain(space.tree.above(demand.place)) {
                    if let Some(calendar) = space.hours.get(&space.tree.spot(at).id) {
                        by_task.entry(demand.task).or_default().entry(*calendar).or_insert(at);
                    }
                }
            }
        }
        Open { calendars, patterns, first, by_task, met: HashMap::new() }
    }

    /// Gives a task the calendar it shares with its places; adds it to the planner's list where it is not there yet.
    pub(in crate::plan) fn meet(
        &mut self,
        space: &Space,
        task: u32,
        activity: &mut Activity,
        list: &mut Vec<Calendar>,
        plans: Option<usize>,
    ) {
        let Some(places) = self.by_task.get(&task) else { return };
        let known = |id: &CalendarId| self.calendars.iter().position(|one| one.id == *id);
        let at: Vec<(usize, u32)> = places.iter().filter_map(|(id, place)| Some((known(id)?, *place))).collect();
        let Some(&(calendar, place)) = at.first() else { return };
        let own = activity.calendar;
        let key = (own, at.iter().map(|(one, _)| self.calendars[*one].id).collect::<Vec<_>>());
        let place = space.tree.spot(place);
        let hours = PlaceHours {
            own,
            place: if place.name.en.is_empty() { Bilingual::new(place.code.clone(), "") } else { place.name.clone() },
            calendar: self.calendars[calendar].name.clone(),
        };
        // Calendar 0 is the plan's; round the clock where it has none, and then the place's alone decides.
        let base = if own == 0 { plans } else { Some((own - self.first) as usize) };
        let index = *self.met.entry(key).or_insert_with(|| {
            let all = base.into_iter().chain(at.iter().map(|(one, _)| *one)).map(|one| &self.patterns[one]);
            let pattern = all.cloned().reduce(|one, other| one.meet(&other));
            list.push(pattern.map_or(Calendar::Always, |pattern| Calendar::new(&pattern)));
            list.len() as u32 - 1
        });
        activity.calendar = index;
        activity.hours = Some(hours);
    }
}
