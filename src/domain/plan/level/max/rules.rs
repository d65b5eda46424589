//! What ties variables: edges (one start follows another, always or under a condition) and clauses
//! (one of these statements holds), with their propagation.

use super::trail::{Reason, Says, Signed, Trail};

/// `to ≥ from + lag` when the condition holds.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// From.
    pub from: Signed,
    /// To.
    pub to: Signed,
    /// Least difference.
    pub lag: i32,
    /// When it holds; `None`: always.
    pub when: Option<Says>,
}

/// One of its statements holds. The first two are watched.
#[derive(Debug, Clone, Default)]
pub struct Clause {
    /// The statements.
    pub says: Vec<Says>,
    /// Number of levels in it when it was learned: few is good.
    pub spread: u32,
    /// How much it helped lately.
    pub activity: f32,
    /// Taken out of use.
    pub gone: bool,
}

#[derive(Debug, Clone, Copy)]
struct Watch {
    /// The statement fails as soon as the signed variable is at least this.
    from: i32,
    clause: u32,
    /// Another statement of the clause; while it holds there is nothing to do.
    other: Says,
}

/// All edges and clauses.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Edges.
    pub edges: Vec<Edge>,
    /// Clauses.
    pub clauses: Vec<Clause>,
    out: Vec<Vec<u32>>,
    /// Edges a signed variable switches on.
    on: Vec<Vec<(i32, u32)>>,
    watches: Vec<Vec<Watch>>,
}

/// Statements that hold and cannot all hold.
pub type Clash = Vec<Says>;

impl Rules {
    /// Room for a number of signed variables.
    pub fn new(signed: usize) -> Rules {
        Rules {
            out: vec![Vec::new(); signed],
            on: vec![Vec::new(); signed],
            watches: vec![Vec::new(); signed],
            ..Rules::default()
        }
    }

    /// `to ≥ from + lag`, and the same read from the other end.
    pub fn edge(&mut self, from: Signed, to: Signed, lag: i32, when: Option<Says>) {
        for (from, to) in [(from, to), (to ^ 1, from ^ 1)] {
            let at = self.edges.len() as u32;
            self.edges.push(Edge { from, to, lag, when });
            self.out[from as usize].push(at);
            if let Some(when) = when {
                self.on[when.of as usize].push((when.least, at));
            }
        }
    }

    /// Adds a clause of at least two statements, the first two of which are watched.
    pub fn clause(&mut self, says: Vec<Says>, spread: u32) -> u32 {
        let at = self.clauses.len() as u32;
        self.watch(at, says[0], says[1]);
        self.watch(at, says[1], says[0]);
        self.clauses.push(Clause { says, spread, activity: 0.0, gone: false });
        at
    }

    fn watch(&mut self, clause: u32, says: Says, other: Says) {
        let not = says.not();
        self.watches[not.of as usize].push(Watch { from: not.least, clause, other });
    }

    /// Draws every consequence of what is not yet propagated.
    ///
    /// # Errors
    /// What clashes.
    pub fn propagate(&mut self, trail: &mut Trail, mut seen: impl FnMut(Signed)) -> Result<(), Clash> {
        while trail.next < trail.events.len() {
            let event = trail.events[trail.next];
            trail.next += 1;
            seen(event.of);
            self.along(trail, event.of)?;
            self.switched(trail, event.of, event.was, event.now)?;
            self.watched(trail, event.of, event.was, event.now)?;
        }
        Ok(())
    }

    fn along(&self, trail: &mut Trail, of: Signed) -> Result<(), Clash> {
        for &at in &self.out[of as usize] {
            self.follow(trail, at)?;
        }
        Ok(())
    }

    fn switched(&self, trail: &mut Trail, of: Signed, was: i32, now: i32) -> Result<(), Clash> {
        for &(least, at) in &self.on[of as usize] {
            if was < least && least <= now {
                self.follow(trail, at)?;
            }
        }
        Ok(())
    }

    /// Raises the end of an edge, or switches it off when it would break.
    #[inline]
    fn follow(&self, trail: &mut Trail, at: u32) -> Result<(), Clash> {
        let edge = &self.edges[at as usize];
        let says = Says::at_least(edge.to, trail.low(edge.from) + edge.lag);
        if trail.holds(says) {
            return Ok(());
        }
        match edge.when {
            Some(when) if !trail.holds(when) => {
                if trail.fails(says) && !trail.fails(when) {
                    trail.raise(when.not(), Reason::Broken(at));
                }
                Ok(())
            }
            _ => reach(trail, says, Reason::Edge(at), |says, clash| self.premises_of_edge(at, says, clash)),
        }
    }

    fn premises_of_edge(&self, at: u32, says: Says, premises: &mut Vec<Says>) {
        let edge = &self.edges[at as usize];
        premises.push(Says::at_least(edge.from, says.least - edge.lag));
        premises.extend(edge.when);
    }

    fn watched(&mut self, trail: &mut Trail, of: Signed, was: i32, now: i32) -> Result<(), Clash> {
        let mut watches = std::mem::take(&mut self.watches[of as usize]);
        let (mut read, mut write) = (0, 0);
        let mut result = Ok(());
        while read < watches.len() {
            let watch = watches[read];
            read += 1;
            let idle = watch.from > now || watch.from <= was || trail.holds(watch.other);
            if idle || !self.moved(trail, watch, of, &mut result) {
                watches[write] = watch;
                write += 1;
            }
            if result.is_err() {
                break;
            }
        }
        watches.copy_within(read.., write);
        watches.truncate(write + watches.len() - read);
        self.watches[of as usize] = watches;
        result
    }

    /// Looks for another statement to watch; answers whether the watch left its list.
    fn moved(&mut self, trail: &mut Trail, watch: Watch, of: Signed, result: &mut Result<(), Clash>) -> bool {
        let clause = &mut self.clauses[watch.clause as usize];
        if clause.gone {
            return true;
        }
        let failed = Says::at_least(of, watch.from).not();
        if clause.says[0] == failed {
            clause.says.swap(0, 1);
        }
        let first = clause.says[0];
        if trail.holds(first) {
            return false;
        }
        if let Some(at) = (2..clause.says.len()).find(|&at| !trail.fails(clause.says[at])) {
            clause.says.swap(1, at);
            let says = clause.says[1];
            self.watch(watch.clause, says, first);
            return true;
        }
        if trail.fails(first) {
            *result = Err(clause.says.iter().map(|says| says.not()).collect());
        } else {
            trail.raise(first, Reason::Clause(watch.clause));
        }
        false
    }

    /// The statements that made `says` hold at an event with this reason.
    pub fn premises(&self, trail: &Trail, says: Says, reason: Reason, premises: &mut Vec<Says>) {
        premises.clear();
        match reason {
            Reason::Tried => {}
            Reason::Clause(at) => {
                premises.extend(self.clauses[at as usize].says[1..].iter().map(|says| says.not()));
            }
            Reason::Edge(at) => self.premises_of_edge(at, says, premises),
            Reason::Broken(at) => {
                // `from ≥ a` and `to < a + lag` break it for any a; here a is what `from` was at least by then.
                let edge = &self.edges[at as usize];
                let least = as_of(trail, edge.from, trail.when(says));
                premises.push(Says::at_least(edge.from, least));
                premises.push(Says::at_most(edge.to, least + edge.lag - 1));
            }
            Reason::Because { first, len } => {
                premises.extend_from_slice(&trail.store[first as usize..(first + len) as usize]);
            }
        }
    }

    /// Takes half of the learned clauses out of use: those that helped least. Only at level 0.
    pub fn forget(&mut self, learned_from: usize) {
        let mut loose: Vec<u32> = (learned_from as u32..self.clauses.len() as u32)
            .filter(|&at| !self.clauses[at as usize].gone && self.clauses[at as usize].spread > 2)
            .collect();
        let worth = |at: &u32| {
            let clause = &self.clauses[*at as usize];
            (std::cmp::Reverse(clause.spread), clause.activity)
        };
        loose.sort_by(|a, b| worth(a).partial_cmp(&worth(b)).unwrap_or(std::cmp::Ordering::Equal));
        for &at in &loose[..loose.len() / 2] {
            let clause = &mut self.clauses[at as usize];
            clause.gone = true;
            clause.says = Vec::new();
        }
        for list in &mut self.watches {
            list.retain(|watch| !self.clauses[watch.clause as usize].gone);
        }
    }
}

/// The lower bound a signed variable had just before an event.
fn as_of(trail: &Trail, of: Signed, event: u32) -> i32 {
    let mut at = trail.latest[of as usize];
    let mut value = trail.low(of);
    while at != super::trail::NEVER && at >= event {
        value = trail.events[at as usize].was;
        at = trail.events[at as usize].earlier;
    }
    value
}

/// Notes a statement, or answers the clash when it cannot hold. `premises` is asked for the
/// premises of a statement that may be weaker: just enough to clash.
#[inline]
pub fn reach(
    trail: &mut Trail,
    says: Says,
    reason: Reason,
    premises: impl FnOnce(Says, &mut Clash),
) -> Result<(), Clash> {
    if trail.fails(says) {
        let enough = Says::at_least(says.of, trail.high(says.of) + 1);
        let mut clash = vec![enough.not()];
        premises(enough, &mut clash);
        return Err(clash);
    }
    trail.raise(says, reason);
    Ok(())
}
