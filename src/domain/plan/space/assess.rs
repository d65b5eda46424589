//! A plan and its places put together: every demand, every reservation, every conflict, grouped so
//! that a person reads one line and not six hundred.

use super::conflict::{Conflict, ConflictKind, Detail, conflicts};
use super::demand::{Demand, Reservation};
use super::order::Order;
use super::rule::SpaceFault;
use super::standing::Space;
use super::timeline::{Moment, unmet_states};
use crate::plan::axis;
use crate::plan::network::{Kind, PlanInput};
use crate::plan::schedule::Schedule;
use crate::plan::task::{Task, TaskState};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Everything that is wrong between a plan and its places.
#[derive(Debug, Clone, Default)]
pub struct Assessment {
    /// What every open task takes, when.
    pub reservations: Vec<Reservation>,
    /// Which task comes before which.
    pub order: Order,
    /// Conflicts, the worst first.
    pub conflicts: Vec<Conflict>,
    /// States nobody brings.
    pub faults: Vec<SpaceFault>,
}

/// Conflicts of the same tasks in the same way, at any number of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Stable name while the plan stands as it is: `exclusive:B06:B08`.
    pub key: String,
    /// What is wrong.
    pub kind: ConflictKind,
    /// Positions of the tasks, in the order of the conflict's parties.
    pub tasks: Vec<u32>,
    /// Positions of the places where it happens.
    pub places: Vec<u32>,
    /// From when.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// More: of the worst of them.
    pub detail: Detail,
    /// Positions in [`Assessment::conflicts`].
    pub conflicts: Vec<u32>,
}

impl Space {
    /// What tasks ask of places, in plan order; nothing for summaries and for what is called off.
    pub fn demands(&self, tasks: &[Task]) -> Vec<Demand> {
        let index: std::collections::HashMap<_, u32> =
            tasks.iter().enumerate().map(|(at, task)| (task.id, at as u32)).collect();
        let mut demands = Vec::new();
        for (at, one) in self.requirements.iter().enumerate() {
            let Some(&position) = index.get(&one.task) else { continue };
            let task = &tasks[position as usize];
            if task.kind == Kind::Summary || matches!(task.state, TaskState::Cancelled | TaskState::Waived) {
                continue;
            }
            demands.extend(self.places_of(one, task.place).into_iter().map(|place| Demand {
                task: position,
                requirement: at as u32,
                place,
                mode: one.mode,
                quantity: one.quantity,
                unit: one.unit,
                setup: one.setup,
                clear: one.clear,
            }));
        }
        demands.sort_by_key(|one| (one.task, one.requirement, one.place));
        demands
    }
}

/// Lays the open tasks' demands at their computed dates and lists what stands against what.
pub fn assess(
    space: &Space,
    tasks: &[Task],
    input: &PlanInput,
    schedule: &Schedule,
    now: DateTime<Utc>,
    zone: Tz,
) -> Assessment {
    let demands = space.demands(tasks);
    let open = |one: &&Demand| !tasks[one.task as usize].state.is_closed();
    let laid = demands.iter().filter(open).map(|one| {
        let at = one.task as usize;
        one.at(schedule.early_start[at], schedule.early_finish[at])
    });
    let reservations: Vec<Reservation> = laid.collect();
    let order = Order::of(input, reservations.iter().map(|one| one.demand.task));
    let (mut all, faults) = unmet_states(space, tasks, &reservations, &order, &Moment { now, zone });
    // Work that is through takes no place any more, though its state is still to be signed.
    let using: Vec<u32> = (0..reservations.len() as u32)
        .filter(|at| !tasks[reservations[*at as usize].demand.task as usize].state.is_done())
        .collect();
    let subset: Vec<Reservation> = using.iter().map(|at| reservations[*at as usize]).collect();
    for mut one in conflicts(&space.tree, &subset, &order) {
        for party in &mut one.parties {
            *party = using[*party as usize];
        }
        all.push(one);
    }
    let minute = axis::minute_at(now, zone);
    all.retain(|one| one.until > minute);
    all.sort_by(|a, b| (a.kind, a.from, a.place, &a.parties).cmp(&(b.kind, b.from, b.place, &b.parties)));
    Assessment { reservations, order, conflicts: all, faults }
}

impl Assessment {
    /// Positions of the tasks of a conflict, each once.
    pub fn tasks_of(&self, conflict: &Conflict) -> Vec<u32> {
        let mut tasks = Vec::new();
        for party in &conflict.parties {
            let task = self.reservations[*party as usize].demand.task;
            if !tasks.contains(&task) {
                tasks.push(task);
            }
        }
        tasks
    }

    /// The conflicts in groups, the worst first.
    pub fn groups(&self, space: &Space, tasks: &[Task]) -> Vec<Group> {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (at, one) in self.conflicts.iter().enumerate() {
            let parties = self.tasks_of(one);
            let key = key(space, tasks, one, &parties);
            let group = groups.entry(key.clone()).or_insert_with(|| Group {
                key,
                kind: one.kind,
                tasks: parties.clone(),
                places: Vec::new(),
                from: one.from,
                until: one.until,
                detail: one.detail,
                conflicts: Vec::new(),
            });
            if !group.places.contains(&one.place) {
                group.places.push(one.place);
            }
            (group.from, group.until) = (group.from.min(one.from), group.until.max(one.until));
            if let (Detail::Load { load, .. }, Detail::Load { load: more, .. }) = (group.detail, one.detail)
                && more > load
            {
                (group.detail, group.tasks) = (one.detail, parties);
            }
            group.conflicts.push(at as u32);
        }
        let mut groups: Vec<Group> = groups.into_values().collect();
        groups.sort_by(|a, b| (a.kind, a.from, &a.key).cmp(&(b.kind, b.from, &b.key)));
        groups
    }
}

/// With more tasks than this an overrun is the place's and not theirs.
const FEW: usize = 3;

/// A conflict belongs to its tasks; a crowd at a place to the place.
fn key(space: &Space, tasks: &[Task], one: &Conflict, parties: &[u32]) -> String {
    let mut parts = vec![one.kind.code().to_owned()];
    match one.detail {
        Detail::Load { unit, .. } => {
            parts.push(unit.code().to_owned());
            if parties.len() > FEW {
                parts.push(space.tree.spot(one.place).code.clone());
            } else {
                let mut codes: Vec<String> = parties.iter().map(|at| tasks[*at as usize].code.clone()).collect();
                codes.sort();
                parts.extend(codes);
            }
        }
        Detail::State { state, why } => {
            parts.extend([state.code().to_owned(), why.code().to_owned()]);
            parts.extend(parties.iter().map(|at| tasks[*at as usize].code.clone()));
        }
        Detail::Pair => {
            let mut codes: Vec<String> = parties.iter().map(|at| tasks[*at as usize].code.clone()).collect();
            if one.kind != ConflictKind::Access {
                codes.sort();
            }
            parts.extend(codes);
        }
    }
    parts.join(":")
}
