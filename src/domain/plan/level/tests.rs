//! What always holds of found schedules, on random projects; small ones against plain enumeration.

use super::genetic::{self, Found};
use super::max::project::{Lag, LagProject};
use super::max::search::{Answer, solve};
use super::project::{Impossible, Project};
use super::psplib;
use proptest::prelude::*;

fn project(count: usize, resources: usize) -> impl Strategy<Value = Project> {
    let durations = prop::collection::vec(0_u32..8, count);
    let demands = prop::collection::vec(prop::collection::vec(0_u32..7, resources), count);
    let capacities = prop::collection::vec(6_u32..12, resources);
    let arcs = prop::collection::vec((0..count, 0..count), 0..2 * count);
    (durations, demands, capacities, arcs).prop_map(move |(mut durations, mut demands, capacities, arcs)| {
        let mut successors = vec![Vec::new(); count];
        for (a, b) in arcs {
            if a < b && !successors[a].contains(&(b as u32)) {
                successors[a].push(b as u32);
            }
        }
        for at in 1..count - 1 {
            successors[0].push(at as u32);
            successors[at].push(count as u32 - 1);
        }
        for end in [0, count - 1] {
            durations[end] = 0;
            demands[end].fill(0);
        }
        Project { durations, successors, demands, capacities }
    })
}

fn found(project: &Project, budget: u64, seed: u64) -> Found {
    genetic::search(project, budget, seed, &mut |_| true).expect("the project has no circle")
}

fn with_lags(project: &Project, more: &[Lag]) -> LagProject {
    let whole = |numbers: &[u32]| numbers.iter().map(|&number| number as i32).collect::<Vec<i32>>();
    let mut lags = more.to_vec();
    for (from, successors) in project.successors.iter().enumerate() {
        let lag = |&to: &u32| Lag { from: from as u32, to, lag: project.durations[from] as i32 };
        lags.extend(successors.iter().map(lag));
    }
    LagProject {
        durations: whole(&project.durations),
        demands: project.demands.iter().map(|demand| whole(demand)).collect(),
        capacities: whole(&project.capacities),
        lags,
    }
}

/// The shortest schedule by trying every start, for very small projects.
fn enumerate(project: &LagProject, at: usize, starts: &mut Vec<i32>, best: &mut Option<i32>) {
    let most = best.map_or(project.horizon(), |best| best - 1);
    if at == project.len() {
        if project.check(starts).is_ok() {
            *best = Some(starts[at - 1]);
        }
        return;
    }
    for start in 0..=most {
        let fits = |lag: &Lag| {
            let known = (lag.from as usize).max(lag.to as usize) == at;
            let of = |other: u32| if other as usize == at { start } else { starts[other as usize] };
            !known || of(lag.to) - of(lag.from) >= lag.lag
        };
        if project.lags.iter().all(fits) {
            starts.push(start);
            enumerate(project, at + 1, starts, best);
            starts.pop();
        }
        if best.is_some_and(|best| start >= best - 1) {
            return;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn schedules_keep_order_and_capacity(project in project(24, 4), seed: u64) {
        let found = found(&project, 200, seed);
        prop_assert_eq!(project.check(&found.table), Ok(()));
        prop_assert!(found.built <= 200);
    }

    #[test]
    fn any_number_of_resources(project in project(16, 9), seed: u64) {
        prop_assert_eq!(project.check(&found(&project, 100, seed).table), Ok(()));
    }

    #[test]
    fn same_seed_same_schedule(project in project(20, 3), seed: u64) {
        prop_assert_eq!(found(&project, 150, seed), found(&project, 150, seed));
    }

    #[test]
    fn a_larger_budget_is_kept_and_stopping_leaves_a_schedule(project in project(20, 2), seed: u64) {
        let stopped = genetic::search(&project, 10_000, seed, &mut |_| false).expect("no circle");
        prop_assert_eq!(project.check(&stopped.table), Ok(()));
        prop_assert!(stopped.built < 200);
    }

    #[test]
    fn what_is_proved_is_never_beaten(project in project(12, 2), seed: u64) {
        let lags = with_lags(&project, &[]);
        let Answer::Schedule { starts, makespan, proved } = solve(&lags, seed, &mut |_| true) else {
            return Err(TestCaseError::fail("a project without maximum lags has a schedule"));
        };
        prop_assert!(proved);
        prop_assert_eq!(lags.check(&starts), Ok(()));
        let found = found(&project, 500, seed);
        prop_assert!(makespan as u32 <= found.table.makespan);
        prop_assert!(!found.proved || makespan as u32 == found.table.makespan);
    }

    #[test]
    fn exact_search_agrees_with_trying_everything(
        project in project(6, 1),
        back in prop::collection::vec((1_u32..5, 1_u32..5, -6_i32..1), 0..4),
        seed: u64,
    ) {
        let back: Vec<Lag> = back.into_iter().filter(|(from, to, _)| from > to)
            .map(|(from, to, lag)| Lag { from, to, lag }).collect();
        let project = with_lags(&project, &back);
        let mut best = None;
        enumerate(&project, 0, &mut Vec::new(), &mut best);
        match solve(&project, seed, &mut |_| true) {
            Answer::Schedule { starts, makespan, proved } => {
                prop_assert!(proved);
                prop_assert_eq!(project.check(&starts), Ok(()));
                prop_assert_eq!(Some(makespan), best);
            }
            Answer::Circle(circle) => {
                prop_assert_eq!(best, None);
                prop_assert!(circle.iter().map(|lag| lag.lag).sum::<i32>() > 0);
                let closed = (0..circle.len()).all(|at| circle[at].to == circle[(at + 1) % circle.len()].from);
                prop_assert!(closed);
            }
            Answer::Scarce => prop_assert_eq!(best, None),
            Answer::Unknown => prop_assert!(false, "nobody asked it to stop"),
        }
    }
}

#[test]
fn a_circle_is_named() {
    let project = Project {
        durations: vec![0, 2, 3, 0],
        successors: vec![vec![1], vec![2], vec![1, 3], vec![]],
        demands: vec![vec![0]; 4],
        capacities: vec![1],
    };
    let answer = genetic::search(&project, 10, 1, &mut |_| true);
    let Err(Impossible::Cycle(mut circle)) = answer else { panic!("{answer:?}") };
    circle.sort_unstable();
    assert_eq!(circle, [1, 2]);
}

#[test]
fn asking_for_more_than_there_is_is_refused() {
    let project = Project {
        durations: vec![0, 2, 0],
        successors: vec![vec![1], vec![2], vec![]],
        demands: vec![vec![0], vec![3], vec![0]],
        capacities: vec![2],
    };
    let answer = genetic::search(&project, 10, 1, &mut |_| true);
    assert_eq!(answer, Err(Impossible::Demand { activity: 1, resource: 0 }));
}

/// Three jobs of which two can never run at once.
const SMALL: &str = "\
jobs (incl. supersource/sink ):  5
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          3           2   3   4
   2        1          1           5
   3        1          1           5
   4        1          1           5
   5        1          0
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
------------------------------------------------------------------------
  1      1     0       0
  2      1     4       3
  3      1     2       2
  4      1     3       2
  5      1     0       0
RESOURCEAVAILABILITIES:
  R 1
    4
";

#[test]
fn psplib_files_are_read_and_solved() {
    let project = psplib::read(SMALL).expect("a good file");
    let found = found(&project, 50, 7);
    assert_eq!(found.table.makespan, 7);
    assert_eq!(project.check(&found.table), Ok(()));
}

#[test]
fn broken_files_name_the_line() {
    assert_eq!(psplib::read("").map_err(|bad| bad.line), Err(0));
    let bad = SMALL.replace("   3        1          1           5", "   3        1          1           9");
    assert_eq!(psplib::read(&bad).map_err(|bad| bad.line), Err(6));
    assert!(psplib::read(&SMALL.replace("jobs (incl. supersource/sink ):  5", "jobs : 99999999")).is_err());
    assert!(psplib::read(&SMALL.replace("  3      1     2       2", "  3      1     2")).is_err());
    for bad in ["", "3 1 0 0", "1 1 0 0\n0 1 1 1 [x]", "1 1 0 0\n0 1 1 7 [0]\n"] {
        assert!(super::max::read::read(bad).is_err(), "{bad:?}");
    }
}
