//! What can be done with a task now, as forms: each act of the loop that fits its state and the
//! rights of who looks. What is refused comes back in the form it was typed in.

use domain::plan::readiness::Unmet;
use domain::plan::view::TaskPage;
use domain::plan::{IndicatorKind, Severity, TaskState};
use maud::{Markup, html};

use crate::components::{Button, Choice, callout, card, options};
use crate::{FormState, Icon, Lang, Tone, links};

/// An act of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Name the people and the place.
    Assign,
    /// Begin.
    Start,
    /// Say how far.
    Report,
    /// Hand in.
    Submit,
    /// Measure.
    Check,
    /// Send back.
    Reject,
    /// Sign.
    Confirm,
    /// Block, waive, cancel.
    Aside,
    /// Open a deviation.
    Deviate,
    /// Say which crews it needs.
    Crews,
}

/// The forms of one task.
pub struct LoopForms<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The task.
    pub page: &'a TaskPage,
    /// Members of the team.
    pub team: Vec<Choice>,
    /// Places.
    pub places: Vec<Choice>,
    /// The act that was refused, with what was typed.
    pub refused: Option<(Act, FormState)>,
    /// May change the plan: assign, waive.
    pub may_edit: bool,
    /// May do the work.
    pub may_work: bool,
    /// May check, and is not the doer.
    pub may_check: bool,
    /// May sign, and is not the doer.
    pub may_confirm: bool,
}

impl LoopForms<'_> {
    fn state(&self, act: Act) -> FormState {
        match &self.refused {
            Some((refused, state)) if *refused == act => state.clone(),
            _ => FormState::empty(),
        }
    }

    fn code(&self) -> &str {
        &self.page.row.code
    }

    /// Everything that can be done now.
    pub(super) fn render(&self, lang: Lang) -> Markup {
        let state = self.page.task.state;
        let confirm = self.may_confirm && state == TaskState::Accepted;
        let check = self.may_check && matches!(state, TaskState::Submitted | TaskState::Checking);
        html! {
            @if self.may_work && (state.is_ahead() || state == TaskState::Rejected) { (self.start(lang)) }
            @if self.may_work && state.is_working() { (self.submit(lang)) }
            @if check { (self.check(lang)) }
            @if confirm { (self.confirm(lang)) }
            @if confirm || check { (self.reject(lang)) }
            @if self.may_edit && !state.is_closed() { (self.assign(lang)) }
            @if self.may_work && !state.is_closed() { (self.aside(lang)) }
        }
    }

    fn start(&self, lang: Lang) -> Markup {
        let state = self.state(Act::Start);
        let again = self.page.task.state == TaskState::Rejected;
        let unmet = &self.page.unmet;
        let inner = html! {
            @if again {
                p { (lang.t("plan-start-again-hint")) }
            } @else if !unmet.is_empty() {
                @let list = html! { ul.plan-unmet { @for one in unmet { li { (condition(lang, self.slug, one)) } } } };
                (callout(Tone::Warn, &lang.t("plan-unmet"), &list))
            } @else { p { (lang.t("plan-ready-hint")) } }
            form.form.narrow method="post" action=(links::plan::act(self.slug, self.code(), "start")) {
                @if !again && !unmet.is_empty() && self.may_edit {
                    (state.fields(lang).text("waiver", "plan-waiver").hint("plan-waiver-hint").max_length(500))
                }
                div.form-actions {
                    (Button::submit(if again { lang.t("plan-start-again") } else { lang.t("plan-start") }).icon(Icon::Play)
                        .disabled(!again && !unmet.is_empty() && !self.may_edit))
                }
            }
        };
        card(&lang.t("plan-act-start"), &html! {}, &inner)
    }

    fn submit(&self, lang: Lang) -> Markup {
        let state = self.state(Act::Submit);
        let fields = state.fields(lang);
        let report = self.state(Act::Report);
        let inner = html! {
            form.form method="post" enctype="multipart/form-data" action=(links::plan::act(self.slug, self.code(), "submit")) {
                (fields.textarea("text", "plan-submit-text").required().hint("plan-submit-text-hint").rows(3))
                (fields.file("file", "plan-evidence").hint("plan-evidence-hint"))
                div.form-actions { (Button::submit(lang.t("plan-submit")).icon(Icon::Send)) }
            }
            form.form.narrow method="post" action=(links::plan::act(self.slug, self.code(), "report")) {
                (report.fields(lang).number("percent", "plan-percent").value(self.page.task.percent).min(0).max(100).unit("%"))
                div.form-actions { (Button::submit(lang.t("plan-report")).plain()) }
            }
        };
        card(&lang.t("plan-act-submit"), &html! {}, &inner)
    }

    fn check(&self, lang: Lang) -> Markup {
        let state = self.state(Act::Check);
        let fields = state.fields(lang);
        let severities = options(lang, "deviation-severity", Severity::ALL.iter().map(|one| one.code()));
        let inner = html! {
            form.form method="post" enctype="multipart/form-data" action=(links::plan::act(self.slug, self.code(), "check")) {
                @for indicator in &self.page.indicators { (self.measure(lang, &state, indicator)) }
                (fields.textarea("text", "plan-check-text").rows(2))
                (fields.file("file", "plan-evidence").hint("plan-evidence-hint"))
                details.wide {
                    summary { (lang.t("plan-check-failed")) }
                    p.hint { (lang.t("plan-check-failed-hint")) }
                    div.form {
                        (fields.select("severity", "plan-deviation-severity", severities))
                        (fields.textarea("cause", "plan-deviation-cause").rows(2))
                        (fields.textarea("corrective_action", "plan-deviation-action").rows(2))
                    }
                }
                div.form-actions { (Button::submit(lang.t("plan-check")).icon(Icon::Ruler)) }
            }
        };
        card(&lang.t("plan-act-check"), &html! {}, &inner)
    }

    /// One indicator to answer, with what was answered in this round before.
    fn measure(&self, lang: Lang, state: &FormState, indicator: &domain::plan::Indicator) -> Markup {
        let round = self.page.task.round;
        let of_round = |one: &&domain::plan::view::Measured| {
            one.measurement.indicator == indicator.id && one.measurement.round == round
        };
        let last = self.page.measured.iter().find(of_round).map(|one| one.measurement.value);
        let before = match (indicator.kind, last) {
            (_, None) => String::new(),
            (IndicatorKind::Number, Some(value)) => value.to_string(),
            (_, Some(value)) => if value == 0.0 { "no" } else { "yes" }.to_owned(),
        };
        super::measure::field(lang, state, indicator, &before)
    }

    fn confirm(&self, lang: Lang) -> Markup {
        let state = self.state(Act::Confirm);
        let fields = state.fields(lang);
        let inner = html! {
            p { (lang.t("plan-confirm-hint")) }
            form.form.narrow method="post" action=(links::plan::act(self.slug, self.code(), "confirm")) {
                (fields.textarea("text", "plan-confirm-text").rows(2))
                div.form-actions { (Button::submit(lang.t("plan-confirm")).icon(Icon::Shield)) }
            }
        };
        card(&lang.t("plan-act-confirm"), &html! {}, &inner)
    }

    fn reject(&self, lang: Lang) -> Markup {
        let state = self.state(Act::Reject);
        let fields = state.fields(lang);
        let inner = html! {
            details open[!state.is_clean()] {
                summary { (lang.t("plan-reject")) }
                form.form.narrow method="post" action=(links::plan::act(self.slug, self.code(), "reject")) {
                    (fields.textarea("reason", "plan-reason").required().hint("plan-reject-hint").rows(2))
                    div.form-actions { (Button::submit(lang.t("plan-reject")).danger().icon(Icon::Undo)) }
                }
            }
        };
        card("", &html! {}, &inner)
    }

    fn assign(&self, lang: Lang) -> Markup {
        let task = &self.page.task;
        let id = |user: Option<domain::UserId>| user.map(|user| user.to_string()).unwrap_or_default();
        let state = self.state(Act::Assign);
        let fields = state.fields(lang);
        let nobody = || {
            let mut team = vec![Choice::new("", lang.t("plan-nobody"))];
            team.extend(self.team.iter().cloned());
            team
        };
        let mut places = vec![Choice::new("", lang.t("plan-nowhere"))];
        places.extend(self.places.iter().cloned());
        let inner = html! {
            form.form method="post" action=(links::plan::act(self.slug, self.code(), "assign")) {
                (fields.select("owner", "plan-owner", nobody()).value(id(task.owner)))
                (fields.select("checker", "plan-checker", nobody()).value(id(task.checker)).hint("plan-checker-hint"))
                (fields.select("confirmer", "plan-confirmer", nobody()).value(id(task.confirmer)))
                (fields.select("place", "plan-place", places).value(task.place.map(|place| place.to_string()).unwrap_or_default()))
                div.form-actions { (Button::submit(lang.t("plan-assign")).plain().icon(Icon::UserCheck)) }
            }
        };
        card(&lang.t("plan-act-assign"), &html! {}, &inner)
    }

    fn aside(&self, lang: Lang) -> Markup {
        let task = self.page.task.state;
        let state = self.state(Act::Aside);
        let deviate = self.state(Act::Deviate);
        let mut acts = Vec::new();
        if task == TaskState::Blocked {
            acts.push("unblock");
        }
        if task.is_ahead() || task.is_working() {
            acts.push("block");
        }
        if self.may_edit {
            acts.extend(["waive", "cancel"]);
        }
        let deviation_form = super::deviations::form(
            lang,
            links::plan::act(self.slug, self.code(), "deviate").as_str(),
            &deviate,
            &self.team,
        );
        html! {
            @if !acts.is_empty() {
                @let inner = html! {
                    details open[!state.is_clean()] {
                        summary { (lang.t("plan-act-aside")) }
                        form.form.narrow method="post" action=(links::plan::act(self.slug, self.code(), "aside")) {
                            (state.fields(lang).select("act", "plan-aside", options(lang, "plan-aside", acts)).required())
                            (state.fields(lang).textarea("reason", "plan-reason").rows(2))
                            div.form-actions { (Button::submit(lang.t("plan-do")).plain()) }
                        }
                    }
                };
                (card("", &html! {}, &inner))
            }
            (deviation_form)
        }
    }
}

/// An unmet condition, with the way to what would meet it.
pub(super) fn condition(lang: Lang, slug: &str, unmet: &Unmet) -> Markup {
    let words = lang.refusal(&unmet.refusal());
    match unmet {
        Unmet::Predecessor { code, .. }
        | Unmet::NotBegun { code }
        | Unmet::Waiting { code, .. }
        | Unmet::Occupied { code, .. } => html! {
            a href=(links::plan::task(slug, code)) { span.code { (code) } } " " (words)
        },
        Unmet::GateClosed { code } => html! {
            a href=(links::gate::review(slug, code)) { span.code { (code) } } " " (words)
        },
        _ => html! { (words) },
    }
}
