//! Levelling: who can do what when, if crews and places are scarce.
//!
//! [`genetic`] finds short schedules of projects with precedence and scarce resources (RCPSP), over
//! the fast builders of [`build`] and [`sample`]; [`max`] does so for minimum and maximum lags
//! (RCPSP/max), with proofs. Both are measured on public benchmarks (`fairlead lab`). Each has a
//! judge of schedules that shares no code with the search: [`project::Project::check`] and
//! [`max::project::LagProject::check`]. [`plan`] levels the crews of a running plan and proposes moves.
//!
//! No clock and no threads: a search takes a seed, a budget and a question whether to go on, which
//! is asked often, and has its best schedule at hand at any time.

pub mod build;
pub mod chance;
pub mod flat;
pub mod genetic;
pub mod max;
pub mod plan;
pub mod project;
pub mod psplib;
pub mod sample;

#[cfg(test)]
mod tests;
