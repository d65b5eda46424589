//! The genetic search over priorities of a plan's tasks. Dates found before are the keys children
//! are made of (the standardised random keys of Debels and Vanhoucke 2007); every child is
//! justified: pulled to the end and built again from the front.

use super::scarce::{Dates, Scarce};
use crate::plan::level::chance::Chance;

/// How a search stands.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Standing {
    /// Schedules built so far; each pass counts.
    pub built: u64,
    /// Schedules allowed.
    pub budget: u64,
    /// Minutes past late finishes of the best so far, weighed by priority.
    pub late: f64,
    /// Minutes moved by the best so far, weighed by priority.
    pub moved: f64,
}

/// Size of the population.
const SIZE: usize = 24;

struct One {
    dates: Dates,
    cost: (f64, f64),
}

struct Search<'a, 's> {
    scarce: &'s Scarce<'a>,
    chance: Chance,
    all: Vec<One>,
    built: u64,
    budget: u64,
    stopped: bool,
    keep_going: &'s mut dyn FnMut(Standing) -> bool,
}

/// The best dates within a budget of schedules, and how many were built. At least one is built;
/// the search ends early when nothing has to move, or when `keep_going` answers no.
pub fn best(scarce: &Scarce, budget: u64, seed: u64, keep_going: &mut dyn FnMut(Standing) -> bool) -> (Dates, u64) {
    let chance = Chance::seeded(seed);
    let mut search = Search { scarce, chance, all: Vec::new(), built: 0, budget, stopped: false, keep_going };
    search.populate();
    while !search.done() {
        search.beget();
    }
    let built = search.built;
    match search.all.into_iter().min_by(|a, b| order(a.cost, b.cost)) {
        Some(best) => (best.dates, built),
        None => (scarce.as_planned(), built),
    }
}

fn order(a: (f64, f64), b: (f64, f64)) -> std::cmp::Ordering {
    a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
}

impl Search<'_, '_> {
    fn done(&self) -> bool {
        self.stopped || self.built >= self.budget || self.all.iter().any(|one| one.cost == (0.0, 0.0))
    }

    /// Builds from keys, then to and fro; keeps what is best.
    fn build(&mut self, keys: &[i64]) -> One {
        let mut dates = self.scarce.as_planned();
        self.scarce.forward(keys, &mut dates);
        let mut best = One { cost: self.scarce.cost(&dates), dates };
        self.built += 1;
        if best.cost != (0.0, 0.0) && self.built + 2 <= self.budget {
            let mut late = best.dates.clone();
            self.scarce.backward(&best.dates, &mut late);
            let mut dates = best.dates.clone();
            self.scarce.forward(&late.start, &mut dates);
            self.built += 2;
            let cost = self.scarce.cost(&dates);
            if order(cost, best.cost).is_lt() {
                best = One { dates, cost };
            }
        }
        best
    }

    fn tell(&mut self) {
        let best = self.all.iter().map(|one| one.cost).min_by(|a, b| order(*a, *b)).unwrap_or((0.0, 0.0));
        let standing = Standing { built: self.built, budget: self.budget, late: best.0, moved: best.1 };
        self.stopped |= !(self.keep_going)(standing);
    }

    /// Plain rules first (late start, late finish, early start, priority), then the first with chance.
    fn populate(&mut self) {
        let schedule = self.scarce.schedule;
        let urgent: Vec<i64> = (0..schedule.early_start.len())
            .map(|at| schedule.late_start[at] - (self.scarce.weight[at] * 1_440.0) as i64)
            .collect();
        let rules: [&[i64]; 4] = [&schedule.late_start, &schedule.late_finish, &schedule.early_start, &urgent];
        for rule in rules {
            if self.done() && !self.all.is_empty() {
                return;
            }
            let one = self.build(rule);
            self.all.push(one);
            self.tell();
        }
        while self.all.len() < SIZE && !self.done() {
            let rule = rules[self.chance.below(rules.len())];
            let spread = 1_440 * (1 + self.chance.below(7) as i64);
            let keys: Vec<i64> = rule.iter().map(|&key| key + self.near(spread)).collect();
            let one = self.build(&keys);
            self.all.push(one);
            self.tell();
        }
    }

    fn near(&mut self, spread: i64) -> i64 {
        self.chance.below(2 * spread as usize + 1) as i64 - spread
    }

    fn parent(&mut self) -> usize {
        let (a, b) = (self.chance.below(self.all.len()), self.chance.below(self.all.len()));
        if order(self.all[b].cost, self.all[a].cost).is_lt() { b } else { a }
    }

    fn beget(&mut self) {
        let (first, second) = (self.parent(), self.parent());
        let (a, b) = (&self.all[first].dates.start, &self.all[second].dates.start);
        let movable = &self.scarce.movable;
        let span = |dates: &[i64]| {
            let of = || movable.iter().map(|&at| dates[at as usize]);
            (of().min().unwrap_or(0), of().max().unwrap_or(0))
        };
        let (least, most) = span(a);
        let length = (most - least).max(1);
        let from = least + (length as f64 * self.chance.unit()) as i64;
        let to = from + (length as f64 * (0.1 + 0.4 * self.chance.unit())) as i64;
        let mut keys: Vec<i64> =
            (0..a.len()).map(|at| if (from..to).contains(&a[at]) { a[at] } else { b[at] }).collect();
        for index in 0..movable.len() {
            if self.chance.unit() < 0.03 {
                let at = self.scarce.movable[index] as usize;
                keys[at] += self.near(3 * 1_440);
            }
        }
        let child = self.build(&keys);
        self.settle(child);
        self.tell();
    }

    fn settle(&mut self, child: One) {
        if self.all.iter().any(|one| one.cost == child.cost && one.dates == child.dates) {
            return;
        }
        if let Some(worst) = self.all.iter_mut().max_by(|a, b| order(a.cost, b.cost))
            && order(child.cost, worst.cost).is_le()
        {
            *worst = child;
        }
    }
}
