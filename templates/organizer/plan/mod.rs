//! Pages of `plan`: the overview table, the Gantt, the record of a task with its loop, the form
//! that shows what would move, a person's own work, deviations.

mod bars;
mod deviations;
mod edit;
mod forecast;
mod gantt;
mod loop_forms;
mod mine;
mod overview;
mod preview;
mod start;
mod task;
mod words;

pub use deviations::{DeviationState, Deviations};
pub use edit::EditPage;
pub use forecast::{BaselinePage, BaselineSheet, Baselines};
pub use gantt::{Gantt, Zoom};
pub use loop_forms::{Act, LoopForms};
pub use mine::Mine;
pub use overview::{Overview, OverviewSheet};
pub use preview::Reschedule;
pub use start::NoPlan;
pub use task::TaskRecord;
pub use words::breach;
