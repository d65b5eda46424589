use super::*;
use uuid::Uuid;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn duty(n: u128, applies_to: AppliesTo) -> Duty {
    Duty {
        id: DutyId::from_uuid(id(n)),
        edition: EditionId::from_uuid(id(1)),
        code: format!("D{n}"),
        name: Bilingual::new("Insurance", "保险"),
        help: Bilingual::default(),
        task: Some(TaskId::from_uuid(id(100 + n))),
        applies_to,
        mandatory: true,
        sort: 0,
    }
}

fn own(duty: &Duty, state: DutyState) -> ExhibitorDuty {
    ExhibitorDuty {
        id: ExhibitorDutyId::from_uuid(id(1_000)),
        edition: duty.edition,
        duty: duty.id,
        participation: ParticipationId::from_uuid(id(2)),
        company: "Suzhou Tools".into(),
        state,
        note: String::new(),
        document: None,
        done_at: None,
        done_by: None,
        version: 3,
    }
}

#[test]
fn the_light_follows_state_and_deadline() {
    let now = DateTime::UNIX_EPOCH + Duration::days(100);
    let at = |days: i64| Some(now + Duration::days(days));
    let cases = [
        (DutyState::Open, None, Light::Open),
        (DutyState::Open, at(-1), Light::Overdue),
        (DutyState::Open, at(0), Light::Soon),
        (DutyState::Open, at(13), Light::Soon),
        (DutyState::Open, at(14), Light::Open),
        (DutyState::Done, at(-1), Light::Done),
        (DutyState::Waived, at(-1), Light::Waived),
    ];
    for (state, deadline, expected) in cases {
        assert_eq!(light(state, deadline, now), expected, "{state:?} {deadline:?}");
    }
}

#[test]
fn both_timelines_hear_of_a_completion() {
    let duty = duty(5, AppliesTo::All);
    let mine = own(&duty, DutyState::Open);
    let by = Actor::Contact { id: crate::ContactId::from_uuid(id(9)), name: "Li Wei".into() };
    let (done, facts) =
        complete(&mine, &duty, ("policy 12".into(), Some(3)), None, &by, DateTime::UNIX_EPOCH).expect("open");
    assert_eq!((done.state, done.done_by), (DutyState::Done, Some(id(9))));
    let kinds: Vec<_> = facts.iter().map(|f| (f.kind.as_str(), f.subject.kind)).collect();
    assert_eq!(kinds, [("exhibitor.duty_done", SubjectKind::Exhibitor), ("task.duty_done", SubjectKind::Task)]);
    let again = complete(&done, &duty, (String::new(), None), None, &by, DateTime::UNIX_EPOCH);
    assert_eq!(again.expect_err("done")[0].code, "duty-closed");
    let stale = complete(&mine, &duty, (String::new(), Some(2)), None, &by, DateTime::UNIX_EPOCH);
    assert_eq!(stale.expect_err("older")[0].code, "stale");
    let (open, _) = reopen(&done, &duty, ("page 2 is missing".into(), None)).expect("done");
    assert_eq!((open.state, open.note.as_str()), (DutyState::Open, "page 2 is missing"));
}

/// For every set of held stands and every starting point: applying what `reconcile` says makes the next call say
/// nothing, and nothing done is ever dropped.
#[test]
fn reconciling_is_idempotent_and_keeps_history() {
    let duties = [duty(1, AppliesTo::All), duty(2, AppliesTo::Raw), duty(3, AppliesTo::Shell)];
    let sets: [&[StandKind]; 4] = [&[], &[StandKind::Raw], &[StandKind::Package], &[StandKind::Raw, StandKind::Shell]];
    for before in sets {
        for after in sets {
            for state in DutyState::ALL {
                let mut mine: Vec<ExhibitorDuty> = Vec::new();
                let first = reconcile(&duties, &mine, before);
                assert!(first.drop.is_empty());
                for (n, duty_id) in first.add.iter().enumerate() {
                    let duty = duties.iter().find(|d| d.id == *duty_id).expect("known");
                    let mut one = own(duty, *state);
                    one.id = ExhibitorDutyId::from_uuid(id(2_000 + n as u128));
                    mine.push(one);
                }
                let second = reconcile(&duties, &mine, after);
                if *state != DutyState::Open {
                    assert!(second.drop.is_empty());
                }
                mine.retain(|one| !second.drop.contains(&one.id));
                for duty_id in &second.add {
                    let duty = duties.iter().find(|d| d.id == *duty_id).expect("known");
                    mine.push(own(duty, DutyState::Open));
                }
                let third = reconcile(&duties, &mine, after);
                assert_eq!(third, Reconciled { add: vec![], drop: vec![] });
            }
        }
    }
}

#[test]
fn a_completion_needs_something_and_a_confirmation() {
    let empty = CompleteDraft::default().parse(false).expect_err("nothing given");
    let fields: Vec<_> = empty.iter().filter_map(|r| r.field.as_deref()).collect();
    assert_eq!(fields, ["note", "confirm"]);
    let with_file = CompleteDraft { confirm: "yes".into(), ..CompleteDraft::default() };
    assert!(with_file.parse(true).is_ok());
}
