//! A badge is printed once, or somebody is asked.

use super::*;
use crate::printing::station::tests::station;
use proptest::prelude::*;

fn now() -> DateTime<Utc> {
    "2027-03-24T08:00:00Z".parse().unwrap()
}

fn wish(again: &str) -> Ask {
    Ask {
        edition: EditionId::from_uuid(Uuid::nil()),
        id: PrintJobId::from_uuid(Uuid::from_u128(9)),
        station: Some(station(1, now()).id),
        station_name: "Desk 1".into(),
        registration: RegistrationId::from_uuid(Uuid::from_u128(5)),
        credential: CredentialId::from_uuid(Uuid::from_u128(6)),
        serial: 1042,
        batch: None,
        again: again.into(),
        by: "Lin Yue".into(),
    }
}

fn run() -> Uuid {
    Uuid::from_u128(77)
}

fn handed() -> Job {
    let (job, _) = ask(wish(""), &[], now()).unwrap();
    job.hand_out(station(1, now()).id, run(), now())
}

fn failed(failure: Failure, complete: bool) -> Report {
    Report { attempt: 1, failure: Some(failure), complete }
}

const DONE: Report = Report { attempt: 1, failure: None, complete: true };

#[test]
fn a_second_badge_needs_a_reason() {
    let (first, _) = ask(wish(""), &[], now()).unwrap();
    let refusal = ask(wish(" "), std::slice::from_ref(&first), now()).unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("badge-printed-before", Some("again")));
    let (again, facts) = ask(wish("smeared"), std::slice::from_ref(&first), now()).unwrap();
    assert_eq!((again.purpose, facts[0].data["reason"].as_str()), (Purpose::Again, Some("smeared")));
    let (cancelled, _) = first.cancel(now()).unwrap();
    assert_eq!(ask(wish(""), &[cancelled], now()).unwrap().0.purpose, Purpose::Badge);
}

#[test]
fn the_browser_of_whoever_asks_prints_at_once() {
    let (job, facts) = ask(Ask { station: None, ..wish("") }, &[], now()).unwrap();
    assert_eq!((job.state, facts[0].kind.as_str()), (JobState::Printed, "badge.handed"));
}

#[test]
fn what_the_printer_took_is_printed() {
    let (job, facts) = handed().answer(DONE, &[station(1, now())], now());
    assert_eq!((job.state, facts[0].kind.as_str()), (JobState::Printed, "badge.printed"));
    let (same, none) = job.clone().answer(failed(Failure::Stalled, false), &[], now());
    assert_eq!((same, none.len()), (job, 0));
}

#[test]
fn a_failed_printer_moves_the_job_to_another() {
    let mut own = station(1, now());
    own.failover = Some(station(2, now()).id);
    let (moved, facts) = handed().answer(failed(Failure::Stalled, false), &[own.clone(), station(2, now())], now());
    assert_eq!((moved.state, moved.station, moved.tries), (JobState::Waiting, own.failover, 0));
    assert_eq!(facts[0].kind, "badge.print_moved");
    let mut away = station(2, now());
    away.paused = true;
    let (kept, facts) = handed().answer(failed(Failure::Stalled, false), &[own.clone(), away], now());
    assert_eq!((kept.station, kept.not_before), (Some(own.id), now() + PAUSE));
    assert!(facts.is_empty());
}

#[test]
fn tries_end_and_somebody_is_told() {
    let stations = [station(1, now())];
    let mut job = handed();
    for attempt in 1..=MOST_TRIES {
        let report = Report { attempt, failure: Some(Failure::Unreachable), complete: false };
        (job, _) = job.answer(report, &stations, now());
        if attempt < MOST_TRIES {
            assert_eq!(job.state, JobState::Waiting);
            job = job.hand_out(stations[0].id, run(), now());
        }
    }
    assert_eq!((job.state, job.failure), (JobState::Failed, Some(Failure::Unreachable)));
    let (again, _) = job.retry(now()).unwrap();
    assert_eq!((again.state, again.tries, again.failure), (JobState::Waiting, 0, None));
}

#[test]
fn what_may_have_come_out_is_not_printed_again_by_itself() {
    let (unsure, _) = handed().answer(failed(Failure::ClosedEarly, true), &[station(1, now())], now());
    assert_eq!(unsure.state, JobState::Unsure);
    assert_eq!(unsure.clone().retry(now()).unwrap_err().code, "print-job-state");
    assert_eq!(unsure.clone().settle(true, now()).unwrap().0.state, JobState::Printed);
    assert_eq!(unsure.settle(false, now()).unwrap().0.state, JobState::Waiting);
}

#[test]
fn an_agent_that_vanishes_leaves_a_question() {
    let (same, none) = handed().expire(now() + LEASE);
    assert_eq!((same.state, none.len()), (JobState::Printing, 0));
    let late = now() + LEASE + TimeDelta::seconds(1);
    let (unsure, facts) = handed().expire(late);
    assert_eq!((unsure.state, facts[0].kind.as_str()), (JobState::Unsure, "badge.print_unsure"));
    // It was only slow: its answer still counts.
    assert_eq!(unsure.answer(DONE, &[], late).0.state, JobState::Printed);
}

#[test]
fn the_same_run_never_had_it_and_another_may_have_printed_it() {
    let (back, _) = handed().asked_again(run(), now());
    assert_eq!((back.state, back.tries), (JobState::Waiting, 0));
    let other = Uuid::from_u128(78);
    assert_eq!(handed().asked_again(other, now()).0.state, JobState::Printing, "a second agent of the station");
    let (unsure, _) = handed().asked_again(other, now() + LEASE * 2);
    assert_eq!((unsure.state, unsure.failure), (JobState::Unsure, Some(Failure::AgentLost)));
}

#[test]
fn a_stand_in_serves_those_who_cannot() {
    let (mut one, two) = (station(1, now()), station(2, now()));
    one.failover = Some(two.id);
    let all = [one.clone(), two.clone()];
    assert_eq!(serves(&two, &all, now()), [two.id]);
    one.trouble = Some(Failure::PaperOut);
    assert_eq!(serves(&two, &[one.clone(), two.clone()], now()), [two.id, one.id]);
    assert_eq!(serves(&one, &[one.clone(), two], now()), [one.id], "it goes on asking for its own");
}

proptest! {
    /// Whatever agents answer, in whatever order: at most one badge comes out without somebody having looked.
    #[test]
    fn at_most_one_badge_comes_out(steps in prop::collection::vec((0_u8..6, 0_i32..4), 1..60)) {
        let stations = [
            { let mut s = station(1, now()); s.failover = Some(station(2, now()).id); s },
            station(2, now()),
        ];
        let (mut job, _) = ask(wish(""), &[], now()).unwrap();
        let (mut out, mut last) = (0, false);
        for (step, attempt) in steps {
            job = match step {
                0 if job.state == JobState::Waiting => {
                    let at = job.station.unwrap();
                    last = false;
                    job.hand_out(at, run(), now())
                }
                // The printer takes it all; the agent's word may get lost.
                1 if job.state == JobState::Printing && !last => { out += 1; last = true; job }
                2 if last => { let attempt = job.attempt; job.answer(Report { attempt, ..DONE }, &stations, now()).0 }
                3 if !last => {
                    let report = Report { attempt, failure: Some(Failure::Stalled), complete: false };
                    job.answer(report, &stations, now()).0
                }
                4 if job.state == JobState::Printing && last => job.expire(now() + LEASE * 2).0,
                5 if job.state == JobState::Printing => job.asked_again(Uuid::from_u128(80), now()).0,
                _ => job,
            };
        }
        prop_assert!(out <= 1, "{out} badges came out");
    }
}
