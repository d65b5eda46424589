//! The tree of places as the space kernel walks it: depth first, so that everything in a place is
//! one stretch of positions, with capacities and access edges.

use super::mode::Unit;
use crate::sales::StandKind;
use crate::venue::PlaceKind;
use crate::{Bilingual, PlaceId};
use std::collections::HashMap;

/// Capacities by [`Unit::slot`], in hundredths of the unit; `None` is no limit.
pub type Capacities = [Option<i64>; Unit::ALL.len()];

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Identity.
    pub id: PlaceId,
    /// The place around it.
    pub parent: Option<PlaceId>,
    /// What it is.
    pub kind: PlaceKind,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// How it is sold, if it is a stand.
    pub stand: Option<StandKind>,
    /// How much it takes.
    pub capacity: Capacities,
}

/// All places of an edition's venue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    spots: Vec<Spot>,
    up: Vec<Option<u32>>,
    end: Vec<u32>,
    index: HashMap<PlaceId, u32>,
    access: Vec<Vec<u32>>,
}

impl Tree {
    /// Lays places out; siblings keep the order they come in. A place whose parent is unknown
    /// stands at the top; so does one in a ring of parents, which no accepted change can make.
    /// An access edge says that the first place is reached over the second.
    pub fn build(spots: Vec<Spot>, edges: &[(PlaceId, PlaceId)]) -> Tree {
        let known: HashMap<PlaceId, usize> = spots.iter().enumerate().map(|(at, spot)| (spot.id, at)).collect();
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); spots.len()];
        let mut roots = Vec::new();
        for (at, spot) in spots.iter().enumerate() {
            match spot.parent.and_then(|parent| known.get(&parent)) {
                Some(&parent) if parent != at => below[parent].push(at),
                _ => roots.push(at),
            }
        }
        let mut laid: Vec<(usize, Option<u32>)> = Vec::with_capacity(spots.len());
        let mut seen = vec![false; spots.len()];
        let mut end = vec![0u32; spots.len()];
        for root in roots.into_iter().chain(0..spots.len()) {
            lay(root, &below, &mut seen, &mut laid, &mut end);
        }
        let mut slots: Vec<Option<Spot>> = spots.into_iter().map(Some).collect();
        let mut tree = Tree { end, ..Tree::default() };
        for (at, up) in laid {
            if let Some(spot) = slots[at].take() {
                tree.index.insert(spot.id, tree.spots.len() as u32);
                tree.up.push(up);
                tree.spots.push(spot);
            }
        }
        tree.access = vec![Vec::new(); tree.spots.len()];
        for (from, over) in edges {
            if let (Some(from), Some(over)) = (tree.find(*from), tree.find(*over))
                && from != over
            {
                tree.access[from as usize].push(over);
            }
        }
        tree
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }

    /// Position of a place.
    pub fn find(&self, id: PlaceId) -> Option<u32> {
        self.index.get(&id).copied()
    }

    /// The place at a position.
    pub fn spot(&self, at: u32) -> &Spot {
        &self.spots[at as usize]
    }

    /// All places, depth first.
    pub fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// The place around it.
    pub fn parent(&self, at: u32) -> Option<u32> {
        self.up[at as usize]
    }

    /// First position behind everything that lies in the place.
    pub fn end(&self, at: u32) -> u32 {
        self.end[at as usize]
    }

    /// Everything around a place, the nearest first; not the place itself.
    pub fn above(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.parent(at), |at| self.parent(*at))
    }

    /// Whether the second lies in the first, or is it.
    pub fn holds(&self, outer: u32, inner: u32) -> bool {
        outer <= inner && inner < self.end(outer)
    }

    /// Whether one lies in the other, or they are the same.
    pub fn related(&self, a: u32, b: u32) -> bool {
        self.holds(a, b) || self.holds(b, a)
    }

    /// How deep a place lies.
    pub fn depth(&self, at: u32) -> usize {
        self.above(at).count()
    }

    /// The places over which it is reached.
    pub fn reached_over(&self, at: u32) -> &[u32] {
        &self.access[at as usize]
    }

    /// Capacity of a place in a unit, in hundredths.
    pub fn capacity(&self, at: u32, unit: Unit) -> Option<i64> {
        self.spots[at as usize].capacity[unit.slot()]
    }

    /// Places of a kind in a place (everywhere when `None`), itself included.
    pub fn of_kind(&self, within: Option<u32>, kind: PlaceKind) -> impl Iterator<Item = u32> + '_ {
        let (from, to) = within.map_or((0, self.len() as u32), |at| (at, self.end(at)));
        (from..to).filter(move |at| self.spots[*at as usize].kind == kind)
    }

    /// The hall (or other place right under the venue) a place belongs to; itself when it is one.
    pub fn quarter(&self, at: u32) -> u32 {
        let mut here = at;
        while let Some(up) = self.parent(here) {
            if self.parent(up).is_none() && self.spot(up).kind == PlaceKind::Venue {
                break;
            }
            here = up;
        }
        here
    }
}

/// One subtree, without recursion: a deep tree must not end the stack.
fn lay(root: usize, below: &[Vec<usize>], seen: &mut [bool], laid: &mut Vec<(usize, Option<u32>)>, end: &mut [u32]) {
    enum Step {
        Enter(usize, Option<u32>),
        Leave(u32),
    }
    let mut todo = vec![Step::Enter(root, None)];
    while let Some(step) = todo.pop() {
        match step {
            Step::Enter(at, _) if seen[at] => {}
            Step::Enter(at, up) => {
                seen[at] = true;
                let position = laid.len() as u32;
                laid.push((at, up));
                todo.push(Step::Leave(position));
                todo.extend(below[at].iter().rev().map(|&child| Step::Enter(child, Some(position))));
            }
            Step::Leave(position) => end[position as usize] = laid.len() as u32,
        }
    }
}
