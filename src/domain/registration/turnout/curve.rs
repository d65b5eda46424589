//! The plan of registrations: which share of all has come in so many days before opening.

use super::{Cohort, Day};
use chrono::NaiveDate;
use std::sync::OnceLock;

/// A cumulative curve over days before opening (falling towards opening and beyond), from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Days before opening, falling; and the share that has come in by the end of that day.
    points: Vec<(i64, f64)>,
}

/// Distance, share, show-up: what is usual until an edition says otherwise.
fn usual() -> &'static [(i64, f64, f64)] {
    static USUAL: OnceLock<Vec<(i64, f64, f64)>> = OnceLock::new();
    USUAL.get_or_init(|| {
        let text = include_str!("../../../../fixtures/registration/usual-turnout.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let row = |row: csv::StringRecord| {
            Some((row.get(0)?.parse().ok()?, row.get(1)?.parse().ok()?, row.get(2)?.parse().ok()?))
        };
        reader.records().flatten().filter_map(row).collect()
    })
}

/// The value at a distance between points whose distances fall.
fn between(points: &[(i64, f64)], before: i64) -> f64 {
    let Some(first) = points.first() else { return 0.0 };
    if before >= first.0 {
        return if before == first.0 { first.1 } else { 0.0 };
    }
    for pair in points.windows(2) {
        let ((from, low), (until, high)) = (pair[0], pair[1]);
        if before >= until {
            let way = (from - before) as f64 / (from - until).max(1) as f64;
            return low + (high - low) * way;
        }
    }
    points.last().map_or(0.0, |last| last.1)
}

impl Shape {
    /// The usual curve.
    #[must_use]
    pub fn usual() -> Self {
        Self { points: usual().iter().map(|(before, share, _)| (*before, *share)).collect() }
    }

    /// The curve of an edition; the usual one when nobody registered for it.
    #[must_use]
    pub fn of(days: &[Day], opens_on: NaiveDate) -> Self {
        let whole: i64 = days.iter().map(|day| day.registered.max(0)).sum();
        if whole <= 0 {
            return Self::usual();
        }
        let mut by_day: std::collections::BTreeMap<i64, i64> = std::collections::BTreeMap::new();
        for day in days {
            *by_day.entry((opens_on - day.day).num_days()).or_default() += day.registered.max(0);
        }
        let (mut sum, mut points): (i64, Vec<(i64, f64)>) = (0, Vec::new());
        for (before, count) in by_day.into_iter().rev() {
            // Days on which nobody registered are level, not a slope towards the next.
            if points.last().is_some_and(|last| last.0 > before + 1) {
                points.push((before + 1, sum as f64 / whole as f64));
            }
            sum += count;
            points.push((before, sum as f64 / whole as f64));
        }
        Self { points }
    }

    /// The share that has come in by the end of the day so many days before opening.
    #[must_use]
    pub fn share(&self, before: i64) -> f64 {
        between(&self.points, before).clamp(0.0, 1.0)
    }

    /// The share that falls into a cohort after the day so many days before opening.
    #[must_use]
    pub fn part(&self, cohort: Cohort, before: i64) -> f64 {
        // The first and last distance of each cohort.
        let (from, until) = match cohort {
            Cohort::VeryEarly => (i64::MAX, 61),
            Cohort::Early => (60, 29),
            Cohort::Month => (28, 15),
            Cohort::Fortnight => (14, 8),
            Cohort::Week => (7, 1),
            Cohort::OnSite => (0, i64::MIN),
        };
        let from = from.min(before - 1);
        if from < until {
            return 0.0;
        }
        let at_end = if until == i64::MIN { 1.0 } else { self.share(until) };
        (at_end - self.share(from.saturating_add(1))).max(0.0)
    }

    /// The usual show-up rate of people who registered so many days before opening.
    #[must_use]
    pub fn usual_rate(&self, before: i64) -> f64 {
        let rates: Vec<(i64, f64)> = usual().iter().map(|(before, _, rate)| (*before, *rate)).collect();
        let first = rates.first().map_or(0.5, |first| first.1);
        let rate = between(&rates, before);
        if rate <= 0.0 { first } else { rate }
    }

    /// How many should have come in of a goal.
    #[must_use]
    pub fn planned(&self, target: i64, before: i64) -> f64 {
        self.share(before) * target as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_curve_rises_to_one() {
        let shape = Shape::usual();
        let shares: Vec<f64> = (-10..200).rev().map(|before| shape.share(before)).collect();
        assert!(shares.is_sorted());
        assert_eq!((shape.share(300), shape.share(-30)), (0.0, 1.0));
        assert!((shape.share(14) - 0.69).abs() < 1e-9);
        assert!(shape.share(21) > shape.share(28) && shape.share(21) < shape.share(14));
    }

    #[test]
    fn parts_of_cohorts_make_the_whole() {
        let shape = Shape::usual();
        for before in [200, 61, 60, 30, 15, 8, 1, 0] {
            let rest: f64 = Cohort::ALL.iter().map(|cohort| shape.part(*cohort, before)).sum();
            assert!((rest - (1.0 - shape.share(before))).abs() < 1e-9, "{before}: {rest}");
        }
    }

    #[test]
    fn an_edition_has_its_own_curve() {
        let opens: NaiveDate = "2027-05-12".parse().unwrap();
        let day = |before: u64, registered| Day { day: opens - chrono::Days::new(before), registered, came: 0 };
        let shape = Shape::of(&[day(20, 30), day(10, 50), day(0, 20)], opens);
        assert!((shape.share(20) - 0.3).abs() < 1e-9 && (shape.share(10) - 0.8).abs() < 1e-9);
        assert_eq!(Shape::of(&[], opens), Shape::usual());
        assert!((shape.planned(1000, 10) - 800.0).abs() < 1e-6);
    }
}
