//! What a series learns from a finished edition: new three-point durations for its template.
//!
//! A sample is one task as it really went: its *clean* time (from the beginning to the first hand-in) and its *whole*
//! time (to the hand-in that was accepted, rounds of rework included). With `n` samples and the old value standing
//! for [`OLD_WEIGHT`] more, the weight of experience is `w = n ÷ (n + OLD_WEIGHT)`, and
//!
//! - likely      = (1 − w) · old likely      + w · median of clean times,
//! - optimistic  = (1 − w) · old optimistic  + w · shortest clean time, at most likely,
//! - pessimistic = (1 − w) · old pessimistic + w · longest whole time, at least likely.
//!
//! So one odd edition never turns a template over, and many agree on the truth. Robust: every time is first held
//! between a quarter and four times the old likely value; and a sample whose delay came from outside (weather, an
//! incident) lends its clean time only, because risks of that kind are kept as risks, not as durations. Work planned
//! in whole days is learned in whole days: a beginning counts its day, an end counts its day, results round to the
//! nearest day and never below one.

use super::axis;
use super::calendar::DAY;
use super::figures::median;
use super::task::ThreePoint;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::{Bilingual, EditionId, SeriesId};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many samples the old value is worth.
pub const OLD_WEIGHT: f64 = 2.0;
/// How far a sample may lie from the old likely value, as a factor either way.
pub const WIDEST: i64 = 4;

/// A task as it really went.
#[derive(Debug, Clone, PartialEq)]
pub struct Lived {
    /// Code of the task.
    pub code: String,
    /// When it began.
    pub began: DateTime<Utc>,
    /// When it was handed in first.
    pub first_in: DateTime<Utc>,
    /// When the work that was accepted was handed in.
    pub accepted: DateTime<Utc>,
    /// Rounds it took.
    pub rounds: i32,
    /// Codes of the reasons for which promises of it were not kept.
    pub reasons: Vec<String>,
}

/// One sample, in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// From the beginning to the first hand-in.
    pub clean: i64,
    /// From the beginning to the accepted hand-in.
    pub whole: i64,
    /// Rounds.
    pub rounds: i32,
    /// The delay came from outside.
    pub outside: bool,
}

impl Lived {
    /// The sample it gives, in whole days where the task is planned in whole days.
    pub fn sample(&self, whole_days: bool, zone: Tz) -> Sample {
        let span = |to: DateTime<Utc>| {
            if !whole_days {
                return (to - self.began).num_minutes().max(1);
            }
            let day = |at: DateTime<Utc>| axis::minute_at(at, zone).div_euclid(DAY);
            (day(to) - day(self.began) + 1).max(1) * DAY
        };
        let outside = |code: &String| super::commitment::reason(code).is_some_and(|reason| reason.kind == "outside");
        Sample {
            clean: span(self.first_in),
            whole: span(self.accepted),
            rounds: self.rounds,
            outside: !self.reasons.is_empty() && self.reasons.iter().all(outside),
        }
    }
}

/// The three points a plain duration stands for until something is learned: a fifth less, a half more.
pub fn usual(duration: i64) -> ThreePoint {
    ThreePoint { optimistic: duration * 4 / 5, likely: duration, pessimistic: duration * 3 / 2 }
}

/// What was learned of one task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// New durations.
    pub points: ThreePoint,
    /// Samples behind them.
    pub samples: u32,
    /// Median of the clean times, minutes.
    pub median: i64,
    /// Longest whole time that counted, minutes.
    pub longest: i64,
    /// Mean number of rounds.
    pub rounds: f64,
    /// Samples whose delay came from outside.
    pub outside: u32,
}

/// New durations from samples; nothing without any.
pub fn learn(old: ThreePoint, samples: &[Sample]) -> Option<Learned> {
    if samples.is_empty() || old.likely <= 0 {
        return None;
    }
    let held = |minutes: i64| minutes.clamp((old.likely / WIDEST).max(1), old.likely.saturating_mul(WIDEST));
    let clean: Vec<i64> = samples.iter().map(|one| held(one.clean)).collect();
    let whole = samples.iter().map(|one| held(if one.outside { one.clean } else { one.whole }));
    let (shortest, longest) = (*clean.iter().min()?, whole.max()?);
    let middle = median(clean)?;
    let weight = samples.len() as f64 / (samples.len() as f64 + OLD_WEIGHT);
    let unit = if old.likely % DAY == 0 { DAY } else { 15 };
    let mix = |old: i64, new: i64| {
        let minutes = (1.0 - weight) * old as f64 + weight * new as f64;
        ((minutes / unit as f64).round() as i64).max(1) * unit
    };
    let likely = mix(old.likely, middle);
    Some(Learned {
        points: ThreePoint {
            optimistic: mix(old.optimistic, shortest).min(likely),
            likely,
            pessimistic: mix(old.pessimistic, longest).max(likely),
        },
        samples: samples.len() as u32,
        median: middle,
        longest,
        rounds: f64::from(samples.iter().map(|one| one.rounds).sum::<i32>()) / samples.len() as f64,
        outside: samples.iter().filter(|one| one.outside).count() as u32,
    })
}

/// What a preview shows of one task of the template.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Durations as the series has them now.
    pub old: ThreePoint,
    /// What would be learned.
    pub learned: Learned,
}

impl Lesson {
    /// Whether anything would change.
    pub fn changes(&self) -> bool {
        self.old != self.learned.points
    }
}

/// A version of a template's durations, as a series has learned them: by code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Durations(pub BTreeMap<String, Learned>);

/// A stored version.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its number, from 1; 0 is the template as it comes.
    pub number: i32,
    /// The edition it was learned from.
    pub edition: EditionId,
    /// What that edition is called.
    pub edition_name: Bilingual,
    /// The durations.
    pub durations: Durations,
    /// Who accepted it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the journal says of an accepted version.
pub fn accepted(series: SeriesId, edition: EditionId, template: &str, number: i32, tasks: usize) -> Fact {
    Fact::new("series.learned", Subject::new(SubjectKind::Series, series), edition)
        .with("template", template)
        .with("number", number)
        .with("tasks", tasks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(clean: i64, whole: i64) -> Sample {
        Sample { clean: clean * DAY, whole: whole * DAY, rounds: 1, outside: false }
    }

    #[test]
    fn one_sample_moves_a_third_of_the_way() {
        let old = usual(9 * DAY);
        let learned = learn(old, &[sample(12, 15)]).expect("learned");
        assert_eq!(learned.points.likely, 10 * DAY, "9 + (12 − 9) ÷ 3");
        assert!(learned.points.pessimistic > old.pessimistic);
        assert_eq!(learn(old, &[]), None);
    }

    #[test]
    fn the_odd_one_out_is_held_back() {
        let old = usual(4 * DAY);
        let wild = learn(old, &[sample(4, 4), sample(4, 5), sample(400, 900)]).expect("learned");
        assert_eq!(wild.points.likely, 4 * DAY, "the median does not follow it");
        assert!(wild.points.pessimistic <= 16 * DAY);
    }

    #[test]
    fn weather_is_a_risk_and_no_duration() {
        let old = usual(4 * DAY);
        let outside = Sample { outside: true, ..sample(4, 9) };
        assert!(
            learn(old, &[outside]).expect("learned").points.pessimistic
                < learn(old, &[sample(4, 9)]).expect("learned").points.pessimistic
        );
    }

    #[test]
    fn days_count_from_the_first_to_the_last() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        let lived = Lived {
            code: "B08".into(),
            began: at("2027-05-05T01:00:00Z"),
            first_in: at("2027-05-07T08:00:00Z"),
            accepted: at("2027-05-08T02:00:00Z"),
            rounds: 2,
            reasons: vec!["weather".into()],
        };
        let sample = lived.sample(true, chrono_tz::Asia::Shanghai);
        assert_eq!((sample.clean, sample.whole, sample.outside), (3 * DAY, 4 * DAY, true));
        assert_eq!(lived.sample(false, chrono_tz::Asia::Shanghai).clean, 2 * 1440 + 420);
    }

    proptest! {
        /// Points stay in order, stay near what was lived and what was known, and agree with many equal samples.
        #[test]
        fn learning_is_sane(days in 1..60i64, samples in prop::collection::vec((1..80i64, 0..30i64), 1..12)) {
            let old = usual(days * DAY);
            let samples: Vec<Sample> = samples.iter().map(|(clean, more)| sample(*clean, clean + more)).collect();
            let points = learn(old, &samples).expect("learned").points;
            prop_assert!(points.optimistic <= points.likely && points.likely <= points.pessimistic);
            prop_assert!(points.optimistic >= 1 && points.likely % DAY == 0);
            prop_assert!(points.likely <= days * WIDEST * DAY);
            let same = vec![sample(days, days); 40];
            let settled = learn(old, &same).expect("learned").points;
            prop_assert_eq!(settled.likely, days * DAY);
        }
    }
}
