//! The plan: what has to happen, in which order, by whom, and how it is known to be done.
//!
//! Two halves, both pure. The *planner*: [`calendar`] (working time), [`network`] (activities and
//! links, checked), [`schedule`] (dates and float), [`explain`] (why a date is what it is),
//! [`delta`] (what a change moves), [`level`] (scarce crews and places). The *control*: [`task`], [`readiness`] and [`work`] (the
//! closed loop of a task), [`indicator`], [`metric`] (figures that indicators read live), [`deviation`], [`gate`] (where a phase
//! ends), [`edit`] (changing a task). [`template`] reads plan templates, [`axis`] ties minutes to days, [`settings`] holds
//! what is chosen for a whole plan, [`view`] holds what pages show.
//!
//! The planner's axis is *edition-local wall-clock minutes*: templates count whole days, and a
//! day stays a day when the clocks change. [`axis`] is the only place where it meets a time zone.

mod apart;
mod aside;
pub mod axis;
pub mod baseline;
mod board;
pub mod calendar;
pub mod calendar_draft;
pub mod cause;
pub mod chain;
pub mod commitment;
mod conflicts;
pub mod contingency;
pub mod crew;
pub mod criterion;
pub mod delta;
pub mod deviation;
pub mod edit;
pub mod escalation;
pub mod explain;
pub mod feed;
pub mod figures;
pub mod gate;
pub mod ical;
pub mod incident;
pub mod incident_view;
pub mod indicator;
mod indicator_draft;
mod input;
mod late;
pub mod learning;
pub mod level;
pub mod live;
pub mod load;
pub mod lookahead;
pub mod metric;
pub mod mspdi;
pub mod my_work;
pub mod network;
pub mod overview;
pub mod paths;
pub mod picture;
pub mod place_cause;
pub mod readiness;
pub mod revision;
pub mod rhythm;
pub mod risk;
pub mod scenario;
pub mod schedule;
pub mod settings;
pub mod sheet;
pub mod shift;
pub mod space;
pub mod story;
pub mod supervision;
pub mod table;
pub mod task;
pub mod template;
pub mod value;
pub mod view;
pub mod vocabulary;
pub mod work;

#[cfg(test)]
mod kernel_tests;
#[cfg(test)]
mod live_tests;

pub use calendar::{Calendar, DAY, Pattern};
pub use crew::{Crew, CrewDraft, CrewNeed};
pub use delta::{Breach, Delta, Move, Opening};
pub use deviation::{Deviation, DeviationDraft, DeviationState, Severity, Source};
pub use edit::TaskDraft;
pub use explain::{OpenHours, Reason, Rest, Step};
pub use gate::Gate;
pub use indicator::{Comparison, Indicator, IndicatorDraft, IndicatorKind, Judgement, Measurement, Target};
pub use live::{Change, Live};
pub use metric::{Metric, MetricUse, Reading};
pub use network::{
    Activity, Constraint, Kind, Lag, LagCalendar, Link, LinkKind, MaxLag, NamedLink, Network, NetworkFault, Options,
    PlanInput, Progress,
};
pub use paths::Path;
pub use schedule::{Conflict, Driver, Schedule};
pub use settings::{Choices, PlanCalendar, PlanOptions};
pub use sheet::{Computed, Sheet};
pub use shift::Shift;
pub use task::{ComputedDates, LagKind, LinkOrigin, Release, Task, TaskLink, TaskState, ThreePoint};
pub use template::{Template, template, templates};
pub use vocabulary::{Function, Phase, PlaceKind};
