//! Properties of the simulation: it agrees with the kernel, and with itself on any number of threads.

use super::law::Law;
use super::model::{Event, Model, Target};
use super::pass::Pass;
use super::simulate::{Runs, simulate};
use crate::plan::calendar::{Calendar, DAY, Pattern};
use crate::plan::network::{Activity, Constraint, Kind, Lag, Link, LinkKind, Network, PlanInput};
use proptest::prelude::*;

const MON: i64 = 20_458 * DAY;

#[derive(Debug, Clone)]
struct Raw {
    duration: i64,
    constraint: u8,
    at: i64,
    calendar: u32,
    progress: u8,
}

/// Plans with calendars, all links and lags, date wishes, work begun and done.
fn plans() -> impl Strategy<Value = PlanInput> {
    let raw = (0..3_000i64, 0..9u8, 0..20_000i64, 0..2u32, 0..6u8).prop_map(
        |(duration, constraint, at, calendar, progress)| Raw { duration, constraint, at, calendar, progress },
    );
    let links = proptest::collection::vec((0..24usize, 1..8usize, 0..4usize, -500..900i64, 0..3u8), 0..40);
    (proptest::collection::vec(raw, 2..24), links).prop_map(|(activities, links)| {
        let mut input = PlanInput::new(MON);
        input.data_date = Some(MON + 5_000);
        input.calendars.push(Calendar::new(&Pattern::weekdays(vec![(480, 720), (780, 1_020)])));
        for (at, raw) in activities.iter().enumerate() {
            let mut one = Activity::task(&format!("T{at}"), raw.duration);
            one.calendar = raw.calendar;
            one.constraint = match raw.constraint {
                1 => Constraint::Snet(MON + raw.at),
                2 => Constraint::Fnet(MON + raw.at),
                3 => Constraint::Mso(MON + raw.at),
                4 => Constraint::Mfo(MON + raw.at),
                5 => Constraint::Snlt(MON + raw.at),
                _ => Constraint::Asap,
            };
            if raw.constraint == 6 {
                (one.kind, one.duration) = (Kind::FinishMilestone, 0);
            }
            if raw.progress == 1 && one.kind == Kind::Task {
                one.actual_start = Some(MON + raw.at / 10);
                one.remaining = Some(raw.duration / 2);
            } else if raw.progress == 2 && one.kind == Kind::Task {
                one.actual_start = Some(MON + raw.at / 10);
                one.actual_finish = Some(MON + raw.at / 10 + raw.duration);
            }
            input.activities.push(one);
        }
        let count = activities.len();
        for (from, step, kind, lag, lag_kind) in links {
            let from = from % count;
            let to = from + step;
            if to < count {
                let lag = match lag_kind {
                    0 => Lag::Working(lag),
                    1 => Lag::Elapsed(lag),
                    _ => Lag::Percent(lag / 10),
                };
                input.links.push(Link { from: from as u32, to: to as u32, kind: LinkKind::ALL[kind], lag });
            }
        }
        input
    })
}

fn uncertain(network: &Network) -> Model<'_> {
    let activities = &network.input().activities;
    let last = activities.len() as u32 - 1;
    let mut model = Model::certain(network, vec![Target::Whole, Target::Finish(last), Target::Ready(last)]);
    for (law, activity) in model.laws.iter_mut().zip(activities) {
        let d = activity.duration as f64;
        *law = Some(Law::Pert { min: d * 0.8, mode: d, max: d * 1.7 });
    }
    model.events.push(Event {
        code: "R1".into(),
        probability: 0.3,
        delay: Law::Triangular { min: 0.0, mode: 200.0, max: 900.0 },
        activities: vec![0, last],
    });
    model
}

fn go_on(_: u32) -> bool {
    true
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn without_uncertainty_the_dates_are_the_kernels(input in plans()) {
        let network = Network::build(input).expect("acyclic");
        let schedule = network.compute();
        let mut pass = Pass::new(&network);
        pass.forward();
        for at in 0..network.input().activities.len() {
            prop_assert_eq!(pass.early(at), (schedule.early_start[at], schedule.early_finish[at]), "activity {}", at);
        }
        let last = network.input().activities.len() as u32 - 1;
        let mut model = Model::certain(&network, vec![Target::Whole, Target::Ready(last)]);
        model.laws.fill(None);
        for (law, activity) in model.laws.iter_mut().zip(&network.input().activities) {
            *law = Some(Law::Fixed { value: activity.duration as f64 });
        }
        let outcome = simulate(&model, Runs { runs: 5, seed: 1, threads: 2 }, &go_on).expect("not stopped");
        prop_assert!(outcome.targets[0].sorted.iter().all(|date| *date == schedule.finish));
        prop_assert!(outcome.targets[1].sorted.iter().all(|date| *date == schedule.logic_start[last as usize]));
        prop_assert_eq!(outcome.targets[0].deviation, 0.0);
    }

    #[test]
    fn the_same_on_any_number_of_threads(input in plans(), seed in any::<u64>()) {
        let network = Network::build(input).expect("acyclic");
        let model = uncertain(&network);
        let one = simulate(&model, Runs { runs: 300, seed, threads: 1 }, &go_on).expect("not stopped");
        for threads in [2, 3, 7] {
            let many = simulate(&model, Runs { runs: 300, seed, threads }, &go_on).expect("not stopped");
            prop_assert_eq!(&one, &many);
        }
        prop_assert!(one.tasks.iter().all(|task| (0.0..=1.0).contains(&task.criticality)));
        prop_assert!(one.tasks.iter().all(|task| task.correlation.abs() <= 1.0 + 1e-9));
    }
}

/// Two chains of one activity each: the finish is the larger of two durations.
#[test]
fn a_fork_is_longer_than_its_mean_and_shares_criticality() {
    let mut input = PlanInput::new(0);
    input.activities = vec![Activity::task("A", 1_000), Activity::task("B", 1_000), Activity::task("END", 0)];
    for from in 0..2 {
        input.links.push(Link { from, to: 2, kind: LinkKind::Fs, lag: Lag::Working(0) });
    }
    let network = Network::build(input).expect("acyclic");
    let mut model = Model::certain(&network, vec![Target::Finish(2)]);
    for law in &mut model.laws[..2] {
        *law = Some(Law::Uniform { min: 0.0, max: 1_000.0 });
    }
    let outcome = simulate(&model, Runs { runs: 20_000, seed: 5, threads: 2 }, &go_on).expect("not stopped");
    let target = &outcome.targets[0];
    // The larger of two even numbers: mean 2/3, P50 at the root of 1/2, P80 at the root of 0.8.
    for (share, want) in [(0.5, 707.1), (0.8, 894.4), (0.95, 974.7)] {
        assert!((target.quantile(share) - want).abs() < 8.0, "P{share}: {}", target.quantile(share));
    }
    assert!((target.mean - 666.7).abs() < 6.0);
    assert!((target.chance(500) - 0.25).abs() < 0.01);
    let criticality: Vec<f64> = outcome.tasks.iter().map(|task| task.criticality).collect();
    assert!((criticality[0] - 0.5).abs() < 0.02 && (criticality[1] - 0.5).abs() < 0.02);
    assert_eq!(criticality[2], 1.0);
    assert!(outcome.tasks[0].correlation > 0.5 && outcome.tasks[0].swing() > 200.0);
}

#[test]
fn a_risk_strikes_as_often_as_it_says() {
    let mut input = PlanInput::new(0);
    input.activities.push(Activity::task("A", 1_000));
    let network = Network::build(input).expect("acyclic");
    let mut model = Model::certain(&network, vec![Target::Whole]);
    model.events.push(Event {
        code: "R".into(),
        probability: 0.25,
        delay: Law::Fixed { value: 400.0 },
        activities: vec![0],
    });
    let outcome = simulate(&model, Runs { runs: 20_000, seed: 11, threads: 2 }, &go_on).expect("not stopped");
    let event = outcome.events[0];
    assert!((event.struck - 0.25).abs() < 0.01, "{}", event.struck);
    assert_eq!((event.without, event.with), (1_000.0, 1_400.0));
    assert_eq!((outcome.targets[0].quantile(0.5), outcome.targets[0].quantile(0.95)), (1_000.0, 1_400.0));
    assert!((outcome.targets[0].mean - 1_100.0).abs() < 5.0);
}

#[test]
fn it_stops_when_told() {
    let mut input = PlanInput::new(0);
    input.activities.push(Activity::task("A", 1_000));
    let network = Network::build(input).expect("acyclic");
    let model = Model::certain(&network, vec![Target::Whole]);
    let stop = |made: u32| made < 500;
    assert!(simulate(&model, Runs { runs: 100_000, seed: 1, threads: 2 }, &stop).is_none());
}
