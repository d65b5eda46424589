//! Small pictures of a plan: every mark in its place, every word there, in both languages.

use domain::plan::view::{Counts, Filter, Head, Row, RowLink};
use domain::plan::{DAY, LinkKind, axis};
use serde_json::json;
use std::collections::HashMap;

use crate::organizer::plan::{Baseline, Gantt, GanttView, Network, NetworkView};
use crate::{Lang, Shell};

/// Minute 0 of the sample plan's first day.
fn first() -> i64 {
    axis::midnight("2027-03-01".parse().expect("a date"))
}

fn row(at: u128, code: &str, phase: &str, days: (i64, i64), state: &str) -> Row {
    let (start, finish) = (first() + days.0 * DAY, first() + days.1 * DAY);
    let person = json!({ "id": uuid::Uuid::from_u128(90 + at % 2), "name": "Ana" });
    let row = json!({
        "id": uuid::Uuid::from_u128(at), "code": code, "name": { "en": format!("Task {code}"), "zh": format!("任务 {code}") },
        "objective": { "en": "", "zh": "" }, "phase": phase, "stage": { "en": "Stage", "zh": "步骤" }, "kind": "task",
        "place_kind": "hall", "place": null, "role": "OM", "confirmer_role": "OM", "owner": person,
        "checker": null, "confirmer": null, "done_when": { "en": "", "zh": "" }, "state": state, "round": 1, "percent": 40,
        "starts_on": axis::day_of(start), "ends_on": axis::last_day_of(start, finish), "start": start, "finish": finish,
        "late_finish": finish + 2 * DAY, "duration": finish - start, "total_float": 2 * DAY, "critical": code == "A1",
        "late": false, "deadline_on": axis::day_of(finish), "deviations": 0
    });
    serde_json::from_value(row).expect("a row")
}

fn rows() -> Vec<Row> {
    vec![
        row(1, "A1", "on_site", (0, 4), "in_progress"),
        row(2, "A2", "on_site", (4, 6), "planned"),
        row(3, "A3", "post_show", (4, 4), "planned"),
        row(4, "A4", "post_show", (6, 9), "confirmed"),
    ]
}

fn links() -> Vec<RowLink> {
    let link = |from, to, kind, driving| RowLink { from, to, kind, driving };
    vec![link(0, 1, LinkKind::Fs, true), link(0, 2, LinkKind::Ss, false), link(1, 3, LinkKind::Ff, true)]
}

fn head() -> Head {
    let day = |days: i64| axis::day_of(first() + days * DAY);
    Head {
        template: String::new(),
        opens_on: day(6),
        today: day(2),
        opening: Some("A2".to_owned()),
        room: Some(DAY),
        path: vec!["A1".to_owned(), "A2".to_owned()],
        data_date: Some(day(3)),
        revision: 3,
        breaches: Vec::new(),
        counts: Counts::default(),
    }
}

/// A Gantt page of the sample, looked at in a way.
fn gantt(lang: Lang, view: &GanttView) -> String {
    let (rows, links, head, filter) = (rows(), links(), head(), Filter::default());
    let spans = HashMap::from([(rows[0].id, (first() - DAY, first() + 3 * DAY))]);
    let gantt = Gantt {
        slug: "east",
        head: &head,
        rows: rows.iter().enumerate().collect(),
        links: &links,
        codes: rows.iter().map(|row| row.code.as_str()).collect(),
        filter: &filter,
        phases: vec![rows[0].phase, rows[2].phase],
        view,
        baseline: Some(Baseline { name: "G2".to_owned(), spans: &spans }),
        idle: &[(first() + 5 * DAY, first() + 7 * DAY)],
        may_edit: true,
        may_export: true,
    };
    gantt.render(&Shell::sample(lang)).into_string()
}

#[test]
fn every_mark_of_the_gantt_is_drawn() {
    let view = GanttView { zoom: "days".to_owned(), ..GanttView::default() };
    for lang in Lang::ALL {
        let html = gantt(lang, &view);
        for mark in [
            "gantt-bar is-path",
            "gantt-progress",
            "gantt-float",
            "gantt-baseline",
            "gantt-deadline",
            "is-point",
            "gantt-bracket",
            "gantt-idle",
            "gantt-opening",
            "gantt-today",
            "gantt-reached",
            "gantt-link is-path",
            "gantt-bar is-done",
            "id=\"today\"",
        ] {
            assert!(html.contains(mark), "{mark} is missing in {}", lang.code());
        }
        assert!(!html.contains(" style=") && !html.contains(">gantt-"), "styles are classes, words are words");
    }
    assert!(gantt(Lang::ZH, &view).contains("等待 A1"), "predecessors stand in words beside the picture");
}

#[test]
fn a_bar_is_read_by_its_row_of_words() {
    let html = gantt(Lang::EN, &GanttView::default());
    for position in 0..4 {
        assert_eq!(html.matches(&format!("id=\"row-{position}\"")).count(), 1);
        assert_eq!(html.matches(&format!("aria-labelledby=\"row-{position}\"")).count(), 1);
    }
}

#[test]
fn arrows_are_there_only_for_tasks_that_are() {
    let shown = |view: &GanttView| gantt(Lang::EN, view).matches("data-a=").count();
    let by_phase = GanttView { group: "phase".to_owned(), ..GanttView::default() };
    assert_eq!(shown(&by_phase), 3);
    let shut = GanttView { shut: vec!["post_show".to_owned()], ..by_phase };
    assert_eq!(shown(&shut), 1);
}

#[test]
fn the_network_draws_every_task_and_link_once() {
    let (rows, links, head, view) = (rows(), links(), head(), NetworkView::default());
    for lang in Lang::ALL {
        let html = Network::new("east", &head, &rows, &links, &view).render(&Shell::sample(lang)).into_string();
        assert_eq!((html.matches("network-box").count(), html.matches("data-a=").count()), (4, 3));
        assert!(html.contains("network-link is-path") && html.contains(">SS<") && !html.contains(">network-"));
    }
    let near = NetworkView { focus: "a2".to_owned(), back: "1".to_owned(), ahead: "0".to_owned(), ..view };
    let html = Network::new("east", &head, &rows, &links, &near).render(&Shell::sample(Lang::EN)).into_string();
    assert_eq!(html.matches("network-box").count(), 2);
}

#[test]
fn files_hold_no_page() {
    let (rows, links, head, view) = (rows(), links(), head(), NetworkView::default());
    let poster = Network::new("east", &head, &rows, &links, &view).poster(Lang::EN).into_string();
    assert!(poster.starts_with("<svg") && poster.contains("width="));
}
