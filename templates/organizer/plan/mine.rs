//! What waits for the person signed in, for the phone first and for one hand: late, today, this week, later; each
//! with its next step, which takes at most two taps.

use chrono::NaiveDate;
use domain::plan::my_work::{NextStep, When, WorkItem};
use domain::plan::view::{Head, Row};
use domain::plan::{Indicator, IndicatorKind};
use maud::{Markup, html};

use super::loop_forms::condition;
use super::words::{self, View};
use crate::components::{Button, Icon, empty_state};
use crate::{Badge, Lang, Shell, Tone, links};

/// A person's own work.
pub struct Mine<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// What stands above.
    pub head: &'a Head,
    /// What waits, most urgent first.
    pub items: &'a [WorkItem],
}

impl Mine<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.stack.mine {
                @if self.items.is_empty() {
                    @let all = Button::link(lang.t("plan-overview"), links::plan::home(self.slug));
                    (empty_state(Icon::CheckCircle, &lang.t("plan-mine-empty"), &lang.t("plan-mine-empty-hint"), &all))
                }
                @for when in When::ALL { (self.part(lang, *when)) }
            }
        };
        let views = words::views(lang, self.slug, View::Mine, self.head.counts.deviations);
        let actions = html! {
            @if shell.may.contains(&domain::access::Permission::PlanWork) {
                (Button::link(lang.t("revise-changes-title"), links::revise::changes(self.slug)).icon(Icon::History))
            }
            (Button::link(lang.t("feed-title"), links::feed::all(self.slug)).icon(Icon::Calendar))
        };
        shell.page(lang.t("plan-mine")).actions(actions).tabs(views).body(&body)
    }

    fn part(&self, lang: Lang, when: When) -> Markup {
        let items: Vec<&WorkItem> = self.items.iter().filter(|item| item.when == when).collect();
        if items.is_empty() {
            return html! {};
        }
        html! {
            section.mine-part data-when=(when.code()) {
                h2 { (lang.term("mine-when", when.code())) " " span.count { (lang.number(i64::try_from(items.len()).unwrap_or(0))) } }
                ol.mine-list { @for item in items { (self.item(lang, item)) } }
            }
        }
    }

    fn item(&self, lang: Lang, item: &WorkItem) -> Markup {
        let row = &item.row;
        html! {
            li.mine-item id={ "mine-" (row.code) } {
                div.mine-head {
                    a href=(links::plan::task(self.slug, &row.code)) { span.code { (row.code) } " " (row.name.get(lang.locale())) }
                    span.mine-badges {
                        @if item.part != "do" { (Badge::new(lang.term("plan-part", item.part), Tone::Accent)) }
                        (words::state(lang, row.state))
                        @if row.late { (Badge::new(lang.t("plan-late-mark"), Tone::Bad)) }
                    }
                }
                p.muted.small { (when(lang, row, self.head.today)) " · " (words::place(lang, row)) }
                @if item.next == NextStep::HandIn && row.percent > 0 {
                    p.muted.small { (lang.label(&lang.t("plan-percent"))) (lang.percent(f64::from(row.percent) / 100.0)) }
                }
                (self.step(lang, item))
            }
        }
    }

    fn back(&self) -> Markup {
        html! { input type="hidden" name="back" value=(links::plan::my_work(self.slug)); }
    }

    fn step(&self, lang: Lang, item: &WorkItem) -> Markup {
        let code = &item.row.code;
        let act = |act: &str| links::plan::act(self.slug, code, act);
        match item.next {
            NextStep::Start | NextStep::Again => html! {
                form method="post" action=(act("start")) {
                    (self.back())
                    (Button::submit(lang.t(if item.next == NextStep::Again { "plan-start-again" } else { "plan-start" })).icon(Icon::Play))
                }
            },
            NextStep::HandIn => html! {
                div.mine-percent role="group" aria-label=(lang.t("plan-percent")) {
                    @for percent in [25, 50, 75] {
                        form method="post" action=(act("report")) {
                            (self.back())
                            input type="hidden" name="percent" value=(percent);
                            button.button.small type="submit" aria-pressed=(if item.row.percent == percent { "true" } else { "false" }) { (percent) " %" }
                        }
                    }
                }
                (self.hand_in(lang, code))
            },
            NextStep::Check => self.check(lang, item),
            NextStep::Confirm => html! {
                form method="post" action=(act("confirm")) {
                    (self.back())
                    (Button::submit(lang.t("plan-confirm")).icon(Icon::Shield))
                }
            },
            NextStep::Wait => html! {
                @if !item.unmet.is_empty() {
                    details.mine-wait {
                        summary { (lang.t("plan-unmet")) }
                        ul.plan-unmet { @for one in &item.unmet { li { (condition(lang, self.slug, one)) } } }
                    }
                }
            },
        }
    }

    /// Two taps: open, hand in. The camera of a phone opens for the picture.
    fn hand_in(&self, lang: Lang, code: &str) -> Markup {
        html! {
            details.mine-act {
                summary.button.primary { (Icon::Send) span { (lang.t("plan-submit")) } }
                form.form.narrow method="post" enctype="multipart/form-data" action=(links::plan::act(self.slug, code, "submit")) {
                    (self.back())
                    label.field {
                        span { (lang.t("plan-submit-text")) }
                        textarea name="text" rows="2" required { (lang.t("mine-done")) }
                    }
                    label.field {
                        span { (Icon::Camera) " " (lang.t("mine-photo")) }
                        input type="file" name="file" accept="image/*" capture="environment";
                    }
                    div.form-actions { (Button::submit(lang.t("plan-submit")).icon(Icon::Send)) }
                }
            }
        }
    }

    fn check(&self, lang: Lang, item: &WorkItem) -> Markup {
        let address = links::plan::act(self.slug, &item.row.code, "check");
        let only_yes =
            !item.indicators.is_empty() && item.indicators.iter().all(|one| one.kind != IndicatorKind::Number);
        html! {
            details.mine-act {
                summary.button.primary { (Icon::Ruler) span { (lang.t("plan-act-check")) } }
                @if only_yes {
                    form.mine-all method="post" action=(address) {
                        (self.back())
                        @for one in &item.indicators { input type="hidden" name={ "indicator-" (one.id) } value="yes"; }
                        (Button::submit(lang.t("mine-all-pass")).icon(Icon::CheckCircle))
                    }
                }
                form.form.narrow method="post" enctype="multipart/form-data" action=(address) {
                    (self.back())
                    @for one in &item.indicators { (answer(lang, one)) }
                    label.field {
                        span { (Icon::Camera) " " (lang.t("mine-photo")) }
                        input type="file" name="file" accept="image/*" capture="environment";
                    }
                    label.field { span { (lang.t("plan-check-text")) } textarea name="text" rows="2" {} }
                    div.form-actions { (Button::submit(lang.t("plan-check")).plain().icon(Icon::Ruler)) }
                }
            }
        }
    }
}

fn answer(lang: Lang, one: &Indicator) -> Markup {
    let name = format!("indicator-{}", one.id);
    html! {
        fieldset.field.group {
            legend { (one.name.get(lang.locale())) }
            @if let Some(target) = one.target { p.hint { (target.comparison.sign()) " " (target.value) " " (one.unit) } }
            @if one.kind == IndicatorKind::Number {
                span.with-unit {
                    input type="text" inputmode="decimal" name=(name) aria-label=(one.name.get(lang.locale()));
                    span.unit { (one.unit) }
                }
            } @else {
                div.choices {
                    @for word in ["yes", "no"] {
                        label.choice { input type="radio" name=(name) value=(word); span { (lang.term("plan-answer", word)) } }
                    }
                }
            }
        }
    }
}

fn when(lang: Lang, row: &Row, today: NaiveDate) -> String {
    let left = (row.ends_on - today).num_days();
    let range = lang.date_range(row.starts_on, row.ends_on);
    match left {
        0 if !row.state.is_done() => format!("{range} · {}", lang.t("plan-ends-today")),
        days if days < 0 => format!("{range} · {}", lang.with("plan-overdue", &[("count", (-days).into())])),
        _ => range,
    }
}
