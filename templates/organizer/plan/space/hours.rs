//! What open hours at a place would move, and the question whether they shall hold.

use domain::plan::PlanCalendar;
use domain::plan::space::Spot;
use domain::plan::view::Preview;
use maud::{Markup, html};

use super::super::preview::effect;
use crate::components::{Button, callout};
use crate::{Icon, Shell, Tone, links};

/// The effect of open hours.
pub struct HoursPage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The place.
    pub spot: &'a Spot,
    /// The calendar that shall hold there; nothing when its hours are taken from it.
    pub calendar: Option<&'a PlanCalendar>,
    /// Revision of the plan the effect was computed on.
    pub revision: i32,
    /// The effect.
    pub preview: &'a Preview,
    /// Somebody changed the plan in between.
    pub stale: bool,
}

impl HoursPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let named = self.spot.name.get(lang.locale());
        let place = if named.is_empty() { self.spot.code.as_str() } else { named };
        let words = match self.calendar {
            Some(calendar) => lang.with(
                "space-hours-ask",
                &[("place", place.into()), ("calendar", calendar.name.get(lang.locale()).into())],
            ),
            None => lang.with("space-hours-ask-none", &[("place", place.into())]),
        };
        let body = html! {
            div.stack {
                @if self.stale {
                    @let words = html! { p { (lang.t("plan-preview-stale")) } };
                    (callout(Tone::Warn, "", &words))
                }
                p { (words) }
                (effect(lang, self.slug, self.preview))
                form.form method="post" action=(links::space::act(self.slug, self.spot.id, "hours")) {
                    input type="hidden" name="calendar" value=(self.calendar.map_or("", |one| one.code.as_str()));
                    input type="hidden" name="revision" value=(self.revision);
                    div.form-actions {
                        (Button::submit(lang.t("plan-accept")).value("act", "accept").icon(Icon::Check))
                        (Button::link(lang.t("component-back"), links::space::place(self.slug, self.spot.id)))
                    }
                }
            }
        };
        shell
            .page(lang.t("space-hours"))
            .subtitle(place)
            .crumb(lang.t("plan-title"), links::plan::home(self.slug))
            .crumb(place, links::space::place(self.slug, self.spot.id))
            .body(&body)
    }
}
