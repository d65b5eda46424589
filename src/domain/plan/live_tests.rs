//! Incremental recalculation against full recalculation, maximum lags against a plain re-check, and
//! paths to a milestone: properties over random plans.

use super::live::{Change, Live};
use super::network::*;
use super::schedule::{Conflict, Driver, Schedule};
use super::*;
use proptest::prelude::*;

#[derive(Debug, Clone)]
struct Raw {
    activities: Vec<(i64, u32, u8, i64, Option<u8>)>,
    links: Vec<(usize, usize, u8, i64, u8)>,
    caps: Vec<(usize, i64)>,
    edits: Vec<(u8, usize, usize, i64, u8)>,
}

fn raw() -> impl Strategy<Value = Raw> {
    let activity = (0..4_000i64, 0..3u32, 0..14u8, 0..20_000i64, proptest::option::of(0..3u8));
    let link = (0..40usize, 0..40usize, 0..4u8, -900..2_500i64, 0..3u8);
    (
        proptest::collection::vec(activity, 3..40),
        proptest::collection::vec(link, 0..90),
        proptest::collection::vec((0..90usize, 0..9_000i64), 0..4),
        proptest::collection::vec((0..6u8, 0..90usize, 0..40usize, 0..6_000i64, 0..14u8), 1..8),
    )
        .prop_map(|(activities, links, caps, edits)| Raw { activities, links, caps, edits })
}

fn lag(kind: u8, lag: i64) -> Lag {
    match kind {
        0 => Lag::Working(lag),
        1 => Lag::Elapsed(lag),
        _ => Lag::Percent(lag / 20),
    }
}

fn wish(one: &mut Activity, wish: u8, when: i64) {
    match wish {
        0 => (one.kind, one.duration) = (Kind::StartMilestone, 0),
        1 => (one.kind, one.duration) = (Kind::FinishMilestone, 0),
        2 => one.constraint = Constraint::Snet(when),
        3 => one.constraint = Constraint::Fnlt(when),
        4 => one.constraint = Constraint::Mso(when),
        5 => one.constraint = Constraint::Mfo(when),
        6 => one.deadline = Some(when),
        7 => (one.actual_start, one.remaining) = (Some(when), Some(one.duration / 2)),
        8 => one.constraint = Constraint::Fnet(when),
        9 => one.constraint = Constraint::Snlt(when),
        10 => (one.actual_start, one.actual_finish) = (Some(when), Some(when + one.duration)),
        _ => {}
    }
}

/// A plan of leaves under three summaries; links run from lower to higher leaves.
fn plan(raw: &Raw, caps: bool) -> PlanInput {
    let mut input = PlanInput::new(20_458 * DAY);
    input.calendars.push(Calendar::new(&Pattern::weekdays(vec![(480, 720), (780, 1_020)])));
    input.calendars.push(Calendar::new(&Pattern::weekdays(vec![(0, 300), (1_200, 1_440)])));
    input.data_date = raw.activities.first().filter(|one| one.2 > 9).map(|one| input.start + one.3 / 2);
    for at in 0..3 {
        let mut summary = Activity::task(&format!("S{at}"), 0);
        summary.kind = Kind::Summary;
        input.activities.push(summary);
    }
    for (at, &(duration, calendar, w, when, parent)) in raw.activities.iter().enumerate() {
        let mut one = Activity::task(&format!("T{at}"), duration.max(1));
        one.calendar = calendar;
        one.parent = parent.map(u32::from);
        wish(&mut one, w, input.start + when);
        input.activities.push(one);
    }
    let count = raw.activities.len();
    for &(a, b, kind, minutes, lag_kind) in &raw.links {
        if let Some(link) = forward(a % count, b % count, kind, minutes, lag_kind) {
            input.links.push(link);
        }
    }
    if caps {
        for &(link, minutes) in &raw.caps {
            if !input.links.is_empty() {
                let link = (link % input.links.len()) as u32;
                if input.max_lags.iter().all(|one| one.link != link) {
                    input.max_lags.push(MaxLag { link, minutes });
                }
            }
        }
    }
    input
}

fn forward(a: usize, b: usize, kind: u8, minutes: i64, lag_kind: u8) -> Option<Link> {
    let (from, to) = (a.min(b) as u32 + 3, a.max(b) as u32 + 3);
    let kind = LinkKind::ALL[usize::from(kind)];
    (from != to).then(|| Link { from, to, kind, lag: lag(lag_kind, minutes) })
}

fn change(live: &Live, edit: (u8, usize, usize, i64, u8)) -> Change {
    let (what, a, b, value, w) = edit;
    let input = live.network().input();
    let count = input.activities.len() - 3;
    let at = 3 + a % count;
    let mut one = input.activities[at].clone();
    match what {
        0 if one.kind == Kind::Task => one.duration = value.max(1),
        1 => wish(&mut one, w, input.start + value),
        2 if !input.links.is_empty() => return Change::RemoveLink((a % input.links.len()) as u32),
        3 => {
            if let Some(link) = forward(a % count, b % count, w % 4, value - 900, w % 3) {
                return Change::AddLink(link);
            }
        }
        4 if !input.links.is_empty() => {
            let slot = a % input.links.len();
            return Change::Link(slot as u32, Link { lag: lag(w % 3, value), ..input.links[slot] });
        }
        _ => one.calendar = (value % 3) as u32,
    }
    Change::Activity(at as u32, one)
}

fn recomputed(live: &Live) -> Schedule {
    Network::build(live.network().input().clone()).expect("links run forward only").compute()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn incremental_is_full_for_random_edits(raw in raw(), caps in any::<bool>()) {
        let mut live = Live::new(plan(&raw, caps)).expect("links run forward only");
        prop_assert_eq!(live.schedule(), &recomputed(&live));
        for &edit in &raw.edits {
            let next = change(&live, edit);
            live.change(std::slice::from_ref(&next)).expect("links run forward only");
            let full = recomputed(&live);
            prop_assert_eq!(live.schedule(), &full, "after {:?}", next);
        }
    }

    #[test]
    fn many_edits_at_once_are_the_same_as_one_by_one(raw in raw()) {
        let mut live = Live::new(plan(&raw, false)).expect("links run forward only");
        let tasks: Vec<Change> = raw
            .edits
            .iter()
            .map(|&edit| change(&live, edit))
            .filter(|one| matches!(one, Change::Activity(..) | Change::AddLink(_)))
            .collect();
        live.change(&tasks).expect("links run forward only");
        prop_assert_eq!(live.schedule(), &recomputed(&live));
    }

    #[test]
    fn a_maximum_lag_holds_or_is_listed(raw in raw()) {
        let input = plan(&raw, true);
        let net = Network::build(input).expect("links run forward only");
        let schedule = net.compute();
        for cap in &net.input().max_lags {
            let link = net.input().links[cap.link as usize];
            let (i, j) = (link.from as usize, link.to as usize);
            let calendar = match link.lag {
                Lag::Elapsed(_) => &Calendar::Always,
                _ => &net.input().calendars[net.input().activities[j].calendar as usize],
            };
            let (near, far) = match link.kind {
                LinkKind::Fs => (schedule.early_finish[i], schedule.early_start[j]),
                LinkKind::Ss => (schedule.early_start[i], schedule.early_start[j]),
                LinkKind::Ff => (schedule.early_finish[i], schedule.early_finish[j]),
                LinkKind::Sf => (schedule.early_start[i], schedule.early_finish[j]),
            };
            let over = calendar.between(near, far) - cap.minutes;
            let listed = schedule.conflicts.iter().any(|one| matches!(one, Conflict::Apart { link, .. } if *link == cap.link));
            prop_assert_eq!(over > 0, listed, "over by {}", over);
        }
    }

    #[test]
    fn the_first_path_is_the_driving_one_and_rooms_are_sums(raw in raw()) {
        let net = Network::build(plan(&raw, false)).expect("links run forward only");
        let schedule = net.compute();
        let target = net.input().activities.len() - 1;
        let paths = net.paths(&schedule, target, 3_000, 20);
        prop_assert!(paths.windows(2).all(|pair| pair[0].room <= pair[1].room));
        let room = net.room_to(&schedule, target);
        for path in &paths {
            prop_assert_eq!(path.activities.last(), Some(&target));
            let first = path.activities[0];
            prop_assert!(room[first].is_some_and(|least| least <= path.room));
        }
    }
}

fn chain(durations: &[i64]) -> PlanInput {
    let mut input = PlanInput::new(0);
    input.activities = durations.iter().enumerate().map(|(at, &d)| Activity::task(&format!("T{at}"), d)).collect();
    input
}

fn link(from: u32, to: u32, kind: LinkKind, minutes: i64) -> Link {
    Link { from, to, kind, lag: Lag::Working(minutes) }
}

#[test]
fn a_maximum_lag_pulls_the_predecessor_along() {
    // Concrete (0) may wait at most 60 minutes for its finish (1), which waits for the crane (2).
    let mut input = chain(&[100, 50, 1_000]);
    input.links = vec![link(0, 1, LinkKind::Fs, 0), link(2, 1, LinkKind::Fs, 0)];
    input.max_lags = vec![MaxLag { link: 0, minutes: 60 }];
    let net = Network::build(input).expect("acyclic");
    let schedule = net.compute();
    assert_eq!(schedule.early_start, [840, 1_000, 0]);
    assert_eq!(schedule.driver[0], Driver::Apart(0));
    let codes: Vec<_> = net.explain(&schedule, 0).into_iter().map(|step| step.code).collect();
    assert_eq!(codes, ["T2", "T1", "T0"]);
    assert!(schedule.conflicts.is_empty());
}

#[test]
fn a_ring_of_positive_length_is_spelled_out() {
    // T1 at least 500 after T0 by way of T2, and at most 100 after it.
    let mut input = chain(&[10, 10, 500]);
    input.links = vec![link(0, 1, LinkKind::Fs, 0), link(0, 2, LinkKind::Fs, 0), link(2, 1, LinkKind::Fs, 0)];
    input.max_lags = vec![MaxLag { link: 0, minutes: 100 }];
    let net = Network::build(input).expect("acyclic");
    let schedule = net.compute();
    assert_eq!(schedule.rings, [[0, 2, 1, 0].to_vec()]);
    assert!(schedule.conflicts.contains(&Conflict::Ring { ring: 0 }));
    assert!(schedule.conflicts.contains(&Conflict::Apart { link: 0, by: 400 }));
    assert_eq!(schedule.early_start, [0, 510, 10], "the plan is computed without what cannot hold");
}

#[test]
fn one_slip_looks_at_its_cone_only() {
    let mut input = chain(&[100; 50]);
    for at in 1..50 {
        // Two chains: even and odd tasks.
        if at >= 2 {
            input.links.push(link(at - 2, at, LinkKind::Fs, 0));
        }
    }
    input.activities[49].duration = 5_000;
    let mut live = Live::new(input).expect("acyclic");
    let mut longer = live.network().input().activities[40].clone();
    longer.duration = 150;
    let touched = live.change(&[Change::Activity(40, longer)]).expect("acyclic");
    assert!(!touched.full);
    assert_eq!(touched.early, 5, "40, 42, 44, 46, 48");
    assert_eq!(live.schedule(), &recomputed(&live));
}

#[test]
fn an_edit_that_closes_a_ring_leaves_the_plan_as_it_was() {
    let mut input = chain(&[10, 10]);
    input.links = vec![link(0, 1, LinkKind::Fs, 0)];
    let mut live = Live::new(input).expect("acyclic");
    let before = live.schedule().clone();
    let faults = live.change(&[Change::AddLink(link(1, 0, LinkKind::Fs, 0))]).expect_err("a ring");
    assert!(matches!(&faults[0], NetworkFault::Cycle { codes } if codes.len() == 3));
    assert_eq!(live.schedule(), &before);
    assert_eq!(live.network().input().links.len(), 1);
}

/// A negative control: a schedule with one date off is not the plan's.
#[test]
fn the_comparison_would_notice() {
    let mut input = chain(&[10, 10]);
    input.links = vec![link(0, 1, LinkKind::Fs, 0)];
    let live = Live::new(input).expect("acyclic");
    let mut wrong = live.schedule().clone();
    wrong.early_start[1] += 1;
    assert_ne!(&wrong, &recomputed(&live));
}
