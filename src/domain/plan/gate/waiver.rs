//! What is let pass at a gate: a criterion that is not met, or a task that starts before the gate is open. A waiver says
//! who let it pass, why, until when, and what replaces it; it expires by itself.

use crate::journal::{Fact, Subject, SubjectKind};
use crate::plan::axis;
use crate::refusal::Parse;
use crate::{EditionId, GateWaiverId, PhaseGateId, Refusal, TaskId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A waiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Identity.
    pub id: GateWaiverId,
    /// The edition.
    pub edition: EditionId,
    /// The gate.
    pub gate: PhaseGateId,
    /// Key of the criterion; empty for an early start.
    pub criterion: String,
    /// The task that may start early.
    pub task: Option<TaskId>,
    /// Why.
    pub reason: String,
    /// What replaces it.
    pub replacement: String,
    /// From this moment on it does not hold any more.
    pub until: DateTime<Utc>,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was taken back.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Waiver {
    /// Neither expired nor taken back.
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && now < self.until
    }
}

/// What a person types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WaiverDraft {
    /// Key of a criterion, or empty.
    pub criterion: String,
    /// Code of a task that may start early, or empty.
    pub task: String,
    /// Why.
    pub reason: String,
    /// What replaces it.
    pub replacement: String,
    /// Last day on which it holds, `YYYY-MM-DD`.
    pub until_on: String,
}

/// A waiver, read and checked but for what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waive {
    reason: String,
    replacement: String,
    until_on: NaiveDate,
}

impl WaiverDraft {
    /// Reads the draft; `today` is the venue's day.
    ///
    /// # Errors
    /// Every field that cannot be read; a day that lies behind.
    pub fn parse(&self, today: NaiveDate) -> Result<Waive, Vec<Refusal>> {
        let mut parse = Parse::new();
        let reason = parse.required("reason", &self.reason, 1_000);
        let replacement = parse.required("replacement", &self.replacement, 1_000);
        let until_on = parse.date("until_on", &self.until_on);
        if until_on.is_some_and(|day| day < today) {
            parse.refuse(Refusal::invalid("date-past").at("until_on"));
        }
        parse.finish(|| Waive { reason, replacement, until_on: until_on.unwrap_or(today) })
    }
}

/// What a waiver is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A criterion, by its key.
    Criterion(String),
    /// A task that may start early: identity and code.
    Task(TaskId, String),
}

/// Where and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At<'a> {
    /// The edition.
    pub edition: EditionId,
    /// The gate.
    pub gate: PhaseGateId,
    /// Code of its milestone.
    pub code: &'a str,
    /// The venue's zone.
    pub zone: Tz,
    /// Who.
    pub by: UserId,
    /// When.
    pub now: DateTime<Utc>,
}

/// Grants a waiver.
pub fn grant(id: GateWaiverId, at: At<'_>, about: About, command: Waive) -> (Waiver, Vec<Fact>) {
    let (criterion, task, named) = match about {
        About::Criterion(key) => (key.clone(), None, key),
        About::Task(task, code) => (String::new(), Some(task), code),
    };
    let end = command.until_on.succ_opt().unwrap_or(command.until_on);
    let waiver = Waiver {
        id,
        edition: at.edition,
        gate: at.gate,
        criterion,
        task,
        reason: command.reason,
        replacement: command.replacement,
        until: axis::instant(axis::midnight(end), at.zone),
        by: at.by,
        at: at.now,
        ended_at: None,
    };
    let kind = if task.is_some() { "phase_gate.early_start" } else { "phase_gate.waived" };
    let fact = Fact::new(kind, Subject::new(SubjectKind::PhaseGate, at.gate), at.edition)
        .with("code", at.code)
        .with("about", named)
        .with("reason", waiver.reason.as_str())
        .with("replacement", waiver.replacement.as_str())
        .with("until", command.until_on.to_string());
    (waiver, vec![fact])
}

/// Takes a waiver back.
///
/// # Errors
/// When it does not hold any more.
pub fn end(mut waiver: Waiver, code: &str, now: DateTime<Utc>) -> Result<(Waiver, Vec<Fact>), Vec<Refusal>> {
    if !waiver.is_valid(now) {
        return Err(vec![Refusal::conflict("gate-waiver-over")]);
    }
    waiver.ended_at = Some(now);
    let fact = Fact::new("phase_gate.waiver_ended", Subject::new(SubjectKind::PhaseGate, waiver.gate), waiver.edition)
        .with("code", code)
        .with("reason", waiver.reason.as_str());
    Ok((waiver, vec![fact]))
}
