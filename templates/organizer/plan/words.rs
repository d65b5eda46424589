//! Words and small parts the pages of the plan share.

use domain::Bilingual;
use domain::plan::delta::Breach;
use domain::plan::view::{Head, Row};
use domain::plan::{OpenHours, Reason, Step, TaskState, axis};
use maud::{Markup, html};

use crate::components::{Tab, Tile, tabs, tiles};
use crate::{Badge, Icon, Lang, Tone, links};

/// Where in the plan a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Overview,
    Gantt,
    Network,
    Space,
    Mine,
    Control,
    Deviations,
    Crews,
    Forecast,
    Stories,
    Gates,
}

/// The views of the plan side by side.
pub(super) fn views(lang: Lang, slug: &str, here: View, deviations: u32) -> Markup {
    tabs(
        lang,
        &lang.t("plan-views"),
        &[
            Tab::new(lang.t("plan-overview"), links::plan::home(slug), here == View::Overview).icon(Icon::Table),
            Tab::new(lang.t("plan-gantt"), links::plan::gantt(slug).anchor("today"), here == View::Gantt)
                .icon(Icon::Gantt),
            Tab::new(lang.t("network-title"), links::plan::network(slug), here == View::Network).icon(Icon::Network),
            Tab::new(lang.t("plan-space"), links::space::chart(slug).anchor("now"), here == View::Space)
                .icon(Icon::MapPin),
            Tab::new(lang.t("crew-title"), links::level::crews(slug), here == View::Crews).icon(Icon::Users),
            Tab::new(lang.t("plan-mine"), links::plan::my_work(slug), here == View::Mine).icon(Icon::UserCheck),
            Tab::new(lang.t("control-title"), links::control::board(slug), here == View::Control).icon(Icon::Layers),
            Tab::new(lang.t("watch-title"), links::plan::deviations(slug), here == View::Deviations)
                .icon(Icon::Alert)
                .count(i64::from(deviations)),
            Tab::new(lang.t("gate-title"), links::gate::home(slug), here == View::Gates).icon(Icon::Flag),
            Tab::new(lang.t("forecast-title"), links::plan::risk(slug), here == View::Forecast).icon(Icon::Trend),
            Tab::new(lang.t("story-title"), links::plan::stories(slug), here == View::Stories).icon(Icon::History),
        ],
    )
}

/// The state of a task in a word.
pub(super) fn state(lang: Lang, state: TaskState) -> Badge {
    let tone = match state {
        TaskState::Draft | TaskState::Planned | TaskState::Cancelled => Tone::Neutral,
        TaskState::Ready => Tone::Accent,
        TaskState::InProgress | TaskState::Submitted | TaskState::Checking => Tone::Info,
        TaskState::Accepted | TaskState::Confirmed => Tone::Good,
        TaskState::Rework | TaskState::Waived => Tone::Warn,
        TaskState::Rejected | TaskState::Blocked => Tone::Bad,
    };
    Badge::new(lang.term("task-state", state.code()), tone)
}

/// Where a task happens: the place once chosen, else its kind.
pub(super) fn place(lang: Lang, row: &Row) -> String {
    match &row.place {
        Some(name) => name.get(lang.locale()).to_owned(),
        None => lang.term("plan-place", row.place_kind.code()),
    }
}

/// Why a task stands still: what a person said, or the state of a place that was lost.
pub(super) fn stopped(lang: Lang, reason: &str) -> String {
    match reason.strip_prefix(domain::plan::space::now::LOST).and_then(|rest| rest.split_once(':')) {
        Some((state, places)) => {
            let state = lang.term("place-state", state);
            lang.with("space-lost", &[("state", state.into()), ("places", places.into())])
        }
        None => reason.to_owned(),
    }
}

/// Who answers for a task: the person once named, else the team.
pub(super) fn owner(lang: Lang, row: &Row) -> String {
    match &row.owner {
        Some(person) => person.name.clone(),
        None => lang.term("plan-function", row.role.code()),
    }
}

/// Working minutes as whole days where they are.
pub(super) fn days(lang: Lang, minutes: i64) -> String {
    lang.minutes(minutes)
}

/// A shift with its direction.
pub(super) fn shift(lang: Lang, minutes: i64) -> String {
    let time = [("time", lang.minutes(minutes.abs()).into())];
    if minutes < 0 { lang.with("plan-earlier", &time) } else { lang.with("plan-later", &time) }
}

/// The figures above the views.
pub(super) fn figures(lang: Lang, slug: &str, head: &Head) -> Markup {
    let counts = head.counts;
    let to_go = (head.opens_on - head.today).num_days();
    let only = |code: &str| links::plan::home(slug).query(&[("only", code)]);
    let (room_tone, room_words) = match head.room {
        None => (Tone::Neutral, lang.t("plan-room-over")),
        Some(room) if room < 0 => (Tone::Bad, lang.t("plan-room-missed")),
        Some(0) => (Tone::Warn, lang.t("plan-room-none")),
        Some(_) => (Tone::Good, lang.t("plan-room-some")),
    };
    let room = head.room.map_or_else(|| "–".to_owned(), |room| lang.minutes(room));
    let until = match to_go {
        days if days > 0 => lang.with("plan-days-to-opening", &[("count", days.into())]),
        0 => lang.t("plan-opening-today"),
        days => lang.with("plan-days-since-opening", &[("count", (-days).into())]),
    };
    let share = if counts.tasks > 0 { f64::from(counts.done) / f64::from(counts.tasks) } else { 0.0 };
    let done_words = lang.with(
        "component-progress",
        &[("done", i64::from(counts.done).into()), ("total", i64::from(counts.tasks).into())],
    );
    let warn = |count: u32, tone: Tone| if count > 0 { tone } else { Tone::Good };
    tiles(&[
        Tile::new(lang.t("plan-opening"), lang.day(head.opens_on)).hint(until).icon(Icon::Flag).tone(Tone::Accent),
        Tile::new(lang.t("plan-room"), room).hint(room_words).icon(Icon::Hourglass).tone(room_tone).link(only("path")),
        Tile::new(lang.t("plan-done"), lang.percent(share)).hint(done_words).icon(Icon::CheckCircle),
        Tile::new(lang.t("plan-late"), lang.number(counts.late))
            .hint(lang.t("plan-late-hint"))
            .icon(Icon::Clock)
            .tone(warn(counts.late, Tone::Bad))
            .link(only("late")),
        Tile::new(lang.t("plan-deviations-open"), lang.number(counts.deviations))
            .hint(lang.t("plan-deviations-hint"))
            .icon(Icon::Alert)
            .tone(warn(counts.deviations, Tone::Warn))
            .link(links::plan::deviations(slug)),
    ])
}

/// Why a task starts when it does, as a sentence.
pub(super) fn reason(lang: Lang, step: &Step) -> String {
    match &step.reason {
        Reason::PlanStart => lang.t("plan-why-start"),
        Reason::DataDate => lang.t("plan-why-data-date"),
        Reason::Constraint { constraint } => {
            lang.with("plan-why-constraint", &[("wish", lang.term("plan-constraint", constraint).into())])
        }
        Reason::Actual => lang.t("plan-why-actual"),
        Reason::Late => lang.t("plan-why-late"),
        Reason::Child { code } => lang.with("plan-why-child", &[("code", code.as_str().into())]),
        Reason::Apart { to, kind, most } => lang.with(
            "plan-why-apart",
            &[
                ("to", to.as_str().into()),
                ("link", lang.term("plan-link", kind).into()),
                ("most", lang.minutes(*most).into()),
            ],
        ),
        Reason::Link { from, kind, lag } => lang.with(
            "plan-why-link",
            &[
                ("from", from.as_str().into()),
                ("link", lang.term("plan-link", kind).into()),
                ("lag", lag_words(lang, *lag).into()),
            ],
        ),
    }
}

/// The lag of a link in words; empty for none.
pub(super) fn lag_words(lang: Lang, lag: i64) -> String {
    match lag {
        0 => String::new(),
        lag if lag > 0 => lang.with("plan-lag", &[("time", lang.minutes(lag).into())]),
        lag => lang.with("plan-lead", &[("time", lang.minutes(-lag).into())]),
    }
}

/// The chain behind a date, from its first cause.
pub(super) fn chain(lang: Lang, slug: &str, steps: &[Step]) -> Markup {
    html! {
        ol.plan-chain {
            @for step in steps {
                li {
                    a.code href=(links::plan::task(slug, &step.code)) { (step.code) }
                    " "
                    span.num { (span(lang, step.start, step.finish)) }
                    span.muted.small { " " (why(lang, step)) }
                }
            }
        }
    }
}

/// Why a task begins and ends when it does: what holds it, and the working time that has a hand in it.
pub fn why(lang: Lang, step: &Step) -> String {
    let mut words = vec![reason(lang, step)];
    if let Some(rest) = &step.rest {
        let name = rest.calendar.get(lang.locale()).to_owned();
        if rest.begins {
            words.push(lang.with("plan-why-begins", &[("calendar", name.as_str().into())]));
        }
        if rest.idle > 0 {
            let time = lang.minutes(rest.idle);
            words.push(lang.with("plan-why-idle", &[("calendar", name.into()), ("time", time.into())]));
        }
    }
    words.extend(step.hours.as_ref().map(|hours| open_hours(lang, hours)));
    words.join("; ")
}

/// That a place's open hours hold the work up, with the calendar by name.
fn open_hours(lang: Lang, hours: &OpenHours) -> String {
    let name = |name: &Bilingual| name.get(lang.locale()).to_owned();
    lang.with("plan-why-hours", &[("place", name(&hours.place).into()), ("calendar", name(&hours.calendar).into())])
}

/// First and last day of a stretch of the axis.
pub(super) fn span(lang: Lang, start: i64, finish: i64) -> String {
    lang.date_range(axis::day_of(start), axis::last_day_of(start, finish))
}

/// What a plan breaks, as a sentence.
pub fn breach(lang: Lang, breach: &Breach) -> String {
    match breach {
        Breach::Link { from, to, by } => lang.with(
            "plan-breach-link",
            &[("from", from.as_str().into()), ("to", to.as_str().into()), ("by", lang.minutes(*by).into())],
        ),
        Breach::Apart { from, to, by } => lang.with(
            "plan-breach-apart",
            &[("from", from.as_str().into()), ("to", to.as_str().into()), ("by", lang.minutes(*by).into())],
        ),
        Breach::Ring { codes } => lang.with("plan-breach-ring", &[("tasks", codes.join(" → ").into())]),
        Breach::Missed { code, by } => {
            lang.with("plan-breach-missed", &[("code", code.as_str().into()), ("by", lang.minutes(*by).into())])
        }
        Breach::NoTime { code } => lang.with("plan-breach-no-time", &[("code", code.as_str().into())]),
    }
}
