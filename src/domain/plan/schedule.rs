//! The two passes: early dates forward, late dates backward, float and drivers between them.
//!
//! Dates are minutes on the edition's *wall-clock* axis: minute 0 is 1970-01-01 00:00 on the
//! clock of the venue, so that a template of whole days stays at midnight when the clocks
//! change. Converting to instants is the caller's business and happens once, at the edge.

use super::calendar::FAR;
use super::network::{Arc, Constraint, Kind, LinkKind, Network, Progress};

/// What decided an early start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Driver {
    /// Nothing but the start of the plan.
    PlanStart,
    /// Work left over may not lie before the data date.
    DataDate,
    /// The activity's own constraint.
    Constraint,
    /// The link with this index in the plan's link list.
    Link(u32),
    /// It really began then.
    Actual,
    /// As late as possible: the late date.
    Late,
    /// A summary: the child with this index.
    Child(u32),
}

/// A wish the plan could not keep. Dates are computed all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conflict {
    /// A pinned or actual date breaks this link, by so many working minutes.
    Link {
        /// Index of the link.
        link: u32,
        /// Working minutes.
        by: i64,
    },
    /// A no-later-than, pin or deadline of this activity is missed by so many working minutes.
    Missed {
        /// Index of the activity.
        activity: u32,
        /// Working minutes.
        by: i64,
    },
    /// The calendar of this activity has no working time left.
    NoTime {
        /// Index of the activity.
        activity: u32,
    },
}

/// Computed dates, one slot per activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Early start (the actual start once begun).
    pub early_start: Vec<i64>,
    /// Early finish (the actual finish once done).
    pub early_finish: Vec<i64>,
    /// Late start.
    pub late_start: Vec<i64>,
    /// Late finish.
    pub late_finish: Vec<i64>,
    /// Where the logic alone would put the start, before pins.
    pub logic_start: Vec<i64>,
    /// Working minutes an activity may slip before a late date is hurt.
    pub total_float: Vec<i64>,
    /// Working minutes it may slip before any other activity moves.
    pub free_float: Vec<i64>,
    /// Total float at or below the threshold, and not done.
    pub critical: Vec<bool>,
    /// What decided the early start.
    pub driver: Vec<Driver>,
    /// What could not be kept.
    pub conflicts: Vec<Conflict>,
    /// Largest early finish.
    pub finish: i64,
}

impl Network {
    /// Full recalculation.
    pub fn compute(&self) -> Schedule {
        let count = self.input.activities.len();
        let mut passes = Passes {
            net: self,
            es: vec![self.input.start; count],
            ef: vec![self.input.start; count],
            ls: vec![FAR; count],
            lf: vec![FAR; count],
            logic: vec![self.input.start; count],
            work_from: vec![self.input.start; count],
            driver: vec![Driver::PlanStart; count],
            late_from: Vec::new(),
        };
        passes.forward();
        let finish = passes.finish();
        passes.backward(self.input.finish.unwrap_or(finish));
        if self.input.activities.iter().any(|activity| activity.constraint == Constraint::Alap) {
            // Second forward pass: what is wanted late starts late, and its successors make room.
            passes.late_from = passes.ls.clone();
            passes.forward();
        }
        passes.summaries();
        passes.into_schedule()
    }
}

struct Passes<'a> {
    net: &'a Network,
    es: Vec<i64>,
    ef: Vec<i64>,
    ls: Vec<i64>,
    lf: Vec<i64>,
    logic: Vec<i64>,
    /// Where the work still to do begins; differs from `es` once begun.
    work_from: Vec<i64>,
    driver: Vec<Driver>,
    /// Late starts of a first run, for ALAP.
    late_from: Vec<i64>,
}

impl Passes<'_> {
    fn forward(&mut self) {
        for slot in 0..self.net.order.len() {
            let at = self.net.order[slot] as usize;
            let activity = &self.net.input.activities[at];
            match (activity.kind, activity.actual_start, activity.actual_finish) {
                (Kind::Summary, _, _) => {}
                (_, start, Some(finish)) => self.settle_done(at, start.unwrap_or(finish), finish),
                (_, Some(start), None) => self.settle_begun(at, start),
                _ => self.settle_ahead(at),
            }
        }
    }

    fn settle_done(&mut self, at: usize, start: i64, finish: i64) {
        self.es[at] = start;
        self.ef[at] = finish;
        self.work_from[at] = finish;
        self.logic[at] = start;
        self.driver[at] = Driver::Actual;
    }

    fn settle_begun(&mut self, at: usize, start: i64) {
        let calendar = self.net.calendar_of(at);
        let mut from = calendar.snap_forward(start);
        let mut driver = Driver::Actual;
        if let Some(data_date) = self.net.input.data_date
            && data_date > start
        {
            from = calendar.snap_forward(data_date);
            driver = Driver::DataDate;
        }
        if self.net.input.options.progress == Progress::RetainedLogic {
            let left = self.net.input.activities[at].work_left();
            for arc in self.net.preds_of(at) {
                let bound = self.early_bound(at, arc, left);
                if bound > from {
                    (from, driver) = (bound, Driver::Link(arc.link));
                }
            }
        }
        self.es[at] = start;
        self.logic[at] = start;
        self.work_from[at] = from;
        self.driver[at] = driver;
        self.ef[at] = calendar.add(from, self.net.input.activities[at].work_left()).max(start);
    }

    fn settle_ahead(&mut self, at: usize) {
        let activity = &self.net.input.activities[at];
        let calendar = self.net.calendar_of(at);
        let duration = activity.work_left();
        let mut from = self.forward_snap(at, self.net.input.start);
        let mut driver = Driver::PlanStart;
        if let Some(data_date) = self.net.input.data_date
            && data_date > self.net.input.start
        {
            (from, driver) = (self.forward_snap(at, data_date), Driver::DataDate);
        }
        // Of equal bounds a link explains more than a date, and an earlier link in the list
        // wins: the same plan always gives the same explanation.
        let mut linked = false;
        for arc in self.net.preds_of(at) {
            let bound = self.early_bound(at, arc, duration);
            if bound > from || (bound == from && !linked) {
                (from, driver, linked) = (bound, Driver::Link(arc.link), true);
            }
        }
        self.logic[at] = from;
        let own = match activity.constraint {
            Constraint::Snet(t) => Some(self.forward_snap(at, t)),
            Constraint::Fnet(t) => Some(self.forward_snap(at, calendar.sub(t, duration))),
            Constraint::Alap if !self.late_from.is_empty() => Some(self.late_from[at]),
            _ => None,
        };
        if let Some(own) = own
            && own > from
        {
            driver = if activity.constraint == Constraint::Alap { Driver::Late } else { Driver::Constraint };
            from = own;
        }
        if let Constraint::Mso(t) = activity.constraint {
            let pin = self.forward_snap(at, t);
            if pin != from {
                (from, driver) = (pin, Driver::Constraint);
            }
        }
        let mut finish = if duration == 0 { from } else { calendar.add(from, duration) };
        if let Constraint::Mfo(t) = activity.constraint {
            let pin = calendar.snap_back(t);
            if pin != finish {
                driver = Driver::Constraint;
                finish = pin;
                from = self.forward_snap(at, calendar.sub(pin, duration));
            }
        }
        self.es[at] = from;
        self.ef[at] = finish;
        self.work_from[at] = from;
        self.driver[at] = driver;
    }

    /// snap⁺, except that a finish milestone stays.
    fn forward_snap(&self, at: usize, t: i64) -> i64 {
        match self.net.input.activities[at].kind {
            Kind::FinishMilestone => t,
            _ => self.net.calendar_of(at).snap_forward(t),
        }
    }

    /// The lower bound one link puts on the start of the (remaining) work of `at`.
    fn early_bound(&self, at: usize, arc: &Arc, duration: i64) -> i64 {
        let other = arc.other as usize;
        let anchor = match arc.kind {
            LinkKind::Fs | LinkKind::Ff => self.ef[other],
            LinkKind::Ss | LinkKind::Sf => self.es[other],
        };
        let bound = self.net.lag_calendar(arc).add(anchor, arc.lag);
        match arc.kind {
            LinkKind::Fs | LinkKind::Ss => self.forward_snap(at, bound),
            LinkKind::Ff | LinkKind::Sf => self.forward_snap(at, self.net.calendar_of(at).sub(bound, duration)),
        }
    }

    /// The last instant that still counts as `finish` on the activity's own calendar: work that
    /// ends with Friday's shift meets a bound anywhere in the weekend.
    fn reach(&self, at: usize, finish: i64) -> i64 {
        match self.net.input.activities[at].work_left() {
            0 => finish,
            _ => self.net.calendar_of(at).snap_forward(finish),
        }
    }

    fn finish(&self) -> i64 {
        let leaves =
            self.net.input.activities.iter().zip(&self.ef).filter(|(activity, _)| activity.kind != Kind::Summary);
        leaves.map(|(_, &finish)| finish).max().unwrap_or(self.net.input.start)
    }

    fn backward(&mut self, finish: i64) {
        for slot in (0..self.net.order.len()).rev() {
            let at = self.net.order[slot] as usize;
            let activity = &self.net.input.activities[at];
            if activity.kind == Kind::Summary {
                continue;
            }
            if activity.actual_finish.is_some() {
                self.ls[at] = self.es[at];
                self.lf[at] = self.ef[at];
                continue;
            }
            self.late_of(at, finish);
        }
    }

    fn late_of(&mut self, at: usize, plan_finish: i64) {
        let activity = &self.net.input.activities[at];
        let calendar = self.net.calendar_of(at);
        let duration = activity.work_left();
        let begun = activity.actual_start.is_some();
        // A point in time has no work that must lie before it: only real work snaps back.
        let snap = |t: i64| if duration == 0 { t } else { calendar.snap_back(t) };
        let mut finish = snap(plan_finish);
        let mut start = FAR;
        for arc in self.net.succs_of(at) {
            let other = arc.other as usize;
            if self.net.input.activities[other].actual_finish.is_some() {
                continue;
            }
            let lag = self.net.lag_calendar(arc);
            match arc.kind {
                LinkKind::Fs => finish = finish.min(snap(lag.latest_before(self.ls[other], arc.lag))),
                LinkKind::Ff => {
                    let end = self.reach(other, self.lf[other]);
                    finish = finish.min(snap(lag.latest_before(end, arc.lag)));
                }
                LinkKind::Ss if !begun => start = start.min(lag.latest_before(self.ls[other], arc.lag)),
                LinkKind::Sf if !begun => {
                    start = start.min(lag.latest_before(self.reach(other, self.lf[other]), arc.lag))
                }
                _ => {}
            }
        }
        match activity.constraint {
            Constraint::Snlt(t) if !begun => start = start.min(t),
            Constraint::Fnlt(t) => finish = finish.min(t),
            Constraint::Mso(_) if !begun => {
                self.ls[at] = self.es[at];
                self.lf[at] = self.ef[at];
                return;
            }
            Constraint::Mfo(t) => (finish, start) = (snap(t), FAR),
            _ => {}
        }
        if let Some(deadline) = activity.deadline {
            finish = finish.min(deadline);
        }
        if duration == 0 {
            let t = start.min(finish);
            (self.ls[at], self.lf[at]) = (t, t);
            return;
        }
        if start < FAR {
            finish = finish.min(calendar.add(start, duration));
        }
        self.lf[at] = finish;
        self.ls[at] = start.min(calendar.sub(finish, duration));
    }

    /// A summary brackets its leaves.
    fn summaries(&mut self) {
        for at in 0..self.net.leaves.len() {
            if self.net.input.activities[at].kind != Kind::Summary {
                continue;
            }
            let leaves = &self.net.leaves[at];
            let Some(&first) = leaves.iter().min_by_key(|&&leaf| self.es[leaf as usize]) else {
                (self.ls[at], self.lf[at]) = (self.es[at], self.ef[at]);
                continue;
            };
            let largest = |dates: &[i64]| leaves.iter().map(|&leaf| dates[leaf as usize]).max().unwrap_or(0);
            let smallest = |dates: &[i64]| leaves.iter().map(|&leaf| dates[leaf as usize]).min().unwrap_or(0);
            let bracket = (smallest(&self.es), largest(&self.ef), smallest(&self.ls), largest(&self.lf));
            (self.es[at], self.ef[at], self.ls[at], self.lf[at]) = bracket;
            self.logic[at] = bracket.0;
            self.work_from[at] = bracket.0;
            self.driver[at] = Driver::Child(first);
        }
    }

    fn total_float(&self, at: usize) -> i64 {
        let activity = &self.net.input.activities[at];
        let calendar = self.net.calendar_of(at);
        let finish_side = calendar.between(self.ef[at], self.lf[at]);
        if let Constraint::Mso(_) = activity.constraint
            && activity.actual_start.is_none()
            && self.logic[at] > self.es[at]
        {
            // A pinned date that the logic cannot keep owns the shortfall, not only its predecessors.
            return calendar.between(self.logic[at], self.es[at]);
        }
        if activity.actual_start.is_some() {
            return finish_side;
        }
        finish_side.min(calendar.between(self.es[at], self.ls[at]))
    }

    fn free_float(&self, at: usize, plan_finish: i64, total: i64) -> i64 {
        let calendar = self.net.calendar_of(at);
        let begun = self.net.input.activities[at].actual_start.is_some();
        let mut free = calendar.between(self.ef[at], plan_finish);
        let mut bound = false;
        for arc in self.net.succs_of(at) {
            let other = arc.other as usize;
            let lag = self.net.lag_calendar(arc);
            let room = match arc.kind {
                LinkKind::Fs => calendar.between(self.ef[at], lag.latest_before(self.work_from[other], arc.lag)),
                LinkKind::Ff => {
                    calendar.between(self.ef[at], lag.latest_before(self.reach(other, self.ef[other]), arc.lag))
                }
                LinkKind::Ss | LinkKind::Sf if begun => continue,
                LinkKind::Ss => calendar.between(self.es[at], lag.latest_before(self.es[other], arc.lag)),
                LinkKind::Sf => {
                    calendar.between(self.es[at], lag.latest_before(self.reach(other, self.ef[other]), arc.lag))
                }
            };
            free = free.min(room);
            bound = true;
        }
        let free = free.max(0);
        if bound || total < 0 { free } else { free.min(total) }
    }

    fn conflicts(&self) -> Vec<Conflict> {
        let mut found = Vec::new();
        for at in 0..self.es.len() {
            let activity = &self.net.input.activities[at];
            if activity.kind == Kind::Summary {
                continue;
            }
            if self.ef[at] >= FAR {
                found.push(Conflict::NoTime { activity: at as u32 });
                continue;
            }
            let calendar = self.net.calendar_of(at);
            let done = activity.actual_finish.is_some();
            let begun = activity.actual_start.is_some();
            let duration = if done { calendar.between(self.es[at], self.ef[at]) } else { activity.work_left() };
            for arc in self.net.preds_of(at) {
                let bound = self.early_bound(at, arc, duration);
                let start = match arc.kind {
                    LinkKind::Fs | LinkKind::Ss => self.es[at],
                    _ if begun => calendar.sub(self.ef[at], duration),
                    _ => self.work_from[at],
                };
                let by = calendar.between(start, bound);
                if bound > start && by > 0 {
                    found.push(Conflict::Link { link: arc.link, by });
                }
            }
            if let Some(by) = self.missed(at) {
                found.push(Conflict::Missed { activity: at as u32, by });
            }
        }
        found
    }

    /// How far the activity's own wish is missed.
    fn missed(&self, at: usize) -> Option<i64> {
        let activity = &self.net.input.activities[at];
        let calendar = self.net.calendar_of(at);
        let own = match activity.constraint {
            Constraint::Snlt(t) => calendar.between(t, self.es[at]),
            Constraint::Fnlt(t) => calendar.between(t, self.ef[at]),
            Constraint::Mso(t) => calendar.between(t, self.logic[at].max(self.es[at])),
            Constraint::Mfo(t) => {
                calendar.between(t, calendar.add(self.logic[at], activity.work_left()).max(self.ef[at]))
            }
            _ => 0,
        };
        let deadline = activity.deadline.map_or(0, |deadline| calendar.between(deadline, self.ef[at]));
        let by = own.max(deadline);
        (by > 0).then_some(by)
    }

    fn into_schedule(self) -> Schedule {
        let finish = self.finish();
        let target = self.net.input.finish.unwrap_or(finish);
        let threshold = self.net.input.options.critical_threshold;
        let count = self.es.len();
        let mut total_float = vec![0; count];
        let mut free_float = vec![0; count];
        let mut critical = vec![false; count];
        for at in 0..count {
            let activity = &self.net.input.activities[at];
            total_float[at] = self.total_float(at);
            if activity.kind != Kind::Summary {
                free_float[at] = self.free_float(at, target, total_float[at]);
            }
            critical[at] = activity.actual_finish.is_none() && total_float[at] <= threshold;
        }
        for at in 0..count {
            if self.net.input.activities[at].kind == Kind::Summary {
                critical[at] = self.net.leaves[at].iter().any(|&leaf| critical[leaf as usize]);
            }
        }
        let conflicts = self.conflicts();
        Schedule {
            early_start: self.es,
            early_finish: self.ef,
            late_start: self.ls,
            late_finish: self.lf,
            logic_start: self.logic,
            total_float,
            free_float,
            critical,
            driver: self.driver,
            conflicts,
            finish,
        }
    }
}
