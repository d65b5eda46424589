//! Pages of `plan`: the overview table, the Gantt, the record of a task with its loop, the form
//! that shows what would move, a person's own work, deviations.

mod calendars;
mod deviations;
mod edit;
mod exchange;
mod files;
mod forecast;
mod gantt;
pub mod gate;
mod indicators;
pub mod level;
mod loop_forms;
mod measure;
mod metrics;
mod mine;
mod network;
mod overview;
mod preview;
mod shift;
mod start;
mod story;
mod task;
mod words;

pub use calendars::{CalendarForm, Calendars, SettingsPreview, office};
pub use deviations::{DeviationState, Deviations};
pub use edit::EditPage;
pub use forecast::{
    BaselinePage, BaselineSheet, Baselines, BuffersPage, ComparePage, EstimateForm, Estimates, RiskForm, RiskPage,
    Risks, ScenarioPage, Scenarios, ValuePage, run_progress,
};
pub use exchange::{Exchange, Shown, note};
pub use forecast::{BaselinePage, BaselineSheet, Baselines};
pub use gantt::{Baseline, Gantt, GanttView};
use gate::words as gate_words;
pub use indicators::Indicators;
pub use loop_forms::{Act, LoopForms};
pub use metrics::Metrics;
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
