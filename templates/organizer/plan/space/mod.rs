//! Pages of time and space: the chart of places over time, conflicts and their ways out, one place
//! with its states and check list, rules by location, what a task asks of places.

mod chart;
mod conflicts;
mod hours;
mod picture;
mod place;
mod place_forms;
mod poster;
mod repair;
mod requirements;
mod rule;
mod rules;
mod words;

pub use chart::{ChartPage, Scale};
pub use conflicts::ConflictsPage;
pub use hours::HoursPage;
pub use place::PlacePage;
pub use place_forms::{PlaceAct, PlaceForms};
pub use repair::RepairPage;
pub use requirements::{RequirementsPage, asked};
pub use rule::{RuleAsk, RulePage};
pub use rules::{RulesAct, RulesPage};
pub use words::{conflict_words, fault_words, way_words};
pub(super) use words::{moment, quantity};
