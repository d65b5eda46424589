//! Promising tasks for a week or a day, and saying what became of a promise.

use crate::{App, Error};
use domain::access::Viewer;
use domain::edition::Edition;
use domain::plan::commitment::{self, Outcome, Promise, Span};
use domain::refusal::Parse;
use domain::{CommitmentId, EditionId, Refusal};
use serde::{Deserialize, Serialize};
use store::record::{commitment as record, plan};

/// What is promised, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromiseDraft {
    /// Codes of the tasks.
    pub task: Vec<String>,
    /// `week` or `day`.
    pub span: String,
    /// A day of the period, `YYYY-MM-DD`.
    pub begins_on: String,
    /// How far, percent; 100 when empty.
    pub goal: String,
}

/// Promises tasks; answers how many.
///
/// # Errors
/// A period that is over, a task that is done or promised already, fields that cannot be read.
pub async fn promise(app: &App, viewer: &Viewer, edition: &Edition, draft: &PromiseDraft) -> Result<usize, Error> {
    let mut parse = Parse::new();
    let span = parse.choice("span", &draft.span, Span::parse);
    let day = parse.date("begins_on", &draft.begins_on);
    let goal = match draft.goal.trim() {
        "" => Some(100),
        text => parse.number("goal", text, 1..=100),
    };
    if draft.task.iter().all(|code| code.trim().is_empty()) {
        parse.refuse(Refusal::invalid("commitment-none").at("task"));
    }
    let (Some(span), Some(day), Some(goal)) = (span, day, goal) else {
        return Err(parse.finish(|| ()).err().unwrap_or_default().into());
    };
    parse.finish(|| ())?;
    let mut work = app.begin(viewer.actor()).await?;
    let sheet = plan::lock(work.tx(), edition.id).await?.ok_or(Error::Missing)?;
    let today = edition.day(work.now());
    let (mut made, mut refusals) = (Vec::new(), Vec::new());
    for code in draft.task.iter().map(|code| code.trim()).filter(|code| !code.is_empty()) {
        let Some(task) = sheet.tasks.iter().find(|task| task.code == code) else {
            refusals.push(Refusal::invalid("plan-unknown-task").at("task").with("value", code));
            continue;
        };
        let what = Promise { span, day, goal };
        match commitment::promise(work.id(), task, what, viewer.user, today, work.now()) {
            Ok((one, facts)) => {
                made.push(one);
                work.note(facts);
            }
            Err(refused) => refusals.extend(refused),
        }
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    record::insert(work.tx(), &made).await.map_err(promised)?;
    work.commit().await?;
    Ok(made.len())
}

fn promised(fault: store::Fault) -> Error {
    if fault.taken("uq_commitment_task_id_span_begins_on") {
        return Refusal::conflict("commitment-twice").at("task").into();
    }
    fault.into()
}

/// What became of a promise, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JudgeDraft {
    /// `done`, `missed`, `open`.
    pub outcome: String,
    /// Code of a reason, for `missed`.
    pub reason: String,
    /// Words.
    pub note: String,
}

/// Says what became of a promise.
///
/// # Errors
/// Kept without being done, not kept without a reason.
pub async fn judge(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    id: CommitmentId,
    draft: &JudgeDraft,
) -> Result<(), Error> {
    let mut parse = Parse::new();
    let outcome = parse.choice("outcome", &draft.outcome, Outcome::parse);
    let outcome = parse.finish(|| outcome.unwrap_or(Outcome::Open))?;
    let mut work = app.begin(viewer.actor()).await?;
    let one = record::find(work.tx(), edition, id).await?.ok_or(Error::Missing)?;
    let task = plan::task(work.tx(), edition, one.task).await?.ok_or(Error::Missing)?;
    let by = (viewer.user, work.now());
    let (one, facts) = commitment::judge(one, &task, outcome, &draft.reason, &draft.note, by)?;
    record::save(work.tx(), &one).await?;
    work.note(facts);
    work.commit().await
}
