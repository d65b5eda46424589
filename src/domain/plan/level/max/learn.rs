//! Learning from clashes: which earlier statements suffice for it, as a clause that keeps the
//! search from ever running into it again (first unique implication point).

use super::rules::{Clash, Rules};
use super::trail::{NEVER, Reason, Says, Signed, Trail};

/// No statement about this variable is wanted.
const NONE: i32 = i32::MIN;

/// Working memory for learning.
#[derive(Debug, Clone, Default)]
pub struct Learner {
    /// The strongest statement wanted about each signed variable.
    want: Vec<i32>,
    touched: Vec<Signed>,
    premises: Vec<Says>,
    /// Variables that took part, for the choice of what to try next.
    pub part: Vec<Signed>,
    /// Clauses that took part.
    pub used: Vec<u32>,
}

/// A clause learned: its first statement follows at `level`.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// The statements; the second one is of the highest level.
    pub says: Vec<Says>,
    /// Where to go back to.
    pub level: u32,
    /// Number of levels in it.
    pub spread: u32,
}

impl Learner {
    /// Memory for a number of signed variables.
    pub fn new(signed: usize) -> Learner {
        Learner { want: vec![NONE; signed], ..Learner::default() }
    }

    /// Level of the latest statement of a clash.
    pub fn level_of(trail: &Trail, clash: &[Says]) -> u32 {
        clash.iter().map(|&says| level(trail, trail.when(says))).max().unwrap_or(0)
    }

    /// What there is to learn from a clash at the present level, which must not be 0.
    pub fn learn(&mut self, trail: &Trail, rules: &Rules, clash: &Clash) -> Lesson {
        self.part.clear();
        self.used.clear();
        let top = trail.level();
        let mut open = 0;
        for &says in clash {
            self.add(trail, says, top, &mut open);
        }
        let mut at = trail.events.len();
        let point = loop {
            at -= 1;
            let event = trail.events[at];
            let want = self.want[event.of as usize];
            if want == NONE || want <= event.was {
                continue;
            }
            let says = Says::at_least(event.of, want);
            self.part.push(event.of);
            if open == 1 {
                break says;
            }
            self.want[event.of as usize] = NONE;
            open -= 1;
            if let Reason::Clause(clause) = event.reason {
                self.used.push(clause);
            }
            let mut premises = std::mem::take(&mut self.premises);
            rules.premises(trail, says, event.reason, &mut premises);
            for &says in &premises {
                self.add(trail, says, top, &mut open);
            }
            self.premises = premises;
        };
        self.lesson(trail, rules, point)
    }

    fn add(&mut self, trail: &Trail, says: Says, top: u32, open: &mut usize) {
        let event = trail.when(says);
        let new = level(trail, event);
        if new == 0 {
            return;
        }
        let want = self.want[says.of as usize];
        if want >= says.least {
            return;
        }
        let old = if want == NONE { 0 } else { level(trail, trail.when(Says::at_least(says.of, want))) };
        if want == NONE {
            self.touched.push(says.of);
        }
        self.want[says.of as usize] = says.least;
        if new == top && old != top {
            *open += 1;
        }
    }

    fn lesson(&mut self, trail: &Trail, rules: &Rules, point: Says) -> Lesson {
        self.touched.sort_unstable();
        self.touched.dedup();
        let touched = std::mem::take(&mut self.touched);
        let mut kept: Vec<(u32, Says)> = Vec::new();
        for &of in &touched {
            let want = self.want[of as usize];
            let says = Says::at_least(of, want);
            if want != NONE && says != point && !self.follows(trail, rules, says) {
                kept.push((level(trail, trail.when(says)), says));
            }
        }
        for &of in &touched {
            self.want[of as usize] = NONE;
        }
        self.touched = touched;
        self.touched.clear();
        kept.sort_unstable_by_key(|&(level, says)| (std::cmp::Reverse(level), says.of));
        let mut spread: Vec<u32> = kept.iter().map(|&(level, _)| level).collect();
        spread.dedup();
        let says = std::iter::once(point).chain(kept.iter().map(|&(_, says)| says)).map(Says::not).collect();
        Lesson { says, level: kept.first().map_or(0, |&(level, _)| level), spread: spread.len() as u32 + 1 }
    }

    /// The statement follows from others that are wanted anyway and held before it.
    fn follows(&mut self, trail: &Trail, rules: &Rules, says: Says) -> bool {
        let event = trail.when(says);
        let reason = trail.events[event as usize].reason;
        if reason == Reason::Tried {
            return false;
        }
        let mut premises = std::mem::take(&mut self.premises);
        rules.premises(trail, says, reason, &mut premises);
        let follows = premises.iter().all(|premise| {
            if level(trail, trail.when(*premise)) == 0 {
                return true;
            }
            let want = self.want[premise.of as usize];
            want != NONE
                && want >= premise.least
                && premise.of != says.of
                && trail.when(Says::at_least(premise.of, want)) < event
        });
        self.premises = premises;
        follows
    }
}

fn level(trail: &Trail, event: u32) -> u32 {
    if event == NEVER { 0 } else { trail.events[event as usize].level }
}
