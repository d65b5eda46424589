//! The next hour at the gates: what days before it looked like, scaled by how today went until now.
//!
//! A day is cut into quarters of an hour. The expectation is the reference's next hour times the ratio of the last hour
//! (today against the reference). Its band holds four of five hours if people come independently of each other: counts
//! are then Poisson, and the relative variances of the three counts that are multiplied add up. Without a day before,
//! the last half hour is carried on with half of its change.

use serde::{Deserialize, Serialize};

/// Quarters of an hour in a day.
pub const SLOTS: usize = 96;
/// Quarters in an hour.
const HOUR: usize = 4;
/// Standard deviations to each side that hold four of five.
const FOUR_OF_FIVE: f64 = 1.2816;

/// What an expectation rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// So many days before.
    Days(usize),
    /// The last hour alone.
    Trend,
}

/// Entries expected in the next hour.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The expectation, people.
    pub expected: f64,
    /// Lower end of the band.
    pub low: f64,
    /// Upper end of the band.
    pub high: f64,
    /// What it rests on.
    pub basis: Basis,
}

/// Entries of the hour before `slot` (not included) and of the hour from it on.
fn around(day: &[f64], slot: usize) -> (f64, f64) {
    let sum =
        |from: usize, until: usize| day.get(from.min(day.len())..until.min(day.len())).map_or(0.0, |s| s.iter().sum());
    (sum(slot.saturating_sub(HOUR), slot), sum(slot, slot + HOUR))
}

/// The next hour from a quarter on. `today` has entries by quarter until then; `before` the whole days before.
/// Nothing when nobody came yet and no day before says when they do.
pub fn outlook(today: &[f64], before: &[Vec<f64>], slot: usize) -> Option<Outlook> {
    let (last, _) = around(today, slot);
    let known: Vec<(f64, f64)> = before.iter().map(|day| around(day, slot)).collect();
    let days = known.len();
    let (past, next) = known.iter().fold((0.0, 0.0), |(a, b), (past, next)| (a + past, b + next));
    let (expected, basis, spread) = if days > 0 && next + past > 0.0 {
        // Half a person on each side keeps an empty hour from dividing by nothing.
        let ratio = (last + 0.5) / (past / days as f64 + 0.5);
        let expected = next / days as f64 * ratio.clamp(0.1, 10.0);
        (expected, Basis::Days(days), 1.0 / (last + 1.0) + 1.0 / (past + 1.0) + 1.0 / (next + 1.0))
    } else if last > 0.0 {
        let half = |from: usize| today.get(from..slot.min(today.len())).map_or(0.0, |s| s.iter().sum::<f64>());
        let recent = half(slot.saturating_sub(HOUR / 2));
        let change = recent - (last - recent);
        (2.0 * (recent + change / 2.0).max(0.0), Basis::Trend, 3.0 / (last + 1.0))
    } else {
        return None;
    };
    let width = FOUR_OF_FIVE * (expected + expected * expected * spread).sqrt();
    Some(Outlook { expected, low: (expected - width).max(0.0), high: expected + width, basis })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(of: impl Fn(usize) -> f64) -> Vec<f64> {
        (0..SLOTS).map(of).collect()
    }

    #[test]
    fn a_day_twice_as_busy_goes_on_twice_as_busy() {
        let usual = day(|slot| if (36..60).contains(&slot) { 100.0 + slot as f64 } else { 0.0 });
        let today: Vec<f64> = usual.iter().take(44).map(|count| count * 2.0).collect();
        let said = outlook(&today, std::slice::from_ref(&usual), 44).expect("an outlook");
        let really: f64 = usual[44..48].iter().sum::<f64>() * 2.0;
        assert!((said.expected - really).abs() / really < 0.01, "{said:?} against {really}");
        assert!(said.low < really && really < said.high && said.basis == Basis::Days(1));
    }

    #[test]
    fn without_a_day_before_the_last_hour_goes_on() {
        let today = vec![0.0, 10.0, 10.0, 10.0, 10.0];
        let said = outlook(&today, &[], 5).expect("an outlook");
        assert!((said.expected - 40.0).abs() < 1e-9 && said.basis == Basis::Trend);
        assert_eq!(outlook(&[0.0; 40], &[], 40), None);
        assert_eq!(outlook(&[], &[vec![0.0; SLOTS]], 0), None);
    }

    proptest! {
        #[test]
        fn the_band_holds_the_expectation(
            today in prop::collection::vec(0u16..900, 0..96), before in prop::collection::vec(prop::collection::vec(0u16..900, 96), 0..4),
            slot in 0usize..96,
        ) {
            let floats = |counts: &[u16]| counts.iter().map(|n| f64::from(*n)).collect::<Vec<f64>>();
            let before: Vec<Vec<f64>> = before.iter().map(|day| floats(day)).collect();
            if let Some(said) = outlook(&floats(&today), &before, slot) {
                prop_assert!(0.0 <= said.low && said.low <= said.expected && said.expected <= said.high);
                prop_assert!(said.high.is_finite());
            }
        }
    }
}
