//! Building schedules: the serial and the parallel generation scheme, and justification.
//!
//! Serial: each activity of a list takes the first start that precedence and resources leave it.
//! Justification (Valls, Ballestín and Quintanilla 2005): taking the activities by falling end
//! times and building from the other side never makes the schedule longer, and often shorter.

use super::flat::{Flat, Side};

/// Room for building, used again for each schedule. Counts what it builds.
#[derive(Debug, Clone)]
pub struct Builder<'a> {
    /// The project.
    pub flat: &'a Flat,
    /// Free capacity with guards, `words` for each period.
    free: Vec<u64>,
    /// Periods of `free` that may differ from full.
    touched: usize,
    buckets: Vec<u32>,
    /// Schedules built so far, each pass counted as one.
    pub built: u64,
}

impl<'a> Builder<'a> {
    /// Room for a project.
    pub fn new(flat: &'a Flat) -> Self {
        let periods = flat.horizon as usize + 1;
        let free = flat.full.iter().copied().cycle().take(periods * flat.words).collect();
        Builder { flat, free, touched: 0, buckets: vec![0; periods + 1], built: 0 }
    }

    fn clear(&mut self) {
        let words = self.flat.words;
        if words == 1 {
            self.free[..self.touched].fill(self.flat.full[0]);
        } else {
            self.free[..self.touched * words]
                .chunks_exact_mut(words)
                .for_each(|at| at.copy_from_slice(&self.flat.full));
        }
        self.touched = 0;
    }

    /// Places the activities of `order` one by one; answers the length of the schedule.
    /// `order` must hold every activity after those it waits for, seen from `side`.
    pub fn serial(&mut self, side: Side, order: &[u32], starts: &mut [u32]) -> u32 {
        self.clear();
        self.built += 1;
        let flat = self.flat;
        let waits = flat.waits(side);
        let mut makespan = 0;
        for &at in order {
            let at = at as usize;
            let ready = waits
                .at(at)
                .iter()
                .map(|&from| starts[from as usize] + flat.durations[from as usize])
                .max()
                .unwrap_or(0);
            let duration = flat.durations[at];
            let start = if flat.words == 1 {
                self.place(ready as usize, duration as usize, flat.demands[at])
            } else {
                self.place_wide(ready as usize, duration as usize, at)
            };
            starts[at] = start as u32;
            makespan = makespan.max(start as u32 + duration);
            self.touched = makespan as usize;
        }
        makespan
    }

    /// The first start from `ready` on with room for `duration` periods, taken.
    #[inline]
    fn place(&mut self, ready: usize, duration: usize, demand: u64) -> usize {
        if demand == 0 {
            return ready;
        }
        let guard = self.flat.guard;
        let mut start = ready;
        let mut known = ready;
        loop {
            let end = start + duration;
            // From the back: the last period without room allows the longest jump.
            match self.free[known..end].iter().rposition(|&free| free.wrapping_sub(demand) & guard != guard) {
                None => break,
                Some(at) => {
                    start = known + at + 1;
                    known = end.max(start);
                }
            }
        }
        self.free[start..start + duration].iter_mut().for_each(|free| *free -= demand);
        start
    }

    fn place_wide(&mut self, ready: usize, duration: usize, at: usize) -> usize {
        let (words, guard) = (self.flat.words, self.flat.guard);
        let demand = &self.flat.demands[at * words..(at + 1) * words];
        if demand.iter().all(|&units| units == 0) {
            return ready;
        }
        let mut start = ready;
        let mut known = ready;
        loop {
            let end = start + duration;
            let short = |free: &[u64]| free.iter().zip(demand).any(|(free, need)| (free - need) & guard != guard);
            match self.free[known * words..end * words].chunks_exact(words).rposition(short) {
                None => break,
                Some(at) => {
                    start = known + at + 1;
                    known = end.max(start);
                }
            }
        }
        for free in self.free[start * words..(start + duration) * words].chunks_exact_mut(words) {
            free.iter_mut().zip(demand).for_each(|(free, need)| *free -= need);
        }
        start
    }

    /// The list that justifies a schedule built from `side`: by falling ends, for the other side.
    pub fn turned(&mut self, side: Side, starts: &[u32], makespan: u32, order: &mut [u32]) {
        let flat = self.flat;
        let place = |at: usize| (makespan - starts[at] - flat.durations[at]) as usize;
        self.sort(makespan, order, place, side == Side::Forward);
    }

    /// The list a schedule built from `side` comes from: by rising starts.
    pub fn listed(&mut self, side: Side, starts: &[u32], makespan: u32, order: &mut [u32]) {
        self.sort(makespan, order, |at| starts[at] as usize, side == Side::Backward);
    }

    /// Counting sort; ties in topological order, or against it.
    fn sort(&mut self, makespan: u32, order: &mut [u32], place: impl Fn(usize) -> usize, against: bool) {
        let buckets = &mut self.buckets[..makespan as usize + 2];
        buckets.fill(0);
        let count = self.flat.len();
        for at in 0..count {
            buckets[place(at) + 1] += 1;
        }
        for at in 1..buckets.len() {
            buckets[at] += buckets[at - 1];
        }
        let mut put = |at: usize| {
            let bucket = &mut buckets[place(at)];
            order[*bucket as usize] = at as u32;
            *bucket += 1;
        };
        if against { (0..count).rev().for_each(&mut put) } else { (0..count).for_each(&mut put) }
    }
}
