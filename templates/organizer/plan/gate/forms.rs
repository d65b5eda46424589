//! What can be done at a gate now, as forms: sign, propose, take readings, waive. Big enough for a thumb.

use domain::plan::gate::view::GatePage;
use domain::plan::gate::{DecisionState, Outcome, Standing};
use domain::plan::{Function, IndicatorKind};
use maud::{Markup, html};

use super::words;
use crate::components::{Button, Choice, card};
use crate::organizer::plan::measure;
use crate::{FormState, Icon, Lang, links};

/// An act at a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateAct {
    /// Propose a decision.
    Propose,
    /// Sign it.
    Sign,
    /// Not sign it.
    Decline,
    /// Take readings.
    Measure,
    /// Let something pass.
    Waive,
    /// Decide hall by hall.
    Divide,
}

/// Rows of conditions the form offers.
pub const CONDITIONS: usize = 3;

/// The forms of one gate.
pub struct GateForms<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The gate.
    pub page: &'a GatePage,
    /// Members of the team.
    pub team: Vec<Choice>,
    /// The act that was refused, with what was typed.
    pub refused: Option<(GateAct, FormState)>,
    /// May change the plan: waive, divide, settings.
    pub may_edit: bool,
    /// May propose.
    pub may_propose: bool,
    /// May take readings.
    pub may_measure: bool,
    /// For whom the viewer may sign the proposal that waits.
    pub may_sign: Option<Function>,
    /// Proposed what waits: may withdraw it.
    pub own_proposal: bool,
    /// The gate may still be divided by halls.
    pub may_divide: bool,
}

impl GateForms<'_> {
    fn state(&self, act: GateAct) -> FormState {
        match &self.refused {
            Some((refused, state)) if *refused == act => state.clone(),
            _ => FormState::empty(),
        }
    }

    fn to(&self, act: &str) -> crate::Href {
        links::gate::act(self.slug, &self.page.row.code, act)
    }

    /// What was refused, on top of the page.
    pub(super) fn refusals(&self, lang: Lang) -> Markup {
        match &self.refused {
            Some((_, state)) => state.fields(lang).summary(),
            None => html! {},
        }
    }

    /// Everything that can be done now.
    pub(super) fn render(&self, lang: Lang) -> Markup {
        let waits = self.page.decisions.first().is_some_and(|one| one.state == DecisionState::Proposed);
        html! {
            @if waits { (self.waiting(lang)) }
            @else if self.may_propose { (self.propose(lang)) }
            @if self.may_measure { (self.measure(lang)) }
            @if self.may_edit { (self.waive(lang)) (self.early(lang)) }
            @if self.may_divide { (self.divide(lang)) }
        }
    }

    fn waiting(&self, lang: Lang) -> Markup {
        let Some(decision) = self.page.decisions.first() else { return html! {} };
        let missing: Vec<String> = domain::plan::gate::decide::missing(&self.page.row.gate, decision)
            .iter()
            .map(|one| lang.term("plan-function", one.code()))
            .collect();
        let state = self.state(GateAct::Sign);
        let decline = self.state(GateAct::Decline);
        let inner = html! {
            div.cluster { (words::outcome(lang, decision.outcome)) }
            @if !decision.text.is_empty() { p { (decision.text) } }
            p.muted { (lang.with("gate-waits-for", &[("who", lang.list(&missing).into())])) }
            @if let Some(function) = self.may_sign {
                form.form.narrow method="post" action=(self.to("sign")) {
                    (state.fields(lang).textarea("text", "gate-sign-text").rows(2))
                    div.form-actions {
                        (Button::submit(lang.with("gate-sign-as", &[("function", lang.term("plan-function", function.code()).into())])).icon(Icon::Shield))
                    }
                }
            } @else if !self.own_proposal { p.muted.small { (lang.t("gate-sign-not-you")) } }
            @if self.may_sign.is_some() || self.own_proposal {
                details open[!decline.is_clean()] {
                    summary { (lang.t(if self.own_proposal { "gate-withdraw" } else { "gate-decline" })) }
                    form.form.narrow method="post" action=(self.to("decline")) {
                        (decline.fields(lang).textarea("reason", "plan-reason").required().rows(2))
                        div.form-actions { (Button::submit(lang.t(if self.own_proposal { "gate-withdraw" } else { "gate-decline" })).danger().icon(Icon::Undo)) }
                    }
                }
            }
        };
        card(&lang.t("gate-act-sign"), &html! {}, &inner)
    }

    fn propose(&self, lang: Lang) -> Markup {
        let state = self.state(GateAct::Propose);
        let fields = state.fields(lang);
        let outcomes = Outcome::ALL.iter().map(|one| {
            Choice::new(one.code(), lang.term("gate-outcome", one.code()))
                .hint(lang.term("gate-outcome-hint", one.code()))
        });
        let open = self.page.criteria.iter().filter(|one| one.standing == Standing::NotMet).count();
        let inner = html! {
            @if open > 0 { p.muted { (lang.with("gate-propose-open", &[("count", open.into())])) } }
            @else { p.muted { (lang.t("gate-propose-clear")) } }
            form.form.narrow method="post" action=(self.to("propose")) {
                (fields.radios("outcome", "gate-outcome", outcomes.collect()).required())
                (fields.textarea("text", "gate-text").hint("gate-text-hint").rows(3))
                details open[state.value("outcome") == "conditional"] {
                    summary { (lang.t("gate-conditions")) }
                    p.hint { (lang.t("gate-conditions-hint")) }
                    @for at in 0..CONDITIONS {
                        fieldset.group.wide {
                            legend { (lang.with("gate-condition-number", &[("number", (at + 1).into())])) }
                            (fields.text(&format!("condition_text_{at}"), "gate-condition").max_length(300))
                            (fields.select(&format!("condition_owner_{at}"), "plan-deviation-owner", self.nobody(lang)))
                            (fields.date(&format!("condition_due_on_{at}"), "plan-deviation-due"))
                        }
                    }
                }
                div.form-actions { (Button::submit(lang.t("gate-propose")).icon(Icon::Send)) }
            }
        };
        card(&lang.t("gate-act-propose"), &html! {}, &inner)
    }

    fn nobody(&self, lang: Lang) -> Vec<Choice> {
        let mut team = vec![Choice::new("", lang.t("plan-nobody"))];
        team.extend(self.team.iter().cloned());
        team
    }

    fn measure(&self, lang: Lang) -> Markup {
        let by_hand: Vec<_> = self.page.indicators.iter().filter(|one| one.kind != IndicatorKind::Live).collect();
        if by_hand.is_empty() {
            return html! {};
        }
        let state = self.state(GateAct::Measure);
        let inner = html! {
            details open[!state.is_clean()] {
                summary { (lang.t("gate-measure-open")) }
                form.form method="post" enctype="multipart/form-data" action=(self.to("measure")) {
                    @for indicator in by_hand { (measure::field(lang, &state, indicator, "")) }
                    div.form-actions { (Button::submit(lang.t("gate-measure")).plain().icon(Icon::Ruler)) }
                }
            }
        };
        card(&lang.t("gate-act-measure"), &html! {}, &inner)
    }

    fn waive(&self, lang: Lang) -> Markup {
        let open = self.page.criteria.iter().filter(|one| one.standing == Standing::NotMet);
        let choices: Vec<Choice> =
            open.map(|one| Choice::new(one.key.clone(), words::criterion_name(lang, one))).collect();
        if choices.is_empty() {
            return html! {};
        }
        let state = self.state(GateAct::Waive);
        let criterion = !state.value("criterion").is_empty() || state.is_clean();
        let inner = html! {
            details open[!state.is_clean() && criterion] {
                summary { (lang.t("gate-waive-open")) }
                form.form.narrow method="post" action=(self.to("waive")) {
                    (state.fields(lang).select("criterion", "gate-criterion", choices).required())
                    (self.waiver_fields(lang, &state))
                    div.form-actions { (Button::submit(lang.t("gate-waive")).plain().icon(Icon::Hand)) }
                }
            }
        };
        card(&lang.t("gate-act-waive"), &html! {}, &inner)
    }

    fn early(&self, lang: Lang) -> Markup {
        let held = self.page.held.iter().filter(|one| one.state.is_ahead() && !one.early);
        let choices: Vec<Choice> = held
            .map(|one| Choice::new(one.code.clone(), format!("{} {}", one.code, one.name.get(lang.locale()))))
            .collect();
        if choices.is_empty() || self.page.row.gate.state.is_open() {
            return html! {};
        }
        let state = self.state(GateAct::Waive);
        let task = !state.value("task").is_empty();
        let inner = html! {
            details open[!state.is_clean() && task] {
                summary { (lang.t("gate-early-open")) }
                p.hint { (lang.t("gate-early-hint")) }
                form.form.narrow method="post" action=(self.to("waive")) {
                    (state.fields(lang).select("task", "plan-column-task", choices).required())
                    (self.waiver_fields(lang, &state))
                    div.form-actions { (Button::submit(lang.t("gate-early-allow")).plain().icon(Icon::Play)) }
                }
            }
        };
        card("", &html! {}, &inner)
    }

    fn waiver_fields(&self, lang: Lang, state: &FormState) -> Markup {
        let fields = state.fields(lang);
        html! {
            (fields.textarea("reason", "plan-reason").required().rows(2))
            (fields.textarea("replacement", "gate-replacement").hint("gate-replacement-hint").required().rows(2))
            (fields.date("until_on", "gate-until-on").required())
        }
    }

    fn divide(&self, lang: Lang) -> Markup {
        let inner = html! {
            p.muted { (lang.t("gate-divide-hint")) }
            (Button::post(lang.t("gate-divide"), self.to("divide")))
        };
        card("", &html! {}, &inner)
    }
}
