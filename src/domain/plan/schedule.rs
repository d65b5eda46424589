//! The two passes: early dates forward, late dates backward, float and drivers between them.
//!
//! Dates are minutes on the edition's *wall-clock* axis: minute 0 is 1970-01-01 00:00 on the
//! clock of the venue, so that a template of whole days stays at midnight when the clocks
//! change. Converting to instants is the caller's business and happens once, at the edge.

use super::calendar::FAR;
use super::network::{Arc, Constraint, Kind, LinkKind, Network, Progress};
use std::mem::take;

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
    /// The maximum lag of this link: its successor pulls the predecessor along.
    Apart(u32),
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
    /// The ends of this link lie further apart than its maximum lag, by so many working minutes.
    Apart {
        /// Index of the link.
        link: u32,
        /// Working minutes.
        by: i64,
    },
    /// Links and maximum lags of these activities cannot hold together: see [`Schedule::rings`].
    Ring {
        /// Index into [`Schedule::rings`].
        ring: u32,
    },
}

/// Computed dates, one slot per activity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// Activities that push each other on without end, each as the way round, first one repeated.
    pub rings: Vec<Vec<u32>>,
    /// Largest early finish.
    pub finish: i64,
}

/// What the passes work on, one slot per activity; kept between runs by [`super::live`].
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) es: Vec<i64>,
    pub(super) ef: Vec<i64>,
    pub(super) ls: Vec<i64>,
    pub(super) lf: Vec<i64>,
    pub(super) logic: Vec<i64>,
    /// Where the work still to do begins; differs from `es` once begun.
    pub(super) work_from: Vec<i64>,
    pub(super) driver: Vec<Driver>,
    /// Late starts of a first run, for ALAP.
    pub(super) late_from: Vec<i64>,
    /// Earliest start a maximum lag asks for, and of which link; empty without maximum lags.
    pub(super) floor: Vec<(i64, u32)>,
    /// Latest finish a maximum lag allows; empty without maximum lags.
    pub(super) ceiling: Vec<i64>,
    /// Maximum lags that cannot hold, by activities.
    pub(super) rings: Vec<Vec<u32>>,
}

impl State {
    fn new(count: usize, start: i64) -> State {
        State {
            es: vec![start; count],
            ef: vec![start; count],
            ls: vec![FAR; count],
            lf: vec![FAR; count],
            logic: vec![start; count],
            work_from: vec![start; count],
            driver: vec![Driver::PlanStart; count],
            ..State::default()
        }
    }
}

impl Network {
    /// Full recalculation.
    pub fn compute(&self) -> Schedule {
        let mut passes = Passes::new(self);
        passes.run();
        passes.schedule()
    }
}

pub(super) struct Passes<'a> {
    pub(super) net: &'a Network,
    pub(super) s: State,
}

impl<'a> Passes<'a> {
    pub(super) fn new(net: &'a Network) -> Passes<'a> {
        Passes { net, s: State::new(net.input.activities.len(), net.input.start) }
    }

    /// Both passes over everything.
    pub(super) fn run(&mut self) {
        self.forward();
        self.keep_together();
        self.backward_all(self.target());
        if self.net.input.activities.iter().any(|activity| activity.constraint == Constraint::Alap) {
            // Second forward pass: what is wanted late starts late, and its successors make room.
            self.s.late_from = self.s.ls.clone();
            self.forward();
            self.keep_together();
        }
        for at in 0..self.net.leaves.len() {
            self.summary(at);
        }
    }

    /// The end the late pass starts from.
    pub(super) fn target(&self) -> i64 {
        self.net.input.finish.unwrap_or_else(|| self.finish())
    }
}

impl Passes<'_> {
    pub(super) fn forward(&mut self) {
        for slot in 0..self.net.order.len() {
            self.early(self.net.order[slot] as usize);
        }
    }

    /// The early dates of one activity from those before it.
    pub(super) fn early(&mut self, at: usize) {
        if self.net.is_bracket(at) {
            return;
        }
        let activity = &self.net.input.activities[at];
        match (activity.actual_start, activity.actual_finish) {
            (start, Some(finish)) => self.settle_done(at, start.unwrap_or(finish), finish),
            (Some(start), None) => self.settle_begun(at, start),
            _ => self.settle_ahead(at),
        }
    }

    fn settle_done(&mut self, at: usize, start: i64, finish: i64) {
        self.s.es[at] = start;
        self.s.ef[at] = finish;
        self.s.work_from[at] = finish;
        self.s.logic[at] = start;
        self.s.driver[at] = Driver::Actual;
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
        self.s.es[at] = start;
        self.s.logic[at] = start;
        self.s.work_from[at] = from;
        self.s.driver[at] = driver;
        self.s.ef[at] = calendar.add(from, self.net.input.activities[at].work_left()).max(start);
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
        if let Some(&(bound, link)) = self.s.floor.get(at)
            && bound > from
        {
            (from, driver) = (bound, Driver::Apart(link));
        }
        self.s.logic[at] = from;
        let own = match activity.constraint {
            Constraint::Snet(t) => Some(self.forward_snap(at, t)),
            Constraint::Fnet(t) => Some(self.forward_snap(at, calendar.sub(t, duration))),
            Constraint::Alap if !self.s.late_from.is_empty() => Some(self.s.late_from[at]),
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
        self.s.es[at] = from;
        self.s.ef[at] = finish;
        self.s.work_from[at] = from;
        self.s.driver[at] = driver;
    }

    /// snap⁺, except that a finish milestone stays.
    pub(super) fn forward_snap(&self, at: usize, t: i64) -> i64 {
        match self.net.input.activities[at].kind {
            Kind::FinishMilestone => t,
            _ => self.net.calendar_of(at).snap_forward(t),
        }
    }

    /// The lower bound one link puts on the start of the (remaining) work of `at`.
    pub(super) fn early_bound(&self, at: usize, arc: &Arc, duration: i64) -> i64 {
        let other = arc.other as usize;
        let anchor = match arc.kind {
            LinkKind::Fs | LinkKind::Ff => self.s.ef[other],
            LinkKind::Ss | LinkKind::Sf => self.s.es[other],
        };
        let bound = self.net.lag_calendar(arc).add(anchor, arc.lag);
        match arc.kind {
            LinkKind::Fs | LinkKind::Ss => self.forward_snap(at, bound),
            LinkKind::Ff | LinkKind::Sf => self.forward_snap(at, self.net.calendar_of(at).sub(bound, duration)),
        }
    }

    /// The last instant that still counts as `finish` on the activity's own calendar: work that
    /// ends with Friday's shift meets a bound anywhere in the weekend.
    pub(super) fn reach(&self, at: usize, finish: i64) -> i64 {
        match self.net.input.activities[at].work_left() {
            0 => finish,
            _ => self.net.calendar_of(at).snap_forward(finish),
        }
    }

    /// Largest early finish of what is no bracket.
    pub(super) fn finish(&self) -> i64 {
        let mut finish = i64::MIN;
        for (at, activity) in self.net.input.activities.iter().enumerate() {
            if activity.kind != Kind::Summary || !self.net.is_bracket(at) {
                finish = finish.max(self.s.ef[at]);
            }
        }
        if finish == i64::MIN { self.net.input.start } else { finish }
    }

    /// A summary brackets its leaves.
    pub(super) fn summary(&mut self, at: usize) {
        if !self.net.is_bracket(at) {
            return;
        }
        let leaves = &self.net.leaves[at];
        let Some(&first) = leaves.iter().min_by_key(|&&leaf| self.s.es[leaf as usize]) else { return };
        let largest = |dates: &[i64]| leaves.iter().map(|&leaf| dates[leaf as usize]).max().unwrap_or(0);
        let smallest = |dates: &[i64]| leaves.iter().map(|&leaf| dates[leaf as usize]).min().unwrap_or(0);
        let bracket = (smallest(&self.s.es), largest(&self.s.ef), smallest(&self.s.ls), largest(&self.s.lf));
        (self.s.es[at], self.s.ef[at], self.s.ls[at], self.s.lf[at]) = bracket;
        self.s.logic[at] = bracket.0;
        self.s.work_from[at] = bracket.0;
        self.s.driver[at] = Driver::Child(first);
    }

    /// Floats, criticality and conflicts of everything.
    pub(super) fn schedule(mut self) -> Schedule {
        let target = self.target();
        let count = self.s.es.len();
        let mut schedule = Schedule {
            total_float: vec![0; count],
            free_float: vec![0; count],
            critical: vec![false; count],
            finish: self.finish(),
            ..Schedule::default()
        };
        for at in 0..count {
            self.float_of(at, target, &mut schedule);
        }
        for at in 0..count {
            self.critical_summary(at, &mut schedule);
        }
        for at in 0..count {
            self.conflicts_of(at, &mut schedule.conflicts);
        }
        self.conflicts_of_rings(&mut schedule.conflicts);
        let state = &mut self.s;
        schedule.early_start = take(&mut state.es);
        schedule.early_finish = take(&mut state.ef);
        schedule.late_start = take(&mut state.ls);
        schedule.late_finish = take(&mut state.lf);
        schedule.logic_start = take(&mut state.logic);
        schedule.driver = take(&mut state.driver);
        schedule.rings = take(&mut state.rings);
        schedule
    }
}
