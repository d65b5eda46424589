//! What a change does beside tasks and links: the data date, the days of the event, and steps of a task's loop that
//! may be taken back. Measurements, checks and signatures are records: a step before them is not taken back any more.

use crate::edition::Edition;
use crate::plan::settings::PlanCalendar;
use crate::plan::sheet::Sheet;
use crate::plan::task::{Task, TaskState};
use crate::{Refusal, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

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
    /// Calendars with other hours.
    pub calendars: Vec<Turn<PlanCalendar>>,
}

impl Beside {
    /// The data date between two plans. Days and steps are said by those who change them.
    pub(super) fn between(old: &Sheet, new: &Sheet) -> Beside {
        let data_date =
            (old.data_date != new.data_date).then_some(Turn { before: old.data_date, after: new.data_date });
        Beside { data_date, ..Beside::default() }
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

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Beside {
        let turn = |one: &LoopChange| LoopChange { point: one.point.inverse(), ..one.clone() };
        Beside {
            data_date: self.data_date.as_ref().map(Turn::inverse),
            days: self.days.as_ref().map(Turn::inverse),
            loops: self.loops.iter().map(turn).collect(),
            calendars: self.calendars.iter().map(Turn::inverse).collect(),
        }
    }

    /// Words of what it changes.
    pub(super) fn fields(&self) -> Vec<&'static str> {
        let all = [
            ("data_date", self.data_date.is_some()),
            ("opening", self.days.is_some()),
            ("state", !self.loops.is_empty()),
            ("calendar", !self.calendars.is_empty()),
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
        for turn in &self.calendars {
            match new.calendars.iter_mut().find(|one| one.id == turn.before.id) {
                Some(now) if *now == turn.before => *now = turn.after.clone(),
                _ => refusals.push(Refusal::conflict("plan-undo-calendar").with("code", &turn.before.code)),
            }
        }
        for step in &self.loops {
            match new.position(step.task) {
                Some(at) => refusals.extend(lay_step(&mut new.tasks[at], step)),
                None => refusals.push(Refusal::conflict("plan-undo-gone").with("code", &step.code)),
            }
        }
    }
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
