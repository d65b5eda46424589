//! Scenarios with tasks that come and go, and another opening day.

use super::draft::hours;
use super::*;
use crate::LinkId;
use crate::plan::revision::{ChangeSet, samples};
use crate::plan::sheet::Sheet;
use uuid::Uuid;

fn add(sheet: &Sheet, steps: &mut Vec<Step>, draft: StepDraft) -> Result<Applied, Vec<Refusal>> {
    let tried = |steps: &[Step]| {
        let mut next = 900;
        apply(sheet, steps, || {
            next += 1;
            LinkId::from_uuid(Uuid::from_u128(next))
        })
    };
    let with = tried(steps)?.sheet;
    let id = TaskId::from_uuid(Uuid::from_u128(500 + steps.len() as u128));
    let step = draft.parse((sheet, &with), steps, id, DateTime::UNIX_EPOCH)?;
    steps.push(step);
    tried(steps)
}

#[test]
fn tasks_come_and_go_and_the_opening_moves() {
    let sheet = samples::sheet();
    let last = sheet.tasks.last().expect("a task").code.clone();
    let first = sheet.tasks[0].code.clone();
    let mut steps = Vec::new();
    let new = StepDraft {
        kind: "add".into(),
        code: "zz1".into(),
        name_en: "Second sweep".into(),
        duration_days: "2".into(),
        predecessors: format!("{last} FS"),
        ..StepDraft::default()
    };
    let tried = add(&sheet, &mut steps, new.clone()).expect("a task that comes");
    assert_eq!(tried.added, ["ZZ1"]);
    let came = tried.sheet.tasks.iter().find(|task| task.code == "ZZ1").expect("it is there");
    assert_eq!(tried.sheet.links.iter().filter(|link| link.to == came.id).count(), 1);
    // The same code a second time is refused, and the task that came can be changed like any other.
    assert!(add(&sheet, &mut steps.clone(), new).is_err());
    let longer = StepDraft { task: "ZZ1".into(), duration_days: "3".into(), ..StepDraft::default() };
    let tried = add(&sheet, &mut steps, longer).expect("a change of it");
    assert_eq!(tried.sheet.tasks.iter().find(|task| task.code == "ZZ1").map(|task| task.duration), Some(3 * 1_440));
    let later = sheet.opens_on.succ_opt().expect("a day");
    let opening = StepDraft { kind: "opening".into(), opens_on: later.to_string(), ..StepDraft::default() };
    let tried = add(&sheet, &mut steps, opening).expect("another day");
    assert_eq!(tried.sheet.opens_on, later);
    let gone = StepDraft { kind: "delete".into(), task: first.clone(), ..StepDraft::default() };
    let tried = add(&sheet, &mut steps, gone).expect("a task that goes");
    assert!(tried.sheet.tasks.iter().all(|task| task.code != first));
    assert_eq!(tried.removed, [first]);
    // All of it together is one change that can be taken back.
    let mut set = ChangeSet::between(&sheet, &tried.sheet);
    set.beside = Default::default();
    let mut back = set.inverse().apply(&tried.sheet).expect("nothing in the way");
    back.opens_on = sheet.opens_on;
    assert!(ChangeSet::between(&sheet, &back).is_empty());
}

#[test]
fn what_has_begun_does_not_go() {
    let mut sheet = samples::sheet();
    sheet.tasks[0].state = crate::plan::TaskState::InProgress;
    let gone = StepDraft { kind: "delete".into(), task: sheet.tasks[0].code.clone(), ..StepDraft::default() };
    let refusals = add(&sheet, &mut Vec::new(), gone).expect_err("it has begun");
    assert_eq!(refusals[0].code, "plan-delete-begun");
    let same = StepDraft { kind: "opening".into(), opens_on: sheet.opens_on.to_string(), ..StepDraft::default() };
    assert_eq!(add(&sheet, &mut Vec::new(), same).expect_err("nothing")[0].code, "scenario-nothing");
}

#[test]
fn hours_as_people_write_them() {
    assert_eq!(hours("08:00-12:00, 13:00–17:30"), Some(vec![(480, 720), (780, 1_050)]));
    assert_eq!(hours(" "), Some(vec![]));
    assert_eq!(hours("8-12"), None);
    assert_eq!(hours("12:00-08:00"), None);
    assert_eq!(hours("22:00-24:00"), Some(vec![(1_320, 1_440)]));
}
