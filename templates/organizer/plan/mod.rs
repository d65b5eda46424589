//! Pages of `plan`: the overview table, the Gantt, the record of a task with its loop, the form
//! that shows what would move, a person's own work, deviations.

mod deviations;
mod edit;
mod files;
mod forecast;
mod gantt;
pub mod incident;
mod loop_forms;
mod mine;
mod network;
mod overview;
mod preview;
mod shift;
mod start;
mod story;
mod task;
pub mod watch;
mod words;

pub use edit::EditPage;
pub use forecast::{BaselinePage, BaselineSheet, Baselines};
pub use gantt::{Baseline, Gantt, GanttView};
pub use loop_forms::{Act, LoopForms};
pub use mine::Mine;
pub use network::{Network, NetworkView};
pub use overview::{Overview, OverviewSheet};
pub use preview::Reschedule;
pub use shift::ShiftPage;
pub use start::NoPlan;
pub use story::{Stories, StoryPage, Telling, cause, telling};
pub use task::TaskRecord;
pub use words::breach;

use files::files;
