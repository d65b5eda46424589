//! The plan of an edition as a whole: what is stored, turned into what the planner computes, and
//! the computed dates turned back into what is stored.

use super::axis;
use super::calendar::{Calendar, DAY};
use super::delta::Delta;
use super::network::{Activity, Constraint, Kind, Link, MaxLag, Network, NetworkFault, PlanInput};
use super::readiness::{Before, Unmet};
use super::schedule::Schedule;
use super::settings::{self, PlanCalendar, PlanOptions};
use super::space::Space;
use super::space::assess::{Assessment, assess};
use super::space::hours::Open;
use super::space::now::{Now, Waits};
use super::task::{ComputedDates, LinkOrigin, Task, TaskLink, TaskState};
use super::template;
use crate::{CalendarId, EditionId, Refusal, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;

/// The plan of one edition.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The edition.
    pub edition: EditionId,
    /// The venue's zone: where a day begins.
    pub zone: Tz,
    /// D0.
    pub opens_on: NaiveDate,
    /// Code of the template it came from.
    pub template: String,
    /// Up to here everything is fact.
    pub data_date: Option<DateTime<Utc>>,
    /// Counts accepted changes.
    pub revision: i32,
    /// ISO 4217 code of budgets and costs.
    pub currency: String,
    /// Choices for the plan as a whole.
    pub options: PlanOptions,
    /// The plan's working calendars.
    pub calendars: Vec<PlanCalendar>,
    /// The calendar of tasks without one; round the clock when `None`.
    pub default_calendar: Option<CalendarId>,
    /// The calendar of the crew of a task, for tasks whose crew has one.
    pub crew_calendars: HashMap<TaskId, CalendarId>,
    /// Tasks in plan order.
    pub tasks: Vec<Task>,
    /// Links between them.
    pub links: Vec<TaskLink>,
    /// The places, what tasks ask of them, and where they stand.
    pub space: Space,
}

/// A sheet that has been computed.
#[derive(Debug, Clone)]
pub struct Computed {
    /// The checked graph.
    pub network: Network,
    /// Its dates.
    pub schedule: Schedule,
    /// Index of the opening task, if the plan has one.
    pub opening: Option<usize>,
}

impl Computed {
    /// What moves when this plan becomes `then`; `opening` and `changed` as in [`Delta::between`].
    pub fn delta(&self, then: &Computed, opening: Option<&str>, changed: &[&str]) -> Delta {
        Delta::between((&self.network, &self.schedule), (&then.network, &then.schedule), opening, changed)
    }
}

/// Facts of one task on the planner's axis.
struct Actual {
    start: Option<i64>,
    finish: Option<i64>,
    remaining: Option<i64>,
}

impl Computed {
    /// Working minutes between the end of the preparation and D0; negative: the plan misses it.
    /// `None` without an opening, and once the show is open: then there is nothing left to miss.
    pub fn room(&self) -> Option<i64> {
        let ahead = |at: &usize| self.network.input().activities[*at].actual_start.is_none();
        self.opening.filter(ahead).map(|at| self.network.room_before(&self.schedule, at))
    }

    /// Indices of the tasks on the critical path to the opening, in order.
    pub fn path_to_opening(&self) -> Vec<usize> {
        self.opening.map(|at| self.network.path_to(&self.schedule, at)).unwrap_or_default()
    }
}

impl Sheet {
    /// Code of the task whose start is the opening: as the template says, else the first pinned start.
    pub fn opening(&self) -> Option<&str> {
        let named = template::template(&self.template).map(|template| template.opening.as_str());
        let found = named.and_then(|code| self.tasks.iter().find(|task| task.code == code));
        let pinned = || self.tasks.iter().find(|task| task.constraint == "mso");
        found.or_else(pinned).map(|task| task.code.as_str())
    }

    /// Brings the tasks into plan order, as they are read from the database.
    pub fn sort(&mut self) {
        self.tasks.sort_by(|a, b| (a.sort, &a.code).cmp(&(b.sort, &b.code)));
    }

    /// Index of a task.
    pub fn position(&self, task: TaskId) -> Option<usize> {
        self.tasks.iter().position(|one| one.id == task)
    }

    /// Computes the dates.
    ///
    /// # Errors
    /// Every cycle, task by task.
    pub fn compute(&self) -> Result<Computed, Vec<NetworkFault>> {
        let network = Network::build(self.input())?;
        let schedule = network.compute();
        let opening = self.opening().and_then(|code| network.find(code));
        Ok(Computed { network, schedule, opening })
    }

    /// What the planner is given.
    pub(super) fn input(&self) -> PlanInput {
        let minute = |instant: DateTime<Utc>| axis::minute_at(instant, self.zone);
        let index: HashMap<TaskId, u32> =
            self.tasks.iter().enumerate().map(|(at, task)| (task.id, at as u32)).collect();
        let mut input = PlanInput::new(axis::midnight(self.opens_on));
        input.data_date = self.data_date.map(minute);
        input.options = self.options.kernel();
        let calendars: HashMap<CalendarId, u32> =
            self.calendars.iter().enumerate().map(|(at, one)| (one.id, at as u32 + 1)).collect();
        let calendar_of = |id: Option<CalendarId>| id.and_then(|id| calendars.get(&id)).copied();
        let patterns = settings::patterns(&self.calendars);
        let compiled: Vec<Calendar> = patterns.iter().map(Calendar::new).collect();
        let plans = calendar_of(self.default_calendar).map(|at| at as usize - 1);
        let usual = plans.map_or(Calendar::Always, |at| compiled[at].clone());
        input.calendars = [vec![usual], compiled].concat();
        let usual = plans.map(|at| self.calendars[at].name.clone()).unwrap_or_default();
        input.names = std::iter::once(usual).chain(self.calendars.iter().map(|one| one.name.clone())).collect();
        let mut open = Open::of(&self.space, &self.tasks, &self.calendars, &patterns, 1);
        let waits = Waits::of(&self.space, &self.tasks);
        for (at, task) in self.tasks.iter().enumerate() {
            let mut one = Activity::task(&task.code, task.duration);
            one.kind = task.kind;
            let crew = || self.crew_calendars.get(&task.id).copied();
            one.calendar = calendar_of(task.calendar.or_else(crew)).unwrap_or(0);
            open.meet(&self.space, at as u32, &mut one, &mut input.calendars, plans);
            one.parent = task.parent.and_then(|id| index.get(&id)).copied();
            one.duration = if task.kind == Kind::Task { task.duration } else { 0 };
            one.constraint = Constraint::of(&task.constraint, task.constraint_at.map(minute)).unwrap_or_default();
            one.deadline = task.deadline_at.map(minute);
            let actual = self.actual(task);
            (one.actual_start, one.actual_finish, one.remaining) = (actual.start, actual.finish, actual.remaining);
            waits.hold(&mut one, task, minute);
            let earliest = [one.constraint.at(), one.actual_start].into_iter().flatten().min();
            input.start = input.start.min(earliest.unwrap_or(input.start));
            input.activities.push(one);
        }
        for link in &self.links {
            if let (Some(&from), Some(&to)) = (index.get(&link.from), index.get(&link.to)) {
                if let Some(minutes) = link.max_lag {
                    input.max_lags.push(MaxLag { link: input.links.len() as u32, minutes });
                }
                input.links.push(Link { from, to, kind: link.kind, lag: link.kernel_lag() });
            }
        }
        input
    }

    /// Facts as the planner takes them. Work planned in whole days, the first day counted, keeps
    /// whole days: it began with the day it began on and ended with the day it ended on. What is
    /// left counts from the data date; before there is one, the planned duration stands.
    fn actual(&self, task: &Task) -> Actual {
        let minute = |instant: DateTime<Utc>| axis::minute_at(instant, self.zone);
        let whole = task.duration % DAY == 0 && task.duration > 0;
        let floor = |t: i64| if whole { t.div_euclid(DAY) * DAY } else { t };
        let ceil = |t: i64| if whole { t + (-t).rem_euclid(DAY) } else { t };
        let start = task.actual_start.map(|at| floor(minute(at)));
        let finish = task.actual_finish.filter(|_| task.state.is_done()).map(|at| ceil(minute(at)));
        let counted = self.data_date.map(minute).zip(start).is_some_and(|(date, start)| date > start);
        let left = if counted { task.remaining() } else { task.duration };
        Actual { start, finish, remaining: start.map(|_| ceil(left)) }
    }

    /// The dates the planner gave the task at an index, as instants.
    pub fn dates(&self, computed: &Computed, at: usize) -> ComputedDates {
        let instant = |minute: i64| axis::instant(minute, self.zone);
        let schedule = &computed.schedule;
        ComputedDates {
            early_start: instant(schedule.early_start[at]),
            early_finish: instant(schedule.early_finish[at]),
            late_start: instant(schedule.late_start[at]),
            late_finish: instant(schedule.late_finish[at]),
            total_float: schedule.total_float[at],
            critical: schedule.critical[at],
        }
    }

    /// Writes computed dates and readiness into the tasks; answers the indices of those that changed.
    /// Work that needs a state of a place throughout is stopped when that state is lost, and goes
    /// on when it is back.
    pub fn settle(&mut self, computed: &Computed, now: DateTime<Utc>) -> Vec<usize> {
        let mut changed = Vec::new();
        let before = self.all_before();
        let around = self.all_around(now);
        for at in 0..self.tasks.len() {
            let dates = self.dates(computed, at);
            let around = around.get(&at).map_or(&[][..], Vec::as_slice);
            let before = before.get(&at).map_or(&[][..], Vec::as_slice);
            let state = match super::space::now::stopped_or_resumed(&self.tasks[at], around) {
                Some(state) => state,
                None => super::readiness::settle(&self.tasks[at], before, around, now),
            };
            let task = &mut self.tasks[at];
            if task.dates != dates || task.state != state {
                if task.state != state && (state == TaskState::Blocked || task.state == TaskState::Blocked) {
                    task.reason = super::space::now::lost_reason(around);
                }
                task.dates = dates;
                task.state = state;
                changed.push(at);
            }
        }
        changed
    }

    /// What stands in the way of tasks at their places now, for those for whom something does:
    /// of work ahead what keeps it from beginning, of work under way what it has lost.
    pub fn all_around(&self, now: DateTime<Utc>) -> HashMap<usize, Vec<Unmet>> {
        let mut around = HashMap::new();
        if self.space.requirements.is_empty() {
            return around;
        }
        let places = Now::of(&self.space, &self.tasks, &self.links, now);
        for (at, task) in self.tasks.iter().enumerate() {
            let unmet = if task.state.is_ahead() { places.unmet_to_start(at) } else { places.unmet_to_go_on(at) };
            if !unmet.is_empty() {
                around.insert(at, unmet);
            }
        }
        around
    }

    /// Everything that is wrong between the plan and its places.
    pub fn assess(&self, computed: &Computed, now: DateTime<Utc>) -> Assessment {
        let (input, schedule) = (computed.network.input(), &computed.schedule);
        assess(&self.space, &self.tasks, input, schedule, now, self.zone)
    }

    /// The same for one task.
    pub fn around_of(&self, task: TaskId, now: DateTime<Utc>) -> Vec<Unmet> {
        let Some(at) = self.position(task) else { return Vec::new() };
        let places = Now::of(&self.space, &self.tasks, &self.links, now);
        if self.tasks[at].state.is_ahead() { places.unmet_to_start(at) } else { places.unmet_to_go_on(at) }
    }

    /// The predecessors of every task that has any, as the loop looks at them.
    pub fn all_before(&self) -> HashMap<usize, Vec<Before>> {
        let index: HashMap<TaskId, usize> = self.tasks.iter().enumerate().map(|(at, task)| (task.id, at)).collect();
        let mut before: HashMap<usize, Vec<Before>> = HashMap::new();
        for link in &self.links {
            if let (Some(&from), Some(&to)) = (index.get(&link.from), index.get(&link.to)) {
                before.entry(to).or_default().push(self.before(from, link));
            }
        }
        before
    }

    /// The predecessors of one task.
    pub fn before_of(&self, task: TaskId) -> Vec<Before> {
        let of_task = self.links.iter().filter(|link| link.to == task);
        of_task.filter_map(|link| self.position(link.from).map(|from| self.before(from, link))).collect()
    }

    fn before(&self, from: usize, link: &TaskLink) -> Before {
        let task = &self.tasks[from];
        Before {
            code: task.code.clone(),
            state: task.state,
            actual_start: task.actual_start,
            actual_finish: task.actual_finish,
            kind: link.kind,
            lag: link.lag,
            release: link.release,
            gate: task.kind == Kind::FinishMilestone && link.origin == LinkOrigin::Derived,
        }
    }

    /// Moves D0: dates that follow the template's offset move along, dates a person set stay.
    /// Answers how many moved along.
    pub fn move_opening(&mut self, opens_on: NaiveDate) -> usize {
        let (old, new) = (axis::midnight(self.opens_on), axis::midnight(opens_on));
        let mut moved = 0;
        for task in &mut self.tasks {
            let (Some(offset), Some(at)) = (task.offset_days, task.constraint_at) else { continue };
            let offset = i64::from(offset) * DAY;
            if axis::minute_at(at, self.zone) == old + offset {
                task.constraint_at = Some(axis::instant(new + offset, self.zone));
                moved += 1;
            }
        }
        self.opens_on = opens_on;
        moved
    }
}

/// Graph faults as refusals that name the tasks.
pub fn refusals(faults: &[NetworkFault], field: &str) -> Vec<Refusal> {
    faults
        .iter()
        .map(|fault| match fault {
            NetworkFault::Cycle { codes } => Refusal::invalid("plan-cycle").at(field).with("tasks", codes.join(" → ")),
            NetworkFault::Dangling { from, to, missing } => Refusal::invalid("plan-dangling")
                .at(field)
                .with("link", format!("{from} → {to}"))
                .with("missing", missing),
            NetworkFault::Duplicate { code } => Refusal::invalid("plan-duplicate").at(field).with("code", code),
        })
        .collect()
}
