//! The plan lived up to now: every task whose time has come goes through its closed loop, by the domain's own
//! transitions, and some of them the hard way: failed checks, deviations, blocked and waived work.

use super::calendar::Calendar;
use super::chance::Chance;
use super::evidence::{self, Paper};
use super::reviews::Reviews;
use chrono::{DateTime, Duration, Utc};
use domain::access::Role;
use domain::journal::Fact;
use domain::plan::deviation::{self, Found, OpenDeviation};
use domain::plan::readiness::Before;
use domain::plan::work::{self, Aside, Assignment, Hand, Submission};
use domain::plan::{
    Deviation, Function, Indicator, IndicatorKind, Kind, Measurement, Severity, Sheet, Task, TaskState,
};
use domain::{MeasurementId, UserId};
use std::collections::{HashMap, HashSet};

/// A report of the loop: submitted, checked, rejected, confirmed.
pub struct Report {
    pub task: domain::TaskId,
    pub round: i32,
    pub kind: &'static str,
    pub text: String,
    pub by: UserId,
    pub at: DateTime<Utc>,
}

/// What happened beside the tasks themselves.
#[derive(Default)]
pub struct History {
    pub reports: Vec<Report>,
    pub measurements: Vec<Measurement>,
    pub deviations: Vec<Deviation>,
    pub papers: Vec<Paper>,
    pub facts: Vec<(DateTime<Utc>, UserId, Fact)>,
}

/// Who does the work of a role.
pub struct Team {
    pub by_role: HashMap<Role, Vec<UserId>>,
}

/// How a task fares; everything else goes well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Well,
    /// The first check fails, the second passes.
    SecondRound,
    /// The check failed and the work is being done again.
    InRework,
    /// Failed, and nobody has begun again.
    SentBack,
    /// Handed in, the checker has not looked.
    Waiting,
    /// Half of it measured.
    BeingChecked,
    /// Accepted, not yet signed.
    Unsigned,
    Blocked,
    Waived,
    Cancelled,
}

/// Tasks that did not simply go well, with why.
const FATES: &[(&str, Fate, &str)] = &[
    ("S02", Fate::SecondRound, "Two emergency exits of hall N2 were missing on revision 3"),
    ("S06", Fate::SecondRound, "31 % of net space re-signed on the last day, target 40 %"),
    ("M03", Fate::SecondRound, "Chinese consent text did not name the exhibitors' purpose"),
    ("E11", Fate::SecondRound, "Load of hall N2 at 108 % of rated capacity"),
    ("F01", Fate::SecondRound, "Medical post of hall N3 not staffed in the evening"),
    ("R04", Fate::SecondRound, "Eleven scans lost when the network came back"),
    ("B04", Fate::SecondRound, "Load sheets of four points not signed"),
    ("B11", Fate::SecondRound, "Nine raw stands without fire certificate for ceiling fabric"),
    ("B14", Fate::SecondRound, "Walk-in path took 3 min 10 s at the peak"),
    ("M06", Fate::InRework, "Only 47 % of exhibitors have sent an invitation"),
    ("E13", Fate::SentBack, "Four raw stands still without the builder's insurance"),
    ("S17", Fate::Waiting, ""),
    ("L02", Fate::BeingChecked, ""),
    ("S16", Fate::Unsigned, ""),
    ("M05", Fate::Unsigned, ""),
    ("F05", Fate::Unsigned, ""),
    ("O13", Fate::Blocked, "Survey tablets are held at customs"),
    ("O15", Fate::Waived, "The auditor tests on day two; agreed in writing"),
    ("E14", Fate::Cancelled, "Handed over to the official travel agent"),
];

/// Lives the plan. `sheet` has its dates computed; states are those of a fresh plan.
pub struct Life<'a> {
    pub calendar: Calendar,
    pub team: &'a Team,
    pub indicators: &'a HashMap<domain::TaskId, Vec<Indicator>>,
    pub history: History,
    /// The gates on the way.
    pub reviews: Reviews<'a>,
    /// Tasks a gate waits for: signed without delay.
    pub awaited: HashSet<domain::TaskId>,
}

impl Life<'_> {
    /// Takes every task as far as it should be by now, in the order of the plan's dates.
    pub fn live(&mut self, sheet: &mut Sheet, chance: &mut Chance) {
        let mut order: Vec<usize> = (0..sheet.tasks.len()).collect();
        order.sort_by_key(|at| (sheet.tasks[*at].dates.early_start, sheet.tasks[*at].sort));
        for at in order {
            if sheet.tasks[at].kind != Kind::Task {
                let milestone = sheet.tasks[at].clone();
                sheet.tasks[at] = self.reviews.review(sheet, &milestone, chance);
                continue;
            }
            let before = sheet.before_of(sheet.tasks[at].id);
            let task = self.task(sheet.tasks[at].clone(), &before, chance);
            sheet.tasks[at] = task;
        }
    }

    fn task(&mut self, task: Task, before: &[Before], chance: &mut Chance) -> Task {
        let (fate, why) =
            FATES.iter().find(|(code, ..)| *code == task.code).map_or((Fate::Well, ""), |(_, fate, why)| (*fate, *why));
        let task = self.assign(task, fate, chance);
        let (begins, ends) = (task.dates.early_start, task.dates.early_finish);
        let now = self.calendar.now;
        if matches!(fate, Fate::Waived | Fate::Cancelled) {
            let act = if fate == Fate::Waived { Aside::Waive } else { Aside::Cancel };
            let at = (begins - Duration::days(9)).min(now - Duration::hours(20));
            return self.aside(task, act, why, at);
        }
        // Work begins on the morning of its day; what lasts for days runs from then on.
        let started = begins + Duration::minutes(chance.between(8 * 60, 9 * 60 + 40));
        let started = if begins > self.calendar.at(0, -1) { begins + Duration::minutes(7 * 60 + 30) } else { started };
        // Nothing begins behind a closed gate, nor before the ink is dry.
        let gates = || before.iter().filter(|one| one.gate);
        let opened = gates().filter_map(|one| self.reviews.decided.opened.get(&one.code)).max();
        let started = opened.map_or(started, |at| started.max(*at + Duration::minutes(4)));
        if started > now || gates().any(|one| one.state != TaskState::Confirmed) {
            return task;
        }
        let task = self.start(task, before, started);
        if fate == Fate::Blocked {
            return self.aside(task, Aside::Block, why, (started + Duration::hours(1)).min(now));
        }
        // Handed in on the afternoon of the last day.
        let handed_in = ends - Duration::minutes(chance.between(6 * 60, 8 * 60));
        if handed_in.max(started) > now - Duration::hours(6) {
            return self.progress(task, started, ends, chance);
        }
        self.finish(task, before, fate, why, handed_in.max(started + Duration::minutes(50)), chance)
    }

    fn assign(&mut self, task: Task, fate: Fate, chance: &mut Chance) -> Task {
        let owner = self.team.pick(task.role, &[], chance);
        let checker = self.team.pick(task.role, &[owner], chance);
        let mut confirmer = self.team.pick(task.confirmer_role, &[owner, checker], chance);
        // What waits for a signature waits for somebody who signs in.
        let first = self.team.by_role.get(&task.confirmer_role.role()).and_then(|all| all.first());
        if let Some(first) = first.filter(|user| fate == Fate::Unsigned && ![owner, checker].contains(user)) {
            confirmer = *first;
        }
        let at = (task.dates.early_start - Duration::days(30)).max(task.created_at).min(self.calendar.now);
        let to = Assignment { owner: Some(owner), checker: Some(checker), confirmer: Some(confirmer) };
        self.take(work::assign(task, to), confirmer, at)
    }

    fn start(&mut self, task: Task, before: &[Before], at: DateTime<Utc>) -> Task {
        let owner = task.owner.expect("just assigned");
        let hand = Hand { user: owner, leads: true };
        // Rolling work overlaps more than the links say; the director waived those conditions.
        self.take(
            work::start(task, before, &[], Some("Rolling start agreed in the weekly meeting"), hand, at),
            owner,
            at,
        )
    }

    fn progress(&mut self, task: Task, started: DateTime<Utc>, ends: DateTime<Utc>, chance: &mut Chance) -> Task {
        let total = (ends - started).num_minutes().max(1);
        let spent = (self.calendar.now - started).num_minutes().clamp(0, total);
        let percent = (spent * 100 / total + chance.between(-8, 8)).clamp(5, 90) / 5 * 5;
        let owner = task.owner.expect("just assigned");
        let at = self.calendar.now - Duration::minutes(chance.between(15, 240)).min(self.calendar.now - started);
        self.take(work::report(task, percent, Hand { user: owner, leads: false }), owner, at)
    }

    fn finish(
        &mut self,
        task: Task,
        before: &[Before],
        fate: Fate,
        why: &str,
        at: DateTime<Utc>,
        chance: &mut Chance,
    ) -> Task {
        let task = self.submit(task, before, at);
        let patience = if self.awaited.contains(&task.id) { 90 } else { 300 };
        let looked = self.not_after(at + Duration::minutes(chance.between(60, patience)), 300);
        match fate {
            Fate::Waiting => return task,
            Fate::BeingChecked => return self.check(task, looked, at, Measure::Half, chance),
            Fate::SecondRound | Fate::InRework | Fate::SentBack => {}
            _ => {
                let task = self.check(task, looked, at, Measure::Pass, chance);
                return if fate == Fate::Unsigned { task } else { self.confirm(task, looked, chance) };
            }
        }
        let (round, owner, checker) = (task.round, task.owner, task.checker.expect("assigned"));
        let task = self.check(task, looked, at, Measure::Fail(why), chance);
        self.deviate(&task, round, why, checker, looked);
        if fate == Fate::SentBack {
            return task;
        }
        let owner = owner.expect("assigned");
        let awaited = self.awaited.contains(&task.id);
        let again = self.not_after(looked + Duration::hours(if awaited { 1 } else { 3 }), 240);
        let hand = Hand { user: owner, leads: false };
        let task = self.take(work::start(task, before, &[], None, hand, again), owner, again);
        if fate == Fate::InRework {
            return self.take(work::report(task, 70, hand), owner, again + Duration::minutes(30));
        }
        let second = self.not_after(again + Duration::hours(if awaited { 1 } else { chance.between(3, 20) }), 180);
        let task = self.submit(task, before, second);
        let looked = self.not_after(second + Duration::minutes(70), 120);
        let task = self.check(task, looked, second, Measure::Pass, chance);
        self.repair(checker, looked);
        self.confirm(task, looked, chance)
    }

    /// A moment, but some minutes before now at the latest.
    fn not_after(&self, at: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
        at.min(self.calendar.now - Duration::minutes(minutes))
    }

    fn submit(&mut self, task: Task, before: &[Before], at: DateTime<Utc>) -> Task {
        let owner = task.owner.expect("assigned");
        let text = format!("Done. {}", task.done_when);
        let (id, round) = (task.id, task.round);
        let what = Submission { text: text.clone(), document: None };
        // Finish-to-finish links of rolling work may still be open in the data; the loop does not wait for them here.
        let none: &[Before] = &[];
        let hand = Hand { user: owner, leads: true };
        let outcome =
            work::submit(task.clone(), &what, before, hand, at).or_else(|_| work::submit(task, &what, none, hand, at));
        let task = self.take(outcome, owner, at);
        self.history.reports.push(Report { task: id, round, kind: "submit", text, by: owner, at });
        task
    }

    fn check(
        &mut self,
        task: Task,
        at: DateTime<Utc>,
        handed_in: DateTime<Utc>,
        how: Measure<'_>,
        chance: &mut Chance,
    ) -> Task {
        let (owner, checker) = (task.owner.expect("assigned"), task.checker.expect("assigned"));
        let empty = Vec::new();
        let indicators = self.indicators.get(&task.id).unwrap_or(&empty);
        let wanted = if how == Measure::Half {
            indicators.len().div_ceil(2).min(indicators.len().saturating_sub(1))
        } else {
            indicators.len()
        };
        let mut papers = Vec::new();
        let measured: Vec<Measurement> = indicators
            .iter()
            .take(wanted)
            .enumerate()
            .map(|(index, indicator)| {
                let passes = index > 0 || !matches!(how, Measure::Fail(_));
                let value = value(indicator, passes, chance);
                let document = (passes && indicator.kind.needs_file()).then(|| chance.id(at));
                if let Some(id) = document {
                    let upload = match indicator.kind {
                        IndicatorKind::Photo => evidence::photo(&indicator.name.en),
                        _ => evidence::document(&task.code, &indicator.name.en),
                    };
                    papers.push(Paper { id, upload, by: checker, at });
                }
                Measurement {
                    id: chance.id::<MeasurementId>(at),
                    edition: task.edition,
                    indicator: indicator.id,
                    task: task.id,
                    round: task.round,
                    value,
                    passed: indicator.passes(value),
                    note: if let (Measure::Fail(why), 0) = (how, index) { why.to_owned() } else { String::new() },
                    document,
                    by: checker,
                    at,
                }
            })
            .collect();
        self.history.papers.extend(papers);
        let (id, round) = (task.id, task.round);
        let hand = Hand { user: checker, leads: false };
        let checked = work::check(task, indicators, &measured, Some((owner, handed_in)), hand);
        self.history.measurements.extend(measured);
        let kind = if matches!(how, Measure::Fail(_)) { "reject" } else { "check" };
        let text = if let Measure::Fail(why) = how { why.to_owned() } else { String::new() };
        self.history.reports.push(Report { task: id, round, kind, text, by: checker, at });
        self.take(checked.map(|(task, _, facts)| (task, facts)), checker, at)
    }

    fn confirm(&mut self, task: Task, after: DateTime<Utc>, chance: &mut Chance) -> Task {
        let (owner, confirmer) = (task.owner, task.confirmer.expect("assigned"));
        let patience = if self.awaited.contains(&task.id) { 60 } else { 1400 };
        let at = self.not_after(after + Duration::minutes(chance.between(30, patience)), 20);
        let (id, round) = (task.id, task.round);
        let task = self.take(work::confirm(task, owner, 0, Hand { user: confirmer, leads: false }), confirmer, at);
        self.history.reports.push(Report { task: id, round, kind: "confirm", text: String::new(), by: confirmer, at });
        task
    }

    fn aside(&mut self, task: Task, act: Aside, why: &str, at: DateTime<Utc>) -> Task {
        let by = task.confirmer.or(task.owner).expect("assigned");
        let (id, round, owner) = (task.id, task.round, task.owner);
        let task = self.take(work::step_aside(task, act, why, Hand { user: by, leads: true }), by, at);
        if act == Aside::Block {
            self.open(&task, round, why, Severity::Blocking, owner, by, at);
        }
        self.history.reports.push(Report { task: id, round, kind: "note", text: why.to_owned(), by, at });
        task
    }

    fn deviate(&mut self, task: &Task, round: i32, why: &str, by: UserId, at: DateTime<Utc>) {
        self.open(task, round, why, Severity::Major, task.owner, by, at);
    }

    #[expect(clippy::too_many_arguments, reason = "what a deviation consists of")]
    fn open(
        &mut self,
        task: &Task,
        round: i32,
        why: &str,
        severity: Severity,
        owner: Option<UserId>,
        by: UserId,
        at: DateTime<Utc>,
    ) {
        let mut chance = Chance::stream(u64::try_from(round).unwrap_or(1), &task.code);
        let due = self.calendar.local_day(at) + Duration::days(if severity == Severity::Blocking { 1 } else { 3 });
        let action = "Corrected by the owner and measured again".to_owned();
        let command = OpenDeviation::from_check(why.to_owned(), String::new(), action, owner, due).of(severity);
        let found = Found { edition: task.edition, task: Some(task.id), round };
        let (opened, facts) = deviation::open(chance.id(at), found, command, by, at);
        self.history.deviations.push(opened);
        self.history.facts.extend(facts.into_iter().map(|fact| (at, by, fact)));
    }

    /// Closes the deviation opened last: the second check passed.
    fn repair(&mut self, by: UserId, at: DateTime<Utc>) {
        let Some(last) = self.history.deviations.pop() else { return };
        match deviation::close(last.clone(), "Measured again in the next round", by, at) {
            Ok((closed, facts)) => {
                self.history.deviations.push(closed);
                self.history.facts.extend(facts.into_iter().map(|fact| (at, by, fact)));
            }
            Err(_) => self.history.deviations.push(last),
        }
    }

    /// Keeps the outcome of a transition. A refusal is a mistake in this story: it must be told differently.
    fn take(&mut self, outcome: work::Outcome, by: UserId, at: DateTime<Utc>) -> Task {
        let (task, facts) = outcome.unwrap_or_else(|refusals| panic!("the plan's story breaks a rule: {refusals:?}"));
        self.history.facts.extend(facts.into_iter().map(|fact| (at, by, fact)));
        task
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure<'a> {
    Pass,
    Half,
    Fail(&'a str),
}

/// A figure that passes, or does not.
pub fn value(indicator: &Indicator, passes: bool, chance: &mut Chance) -> f64 {
    let candidates = match (indicator.kind.is_figure(), indicator.target) {
        (true, Some(target)) => {
            let goal = target.value;
            let near = (goal.abs() / 12.0).max(1.0).round() * (1.0 + (chance.below(3) as f64));
            vec![goal + near, (goal - near).max(0.0), goal, f64::midpoint(goal, 100.0), goal / 2.0, 0.0, goal + 1.0]
        }
        _ => vec![1.0, 0.0],
    };
    // No share is above the whole.
    let whole = indicator.unit == "%" && passes;
    let fits = |value: &f64| indicator.passes(*value) == passes && !(whole && *value > 100.0);
    candidates.into_iter().find(fits).unwrap_or(if passes { 1.0 } else { 0.0 })
}

impl Team {
    /// Someone who does the work of a function and is none of `but`.
    pub(super) fn pick(&self, function: Function, but: &[UserId], chance: &mut Chance) -> UserId {
        let roles = [function.role(), Role::Manager, Role::Director, Role::Operations];
        for role in roles {
            let free: Vec<UserId> =
                self.by_role.get(&role).into_iter().flatten().copied().filter(|user| !but.contains(user)).collect();
            if let Some(first) = free.first() {
                // The first of each role signs in to look around: more of the work is theirs.
                return if chance.percent(60) { *first } else { *chance.pick(&free) };
            }
        }
        panic!("a team has more than three members")
    }
}
