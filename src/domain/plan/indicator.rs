//! Indicators and measurements: what "done" means in figures, and the immutable answers to it.

use super::metric::MetricUse;
use super::vocabulary::Function;
use crate::{Bilingual, DocumentId, EditionId, IndicatorId, MeasurementId, TaskId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use super::indicator_draft::{IndicatorDraft, SaveIndicator, fact, figure};

codes! {
    /// How an indicator is answered.
    IndicatorKind {
        /// Yes or no.
        YesNo "yes_no",
        /// A figure with a unit.
        Number "number",
        /// A document on file.
        Document "document",
        /// A photograph on file.
        Photo "photo",
        /// A figure computed from business data when it is looked at.
        Live "live",
    }
}

impl IndicatorKind {
    /// Answered with a figure that has a target.
    pub const fn is_figure(self) -> bool {
        matches!(self, IndicatorKind::Number | IndicatorKind::Live)
    }

    /// Answered with a file.
    pub const fn needs_file(self) -> bool {
        matches!(self, IndicatorKind::Document | IndicatorKind::Photo)
    }
}

codes! {
    /// How a figure is compared with its target.
    Comparison {
        /// ≥
        AtLeast "at_least",
        /// ≤
        AtMost "at_most",
        /// >
        MoreThan "more_than",
        /// <
        LessThan "less_than",
        /// =
        Equal "equal",
    }
}

impl Comparison {
    /// The sign people read, the same in both languages.
    pub const fn sign(self) -> &'static str {
        match self {
            Comparison::AtLeast => "≥",
            Comparison::AtMost => "≤",
            Comparison::MoreThan => ">",
            Comparison::LessThan => "<",
            Comparison::Equal => "=",
        }
    }

    /// Whether a value keeps the target.
    pub fn holds(self, value: f64, target: f64) -> bool {
        match self {
            Comparison::AtLeast => value >= target,
            Comparison::AtMost => value <= target,
            Comparison::MoreThan => value > target,
            Comparison::LessThan => value < target,
            Comparison::Equal => (value - target).abs() < f64::EPSILON,
        }
    }

    /// Whether a value keeps the target when it may miss it by `tolerance`.
    pub fn holds_within(self, value: f64, target: f64, tolerance: f64) -> bool {
        match self {
            Comparison::AtLeast | Comparison::MoreThan => self.holds(value, target - tolerance),
            Comparison::AtMost | Comparison::LessThan => self.holds(value, target + tolerance),
            Comparison::Equal => self.holds(value, target) || (value - target).abs() <= tolerance,
        }
    }
}

/// The wanted figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// How to compare.
    pub comparison: Comparison,
    /// With what.
    pub value: f64,
}

impl Target {
    /// Puts both together.
    pub const fn new(comparison: Comparison, value: f64) -> Self {
        Target { comparison, value }
    }
}

codes! {
    /// What a value came to.
    Judgement {
        /// It keeps the target.
        Kept "kept",
        /// It misses the target, but within tolerance.
        Tolerated "tolerated",
        /// It fails.
        Failed "failed",
        /// It fails beyond the limit at which work stops.
        Stop "stop",
    }
}

/// A measurable criterion of a task. A gate's are those of its milestone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Identity.
    pub id: IndicatorId,
    /// The edition.
    pub edition: EditionId,
    /// The task it belongs to.
    pub task: TaskId,
    /// What is measured.
    pub name: Bilingual,
    /// How it is answered.
    pub kind: IndicatorKind,
    /// Unit of a number.
    pub unit: String,
    /// Target of a number.
    pub target: Option<Target>,
    /// By how much the target may be missed.
    pub tolerance: Option<f64>,
    /// The value beyond which work stops: a failed check then opens a blocking deviation. For "equal", a distance.
    pub stop: Option<f64>,
    /// How it is measured.
    pub method: String,
    /// Where the value comes from.
    pub source: String,
    /// The team that measures, where it is not the checker's.
    pub role: Option<Function>,
    /// The metric of a live one.
    pub metric: Option<MetricUse>,
    /// Must pass before the task is accepted.
    pub mandatory: bool,
    /// Place in the list.
    pub sort: i32,
    /// For the check against a change in between.
    pub version: i32,
}

impl Indicator {
    /// A yes-or-no indicator that must pass; a start for the others.
    pub fn plain(id: IndicatorId, edition: EditionId, task: TaskId, name: Bilingual) -> Self {
        Indicator {
            id,
            edition,
            task,
            name,
            kind: IndicatorKind::YesNo,
            unit: String::new(),
            target: None,
            tolerance: None,
            stop: None,
            method: String::new(),
            source: String::new(),
            role: None,
            metric: None,
            mandatory: true,
            sort: 0,
            version: 1,
        }
    }

    /// What a value comes to. Yes is any non-zero value.
    pub fn judge(&self, value: f64) -> Judgement {
        let (Some(target), true) = (self.target, self.kind.is_figure()) else {
            return if value == 0.0 { Judgement::Failed } else { Judgement::Kept };
        };
        if target.comparison.holds(value, target.value) {
            return Judgement::Kept;
        }
        if self.tolerance.is_some_and(|tolerance| target.comparison.holds_within(value, target.value, tolerance)) {
            return Judgement::Tolerated;
        }
        let beyond = |stop: f64| match target.comparison {
            Comparison::AtLeast | Comparison::MoreThan => value < stop,
            Comparison::AtMost | Comparison::LessThan => value > stop,
            Comparison::Equal => (value - target.value).abs() > stop,
        };
        if self.stop.is_some_and(beyond) { Judgement::Stop } else { Judgement::Failed }
    }

    /// Whether a value passes.
    pub fn passes(&self, value: f64) -> bool {
        matches!(self.judge(value), Judgement::Kept | Judgement::Tolerated)
    }
}

/// One answer, by one person, at one moment; never changed afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// Identity.
    pub id: MeasurementId,
    /// The edition.
    pub edition: EditionId,
    /// Which indicator.
    pub indicator: IndicatorId,
    /// Of which task.
    pub task: TaskId,
    /// In which round.
    pub round: i32,
    /// The value; 1 and 0 for yes and no.
    pub value: f64,
    /// Whether it passed, as judged then.
    pub passed: bool,
    /// Remark.
    pub note: String,
    /// Evidence.
    pub document: Option<DocumentId>,
    /// Who measured.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn number(comparison: Comparison, target: f64, tolerance: Option<f64>, stop: Option<f64>) -> Indicator {
        let id = Uuid::nil();
        let (id, edition, task) = (IndicatorId::from_uuid(id), EditionId::from_uuid(id), TaskId::from_uuid(id));
        let plain = Indicator::plain(id, edition, task, Bilingual::new("n", ""));
        let target = Some(Target::new(comparison, target));
        Indicator { kind: IndicatorKind::Number, target, tolerance, stop, ..plain }
    }

    #[test]
    fn tolerance_forgives_and_the_stop_limit_does_not() {
        let queue = number(Comparison::AtMost, 10.0, Some(2.0), Some(20.0));
        let judged: Vec<_> = [8.0, 10.0, 12.0, 12.1, 20.0, 20.1].map(|value| queue.judge(value).code()).to_vec();
        assert_eq!(judged, ["kept", "kept", "tolerated", "failed", "failed", "stop"]);
        let share = number(Comparison::AtLeast, 90.0, Some(5.0), Some(70.0));
        let judged: Vec<_> = [90.0, 85.0, 84.9, 69.0].map(|value| share.judge(value).code()).to_vec();
        assert_eq!(judged, ["kept", "tolerated", "failed", "stop"]);
        let exact = number(Comparison::Equal, 100.0, Some(15.0), Some(30.0));
        let judged: Vec<_> = [100.0, 86.0, 120.0, 140.0].map(|value| exact.judge(value).code()).to_vec();
        assert_eq!(judged, ["kept", "tolerated", "failed", "stop"]);
    }
}
