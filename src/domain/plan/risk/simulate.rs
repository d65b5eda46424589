//! The runs: each draws the durations and the risks that strike, lays the plan out and keeps the
//! dates that are asked. Runs are dealt to threads in equal stretches; every number depends on its
//! run alone, and every sum is made of whole numbers or in the order of the runs, so the result is
//! the same however many threads there are.

use super::draw::{Stream, subject};
use super::model::{Model, Uncertain};
use super::outcome::Outcome;
use super::pass::{Pass, slowly};
use crate::plan::network::Network;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Most durations kept for rank correlations: 4 bytes each. Above it only the first runs are kept.
const MOST_KEPT: usize = 40_000_000;
/// Runs between two reports of progress.
const STEP: usize = 128;

/// How the runs are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// How many.
    pub runs: u32,
    /// Names the numbers that are drawn.
    pub seed: u64,
    /// Threads that share the work; at least one. The result does not depend on it.
    pub threads: usize,
}

/// What the runs left behind, in the order of the runs.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    /// Dates: a row of targets for each run.
    pub(super) dates: Vec<i64>,
    /// Drawn durations in minutes: a row of uncertain activities for each kept run.
    pub(super) durations: Vec<f32>,
    /// Minutes of delay each risk brought, nothing where it did not strike; a row for each kept run.
    pub(super) delays: Vec<f32>,
    /// How many runs are kept in `durations` and `delays`.
    pub(super) kept: usize,
    /// In how many runs each activity was on a driving chain to the first target.
    pub(super) critical: Vec<u32>,
}

/// Makes the runs and answers their figures; nothing when `go_on` says stop. `go_on` is told how
/// many runs are made, now and then, from any thread.
pub fn simulate(model: &Model<'_>, wanted: Runs, go_on: &(dyn Fn(u32) -> bool + Sync)) -> Option<Outcome> {
    let uncertain = model.uncertain();
    let sample = sample(model, &uncertain, wanted, go_on)?;
    Some(Outcome::of(model, &uncertain, wanted, &sample))
}

fn sample(
    model: &Model<'_>,
    uncertain: &[Uncertain],
    wanted: Runs,
    go_on: &(dyn Fn(u32) -> bool + Sync),
) -> Option<Sample> {
    let (targets, count) = (model.targets.len(), model.network.input().activities.len());
    let (width, events) = (uncertain.len(), model.events.len());
    let kept = (MOST_KEPT / (width + events).max(1)).min(wanted.runs as usize);
    let mut dates = vec![0i64; wanted.runs as usize * targets];
    let mut durations = vec![0f32; kept * width];
    let mut delays = vec![f32::NAN; kept * events];
    let mut critical = vec![0u32; count];
    let threads = wanted.threads.clamp(1, (wanted.runs as usize).max(1));
    let share = (wanted.runs as usize).div_ceil(threads).max(1);
    let (made, stopped) = (AtomicU32::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let mut rest = (&mut dates[..], &mut durations[..], &mut delays[..]);
        let mut hands = Vec::new();
        for thread in 0..threads {
            let first = (thread * share).min(wanted.runs as usize);
            let last = (first + share).min(wanted.runs as usize);
            let keeps = last.min(kept) - first.min(kept);
            let own = (
                take(&mut rest.0, (last - first) * targets),
                take(&mut rest.1, keeps * width),
                take(&mut rest.2, keeps * events),
            );
            let work = Work { model, uncertain, seed: wanted.seed, made: &made, stopped: &stopped, go_on };
            hands.push(scope.spawn(move || work.run(first as u32..last as u32, keeps, own)));
        }
        for hand in hands {
            let counted = hand.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            for (sum, one) in critical.iter_mut().zip(counted) {
                *sum += one;
            }
        }
    });
    (!stopped.into_inner()).then_some(Sample { dates, durations, delays, kept, critical })
}

/// Cuts the front off a slice.
fn take<'a, T>(rest: &mut &'a mut [T], count: usize) -> &'a mut [T] {
    let (front, back) = std::mem::take(rest).split_at_mut(count);
    *rest = back;
    front
}

/// What a thread works with.
struct Work<'m> {
    model: &'m Model<'m>,
    uncertain: &'m [Uncertain],
    seed: u64,
    made: &'m AtomicU32,
    stopped: &'m AtomicBool,
    go_on: &'m (dyn Fn(u32) -> bool + Sync),
}

impl Work<'_> {
    /// A stretch of runs; answers how often each activity was critical.
    fn run(&self, runs: std::ops::Range<u32>, keeps: usize, own: (&mut [i64], &mut [f32], &mut [f32])) -> Vec<u32> {
        let (dates, durations, delays) = own;
        let (targets, width, events) = (self.model.targets.len(), self.uncertain.len(), self.model.events.len());
        let net = self.model.network;
        let mut critical = vec![0u32; net.input().activities.len()];
        let planned = Pass::new(net);
        let mut pass = planned.clone();
        let streams: Vec<u64> = self.model.events.iter().map(|event| subject(&event.code)).collect();
        let fast = Pass::knows(net);
        let mut drawn = (vec![0f32; width], vec![0f32; events]);
        let mut told = 0;
        for (row, run) in runs.enumerate() {
            if row == told + STEP {
                told = row;
                if !self.report(STEP) {
                    return critical;
                }
            }
            pass.work.copy_from_slice(&planned.work);
            pass.whole.copy_from_slice(&planned.whole);
            self.draw(run, &mut pass, &mut drawn.0);
            self.strike(run, &streams, &mut pass, &mut drawn.1);
            if row < keeps {
                durations[row * width..(row + 1) * width].copy_from_slice(&drawn.0);
                delays[row * events..(row + 1) * events].copy_from_slice(&drawn.1);
            }
            let slots = &mut dates[row * targets..(row + 1) * targets];
            if !fast {
                slowly(self.model, &pass.work, slots, &mut critical);
                continue;
            }
            pass.forward();
            for (slot, target) in slots.iter_mut().zip(&self.model.targets) {
                *slot = pass.date(*target, &self.model.groups);
            }
            if let Some(first) = self.model.targets.first() {
                pass.chains(*first, &self.model.groups, |at| critical[at] += 1);
            }
        }
        self.report(dates.len() / targets.max(1) - told);
        critical
    }

    /// Tells how many more runs are made; whether to go on.
    fn report(&self, more: usize) -> bool {
        let made = self.made.fetch_add(more as u32, Ordering::Relaxed) + more as u32;
        let go_on = !self.stopped.load(Ordering::Relaxed) && (self.go_on)(made);
        if !go_on {
            self.stopped.store(true, Ordering::Relaxed);
        }
        go_on
    }

    /// Draws the durations. What has begun keeps its share that is left: a task that takes twice as
    /// long has twice as much left.
    fn draw(&self, run: u32, pass: &mut Pass<'_>, drawn: &mut [f32]) {
        for (slot, one) in drawn.iter_mut().zip(self.uncertain) {
            let at = one.at as usize;
            let value = one.law.sample(&mut Stream::new(self.seed, run, one.stream)).max(0.0);
            *slot = value as f32;
            let planned = self.model.network.input().activities[at].duration;
            pass.work[at] = match (pass.work[at], planned) {
                (left, planned) if left == planned || planned == 0 => value.round() as i64,
                (left, planned) => (left as f64 * value / planned as f64).round() as i64,
            };
            pass.whole[at] = value.round() as i64;
        }
    }

    fn strike(&self, run: u32, streams: &[u64], pass: &mut Pass<'_>, drawn: &mut [f32]) {
        for ((slot, event), stream) in drawn.iter_mut().zip(&self.model.events).zip(streams) {
            let mut stream = Stream::new(self.seed, run, *stream);
            if stream.unit() >= event.probability {
                *slot = f32::NAN;
                continue;
            }
            let delay = event.delay.sample(&mut stream).max(0.0);
            *slot = delay as f32;
            for &at in &event.activities {
                if unfinished(self.model.network, at as usize) {
                    pass.work[at as usize] += delay.round() as i64;
                    pass.whole[at as usize] += delay.round() as i64;
                }
            }
        }
    }
}

fn unfinished(net: &Network, at: usize) -> bool {
    let activity = &net.input().activities[at];
    activity.actual_finish.is_none() && activity.kind == crate::plan::network::Kind::Task
}
