//! The figures of the runs: how each date is spread, and what spreads the first of them.

use super::model::{Model, Target, Uncertain};
use super::simulate::{Runs, Sample};
use super::statistics::{correlation, deviation, mean, quantile, ranks};

/// Share of the runs at either end that a swing compares.
const TENTH: usize = 10;

/// What a simulation says.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How many runs were made.
    pub runs: u32,
    /// The seed.
    pub seed: u64,
    /// The dates that were asked, in the order of the model.
    pub targets: Vec<TargetOutcome>,
    /// Every activity that was ever critical or could differ, in plan order.
    pub tasks: Vec<TaskOutcome>,
    /// Risks in the order of the model.
    pub events: Vec<EventOutcome>,
}

/// How one date is spread. Dates are minutes on the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetOutcome {
    /// The date.
    pub target: Target,
    /// All answers in order.
    pub sorted: Vec<i64>,
    /// Mean.
    pub mean: f64,
    /// Standard deviation, minutes.
    pub deviation: f64,
}

impl TargetOutcome {
    fn of(target: Target, mut dates: Vec<i64>) -> Self {
        dates.sort_unstable();
        let first = dates.first().copied().unwrap_or(0);
        // Counted from the first, so that large dates do not eat the digits.
        let offsets: Vec<f64> = dates.iter().map(|date| (date - first) as f64).collect();
        let (mean, deviation) = (first as f64 + mean(&offsets), deviation(&offsets));
        TargetOutcome { target, sorted: dates, mean, deviation }
    }

    /// The date kept in this share of the runs: 0.8 is P80.
    pub fn quantile(&self, share: f64) -> f64 {
        quantile(&self.sorted, share)
    }

    /// The share of runs that came in at or before a date.
    pub fn chance(&self, due: i64) -> f64 {
        let within = self.sorted.partition_point(|date| *date <= due);
        if self.sorted.is_empty() { 0.0 } else { within as f64 / self.sorted.len() as f64 }
    }
}

/// What one activity does to the first date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaskOutcome {
    /// Index of the activity.
    pub at: u32,
    /// Share of runs in which it was on a driving chain (criticality index).
    pub criticality: f64,
    /// Mean duration drawn, minutes.
    pub mean: f64,
    /// Standard deviation of the duration, minutes.
    pub deviation: f64,
    /// Spearman's rank correlation of its duration with the date; its size is the cruciality index.
    pub correlation: f64,
    /// Criticality × deviation of the duration / deviation of the date (schedule sensitivity index, PMBOK).
    pub sensitivity: f64,
    /// Mean date in the tenth of runs where it was shortest.
    pub low: f64,
    /// Mean date in the tenth of runs where it was longest.
    pub high: f64,
}

impl TaskOutcome {
    /// Minutes between the two mean dates: the length of its bar in a tornado.
    pub fn swing(&self) -> f64 {
        (self.high - self.low).abs()
    }
}

/// What one risk does to the first date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventOutcome {
    /// Share of runs in which it struck.
    pub struck: f64,
    /// Mean date where it did not; the overall mean when it always did.
    pub without: f64,
    /// Mean date where it did; the overall mean when it never did.
    pub with: f64,
}

impl Outcome {
    pub(super) fn of(model: &Model<'_>, uncertain: &[Uncertain], wanted: Runs, sample: &Sample) -> Outcome {
        let width = model.targets.len();
        let column = |at: usize| sample.dates.iter().skip(at).step_by(width.max(1)).copied().collect::<Vec<i64>>();
        let targets: Vec<TargetOutcome> =
            model.targets.iter().enumerate().map(|(at, target)| TargetOutcome::of(*target, column(at))).collect();
        let first = if width > 0 { column(0) } else { Vec::new() };
        let origin = first.iter().min().copied().unwrap_or(0);
        let dates: Vec<f64> = first.iter().take(sample.kept).map(|date| (date - origin) as f64).collect();
        let spread = targets.first().map_or(0.0, |target| target.deviation);
        let tasks = tasks(model, uncertain, wanted, sample, (&dates, origin, spread));
        let events = (0..model.events.len()).map(|at| {
            let delays = sample.delays.iter().skip(at).step_by(model.events.len());
            struck(delays, &dates, origin)
        });
        let events = events.collect();
        Outcome { runs: wanted.runs, seed: wanted.seed, targets, tasks, events }
    }
}

fn tasks(
    model: &Model<'_>,
    uncertain: &[Uncertain],
    wanted: Runs,
    sample: &Sample,
    (dates, origin, spread): (&[f64], i64, f64),
) -> Vec<TaskOutcome> {
    let as_floats: Vec<f32> = dates.iter().map(|date| *date as f32).collect();
    let date_ranks = ranks(&as_floats);
    let overall = origin as f64 + mean(dates);
    let mut column = vec![0f32; sample.kept];
    let share = |at: usize| f64::from(sample.critical[at]) / f64::from(wanted.runs.max(1));
    let mut tasks: Vec<TaskOutcome> = Vec::new();
    for (slot, one) in uncertain.iter().enumerate() {
        for (run, value) in column.iter_mut().enumerate() {
            *value = sample.durations[run * uncertain.len() + slot];
        }
        let own = ranks(&column);
        let minutes: Vec<f64> = column.iter().map(|value| f64::from(*value)).collect();
        let (low, high) = ends(&column, dates);
        let (criticality, width) = (share(one.at as usize), deviation(&minutes));
        tasks.push(TaskOutcome {
            at: one.at,
            criticality,
            mean: mean(&minutes),
            deviation: width,
            correlation: correlation(&own, &date_ranks),
            sensitivity: if spread > 0.0 { criticality * width / spread } else { 0.0 },
            low: origin as f64 + low,
            high: origin as f64 + high,
        });
    }
    let mut known = vec![false; sample.critical.len()];
    uncertain.iter().for_each(|one| known[one.at as usize] = true);
    for (at, activity) in model.network.input().activities.iter().enumerate() {
        if sample.critical[at] > 0 && !known[at] {
            let (criticality, mean) = (share(at), activity.duration as f64);
            let certain = TaskOutcome {
                at: at as u32,
                criticality,
                mean,
                deviation: 0.0,
                correlation: 0.0,
                sensitivity: 0.0,
                low: overall,
                high: overall,
            };
            tasks.push(certain);
        }
    }
    tasks.sort_by_key(|task| task.at);
    tasks
}

/// Mean date of the runs with the shortest and with the longest durations.
fn ends(durations: &[f32], dates: &[f64]) -> (f64, f64) {
    let mut order: Vec<u32> = (0..durations.len() as u32).collect();
    order.sort_unstable_by(|a, b| durations[*a as usize].total_cmp(&durations[*b as usize]).then(a.cmp(b)));
    let count = (order.len() / TENTH).max(1).min(order.len());
    let of = |places: &[u32]| mean(&places.iter().map(|at| dates[*at as usize]).collect::<Vec<_>>());
    (of(&order[..count]), of(&order[order.len() - count..]))
}

fn struck<'a>(delays: impl Iterator<Item = &'a f32>, dates: &[f64], origin: i64) -> EventOutcome {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for (delay, date) in delays.zip(dates) {
        if delay.is_nan() { without.push(*date) } else { with.push(*date) }
    }
    let all = mean(dates);
    let or_all = |dates: &[f64]| origin as f64 + if dates.is_empty() { all } else { mean(dates) };
    EventOutcome {
        struck: with.len() as f64 / dates.len().max(1) as f64,
        without: or_all(&without),
        with: or_all(&with),
    }
}
