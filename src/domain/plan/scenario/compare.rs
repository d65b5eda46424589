//! Plans side by side: what people decide by.

use crate::plan::axis;
use crate::plan::baseline::FrozenPlan;
use crate::plan::delta::breaches;
use crate::plan::sheet::{Computed, Sheet};
use crate::plan::task::TaskState;
use crate::plan::vocabulary::Phase;
use crate::{Bilingual, Refusal};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// What stands in a column of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The plan as it is.
    Current,
    /// A baseline, by its number.
    Baseline(i32),
    /// A scenario, by its number.
    Scenario(i32),
}

/// One plan of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Which it is.
    pub which: Which,
    /// Its name; empty for the current plan.
    pub name: Bilingual,
    /// Working minutes before D0.
    pub room: Option<i64>,
    /// Last minute of each phase, on the axis.
    pub phases: BTreeMap<Phase, i64>,
    /// Codes on the critical path to the opening.
    pub path: Vec<String>,
    /// Links and wishes it breaks; unknown for a baseline.
    pub breaches: Option<usize>,
    /// Start and finish of every task, by code, on the axis.
    pub dates: HashMap<String, (i64, i64)>,
    /// The opening day; unknown for a baseline.
    pub opens_on: Option<NaiveDate>,
    /// Names of the tasks, by code.
    pub names: HashMap<String, Bilingual>,
    /// Codes of the tasks it has and the current plan has not.
    pub added: Vec<String>,
    /// Codes of the tasks the current plan has and it has not.
    pub removed: Vec<String>,
    /// Tasks whose dates differ from the current plan's.
    pub moved: usize,
    /// Why it cannot be computed; then the rest is empty.
    pub refusals: Vec<Refusal>,
}

impl Column {
    /// A computed plan.
    pub fn of(which: Which, name: Bilingual, sheet: &Sheet, computed: &Computed) -> Column {
        let schedule = &computed.schedule;
        let live = || sheet.tasks.iter().enumerate().filter(|(_, task)| task.state != TaskState::Cancelled);
        let mut phases = BTreeMap::new();
        for (at, task) in live() {
            let last = phases.entry(task.phase).or_insert(i64::MIN);
            *last = (*last).max(schedule.early_finish[at]);
        }
        let dates = live().map(|(at, task)| (task.code.clone(), (schedule.early_start[at], schedule.early_finish[at])));
        Column {
            which,
            name,
            room: computed.room(),
            phases,
            path: computed.path_to_opening().into_iter().map(|at| sheet.tasks[at].code.clone()).collect(),
            breaches: Some(breaches(&computed.network, schedule).len()),
            dates: dates.collect(),
            opens_on: Some(sheet.opens_on),
            names: live().map(|(_, task)| (task.code.clone(), task.name.clone())).collect(),
            added: Vec::new(),
            removed: Vec::new(),
            moved: 0,
            refusals: Vec::new(),
        }
    }

    /// A baseline.
    pub fn baseline(then: &FrozenPlan, sheet: &Sheet) -> Column {
        let minute = |at| axis::minute_at(at, sheet.zone);
        let mut phases = BTreeMap::new();
        for task in &then.frozen.tasks {
            let last = phases.entry(task.phase).or_insert(i64::MIN);
            *last = (*last).max(minute(task.finish));
        }
        let tasks = then.frozen.tasks.iter();
        Column {
            which: Which::Baseline(then.baseline.number),
            name: then.baseline.name.clone(),
            room: then.baseline.room,
            phases,
            path: then.frozen.path.clone(),
            breaches: None,
            dates: tasks.map(|task| (task.code.clone(), (minute(task.start), minute(task.finish)))).collect(),
            opens_on: None,
            names: HashMap::new(),
            added: Vec::new(),
            removed: Vec::new(),
            moved: 0,
            refusals: Vec::new(),
        }
    }

    /// A plan that cannot be computed.
    pub fn refused(which: Which, name: Bilingual, refusals: Vec<Refusal>) -> Column {
        Column {
            which,
            name,
            room: None,
            phases: BTreeMap::new(),
            path: Vec::new(),
            breaches: None,
            dates: HashMap::new(),
            opens_on: None,
            names: HashMap::new(),
            added: Vec::new(),
            removed: Vec::new(),
            moved: 0,
            refusals,
        }
    }

    /// The same, with the tasks that differ from the current plan's: in their dates, or in being there.
    #[must_use]
    pub fn against(mut self, current: &Column) -> Column {
        let other = |(code, dates): &(&String, &(i64, i64))| current.dates.get(*code).is_some_and(|now| now != *dates);
        self.moved = self.dates.iter().filter(other).count();
        let beyond = |these: &Column, those: &Column| {
            let mut codes: Vec<String> =
                these.dates.keys().filter(|code| !those.dates.contains_key(*code)).cloned().collect();
            codes.sort_unstable();
            codes
        };
        if self.refusals.is_empty() {
            self.added = beyond(&self, current);
            self.removed = beyond(current, &self);
        }
        self
    }
}
