//! The forecast: what the plan's dates look like when durations are uncertain and risks may strike.
//!
//! A Monte-Carlo simulation over the scheduling kernel. [`draw`] is the generator: counter-based, so
//! that a number depends on seed, run and task alone and the result is the same on any number of
//! threads. [`law`] holds the distributions, [`model`] what is uncertain and what is asked,
//! [`simulate`] makes the runs, [`outcome`] their figures. [`delays`] reads delay laws from a file,
//! [`bench`] runs on public benchmark networks with them.
//! [`estimate`] is what people say of a duration, [`register`] the risk register; [`study`] ties all
//! of it to the plan of an edition and [`forecast`] is its result as it is stored and shown.
//! The seed is an argument: the same input and seed give the same output.

pub mod bench;
pub mod delays;
pub mod draw;
pub mod estimate;
pub mod forecast;
pub mod law;
pub mod model;
pub mod outcome;
mod pass;
pub mod register;
pub mod simulate;
pub mod statistics;
pub mod study;

#[cfg(test)]
mod risk_tests;

pub use law::Law;
pub use model::{Event, Model, Target};
pub use outcome::{EventOutcome, Outcome, TargetOutcome, TaskOutcome};
pub use simulate::{Runs, simulate};
