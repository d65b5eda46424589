//! Promises: what each team says it will have done by the end of the week (on site: of the day), whether it was, and
//! if not, why. Percent plan complete (PPC) is the share of promises kept, as the Last Planner System counts it:
//! kept ÷ (kept + not kept); a promise counts as kept only when all of it is done.

use super::task::Task;
use super::vocabulary::Function;
use crate::journal::{Fact, Subject, SubjectKind};
use crate::refusal::Parse;
use crate::{Bilingual, CommitmentId, EditionId, Refusal, TaskId, UserId};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use std::sync::OnceLock;

codes! {
    /// How long a promise runs.
    Span {
        /// A week, Monday to Sunday.
        Week "week",
        /// A day.
        Day "day",
    }
}

codes! {
    /// What became of a promise.
    Outcome {
        /// Nobody has said.
        Open "open",
        /// Kept.
        Done "done",
        /// Not kept.
        Missed "missed",
    }
}

impl Span {
    /// The first day of the period a day lies in.
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        match self {
            Span::Week => day - Days::new(u64::from(day.weekday().num_days_from_monday())),
            Span::Day => day,
        }
    }

    /// How many days a period has.
    pub const fn days(self) -> u64 {
        match self {
            Span::Week => 7,
            Span::Day => 1,
        }
    }

    /// The last day of the period that begins on a day.
    pub fn last(self, begins_on: NaiveDate) -> NaiveDate {
        begins_on + Days::new(self.days() - 1)
    }
}

/// Why a promise was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// What it belongs to: `plan`, `supply`, `people`, `information`, `outside`.
    pub kind: String,
}

/// The catalogue of reasons (`fixtures/plan/reasons.csv`).
pub fn reasons() -> &'static [Reason] {
    static ALL: OnceLock<Vec<Reason>> = OnceLock::new();
    ALL.get_or_init(|| {
        let text = include_str!("../../../fixtures/plan/reasons.csv");
        let read = |row: csv::StringRecord| {
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            Reason { code: cell(0), name: Bilingual::new(cell(1), cell(2)), kind: cell(3) }
        };
        csv::Reader::from_reader(text.as_bytes()).records().flatten().map(read).collect()
    })
}

/// The reason with this code.
pub fn reason(code: &str) -> Option<&'static Reason> {
    reasons().iter().find(|one| one.code == code)
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Identity.
    pub id: CommitmentId,
    /// The edition.
    pub edition: EditionId,
    /// The task.
    pub task: TaskId,
    /// How long it runs.
    pub span: Span,
    /// First day.
    pub begins_on: NaiveDate,
    /// Which team promises.
    pub team: Function,
    /// How far the task is to be: 100 is handed in.
    pub goal: i32,
    /// What became of it.
    pub outcome: Outcome,
    /// Code of the reason, when it was not kept.
    pub reason: Option<String>,
    /// Words on it.
    pub note: String,
    /// Who promised.
    pub promised_by: UserId,
    /// When.
    pub promised_at: DateTime<Utc>,
    /// Who said what became of it.
    pub judged_by: Option<UserId>,
    /// When.
    pub judged_at: Option<DateTime<Utc>>,
    /// For the check against a change in between.
    pub version: i32,
}

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// How long it runs.
    pub span: Span,
    /// A day of the period.
    pub day: NaiveDate,
    /// How far, percent.
    pub goal: i64,
}

/// Promises a task for a period.
///
/// # Errors
/// A period that is over, a task that is done, a goal it has reached already.
pub fn promise(
    id: CommitmentId,
    task: &Task,
    what: Promise,
    by: UserId,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(Commitment, Vec<Fact>), Vec<Refusal>> {
    let begins_on = what.span.first_day(what.day);
    let mut parse = Parse::new();
    if what.span.last(begins_on) < today {
        parse.refuse(Refusal::invalid("commitment-over").at("begins_on"));
    }
    if !(1..=100).contains(&what.goal) {
        parse.refuse(Refusal::invalid("out-of-range").at("goal").with("min", 1).with("max", 100));
    }
    if reached(task, i32::try_from(what.goal).unwrap_or(100)) {
        parse.refuse(Refusal::conflict("commitment-done").with("code", &task.code));
    }
    parse.finish(|| ())?;
    let one = Commitment {
        id,
        edition: task.edition,
        task: task.id,
        span: what.span,
        begins_on,
        team: task.role,
        goal: i32::try_from(what.goal).unwrap_or(100),
        outcome: Outcome::Open,
        reason: None,
        note: String::new(),
        promised_by: by,
        promised_at: now,
        judged_by: None,
        judged_at: None,
        version: 1,
    };
    let said = fact(&one, task, "task.promised").with("goal", one.goal);
    Ok((one, vec![said]))
}

/// Whether the task is as far as was promised.
pub fn reached(task: &Task, goal: i32) -> bool {
    let handed_in = task.state.is_done() || matches!(task.state.code(), "submitted" | "checking");
    handed_in || (goal < 100 && task.percent >= goal)
}

/// Says what became of a promise. Kept is only what the task itself shows; not kept needs a reason. May be said again
/// while it was a mistake.
///
/// # Errors
/// Kept without being done, not kept without a known reason.
pub fn judge(
    mut one: Commitment,
    task: &Task,
    outcome: Outcome,
    reason_code: &str,
    note: &str,
    by: (UserId, DateTime<Utc>),
) -> Result<(Commitment, Vec<Fact>), Vec<Refusal>> {
    let mut parse = Parse::new();
    let note = parse.optional("note", note, 500);
    let found = match outcome {
        Outcome::Missed => parse.choice("reason", reason_code, reason),
        _ => None,
    };
    if outcome == Outcome::Done && !reached(task, one.goal) {
        let refusal = Refusal::unmet("commitment-not-done").at("outcome").with("code", &task.code);
        parse.refuse(refusal.with("goal", one.goal).with("percent", task.percent));
    }
    parse.finish(|| ())?;
    one.outcome = outcome;
    one.reason = found.map(|reason| reason.code.clone());
    one.note = note;
    (one.judged_by, one.judged_at) = if outcome == Outcome::Open { (None, None) } else { (Some(by.0), Some(by.1)) };
    let kind = match outcome {
        Outcome::Done => "task.promise_kept",
        Outcome::Missed => "task.promise_missed",
        Outcome::Open => "task.promise_open",
    };
    let mut said = fact(&one, task, kind);
    if let Some(reason) = found {
        said = said.with("reason_en", reason.name.en.as_str()).with("reason_zh", reason.name.zh.as_str());
    }
    Ok((one, vec![said]))
}

fn fact(one: &Commitment, task: &Task, kind: &str) -> Fact {
    Fact::new(kind, Subject::new(SubjectKind::Task, task.id), task.edition)
        .with("code", task.code.as_str())
        .with("span", one.span.code())
        .with("begins_on", one.begins_on.to_string())
}

/// A period in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// First day.
    pub begins_on: NaiveDate,
    /// Kept.
    pub done: u32,
    /// Not kept.
    pub missed: u32,
    /// Not judged yet.
    pub open: u32,
}

impl Tally {
    /// Percent plan complete as a share of one; nothing while nothing was judged.
    pub fn ppc(&self) -> Option<f64> {
        let judged = self.done + self.missed;
        (judged > 0).then(|| f64::from(self.done) / f64::from(judged))
    }
}

/// The periods of one length, the oldest first.
pub fn tally(all: &[Commitment], span: Span) -> Vec<Tally> {
    let mut periods: Vec<Tally> = Vec::new();
    let mut of_span: Vec<&Commitment> = all.iter().filter(|one| one.span == span).collect();
    of_span.sort_by_key(|one| one.begins_on);
    for one in of_span {
        if periods.last().is_none_or(|last| last.begins_on != one.begins_on) {
            periods.push(Tally { begins_on: one.begins_on, done: 0, missed: 0, open: 0 });
        }
        if let Some(last) = periods.last_mut() {
            match one.outcome {
                Outcome::Done => last.done += 1,
                Outcome::Missed => last.missed += 1,
                Outcome::Open => last.open += 1,
            }
        }
    }
    periods
}

/// Why promises were not kept, the most frequent reason first.
pub fn pareto(all: &[Commitment]) -> Vec<(&'static Reason, u32)> {
    let count = |reason: &Reason| {
        all.iter().filter(|one| one.outcome == Outcome::Missed && one.reason.as_deref() == Some(&reason.code)).count()
            as u32
    };
    let mut counted: Vec<(&Reason, u32)> =
        reasons().iter().map(|one| (one, count(one))).filter(|(_, n)| *n > 0).collect();
    counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 5, day).expect("a day of May")
    }

    fn one(outcome: Outcome, begins: NaiveDate, reason: Option<&str>) -> Commitment {
        Commitment {
            id: CommitmentId::from_uuid(Uuid::nil()),
            edition: EditionId::from_uuid(Uuid::nil()),
            task: TaskId::from_uuid(Uuid::nil()),
            span: Span::Week,
            begins_on: begins,
            team: Function::Operations,
            goal: 100,
            outcome,
            reason: reason.map(str::to_owned),
            note: String::new(),
            promised_by: UserId::from_uuid(Uuid::nil()),
            promised_at: DateTime::UNIX_EPOCH,
            judged_by: None,
            judged_at: None,
            version: 1,
        }
    }

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(Span::Week.first_day(day(13)), day(10));
        assert_eq!(Span::Week.last(day(10)), day(16));
        assert_eq!(Span::Day.last(day(13)), day(13));
    }

    #[test]
    fn the_catalogue_is_bilingual_and_unique() {
        let mut codes: Vec<&str> = reasons().iter().map(|one| one.code.as_str()).collect();
        assert!(codes.len() >= 10);
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), reasons().len());
        assert!(
            reasons().iter().all(|one| one.name.zh.chars().any(crate::text::is_ideograph) && !one.name.en.is_empty())
        );
    }

    #[test]
    fn percent_plan_complete_counts_what_was_judged() {
        let all = [
            one(Outcome::Done, day(3), None),
            one(Outcome::Missed, day(3), Some("people")),
            one(Outcome::Open, day(3), None),
            one(Outcome::Missed, day(10), Some("people")),
            one(Outcome::Missed, day(10), Some("weather")),
        ];
        let tallies = tally(&all, Span::Week);
        assert_eq!(tallies.iter().map(Tally::ppc).collect::<Vec<_>>(), [Some(0.5), Some(0.0)]);
        let reasons: Vec<_> = pareto(&all).into_iter().map(|(reason, n)| (reason.code.as_str(), n)).collect();
        assert_eq!(reasons, [("people", 2), ("weather", 1)]);
        assert!(tally(&all, Span::Day).is_empty());
    }

    proptest! {
        /// Every promise is in exactly one period, and every missed one with a known reason in exactly one bar.
        #[test]
        fn nothing_is_counted_twice(outcomes in prop::collection::vec((0..3usize, 1..28u32, 0..13usize), 0..40)) {
            let all: Vec<Commitment> = outcomes
                .iter()
                .map(|(outcome, at, reason)| {
                    one(Outcome::ALL[*outcome], Span::Week.first_day(day(*at)), Some(&reasons()[*reason].code))
                })
                .collect();
            let sum: u32 = tally(&all, Span::Week).iter().map(|one| one.done + one.missed + one.open).sum();
            prop_assert_eq!(sum as usize, all.len());
            let missed = all.iter().filter(|one| one.outcome == Outcome::Missed).count();
            prop_assert_eq!(pareto(&all).iter().map(|(_, n)| *n as usize).sum::<usize>(), missed);
            prop_assert!(tally(&all, Span::Week).windows(2).all(|pair| pair[0].begins_on < pair[1].begins_on));
        }
    }
}
