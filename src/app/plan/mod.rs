//! Verbs of the plan. Every change takes the plan row first, decides in `domain`, recalculates the
//! whole plan in the same transaction, and leaves facts in the journal.

mod aside;
mod assign;
mod baseline;
mod beside;
mod change;
mod check;
mod commitment;
mod confirm;
mod corrective;
mod create;
mod crew;
mod deviation;
mod evidence;
mod exchange;
mod extra_task;
mod feed;
pub mod gate;
pub(crate) mod import;
pub mod incident;
mod indicator;
mod learning;
mod levelling;
mod move_opening;
mod reject;
mod reschedule;
mod revise;
mod rhythm;
mod risk;
mod scenario;
mod send_story;
mod settings;
pub mod space;
mod start;
mod submit;
mod try_scenario;
mod under_way;
mod watch;

pub use aside::step_aside;
pub use assign::{Assign, assign};
pub use baseline::{freeze_baseline, show_baseline, take_baseline};
pub use change::{Edit, Previewed, edit_task, preview_edit};
pub use check::{Answer, Check, CheckDraft, check};
pub use commitment::{JudgeDraft, PromiseDraft, judge, promise};
pub use confirm::confirm;
pub use corrective::{CorrectiveDraft, add_corrective};
pub use create::{create_plan, prepare_plan};
pub use crew::{add_crew, change_crew, need_crews, remove_crew};
pub use deviation::{close_deviation, edit_deviation, open_deviation};
pub use evidence::{digest, store_evidence};
pub use exchange::{Brought, Proposed, export_mspdi, import_mspdi, keep_upload, preview_import};
pub use feed::{make_feed, revoke_feed, rotate_feed, serve_feed};
pub use import::{DryRun, dry_run, import_table, keep_table, kept_table, read_table};
pub use indicator::{add_indicator, change_indicator, retire_indicator};
pub use learning::{Preview as LearningPreview, accept_learning, preview_learning};
pub use levelling::{
    LEVEL, PROGRESS, accept_levelling, ask_levelling, discard_levelling, preview_levelling, run_levelling,
    stop_levelling,
};
pub use move_opening::follow_opening;
pub use reject::reject;
pub use reschedule::{preview_reschedule, reschedule};
pub use revise::{Consent, Proposal, Revisal, Saved, propose, revise};
pub use rhythm::save_rhythm;
pub use risk::{
    SIMULATE, add_risk, ask_simulation, change_risk, estimate_task, simulate, stop_simulation, suggest_estimates,
};
pub use scenario::{add_step, create_scenario, drop_scenario, promote_scenario, remove_step};
pub use send_story::send_story;
pub use settings::{Settings, change_settings, preview_settings};
pub use start::{report, start};
pub use submit::submit;
pub use try_scenario::{Tried, compare_plans, try_scenario};
pub(crate) use watch::run as run_watch;
pub use watch::{WATCH, ask_to_watch, watch};
