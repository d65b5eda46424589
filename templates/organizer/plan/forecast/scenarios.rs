//! Scenarios: the list, one with its steps and effect, and several side by side.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::plan::PlanCalendar;
use domain::plan::baseline::Baseline;
use domain::plan::edit::{Clash, TaskDraft};
use domain::plan::network::Constraint;
use domain::plan::scenario::{Scenario, ScenarioState, Step};
use domain::plan::view::{Head, Preview};
use maud::{Markup, Render, html};

use super::{Part, parts};
use crate::components::{Button, Choice, Col, Tab, Table, callout, card, empty_state, options, tabs};
use crate::organizer::plan::preview::effect;
use crate::organizer::plan::words::{self, View};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// The scenarios of a plan, with the choice of what to compare.
pub struct Scenarios<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// Scenarios, those still thought about first.
    pub all: &'a [Scenario],
    /// Baselines to put beside them, the latest first.
    pub baselines: &'a [(Baseline, String)],
    /// A scenario being typed.
    pub form: FormState,
    /// Where days begin.
    pub zone: Tz,
    /// May make and change.
    pub may_edit: bool,
}

impl Scenarios<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Scenarios))
                p.muted { (lang.t("scenario-hint")) }
                @if self.all.is_empty() {
                    @let none = html! {};
                    (empty_state(Icon::Network, &lang.t("scenario-none"), &lang.t("scenario-none-hint"), &none))
                } @else {
                    form.stack method="get" action=(links::plan::compare_scenarios(self.slug)) {
                        (self.table(lang))
                        (self.beside(lang))
                        div.form-actions { (Button::submit(lang.t("scenario-compare")).icon(Icon::Table)) }
                    }
                }
                @if self.may_edit { (self.create(lang)) }
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell.page(lang.t("scenario-title")).tabs(views).body(&body)
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::actions(lang.t("scenario-choose")),
            Col::num(lang.t("baseline-number")),
            Col::main(lang.t("scenario-name")),
            Col::num(lang.t("scenario-steps")),
            Col::tight(lang.t("scenario-state")),
            Col::tight(lang.t("scenario-made")),
        ];
        let mut table = Table::new(lang.t("scenario-title"), cols);
        for one in self.all {
            let name = one.name.get(lang.locale());
            table.row(vec![
                html! {
                    input type="checkbox" name="scenario" value=(one.number) checked[one.state == ScenarioState::Draft]
                        aria-label=(lang.with("scenario-choose-one", &[("name", name.into())]));
                },
                html! { (one.number) },
                html! {
                    a href=(links::plan::scenario(self.slug, one.number)) { (name) }
                    @if !one.description.is_empty() { span.cell-second { (one.description) } }
                },
                html! { (one.steps.len()) },
                html! { (state(lang, one.state)) },
                html! {
                    (lang.instant(one.created_at, self.zone))
                    @if !one.by.is_empty() { span.cell-second { (one.by) } }
                },
            ]);
        }
        table.render()
    }

    fn beside(&self, lang: Lang) -> Markup {
        html! {
            @if !self.baselines.is_empty() {
                fieldset.field.group {
                    legend { (lang.t("scenario-beside")) }
                    div.choices {
                        @for (one, _) in self.baselines {
                            label.choice {
                                input type="checkbox" name="baseline" value=(one.number) checked[one.shown];
                                span { (one.number) " · " (one.name.get(lang.locale())) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn create(&self, lang: Lang) -> Markup {
        let fields = self.form.fields(lang);
        let inner = html! {
            (fields.summary())
            form.form method="post" action=(links::plan::scenarios(self.slug)) {
                (fields.text("name_en", "baseline-field-name-en").required().max_length(120))
                (fields.text("name_zh", "baseline-field-name-zh").max_length(120))
                (fields.textarea("description", "scenario-field-description").rows(2))
                div.form-actions { (Button::submit(lang.t("scenario-create")).plain().icon(Icon::Plus)) }
            }
        };
        card(&lang.t("scenario-create-title"), &html! {}, &inner)
    }
}

/// What has become of a scenario, in a word.
pub(super) fn state(lang: Lang, state: ScenarioState) -> Badge {
    let tone = match state {
        ScenarioState::Draft => Tone::Info,
        ScenarioState::Promoted => Tone::Good,
        ScenarioState::Dropped => Tone::Neutral,
    };
    Badge::new(lang.term("scenario-state", state.code()), tone)
}

/// Which kind of change of a scenario is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepKind {
    /// A task or a day of a calendar is other.
    #[default]
    Change,
    /// A task comes.
    Add,
    /// A task goes.
    Delete,
    /// The event opens on another day.
    Opening,
}

impl StepKind {
    const ALL: [StepKind; 4] = [StepKind::Change, StepKind::Add, StepKind::Delete, StepKind::Opening];

    /// The spelling in forms and addresses.
    const fn code(self) -> &'static str {
        match self {
            StepKind::Change => "",
            StepKind::Add => "add",
            StepKind::Delete => "delete",
            StepKind::Opening => "opening",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            StepKind::Change => "scenario-step-change",
            StepKind::Add => "scenario-step-add",
            StepKind::Delete => "scenario-step-delete",
            StepKind::Opening => "scenario-step-opening",
        }
    }

    /// Reads the spelling; a change for anything else.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.code() == code).unwrap_or_default()
    }
}

/// One scenario with what it does.
pub struct ScenarioPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its effect; nothing when it does not fit the plan.
    pub preview: Option<&'a Preview>,
    /// Why it does not.
    pub refusals: Vec<String>,
    /// Fields the plan changed too.
    pub clashes: &'a [(String, Clash)],
    /// The plan's calendars.
    pub calendars: &'a [PlanCalendar],
    /// Codes of the tasks, to choose from.
    pub codes: Vec<String>,
    /// Which kind of change is being typed.
    pub kind: StepKind,
    /// D0 as it is.
    pub opens_on: NaiveDate,
    /// A step being typed.
    pub form: FormState,
    /// Somebody changed the plan while this page was read.
    pub stale: bool,
    /// May change and promote.
    pub may_edit: bool,
}

impl ScenarioPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let open = self.scenario.state == ScenarioState::Draft && self.may_edit;
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Scenarios))
                @if !self.scenario.description.is_empty() { p.muted { (self.scenario.description) } }
                @if self.stale { (callout(Tone::Warn, "", &html! { p { (lang.t("plan-preview-stale")) } })) }
                (card(&lang.t("scenario-steps"), &html! {}, &self.steps(lang, open)))
                @if open { (self.add(lang)) } @else { (self.form.fields(lang).summary()) }
                (self.outcome(lang, open))
            }
        };
        let actions = html! {
            (Button::link(lang.t("scenario-compare"), links::plan::compare_scenarios(self.slug).query(&[("scenario", &self.scenario.number.to_string())])).icon(Icon::Table))
            @if open {
                (Button::post(lang.t("scenario-drop"), links::plan::scenario_act(self.slug, self.scenario.number, "drop")).ghost().icon(Icon::Trash))
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell
            .page(self.scenario.name.get(lang.locale()))
            .subtitle(html! { (state(lang, self.scenario.state)) })
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("scenario-title"), links::plan::scenarios(self.slug))
            .actions(actions)
            .tabs(views)
            .wide()
            .body(&body)
    }

    fn steps(&self, lang: Lang, open: bool) -> Markup {
        html! {
            @if self.scenario.steps.is_empty() { p.muted { (lang.t("scenario-no-steps")) } }
            ol.rows {
                @for (at, step) in self.scenario.steps.iter().enumerate() {
                    li {
                        span.row-text { (self.step(lang, step)) }
                        @if open {
                            span.row-end {
                                (Button::post(lang.t("scenario-remove"), links::plan::scenario_act(self.slug, self.scenario.number, "remove"))
                                    .value("step", at + 1).small().ghost().icon(Icon::Close).icon_only())
                            }
                        }
                    }
                }
            }
        }
    }

    fn step(&self, lang: Lang, step: &Step) -> Markup {
        match step {
            Step::Task { code, opened, draft, .. } => html! {
                a.code href=(links::plan::task(self.slug, code)) { (code) }
                @for (word, was, is) in changes(lang, opened, draft) {
                    " · " (lang.label(&word)) span.muted { (was) } " → " strong { (is) }
                }
            },
            Step::Add { code, new, .. } => {
                let name = if lang == Lang::ZH && !new.name_zh.is_empty() { &new.name_zh } else { &new.name_en };
                let typed = [
                    ("revise-after", &new.after),
                    ("plan-field-duration", &new.duration_days),
                    ("plan-field-predecessors", &new.predecessors),
                    ("revise-start-on", &new.start_on),
                    ("plan-field-deadline", &new.deadline_on),
                ];
                html! {
                    (Badge::new(lang.t("scenario-step-add"), Tone::Good)) " " span.code { (code) } " " strong { (name) }
                    @for (word, is) in typed.into_iter().filter(|(_, is)| !is.is_empty()) {
                        " · " (lang.label(&lang.t(word))) (is)
                    }
                }
            }
            Step::Delete { code, name, .. } => html! {
                (Badge::new(lang.t("scenario-step-delete"), Tone::Bad)) " "
                a.code href=(links::plan::task(self.slug, code)) { (code) } " " (name.get(lang.locale()))
            },
            Step::Opening { was, to } => html! {
                (lang.label(&lang.t("scenario-opens-on"))) span.muted { (lang.date(*was)) } " → " strong { (lang.date(*to)) }
            },
            Step::Day { code, day, spans, .. } => {
                let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
                let hours: Vec<String> =
                    spans.iter().map(|(from, to)| format!("{}–{}", clock(*from), clock(*to))).collect();
                let hours = if hours.is_empty() { lang.t("scenario-day-off") } else { lang.list(&hours) };
                html! { span.code { (code) } " · " (lang.label(&lang.date(*day))) strong { (hours) } }
            }
        }
    }

    fn add(&self, lang: Lang) -> Markup {
        let fields = self.form.fields(lang);
        let action = links::plan::scenario_act(self.slug, self.scenario.number, "steps");
        let kinds: Vec<Tab> = StepKind::ALL
            .into_iter()
            .map(|kind| {
                let to = links::plan::scenario(self.slug, self.scenario.number).query(&[("kind", kind.code())]);
                Tab::new(lang.t(kind.word()), to.anchor("add"), kind == self.kind)
            })
            .collect();
        let inner = html! {
            (tabs(lang, &lang.t("scenario-add-title"), &kinds))
            (fields.summary())
            form.form method="post" action=(action) {
                input type="hidden" name="kind" value=(self.kind.code());
                @match self.kind {
                    StepKind::Change => (self.change(lang)),
                    StepKind::Add => (self.new_task(lang)),
                    StepKind::Delete => {
                        p.muted.small { (lang.t("scenario-delete-hint")) }
                        (fields.text("task", "scenario-field-task").required().suggest(self.codes.clone()))
                    },
                    StepKind::Opening => {
                        p.muted.small { (lang.with("scenario-opening-hint", &[("day", lang.date(self.opens_on).into())])) }
                        (fields.date("opens_on", "scenario-opens-on").required())
                    },
                }
                div.form-actions { (Button::submit(lang.t("scenario-add-step")).plain().icon(Icon::Plus)) }
            }
        };
        let title = lang.t("scenario-add-title");
        let shut = self.form.is_clean() && self.kind == StepKind::Change && !self.scenario.steps.is_empty();
        html! { div id="add" { (card("", &html! {}, &html! { details open[!shut] { summary { (title) } (inner) } })) } }
    }

    fn change(&self, lang: Lang) -> Markup {
        let fields = self.form.fields(lang);
        let wishes = options(lang, "plan-constraint", Constraint::CODES.iter().copied());
        let calendars: Vec<Choice> =
            self.calendars.iter().map(|one| Choice::new(one.code.clone(), one.name.get(lang.locale()))).collect();
        html! {
            p.muted.small { (lang.t("scenario-step-hint")) }
            (fields.text("task", "scenario-field-task").suggest(self.codes.clone()))
            (fields.text("duration_days", "plan-field-duration").unit(lang.t("plan-unit-days")))
            (fields.select("constraint", "plan-field-constraint", wishes))
            (fields.date("constraint_on", "plan-field-constraint-on"))
            (fields.date("deadline_on", "plan-field-deadline"))
            (fields.text("predecessors", "plan-field-predecessors").hint("scenario-predecessors-hint"))
            @if !calendars.is_empty() {
                (fields.select("calendar", "scenario-field-calendar", calendars))
                (fields.date("day", "scenario-field-day"))
                (fields.text("hours", "scenario-field-hours").hint("scenario-field-hours-hint"))
            }
        }
    }

    fn new_task(&self, lang: Lang) -> Markup {
        let fields = self.form.fields(lang);
        html! {
            p.muted.small { (lang.t("scenario-new-hint")) }
            (fields.text("name_en", "plan-field-name-en").required().max_length(200))
            (fields.text("name_zh", "plan-field-name-zh").max_length(200))
            (fields.text("after", "revise-after").hint("revise-after-hint").suggest(self.codes.clone()))
            (fields.text("code", "plan-column-code").max_length(16))
            (fields.text("duration_days", "plan-field-duration").unit(lang.t("plan-unit-days")))
            (fields.text("predecessors", "plan-field-predecessors"))
            (fields.date("start_on", "revise-start-on").hint("revise-start-on-hint"))
            (fields.date("deadline_on", "plan-field-deadline"))
        }
    }

    fn outcome(&self, lang: Lang, open: bool) -> Markup {
        html! {
            @if !self.refusals.is_empty() {
                (callout(Tone::Bad, &lang.t("scenario-unfit"), &html! { ul { @for one in &self.refusals { li { (one) } } } }))
            }
            @if !self.clashes.is_empty() {
                @let list = html! {
                    ul { @for (code, clash) in self.clashes { li { span.code { (code) } " " (lang.term("plan-field", short(&clash.field))) ": " (clash.theirs) } } }
                };
                (callout(Tone::Warn, &lang.t("scenario-clashes"), &list))
            }
            @if let Some(preview) = self.preview.filter(|_| !self.scenario.steps.is_empty()) {
                section.card.plan-effect {
                    header.card-head {
                        h2 { (lang.t("scenario-effect")) }
                        @if open {
                            div.actions {
                                (Button::post(lang.t("scenario-promote"), links::plan::scenario_act(self.slug, self.scenario.number, "promote"))
                                    .value("revision", self.head.revision).primary().icon(Icon::Check).confirm(lang.t("scenario-promote-question")))
                            }
                        }
                    }
                    div.card-body { (effect(lang, self.slug, preview)) }
                }
            }
        }
    }
}

/// The word of a field is shorter than its name in the draft.
fn short(field: &str) -> &str {
    match field {
        "duration_days" => "duration",
        "deadline_on" => "deadline",
        other => other,
    }
}

/// The fields a step changes: word, before, after.
fn changes(lang: Lang, opened: &TaskDraft, draft: &TaskDraft) -> Vec<(String, String, String)> {
    let wish = |draft: &TaskDraft| lang.term("plan-constraint", &draft.constraint);
    let fields = [
        ("duration", opened.duration_days.clone(), draft.duration_days.clone()),
        ("constraint", wish(opened), wish(draft)),
        ("constraint_on", opened.constraint_on.clone(), draft.constraint_on.clone()),
        ("deadline", opened.deadline_on.clone(), draft.deadline_on.clone()),
        ("predecessors", opened.predecessors.clone(), draft.predecessors.clone()),
    ];
    let dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    fields
        .into_iter()
        .filter(|(_, was, is)| was != is)
        .map(|(field, was, is)| (lang.term("plan-field", field), dash(was), dash(is)))
        .collect()
}
