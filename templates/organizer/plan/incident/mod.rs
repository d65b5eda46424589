//! Pages of contingency: the book, declaring in three taps, the running incident, its summary on paper, and the
//! warning every screen carries.

mod alarm;
mod book;
mod declare;
mod list;
mod record;
mod summary;

pub use alarm::alarm;
pub use book::{BookPage, EntryPage};
pub use declare::{DeclarePage, PlaceChoice};
pub use list::IncidentList;
pub use record::{IncidentAct, IncidentRecord};
pub use summary::IncidentSummary;

use crate::components::{Tab, callout, tabs};
use crate::{Badge, Icon, Lang, Tone, links};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::plan::contingency::Level;
use domain::plan::incident::{Line, LineKind};
use maud::{Markup, html};

/// Where among the incidents a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    Incidents,
    Book,
}

fn views(lang: Lang, slug: &str, here: Here) -> Markup {
    tabs(
        lang,
        &lang.t("incident-views"),
        &[
            Tab::new(lang.t("incident-all"), links::watch::incidents(slug), here == Here::Incidents).icon(Icon::Zap),
            Tab::new(lang.t("incident-book"), links::watch::book(slug), here == Here::Book).icon(Icon::Clipboard),
        ],
    )
}

fn level(lang: Lang, level: Level) -> Badge {
    let tone = match level {
        Level::L1 => Tone::Bad,
        Level::L2 => Tone::Warn,
        Level::L3 => Tone::Info,
    };
    Badge::new(lang.term("incident-level", level.code()), tone)
}

/// A clock that runs down to a moment (or up from one), by the server's time; without script it shows the moment.
fn clock(lang: Lang, now: DateTime<Utc>, until: Option<DateTime<Utc>>, since: DateTime<Utc>) -> Markup {
    let machine = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let seconds = match until {
        Some(until) => (until - now).num_seconds(),
        None => (now - since).num_seconds(),
    };
    let tone = if until.is_some() && seconds < 0 { Tone::Bad } else { Tone::Accent };
    html! {
        span class={ "incident-clock " (tone.class()) } role="timer" data-clock data-now=(machine(now))
            data-until=[until.map(machine)] data-since=(machine(since)) {
            span.sr-only { @if until.is_some() { (lang.t("incident-clock-left")) } @else { (lang.t("incident-clock-running")) } " " }
            span data-clock-face { (face(seconds)) }
        }
    }
}

/// `−0:42`, `12:05`, `3:12:05`.
fn face(seconds: i64) -> String {
    let sign = if seconds < 0 { "\u{2212}" } else { "" };
    let all = seconds.unsigned_abs();
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60);
    if hours > 0 { format!("{sign}{hours}:{minutes:02}:{rest:02}") } else { format!("{sign}{minutes}:{rest:02}") }
}

/// On the page of a task: the incident it came with.
pub(super) fn belongs(lang: Lang, slug: &str, number: i32) -> Markup {
    let words = html! { p { a href=(links::watch::incident(slug, number)) { (list::number(lang, number)) } } };
    callout(Tone::Info, &lang.t("incident-belongs"), &words)
}

/// What a line of the log says.
fn line_words(lang: Lang, line: &Line) -> Markup {
    let told = lang.term("incident-line", line.kind.code());
    html! {
        @if line.kind != LineKind::Note { strong { (told) } }
        @if !line.text.is_empty() {
            @if line.kind != LineKind::Note { " " }
            span.incident-said { (line.text) }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn clocks_read_like_clocks() {
        assert_eq!(super::face(125), "2:05");
        assert_eq!(super::face(-42), "\u{2212}0:42");
        assert_eq!(super::face(11_525), "3:12:05");
    }
}
