//! A project with scarce resources: activities, precedence, demand and capacity; and the flat
//! form the schedule builders run on.

/// What a project is made of. Activity 0 begins it and the last one ends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Project {
    /// Duration of each activity, in periods.
    pub durations: Vec<u32>,
    /// Activities that wait for each activity.
    pub successors: Vec<Vec<u32>>,
    /// Demand of each activity for each resource, in units.
    pub demands: Vec<Vec<u32>>,
    /// Capacity of each resource, in units.
    pub capacities: Vec<u32>,
}

/// Why no schedule can exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Impossible {
    /// These activities wait for each other in a circle.
    Cycle(Vec<u32>),
    /// The activity alone asks for more of the resource than there is.
    Demand {
        /// The activity.
        activity: u32,
        /// The resource.
        resource: usize,
    },
}

/// A schedule of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// Start of each activity, in periods.
    pub starts: Vec<u32>,
    /// End of the last activity.
    pub makespan: u32,
}

/// What is wrong with a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A start for each activity is missing.
    Length,
    /// The successor starts before the predecessor ends.
    Order {
        /// The predecessor.
        from: u32,
        /// The successor.
        to: u32,
    },
    /// More is used than there is.
    Capacity {
        /// The resource.
        resource: usize,
        /// The period.
        period: u32,
    },
    /// The makespan told is not the end of the last activity.
    Makespan,
}

impl Project {
    /// Number of activities, the two dummies included.
    pub fn len(&self) -> usize {
        self.durations.len()
    }

    /// No activity at all.
    pub fn is_empty(&self) -> bool {
        self.durations.is_empty()
    }

    /// Activities so that each comes after those it waits for.
    ///
    /// # Errors
    /// The circle, when there is one.
    pub fn in_order(&self) -> Result<Vec<u32>, Impossible> {
        let mut waits = vec![0_u32; self.len()];
        self.successors.iter().flatten().for_each(|&to| waits[to as usize] += 1);
        let mut order: Vec<u32> = (0..self.len() as u32).filter(|&at| waits[at as usize] == 0).collect();
        let mut next = 0;
        while next < order.len() {
            for &to in &self.successors[order[next] as usize] {
                waits[to as usize] -= 1;
                if waits[to as usize] == 0 {
                    order.push(to);
                }
            }
            next += 1;
        }
        if order.len() == self.len() { Ok(order) } else { Err(Impossible::Cycle(self.circle(&waits))) }
    }

    /// Walks back from an activity that never became free until one repeats.
    fn circle(&self, waits: &[u32]) -> Vec<u32> {
        let before = |at: u32| {
            (0..self.len() as u32)
                .find(|&from| waits[from as usize] > 0 && self.successors[from as usize].contains(&at))
        };
        let mut walk: Vec<u32> = waits.iter().position(|&left| left > 0).map(|at| at as u32).into_iter().collect();
        while let Some(from) = walk.last().and_then(|&at| before(at)) {
            if let Some(seen) = walk.iter().position(|&at| at == from) {
                let mut circle = walk.split_off(seen);
                circle.reverse();
                return circle;
            }
            walk.push(from);
        }
        walk
    }

    /// Judges a schedule from scratch, sharing nothing with the code that builds schedules.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, table: &Timetable) -> Result<(), Wrong> {
        if table.starts.len() != self.len() {
            return Err(Wrong::Length);
        }
        let end = |at: usize| u64::from(table.starts[at]) + u64::from(self.durations[at]);
        for (from, successors) in self.successors.iter().enumerate() {
            for &to in successors {
                if end(from) > u64::from(table.starts[to as usize]) {
                    return Err(Wrong::Order { from: from as u32, to });
                }
            }
        }
        if (0..self.len()).map(end).max().unwrap_or(0) != u64::from(table.makespan) {
            return Err(Wrong::Makespan);
        }
        for (resource, &capacity) in self.capacities.iter().enumerate() {
            // Use only rises where something starts.
            for &period in &table.starts {
                let runs = |at: usize| table.starts[at] <= period && u64::from(period) < end(at);
                let used: u64 =
                    (0..self.len()).filter(|&at| runs(at)).map(|at| u64::from(self.demands[at][resource])).sum();
                if used > u64::from(capacity) {
                    return Err(Wrong::Capacity { resource, period });
                }
            }
        }
        Ok(())
    }
}
