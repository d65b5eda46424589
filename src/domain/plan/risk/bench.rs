//! The simulation on public benchmark networks (PSPLIB), for `fairlead lab monte-carlo`.
//!
//! Each activity takes its duration plus a delay drawn by its law, never less than nothing. By
//! default activities wait for their predecessors only. With a resource-feasible schedule the flow of
//! its resources stands as further order (a partial order schedule, Artigues, Michelon and Reusser
//! 2003): whoever takes units over waits for whoever gives them, so that capacities hold in every run.

use super::delays::Delay;
use super::model::{Event, Model, Target};
use super::simulate::{Runs, simulate};
use crate::plan::level::project::{Project, Timetable};
use crate::plan::network::{Activity, Lag, Link, LinkKind, Network, PlanInput};
use std::collections::BTreeSet;

/// Kernel minutes of one period: fine enough that rounding does not show.
const PERIOD: f64 = 10_000.0;

/// How the makespan is spread, in periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Mean.
    pub mean: f64,
    /// Kept in half of the runs.
    pub p50: f64,
    /// Kept in 80 percent of the runs.
    pub p80: f64,
    /// Kept in 95 percent of the runs.
    pub p95: f64,
}

/// Why a network cannot be simulated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BenchFault {
    /// A delay of an activity the network does not have.
    #[error("activity {0} of the delays is not in the network")]
    Unknown(String),
    /// Two delays of one activity.
    #[error("activity {0} has two delays")]
    Twice(String),
    /// Activities that wait for each other.
    #[error("activities wait for each other: {0}")]
    Cycle(String),
}

/// Simulates a network whose activities are numbered from 1. `order` are further pairs that wait for
/// each other, such as [`flow`] gives.
///
/// # Errors
/// Delays that do not fit the network; a circle.
pub fn makespan(project: &Project, delays: &[Delay], order: &[(u32, u32)], runs: Runs) -> Result<Figures, BenchFault> {
    let mut input = PlanInput::new(0);
    for (at, duration) in project.durations.iter().enumerate() {
        input.activities.push(Activity::task(&(at + 1).to_string(), (f64::from(*duration) * PERIOD) as i64));
    }
    let precedence = project.successors.iter().enumerate();
    let precedence = precedence.flat_map(|(from, all)| all.iter().map(move |to| (from as u32, *to)));
    let pairs: BTreeSet<(u32, u32)> = precedence.chain(order.iter().copied()).collect();
    let link = |(from, to)| Link { from, to, kind: LinkKind::Fs, lag: Lag::Working(0) };
    input.links = pairs.into_iter().map(link).collect();
    let network = Network::build(input).map_err(|faults| {
        let codes = faults.iter().find_map(|fault| match fault {
            crate::plan::network::NetworkFault::Cycle { codes } => Some(codes.join(" → ")),
            _ => None,
        });
        BenchFault::Cycle(codes.unwrap_or_default())
    })?;
    let mut model = Model::certain(&network, vec![Target::Whole]);
    let mut seen = vec![false; project.len()];
    for delay in delays {
        let number = delay.activity.parse::<usize>().ok().filter(|number| (1..=project.len()).contains(number));
        let at = number.ok_or_else(|| BenchFault::Unknown(delay.activity.clone()))? - 1;
        if std::mem::replace(&mut seen[at], true) {
            return Err(BenchFault::Twice(delay.activity.clone()));
        }
        let planned = f64::from(project.durations[at]);
        let law = if delay.share { delay.law.times(planned) } else { delay.law }.times(PERIOD);
        if delay.probability >= 1.0 {
            model.laws[at] = Some(law.plus(planned * PERIOD));
        } else {
            let code = format!("delay {}", at + 1);
            let event = Event { code, probability: delay.probability, delay: law, activities: vec![at as u32] };
            model.events.push(event);
        }
    }
    let outcome = simulate(&model, runs, &|_| true);
    let target = outcome.as_ref().and_then(|outcome| outcome.targets.first());
    let of = |share: f64| target.map_or(0.0, |target| target.quantile(share)) / PERIOD;
    Ok(Figures { mean: target.map_or(0.0, |target| target.mean) / PERIOD, p50: of(0.5), p80: of(0.8), p95: of(0.95) })
}

/// Who hands resources to whom in a schedule: pairs of which the first ends before the second starts.
/// Units are taken first from those the activity waits for anyway, then from who ended last.
pub fn flow(project: &Project, table: &Timetable) -> Vec<(u32, u32)> {
    let end = |at: u32| table.starts[at as usize] + project.durations[at as usize];
    let mut order: Vec<u32> = (0..project.len() as u32).collect();
    order.sort_by_key(|&at| (table.starts[at as usize], end(at), at));
    let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
    let waits = |from: u32, to: u32| project.successors[from as usize].contains(&to);
    for (resource, &capacity) in project.capacities.iter().enumerate() {
        // Who holds how many units; nobody at first.
        let mut held: Vec<(Option<u32>, u32)> = vec![(None, capacity)];
        for &at in &order {
            let mut wanted = project.demands[at as usize][resource];
            if wanted == 0 {
                continue;
            }
            held.sort_by_key(|&(holder, _)| match holder {
                Some(from) if waits(from, at) || pairs.contains(&(from, at)) => (0, 0, from),
                None => (1, 0, 0),
                Some(from) => (2, u32::MAX - end(from), from),
            });
            for (holder, units) in &mut held {
                let free = holder.is_none_or(|from| end(from) <= table.starts[at as usize]);
                let taken = if free { wanted.min(*units) } else { 0 };
                *units -= taken;
                wanted -= taken;
                if let (Some(from), true) = (*holder, taken > 0) {
                    pairs.insert((from, at));
                }
            }
            held.retain(|(_, units)| *units > 0);
            held.push((Some(at), project.demands[at as usize][resource] - wanted));
        }
    }
    pairs.into_iter().filter(|(from, to)| from != to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::risk::delays::read;

    /// Two activities of 4 and 6 periods side by side, one worker: 1 begins, 4 ends.
    fn small() -> Project {
        Project {
            durations: vec![0, 4, 6, 0],
            successors: vec![vec![1, 2], vec![3], vec![3], vec![]],
            demands: vec![vec![0], vec![1], vec![1], vec![0]],
            capacities: vec![1],
        }
    }

    #[test]
    fn without_delays_the_longest_path_stands() {
        let runs = Runs { runs: 50, seed: 1, threads: 2 };
        let plain = makespan(&small(), &[], &[], runs).expect("a network");
        assert_eq!((plain.mean, plain.p50, plain.p95), (6.0, 6.0, 6.0));
        let table = Timetable { starts: vec![0, 0, 4, 10], makespan: 10 };
        let order = flow(&small(), &table);
        assert_eq!(order, [(1, 2)]);
        let levelled = makespan(&small(), &[], &order, runs).expect("a network");
        assert_eq!((levelled.mean, levelled.p80), (10.0, 10.0));
    }

    #[test]
    fn delays_lengthen_by_their_law() {
        let delays = read("jobnr,law,alpha,beta,min,max\n3,beta,2,2,0,4\n").expect("a table");
        let found = makespan(&small(), &delays, &[], Runs { runs: 20_000, seed: 9, threads: 2 }).expect("a network");
        assert!((found.mean - 8.0).abs() < 0.03 && (found.p50 - 8.0).abs() < 0.04, "{found:?}");
        let fixed = read("activity,value\n3,2.5\n").expect("a table");
        let found = makespan(&small(), &fixed, &[], Runs { runs: 10, seed: 9, threads: 1 }).expect("a network");
        assert_eq!((found.mean, found.p95), (8.5, 8.5));
        let unknown = read("activity,value\n9,1\n").expect("a table");
        assert_eq!(
            makespan(&small(), &unknown, &[], Runs { runs: 1, seed: 1, threads: 1 }),
            Err(BenchFault::Unknown("9".into()))
        );
    }
}
