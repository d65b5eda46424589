//! Revisions against a small plan: what they make of it, what they refuse, and that every one of them can be undone.

use super::samples::{Count, around, sheet, user};
use super::*;
use crate::plan::DAY;
use crate::plan::network::Kind;
use crate::plan::task::{LagKind, TaskState};
use crate::plan::vocabulary::Phase;
use proptest::prelude::*;
use uuid::Uuid;

fn made(sheet: &Sheet, revision: &Revision) -> Sheet {
    revision.decide(sheet, &around(), &mut Count(1_000)).expect("accepted").sheet
}

fn refused(sheet: &Sheet, revision: &Revision, around: &Around) -> Vec<String> {
    let refusals = revision.decide(sheet, around, &mut Count(1_000)).expect_err("refused");
    refusals.into_iter().map(|one| one.code).collect()
}

fn codes(sheet: &Sheet) -> Vec<&str> {
    sheet.tasks.iter().map(|task| task.code.as_str()).collect()
}

fn moved(code: &str, step: Step) -> Revision {
    Revision::Move { tasks: vec![code.into()], step }
}

#[test]
fn a_cell_is_read_like_the_form() {
    let old = sheet();
    let cell = |field: &str, value: &str| {
        Revision::Cell(CellEdit { task: "A02".into(), field: field.into(), value: value.into(), opened: None })
    };
    let at = |new: &Sheet| new.tasks[1].clone();
    assert_eq!(at(&made(&old, &cell("duration", "2.5"))).duration, DAY * 5 / 2);
    assert_eq!(at(&made(&old, &cell("owner", "anna weber"))).owner, Some(user(1)));
    assert_eq!(at(&made(&old, &cell("place", "1号馆"))).place, Some(PlaceId::from_uuid(Uuid::from_u128(9))));
    let started = made(&old, &cell("start", "2027-03-01"));
    assert_eq!(at(&started).constraint, "snet");
    assert_eq!(cell_value(&started, &at(&started), CellField::Start), "2027-03-01");
    let freed = made(&started, &cell("start", ""));
    assert_eq!((at(&freed).constraint.as_str(), at(&freed).constraint_at), ("asap", None));
    assert_eq!(made(&old, &cell("predecessors", "A04 SS+2")).links.len(), 7);
    let around = around();
    assert_eq!(refused(&old, &cell("duration", "long"), &around), ["not-a-number"]);
    assert_eq!(refused(&old, &cell("owner", "Nobody"), &around), ["task-not-on-team"]);
    assert_eq!(refused(&old, &cell("percent", "50"), &around), ["task-state"]);
    assert_eq!(refused(&old, &cell("colour", "red"), &around), ["unknown-choice"]);
}

#[test]
fn a_cell_somebody_else_changed_is_not_overwritten() {
    let mut old = sheet();
    let edit = |opened: &str, value: &str| CellEdit {
        task: "A02".into(),
        field: "duration".into(),
        value: value.into(),
        opened: Some(opened.into()),
    };
    old.tasks[1].duration = 3 * DAY;
    assert_eq!(edit("1", "2").clash(&old), Some("3".into()));
    assert_eq!(refused(&old, &Revision::Cell(edit("1", "2")), &around()), ["plan-cell-clash"]);
    assert_eq!(edit("3", "2").clash(&old), None);
    assert_eq!(edit("1", "3").clash(&old), None, "both wanted the same");
}

#[test]
fn a_bulk_change_is_all_or_nothing() {
    let mut old = sheet();
    let draft = BulkDraft {
        tasks: vec!["A02".into(), "A03".into()],
        owner: "Anna Weber".into(),
        shift_days: "+3".into(),
        priority: "900".into(),
        ..BulkDraft::default()
    };
    let new = made(&old, &Revision::Bulk(draft.clone()));
    for task in &new.tasks[1..3] {
        assert_eq!((task.owner, task.priority, task.constraint.as_str()), (Some(user(1)), 900, "snet"));
    }
    assert_eq!(ChangeSet::between(&old, &new).tasks.len(), 2);
    old.tasks[2].state = TaskState::Confirmed;
    let refusals = Revision::Bulk(draft.clone()).decide(&old, &around(), &mut Count(0)).expect_err("refused");
    assert_eq!(refusals.len(), 1);
    assert!(refusals[0].params.contains(&("code".to_owned(), "A03".to_owned())));
    let nothing = BulkDraft { tasks: vec!["A02".into()], ..BulkDraft::default() };
    assert_eq!(refused(&old, &Revision::Bulk(nothing), &around()), ["plan-bulk-empty"]);
    assert_eq!(refused(&old, &Revision::Bulk(BulkDraft { tasks: vec![], ..draft }), &around()), ["plan-none-chosen"]);
}

#[test]
fn a_new_task_takes_what_stands_beside_it() {
    let old = sheet();
    let draft =
        NewTask { after: "A03".into(), name_en: "Extra".into(), predecessors: "A03".into(), ..NewTask::default() };
    let new = made(&old, &Revision::Add(draft.clone()));
    assert_eq!(codes(&new)[2..5], ["A03", "A09", "A04"]);
    let task = &new.tasks[3];
    assert_eq!((task.phase, task.stage.en.as_str(), task.duration), (Phase::PreShow, "Stage", DAY));
    assert!(new.tasks[2].sort < task.sort && task.sort < new.tasks[4].sort);
    assert_eq!(ChangeSet::between(&old, &new).tasks.len(), 1, "nobody else changes");
    let taken = NewTask { code: "a05".into(), ..draft };
    assert_eq!(refused(&old, &Revision::Add(taken), &around()), ["plan-code-taken"]);
    let empty = refused(&old, &Revision::Add(NewTask::default()), &around());
    assert_eq!(empty, ["required"]);
}

#[test]
fn what_has_a_history_is_not_deleted() {
    let old = sheet();
    let delete = |codes: &[&str], typed: &str| Revision::Delete {
        tasks: codes.iter().map(|code| (*code).to_owned()).collect(),
        typed: typed.into(),
    };
    let new = made(&old, &delete(&["A04"], "a04"));
    assert_eq!((new.tasks.len(), new.links.len()), (7, 5));
    assert_eq!(made(&old, &delete(&["A04", "A05"], "2")).links.len(), 4);
    assert_eq!(refused(&old, &delete(&["A04"], "A05"), &around()), ["plan-typed-code"]);
    let mut known = around();
    known.history.insert(old.tasks[3].id, History { reports: 1, ..History::default() });
    assert_eq!(refused(&old, &delete(&["A04"], "A04"), &known), ["plan-delete-history"]);
    assert_eq!(refused(&old, &delete(&["A08"], "A08"), &around()), ["plan-delete-opening"]);
    let mut begun = old.clone();
    begun.tasks[3].state = TaskState::InProgress;
    assert_eq!(refused(&begun, &delete(&["A04"], "A04"), &around()), ["plan-delete-begun"]);
}

#[test]
fn blocks_move_with_what_lies_below_them() {
    let old = sheet();
    let new = made(&old, &moved("A05", Step::Up));
    assert_eq!(codes(&new)[3..5], ["A05", "A04"]);
    let mut old = old;
    old.links.clear();
    let old = made(&old, &moved("A04", Step::Indent));
    assert_eq!((old.tasks[2].kind, old.tasks[3].parent), (Kind::Summary, Some(old.tasks[2].id)));
    assert_eq!(depth(&old, &old.tasks[3]), 1);
    let down = made(&old, &moved("A03", Step::Down));
    assert_eq!(codes(&down), ["A01", "A02", "A05", "A03", "A04", "A06", "A07", "A08"]);
    assert_eq!(refused(&old, &moved("A03", Step::After("A04".into())), &around()), ["plan-move-into-itself"]);
    let out = made(&old, &moved("A04", Step::Outdent));
    assert_eq!(
        (out.tasks[2].kind, out.tasks[3].parent),
        (Kind::Task, None),
        "a bracket around nothing is a task again"
    );
    assert_eq!(refused(&sheet(), &moved("A01", Step::Up), &around()), ["plan-move-first"]);
    assert_eq!(refused(&sheet(), &moved("A01", Step::Outdent), &around()), ["plan-outdent-top"]);
    // A04 waits for A03 and cannot lie under it.
    assert_eq!(refused(&sheet(), &moved("A04", Step::Indent), &around()), ["plan-link-own-summary"]);
}

#[test]
fn links_carry_every_kind_of_lag() {
    let old = sheet();
    let draft = LinkDraft {
        from: "A01".into(),
        to: "A05".into(),
        kind: "ss".into(),
        lag: "50 %".trim_end_matches(" %").into(),
        lag_kind: "percent".into(),
        max_lag: "10".into(),
        release: "confirmed".into(),
        ..LinkDraft::default()
    };
    let new = made(&old, &Revision::Link(draft.clone()));
    let link = new.links.last().expect("there");
    assert_eq!((link.lag, link.lag_kind, link.max_lag), (50, LagKind::Percent, Some(10 * DAY)));
    let again = LinkDraft { id: link.id.to_string(), lag: "-1.5".into(), lag_kind: "elapsed".into(), ..draft.clone() };
    let changed = made(&new, &Revision::Link(again));
    assert_eq!(changed.links.last().map(|link| link.lag), Some(-DAY * 3 / 2));
    assert_eq!(made(&new, &Revision::Unlink { id: link.id.to_string() }).links.len(), 7);
    let twice = LinkDraft { from: "A01".into(), to: "A02".into(), ..LinkDraft::default() };
    assert_eq!(refused(&old, &Revision::Link(twice), &around()), ["plan-link-twice"]);
    let own = LinkDraft { from: "A01".into(), to: "A01".into(), ..LinkDraft::default() };
    assert_eq!(refused(&old, &Revision::Link(own), &around()), ["plan-link-self"]);
    let bad = LinkDraft { from: "X".into(), lag: "soon".into(), ..LinkDraft::default() };
    assert_eq!(refused(&old, &Revision::Link(bad), &around()), ["plan-unknown-task", "required", "not-a-number"]);
}

#[test]
fn undo_names_what_somebody_changed_since() {
    let old = sheet();
    let cell = CellEdit { task: "A02".into(), field: "duration".into(), value: "4".into(), opened: None };
    let new = made(&old, &Revision::Cell(cell));
    let set = ChangeSet::between(&old, &new);
    let mut later = new.clone();
    later.tasks[1].name.en = "Another name".into();
    let undone = set.inverse().apply(&later).expect("another field is no obstacle");
    assert_eq!((undone.tasks[1].duration, undone.tasks[1].name.en.as_str()), (DAY, "Another name"));
    later.tasks[1].duration = 9 * DAY;
    let refusals = set.inverse().apply(&later).expect_err("overwritten");
    assert_eq!(refusals[0].code, "plan-undo-changed");
    let added = made(&old, &Revision::Add(NewTask { name_en: "New".into(), ..NewTask::default() }));
    let set = ChangeSet::between(&old, &added);
    let link = LinkDraft { from: "A01".into(), to: "A09".into(), ..LinkDraft::default() };
    let linked = Revision::Link(link).decide(&added, &around(), &mut Count(5_000)).expect("linked").sheet;
    assert_eq!(set.inverse().apply(&linked).expect_err("linked since")[0].code, "plan-undo-linked");
}

/// A revision that may or may not be possible.
fn any_revision() -> impl Strategy<Value = Revision> {
    let code = || (1..=12u32).prop_map(|no| format!("A{no:02}"));
    let some = || prop::collection::vec((1..=12u32).prop_map(|no| format!("A{no:02}")), 1..4);
    let step = prop_oneof![
        Just(Step::Up),
        Just(Step::Down),
        Just(Step::Indent),
        Just(Step::Outdent),
        code().prop_map(Step::After)
    ];
    prop_oneof![
        (code(), 0..20u32).prop_map(|(task, days)| Revision::Cell(CellEdit {
            task,
            field: "duration".into(),
            value: days.to_string(),
            opened: None
        })),
        (some(), -5..9i32).prop_map(|(tasks, shift)| Revision::Bulk(BulkDraft {
            tasks,
            shift_days: shift.to_string(),
            owner: "Anna Weber".into(),
            ..BulkDraft::default()
        })),
        code().prop_map(|after| Revision::Add(NewTask { after, name_en: "N".into(), ..NewTask::default() })),
        some().prop_map(|tasks| Revision::Copy { tasks }),
        code().prop_map(|task| Revision::Delete { typed: task.clone(), tasks: vec![task] }),
        (some(), step).prop_map(|(tasks, step)| Revision::Move { tasks, step }),
        (code(), code(), -3..5i32).prop_map(|(from, to, lag)| Revision::Link(LinkDraft {
            from,
            to,
            lag: lag.to_string(),
            ..LinkDraft::default()
        })),
    ]
}

/// Equal in all that people plan.
fn same(a: &Sheet, b: &Sheet) -> bool {
    ChangeSet::between(a, b).is_empty() && codes(a) == codes(b)
}

proptest! {
    #[test]
    fn every_change_can_be_taken_back_and_made_again(revisions in prop::collection::vec(any_revision(), 1..25)) {
        let mut now = sheet();
        let mut fresh = Count(10_000);
        let mut done: Vec<(Sheet, ChangeSet, Sheet)> = Vec::new();
        for revision in revisions {
            let Ok(Revised { sheet: new, .. }) = revision.decide(&now, &around(), &mut fresh) else { continue };
            let mut sorted = new.clone();
            sorted.sort();
            prop_assert_eq!(codes(&sorted), codes(&new), "the order is the one that is stored");
            let parents = new.tasks.iter().filter_map(|task| task.parent);
            for parent in parents {
                let at = new.position(parent).expect("a parent exists");
                prop_assert_eq!(new.tasks[at].kind, Kind::Summary);
            }
            let set = ChangeSet::between(&now, &new);
            prop_assert!(same(&set.apply(&now).expect("laid over what it was made from"), &new));
            done.push((now.clone(), set, new.clone()));
            now = new;
        }
        for (before, set, after) in done.iter().rev() {
            now = set.inverse().apply(&now).expect("nobody else changed anything");
            prop_assert!(same(&now, before));
            prop_assert!(same(&set.apply(&now).expect("again"), after));
        }
        prop_assert!(same(&now, &sheet()));
    }
}
