//! Time and space are one graph: what tasks ask of places, who stands in whose way, which states
//! places are in and which tasks need them.
//!
//! [`mode`] is the table of who may be where with whom, [`tree`] the places, [`demand`] what tasks
//! ask of them (also for levelling). [`conflict`] finds every clash, [`capacity`] and [`access`]
//! its two harder kinds, [`timeline`] states that are not there in time, [`repair`] the cheapest
//! ways out. [`state`] and [`checklist`] hold the data of place states, [`standing`] says what
//! holds now, [`hours`] lets tasks work only while their places are open, [`rule`] turns needed states and rules by location into links. [`assess`] does all of
//! it for a plan. Deliberately absent: choosing between repairs, which is a person's or levelling's.

mod access;
pub mod assess;
mod capacity;
pub mod chart;
pub mod checklist;
pub mod conflict;
pub mod decide;
pub mod demand;
mod derived;
pub(in crate::plan) mod hours;
pub mod mode;
pub mod now;
pub mod order;
pub mod repair;
pub mod requirement;
pub mod rule;
pub mod standing;
pub mod state;
pub mod template;
pub mod timeline;
pub mod tree;
pub mod view;

#[cfg(test)]
mod conflict_tests;
#[cfg(test)]
mod state_tests;

pub use access::shut_alone;
pub use assess::Assessment;
pub use checklist::{CheckItem, Lack, PlaceCheck, check_list};
pub use conflict::{Conflict, ConflictKind, Detail, Missing, conflicts};
pub use demand::{Demand, Reservation};
pub use derived::{Derivation, RuleEffect, RuleLink, rule_links};
pub use mode::{Mode, Unit, When};
pub use order::Order;
pub use repair::Repair;
pub use requirement::{Requirement, RequirementDraft};
pub use rule::{DerivedLink, LocationRule, RuleDraft, SpaceFault};
pub use standing::{Space, Standing, StateFact};
pub use state::{PlaceState, machine};
pub use tree::{Spot, Tree};
