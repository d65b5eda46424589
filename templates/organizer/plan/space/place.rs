//! One place in the plan: its state and why it is, or is not, established; its check list; who is
//! there when; what was recorded.

use chrono_tz::Tz;
use domain::journal;
use domain::plan::space::decide;
use domain::plan::space::view::{Booking, PlaceView};
use domain::plan::space::{Space, StateFact, Unit};
use maud::{Markup, Render, html};

use super::place_forms::PlaceForms;
use super::words;
use crate::components::{Col, Table, callout, card, cell_lines, facts, history};
use crate::{Badge, Icon, Lang, Shell, Tone, links};

/// One place of the plan.
pub struct PlacePage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// Where days begin.
    pub zone: Tz,
    /// The place.
    pub view: &'a PlaceView,
    /// All places, for the words of what is lacking.
    pub space: &'a Space,
    /// Names of people by id.
    pub person: &'a dyn Fn(domain::UserId) -> String,
    /// What can be done.
    pub forms: PlaceForms<'a>,
    /// Everything that happened.
    pub history: &'a [journal::Entry],
}

impl PlacePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let view = self.view;
        let body = html! {
            (self.notes(lang))
            div.with-aside {
                div.stack {
                    (card(&lang.t("plan-key-facts"), &html! {}, &self.facts(lang)))
                    (self.established(lang))
                    (self.checks(lang))
                    (self.bookings(lang))
                    (self.states(lang))
                    (card(&lang.t("plan-history"), &html! {}, &history(lang, self.zone, self.history)))
                }
                div.stack { (self.forms.render(lang)) }
            }
        };
        let name = view.spot.name.get(lang.locale());
        let title = if name.is_empty() { view.spot.code.clone() } else { name.to_owned() };
        let subtitle = html! {
            div.cluster {
                (words::state(lang, view.state, view.standing.suspended.is_some()))
                @if view.lacks.as_ref().is_some_and(Vec::is_empty) { (Badge::new(lang.term("place-state", "established"), Tone::Good).icon(Icon::Shield)) }
                span.muted {
                    (lang.term("place-kind", view.spot.kind.code()))
                    @for (id, name) in &view.above { " · " a href=(links::space::place(self.slug, *id)) { (name.get(lang.locale())) } }
                }
            }
        };
        shell
            .page(title)
            .subtitle(subtitle)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(lang.t("plan-space"), links::space::chart(self.slug))
            .wide()
            .body(&body)
    }

    fn notes(&self, lang: Lang) -> Markup {
        let closed = self.view.standing.suspended.as_ref();
        html! {
            @if let Some((_, state)) = &self.forms.refused { (state.fields(lang).summary()) }
            @if let Some(closed) = closed {
                @let since = lang.instant(closed.since, self.zone);
                @let words = html! { p {
                    @match closed.until {
                        Some(until) => (lang.with("space-closed-until", &[("since", since.into()), ("until", lang.instant(until, self.zone).into())])),
                        None => (lang.with("space-closed-since", &[("since", since.into())])),
                    }
                } };
                (callout(Tone::Bad, &lang.term("place-state", "suspended"), &words))
            }
        }
    }

    fn facts(&self, lang: Lang) -> Markup {
        let view = self.view;
        let text = |text: String| html! { (text) };
        let mut pairs: Vec<(String, Markup)> = vec![
            (lang.t("venue-code"), html! { span.code { (view.spot.code) } }),
            (lang.t("space-since"), html! { @if let Some(at) = view.standing.since { (lang.instant(at, self.zone)) } }),
        ];
        let held: Vec<String> =
            view.standing.states.list().map(|state| lang.term("place-state", state.code())).collect();
        pairs.push((lang.t("space-holds"), text(lang.list(&held))));
        for unit in Unit::ALL {
            if let Some(amount) = view.spot.capacity[unit.slot()] {
                pairs.push((lang.term("space-capacity", unit.code()), text(words::quantity(lang, amount, *unit))));
            }
        }
        // Its own hours, or those of the place around it that has some.
        if let Some((place, calendar)) = self.space.hours_at(view.spot.id) {
            let name = self.forms.calendars.iter().find(|one| one.id == calendar).map(|one| &one.name);
            let name = name.map_or("", |name| name.get(lang.locale()));
            let around = view.above.iter().find(|(id, _)| *id == place);
            pairs.push((lang.t("space-hours"), html! {
                (name)
                @if let Some((id, place)) = around { " · " a href=(links::space::place(self.slug, *id)) { (place.get(lang.locale())) } }
            }));
        }
        let over: Vec<String> = view.over.iter().map(|(_, name, _)| name.get(lang.locale()).to_owned()).collect();
        pairs.push((lang.t("space-over"), text(lang.list(&over))));
        facts(&pairs)
    }

    fn established(&self, lang: Lang) -> Markup {
        let (Some(lacks), Some(at)) = (&self.view.lacks, self.space.tree.find(self.view.spot.id)) else {
            return html! {};
        };
        let role = lang.term("plan-function", domain::plan::space::checklist::responsible(self.view.spot.kind).code());
        let body = html! {
            @if lacks.is_empty() { p { (Icon::CheckCircle) " " (lang.t("space-established-yes")) } }
            @else {
                p { (lang.t("space-established-no")) }
                ul.plan-unmet { @for lack in lacks { li { (lang.refusal(&decide::refusal(self.space, at, lack))) } } }
            }
            p.muted.small { (lang.with("space-established-by", &[("role", role.into())])) }
        };
        card(&lang.term("place-state", "established"), &html! {}, &body)
    }

    fn checks(&self, lang: Lang) -> Markup {
        if self.view.checks.is_empty() {
            return html! {};
        }
        let cols = vec![
            Col::main(lang.t("space-check-item")),
            Col::new(lang.t("plan-column-role")),
            Col::tight(lang.t("space-check-result")),
            Col::tight(lang.t("space-check-valid")),
        ];
        let mut table = Table::new(lang.t("space-checks"), cols);
        for (item, answer) in &self.view.checks {
            let second = if item.mandatory { lang.t("space-check-mandatory") } else { lang.t("space-check-optional") };
            let expired = answer.as_ref().and_then(|one| one.expires_at).is_some_and(|at| at <= self.forms.now);
            let result = match answer {
                None => Badge::new(lang.t("space-check-open"), Tone::Neutral),
                Some(one) if !one.passed => Badge::new(lang.t("space-check-failed"), Tone::Bad).marked(),
                Some(_) if expired => Badge::new(lang.t("space-check-expired"), Tone::Warn).marked(),
                Some(_) => Badge::new(lang.t("space-check-passed"), Tone::Good).marked(),
            };
            table.row(vec![
                cell_lines(item.name.get(lang.locale()), &second),
                html! { (lang.term("plan-function", item.role.code())) },
                html! {
                    (result)
                    @if let Some(one) = answer {
                        span.cell-second { (one.by.map(|by| (self.person)(by)).unwrap_or_default()) " · " (lang.moment(one.at, self.zone)) }
                        @if !one.note.is_empty() { span.cell-second { (one.note) } }
                        @if let Some(document) = one.document { a href=(links::plan::document(self.slug, document)) { (lang.t("plan-evidence")) } }
                    }
                },
                html! { @if let Some(at) = answer.as_ref().and_then(|one| one.expires_at) { (lang.moment(at, self.zone)) } },
            ]);
        }
        card(&lang.t("space-checks"), &html! {}, &table.render())
    }

    fn bookings(&self, lang: Lang) -> Markup {
        let cols = vec![
            Col::tight(lang.t("plan-column-code")),
            Col::main(lang.t("plan-column-task")),
            Col::tight(lang.t("space-mode")),
            Col::tight(lang.t("space-taken")),
            Col::tight(lang.t("space-needs")),
            Col::tight(lang.t("space-produces")),
            Col::tight(lang.t("plan-state")),
        ];
        let mut table = Table::new(lang.t("space-bookings"), cols);
        let word = |state: Option<domain::plan::space::PlaceState>| {
            state.map(|state| lang.term("place-state", state.code())).unwrap_or_default()
        };
        for one in &self.view.bookings {
            let Booking { code, name, mode, taken, quantity, .. } = one;
            table.row(vec![
                html! { a.code href=(links::plan::task(self.slug, code)) { (code) } },
                html! { (name.get(lang.locale())) @if let Some(kind) = one.conflict { " " (words::kind(lang, kind)) } },
                html! { (words::mode(lang, *mode)) span.cell-second { (words::quantity(lang, quantity.0, quantity.1)) } },
                html! { (words::span(lang, taken.0, taken.1)) },
                html! { (word(one.needs)) },
                html! { (word(one.produces)) },
                html! { (lang.term("task-state", one.state.code())) },
            ]);
        }
        let body = html! {
            @if self.view.bookings.is_empty() { p.muted { (lang.t("space-bookings-none")) } } @else { (table) }
        };
        card(&lang.t("space-bookings"), &html! {}, &body)
    }

    fn states(&self, lang: Lang) -> Markup {
        if self.view.facts.is_empty() {
            return html! {};
        }
        let line = |fact: &StateFact| {
            let who = fact.by.map(|by| (self.person)(by)).unwrap_or_default();
            html! {
                li.plan-report {
                    div.cluster {
                        strong { (lang.term("place-state", fact.state.code())) }
                        span.muted.small { (who) " · " (lang.instant(fact.at, self.zone)) }
                        @if fact.ended_at.is_some() { (Badge::new(lang.t("space-taken-back"), Tone::Warn)) }
                    }
                    @if !fact.note.is_empty() { p { (fact.note) } }
                    @if let Some(document) = fact.document { p { a href=(links::plan::document(self.slug, document)) { (lang.t("plan-evidence")) } } }
                    @if let Some(at) = fact.ended_at {
                        p.muted.small {
                            (lang.instant(at, self.zone)) " · " (fact.ended_by.map(|by| (self.person)(by)).unwrap_or_default())
                            @if !fact.ended_note.is_empty() { " · " (fact.ended_note) }
                        }
                    } @else if self.forms.may_set { (self.forms.revoke(lang, fact)) }
                }
            }
        };
        let list = html! { ol.plan-reports { @for fact in &self.view.facts { (line(fact)) } } };
        card(&lang.t("space-states"), &html! {}, &list.render())
    }
}
