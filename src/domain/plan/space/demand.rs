//! What tasks ask of places, as plain values: for the conflict kernel here and for levelling.

use super::mode::{Mode, Unit};
use serde::{Deserialize, Serialize};

/// One task's use of one place, without dates. A requirement that means every stand of a hall
/// stands here once for each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// Position of the task in the plan.
    pub task: u32,
    /// Position of the requirement it comes from.
    pub requirement: u32,
    /// Position of the place in the tree.
    pub place: u32,
    /// How the place is used.
    pub mode: Mode,
    /// How much, in hundredths of the unit; 0 is nothing that counts.
    pub quantity: i64,
    /// What the quantity counts.
    pub unit: Unit,
    /// Minutes of the clock before the task.
    pub setup: i64,
    /// Minutes of the clock after it.
    pub clear: i64,
}

/// A demand with its time: `[start − set-up, finish + clear-out)`, minutes on the plan's axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reservation {
    /// What is asked.
    pub demand: Demand,
    /// When the task begins.
    pub start: i64,
    /// When it ends.
    pub finish: i64,
    /// From when on the place is taken.
    pub from: i64,
    /// Until when.
    pub until: i64,
}

impl Demand {
    /// The demand laid at a task's dates.
    pub const fn at(self, start: i64, finish: i64) -> Reservation {
        Reservation { demand: self, start, finish, from: start - self.setup, until: finish + self.clear }
    }
}

impl Reservation {
    /// The time two reservations share; ends that touch share none.
    pub fn overlap(&self, other: &Reservation) -> Option<(i64, i64)> {
        let (from, until) = (self.from.max(other.from), self.until.min(other.until));
        (from < until).then_some((from, until))
    }
}
