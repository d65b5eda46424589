//! Distributions of a duration or a delay. Units are those of the caller (working minutes in a plan).

use super::draw::Stream;
use serde::{Deserialize, Serialize};

/// Weight of the most likely value in beta-PERT (Malcolm, Roseboom, Clark and Fazar 1959).
pub const PERT_SHAPE: f64 = 4.0;

/// How a value is spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "law")]
pub enum Law {
    /// No uncertainty.
    Fixed {
        /// The value.
        value: f64,
    },
    /// Anything between, alike.
    Uniform {
        /// Least.
        min: f64,
        /// Most.
        max: f64,
    },
    /// Straight up to the most likely value and straight down.
    Triangular {
        /// Least.
        min: f64,
        /// Most likely.
        mode: f64,
        /// Most.
        max: f64,
    },
    /// Beta-PERT: mean (min + 4 mode + max) / 6.
    Pert {
        /// Least.
        min: f64,
        /// Most likely.
        mode: f64,
        /// Most.
        max: f64,
    },
    /// Beta with given shapes, stretched over an interval.
    Beta {
        /// First shape.
        alpha: f64,
        /// Second shape.
        beta: f64,
        /// Least.
        min: f64,
        /// Most.
        max: f64,
    },
    /// Normal, cut at 0 by the caller where a duration cannot be negative.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        deviation: f64,
    },
    /// Exponential above a least value.
    Exponential {
        /// Mean, counted from `min`.
        mean: f64,
        /// Least.
        min: f64,
    },
}

/// Why a law makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LawFault {
    /// A figure is not a number, or infinite.
    #[error("a figure is not finite")]
    NotFinite,
    /// Least, most likely and most are not in this order.
    #[error("the least, most likely and most value are not in order")]
    Order,
    /// A shape, mean or deviation is not above zero.
    #[error("a shape, mean or deviation is not above zero")]
    Shape,
}

impl Law {
    /// Whether the figures make sense.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&self) -> Result<(), LawFault> {
        let (figures, ordered, positive) = match *self {
            Law::Fixed { value } => (vec![value], true, true),
            Law::Uniform { min, max } => (vec![min, max], min <= max, true),
            Law::Triangular { min, mode, max } | Law::Pert { min, mode, max } => {
                (vec![min, mode, max], min <= mode && mode <= max, true)
            }
            Law::Beta { alpha, beta, min, max } => (vec![alpha, beta, min, max], min <= max, alpha > 0.0 && beta > 0.0),
            Law::Normal { mean, deviation } => (vec![mean, deviation], true, deviation >= 0.0),
            Law::Exponential { mean, min } => (vec![mean, min], true, mean > 0.0),
        };
        if figures.iter().any(|figure| !figure.is_finite()) {
            return Err(LawFault::NotFinite);
        }
        match (ordered, positive) {
            (false, _) => Err(LawFault::Order),
            (_, false) => Err(LawFault::Shape),
            _ => Ok(()),
        }
    }

    /// The one value it always takes, if it does.
    pub fn fixed(&self) -> Option<f64> {
        match *self {
            Law::Fixed { value } => Some(value),
            Law::Uniform { min, max }
            | Law::Triangular { min, max, .. }
            | Law::Pert { min, max, .. }
            | Law::Beta { min, max, .. }
                if min == max =>
            {
                Some(min)
            }
            Law::Normal { mean, deviation: 0.0 } => Some(mean),
            _ => None,
        }
    }

    /// Expected value.
    pub fn mean(&self) -> f64 {
        match *self {
            Law::Fixed { value } => value,
            Law::Uniform { min, max } => f64::midpoint(min, max),
            Law::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Law::Pert { min, mode, max } => (min + PERT_SHAPE * mode + max) / (PERT_SHAPE + 2.0),
            Law::Beta { alpha, beta, min, max } => min + (max - min) * alpha / (alpha + beta),
            Law::Normal { mean, .. } => mean,
            Law::Exponential { mean, min } => min + mean,
        }
    }

    /// A value of a stream. The law has been [checked](Law::check).
    pub fn sample(&self, stream: &mut Stream) -> f64 {
        if let Some(value) = self.fixed() {
            return value;
        }
        match *self {
            Law::Fixed { value } => value,
            Law::Uniform { min, max } => min + (max - min) * stream.unit(),
            Law::Triangular { min, mode, max } => {
                let (u, turn) = (stream.unit(), (mode - min) / (max - min));
                if u < turn {
                    min + ((max - min) * (mode - min) * u).sqrt()
                } else {
                    max - ((max - min) * (max - mode) * (1.0 - u)).sqrt()
                }
            }
            Law::Pert { min, mode, max } => {
                let span = max - min;
                let alpha = 1.0 + PERT_SHAPE * (mode - min) / span;
                let beta = 1.0 + PERT_SHAPE * (max - mode) / span;
                min + span * stream.beta(alpha, beta)
            }
            Law::Beta { alpha, beta, min, max } => min + (max - min) * stream.beta(alpha, beta),
            Law::Normal { mean, deviation } => mean + deviation * stream.normal(),
            Law::Exponential { mean, min } => min - mean * stream.unit().ln(),
        }
    }

    /// The same law with something added to every value.
    #[must_use]
    pub fn plus(&self, more: f64) -> Law {
        match *self {
            Law::Fixed { value } => Law::Fixed { value: value + more },
            Law::Uniform { min, max } => Law::Uniform { min: min + more, max: max + more },
            Law::Triangular { min, mode, max } => {
                Law::Triangular { min: min + more, mode: mode + more, max: max + more }
            }
            Law::Pert { min, mode, max } => Law::Pert { min: min + more, mode: mode + more, max: max + more },
            Law::Beta { alpha, beta, min, max } => Law::Beta { alpha, beta, min: min + more, max: max + more },
            Law::Normal { mean, deviation } => Law::Normal { mean: mean + more, deviation },
            Law::Exponential { mean, min } => Law::Exponential { mean, min: min + more },
        }
    }

    /// The same law with every value multiplied; the factor is not negative.
    #[must_use]
    pub fn times(&self, factor: f64) -> Law {
        match *self {
            Law::Fixed { value } => Law::Fixed { value: value * factor },
            Law::Uniform { min, max } => Law::Uniform { min: min * factor, max: max * factor },
            Law::Triangular { min, mode, max } => {
                Law::Triangular { min: min * factor, mode: mode * factor, max: max * factor }
            }
            Law::Pert { min, mode, max } => Law::Pert { min: min * factor, mode: mode * factor, max: max * factor },
            Law::Beta { alpha, beta, min, max } => Law::Beta { alpha, beta, min: min * factor, max: max * factor },
            Law::Normal { mean, deviation } => Law::Normal { mean: mean * factor, deviation: deviation * factor },
            Law::Exponential { mean, min } => Law::Exponential { mean: mean * factor, min: min * factor },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_have_the_mean_they_promise_and_stay_inside() {
        let laws = [
            Law::Uniform { min: 2.0, max: 6.0 },
            Law::Triangular { min: 1.0, mode: 2.0, max: 9.0 },
            Law::Pert { min: 1.0, mode: 2.0, max: 9.0 },
            Law::Pert { min: 2.0, mode: 2.0, max: 9.0 },
            Law::Beta { alpha: 0.7, beta: 3.0, min: 0.0, max: 8.0 },
            Law::Normal { mean: 5.0, deviation: 2.0 },
            Law::Exponential { mean: 3.0, min: 1.0 },
        ];
        for law in laws {
            law.check().expect("a sound law");
            let runs = 40_000;
            let values: Vec<f64> = (0..runs).map(|run| law.sample(&mut Stream::new(3, run, 9))).collect();
            let mean = values.iter().sum::<f64>() / f64::from(runs);
            assert!((mean - law.mean()).abs() < 0.05, "{law:?}: {mean}");
            if let Law::Pert { min, max, .. } | Law::Triangular { min, max, .. } = law {
                assert!(values.iter().all(|value| (min..=max).contains(value)));
            }
        }
    }

    #[test]
    fn nonsense_is_named() {
        assert_eq!(Law::Pert { min: 3.0, mode: 2.0, max: 9.0 }.check(), Err(LawFault::Order));
        assert_eq!(Law::Beta { alpha: 0.0, beta: 1.0, min: 0.0, max: 1.0 }.check(), Err(LawFault::Shape));
        assert_eq!(Law::Fixed { value: f64::NAN }.check(), Err(LawFault::NotFinite));
    }
}
