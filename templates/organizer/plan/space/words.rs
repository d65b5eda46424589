//! Words the pages of time and space share.

use domain::Bilingual;
use domain::plan::axis;
use domain::plan::space::repair::{Offer, Repair};
use domain::plan::space::view::ConflictRow;
use domain::plan::space::{ConflictKind, Detail, Mode, PlaceState, SpaceFault, Unit};
use domain::plan::view::{Board, Head};
use fluent_bundle::FluentValue;
use maud::Markup;

use super::super::words::{self, View};
use crate::components::{Tab, tabs};
use crate::{Badge, Icon, Lang, Tone, links};

/// Which of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Chart,
    Conflicts,
    Rules,
}

/// The plan's views, and below them the views of its places.
pub(super) fn views(lang: Lang, slug: &str, head: &Head, here: Part, conflicts: u32) -> Markup {
    let parts = tabs(
        lang,
        &lang.t("space-views"),
        &[
            Tab::new(lang.t("space-chart"), links::space::chart(slug).anchor("now"), here == Part::Chart)
                .icon(Icon::Gantt),
            Tab::new(lang.t("space-conflicts"), links::space::conflicts(slug), here == Part::Conflicts)
                .icon(Icon::Alert)
                .count(i64::from(conflicts)),
            Tab::new(lang.t("space-rules"), links::space::rules(slug), here == Part::Rules).icon(Icon::Link),
        ],
    );
    let plan = words::views(lang, slug, View::Space, head.counts.deviations);
    maud::html! { (plan) div.tabs-below { (parts) } }
}

/// A moment of the axis: day and time, the time only where it says something.
pub(in crate::organizer::plan) fn moment(lang: Lang, minute: i64) -> String {
    let day = lang.day(axis::day_of(minute));
    match minute.rem_euclid(1440) {
        0 => day,
        rest => format!("{day} {:02}:{:02}", rest / 60, rest % 60),
    }
}

/// From when until when; whole days as days.
pub(super) fn span(lang: Lang, from: i64, until: i64) -> String {
    if from.rem_euclid(1440) == 0 && until.rem_euclid(1440) == 0 {
        return words::span(lang, from, until);
    }
    format!("{} – {}", moment(lang, from), moment(lang, until))
}

/// A quantity in hundredths with its unit; empty for none.
pub(in crate::organizer::plan) fn quantity(lang: Lang, hundredths: i64, unit: Unit) -> String {
    if hundredths == 0 {
        return String::new();
    }
    let decimals = if hundredths % 100 == 0 { 0 } else { 2 };
    format!("{}\u{a0}{}", lang.decimal(hundredths as f64 / 100.0, decimals), lang.term("space-unit", unit.code()))
}

/// A place's state in a word.
pub(super) fn state(lang: Lang, state: Option<PlaceState>, closed: bool) -> Badge {
    if closed {
        return Badge::new(lang.term("place-state", PlaceState::Suspended.code()), Tone::Bad).marked();
    }
    let Some(state) = state else { return Badge::new(lang.t("space-state-none"), Tone::Neutral) };
    let tone = match state {
        PlaceState::Released | PlaceState::HandedOver | PlaceState::Returned => Tone::Neutral,
        PlaceState::MarkedOut | PlaceState::Serviced | PlaceState::Built | PlaceState::Inspected => Tone::Info,
        PlaceState::Established | PlaceState::Live => Tone::Good,
        PlaceState::Stripped | PlaceState::Cleared => Tone::Warn,
        PlaceState::Suspended => Tone::Bad,
    };
    Badge::new(lang.term("place-state", state.code()), tone)
}

/// How a task uses a place, in a word.
pub(super) fn mode(lang: Lang, mode: Mode) -> Badge {
    let tone = match mode {
        Mode::Exclusive => Tone::Accent,
        Mode::Shared => Tone::Neutral,
        Mode::Pass => Tone::Info,
        Mode::Clear => Tone::Warn,
    };
    Badge::new(lang.term("space-mode", mode.code()), tone)
}

/// How bad a kind of conflict is.
pub(super) fn kind(lang: Lang, kind: ConflictKind) -> Badge {
    let tone = match kind {
        ConflictKind::State | ConflictKind::Exclusive | ConflictKind::KeepClear => Tone::Bad,
        ConflictKind::Access | ConflictKind::Capacity => Tone::Warn,
    };
    Badge::new(lang.term("space-conflict", kind.code()), tone).marked()
}

/// Names of places: the first few and how many more.
pub(super) fn places(lang: Lang, names: &[String]) -> String {
    const SHOWN: usize = 4;
    let first = lang.list(&names[..names.len().min(SHOWN)]);
    match names.len().saturating_sub(SHOWN) {
        0 => first,
        more => lang.with("space-places-more", &[("places", first.into()), ("more", (more as i64).into())]),
    }
}

/// What a conflict is, as a sentence.
pub fn conflict_words(lang: Lang, row: &ConflictRow) -> String {
    let codes: Vec<String> = row.tasks.iter().map(|(code, _)| code.clone()).collect();
    let (first, second) = (codes.first().cloned().unwrap_or_default(), codes.get(1).cloned().unwrap_or_default());
    let pair: [(&str, FluentValue<'_>); 2] = [("first", first.clone().into()), ("second", second.into())];
    match row.group.detail {
        Detail::State { state, why } => {
            let state = lang.term("place-state", state.code());
            let args = [pair[0].clone(), pair[1].clone(), ("state", state.into())];
            match why {
                domain::plan::space::Missing::Late => lang.with("space-says-late", &args),
                domain::plan::space::Missing::Lowered => lang.with("space-says-lowered", &args),
                domain::plan::space::Missing::Revoked => {
                    lang.with("space-says-revoked", &[("first", first.into()), ("state", args[2].1.clone())])
                }
            }
        }
        Detail::Load { unit, load, capacity } => lang.with(
            "space-says-capacity",
            &[
                ("tasks", lang.list(&codes).into()),
                ("load", quantity(lang, load, unit).into()),
                ("capacity", quantity(lang, capacity, unit).into()),
            ],
        ),
        Detail::Pair => match row.group.kind {
            ConflictKind::KeepClear => lang.with("space-says-keep-clear", &pair),
            ConflictKind::Access => lang.with("space-says-access", &pair),
            _ => lang.with("space-says-exclusive", &pair),
        },
    }
}

/// What stands behind a derived link: a state, or a rule.
pub(super) fn source(lang: Lang, board: &Board, source: &str) -> String {
    match source.split_once(':') {
        Some(("state", code)) => lang.with("space-source-state", &[("state", lang.term("place-state", code).into())]),
        Some(("rule", id)) => {
            let rule = board.sheet.space.rules.iter().find(|rule| rule.id.to_string() == id);
            rule.map(|rule| rule.reason.clone()).unwrap_or_default()
        }
        _ => source.to_owned(),
    }
}

/// What cannot be kept, as a sentence.
pub fn fault_words(lang: Lang, fault: &SpaceFault) -> String {
    match fault {
        SpaceFault::NobodyProduces { code, state, places: named, count } => lang.with(
            "space-fault-nobody",
            &[
                ("code", code.as_str().into()),
                ("state", lang.term("place-state", state.code()).into()),
                ("places", places(lang, &named_with_rest(lang, named, *count)).into()),
            ],
        ),
        SpaceFault::Ring { from, to, .. } => {
            lang.with("space-fault-ring", &[("from", from.as_str().into()), ("to", to.as_str().into())])
        }
    }
}

fn named_with_rest(lang: Lang, named: &[String], count: u32) -> Vec<String> {
    let rest = (count as usize).saturating_sub(named.len());
    let mut names = named.to_vec();
    if rest > 0 {
        names.push(lang.with("space-and-more", &[("more", (rest as i64).into())]));
    }
    names
}

/// A way out, as a sentence.
pub fn way_words(lang: Lang, board: &Board, offer: &Offer) -> String {
    let code = |at: u32| board.sheet.tasks[at as usize].code.clone();
    let place = |at: u32| {
        let name: Bilingual = domain::plan::space::now::name(&board.sheet.space, at);
        name.get(lang.locale()).to_owned()
    };
    match &offer.repair {
        Repair::Shift { task, start, by } => lang.with(
            "space-way-shift",
            &[("task", code(*task).into()), ("by", lang.minutes(*by).into()), ("start", moment(lang, *start).into())],
        ),
        Repair::Order { first, second, by, .. } => {
            let args =
                [("first", code(*first).into()), ("second", code(*second).into()), ("by", lang.minutes(*by).into())];
            lang.with("space-way-order", &args)
        }
        Repair::Elsewhere { task, from, to, .. } => {
            let args = [("task", code(*task).into()), ("from", place(*from).into()), ("to", place(*to).into())];
            lang.with("space-way-elsewhere", &args)
        }
        Repair::Narrow { task, to, .. } => {
            let zones: Vec<String> = to.iter().map(|at| place(*at)).collect();
            lang.with("space-way-narrow", &[("task", code(*task).into()), ("zones", places(lang, &zones).into())])
        }
    }
}

/// What a way out costs beyond the task itself.
pub(super) fn cost(lang: Lang, offer: &Offer) -> String {
    match offer.cost {
        0 => lang.t("space-cost-none"),
        cost => lang.with("space-cost", &[("time", lang.minutes(cost).into())]),
    }
}
