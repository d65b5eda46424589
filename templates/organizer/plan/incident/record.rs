//! A running incident: its clock, what is done first, its tasks, its log; made for a thumb.

use chrono_tz::Tz;
use domain::plan::contingency::Entry;
use domain::plan::incident::{Broken, IncidentState, Line};
use domain::plan::incident_view::IncidentPage;
use maud::{Markup, Render, html};

use super::super::words;
use super::list::number;
use super::{Here, book::deciders, clock, level, line_words, views};
use crate::components::{Button, callout, card, facts};
use crate::{Badge, FormState, Icon, Lang, Shell, Tone, links};

/// A form of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncidentAct {
    /// Write into the log.
    Note,
    /// The first action is done.
    FirstAction,
    /// Stand it down.
    StandDown,
}

/// The page.
pub struct IncidentRecord<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Everything about it.
    pub page: &'a IncidentPage,
    /// Its entry of the book.
    pub entry: &'a Entry,
    /// Where days begin.
    pub zone: Tz,
    /// What was typed and refused.
    pub refused: Option<(IncidentAct, FormState)>,
    /// May write and act.
    pub may_work: bool,
    /// May stand it down.
    pub decides: bool,
}

impl IncidentRecord<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let one = &self.page.row.incident;
        let open = one.state() == IncidentState::Open;
        let main = html! {
            div.stack {
                @if open || one.first_action_at.is_some() { div id="incident-first" data-fresh="10" { (self.first_action(lang)) } }
                (card(&lang.t("incident-tasks"), &html! {}, &self.tasks(lang)))
                (card(&lang.t("incident-log"), &self.sealed(lang), &self.log(lang)))
            }
        };
        let aside = html! {
            div.stack {
                @if open { (self.stand_down(lang)) }
                (card(&lang.t("incident-plan"), &html! {}, &self.facts(lang)))
            }
        };
        let state =
            Badge::new(lang.term("incident-state", one.state().code()), if open { Tone::Bad } else { Tone::Good });
        let summary =
            Button::link(lang.t("incident-summary"), links::watch::incident_act(self.slug, one.number, "summary"));
        shell
            .page(self.entry.hazard.get(lang.locale()))
            .crumb(lang.t("incident-all"), links::watch::incidents(self.slug))
            .subtitle(html! { (state) (level(lang, self.entry.level)) span { (number(lang, one.number)) } span { (one.place_name.get(lang.locale())) } })
            .actions(summary.icon(Icon::Printer))
            .tabs(views(lang, self.slug, Here::Incidents))
            .body(&html! { div.with-aside { (main) (aside) } })
    }

    fn first_action(&self, lang: Lang) -> Markup {
        let one = &self.page.row.incident;
        if let Some(at) = one.first_action_at {
            let late = one.first_action_due(self.entry).is_some_and(|due| at > due);
            let refused = self.state_of(IncidentAct::FirstAction);
            let words = html! {
                p { (self.entry.first_action.get(lang.locale())) }
                @if !refused.is_clean() { (refused.fields(lang).summary()) }
            };
            let after = super::face((at - one.declared_at).num_seconds());
            let title = lang.with("incident-first-action-done", &[("time", after.into())]);
            return callout(if late { Tone::Warn } else { Tone::Good }, &title, &words);
        }
        let state = self.state_of(IncidentAct::FirstAction);
        let due = one.first_action_due(self.entry);
        let body = html! {
            div.incident-first {
                (clock(lang, self.page.now, due, one.declared_at))
                p.incident-first-words { (self.entry.first_action.get(lang.locale())) }
                @if let Some(due) = due { p.muted { (lang.with("incident-until", &[("at", lang.clock(due, self.zone).into())])) } }
                @if self.may_work {
                    @if !state.is_clean() { (state.fields(lang).summary()) }
                    form method="post" action=(links::watch::incident_act(self.slug, one.number, "first-action")) {
                        button.button.primary.incident-done type="submit" { (Icon::Check) span { (lang.t("incident-first-action-press")) } }
                    }
                }
            }
        };
        card(&lang.t("incident-first-action"), &html! {}, &body)
    }

    fn tasks(&self, lang: Lang) -> Markup {
        html! {
            ul.rows id="incident-tasks" data-fresh="10" {
                @for task in &self.page.tasks {
                    li {
                        div.row-text {
                            a.cover href=(links::plan::task(self.slug, &task.code)) { (task.name.get(lang.locale())) }
                            p.cell-second {
                                span.code { (task.code) } " · "
                                @if task.owner.is_empty() { (lang.term("plan-function", task.role.code())) } @else { (task.owner) }
                                " · " (lang.with("incident-until", &[("at", lang.time(task.due, self.zone).into())]))
                            }
                        }
                        (words::state(lang, task.state))
                    }
                }
            }
        }
    }

    fn sealed(&self, lang: Lang) -> Markup {
        match self.page.broken {
            None => Badge::new(lang.t("incident-log-whole"), Tone::Good).icon(Icon::Lock).render(),
            Some(_) => Badge::new(lang.t("incident-log-broken"), Tone::Bad).marked().render(),
        }
    }

    fn log(&self, lang: Lang) -> Markup {
        let state = self.state_of(IncidentAct::Note);
        let fields = state.fields(lang);
        let one = &self.page.row.incident;
        html! {
            @if let Some(broken) = self.page.broken { (callout(Tone::Bad, &lang.t("incident-log-broken"), &html! { p { (broken_words(lang, broken)) } })) }
            @if self.may_work {
                @if !state.is_clean() { (fields.summary()) }
                form.incident-note.card-pad method="post" action=(links::watch::incident_act(self.slug, one.number, "notes")) {
                    (fields.textarea("text", "incident-note-text").rows(2).required().max_length(2000))
                    (Button::submit(lang.t("incident-note-add")).icon(Icon::Send))
                }
            }
            ol.incident-log id="incident-log" data-fresh="10" { @for line in self.page.log.iter().rev() { (self.line(lang, line)) } }
        }
    }

    fn line(&self, lang: Lang, line: &Line) -> Markup {
        html! {
            li {
                p.incident-line-head {
                    time { (lang.clock(line.at, self.zone)) }
                    span { @if line.by.is_none() { (lang.t("actor-system")) } @else { (line.by_name) } }
                    span.incident-seal title=(line.seal) { "#" (line.seq) " " (line.seal.get(..8).unwrap_or_default()) }
                }
                p { (line_words(lang, line)) }
            }
        }
    }

    fn stand_down(&self, lang: Lang) -> Markup {
        let one = &self.page.row.incident;
        if !self.decides {
            let refused = self.state_of(IncidentAct::StandDown);
            let words = html! { (refused.fields(lang).summary()) p.card-pad { (lang.with("incident-stand-down-who", &[("who", deciders(lang, self.entry).into())])) } p.card-pad { strong { (self.entry.stand_down.get(lang.locale())) } } };
            return card(&lang.t("incident-stand-down"), &html! {}, &words);
        }
        let state = self.state_of(IncidentAct::StandDown);
        let fields = state.fields(lang);
        let body = html! {
            @if !state.is_clean() { (fields.summary()) }
            form.form.narrow method="post" action=(links::watch::incident_act(self.slug, one.number, "stand-down")) {
                label.choice.wide {
                    input id="field-met" type="checkbox" name="met" value="yes" required;
                    span { (lang.with("incident-criterion-met", &[("criterion", self.entry.stand_down.get(lang.locale()).into())])) }
                }
                (fields.textarea("text", "incident-criterion-by").rows(2).required().max_length(2000).within("down"))
                div.form-actions { (Button::submit(lang.t("incident-stand-down")).icon(Icon::Check)) }
            }
        };
        card(&lang.t("incident-stand-down"), &html! {}, &body)
    }

    fn facts(&self, lang: Lang) -> Markup {
        let (one, locale) = (&self.page.row.incident, lang.locale());
        let text = |text: &str| html! { (text) };
        let mut pairs = vec![
            (lang.t("incident-declared-at"), text(&lang.instant(one.declared_at, self.zone))),
            (lang.t("incident-declared-by"), text(&self.page.row.declared_by)),
            (lang.t("plan-place"), text(one.place_name.get(locale))),
            (lang.t("incident-note"), text(&one.note)),
            (lang.t("incident-decision-owner"), text(&deciders(lang, self.entry))),
            (lang.t("incident-stand-down-when"), text(self.entry.stand_down.get(locale))),
        ];
        if let Some(at) = one.over_at {
            pairs.push((lang.t("incident-over-at"), text(&lang.instant(at, self.zone))));
        }
        let entry = html! { a href=(links::watch::entry(self.slug, &self.entry.code)) { (self.entry.code) } };
        pairs.push((lang.t("incident-book"), entry));
        facts(&pairs)
    }

    fn state_of(&self, act: IncidentAct) -> FormState {
        match &self.refused {
            Some((of, state)) if *of == act => state.clone(),
            _ => FormState::empty(),
        }
    }
}

/// What is wrong with a log, in words.
pub(super) fn broken_words(lang: Lang, broken: Broken) -> String {
    match broken {
        Broken::Line(seq) => lang.with("incident-broken-line", &[("line", seq.into())]),
        Broken::End { found, wanted } => {
            lang.with("incident-broken-end", &[("found", found.into()), ("wanted", wanted.into())])
        }
    }
}
