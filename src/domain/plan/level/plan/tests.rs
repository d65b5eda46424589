//! What always holds of proposals, on random plans made from the trade-show template.

use super::propose::{LevelMove, Proposal, apply, overloads, propose};
use super::scarce::Dates;
use super::usage::Usage;
use crate::plan::crew::{Crew, CrewNeed};
use crate::plan::sheet::Sheet;
use crate::plan::task::{ComputedDates, PRIORITY, Task, TaskLink, TaskState};
use crate::plan::{DAY, Kind, LinkKind, PlanOptions, axis};
use crate::{Bilingual, CrewId, EditionId, LinkId, TaskId};
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
    let dates = ComputedDates {
        early_start: day(0),
        early_finish: day(0),
        late_start: day(0),
        late_finish: day(0),
        total_float: 0,
        critical: false,
    };
    Task {
        id: TaskId::from_uuid(id(at)),
        edition: EditionId::from_uuid(id(0)),
        code: format!("T{at:02}"),
        name: Bilingual::new("", ""),
        objective: String::new(),
        phase: crate::plan::Phase::ALL[0],
        stage: Bilingual::new("", ""),
        sort: at as i32,
        kind: Kind::Task,
        duration: days * DAY,
        estimate: None,
        remaining_minutes: None,
        calendar: None,
        parent: None,
        priority,
        budget: None,
        actual_cost: 0,
        offset_days: None,
        constraint: "snet".to_owned(),
        constraint_at: Some(day(0)),
        deadline_at: None,
        actual_start: None,
        actual_finish: None,
        percent: 0,
        place_kind: crate::plan::PlaceKind::ALL[0],
        place: None,
        role: crate::plan::Function::ALL[0],
        confirmer_role: crate::plan::Function::ALL[0],
        owner: None,
        checker: None,
        confirmer: None,
        done_when: String::new(),
        state: TaskState::Planned,
        round: 1,
        dates,
        reason: None,
        version: 1,
        created_at: day(0),
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
        let mut needs: Vec<CrewNeed> = Vec::new();
        for (task, crew, quantity) in wanted {
            let (task, crew) = (sheet.tasks[task % sheet.tasks.len()].id, crews[crew].id);
            if !needs.iter().any(|need| need.task == task && need.crew == crew) {
                needs.push(CrewNeed { task, crew, quantity });
            }
        }
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
