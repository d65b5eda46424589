//! Places in their states, the rule of *established*, links that follow from states, and a plan
//! that stops where a state is lost.

use super::checklist::{Lack, PlaceCheck, check_list};
use super::conflict::{ConflictKind, Detail, Missing};
use super::mode::{Mode, Unit, When};
use super::now::{LOST, Now};
use super::requirement::Requirement;
use super::rule::{LocationRule, SpaceFault, derive};
use super::standing::{Space, StateFact};
use super::state::PlaceState;
use super::tree::{Spot, Tree};
use crate::plan::network::LinkKind;
use crate::plan::readiness::Unmet;
use crate::plan::task::{Release, Task, TaskLink, TaskState};
use crate::plan::{DAY, Sheet, axis};
use crate::plan::{Function, Phase};
use crate::venue::PlaceKind;
use crate::{
    Bilingual, EditionId, LinkId, LocationRuleId, PlaceCheckId, PlaceId, PlaceStateId, RequirementId, TaskId, UserId,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

const HALL: u128 = 1;
const STAND: u128 = 2;

fn place(n: u128) -> PlaceId {
    PlaceId::from_uuid(Uuid::from_u128(n))
}

fn d0() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 5, 12).expect("a day")
}

fn hours(n: i64) -> DateTime<Utc> {
    axis::instant(axis::midnight(d0()) + n * 60, chrono_tz::UTC)
}

fn tree() -> Tree {
    let spot = |n: u128, parent: Option<u128>, kind| Spot {
        id: place(n),
        parent: parent.map(place),
        kind,
        code: format!("P{n}"),
        name: Bilingual::new(format!("P{n}"), ""),
        stand: None,
        capacity: Default::default(),
    };
    let spots = [spot(0, None, PlaceKind::Venue), spot(HALL, Some(0), PlaceKind::Hall)];
    Tree::build([&spots[..], &[spot(STAND, Some(HALL), PlaceKind::Stand)]].concat(), &[])
}

fn fact(n: u128, at_place: u128, state: PlaceState, at: i64) -> StateFact {
    StateFact {
        id: PlaceStateId::from_uuid(Uuid::from_u128(n)),
        place: place(at_place),
        state,
        at: hours(at),
        task: None,
        by: None,
        note: String::new(),
        document: None,
        until: None,
        ended_at: None,
        ended_by: None,
        ended_note: String::new(),
        version: 1,
    }
}

fn answers(at_place: u128, kind: PlaceKind, at: i64) -> Vec<PlaceCheck> {
    check_list(kind)
        .enumerate()
        .map(|(n, item)| PlaceCheck {
            id: PlaceCheckId::from_uuid(Uuid::from_u128(at_place * 100 + n as u128)),
            place: place(at_place),
            item: item.code.clone(),
            passed: true,
            note: String::new(),
            document: None,
            by: None,
            at: hours(at),
            expires_at: item.valid.map(|valid| hours(at) + valid),
        })
        .collect()
}

fn space(facts: Vec<StateFact>, checks: Vec<PlaceCheck>) -> Space {
    Space::of(tree(), Vec::new(), facts, checks, Vec::new())
}

fn task_id(n: usize) -> TaskId {
    TaskId::from_uuid(Uuid::from_u128(n as u128 + 1))
}

/// A task of one day in the hall.
fn task(n: usize) -> Task {
    let at = hours(0);
    Task {
        id: task_id(n),
        code: format!("T{n}"),
        phase: Phase::OnSite,
        sort: n as i32,
        duration: DAY,
        place_kind: crate::plan::PlaceKind::Hall,
        place: Some(place(HALL)),
        role: Function::Operations,
        confirmer_role: Function::ProjectDirector,
        owner: Some(UserId::from_uuid(Uuid::from_u128(1))),
        checker: Some(UserId::from_uuid(Uuid::from_u128(2))),
        ..Task::blank(edition(), at)
    }
}

fn edition() -> EditionId {
    EditionId::from_uuid(Uuid::nil())
}

/// Tasks of one day each, T0, T1 …, the first beginning on D0.
fn sheet(count: usize, links: &[(usize, usize)], requirements: Vec<Requirement>) -> Sheet {
    let mut sheet = Sheet {
        edition: edition(),
        zone: chrono_tz::UTC,
        opens_on: d0(),
        template: String::new(),
        data_date: None,
        revision: 1,
        currency: "CNY".into(),
        options: Default::default(),
        calendars: Vec::new(),
        default_calendar: None,
        crew_calendars: Default::default(),
        tasks: Vec::new(),
        links: Vec::new(),
        space: Space::default(),
    };
    sheet.tasks = (0..count).map(task).collect();
    sheet.links = links
        .iter()
        .enumerate()
        .map(|(n, (from, to))| {
            let id = LinkId::from_uuid(Uuid::from_u128(n as u128));
            TaskLink::logic(id, edition(), task_id(*from), task_id(*to), LinkKind::Fs, 0)
        })
        .collect();
    sheet.space = Space::of(tree(), requirements, Vec::new(), Vec::new(), Vec::new());
    let computed = sheet.compute().expect("no ring");
    sheet.settle(&computed, hours(-48));
    sheet
}

fn requires(task: usize, at: u128, needs: Option<PlaceState>, produces: Option<PlaceState>) -> Requirement {
    Requirement {
        id: RequirementId::from_uuid(Uuid::from_u128(task as u128 * 10 + at)),
        edition: edition(),
        task: task_id(task),
        place: Some(place(at)),
        each: None,
        only: None,
        mode: Mode::Shared,
        quantity: 0,
        unit: Unit::Area,
        setup: 0,
        clear: 0,
        needs,
        when: When::Throughout,
        produces,
        lead: 0,
        version: 1,
    }
}

#[test]
fn what_holds_for_a_hall_holds_for_its_stands() {
    let space = space(vec![fact(1, HALL, PlaceState::HandedOver, 0), fact(2, HALL, PlaceState::MarkedOut, 1)], vec![]);
    let stand = space.tree.find(place(STAND)).expect("the stand");
    assert!(space.standing(stand, hours(2)).states.has(PlaceState::MarkedOut));
    assert!(!space.standing(stand, hours(0)).states.has(PlaceState::MarkedOut));
    let mut closed = space.clone();
    closed.learn(fact(3, HALL, PlaceState::Suspended, 3));
    assert_eq!(closed.standing(stand, hours(4)).states.list().count(), 0, "a closed hall closes its stands");
}

#[test]
fn stripping_ends_what_was_built_and_a_fact_taken_back_is_none() {
    let mut facts = vec![
        fact(1, STAND, PlaceState::HandedOver, 0),
        fact(2, STAND, PlaceState::Built, 1),
        fact(3, STAND, PlaceState::Stripped, 2),
    ];
    let stand = 2;
    assert!(!space(facts.clone(), vec![]).standing(stand, hours(3)).states.has(PlaceState::Built));
    facts[2].ended_at = Some(hours(4));
    let space = space(facts, vec![]);
    assert!(!space.standing(stand, hours(3)).states.has(PlaceState::Built));
    assert!(space.standing(stand, hours(5)).states.has(PlaceState::Built));
}

proptest! {
    /// Established never holds with a failing, missing or expired mandatory line, or unconfirmed.
    #[test]
    fn established_never_holds_with_a_mandatory_line_open(
        fates in proptest::collection::vec(0u8..5, 7),
        confirmed in any::<bool>(),
        hour in 0i64..30,
    ) {
        let mut checks = answers(HALL, PlaceKind::Hall, 0);
        let mut bad = false;
        let mut kept = Vec::new();
        for (check, fate) in checks.drain(..).zip(fates) {
            let item = check_list(PlaceKind::Hall).find(|item| item.code == check.item).expect("a line");
            let failed = PlaceCheck { passed: false, at: check.at + TimeDelta::minutes(5), id: PlaceCheckId::from_uuid(Uuid::from_u128(900 + kept.len() as u128)), ..check.clone() };
            match fate {
                0 => bad |= item.mandatory,
                1 => {
                    kept.extend([check, failed.clone()]);
                    bad |= item.mandatory && failed.at <= hours(hour);
                }
                _ => {
                    bad |= item.mandatory && check.expires_at.is_some_and(|at| at <= hours(hour));
                    kept.push(check);
                }
            }
        }
        let facts = if confirmed { vec![fact(1, HALL, PlaceState::Established, 0)] } else { vec![] };
        let space = space(facts, kept);
        let holds = space.standing(1, hours(hour)).states.has(PlaceState::Established);
        prop_assert_eq!(holds, confirmed && !bad);
        prop_assert_eq!(holds, space.established(place(HALL), hours(hour)).is_empty());
    }
}

#[test]
fn a_stand_is_not_established_before_its_hall() {
    let checks = answers(STAND, PlaceKind::Stand, 0);
    let space = space(vec![fact(1, STAND, PlaceState::Established, 1)], checks);
    let lacks = space.established(place(STAND), hours(2));
    assert_eq!(lacks, [Lack::Above { place: place(HALL), code: "P1".into() }]);
}

#[test]
fn a_needed_state_becomes_a_link_that_waits_for_the_signature() {
    let requirements = vec![
        requires(0, HALL, None, Some(PlaceState::Serviced)),
        Requirement { lead: 120, ..requires(1, HALL, None, Some(PlaceState::Built)) },
        requires(2, STAND, Some(PlaceState::Serviced), None),
        requires(2, HALL, Some(PlaceState::Built), None),
    ];
    let sheet = sheet(3, &[(0, 1)], requirements);
    let computed = sheet.compute().expect("no ring");
    let demands = sheet.space.demands(&sheet.tasks);
    let (links, faults) = derive(&sheet.space, &sheet.tasks, &demands, computed.network.input());
    assert_eq!(faults, []);
    let told: Vec<_> = links.iter().map(|one| (one.from, one.to, one.lag, one.release, one.source.as_str())).collect();
    assert_eq!(
        told,
        [
            (task_id(0), task_id(2), 0, Release::Confirmed, "state:serviced"),
            (task_id(1), task_id(2), 120, Release::Confirmed, "state:built"),
        ]
    );
}

#[test]
fn a_rule_by_location_reaches_every_place_and_never_closes_a_ring() {
    let rule = LocationRule {
        on: true,
        id: LocationRuleId::from_uuid(Uuid::nil()),
        edition: edition(),
        reason: "Utilities before build".into(),
        within: Some(place(HALL)),
        each: PlaceKind::Stand,
        before: "T0".into(),
        after: "T1 T2".into(),
        release: Release::Accepted,
        lag: 0,
        version: 1,
    };
    let requirements =
        vec![requires(0, HALL, None, None), requires(1, STAND, None, None), requires(2, STAND, None, None)];
    let mut sheet = sheet(3, &[(2, 0)], requirements);
    sheet.space.rules = vec![rule];
    let computed = sheet.compute().expect("no ring");
    let demands = sheet.space.demands(&sheet.tasks);
    let (links, faults) = derive(&sheet.space, &sheet.tasks, &demands, computed.network.input());
    assert_eq!(links.iter().map(|one| (one.from, one.to)).collect::<Vec<_>>(), [(task_id(0), task_id(1))]);
    assert!(matches!(&faults[..], [SpaceFault::Ring { from, to, .. }] if from == "T0" && to == "T2"), "{faults:?}");
}

#[test]
fn a_task_works_only_while_its_place_is_open() {
    let id = crate::CalendarId::from_uuid(Uuid::from_u128(5));
    let open = crate::plan::PlanCalendar {
        id,
        code: "OPEN".into(),
        name: crate::Bilingual::new("Hall hours", "展馆时间"),
        pattern: crate::plan::calendar::Pattern::weekdays(vec![(600, 900)]),
        parent: None,
    };
    let mut sheet = sheet(2, &[(0, 1)], vec![requires(0, STAND, None, None)]);
    sheet.tasks[0].duration = 600;
    sheet.calendars = vec![open];
    let dates = |sheet: &Sheet| {
        let computed = sheet.compute().expect("no ring");
        (computed.schedule.early_start[0], computed.schedule.early_finish[0], computed)
    };
    let (_, _, free) = dates(&sheet);
    assert!(free.network.explain(&free.schedule, 0).iter().all(|step| step.hours.is_none()));
    // The hall's hours hold at its stand; two days of five hours each.
    sheet.space.hours.insert(place(HALL), id);
    assert_eq!(sheet.space.hours_at(place(STAND)), Some((place(HALL), id)));
    let (start, finish, held) = dates(&sheet);
    assert_eq!((start.rem_euclid(1_440), finish.rem_euclid(1_440)), (600, 900));
    let input = held.network.input();
    assert_eq!(input.calendars[input.activities[0].calendar as usize].between(start, finish), 600);
    assert_eq!(input.activities[1].calendar, 0, "a task elsewhere keeps its own calendar");
    let steps = held.network.explain(&held.schedule, 0);
    let hours = steps.last().and_then(|step| step.hours.as_ref()).expect("the hours are named");
    assert_eq!(hours.calendar.en, "Hall hours");
    // A calendar of its own meets the hall's: what neither has in common is no work.
    let own = crate::CalendarId::from_uuid(Uuid::from_u128(6));
    sheet.calendars.push(crate::plan::PlanCalendar {
        id: own,
        code: "LATE".into(),
        name: crate::Bilingual::new("Late shift", ""),
        pattern: crate::plan::calendar::Pattern::weekdays(vec![(840, 1_320)]),
        parent: None,
    });
    sheet.tasks[0].calendar = Some(own);
    let (start, _, _) = dates(&sheet);
    assert_eq!(start.rem_euclid(1_440), 840);
}

#[test]
fn a_state_nobody_brings_is_an_error_of_the_plan() {
    let sheet = sheet(1, &[], vec![requires(0, HALL, Some(PlaceState::Built), None)]);
    let assessment = sheet.assess(&sheet.compute().expect("no ring"), hours(-48));
    assert!(matches!(&assessment.faults[..], [SpaceFault::NobodyProduces { state: PlaceState::Built, .. }]));
    assert_eq!(assessment.conflicts, []);
}

#[test]
fn who_needs_a_state_throughout_is_not_joined_by_who_ends_it() {
    let requirements = vec![
        requires(0, HALL, None, Some(PlaceState::Built)),
        requires(1, HALL, Some(PlaceState::Built), None),
        requires(2, HALL, None, Some(PlaceState::Stripped)),
    ];
    // T1 and T2 both follow T0 and lie on the same day.
    let mut sheet = sheet(3, &[(0, 1), (0, 2)], requirements);
    let assessment = sheet.assess(&sheet.compute().expect("no ring"), hours(-48));
    assert_eq!(assessment.conflicts.len(), 1, "{:?}", assessment.conflicts);
    let one = &assessment.conflicts[0];
    assert_eq!((one.kind, assessment.tasks_of(one)), (ConflictKind::State, vec![1, 2]));
    assert!(matches!(one.detail, Detail::State { state: PlaceState::Built, why: Missing::Lowered }));
    let id = LinkId::from_uuid(Uuid::from_u128(77));
    sheet.links.push(TaskLink::logic(id, edition(), task_id(1), task_id(2), LinkKind::Fs, 0));
    assert_eq!(sheet.assess(&sheet.compute().expect("no ring"), hours(-48)).conflicts, []);
}

#[test]
fn work_stops_when_its_state_is_lost_and_goes_on_when_it_is_back() {
    let mut sheet = sheet(2, &[], vec![requires(0, STAND, Some(PlaceState::Serviced), None)]);
    let computed = sheet.compute().expect("no ring");
    let unmet = Now::of(&sheet.space, &sheet.tasks, &sheet.links, hours(0)).unmet_to_start(0);
    assert!(matches!(&unmet[..], [Unmet::PlaceState { state: PlaceState::Serviced, count: 1, .. }]), "{unmet:?}");
    sheet.space.learn(fact(1, HALL, PlaceState::Serviced, -2));
    assert_eq!(sheet.around_of(task_id(0), hours(0)), []);
    sheet.tasks[0].state = TaskState::InProgress;
    sheet.tasks[0].actual_start = Some(hours(1));
    let mut closed = fact(2, HALL, PlaceState::Suspended, 3);
    closed.until = Some(hours(30));
    sheet.space.learn(closed.clone());
    sheet.settle(&computed, hours(4));
    assert_eq!(sheet.tasks[0].state, TaskState::Blocked);
    assert!(sheet.tasks[0].reason.as_deref().is_some_and(|reason| reason.starts_with(LOST)));
    // What is left to do waits until the hall opens again.
    let waiting = sheet.compute().expect("no ring").schedule.early_finish[0];
    assert_eq!(waiting - computed.schedule.early_finish[0], 2 * DAY, "27 hours, in whole days");
    closed.ended_at = Some(hours(5));
    sheet.space.forget(&closed);
    sheet.settle(&computed, hours(6));
    assert_eq!((sheet.tasks[0].state, sheet.tasks[0].reason.clone()), (TaskState::InProgress, None));
}

#[test]
fn a_place_that_is_taken_is_named_with_who_holds_it() {
    let alone = Requirement { mode: Mode::Exclusive, ..requires(0, HALL, None, None) };
    let mut sheet = sheet(2, &[], vec![alone, requires(1, STAND, None, None)]);
    sheet.tasks[0].state = TaskState::InProgress;
    let unmet = sheet.around_of(task_id(1), hours(0));
    assert!(matches!(&unmet[..], [Unmet::Occupied { code, .. }] if code == "T0"), "{unmet:?}");
}
