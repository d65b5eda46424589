//! Use cases of `exhibitor`: inviting and joining, the company profile, duties.

mod complete_duty;
mod decide_duty;
mod edit_profile;
mod fit_duties;
mod invite_contact;
mod join;
mod remind;
mod seed_duties;
mod sign_in;

pub use complete_duty::complete_duty;
pub use decide_duty::{reopen_duty, waive_duty};
pub use edit_profile::edit_profile;
pub(crate) use fit_duties::fit_duties;
pub(crate) use invite_contact::send_invitation;
pub use invite_contact::{invite_again, invite_contact};
pub use join::{Invited, invited, join};
pub(crate) use remind::remind;
pub use remind::{REMIND, remind_due};
pub use seed_duties::{prepare_duties, seed_duties};
pub use sign_in::sign_in;
