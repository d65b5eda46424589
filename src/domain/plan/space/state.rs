//! States of places. Which states a kind of place has, what may follow what, what a new state ends
//! and what holds for everything inside are data: `fixtures/plan/place-states.csv`.

use crate::venue::PlaceKind;
use std::sync::OnceLock;

codes! {
    /// Where a place stands on its way from the venue's hands and back.
    PlaceState {
        /// Free for us.
        Released "released",
        /// Taken over, condition recorded.
        HandedOver "handed_over",
        /// Floor marked.
        MarkedOut "marked_out",
        /// Power, water, network there.
        Serviced "serviced",
        /// Built.
        Built "built",
        /// Inspected and passed.
        Inspected "inspected",
        /// Everything on its check list holds and the one responsible has confirmed.
        Established "established",
        /// Open.
        Live "live",
        /// Taken down.
        Stripped "stripped",
        /// Empty and clean.
        Cleared "cleared",
        /// Back in the venue's hands.
        Returned "returned",
        /// Closed for the time being; nothing else counts meanwhile.
        Suspended "suspended",
    }
}

impl PlaceState {
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct States(u16);

impl States {
    /// Whether the state is in it.
    pub const fn has(self, state: PlaceState) -> bool {
        self.0 & state.bit() != 0
    }

    /// The set with a state.
    #[must_use]
    pub const fn with(self, state: PlaceState) -> Self {
        States(self.0 | state.bit())
    }

    /// The set without those of another.
    #[must_use]
    pub const fn without(self, others: States) -> Self {
        States(self.0 & !others.0)
    }

    /// Its states in their order.
    pub fn list(self) -> impl Iterator<Item = PlaceState> {
        PlaceState::ALL.iter().copied().filter(move |state| self.has(*state))
    }
}

/// One state of one kind of place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// The state.
    pub state: PlaceState,
    /// May come at the very beginning.
    pub first: bool,
    /// May come after any of these.
    pub follows: States,
    /// Ends these.
    pub ends: States,
    /// Holds for everything inside.
    pub inherited: bool,
}

/// The states of a kind of place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Machine {
    rungs: Vec<Rung>,
}

impl Machine {
    /// The rungs in their order.
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// One rung.
    pub fn rung(&self, state: PlaceState) -> Option<&Rung> {
        self.rungs.iter().find(|rung| rung.state == state)
    }

    /// Whether a state may follow the latest one. Suspending is always possible.
    pub fn allows(&self, latest: Option<PlaceState>, state: PlaceState) -> bool {
        state == PlaceState::Suspended
            || self.rung(state).is_some_and(|rung| latest.map_or(rung.first, |latest| rung.follows.has(latest)))
    }

    /// What a new state ends.
    pub fn ends(&self, state: PlaceState) -> States {
        self.rung(state).map(|rung| rung.ends).unwrap_or_default()
    }

    /// States whose coming ends this one.
    pub fn ended_by(&self, state: PlaceState) -> impl Iterator<Item = PlaceState> + '_ {
        self.rungs.iter().filter(move |rung| rung.ends.has(state)).map(|rung| rung.state)
    }

    /// Whether a state of a place holds for everything inside.
    pub fn inherited(&self, state: PlaceState) -> bool {
        state == PlaceState::Suspended || self.rung(state).is_some_and(|rung| rung.inherited)
    }
}

/// The state machine of a kind of place.
pub fn machine(kind: PlaceKind) -> &'static Machine {
    static ALL: OnceLock<Vec<Machine>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let rows = read(include_str!("../../../../fixtures/plan/place-states.csv"));
        let of = |kind: &PlaceKind| {
            let own = rows.iter().filter(|(kinds, _)| kinds.contains(kind));
            Machine { rungs: own.map(|(_, rung)| rung.clone()).collect() }
        };
        PlaceKind::ALL.iter().map(of).collect()
    });
    let at = PlaceKind::ALL.iter().position(|one| *one == kind).unwrap_or_default();
    &all[at]
}

/// Rows of the table; a row that cannot be read is left out, and a test says so.
fn read(text: &str) -> Vec<(Vec<PlaceKind>, Rung)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let states = |text: &str| text.split('|').filter_map(PlaceState::parse).fold(States::default(), States::with);
    let row = |row: csv::StringRecord| {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        let kinds = cell(0).split('|').filter_map(PlaceKind::parse).collect();
        let first = cell(2).split('|').any(|part| part == "-");
        let (follows, ends) = (states(&cell(2)), states(&cell(3)));
        let rung = Rung { state: PlaceState::parse(&cell(1))?, first, follows, ends, inherited: cell(4) == "yes" };
        Some((kinds, rung))
    };
    reader.records().flatten().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_place_has_a_way_from_release_to_return() {
        let text = include_str!("../../../../fixtures/plan/place-states.csv");
        assert_eq!(read(text).len(), text.lines().count() - 1, "every row can be read");
        for kind in PlaceKind::ALL {
            let machine = machine(*kind);
            assert!(machine.allows(None, PlaceState::Released), "{kind:?}");
            let mut reached = vec![PlaceState::Released];
            for rung in machine.rungs() {
                let before = rung.first || reached.iter().any(|state| rung.follows.has(*state));
                assert!(before, "{kind:?} {:?} cannot be reached", rung.state);
                reached.push(rung.state);
            }
            assert!(reached.contains(&PlaceState::Returned), "{kind:?}");
        }
        let hall = machine(PlaceKind::Hall);
        let order =
            "released handed_over marked_out serviced built inspected established live stripped cleared returned";
        let codes: Vec<&str> = hall.rungs().iter().map(|rung| rung.state.code()).collect();
        assert_eq!(codes.join(" "), order);
        assert!(hall.ends(PlaceState::Stripped).has(PlaceState::Established));
        assert!(!hall.allows(Some(PlaceState::Released), PlaceState::Live));
    }
}
