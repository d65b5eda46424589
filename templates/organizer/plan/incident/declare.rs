//! Declaring an incident on a phone, with one hand, in three taps: the hazard, the place, declare. Every step is a
//! page of its own, so it works without script and with a bad network.

use domain::plan::contingency::{Entry, Level, book};
use domain::{Bilingual, PlaceId};
use maud::{Markup, html};

use super::level;
use crate::components::{Button, callout};
use crate::{FormState, Icon, Lang, Shell, Tone, links};

/// A place to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceChoice {
    /// The place.
    pub id: PlaceId,
    /// Its name.
    pub name: Bilingual,
    /// Code of its kind.
    pub kind: &'static str,
}

/// The page, at one of its three steps.
pub struct DeclarePage<'a> {
    /// Slug of the edition.
    pub slug: &'a str,
    /// The hazard, once chosen.
    pub hazard: Option<&'a Entry>,
    /// The place, once chosen.
    pub place: Option<&'a PlaceChoice>,
    /// Places where the hazard can happen.
    pub places: &'a [PlaceChoice],
    /// What was typed and refused.
    pub form: FormState,
}

impl DeclarePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let (step, body) = match (self.hazard, self.place) {
            (None, _) => (1, self.hazards(lang)),
            (Some(entry), None) if !entry.places.is_empty() => (2, self.place_list(lang, entry)),
            (Some(entry), place) => (3, self.last(lang, entry, place)),
        };
        let key = ["incident-step-hazard", "incident-step-place", "incident-step-declare"][step - 1];
        let count = lang.with("incident-step", &[("step", step.into()), ("of", 3.into())]);
        shell
            .page(lang.t(key))
            .crumb(lang.t("incident-all"), links::watch::incidents(self.slug))
            .subtitle(html! { span.muted { (count) } })
            .body(&html! { div.incident-declare { (body) } })
    }

    fn hazards(&self, lang: Lang) -> Markup {
        html! {
            @for stake in Level::ALL {
                h2.incident-stake { (lang.term("incident-level", stake.code())) }
                ul.incident-grid {
                    @for entry in book().iter().filter(|entry| entry.level == *stake) {
                        li {
                            a class={ "incident-tap " (tone(entry.level).class()) } href=(links::watch::declare(self.slug).query(&[("hazard", entry.code.as_str())])) {
                                span.incident-tap-name { (entry.hazard.get(lang.locale())) }
                                span.incident-tap-hint { (entry.trigger.get(lang.locale())) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn place_list(&self, lang: Lang, entry: &Entry) -> Markup {
        html! {
            p.incident-chosen { (level(lang, entry.level)) " " strong { (entry.hazard.get(lang.locale())) } }
            ul.incident-grid.two {
                @for place in self.places {
                    @let id = place.id.to_string();
                    li {
                        a.incident-tap.tone-neutral href=(links::watch::declare(self.slug).query(&[("hazard", entry.code.as_str()), ("place", id.as_str())])) {
                            span.incident-tap-name { (place.name.get(lang.locale())) }
                            span.incident-tap-hint { (lang.term("place-kind", place.kind)) }
                        }
                    }
                }
            }
            p { (Button::link(lang.t("incident-other-hazard"), links::watch::declare(self.slug)).ghost().icon(Icon::ArrowLeft)) }
        }
    }

    fn last(&self, lang: Lang, entry: &Entry, place: Option<&PlaceChoice>) -> Markup {
        let locale = lang.locale();
        let fields = self.form.fields(lang);
        let id = place.map(|place| place.id.to_string()).unwrap_or_default();
        html! {
            @if !self.form.is_clean() { (fields.summary()) }
            form.incident-last method="post" action=(links::watch::declare(self.slug)) {
                input type="hidden" name="hazard" value=(entry.code);
                input type="hidden" name="place" value=(id);
                p.incident-chosen {
                    (level(lang, entry.level)) " " strong { (entry.hazard.get(locale)) }
                    @if let Some(place) = place { br; (Icon::MapPin) " " (place.name.get(locale)) }
                }
                (callout(Tone::Warn, &lang.t("incident-first-action"), &html! {
                    p { strong { (entry.first_action.get(locale)) } }
                    @if let Some(minutes) = entry.limit_minutes { p { (lang.with("incident-within", &[("time", lang.minutes(minutes).into())])) } }
                }))
                button.button.incident-go type="submit" { (Icon::Zap) span { (lang.t("incident-declare")) } }
                (fields.text("note", "incident-note").hint("incident-note-hint").max_length(500).wide())
            }
            p { (Button::link(lang.t("incident-other-hazard"), links::watch::declare(self.slug)).ghost().icon(Icon::ArrowLeft)) }
        }
    }
}

fn tone(level: Level) -> Tone {
    match level {
        Level::L1 => Tone::Bad,
        Level::L2 => Tone::Warn,
        Level::L3 => Tone::Info,
    }
}
