//! The gates of the show as they were decided: proposed by the manager, signed by whom each asks, one of them on a
//! condition that was met in time, one with a waiver, the opening on the morning itself.

use super::calendar::Calendar;
use super::chance::Chance;
use super::control::{Report, Team};
use super::evidence::{self, Paper};
use chrono::{DateTime, Duration, Utc};
use domain::access::Role;
use domain::journal::Fact;
use domain::plan::gate::decide::{self, ConditionDraft, Desk, ProposalDraft, Sign};
use domain::plan::gate::judge::{Cost, Deliverable, Evidence, Found, NextGate, PlaceStanding, judge};
use domain::plan::gate::lay::{self as laying, Places};
use domain::plan::gate::waiver::{self, About, At, WaiverDraft};
use domain::plan::gate::{Criterion, CriterionKind, Decision, Gate, Waiver};
use domain::plan::task::PRIORITY;
use domain::plan::work::{self, Hand, Submission};
use domain::plan::{DAY, Indicator, IndicatorKind, Kind, Measurement, Sheet, Task, TaskState, axis};
use domain::{Bilingual, MeasurementId, TaskId, UserId};
use std::collections::HashMap;

/// The hall whose gate was opened on a condition: the third of the venue's.
const CONDITIONAL: (&str, &str) = ("G5", "Emergency lighting of the north aisle repaired and tested");
/// The gate at which a criterion was waived, with reason and replacement.
const WAIVED: (&str, &str, &str) = (
    "G2",
    "83.6 % contracted on the day; options for another 3 % are signed",
    "Weekly list of open options to the director until 90 % is reached",
);

/// What came of the gates.
#[derive(Default)]
pub struct Decided {
    pub gates: Vec<Gate>,
    pub decisions: Vec<Decision>,
    pub waivers: Vec<Waiver>,
    pub measurements: Vec<Measurement>,
    pub papers: Vec<Paper>,
    pub reports: Vec<Report>,
    pub indicators: Vec<Indicator>,
    pub facts: Vec<(DateTime<Utc>, UserId, Fact)>,
    /// When each gate opened, by the code of its milestone.
    pub opened: HashMap<String, DateTime<Utc>>,
    /// Tasks made of conditions, to be added to the plan.
    pub tasks: Vec<Task>,
}

/// The reviews.
pub struct Reviews<'a> {
    pub calendar: Calendar,
    pub team: &'a Team,
    pub places: Places,
    pub indicators: &'a HashMap<TaskId, Vec<Indicator>>,
    pub decided: Decided,
}

/// A gate about to be decided.
struct Case<'a> {
    gate: &'a Gate,
    /// Code of its milestone.
    code: &'a str,
    criteria: &'a [Criterion],
    manager: UserId,
    proposed: DateTime<Utc>,
    /// When the first signs.
    signed: DateTime<Utc>,
}

impl Case<'_> {
    fn desk(&self, by: UserId, now: DateTime<Utc>) -> Desk<'_> {
        Desk { gate: self.gate, code: self.code, criteria: self.criteria, by, now }
    }
}

impl Reviews<'_> {
    /// Decides the gate of a milestone if its time has come; the milestone as it then stands.
    pub fn review(&mut self, sheet: &Sheet, milestone: &Task, chance: &mut Chance) -> Task {
        let Some(at) = self.decided.gates.iter().position(|gate| gate.task == milestone.id) else {
            return milestone.clone();
        };
        let gate = self.decided.gates[at].clone();
        // In the morning after the last day before it; the opening on the morning itself.
        let minutes = if gate.code == "G6" { 8 * 60 + 20 } else { 7 * 60 + 2 };
        let proposed = milestone.dates.early_finish + Duration::minutes(minutes - 12);
        let signed = proposed + Duration::minutes(12);
        if signed > self.calendar.now {
            return milestone.clone();
        }
        let third = gate.place.is_some() && self.places.halls.get(2).is_some_and(|(id, ..)| Some(*id) == gate.place);
        let conditional = gate.code == CONDITIONAL.0 && third;
        let found = self.evidence(sheet, &gate, proposed, chance);
        let manager = self.team.by_role[&Role::Manager][0];
        self.waive(sheet, &gate, milestone, &found, (proposed, manager), chance);
        let criteria = judge(&gate, &found, &self.decided.waivers, proposed);
        let case = Case { gate: &gate, code: &milestone.code, criteria: &criteria, manager, proposed, signed };
        let decision = self.propose(&case, conditional, chance);
        let Some((mut decision, opened)) = self.sign(&case, decision, chance) else { return milestone.clone() };
        if gate.code == "G2" && sheet.template == "trade-show" {
            decision.baseline = "Plan freeze".to_owned();
        }
        let since = opened.since;
        let passed = laying::pass(sheet, milestone, since);
        self.decided.opened.insert(milestone.code.clone(), since);
        self.decided.gates[at] = opened;
        if conditional {
            self.fulfil(sheet, milestone, at, &mut decision, chance);
        }
        self.decided.decisions.push(decision);
        passed
    }

    /// The manager's proposal.
    fn propose(&mut self, case: &Case<'_>, conditional: bool, chance: &mut Chance) -> Decision {
        let due = self.calendar.local_day(case.signed);
        let condition = ConditionDraft {
            text: CONDITIONAL.1.to_owned(),
            owner: self.team.by_role[&Role::Operations][0].to_string(),
            due_on: due.to_string(),
        };
        let draft = ProposalDraft {
            outcome: if conditional { "conditional" } else { "go" }.to_owned(),
            text: if conditional { "Everything else is in order".to_owned() } else { String::new() },
            conditions: if conditional { vec![condition] } else { Vec::new() },
        };
        let proposal = draft.parse(due).expect("a sound proposal");
        let (now, desk) = (case.proposed, case.desk(case.manager, case.proposed));
        let made = decide::propose(chance.id(now), desk, None, proposal, || chance.id(now));
        let (decision, facts) =
            made.unwrap_or_else(|why| panic!("{} is proposed against a rule: {why:?}", case.gate.code));
        self.tell(now, case.manager, facts);
        decision
    }

    /// Everybody who must signs, one after the other; nothing when there is nobody for one of the functions.
    fn sign(&mut self, case: &Case<'_>, mut decision: Decision, chance: &mut Chance) -> Option<(Decision, Gate)> {
        let mut opened = None;
        for (turn, function) in decide::missing(case.gate, &decision).into_iter().enumerate() {
            let now = case.signed + Duration::minutes(4 * turn as i64);
            let role = function.role();
            let taken: Vec<UserId> = decision.signatures.iter().map(|one| one.by).chain([case.manager]).collect();
            let by = self.team.by_role.get(&role)?.iter().copied().find(|user| !taken.contains(user))?;
            let sign = Sign { id: chance.id(now), roles: &[role], text: "" };
            let done = decide::sign(case.desk(by, now), decision, sign);
            let done = done.unwrap_or_else(|why| panic!("{} is signed against a rule: {why:?}", case.gate.code));
            self.tell(now, by, done.facts);
            decision = done.decision;
            opened = done.gate;
        }
        opened.map(|gate| (decision, gate))
    }

    fn tell(&mut self, at: DateTime<Utc>, by: UserId, facts: Vec<Fact>) {
        self.decided.facts.extend(facts.into_iter().map(|fact| (at, by, fact)));
    }

    /// What was found on the day: everything as it should be, but for what was waived.
    fn evidence(&mut self, sheet: &Sheet, gate: &Gate, at: DateTime<Utc>, chance: &mut Chance) -> Evidence {
        let deliverables = laying::deliverables(sheet, gate);
        let theirs = deliverables.iter().flat_map(|task| self.indicators.get(&task.id).into_iter().flatten());
        let pass = |one: &Indicator, value: f64| Found {
            indicator: one.clone(),
            value: Some(value),
            document: None,
            by: String::new(),
            at: Some(at),
        };
        let theirs: Vec<Found> = theirs
            .filter(|one| one.mandatory && one.kind != IndicatorKind::Live)
            .map(|one| pass(one, super::control::value(one, true, chance)))
            .collect();
        let safety = self.team.by_role[&Role::Safety][0];
        let own: Vec<Indicator> = self.indicators.get(&gate.task).cloned().unwrap_or_default();
        let own = own.iter().map(|one| self.reading(one, gate, (at, safety), chance)).collect();
        let deliverables = deliverables
            .iter()
            .map(|task| Deliverable { code: task.code.clone(), name: task.name.clone(), state: task.state })
            .collect();
        let halls = self.places.halls.iter().filter(|(id, ..)| gate.place.is_none_or(|place| place == *id));
        let sort = gate.sort;
        let next = self.decided.gates.iter().filter(|other| other.sort > sort).min_by_key(|other| other.sort);
        let next = next.and_then(|other| sheet.tasks.iter().find(|task| task.id == other.task)).map(|task| NextGate {
            code: task.code.clone(),
            name: task.name.clone(),
            p80: Some(task.dates.late_finish - Duration::hours(14)),
            latest: task.dates.late_finish,
        });
        let spent = 180_000_000 + i64::from(gate.sort) * 310_000;
        Evidence {
            deliverables,
            own,
            theirs,
            places: halls.map(|(_, _, name)| PlaceStanding { name: name.clone(), established: Some(true) }).collect(),
            next: next.filter(|_| gate.asks(CriterionKind::Forecast)),
            cost: Cost { budget: Some(spent + spent / 12), spent, currency: sheet.currency.clone() },
            ..Evidence::default()
        }
    }

    /// A reading of the gate's own indicator; one made by hand is kept as a measurement with its file.
    fn reading(
        &mut self,
        one: &Indicator,
        gate: &Gate,
        (at, by): (DateTime<Utc>, UserId),
        chance: &mut Chance,
    ) -> Found {
        let short = gate.code == WAIVED.0 && one.kind == IndicatorKind::Live && one.sort == 0;
        let value = if short { 83.6 } else { super::control::value(one, true, chance) };
        let at = at - Duration::minutes(25);
        let mut found =
            Found { indicator: one.clone(), value: Some(value), document: None, by: String::new(), at: Some(at) };
        if one.kind == IndicatorKind::Live {
            return found;
        }
        let id = one.kind.needs_file().then(|| chance.id(at));
        if let Some(id) = id {
            let upload = match one.kind {
                IndicatorKind::Photo => evidence::photo(&one.name.en),
                _ => evidence::document(&gate.code, &one.name.en),
            };
            found.document = Some((id, upload.name().to_owned()));
            self.decided.papers.push(Paper { id, upload, by, at });
        }
        self.decided.measurements.push(Measurement {
            id: chance.id(at),
            edition: gate.edition,
            indicator: one.id,
            task: gate.task,
            round: 1,
            value,
            passed: one.passes(value),
            note: String::new(),
            document: id,
            by,
            at,
        });
        found
    }

    fn waive(
        &mut self,
        sheet: &Sheet,
        gate: &Gate,
        milestone: &Task,
        found: &Evidence,
        (at, manager): (DateTime<Utc>, UserId),
        chance: &mut Chance,
    ) {
        let missed = found.own.iter().find(|one| gate.code == WAIVED.0 && !one.passes());
        let Some(missed) = missed else { return };
        let now = at - Duration::hours(15);
        let draft = WaiverDraft {
            reason: WAIVED.1.to_owned(),
            replacement: WAIVED.2.to_owned(),
            until_on: (self.calendar.local_day(now) + Duration::days(21)).to_string(),
            ..WaiverDraft::default()
        };
        let command = draft.parse(self.calendar.local_day(now)).expect("a sound waiver");
        let place =
            At { edition: sheet.edition, gate: gate.id, code: &milestone.code, zone: sheet.zone, by: manager, now };
        let about = About::Criterion(format!("indicator:{}", missed.indicator.id));
        let (waiver, facts) = waiver::grant(chance.id(now), place, about, command);
        self.decided.waivers.push(waiver);
        self.tell(now, manager, facts);
    }

    /// The condition as a task that was done, checked and signed before the doors opened.
    fn fulfil(&mut self, sheet: &Sheet, milestone: &Task, at: usize, decision: &mut Decision, chance: &mut Chance) {
        let Some(condition) = decision.conditions.first_mut() else { return };
        let since = self.decided.gates[at].since;
        let (checker, confirmer) = (self.team.by_role[&Role::HallManager][0], self.team.by_role[&Role::Safety][0]);
        let id: TaskId = chance.id(since);
        condition.task = Some(id);
        let name = Bilingual::new(condition.text.as_str(), "北通道应急照明修复并测试");
        let owner = condition.owner;
        let mut task = Task {
            id,
            name: name.clone(),
            owner: Some(owner),
            checker: Some(checker),
            confirmer: Some(confirmer),
            done_when: condition.text.clone(),
            created_at: since,
            ..due_within(sheet, milestone, axis::midnight(condition.due_on))
        };
        let indicator = Indicator::plain(chance.id(since), sheet.edition, id, name);
        let later = |minutes: i64| since + Duration::minutes(minutes);
        let hand = |user: UserId| Hand { user, leads: false };
        let what = Submission { text: "Ballast replaced, lux measured at six points".to_owned(), document: None };
        let yes = fulfilled(chance.id(later(58)), &indicator, checker, later(58));
        let mut told = Vec::new();
        let mut take = |outcome: work::Outcome, by: UserId, at: DateTime<Utc>| -> Task {
            let (task, facts) = outcome.unwrap_or_else(|why| panic!("the condition breaks a rule: {why:?}"));
            told.extend(facts.into_iter().map(|fact| (at, by, fact)));
            task
        };
        task = take(work::start(task, &[], &[], None, hand(owner), later(6)), owner, later(6));
        task = take(work::submit(task, &what, &[], hand(owner), later(45)), owner, later(45));
        let (own, measured) = ([indicator.clone()], [yes.clone()]);
        let checked = work::check(task, &own, &measured, Some((owner, later(45))), hand(checker));
        task = take(checked.map(|(task, _, facts)| (task, facts)), checker, later(58));
        task = take(work::confirm(task, Some(owner), 0, hand(confirmer)), confirmer, later(70));
        for (kind, text, by, minutes) in
            [("submit", what.text.as_str(), owner, 45), ("check", "", checker, 58), ("confirm", "", confirmer, 70)]
        {
            self.decided.reports.push(Report {
                task: id,
                round: 1,
                kind,
                text: text.to_owned(),
                by,
                at: later(minutes),
            });
        }
        let (gate, facts) = decide::fulfil(self.decided.gates[at].clone(), &milestone.code, later(70));
        told.extend(facts.into_iter().map(|fact| (later(70), confirmer, fact)));
        self.decided.gates[at] = gate;
        self.decided.measurements.push(yes);
        self.decided.indicators.push(indicator);
        self.decided.facts.extend(told);
        self.decided.tasks.push(task);
    }
}

/// A task beside a milestone that takes this one day.
fn due_within(sheet: &Sheet, milestone: &Task, day: i64) -> Task {
    Task {
        code: format!("{}-C1", milestone.code),
        kind: Kind::Task,
        duration: DAY,
        sort: milestone.sort + 1,
        priority: PRIORITY,
        constraint: "snet".to_owned(),
        constraint_at: Some(axis::instant(day, sheet.zone)),
        deadline_at: Some(axis::instant(day + DAY, sheet.zone)),
        state: TaskState::Planned,
        ..milestone.clone()
    }
}

/// What a check measures where yes is enough.
fn fulfilled(id: MeasurementId, indicator: &Indicator, by: UserId, at: DateTime<Utc>) -> Measurement {
    Measurement {
        id,
        edition: indicator.edition,
        indicator: indicator.id,
        task: indicator.task,
        round: 1,
        value: 1.0,
        passed: true,
        note: String::new(),
        document: None,
        by,
        at,
    }
}
