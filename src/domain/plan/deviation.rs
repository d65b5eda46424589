//! Deviations: departures from requirement or plan that stay open until someone proves they
//! are closed.

use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{Bilingual, DeviationId, EditionId, Locale, PlaceId, Refusal, TaskId, UserId};
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

codes! {
    /// What opened it.
    Source {
        /// A person.
        Person "person",
        /// A failed check.
        Check "check",
        /// A report that did not come.
        Report "report",
        /// A forecast behind a deadline.
        Forecast "forecast",
        /// A place state that was lost.
        State "state",
        /// Two reservations of a place that clash.
        Conflict "conflict",
    }
}

impl Source {
    /// Opened on an observation of Fairlead's own, which can also see that the cause is gone and close it with that
    /// as proof. A lost state is not among them: that it holds again is for a person to prove.
    pub const fn observed(self) -> bool {
        matches!(self, Source::Report | Source::Forecast | Source::Conflict)
    }

    /// Opened by Fairlead, not by a person.
    pub const fn is_system(self) -> bool {
        !matches!(self, Source::Person | Source::Check)
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
    /// The same in Chinese, where Fairlead wrote it; empty for what a person typed.
    pub title_zh: String,
    /// What opened it.
    pub source: Source,
    /// Names the cause: one cause has at most one open deviation.
    pub dedup: Option<String>,
    /// The place it is about.
    pub place: Option<PlaceId>,
    /// How far it has been escalated: 0 owner, 1 lead of the role, 2 manager, 3 director.
    pub level: i32,
    /// When it came to that level.
    pub level_at: Option<DateTime<Utc>>,
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

impl Deviation {
    /// What is wrong, in the reader's language where both are there.
    pub fn title(&self, locale: Locale) -> &str {
        if locale == Locale::ZhCn && !self.title_zh.is_empty() { &self.title_zh } else { &self.title }
    }
}

/// Who opens and closes what no person does: nobody.
pub const fn nobody() -> UserId {
    UserId::from_uuid(uuid::Uuid::nil())
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
    title_zh: String,
    source: Source,
    dedup: Option<String>,
    place: Option<PlaceId>,
    cause: String,
    corrective_action: String,
    owner: Option<UserId>,
    due_on: Option<NaiveDate>,
}

impl DeviationDraft {
    /// A deviation as the form that changes it begins.
    pub fn of(one: &Deviation) -> Self {
        Self {
            severity: one.severity.code().to_owned(),
            title: one.title.clone(),
            cause: one.cause.clone(),
            corrective_action: one.corrective_action.clone(),
            owner: one.owner.map(|id| id.to_string()).unwrap_or_default(),
            due_on: one.due_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

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
            title_zh: String::new(),
            source: Source::Person,
            dedup: None,
            place: None,
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
            title_zh: String::new(),
            source: Source::Check,
            dedup: None,
            place: None,
            cause,
            corrective_action: action,
            owner,
            due_on: Some(due_on),
        }
    }

    /// One that Fairlead opens on a cause it has seen, in both languages.
    pub fn from_cause(cause: &super::cause::Cause, title: Bilingual, due_on: NaiveDate) -> Self {
        OpenDeviation {
            severity: cause.severity,
            title: title.en.chars().take(200).collect(),
            title_zh: title.zh.chars().take(200).collect(),
            source: cause.source,
            dedup: Some(cause.key.clone()),
            place: cause.place,
            cause: String::new(),
            corrective_action: String::new(),
            owner: cause.owner,
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
        title_zh: command.title_zh,
        source: command.source,
        dedup: command.dedup,
        place: command.place,
        level: 0,
        level_at: None,
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

/// Changes severity, words, owner and day of an open deviation.
///
/// # Errors
/// When it is closed.
pub fn edit(mut deviation: Deviation, to: OpenDeviation) -> Result<(Deviation, Vec<Fact>), Vec<Refusal>> {
    if deviation.state == DeviationState::Closed {
        return Err(vec![Refusal::conflict("deviation-closed")]);
    }
    let text = |user: Option<UserId>| user.map(|user| user.to_string()).unwrap_or_default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let said = about(&deviation, "deviation.edited", Subject::new(SubjectKind::Deviation, deviation.id))
        .with("severity", to.severity.code())
        .with("severity_before", deviation.severity.code())
        .with("owner", text(to.owner))
        .with("owner_before", text(deviation.owner))
        .with("due_on", day(to.due_on))
        .with("due_on_before", day(deviation.due_on));
    if deviation.title != to.title {
        deviation.title_zh = String::new();
    }
    deviation.severity = to.severity;
    deviation.title = to.title;
    deviation.cause = to.cause;
    deviation.corrective_action = to.corrective_action;
    (deviation.owner, deviation.due_on) = (to.owner, to.due_on);
    Ok((deviation, vec![said]))
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

pub(super) fn about(deviation: &Deviation, kind: &str, subject: Subject) -> Fact {
    let zh = if deviation.title_zh.is_empty() { &deviation.title } else { &deviation.title_zh };
    Fact::new(kind, subject, deviation.edition)
        .with("title_en", deviation.title.as_str())
        .with("title_zh", zh.as_str())
        .with("severity", deviation.severity.code())
}

/// One fact for the deviation, one for the timeline of its task.
fn facts(deviation: &Deviation, own: &str, at_task: &str) -> Vec<Fact> {
    let mut facts = vec![about(deviation, own, Subject::new(SubjectKind::Deviation, deviation.id))];
    if let Some(task) = deviation.task {
        facts.push(about(deviation, at_task, Subject::new(SubjectKind::Task, task)));
    }
    facts
}
