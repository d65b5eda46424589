//! The simulator: who would get in, and why not. Asks the same function as the door.

use chrono_tz::Tz;
use domain::admission::scan::Details;
use domain::admission::verdict::VerdictKind;
use domain::admission::view::PlaceChoice;
use maud::{Markup, html};

use super::gates::place_choices;
use super::rules::category_choices;
use crate::components::{Badge, Button, Icon};
use crate::desk::verdict::{look, sentence};
use crate::{FormState, Href, Lang, links};

/// One check of the simulator's answer.
#[derive(Debug, Clone)]
pub struct CheckLine {
    /// Name of the check.
    pub check: &'static str,
    /// Code of the reason it stopped at, if it did.
    pub reason: Option<&'static str>,
}

/// What the simulator says.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The verdict.
    pub verdict: VerdictKind,
    /// Code of the reason.
    pub reason: Option<&'static str>,
    /// More about it.
    pub details: Details,
    /// Every check that ran, in order.
    pub checks: Vec<CheckLine>,
}

/// The simulator's form and answer.
pub struct Simulator<'a> {
    /// What was asked.
    pub form: &'a FormState,
    /// Gates to choose from.
    pub gates: &'a [PlaceChoice],
    /// The venue's time zone.
    pub zone: Tz,
    /// The answer, when something was asked.
    pub outcome: Option<Outcome>,
}

impl Simulator<'_> {
    /// Form and answer.
    pub fn render(&self, lang: Lang, edition: &str) -> Markup {
        let form = self.form.fields(lang);
        let to: Href = links::admission::rules(edition);
        html! {
            p.muted { (lang.t("admission-simulator-help")) }
            (form.summary())
            form.form method="get" action=(to) id="simulator" {
                (form.select("category", "admission-rule-who", category_choices(lang, "component-field-choose")).required())
                (form.select("gate", "admission-gate", place_choices(lang, self.gates, "component-field-choose")).required())
                (form.datetime("at", "admission-simulator-at").required())
                (form.datetime("entered", "admission-simulator-entered").hint("admission-simulator-entered-hint"))
                div.form-actions { (Button::submit(lang.t("admission-simulator-ask")).icon(Icon::Play)) }
            }
            @if let Some(outcome) = &self.outcome { (self.answer(lang, outcome)) }
        }
    }

    fn answer(&self, lang: Lang, outcome: &Outcome) -> Markup {
        let (tone, icon) = look(outcome.verdict);
        html! {
            div.simulated {
                p.simulated-verdict {
                    (Badge::new(lang.term("desk-word", outcome.verdict.code()), tone).icon(icon))
                    " " span { (sentence(lang, self.zone, outcome.reason, &outcome.details)) }
                }
                ol.simulated-checks {
                    @for line in &outcome.checks {
                        li {
                            @if line.reason.is_some() { (Icon::XCircle) } @else { (Icon::Check) }
                            span { (lang.term("admission-check", line.check)) }
                            @if let Some(reason) = line.reason { span.muted { (lang.term("admission-reason", reason)) } }
                        }
                    }
                }
            }
        }
    }
}
