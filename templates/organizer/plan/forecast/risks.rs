//! The risk register: the list, and the form of one risk.

use domain::plan::Sheet;
use domain::plan::risk::register::{RiskEvent, RiskState, percent_text};
use domain::plan::view::Head;
use maud::{Markup, Render, html};

use super::risk::days_one;
use super::{Part, parts};
use crate::components::{Button, Choice, Col, Table, card, empty_state, options};
use crate::organizer::plan::words::{self, View};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// The register with the form that adds to it.
pub struct Risks<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The plan, for the codes of tasks.
    pub sheet: &'a Sheet,
    /// Risks with who looks after each, open ones first.
    pub all: &'a [(RiskEvent, String)],
    /// Members of the team.
    pub team: Vec<Choice>,
    /// A risk being typed.
    pub form: FormState,
    /// May add and change.
    pub may_edit: bool,
}

impl Risks<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Risk))
                p.muted { (lang.t("risk-register-hint")) }
                @if self.all.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::Shield, &lang.t("risk-register-none"), &lang.t("risk-register-none-hint"), &none))
                } @else { (self.table(lang)) }
                @if self.may_edit {
                    (card(&lang.t("risk-add"), &html! {}, &form(lang, links::plan::risks(self.slug).as_str(), &self.form, &self.team, None)))
                }
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell
            .page(lang.t("risk-register"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("risk-title"), links::plan::risk(self.slug))
            .tabs(views)
            .wide()
            .body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::num(lang.t("baseline-number")),
            Col::main(lang.t("risk-field-name")),
            Col::num(lang.t("risk-field-probability")),
            Col::tight(lang.t("risk-field-delay")),
            Col::num(lang.t("risk-exposure")),
            Col::new(lang.t("risk-field-tasks")),
            Col::new(lang.t("risk-field-owner")),
            Col::tight(lang.t("risk-field-state")),
        ];
        let mut table = Table::new(lang.t("risk-register"), cols);
        for (risk, owner) in self.all {
            let days = |minutes: i64| domain::plan::edit::days_text(minutes);
            let delay = format!(
                "{} / {} / {}",
                days(risk.delay.optimistic),
                days(risk.delay.likely),
                days(risk.delay.pessimistic)
            );
            let codes = risk.tasks.iter().filter_map(|id| self.sheet.tasks.iter().find(|task| task.id == *id));
            let codes: Vec<&str> = codes.map(|task| task.code.as_str()).collect();
            let name = risk.name.get(lang.locale());
            let cells = vec![
                html! { (risk.number) },
                html! {
                    @if self.may_edit { a href=(links::plan::risk_event(self.slug, risk.number)) { (name) } } @else { (name) }
                    @if !risk.response.is_empty() { span.cell-second { (risk.response) } }
                },
                html! { (percent_text(risk.probability)) " %" },
                html! { (delay) },
                html! { (days_one(lang, risk.exposure().round() as i64)) },
                html! { @for code in &codes { a.code href=(links::plan::task(self.slug, code)) { (code) } " " } },
                html! { (owner) },
                html! { (state(lang, risk.state)) },
            ];
            table.row_marked(cells, if risk.state == RiskState::Closed { "is-done" } else { "" });
        }
        table.render()
    }
}

/// The form of one risk.
pub struct RiskForm<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The risk.
    pub risk: &'a RiskEvent,
    /// Members of the team.
    pub team: Vec<Choice>,
    /// What is typed.
    pub form: FormState,
}

impl RiskForm<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let action = links::plan::risk_event(self.slug, self.risk.number);
        let body = form(lang, action.as_str(), &self.form, &self.team, Some(self.slug));
        shell
            .page(self.risk.name.get(lang.locale()))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("risk-register"), links::plan::risks(self.slug))
            .body(&body)
    }
}

fn form(lang: Lang, action: &str, state: &FormState, team: &[Choice], back: Option<&str>) -> Markup {
    let fields = state.fields(lang);
    let states = options(lang, "risk-event-state", RiskState::ALL.iter().map(|state| state.code()));
    html! {
        (fields.summary())
        form.form method="post" action=(action) {
            @if back.is_some() { (fields.hidden("version")) }
            (fields.text("name_en", "risk-field-name-en").required().max_length(160))
            (fields.text("name_zh", "risk-field-name-zh").max_length(160))
            (fields.textarea("description", "risk-field-description").rows(2))
            (fields.text("probability", "risk-field-probability").required().unit("%"))
            (fields.text("tasks", "risk-field-tasks").required().hint("risk-field-tasks-hint"))
            (fields.text("optimistic_days", "risk-field-delay-least").required().unit(lang.t("plan-unit-days")))
            (fields.text("likely_days", "risk-field-delay-likely").required().unit(lang.t("plan-unit-days")))
            (fields.text("pessimistic_days", "risk-field-delay-most").required().unit(lang.t("plan-unit-days")))
            (fields.select("owner", "risk-field-owner", team.to_vec()))
            (fields.textarea("response", "risk-field-response").rows(2))
            @if back.is_some() { (fields.select("state", "risk-field-state", states)) }
            div.form-actions {
                (Button::submit(if back.is_some() { lang.t("risk-save") } else { lang.t("risk-add") }))
                @if let Some(slug) = back { (Button::link(lang.t("component-back"), links::plan::risks(slug))) }
            }
        }
    }
}

fn state(lang: Lang, state: RiskState) -> Badge {
    let tone = if state == RiskState::Open { Tone::Warn } else { Tone::Neutral };
    Badge::new(lang.term("risk-event-state", state.code()), tone)
}
