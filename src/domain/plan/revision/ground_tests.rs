//! What a plan stands on, taken back and made again: calendars, choices, rules and needs of places, open hours; and steps
//! of the loop made again only where what they need is there.

use super::samples::{around, sheet, user};
use super::*;
use crate::plan::calendar::Pattern;
use crate::plan::readiness::{Before, Unmet};
use crate::plan::settings::PlanCalendar;
use crate::plan::space::{LocationRule, Mode, Requirement, Spot, Tree, Unit, When};
use crate::plan::task::{Release, TaskState};
use crate::venue::PlaceKind;
use crate::{CalendarId, LocationRuleId, RequirementId};
use uuid::Uuid;

fn hall() -> PlaceId {
    PlaceId::from_uuid(Uuid::from_u128(40))
}

fn calendar(no: u128, code: &str) -> PlanCalendar {
    PlanCalendar {
        id: CalendarId::from_uuid(Uuid::from_u128(no)),
        code: code.into(),
        name: Bilingual::new(code, ""),
        pattern: Pattern::weekdays(vec![(480, 1_020)]),
        parent: None,
    }
}

fn rule(sheet: &Sheet) -> LocationRule {
    LocationRule {
        id: LocationRuleId::from_uuid(Uuid::from_u128(50)),
        edition: sheet.edition,
        reason: "Utilities before build".into(),
        within: Some(hall()),
        each: PlaceKind::Stand,
        before: "A01".into(),
        after: "A02".into(),
        release: Release::Accepted,
        lag: 0,
        on: true,
        version: 1,
    }
}

fn need(sheet: &Sheet, no: u128) -> Requirement {
    Requirement {
        id: RequirementId::from_uuid(Uuid::from_u128(no)),
        edition: sheet.edition,
        task: sheet.tasks[2].id,
        place: Some(hall()),
        each: None,
        only: None,
        mode: Mode::Exclusive,
        quantity: 0,
        unit: Unit::Area,
        setup: 0,
        clear: 0,
        needs: None,
        when: When::Start,
        produces: None,
        lead: 0,
        version: 1,
    }
}

/// A plan with a hall and a calendar.
fn before() -> Sheet {
    let mut sheet = sheet();
    let spot = Spot {
        id: hall(),
        parent: None,
        kind: PlaceKind::Hall,
        code: "N1".into(),
        name: Bilingual::new("Hall N1", ""),
        stand: None,
        capacity: Default::default(),
    };
    sheet.space.tree = Tree::build(vec![spot], &[]);
    sheet.calendars = vec![calendar(60, "DAYS")];
    sheet.space.requirements = vec![need(&sheet, 70)];
    sheet
}

/// Everything about it changed.
fn after(old: &Sheet) -> Sheet {
    let mut new = old.clone();
    new.calendars[0].pattern = Pattern::weekdays(vec![(0, 1_440)]);
    new.calendars.push(calendar(61, "NIGHTS"));
    new.default_calendar = Some(new.calendars[1].id);
    new.options.critical_threshold = 480;
    new.space.rules.push(rule(old));
    new.space.requirements = vec![need(old, 71)];
    new.space.hours.insert(hall(), new.calendars[1].id);
    new
}

fn refused(set: &ChangeSet, sheet: &Sheet) -> Vec<String> {
    set.apply(sheet).expect_err("somebody is in the way").into_iter().map(|one| one.code).collect()
}

#[test]
fn the_ground_of_a_plan_goes_back_and_forth() {
    let old = before();
    let mut new = after(&old);
    let set = ChangeSet::between(&old, &new);
    assert_eq!(set.fields(), ["calendar", "choices", "hours", "needs", "rules"]);
    assert_eq!(set.codes(&new), ["A03"], "whose need it is");
    // Saving counts versions up; that is no change of somebody else's.
    new.space.rules[0].version += 1;
    new.space.requirements[0].version += 1;
    let back = set.inverse().apply(&new).expect("nothing in the way");
    assert!(ChangeSet::between(&old, &back).is_empty());
    let again = set.apply(&back).expect("and forth");
    assert!(ChangeSet::between(&new, &again).is_empty());
    // As it is kept in the database.
    let kept: ChangeSet = serde_json::from_value(serde_json::to_value(&set).expect("written")).expect("read");
    assert_eq!(kept, set);
}

#[test]
fn what_somebody_changed_since_is_not_overwritten() {
    let old = before();
    let new = after(&old);
    let set = ChangeSet::between(&old, &new).inverse();
    let mut since = new.clone();
    since.space.rules[0].lag = 60;
    since.space.requirements[0].setup = 60;
    since.space.hours.insert(hall(), since.calendars[0].id);
    since.options.critical_threshold = 0;
    since.calendars[0].code = "OTHER".into();
    let codes = ["plan-undo-calendar", "plan-undo-choices", "plan-undo-rule", "plan-undo-need", "plan-undo-hours"];
    assert_eq!(refused(&set, &since)[..5], codes);
    // A calendar that came with the change and that somebody follows by now stays.
    let mut since = new.clone();
    since.tasks[0].calendar = Some(since.calendars[1].id);
    assert_eq!(refused(&set, &since), ["plan-undo-calendar"]);
    // The place is gone: its hours and what was asked of it do not come back.
    let mut since = old.clone();
    since.space.tree = Tree::default();
    since.space.requirements.clear();
    let again = refused(&ChangeSet::between(&old, &new), &since);
    assert!(again.iter().all(|code| code == "plan-undo-place") && again.len() == 3, "{again:?}");
}

#[test]
fn changes_kept_before_calendars_could_come_and_go_are_read() {
    let (was, is) = (calendar(60, "DAYS"), calendar(60, "DAYS2"));
    let kept = serde_json::json!({ "tasks": [], "links": [], "indicators": [],
        "beside": { "calendars": [{ "before": was, "after": is }] } });
    let set: ChangeSet = serde_json::from_value(kept).expect("read");
    let mut sheet = before();
    sheet.calendars = vec![is];
    assert_eq!(set.inverse().apply(&sheet).expect("nothing in the way").calendars, [was]);
}

fn step(old: &Task, new: &Task) -> LoopChange {
    Beside::step(old, new).loops.remove(0)
}

#[test]
fn a_step_is_made_again_where_what_it_needs_is_there() {
    let (hand, now) = (around().hand, around().now);
    let mut ahead = sheet().tasks[0].clone();
    (ahead.owner, ahead.checker, ahead.state) = (Some(user(1)), Some(user(2)), TaskState::Planned);
    let mut begun = ahead.clone();
    (begun.state, begun.actual_start) = (TaskState::InProgress, Some(now));
    let start = step(&ahead, &begun);
    let again = |task: &Task, step: &LoopChange, before: &[Before], around: &[Unmet]| {
        take_again(task, step, (before, around), hand, now)
            .map_err(|refusals| refusals.into_iter().map(|one| one.code).collect::<Vec<_>>())
    };
    assert_eq!(again(&ahead, &start, &[], &[]), Ok(()));
    let held = Before {
        code: "A00".into(),
        state: TaskState::InProgress,
        actual_start: Some(now),
        actual_finish: None,
        kind: crate::plan::LinkKind::Fs,
        lag: 0,
        release: Release::Accepted,
        gate: false,
    };
    let unmet = again(&ahead, &start, std::slice::from_ref(&held), &[]).expect_err("its predecessor is not done");
    assert_eq!(unmet.len(), 1);
    // Handing in needs somebody who checks; reporting and letting go need the right person.
    let mut submitted = begun.clone();
    (submitted.state, submitted.percent) = (TaskState::Submitted, 100);
    assert_eq!(again(&begun, &step(&begun, &submitted), &[], &[]), Ok(()));
    let unchecked = Task { checker: None, ..begun.clone() };
    assert!(again(&unchecked, &step(&begun, &submitted), &[], &[]).is_err());
    let mut waived = begun.clone();
    (waived.state, waived.reason) = (TaskState::Waived, Some("Not wanted".into()));
    let stranger = Hand { user: user(3), leads: false };
    assert_eq!(again(&begun, &step(&begun, &waived), &[], &[]), Ok(()));
    assert!(take_again(&begun, &step(&begun, &waived), (&[], &[]), stranger, now).is_err());
    assert!(take_again(&ahead, &start, (&[], &[]), stranger, now).is_err());
}
