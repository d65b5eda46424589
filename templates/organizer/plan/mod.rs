//! Pages of `plan`: the overview table, the Gantt, the record of a task with its loop, the form
//! that shows what would move, a person's own work, deviations.

mod bulk;
mod calendars;
mod cells;
mod changes;
mod control;
mod delete;
mod deviations;
mod edit;
mod exchange;
mod feeds;
mod files;
mod forecast;
mod gantt;
pub mod gate;
mod import;
pub mod incident;
mod indicators;
pub mod level;
mod loop_forms;
mod measure;
mod metrics;
mod mine;
mod network;
mod new_task;
mod overview;
mod paths;
mod preview;
mod review;
mod shift;
pub mod space;
mod start;
mod story;
mod task;
mod task_links;
mod task_tools;
pub mod watch;
mod words;

pub use bulk::{BulkFields, BulkPage};
pub use calendars::{CalendarForm, Calendars, SettingsPreview, office};
pub use changes::Changes;
pub use control::{Card, Control, ControlFilter};
pub use delete::DeletePage;

pub use edit::EditPage;
pub use exchange::{Exchange, Shown, note};
pub use feeds::Feeds;
pub use forecast::{
    BaselinePage, BaselineSheet, Baselines, BuffersPage, ComparePage, EstimateForm, Estimates, RiskForm, RiskPage,
    Risks, ScenarioPage, Scenarios, StepKind, ValuePage, run_progress,
};
pub use gantt::{Baseline, Gantt, GanttView};
use gate::words as gate_words;
pub use import::{ImportPage, ImportStart, why_row};
pub use indicators::Indicators;
pub use loop_forms::{Act, LoopForms};
pub use metrics::Metrics;
pub use mine::Mine;
pub use network::{Network, NetworkView};
pub use new_task::NewTaskPage;
pub use overview::{CellPage, Overview, OverviewSheet};
pub use paths::Paths;
pub use preview::Reschedule;
pub use review::{AddedTask, Review};
pub use shift::ShiftPage;
pub use start::NoPlan;
pub use story::{Stories, StoryPage, Telling, cause, telling};
pub use task::TaskRecord;
pub use task_links::{LinkLine, TaskLinks};
pub use words::{breach, why};

use files::files;
