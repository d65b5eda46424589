//! Checking handed-in work against its indicators. A failed check opens a deviation and round n + 1.

use super::evidence::maybe;
use super::under_way::{hand, take};
use crate::{App, Error, Work};
use chrono::Days;
use domain::access::Viewer;
use domain::document::Upload;
use domain::plan::deviation::{self, Found, OpenDeviation, Severity};
use domain::plan::indicator::figure;
use domain::plan::work::{self, Verdict};
use domain::plan::{Indicator, IndicatorKind, Judgement, Measurement, Task, axis};
use domain::refusal::Parse;
use domain::{EditionId, Refusal, TaskId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::read::metric::Scope;
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
    /// Its own evidence; needed for documents and photographs.
    #[serde(skip)]
    pub file: Option<Upload>,
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
    /// For a failed check: how bad it is; major when empty, blocking when a stop limit is passed.
    pub severity: String,
}

/// One answer, read.
#[derive(Clone, Debug)]
pub struct Answered {
    indicator: Indicator,
    value: f64,
    note: String,
    file: Option<Upload>,
}

/// A check, read against the indicators of its task.
#[derive(Clone, Debug)]
pub struct Check {
    values: Vec<Answered>,
    live: Vec<Indicator>,
    text: String,
    cause: String,
    corrective_action: String,
    severity: Severity,
}

impl Check {
    /// The answers that were given, and the live indicators that answer themselves.
    pub fn answers(&self) -> (&[Answered], &[Indicator]) {
        (&self.values, &self.live)
    }
}

impl CheckDraft {
    /// Reads the answers; refusals name `indicator-<id>`. Live indicators take none: they are computed.
    ///
    /// # Errors
    /// Every answer that is no number or no yes or no; documents and photographs without their file.
    pub fn parse(&self, indicators: &[Indicator]) -> Result<Check, Vec<Refusal>> {
        let mut parse = Parse::new();
        let mut values = Vec::new();
        for indicator in indicators.iter().filter(|one| one.kind != IndicatorKind::Live) {
            if let Some(answer) = self.answers.get(&indicator.id.to_string()) {
                values.extend(read_answer(&mut parse, indicator, answer));
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
        let live = indicators.iter().filter(|one| one.kind == IndicatorKind::Live).cloned().collect();
        parse.finish(|| Check {
            values,
            live,
            text,
            cause,
            corrective_action,
            severity: severity.unwrap_or(Severity::Major),
        })
    }
}

fn read_answer(parse: &mut Parse, indicator: &Indicator, answer: &Answer) -> Option<Answered> {
    let field = format!("indicator-{}", indicator.id);
    let text = answer.value.trim();
    let note = parse.optional(&format!("note-{}", indicator.id), &answer.note, 1_000);
    let value = match (indicator.kind, text) {
        // A file by itself says yes.
        (kind, "") if kind.needs_file() && answer.file.is_some() => Some(1.0),
        (_, "") => return None,
        (IndicatorKind::Number, text) => figure(text),
        (_, "yes" | "true" | "1") => Some(1.0),
        (_, "no" | "false" | "0") => Some(0.0),
        _ => None,
    };
    let Some(value) = value else {
        parse.refuse(Refusal::invalid("not-a-measure").at(&field).with("value", text));
        return None;
    };
    if indicator.kind.needs_file() && value != 0.0 {
        match &answer.file {
            None => parse.refuse(Refusal::invalid("indicator-needs-file").at(&field)),
            Some(file) if indicator.kind == IndicatorKind::Photo && !file.media_type().starts_with("image/") => {
                parse.refuse(Refusal::invalid("indicator-needs-photo").at(&field).with("name", file.name()));
            }
            Some(_) => {}
        }
    }
    Some(Answered { indicator: indicator.clone(), value, note, file: answer.file.clone() })
}

/// Answers as measurements: files stored, live indicators computed at this moment. A live one without data gives none.
pub(super) async fn measured(
    work: &Work,
    task: &Task,
    (answers, live): (&[Answered], &[Indicator]),
    by: UserId,
) -> Result<Vec<Measurement>, Error> {
    let mut all = Vec::new();
    let make = |indicator: &Indicator, value: f64, note: String, document| Measurement {
        id: work.id(),
        edition: task.edition,
        indicator: indicator.id,
        task: task.id,
        round: task.round,
        value,
        passed: indicator.passes(value),
        note,
        document,
        by,
        at: work.now(),
    };
    for one in answers {
        let document = maybe(work, task.edition, one.file.as_ref()).await?;
        all.push(make(&one.indicator, one.value, one.note.clone(), document));
    }
    if live.is_empty() {
        return Ok(all);
    }
    let edition = store::read::edition::by_id(work.tx(), task.edition).await?.ok_or(Error::Missing)?;
    let scope = Scope::of(&edition, work.now());
    for indicator in live {
        let Some(used) = &indicator.metric else { continue };
        if let Some(value) = store::read::metric::read(work.tx(), &scope, used).await?.value {
            all.push(make(indicator, value, String::new(), None));
        }
    }
    Ok(all)
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
    let mut new = measured(&work, &task, command.answers(), viewer.user).await?;
    for one in new.iter_mut().filter(|one| one.document.is_none()) {
        one.document = document;
    }
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
        let stop = beyond_limit(&indicators, &new);
        let command = Check { severity: if stop { Severity::Blocking } else { command.severity }, ..command };
        open(&mut work, &plan.old, &task, round, title, &command, viewer.user).await?;
    }
    let id = task.id;
    let sheet = plan.with(task);
    plan.settle(&mut work, sheet, Some(id)).await?;
    // A blocking deviation closes gates again; a condition that is met opens one fully.
    super::gate::keep(&mut work, edition).await?;
    work.commit().await?;
    Ok(verdict)
}

/// Something was measured beyond the limit at which work stops.
fn beyond_limit(indicators: &[Indicator], measured: &[Measurement]) -> bool {
    let stops = |one: &&Indicator| {
        measured.iter().any(|value| value.indicator == one.id && one.judge(value.value) == Judgement::Stop)
    };
    indicators.iter().any(|one| stops(&one))
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
