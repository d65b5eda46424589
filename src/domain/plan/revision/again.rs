//! Making a step of the loop again that its maker had taken back: what it needed is looked at anew, by the rules of the
//! step itself. Nothing is passed over a second time; whoever waived a condition waives it again where the step is.

use super::beside::{LoopChange, LoopPoint};
use crate::Refusal;
use crate::plan::readiness::{Before, Unmet};
use crate::plan::task::{Task, TaskState};
use crate::plan::work::{Aside, Hand, report, start, step_aside, unmet_to_submit};
use chrono::{DateTime, Utc};

/// Whether a step may be made again on a task as it is now. `before` and `around` are what the task waits for and what
/// stands in the way at its places.
///
/// # Errors
/// The unmet conditions, or why this person may not.
pub fn take_again(
    task: &Task,
    step: &LoopChange,
    (before, around): (&[Before], &[Unmet]),
    hand: Hand,
    now: DateTime<Utc>,
) -> Result<(), Vec<Refusal>> {
    let LoopPoint { state, percent, reason, .. } = &step.point.after;
    let aside = |act| step_aside(task.clone(), act, reason.as_deref().unwrap_or_default(), hand).map(drop);
    match state {
        TaskState::Blocked => aside(Aside::Block),
        TaskState::Waived => aside(Aside::Waive),
        TaskState::Cancelled => aside(Aside::Cancel),
        TaskState::Submitted => unmet_to_submit(task, before, hand, now),
        _ if task.state == TaskState::Blocked => aside(Aside::Unblock),
        _ if task.state.is_working() => report(task.clone(), i64::from(*percent), hand).map(drop),
        _ => start(task.clone(), before, around, None, hand, now).map(drop),
    }
}
