//! Dates by the conventions of Microsoft Project: forward and backward pass over a file.
//!
//! Where they differ from the rule of the house (see [`crate::plan::schedule`]): the lag of FF and SF
//! is counted after the duration has been walked back, and never leads before the start of the
//! project; constraints beat links; begun work stays where it began; what is scheduled by hand
//! keeps its dates and holds others by them.

use super::jobs::{Arc, CLOCK, Job, Jobs};
use super::model::FileTask;
use crate::plan::calendar::Calendar;
use crate::plan::network::{Constraint, LinkKind};

/// Computed dates in ticks, one slot a task of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// Start and finish as scheduled.
    pub start: Vec<i64>,
    /// Finish as scheduled.
    pub finish: Vec<i64>,
    /// Early start.
    pub early_start: Vec<i64>,
    /// Early finish.
    pub early_finish: Vec<i64>,
    /// Late start.
    pub late_start: Vec<i64>,
    /// Late finish.
    pub late_finish: Vec<i64>,
    /// Total slack in ticks of working time.
    pub total_slack: Vec<i64>,
    /// Slack at or below the limit of the project, and not finished.
    pub critical: Vec<bool>,
}

/// Which length of a job is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Whole,
    Left,
}

pub(super) struct Passes<'a> {
    pub(super) net: &'a Jobs<'a>,
    pub(super) project_start: i64,
    pub(super) project_finish: i64,
    pub(super) es: Vec<i64>,
    pub(super) ef: Vec<i64>,
    pub(super) ls: Vec<i64>,
    pub(super) lf: Vec<i64>,
    /// Late start of the work still to do; differs from `ls` once begun.
    pub(super) late_work: Vec<i64>,
    /// The backward pass has been: what is wanted late may be placed.
    backward_done: bool,
}

impl<'a> Passes<'a> {
    pub(super) fn run(net: &'a Jobs<'a>) -> Passes<'a> {
        let count = net.jobs.len();
        let start = net.file.head.start.or_else(|| first_date(net)).unwrap_or(0);
        let mut passes = Passes {
            net,
            project_start: start,
            project_finish: start,
            es: vec![start; count],
            ef: vec![start; count],
            ls: vec![start; count],
            lf: vec![start; count],
            late_work: vec![start; count],
            backward_done: false,
        };
        if net.file.head.from_start {
            passes.schedule_from_start();
        } else {
            passes.schedule_from_finish();
        }
        passes
    }

    fn schedule_from_start(&mut self) {
        self.forward();
        self.project_finish = self.last_finish();
        self.backward();
        self.backward_done = true;
        if self.net.file.tasks.iter().any(|task| task.constraint == Constraint::Alap) {
            self.forward();
        }
    }

    /// Scheduled from the finish: the late dates come first and hold the early ones.
    fn schedule_from_finish(&mut self) {
        self.project_finish = self.net.file.head.finish.unwrap_or(self.project_start);
        self.forward();
        self.backward();
        self.backward_done = true;
        let begun = self.net.order.iter().filter(|&&at| self.net.jobs[at].live).map(|&at| self.ls[at]).min();
        self.project_start = begun.unwrap_or(self.project_start);
        self.forward();
        self.backward();
    }

    fn last_finish(&self) -> i64 {
        let live = (0..self.ef.len()).filter(|&at| self.net.jobs[at].live);
        live.map(|at| self.ef[at]).max().unwrap_or(self.project_start)
    }

    fn task(&self, at: usize) -> &'a FileTask {
        &self.net.file.tasks[at]
    }

    fn calendar(&self, index: usize) -> &'a Calendar {
        &self.net.calendars[index]
    }

    fn own(&self, at: usize) -> &'a Calendar {
        self.calendar(self.net.jobs[at].calendar)
    }

    fn works(&self, at: usize) -> &'a Calendar {
        self.calendar(self.net.jobs[at].works)
    }

    /// Where work that begins at `start` ends.
    fn ahead(&self, at: usize, start: i64, length: Length) -> i64 {
        let job = &self.net.jobs[at];
        if job.parts.is_empty() {
            return self.works(at).add(start, if length == Length::Whole { job.span } else { job.span_left });
        }
        let end = |part: &super::jobs::Part| {
            let calendar = self.calendar(part.calendar);
            let from = calendar.add(start + part.leveling, part.delay);
            calendar.add(from, if length == Length::Whole { part.whole } else { part.left })
        };
        job.parts.iter().map(end).max().unwrap_or(start)
    }

    /// Where work that ends at `finish` begins.
    fn back(&self, at: usize, finish: i64, length: Length) -> i64 {
        let job = &self.net.jobs[at];
        if job.parts.is_empty() {
            return self.works(at).sub(finish, if length == Length::Whole { job.span } else { job.span_left });
        }
        let begin = |part: &super::jobs::Part| {
            let calendar = self.calendar(part.calendar);
            let from = calendar.sub(finish, if length == Length::Whole { part.whole } else { part.left });
            calendar.sub(from, part.delay) - part.leveling
        };
        job.parts.iter().map(begin).min().unwrap_or(finish)
    }

    /// The next moment at which the task can begin; a point in time may stay at the end of a shift.
    fn snap(&self, at: usize, t: i64) -> i64 {
        let job = &self.net.jobs[at];
        let next = |calendar: &Calendar| {
            if is_point(self.task(at), job) && calendar.snap_back(t) == t { t } else { calendar.snap_forward(t) }
        };
        if job.parts.is_empty() {
            return next(self.works(at));
        }
        job.parts.iter().map(|part| next(self.calendar(part.calendar))).min().unwrap_or(t)
    }

    /// The last moment of work that means the same as `t`.
    fn snap_back(&self, at: usize, t: i64) -> i64 {
        let job = &self.net.jobs[at];
        if job.parts.is_empty() {
            return self.works(at).snap_back(t);
        }
        job.parts.iter().map(|part| self.calendar(part.calendar).snap_back(t)).max().unwrap_or(t)
    }

    fn forward(&mut self) {
        for slot in 0..self.net.order.len() {
            let at = self.net.order[slot];
            (self.es[at], self.ef[at]) = self.early(at);
        }
    }

    fn early(&self, at: usize) -> (i64, i64) {
        let task = self.task(at);
        if task.manual || task.external {
            return self.by_hand(at);
        }
        if let Some(start) = task.actual_start {
            return (start, self.begun_finish(at, start));
        }
        if let Some(finish) = task.actual_finish {
            return (self.back(at, finish, Length::Whole), finish);
        }
        let mut linked = false;
        let mut start = i64::MIN;
        // SF: the task ends at the very moment its predecessor begins, shift or not.
        let mut end = None;
        for arc in &self.net.preds[at] {
            if self.net.jobs[arc.from].live {
                let bound = self.bound(at, arc);
                if bound > start {
                    (start, linked) = (bound, true);
                    end = (arc.kind == LinkKind::Sf).then(|| self.lagged(arc, self.held_by(arc).0, arc.lag));
                }
            }
        }
        if !linked {
            start = match task.constraint {
                Constraint::Snet(t) => t,
                Constraint::Fnet(t) => self.back(at, t, Length::Whole),
                _ => self.snap(at, self.below_by_hand(at).unwrap_or(self.project_start)),
            };
        }
        if task.leveling_delay > 0 {
            start = self.own(at).snap_forward(start) + task.leveling_delay;
        }
        // What a summary may not begin before, nothing below it may.
        start = start.max(self.summary_wish(at, |wish| matches!(wish, Constraint::Snet(_))).max().unwrap_or(start));
        start = self.snap(at, start);
        let (start, finish) = self.constrained(at, start);
        match end {
            Some(end) if end > finish && self.works(at).between(finish, end) == 0 => (start, end),
            _ => (start, finish),
        }
    }

    /// Dates of the constraints of one kind on the summaries above a task.
    fn summary_wish(&self, at: usize, wanted: fn(&Constraint) -> bool) -> impl Iterator<Item = i64> {
        let parent = move |at: &usize| self.task(*at).parent;
        let above = std::iter::successors(self.task(at).parent, parent);
        let wishes = above.filter(|&up| !self.task(up).manual && self.task(up).uid != 0);
        wishes.map(|up| self.task(up).constraint).filter(wanted).filter_map(Constraint::at)
    }

    /// What waits for nobody begins with the nearest summary that somebody put by hand.
    fn below_by_hand(&self, at: usize) -> Option<i64> {
        let mut up = self.task(at).parent;
        while let Some(parent) = up {
            let above = self.task(parent);
            if above.manual {
                return above.manual_start.or(above.stored.start);
            }
            up = above.parent;
        }
        None
    }

    /// What is scheduled by hand, or in another file, is where it was put.
    fn by_hand(&self, at: usize) -> (i64, i64) {
        let task = self.task(at);
        let start = task.manual_start.or(task.stored.start).or(task.actual_start);
        let finish = task.manual_finish.or(task.stored.finish).or(task.actual_finish);
        match (start, finish) {
            (Some(start), Some(finish)) => (start, finish.max(start)),
            (Some(start), None) => (start, self.ahead(at, start, Length::Whole)),
            (None, Some(finish)) => (self.back(at, finish, Length::Whole), finish),
            (None, None) => {
                let start = self.snap(at, self.project_start);
                (start, self.ahead(at, start, Length::Whole))
            }
        }
    }

    fn begun_finish(&self, at: usize, start: i64) -> i64 {
        let task = self.task(at);
        if let Some(finish) = task.actual_finish {
            return finish.max(start);
        }
        // Work that stopped goes on where it is to be resumed; splits behind it have happened.
        let done = task.actual_duration.unwrap_or(0);
        if let (Some(stop), Some(resume)) = (task.stop, task.resume)
            && resume >= stop
            && self.works(at).between(start, resume) > done
            && done > 0
        {
            return self.ahead(at, resume, Length::Left);
        }
        let finish = self.ahead(at, start, Length::Whole);
        match task.constraint {
            Constraint::Fnet(t) => finish.max(t),
            _ => finish,
        }
    }

    /// The task's own wish over what the links say.
    fn constrained(&self, at: usize, start: i64) -> (i64, i64) {
        let constraint = self.task(at).constraint;
        // "Tasks will always honor their constraint dates", unless the file says that links come first.
        let wins = self.net.file.head.honor_constraints;
        let start = match constraint {
            Constraint::Snet(t) => start.max(self.snap(at, t)),
            Constraint::Snlt(t) if wins => start.min(t),
            Constraint::Fnet(t) => start.max(self.back(at, t, Length::Whole)),
            Constraint::Fnlt(t) if wins => start.min(self.back(at, t, Length::Whole)),
            Constraint::Mso(t) => {
                if wins {
                    t
                } else {
                    start.max(t)
                }
            }
            Constraint::Mfo(t) => match self.back(at, t, Length::Whole) {
                begin if wins || begin >= start => return (begin, t),
                _ => start,
            },
            Constraint::Snlt(_) | Constraint::Fnlt(_) | Constraint::Asap | Constraint::Alap => start,
        };
        (start, self.ahead(at, start, Length::Whole))
    }

    /// The dates by which a predecessor holds its successors.
    fn held_by(&self, arc: &Arc) -> (i64, i64) {
        let wanted_late = |at: usize| self.task(at).constraint == Constraint::Alap;
        if self.backward_done && wanted_late(arc.from) && !wanted_late(arc.to) {
            return (self.ls[arc.from], self.lf[arc.from]);
        }
        let first = arc.via.map_or(self.es[arc.from], |summary| {
            self.net.leaves[summary].iter().map(|&leaf| self.es[leaf]).min().unwrap_or(self.es[arc.from])
        });
        (first, self.ef[arc.from])
    }

    fn bound(&self, at: usize, arc: &Arc) -> i64 {
        let (start, finish) = self.held_by(arc);
        match arc.kind {
            LinkKind::Fs => self.lagged(arc, finish, arc.lag),
            LinkKind::Ss => self.lagged(arc, start, arc.lag),
            LinkKind::Ff => self.lagged(arc, self.back(at, finish, Length::Left), arc.lag).max(self.project_start),
            LinkKind::Sf => self.lagged(arc, self.back(at, start, Length::Whole), arc.lag).max(self.project_start),
        }
    }

    fn lagged(&self, arc: &Arc, t: i64, lag: i64) -> i64 {
        if lag == 0 { t } else { self.calendar(arc.lag_calendar).add(t, lag) }
    }

    fn backward(&mut self) {
        for slot in (0..self.net.order.len()).rev() {
            let at = self.net.order[slot];
            if self.task(at).external {
                (self.ls[at], self.lf[at]) = (self.es[at], self.ef[at]);
                continue;
            }
            let finish = self.late_finish(at);
            let task = self.task(at);
            let work = self.back(at, finish, if task.manual { Length::Whole } else { Length::Left });
            self.late_work[at] = work;
            self.lf[at] = finish;
            self.ls[at] = task.actual_start.unwrap_or(work);
        }
    }

    fn late_finish(&self, at: usize) -> i64 {
        let task = self.task(at);
        if let Some(finish) = task.actual_finish {
            return finish;
        }
        let mut finish = self.project_finish;
        for arc in &self.net.succs[at] {
            let open = self.net.jobs[arc.to].live && self.task(arc.to).actual_finish.is_none();
            if open {
                finish = finish.min(self.late_bound(at, arc));
            }
        }
        match task.constraint {
            Constraint::Mso(t) => finish = self.ahead(at, t, Length::Whole),
            Constraint::Mfo(t) => finish = t,
            Constraint::Snlt(t) => finish = finish.min(self.ahead(at, t, Length::Whole)),
            Constraint::Fnlt(t) => finish = finish.min(t),
            _ => {}
        }
        if let Some(deadline) = task.deadline {
            finish = finish.min(deadline);
        }
        finish = finish.min(self.summary_wish(at, |wish| matches!(wish, Constraint::Fnlt(_))).min().unwrap_or(finish));
        // A point in time, and what is put by hand, stays where it is held.
        if task.manual || is_point(task, &self.net.jobs[at]) { finish } else { self.snap_back(at, finish) }
    }

    /// Where the work already done on a begun task ends: what holds its predecessors.
    fn done_until(&self, at: usize) -> Option<i64> {
        let task = self.task(at);
        let start = task.actual_start.filter(|_| !task.manual && task.actual_finish.is_none())?;
        Some(self.works(at).add(start, task.actual_duration.unwrap_or(0)))
    }

    fn late_bound(&self, at: usize, arc: &Arc) -> i64 {
        let to = arc.to;
        let begun = self.task(at).actual_start.is_some();
        match arc.kind {
            LinkKind::Fs => self.lagged(arc, self.done_until(to).unwrap_or(self.late_work[to]), -arc.lag),
            LinkKind::Ff => self.lagged(arc, self.lf[to], -arc.lag),
            LinkKind::Sf if begun => self.project_finish,
            LinkKind::Sf => self.lagged(arc, self.ahead(at, self.lf[to], Length::Whole), -arc.lag),
            LinkKind::Ss if self.task(at).manual => self.project_finish,
            LinkKind::Ss => {
                let first = arc
                    .via
                    .is_none_or(|summary| self.net.leaves[summary].iter().all(|&leaf| self.es[leaf] >= self.es[at]));
                if begun || !first || self.task(to).actual_start.is_some() {
                    return self.project_finish;
                }
                let start = self.lagged(arc, self.own(at).snap_forward(self.ls[to]), -arc.lag);
                self.ahead(at, start, Length::Whole)
            }
        }
    }
}

fn first_date(net: &Jobs<'_>) -> Option<i64> {
    let dates = net.file.tasks.iter().flat_map(|task| [task.actual_start, task.manual_start, task.constraint.at()]);
    dates.flatten().min()
}

fn is_point(task: &FileTask, job: &Job) -> bool {
    job.duration == 0 || (task.milestone && job.calendar != CLOCK)
}
