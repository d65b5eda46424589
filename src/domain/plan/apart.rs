//! Maximum lags: a link whose successor may follow at most so long after. Each is a reverse arc, so the
//! graph has rings; early dates are labels corrected until nothing moves. Labels that push each other
//! on without end are a ring of positive length: the explanation why the plan cannot hold.

use super::calendar::Calendar;
use super::network::{Cap, LinkKind};
use super::schedule::{Driver, Passes};

impl Passes<'_> {
    fn cap_calendar(&self, cap: &Cap) -> &Calendar {
        self.net.calendar_at(cap.calendar)
    }

    /// The two instants a maximum lag ties: of the predecessor, of the successor.
    fn tied(&self, cap: &Cap) -> (i64, i64) {
        let (from, to) = (cap.from as usize, cap.to as usize);
        match cap.kind {
            LinkKind::Fs => (self.s.ef[from], self.s.es[to]),
            LinkKind::Ss => (self.s.es[from], self.s.es[to]),
            LinkKind::Ff => (self.s.ef[from], self.s.ef[to]),
            LinkKind::Sf => (self.s.es[from], self.s.ef[to]),
        }
    }

    /// Working minutes by which the ends lie too far apart; not positive when they do not.
    pub(super) fn apart(&self, cap: &Cap) -> i64 {
        let (near, far) = self.tied(cap);
        self.cap_calendar(cap).between(near, far) - cap.lag
    }

    /// The lower bound a maximum lag puts on the start of its predecessor.
    fn pulled(&self, cap: &Cap) -> i64 {
        let from = cap.from as usize;
        let (_, far) = self.tied(cap);
        let calendar = self.cap_calendar(cap);
        let near = calendar.snap_back(calendar.sub(far, cap.lag));
        match cap.kind {
            LinkKind::Ss | LinkKind::Sf => self.forward_snap(from, near),
            LinkKind::Fs | LinkKind::Ff => {
                let duration = self.net.input.activities[from].work_left();
                let own = self.net.calendar_of(from);
                let start = self.forward_snap(from, own.sub(near, duration));
                // Where the calendars differ, the end may fall short by the time one of them rests.
                if duration > 0 && own.add(start, duration) < near {
                    self.forward_snap(from, own.add(start, duration.min(1)).max(start + 1) - 1)
                } else {
                    start
                }
            }
        }
    }

    /// Corrects early dates until every maximum lag holds that can.
    pub(super) fn keep_together(&mut self) {
        if self.net.caps.is_empty() {
            return;
        }
        let count = self.s.es.len();
        let mut dropped = vec![false; self.net.caps.len()];
        self.s.floor = vec![(i64::MIN, 0); count];
        self.s.rings.clear();
        self.forward();
        // Without rings every round settles at least one more reverse arc of the longest way.
        let enough = self.net.caps.len() + 2;
        let mut round = 0;
        while let Some(raised) = self.raise(&dropped) {
            self.forward();
            round += 1;
            if round < enough.min(16) {
                continue;
            }
            if let Some(ring) = self.ring(raised) {
                self.give_up(&ring, &mut dropped);
                self.s.rings.push(ring);
                self.s.floor.fill((i64::MIN, 0));
                self.forward();
                round = 0;
            } else if round > 4 * enough {
                break;
            }
        }
    }

    /// Raises the floor of every predecessor that lies too far before; answers one that moved.
    fn raise(&mut self, dropped: &[bool]) -> Option<usize> {
        let mut raised = None;
        for (slot, cap) in self.net.caps.iter().enumerate() {
            let from = cap.from as usize;
            let activity = &self.net.input.activities[from];
            if dropped[slot]
                || activity.actual_start.is_some()
                || activity.actual_finish.is_some()
                || self.apart(cap) <= 0
            {
                continue;
            }
            let bound = self.pulled(cap);
            if bound > self.s.floor[from].0 && bound > self.s.es[from] {
                self.s.floor[from] = (bound, cap.link);
                raised = Some(from);
            }
        }
        raised
    }

    /// The way round that pushes `at` on, when its drivers lead back to it.
    fn ring(&self, at: usize) -> Option<Vec<u32>> {
        let mut way: Vec<u32> = vec![at as u32];
        let mut current = at;
        loop {
            current = match self.s.driver[current] {
                Driver::Link(link) => {
                    let ends = self.net.preds_of(current).iter().filter(|arc| arc.link == link);
                    ends.max_by_key(|arc| self.s.ef[arc.other as usize])?.other as usize
                }
                Driver::Apart(link) => {
                    let caps = self.net.caps.iter().filter(|cap| cap.link == link && cap.from as usize == current);
                    caps.max_by_key(|cap| self.s.es[cap.to as usize])?.to as usize
                }
                _ => return None,
            };
            let met = way.iter().position(|&one| one as usize == current);
            way.push(current as u32);
            if let Some(met) = met {
                let mut ring = way.split_off(met);
                ring.reverse();
                return Some(ring);
            }
        }
    }

    /// Lets the maximum lags of a ring go: they cannot hold.
    fn give_up(&self, ring: &[u32], dropped: &mut [bool]) {
        for pair in ring.windows(2) {
            for (slot, cap) in self.net.caps.iter().enumerate() {
                dropped[slot] |= cap.to == pair[0] && cap.from == pair[1];
            }
        }
    }

    /// Lowers late dates of successors until every maximum lag holds there too.
    pub(super) fn hold_back(&mut self, finish: i64) {
        if self.net.caps.is_empty() {
            return;
        }
        self.s.ceiling = vec![super::calendar::FAR; self.s.es.len()];
        self.backward(finish);
        for _ in 0..self.net.caps.len() + 2 {
            let mut lowered = false;
            for cap in &self.net.caps {
                let (from, to) = (cap.from as usize, cap.to as usize);
                if self.apart(cap) > 0 {
                    continue;
                }
                let calendar = self.cap_calendar(cap);
                let duration = self.net.input.activities[to].work_left();
                let near =
                    if matches!(cap.kind, LinkKind::Fs | LinkKind::Ff) { self.s.lf[from] } else { self.s.ls[from] };
                let far = calendar.snap_forward(calendar.add(near, cap.lag));
                let bound = match cap.kind {
                    LinkKind::Fs | LinkKind::Ss if duration > 0 => self.net.calendar_of(to).add(far, duration),
                    _ => far,
                };
                // Never before the early date: a float the house counts negative shows missed dates only.
                let bound = bound.max(self.s.ef[to].min(self.s.lf[to]));
                if bound < self.s.lf[to] && bound < self.s.ceiling[to] {
                    self.s.ceiling[to] = bound;
                    lowered = true;
                }
            }
            if !lowered {
                return;
            }
            self.backward(finish);
        }
    }
}
