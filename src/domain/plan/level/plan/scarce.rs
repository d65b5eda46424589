//! A computed plan with scarce crews and places: which tasks may move, and dates for them by serial
//! generation, from the front and from the back.

use super::ground::{Ground, Pads};
use super::usage::Usage;
use crate::plan::crew::{Crew, CrewNeed};
use crate::plan::network::{Arc, Cap, Constraint, Kind, LinkKind, Network};
use crate::plan::schedule::Schedule;
use crate::plan::sheet::{Computed, Sheet};
use std::collections::{BinaryHeap, HashMap};

/// What a task needs of a resource: a crew, or room at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Position of the resource: crews first, then the rooms of the [`Ground`].
    pub resource: usize,
    /// How much of it.
    pub units: i64,
    /// For how much longer than the task lasts.
    pub pads: Pads,
}

/// A plan whose crews and places are scarce.
#[derive(Debug)]
pub struct Scarce<'a> {
    /// The network.
    pub network: &'a Network,
    /// The dates the links alone give.
    pub schedule: &'a Schedule,
    /// Units of each resource: people of each crew, then hundredths of each room.
    pub capacity: Vec<i64>,
    /// What each activity needs.
    pub needs: Vec<Vec<Need>>,
    /// Who cannot be at a place with whom, and the rooms.
    pub ground: Ground,
    /// Activities that may move, predecessors first.
    pub movable: Vec<u32>,
    /// Whether an activity may move.
    pub moves: Vec<bool>,
    /// What is taken by what does not move.
    fixed: Taken,
    /// Minutes by which the plan stretches maximum lags before levelling.
    stretched_as_planned: i64,
    /// Weight of a minute, from the priority of the task: 1 for an ordinary one.
    pub weight: Vec<f64>,
}

/// What is taken while a schedule is built.
#[derive(Debug, Clone)]
struct Taken {
    /// By resource.
    usage: Vec<Usage>,
    /// Whether an activity has its dates.
    placed: Vec<bool>,
}

impl Taken {
    fn take(&mut self, needs: &[Need], start: i64, finish: i64) {
        for need in needs {
            self.usage[need.resource].take(start - need.pads.setup, finish + need.pads.clear, need.units);
        }
    }
}

/// Dates of all activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// Starts.
    pub start: Vec<i64>,
    /// Finishes.
    pub finish: Vec<i64>,
}

impl Dates {
    /// The early dates of a computed plan.
    #[must_use]
    pub fn early(schedule: &Schedule) -> Dates {
        Dates { start: schedule.early_start.clone(), finish: schedule.early_finish.clone() }
    }
}

impl<'a> Scarce<'a> {
    /// The plan of an edition with its crews. Work that has begun stays where it is, and so does work
    /// with a wish other than "not before": a not-before date must never take the place of it. A
    /// need that the crew could never meet is left out.
    pub fn of(sheet: &Sheet, computed: &'a Computed, crews: &[Crew], needs: &[CrewNeed]) -> Scarce<'a> {
        let (network, schedule) = (&computed.network, &computed.schedule);
        let count = sheet.tasks.len();
        let index: HashMap<_, _> = sheet.tasks.iter().enumerate().map(|(at, task)| (task.id, at)).collect();
        let ground = Ground::of(sheet, network.input());
        let mut capacity: Vec<i64> = crews.iter().map(|crew| i64::from(crew.quantity)).collect();
        let mut all = vec![Vec::new(); count];
        for need in needs {
            let crew = crews.iter().position(|crew| crew.id == need.crew);
            let (Some(&at), Some(crew)) = (index.get(&need.task), crew) else { continue };
            if i64::from(need.quantity) <= capacity[crew] && !sheet.tasks[at].state.is_done() {
                all[at].push(Need { resource: crew, units: i64::from(need.quantity), pads: Pads::default() });
            }
        }
        for (at, shares) in ground.shares.iter().enumerate() {
            let of = |share: &super::ground::Share| Need {
                resource: crews.len() + share.room,
                units: share.quantity,
                pads: share.pads,
            };
            all[at].extend(shares.iter().map(of));
        }
        capacity.extend(ground.rooms.iter().map(|room| room.capacity));
        let free = |at: usize| {
            let activity = &network.input().activities[at];
            let wish = !matches!(activity.constraint, Constraint::Asap | Constraint::Snet(_));
            activity.kind != Kind::Summary
                && activity.actual_start.is_none()
                && !wish
                && sheet.tasks[at].state.is_ahead()
        };
        let moves: Vec<bool> = (0..count).map(free).collect();
        let placed = moves.iter().map(|moves| !moves).collect();
        let mut fixed = Taken { usage: vec![Usage::default(); capacity.len()], placed };
        for at in (0..count).filter(|&at| !moves[at]) {
            fixed.take(&all[at], schedule.early_start[at], schedule.early_finish[at]);
        }
        let movable = network.order.iter().copied().filter(|&at| moves[at as usize]).collect();
        let weight = sheet.tasks.iter().map(|task| (f64::from(task.priority) + 1.0) / 501.0).collect();
        let mut scarce = Scarce {
            network,
            schedule,
            capacity,
            needs: all,
            ground,
            movable,
            moves,
            fixed,
            stretched_as_planned: 0,
            weight,
        };
        scarce.stretched_as_planned = scarce.stretched(&scarce.as_planned());
        scarce
    }

    /// The dates as they are without levelling.
    pub fn as_planned(&self) -> Dates {
        Dates::early(self.schedule)
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
        let mut taken = self.fixed.clone();
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
            let start = self.first_start(at, self.ready(at, dates), dates, &taken);
            self.put(at, start, dates, &mut taken);
            for arc in self.network.succs_of(at).iter().filter(|arc| self.moves[arc.other as usize]) {
                waits[arc.other as usize] -= 1;
                if waits[arc.other as usize] == 0 {
                    push(&mut open, arc.other);
                }
            }
        }
    }

    fn put(&self, at: usize, start: i64, dates: &mut Dates, taken: &mut Taken) {
        dates.start[at] = start;
        dates.finish[at] = self.network.calendar_of(at).add(start, self.duration(at));
        taken.take(&self.needs[at], dates.start[at], dates.finish[at]);
        taken.placed[at] = true;
    }

    fn first_start(&self, at: usize, ready: i64, dates: &Dates, taken: &Taken) -> i64 {
        let (calendar, duration) = (self.network.calendar_of(at), self.duration(at));
        let snap = |t: i64| if duration > 0 { calendar.snap_forward(t) } else { t };
        let mut start = snap(ready);
        loop {
            let finish = calendar.add(start, duration);
            let over = self.needs[at].iter().filter_map(|need| {
                let (from, to) = (start - need.pads.setup, finish + need.pads.clear);
                let over = taken.usage[need.resource].first_over(from, to, self.capacity[need.resource] - need.units);
                over.map(|until| until + need.pads.setup)
            });
            let met = self.ground.met(at, (start, finish), dates).filter(|one| taken.placed[one.other as usize]);
            let behind = met.map(|one| one.behind(dates.finish[one.other as usize]));
            match over.chain(behind).max() {
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
        let mut taken = self.fixed.clone();
        let mut order = self.movable.clone();
        // Places in the topological order settle what ends at the same time.
        let mut place = vec![0_u32; self.moves.len()];
        self.movable.iter().enumerate().for_each(|(index, &at)| place[at as usize] = index as u32);
        order.sort_by_key(|&at| std::cmp::Reverse((dates.finish[at as usize], place[at as usize])));
        for &at in &order {
            let at = at as usize;
            let finish = self.latest_finish(at, dates, late);
            let start = self.last_start(at, finish, dates.start[at], (late, &taken));
            self.put(at, start, late, &mut taken);
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
    fn last_start(&self, at: usize, finish: i64, least: i64, (late, taken): (&Dates, &Taken)) -> i64 {
        let (calendar, duration) = (self.network.calendar_of(at), self.duration(at));
        let mut start = calendar.sub(finish, duration);
        while start > least {
            let finish = calendar.add(start, duration);
            let over = self.needs[at].iter().filter_map(|need| {
                let (from, to) = (start - need.pads.setup, finish + need.pads.clear);
                let over = taken.usage[need.resource].last_over(from, to, self.capacity[need.resource] - need.units);
                over.map(|from| from - need.pads.clear)
            });
            let met = self.ground.met(at, (start, finish), late).filter(|one| taken.placed[one.other as usize]);
            let before = met.map(|one| one.before(late.start[one.other as usize]));
            match over.chain(before).min() {
                Some(from) => start = calendar.sub(from, duration).min(start - 1),
                None => return start,
            }
        }
        least
    }

    /// Minutes by which dates stretch links past their maximum lags.
    fn stretched(&self, dates: &Dates) -> i64 {
        let past = |cap: &Cap| {
            let (from, to) = (cap.from as usize, cap.to as usize);
            let begins = matches!(cap.kind, LinkKind::Ss | LinkKind::Sf);
            let ends = matches!(cap.kind, LinkKind::Ff | LinkKind::Sf);
            let from = if begins { dates.start[from] } else { dates.finish[from] };
            let to = if ends { dates.finish[to] } else { dates.start[to] };
            (to - self.network.calendar_at(cap.calendar).add(from, cap.lag)).max(0)
        };
        self.network.caps.iter().map(past).sum()
    }

    /// How good dates are: minutes past the late finishes and past maximum lags, then minutes moved, weighed by
    /// priority.
    pub fn cost(&self, dates: &Dates) -> (f64, f64) {
        let (mut late, mut moved) = ((self.stretched(dates) - self.stretched_as_planned).max(0) as f64, 0.0);
        for &at in &self.movable {
            let at = at as usize;
            let allowed = self.schedule.late_finish[at].max(self.schedule.early_finish[at]);
            late += (dates.finish[at] - allowed).max(0) as f64 * self.weight[at];
            moved += (dates.start[at] - self.schedule.early_start[at]) as f64 * self.weight[at];
        }
        (late, moved)
    }
}
