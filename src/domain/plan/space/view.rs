//! What pages show of places: one place, conflicts with their ways
//! out, how many places are established against plan. Plain values, made from a board.

use super::assess::{Assessment, Group};
use super::chart::counting;
use super::checklist::{CheckItem, Lack, PlaceCheck, check_list, is_checked};
use super::conflict::ConflictKind;
use super::mode::Mode;
use super::now::name;
use super::repair::{Offer, repairs};
use super::standing::{Standing, StateFact};
use super::state::PlaceState;
use super::tree::Spot;
use crate::plan::board::Board;
use crate::plan::task::{LinkOrigin, TaskLink, TaskState};
use crate::{Bilingual, PlaceId};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::HashMap;

/// A conflict as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictRow {
    /// The group.
    pub group: Group,
    /// Code and name of each task.
    pub tasks: Vec<(String, Bilingual)>,
    /// The places, by name.
    pub places: Vec<(PlaceId, Bilingual)>,
    /// Ways out: stable code and price.
    pub ways: Vec<(String, Offer)>,
}

impl ConflictRow {
    /// A group with its names, without ways out.
    pub fn of(board: &Board, group: &Group) -> ConflictRow {
        let (space, tasks) = (&board.sheet.space, &board.sheet.tasks);
        let task = |at: &u32| (tasks[*at as usize].code.clone(), tasks[*at as usize].name.clone());
        ConflictRow {
            tasks: group.tasks.iter().map(task).collect(),
            places: group.places.iter().map(|at| (space.tree.spot(*at).id, name(space, *at))).collect(),
            ways: Vec::new(),
            group: group.clone(),
        }
    }
}

/// The conflicts of a plan with their ways out; ways are looked for among the first `most` only.
pub fn conflict_rows(board: &Board, assessment: &Assessment, most: usize) -> Vec<ConflictRow> {
    let (space, tasks) = (&board.sheet.space, &board.sheet.tasks);
    let groups = assessment.groups(space, tasks);
    let row = |(at, group): (usize, Group)| {
        let offers =
            if at < most { repairs(space, tasks, assessment, &board.computed.schedule, &group) } else { Vec::new() };
        let ways = offers.into_iter().map(|offer| (offer.repair.code(space, tasks), offer)).collect();
        ConflictRow { ways, ..ConflictRow::of(board, &group) }
    };
    groups.into_iter().enumerate().map(row).collect()
}

/// A reservation on the page of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    /// Code of the task.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// How it uses the place.
    pub mode: Mode,
    /// Quantity in hundredths, and its unit.
    pub quantity: (i64, super::mode::Unit),
    /// From when on the place is taken, and until when.
    pub taken: (i64, i64),
    /// State it needs.
    pub needs: Option<PlaceState>,
    /// State it brings.
    pub produces: Option<PlaceState>,
    /// The worst conflict it is in here.
    pub conflict: Option<ConflictKind>,
}

/// One place with everything about it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceView {
    /// The place.
    pub spot: Spot,
    /// Names of the places around it, the outermost first.
    pub above: Vec<(PlaceId, Bilingual)>,
    /// What holds now.
    pub standing: Standing,
    /// The latest state that counts.
    pub state: Option<PlaceState>,
    /// Why it is not established; nothing when it is. `None` for kinds without a check list.
    pub lacks: Option<Vec<Lack>>,
    /// Lines of its check list with the latest answer.
    pub checks: Vec<(&'static CheckItem, Option<PlaceCheck>)>,
    /// States on record, the latest first.
    pub facts: Vec<StateFact>,
    /// Tasks here, by time.
    pub bookings: Vec<Booking>,
    /// Over which places it is reached.
    pub over: Vec<(PlaceId, Bilingual, String)>,
}

/// Everything about one place of the plan.
pub fn place_view(board: &Board, assessment: &Assessment, place: PlaceId, now: DateTime<Utc>) -> Option<PlaceView> {
    let space = &board.sheet.space;
    let at = space.tree.find(place)?;
    let spot = space.tree.spot(at).clone();
    let standing = space.standing(at, now);
    let answers = space.checks_of(at);
    let latest = |item: &CheckItem| {
        let of_item = answers.iter().filter(|answer| answer.item == item.code);
        of_item.max_by_key(|answer| (answer.at, answer.id)).map(|answer| (*answer).clone())
    };
    let mut above: Vec<(PlaceId, Bilingual)> =
        space.tree.above(at).map(|up| (space.tree.spot(up).id, name(space, up))).collect();
    above.reverse();
    let mut facts: Vec<StateFact> = space.facts_of(at).into_iter().cloned().collect();
    facts.reverse();
    let over = space.tree.reached_over(at).iter();
    Some(PlaceView {
        above,
        state: counting(&standing),
        lacks: is_checked(spot.kind).then(|| space.established(place, now)),
        checks: check_list(spot.kind).map(|item| (item, latest(item))).collect(),
        facts,
        bookings: bookings(board, assessment, at),
        over: over.map(|up| (space.tree.spot(*up).id, name(space, *up), space.tree.spot(*up).code.clone())).collect(),
        standing,
        spot,
    })
}

fn bookings(board: &Board, assessment: &Assessment, at: u32) -> Vec<Booking> {
    let space = &board.sheet.space;
    let mut worst: HashMap<u32, ConflictKind> = HashMap::new();
    for one in assessment.conflicts.iter().filter(|one| space.tree.related(one.place, at)) {
        for party in &one.parties {
            let slot = worst.entry(*party).or_insert(one.kind);
            *slot = (*slot).min(one.kind);
        }
    }
    let here = assessment.reservations.iter().enumerate().filter(|(_, one)| one.demand.place == at);
    let booking = |(position, one): (usize, &super::demand::Reservation)| {
        let row = &board.rows[one.demand.task as usize];
        let requirement = &space.requirements[one.demand.requirement as usize];
        Booking {
            code: row.code.clone(),
            name: row.name.clone(),
            state: row.state,
            mode: one.demand.mode,
            quantity: (one.demand.quantity, one.demand.unit),
            taken: (one.from, one.until),
            needs: requirement.needs,
            produces: requirement.produces,
            conflict: worst.get(&(position as u32)).copied(),
        }
    };
    let mut all: Vec<Booking> = here.map(booking).collect();
    all.sort_by(|a, b| (a.taken, &a.code).cmp(&(b.taken, &b.code)));
    all
}

/// How many places of a kind are established, against how many should be by a day of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Established {
    /// Places that must be.
    pub places: u32,
    /// Places that are.
    pub now: u32,
    /// Places that should be by now.
    pub planned: u32,
}

/// Places with a check list: how many are established now, and how many the plan wanted so by now.
/// What the plan wants is what some task brings; places nobody brings there are not counted.
pub fn established(board: &Board, now: DateTime<Utc>) -> Established {
    let (space, tasks) = (&board.sheet.space, &board.sheet.tasks);
    let mut wanted: HashMap<u32, bool> = HashMap::new();
    for demand in space.demands(tasks) {
        if space.requirements[demand.requirement as usize].produces == Some(PlaceState::Established) {
            let due = tasks[demand.task as usize].dates.early_finish <= now;
            *wanted.entry(demand.place).or_default() |= due;
        }
    }
    let holds = |at: &u32| space.standing(*at, now).states.has(PlaceState::Established);
    Established {
        places: wanted.len() as u32,
        now: wanted.keys().filter(|at| holds(at)).count() as u32,
        planned: wanted.values().filter(|due| **due).count() as u32,
    }
}

/// Soft and derived links with the codes of their tasks.
pub fn links(board: &Board, origin: LinkOrigin) -> Vec<(TaskLink, String, String)> {
    let code = |task| board.sheet.position(task).map(|at| board.sheet.tasks[at].code.clone()).unwrap_or_default();
    let of_origin = board.sheet.links.iter().filter(|link| link.origin == origin);
    of_origin.map(|link| (link.clone(), code(link.from), code(link.to))).collect()
}
