//! What always holds of proposals, on random plans made from the trade-show template.

use super::propose::{LevelMove, Proposal, Scarcity, apply, overloads, place_overloads, propose};
use super::scarce::Dates;
use super::usage::Usage;
use crate::plan::crew::{Crew, CrewNeed};
use crate::plan::sheet::Sheet;
use crate::plan::space::{Mode, Requirement, Space, Spot, Tree, Unit, When};
use crate::plan::task::{PRIORITY, Task, TaskLink, TaskState};
use crate::plan::{DAY, LinkKind, PlanOptions, axis};
use crate::venue::PlaceKind;
use crate::{Bilingual, CrewId, EditionId, LinkId, PlaceId, RequirementId, TaskId};
use proptest::prelude::*;
use uuid::Uuid;

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

fn id(number: usize) -> Uuid {
    Uuid::from_u128(number as u128 + 1)
}

fn day(number: i64) -> chrono::DateTime<chrono::Utc> {
    axis::instant((20_000 + number) * DAY, ZONE)
}

fn task(at: usize, days: i64, priority: i32) -> Task {
    Task {
        id: TaskId::from_uuid(id(at)),
        code: format!("T{at:02}"),
        phase: crate::plan::Phase::ALL[0],
        sort: at as i32,
        duration: days * DAY,
        priority,
        constraint: "snet".to_owned(),
        constraint_at: Some(day(0)),
        place_kind: crate::plan::PlaceKind::ALL[0],
        role: crate::plan::Function::ALL[0],
        confirmer_role: crate::plan::Function::ALL[0],
        ..Task::blank(EditionId::from_uuid(id(0)), day(0))
    }
}

fn sheet(days: &[(i64, i32)], links: &[(usize, usize, usize)]) -> Sheet {
    let tasks: Vec<Task> = days.iter().enumerate().map(|(at, &(days, priority))| task(at, days, priority)).collect();
    let edition = EditionId::from_uuid(id(0));
    let mut made: Vec<TaskLink> = Vec::new();
    for (number, &(from, to, kind)) in links.iter().enumerate() {
        let (from, to) = (from % tasks.len(), to % tasks.len());
        let kind = LinkKind::ALL[kind % 4];
        if from < to && !made.iter().any(|one| one.from == tasks[from].id && one.to == tasks[to].id) {
            let link = LinkId::from_uuid(id(number));
            made.push(TaskLink::logic(link, edition, tasks[from].id, tasks[to].id, kind, 0));
        }
    }
    Sheet {
        edition,
        zone: ZONE,
        opens_on: axis::day_of((20_000 + 60) * DAY),
        template: String::new(),
        data_date: None,
        revision: 1,
        currency: "CNY".to_owned(),
        options: PlanOptions::default(),
        calendars: Vec::new(),
        crew_calendars: Default::default(),
        default_calendar: None,
        tasks,
        links: made,
        space: Default::default(),
    }
}

fn crews(quantities: &[i32]) -> Vec<Crew> {
    let one = |(at, &quantity): (usize, &i32)| Crew {
        id: CrewId::from_uuid(id(at)),
        edition: EditionId::from_uuid(id(0)),
        code: format!("C{at}"),
        name: Bilingual::new("", ""),
        quantity,
        calendar: None,
        version: 1,
    };
    quantities.iter().enumerate().map(one).collect()
}

/// 0 hall, 1 and 2 stands in it, 3 the aisle both are reached over; the hall takes ten people.
fn places(asked: &[(usize, u128, usize, i64, i64)], tasks: &[Task]) -> Space {
    let place = |n: u128| PlaceId::from_uuid(Uuid::from_u128(n + 100));
    let spot = |n: u128, parent: Option<u128>, kind, persons: Option<i64>| {
        let mut capacity = [None; Unit::ALL.len()];
        capacity[Unit::Persons.slot()] = persons.map(|n| n * 100);
        let (code, parent) = (format!("P{n}"), parent.map(place));
        Spot { id: place(n), parent, kind, name: Bilingual::new(&*code, ""), code, stand: None, capacity }
    };
    let spots = vec![
        spot(0, None, PlaceKind::Hall, Some(10)),
        spot(1, Some(0), PlaceKind::Stand, Some(6)),
        spot(2, Some(0), PlaceKind::Stand, None),
        spot(3, Some(0), PlaceKind::Aisle, None),
    ];
    let tree = Tree::build(spots, &[(place(1), place(3)), (place(2), place(3))]);
    let requirement = |(nth, &(task, at, mode, persons, pad)): (usize, &(usize, u128, usize, i64, i64))| Requirement {
        id: RequirementId::from_uuid(id(nth)),
        edition: EditionId::from_uuid(id(0)),
        task: tasks[task % tasks.len()].id,
        place: Some(place(at)),
        each: None,
        only: None,
        mode: Mode::ALL[mode],
        quantity: if Mode::ALL[mode] == Mode::Shared { persons * 100 } else { 0 },
        unit: Unit::Persons,
        setup: pad * 60,
        clear: (3 - pad) * 30,
        needs: None,
        when: When::Start,
        produces: None,
        lead: 0,
        version: 1,
    };
    let mut all: Vec<Requirement> = asked.iter().enumerate().map(requirement).collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|one| seen.insert(one.task));
    Space::of(tree, all, Vec::new(), Vec::new(), Vec::new())
}

fn levelled(sheet: &Sheet, crews: &[Crew], needs: &[CrewNeed], seed: u64) -> Proposal {
    let computed = sheet.compute().expect("no cycle");
    propose(sheet, &computed, crews, needs, (60, seed), &mut |_| true).expect("no cycle")
}

fn dates_with(sheet: &Sheet, moves: &[LevelMove]) -> Dates {
    let mut new = sheet.clone();
    apply(&mut new, moves, None, || LinkId::from_uuid(id(0)));
    let computed = new.compute().expect("no cycle");
    Dates { start: computed.schedule.early_start, finish: computed.schedule.early_finish }
}

/// What tasks need of crews: each pair once.
fn needs(sheet: &Sheet, crews: &[Crew], wanted: Vec<(usize, usize, i32)>) -> Vec<CrewNeed> {
    let mut needs: Vec<CrewNeed> = Vec::new();
    for (task, crew, quantity) in wanted {
        let (task, crew) = (sheet.tasks[task % sheet.tasks.len()].id, crews[crew].id);
        if !needs.iter().any(|need| need.task == task && need.crew == crew) {
            needs.push(CrewNeed { task, crew, quantity });
        }
    }
    needs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn after_levelling_no_crew_is_overloaded(
        days in prop::collection::vec((0_i64..6, 100_i32..900), 3..22),
        links in prop::collection::vec((0_usize..22, 0_usize..22, 0_usize..4), 0..25),
        wanted in prop::collection::vec((0_usize..22, 0_usize..3, 1_i32..4), 0..30),
        seed: u64,
    ) {
        let sheet = sheet(&days, &links);
        let crews = crews(&[3, 4, 5]);
        let needs = needs(&sheet, &crews, wanted);
        let proposal = levelled(&sheet, &crews, &needs, seed);
        prop_assert_eq!(&proposal.left, &Vec::new());
        let dates = dates_with(&sheet, &proposal.moves);
        prop_assert_eq!(overloads(&sheet, &dates, &crews, &needs, i64::MIN), Vec::new());
        prop_assert_eq!(proposal.moves.is_empty(), proposal.before.is_empty());
        for one in &proposal.moves {
            prop_assert!(one.to > one.from);
            prop_assert!(one.conflict.used > one.conflict.capacity, "{one:?}");
        }
        // The same seed proposes the same.
        prop_assert_eq!(proposal, levelled(&sheet, &crews, &needs, seed));
    }

    #[test]
    fn after_levelling_no_two_tasks_are_in_each_others_way(
        days in prop::collection::vec((1_i64..5, 100_i32..900), 3..14),
        links in prop::collection::vec((0_usize..14, 0_usize..14, 0_usize..1), 0..10),
        asked in prop::collection::vec((0_usize..14, 0_u128..4, 0_usize..4, 1_i64..6, 0_i64..4), 1..14),
        seed: u64,
    ) {
        let mut sheet = sheet(&days, &links);
        sheet.space = places(&asked, &sheet.tasks);
        let proposal = levelled(&sheet, &[], &[], seed);
        prop_assert_eq!(&proposal.left, &Vec::new());
        // Judged by the kernel of places, which shares no code with the search.
        let dates = dates_with(&sheet, &proposal.moves);
        let computed = sheet.compute().expect("no cycle");
        prop_assert_eq!(place_overloads(&sheet, computed.network.input(), &dates, i64::MIN), Vec::new());
        // What moves makes room for something; nothing moves for nothing.
        if proposal.before.is_empty() {
            let pads = sheet.space.requirements.iter().any(|one| one.setup + one.clear > 0 && one.mode == Mode::Shared);
            prop_assert!(proposal.moves.is_empty() || pads, "{:?}", proposal.moves);
        }
        prop_assert_eq!(proposal, levelled(&sheet, &[], &[], seed));
    }

    #[test]
    fn crews_and_places_are_levelled_together_and_every_move_names_its_conflict_and_its_cost(
        days in prop::collection::vec((1_i64..5, 100_i32..900), 3..12),
        links in prop::collection::vec((0_usize..12, 0_usize..12, 0_usize..1), 0..8),
        asked in prop::collection::vec((0_usize..12, 0_u128..4, 0_usize..4, 1_i64..6, 0_i64..4), 1..10),
        wanted in prop::collection::vec((0_usize..12, 0_usize..2, 1_i32..4), 1..14),
        seed: u64,
    ) {
        let mut sheet = sheet(&days, &links);
        sheet.space = places(&asked, &sheet.tasks);
        let crews = crews(&[3, 4]);
        let needs = needs(&sheet, &crews, wanted);
        let proposal = levelled(&sheet, &crews, &needs, seed);
        prop_assert_eq!(&proposal.left, &Vec::new());
        let mut new = sheet.clone();
        apply(&mut new, &proposal.moves, None, || LinkId::from_uuid(id(0)));
        let (before, after) = (sheet.compute().expect("no cycle"), new.compute().expect("no cycle"));
        let dates = Dates { start: after.schedule.early_start.clone(), finish: after.schedule.early_finish.clone() };
        prop_assert_eq!(overloads(&sheet, &dates, &crews, &needs, i64::MIN), Vec::new());
        prop_assert_eq!(place_overloads(&sheet, before.network.input(), &dates, i64::MIN), Vec::new());
        for one in &proposal.moves {
            let at = sheet.position(one.task).expect("a task of the plan");
            prop_assert!(!one.conflict.code.is_empty() && one.conflict.used > one.conflict.capacity, "{one:?}");
            prop_assert!(one.conflict.from < one.conflict.to && one.to > one.from, "{one:?}");
            prop_assert_eq!((one.from, one.to), (before.schedule.early_start[at], after.schedule.early_start[at]));
            prop_assert_eq!(one.cost(), before.schedule.total_float[at] - after.schedule.total_float[at]);
        }
    }

    #[test]
    fn use_over_time_adds_up(work in prop::collection::vec((0_i64..50, 1_i64..20, 1_i64..5), 0..20), from in 0_i64..60, length in 1_i64..20) {
        let mut usage = Usage::default();
        work.iter().for_each(|&(start, length, units)| usage.take(start, start + length, units));
        let used = |time: i64| -> i64 {
            work.iter().filter(|&&(start, length, _)| start <= time && time < start + length).map(|one| one.2).sum()
        };
        for stretch in usage.stretches() {
            prop_assert!((stretch.from..stretch.to).all(|time| used(time) == stretch.used));
        }
        let to = from + length;
        for room in 0..6 {
            let first = (from..to).find(|&time| used(time) > room);
            prop_assert_eq!(usage.first_over(from, to, room).is_some(), first.is_some());
            prop_assert_eq!(usage.last_over(from, to, room).is_some(), first.is_some());
        }
        prop_assert_eq!(usage.peak(from, to), (from..to).map(used).max().unwrap_or(0));
    }
}

#[test]
fn the_less_urgent_of_two_waits_for_the_other_by_a_soft_link() {
    let mut sheet = sheet(&[(3, PRIORITY), (3, PRIORITY), (20, PRIORITY)], &[]);
    // The second has a long successor: it goes first.
    sheet.links.push(TaskLink::logic(
        LinkId::from_uuid(id(7)),
        sheet.edition,
        sheet.tasks[1].id,
        sheet.tasks[2].id,
        LinkKind::Fs,
        0,
    ));
    let crews = crews(&[2]);
    let need = |task: usize| CrewNeed { task: sheet.tasks[task].id, crew: crews[0].id, quantity: 2 };
    let proposal = levelled(&sheet, &crews, &[need(0), need(1)], 1);
    let [one] = &proposal.moves[..] else { panic!("{:?}", proposal.moves) };
    assert_eq!((one.code.as_str(), one.after_code.as_deref()), ("T00", Some("T01")));
    assert_eq!(one.to - one.from, 3 * DAY);
    assert_eq!((one.conflict.used, one.conflict.capacity), (4, 2));
    assert_eq!(one.conflict.tasks, ["T01"]);
}

#[test]
fn work_that_has_begun_stays_and_a_need_nobody_can_meet_is_told() {
    let mut sheet = sheet(&[(3, PRIORITY), (3, PRIORITY)], &[]);
    sheet.tasks[0].actual_start = Some(day(0));
    sheet.tasks[0].state = TaskState::InProgress;
    let crews = crews(&[2]);
    let need = |task: usize, quantity| CrewNeed { task: sheet.tasks[task].id, crew: crews[0].id, quantity };
    let proposal = levelled(&sheet, &crews, &[need(0, 1), need(1, 2)], 1);
    assert_eq!(proposal.moves.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["T01"]);
    let proposal = levelled(&sheet, &crews, &[need(1, 5)], 1);
    assert!(proposal.moves.is_empty());
    assert_eq!(proposal.left.len(), 1);
}

#[test]
fn of_two_tasks_at_one_stand_the_less_urgent_waits_for_the_place_to_be_cleared() {
    let mut sheet = sheet(&[(3, PRIORITY), (3, PRIORITY)], &[]);
    sheet.tasks[1].priority = 900;
    sheet.space = places(&[(0, 1, 0, 0, 0), (1, 1, 0, 0, 0)], &sheet.tasks);
    let proposal = levelled(&sheet, &[], &[], 1);
    assert_eq!(proposal.before.len(), 1);
    assert_eq!((proposal.before[0].of, proposal.before[0].code.as_str()), (Scarcity::Place, "P1"));
    let [one] = &proposal.moves[..] else { panic!("{:?}", proposal.moves) };
    assert_eq!((one.code.as_str(), one.conflict.tasks[0].as_str()), ("T00", "T01"));
    // Three days of the other and its ninety minutes of clearing out: the clock's, not a soft link's.
    assert_eq!((one.to - one.from, one.after), (3 * DAY + 90, None));
    assert!(proposal.left.is_empty());
}

#[test]
fn room_in_a_hall_is_shared_by_what_stands_in_it() {
    let mut sheet = sheet(&[(2, PRIORITY), (2, PRIORITY), (2, 100)], &[]);
    sheet.space = places(&[(0, 1, 1, 5, 3), (1, 2, 1, 5, 3), (2, 0, 1, 5, 3)], &sheet.tasks);
    let proposal = levelled(&sheet, &[], &[], 1);
    let [one] = &proposal.moves[..] else { panic!("{:?}", proposal.moves) };
    assert_eq!((one.code.as_str(), one.conflict.of), ("T02", Scarcity::Room));
    assert_eq!((one.conflict.used, one.conflict.capacity), (1_500, 1_000));
    assert_eq!((one.conflict.unit, one.conflict.code.as_str()), (Some(Unit::Persons), "P0"));
}
