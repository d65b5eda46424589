//! The search: tries, propagates, learns from clashes, starts over; every schedule found asks for a
//! shorter one until there is none. Alternates between building schedules from the front and
//! following what took part in clashes (Schutt, Feydy, Stuckey and Wallace 2013).

use super::learn::{Learner, Lesson};
use super::model::{Dead, Model};
use super::project::{Lag, LagProject};
use super::queue::Queue;
use super::rules::Clash;
use super::trail::{Reason, Says, Signed};
use crate::plan::level::chance::Chance;

/// How the search stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Length of the shortest schedule found.
    pub makespan: Option<i32>,
    /// Clashes so far.
    pub clashes: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A schedule.
    Schedule {
        /// Start of each activity.
        starts: Vec<i32>,
        /// Start of the last one.
        makespan: i32,
        /// No shorter one exists.
        proved: bool,
    },
    /// Proved: the lags contradict each other along this circle.
    Circle(Vec<Lag>),
    /// Proved: lags and resources together leave no schedule.
    Scarce,
    /// Stopped with neither a schedule nor a proof.
    Unknown,
}

/// Steps (clashes and things tried) between two questions whether to go on.
const ASK: u64 = 128;

/// Unit of the restart sequence, in clashes.
const UNIT: u64 = 64;

/// Searches the shortest schedule until it is proved or `keep_going` answers no.
pub fn solve(project: &LagProject, seed: u64, keep_going: &mut dyn FnMut(Standing) -> bool) -> Answer {
    let model = match Model::of(project) {
        Ok(model) => model,
        Err(Dead::Lags(circle)) => return Answer::Circle(circle),
        Err(Dead::Resources) => return Answer::Scarce,
    };
    let mut search = Search::new(model, seed);
    let exhausted = search.run(keep_going);
    match (search.best, exhausted) {
        (Some((makespan, starts)), proved) => Answer::Schedule { starts, makespan, proved },
        (None, true) => Answer::Scarce,
        (None, false) => Answer::Unknown,
    }
}

struct Search {
    model: Model,
    learner: Learner,
    chance: Chance,
    best: Option<(i32, Vec<i32>)>,
    /// Value of each variable in the best schedule, or as last tried.
    liked: Vec<i32>,
    activity: Vec<f64>,
    bump: f64,
    queue: Queue,
    dirty: u64,
    clashes: u64,
    learned_from: usize,
    learned: u64,
    way: Way,
    /// What a restart near the best schedule begins with, and how far it has got.
    held: Vec<Says>,
    held_next: usize,
}

/// What the search tries first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Builds from the front.
    Front,
    /// Follows what took part in clashes.
    Busy,
    /// Keeps the best schedule outside of a stretch of time, and builds from the front inside.
    Near,
}

impl Search {
    fn new(model: Model, seed: u64) -> Search {
        let variables = model.trail.least.len() / 2;
        let mut chance = Chance::seeded(seed);
        let activity: Vec<f64> = (0..variables).map(|_| chance.unit() * 1e-3).collect();
        let mut queue = Queue::new(variables);
        (0..variables as u32).for_each(|at| queue.push(at, &activity));
        Search {
            learner: Learner::new(2 * variables),
            chance,
            best: None,
            liked: vec![i32::MIN; variables],
            activity,
            bump: 1.0,
            queue,
            dirty: u64::MAX,
            clashes: 0,
            learned_from: model.rules.clauses.len(),
            learned: 0,
            way: Way::Front,
            held: Vec::new(),
            held_next: 0,
            model,
        }
    }

    /// Answers whether the search is exhausted: the best schedule is proved, or there is none.
    fn run(&mut self, keep_going: &mut dyn FnMut(Standing) -> bool) -> bool {
        let mut restarts = 0;
        let mut until = UNIT;
        let mut keep = 4_000;
        self.model.trail.next = 0;
        let mut steps = 0_u64;
        loop {
            steps += 1;
            let makespan = self.best.as_ref().map(|best| best.0);
            if steps.is_multiple_of(ASK) && !keep_going(Standing { makespan, clashes: self.clashes }) {
                return false;
            }
            match self.propagate() {
                Err(clash) => {
                    self.clashes += 1;
                    if !self.learn(&clash) {
                        return true;
                    }
                    if self.clashes >= until {
                        restarts += 1;
                        until = self.clashes + UNIT * luby(restarts);
                        self.back_to(0);
                        self.turn(restarts);
                        if self.learned > keep {
                            keep += 500;
                            self.forget();
                        }
                    }
                }
                Ok(()) => match self.choose() {
                    Some(says) => self.model.trail.try_out(says),
                    None if !self.improve() => return true,
                    None => {}
                },
            }
        }
    }

    fn forget(&mut self) {
        // What is not yet propagated has no history to lose: only then are clauses let go.
        if self.propagate().is_ok() {
            self.model.trail.settle();
            self.model.rules.forget(self.learned_from);
            self.learned /= 2;
        } else {
            // The clash is found again, at level 0, and ends the search.
            self.model.trail.next = 0;
        }
    }

    fn propagate(&mut self) -> Result<(), Clash> {
        let Model { trail, rules, usages, activities, uses, .. } = &mut self.model;
        loop {
            let dirty = &mut self.dirty;
            rules.propagate(trail, |of| {
                if ((of >> 1) as usize) < *activities {
                    *dirty |= uses[(of >> 1) as usize];
                }
            })?;
            if self.dirty == 0 {
                return Ok(());
            }
            let due = std::mem::take(&mut self.dirty);
            for (at, usage) in usages.iter_mut().enumerate() {
                if due & 1 << at.min(63) != 0 && usage.propagate(trail)? {
                    // Cheap consequences first; the resources not yet asked stay due.
                    self.dirty |= due & !((1_u64 << at.min(63)) - 1);
                    break;
                }
            }
        }
    }

    /// Keeps the schedule found and asks for a shorter one; answers whether there may be one.
    fn improve(&mut self) -> bool {
        let trail = &self.model.trail;
        let starts: Vec<i32> = (0..self.model.activities).map(|at| trail.low(2 * at as Signed)).collect();
        for at in 0..self.liked.len() {
            self.liked[at] = trail.low(2 * at as Signed);
        }
        let end = 2 * (self.model.activities as Signed - 1);
        let makespan = trail.low(end);
        self.best = Some((makespan, starts));
        self.back_to(0);
        let shorter = Says::at_most(end, makespan - 1);
        if self.model.trail.fails(shorter) {
            return false;
        }
        if !self.model.trail.holds(shorter) {
            self.model.trail.raise(shorter, Reason::Tried);
        }
        true
    }

    fn back_to(&mut self, level: u32) {
        let (queue, activity) = (&mut self.queue, &self.activity);
        self.model.trail.back_to(level, |of| queue.push(of >> 1, activity));
        self.dirty = u64::MAX;
        self.held_next = 0;
    }

    /// Learns from a clash; answers whether anything is left to try.
    fn learn(&mut self, clash: &Clash) -> bool {
        let level = Learner::level_of(&self.model.trail, clash);
        if level == 0 {
            return false;
        }
        self.back_to(level);
        let lesson = self.learner.learn(&self.model.trail, &self.model.rules, clash);
        for at in 0..self.learner.part.len() {
            self.raise(self.learner.part[at] >> 1);
        }
        for &clause in &self.learner.used {
            self.model.rules.clauses[clause as usize].activity += self.bump as f32;
        }
        self.bump *= 1.0 / 0.95;
        if self.bump > 1e30 {
            self.activity.iter_mut().for_each(|activity| *activity *= 1e-30);
            self.model.rules.clauses.iter_mut().for_each(|clause| clause.activity *= 1e-30);
            self.bump *= 1e-30;
        }
        self.take(lesson);
        true
    }

    fn take(&mut self, lesson: Lesson) {
        self.back_to(lesson.level);
        let first = lesson.says[0];
        if lesson.says.len() == 1 {
            self.model.trail.raise(first, Reason::Tried);
            return;
        }
        let clause = self.model.rules.clause(lesson.says, lesson.spread);
        self.model.rules.clauses[clause as usize].activity = self.bump as f32;
        self.learned += 1;
        self.model.trail.raise(first, Reason::Clause(clause));
    }

    fn raise(&mut self, variable: u32) {
        self.activity[variable as usize] += self.bump;
        self.queue.risen(variable, &self.activity);
    }

    fn choose(&mut self) -> Option<Says> {
        match self.way {
            Way::Front => self.earliest(),
            Way::Busy => self.busiest(),
            Way::Near => self.nearby(),
        }
    }

    /// The next way after so many restarts.
    fn turn(&mut self, restarts: u64) {
        self.way = match restarts % 4 {
            1 => Way::Busy,
            3 if self.best.is_some() => Way::Near,
            2 if self.best.is_some() => Way::Near,
            _ => Way::Front,
        };
        if self.way == Way::Near {
            self.hold();
        }
    }

    /// Chooses a stretch of time and holds what the best schedule does outside of it.
    fn hold(&mut self) {
        self.held.clear();
        self.held_next = 0;
        let Some((makespan, starts)) = &self.best else { return };
        let span = (*makespan as usize).max(8);
        let length = span / 8 + self.chance.below(span / 2);
        let from = self.chance.below(span + length) as i32 - length as i32;
        let to = from + length as i32;
        let free = |at: usize| starts[at] + self.model.durations[at] > from && starts[at] < to;
        for (variable, &(a, b)) in (self.model.activities..).zip(&self.model.pairs) {
            if !free(a) || !free(b) {
                let of = 2 * variable as Signed;
                let yes = self.liked[variable] == 1;
                self.held.push(if yes { Says::at_least(of, 1) } else { Says::at_most(of, 0) });
            }
        }
        for (at, &start) in starts.iter().enumerate() {
            if !free(at) && start < from {
                self.held.push(Says::at_most(2 * at as Signed, start));
            }
        }
    }

    fn nearby(&mut self) -> Option<Says> {
        while self.held_next < self.held.len() {
            let says = self.held[self.held_next];
            self.held_next += 1;
            if !self.model.trail.holds(says) && !self.model.trail.fails(says) {
                return Some(says);
            }
        }
        self.earliest()
    }

    /// The activity that can start first, at its earliest.
    fn earliest(&mut self) -> Option<Says> {
        let trail = &self.model.trail;
        let open = (0..self.model.activities as Signed).map(|at| 2 * at).filter(|&of| trail.low(of) < trail.high(of));
        let chosen = open.min_by_key(|&of| (trail.low(of), trail.high(of)))?;
        Some(Says::at_most(chosen, trail.low(chosen)))
    }

    /// The variable that took part in most clashes lately, as it was in the best schedule.
    fn busiest(&mut self) -> Option<Says> {
        while let Some(variable) = self.queue.pop(&self.activity) {
            let of = 2 * variable;
            let (low, high) = (self.model.trail.low(of), self.model.trail.high(of));
            if low == high {
                continue;
            }
            let liked = self.liked[variable as usize];
            if (variable as usize) >= self.model.activities {
                let yes = if liked == i32::MIN { self.chance.below(2) == 1 } else { liked == 1 };
                return Some(if yes { Says::at_least(of, 1) } else { Says::at_most(of, 0) });
            }
            // Half an interval does not fix the variable: it must be found again.
            self.queue.push(variable, &self.activity);
            if liked > low && liked <= high {
                return Some(Says::at_least(of, liked));
            }
            return Some(Says::at_most(of, low));
        }
        self.earliest()
    }
}

/// The sequence 1 1 2 1 1 2 4 … (Luby, Sinclair and Zuckerman 1993).
fn luby(at: u64) -> u64 {
    let mut at = at;
    loop {
        let bits = 64 - at.leading_zeros();
        if at + 1 == 1 << bits {
            return 1 << (bits - 1);
        }
        at -= (1 << (bits - 1)) - 1;
    }
}
