//! The planner's promises as properties over random plans, and the built-in templates.

use super::delta::Delta;
use super::network::*;
use super::schedule::{Conflict, Driver, Schedule};
use super::template::{Template, TemplateFault, parse_link, templates};
use super::*;
use crate::Bilingual;
use proptest::prelude::*;

/// A random acyclic plan: links only run from a lower to a higher index.
fn plans(constrained: bool, calendars: bool) -> impl Strategy<Value = PlanInput> {
    let kinds = prop_oneof![Just(LinkKind::Fs), Just(LinkKind::Ss), Just(LinkKind::Ff), Just(LinkKind::Sf)];
    let activity = (0..4_000i64, 0..2u32, 0..12u8, 0..20_000i64);
    (2usize..30).prop_flat_map(move |count| {
        let link = (0..count, 0..count, kinds.clone(), -1_500..3_000i64, any::<bool>());
        (proptest::collection::vec(activity.clone(), count), proptest::collection::vec(link, 0..count * 3)).prop_map(
            move |(activities, links)| {
                let mut input = PlanInput::new(20_458 * DAY);
                let office = Pattern::weekdays(vec![(480, 720), (780, 1_020)]);
                input.calendars.push(Calendar::new(&office));
                for (at, (duration, calendar, wish, when)) in activities.into_iter().enumerate() {
                    let mut one = Activity::task(&format!("T{at}"), duration.max(1));
                    one.calendar = if calendars { calendar } else { 0 };
                    let when = input.start + when;
                    match wish {
                        0 => (one.kind, one.duration) = (Kind::StartMilestone, 0),
                        1 => (one.kind, one.duration) = (Kind::FinishMilestone, 0),
                        2 if constrained => one.constraint = Constraint::Snet(when),
                        3 if constrained => one.constraint = Constraint::Fnlt(when),
                        4 if constrained => one.constraint = Constraint::Mso(when),
                        5 if constrained => one.constraint = Constraint::Mfo(when),
                        6 if constrained => one.constraint = Constraint::Alap,
                        7 if constrained => one.deadline = Some(when),
                        8 if constrained => one.actual_start = Some(when),
                        9 if constrained => one.constraint = Constraint::Fnet(when),
                        _ => {}
                    }
                    input.activities.push(one);
                }
                for (a, b, kind, lag, elapsed) in links {
                    if a == b {
                        continue;
                    }
                    let lag = if elapsed { Lag::Elapsed(lag) } else { Lag::Working(lag) };
                    input.links.push(Link { from: a.min(b) as u32, to: a.max(b) as u32, kind, lag });
                }
                input
            },
        )
    })
}

fn computed(input: PlanInput) -> (Network, Schedule) {
    let net = Network::build(input).expect("links run forward only");
    let schedule = net.compute();
    (net, schedule)
}

/// Checks every relationship in the plain words of the table, apart from the planner's own code.
fn violated(net: &Network, schedule: &Schedule, link: &Link) -> bool {
    let input = net.input();
    let (i, j) = (link.from as usize, link.to as usize);
    let own = &input.calendars[input.activities[j].calendar as usize];
    let (lag_calendar, lag) = match link.lag {
        Lag::Elapsed(lag) => (&Calendar::Always, lag),
        Lag::Working(lag) | Lag::Percent(lag) => (own, lag),
    };
    let (anchor, near) = match link.kind {
        LinkKind::Fs => (schedule.early_finish[i], schedule.early_start[j]),
        LinkKind::Ss => (schedule.early_start[i], schedule.early_start[j]),
        LinkKind::Ff => (schedule.early_finish[i], schedule.early_finish[j]),
        LinkKind::Sf => (schedule.early_start[i], schedule.early_finish[j]),
    };
    own.between(near, lag_calendar.add(anchor, lag)) > 0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_relationship_is_violated_or_it_is_listed(input in plans(true, true)) {
        let (net, schedule) = computed(input);
        for (at, link) in net.input().links.iter().enumerate() {
            if violated(&net, &schedule, link) {
                let listed = schedule.conflicts.iter().any(|conflict| {
                    matches!(conflict, Conflict::Link { link, .. } if *link as usize == at)
                });
                prop_assert!(listed, "link {} {:?}", at, link);
            }
        }
    }

    #[test]
    fn without_constraints_nothing_is_violated_and_float_is_not_negative(input in plans(false, true)) {
        let (net, schedule) = computed(input);
        prop_assert!(schedule.conflicts.is_empty(), "{:?}", schedule.conflicts);
        for link in &net.input().links {
            prop_assert!(!violated(&net, &schedule, link));
        }
        for at in 0..net.input().activities.len() {
            prop_assert!(schedule.total_float[at] >= 0);
            prop_assert!(schedule.free_float[at] >= 0);
            prop_assert!(schedule.free_float[at] <= schedule.total_float[at], "free within total at {}", at);
        }
    }

    #[test]
    fn a_critical_chain_runs_from_start_to_finish(input in plans(false, false)) {
        let (net, schedule) = computed(input);
        let last = (0..net.input().activities.len()).max_by_key(|&at| schedule.early_finish[at]).expect("a task");
        let path = net.path_to(&schedule, last);
        prop_assert_eq!(schedule.early_start[path[0]], net.input().start);
        for &at in &path {
            prop_assert!(schedule.critical[at], "{} on {:?}", at, path);
        }
    }

    #[test]
    fn same_in_same_out_and_no_change_no_delta(input in plans(true, true)) {
        let (net, schedule) = computed(input.clone());
        let (again, same) = computed(input);
        prop_assert_eq!(&schedule, &same);
        let delta = Delta::between((&net, &schedule), (&again, &same), Some("T1"), &[]);
        prop_assert!(delta.is_empty(), "{:?}", delta);
    }

    #[test]
    fn every_date_is_explained_by_its_chain(input in plans(true, true)) {
        let (net, schedule) = computed(input);
        for at in 0..net.input().activities.len() {
            let chain = net.explain(&schedule, at);
            let last = chain.last().expect("the task itself");
            prop_assert_eq!(&*last.code, net.code(at));
            prop_assert!(!matches!(schedule.driver[net.find(&chain[0].code).expect("known")], Driver::Link(_)));
        }
    }

    #[test]
    fn a_date_no_cause_explains_is_explained_by_the_calendar(input in plans(false, true)) {
        let mut input = input;
        input.names = (0..input.calendars.len()).map(|at| crate::Bilingual::new(format!("C{at}"), "")).collect();
        let (net, schedule) = computed(input);
        for at in 0..net.input().activities.len() {
            let chain = net.explain(&schedule, at);
            let step = chain.last().expect("the task itself");
            let begun = net.input().activities[at].actual_start.is_some();
            if begun || !matches!(schedule.driver[at], Driver::PlanStart | Driver::Link(_)) {
                continue;
            }
            let calendar = net.calendar_of(at);
            let (start, finish) = (step.start, step.finish);
            let rest = step.rest.as_ref();
            // Work that takes longer than its minutes rests in between, and the calendar is named.
            let idle = finish - start - calendar.between(start, finish);
            if net.input().activities[at].work_left() > 0 {
                prop_assert_eq!(rest.map_or(0, |rest| rest.idle), idle);
            }
            // What begins later than the plan, with nothing before it, begins with working time.
            if schedule.driver[at] == Driver::PlanStart && start > net.input().start {
                prop_assert!(rest.is_some_and(|rest| rest.begins), "{step:?}");
            }
            if rest.is_some_and(|rest| rest.begins) {
                prop_assert_eq!(calendar.between(start - 1, start), 0);
            }
        }
    }

    #[test]
    fn a_longer_task_never_moves_anything_earlier(input in plans(false, true), at in 0usize..30, more in 1..5_000i64) {
        let at = at % input.activities.len();
        let (net, schedule) = computed(input.clone());
        let mut longer = input;
        if longer.activities[at].kind == Kind::Task
            && longer.links.iter().all(|link| matches!(link.kind, LinkKind::Fs | LinkKind::Ss))
        {
            longer.activities[at].duration += more;
            let (new, later) = computed(longer);
            let code = net.code(at).to_owned();
            let delta = Delta::between((&net, &schedule), (&new, &later), None, &[&code]);
            prop_assert!(delta.moves.iter().all(|one| one.start_by() >= 0 && one.finish_by() >= 0));
            prop_assert!(delta.moves.iter().all(|one| one.chain.first().is_some_and(|step| step.code == code)));
        }
    }
}

fn chain(codes: &[&str], links: &[(u32, u32)]) -> PlanInput {
    let mut input = PlanInput::new(0);
    input.activities = codes.iter().map(|code| Activity::task(code, DAY)).collect();
    for &(from, to) in links {
        input.links.push(Link { from, to, kind: LinkKind::Fs, lag: Lag::Working(0) });
    }
    input
}

#[test]
fn every_cycle_is_spelled_out() {
    let faults = Network::build(chain(&["A", "B", "C", "D", "E"], &[(0, 1), (1, 2), (2, 0), (3, 4), (4, 3), (2, 3)]))
        .expect_err("two rings");
    assert_eq!(
        faults,
        [
            NetworkFault::Cycle { codes: ["A", "B", "C", "A"].map(str::to_owned).to_vec() },
            NetworkFault::Cycle { codes: ["D", "E", "D"].map(str::to_owned).to_vec() },
        ]
    );
}

#[test]
fn retained_logic_holds_remaining_work_back() {
    let mut input = chain(&["A", "B"], &[(0, 1)]);
    input.data_date = Some(DAY / 2);
    input.activities[1].actual_start = Some(0);
    input.activities[1].remaining = Some(DAY / 2);
    let (_, kept) = computed(input.clone());
    assert_eq!((kept.early_start[1], kept.early_finish[1]), (0, 2 * DAY));
    input.options.progress = Progress::Override;
    let (_, free) = computed(input);
    assert_eq!(free.early_finish[1], DAY);
}

#[test]
fn a_link_to_a_summary_means_its_leaves() {
    let mut input = chain(&["S", "A", "B", "C"], &[(0, 3)]);
    input.activities[0].kind = Kind::Summary;
    input.activities[0].duration = 0;
    input.activities[1].parent = Some(0);
    input.activities[2].parent = Some(0);
    input.activities[2].duration = 3 * DAY;
    let (net, schedule) = computed(input);
    assert_eq!(schedule.early_start[3], 3 * DAY);
    assert_eq!((schedule.early_start[0], schedule.early_finish[0]), (0, 3 * DAY));
    assert_eq!(net.path_to(&schedule, 3), [2, 3]);
}

/// The template on an edition that opens on `d0`, with D0 pinned as the opening's start.
fn planned(template: &Template, d0: i64) -> (Network, Schedule) {
    let mut input = PlanInput::new(i64::MIN / 4);
    for task in &template.tasks {
        let mut one = Activity::task(&task.code, task.duration_days * DAY);
        let at = d0 + task.offset_days * DAY;
        one.constraint = if task.code == template.opening { Constraint::Mso(d0) } else { Constraint::Snet(at) };
        input.activities.push(one);
    }
    input.start = template.tasks.iter().map(|task| d0 + task.offset_days * DAY).min().unwrap_or(d0);
    input.links = resolve(&input.activities, &template.links).expect("checked by the parser");
    computed(input)
}

#[test]
fn built_in_templates_are_whole_and_reach_opening_day() {
    let counts: Vec<_> = templates().iter().map(|one| (one.code.as_str(), one.tasks.len())).collect();
    assert_eq!(counts, [("trade-show", 120), ("conference", 43)]);
    for template in templates() {
        let d0 = 20_600 * DAY;
        let (net, schedule) = planned(template, d0);
        let opening = net.find(&template.opening).expect("checked by the parser");
        assert_eq!(schedule.early_start[opening], d0);
        assert_eq!(net.room_before(&schedule, opening), 0, "{}: preparation ends as D0 begins", template.code);
        assert!(schedule.conflicts.is_empty(), "{}: {:?}", template.code, schedule.conflicts);
        for (at, task) in template.tasks.iter().enumerate() {
            let moved = (schedule.early_start[at] - d0 - task.offset_days * DAY) / DAY;
            if moved != 0 {
                println!("{} {}: {} days later than its offset", template.code, task.code, moved);
            }
        }
    }
}

#[test]
fn the_way_to_opening_runs_through_build_up() {
    let template = &templates()[0];
    let (net, schedule) = planned(template, 20_600 * DAY);
    let opening = net.find(&template.opening).expect("checked by the parser");
    let path: Vec<_> = net.path_to(&schedule, opening).into_iter().map(|at| net.code(at).to_owned()).collect();
    assert_eq!(path.last().map(String::as_str), Some("O01"));
    println!("{path:?}");
    assert!(path.iter().any(|code| code == "B11"), "{path:?}");
}

#[test]
fn stages_and_links_are_read_in_both_languages() {
    let template = &templates()[0];
    let sales = template.tasks.iter().find(|task| task.code == "S08").expect("space sales");
    assert_eq!(sales.stage, Bilingual::new("Space sales", "招展"));
    let conference = &templates()[1];
    assert_eq!(conference.tasks[0].stage, Bilingual::new("1 PLANNING", "策划"));
    assert_eq!(conference.tasks[26].stage.zh, "会期");
    assert_eq!(parse_link("E09 FS-25"), Some(("E09".to_owned(), LinkKind::Fs, -25)));
    assert_eq!(parse_link("E09 XX"), None);
    assert_eq!(template::write_link("E09", LinkKind::Fs, -25 * DAY), "E09 FS-25");
}

#[test]
fn a_faulty_template_lists_everything() {
    let header = include_str!("../../../fixtures/plan/trade-show.csv").lines().next().expect("a header");
    let row =
        |code: &str, preds: &str, days: &str| format!("pre-show,S,{code},Name,名,-5,{days},{preds},office,PD,ok,PM");
    let text = [header, &row("A", "B FS", "1"), &row("B", "A SS", "1"), &row("C", "ZZ FS; A QQ", "x")].join("\n");
    let faults = Template::parse("t", Bilingual::default(), "A", &text).expect_err("faulty");
    let cell = |column: &str, value: &str| TemplateFault::Cell {
        line: 4,
        code: "C".into(),
        column: column.into(),
        value: value.into(),
    };
    assert!(faults.contains(&cell("predecessors", "A QQ")), "{faults:?}");
    assert!(faults.contains(&cell("duration_days", "x")), "{faults:?}");
    let cycle = NetworkFault::Cycle { codes: ["A", "B", "A"].map(str::to_owned).to_vec() };
    assert!(faults.contains(&TemplateFault::Network(cycle)), "{faults:?}");
    let dangling = |f: &TemplateFault| matches!(f, TemplateFault::Network(NetworkFault::Dangling { missing, .. }) if missing == "ZZ");
    assert!(faults.iter().any(dangling), "{faults:?}");
    assert!(
        matches!(&Template::parse("t", Bilingual::default(), "A", "a,b\n1,2"), Err(f) if matches!(&f[0], TemplateFault::Columns { missing } if missing.len() == 12))
    );
}
