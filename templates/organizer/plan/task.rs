//! The record of a task: key facts, why it is when it is, what it waits for, its indicators, its
//! rounds, its deviations, and everything that happened.

use chrono_tz::Tz;
use domain::journal;
use domain::plan::view::{DutyProgress, File, Measured, Neighbour, Report, TaskPage};
use domain::plan::{Indicator, IndicatorKind, TaskState};
use maud::{Markup, Render, html};

use super::level::CrewNeeds;
use super::loop_forms::{Act, LoopForms};
use super::{deviations, gate_words, measure, task_tools, words};
use crate::components::{Button, Col, Table, callout, card, cell_lines, facts, history, progress};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// The record of a task.
pub struct TaskRecord<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Where days begin.
    pub zone: Tz,
    /// Everything about it.
    pub page: &'a TaskPage,
    /// What can be done.
    pub forms: LoopForms<'a>,
    /// What it needs of the crews.
    pub crews: CrewNeeds<'a>,
    /// What it asks of places.
    pub places: Markup,
    /// Everything that happened.
    pub history: &'a [journal::Entry],
}

impl TaskRecord<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let (row, task) = (&self.page.row, &self.page.task);
        let body = html! {
            (self.notes(lang))
            div.with-aside {
                div.stack {
                    (card(&lang.t("plan-key-facts"), &html! {}, &self.facts(lang)))
                    (self.steps(lang))
                    (self.indicators(lang))
                    (self.duties(lang))
                    (self.places)
                    (self.links(lang))
                    (self.why(lang))
                    (self.reports(lang))
                    @for one in &self.page.deviations { (deviations::deviation(lang, self.slug, self.zone, one, self.forms.may_work)) }
                    (card(&lang.t("plan-history"), &html! {}, &history(lang, self.zone, self.history)))
                }
                div.stack { (self.forms.render(lang)) (self.crews.render(lang)) }
            }
        };
        let subtitle = html! {
            div.cluster {
                (words::state(lang, task.state))
                @if task.round > 1 { (Badge::new(lang.with("plan-round", &[("round", i64::from(task.round).into())]), Tone::Warn)) }
                @if row.late { (Badge::new(lang.t("plan-late-mark"), Tone::Bad)) }
                @if self.page.on_path { (Badge::new(lang.t("plan-on-path"), Tone::Accent).icon(Icon::Flag)) }
                @else if row.critical { (Badge::new(lang.t("plan-critical"), Tone::Warn)) }
                span.muted { (lang.term("plan-phase", row.phase.code())) " · " (row.stage.get(lang.locale())) }
            }
        };
        let near = [("focus", row.code.as_str()), ("back", "2"), ("ahead", "2")];
        let actions = html! {
            (Button::link(lang.t("network-show"), links::plan::network(self.slug).query(&near)).ghost().icon(Icon::Network))
            @if self.forms.may_edit && !task.state.is_closed() {
                (Button::link(lang.t("gantt-move"), links::plan::shift(self.slug, &row.code)).icon(Icon::Gantt))
                (Button::link(lang.t("estimate-edit"), links::plan::estimate(self.slug, &row.code)).icon(Icon::Ruler))
                (Button::link(lang.t("plan-edit"), links::plan::edit(self.slug, &row.code)).icon(Icon::Edit))
            }
            @if self.forms.may_edit { (task_tools::tools(lang, self.slug, &row.code)) }
        };
        shell
            .page(format!("{} {}", row.code, row.name.get(lang.locale())))
            .subtitle(subtitle)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .actions(actions)
            .wide()
            .body(&body)
    }

    fn notes(&self, lang: Lang) -> Markup {
        let task = &self.page.task;
        let stopped = matches!(task.state, TaskState::Blocked | TaskState::Waived | TaskState::Cancelled);
        html! {
            // At the top, because the form of an act that is refused may not be on the page any more.
            @if let Some((act, state)) = &self.forms.refused {
                @if *act != Act::Deviate { (state.fields(lang).summary()) }
            }
            @if let (true, Some(reason)) = (stopped, &task.reason) {
                @let words = html! { p { (words::stopped(lang, reason)) } };
                (callout(Tone::Warn, &lang.term("task-state", task.state.code()), &words))
            }
            @if let Some(deviation) = &self.page.corrects {
                (super::watch::corrects(lang, self.slug, deviation, task.state == TaskState::Confirmed))
            }
            @if let Some(number) = self.page.incident { (super::incident::belongs(lang, self.slug, number)) }
            @if self.page.row.total_float < 0 {
                @let words = html! { p { (lang.with("plan-float-negative", &[("time", lang.minutes(-self.page.row.total_float).into())])) } };
                (callout(Tone::Bad, "", &words))
            }
        }
    }

    fn facts(&self, lang: Lang) -> Markup {
        let (row, task) = (&self.page.row, &self.page.task);
        let person = |name: Option<&domain::plan::view::Person>, team: &str| match name {
            Some(person) => cell_lines(&person.name, team),
            None => html! { span.muted { (team) } },
        };
        let wish = match self.page.constraint_on {
            Some(day) => format!("{} · {}", lang.term("plan-constraint", &task.constraint), lang.date(day)),
            None => lang.term("plan-constraint", &task.constraint),
        };
        let moment = |at: Option<chrono::DateTime<chrono::Utc>>| match at {
            Some(at) => html! { (lang.instant(at, self.zone)) },
            None => html! {},
        };
        let text = |text: String| html! { (text) };
        let (late_start, late_finish) = self.page.late_days;
        let mut pairs = vec![
            (lang.t("plan-dates"), text(lang.date_range(row.starts_on, row.ends_on))),
            (lang.t("plan-column-duration"), text(words::days(lang, row.duration))),
            (lang.t("plan-column-float"), text(words::days(lang, row.total_float))),
            (lang.t("plan-late-dates"), text(lang.date_range(late_start.min(late_finish), late_finish))),
            (lang.t("plan-owner"), person(row.owner.as_ref(), &lang.term("plan-function", row.role.code()))),
            (lang.t("plan-checker"), person(row.checker.as_ref(), "")),
            (
                lang.t("plan-confirmer"),
                person(row.confirmer.as_ref(), &lang.term("plan-function", row.confirmer_role.code())),
            ),
            (lang.t("plan-column-place"), text(words::place(lang, row))),
            (lang.t("plan-field-constraint"), text(wish)),
            (lang.t("plan-actual-start"), moment(task.actual_start)),
            (lang.t("plan-actual-finish"), moment(task.actual_finish)),
            (lang.t("plan-percent"), text(lang.percent(f64::from(task.percent) / 100.0))),
        ];
        if let Some(day) = row.deadline_on {
            pairs.insert(4, (lang.t("plan-field-deadline"), text(lang.date(day))));
        }
        html! {
            @let objective = row.objective.get(lang.locale());
            @if !objective.is_empty() { p { strong { (lang.label(&lang.t("plan-field-objective"))) } (objective) } }
            (facts(&pairs))
        }
    }

    /// The loop as a row of steps: where the task is and what comes.
    fn steps(&self, lang: Lang) -> Markup {
        let order = [
            TaskState::Planned,
            TaskState::Ready,
            TaskState::InProgress,
            TaskState::Submitted,
            TaskState::Accepted,
            TaskState::Confirmed,
        ];
        let now = match self.page.task.state {
            TaskState::Draft | TaskState::Planned => 0,
            TaskState::Ready => 1,
            TaskState::InProgress | TaskState::Rework | TaskState::Rejected | TaskState::Blocked => 2,
            TaskState::Submitted | TaskState::Checking => 3,
            TaskState::Accepted => 4,
            TaskState::Confirmed | TaskState::Waived | TaskState::Cancelled => 5,
        };
        html! {
            ol.plan-steps aria-label=(lang.t("plan-loop")) {
                @for (at, state) in order.iter().enumerate() {
                    li class=(if at < now { "is-past" } else if at == now { "is-here" } else { "" })
                        aria-current=[(at == now).then_some("step")] {
                        (lang.term("task-state", if at == now { self.page.task.state.code() } else { state.code() }))
                    }
                }
            }
        }
    }

    fn indicators(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::main(lang.t("plan-indicator")),
            Col::tight(lang.t("plan-target")),
            Col::new(lang.t("plan-measured")),
        ];
        let mut table = Table::new(lang.t("plan-indicators"), cols);
        for indicator in &self.page.indicators {
            let target = measure::wanted(lang, indicator);
            let answers: Vec<&Measured> =
                self.page.measured.iter().filter(|one| one.measurement.indicator == indicator.id).collect();
            table.row(vec![
                cell_lines(indicator.name.get(lang.locale()), &measure::notes(lang, indicator).join(" · ")),
                html! { (target) },
                html! {
                    (self.live(lang, indicator))
                    @if answers.is_empty() && indicator.kind != IndicatorKind::Live { span.muted { (lang.t("plan-not-measured")) } }
                    @for one in answers { (self.answer(lang, indicator, one)) }
                },
            ]);
        }
        let body = html! {
            @if self.page.indicators.is_empty() { p.muted { (lang.t("plan-indicators-none")) } } @else { (table) }
        };
        let edit = html! {
            @if self.forms.may_edit { (Button::link(lang.t("indicator-edit"), links::gate::indicators(self.slug, &self.page.row.code)).ghost().small().icon(Icon::Edit)) }
        };
        card(&lang.t("plan-indicators"), &edit, &body)
    }

    /// What a live indicator says now.
    fn live(&self, lang: Lang, indicator: &Indicator) -> Markup {
        let Some((_, reading)) = self.page.live.iter().find(|(id, _)| *id == indicator.id) else { return html! {} };
        html! {
            div.plan-answer {
                @match reading.value {
                    Some(value) => {
                        @let tone = if indicator.passes(value) { Tone::Good } else { Tone::Bad };
                        (Badge::new(gate_words::figure(lang, value, &indicator.unit), tone).marked())
                    },
                    None => (Badge::new(lang.t("gate-no-data"), Tone::Neutral)),
                }
                span.muted.small { " " (lang.t("indicator-live-now")) }
            }
        }
    }

    fn answer(&self, lang: Lang, indicator: &Indicator, one: &Measured) -> Markup {
        let measured = &one.measurement;
        let tone = if measured.passed { Tone::Good } else { Tone::Bad };
        let value = match indicator.kind {
            IndicatorKind::Number | IndicatorKind::Live => gate_words::figure(lang, measured.value, &indicator.unit),
            _ if measured.value == 0.0 => lang.term("plan-answer", "no"),
            _ => lang.term("plan-answer", "yes"),
        };
        html! {
            div.plan-answer {
                (Badge::new(value, tone).marked())
                span.muted.small {
                    " " (lang.with("plan-round", &[("round", i64::from(measured.round).into())])) " · " (one.by) " · " (lang.moment(measured.at, self.zone))
                }
                @if !measured.note.is_empty() { p.small { (measured.note) } }
                @if let Some(file) = &one.document { (self.file(lang, file)) }
            }
        }
    }

    fn file(&self, lang: Lang, file: &File) -> Markup {
        html! {
            a.plan-file href=(links::plan::document(self.slug, file.id)) download {
                (Icon::File) (file.name)
                span.muted { " " (lang.with("plan-file-size", &[("kb", ((file.size + 1023) / 1024).into())])) }
            }
        }
    }

    fn duties(&self, lang: Lang) -> Markup {
        if self.page.duties.is_empty() {
            return html! {};
        }
        let line = |one: &DutyProgress| {
            let through = i64::from(one.done + one.waived);
            let tone = if one.open == 0 { Tone::Good } else { Tone::Info };
            html! {
                li {
                    span.row-text { (one.name.get(lang.locale())) span.cell-second {
                        (lang.with("plan-duty-counts", &[("done", i64::from(one.done).into()), ("waived", i64::from(one.waived).into()), ("open", i64::from(one.open).into())]))
                    } }
                    span.row-end { (progress(lang, through, i64::from(one.total()), tone)) }
                }
            }
        };
        let list = html! { ul.rows { @for one in &self.page.duties { (line(one)) } } };
        card(&lang.t("plan-duties"), &html! {}, &list)
    }

    fn links(&self, lang: Lang) -> Markup {
        let side = |title: String, all: &[Neighbour]| {
            let mut table = Table::new(
                title.clone(),
                vec![
                    Col::main(title.clone()),
                    Col::tight(lang.t("plan-link")),
                    Col::tight(lang.t("plan-dates")),
                    Col::tight(lang.t("plan-state")),
                ],
            );
            for one in all {
                table.row(vec![
                    html! { a href=(links::plan::task(self.slug, &one.code)) { span.code { (one.code) } " " (one.name.get(lang.locale())) } },
                    html! {
                        (lang.term("plan-link", one.kind.code())) " " (words::lag_words(lang, one.lag))
                        @if one.driving { " " (Badge::new(lang.t("plan-driving"), Tone::Accent)) }
                    },
                    html! { (lang.date_range(one.starts_on, one.ends_on)) },
                    html! { (words::state(lang, one.state)) },
                ]);
            }
            let body = html! { @if all.is_empty() { p.muted { (lang.t("plan-links-none")) } } @else { (table) } };
            card(&title, &html! {}, &body)
        };
        html! {
            (side(lang.t("plan-before"), &self.page.before))
            (side(lang.t("plan-after"), &self.page.after))
        }
    }

    fn why(&self, lang: Lang) -> Markup {
        let body = html! {
            p { (lang.t("plan-why-hint")) }
            (words::chain(lang, self.slug, &self.page.why))
            @if let (true, Some(room)) = (self.page.on_path, self.page.room) {
                p.muted { (lang.with("plan-why-room", &[("time", lang.minutes(room).into())])) }
            }
        };
        let holds = links::plan::paths(self.slug).query(&[("to", &self.page.row.code)]);
        let more = Button::link(lang.t("paths-show"), holds).small();
        card(&lang.t("plan-why"), &more, &body)
    }

    fn reports(&self, lang: Lang) -> Markup {
        if self.page.reports.is_empty() {
            return html! {};
        }
        let line = |one: &Report| {
            html! {
                li.plan-report {
                    div.cluster {
                        strong { (lang.term("plan-report-kind", &one.kind)) }
                        span.muted.small { (lang.with("plan-round", &[("round", i64::from(one.round).into())])) " · " (one.by) " · " (lang.instant(one.at, self.zone)) }
                    }
                    @if !one.text.is_empty() { p { (one.text) } }
                    @if let Some(file) = &one.document { (self.file(lang, file)) }
                }
            }
        };
        let list = html! { ol.plan-reports { @for one in &self.page.reports { (line(one)) } } };
        card(&lang.t("plan-reports"), &html! {}, &list.render())
    }
}
