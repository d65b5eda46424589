//! How many will come: registrations against their plan, and show-up by cohort, that is by how early people registered.
//!
//! Early birds stay away more often than those who register in the last week, so the expected number of visitors is
//! the sum over cohorts of registrations times their show-up rate. Rates come from the edition that is followed, pulled
//! towards the usual ones where it has few people (Beta prior worth [`PRIOR`] people). What is still to come is
//! projected by the share of that edition's registrations that had come in at the same distance from opening (the
//! chain ladder of actuaries with one development factor).

pub mod curve;
pub mod goal;

use chrono::NaiveDate;
use curve::Shape;

/// How many people of the followed edition the usual rate is worth.
pub const PRIOR: f64 = 40.0;
/// Half width of an 80 % interval of a normal distribution, in standard deviations.
const Z80: f64 = 1.2816;

codes! {
    /// How early people registered, by days before opening.
    Cohort {
        /// More than 60 days.
        VeryEarly "very_early",
        /// 29 to 60 days.
        Early "early",
        /// 15 to 28 days.
        Month "month",
        /// 8 to 14 days.
        Fortnight "fortnight",
        /// 1 to 7 days.
        Week "week",
        /// On the open days.
        OnSite "on_site",
    }
}

impl Cohort {
    /// The cohort of a day.
    #[must_use]
    pub fn of(day: NaiveDate, opens_on: NaiveDate) -> Self {
        match (opens_on - day).num_days() {
            61.. => Self::VeryEarly,
            29..=60 => Self::Early,
            15..=28 => Self::Month,
            8..=14 => Self::Fortnight,
            1..=7 => Self::Week,
            _ => Self::OnSite,
        }
    }

    /// A distance from opening in the middle of it, days.
    const fn middle(self) -> i64 {
        match self {
            Self::VeryEarly => 90,
            Self::Early => 42,
            Self::Month => 21,
            Self::Fortnight => 10,
            Self::Week => 3,
            Self::OnSite => -1,
        }
    }
}

/// Registrations that came in on a day, and how many of those people have entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub day: NaiveDate,
    pub registered: i64,
    pub came: i64,
}

/// Sums by cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub registered: i64,
    pub came: i64,
}

/// Days summed by cohort, in the order of [`Cohort::ALL`].
#[must_use]
pub fn by_cohort(days: &[Day], opens_on: NaiveDate) -> [Sums; 6] {
    let mut sums = [Sums::default(); 6];
    for day in days {
        let at = Cohort::ALL.iter().position(|cohort| *cohort == Cohort::of(day.day, opens_on)).unwrap_or(0);
        sums[at].registered += day.registered;
        sums[at].came += day.came;
    }
    sums
}

/// A number with its 80 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    pub low: f64,
    pub mean: f64,
    pub high: f64,
}

impl Estimate {
    fn of(mean: f64, variance: f64, most: f64) -> Self {
        let half = Z80 * variance.max(0.0).sqrt();
        Self { low: (mean - half).max(0.0), mean, high: (mean + half).min(most.max(mean)) }
    }
}

/// What is expected of a cohort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CohortForecast {
    pub cohort: Cohort,
    /// Registered so far.
    pub registered: i64,
    /// Expected to register in the end.
    pub expected: f64,
    /// Expected share of them that comes.
    pub rate: f64,
    /// Expected to come, of those registered and those to come.
    pub visitors: Estimate,
    /// Have come.
    pub came: i64,
}

/// The forecast of an edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    pub cohorts: Vec<CohortForecast>,
    /// Registered so far.
    pub registered: i64,
    /// Expected to be registered in the end.
    pub final_registrations: f64,
    /// Expected to come, of those registered now.
    pub of_registered: Estimate,
    /// Expected to come altogether.
    pub visitors: Estimate,
    /// Have come.
    pub came: i64,
}

/// Mean and variance of the show-up rate of a cohort (a Beta distribution).
fn rate(reference: Sums, usual: f64) -> (f64, f64) {
    let (n, k) = (reference.registered.max(0) as f64, reference.came.clamp(0, reference.registered.max(0)) as f64);
    let mean = (k + PRIOR * usual) / (n + PRIOR);
    (mean, mean * (1.0 - mean) / (n + PRIOR + 1.0))
}

/// Forecasts from what came in so far. `reference` are the sums of the edition that is followed (zeros without one),
/// `shape` its curve or the usual one.
#[must_use]
pub fn forecast(days: &[Day], opens_on: NaiveDate, today: NaiveDate, reference: [Sums; 6], shape: &Shape) -> Forecast {
    let so_far = by_cohort(days, opens_on);
    let registered: i64 = so_far.iter().map(|sums| sums.registered).sum();
    let before = (opens_on - today).num_days();
    let reached = shape.share(before).clamp(0.02, 1.0);
    let final_registrations = registered as f64 / reached;
    let mut still = (final_registrations - registered as f64).max(0.0);
    // What is still to come falls into the cohorts that are not over, in the proportions of the shape.
    let open = |cohort: Cohort| shape.part(cohort, before);
    let whole: f64 = Cohort::ALL.iter().map(|cohort| open(*cohort)).sum();
    if whole <= 0.0 {
        still = 0.0;
    }
    let (mut mean, mut variance, mut mean_now, mut variance_now) = (0.0, 0.0, 0.0, 0.0);
    let mut cohorts = Vec::new();
    for (at, cohort) in Cohort::ALL.iter().copied().enumerate() {
        let (p, spread) = rate(reference[at], shape.usual_rate(cohort.middle()));
        let n = so_far[at].registered as f64;
        let more = if whole > 0.0 { still * open(cohort) / whole } else { 0.0 };
        let all = n + more;
        let of = |count: f64| (count * p, count * p * (1.0 - p) + count * count * spread);
        let (m, v) = of(all);
        let (m_now, v_now) = of(n);
        mean += m;
        variance += v;
        mean_now += m_now;
        variance_now += v_now;
        cohorts.push(CohortForecast {
            cohort,
            registered: so_far[at].registered,
            expected: all,
            rate: p,
            visitors: Estimate::of(m, v, all),
            came: so_far[at].came,
        });
    }
    // How many register in the end is uncertain, too: a tenth of what is still to come.
    variance += (0.1 * still).powi(2);
    Forecast {
        cohorts,
        registered,
        final_registrations: registered as f64 + still,
        of_registered: Estimate::of(mean_now, variance_now, registered as f64),
        visitors: Estimate::of(mean, variance, f64::INFINITY),
        came: so_far.iter().map(|sums| sums.came).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(list: &[(&str, i64, i64)]) -> Vec<Day> {
        list.iter()
            .map(|(text, registered, came)| Day { day: day(text), registered: *registered, came: *came })
            .collect()
    }

    #[test]
    fn days_fall_into_cohorts() {
        let opens = day("2027-05-12");
        for (text, cohort) in [
            ("2027-01-01", Cohort::VeryEarly),
            ("2027-03-13", Cohort::Early),
            ("2027-04-28", Cohort::Fortnight),
            ("2027-04-27", Cohort::Month),
            ("2027-05-05", Cohort::Week),
            ("2027-05-11", Cohort::Week),
            ("2027-05-12", Cohort::OnSite),
            ("2027-05-14", Cohort::OnSite),
        ] {
            assert_eq!(Cohort::of(day(text), opens), cohort, "{text}");
        }
    }

    #[test]
    fn an_edition_like_the_last_one_is_forecast_as_the_last_one() {
        let opens = day("2027-05-12");
        let last = days(&[
            ("2027-03-01", 1000, 450),
            ("2027-04-20", 1000, 600),
            ("2027-05-08", 1000, 750),
            ("2027-05-12", 500, 500),
        ]);
        let (reference, shape) = (by_cohort(&last, opens), Shape::of(&last, opens));
        // Before the last week: two thirds of what came before opening are there.
        let now: Vec<Day> = last[..2].iter().map(|day| Day { came: 0, ..*day }).collect();
        let seen = forecast(&now, opens, day("2027-05-04"), reference, &shape);
        assert!((seen.final_registrations - 3500.0).abs() < 1.0, "{}", seen.final_registrations);
        assert!((seen.visitors.mean - 2300.0).abs() < 40.0, "{}", seen.visitors.mean);
        assert!(seen.visitors.low < 2300.0 && seen.visitors.high > 2300.0);
        assert!((seen.of_registered.mean - 1050.0).abs() < 25.0, "{}", seen.of_registered.mean);
        // When it is over nothing is still to come.
        let over = forecast(&last, opens, day("2027-05-20"), reference, &shape);
        assert!((over.final_registrations - 3500.0).abs() < 1e-9 && over.came == 2300);
    }

    #[test]
    fn without_an_edition_to_follow_the_usual_holds() {
        let opens = day("2027-05-12");
        let now = days(&[("2027-05-01", 100, 0)]);
        let seen = forecast(&now, opens, day("2027-05-01"), [Sums::default(); 6], &Shape::usual());
        assert!(seen.cohorts[3].rate > seen.cohorts[0].rate, "who registers late comes more often");
        assert!(seen.final_registrations > 100.0 && seen.visitors.mean > seen.of_registered.mean);
    }

    proptest! {
        #[test]
        fn estimates_are_ordered_and_never_more_than_people(
            counts in proptest::collection::vec((0i64..200, 0i64..3000, 0i64..3000), 0..30), distance in -5i64..200,
        ) {
            let opens = day("2027-05-12");
            let made: Vec<Day> = counts
                .iter()
                .map(|(before, registered, came)| Day { day: opens - chrono::Days::new(*before as u64), registered: *registered, came: (*came).min(*registered) })
                .collect();
            let (reference, shape) = (by_cohort(&made, opens), Shape::of(&made, opens));
            let today = if distance >= 0 { opens - chrono::Days::new(distance as u64) } else { opens + chrono::Days::new((-distance) as u64) };
            let seen = forecast(&made, opens, today, reference, &shape);
            for cohort in &seen.cohorts {
                prop_assert!((0.0..=1.0).contains(&cohort.rate));
                prop_assert!(cohort.visitors.low <= cohort.visitors.mean && cohort.visitors.mean <= cohort.visitors.high);
                prop_assert!(cohort.visitors.high <= cohort.expected + 1e-6);
            }
            prop_assert!(seen.final_registrations + 1e-6 >= seen.registered as f64);
        }
    }
}
