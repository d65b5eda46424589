//! Ten thousand runs of the 120-task trade-show plan with estimates and risks: drawing, laying out,
//! criticality and rank correlations, on the threads of this machine. Prints one figure a line.

use criterion::{Criterion, criterion_group, criterion_main};
use domain::plan::risk::{Event, Law, Model, Runs, Target, simulate};
use domain::plan::{Activity, Calendar, Constraint, DAY, Link, Network, Pattern, PlanInput, template};

/// The template's tasks and links; with `hours`, on a calendar of working hours instead of round the clock.
fn plan(hours: bool) -> Network {
    let template = template("trade-show").expect("the template is built in");
    let opening = 20_700 * DAY;
    let mut input = PlanInput::new(opening - 600 * DAY);
    input.calendars.push(Calendar::new(&Pattern::weekdays(vec![(480, 720), (780, 1_020)])));
    for task in &template.tasks {
        let minutes = task.duration_days * if hours { 480 } else { DAY };
        let mut one = Activity::task(&task.code, minutes);
        one.calendar = u32::from(hours);
        let at = opening + task.offset_days * DAY;
        one.constraint = if task.code == template.opening { Constraint::Mso(at) } else { Constraint::Snet(at) };
        input.activities.push(one);
    }
    let find = |code: &str| template.tasks.iter().position(|task| task.code == code).map(|at| at as u32);
    for link in &template.links {
        if let (Some(from), Some(to)) = (find(&link.from), find(&link.to)) {
            input.links.push(Link { from, to, kind: link.kind, lag: link.lag });
        }
    }
    Network::build(input).expect("the template has no ring")
}

fn runs(c: &mut Criterion) {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut group = c.benchmark_group("risk");
    group.sample_size(10);
    for (name, hours) in [("10k runs of 120 tasks, round the clock", false), ("the same, working calendars", true)] {
        let network = plan(hours);
        let opening = network.find("O01").expect("the opening") as u32;
        let mut model = Model::certain(&network, vec![Target::Ready(opening), Target::Whole]);
        for (law, activity) in model.laws.iter_mut().zip(&network.input().activities) {
            let d = activity.duration as f64;
            *law = Some(Law::Pert { min: d * 0.9, mode: d, max: d * 1.5 });
        }
        model.events.push(Event {
            code: "R1".into(),
            probability: 0.3,
            delay: Law::Pert { min: 480.0, mode: 1_440.0, max: 7_200.0 },
            activities: vec![0, 30, 60],
        });
        for used in [1, threads] {
            group.bench_function(format!("{name}, {used} threads"), |b| {
                b.iter(|| simulate(&model, Runs { runs: 10_000, seed: 1, threads: used }, &|_| true));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, runs);
criterion_main!(benches);
