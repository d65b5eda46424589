//! Critical chain (Goldratt 1997): the safety taken out of single tasks stands as one buffer before
//! the end, and as feeding buffers where other chains join; how much of each is used up against how
//! far its chain is tells whether to act (fever chart).
//!
//! Here the chain is the driving chain to opening day, or to the end once the show is open; orders
//! that levelling or people put in stand in it as links. A task's aggressive duration is its likely
//! point, its safe one the pessimistic point; without an estimate the planned duration is the safe
//! one and half of it the aggressive one.

use super::axis;
use super::baseline::FrozenPlan;
use super::network::{Kind, NetworkFault};
use super::sheet::{Computed, Sheet};
use super::task::{Task, TaskState};
use serde::{Deserialize, Serialize};

codes! {
    /// How a buffer is sized.
    Sizing {
        /// Root of the squared safeties: 2 × √Σ((safe − aggressive) / 2)² (Newbold 1998).
        RootSquare "root_square",
        /// Half of the safety that is cut out (cut and paste, Goldratt 1997).
        CutPaste "cut_paste",
    }
}

impl Sizing {
    /// Minutes of buffer for the safeties of a chain.
    pub fn buffer(self, safeties: impl Iterator<Item = i64>) -> i64 {
        match self {
            Sizing::CutPaste => safeties.sum::<i64>() / 2,
            Sizing::RootSquare => {
                let squares: f64 = safeties.map(|safety| (safety as f64 / 2.0).powi(2)).sum();
                (2.0 * squares.sqrt()).round() as i64
            }
        }
    }
}

codes! {
    /// What a chain's buffer asks for.
    Zone {
        /// Go on.
        Green "green",
        /// Plan what to do.
        Yellow "yellow",
        /// Do it.
        Red "red",
    }
}

/// Used share of the buffer at which green ends, before anything is done and when all is.
pub const GREEN: (f64, f64) = (0.10, 0.70);
/// The same for yellow.
pub const YELLOW: (f64, f64) = (0.30, 0.90);

impl Zone {
    /// The zone of a chain: the further it is, the more of its buffer may be used.
    pub fn of(complete: f64, used: f64) -> Zone {
        let at = |line: (f64, f64)| line.0 + (line.1 - line.0) * complete.clamp(0.0, 1.0);
        match used {
            used if used <= at(GREEN) => Zone::Green,
            used if used <= at(YELLOW) => Zone::Yellow,
            _ => Zone::Red,
        }
    }
}

/// A chain with its buffer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Codes in order.
    pub codes: Vec<String>,
    /// Where it joins the critical chain; nothing for the critical chain itself.
    pub joins: Option<String>,
    /// Aggressive working minutes.
    pub length: i64,
    /// Buffer wanted, working minutes.
    pub buffer: i64,
    /// What stands between its end and where it has to be, working minutes: room before opening day,
    /// or float of its last task; negative is missed.
    pub room: i64,
    /// Share of the chain that is done, by aggressive duration.
    pub complete: f64,
    /// Share of the buffer that is used up; above 1 it is broken.
    pub used: f64,
    /// What that asks for.
    pub zone: Zone,
}

/// The buffers of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Buffers {
    /// How they are sized.
    pub sizing: Sizing,
    /// Code of the task the chain leads to.
    pub end: String,
    /// The chain leads to opening day.
    pub opening: bool,
    /// The critical chain with the project buffer.
    pub project: Chain,
    /// Chains that join it with their feeding buffers, in the order they join.
    pub feeding: Vec<Chain>,
}

fn safety(task: &Task) -> i64 {
    match task.estimate {
        Some(three) => (three.pessimistic - three.likely).max(0),
        None => task.duration - task.duration / 2,
    }
}

fn aggressive(task: &Task) -> i64 {
    task.estimate.map_or(task.duration / 2, |three| three.likely)
}

fn done(task: &Task) -> f64 {
    if task.state.is_done() { 1.0 } else { f64::from(task.percent.clamp(0, 100)) / 100.0 }
}

/// The buffers of the present plan. What is used of the project buffer is how much later the end
/// comes than in the baseline; without one, how much of the buffer does not fit before opening day.
///
/// # Errors
/// Every cycle of the plan, task by task.
pub fn buffers(sheet: &Sheet, then: Option<&FrozenPlan>, sizing: Sizing) -> Result<Option<Buffers>, Vec<NetworkFault>> {
    let computed = sheet.compute()?;
    let ahead = computed.opening.filter(|at| sheet.tasks[*at].actual_start.is_none());
    let last = || {
        let leaves = (0..sheet.tasks.len()).filter(|at| sheet.tasks[*at].kind != Kind::Summary);
        let wanted = leaves.filter(|at| sheet.tasks[*at].state != TaskState::Cancelled);
        wanted.max_by_key(|at| (computed.schedule.early_finish[*at], std::cmp::Reverse(*at)))
    };
    let Some(end) = ahead.or_else(last) else { return Ok(None) };
    let mut path = computed.network.path_to(&computed.schedule, end);
    // The opening itself is no preparation.
    if ahead.is_some() {
        path.pop();
    }
    let on_chain: Vec<bool> = (0..sheet.tasks.len()).map(|at| path.contains(&at)).collect();
    let feeding = feeding(sheet, &computed, &path, &on_chain, sizing);
    let room = match ahead {
        Some(at) => computed.network.room_before(&computed.schedule, at),
        None => 0,
    };
    let mut project = chain(sheet, &path, None, sizing, room);
    let slip = then.and_then(|then| slip(sheet, &computed, then, end, ahead.is_some()));
    let missing = if ahead.is_some() { project.buffer - room } else { 0 };
    let lost = slip.unwrap_or(missing).max(0);
    project.used = share(lost, project.buffer);
    project.room = if ahead.is_some() { room } else { project.buffer - lost };
    project.zone = Zone::of(project.complete, project.used);
    let code = sheet.tasks[end].code.clone();
    Ok(Some(Buffers { sizing, end: code, opening: ahead.is_some(), project, feeding }))
}

/// How much later the end comes than in the baseline, minutes.
fn slip(sheet: &Sheet, computed: &Computed, then: &FrozenPlan, end: usize, opening: bool) -> Option<i64> {
    if opening {
        return Some(then.baseline.room? - computed.network.room_before(&computed.schedule, end));
    }
    let was = then.task(sheet.tasks[end].id)?;
    Some(computed.schedule.early_finish[end] - axis::minute_at(was.finish, sheet.zone))
}

fn share(lost: i64, buffer: i64) -> f64 {
    match (lost, buffer) {
        (lost, _) if lost <= 0 => 0.0,
        (_, 0) => 1.0,
        (lost, buffer) => lost as f64 / buffer as f64,
    }
}

fn chain(sheet: &Sheet, path: &[usize], joins: Option<usize>, sizing: Sizing, room: i64) -> Chain {
    let tasks = || path.iter().map(|at| &sheet.tasks[*at]);
    // What is done needs no buffer any more.
    let buffer = sizing.buffer(tasks().filter(|task| !task.state.is_done()).map(safety));
    let length: i64 = tasks().map(aggressive).sum();
    let earned: f64 = tasks().map(|task| aggressive(task) as f64 * done(task)).sum();
    let complete = if length > 0 { earned / length as f64 } else { 1.0 };
    let used = share(buffer - room, buffer);
    Chain {
        codes: tasks().map(|task| task.code.clone()).collect(),
        joins: joins.map(|at| sheet.tasks[at].code.clone()),
        length,
        buffer,
        room,
        complete,
        used,
        zone: Zone::of(complete, used),
    }
}

/// Where a link comes from outside the chain, the driving chain behind it feeds the chain. Each task
/// feeds in one place only: where it joins first.
fn feeding(sheet: &Sheet, computed: &Computed, path: &[usize], on_chain: &[bool], sizing: Sizing) -> Vec<Chain> {
    let mut taken = on_chain.to_vec();
    let mut chains = Vec::new();
    for &join in path {
        let before: Vec<usize> = computed.network.preds_of(join).iter().map(|arc| arc.other as usize).collect();
        for from in before {
            if taken[from] || sheet.tasks[from].state.is_done() {
                continue;
            }
            let mut own: Vec<usize> =
                computed.network.path_to(&computed.schedule, from).into_iter().filter(|at| !taken[*at]).collect();
            own.retain(|at| !sheet.tasks[*at].state.is_done());
            own.iter().for_each(|at| taken[*at] = true);
            let float = computed.schedule.free_float[from].max(computed.schedule.total_float[from]);
            chains.push(chain(sheet, &own, Some(join), sizing, float));
        }
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_by_both_methods() {
        let safeties = [600, 800];
        assert_eq!(Sizing::CutPaste.buffer(safeties.into_iter()), 700);
        assert_eq!(Sizing::RootSquare.buffer(safeties.into_iter()), 1_000);
        assert_eq!(Sizing::RootSquare.buffer([].into_iter()), 0);
    }

    #[test]
    fn the_same_use_is_worse_early_than_late() {
        assert_eq!(Zone::of(0.0, 0.2), Zone::Yellow);
        assert_eq!(Zone::of(0.0, 0.31), Zone::Red);
        assert_eq!(Zone::of(1.0, 0.6), Zone::Green);
        assert_eq!((share(0, 0), share(10, 0), share(50, 100)), (0.0, 1.0, 0.5));
    }
}
