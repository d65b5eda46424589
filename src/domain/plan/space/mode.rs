//! How a task uses a place, in which measure, and what stands against what: the mode table.

use super::conflict::ConflictKind;

codes! {
    /// How a task uses a place.
    Mode {
        /// The place, and everything in it and around it, for this task alone.
        Exclusive "x",
        /// Beside others, as long as the quantities fit.
        Shared "s",
        /// Passing through: the way to the place must be free.
        Pass "p",
        /// The place must be empty, though one may pass: fire lane, emergency exit.
        Clear "k",
    }
}

codes! {
    /// What a quantity counts. Quantities are kept in hundredths of the unit.
    Unit {
        /// Square metres of floor.
        Area "m2",
        /// Kilowatts.
        Power "kw",
        /// Trucks an hour.
        Trucks "trucks_h",
        /// People at the same time.
        Persons "persons",
        /// Kilograms on a square metre: a limit for each load, never a sum.
        Load "kg_m2",
    }
}

impl Unit {
    /// Position in a table of capacities.
    pub const fn slot(self) -> usize {
        self as usize
    }

    /// Whether quantities of several users add up.
    pub const fn sums(self) -> bool {
        !matches!(self, Unit::Load)
    }
}

codes! {
    /// When a state is needed.
    When {
        /// At the moment work begins.
        Start "start",
        /// From the beginning of work to its end.
        Throughout "throughout",
    }
}

impl Mode {
    /// What it is when two tasks use places at the same time: `nested` says that one place lies in
    /// the other, otherwise it is the same place. Passing is judged along the path, not here.
    pub const fn against(self, other: Mode, nested: bool) -> Option<ConflictKind> {
        match (self, other, nested) {
            (Mode::Exclusive, Mode::Exclusive | Mode::Shared, _) | (Mode::Shared, Mode::Exclusive, _) => {
                Some(ConflictKind::Exclusive)
            }
            (Mode::Clear, Mode::Shared | Mode::Exclusive, false)
            | (Mode::Shared | Mode::Exclusive, Mode::Clear, false) => Some(ConflictKind::KeepClear),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as it is specified, line by line: same place, then nested.
    #[test]
    fn the_mode_table_is_the_specified_one() {
        use ConflictKind::{Exclusive as E, KeepClear as C};
        use Mode::{Clear, Exclusive, Pass, Shared};
        let table = [
            (Exclusive, Exclusive, Some(E), Some(E)),
            (Exclusive, Shared, Some(E), Some(E)),
            (Exclusive, Pass, None, None),
            (Exclusive, Clear, Some(C), None),
            (Shared, Shared, None, None),
            (Shared, Pass, None, None),
            (Shared, Clear, Some(C), None),
            (Pass, Pass, None, None),
            (Pass, Clear, None, None),
            (Clear, Clear, None, None),
        ];
        for (a, b, same, nested) in table {
            assert_eq!((a.against(b, false), a.against(b, true)), (same, nested), "{a:?} {b:?}");
            assert_eq!((b.against(a, false), b.against(a, true)), (same, nested), "{b:?} {a:?}");
        }
    }
}
