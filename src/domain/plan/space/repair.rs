//! The cheapest ways out of a conflict: wait within free float, put the two in order, go to another
//! place of the kind, keep to the zones that are free. Nothing is changed here.

use super::assess::{Assessment, Group};
use super::conflict::{Conflict, ConflictKind, Detail, Missing};
use super::demand::Reservation;
use super::mode::Mode;
use super::standing::Space;
use crate::plan::schedule::Schedule;
use crate::plan::task::Task;
use crate::venue::PlaceKind;

/// Other places looked at for one conflict.
const LOOKED_AT: usize = 60;
/// Ways out that are offered.
const OFFERED: usize = 4;

/// One way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// A task begins later, within what it can wait without moving anything else.
    Shift {
        /// Who.
        task: u32,
        /// New start.
        start: i64,
        /// Minutes later.
        by: i64,
    },
    /// A soft link: one after the other.
    Order {
        /// First.
        first: u32,
        /// Then.
        second: u32,
        /// Minutes between: clear-out and set-up.
        lag: i64,
        /// Minutes by which the second moves.
        by: i64,
    },
    /// Another place of the kind, free at that time.
    Elsewhere {
        /// Position of the requirement.
        requirement: u32,
        /// Who.
        task: u32,
        /// Where it is now.
        from: u32,
        /// Where it could be.
        to: u32,
    },
    /// Instead of the whole place only its zones that are free.
    Narrow {
        /// Position of the requirement.
        requirement: u32,
        /// Who.
        task: u32,
        /// The zones.
        to: Vec<u32>,
    },
}

/// A way out with its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The way out.
    pub repair: Repair,
    /// Minutes by which anything beyond the task itself may have to move.
    pub cost: i64,
}

impl Repair {
    /// Stable spelling while the plan stands as it is, for forms and the API.
    pub fn code(&self, space: &Space, tasks: &[Task]) -> String {
        let task = |at: &u32| tasks[*at as usize].code.as_str();
        match self {
            Repair::Shift { task: at, by, .. } => format!("shift:{}:{by}", task(at)),
            Repair::Order { first, second, lag, .. } => format!("order:{}:{}:{lag}", task(first), task(second)),
            Repair::Elsewhere { requirement, from, to, .. } => {
                let id = space.requirements[*requirement as usize].id;
                format!("elsewhere:{id}:{}:{}", space.tree.spot(*from).code, space.tree.spot(*to).code)
            }
            Repair::Narrow { requirement, to, .. } => {
                let zones: Vec<&str> = to.iter().map(|at| space.tree.spot(*at).code.as_str()).collect();
                format!("narrow:{}:{}", space.requirements[*requirement as usize].id, zones.join("+"))
            }
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Repair::Shift { .. } => 0,
            Repair::Elsewhere { .. } => 1,
            Repair::Narrow { .. } => 2,
            Repair::Order { .. } => 3,
        }
    }
}

/// The ways out of a group of conflicts, the cheapest first.
pub fn repairs(
    space: &Space,
    tasks: &[Task],
    assessment: &Assessment,
    schedule: &Schedule,
    group: &Group,
) -> Vec<Offer> {
    let ways = Ways { space, tasks, assessment, schedule };
    let mut offers = Vec::new();
    let all: Vec<&Conflict> = group.conflicts.iter().map(|at| &assessment.conflicts[*at as usize]).collect();
    match group.detail {
        Detail::State { why, .. } => ways.of_state(&all, why, &mut offers),
        Detail::Load { .. } => ways.of_load(&all, &mut offers),
        Detail::Pair => {
            if let [first, second] = group.tasks[..] {
                ways.apart(&all, first, second, &mut offers);
                ways.apart(&all, second, first, &mut offers);
            }
        }
    }
    if group.kind != ConflictKind::State {
        ways.elsewhere(&all, &mut offers);
        ways.narrow(&all, &mut offers);
    }
    offers.sort_by_key(|one| (one.cost, one.repair.rank(), minutes(&one.repair)));
    offers.dedup();
    offers.truncate(OFFERED);
    offers
}

fn minutes(repair: &Repair) -> i64 {
    match repair {
        Repair::Shift { by, .. } | Repair::Order { by, .. } => *by,
        _ => 0,
    }
}

struct Ways<'a> {
    space: &'a Space,
    tasks: &'a [Task],
    assessment: &'a Assessment,
    schedule: &'a Schedule,
}

impl Ways<'_> {
    fn reservation(&self, at: u32) -> &Reservation {
        &self.assessment.reservations[at as usize]
    }

    /// Has not begun, so that its dates are still a matter of planning.
    fn ahead(&self, task: u32) -> bool {
        self.tasks[task as usize].state.is_ahead()
    }

    /// A person has not fixed its date.
    fn free_to_wait(&self, task: u32) -> bool {
        matches!(self.tasks[task as usize].constraint.as_str(), "asap" | "snet")
    }

    /// The second waits for the first, by date where float allows and by link in any case.
    fn apart(&self, all: &[&Conflict], first: u32, second: u32, offers: &mut Vec<Offer>) {
        let (mut by, mut lag) = (0, 0);
        for one in all {
            let of = |task: u32| one.parties.iter().map(|at| self.reservation(*at)).find(|r| r.demand.task == task);
            if let (Some(a), Some(b)) = (of(first), of(second)) {
                by = by.max(a.until - b.from);
                lag = lag.max(a.demand.clear + b.demand.setup);
            }
        }
        self.wait(first, second, by, lag, offers);
    }

    fn wait(&self, first: u32, second: u32, by: i64, lag: i64, offers: &mut Vec<Offer>) {
        if by <= 0 || !self.ahead(second) || self.assessment.order.before(second, first) {
            return;
        }
        let free = self.schedule.free_float[second as usize].max(0);
        if by <= free && self.free_to_wait(second) {
            let start = self.schedule.early_start[second as usize] + by;
            offers.push(Offer { repair: Repair::Shift { task: second, start, by }, cost: 0 });
        }
        if self.free_to_wait(second) {
            let repair = Repair::Order { first, second, lag, by };
            offers.push(Offer { repair, cost: (by - free).max(0) });
        }
    }

    fn of_state(&self, all: &[&Conflict], why: Missing, offers: &mut Vec<Offer>) {
        let Some(one) = all.first() else { return };
        let [need, other] = one.parties[..] else { return };
        let (need, other) = (self.reservation(need), self.reservation(other));
        let lead = self.space.requirements[other.demand.requirement as usize].lead;
        let (first, second) = match why {
            Missing::Late => (other, need),
            _ => (need, other),
        };
        let lag = if why == Missing::Late { lead } else { 0 };
        self.wait(first.demand.task, second.demand.task, first.finish + lag - second.start, lag, offers);
    }

    /// Whoever can wait until the overrun is over, waits; or follows the first that is through.
    fn of_load(&self, all: &[&Conflict], offers: &mut Vec<Offer>) {
        for one in all.iter().take(4) {
            let through = one.parties.iter().min_by_key(|at| (self.reservation(**at).until, **at));
            for at in &one.parties {
                let waiting = self.reservation(*at);
                let Some(first) = through.map(|at| self.reservation(*at)) else { continue };
                if first.demand.task != waiting.demand.task {
                    let lag = first.demand.clear + waiting.demand.setup;
                    self.wait(first.demand.task, waiting.demand.task, first.until - waiting.from, lag, offers);
                }
            }
        }
    }

    /// Another place of the kind that is free the whole time. Stands belong to their exhibitors.
    fn elsewhere(&self, all: &[&Conflict], offers: &mut Vec<Offer>) {
        let mut seen = Vec::new();
        for at in all.iter().flat_map(|one| one.parties.iter().copied()) {
            let mine = self.reservation(at);
            let requirement = &self.space.requirements[mine.demand.requirement as usize];
            let spot = self.space.tree.spot(mine.demand.place);
            let bound = matches!(spot.kind, PlaceKind::Stand | PlaceKind::Venue | PlaceKind::Aisle);
            if requirement.each.is_some()
                || bound
                || !self.ahead(mine.demand.task)
                || seen.contains(&mine.demand.requirement)
            {
                continue;
            }
            seen.push(mine.demand.requirement);
            let near = self.space.tree.parent(mine.demand.place);
            let mut others: Vec<u32> =
                self.space.tree.of_kind(None, spot.kind).filter(|place| *place != mine.demand.place).collect();
            others.sort_by_key(|place| (self.space.tree.parent(*place) != near, *place));
            if let Some(to) = others.into_iter().take(LOOKED_AT).find(|place| self.fits(at, *place)) {
                let (requirement, task, from) = (mine.demand.requirement, mine.demand.task, mine.demand.place);
                offers.push(Offer { repair: Repair::Elsewhere { requirement, task, from, to }, cost: 0 });
            }
        }
    }

    /// A task that takes a whole place keeps to the zones in which the other is not.
    fn narrow(&self, all: &[&Conflict], offers: &mut Vec<Offer>) {
        let mut seen = Vec::new();
        for at in all.iter().flat_map(|one| one.parties.iter().copied()) {
            let mine = self.reservation(at);
            let (place, requirement) = (mine.demand.place, mine.demand.requirement);
            let single = self.space.requirements[requirement as usize].each.is_none();
            if !single || seen.contains(&requirement) || !self.ahead(mine.demand.task) {
                continue;
            }
            seen.push(requirement);
            let inside = self.space.tree.of_kind(Some(place), PlaceKind::Zone);
            let zones: Vec<u32> = inside.filter(|zone| self.space.tree.parent(*zone) == Some(place)).collect();
            let free: Vec<u32> = zones.iter().copied().filter(|zone| self.fits(at, *zone)).collect();
            if !free.is_empty() && free.len() < zones.len() {
                let task = mine.demand.task;
                offers.push(Offer { repair: Repair::Narrow { requirement, task, to: free }, cost: 0 });
            }
        }
    }

    /// Whether a reservation could be at another place at its time.
    fn fits(&self, at: u32, place: u32) -> bool {
        let tree = &self.space.tree;
        let mine = self.reservation(at);
        let apart = |other: &Reservation| {
            other.demand.task != mine.demand.task
                && !self.assessment.order.ordered(other.demand.task, mine.demand.task)
                && mine.overlap(other).is_some()
        };
        let beside: Vec<&Reservation> = self.assessment.reservations.iter().filter(|other| apart(other)).collect();
        let clash = beside.iter().any(|other| {
            tree.related(place, other.demand.place)
                && mine.demand.mode.against(other.demand.mode, place != other.demand.place).is_some()
        });
        if clash {
            return false;
        }
        if mine.demand.mode != Mode::Shared || mine.demand.quantity == 0 {
            return true;
        }
        std::iter::once(place).chain(tree.above(place)).all(|here| {
            let Some(capacity) = tree.capacity(here, mine.demand.unit) else { return true };
            let counts = |other: &&&Reservation| {
                let same = other.demand.mode == Mode::Shared && other.demand.unit == mine.demand.unit;
                same && mine.demand.unit.sums() && tree.holds(here, other.demand.place)
            };
            let taken: i64 = beside.iter().filter(counts).map(|other| other.demand.quantity).sum();
            taken + mine.demand.quantity <= capacity
        })
    }
}
