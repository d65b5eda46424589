//! The result of a simulation as it is stored and shown: curves and figures, not the runs.

use super::outcome::{Outcome, TargetOutcome};
use super::study::{Aim, Study};
use crate::plan::calendar::DAY;
use crate::{EditionId, RiskRunId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Spelling of [`Forecast`]; raised when its meaning changes.
pub const FORECAST_FORMAT: u32 = 1;
/// Bars of a histogram, at most.
const MOST_BARS: i64 = 32;
/// Tasks kept beside a result, those that matter most.
const MOST_TASKS: usize = 400;

/// What a simulation found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// Spelling, see [`FORECAST_FORMAT`].
    pub format: u32,
    /// The dates; the first is the one criticality and sensitivity are about.
    pub aims: Vec<AimForecast>,
    /// Tasks that ever mattered for it, the widest swing first.
    pub tasks: Vec<TaskForecast>,
    /// Risks, in the order of the register.
    pub risks: Vec<RiskForecast>,
}

/// How one date is spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AimForecast {
    /// The date.
    pub aim: Aim,
    /// Share of runs that keep it.
    pub chance: f64,
    /// Mean, on the axis.
    pub mean: i64,
    /// Standard deviation, minutes.
    pub deviation: i64,
    /// The date kept in 0, 1, … 100 percent of the runs.
    pub curve: Vec<i64>,
    /// Start of the first bar.
    pub bars_from: i64,
    /// Width of a bar, minutes: whole days.
    pub bar: i64,
    /// Runs in each bar.
    pub bars: Vec<u32>,
}

impl AimForecast {
    /// The date kept in this percentage of the runs.
    pub fn percentile(&self, percent: usize) -> i64 {
        self.curve.get(percent.min(100)).copied().unwrap_or(self.mean)
    }
}

/// What one task does to the first date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskForecast {
    /// Code.
    pub code: String,
    /// Share of runs in which it drove the date (criticality index).
    pub criticality: f64,
    /// Rank correlation of its duration with the date; its size is the cruciality index.
    pub correlation: f64,
    /// Schedule sensitivity index.
    pub sensitivity: f64,
    /// Mean duration, working minutes.
    pub mean: i64,
    /// Standard deviation of the duration, working minutes.
    pub deviation: i64,
    /// Mean date in the tenth of runs where it was shortest.
    pub low: i64,
    /// Mean date in the tenth of runs where it was longest.
    pub high: i64,
}

/// What one risk does to the first date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskForecast {
    /// Its number in the register.
    pub number: i32,
    /// Share of runs in which it struck.
    pub struck: f64,
    /// Mean date where it did not.
    pub without: i64,
    /// Mean date where it did.
    pub with: i64,
}

impl Forecast {
    /// The result of a study, asked with this aim in front.
    pub fn of(study: &Study, key: &str, outcome: &Outcome) -> Forecast {
        let aims = study.ordered(key).into_iter().zip(&outcome.targets);
        let aims = aims.map(|((aim, _), target)| spread(aim, target)).collect();
        let mut tasks: Vec<TaskForecast> = outcome
            .tasks
            .iter()
            .map(|task| TaskForecast {
                code: study.code(task.at).to_owned(),
                criticality: task.criticality,
                correlation: task.correlation,
                sensitivity: task.sensitivity,
                mean: task.mean.round() as i64,
                deviation: task.deviation.round() as i64,
                low: task.low.round() as i64,
                high: task.high.round() as i64,
            })
            .collect();
        tasks.sort_by(|a, b| {
            let width = |one: &TaskForecast| (one.high - one.low).abs();
            let critical = b.criticality.total_cmp(&a.criticality);
            width(b).cmp(&width(a)).then(critical).then(a.code.cmp(&b.code))
        });
        tasks.truncate(MOST_TASKS);
        let risks = study.risks().iter().zip(&outcome.events).map(|(number, event)| RiskForecast {
            number: *number,
            struck: event.struck,
            without: event.without.round() as i64,
            with: event.with.round() as i64,
        });
        Forecast { format: FORECAST_FORMAT, aims, tasks, risks: risks.collect() }
    }

    /// The forecast of a milestone, such as a gate's, or of a task with a deadline, by its code.
    pub fn milestone(&self, code: &str) -> Option<&AimForecast> {
        use super::study::AimKind::{Deadline, Milestone};
        self.aims.iter().find(|one| matches!(one.aim.kind, Milestone | Deadline) && one.aim.code == code)
    }

    /// The date this result is about.
    pub fn first(&self) -> Option<&AimForecast> {
        self.aims.first()
    }
}

fn spread(aim: &Aim, target: &TargetOutcome) -> AimForecast {
    let curve: Vec<i64> = (0..=100).map(|percent| target.quantile(f64::from(percent) / 100.0).round() as i64).collect();
    let first = target.sorted.first().copied().unwrap_or(aim.planned);
    let last = target.sorted.last().copied().unwrap_or(first);
    let from = first.div_euclid(DAY) * DAY;
    let days = (last - from).div_euclid(DAY) + 1;
    let bar = (days + MOST_BARS - 1).div_euclid(MOST_BARS).max(1) * DAY;
    let mut bars = vec![0u32; ((last - from).div_euclid(bar) + 1) as usize];
    for date in &target.sorted {
        // A date at midnight ends the day before, as everywhere.
        let place = (date - from - i64::from(*date > from)).div_euclid(bar);
        if let Some(count) = bars.get_mut(place as usize) {
            *count += 1;
        }
    }
    while bars.len() > 1 && bars.last() == Some(&0) {
        bars.pop();
    }
    AimForecast {
        aim: aim.clone(),
        chance: target.chance(aim.due),
        mean: target.mean.round() as i64,
        deviation: target.deviation.round() as i64,
        curve,
        bars_from: from,
        bar,
        bars,
    }
}

codes! {
    /// How far a simulation is.
    RunState {
        /// Nobody has begun.
        Waiting "waiting",
        /// Runs are being made.
        Running "running",
        /// It has a result.
        Done "done",
        /// Somebody stopped it.
        Cancelled "cancelled",
        /// It could not be made.
        Failed "failed",
    }
}

impl RunState {
    /// Nothing more happens to it.
    pub const fn is_over(self) -> bool {
        matches!(self, RunState::Done | RunState::Cancelled | RunState::Failed)
    }
}

/// A simulation that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskRun {
    /// Identity.
    pub id: RiskRunId,
    /// The edition.
    pub edition: EditionId,
    /// How far it is.
    pub state: RunState,
    /// Runs wanted.
    pub runs: u32,
    /// Runs made so far.
    pub made: u32,
    /// The seed.
    pub seed: u64,
    /// The law laid through three points.
    pub shape: super::study::Shape,
    /// Key of the date in front.
    pub aim: String,
    /// Revision of the plan it was asked on.
    pub revision: i32,
    /// Mark of what it was computed from, see [`Study::basis`].
    pub basis: String,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// By whom, by name.
    pub by: String,
    /// When it was over.
    pub finished_at: Option<DateTime<Utc>>,
    /// What it found.
    pub result: Option<Forecast>,
}

/// Fewest and most runs a person may ask for.
pub const RUNS: (i64, i64) = (100, 100_000);
/// Runs when nobody says how many.
pub const USUAL_RUNS: u32 = 10_000;

/// A simulation as asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunDraft {
    /// How many; the usual number when empty.
    pub runs: String,
    /// The seed; 1 when empty.
    pub seed: String,
    /// `pert` or `triangular`; the first when empty.
    pub shape: String,
    /// Key of the date in front; the most urgent when empty.
    pub aim: String,
}

/// A request, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// How many.
    pub runs: u32,
    /// The seed.
    pub seed: u64,
    /// The law.
    pub shape: super::study::Shape,
    /// Key of the date in front, may be empty.
    pub aim: String,
}

impl RunDraft {
    /// Reads the request.
    ///
    /// # Errors
    /// Every field that cannot be accepted.
    pub fn parse(&self) -> Result<NewRun, Vec<crate::Refusal>> {
        use super::study::Shape;
        let mut parse = crate::refusal::Parse::new();
        let runs = match self.runs.trim() {
            "" => Some(i64::from(USUAL_RUNS)),
            text => parse.number("runs", text, RUNS.0..=RUNS.1),
        };
        let seed = match self.seed.trim() {
            "" => Some(1),
            text => parse.number("seed", text, 0..=i64::MAX),
        };
        let shape = match self.shape.trim() {
            "" => Some(Shape::Pert),
            text => parse.choice("shape", text, Shape::parse),
        };
        let aim = parse.optional("aim", &self.aim, 200);
        parse.finish(|| NewRun {
            runs: u32::try_from(runs.unwrap_or(0)).unwrap_or(USUAL_RUNS),
            seed: seed.unwrap_or(1).unsigned_abs(),
            shape: shape.unwrap_or(Shape::Pert),
            aim,
        })
    }
}
