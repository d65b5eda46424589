//! The forward pass of one run over buffers that are made once a thread: the same rules as
//! [`Network::compute`], without late dates, explanations or allocation. A test holds it to the
//! kernel's dates.

use super::model::{Model, Target};
use crate::plan::network::{Arc, Constraint, Kind, Lag, LinkKind, Network, Progress};
use crate::plan::schedule::Schedule;

/// Dates of one run, reused from run to run.
#[derive(Debug, Clone)]
pub(super) struct Pass<'a> {
    net: &'a Network,
    /// Working minutes to lay out for each activity: planned, drawn, or what is left.
    pub(super) work: Vec<i64>,
    /// Whole duration of each activity, which percent lags count from.
    pub(super) whole: Vec<i64>,
    es: Vec<i64>,
    ef: Vec<i64>,
    logic: Vec<i64>,
    /// Start of the work still to do.
    from: Vec<i64>,
    marked: Vec<bool>,
}

impl<'a> Pass<'a> {
    /// Whether the plan uses only what this pass knows: nothing wanted as late as possible, no maximum lag.
    pub(super) fn knows(net: &Network) -> bool {
        let late = net.input.activities.iter().any(|activity| activity.constraint == Constraint::Alap);
        !late && net.input.max_lags.is_empty()
    }

    pub(super) fn new(net: &'a Network) -> Self {
        let count = net.input.activities.len();
        let start = net.input.start;
        Pass {
            net,
            work: net.input.activities.iter().map(|activity| activity.work_left()).collect(),
            whole: net.input.activities.iter().map(|activity| activity.duration).collect(),
            es: vec![start; count],
            ef: vec![start; count],
            logic: vec![start; count],
            from: vec![start; count],
            marked: vec![false; count],
        }
    }

    /// Lays out the work.
    pub(super) fn forward(&mut self) {
        for slot in 0..self.net.order.len() {
            let at = self.net.order[slot] as usize;
            if self.net.is_bracket(at) {
                continue;
            }
            let activity = &self.net.input.activities[at];
            match (activity.actual_start, activity.actual_finish) {
                (start, Some(finish)) => {
                    self.es[at] = start.unwrap_or(finish);
                    self.ef[at] = finish;
                    self.logic[at] = self.es[at];
                    self.from[at] = finish;
                }
                (Some(start), None) => self.begun(at, start),
                _ => self.ahead(at),
            }
        }
    }

    fn begun(&mut self, at: usize, start: i64) {
        let calendar = self.net.calendar_of(at);
        let mut from = calendar.snap_forward(start);
        if let Some(data_date) = self.net.input.data_date
            && data_date > start
        {
            from = calendar.snap_forward(data_date);
        }
        if self.net.input.options.progress == Progress::RetainedLogic {
            for arc in self.net.preds_of(at) {
                from = from.max(self.bound(at, arc));
            }
        }
        self.es[at] = start;
        self.logic[at] = start;
        self.from[at] = from;
        self.ef[at] = calendar.add(from, self.work[at]).max(start);
    }

    fn ahead(&mut self, at: usize) {
        let activity = &self.net.input.activities[at];
        let calendar = self.net.calendar_of(at);
        let duration = self.work[at];
        let earliest = self.net.input.data_date.map_or(self.net.input.start, |date| date.max(self.net.input.start));
        let mut from = self.snap(at, earliest);
        for arc in self.net.preds_of(at) {
            from = from.max(self.bound(at, arc));
        }
        self.logic[at] = from;
        match activity.constraint {
            Constraint::Snet(t) => from = from.max(self.snap(at, t)),
            Constraint::Fnet(t) => from = from.max(self.snap(at, calendar.sub(t, duration))),
            Constraint::Mso(t) => from = self.snap(at, t),
            _ => {}
        }
        let mut finish = if duration == 0 { from } else { calendar.add(from, duration) };
        if let Constraint::Mfo(t) = activity.constraint {
            let pin = calendar.snap_back(t);
            if pin != finish {
                finish = pin;
                from = self.snap(at, calendar.sub(pin, duration));
            }
        }
        self.es[at] = from;
        self.ef[at] = finish;
        self.from[at] = from;
    }

    fn snap(&self, at: usize, t: i64) -> i64 {
        match self.net.input.activities[at].kind {
            Kind::FinishMilestone => t,
            _ => self.net.calendar_of(at).snap_forward(t),
        }
    }

    /// The lower bound one link puts on the start of the work of `at`.
    fn bound(&self, at: usize, arc: &Arc) -> i64 {
        let other = arc.other as usize;
        let anchor = match arc.kind {
            LinkKind::Fs | LinkKind::Ff => self.ef[other],
            LinkKind::Ss | LinkKind::Sf => self.es[other],
        };
        let lag = match self.net.input.links[arc.link as usize].lag {
            Lag::Percent(percent) => self.whole[other] * percent / 100,
            _ => arc.lag,
        };
        let bound = self.net.lag_calendar(arc).add(anchor, lag);
        match arc.kind {
            LinkKind::Fs | LinkKind::Ss => self.snap(at, bound),
            LinkKind::Ff | LinkKind::Sf => self.snap(at, self.net.calendar_of(at).sub(bound, self.work[at])),
        }
    }

    /// The date that is asked.
    pub(super) fn date(&self, target: Target, groups: &[Vec<u32>]) -> i64 {
        match target {
            Target::Ready(at) => self.logic[at as usize],
            Target::Finish(at) => self.finish(at as usize),
            Target::Last(group) => {
                groups[group as usize].iter().map(|&at| self.finish(at as usize)).max().unwrap_or(self.net.input.start)
            }
            Target::Whole => {
                let leaves = self.net.input.activities.iter().zip(&self.ef);
                let leaves = leaves.filter(|(activity, _)| activity.kind != Kind::Summary);
                leaves.map(|(_, &finish)| finish).max().unwrap_or(self.net.input.start)
            }
        }
    }

    fn finish(&self, at: usize) -> i64 {
        match self.net.input.activities[at].kind {
            Kind::Summary => {
                self.net.leaves[at].iter().map(|&leaf| self.ef[leaf as usize]).max().unwrap_or(self.ef[at])
            }
            _ => self.ef[at],
        }
    }

    /// Calls `critical` for every activity on a driving chain to the date that is asked: each link
    /// whose bound is the start it leads to drives it, all of them where several do.
    pub(super) fn chains(&mut self, target: Target, groups: &[Vec<u32>], mut critical: impl FnMut(usize)) {
        self.marked.fill(false);
        match target {
            Target::Ready(at) => self.mark_drivers(at as usize, self.logic[at as usize]),
            Target::Finish(at) if self.net.input.activities[at as usize].kind != Kind::Summary => {
                self.marked[at as usize] = true;
            }
            Target::Last(group) => {
                let last = self.date(target, groups);
                for &at in &groups[group as usize] {
                    self.marked[at as usize] = self.ef[at as usize] == last;
                }
            }
            Target::Finish(_) | Target::Whole => {
                let last = self.date(target, groups);
                for at in 0..self.ef.len() {
                    let leaf = self.net.input.activities[at].kind != Kind::Summary;
                    self.marked[at] = leaf && self.ef[at] == last;
                }
            }
        }
        for slot in (0..self.net.order.len()).rev() {
            let at = self.net.order[slot] as usize;
            if !self.marked[at] {
                continue;
            }
            let activity = &self.net.input.activities[at];
            if activity.actual_finish.is_some() || activity.kind == Kind::Summary {
                continue;
            }
            critical(at);
            self.mark_drivers(at, self.from[at]);
        }
    }

    fn mark_drivers(&mut self, at: usize, from: i64) {
        for slot in self.net.pred_at[at]..self.net.pred_at[at + 1] {
            let arc = self.net.preds[slot as usize];
            if self.bound(at, &arc) == from {
                self.marked[arc.other as usize] = true;
            }
        }
    }

    /// Early finish of an activity, for the test that compares with the kernel.
    #[cfg(test)]
    pub(super) fn early(&self, at: usize) -> (i64, i64) {
        (self.es[at], self.ef[at])
    }
}

/// One run through the kernel itself, for plans with more than this pass knows. Criticality then
/// follows the one chain the kernel explains.
pub(super) fn slowly(model: &Model<'_>, work: &[i64], dates: &mut [i64], critical: &mut [u32]) {
    let mut input = model.network.input().clone();
    for (activity, &work) in input.activities.iter_mut().zip(work) {
        match (activity.kind, activity.actual_start) {
            (Kind::Task, Some(_)) => activity.remaining = Some(work),
            (Kind::Task, None) => activity.duration = work,
            _ => {}
        }
    }
    // Durations make no rings: the graph is the one that was built before.
    let Ok(network) = Network::build(input) else { return };
    let schedule = network.compute();
    for (slot, target) in dates.iter_mut().zip(&model.targets) {
        *slot = match *target {
            Target::Ready(at) => schedule.logic_start[at as usize],
            Target::Finish(at) => schedule.early_finish[at as usize],
            Target::Last(group) => {
                let ends = model.groups[group as usize].iter().map(|&at| schedule.early_finish[at as usize]);
                ends.max().unwrap_or(schedule.finish)
            }
            Target::Whole => schedule.finish,
        };
    }
    let last =
        |schedule: &Schedule| (0..schedule.early_finish.len()).find(|&at| schedule.early_finish[at] == schedule.finish);
    let (end, own) = match model.targets.first() {
        Some(Target::Ready(at)) => (Some(*at as usize), false),
        Some(Target::Finish(at)) => (Some(*at as usize), true),
        Some(Target::Last(group)) => {
            let group = &model.groups[*group as usize];
            let last = group.iter().max_by_key(|&&at| schedule.early_finish[at as usize]);
            (last.map(|&at| at as usize), true)
        }
        _ => (last(&schedule), true),
    };
    let Some(end) = end else { return };
    for at in network.path_to(&schedule, end) {
        let done = network.input().activities[at].actual_finish.is_some();
        critical[at] += u32::from(!done && (own || at != end));
    }
}
