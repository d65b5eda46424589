//! Addresses of what looks ahead: baselines, risk, value, buffers, scenarios.

use super::below;
use crate::links::Href;

/// The baselines of the plan; a form posted here freezes one.
pub fn baselines(edition: &str) -> Href {
    below(edition, "baselines")
}

/// One baseline beside the present plan.
pub fn baseline(edition: &str, number: i32) -> Href {
    below(edition, &format!("baselines/{number}"))
}

/// Choosing the baseline pictures show.
pub fn show_baseline(edition: &str, number: i32) -> Href {
    below(edition, &format!("baselines/{number}/show"))
}

/// The comparison as a file.
pub fn baseline_export(edition: &str, number: i32) -> Href {
    below(edition, &format!("baselines/{number}/export.csv"))
}

/// The risk page; a form posted here asks for a simulation.
pub fn risk(edition: &str) -> Href {
    below(edition, "risk")
}

/// How far a simulation is, as it goes on.
pub fn risk_progress(edition: &str, run: domain::RiskRunId) -> Href {
    below(edition, &format!("risk/runs/{run}/events"))
}

/// Stopping a simulation.
pub fn stop_risk(edition: &str, run: domain::RiskRunId) -> Href {
    below(edition, &format!("risk/runs/{run}/stop"))
}

/// The risk register; a form posted here adds to it.
pub fn risks(edition: &str) -> Href {
    below(edition, "risk/register")
}

/// The form of one risk.
pub fn risk_event(edition: &str, number: i32) -> Href {
    below(edition, &format!("risk/register/{number}"))
}

/// Estimates of all tasks; a form posted here suggests the missing ones.
pub fn estimates(edition: &str) -> Href {
    below(edition, "estimates")
}

/// The estimate and money of one task.
pub fn estimate(edition: &str, code: &str) -> Href {
    super::act(edition, code, "estimate")
}

/// Earned value and earned schedule.
pub fn value(edition: &str) -> Href {
    below(edition, "value")
}

/// The buffers of the critical chain.
pub fn buffers(edition: &str) -> Href {
    below(edition, "buffers")
}

/// The scenarios of the plan; a form posted here makes one.
pub fn scenarios(edition: &str) -> Href {
    below(edition, "scenarios")
}

/// Plans side by side.
pub fn compare_scenarios(edition: &str) -> Href {
    below(edition, "scenarios/compare")
}

/// One scenario.
pub fn scenario(edition: &str, number: i32) -> Href {
    below(edition, &format!("scenarios/{number}"))
}

/// An act on a scenario: `steps`, `remove`, `drop`, `promote`.
pub fn scenario_act(edition: &str, number: i32, act: &str) -> Href {
    below(edition, &format!("scenarios/{number}/{act}"))
}
