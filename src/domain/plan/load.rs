//! How busy the crews of a plan are, day by day: what pages and programs show of it.

use super::axis;
use super::calendar::DAY;
use super::crew::{Crew, CrewNeed};
use super::level::plan::propose::{Overload, overloads, since};
use super::level::plan::scarce::Dates;
use super::level::plan::usage::Usage;
use super::sheet::{Computed, Sheet};
use crate::Bilingual;
use chrono::NaiveDate;

/// Most a crew is used on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLoad {
    /// The day, in the venue's zone.
    pub day: NaiveDate,
    /// Units used at the busiest moment.
    pub used: i64,
}

/// A task that needs a crew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Code of the task.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Units.
    pub quantity: i32,
    /// Done already.
    pub done: bool,
}

/// How busy a crew is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrewLoad {
    /// The crew.
    pub crew: Crew,
    /// Tasks that need it, by start.
    pub demands: Vec<Demand>,
    /// From the first to the last day it is needed.
    pub days: Vec<DayLoad>,
    /// Most used at once.
    pub peak: i64,
    /// When more is needed than there is, from the data date on.
    pub over: Vec<Overload>,
}

/// The load of every crew by the dates of a computed plan.
pub fn loads(sheet: &Sheet, computed: &Computed, crews: &[Crew], needs: &[CrewNeed]) -> Vec<CrewLoad> {
    let schedule = &computed.schedule;
    let dates = Dates::early(schedule);
    let over = overloads(sheet, &dates, crews, needs, since(sheet));
    crews
        .iter()
        .map(|crew| {
            let of = needs.iter().filter(|need| need.crew == crew.id);
            let mut work: Vec<(usize, i32)> =
                of.filter_map(|need| Some((sheet.position(need.task)?, need.quantity))).collect();
            work.sort_by_key(|&(at, _)| (dates.start[at], at));
            let mut usage = Usage::default();
            work.iter().for_each(|&(at, units)| usage.take(dates.start[at], dates.finish[at], i64::from(units)));
            let days = days(&usage);
            CrewLoad {
                demands: work.iter().map(|&(at, quantity)| demand(sheet, &dates, at, quantity)).collect(),
                peak: days.iter().map(|one| one.used).max().unwrap_or(0),
                days,
                over: over.iter().filter(|one| one.code == crew.code).cloned().collect(),
                crew: crew.clone(),
            }
        })
        .collect()
}

fn demand(sheet: &Sheet, dates: &Dates, at: usize, quantity: i32) -> Demand {
    let task = &sheet.tasks[at];
    Demand {
        code: task.code.clone(),
        name: task.name.clone(),
        starts_on: axis::day_of(dates.start[at]),
        ends_on: axis::last_day_of(dates.start[at], dates.finish[at]),
        quantity,
        done: task.state.is_done(),
    }
}

/// The busiest moment of each day from the first to the last with any use.
fn days(usage: &Usage) -> Vec<DayLoad> {
    let stretches: Vec<_> = usage.stretches().collect();
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return Vec::new() };
    let (first, last) = (first.from.div_euclid(DAY), (last.to - 1).div_euclid(DAY));
    let mut used = vec![0_i64; usize::try_from(last - first + 1).unwrap_or(0)];
    for one in stretches {
        for day in one.from.div_euclid(DAY)..=(one.to - 1).div_euclid(DAY) {
            if let Some(slot) = usize::try_from(day - first).ok().and_then(|at| used.get_mut(at)) {
                *slot = (*slot).max(one.used);
            }
        }
    }
    let day = |(at, used): (usize, i64)| DayLoad { day: axis::day_of((first + at as i64) * DAY), used };
    used.into_iter().enumerate().map(day).collect()
}
