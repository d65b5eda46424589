//! Deviations: what departs from requirement or plan, who puts it right, by when, and the proof.

use chrono_tz::Tz;
use domain::plan::view::DeviationRow;
use domain::plan::{DeviationState as State, Severity};
use maud::{Markup, Render, html};

use super::watch::severity;
use crate::components::{Button, Choice, card, options};
use crate::{Badge, FormState, Lang, Tone, links};

/// One deviation, with the form that closes it.
pub(super) fn deviation(lang: Lang, slug: &str, zone: Tz, row: &DeviationRow, may_work: bool) -> Markup {
    let one = &row.deviation;
    let closed = one.state == State::Closed;
    let pairs = [
        (lang.t("plan-deviation-cause"), one.cause.as_str()),
        (lang.t("plan-deviation-action"), one.corrective_action.as_str()),
        (lang.t("plan-deviation-owner"), row.owner.as_str()),
        (lang.t("plan-deviation-proof"), one.proof.as_str()),
    ];
    html! {
        article.card.plan-deviation id={ "deviation-" (one.id) } {
            div.card-body.stack {
                div.cluster {
                    (severity(lang, one.severity))
                    strong { a href=(links::watch::deviation(slug, one.id)) { (one.title(lang.locale())) } }
                    @if row.overdue { (Badge::new(lang.t("plan-deviation-overdue"), Tone::Bad)) }
                    @if closed { (Badge::new(lang.term("deviation-state", "closed"), Tone::Good)) }
                }
                @if let Some((code, name)) = &row.task {
                    p { a href=(links::plan::task(slug, code)) { span.code { (code) } " " (name.get(lang.locale())) }
                        " · " (lang.with("plan-round", &[("round", i64::from(one.round).into())])) }
                }
                dl.definitions {
                    @for (label, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
                        dt { (label) } dd { (value) }
                    }
                    @if let Some(due) = one.due_on { dt { (lang.t("plan-deviation-due")) } dd { (lang.date(due)) } }
                }
                p.muted.small {
                    (lang.with("plan-deviation-opened", &[("name", row.opened_by.as_str().into()), ("at", lang.instant(one.opened_at, zone).into())]))
                    @if let Some(at) = one.closed_at {
                        " " (lang.with("plan-deviation-closed", &[("name", row.closed_by.as_str().into()), ("at", lang.instant(at, zone).into())]))
                    }
                }
                @if may_work && !closed {
                    details {
                        summary { (lang.t("plan-deviation-close")) }
                        form.form.narrow method="post" action=(links::watch::deviation_act(slug, one.id, "close")) {
                            div.field.wide {
                                label for={ "proof-" (one.id) } { (lang.t("plan-deviation-proof")) }
                                p.hint { (lang.t("plan-deviation-proof-hint")) }
                                textarea id={ "proof-" (one.id) } name="proof" rows="2" required maxlength="2000" {}
                            }
                            div.form-actions { (Button::submit(lang.t("plan-deviation-close"))) }
                        }
                    }
                }
            }
        }
    }
}

/// The form that opens a deviation.
pub(super) fn form(lang: Lang, action: &str, state: &FormState, team: &[Choice]) -> Markup {
    let fields = state.fields(lang);
    let severities = options(lang, "deviation-severity", Severity::ALL.iter().map(|one| one.code()));
    let inner = html! {
        @if !state.is_clean() { (fields.summary()) }
        form.form method="post" action=(action) {
            (fields.select("severity", "plan-deviation-severity", severities).required())
            (fields.text("title", "plan-deviation-title").required().max_length(200))
            (fields.textarea("cause", "plan-deviation-cause").rows(2))
            (fields.textarea("corrective_action", "plan-deviation-action").rows(2))
            (fields.select("owner", "plan-deviation-owner", team.to_vec()))
            (fields.date("due_on", "plan-deviation-due"))
            div.form-actions { (Button::submit(lang.t("plan-deviation-open")).plain()) }
        }
    };
    let open = html! { details open[!state.is_clean()] { summary { (lang.t("plan-deviation-open")) } (inner) } };
    card("", &html! {}, &open.render())
}
