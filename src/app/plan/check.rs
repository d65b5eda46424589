//! Checking handed-in work against its indicators. A failed check opens a deviation and round n + 1.

use super::evidence::maybe;
use super::under_way::{hand, take};
use crate::{App, Error, Work};
use chrono::Days;
use domain::access::Viewer;
use domain::document::Upload;
use domain::plan::deviation::{self, Found, OpenDeviation, Severity};
use domain::plan::work::{self, Verdict};
use domain::plan::{Indicator, IndicatorKind, Measurement, Task, axis};
use domain::refusal::Parse;
use domain::{EditionId, IndicatorId, Refusal, TaskId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read::plan as read;
use store::record::plan as record;

/// How long the doer has to put a failed check right, when the checker names no day.
const DAYS_TO_CORRECT: u64 = 3;

/// The answer to one indicator as typed: `yes`, `no`, a number; empty leaves it open.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The value.
    pub value: String,
    /// A remark.
    pub note: String,
}

/// A check as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckDraft {
    /// Indicator id to answer.
    pub answers: BTreeMap<String, Answer>,
    /// What the checker says.
    pub text: String,
    /// For a failed check: why it came to be.
    pub cause: String,
    /// For a failed check: what puts it right.
    pub corrective_action: String,
    /// For a failed check: how bad it is; major when empty.
    pub severity: String,
}

/// A check, read against the indicators of its task.
#[derive(Clone, Debug)]
pub struct Check {
    values: Vec<(IndicatorId, f64, bool, String)>,
    text: String,
    cause: String,
    corrective_action: String,
    severity: Severity,
}

impl CheckDraft {
    /// Reads the answers; refusals name `indicator-<id>`.
    ///
    /// # Errors
    /// Every answer that is no number or no yes or no.
    pub fn parse(&self, indicators: &[Indicator]) -> Result<Check, Vec<Refusal>> {
        let mut parse = Parse::new();
        let mut values = Vec::new();
        for indicator in indicators {
            let Some(answer) = self.answers.get(&indicator.id.to_string()) else { continue };
            let field = format!("indicator-{}", indicator.id);
            let text = answer.value.trim();
            let note = parse.optional(&format!("note-{}", indicator.id), &answer.note, 1_000);
            let value = match (indicator.kind, text) {
                (_, "") => continue,
                (IndicatorKind::Number, text) => text.trim_end_matches('%').trim().replace(',', ".").parse().ok(),
                (_, "yes" | "true" | "1") => Some(1.0),
                (_, "no" | "false" | "0") => Some(0.0),
                _ => None,
            };
            match value.filter(|value: &f64| value.is_finite()) {
                Some(value) => values.push((indicator.id, value, indicator.passes(value), note)),
                None => parse.refuse(Refusal::invalid("not-a-measure").at(&field).with("value", text)),
            }
        }
        let known = |id: &String| indicators.iter().any(|indicator| indicator.id.to_string() == *id);
        if let Some(unknown) = self.answers.keys().find(|id| !known(id)) {
            parse.refuse(Refusal::invalid("unknown-choice").at("answers").with("value", unknown));
        }
        let severity = match self.severity.trim() {
            "" => Some(Severity::Major),
            text => parse.choice("severity", text, Severity::parse),
        };
        let text = parse.optional("text", &self.text, 4_000);
        let cause = parse.optional("cause", &self.cause, 2_000);
        let corrective_action = parse.optional("corrective_action", &self.corrective_action, 2_000);
        parse.finish(|| Check { values, text, cause, corrective_action, severity: severity.unwrap_or(Severity::Major) })
    }
}

/// Checks a task; answers what it came to.
///
/// # Errors
/// Answers that cannot be read, the doer as checker, the wrong state.
pub async fn check(
    app: &App,
    viewer: &Viewer,
    edition: EditionId,
    task: TaskId,
    draft: &CheckDraft,
    file: Option<&Upload>,
) -> Result<Verdict, Error> {
    let mut work = app.begin(viewer.actor()).await?;
    let plan = take(&work, edition).await?;
    let task = plan.task(task)?;
    let doer = read::doer(work.tx(), edition, task.id, task.round).await?;
    // Who may not check hears that, before anything about the answers.
    work::may_check(&task, doer.map(|(user, _)| user), hand(viewer, edition))?;
    let indicators = read::indicators(work.tx(), edition, task.id).await?;
    let command = draft.parse(&indicators)?;
    let document = maybe(&work, edition, file).await?;
    let round = task.round;
    let new: Vec<Measurement> = command
        .values
        .iter()
        .map(|(indicator, value, passed, note)| Measurement {
            id: work.id(),
            edition,
            indicator: *indicator,
            task: task.id,
            round,
            value: *value,
            passed: *passed,
            note: note.clone(),
            document,
            by: viewer.user,
            at: work.now(),
        })
        .collect();
    record::insert_measurements(work.tx(), &new).await?;
    let mut measured = read::measurements(work.tx(), edition, task.id).await?;
    measured.sort_by_key(|one| (one.at, one.id));
    let (task, verdict, facts) = work::check(task, &indicators, &measured, doer, hand(viewer, edition))?;
    let report = record::NewReport {
        id: work.id(),
        kind: if verdict == Verdict::Rejected { "reject" } else { "check" },
        round,
        text: command.text.clone(),
        document,
        by: viewer.user,
    };
    record::insert_report(work.tx(), edition, task.id, &report, work.now()).await?;
    work.note(facts);
    if verdict == Verdict::Rejected {
        let failing: Vec<&str> = failing(&indicators, &new);
        let title = if failing.is_empty() { task.done_when.clone() } else { failing.join("; ") };
        open(&mut work, &plan.old, &task, round, title, &command, viewer.user).await?;
    }
    let id = task.id;
    let sheet = plan.with(task);
    plan.settle(&mut work, sheet, Some(id)).await?;
    work.commit().await?;
    Ok(verdict)
}

fn failing<'a>(indicators: &'a [Indicator], measured: &[Measurement]) -> Vec<&'a str> {
    let failed = |one: &&Indicator| measured.iter().any(|value| value.indicator == one.id && !value.passed);
    indicators.iter().filter(failed).map(|one| one.name.en.as_str()).collect()
}

async fn open(
    work: &mut Work,
    sheet: &domain::plan::Sheet,
    task: &Task,
    round: i32,
    title: String,
    command: &Check,
    by: UserId,
) -> Result<(), Error> {
    let today = axis::day_of(axis::minute_at(work.now(), sheet.zone));
    let due = today.checked_add_days(Days::new(DAYS_TO_CORRECT)).unwrap_or(today);
    let title: String = title.chars().take(200).collect();
    let (cause, action) = (command.cause.clone(), command.corrective_action.clone());
    let wanted = OpenDeviation::from_check(title, cause, action, task.owner, due).of(command.severity);
    let found = Found { edition: task.edition, task: Some(task.id), round };
    let (one, facts) = deviation::open(work.id(), found, wanted, by, work.now());
    record::insert_deviation(work.tx(), &one).await?;
    work.note(facts);
    Ok(())
}
