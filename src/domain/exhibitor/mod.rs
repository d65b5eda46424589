//! Exhibitors of an edition: who may sign in for them, and what they have to do by when.
//!
//! An exhibitor *is* a participation (party × edition × role); this context adds its contacts (portal sign-ins)
//! and its duties. A duty's deadline is the early finish of a task of the organizer's plan, read and never copied,
//! so moving the plan moves the exhibitor's list.

mod contact;
mod duty;
mod profile;
mod template;
pub mod view;

pub use contact::{Contact, INVITATION_DAYS, InviteDraft, InviteFields, invite, join, new_contact};
pub use duty::{
    AppliesTo, CompleteDraft, Duty, DutyState, ExhibitorDuty, Light, ReasonDraft, Reconciled, SOON_DAYS, complete,
    light, reconcile, reopen, waive,
};
pub use profile::{ProfileDraft, ProfileFields};
pub use template::{DutyTemplate, trade_show};
