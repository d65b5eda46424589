//! From levelled dates to a proposal: moves a person can accept one by one, each a soft link or a
//! not-before date, with the conflict it solves and what it costs in float; and what stays
//! unsolved. Everything told about "after" comes from computing the changed plan anew.

use super::scarce::{Dates, Scarce};
use super::search::{self, Standing};
use super::usage::Usage;
use crate::plan::axis;
use crate::plan::crew::{Crew, CrewNeed};
use crate::plan::network::{LinkKind, NetworkFault};
use crate::plan::sheet::{Computed, Sheet};
use crate::plan::task::{LinkOrigin, TaskLink};
use crate::{LinkId, TaskId, UserId};
use serde::{Deserialize, Serialize};

/// More is needed of a crew than there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overload {
    /// Code of the crew.
    pub crew: String,
    /// From, on the plan's axis.
    pub from: i64,
    /// To.
    pub to: i64,
    /// Units needed at the most.
    pub used: i64,
    /// Units there are.
    pub capacity: i64,
    /// Codes of the tasks that need them.
    pub tasks: Vec<String>,
}

/// A task that moves, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelMove {
    /// The task.
    pub task: TaskId,
    /// Its code.
    pub code: String,
    /// Start without levelling, on the plan's axis.
    pub from: i64,
    /// Start with it.
    pub to: i64,
    /// The task whose end it waits for by a soft link; `None`: a not-before date.
    pub after: Option<TaskId>,
    /// Code of that task.
    pub after_code: Option<String>,
    /// The conflict: how the crew would be used if the task did not move.
    pub conflict: Overload,
    /// Total float to D0 without levelling, in working minutes.
    pub float_before: i64,
    /// Total float with it.
    pub float_after: i64,
}

impl LevelMove {
    /// Working minutes of float the move costs.
    pub fn cost(&self) -> i64 {
        self.float_before - self.float_after
    }
}

/// What levelling proposes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Schedules built for it.
    pub built: u64,
    /// Overloads without it.
    pub before: Vec<Overload>,
    /// Overloads that stay: by work that cannot move, or that needs more than there is.
    pub left: Vec<Overload>,
    /// Room before D0 without it, in working minutes.
    pub room_before: Option<i64>,
    /// Room with it.
    pub room_after: Option<i64>,
    /// The moves, in plan order.
    pub moves: Vec<LevelMove>,
    /// Tasks that only follow because one before them moves.
    pub follow: usize,
}

/// Overloads of the crews by dates, from `since` on.
pub fn overloads(sheet: &Sheet, dates: &Dates, crews: &[Crew], needs: &[CrewNeed], since: i64) -> Vec<Overload> {
    let mut all = Vec::new();
    for crew in crews {
        let of = needs.iter().filter(|need| need.crew == crew.id);
        let work: Vec<(usize, i64)> = of
            .filter_map(|need| Some((sheet.position(need.task)?, i64::from(need.quantity))))
            .filter(|(at, _)| !sheet.tasks[*at].state.is_done())
            .collect();
        let mut usage = Usage::default();
        work.iter().for_each(|&(at, units)| usage.take(dates.start[at], dates.finish[at], units));
        let first = all.len();
        for stretch in usage.stretches().filter(|one| one.used > i64::from(crew.quantity) && one.to > since) {
            let runs = |at: usize| dates.start[at] < stretch.to && stretch.from < dates.finish[at];
            let tasks = work.iter().filter(|(at, _)| runs(*at)).map(|(at, _)| sheet.tasks[*at].code.clone());
            // Stretches that touch are one overload.
            if let Some(last) = all[first..].last_mut().filter(|last: &&mut Overload| last.to == stretch.from) {
                last.to = stretch.to;
                last.used = last.used.max(stretch.used);
                tasks.for_each(|code| {
                    if !last.tasks.contains(&code) {
                        last.tasks.push(code);
                    }
                });
                continue;
            }
            all.push(Overload {
                crew: crew.code.clone(),
                from: stretch.from,
                to: stretch.to,
                used: stretch.used,
                capacity: i64::from(crew.quantity),
                tasks: tasks.collect(),
            });
        }
    }
    all
}

/// Puts moves into a plan: soft links and not-before dates. Links take their ids from `fresh`.
pub fn apply(sheet: &mut Sheet, moves: &[LevelMove], by: Option<UserId>, mut fresh: impl FnMut() -> LinkId) {
    for one in moves {
        let twice = |from: TaskId| {
            sheet.links.iter().any(|link| link.from == from && link.to == one.task && link.kind == LinkKind::Fs)
        };
        if let Some(from) = one.after {
            if !twice(from) {
                let logic = TaskLink::logic(fresh(), sheet.edition, from, one.task, LinkKind::Fs, 0);
                let reason = one.conflict.crew.clone();
                sheet.links.push(TaskLink { origin: LinkOrigin::Soft, reason, by, ..logic });
            }
        } else if let Some(at) = sheet.position(one.task) {
            let zone = sheet.zone;
            let task = &mut sheet.tasks[at];
            task.constraint = "snet".to_owned();
            task.constraint_at = Some(axis::instant(one.to, zone));
        }
    }
}

/// Levels a plan within a budget of schedules.
///
/// # Errors
/// Never for a sound plan: moves lead from earlier to later work. A cycle is answered, not hidden.
pub fn propose(
    sheet: &Sheet,
    computed: &Computed,
    crews: &[Crew],
    needs: &[CrewNeed],
    (budget, seed): (u64, u64),
    keep_going: &mut dyn FnMut(Standing) -> bool,
) -> Result<Proposal, Vec<NetworkFault>> {
    let scarce = Scarce::of(sheet, computed, crews, needs);
    let since = since(sheet);
    let planned = scarce.as_planned();
    let (dates, built) = search::best(&scarce, budget, seed, keep_going);
    let mut moves = moves(sheet, &scarce, crews, &dates);
    let mut after = without_circles(sheet, &mut moves)?;
    // A soft link that does not lead to the date exactly becomes the date itself.
    let mut loose = false;
    for one in &mut moves {
        let at = sheet.position(one.task);
        if one.after.is_some() && at.is_some_and(|at| after.schedule.early_start[at] != one.to) {
            (one.after, one.after_code, loose) = (None, None, true);
        }
    }
    if loose {
        after = computed_with(sheet, &moves)?;
    }
    for one in &mut moves {
        if let Some(at) = sheet.position(one.task) {
            one.to = after.schedule.early_start[at];
            one.float_after = after.schedule.total_float[at];
        }
    }
    let levelled = Dates { start: after.schedule.early_start.clone(), finish: after.schedule.early_finish.clone() };
    let moved = (0..sheet.tasks.len()).filter(|&at| levelled.start[at] != planned.start[at]).count();
    Ok(Proposal {
        built,
        before: overloads(sheet, &planned, crews, needs, since),
        left: overloads(sheet, &levelled, crews, needs, since),
        room_before: computed.room(),
        room_after: after.room(),
        follow: moved.saturating_sub(moves.len()),
        moves,
    })
}

/// From when on overloads still matter: the data date.
pub fn since(sheet: &Sheet) -> i64 {
    sheet.data_date.map_or(i64::MIN, |date| axis::minute_at(date, sheet.zone))
}

/// Computes the plan with the moves; a soft link that closes a circle with a link of another kind
/// becomes a date.
fn without_circles(sheet: &Sheet, moves: &mut [LevelMove]) -> Result<Computed, Vec<NetworkFault>> {
    loop {
        let faults = match computed_with(sheet, moves) {
            Ok(computed) => return Ok(computed),
            Err(faults) => faults,
        };
        let in_circle = |code: &String| {
            faults.iter().any(|fault| matches!(fault, NetworkFault::Cycle { codes } if codes.contains(code)))
        };
        let mut changed = false;
        for one in moves.iter_mut().filter(|one| one.after.is_some() && in_circle(&one.code)) {
            (one.after, one.after_code, changed) = (None, None, true);
        }
        if !changed {
            return Err(faults);
        }
    }
}

fn computed_with(sheet: &Sheet, moves: &[LevelMove]) -> Result<Computed, Vec<NetworkFault>> {
    let mut new = sheet.clone();
    apply(&mut new, moves, None, || LinkId::from_uuid(uuid::Uuid::nil()));
    new.compute()
}

/// The tasks that wait for a crew, not only for those before them.
fn moves(sheet: &Sheet, scarce: &Scarce, crews: &[Crew], dates: &Dates) -> Vec<LevelMove> {
    let mut moves = Vec::new();
    for at in 0..sheet.tasks.len() {
        let planned = scarce.schedule.early_start[at];
        if !scarce.moves[at] || dates.start[at] <= planned {
            continue;
        }
        let ready = scarce.network.calendar_of(at).snap_forward(scarce.ready(at, dates));
        if dates.start[at] <= ready {
            continue;
        }
        moves.push(one_move(sheet, scarce, crews, dates, (at, ready)));
    }
    moves
}

fn one_move(sheet: &Sheet, scarce: &Scarce, crews: &[Crew], dates: &Dates, (at, ready): (usize, i64)) -> LevelMove {
    let short = scarce.needs[at].iter().map(|&need| clash(sheet, scarce, crews, dates, (at, ready), need));
    let worst = short.max_by_key(|(conflict, holder)| {
        let finish = holder.map_or(i64::MIN, |other| dates.finish[other]);
        (conflict.used > conflict.capacity, finish)
    });
    let (conflict, after) = worst.unwrap_or_else(|| clash(sheet, scarce, crews, dates, (at, ready), (0, 0)));
    LevelMove {
        task: sheet.tasks[at].id,
        code: sheet.tasks[at].code.clone(),
        from: scarce.schedule.early_start[at],
        to: dates.start[at],
        after: after.map(|other| sheet.tasks[other].id),
        after_code: after.map(|other| sheet.tasks[other].code.clone()),
        conflict,
        float_before: scarce.schedule.total_float[at],
        float_after: scarce.schedule.total_float[at],
    }
}

/// How a crew would be used if a task began at `ready`, and who of those holding it lets go last.
fn clash(
    sheet: &Sheet,
    scarce: &Scarce,
    crews: &[Crew],
    dates: &Dates,
    (at, ready): (usize, i64),
    (crew, units): (usize, i64),
) -> (Overload, Option<usize>) {
    let start = dates.start[at];
    let until = scarce.network.calendar_of(at).add(ready, scarce.duration(at)).clamp(ready + 1, start.max(ready + 1));
    let mut usage = Usage::default();
    let mut tasks = Vec::new();
    let mut holder: Option<usize> = None;
    for other in (0..dates.start.len()).filter(|&other| other != at) {
        let Some(need) = scarce.needs[other].iter().find(|need| need.0 == crew) else { continue };
        if dates.start[other] < until && ready < dates.finish[other] {
            usage.take(dates.start[other], dates.finish[other], need.1);
            tasks.push(sheet.tasks[other].code.clone());
        }
        let frees = dates.finish[other] > ready && dates.finish[other] <= start;
        if frees && holder.is_none_or(|best| dates.finish[other] > dates.finish[best]) {
            holder = Some(other);
        }
    }
    let conflict = Overload {
        crew: crews.get(crew).map(|crew| crew.code.clone()).unwrap_or_default(),
        from: ready,
        to: start,
        used: usage.peak(ready, until) + units,
        capacity: scarce.capacity.get(crew).copied().unwrap_or_default(),
        tasks,
    };
    (conflict, holder)
}
