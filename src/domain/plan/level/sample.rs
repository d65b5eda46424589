//! First lists and schedules: chosen by chance, with a bias to what must not wait.
//!
//! Regret-based biased sampling (Drexl 1991) over the latest finish times, for lists as well as for
//! the parallel scheme, which leaves no resource idle that something could use now.

use super::build::Builder;
use super::chance::Chance;
use super::flat::{Flat, Side};

/// Room for sampling, used again each time.
#[derive(Debug, Clone)]
pub struct Sampler<'a> {
    flat: &'a Flat,
    waits: Vec<u32>,
    open: Vec<u32>,
    fitting: Vec<u32>,
    chances: Vec<f64>,
    running: Vec<(u32, u32)>,
    free: Vec<u64>,
    /// Regret to its weight.
    powers: Vec<f64>,
}

impl<'a> Sampler<'a> {
    /// Room for a project. With `bias` 0 all are equally likely; the larger, the more urgent ones win.
    pub fn new(flat: &'a Flat, bias: f64) -> Self {
        let longest = flat.head.iter().chain(&flat.tail).copied().max().unwrap_or(0) as usize;
        Sampler {
            flat,
            waits: vec![0; flat.len()],
            open: Vec::new(),
            fitting: Vec::new(),
            chances: Vec::new(),
            running: Vec::new(),
            free: flat.full.clone(),
            powers: (0..=longest).map(|regret| (regret as f64 + 1.0).powf(bias)).collect(),
        }
    }

    /// How much still hangs on an activity, seen from a side.
    #[inline]
    fn urgency(&self, side: Side, at: u32) -> u32 {
        match side {
            Side::Forward => self.flat.tail[at as usize],
            Side::Backward => self.flat.head[at as usize],
        }
    }

    fn begin(&mut self, side: Side) {
        let waits = self.flat.waits(side);
        self.open.clear();
        for at in 0..self.flat.len() {
            self.waits[at] = waits.at(at).len() as u32;
            if self.waits[at] == 0 {
                self.open.push(at as u32);
            }
        }
    }

    fn through(&mut self, side: Side, at: u32) {
        let flat = self.flat;
        for &next in flat.waits(side.turned()).at(at as usize) {
            self.waits[next as usize] -= 1;
            if self.waits[next as usize] == 0 {
                self.open.push(next);
            }
        }
    }

    /// Picks one of `among` (places in `open`) with a chance that grows with its urgency.
    fn pick(&mut self, side: Side, among: &[u32], chance: &mut Chance) -> usize {
        let mut chances = std::mem::take(&mut self.chances);
        let urgency = |place: u32| self.urgency(side, self.open[place as usize]);
        let least = among.iter().map(|&place| urgency(place)).min().unwrap_or(0);
        chances.clear();
        chances.extend(among.iter().map(|&place| self.powers[(urgency(place) - least) as usize]));
        let mut left = chance.unit() * chances.iter().sum::<f64>();
        let last = chances.len() - 1;
        let picked = chances.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        self.chances = chances;
        picked.unwrap_or(last)
    }

    /// A list in which each activity comes after those it waits for.
    pub fn list(&mut self, side: Side, chance: &mut Chance, order: &mut Vec<u32>) {
        order.clear();
        self.begin(side);
        let mut all = std::mem::take(&mut self.fitting);
        while !self.open.is_empty() {
            all.clear();
            all.extend(0..self.open.len() as u32);
            let place = self.pick(side, &all, chance);
            let at = self.open.swap_remove(place);
            order.push(at);
            self.through(side, at);
        }
        self.fitting = all;
    }

    /// A schedule of the parallel scheme; answers its length. Counts as one built.
    pub fn parallel(&mut self, side: Side, chance: &mut Chance, builder: &mut Builder, starts: &mut [u32]) -> u32 {
        builder.built += 1;
        self.begin(side);
        let flat = self.flat;
        self.free.copy_from_slice(&flat.full);
        self.running.clear();
        let (mut now, mut makespan) = (0, 0);
        loop {
            while let Some(at) = self.next_now(side, chance) {
                starts[at as usize] = now;
                let end = now + flat.durations[at as usize];
                makespan = makespan.max(end);
                if end == now {
                    self.through(side, at);
                } else {
                    let need = &flat.demands[at as usize * flat.words..(at as usize + 1) * flat.words];
                    self.free.iter_mut().zip(need).for_each(|(free, need)| *free -= need);
                    self.running.push((end, at));
                }
            }
            let Some(next) = self.running.iter().map(|&(end, _)| end).min() else { return makespan };
            now = next;
            let mut place = 0;
            while place < self.running.len() {
                let (end, at) = self.running[place];
                if end > now {
                    place += 1;
                    continue;
                }
                self.running.swap_remove(place);
                let need = &flat.demands[at as usize * flat.words..(at as usize + 1) * flat.words];
                self.free.iter_mut().zip(need).for_each(|(free, need)| *free += need);
                self.through(side, at);
            }
        }
    }

    /// An activity that can start now, taken out of those that are open.
    fn next_now(&mut self, side: Side, chance: &mut Chance) -> Option<u32> {
        let flat = self.flat;
        let mut fitting = std::mem::take(&mut self.fitting);
        fitting.clear();
        for (place, &at) in self.open.iter().enumerate() {
            let need = &flat.demands[at as usize * flat.words..(at as usize + 1) * flat.words];
            if self.free.iter().zip(need).all(|(free, need)| (free - need) & flat.guard == flat.guard) {
                fitting.push(place as u32);
            }
        }
        let picked = (!fitting.is_empty()).then(|| {
            let place = self.pick(side, &fitting, chance);
            self.open.swap_remove(fitting[place] as usize)
        });
        self.fitting = fitting;
        picked
    }
}
