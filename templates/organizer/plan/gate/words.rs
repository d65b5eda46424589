//! Words of gates: states, criteria, values. The report as a file says the same.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::plan::gate::judge::Value;
use domain::plan::gate::{Criterion, CriterionKind, DecisionState, Gate, GateState, Outcome, Standing};
use domain::plan::{Comparison, Target};
use maud::{Markup, Render};

use crate::{Badge, Icon, Lang, Tone};

/// The tone of a gate's state.
pub(super) const fn tone(state: GateState) -> Tone {
    match state {
        GateState::Closed => Tone::Neutral,
        GateState::Open => Tone::Good,
        GateState::Conditional | GateState::Held | GateState::Recycled => Tone::Warn,
        GateState::Stopped | GateState::Reclosed => Tone::Bad,
    }
}

/// The state of a gate in a word.
pub(super) fn state(lang: Lang, state: GateState) -> Badge {
    let badge = Badge::new(lang.term("gate-state", state.code()), tone(state));
    match state {
        GateState::Open => badge.icon(Icon::Check),
        GateState::Conditional => badge.icon(Icon::Clock),
        GateState::Held | GateState::Recycled => badge.icon(Icon::Pause),
        GateState::Stopped => badge.icon(Icon::Ban),
        GateState::Reclosed | GateState::Closed => badge.icon(Icon::Lock),
    }
}

/// Where a decision stands, in a word.
pub(super) fn decision_state(lang: Lang, state: DecisionState) -> Badge {
    let tone = match state {
        DecisionState::Proposed => Tone::Accent,
        DecisionState::Decided => Tone::Good,
        DecisionState::Declined => Tone::Neutral,
    };
    Badge::new(lang.term("gate-decision-state", state.code()), tone)
}

/// What was decided, in a word.
pub(super) fn outcome(lang: Lang, outcome: Outcome) -> Badge {
    let tone = match outcome {
        Outcome::Go => Tone::Good,
        Outcome::Conditional | Outcome::Hold | Outcome::Recycle => Tone::Warn,
        Outcome::Stop => Tone::Bad,
    };
    Badge::new(lang.term("gate-outcome", outcome.code()), tone)
}

/// Where a criterion stands, in a word.
pub fn standing_word(lang: Lang, standing: Standing) -> String {
    lang.term("gate-standing", standing.code())
}

/// The same as a badge.
pub(super) fn standing(lang: Lang, standing: Standing) -> Markup {
    let (tone, icon) = match standing {
        Standing::Met => (Tone::Good, Icon::CheckCircle),
        Standing::NotMet => (Tone::Bad, Icon::XCircle),
        Standing::Waived => (Tone::Warn, Icon::Hand),
    };
    Badge::new(standing_word(lang, standing), tone).icon(icon).render()
}

/// What a criterion is called.
pub fn criterion_name(lang: Lang, one: &Criterion) -> String {
    let name = one.name.get(lang.locale());
    match one.kind {
        CriterionKind::Deliverable => format!("{} {name}", one.code),
        CriterionKind::Forecast => lang.with("gate-criterion-next", &[("gate", format!("{} {name}", one.code).into())]),
        _ if !name.is_empty() => name.to_owned(),
        kind => lang.term("gate-criterion", kind.code()),
    }
}

/// A figure with as many decimals as it has, at most two.
pub(crate) fn figure(lang: Lang, value: f64, unit: &str) -> String {
    let decimals = if value.fract() == 0.0 {
        0
    } else if (value * 10.0).fract() == 0.0 {
        1
    } else {
        2
    };
    let number = lang.decimal(value, decimals);
    match unit {
        "" => number,
        "%" if lang.locale() == domain::Locale::ZhCn => format!("{number}%"),
        "%" => format!("{number}\u{202f}%"),
        "days" | "rounds" => format!("{number} {}", lang.term("metric-unit", unit)),
        unit => format!("{number} {unit}"),
    }
}

/// A target with its tolerance.
pub(crate) fn target(lang: Lang, target: Target, tolerance: Option<f64>, unit: &str) -> String {
    let wanted = format!("{} {}", target.comparison.sign(), figure(lang, target.value, unit));
    match (tolerance, target.comparison) {
        (None, _) => wanted,
        (Some(by), Comparison::Equal) => format!("{wanted} ± {}", lang.decimal(by, decimals(by))),
        (Some(by), Comparison::AtLeast | Comparison::MoreThan) => {
            format!("{wanted} (− {})", lang.decimal(by, decimals(by)))
        }
        (Some(by), _) => format!("{wanted} (+ {})", lang.decimal(by, decimals(by))),
    }
}

fn decimals(value: f64) -> usize {
    if value.fract() == 0.0 { 0 } else { 1 }
}

/// A value as people read it.
pub fn value_words(lang: Lang, value: &Value, zone: Tz) -> String {
    match value {
        Value::NoData => lang.t("gate-no-data"),
        Value::State { state } => lang.term("task-state", state.code()),
        Value::Answer { yes } => lang.term("plan-answer", if *yes { "yes" } else { "no" }),
        Value::File { name } => name.clone(),
        Value::Figure { value, unit } => figure(lang, *value, unit),
        Value::Target { target: wanted, tolerance, unit } => target(lang, *wanted, *tolerance, unit),
        Value::Of { count, total } => {
            lang.with("component-progress", &[("done", i64::from(*count).into()), ("total", i64::from(*total).into())])
        }
        Value::Open { blocking, majors, loose } => {
            let counts = [("blocking", i64::from(*blocking).into()), ("majors", i64::from(*majors).into())];
            let words = lang.with("gate-open-deviations", &counts);
            if *loose == 0 {
                return words;
            }
            format!("{words}, {}", lang.with("gate-loose-deviations", &[("count", i64::from(*loose).into())]))
        }
        Value::Day { at } => day(lang, *at, zone),
        Value::Money { minor, currency } => lang.money(*minor, currency),
    }
}

/// The last day before a moment, in the venue's zone: the plan's days end at midnight.
fn day(lang: Lang, at: DateTime<Utc>, zone: Tz) -> String {
    lang.date((at - chrono::Duration::minutes(1)).with_timezone(&zone).date_naive())
}

/// As it should be, for criteria whose wish is more than a value.
pub fn wanted(lang: Lang, one: &Criterion, zone: Tz) -> String {
    match &one.wanted {
        Value::Open { majors, .. } => lang.with("gate-wanted-deviations", &[("majors", i64::from(*majors).into())]),
        Value::Of { .. } => lang.t("gate-wanted-all"),
        Value::Day { at } => lang.with("gate-wanted-by", &[("day", day(lang, *at, zone).into())]),
        Value::Money { minor, currency } => format!("≤ {}", lang.money(*minor, currency)),
        Value::NoData => lang.t("gate-wanted-budget"),
        other => value_words(lang, other, zone),
    }
}

/// Why a gate has closed again, as a sentence; empty when it has not.
pub(super) fn reason(lang: Lang, gate: &Gate) -> String {
    match gate.reason.split_once(':') {
        Some((why, about)) => {
            lang.with("gate-reclosed-why", &[("why", lang.term("gate-why", why).into()), ("about", about.into())])
        }
        None => String::new(),
    }
}
