//! Duties: what each exhibitor has to do, and the light that tells how urgent it is.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{DocumentId, DutyId, EditionId, ExhibitorDutyId, ParticipationId, TaskId};
use crate::journal::{Actor, Fact, Subject, SubjectKind};
use crate::locale::Bilingual;
use crate::refusal::{Parse, Refusal};
use crate::sales::StandKind;

/// An open duty turns amber this many days before its deadline.
pub const SOON_DAYS: i64 = 14;

/// Which exhibitors have a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppliesTo {
    /// Everyone.
    All,
    /// Those with raw space.
    Raw,
    /// Those with a shell or package stand.
    Shell,
}

impl AppliesTo {
    /// Every value.
    pub const ALL: &[Self] = &[Self::All, Self::Raw, Self::Shell];

    /// Stable spelling, also the database's.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Raw => "raw",
            Self::Shell => "shell",
        }
    }

    /// The value with this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == text)
    }

    /// Whether an exhibitor holding stands of these kinds has the duty.
    #[must_use]
    pub fn covers(self, held: &[StandKind]) -> bool {
        match self {
            Self::All => true,
            Self::Raw => held.contains(&StandKind::Raw),
            Self::Shell => held.iter().any(|kind| *kind != StandKind::Raw),
        }
    }
}

/// A kind of duty of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Identity.
    pub id: DutyId,
    /// The edition.
    pub edition: EditionId,
    /// Short code, unique in the edition.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// What to do, for the exhibitor.
    pub help: Bilingual,
    /// The plan task whose finish is the deadline.
    pub task: Option<TaskId>,
    /// Who has it.
    pub applies_to: AppliesTo,
    /// Whether the show depends on it.
    pub mandatory: bool,
    /// Order of the list.
    pub sort: i32,
}

/// What is known about one exhibitor's duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// Still to do.
    Open,
    /// Done by the exhibitor.
    Done,
    /// The organizer does without it.
    Waived,
}

impl DutyState {
    /// Every state.
    pub const ALL: &[Self] = &[Self::Open, Self::Done, Self::Waived];

    /// Stable spelling, also the database's.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Waived => "waived",
        }
    }

    /// The state with this spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.code() == text)
    }
}

/// One exhibitor's duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitorDuty {
    /// Identity.
    pub id: ExhibitorDutyId,
    /// The edition.
    pub edition: EditionId,
    /// Which duty.
    pub duty: DutyId,
    /// Whose.
    pub participation: ParticipationId,
    /// The company, for the facts.
    pub company: String,
    /// Where it stands.
    pub state: DutyState,
    /// What the exhibitor said, or why it was waived or reopened.
    pub note: String,
    /// What the exhibitor handed in.
    pub document: Option<DocumentId>,
    /// When it was done or waived.
    pub done_at: Option<DateTime<Utc>>,
    /// By which user or contact.
    pub done_by: Option<Uuid>,
    /// For the check that nobody else changed it.
    pub version: i32,
}

/// How urgent a duty is, as a traffic light with an off state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Open and past its deadline.
    Overdue,
    /// Open, the deadline is near.
    Soon,
    /// Open, there is time, or no date yet.
    Open,
    /// Done.
    Done,
    /// Not needed.
    Waived,
}

impl Light {
    /// Every light, most urgent first.
    pub const ALL: &[Self] = &[Self::Overdue, Self::Soon, Self::Open, Self::Done, Self::Waived];

    /// Stable spelling.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::Open => "open",
            Self::Done => "done",
            Self::Waived => "waived",
        }
    }
}

/// The light of a duty.
#[must_use]
pub fn light(state: DutyState, deadline: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Light {
    match (state, deadline) {
        (DutyState::Done, _) => Light::Done,
        (DutyState::Waived, _) => Light::Waived,
        (DutyState::Open, Some(deadline)) if deadline < now => Light::Overdue,
        (DutyState::Open, Some(deadline)) if deadline < now + Duration::days(SOON_DAYS) => Light::Soon,
        (DutyState::Open, _) => Light::Open,
    }
}

/// A completion as typed; the file travels beside it.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct CompleteDraft {
    /// What to tell the organizer.
    pub note: String,
    /// "I confirm that this is complete and correct."
    pub confirm: String,
    /// The version the page was drawn from.
    pub version: String,
}

impl CompleteDraft {
    /// Reads the draft: a note or a file, and the confirmation.
    ///
    /// # Errors
    /// Every field that cannot be used, with the reason.
    pub fn parse(&self, has_file: bool) -> Result<(String, Option<i32>), Vec<Refusal>> {
        let mut read = Parse::new();
        let note = read.optional("note", &self.note, 4_000);
        if note.is_empty() && !has_file {
            read.refuse(Refusal::invalid("note-or-file").at("note"));
        }
        if self.confirm.is_empty() {
            read.refuse(Refusal::invalid("confirm-needed").at("confirm"));
        }
        let version = read.whole("version", &self.version, 0..=i64::from(i32::MAX));
        read.finish(|| (note, version.and_then(|n| i32::try_from(n).ok())))
    }
}

/// A reason as typed: for waiving and reopening.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct ReasonDraft {
    /// Why.
    pub reason: String,
    /// The version the page was drawn from.
    pub version: String,
}

impl ReasonDraft {
    /// Reads the draft.
    ///
    /// # Errors
    /// Every field that cannot be used, with the reason.
    pub fn parse(&self) -> Result<(String, Option<i32>), Vec<Refusal>> {
        let mut read = Parse::new();
        let reason = read.required("reason", &self.reason, 1_000);
        let version = read.whole("version", &self.version, 0..=i64::from(i32::MAX));
        read.finish(|| (reason, version.and_then(|n| i32::try_from(n).ok())))
    }
}

/// Marks a duty as done.
///
/// # Errors
/// `duty-closed` unless it is open, `stale` when it changed meanwhile.
pub fn complete(
    own: &ExhibitorDuty,
    duty: &Duty,
    (note, version): (String, Option<i32>),
    document: Option<DocumentId>,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<(ExhibitorDuty, Vec<Fact>), Vec<Refusal>> {
    expect_version(own, version)?;
    if own.state != DutyState::Open {
        return Err(closed(own));
    }
    let next = ExhibitorDuty {
        state: DutyState::Done,
        note,
        document: document.or(own.document),
        done_at: Some(now),
        done_by: by.id(),
        ..own.clone()
    };
    Ok((next, on_both("exhibitor.duty_done", "task.duty_done", own, duty, None)))
}

/// Opens a duty again, with the reason the exhibitor reads.
///
/// # Errors
/// `duty-open` when it is open, `stale` when it changed meanwhile.
pub fn reopen(
    own: &ExhibitorDuty,
    duty: &Duty,
    (reason, version): (String, Option<i32>),
) -> Result<(ExhibitorDuty, Vec<Fact>), Vec<Refusal>> {
    expect_version(own, version)?;
    if own.state == DutyState::Open {
        return Err(vec![Refusal::conflict("duty-open")]);
    }
    let facts = on_both("exhibitor.duty_reopened", "task.duty_reopened", own, duty, Some(&reason));
    let next = ExhibitorDuty { state: DutyState::Open, note: reason, done_at: None, done_by: None, ..own.clone() };
    Ok((next, facts))
}

/// Does without a duty, with the reason.
///
/// # Errors
/// `duty-closed` unless it is open, `stale` when it changed meanwhile.
pub fn waive(
    own: &ExhibitorDuty,
    duty: &Duty,
    (reason, version): (String, Option<i32>),
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<(ExhibitorDuty, Vec<Fact>), Vec<Refusal>> {
    expect_version(own, version)?;
    if own.state != DutyState::Open {
        return Err(closed(own));
    }
    let facts = on_both("exhibitor.duty_waived", "task.duty_waived", own, duty, Some(&reason));
    let next =
        ExhibitorDuty { state: DutyState::Waived, note: reason, done_at: Some(now), done_by: by.id(), ..own.clone() };
    Ok((next, facts))
}

fn closed(own: &ExhibitorDuty) -> Vec<Refusal> {
    vec![Refusal::conflict("duty-closed").with("state", own.state.code())]
}

fn expect_version(own: &ExhibitorDuty, version: Option<i32>) -> Result<(), Vec<Refusal>> {
    match version {
        Some(version) if version != own.version => Err(vec![Refusal::conflict("stale")]),
        _ => Ok(()),
    }
}

/// The exhibitor's timeline and the plan task's: both sides see the same event.
fn on_both(exhibitor: &str, task: &str, own: &ExhibitorDuty, duty: &Duty, reason: Option<&str>) -> Vec<Fact> {
    let told = |kind: &str, subject: Subject| {
        let fact = Fact::new(kind, subject, own.edition)
            .with("code", duty.code.clone())
            .with("company", own.company.clone())
            .with("duty_en", duty.name.en.clone())
            .with("duty_zh", duty.name.zh.clone())
            .with("participation", own.participation.to_string());
        match reason {
            Some(reason) => fact.with("reason", reason.to_owned()),
            None => fact,
        }
    };
    let mut facts = vec![told(exhibitor, Subject::new(SubjectKind::Exhibitor, own.participation))];
    if let Some(id) = duty.task {
        facts.push(told(task, Subject::new(SubjectKind::Task, id)));
    }
    facts
}

/// What to add and drop so that an exhibitor has exactly the duties of the stands it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// Duties it lacks.
    pub add: Vec<DutyId>,
    /// Open duties it no longer has. Done and waived ones stay: they are history.
    pub drop: Vec<ExhibitorDutyId>,
}

/// Compares what an exhibitor has with what it should have.
#[must_use]
pub fn reconcile(duties: &[Duty], own: &[ExhibitorDuty], held: &[StandKind]) -> Reconciled {
    let due = |duty: &Duty| duty.applies_to.covers(held);
    let add = duties
        .iter()
        .filter(|duty| due(duty) && own.iter().all(|mine| mine.duty != duty.id))
        .map(|duty| duty.id)
        .collect();
    let drop = own
        .iter()
        .filter(|mine| mine.state == DutyState::Open && mine.note.is_empty() && mine.document.is_none())
        .filter(|mine| duties.iter().any(|duty| duty.id == mine.duty && !due(duty)))
        .map(|mine| mine.id)
        .collect();
    Reconciled { add, drop }
}

#[cfg(test)]
#[path = "duty_tests.rs"]
mod tests;
