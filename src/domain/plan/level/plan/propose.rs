//! From levelled dates to a proposal: moves a person can accept one by one, each a soft link or a
//! not-before date, with the conflict it solves and what it costs in float; and what stays
//! unsolved. Everything told about "after" comes from computing the changed plan anew.

use super::scarce::{Dates, Need, Scarce};
use super::search::{self, Standing};
use super::usage::Usage;
use crate::plan::axis;
use crate::plan::crew::{Crew, CrewNeed};
use crate::plan::network::{LinkKind, NetworkFault, PlanInput};
use crate::plan::sheet::{Computed, Sheet};
use crate::plan::space::assess::Group;
use crate::plan::space::{Assessment, Demand, Detail, Order, Unit, conflicts};
use crate::plan::task::{LinkOrigin, TaskLink};
use crate::{LinkId, TaskId, UserId};
use serde::{Deserialize, Serialize};

codes! {
    /// What there is too little of.
    #[derive(Default)]
    Scarcity {
        /// People of a crew.
        #[default]
        Crew "crew",
        /// A place for itself: two tasks that cannot be there together.
        Place "place",
        /// Room at a place: more is wanted at once than it takes.
        Room "room",
    }
}

/// More is needed of a crew, or of a place, than there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overload {
    /// What there is too little of.
    #[serde(default)]
    pub of: Scarcity,
    /// Code of the crew or the place.
    #[serde(alias = "crew")]
    pub code: String,
    /// What is counted at a place.
    #[serde(default)]
    pub unit: Option<Unit>,
    /// From, on the plan's axis.
    pub from: i64,
    /// To.
    pub to: i64,
    /// Needed at the most: people, hundredths of the unit, or tasks at one place.
    pub used: i64,
    /// There are.
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
                of: Scarcity::Crew,
                code: crew.code.clone(),
                unit: None,
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

/// Clashes and overruns at places by dates, from `since` on; the same tasks in the same way are one, at however many
/// places.
pub fn place_overloads(sheet: &Sheet, input: &PlanInput, dates: &Dates, since: i64) -> Vec<Overload> {
    let (space, tasks) = (&sheet.space, &sheet.tasks);
    let open = |one: &Demand| !tasks[one.task as usize].state.is_done();
    let laid = space.demands(tasks).into_iter().filter(open);
    let reservations: Vec<_> =
        laid.map(|one| one.at(dates.start[one.task as usize], dates.finish[one.task as usize])).collect();
    let order = Order::of(input, reservations.iter().map(|one| one.demand.task));
    let mut conflicts = conflicts(&space.tree, &reservations, &order);
    conflicts.retain(|one| one.until > since);
    let all = Assessment { reservations, order, conflicts, faults: Vec::new() };
    let told = |one: Group| {
        let (of, unit, used, capacity) = match one.detail {
            Detail::Load { unit, load, capacity } => (Scarcity::Room, Some(unit), load, capacity),
            _ => (Scarcity::Place, None, one.tasks.len() as i64, 1),
        };
        let code = one.places.first().map(|place| space.tree.spot(*place).code.clone()).unwrap_or_default();
        let tasks = one.tasks.iter().map(|at| tasks[*at as usize].code.clone()).collect();
        Overload { of, code, unit, from: one.from, to: one.until, used, capacity, tasks }
    };
    all.groups(space, tasks).into_iter().map(told).collect()
}

/// What crews and places lack by dates, from `since` on.
pub fn lacking(sheet: &Sheet, input: &PlanInput, dates: &Dates, crews: &[Crew], needs: &[CrewNeed]) -> Vec<Overload> {
    let since = since(sheet);
    let mut all = overloads(sheet, dates, crews, needs, since);
    all.extend(place_overloads(sheet, input, dates, since));
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
                let reason = one.conflict.code.clone();
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
    let levelled = Dates::early(&after.schedule);
    let moved = (0..sheet.tasks.len()).filter(|&at| levelled.start[at] != planned.start[at]).count();
    Ok(Proposal {
        built,
        before: lacking(sheet, computed.network.input(), &planned, crews, needs),
        left: lacking(sheet, computed.network.input(), &levelled, crews, needs),
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

/// The tasks that wait for a crew or a place, not only for those before them.
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
    let wait = Wait { sheet, scarce, crews, dates, at, ready };
    let short = scarce.needs[at].iter().map(|need| wait.for_resource(need)).chain(wait.for_place());
    let worst = short.max_by_key(|(conflict, holder)| {
        let finish = holder.map_or(i64::MIN, |other| dates.finish[other]);
        (conflict.used > conflict.capacity, finish)
    });
    let (conflict, after) = worst.unwrap_or_else(|| wait.for_nothing());
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

/// A task that could begin at `ready` and waits.
struct Wait<'a> {
    sheet: &'a Sheet,
    scarce: &'a Scarce<'a>,
    crews: &'a [Crew],
    dates: &'a Dates,
    at: usize,
    ready: i64,
}

impl Wait<'_> {
    /// When it would end if it began at once, but no later than it really begins.
    fn until(&self) -> i64 {
        let (ready, start) = (self.ready, self.dates.start[self.at]);
        let calendar = self.scarce.network.calendar_of(self.at);
        calendar.add(ready, self.scarce.duration(self.at)).clamp(ready + 1, start.max(ready + 1))
    }

    fn overload(&self, of: Scarcity, code: String) -> Overload {
        let (from, to) = (self.ready, self.dates.start[self.at]);
        Overload { of, code, unit: None, from, to, used: 0, capacity: 0, tasks: Vec::new() }
    }

    fn for_nothing(&self) -> (Overload, Option<usize>) {
        (self.overload(Scarcity::Crew, String::new()), None)
    }

    /// Whether another task lets go while this one waits.
    fn frees(&self, other: usize) -> bool {
        self.dates.finish[other] > self.ready && self.dates.finish[other] <= self.dates.start[self.at]
    }

    fn later(&self, holder: Option<usize>, other: usize) -> Option<usize> {
        let later = holder.is_none_or(|best| self.dates.finish[other] > self.dates.finish[best]);
        if self.frees(other) && later { Some(other) } else { holder }
    }

    /// How a crew or a room would be used if the task began at once, and who of those holding it lets go last.
    fn for_resource(&self, need: &Need) -> (Overload, Option<usize>) {
        let (dates, from, until) = (self.dates, self.ready - need.pads.setup, self.until() + need.pads.clear);
        let room = need.resource.checked_sub(self.crews.len()).and_then(|at| self.scarce.ground.rooms.get(at));
        let mut conflict = match room {
            None => self.overload(Scarcity::Crew, self.crews[need.resource].code.clone()),
            Some(room) => {
                let code = self.sheet.space.tree.spot(room.place).code.clone();
                Overload { unit: Some(room.unit), ..self.overload(Scarcity::Room, code) }
            }
        };
        let (mut usage, mut holder) = (Usage::default(), None);
        for other in (0..dates.start.len()).filter(|&other| other != self.at) {
            let its = self.scarce.needs[other].iter().find(|its| its.resource == need.resource);
            let Some(its) = its else { continue };
            let (held, free) = (dates.start[other] - its.pads.setup, dates.finish[other] + its.pads.clear);
            if held < until && from < free {
                usage.take(held, free, its.units);
                conflict.tasks.push(self.sheet.tasks[other].code.clone());
            }
            holder = self.later(holder, other);
        }
        conflict.used = usage.peak(from, until) + need.units;
        conflict.capacity = self.scarce.capacity[need.resource];
        (conflict, holder)
    }

    /// Who would be in the way at a place if the task began at once, and who of them leaves last.
    fn for_place(&self) -> Option<(Overload, Option<usize>)> {
        let (mut holder, mut conflict) = (None, None);
        for met in self.scarce.ground.met(self.at, (self.ready, self.until()), self.dates) {
            let other = met.other as usize;
            let code = &self.sheet.space.tree.spot(met.place).code;
            let told = conflict.get_or_insert_with(|| self.overload(Scarcity::Place, code.clone()));
            if !told.tasks.contains(&self.sheet.tasks[other].code) {
                told.tasks.push(self.sheet.tasks[other].code.clone());
            }
            holder = self.later(holder, other);
        }
        let conflict: Overload = conflict?;
        let used = 1 + conflict.tasks.len() as i64;
        Some((Overload { used, capacity: 1, ..conflict }, holder))
    }
}
