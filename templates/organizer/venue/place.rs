//! A place's form: new or changed.

use domain::{Bilingual, PlaceId, journal, venue::PlaceKind};
use maud::{Markup, html};

use crate::{
    FormState, Shell,
    components::{Button, Choice, card, history, options},
    links,
};

/// A place, new or known.
pub struct PlacePage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The place, unless it is new.
    pub place: Option<(PlaceId, Bilingual)>,
    /// The form.
    pub form: &'a FormState,
    /// Places it may lie in.
    pub parents: &'a [(PlaceId, String)],
    /// What happened to it.
    pub timeline: &'a [journal::Entry],
    /// The venue's zone.
    pub zone: chrono_tz::Tz,
    /// Whether the viewer may change it.
    pub may_edit: bool,
}

impl PlacePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let title = match &self.place {
            Some((_, name)) => name.get(lang.locale()).to_owned(),
            None => lang.t("venue-new-place"),
        };
        let to = match &self.place {
            Some((id, _)) => links::venue::place(self.slug, *id),
            None => links::venue::places(self.slug),
        };
        let body = html! {
            (card("", &html! {}, &html! {
                form.form method="post" action=(to) { (self.fields(shell)) }
            }))
            @if self.place.is_some() {
                (card(&lang.t("venue-history"), &html! {}, &history(lang, self.zone, self.timeline)))
            }
        };
        shell.page(title).crumb(lang.t("venue-title"), links::venue::home(self.slug)).body(&body)
    }

    fn fields(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let parents: Vec<Choice> = std::iter::once(Choice::new("", lang.t("venue-no-parent")))
            .chain(self.parents.iter().map(|(id, name)| Choice::new(id.to_string(), name)))
            .collect();
        // Stands have a form of their own: they are sold, not only drawn.
        let kinds = PlaceKind::ALL.iter().filter(|kind| **kind != PlaceKind::Stand).map(|kind| kind.code());
        html! {
            (form.summary())
            (form.hidden("version"))
            (form.select("kind", "venue-place-kind", options(lang, "place-kind", kinds)).required())
            (form.select("parent", "venue-parent", parents))
            (form.text("code", "venue-code").required().max_length(20))
            (form.text("name_en", "venue-name-en").max_length(120))
            (form.text("name_zh", "venue-name-zh").max_length(120))
            (form.number("area", "venue-area").unit("m²").step("0.01").min(0))
            (form.number("capacity", "venue-capacity").min(0))
            fieldset.wide {
                legend { (lang.t("venue-rect")) }
                p.hint { (lang.t("venue-rect-hint")) }
                div.quad {
                    (form.number("x", "venue-x").unit("m").step("0.01").min(0))
                    (form.number("y", "venue-y").unit("m").step("0.01").min(0))
                    (form.number("w", "venue-w").unit("m").step("0.01").min(0))
                    (form.number("h", "venue-h").unit("m").step("0.01").min(0))
                }
            }
            @if self.may_edit {
                div.form-actions {
                    (Button::submit(lang.t("venue-save")))
                    (Button::link(lang.t("venue-cancel"), links::venue::home(self.slug)).ghost())
                }
            }
        }
    }
}
