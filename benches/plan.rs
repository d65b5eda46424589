//! Full recalculation of a plan of 10,000 tasks and 30,000 links: checking the graph, both
//! passes, floats and drivers. Prints one figure a line.

use criterion::{Criterion, criterion_group, criterion_main};
use domain::plan::{Activity, Calendar, DAY, Lag, Link, LinkKind, Network, Pattern, PlanInput};

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

criterion_group!(benches, recalculation);
criterion_main!(benches);
