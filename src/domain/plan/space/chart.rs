//! The chart of places over time: a row for each place, its states as bands, its tasks as bars in lanes.

use super::assess::Assessment;
use super::conflict::ConflictKind;
use super::mode::Mode;
use super::now::name;
use super::standing::Standing;
use super::state::PlaceState;
use super::timeline::Plans;
use crate::plan::axis;
use crate::plan::board::Board;
use crate::plan::task::TaskState;
use crate::{Bilingual, PlaceId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Lanes of one row; what is more is drawn into the last.
pub const LANES: u8 = 5;

/// What of the chart is shown, as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChartFilter {
    /// Code of a hall or another place right under the venue.
    pub hall: String,
    /// Kind of place.
    pub kind: String,
    /// `hours`, `days`, `weeks`.
    pub zoom: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Codes of the places that are unfolded; `all` unfolds everything.
    pub open: Vec<String>,
    /// `table` for words instead of the picture.
    pub view: String,
}

impl ChartFilter {
    /// The filter as pairs of an address.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let own = [
            ("hall", self.hall.as_str()),
            ("kind", &self.kind),
            ("zoom", &self.zoom),
            ("from", &self.from),
            ("view", &self.view),
        ];
        let mut pairs: Vec<(&str, &str)> = own.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        pairs.extend(self.open.iter().map(|code| ("open", code.as_str())));
        pairs
    }

    /// The same with a place folded or unfolded.
    #[must_use]
    pub fn toggled(&self, code: &str) -> Self {
        let mut new = self.clone();
        match new.open.iter().position(|open| open == code) {
            Some(at) => drop(new.open.remove(at)),
            None => new.open.push(code.to_owned()),
        }
        new
    }
}

/// A stretch of a state: known, or planned by a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The state.
    pub state: PlaceState,
    /// From when.
    pub from: i64,
    /// Until when.
    pub until: i64,
    /// Not yet a fact.
    pub planned: bool,
}

/// A task at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Code of the task.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub state: TaskState,
    /// How it uses the place.
    pub mode: Mode,
    /// From when on the place is taken, and until when.
    pub taken: (i64, i64),
    /// When the task itself begins and ends.
    pub work: (i64, i64),
    /// Which lane of the row.
    pub lane: u8,
    /// The worst conflict it is in here.
    pub conflict: Option<ConflictKind>,
    /// At how many places inside; 0 for the place itself.
    pub inside: u32,
}

/// A row: one place.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartRow {
    /// The place.
    pub place: PlaceId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// What it is.
    pub kind: crate::venue::PlaceKind,
    /// How deep it lies in what is shown.
    pub depth: usize,
    /// Places directly in it.
    pub children: u32,
    /// What lies in it is shown.
    pub open: bool,
    /// The latest state that counts.
    pub state: Option<PlaceState>,
    /// Closed for the time being.
    pub closed: bool,
    /// States over time.
    pub bands: Vec<Band>,
    /// Tasks over time.
    pub bars: Vec<Bar>,
    /// Lanes the bars need, at least one.
    pub lanes: u8,
    /// Conflicts at the place, or folded away in it.
    pub conflicts: u32,
}

/// The chart of places over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Rows, depth first.
    pub rows: Vec<ChartRow>,
    /// First and last minute of what is known.
    pub span: (i64, i64),
    /// Now.
    pub now: i64,
    /// Codes and names of the places right under the venue.
    pub quarters: Vec<(String, Bilingual)>,
    /// Conflicts in the plan.
    pub conflicts: u32,
    /// Places closed for the time being; those closed with what they lie in are not counted.
    pub closed: u32,
}

impl Chart {
    /// The chart of a plan.
    pub fn of(board: &Board, assessment: &Assessment, filter: &ChartFilter, now: DateTime<Utc>) -> Chart {
        let maker = Maker::new(board, assessment, now);
        let tree = &board.sheet.space.tree;
        let tops: Vec<u32> =
            (0..tree.len() as u32).filter(|at| tree.quarter(*at) == *at && !maker.is_root(*at)).collect();
        let mut rows = Vec::new();
        for at in 0..tree.len() as u32 {
            if let Some(depth) = maker.shown(at, filter) {
                rows.push(maker.row(at, depth, filter));
            }
        }
        let ends = assessment.reservations.iter();
        let span = ends.fold((maker.now, maker.now), |(a, b), one| (a.min(one.from), b.max(one.until)));
        let quarter = |at: u32| (tree.spot(at).code.clone(), name(&board.sheet.space, at));
        let conflicts = assessment.groups(&board.sheet.space, &board.sheet.tasks).len() as u32;
        let open = |fact: &&super::standing::StateFact| {
            fact.state == PlaceState::Suspended && fact.at <= now && fact.ended_at.is_none()
        };
        let closed = board.sheet.space.facts().iter().filter(open).count() as u32;
        let quarters = tops.into_iter().map(quarter).collect();
        Chart { rows, span, now: maker.now, quarters, conflicts, closed }
    }
}

struct Maker<'a> {
    board: &'a Board,
    assessment: &'a Assessment,
    instant: DateTime<Utc>,
    now: i64,
    /// Reservations by place.
    at: HashMap<u32, Vec<u32>>,
    /// Worst conflict by reservation.
    worst: HashMap<u32, ConflictKind>,
    /// Conflicts by place.
    hurt: HashMap<u32, u32>,
    plans: Plans,
}

impl<'a> Maker<'a> {
    fn new(board: &'a Board, assessment: &'a Assessment, instant: DateTime<Utc>) -> Maker<'a> {
        let mut at: HashMap<u32, Vec<u32>> = HashMap::new();
        for (position, one) in assessment.reservations.iter().enumerate() {
            at.entry(one.demand.place).or_default().push(position as u32);
        }
        let (mut worst, mut hurt) = (HashMap::new(), HashMap::new());
        for one in &assessment.conflicts {
            *hurt.entry(one.place).or_default() += 1;
            for party in &one.parties {
                let slot = worst.entry(*party).or_insert(one.kind);
                *slot = (*slot).min(one.kind);
            }
        }
        let plans = Plans::of(&board.sheet.space, &assessment.reservations);
        let now = axis::minute_at(instant, board.sheet.zone);
        Maker { board, assessment, instant, now, at, worst, hurt, plans }
    }

    /// The venue itself is the page, not a row to unfold.
    fn is_root(&self, at: u32) -> bool {
        let tree = &self.board.sheet.space.tree;
        tree.parent(at).is_none() && tree.spot(at).kind == crate::venue::PlaceKind::Venue
    }

    fn is_open(&self, at: u32, filter: &ChartFilter) -> bool {
        let code = &self.board.sheet.space.tree.spot(at).code;
        self.is_root(at) || filter.open.iter().any(|open| open == code || open == "all") || filter.hall == *code
    }

    /// How deep a place is shown, if it is.
    fn shown(&self, at: u32, filter: &ChartFilter) -> Option<usize> {
        let tree = &self.board.sheet.space.tree;
        let spot = tree.spot(at);
        if !filter.hall.is_empty() && tree.spot(tree.quarter(at)).code != filter.hall {
            return None;
        }
        if !filter.kind.is_empty() {
            return (spot.kind.code() == filter.kind).then_some(0);
        }
        let above: Vec<u32> = tree.above(at).collect();
        above.iter().all(|up| self.is_open(*up, filter)).then(|| above.iter().filter(|up| !self.is_root(**up)).count())
    }

    fn row(&self, at: u32, depth: usize, filter: &ChartFilter) -> ChartRow {
        let (space, tree) = (&self.board.sheet.space, &self.board.sheet.space.tree);
        let spot = tree.spot(at);
        let inside = at + 1..tree.end(at);
        let children = inside.clone().filter(|child| tree.parent(*child) == Some(at)).count() as u32;
        let open = self.is_open(at, filter) && filter.kind.is_empty();
        let folded = !open && children > 0 && !self.is_root(at);
        let mut bars = self.own_bars(at);
        let mut conflicts = self.hurt.get(&at).copied().unwrap_or(0);
        if folded {
            bars.extend(self.inner_bars(inside.clone()));
            conflicts += inside.map(|child| self.hurt.get(&child).copied().unwrap_or(0)).sum::<u32>();
        }
        let lanes = lay(&mut bars);
        let standing = space.standing(at, self.instant);
        ChartRow {
            place: spot.id,
            code: spot.code.clone(),
            name: name(space, at),
            kind: spot.kind,
            depth,
            children: if self.is_root(at) { 0 } else { children },
            open,
            state: counting(&standing),
            closed: standing.suspended.is_some(),
            bands: self.bands(at),
            bars,
            lanes,
            conflicts,
        }
    }

    fn bar(&self, reservation: u32) -> Bar {
        let one = &self.assessment.reservations[reservation as usize];
        let row = &self.board.rows[one.demand.task as usize];
        Bar {
            code: row.code.clone(),
            name: row.name.clone(),
            state: row.state,
            mode: one.demand.mode,
            taken: (one.from, one.until),
            work: (one.start, one.finish),
            lane: 0,
            conflict: self.worst.get(&reservation).copied(),
            inside: 0,
        }
    }

    fn own_bars(&self, at: u32) -> Vec<Bar> {
        let mut bars: Vec<Bar> = self.at.get(&at).into_iter().flatten().map(|one| self.bar(*one)).collect();
        bars.retain(|bar| bar.taken.0 < bar.taken.1);
        bars
    }

    /// One bar for each task and mode at places folded away.
    fn inner_bars(&self, inside: std::ops::Range<u32>) -> Vec<Bar> {
        let mut bars: Vec<Bar> = Vec::new();
        let mut index: HashMap<(u32, Mode), usize> = HashMap::new();
        for reservation in inside.filter_map(|place| self.at.get(&place)).flatten() {
            let demand = &self.assessment.reservations[*reservation as usize].demand;
            let bar = self.bar(*reservation);
            if bar.taken.0 >= bar.taken.1 {
                continue;
            }
            let slot = *index.entry((demand.task, demand.mode)).or_insert_with(|| {
                bars.push(bar.clone());
                bars.len() - 1
            });
            let merged = &mut bars[slot];
            merged.inside += 1;
            merged.taken = (merged.taken.0.min(bar.taken.0), merged.taken.1.max(bar.taken.1));
            merged.work = (merged.work.0.min(bar.work.0), merged.work.1.max(bar.work.1));
            merged.conflict = [merged.conflict, bar.conflict].into_iter().flatten().min();
        }
        bars
    }

    /// States on record until now, planned ones after it.
    fn bands(&self, at: u32) -> Vec<Band> {
        let minute = |instant: DateTime<Utc>| axis::minute_at(instant, self.board.sheet.zone);
        let mut bands: Vec<Band> = Vec::new();
        let mut push = |state: PlaceState, from: i64, planned: bool, until: Option<i64>| {
            if let Some(last) = bands.last_mut().filter(|last| last.until > from) {
                last.until = from;
            }
            bands.push(Band { state, from, until: until.unwrap_or(i64::MAX), planned });
        };
        for fact in self.board.sheet.space.facts_of(at) {
            let ended = fact.ended_at.or(fact.until.filter(|_| fact.state == PlaceState::Suspended));
            push(fact.state, minute(fact.at), false, ended.map(minute));
        }
        for planned in self.plans.at(at) {
            push(planned.state, planned.at.max(self.now), true, None);
        }
        bands.retain(|band| band.from < band.until);
        bands
    }
}

/// The latest state, if it counts.
pub(super) fn counting(standing: &Standing) -> Option<PlaceState> {
    standing.latest.filter(|latest| standing.states.has(*latest)).or_else(|| standing.states.list().last())
}

/// Puts bars that overlap into lanes; answers how many there are.
fn lay(bars: &mut [Bar]) -> u8 {
    bars.sort_by(|a, b| (a.taken, &a.code, a.mode).cmp(&(b.taken, &b.code, b.mode)));
    let mut ends: Vec<i64> = Vec::new();
    for bar in bars.iter_mut() {
        let free = ends.iter().position(|end| *end <= bar.taken.0);
        let lane = match free {
            Some(lane) => lane,
            None if ends.len() < usize::from(LANES) => {
                ends.push(i64::MIN);
                ends.len() - 1
            }
            None => usize::from(LANES) - 1,
        };
        ends[lane] = ends[lane].max(bar.taken.1);
        bar.lane = lane as u8;
    }
    (ends.len() as u8).max(1)
}
