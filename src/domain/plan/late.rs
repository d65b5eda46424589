//! The late pass and what follows from both: total and free float, criticality.

use super::calendar::FAR;
use super::network::{Constraint, Kind, LinkKind};
use super::schedule::{Passes, Schedule};

impl Passes<'_> {
    /// The late dates of everything, by the maximum lags too.
    pub(super) fn backward_all(&mut self, finish: i64) {
        self.backward(finish);
        self.hold_back(finish);
    }

    pub(super) fn backward(&mut self, finish: i64) {
        for slot in (0..self.net.order.len()).rev() {
            self.late(self.net.order[slot] as usize, finish);
        }
    }

    /// The late dates of one activity from those after it.
    pub(super) fn late(&mut self, at: usize, finish: i64) {
        if self.net.is_bracket(at) {
            return;
        }
        if self.net.input.activities[at].actual_finish.is_some() {
            self.s.ls[at] = self.s.es[at];
            self.s.lf[at] = self.s.ef[at];
            return;
        }
        self.late_of(at, finish);
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
                LinkKind::Fs => finish = finish.min(snap(lag.latest_before(self.s.ls[other], arc.lag))),
                LinkKind::Ff => {
                    let end = self.reach(other, self.s.lf[other]);
                    finish = finish.min(snap(lag.latest_before(end, arc.lag)));
                }
                LinkKind::Ss if !begun => start = start.min(lag.latest_before(self.s.ls[other], arc.lag)),
                LinkKind::Sf if !begun => {
                    start = start.min(lag.latest_before(self.reach(other, self.s.lf[other]), arc.lag))
                }
                _ => {}
            }
        }
        if let Constraint::Mso(_) = activity.constraint
            && !begun
        {
            self.s.ls[at] = self.s.es[at];
            self.s.lf[at] = self.s.ef[at];
            return;
        }
        let (mut finish, start) = self.wished(at, finish, start);
        finish = finish.min(self.s.ceiling.get(at).map_or(FAR, |&ceiling| snap(ceiling)));
        if duration == 0 {
            let t = start.min(finish);
            (self.s.ls[at], self.s.lf[at]) = (t, t);
            return;
        }
        if start < FAR {
            finish = finish.min(calendar.add(start, duration));
        }
        self.s.lf[at] = finish;
        self.s.ls[at] = start.min(calendar.sub(finish, duration));
    }

    /// The late bounds with the activity's own wishes.
    fn wished(&self, at: usize, finish: i64, start: i64) -> (i64, i64) {
        let activity = &self.net.input.activities[at];
        let snap = |t: i64| if activity.work_left() == 0 { t } else { self.net.calendar_of(at).snap_back(t) };
        let (finish, start) = match activity.constraint {
            Constraint::Snlt(t) if activity.actual_start.is_none() => (finish, start.min(t)),
            Constraint::Fnlt(t) => (finish.min(t), start),
            Constraint::Mfo(t) => (snap(t), FAR),
            _ => (finish, start),
        };
        (activity.deadline.map_or(finish, |deadline| finish.min(deadline)), start)
    }

    pub(super) fn total_float(&self, at: usize) -> i64 {
        let activity = &self.net.input.activities[at];
        let calendar = self.net.calendar_of(at);
        let finish_side = calendar.between(self.s.ef[at], self.s.lf[at]);
        if let Constraint::Mso(_) = activity.constraint
            && activity.actual_start.is_none()
            && self.s.logic[at] > self.s.es[at]
        {
            // A pinned date that the logic cannot keep owns the shortfall, not only its predecessors.
            return calendar.between(self.s.logic[at], self.s.es[at]);
        }
        if activity.actual_start.is_some() {
            return finish_side;
        }
        finish_side.min(calendar.between(self.s.es[at], self.s.ls[at]))
    }

    pub(super) fn free_float(&self, at: usize, plan_finish: i64, total: i64) -> i64 {
        let calendar = self.net.calendar_of(at);
        let begun = self.net.input.activities[at].actual_start.is_some();
        let mut free = calendar.between(self.s.ef[at], plan_finish);
        let mut bound = false;
        for arc in self.net.succs_of(at) {
            let other = arc.other as usize;
            let lag = self.net.lag_calendar(arc);
            let room = match arc.kind {
                LinkKind::Fs => calendar.between(self.s.ef[at], lag.latest_before(self.s.work_from[other], arc.lag)),
                LinkKind::Ff => {
                    calendar.between(self.s.ef[at], lag.latest_before(self.reach(other, self.s.ef[other]), arc.lag))
                }
                LinkKind::Ss | LinkKind::Sf if begun => continue,
                LinkKind::Ss => calendar.between(self.s.es[at], lag.latest_before(self.s.es[other], arc.lag)),
                LinkKind::Sf => {
                    calendar.between(self.s.es[at], lag.latest_before(self.reach(other, self.s.ef[other]), arc.lag))
                }
            };
            free = free.min(room);
            bound = true;
        }
        let free = free.max(0);
        if bound || total < 0 { free } else { free.min(total) }
    }

    /// Floats and criticality of one activity.
    pub(super) fn float_of(&self, at: usize, target: i64, schedule: &mut Schedule) {
        let activity = &self.net.input.activities[at];
        let total = self.total_float(at);
        schedule.total_float[at] = total;
        if activity.kind != Kind::Summary {
            schedule.free_float[at] = self.free_float(at, target, total);
        }
        let threshold = self.net.input.options.critical_threshold;
        schedule.critical[at] = activity.actual_finish.is_none() && total <= threshold;
    }

    /// A summary is critical when a leaf of it is.
    pub(super) fn critical_summary(&self, at: usize, schedule: &mut Schedule) {
        if self.net.is_bracket(at) {
            schedule.critical[at] = self.net.leaves[at].iter().any(|&leaf| schedule.critical[leaf as usize]);
        }
    }
}
