//! The record of a deviation: what it is, who is at it, what puts it right, how far it was escalated, what happened.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::journal::Entry;
use domain::plan::deviation::{DeviationState, nobody};
use domain::plan::escalation::Step;
use domain::plan::supervision::Action;
use domain::plan::view::DeviationRow;
use domain::plan::{Severity, TaskState};
use maud::{Markup, html};

use super::super::words;
use super::{Here, level, severity, source, views};
use crate::components::{Button, Choice, callout, card, facts, history, options};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// A form of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviationAct {
    /// Change severity, words, owner, day.
    Edit,
    /// Add a corrective action.
    Action,
    /// Close with proof.
    Close,
}

/// The record.
pub struct DeviationRecord<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The deviation with names.
    pub row: &'a DeviationRow,
    /// The place it is about.
    pub place: String,
    /// Its corrective actions.
    pub actions: &'a [Action],
    /// The next step of its escalation, and when.
    pub next: Option<(&'static Step, DateTime<Utc>)>,
    /// What happened.
    pub history: &'a [Entry],
    /// Where days begin.
    pub zone: Tz,
    /// Open deviations of the plan.
    pub open: u32,
    /// Members of the team.
    pub team: Vec<Choice>,
    /// The form that changes it, as it begins.
    pub edit: FormState,
    /// What was typed and refused.
    pub refused: Option<(DeviationAct, FormState)>,
    /// May work on it.
    pub may_work: bool,
}

impl DeviationRecord<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let one = &self.row.deviation;
        let open = one.state == DeviationState::Open;
        let main = html! {
            div.stack {
                // The form of what is refused may not be on the page any more.
                @if let (false, Some((_, state))) = (open, &self.refused) { (state.fields(lang).summary()) }
                (self.ready(lang))
                (card(&lang.t("plan-key-facts"), &html! {}, &self.facts(lang)))
                (self.corrective(lang, open))
                @if open && self.may_work { (self.close(lang)) (self.change(lang)) }
            }
        };
        let aside = html! {
            div.stack {
                (card(&lang.t("watch-escalation"), &html! {}, &self.escalation(lang)))
                (card(&lang.t("plan-history"), &html! {}, &history(lang, self.zone, self.history)))
            }
        };
        let subtitle = html! {
            (severity(lang, one.severity))
            @if open {
                @if self.row.overdue { (Badge::new(lang.t("plan-deviation-overdue"), Tone::Bad)) }
                @if one.level > 0 { (level(lang, one.level)) }
            } @else { (Badge::new(lang.term("deviation-state", "closed"), Tone::Good)) }
            span.muted { (source(lang, one.source)) }
        };
        shell
            .page(one.title(lang.locale()))
            .crumb(lang.t("plan-deviations"), links::watch::deviations(self.slug))
            .subtitle(subtitle)
            .tabs(views(lang, self.slug, Here::Deviations, self.open))
            .body(&html! { div.with-aside { (main) (aside) } })
    }

    /// Every corrective action is confirmed: what remains is the proof.
    fn ready(&self, lang: Lang) -> Markup {
        let confirmed = self.actions.iter().filter(|one| one.state == TaskState::Confirmed).count();
        if self.row.deviation.state == DeviationState::Closed
            || self.actions.is_empty()
            || confirmed < self.actions.len()
        {
            return html! {};
        }
        let words =
            html! { p { (lang.t("watch-ready-hint")) " " a href="#close" { (lang.t("plan-deviation-close")) } } };
        callout(Tone::Good, &lang.t("watch-ready"), &words)
    }

    fn facts(&self, lang: Lang) -> Markup {
        let one = &self.row.deviation;
        let text = |text: &str| html! { (text) };
        let task = self.row.task.as_ref().map_or_else(|| html! {}, |(code, name)| {
            html! { a href=(links::plan::task(self.slug, code)) { span.code { (code) } " " (name.get(lang.locale())) } }
        });
        let by = if one.opened_by == nobody() { lang.t("actor-system") } else { self.row.opened_by.clone() };
        let mut pairs = vec![
            (lang.t("plan-column-task"), task),
            (lang.t("plan-place"), text(&self.place)),
            (lang.t("plan-deviation-owner"), text(&self.row.owner)),
            (lang.t("plan-deviation-due"), html! { @if let Some(due) = one.due_on { (lang.date(due)) } }),
            (lang.t("plan-deviation-cause"), text(&one.cause)),
            (lang.t("plan-deviation-action"), text(&one.corrective_action)),
            (lang.t("watch-opened-at"), html! { (lang.instant(one.opened_at, self.zone)) " · " (by) }),
        ];
        if let Some(at) = one.closed_at {
            let system = one.closed_by == Some(nobody());
            let by = if system { lang.t("actor-system") } else { self.row.closed_by.clone() };
            let proof = if system { lang.term("watch-gone", one.source.code()) } else { one.proof.clone() };
            pairs.push((lang.t("watch-closed-at"), html! { (lang.instant(at, self.zone)) " · " (by) }));
            pairs.push((lang.t("plan-deviation-proof"), text(&proof)));
        }
        facts(&pairs)
    }

    fn corrective(&self, lang: Lang, open: bool) -> Markup {
        let state = self.state_of(DeviationAct::Action);
        let fields = state.fields(lang);
        let body = html! {
            @if self.actions.is_empty() { p.muted.card-pad { (lang.t("watch-actions-none")) } }
            @else {
                ul.rows {
                    @for action in self.actions {
                        li {
                            div.row-text {
                                a.cover href=(links::plan::task(self.slug, &action.code)) { span.code { (action.code) } " " (action.name.get(lang.locale())) }
                                p.cell-second {
                                    @if action.owner.is_empty() { (lang.t("plan-owner-none")) } @else { (action.owner) }
                                    @if let Some(deadline) = action.deadline { " · " (lang.with("today-until", &[("day", lang.moment(deadline, self.zone).into())])) }
                                }
                            }
                            (words::state(lang, action.state))
                        }
                    }
                }
            }
            @if open && self.may_work {
                details.card-pad open[!state.is_clean()] {
                    summary { (lang.t("watch-action-add")) }
                    @if !state.is_clean() { (fields.summary()) }
                    form.form method="post" action=(links::watch::deviation_act(self.slug, self.row.deviation.id, "actions")) {
                        (fields.text("name", "watch-action-name").required().max_length(200).wide())
                        (fields.select("owner", "plan-deviation-owner", self.team.clone()).required())
                        (fields.date("due_on", "plan-deviation-due").required())
                        div.form-actions { (Button::submit(lang.t("watch-action-add")).icon(Icon::Plus)) }
                    }
                }
            }
        };
        card(&lang.t("watch-actions"), &html! {}, &body)
    }

    fn close(&self, lang: Lang) -> Markup {
        let mut state = self.state_of(DeviationAct::Close);
        if state.is_clean() {
            let confirmed: Vec<String> = self
                .actions
                .iter()
                .filter(|one| one.state == TaskState::Confirmed)
                .map(|one| format!("{} {}", one.code, one.name.get(lang.locale())))
                .collect();
            if !confirmed.is_empty() {
                let proof = lang.with("watch-proof-confirmed", &[("tasks", lang.list(&confirmed).into())]);
                state = FormState::of(&std::collections::BTreeMap::from([("proof", proof)]));
            }
        }
        let fields = state.fields(lang);
        let body = html! {
            @if !state.is_clean() { (fields.summary()) }
            form.form.narrow method="post" action=(links::watch::deviation_act(self.slug, self.row.deviation.id, "close")) {
                (fields.textarea("proof", "plan-deviation-proof").hint("plan-deviation-proof-hint").rows(2).required().max_length(2000))
                div.form-actions { (Button::submit(lang.t("plan-deviation-close")).icon(Icon::Check)) }
            }
        };
        html! { div id="close" { (card(&lang.t("plan-deviation-close"), &html! {}, &body)) } }
    }

    fn change(&self, lang: Lang) -> Markup {
        let refused = self.refused.as_ref().filter(|(act, _)| *act == DeviationAct::Edit).map(|(_, state)| state);
        let state = refused.unwrap_or(&self.edit);
        let fields = state.fields(lang);
        let severities = options(lang, "deviation-severity", Severity::ALL.iter().map(|one| one.code()));
        let inner = html! {
            @if !state.is_clean() { (fields.summary()) }
            form.form method="post" action=(links::watch::deviation_act(self.slug, self.row.deviation.id, "edit")) {
                input type="hidden" name="version" value=(self.row.deviation.version);
                (fields.select("severity", "plan-deviation-severity", severities).required())
                (fields.text("title", "plan-deviation-title").required().max_length(200))
                (fields.select("owner", "plan-deviation-owner", self.team.clone()))
                (fields.date("due_on", "plan-deviation-due"))
                (fields.textarea("cause", "plan-deviation-cause").rows(2))
                (fields.textarea("corrective_action", "plan-deviation-action").rows(2))
                div.form-actions { (Button::submit(lang.t("component-save")).plain()) }
            }
        };
        let open = html! { details open[refused.is_some()] { summary { (lang.t("watch-change")) } (inner) } };
        card("", &html! {}, &open)
    }

    fn state_of(&self, act: DeviationAct) -> FormState {
        match &self.refused {
            Some((of, state)) if *of == act => state.clone(),
            _ => FormState::empty(),
        }
    }

    fn escalation(&self, lang: Lang) -> Markup {
        let one = &self.row.deviation;
        let steps = [(0, "owner"), (1, "lead"), (2, "manager"), (3, "director")];
        html! {
            ol.watch-ladder {
                @for (step, rung) in steps {
                    li class=[(step == one.level).then_some("is-here")] aria-current=[(step == one.level).then_some("step")] {
                        span.watch-rung { (lang.term("escalation-rung", rung)) }
                        @if step == one.level && step > 0 {
                            @if let Some(at) = one.level_at { span.muted.small { (lang.moment(at, self.zone)) } }
                        }
                    }
                }
            }
            @if let Some((step, at)) = self.next {
                p.muted.small.card-pad {
                    (lang.with("escalation-next", &[("rung", lang.term("escalation-rung", step.to.code()).into()), ("at", lang.moment(at, self.zone).into())]))
                }
            }
        }
    }
}

/// The callout on the page of a task that is a corrective action.
pub(in crate::organizer::plan) fn corrects(
    lang: Lang,
    slug: &str,
    one: &domain::plan::Deviation,
    confirmed: bool,
) -> Markup {
    let link = links::watch::deviation(slug, one.id);
    let open = one.state == DeviationState::Open;
    let words = html! {
        p { a href=(link.clone()) { (one.title(lang.locale())) } }
        @if confirmed && open { p { (Button::link(lang.t("plan-deviation-close"), link.anchor("close")).primary().small()) } }
    };
    let tone = if confirmed && open { Tone::Good } else { Tone::Info };
    callout(tone, &lang.t("watch-corrects"), &words)
}
