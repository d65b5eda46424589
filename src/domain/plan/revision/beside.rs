//! What a change does beside tasks and links: the data date, the days of the event, calendars and choices, rules by
//! location, needs and open hours of places, and steps of a task's loop that may be taken back. Measurements, checks and
//! signatures are records: a step before them is not taken back any more.

use super::swap::Swap;
use crate::edition::Edition;
use crate::plan::scenario::{ScenarioState, Step};
use crate::plan::settings::{Choices, PlanCalendar};
use crate::plan::sheet::Sheet;
use crate::plan::space::{LocationRule, Requirement};
use crate::plan::task::{Task, TaskState};
use crate::{CalendarId, PlaceId, Refusal, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A value before and after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn<T> {
    /// As it was.
    pub before: T,
    /// As it is wanted.
    pub after: T,
}

impl<T: Clone> Turn<T> {
    fn inverse(&self) -> Turn<T> {
        Turn { before: self.after.clone(), after: self.before.clone() }
    }
}

/// The days of an event, which move together with D0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowDays {
    /// D0.
    pub opens_on: NaiveDate,
    /// Last open day.
    pub closes_on: NaiveDate,
    /// First day of build-up.
    pub build_up_on: NaiveDate,
    /// Last day of breakdown.
    pub breakdown_until: NaiveDate,
}

impl ShowDays {
    /// The days of an edition.
    pub fn of(edition: &Edition) -> ShowDays {
        let Edition { opens_on, closes_on, build_up_on, breakdown_until, .. } = *edition;
        ShowDays { opens_on, closes_on, build_up_on, breakdown_until }
    }

    /// All days moved so that the event opens on `day`.
    #[must_use]
    pub fn opening_on(self, day: NaiveDate) -> ShowDays {
        let by = day - self.opens_on;
        let moved = |one: NaiveDate| one.checked_add_signed(by).unwrap_or(one);
        ShowDays {
            opens_on: day,
            closes_on: moved(self.closes_on),
            build_up_on: moved(self.build_up_on),
            breakdown_until: moved(self.breakdown_until),
        }
    }
}

/// Where a task stands in its loop, as far as a step back leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopPoint {
    /// State.
    pub state: TaskState,
    /// Round.
    pub round: i32,
    /// Percent done.
    pub percent: i32,
    /// When work began.
    pub actual_start: Option<DateTime<Utc>>,
    /// Why it is blocked, waived or cancelled.
    pub reason: Option<String>,
}

impl LoopPoint {
    fn of(task: &Task) -> LoopPoint {
        LoopPoint {
            state: task.state,
            round: task.round,
            percent: task.percent,
            actual_start: task.actual_start,
            reason: task.reason.clone(),
        }
    }

    /// Whether a task still stands here. Planned and ready are one: which of them is computed.
    fn stands(&self, task: &Task) -> bool {
        let now = LoopPoint::of(task);
        let same = now.state == self.state || (now.state.is_ahead() && self.state.is_ahead());
        same && LoopPoint { state: self.state, ..now } == *self
    }
}

/// A step of one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopChange {
    /// The task.
    pub task: TaskId,
    /// Its code.
    pub code: String,
    /// The step.
    pub point: Turn<LoopPoint>,
}

/// Open hours of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursChange {
    /// The place.
    pub place: PlaceId,
    /// Its calendar; none where it has no hours of its own.
    pub calendar: Turn<Option<CalendarId>>,
}

/// What a task asks of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedChange {
    /// Code of the task.
    pub code: String,
    /// The need.
    pub need: Swap<Requirement>,
}

/// A scenario whose steps this change made the plan's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioChange {
    /// Its number.
    pub number: i32,
    /// What has become of it.
    pub state: Turn<ScenarioState>,
    /// Its steps: with others it is not what was accepted.
    pub steps: Vec<Step>,
}

/// Everything of a change that is neither task nor link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Beside {
    /// The data date.
    pub data_date: Option<Turn<Option<DateTime<Utc>>>>,
    /// The days of the event.
    pub days: Option<Turn<ShowDays>>,
    /// Steps in the loop.
    pub loops: Vec<LoopChange>,
    /// Calendars that come, go or have other hours.
    pub calendars: Vec<Swap<PlanCalendar>>,
    /// Choices for the plan as a whole.
    pub choices: Option<Turn<Choices>>,
    /// Rules by location.
    pub rules: Vec<Swap<LocationRule>>,
    /// What tasks that stay ask of places.
    pub needs: Vec<NeedChange>,
    /// Open hours of places.
    pub hours: Vec<HoursChange>,
    /// The scenario it made the plan's.
    pub scenario: Option<ScenarioChange>,
}

impl Beside {
    /// What differs between two plans. Days, steps and scenarios are said by those who change them.
    pub(super) fn between(old: &Sheet, new: &Sheet) -> Beside {
        let data_date =
            (old.data_date != new.data_date).then_some(Turn { before: old.data_date, after: new.data_date });
        let (was, is) = (Choices::of(old), Choices::of(new));
        Beside {
            data_date,
            calendars: Swap::between(&old.calendars, &new.calendars),
            choices: (was != is).then_some(Turn { before: was, after: is }),
            rules: Swap::between(&old.space.rules, &new.space.rules),
            needs: needs_between(old, new),
            hours: hours_between(old, new),
            ..Beside::default()
        }
    }

    /// One step of one task.
    pub fn step(before: &Task, after: &Task) -> Beside {
        let point = Turn { before: LoopPoint::of(before), after: LoopPoint::of(after) };
        Beside { loops: vec![LoopChange { task: after.id, code: after.code.clone(), point }], ..Beside::default() }
    }

    /// Nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Beside::default()
    }

    /// Something of the plan itself changes: more than steps in the loop, which are work, and the days of the event,
    /// which are the edition's.
    pub fn changes_plan(&self) -> bool {
        !Beside { loops: Vec::new(), days: None, ..self.clone() }.is_empty()
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Beside {
        let turn = |one: &LoopChange| LoopChange { point: one.point.inverse(), ..one.clone() };
        Beside {
            data_date: self.data_date.as_ref().map(Turn::inverse),
            days: self.days.as_ref().map(Turn::inverse),
            loops: self.loops.iter().map(turn).collect(),
            calendars: self.calendars.iter().map(Swap::inverse).collect(),
            choices: self.choices.as_ref().map(Turn::inverse),
            rules: self.rules.iter().map(Swap::inverse).collect(),
            needs: self.needs.iter().map(|one| NeedChange { need: one.need.inverse(), ..one.clone() }).collect(),
            hours: self
                .hours
                .iter()
                .map(|one| HoursChange { calendar: one.calendar.inverse(), ..one.clone() })
                .collect(),
            scenario: self.scenario.as_ref().map(|one| ScenarioChange { state: one.state.inverse(), ..one.clone() }),
        }
    }

    /// Words of what it changes.
    pub(super) fn fields(&self) -> Vec<&'static str> {
        let all = [
            ("data_date", self.data_date.is_some()),
            ("opening", self.days.is_some()),
            ("state", !self.loops.is_empty()),
            ("calendar", !self.calendars.is_empty()),
            ("choices", self.choices.is_some()),
            ("rules", !self.rules.is_empty()),
            ("needs", !self.needs.is_empty()),
            ("hours", !self.hours.is_empty()),
        ];
        all.into_iter().filter(|(_, is)| *is).map(|(field, _)| field).collect()
    }

    /// Lays it over a plan.
    pub(super) fn lay(&self, new: &mut Sheet, refusals: &mut Vec<Refusal>) {
        if let Some(turn) = &self.data_date {
            if new.data_date == turn.before {
                new.data_date = turn.after;
            } else {
                refusals.push(Refusal::conflict("plan-undo-data-date"));
            }
        }
        if let Some(turn) = &self.days {
            if new.opens_on == turn.before.opens_on {
                new.move_opening(turn.after.opens_on);
            } else {
                refusals.push(Refusal::conflict("plan-undo-opening"));
            }
        }
        self.lay_calendars(new, refusals);
        self.lay_space(new, refusals);
        for step in &self.loops {
            match new.position(step.task) {
                Some(at) => refusals.extend(lay_step(&mut new.tasks[at], step)),
                None => refusals.push(Refusal::conflict("plan-undo-gone").with("code", &step.code)),
            }
        }
    }
}

impl Beside {
    fn lay_calendars(&self, new: &mut Sheet, refusals: &mut Vec<Refusal>) {
        for swap in &self.calendars {
            let Some(one) = swap.thing() else { continue };
            let other = |now: &PlanCalendar| now.id != one.id && now.code.eq_ignore_ascii_case(&one.code);
            let taken = swap.after.is_some() && new.calendars.iter().any(other);
            if taken || !swap.lay(&mut new.calendars) {
                refusals.push(Refusal::conflict("plan-undo-calendar").with("code", &one.code));
            }
        }
        let known: HashSet<CalendarId> = new.calendars.iter().map(|one| one.id).collect();
        for one in self.calendars.iter().filter_map(|swap| swap.after.as_ref()) {
            if one.parent.is_some_and(|parent| !known.contains(&parent)) {
                refusals.push(Refusal::conflict("plan-undo-calendar").with("code", &one.code));
            }
        }
        if let Some(turn) = &self.choices {
            if Choices::of(new) == turn.before {
                turn.after.clone().put(new);
            } else {
                refusals.push(Refusal::conflict("plan-undo-choices"));
            }
        }
    }

    /// Rules, needs and hours; and that nothing then names a place or a calendar that is not there any more.
    fn lay_space(&self, new: &mut Sheet, refusals: &mut Vec<Refusal>) {
        for swap in &self.rules {
            let Some(rule) = swap.thing() else { continue };
            let there = rule.within.is_none_or(|place| new.space.tree.find(place).is_some());
            if swap.after.is_some() && !there {
                refusals.push(Refusal::conflict("plan-undo-place"));
            } else if !swap.lay(&mut new.space.rules) {
                refusals.push(Refusal::conflict("plan-undo-rule").with("reason", &rule.reason));
            }
        }
        for change in &self.needs {
            refusals.extend(lay_need(new, change));
        }
        for change in &self.hours {
            refusals.extend(lay_hours(new, change));
        }
        let gone = self.calendars.iter().filter(|swap| swap.after.is_none()).filter_map(Swap::thing);
        for calendar in gone.filter(|one| follows(new, one.id)) {
            refusals.push(Refusal::conflict("plan-undo-calendar").with("code", &calendar.code));
        }
    }
}

/// Needs of tasks that are in both plans; those of others come and go with their tasks.
fn needs_between(old: &Sheet, new: &Sheet) -> Vec<NeedChange> {
    let (was, is) = (&old.space.requirements, &new.space.requirements);
    if was == is {
        return Vec::new();
    }
    let codes: HashMap<TaskId, &str> = new.tasks.iter().map(|task| (task.id, task.code.as_str())).collect();
    let stays: HashSet<TaskId> = old.tasks.iter().map(|task| task.id).filter(|task| codes.contains_key(task)).collect();
    let of = |all: &[Requirement]| -> Vec<Requirement> {
        all.iter().filter(|one| stays.contains(&one.task)).cloned().collect()
    };
    let swaps = Swap::between(&of(was), &of(is)).into_iter();
    swaps
        .filter_map(|need| {
            let code = need.thing().and_then(|one| codes.get(&one.task))?.to_string();
            Some(NeedChange { code, need })
        })
        .collect()
}

fn hours_between(old: &Sheet, new: &Sheet) -> Vec<HoursChange> {
    let (was, is) = (&old.space.hours, &new.space.hours);
    let places: BTreeSet<PlaceId> = was.keys().chain(is.keys()).copied().collect();
    let changed = places.into_iter().filter(|place| was.get(place) != is.get(place));
    let turn = |place| Turn { before: was.get(&place).copied(), after: is.get(&place).copied() };
    changed.map(|place| HoursChange { place, calendar: turn(place) }).collect()
}

fn lay_need(new: &mut Sheet, change: &NeedChange) -> Option<Refusal> {
    let need = change.need.thing()?;
    let refuse = |code: &str| Some(Refusal::conflict(code).with("code", &change.code));
    let Some(at) = new.position(need.task) else { return refuse("plan-undo-gone") };
    let there = need.place.is_none_or(|place| new.space.tree.find(place).is_some());
    if new.tasks[at].state.is_closed() {
        refuse("plan-undo-closed")
    } else if change.need.after.is_some() && !there {
        Some(Refusal::conflict("plan-undo-place"))
    } else if change.need.lay(&mut new.space.requirements) {
        None
    } else {
        refuse("plan-undo-need")
    }
}

fn lay_hours(new: &mut Sheet, change: &HoursChange) -> Option<Refusal> {
    let Turn { before, after } = change.calendar;
    let Some(at) = new.space.tree.find(change.place) else { return Some(Refusal::conflict("plan-undo-place")) };
    let known = after.is_none_or(|id| new.calendars.iter().any(|one| one.id == id));
    if !known || new.space.hours.get(&change.place).copied() != before {
        return Some(Refusal::conflict("plan-undo-hours").with("place", &new.space.tree.spot(at).code));
    }
    match after {
        Some(calendar) => new.space.hours.insert(change.place, calendar),
        None => new.space.hours.remove(&change.place),
    };
    None
}

/// Whether anything of the plan goes by a calendar.
fn follows(sheet: &Sheet, calendar: CalendarId) -> bool {
    let some = Some(calendar);
    sheet.default_calendar == some
        || sheet.tasks.iter().any(|task| task.calendar == some)
        || sheet.calendars.iter().any(|one| one.parent == some)
        || sheet.crew_calendars.values().any(|one| *one == calendar)
        || sheet.space.hours.values().any(|one| *one == calendar)
}

/// Takes a step, or says which record stands after it.
fn lay_step(task: &mut Task, step: &LoopChange) -> Option<Refusal> {
    let Turn { before, after } = &step.point;
    if before.stands(task) {
        task.state = after.state;
        task.percent = after.percent;
        task.actual_start = after.actual_start;
        task.reason.clone_from(&after.reason);
        return None;
    }
    let code = match task.state {
        TaskState::Confirmed => "plan-undo-signed",
        TaskState::Checking | TaskState::Accepted | TaskState::Rejected => "plan-undo-measured",
        _ if task.round != before.round => "plan-undo-measured",
        _ => return Some(Refusal::conflict("plan-undo-state").with("code", &step.code)),
    };
    Some(Refusal::conflict(code).with("code", &step.code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::revision::ChangeSet;
    use crate::plan::revision::samples;

    fn started() -> (Sheet, Sheet, ChangeSet) {
        let old = samples::sheet();
        let mut new = old.clone();
        new.tasks[0].state = TaskState::InProgress;
        new.tasks[0].actual_start = Some(DateTime::UNIX_EPOCH);
        let set = ChangeSet { beside: Beside::step(&old.tasks[0], &new.tasks[0]), ..ChangeSet::default() };
        (old, new, set)
    }

    #[test]
    fn a_step_is_taken_back_where_nothing_happened_since() {
        let (old, mut new, set) = started();
        // Who answers for it is planned and has nothing to do with the step.
        new.tasks[0].priority += 1;
        let back = set.inverse().apply(&new).expect("nothing in the way");
        assert_eq!((back.tasks[0].state, back.tasks[0].actual_start), (old.tasks[0].state, None));
        assert_eq!(back.tasks[0].priority, new.tasks[0].priority);
        assert_eq!(set.fields(), ["state"]);
        assert_eq!(set.codes(&new), [new.tasks[0].code.clone()]);
    }

    #[test]
    fn records_are_not_taken_back() {
        let (_, new, set) = started();
        for (state, round, code) in [
            (TaskState::Checking, 1, "plan-undo-measured"),
            (TaskState::Confirmed, 1, "plan-undo-signed"),
            (TaskState::Rework, 2, "plan-undo-measured"),
            (TaskState::Blocked, 1, "plan-undo-state"),
        ] {
            let mut since = new.clone();
            (since.tasks[0].state, since.tasks[0].round) = (state, round);
            let refusals = set.inverse().apply(&since).expect_err("it stays");
            assert_eq!(refusals.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), [code]);
        }
    }

    #[test]
    fn the_data_date_and_the_opening_go_back_and_forth() {
        let old = samples::sheet();
        let mut new = old.clone();
        new.data_date = Some(DateTime::UNIX_EPOCH);
        let later = old.opens_on.succ_opt().expect("a day");
        new.move_opening(later);
        let days =
            |opens_on| ShowDays { opens_on, closes_on: opens_on, build_up_on: opens_on, breakdown_until: opens_on };
        let mut set = ChangeSet { beside: Beside::between(&old, &new), ..ChangeSet::default() };
        set.beside.days = Some(Turn { before: days(old.opens_on), after: days(later) });
        let back = set.inverse().apply(&new).expect("nothing in the way");
        assert_eq!((back.data_date, back.opens_on, &back.tasks), (old.data_date, old.opens_on, &old.tasks));
        let again = set.apply(&back).expect("and forth");
        assert_eq!((again.data_date, again.opens_on, &again.tasks), (new.data_date, new.opens_on, &new.tasks));
        let codes: Vec<String> =
            set.apply(&new).expect_err("it is so already").into_iter().map(|one| one.code).collect();
        assert_eq!(codes, ["plan-undo-data-date", "plan-undo-opening"]);
    }
}
