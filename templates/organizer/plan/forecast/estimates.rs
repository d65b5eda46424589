//! Estimates: all of them with the form that suggests missing ones, and the form of one task.

use domain::plan::calendar::DAY;
use domain::plan::edit::days_text;
use domain::plan::risk::estimate::usual_spread;
use domain::plan::view::{Head, Row};
use domain::plan::{Phase, Task, ThreePoint};
use maud::{Markup, Render, html};

use super::{Part, parts};
use crate::components::{Button, Col, Table, card};
use crate::organizer::plan::words::{self, View};
use crate::{FormState, Icon, Lang, Shell, links};

/// The estimates of a plan.
pub struct Estimates<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// Tasks and their rows, in plan order.
    pub tasks: Vec<(&'a Task, &'a Row)>,
    /// Phases the plan has.
    pub phases: Vec<Phase>,
    /// Currency of the budgets.
    pub currency: &'a str,
    /// Spreads being typed.
    pub form: FormState,
    /// May estimate.
    pub may_edit: bool,
}

impl Estimates<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack {
                (parts(lang, self.slug, Part::Risk))
                p.muted { (lang.t("estimate-hint")) }
                @if self.may_edit { (self.suggest(lang)) }
                (self.table(lang))
            }
        };
        let views = words::views(lang, self.slug, View::Forecast, self.head.counts.deviations);
        shell
            .page(lang.t("estimate-title"))
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("risk-title"), links::plan::risk(self.slug))
            .tabs(views)
            .wide()
            .body(&body)
    }

    fn suggest(&self, lang: Lang) -> Markup {
        let fields = self.form.fields(lang);
        let inner = html! {
            (fields.summary())
            form.form method="post" action=(links::plan::estimates(self.slug)) {
                @for phase in &self.phases {
                    @let usual = usual_spread(*phase);
                    fieldset.field.wide.estimate-spread {
                        legend { (lang.term("plan-phase", phase.code())) }
                        (fields.number(&format!("less-{}", phase.code()), "estimate-less").min(0).max(100).value(usual.less).unit("%"))
                        (fields.number(&format!("more-{}", phase.code()), "estimate-more").min(0).max(500).value(usual.more).unit("%"))
                    }
                }
                (fields.checkbox("overwrite", "estimate-overwrite", "on"))
                div.form-actions { (Button::submit(lang.t("estimate-suggest")).icon(Icon::Zap)) }
            }
        };
        let open =
            html! { details open[!self.form.is_clean()] { summary { (lang.t("estimate-suggest-title")) } (inner) } };
        card("", &html! {}, &open)
    }

    fn table(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::num(lang.t("plan-column-duration")),
            Col::num(lang.t("estimate-optimistic")),
            Col::num(lang.t("estimate-likely")),
            Col::num(lang.t("estimate-pessimistic")),
            Col::num(lang.t("estimate-budget")),
            Col::num(lang.t("estimate-actual-cost")),
            Col::actions(lang.t("baseline-actions")),
        ];
        let mut table = Table::new(lang.t("estimate-title"), cols);
        let mut group = None;
        for (task, row) in &self.tasks {
            if group != Some(row.phase) {
                group = Some(row.phase);
                table.group(html! { (lang.term("plan-phase", row.phase.code())) });
            }
            let point = |pick: fn(ThreePoint) -> i64| {
                html! {
                    @match task.estimate { Some(one) => (lang.decimal(pick(one) as f64 / DAY as f64, 1)), None => span.muted { "–" } }
                }
            };
            let money = |minor: Option<i64>| {
                html! {
                    @match minor { Some(minor) => (lang.money(minor, self.currency)), None => span.muted { "–" } }
                }
            };
            let cells = vec![
                html! { a.code href=(links::plan::task(self.slug, &row.code)) { (row.code) } },
                html! { (row.name.get(lang.locale())) },
                html! { (days_text(task.duration)) },
                point(|one| one.optimistic),
                point(|one| one.likely),
                point(|one| one.pessimistic),
                money(task.budget),
                money((task.actual_cost > 0).then_some(task.actual_cost)),
                html! {
                    @if self.may_edit {
                        (Button::link(lang.t("estimate-edit"), links::plan::estimate(self.slug, &row.code)).small().ghost().icon(Icon::Edit).icon_only())
                    }
                },
            ];
            table.row_marked(cells, if row.state.is_done() { "is-done" } else { "" });
        }
        table.sticky().render()
    }
}

/// The estimate and money of one task.
pub struct EstimateForm<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The task.
    pub row: &'a Row,
    /// Currency of the budget.
    pub currency: &'a str,
    /// What is typed.
    pub form: FormState,
    /// Version of the task.
    pub version: i32,
}

impl EstimateForm<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let fields = self.form.fields(lang);
        let days = || lang.t("plan-unit-days");
        let body = html! {
            (fields.summary())
            p.muted { (lang.with("estimate-planned", &[("days", words::days(lang, self.row.duration).into())])) }
            form.form method="post" action=(links::plan::estimate(self.slug, &self.row.code)) {
                input type="hidden" name="version" value=(self.version);
                (fields.text("optimistic_days", "estimate-optimistic").unit(days()).hint("estimate-optimistic-hint"))
                (fields.text("likely_days", "estimate-likely").unit(days()).hint("estimate-likely-hint"))
                (fields.text("pessimistic_days", "estimate-pessimistic").unit(days()).hint("estimate-pessimistic-hint"))
                (fields.text("budget", "estimate-budget").unit(self.currency))
                (fields.text("actual_cost", "estimate-actual-cost").unit(self.currency).hint("estimate-actual-cost-hint"))
                div.form-actions {
                    (Button::submit(lang.t("estimate-save")))
                    (Button::link(lang.t("component-back"), links::plan::estimates(self.slug)))
                }
            }
        };
        let name = self.row.name.get(lang.locale());
        shell
            .page(lang.with("estimate-of", &[("code", self.row.code.as_str().into())]))
            .subtitle(name)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("estimate-title"), links::plan::estimates(self.slug))
            .body(&body)
    }
}
