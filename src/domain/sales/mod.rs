//! Selling space: stands, applications for them, and who holds which.
//!
//! Three decisions live here: [`decide_application`](application), [`assign`] and [`release`].
//! A stand is held by at most one participation at a time; the database repeats that rule with a
//! partial unique index, so that two nodes deciding at once cannot both be right.

mod application;
mod assignment;
mod stand;
pub mod view;

pub use application::{
    Application, ApplicationDraft, ApplicationState, Apply, Decision, DecisionDraft, accept, decline, submit, withdraw,
};
pub(crate) use application::{country_code, read_phone, read_website};
pub use assignment::{Assignment, Exhibitor, Holder, assign, release, stand_taken};
pub use stand::{OpenSides, Stand, StandCommand, StandDraft, StandKind, check_stand, create_stand, edit_stand};
