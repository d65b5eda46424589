//! A computed plan that is changed in place: after an edit only what depends on it is computed again,
//! forward and backward, and the result is the same as a full recalculation.
//!
//! What is pulled from both sides (as late as possible, maximum lags) and what changes the shape of
//! the tree (kinds, summaries) is computed in full.

use super::calendar::Calendar;
use super::network::{Activity, Constraint, Kind, Link, Network, NetworkFault, PlanInput};
use super::schedule::{Conflict, Driver, Passes, Schedule, State};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// One edit of a plan.
#[derive(Debug, Clone)]
pub enum Change {
    /// The activity at this index becomes another; its code stays.
    Activity(u32, Activity),
    /// The link at this index becomes another.
    Link(u32, Link),
    /// A link is added at the end.
    AddLink(Link),
    /// The link at this index goes; those after it move up. Maximum lags keep their links.
    RemoveLink(u32),
}

/// How much was computed again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touched {
    /// Activities whose early dates were looked at.
    pub early: usize,
    /// Activities whose late dates were looked at.
    pub late: usize,
    /// Everything was computed.
    pub full: bool,
}

/// A plan with its dates, ready for edits.
#[derive(Debug, Clone)]
pub struct Live {
    net: Network,
    state: State,
    schedule: Schedule,
    /// Place of each activity in the order of computing.
    rank: Vec<u32>,
    /// Conflicts of each activity that has any.
    clashes: BTreeMap<u32, Vec<Conflict>>,
}

impl Live {
    /// Computes a plan in full.
    ///
    /// # Errors
    /// What [`Network::build`] refuses.
    pub fn new(input: PlanInput) -> Result<Live, Vec<NetworkFault>> {
        let net = Network::build(input)?;
        let mut live = Live {
            net,
            state: State::default(),
            schedule: Schedule::default(),
            rank: Vec::new(),
            clashes: BTreeMap::new(),
        };
        live.full();
        Ok(live)
    }

    /// The plan as it is.
    pub fn network(&self) -> &Network {
        &self.net
    }

    /// Its dates.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Makes edits and brings the dates up to date.
    ///
    /// # Errors
    /// Cycles and dangling links; the plan is then as it was.
    pub fn change(&mut self, changes: &[Change]) -> Result<Touched, Vec<NetworkFault>> {
        let was_plain = self.is_plain();
        // What may be refused is undone from a copy; a slip needs none.
        let backup = changes.iter().any(|one| self.may_be_refused(one)).then(|| self.net.input.activities.clone());
        let mut seeds = BTreeSet::new();
        let (mut shape, mut relink) = (false, None);
        for change in changes {
            match change {
                Change::Activity(at, new) => shape |= self.edit_activity(*at as usize, new, &mut seeds),
                _ => {
                    let input = relink.get_or_insert_with(|| self.net.input.clone());
                    edit_link(input, change, &mut seeds);
                }
            }
        }
        let rebuilt = match relink {
            Some(mut input) => {
                input.activities.clone_from(&self.net.input.activities);
                Some(Network::build(input))
            }
            None => shape.then(|| Network::build(self.net.input.clone())),
        };
        match rebuilt {
            Some(Ok(net)) => {
                let links = std::mem::replace(&mut self.net, net).input.links.len();
                self.follow_links(links, changes);
            }
            Some(Err(faults)) => {
                self.net.input.activities = backup.unwrap_or_default();
                return Err(faults);
            }
            None => {
                seeds.iter().for_each(|&at| self.net.relag(at as usize));
                self.net.recap();
            }
        }
        if shape || !was_plain || !self.is_plain() {
            self.full();
            return Ok(Touched { early: self.rank.len(), late: self.rank.len(), full: true });
        }
        Ok(self.cone(&seeds))
    }

    /// Links and the tree can close a ring; other edits cannot.
    fn may_be_refused(&self, change: &Change) -> bool {
        match change {
            Change::Activity(at, new) => {
                let old = self.net.input.activities.get(*at as usize);
                old.is_some_and(|old| old.parent != new.parent || old.kind != new.kind)
            }
            _ => true,
        }
    }

    /// Nothing is pulled from both sides.
    fn is_plain(&self) -> bool {
        self.net.caps.is_empty() && self.net.input.activities.iter().all(|one| one.constraint != Constraint::Alap)
    }

    fn full(&mut self) {
        self.rank = vec![0; self.net.order.len()];
        for (rank, &at) in self.net.order.iter().enumerate() {
            self.rank[at as usize] = rank as u32;
        }
        let mut passes = Passes::new(&self.net);
        passes.run();
        self.state = passes.s.clone();
        self.schedule = passes.schedule();
        self.clashes.clear();
        let passes = Passes { net: &self.net, s: std::mem::take(&mut self.state) };
        let mut found = Vec::new();
        for at in 0..passes.s.es.len() {
            passes.conflicts_of(at, &mut found);
            if !found.is_empty() {
                self.clashes.insert(at as u32, std::mem::take(&mut found));
            }
        }
        self.state = passes.s;
    }

    /// Puts an activity in place; true when the shape of the tree changes with it.
    fn edit_activity(&mut self, at: usize, new: &Activity, seeds: &mut BTreeSet<u32>) -> bool {
        let Some(old) = self.net.input.activities.get_mut(at) else { return false };
        let shape = old.parent != new.parent || (old.kind == Kind::Summary) != (new.kind == Kind::Summary);
        let code = std::mem::take(&mut old.code);
        *old = new.clone();
        old.code = code;
        seeds.insert(at as u32);
        shape
    }

    /// Rebuilt with other links: drivers and order follow.
    fn follow_links(&mut self, mut links: usize, changes: &[Change]) {
        for change in changes {
            links += usize::from(matches!(change, Change::AddLink(_)));
            let Change::RemoveLink(gone) = change else { continue };
            if (*gone as usize) >= links {
                continue;
            }
            links -= 1;
            for driver in &mut self.state.driver {
                if let Driver::Link(link) = driver
                    && *link > *gone
                {
                    *link -= 1;
                }
            }
            for conflict in self.clashes.values_mut().flatten() {
                if let Conflict::Link { link, .. } = conflict
                    && *link > *gone
                {
                    *link -= 1;
                }
            }
        }
        for (rank, &at) in self.net.order.iter().enumerate() {
            self.rank[at as usize] = rank as u32;
        }
    }

    /// Computes again what depends on the seeds.
    fn cone(&mut self, seeds: &BTreeSet<u32>) -> Touched {
        let mut passes = Passes { net: &self.net, s: std::mem::take(&mut self.state) };
        let old_target = self.net.input.finish.unwrap_or(self.schedule.finish);
        let early = forward(&mut passes, &self.rank, seeds);
        let target = passes.target();
        let mut moved = early.moved;
        let mut touched = Touched { early: early.looked, late: 0, full: false };
        let mut refloat: BTreeSet<u32> = seeds.clone();
        if target == old_target {
            let late = backward(&mut passes, &self.rank, target, seeds, &moved);
            touched.late = late.looked;
            refloat.extend(&late.moved);
            for &at in moved.iter().chain(seeds) {
                refloat.insert(at);
                refloat.extend(self.net.preds_of(at as usize).iter().map(|arc| arc.other));
            }
        } else {
            passes.backward(target);
            touched.late = self.rank.len();
            refloat.extend(0..self.rank.len() as u32);
        }
        let mut reclash: BTreeSet<u32> = seeds.clone();
        for &at in moved.iter().chain(seeds) {
            reclash.insert(at);
            reclash.extend(self.net.succs_of(at as usize).iter().map(|arc| arc.other));
        }
        moved.extend(&refloat);
        moved.extend(&reclash);
        let summaries = brackets(&self.net, &moved);
        for &at in &summaries {
            passes.summary(at as usize);
        }
        copy(&mut self.schedule, &passes.s, &moved, &summaries);
        self.schedule.finish = passes.finish();
        for &at in refloat.iter().chain(&summaries) {
            passes.float_of(at as usize, target, &mut self.schedule);
        }
        for &at in &summaries {
            passes.critical_summary(at as usize, &mut self.schedule);
        }
        for &at in &reclash {
            let mut found = Vec::new();
            passes.conflicts_of(at as usize, &mut found);
            match found.is_empty() {
                true => self.clashes.remove(&at),
                false => self.clashes.insert(at, found),
            };
        }
        self.schedule.conflicts = self.clashes.values().flatten().copied().collect();
        self.state = passes.s;
        touched
    }
}

/// Brings dates of the passes into the schedule, where they may have changed.
fn copy(schedule: &mut Schedule, s: &State, moved: &BTreeSet<u32>, summaries: &BTreeSet<u32>) {
    for &at in moved.iter().chain(summaries) {
        let at = at as usize;
        schedule.early_start[at] = s.es[at];
        schedule.early_finish[at] = s.ef[at];
        schedule.late_start[at] = s.ls[at];
        schedule.late_finish[at] = s.lf[at];
        schedule.logic_start[at] = s.logic[at];
    }
    // Drivers name links by index, and an index may move without a date moving.
    schedule.driver.clone_from(&s.driver);
}

/// What a cone looked at, and what of it moved.
struct Cone {
    looked: usize,
    moved: BTreeSet<u32>,
}

fn edit_link(input: &mut PlanInput, change: &Change, seeds: &mut BTreeSet<u32>) {
    match change {
        Change::Link(at, new) => {
            if let Some(old) = input.links.get_mut(*at as usize) {
                seeds.extend([old.from, old.to]);
                *old = *new;
                seeds.extend([new.from, new.to]);
            }
        }
        Change::AddLink(new) => {
            input.links.push(*new);
            seeds.extend([new.from, new.to]);
        }
        Change::RemoveLink(at) if (*at as usize) < input.links.len() => {
            let old = input.links.remove(*at as usize);
            seeds.extend([old.from, old.to]);
            input.max_lags.retain(|cap| cap.link != *at);
            for cap in input.max_lags.iter_mut().filter(|cap| cap.link > *at) {
                cap.link -= 1;
            }
        }
        Change::RemoveLink(_) | Change::Activity(..) => {}
    }
}

/// Leaves instead of summaries among the seeds.
fn leaves_of(net: &Network, seeds: &BTreeSet<u32>) -> Vec<u32> {
    let mut leaves = Vec::with_capacity(seeds.len());
    for &at in seeds {
        match net.is_bracket(at as usize) {
            true => leaves.extend(&net.leaves[at as usize]),
            false => leaves.push(at),
        }
    }
    leaves
}

fn forward(passes: &mut Passes<'_>, rank: &[u32], seeds: &BTreeSet<u32>) -> Cone {
    let mut open: BinaryHeap<std::cmp::Reverse<(u32, u32)>> = BinaryHeap::new();
    let mut queued = vec![false; rank.len()];
    let mut start = leaves_of(passes.net, seeds);
    // A lag may be a share of a duration: what follows an edited task is looked at in any case.
    let after: Vec<u32> =
        start.iter().flat_map(|&at| passes.net.succs_of(at as usize).iter().map(|arc| arc.other)).collect();
    start.extend(after);
    for at in start {
        if !std::mem::replace(&mut queued[at as usize], true) {
            open.push(std::cmp::Reverse((rank[at as usize], at)));
        }
    }
    let mut cone = Cone { looked: 0, moved: BTreeSet::new() };
    while let Some(std::cmp::Reverse((_, at))) = open.pop() {
        let slot = at as usize;
        cone.looked += 1;
        let dates = |s: &State| (s.es[slot], s.ef[slot], s.work_from[slot], s.logic[slot]);
        let (before, driver) = (dates(&passes.s), passes.s.driver[slot]);
        passes.early(slot);
        let after = dates(&passes.s);
        if before != after || driver != passes.s.driver[slot] {
            cone.moved.insert(at);
        }
        if (before.0, before.1, before.2) != (after.0, after.1, after.2) {
            for arc in passes.net.succs_of(slot) {
                if !std::mem::replace(&mut queued[arc.other as usize], true) {
                    open.push(std::cmp::Reverse((rank[arc.other as usize], arc.other)));
                }
            }
        }
    }
    cone
}

fn backward(passes: &mut Passes<'_>, rank: &[u32], target: i64, seeds: &BTreeSet<u32>, moved: &BTreeSet<u32>) -> Cone {
    let mut open: BinaryHeap<(u32, u32)> = BinaryHeap::new();
    let mut queued = vec![false; rank.len()];
    let mut start = leaves_of(passes.net, seeds);
    let before: Vec<u32> =
        start.iter().flat_map(|&at| passes.net.preds_of(at as usize).iter().map(|arc| arc.other)).collect();
    start.extend(before);
    // Pins and facts take their late dates from their early ones.
    start.extend(moved);
    for at in start {
        if !std::mem::replace(&mut queued[at as usize], true) {
            open.push((rank[at as usize], at));
        }
    }
    let mut cone = Cone { looked: 0, moved: BTreeSet::new() };
    while let Some((_, at)) = open.pop() {
        let slot = at as usize;
        cone.looked += 1;
        let before = (passes.s.ls[slot], passes.s.lf[slot]);
        passes.late(slot, target);
        if before == (passes.s.ls[slot], passes.s.lf[slot]) {
            continue;
        }
        cone.moved.insert(at);
        for arc in passes.net.preds_of(slot) {
            if !std::mem::replace(&mut queued[arc.other as usize], true) {
                open.push((rank[arc.other as usize], arc.other));
            }
        }
    }
    cone
}

/// The summaries above these activities.
fn brackets(net: &Network, below: &BTreeSet<u32>) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for &at in below {
        if net.is_bracket(at as usize) {
            found.insert(at);
        }
        let mut up = net.input.activities[at as usize].parent;
        while let Some(parent) = up
            && found.insert(parent)
        {
            up = net.input.activities[parent as usize].parent;
        }
    }
    found
}

/// Calendars are shared by every activity: a change of one is a change of the plan as a whole.
impl Live {
    /// Puts another calendar in place and computes in full.
    pub fn set_calendar(&mut self, index: u32, calendar: Calendar) {
        if let Some(slot) = self.net.input.calendars.get_mut(index as usize) {
            *slot = calendar;
            self.full();
        }
    }
}
