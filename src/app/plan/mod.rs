//! Verbs of the plan. Every change takes the plan row first, decides in `domain`, recalculates the
//! whole plan in the same transaction, and leaves facts in the journal.

mod aside;
mod assign;
mod baseline;
mod change;
mod check;
mod confirm;
mod create;
mod deviation;
mod evidence;
mod feed;
mod import;
mod move_opening;
mod reject;
mod reschedule;
mod send_story;
pub mod space;
mod revise;
mod start;
mod submit;
mod under_way;

pub use aside::step_aside;
pub use assign::{Assign, assign};
pub use baseline::{freeze_baseline, show_baseline, take_baseline};
pub use change::{Edit, Previewed, edit_task, preview_edit};
pub use check::{Answer, Check, CheckDraft, check};
pub use confirm::confirm;
pub use create::{create_plan, prepare_plan};
pub use deviation::{close_deviation, open_deviation};
pub use evidence::store_evidence;
pub use feed::{make_feed, revoke_feed, rotate_feed, serve_feed};
pub use import::{DryRun, dry_run, import_table, keep_table, kept_table, read_table};
pub use move_opening::follow_opening;
pub use reject::reject;
pub use reschedule::{preview_reschedule, reschedule};
pub use send_story::send_story;
pub use revise::{Consent, Proposal, Revisal, Saved, propose, revise};
pub use start::{report, start};
pub use submit::submit;
