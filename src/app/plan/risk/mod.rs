//! The risk register, estimates, and simulations of the plan.

mod estimate;
mod register;
mod simulate;

pub use estimate::{estimate_task, suggest_estimates};
pub use register::{add_risk, change_risk};
pub use simulate::{SIMULATE, ask_simulation, simulate, stop_simulation};
