//! Deviations: departures from requirement or plan that stay open until someone proves they
//! are closed.

use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{DeviationId, EditionId, Refusal, TaskId, UserId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

codes! {
    /// How bad it is.
    Severity {
        /// Put right in passing.
        Minor "minor",
        /// Needs an owner and a date.
        Major "major",
        /// Nothing that depends on it may go on.
        Blocking "blocking",
    }
}

codes! {
    /// Open or not.
    DeviationState {
        /// Someone still has to act.
        Open "open",
        /// Closed with proof.
        Closed "closed",
    }
}

/// A deviation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// Identity.
    pub id: DeviationId,
    /// The edition.
    pub edition: EditionId,
    /// The task it was found at.
    pub task: Option<TaskId>,
    /// The round of the task.
    pub round: i32,
    /// How bad.
    pub severity: Severity,
    /// What is wrong.
    pub title: String,
    /// Why it came to be.
    pub cause: String,
    /// What puts it right.
    pub corrective_action: String,
    /// Who puts it right.
    pub owner: Option<UserId>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Open or closed.
    pub state: DeviationState,
    /// Who found it.
    pub opened_by: UserId,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// Who closed it.
    pub closed_by: Option<UserId>,
    /// When.
    pub closed_at: Option<DateTime<Utc>>,
    /// What shows that it is put right.
    pub proof: String,
    /// For the check against a change in between.
    pub version: i32,
}

/// What a person types to open a deviation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviationDraft {
    /// Code of a severity.
    pub severity: String,
    /// What is wrong.
    pub title: String,
    /// Why.
    pub cause: String,
    /// What puts it right.
    pub corrective_action: String,
    /// User id of the owner, may be empty.
    pub owner: String,
    /// `YYYY-MM-DD`, may be empty for a minor one.
    pub due_on: String,
}

/// A deviation to open, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenDeviation {
    severity: Severity,
    title: String,
    cause: String,
    corrective_action: String,
    owner: Option<UserId>,
    due_on: Option<NaiveDate>,
}

impl DeviationDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be read.
    pub fn parse(&self) -> Result<OpenDeviation, Vec<Refusal>> {
        let mut parse = Parse::new();
        let severity = parse.choice("severity", &self.severity, Severity::parse);
        let title = parse.required("title", &self.title, 200);
        let cause = parse.optional("cause", &self.cause, 2_000);
        let corrective_action = parse.optional("corrective_action", &self.corrective_action, 2_000);
        let owner = match self.owner.trim() {
            "" => None,
            text => parse.choice("owner", text, |text| text.parse().ok()),
        };
        let due_on = match self.due_on.trim() {
            "" => None,
            text => parse.date("due_on", text),
        };
        if matches!(severity, Some(Severity::Major | Severity::Blocking)) {
            for (field, missing) in [("owner", owner.is_none()), ("due_on", due_on.is_none())] {
                if missing {
                    parse.refuse(Refusal::invalid("deviation-needs").at(field));
                }
            }
        }
        parse.finish(|| OpenDeviation {
            severity: severity.unwrap_or(Severity::Minor),
            title,
            cause,
            corrective_action,
            owner,
            due_on,
        })
    }
}

impl OpenDeviation {
    /// The one a failed check opens by itself: major, for the doer, due when the checker says.
    pub fn from_check(title: String, cause: String, action: String, owner: Option<UserId>, due_on: NaiveDate) -> Self {
        OpenDeviation {
            severity: Severity::Major,
            title,
            cause,
            corrective_action: action,
            owner,
            due_on: Some(due_on),
        }
    }

    /// The same with another severity.
    #[must_use]
    pub fn of(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// Where a deviation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The edition.
    pub edition: EditionId,
    /// The task, if at one.
    pub task: Option<TaskId>,
    /// The round of the task.
    pub round: i32,
}

/// Opens a deviation.
pub fn open(
    id: DeviationId,
    found: Found,
    command: OpenDeviation,
    by: UserId,
    now: DateTime<Utc>,
) -> (Deviation, Vec<Fact>) {
    let deviation = Deviation {
        id,
        edition: found.edition,
        task: found.task,
        round: found.round,
        severity: command.severity,
        title: command.title,
        cause: command.cause,
        corrective_action: command.corrective_action,
        owner: command.owner,
        due_on: command.due_on,
        state: DeviationState::Open,
        opened_by: by,
        opened_at: now,
        closed_by: None,
        closed_at: None,
        proof: String::new(),
        version: 1,
    };
    let facts = facts(&deviation, "deviation.opened", "task.deviation_opened");
    (deviation, facts)
}

/// Closes a deviation. Proof is not optional: "fixed" is a claim, the proof is what makes it checkable.
///
/// # Errors
/// When it is closed already or no proof is given.
pub fn close(
    mut deviation: Deviation,
    proof: &str,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<(Deviation, Vec<Fact>), Vec<Refusal>> {
    let mut parse = Parse::new();
    let proof = parse.required("proof", proof, 2_000);
    if deviation.state == DeviationState::Closed {
        parse.refuse(Refusal::conflict("deviation-closed"));
    }
    let proof = parse.finish(|| proof)?;
    deviation.state = DeviationState::Closed;
    deviation.closed_by = Some(by);
    deviation.closed_at = Some(now);
    deviation.proof = proof;
    let facts = facts(&deviation, "deviation.closed", "task.deviation_closed");
    Ok((deviation, facts))
}

/// One fact for the deviation, one for the timeline of its task.
fn facts(deviation: &Deviation, own: &str, at_task: &str) -> Vec<Fact> {
    let about = |kind: &str, subject| {
        Fact::new(kind, subject, deviation.edition)
            .with("title", deviation.title.as_str())
            .with("severity", deviation.severity.code())
    };
    let mut facts = vec![about(own, Subject::new(SubjectKind::Deviation, deviation.id))];
    if let Some(task) = deviation.task {
        facts.push(about(at_task, Subject::new(SubjectKind::Task, task)));
    }
    facts
}
