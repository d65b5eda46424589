//! A resource of a plan over time, in minutes of the plan's axis.

/// How much is used from when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    from: i64,
    used: i64,
}

/// A stretch of time in which the use does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// From.
    pub from: i64,
    /// To, not included.
    pub to: i64,
    /// Units used.
    pub used: i64,
}

/// The use of one resource.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    steps: Vec<Step>,
}

impl Usage {
    /// Takes units for a while.
    pub fn take(&mut self, from: i64, to: i64, units: i64) {
        if from >= to || units == 0 {
            return;
        }
        let first = self.cut(from);
        let last = self.cut(to);
        self.steps[first..last].iter_mut().for_each(|step| step.used += units);
    }

    /// Makes sure that a step begins at `time`; answers its place.
    fn cut(&mut self, time: i64) -> usize {
        let place = self.steps.partition_point(|step| step.from < time);
        if self.steps.get(place).is_none_or(|step| step.from != time) {
            let used = if place == 0 { 0 } else { self.steps[place - 1].used };
            self.steps.insert(place, Step { from: time, used });
        }
        place
    }

    /// Everything used, in order, without gaps of no use.
    pub fn stretches(&self) -> impl Iterator<Item = Stretch> + '_ {
        let pairs = self.steps.windows(2).filter(|pair| pair[0].used > 0);
        pairs.map(|pair| Stretch { from: pair[0].from, to: pair[1].from, used: pair[0].used })
    }

    /// The end of the first stretch within `from..to` in which more than `room` is used.
    pub fn first_over(&self, from: i64, to: i64, room: i64) -> Option<i64> {
        let first = self.steps.partition_point(|step| step.from <= from).saturating_sub(1);
        let over = (first..self.steps.len()).take_while(|&at| self.steps[at].from < to).find(|&at| {
            let ends = self.steps.get(at + 1).map_or(i64::MAX, |next| next.from);
            self.steps[at].used > room && ends > from
        })?;
        self.steps.get(over + 1).map(|next| next.from)
    }

    /// The beginning of the last stretch within `from..to` in which more than `room` is used.
    pub fn last_over(&self, from: i64, to: i64, room: i64) -> Option<i64> {
        let last = self.steps.partition_point(|step| step.from < to);
        (0..last).rev().take_while(|&at| self.steps.get(at + 1).is_none_or(|next| next.from > from)).find_map(|at| {
            let step = self.steps[at];
            (step.used > room).then_some(step.from)
        })
    }

    /// The most used at once within `from..to`.
    pub fn peak(&self, from: i64, to: i64) -> i64 {
        self.stretches().filter(|one| one.from < to && from < one.to).map(|one| one.used).max().unwrap_or(0)
    }
}
