//! A resource over time: what surely runs when, and what that forbids to the others (timetable
//! reasoning with pointwise explanations; Schutt, Feydy, Stuckey and Wallace 2011).

use super::rules::Clash;
use super::trail::{Says, Signed, Trail};

/// Work on a resource.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// Its start.
    pub start: Signed,
    /// Periods.
    pub duration: i32,
    /// Units.
    pub units: i32,
}

/// A stretch of time with what surely is used in it.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: i32,
    to: i32,
    used: i32,
}

/// A resource with all work on it.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    /// Units there are.
    pub capacity: i32,
    /// All work that needs some.
    pub pieces: Vec<Piece>,
    /// Ends of what surely runs, by time as of last time: whose, and whether it is where it begins.
    edges: Vec<(i32, u32, bool)>,
    profile: Vec<Stretch>,
}

impl Usage {
    /// A resource.
    pub fn new(capacity: i32, pieces: Vec<Piece>) -> Usage {
        Usage { capacity, pieces, ..Usage::default() }
    }

    /// Draws the consequences of what surely runs. Answers whether a bound rose.
    ///
    /// # Errors
    /// What clashes.
    pub fn propagate(&mut self, trail: &mut Trail) -> Result<bool, Clash> {
        let highest = self.lay_out(trail);
        if highest > self.capacity {
            return Err(self.overload(trail));
        }
        let before = trail.events.len();
        for at in 0..self.pieces.len() {
            let piece = self.pieces[at];
            if highest + piece.units > self.capacity && trail.low(piece.start) < trail.high(piece.start) {
                self.push_later(trail, at)?;
                self.push_earlier(trail, at)?;
            }
        }
        Ok(trail.events.len() > before)
    }

    /// Lays out what surely runs; answers the most used at once.
    fn lay_out(&mut self, trail: &Trail) -> i32 {
        if self.edges.is_empty() {
            self.edges = (0..self.pieces.len() as u32).flat_map(|at| [(0, at, true), (0, at, false)]).collect();
        }
        for edge in &mut self.edges {
            let piece = &self.pieces[edge.1 as usize];
            let (from, to) = (trail.high(piece.start), trail.low(piece.start) + piece.duration);
            edge.0 = match edge.2 {
                _ if from >= to => i32::MAX,
                true => from,
                false => to,
            };
        }
        // Little changes from one time to the next: insertion sort.
        for at in 1..self.edges.len() {
            let edge = self.edges[at];
            let mut place = at;
            while place > 0 && self.edges[place - 1].0 > edge.0 {
                self.edges[place] = self.edges[place - 1];
                place -= 1;
            }
            self.edges[place] = edge;
        }
        self.profile.clear();
        let (mut used, mut highest, mut since) = (0, 0, 0);
        for &(time, at, begins) in &self.edges {
            if time == i32::MAX {
                break;
            }
            let units = self.pieces[at as usize].units;
            if time > since && used > 0 {
                self.profile.push(Stretch { from: since, to: time, used });
                highest = highest.max(used);
            }
            used += if begins { units } else { -units };
            since = time;
        }
        highest
    }

    /// Statements that make enough pieces run at `time` to use more than `room`, without `but`.
    fn running(&self, trail: &Trail, time: i32, room: i32, but: usize, premises: &mut Vec<Says>) {
        let mut over = -room;
        let mut found: Vec<(i32, usize)> = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            let runs = trail.high(piece.start) <= time && time < trail.low(piece.start) + piece.duration;
            if runs && at != but {
                over += piece.units;
                found.push((piece.units, at));
            }
        }
        // Whatever is not needed to pass the room is left out, the latest known first.
        let told = |at: usize| {
            let piece = &self.pieces[at];
            let least = Says::at_least(piece.start, time - piece.duration + 1);
            (least, Says::at_most(piece.start, time))
        };
        let known = |at: usize| {
            let (least, most) = told(at);
            let of = |says: Says| trail.when(says).wrapping_add(1);
            of(least).max(of(most))
        };
        found.sort_by_cached_key(|&(_, at)| std::cmp::Reverse(known(at)));
        for (units, at) in found {
            if over - units > 0 {
                over -= units;
            } else {
                let (least, most) = told(at);
                premises.extend([least, most]);
            }
        }
    }

    fn overload(&self, trail: &Trail) -> Clash {
        let mut clash = Vec::new();
        if let Some(over) = self.profile.iter().find(|stretch| stretch.used > self.capacity) {
            let time = over.from + (over.to - over.from) / 2;
            self.running(trail, time, self.capacity, usize::MAX, &mut clash);
        }
        clash
    }

    /// The piece surely runs in this stretch itself.
    fn own(trail: &Trail, piece: Piece, stretch: Stretch) -> bool {
        trail.high(piece.start) <= stretch.from && stretch.to <= trail.low(piece.start) + piece.duration
    }

    fn push_later(&self, trail: &mut Trail, at: usize) -> Result<(), Clash> {
        let piece = self.pieces[at];
        let was = (trail.high(piece.start), trail.low(piece.start) + piece.duration);
        let own = |stretch: &Stretch| was.0 <= stretch.from && stretch.to <= was.1;
        let room = self.capacity - piece.units;
        let first = self.profile.partition_point(|stretch| stretch.to <= trail.low(piece.start));
        for index in first..self.profile.len() {
            let stretch = self.profile[index];
            if stretch.from >= trail.low(piece.start) + piece.duration {
                break;
            }
            if stretch.used <= room || own(&stretch) {
                continue;
            }
            while trail.low(piece.start) < stretch.to && stretch.from < trail.low(piece.start) + piece.duration {
                let time = stretch.to.min(trail.low(piece.start) + piece.duration) - 1;
                let mut premises = vec![Says::at_least(piece.start, time - piece.duration + 1)];
                self.running(trail, time, room, at, &mut premises);
                self.conclude(trail, Says::at_least(piece.start, time + 1), premises)?;
            }
        }
        Ok(())
    }

    fn push_earlier(&self, trail: &mut Trail, at: usize) -> Result<(), Clash> {
        let piece = self.pieces[at];
        let room = self.capacity - piece.units;
        let last = self.profile.partition_point(|stretch| stretch.from < trail.high(piece.start) + piece.duration);
        for index in (0..last).rev() {
            let stretch = self.profile[index];
            if stretch.to <= trail.high(piece.start) {
                break;
            }
            if stretch.used <= room || Self::own(trail, piece, stretch) {
                continue;
            }
            while trail.high(piece.start) < stretch.to && stretch.from < trail.high(piece.start) + piece.duration {
                let time = stretch.from.max(trail.high(piece.start));
                let mut premises = vec![Says::at_most(piece.start, time)];
                self.running(trail, time, room, at, &mut premises);
                self.conclude(trail, Says::at_most(piece.start, time - piece.duration), premises)?;
            }
        }
        Ok(())
    }

    fn conclude(&self, trail: &mut Trail, says: Says, premises: Vec<Says>) -> Result<(), Clash> {
        if trail.fails(says) {
            let mut clash = premises;
            clash.push(Says::at_least(says.of, trail.high(says.of) + 1).not());
            return Err(clash);
        }
        let reason = trail.because(&premises);
        trail.raise(says, reason);
        Ok(())
    }
}
