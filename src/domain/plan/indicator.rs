//! Indicators and measurements: what "done" means in figures, and the immutable answers to it.

use crate::{Bilingual, DocumentId, EditionId, IndicatorId, MeasurementId, TaskId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

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

/// A measurable criterion of a task.
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
    /// Must pass before the task is accepted.
    pub mandatory: bool,
    /// Place in the list.
    pub sort: i32,
}

impl Indicator {
    /// Whether a value passes. Yes is any non-zero value.
    pub fn passes(&self, value: f64) -> bool {
        match (self.kind, self.target) {
            (IndicatorKind::Number, Some(target)) => target.comparison.holds(value, target.value),
            _ => value != 0.0,
        }
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
