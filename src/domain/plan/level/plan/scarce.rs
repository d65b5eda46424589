//! A computed plan with scarce crews: which tasks may move, and dates for them by serial
//! generation, from the front and from the back.

use super::usage::Usage;
use crate::plan::crew::{Crew, CrewNeed};
use crate::plan::network::{Arc, Constraint, Kind, LinkKind, Network};
use crate::plan::schedule::Schedule;
use crate::plan::sheet::{Computed, Sheet};
use std::collections::{BinaryHeap, HashMap};

/// A plan whose crews are scarce.
#[derive(Debug)]
pub struct Scarce<'a> {
    /// The network.
    pub network: &'a Network,
    /// The dates the links alone give.
    pub schedule: &'a Schedule,
    /// Units of each crew.
    pub capacity: Vec<i64>,
    /// What each activity needs: crew by place in the list, units.
    pub needs: Vec<Vec<(usize, i64)>>,
    /// Activities that may move, predecessors first.
    pub movable: Vec<u32>,
    /// Whether an activity may move.
    pub moves: Vec<bool>,
    /// Use by what does not move.
    fixed: Vec<Usage>,
    /// Weight of a minute, from the priority of the task: 1 for an ordinary one.
    pub weight: Vec<f64>,
}

/// Dates of all activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// Starts.
    pub start: Vec<i64>,
    /// Finishes.
    pub finish: Vec<i64>,
}

impl<'a> Scarce<'a> {
    /// The plan of an edition with its crews. Work that has begun stays where it is, and so does work
    /// with a wish other than "not before": a not-before date must never take the place of it. A
    /// need that the crew could never meet is left out.
    pub fn of(sheet: &Sheet, computed: &'a Computed, crews: &[Crew], needs: &[CrewNeed]) -> Scarce<'a> {
        let (network, schedule) = (&computed.network, &computed.schedule);
        let count = sheet.tasks.len();
        let index: HashMap<_, _> = sheet.tasks.iter().enumerate().map(|(at, task)| (task.id, at)).collect();
        let capacity: Vec<i64> = crews.iter().map(|crew| i64::from(crew.quantity)).collect();
        let mut all = vec![Vec::new(); count];
        for need in needs {
            let crew = crews.iter().position(|crew| crew.id == need.crew);
            let (Some(&at), Some(crew)) = (index.get(&need.task), crew) else { continue };
            if i64::from(need.quantity) <= capacity[crew] && !sheet.tasks[at].state.is_done() {
                all[at].push((crew, i64::from(need.quantity)));
            }
        }
        let free = |at: usize| {
            let activity = &network.input().activities[at];
            let wish = !matches!(activity.constraint, Constraint::Asap | Constraint::Snet(_));
            activity.kind != Kind::Summary
                && activity.actual_start.is_none()
                && !wish
                && sheet.tasks[at].state.is_ahead()
        };
        let moves: Vec<bool> = (0..count).map(free).collect();
        let mut fixed = vec![Usage::default(); capacity.len()];
        for at in (0..count).filter(|&at| !moves[at]) {
            for &(crew, units) in &all[at] {
                fixed[crew].take(schedule.early_start[at], schedule.early_finish[at], units);
            }
        }
        let movable = network.order.iter().copied().filter(|&at| moves[at as usize]).collect();
        let weight = sheet.tasks.iter().map(|task| (f64::from(task.priority) + 1.0) / 501.0).collect();
        Scarce { network, schedule, capacity, needs: all, movable, moves, fixed, weight }
    }

    /// The dates as they are without levelling.
    pub fn as_planned(&self) -> Dates {
        Dates { start: self.schedule.early_start.clone(), finish: self.schedule.early_finish.clone() }
    }

    /// How each crew is used by these dates.
    pub fn usage(&self, dates: &Dates) -> Vec<Usage> {
        let mut usage = vec![Usage::default(); self.capacity.len()];
        for (at, needs) in self.needs.iter().enumerate() {
            for &(crew, units) in needs {
                usage[crew].take(dates.start[at], dates.finish[at], units);
            }
        }
        usage
    }

    /// Working minutes an activity still takes.
    pub fn duration(&self, at: usize) -> i64 {
        self.network.input().activities[at].work_left()
    }

    /// The earliest start a predecessor leaves.
    fn after(&self, at: usize, arc: &Arc, dates: &Dates) -> i64 {
        let (from, calendar) = (arc.other as usize, self.network.calendar_of(at));
        let lag = self.network.lag_calendar(arc);
        match arc.kind {
            LinkKind::Fs => lag.add(dates.finish[from], arc.lag),
            LinkKind::Ss => lag.add(dates.start[from], arc.lag),
            LinkKind::Ff => calendar.sub(lag.add(dates.finish[from], arc.lag), self.duration(at)),
            LinkKind::Sf => calendar.sub(lag.add(dates.start[from], arc.lag), self.duration(at)),
        }
    }

    /// The start the links leave, given the dates of those before.
    pub fn ready(&self, at: usize, dates: &Dates) -> i64 {
        let bounds = self.network.preds_of(at).iter().map(|arc| self.after(at, arc, dates));
        bounds.max().unwrap_or(i64::MIN).max(self.schedule.early_start[at])
    }

    /// Builds dates from the front: of the activities whose predecessors are placed, the one with
    /// the smallest key next, each at its first start with room for its crews.
    pub fn forward(&self, keys: &[i64], dates: &mut Dates) {
        dates.start.copy_from_slice(&self.schedule.early_start);
        dates.finish.copy_from_slice(&self.schedule.early_finish);
        let mut usage = self.fixed.clone();
        let mut waits = vec![0_u32; self.moves.len()];
        let mut open = BinaryHeap::new();
        let push = |open: &mut BinaryHeap<_>, at: u32| open.push(std::cmp::Reverse((keys[at as usize], at)));
        for &at in &self.movable {
            let before = self.network.preds_of(at as usize).iter().filter(|arc| self.moves[arc.other as usize]);
            waits[at as usize] = before.count() as u32;
            if waits[at as usize] == 0 {
                push(&mut open, at);
            }
        }
        while let Some(std::cmp::Reverse((_, at))) = open.pop() {
            let at = at as usize;
            let start = self.first_start(at, self.ready(at, dates), &usage);
            self.put(at, start, dates, &mut usage);
            for arc in self.network.succs_of(at).iter().filter(|arc| self.moves[arc.other as usize]) {
                waits[arc.other as usize] -= 1;
                if waits[arc.other as usize] == 0 {
                    push(&mut open, arc.other);
                }
            }
        }
    }

    fn put(&self, at: usize, start: i64, dates: &mut Dates, usage: &mut [Usage]) {
        dates.start[at] = start;
        dates.finish[at] = self.network.calendar_of(at).add(start, self.duration(at));
        for &(crew, units) in &self.needs[at] {
            usage[crew].take(dates.start[at], dates.finish[at], units);
        }
    }

    fn first_start(&self, at: usize, ready: i64, usage: &[Usage]) -> i64 {
        let (calendar, duration) = (self.network.calendar_of(at), self.duration(at));
        let snap = |t: i64| if duration > 0 { calendar.snap_forward(t) } else { t };
        let mut start = snap(ready);
        loop {
            let finish = calendar.add(start, duration);
            let over = self.needs[at]
                .iter()
                .filter_map(|&(crew, units)| usage[crew].first_over(start, finish, self.capacity[crew] - units))
                .max();
            match over {
                Some(until) if until > start => start = snap(until),
                _ => return start,
            }
        }
    }

    /// Pulls the dates back from the end: by falling finishes, each activity as late as those after
    /// it, its late finish (or its finish, where that is later) and its crews let it.
    pub fn backward(&self, dates: &Dates, late: &mut Dates) {
        late.start.copy_from_slice(&dates.start);
        late.finish.copy_from_slice(&dates.finish);
        let mut usage = self.fixed.clone();
        let mut order = self.movable.clone();
        // Places in the topological order settle what ends at the same time.
        let mut place = vec![0_u32; self.moves.len()];
        self.movable.iter().enumerate().for_each(|(index, &at)| place[at as usize] = index as u32);
        order.sort_by_key(|&at| std::cmp::Reverse((dates.finish[at as usize], place[at as usize])));
        for &at in &order {
            let at = at as usize;
            let finish = self.latest_finish(at, dates, late);
            let start = self.last_start(at, finish, dates.start[at], &usage);
            self.put(at, start, late, &mut usage);
        }
    }

    fn latest_finish(&self, at: usize, dates: &Dates, late: &Dates) -> i64 {
        let (calendar, duration) = (self.network.calendar_of(at), self.duration(at));
        let snap = |t: i64| if duration > 0 { calendar.snap_back(t) } else { t };
        let mut finish = self.schedule.late_finish[at].max(dates.finish[at]);
        for arc in self.network.succs_of(at) {
            let (other, lag) = (arc.other as usize, self.network.lag_calendar(arc));
            finish = finish.min(match arc.kind {
                LinkKind::Fs => snap(lag.latest_before(late.start[other], arc.lag)),
                LinkKind::Ss => calendar.add(lag.latest_before(late.start[other], arc.lag), duration),
                LinkKind::Ff => snap(lag.latest_before(late.finish[other], arc.lag)),
                LinkKind::Sf => calendar.add(lag.latest_before(late.finish[other], arc.lag), duration),
            });
        }
        finish
    }

    /// The last start not after `finish` allows with room, but no earlier than `least`.
    fn last_start(&self, at: usize, finish: i64, least: i64, usage: &[Usage]) -> i64 {
        let (calendar, duration) = (self.network.calendar_of(at), self.duration(at));
        let mut start = calendar.sub(finish, duration);
        while start > least {
            let finish = calendar.add(start, duration);
            let over = self.needs[at]
                .iter()
                .filter_map(|&(crew, units)| usage[crew].last_over(start, finish, self.capacity[crew] - units))
                .min();
            match over {
                Some(from) => start = calendar.sub(from, duration).min(start - 1),
                None => return start,
            }
        }
        least
    }

    /// How good dates are: minutes past the late finishes, then minutes moved, weighed by priority.
    pub fn cost(&self, dates: &Dates) -> (f64, f64) {
        let (mut late, mut moved) = (0.0, 0.0);
        for &at in &self.movable {
            let at = at as usize;
            let allowed = self.schedule.late_finish[at].max(self.schedule.early_finish[at]);
            late += (dates.finish[at] - allowed).max(0) as f64 * self.weight[at];
            moved += (dates.start[at] - self.schedule.early_start[at]) as f64 * self.weight[at];
        }
        (late, moved)
    }
}
