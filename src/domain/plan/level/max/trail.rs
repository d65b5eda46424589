//! Bounds of whole-number variables, who raised them and why.
//!
//! Each variable is kept as a pair of signed ones, `x` and `-x`, and only lower bounds are kept of
//! each. A statement [`Says`] is "this signed variable is at least so much"; its opposite is a
//! statement too. Yes-no variables are whole numbers from 0 to 1. This is lazy clause generation
//! without literals made in advance (Ohrimenko, Stuckey, Codish 2009; in the semantic form of
//! Bit-Monnot 2023).

/// A signed variable: `2 k` is variable k, `2 k + 1` its negative.
pub type Signed = u32;

/// The signed variable is at least so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Says {
    /// Of which variable.
    pub of: Signed,
    /// At least.
    pub least: i32,
}

impl Says {
    /// `of` is at least `least`.
    #[inline]
    pub const fn at_least(of: Signed, least: i32) -> Says {
        Says { of, least }
    }

    /// `of` is at most `most`.
    #[inline]
    pub const fn at_most(of: Signed, most: i32) -> Says {
        Says { of: of ^ 1, least: -most }
    }

    /// The opposite.
    #[inline]
    pub const fn not(self) -> Says {
        Says { of: self.of ^ 1, least: 1 - self.least }
    }
}

/// Why a bound rose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was tried.
    Tried,
    /// By this clause, whose first statement it is.
    Clause(u32),
    /// By this edge, along it.
    Edge(u32),
    /// This edge would break: its condition cannot hold.
    Broken(u32),
    /// By the statements in this stretch of the store.
    Because {
        /// Where the stretch begins.
        first: u32,
        /// How long it is.
        len: u32,
    },
}

/// A bound that rose.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// Whose.
    pub of: Signed,
    /// To what.
    pub now: i32,
    /// From what.
    pub was: i32,
    /// The event before, of the same variable.
    pub earlier: u32,
    /// How many things had been tried.
    pub level: u32,
    /// Why.
    pub reason: Reason,
}

/// No event: the bound is as it was in the beginning.
pub const NEVER: u32 = u32::MAX;

/// All bounds and their history.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// Lower bound of each signed variable.
    pub least: Vec<i32>,
    /// Latest event of each signed variable.
    pub latest: Vec<u32>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// Where each level begins: events, and statements in the store.
    levels: Vec<(u32, u32)>,
    /// Statements that reasons point to.
    pub store: Vec<Says>,
    /// First event not yet propagated.
    pub next: usize,
}

impl Trail {
    /// A new variable between two bounds; answers it unsigned.
    pub fn variable(&mut self, least: i32, most: i32) -> Signed {
        let of = self.least.len() as Signed;
        self.least.extend([least, -most]);
        self.latest.extend([NEVER, NEVER]);
        of
    }

    /// How many things have been tried.
    #[inline]
    pub fn level(&self) -> u32 {
        self.levels.len() as u32
    }

    /// Smallest value still possible.
    #[inline]
    pub fn low(&self, of: Signed) -> i32 {
        self.least[of as usize]
    }

    /// Largest value still possible.
    #[inline]
    pub fn high(&self, of: Signed) -> i32 {
        -self.least[of as usize ^ 1]
    }

    /// The statement holds for certain.
    #[inline]
    pub fn holds(&self, says: Says) -> bool {
        self.least[says.of as usize] >= says.least
    }

    /// The statement cannot hold any more.
    #[inline]
    pub fn fails(&self, says: Says) -> bool {
        self.holds(says.not())
    }

    /// Tries a statement: a new level begins.
    pub fn try_out(&mut self, says: Says) {
        self.levels.push((self.events.len() as u32, self.store.len() as u32));
        self.raise(says, Reason::Tried);
    }

    /// Notes that a statement holds. It must neither hold already nor be impossible.
    #[inline]
    pub fn raise(&mut self, says: Says, reason: Reason) {
        let of = says.of as usize;
        let (was, earlier) = (self.least[of], self.latest[of]);
        self.least[of] = says.least;
        self.latest[of] = self.events.len() as u32;
        let level = self.level();
        self.events.push(Event { of: says.of, now: says.least, was, earlier, level, reason });
    }

    /// Keeps statements as a reason.
    pub fn because(&mut self, premises: &[Says]) -> Reason {
        let first = self.store.len() as u32;
        self.store.extend_from_slice(premises);
        Reason::Because { first, len: premises.len() as u32 }
    }

    /// The event that made a statement hold; `NEVER` when it held from the beginning.
    #[inline]
    pub fn when(&self, says: Says) -> u32 {
        let mut at = self.latest[says.of as usize];
        while at != NEVER {
            let event = &self.events[at as usize];
            if event.was < says.least {
                return at;
            }
            at = event.earlier;
        }
        NEVER
    }

    /// Takes back what was tried after `level` things; calls `undone` for each variable.
    pub fn back_to(&mut self, level: u32, mut undone: impl FnMut(Signed)) {
        if level >= self.level() {
            return;
        }
        let (events, store) = self.levels[level as usize];
        while self.events.len() > events as usize {
            if let Some(event) = self.events.pop() {
                self.least[event.of as usize] = event.was;
                self.latest[event.of as usize] = event.earlier;
                undone(event.of);
            }
        }
        self.store.truncate(store as usize);
        self.levels.truncate(level as usize);
        self.next = self.next.min(self.events.len());
    }

    /// Forgets the history at level 0: what holds there holds for good.
    pub fn settle(&mut self) {
        if self.level() == 0 && self.next == self.events.len() {
            self.events.clear();
            self.store.clear();
            self.latest.fill(NEVER);
            self.next = 0;
        }
    }
}
