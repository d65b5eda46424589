//! What can be done at a place: set its state, answer its check list, close and open it, set its limits.

use chrono::{DateTime, Utc};
use domain::CalendarId;
use domain::plan::PlanCalendar;
use domain::plan::space::view::PlaceView;
use domain::plan::space::{PlaceState, StateFact, Unit, machine};
use maud::{Markup, html};
use std::collections::BTreeMap;

use crate::components::{Button, Choice, card, options};
use crate::{FormState, Icon, Lang, links};

/// An act at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceAct {
    /// Set a state.
    State,
    /// Answer a line of the check list.
    Check,
    /// Close it.
    Close,
    /// Open it again.
    Open,
    /// Set its limits.
    Limits,
    /// Set its open hours.
    Hours,
    /// Take a state back.
    Revoke,
}

/// The forms of one place.
pub struct PlaceForms<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The place.
    pub view: &'a PlaceView,
    /// The act that was refused, with what was typed.
    pub refused: Option<(PlaceAct, FormState)>,
    /// Now.
    pub now: DateTime<Utc>,
    /// May set and take back states, close and open.
    pub may_set: bool,
    /// May answer the check list.
    pub may_check: bool,
    /// May change places.
    pub may_limit: bool,
    /// May change the plan.
    pub may_plan: bool,
    /// The calendars of the plan.
    pub calendars: &'a [PlanCalendar],
    /// The calendar of its own open hours.
    pub hours: Option<CalendarId>,
    /// The limits as they are, as a form.
    pub limits: FormState,
}

impl PlaceForms<'_> {
    fn state(&self, act: PlaceAct) -> FormState {
        match &self.refused {
            Some((refused, state)) if *refused == act => state.clone(),
            _ => FormState::empty(),
        }
    }

    pub(super) fn render(&self, lang: Lang) -> Markup {
        let closed = self.view.standing.suspended.is_some();
        html! {
            @if self.may_set && !closed { (self.set(lang)) }
            @if self.may_check && !self.view.checks.is_empty() { (self.check(lang)) }
            @if self.may_set { @if closed { (self.open(lang)) } @else { (self.close(lang)) } }
            @if self.may_plan { (self.hours(lang)) }
            @if self.may_limit { (self.limits(lang)) }
        }
    }

    fn act(&self, act: &str) -> crate::Href {
        links::space::act(self.slug, self.view.spot.id, act)
    }

    /// States that may follow now first; the others after them, for who leads the plan.
    fn set(&self, lang: Lang) -> Markup {
        let state = self.state(PlaceAct::State);
        let known = machine(self.view.spot.kind);
        let latest = self.view.standing.latest;
        let (next, other): (Vec<PlaceState>, Vec<PlaceState>) =
            known.rungs().iter().map(|rung| rung.state).partition(|state| known.allows(latest, *state));
        let mut choices = options(lang, "place-state", next.iter().map(|state| state.code()));
        choices.extend(other.iter().map(|state| {
            let word = lang.term("place-state", state.code());
            Choice::new(state.code(), lang.with("space-out-of-turn", &[("state", word.into())]))
        }));
        let inner = html! {
            form.form method="post" enctype="multipart/form-data" action=(self.act("state")) {
                (state.fields(lang).select("state", "space-state", choices).required())
                (state.fields(lang).textarea("note", "space-note").hint("space-note-hint").rows(2))
                (state.fields(lang).file("file", "plan-evidence").hint("plan-evidence-hint"))
                div.form-actions { (Button::submit(lang.t("space-set"))) }
            }
        };
        card(&lang.t("space-act-state"), &html! {}, &inner)
    }

    fn check(&self, lang: Lang) -> Markup {
        let state = self.state(PlaceAct::Check);
        let items = self.view.checks.iter();
        let items: Vec<Choice> =
            items.map(|(item, _)| Choice::new(item.code.clone(), item.name.get(lang.locale()))).collect();
        let answers =
            vec![Choice::new("yes", lang.t("space-check-passed")), Choice::new("no", lang.t("space-check-failed"))];
        let inner = html! {
            form.form method="post" enctype="multipart/form-data" action=(self.act("check")) {
                (state.fields(lang).select("item", "space-check-item", items).required())
                (state.fields(lang).radios("passed", "space-check-result", answers).required())
                (state.fields(lang).textarea("remark", "space-check-note").hint("space-check-note-hint").rows(2))
                (state.fields(lang).file("certificate", "plan-evidence").hint("plan-evidence-hint"))
                div.form-actions { (Button::submit(lang.t("space-check-keep")).icon(Icon::Check)) }
            }
        };
        card(&lang.t("space-act-check"), &html! {}, &inner)
    }

    fn close(&self, lang: Lang) -> Markup {
        let state = self.state(PlaceAct::Close);
        let inner = html! {
            p.muted { (lang.t("space-close-hint")) }
            form.form method="post" action=(self.act("close")) {
                (state.fields(lang).text("why", "space-close-why").required().max_length(500))
                (state.fields(lang).datetime("until", "space-close-until").hint("space-close-until-hint"))
                div.form-actions { (Button::submit(lang.t("space-close")).danger().icon(Icon::Lock)) }
            }
        };
        card(&lang.t("space-act-close"), &html! {}, &inner)
    }

    fn open(&self, lang: Lang) -> Markup {
        let state = self.state(PlaceAct::Open);
        let inner = html! {
            form.form method="post" action=(self.act("open")) {
                (state.fields(lang).text("why", "space-open-why").required().max_length(500))
                div.form-actions { (Button::submit(lang.t("space-open")).icon(Icon::Door)) }
            }
        };
        card(&lang.t("space-act-open"), &html! {}, &inner)
    }

    /// Open hours: a calendar of the plan, whose effect is shown before it holds.
    fn hours(&self, lang: Lang) -> Markup {
        let now = self.calendars.iter().find(|one| Some(one.id) == self.hours).map_or("", |one| one.code.as_str());
        let state = match &self.refused {
            Some((PlaceAct::Hours, state)) => state.clone(),
            _ => FormState::of(&BTreeMap::from([("calendar", now)])),
        };
        let choices: Vec<Choice> = std::iter::once(Choice::new("", lang.t("space-hours-none")))
            .chain(self.calendars.iter().map(|one| Choice::new(one.code.clone(), one.name.get(lang.locale()))))
            .collect();
        let inner = html! {
            p.muted { (lang.t("space-hours-hint")) }
            @if self.calendars.is_empty() {
                (Button::link(lang.t("calendar-title"), links::plan::calendars(self.slug)))
            } @else {
                form.form method="post" action=(self.act("hours")) {
                    (state.fields(lang).select("calendar", "plan-column-calendar", choices))
                    div.form-actions { (Button::submit(lang.t("plan-preview")).plain().icon(Icon::Eye)) }
                }
            }
        };
        card(&lang.t("space-hours"), &html! {}, &inner)
    }

    fn limits(&self, lang: Lang) -> Markup {
        let state = match &self.refused {
            Some((PlaceAct::Limits, state)) => state.clone(),
            _ => self.limits.clone(),
        };
        let number = |unit: Unit, label: &str| {
            state.fields(lang).number(unit.code(), label).unit(lang.term("space-unit", unit.code())).step("0.01").min(0)
        };
        let inner = html! {
            form.form method="post" action=(self.act("limits")) {
                (number(Unit::Persons, "space-capacity-persons"))
                (number(Unit::Area, "space-capacity-m2"))
                (number(Unit::Power, "space-capacity-kw"))
                (number(Unit::Trucks, "space-capacity-trucks-h"))
                (number(Unit::Load, "space-capacity-kg-m2"))
                (state.fields(lang).text("over", "space-over").hint("space-over-hint"))
                div.form-actions { (Button::submit(lang.t("venue-save")).plain()) }
            }
        };
        card(&lang.t("space-act-limits"), &html! {}, &inner)
    }

    /// Taking a state back, behind a fold: it stops what needs the state.
    pub(super) fn revoke(&self, lang: Lang, fact: &StateFact) -> Markup {
        if fact.state == PlaceState::Suspended {
            return html! {};
        }
        html! {
            details {
                summary { (lang.t("space-revoke")) }
                form.form.narrow method="post" action=(links::space::revoke(self.slug, self.view.spot.id, fact.id)) {
                    // Several of these stand on one page: the label is spoken, not tied by an id.
                    div.field {
                        input type="text" name="reason" required maxlength="500" aria-label=(lang.t("space-revoke-why")) placeholder=(lang.t("space-revoke-why"));
                    }
                    div.form-actions { (Button::submit(lang.t("space-revoke")).danger().small()) }
                }
            }
        }
    }
}
