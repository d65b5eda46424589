//! A plan of 10,000 tasks and 30,000 links: full recalculation (checking the graph, both passes, floats and
//! drivers; and the passes alone), and one task slipping (only what depends on it), on one thread. Prints one
//! figure a line.

use criterion::{Criterion, criterion_group, criterion_main};
use domain::plan::{Activity, Calendar, Change, DAY, Lag, Link, LinkKind, Live, Network, Pattern, PlanInput};

/// Deterministic plan: a small multiplicative generator is enough to spread the links.
fn plan(tasks: u32, links: u32, calendars: bool) -> PlanInput {
    let mut seed = 0x9E37_79B9_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut input = PlanInput::new(20_458 * DAY);
    input.calendars.push(Calendar::new(&Pattern::weekdays(vec![(480, 720), (780, 1_020)])));
    for at in 0..tasks {
        let mut one = Activity::task(&format!("T{at}"), 60 + next(2_000) as i64);
        one.calendar = if calendars { at % 2 } else { 0 };
        input.activities.push(one);
    }
    for _ in 0..links {
        let to = 1 + next(u64::from(tasks) - 1) as u32;
        let from = to - 1 - next(u64::from(to.min(200))) as u32;
        let kind = LinkKind::ALL[(next(10) as usize).min(3)];
        let kind = if kind == LinkKind::Sf { LinkKind::Fs } else { kind };
        input.links.push(Link { from, to, kind, lag: Lag::Working(next(600) as i64) });
    }
    input
}

fn recalculation(c: &mut Criterion) {
    for (name, calendars) in
        [("plan 10k tasks 30k links, round the clock", false), ("the same, working calendars", true)]
    {
        let input = plan(10_000, 30_000, calendars);
        c.bench_function(name, |b| {
            b.iter_batched(
                || input.clone(),
                |input| Network::build(input).expect("acyclic").compute().finish,
                criterion::BatchSize::LargeInput,
            );
        });
    }
}

/// The passes without building the graph anew.
fn passes(c: &mut Criterion) {
    let net = Network::build(plan(10_000, 30_000, true)).expect("acyclic");
    c.bench_function("the same, graph at hand", |b| b.iter(|| net.compute().finish));
}

/// One task after another slips by an hour and comes back: most move part of the plan, some its end.
fn one_slip(c: &mut Criterion) {
    for (name, calendars) in [("one slip, round the clock", false), ("one slip, working calendars", true)] {
        let mut live = Live::new(plan(10_000, 30_000, calendars)).expect("acyclic");
        let mut turn = 0u32;
        c.bench_function(name, |b| {
            b.iter(|| {
                // Seven thousand and one steps through ten thousand tasks visit every one.
                let at = (turn / 2 * 7_001) % 10_000;
                let mut task = live.network().input().activities[at as usize].clone();
                task.duration += if turn.is_multiple_of(2) { 60 } else { -60 };
                turn += 1;
                live.change(&[Change::Activity(at, task)]).expect("a slip closes no ring");
                live.schedule().finish
            });
        });
    }
}

criterion_group!(benches, recalculation, passes, one_slip);
criterion_main!(benches);
