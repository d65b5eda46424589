//! What always holds at gates, as properties; and the templates' gates in their plans.

use super::decide::*;
use super::judge::{Deliverable, Evidence, Found, OpenDeviations, judge};
use super::*;
use crate::access::Role;
use crate::plan::indicator::{Comparison, Indicator, IndicatorKind, Target};
use crate::plan::readiness;
use crate::plan::task::TaskState;
use crate::plan::task::{Task, TaskLink};
use crate::plan::work::{self, Hand};
use crate::plan::{DAY, Kind, Lag, Phase, PlaceKind, PlanOptions, Sheet, axis};
use crate::{Bilingual, Id, UserId};
use chrono::{Duration, NaiveDate, TimeZone};
use proptest::prelude::*;
use uuid::Uuid;

fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 5, 1, 8, 0, 0).single().expect("a moment") + Duration::minutes(minutes)
}

fn id<T: Id>(number: u128) -> T {
    T::from_uuid(Uuid::from_u128(number))
}

pub(super) fn gate(state: GateState) -> Gate {
    Gate {
        id: id(1),
        edition: id(2),
        task: id(3),
        code: "G3".into(),
        place: None,
        guards: "B*".into(),
        asks: vec![CriterionKind::Indicators, CriterionKind::Deviations],
        majors: 1,
        signers: vec![Function::ProjectDirector, Function::Safety],
        state,
        reason: String::new(),
        since: at(0),
        sort: 0,
        version: 1,
    }
}

fn found(number: u128, value: Option<f64>) -> Found {
    let plain = Indicator::plain(id(number), id(2), id(3), Bilingual::new("queue", "排队"));
    let target = Some(Target::new(Comparison::AtMost, 10.0));
    let indicator = Indicator { kind: IndicatorKind::Number, target, ..plain };
    Found { indicator, value, document: None, by: String::new(), at: None }
}

fn evidence(states: &[TaskState], values: &[Option<f64>], blocking: bool) -> Evidence {
    let named = |(at, state): (usize, &TaskState)| Deliverable {
        code: format!("D{at}"),
        name: Bilingual::new("d", ""),
        state: *state,
    };
    Evidence {
        deliverables: states.iter().enumerate().map(named).collect(),
        own: values.iter().enumerate().map(|(at, value)| found(100 + at as u128, *value)).collect(),
        theirs: vec![found(200, Some(3.0))],
        deviations: OpenDeviations {
            blocking: if blocking { vec!["fire door".into()] } else { Vec::new() },
            ..OpenDeviations::default()
        },
        ..Evidence::default()
    }
}

fn waiver(number: u128, key: &str, until: i64) -> Waiver {
    Waiver {
        id: id(number),
        edition: id(2),
        gate: id(1),
        criterion: key.into(),
        task: None,
        reason: "r".into(),
        replacement: "s".into(),
        until: at(until),
        by: id(9),
        at: at(-100),
        ended_at: None,
    }
}

fn state() -> impl Strategy<Value = TaskState> {
    (0..TaskState::ALL.len()).prop_map(|at| TaskState::ALL[at])
}

proptest! {
    /// A go is only ever decided with every criterion met or waived, by people other than the proposer, each once.
    #[test]
    fn a_go_is_never_given_against_an_open_criterion(
        states in proptest::collection::vec(state(), 1..4),
        values in proptest::collection::vec(proptest::option::of(0.0..20.0f64), 0..4),
        blocking in any::<bool>(),
        waived in proptest::collection::vec((0usize..4, -50..50i64), 0..4),
        signers in proptest::collection::vec(0u128..4, 1..5),
    ) {
        let gate = gate(GateState::Closed);
        let waivers: Vec<Waiver> =
            waived.iter().map(|(n, until)| waiver(50 + *n as u128, &format!("deliverable:D{n}"), *until)).collect();
        let criteria = judge(&gate, &evidence(&states, &values, blocking), &waivers, at(0));
        let open = criteria.iter().any(|one| one.standing == Standing::NotMet);
        // No data is not met, and an expired waiver waives nothing.
        for (at_index, value) in values.iter().enumerate() {
            let key = format!("indicator:{}", id::<crate::IndicatorId>(100 + at_index as u128));
            let one = criteria.iter().find(|one| one.key == key).expect("a criterion");
            prop_assert_eq!(one.standing == Standing::Met, value.is_some_and(|value| value <= 10.0));
        }
        for one in criteria.iter().filter(|one| one.standing == Standing::Waived) {
            prop_assert!(waivers.iter().any(|w| w.criterion == one.key && w.until > at(0)));
        }
        let desk = |by: u128, criteria| Desk { gate: &gate, code: "G3", criteria, by: id(by), now: at(1) };
        let proposal = ProposalDraft { outcome: "go".into(), ..ProposalDraft::default() };
        let proposal = proposal.parse(NaiveDate::MIN).expect("nothing else is needed");
        let proposed = propose(id(70), desk(0, &criteria), None, proposal, || id(71));
        prop_assert_eq!(proposed.is_ok(), !open);
        let Ok((mut decision, _)) = proposed else { return Ok(()) };
        let mut opened = false;
        for (turn, signer) in signers.iter().enumerate() {
            let roles = [Role::Director];
            let set = Sign { id: id(80 + turn as u128), roles: &roles, text: "" };
            match sign(desk(*signer, &criteria), decision.clone(), set) {
                Ok(signed) => {
                    opened |= signed.gate.is_some_and(|gate| gate.state.is_open());
                    decision = signed.decision;
                }
                Err(refusals) => prop_assert!(!refusals.is_empty()),
            }
        }
        let mut people: Vec<UserId> = decision.signatures.iter().map(|one| one.by).collect();
        prop_assert!(!people.contains(&decision.proposed_by));
        people.sort();
        people.dedup();
        prop_assert_eq!(people.len(), decision.signatures.len());
        prop_assert_eq!(opened, people.len() == 2, "two signatures open it, one does not");
    }

    /// Whatever happens, no held task begins while its gate is closed, unless a valid waiver names it; and a gate that
    /// closes again holds exactly what has not begun.
    #[test]
    fn nothing_begins_behind_a_closed_gate(acts in proptest::collection::vec((0u8..6, 0usize..4), 1..60)) {
        let mut world = World::new();
        for (step, (act, which)) in acts.into_iter().enumerate() {
            let now = at(step as i64 * 60);
            match act {
                0 => world.open(now),
                1 => world.close(),
                2 => world.waive(which, now),
                3 => world.waivers.clear(),
                _ => {}
            }
            world.fit(now);
            let before = world.sheet.tasks[which + 1].state;
            let started = world.start(which, now);
            let gate_open = world.gate.state.is_open();
            let named = world.waivers.iter().any(|w| w.task == Some(world.sheet.tasks[which + 1].id) && w.is_valid(now));
            if started {
                prop_assert!(gate_open || named, "began behind a closed gate at step {step}");
            }
            if before.is_ahead() && (gate_open || named) {
                prop_assert!(started, "refused although the gate is open or waived");
            }
            for task in &world.sheet.tasks[1..] {
                let ready = readiness::unmet_to_start(task, &world.sheet.before_of(task.id), &[], now).is_empty();
                let early = world.waivers.iter().any(|w| w.task == Some(task.id) && w.is_valid(now));
                if task.state.is_ahead() {
                    prop_assert_eq!(ready, world.gate.state.is_open() || early);
                }
            }
        }
    }
}

fn empty() -> Sheet {
    Sheet {
        edition: id(2),
        zone: chrono_tz::Asia::Shanghai,
        opens_on: NaiveDate::from_ymd_opt(2027, 5, 12).expect("a day"),
        template: "trade-show".into(),
        data_date: None,
        revision: 1,
        currency: "CNY".into(),
        options: PlanOptions::default(),
        default_calendar: None,
        calendars: Vec::new(),
        tasks: Vec::new(),
        links: Vec::new(),
        space: Default::default(),
        crew_calendars: Default::default(),
    }
}

fn task_at(id: crate::TaskId, code: &str) -> Task {
    let now = at(0);
    Task {
        id,
        code: code.into(),
        name: Bilingual::new(code, ""),
        phase: Phase::OnSite,
        duration: DAY,
        priority: 500,
        place_kind: PlaceKind::Hall,
        role: Function::Operations,
        confirmer_role: Function::ShowManager,
        owner: Some(self::id(40)),
        checker: Some(self::id(41)),
        ..Task::blank(self::id(2), now)
    }
}

/// The trade show's plan as a new edition has it, without and with its gates.
fn planned(with_gates: bool) -> (Sheet, Vec<Gate>) {
    let template = crate::plan::template("trade-show").expect("built in");
    let mut sheet = empty();
    let d0 = axis::midnight(sheet.opens_on);
    let mut next = 1u128;
    let mut fresh = || {
        next += 1;
        Uuid::from_u128(next)
    };
    for (at, row) in template.tasks.iter().enumerate() {
        let wish = axis::instant(d0 + row.offset_days * DAY, sheet.zone);
        sheet.tasks.push(Task {
            sort: i32::try_from(at * 10).expect("small"),
            duration: row.duration_days * DAY,
            constraint: if row.code == template.opening { "mso" } else { "snet" }.into(),
            constraint_at: Some(wish),
            ..task_at(Id::from_uuid(fresh()), &row.code)
        });
    }
    for link in &template.links {
        let find = |code: &str| sheet.tasks.iter().find(|task| task.code == code).expect("known").id;
        let lag = match link.lag {
            Lag::Working(lag) | Lag::Elapsed(lag) | Lag::Percent(lag) => lag,
        };
        let link =
            TaskLink::logic(Id::from_uuid(fresh()), sheet.edition, find(&link.from), find(&link.to), link.kind, lag);
        sheet.links.push(link);
    }
    let mut gates = Vec::new();
    if with_gates {
        let places = lay::Places::default();
        gates = lay::lay(&mut sheet, template::gates("trade-show"), &places, false, &mut fresh, at(0)).gates;
        lay::refit(&mut sheet, &gates, &[], &places, &mut fresh, at(0));
    }
    (sheet, gates)
}

#[test]
fn the_gates_of_a_template_move_no_task() {
    let (bare, _) = planned(false);
    let (gated, gates) = planned(true);
    assert_eq!((gates.len(), gated.tasks.len()), (10, 130));
    let (bare_dates, dates) = (bare.compute().expect("sound"), gated.compute().expect("no ring"));
    for (at, task) in bare.tasks.iter().enumerate() {
        let now = gated.position(task.id).expect("still there");
        let (before, after) = (bare_dates.schedule.early_start[at], dates.schedule.early_start[now]);
        assert_eq!(before, after, "{} moves by {} days", task.code, (after - before) / DAY);
    }
    assert_eq!(bare_dates.room(), dates.room());
    for gate in &gates {
        assert!(!lay::deliverables(&gated, gate).is_empty(), "{}", gate.code);
        assert!(!lay::held(&gated, gate).is_empty(), "{}", gate.code);
        let held: std::collections::HashSet<_> = lay::held(&gated, gate).into_iter().map(|task| task.id).collect();
        assert!(lay::ancestors(&gated, gate.task).is_disjoint(&held), "{}", gate.code);
    }
    let mut again = gated.clone();
    let places = lay::Places::default();
    let refit = lay::refit(&mut again, &gates, &[], &places, &mut || Uuid::from_u128(u128::MAX), at(0));
    assert!(refit.is_empty(), "a second look changes nothing");
}

/// A plan of a gate and four tasks it holds.
struct World {
    sheet: Sheet,
    gate: Gate,
    waivers: Vec<Waiver>,
    next: u128,
}

impl World {
    fn new() -> Self {
        let mut sheet = empty();
        let task = |number: u128, code: &str| task_at(id(number), code);
        sheet.tasks.push(Task { kind: Kind::FinishMilestone, ..task(3, "G3") });
        sheet.tasks.extend((0..4).map(|n| task(10 + n, &format!("B{n}"))));
        let mut world = World { sheet, gate: gate(GateState::Closed), waivers: Vec::new(), next: 1_000 };
        world.fit(at(0));
        world
    }

    fn fit(&mut self, now: DateTime<Utc>) {
        let mut next = self.next;
        let mut fresh = || {
            next += 1;
            Uuid::from_u128(next)
        };
        let gates = [self.gate.clone()];
        lay::refit(&mut self.sheet, &gates, &self.waivers, &lay::Places::default(), &mut fresh, now);
        self.next = next;
    }

    fn open(&mut self, now: DateTime<Utc>) {
        self.gate.state = GateState::Open;
        self.sheet.tasks[0] = lay::pass(&self.sheet, &self.sheet.tasks[0], now);
    }

    fn close(&mut self) {
        let (gate, _) = reclose(self.gate.clone(), "G3", &Cause::Deviation("d".into()), at(0));
        self.gate = gate;
        self.sheet.tasks[0] = lay::shut(&self.sheet.tasks[0]);
    }

    fn waive(&mut self, which: usize, now: DateTime<Utc>) {
        let task = self.sheet.tasks[which + 1].id;
        let mut one = waiver(500 + which as u128, "", 0);
        one.task = Some(task);
        one.until = now + Duration::minutes(90);
        self.waivers.push(one);
    }

    fn start(&mut self, which: usize, now: DateTime<Utc>) -> bool {
        let task = self.sheet.tasks[which + 1].clone();
        if !task.state.is_ahead() {
            return false;
        }
        let before = self.sheet.before_of(task.id);
        // Even who leads the plan does not talk a task past a closed gate.
        let hand = Hand { user: id(40), leads: true };
        match work::start(task, &before, &[], Some("in a hurry"), hand, now) {
            Ok((task, _)) => {
                self.sheet.tasks[which + 1] = task;
                true
            }
            Err(_) => false,
        }
    }
}

#[test]
fn a_blocking_deviation_closes_a_gate_that_still_holds_something() {
    let open = gate(GateState::Open);
    let today = NaiveDate::from_ymd_opt(2027, 5, 1).expect("a day");
    let watch = Watch { blocking: vec!["fire door".into()], ahead: 2, ..Watch::default() };
    assert_eq!(cause(&open, &watch, today), Some(Cause::Deviation("fire door".into())));
    assert_eq!(cause(&open, &Watch { ahead: 0, ..watch.clone() }, today), None, "nothing left to hold");
    assert_eq!(cause(&gate(GateState::Closed), &watch, today), None);
    let due = |done, day: u32| Due {
        text: "carpet".into(),
        due_on: NaiveDate::from_ymd_opt(2027, 4, day).expect("a day"),
        done,
    };
    let conditions = |one| Watch { conditions: vec![one], ahead: 1, ..Watch::default() };
    assert_eq!(cause(&open, &conditions(due(false, 30)), today), Some(Cause::Condition("carpet".into())));
    assert_eq!(cause(&open, &conditions(due(true, 30)), today), None);
    assert_eq!(cause(&open, &conditions(due(false, 30)), NaiveDate::from_ymd_opt(2027, 4, 30).expect("a day")), None);
}

#[test]
fn blocking_deviations_are_never_waived() {
    let gate = gate(GateState::Closed);
    let evidence = evidence(&[TaskState::Confirmed], &[], true);
    let criteria = judge(&gate, &evidence, &[waiver(60, "deviations", 50)], at(0));
    assert!(judge::is_blocked(&criteria) && !judge::passes(&criteria));
    assert_eq!(hindrances(Outcome::Conditional, &criteria).len(), 1);
}

#[test]
fn patterns_name_codes() {
    let held = |code: &str| guards("O* -O01 S15", code);
    assert!(held("O03") && held("O17") && held("S15"));
    assert!(!held("O01") && !held("S1") && !held("OX1") && !held("B01"));
}
