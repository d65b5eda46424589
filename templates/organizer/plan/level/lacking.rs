//! What crews and places lack, in words: when, how much of what, and which tasks need it.

use domain::plan::axis;
use domain::plan::level::plan::propose::{Overload, Scarcity};
use maud::{Markup, html};

use crate::organizer::plan::space::quantity;
use crate::{Lang, links};

/// Every lack with its days.
pub(super) fn overloads(lang: Lang, slug: &str, all: &[Overload]) -> Markup {
    html! {
        ul {
            @for one in all {
                li { (lang.date_range(axis::day_of(one.from), axis::last_day_of(one.from, one.to))) ": " (lack(lang, slug, one)) }
            }
        }
    }
}

/// What is lacking, and for whom.
pub(super) fn lack(lang: Lang, slug: &str, one: &Overload) -> Markup {
    let amount = |figure: i64| one.unit.map_or_else(|| lang.number(figure), |unit| quantity(lang, figure, unit));
    let arguments = [
        ("code", one.code.as_str().into()),
        ("used", amount(one.used).into()),
        ("capacity", amount(one.capacity).into()),
    ];
    let words = match one.of {
        Scarcity::Crew => lang.with("level-lack-crew", &arguments),
        Scarcity::Place => lang.with("level-lack-place", &arguments),
        Scarcity::Room => lang.with("level-lack-room", &arguments),
    };
    html! {
        (words) " "
        @for (at, code) in one.tasks.iter().enumerate() {
            @if at > 0 { ", " } a.code href=(links::plan::task(slug, code)) { (code) }
        }
    }
}
