//! Pages of supervision: deviations, the reporting rhythm, promises, the look-ahead, control figures, learning.

mod commitments;
mod deviations;
mod figures;
mod learning;
mod lookahead;
mod record;
mod rhythm;

pub use commitments::{Commitments, Promised, promise_posters};
pub use deviations::{DeviationList, DeviationSheet, ageing_posters};
pub use figures::{FiguresPage, ToGate};
pub use learning::LearningPage;
pub use lookahead::{By, LookAhead};
pub(super) use record::corrects;
pub use record::{DeviationAct, DeviationRecord};
pub use rhythm::{Owed, RhythmPage};

use maud::Markup;

use super::words::{self, View};
use crate::components::{Tab, tabs};
use crate::{Badge, Icon, Lang, Tone, links};
use domain::plan::deviation::{Severity, Source};

/// Where in supervision a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Deviations,
    Rhythm,
    Commitments,
    LookAhead,
    Figures,
    Learning,
}

/// The views of the plan, and below them those of supervision.
fn views(lang: Lang, slug: &str, here: Here, deviations: u32) -> Markup {
    let tab = |key: &str, link, place: Here, icon| Tab::new(lang.t(key), link, here == place).icon(icon);
    let below = tabs(
        lang,
        &lang.t("watch-views"),
        &[
            tab("plan-deviations", links::watch::deviations(slug), Here::Deviations, Icon::Alert),
            tab("watch-rhythm", links::watch::rhythm(slug), Here::Rhythm, Icon::Clock),
            tab("commitment-title", links::watch::commitments(slug), Here::Commitments, Icon::Hand),
            tab("lookahead-title", links::watch::lookahead(slug), Here::LookAhead, Icon::Eye),
            tab("figures-title", links::watch::figures(slug), Here::Figures, Icon::Chart),
            tab("learning-title", links::watch::learning(slug), Here::Learning, Icon::History),
        ],
    );
    maud::html! { (words::views(lang, slug, View::Deviations, deviations)) (below) }
}

/// How bad, in a word.
pub(super) fn severity(lang: Lang, severity: Severity) -> Badge {
    let tone = match severity {
        Severity::Minor => Tone::Neutral,
        Severity::Major => Tone::Warn,
        Severity::Blocking => Tone::Bad,
    };
    Badge::new(lang.term("deviation-severity", severity.code()), tone).marked()
}

/// What opened it, in a word.
fn source(lang: Lang, source: Source) -> String {
    lang.term("deviation-source", source.code())
}

/// How far it was escalated, in a word.
fn level(lang: Lang, level: i32) -> Badge {
    let tone = match level {
        ..1 => Tone::Neutral,
        1 => Tone::Info,
        2 => Tone::Warn,
        _ => Tone::Bad,
    };
    Badge::new(lang.term("escalation-level", &level.clamp(0, 3).to_string()), tone)
}
