//! Turns a project into variables, edges and resources: what the lags alone decide is decided
//! here, and each pair that cannot run at once becomes a choice of who goes first.

use super::project::{Lag, LagProject};
use super::rules::Rules;
use super::trail::{Says, Signed, Trail};
use super::usage::{Piece, Usage};

/// No path.
const APART: i32 = i32::MIN / 4;

/// A project as the search sees it.
#[derive(Debug)]
pub struct Model {
    /// Bounds.
    pub trail: Trail,
    /// Edges and clauses.
    pub rules: Rules,
    /// Resources.
    pub usages: Vec<Usage>,
    /// Start of each activity: variable `2 k` is activity k.
    pub activities: usize,
    /// Resources each activity uses, one bit each; those after the 63rd share a bit.
    pub uses: Vec<u64>,
    /// Durations.
    pub durations: Vec<i32>,
    /// Pairs whose order is open: variable `activities + k` says whether the first of pair k goes first.
    pub pairs: Vec<(usize, usize)>,
}

/// Why the model already shows that there is no schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dead {
    /// The lags contradict each other.
    Lags(Vec<Lag>),
    /// Lags and resources together.
    Resources,
}

impl Model {
    /// The model of a project, with schedules up to `horizon` long.
    ///
    /// # Errors
    /// When lags alone, or lags and pairs that cannot run at once, leave no schedule.
    pub fn of(project: &LagProject) -> Result<Model, Dead> {
        let count = project.len();
        let earliest = project.earliest().map_err(Dead::Lags)?;
        let short = |at: usize, r: usize| project.durations[at] > 0 && project.demands[at][r] > project.capacities[r];
        if (0..count).any(|at| (0..project.capacities.len()).any(|resource| short(at, resource))) {
            return Err(Dead::Resources);
        }
        let (edges, choices) = decided(project)?;
        let mut trail = Trail::default();
        let horizon = project.horizon();
        earliest.iter().for_each(|&start| {
            trail.variable(start, horizon);
        });
        let pairs = choices.clone();
        let choices: Vec<(Signed, usize, usize)> =
            choices.into_iter().map(|(a, b)| (trail.variable(0, 1), a, b)).collect();
        let mut rules = Rules::new(trail.least.len());
        let start = |at: usize| 2 * at as Signed;
        for (from, to, lag) in edges {
            rules.edge(start(from), start(to), lag, None);
        }
        for (choice, a, b) in choices {
            rules.edge(start(a), start(b), project.durations[a], Some(Says::at_least(choice, 1)));
            rules.edge(start(b), start(a), project.durations[b], Some(Says::at_most(choice, 0)));
        }
        let piece = |at: usize, resource: usize| Piece {
            start: start(at),
            duration: project.durations[at],
            units: project.demands[at][resource],
        };
        let needs = |at: usize, resource: usize| project.durations[at] > 0 && project.demands[at][resource] > 0;
        let usages = (0..project.capacities.len())
            .map(|resource| {
                let pieces = (0..count).filter(|&at| needs(at, resource)).map(|at| piece(at, resource)).collect();
                Usage::new(project.capacities[resource], pieces)
            })
            .collect();
        let uses = (0..count)
            .map(|at| {
                let of = (0..project.capacities.len()).filter(|&resource| needs(at, resource));
                of.fold(0_u64, |mask, resource| mask | 1 << resource.min(63))
            })
            .collect();
        Ok(Model { trail, rules, usages, activities: count, uses, durations: project.durations.clone(), pairs })
    }
}

type Edges = Vec<(usize, usize, i32)>;
type Choices = Vec<(usize, usize)>;

/// Longest paths between all pairs; pairs that cannot run at once and whose order they leave no
/// choice become edges, until nothing more follows.
fn decided(project: &LagProject) -> Result<(Edges, Choices), Dead> {
    let count = project.len();
    let mut edges: Edges = project.lags.iter().map(|lag| (lag.from as usize, lag.to as usize, lag.lag)).collect();
    // Nothing starts before the project, nothing ends after it.
    for at in 1..count {
        edges.push((0, at, 0));
        edges.push((at, count - 1, project.durations[at]));
    }
    let mut paths = longest(count, &edges);
    let mut open = apart(project);
    loop {
        let mut forced = Vec::new();
        open.retain(|&(a, b)| {
            let (ab, ba) = (paths[a * count + b], paths[b * count + a]);
            if ab >= project.durations[a] || ba >= project.durations[b] {
                return false;
            }
            if ab > -project.durations[b] {
                forced.push((a, b, project.durations[a]));
            } else if ba > -project.durations[a] {
                forced.push((b, a, project.durations[b]));
            } else {
                return true;
            }
            false
        });
        if forced.is_empty() {
            break;
        }
        for &(from, to, lag) in &forced {
            if !lengthen(&mut paths, count, from, to, lag) {
                return Err(Dead::Resources);
            }
        }
        edges.extend(forced);
    }
    Ok((edges, open))
}

/// Longest paths between all pairs (Floyd and Warshall).
fn longest(count: usize, edges: &Edges) -> Vec<i32> {
    let mut paths = vec![APART; count * count];
    for at in 0..count {
        paths[at * count + at] = 0;
    }
    for &(from, to, lag) in edges {
        let path = &mut paths[from * count + to];
        *path = (*path).max(lag);
    }
    for via in 0..count {
        let row: Vec<i32> = paths[via * count..(via + 1) * count].to_vec();
        for from in 0..count {
            let first = paths[from * count + via];
            if first == APART {
                continue;
            }
            let own = &mut paths[from * count..(from + 1) * count];
            own.iter_mut().zip(&row).for_each(|(path, &second)| {
                if second != APART {
                    *path = (*path).max(first + second);
                }
            });
        }
    }
    paths
}

/// Takes an edge into the longest paths; answers whether no circle became longer than nothing.
fn lengthen(paths: &mut [i32], count: usize, from: usize, to: usize, lag: i32) -> bool {
    if paths[to * count + from] != APART && paths[to * count + from] + lag > 0 {
        return false;
    }
    let rest: Vec<i32> = paths[to * count..(to + 1) * count].to_vec();
    for before in 0..count {
        let first = paths[before * count + from];
        if first == APART {
            continue;
        }
        for (after, &second) in rest.iter().enumerate() {
            if second != APART {
                let path = &mut paths[before * count + after];
                *path = (*path).max(first + lag + second);
            }
        }
    }
    true
}

/// Pairs that together need more than there is of something.
fn apart(project: &LagProject) -> Choices {
    let clash = |a: usize, b: usize| {
        project.capacities.iter().enumerate().any(|(r, &capacity)| {
            project.demands[a][r] > 0
                && project.demands[b][r] > 0
                && project.demands[a][r] + project.demands[b][r] > capacity
        })
    };
    let works: Vec<usize> = (0..project.len()).filter(|&at| project.durations[at] > 0).collect();
    let mut pairs = Vec::new();
    for (index, &a) in works.iter().enumerate() {
        pairs.extend(works[index + 1..].iter().filter(|&&b| clash(a, b)).map(|&b| (a, b)));
    }
    pairs
}
