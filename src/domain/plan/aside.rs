//! Taking a task out of the loop: blocked, resumed, waived, cancelled.

use super::task::{Task, TaskState};
use super::work::{Hand, Outcome, fact, only_owner, refuse, wrong_state};
use crate::Refusal;
use crate::refusal::Parse;

/// Acts beside the loop. Each needs a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Something outside stops it.
    Block,
    /// It may go on.
    Unblock,
    /// Let go.
    Waive,
    /// Not wanted any more.
    Cancel,
}

impl Aside {
    /// Stable spelling, as forms and the API write it.
    pub const fn code(self) -> &'static str {
        match self {
            Aside::Block => "block",
            Aside::Unblock => "unblock",
            Aside::Waive => "waive",
            Aside::Cancel => "cancel",
        }
    }

    /// Reads the stable spelling.
    pub fn parse(code: &str) -> Option<Self> {
        [Aside::Block, Aside::Unblock, Aside::Waive, Aside::Cancel].into_iter().find(|one| one.code() == code)
    }
}

/// Blocks, unblocks, waives or cancels. Waiving and cancelling are for who leads the plan.
///
/// # Errors
/// When the reason is missing, the state does not allow it or this person may not.
pub fn step_aside(mut task: Task, act: Aside, reason: &str, hand: Hand) -> Outcome {
    let lead_only = matches!(act, Aside::Waive | Aside::Cancel);
    if lead_only && !hand.leads {
        return refuse(Refusal::forbidden("task-not-lead"));
    }
    only_owner(&task, hand)?;
    let allowed = match act {
        Aside::Unblock => task.state == TaskState::Blocked,
        Aside::Block => task.state.is_ahead() || task.state.is_working(),
        Aside::Waive | Aside::Cancel => !task.state.is_closed(),
    };
    if !allowed {
        return wrong_state(&task, act.code());
    }
    let mut parse = Parse::new();
    let reason = match act {
        Aside::Unblock => parse.optional("reason", reason, 2_000),
        _ => parse.required("reason", reason, 2_000),
    };
    parse.finish(|| ())?;
    let (state, kind) = match act {
        Aside::Block => (TaskState::Blocked, "task.blocked"),
        Aside::Waive => (TaskState::Waived, "task.waived"),
        Aside::Cancel => (TaskState::Cancelled, "task.cancelled"),
        // Where it was before is what its facts say: begun, in a later round, or not begun.
        Aside::Unblock if task.actual_start.is_none() => (TaskState::Planned, "task.unblocked"),
        Aside::Unblock if task.round > 1 => (TaskState::Rework, "task.unblocked"),
        Aside::Unblock => (TaskState::InProgress, "task.unblocked"),
    };
    let said = fact(&task, kind).with("reason", reason.as_str()).with("before", task.state.code());
    task.state = state;
    task.reason = if act == Aside::Unblock { None } else { Some(reason) };
    Ok((task, vec![said]))
}
