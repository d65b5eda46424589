//! One indicator to answer, by hand or with a file; a live one answers itself. Used by the check of a task and at gates.

use domain::plan::{Indicator, IndicatorKind};
use maud::{Markup, html};

use super::gate_words;
use crate::{FormState, Icon, Lang};

/// The target of an indicator in words, with its limit; empty where there is nothing but yes.
pub(super) fn wanted(lang: Lang, indicator: &Indicator) -> String {
    let Some(target) = indicator.target.filter(|_| indicator.kind.is_figure()) else {
        return match indicator.kind {
            IndicatorKind::Document | IndicatorKind::Photo => lang.term("indicator-kind", indicator.kind.code()),
            _ => lang.term("plan-answer", "yes"),
        };
    };
    gate_words::target(lang, target, indicator.tolerance, &indicator.unit)
}

/// How and where from it is measured, and the limit at which work stops.
pub(super) fn notes(lang: Lang, indicator: &Indicator) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(stop) = indicator.stop {
        notes
            .push(lang.with("indicator-stop-at", &[("value", gate_words::figure(lang, stop, &indicator.unit).into())]));
    }
    notes.extend([&indicator.method, &indicator.source].into_iter().filter(|text| !text.is_empty()).cloned());
    if let Some(role) = indicator.role {
        notes.push(lang.term("plan-function", role.code()));
    }
    if !indicator.mandatory {
        notes.push(lang.t("indicator-optional"));
    }
    notes
}

/// The field of an indicator. Its name comes from the plan, not from the product's words.
pub(super) fn field(lang: Lang, state: &FormState, indicator: &Indicator, before: &str) -> Markup {
    let name = format!("indicator-{}", indicator.id);
    let typed = state.value(&name);
    let value = if typed.is_empty() { before.to_owned() } else { typed };
    let title = indicator.name.get(lang.locale());
    html! {
        fieldset.field.group.plan-measure id={ "field-" (name) } tabindex="-1" {
            legend { (title) }
            @if indicator.kind.is_figure() { p.hint { (lang.label(&lang.t("plan-target"))) (wanted(lang, indicator)) } }
            @let notes = notes(lang, indicator);
            @if !notes.is_empty() { p.hint { (notes.join(" · ")) } }
            @if let Some(refusal) = state.error(&name) { p.error { (Icon::Alert) span { (lang.refusal(refusal)) } } }
            @match indicator.kind {
                IndicatorKind::Live => p.muted { (Icon::Activity) " " (lang.t("indicator-live-hint")) },
                IndicatorKind::Number => span.with-unit {
                    input type="text" inputmode="decimal" name=(name) value=(value) aria-label=(title);
                    span.unit { (indicator.unit) }
                },
                kind => {
                    div.choices {
                        @for answer in ["yes", "no"] {
                            label.choice {
                                input type="radio" name=(name) value=(answer) checked[value == answer];
                                span { (lang.term("plan-answer", answer)) }
                            }
                        }
                    }
                    @if kind.needs_file() {
                        @let accept = (kind == IndicatorKind::Photo).then_some("image/*");
                        input type="file" name={ "file-" (indicator.id) } accept=[accept] aria-label={ (title) ": " (lang.term("indicator-kind", kind.code())) };
                    }
                }
            }
        }
    }
}
