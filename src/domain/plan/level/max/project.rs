//! A project with minimum and maximum lags, and the separate judge of its schedules.

/// `to` starts at least `lag` periods after `from` starts; a negative lag says how long after
/// `to` the activity `from` may start at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lag {
    /// The earlier one.
    pub from: u32,
    /// The later one.
    pub to: u32,
    /// Periods from start to start.
    pub lag: i32,
}

/// What a project is made of. Activity 0 begins it and the last one ends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LagProject {
    /// Duration of each activity, in periods.
    pub durations: Vec<i32>,
    /// Demand of each activity for each resource.
    pub demands: Vec<Vec<i32>>,
    /// Capacity of each resource.
    pub capacities: Vec<i32>,
    /// All lags, start to start.
    pub lags: Vec<Lag>,
}

/// What is wrong with a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A start for each activity is missing, or one lies before the project.
    Starts,
    /// A lag does not hold.
    Lag(Lag),
    /// More is used than there is.
    Capacity {
        /// The resource.
        resource: usize,
        /// The period.
        period: i32,
    },
}

impl LagProject {
    /// Number of activities, the two dummies included.
    pub fn len(&self) -> usize {
        self.durations.len()
    }

    /// No activity at all.
    pub fn is_empty(&self) -> bool {
        self.durations.is_empty()
    }

    /// Judges a schedule from scratch, sharing nothing with the search.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, starts: &[i32]) -> Result<(), Wrong> {
        if starts.len() != self.len() || starts.iter().any(|&start| start < 0) {
            return Err(Wrong::Starts);
        }
        let broken = |lag: &&Lag| starts[lag.to as usize] - starts[lag.from as usize] < lag.lag;
        if let Some(lag) = self.lags.iter().find(broken) {
            return Err(Wrong::Lag(*lag));
        }
        for (resource, &capacity) in self.capacities.iter().enumerate() {
            for &period in starts {
                let runs = |at: usize| starts[at] <= period && period < starts[at] + self.durations[at];
                let used: i32 = (0..self.len()).filter(|&at| runs(at)).map(|at| self.demands[at][resource]).sum();
                if used > capacity {
                    return Err(Wrong::Capacity { resource, period });
                }
            }
        }
        Ok(())
    }

    /// Earliest starts under the lags alone (Bellman and Ford).
    ///
    /// # Errors
    /// A circle of lags that adds up to more than nothing: the project can never be scheduled.
    pub fn earliest(&self) -> Result<Vec<i32>, Vec<Lag>> {
        let mut starts = vec![0_i32; self.len()];
        let mut by: Vec<Option<usize>> = vec![None; self.len()];
        for round in 0..=self.len() {
            let mut raised = None;
            for (at, lag) in self.lags.iter().enumerate() {
                let start = starts[lag.from as usize].saturating_add(lag.lag);
                if start > starts[lag.to as usize] {
                    starts[lag.to as usize] = start;
                    by[lag.to as usize] = Some(at);
                    raised = Some(lag.to);
                }
            }
            match raised {
                None => return Ok(starts),
                Some(at) if round == self.len() => return Err(self.circle(&by, at)),
                Some(_) => {}
            }
        }
        Ok(starts)
    }

    /// Walks back along the lags that raised the starts until an activity repeats.
    fn circle(&self, by: &[Option<usize>], at: u32) -> Vec<Lag> {
        let mut at = at;
        for _ in 0..self.len() {
            at = by[at as usize].map_or(at, |lag| self.lags[lag].from);
        }
        let first = at;
        let mut circle = Vec::new();
        while let Some(lag) = by[at as usize] {
            circle.push(self.lags[lag]);
            at = self.lags[lag].from;
            if at == first {
                break;
            }
        }
        circle.reverse();
        circle
    }

    /// No schedule needs to be longer than this: each activity once, with its longest lag.
    pub fn horizon(&self) -> i32 {
        let mut longest = self.durations.clone();
        for lag in &self.lags {
            let of = &mut longest[lag.from as usize];
            *of = (*of).max(lag.lag);
        }
        longest.iter().sum()
    }
}
