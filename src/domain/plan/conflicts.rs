//! What a computed plan could not keep: links, wishes, maximum lags.

use super::calendar::FAR;
use super::network::{Constraint, LinkKind};
use super::schedule::{Conflict, Passes};

impl Passes<'_> {
    /// Adds what one activity cannot keep.
    pub(super) fn conflicts_of(&self, at: usize, found: &mut Vec<Conflict>) {
        if self.net.is_bracket(at) {
            return;
        }
        if self.s.ef[at] >= FAR {
            found.push(Conflict::NoTime { activity: at as u32 });
            return;
        }
        let activity = &self.net.input.activities[at];
        let calendar = self.net.calendar_of(at);
        let done = activity.actual_finish.is_some();
        let begun = activity.actual_start.is_some();
        let duration = if done { calendar.between(self.s.es[at], self.s.ef[at]) } else { activity.work_left() };
        for arc in self.net.preds_of(at) {
            let bound = self.early_bound(at, arc, duration);
            let start = match arc.kind {
                LinkKind::Fs | LinkKind::Ss => self.s.es[at],
                _ if begun => calendar.sub(self.s.ef[at], duration),
                _ => self.s.work_from[at],
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

    /// Adds maximum lags that do not hold, and the rings behind them.
    pub(super) fn conflicts_of_rings(&self, found: &mut Vec<Conflict>) {
        for cap in &self.net.caps {
            let by = self.apart(cap);
            if by > 0 {
                found.push(Conflict::Apart { link: cap.link, by });
            }
        }
        found.extend((0..self.s.rings.len()).map(|ring| Conflict::Ring { ring: ring as u32 }));
    }

    /// How far the activity's own wish is missed.
    fn missed(&self, at: usize) -> Option<i64> {
        let activity = &self.net.input.activities[at];
        let calendar = self.net.calendar_of(at);
        let own = match activity.constraint {
            Constraint::Snlt(t) => calendar.between(t, self.s.es[at]),
            Constraint::Fnlt(t) => calendar.between(t, self.s.ef[at]),
            Constraint::Mso(t) => calendar.between(t, self.s.logic[at].max(self.s.es[at])),
            Constraint::Mfo(t) => {
                calendar.between(t, calendar.add(self.s.logic[at], activity.work_left()).max(self.s.ef[at]))
            }
            _ => 0,
        };
        let deadline = activity.deadline.map_or(0, |deadline| calendar.between(deadline, self.s.ef[at]));
        let by = own.max(deadline);
        (by > 0).then_some(by)
    }
}
