//! Earned value (ISO 21508) and earned schedule (Lipke 2003, "Schedule is different"): what was to be
//! done by a day, what is done, what it cost, and what that says about the end.
//!
//! Weights are budgets; a plan without any is weighed by planned working minutes, and then says
//! nothing about cost. Planned value grows evenly between a task's baseline start and finish. Earned
//! value is weight × percent complete at the status date; before it, it is drawn evenly from the
//! actual start to the actual finish, or to the status date for work that goes on. Actual cost is
//! drawn alike. Cancelled tasks are left out on both sides and counted.

use super::axis;
use super::baseline::{FrozenPlan, FrozenTask};
use super::sheet::Sheet;
use super::task::{Task, TaskState};
use super::vocabulary::Phase;
use crate::TaskId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Points of a curve.
const POINTS: i64 = 60;

codes! {
    /// What value is counted in.
    Weight {
        /// Money: minor units of the plan's currency.
        Budget "budget",
        /// Working minutes: the plan has no budgets.
        Minutes "minutes",
    }
}

/// Sums of the four values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Sums {
    /// Budget at completion (BAC).
    pub complete: f64,
    /// Planned value (PV).
    pub planned: f64,
    /// Earned value (EV).
    pub earned: f64,
    /// Actual cost (AC); 0 without budgets.
    pub actual: f64,
}

impl Sums {
    /// Schedule performance index, EV / PV.
    pub fn spi(&self) -> Option<f64> {
        ratio(self.earned, self.planned)
    }

    /// Cost performance index, EV / AC.
    pub fn cpi(&self) -> Option<f64> {
        ratio(self.earned, self.actual)
    }

    /// Schedule variance, EV − PV.
    pub fn schedule_variance(&self) -> f64 {
        self.earned - self.planned
    }

    /// Cost variance, EV − AC.
    pub fn cost_variance(&self) -> f64 {
        self.earned - self.actual
    }

    /// Estimate at completion, BAC / CPI: the rest costs as what is done did.
    pub fn at_completion(&self) -> Option<f64> {
        self.cpi().and_then(|cpi| ratio(self.complete, cpi))
    }

    /// To-complete performance index, (BAC − EV) / (BAC − AC): how well the rest has to go.
    pub fn to_complete(&self) -> Option<f64> {
        ratio(self.complete - self.earned, self.complete - self.actual).filter(|index| *index >= 0.0)
    }
}

fn ratio(a: f64, b: f64) -> Option<f64> {
    (b.abs() > f64::EPSILON).then(|| a / b)
}

/// One day of the curves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// On the axis.
    pub at: i64,
    /// Planned value.
    pub planned: f64,
    /// Earned value; nothing after the status date.
    pub earned: Option<f64>,
    /// Actual cost; nothing after the status date.
    pub actual: Option<f64>,
}

/// Earned value of a plan against a baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// What it is counted in.
    pub weight: Weight,
    /// Some task has cost something.
    pub costs: bool,
    /// Planned start on the axis.
    pub start: i64,
    /// Planned finish on the axis.
    pub finish: i64,
    /// The status date on the axis.
    pub status: i64,
    /// The whole plan.
    pub sums: Sums,
    /// Phase by phase, in order.
    pub phases: Vec<(Phase, Sums)>,
    /// When the earned value was to be reached, on the axis.
    pub earned_at: i64,
    /// The curves.
    pub curve: Vec<Point>,
    /// Tasks left out because they were cancelled.
    pub left_out: usize,
}

impl Value {
    /// Earned schedule (ES) in minutes from the planned start.
    pub fn earned_schedule(&self) -> i64 {
        self.earned_at - self.start
    }

    /// Actual time (AT) in minutes from the planned start.
    pub fn actual_time(&self) -> i64 {
        self.status - self.start
    }

    /// SPI(t) = ES / AT.
    pub fn spi_t(&self) -> Option<f64> {
        ratio(self.earned_schedule() as f64, self.actual_time() as f64).filter(|_| self.actual_time() > 0)
    }

    /// SV(t) = ES − AT, minutes; negative is late.
    pub fn schedule_variance_t(&self) -> i64 {
        self.earned_schedule() - self.actual_time()
    }

    /// EAC(t): the finish on the axis when the rest goes at SPI(t), start + planned duration / SPI(t).
    /// The status date once everything is earned.
    pub fn finish_at_completion(&self) -> Option<i64> {
        if self.sums.earned >= self.sums.complete - 1e-6 {
            return Some(self.status);
        }
        let index = self.spi_t().filter(|index| *index > 0.01)?;
        Some(self.start + ((self.finish - self.start) as f64 / index).round() as i64)
    }
}

/// One task as value sees it.
struct Item<'a> {
    then: &'a FrozenTask,
    now: Option<&'a Task>,
    weight: f64,
    start: i64,
    finish: i64,
}

impl Item<'_> {
    /// Share of the work that was to be done by a minute.
    fn planned(&self, at: i64) -> f64 {
        part(at, self.start, self.finish)
    }

    /// Share that is done at the status date.
    fn done(&self) -> f64 {
        match self.now {
            Some(task) if task.state.is_done() => 1.0,
            Some(task) => f64::from(task.percent.clamp(0, 100)) / 100.0,
            None => 0.0,
        }
    }

    /// What it has cost so far.
    fn cost(&self) -> f64 {
        self.now.map_or(0.0, |task| task.actual_cost as f64)
    }

    /// Share of what was earned (or spent) by the status date that was so by `at`.
    fn reached(&self, at: i64, status: i64, minute: &impl Fn(chrono::DateTime<chrono::Utc>) -> i64) -> f64 {
        let Some(task) = self.now else { return 0.0 };
        let done = task.state.is_done();
        let from = task.actual_start.map_or_else(|| self.start.min(status), minute);
        let until = match task.actual_finish.filter(|_| done) {
            Some(finish) => minute(finish),
            None if done => self.finish.min(status),
            None => status,
        };
        part(at, from.min(until), until.min(status))
    }
}

fn sums_of<'a, 'b: 'a>(items: impl Iterator<Item = &'a Item<'b>>, status: i64, costs: bool) -> Sums {
    items.fold(Sums::default(), |sums, item| Sums {
        complete: sums.complete + item.weight,
        planned: sums.planned + item.weight * item.planned(status),
        earned: sums.earned + item.weight * item.done(),
        actual: sums.actual + if costs { item.cost() } else { 0.0 },
    })
}

/// How far `at` lies between two minutes, 0 to 1.
fn part(at: i64, from: i64, until: i64) -> f64 {
    match at {
        at if at >= until => 1.0,
        at if at <= from => 0.0,
        at => (at - from) as f64 / (until - from) as f64,
    }
}

/// Earned value of the present plan against a baseline at a status date (minute of the axis).
pub fn value(sheet: &Sheet, then: &FrozenPlan, status: i64) -> Value {
    let minute = |instant| axis::minute_at(instant, sheet.zone);
    let live: HashMap<TaskId, &Task> = sheet.tasks.iter().map(|task| (task.id, task)).collect();
    let work = || then.frozen.tasks.iter().filter(|task| task.kind != super::Kind::Summary);
    let budget = |task: &FrozenTask| task.budget.or_else(|| live.get(&task.task).and_then(|task| task.budget));
    let money = work().any(|task| budget(task).is_some());
    let gone = |task: &FrozenTask| live.get(&task.task).is_some_and(|task| task.state == TaskState::Cancelled);
    let items: Vec<Item<'_>> = work()
        .filter(|task| !gone(task))
        .map(|task| Item {
            then: task,
            now: live.get(&task.task).copied(),
            weight: if money { budget(task).unwrap_or(0) as f64 } else { task.duration as f64 },
            start: minute(task.start),
            finish: minute(task.finish),
        })
        .collect();
    let costs = money && items.iter().any(|item| item.now.is_some_and(|task| task.actual_cost > 0));
    let start = items.iter().map(|item| item.start).min().unwrap_or(status);
    let finish = items.iter().map(|item| item.finish).max().unwrap_or(status).max(start + 1);
    let sums = sums_of(items.iter(), status, costs);
    let phases = Phase::ALL.iter().filter(|phase| items.iter().any(|item| item.then.phase == **phase));
    let of_phase = |phase: &Phase| items.iter().filter(|item| item.then.phase == *phase).collect::<Vec<_>>();
    let phases = phases.map(|phase| (*phase, sums_of(of_phase(phase).into_iter(), status, costs))).collect();
    let planned_at = |at: i64| items.iter().map(|item| item.weight * item.planned(at)).sum::<f64>();
    let last = finish.max(status);
    let curve = (0..=POINTS).map(|step| start + (last - start) * step / POINTS);
    // The status date itself is a point, so that the curves end where the figures stand.
    let mut minutes: Vec<i64> = curve.chain([status]).filter(|at| *at >= start).collect();
    minutes.sort_unstable();
    minutes.dedup();
    let point = |at: i64| {
        let past = at <= status;
        let earned = || items.iter().map(|item| item.weight * item.done() * item.reached(at, status, &minute)).sum();
        let actual = || items.iter().map(|item| item.cost() * item.reached(at, status, &minute)).sum();
        Point { at, planned: planned_at(at), earned: past.then(earned), actual: (past && costs).then(actual) }
    };
    Value {
        weight: if money { Weight::Budget } else { Weight::Minutes },
        costs,
        start,
        finish,
        status,
        sums,
        phases,
        earned_at: reached_at(&planned_at, sums.earned, start, finish),
        curve: minutes.into_iter().map(point).collect(),
        left_out: work().filter(|task| gone(task)).count(),
    }
}

/// The first minute at which the planned value is what has been earned; the planned value never falls.
fn reached_at(planned_at: &impl Fn(i64) -> f64, earned: f64, start: i64, finish: i64) -> i64 {
    let (mut low, mut high) = (start, finish);
    while low < high {
        let middle = low + (high - low) / 2;
        if planned_at(middle) + 1e-6 >= earned { high = middle } else { low = middle + 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_books_example() {
        // BAC 1000, half was to be done, 40 % is, for 500.
        let sums = Sums { complete: 1_000.0, planned: 500.0, earned: 400.0, actual: 500.0 };
        assert_eq!((sums.spi(), sums.cpi()), (Some(0.8), Some(0.8)));
        assert_eq!((sums.schedule_variance(), sums.cost_variance()), (-100.0, -100.0));
        assert_eq!(sums.at_completion(), Some(1_250.0));
        assert_eq!(sums.to_complete(), Some(1.2));
        assert_eq!(Sums::default().spi(), None);
    }

    #[test]
    fn earned_schedule_inverts_planned_value() {
        // Even growth over 1000 minutes to 100.
        let planned = |at: i64| part(at, 0, 1_000) * 100.0;
        assert_eq!(reached_at(&planned, 40.0, 0, 1_000), 400);
        assert_eq!(reached_at(&planned, 0.0, 0, 1_000), 0);
        assert_eq!(reached_at(&planned, 100.0, 0, 1_000), 1_000);
    }

    #[test]
    fn a_point_in_time_is_done_at_once() {
        assert_eq!((part(9, 10, 10), part(10, 10, 10), part(11, 10, 10)), (0.0, 1.0, 1.0));
    }
}
