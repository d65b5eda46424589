//! The closed loop of a task as pure transitions:
//! `planned → ready → in_progress → submitted → checking → accepted → confirmed`, with
//! `rejected → rework` when a check fails, and `blocked`, `waived`, `cancelled` beside it.
//!
//! A transition that cannot happen answers with *every* condition that is not met, never with a
//! bare no. Two rules make the loop a control and not a record: who did the work does not check
//! it, and who owns it does not confirm it.

use super::indicator::{Indicator, Measurement};
use super::readiness::{Before, Unmet, unmet_to_start};
use super::task::{Task, TaskState};
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{DocumentId, Refusal, UserId};
use chrono::{DateTime, Utc};

pub use super::aside::{Aside, step_aside};

/// Who acts on a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hand {
    /// The user.
    pub user: UserId,
    /// May stand in for the owner: holds the right to edit the plan.
    pub leads: bool,
}

/// What a transition gives.
pub type Outcome = Result<(Task, Vec<Fact>), Vec<Refusal>>;

pub(super) fn fact(task: &Task, kind: &str) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Task, task.id), task.edition)
        .with("code", task.code.as_str())
        .with("round", task.round)
}

pub(super) fn refuse<T>(refusal: Refusal) -> Result<T, Vec<Refusal>> {
    Err(vec![refusal])
}

/// The task is in none of the states the act needs.
pub(super) fn wrong_state<T>(task: &Task, act: &str) -> Result<T, Vec<Refusal>> {
    refuse(Refusal::conflict("task-state").with("state", task.state.code()).with("act", act))
}

pub(super) fn only_owner(task: &Task, hand: Hand) -> Result<(), Vec<Refusal>> {
    match task.owner {
        Some(owner) if owner != hand.user && !hand.leads => refuse(Refusal::forbidden("task-not-owner")),
        _ => Ok(()),
    }
}

/// Who does, checks and confirms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Assignment {
    /// Answers for the work.
    pub owner: Option<UserId>,
    /// Measures it.
    pub checker: Option<UserId>,
    /// Signs it.
    pub confirmer: Option<UserId>,
}

/// Names the people of a task.
///
/// # Errors
/// When one person would check or confirm their own work, or the task is closed.
pub fn assign(mut task: Task, to: Assignment) -> Outcome {
    if task.state.is_closed() {
        return wrong_state(&task, "assign");
    }
    let mut refusals = Vec::new();
    if to.owner.is_some() && to.owner == to.checker {
        refusals.push(Refusal::conflict("task-checker-is-owner").at("checker"));
    }
    if to.owner.is_some() && to.owner == to.confirmer {
        refusals.push(Refusal::conflict("task-confirmer-is-owner").at("confirmer"));
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let text = |user: Option<UserId>| user.map(|user| user.to_string()).unwrap_or_default();
    let said = fact(&task, "task.assigned")
        .with("owner", text(to.owner))
        .with("checker", text(to.checker))
        .with("confirmer", text(to.confirmer))
        .with("owner_before", text(task.owner));
    (task.owner, task.checker, task.confirmer) = (to.owner, to.checker, to.confirmer);
    Ok((task, vec![said]))
}

/// Begins work, or begins it again after a failed check. With a waiver, unmet conditions are
/// recorded and passed over; only someone who leads the plan may waive.
///
/// # Errors
/// The list of unmet conditions, or why this person may not.
pub fn start(
    mut task: Task,
    before: &[Before],
    around: &[Unmet],
    waiver: Option<&str>,
    hand: Hand,
    now: DateTime<Utc>,
) -> Outcome {
    only_owner(&task, hand)?;
    if task.state == TaskState::Rejected {
        task.state = TaskState::Rework;
        let said = fact(&task, "task.rework_started");
        return Ok((task, vec![said]));
    }
    if !task.state.is_ahead() {
        return wrong_state(&task, "start");
    }
    let unmet = unmet_to_start(&task, before, around, now);
    let waiver = waiver.map(str::trim).filter(|text| !text.is_empty());
    // A closed gate is passed only with a waiver of the gate itself, which says until when and what replaces it.
    let at_gate = unmet.iter().any(|one| matches!(one, Unmet::GateClosed { .. }));
    let mut said = fact(&task, "task.started");
    if !unmet.is_empty() {
        match waiver {
            Some(reason) if hand.leads && task.owner.is_some() && !at_gate => {
                let passed: Vec<String> = unmet.iter().map(|one| one.refusal().code).collect();
                said = said.with("waiver", reason).with("passed_over", passed);
            }
            _ => return Err(unmet.iter().map(Unmet::refusal).collect()),
        }
    }
    task.state = TaskState::InProgress;
    task.actual_start = Some(task.actual_start.unwrap_or(now));
    Ok((task, vec![said]))
}

/// How far the work is, as its doer says.
///
/// # Errors
/// When nobody works on it or the number is no percentage.
pub fn report(mut task: Task, percent: i64, hand: Hand) -> Outcome {
    only_owner(&task, hand)?;
    if !task.state.is_working() {
        return wrong_state(&task, "report");
    }
    if !(0..=100).contains(&percent) {
        return refuse(Refusal::invalid("out-of-range").at("percent").with("min", 0).with("max", 100));
    }
    let said = fact(&task, "task.progressed").with("percent", percent).with("before", task.percent);
    task.percent = percent as i32;
    Ok((task, vec![said]))
}

/// What is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// What was done.
    pub text: String,
    /// Evidence.
    pub document: Option<DocumentId>,
}

/// The doer claims it is done.
///
/// # Errors
/// When nothing is said, a predecessor still holds the finish, or nobody works on it.
pub fn submit(mut task: Task, what: &Submission, before: &[Before], hand: Hand, now: DateTime<Utc>) -> Outcome {
    may_submit(&task, hand)?;
    let mut parse = Parse::new();
    parse.required("text", &what.text, 4_000);
    held_back(&task, before, now).into_iter().for_each(|refusal| parse.refuse(refusal));
    parse.finish(|| ())?;
    task.state = TaskState::Submitted;
    task.percent = 100;
    let mut said = fact(&task, "task.submitted");
    if let Some(document) = what.document {
        said = said.with("document", document.to_string());
    }
    Ok((task, vec![said]))
}

/// Whether work could be handed in now, whatever is said with it.
///
/// # Errors
/// Everything that is in the way, or why this person may not.
pub fn unmet_to_submit(task: &Task, before: &[Before], hand: Hand, now: DateTime<Utc>) -> Result<(), Vec<Refusal>> {
    may_submit(task, hand)?;
    let held = held_back(task, before, now);
    if held.is_empty() { Ok(()) } else { Err(held) }
}

fn may_submit(task: &Task, hand: Hand) -> Result<(), Vec<Refusal>> {
    only_owner(task, hand)?;
    if task.state.is_working() { Ok(()) } else { wrong_state(task, "submit") }
}

/// Predecessors that still hold the finish, and nobody to check.
fn held_back(task: &Task, before: &[Before], now: DateTime<Utc>) -> Vec<Refusal> {
    let held = before.iter().filter_map(|one| one.holds(false, now));
    held.chain(task.checker.is_none().then_some(Unmet::NoChecker)).map(|one| one.refusal()).collect()
}

/// Who looks at handed-in work: the named checker, never the one who did it.
///
/// # Errors
/// Which of the rules stands against this person.
pub fn may_check(task: &Task, doer: Option<UserId>, hand: Hand) -> Result<(), Vec<Refusal>> {
    if !matches!(task.state, TaskState::Submitted | TaskState::Checking) {
        return wrong_state(task, "check");
    }
    if doer == Some(hand.user) || task.owner == Some(hand.user) {
        return refuse(Refusal::forbidden("task-check-own"));
    }
    match task.checker {
        Some(checker) if checker != hand.user => refuse(Refusal::forbidden("task-not-checker")),
        _ => Ok(()),
    }
}

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Answers are missing; the check goes on.
    Open,
    /// Every mandatory indicator passed.
    Accepted,
    /// At least one mandatory indicator failed.
    Rejected,
}

/// Judges the answers of this round: the latest answer to each indicator counts.
pub fn verdict(task: &Task, indicators: &[Indicator], measured: &[Measurement]) -> (Verdict, Vec<Unmet>) {
    let mut unmet = Vec::new();
    let mut failed = false;
    for indicator in indicators.iter().filter(|indicator| indicator.mandatory) {
        let of_round = measured.iter().filter(|one| one.indicator == indicator.id && one.round == task.round);
        match of_round.max_by_key(|one| (one.at, one.id)) {
            None => unmet.push(Unmet::NotMeasured { name: indicator.name.clone() }),
            Some(last) if !last.passed => {
                failed = true;
                unmet.push(Unmet::Failing { name: indicator.name.clone() });
            }
            Some(_) => {}
        }
    }
    let verdict = match (failed, unmet.is_empty()) {
        (true, _) => Verdict::Rejected,
        (false, true) => Verdict::Accepted,
        (false, false) => Verdict::Open,
    };
    (verdict, unmet)
}

/// Takes the checker's answers into account. A failed check sends the task back for another
/// round; the deviation that goes with it is opened by [`super::deviation::open`].
///
/// # Errors
/// When this person may not check or the task is not there yet.
pub fn check(
    mut task: Task,
    indicators: &[Indicator],
    measured: &[Measurement],
    submitted: Option<(UserId, DateTime<Utc>)>,
    hand: Hand,
) -> Result<(Task, Verdict, Vec<Fact>), Vec<Refusal>> {
    may_check(&task, submitted.map(|(doer, _)| doer), hand)?;
    let (verdict, unmet) = verdict(&task, indicators, measured);
    let said = match verdict {
        Verdict::Open => {
            task.state = TaskState::Checking;
            fact(&task, "task.measured").with("missing", unmet.len())
        }
        Verdict::Accepted => {
            task.state = TaskState::Accepted;
            task.actual_finish = submitted.map(|(_, at)| at).or(task.actual_start);
            fact(&task, "task.accepted")
        }
        Verdict::Rejected => {
            let failing: Vec<String> = unmet
                .iter()
                .filter_map(|one| match one {
                    Unmet::Failing { name } => Some(name.en.clone()),
                    _ => None,
                })
                .collect();
            let said = fact(&task, "task.rejected").with("failing", failing);
            send_back(&mut task);
            said
        }
    };
    Ok((task, verdict, vec![said]))
}

/// Round n + 1.
fn send_back(task: &mut Task) {
    task.state = TaskState::Rejected;
    task.round += 1;
    task.percent = task.percent.min(90);
    task.actual_finish = None;
}

/// Sends work back without figures: by the checker while checking, by the confirmer before signing.
///
/// # Errors
/// When no reason is given or this person may not.
pub fn reject(mut task: Task, reason: &str, doer: Option<UserId>, hand: Hand) -> Outcome {
    match task.state {
        TaskState::Accepted => may_confirm(&task, doer, hand)?,
        _ => may_check(&task, doer, hand)?,
    }
    let mut parse = Parse::new();
    let reason = parse.required("reason", reason, 2_000);
    parse.finish(|| ())?;
    let said = fact(&task, "task.rejected").with("reason", reason);
    send_back(&mut task);
    Ok((task, vec![said]))
}

fn may_confirm(task: &Task, doer: Option<UserId>, hand: Hand) -> Result<(), Vec<Refusal>> {
    if doer == Some(hand.user) || task.owner == Some(hand.user) {
        return refuse(Refusal::forbidden("task-confirm-own"));
    }
    match task.confirmer {
        Some(confirmer) if confirmer != hand.user => refuse(Refusal::forbidden("task-not-confirmer")),
        _ => Ok(()),
    }
}

/// Signs accepted work. From here on the record is frozen.
///
/// # Errors
/// When it is not accepted, a blocking deviation is open, or this person may not.
pub fn confirm(mut task: Task, doer: Option<UserId>, blocking_open: u32, hand: Hand) -> Outcome {
    if task.state != TaskState::Accepted {
        return wrong_state(&task, "confirm");
    }
    may_confirm(&task, doer, hand)?;
    if blocking_open > 0 {
        return refuse(Unmet::Deviations { open: blocking_open }.refusal());
    }
    task.state = TaskState::Confirmed;
    let said = fact(&task, "task.confirmed");
    Ok((task, vec![said]))
}
