//! Projects with minimum and maximum lags and scarce resources (RCPSP/max): exact search that
//! learns, with proofs.

pub mod learn;
pub mod model;
pub mod project;
pub mod queue;
pub mod read;
pub mod rules;
pub mod search;
pub mod trail;
pub mod usage;
