//! Verbs of time and space: what tasks ask of places, states of places, rules by location, and ways
//! out of conflicts. Every one of them takes the plan, lays derived links anew where they may have
//! changed, recalculates, and leaves facts.

mod check;
mod derive;
mod hours;
mod limits;
mod repair;
mod requirement;
mod rule;
mod soft;
mod state;
mod suspend;

pub use check::{EXPIRE, check_place, expire};
pub use derive::places_changed;
pub use hours::{HoursDraft, preview_hours, set_hours};
pub use limits::{LimitsDraft, set_limits};
pub use repair::{Way, apply_repair, preview_repair};
pub use requirement::{add_requirement, change_requirement, remove_requirement};
pub use rule::{RulePreview, add_rule, change_rule, preview_rule, remove_rule, switch_rule};
pub use soft::{SoftDraft, add_soft_link, remove_soft_link};
pub use state::{set_state, take_state_back};
pub use suspend::{close_place, end_closure, open_place, restore_place, suspend_place};

pub(super) use state::produce;
