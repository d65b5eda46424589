//! The company profile as the exhibitor edits it.

use domain::party::country;
use maud::{Markup, html};

use crate::{
    FormState, PortalShell,
    components::{Button, card, options},
    links,
};

/// The profile form.
pub struct ProfilePage<'a> {
    /// The form.
    pub form: &'a FormState,
}

impl ProfilePage<'_> {
    /// The page.
    pub fn render(&self, shell: &PortalShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let fields = html! {
            form.form method="post" action=(links::portal::profile()) {
                (form.summary())
                (form.hidden("version"))
                (form.text("name_en", "apply-company-en").max_length(200))
                (form.text("name_zh", "apply-company-zh").max_length(200))
                (form.select("country", "apply-country", options(lang, "country", country::ALL.iter().copied())).required()
                    .autocomplete("country"))
                (form.text("website", "apply-website").max_length(200).autocomplete("url"))
                (form.phone("phone", "exhibitor-phone"))
                div.form-actions {
                    (Button::submit(lang.t("venue-save")))
                    (Button::link(lang.t("venue-cancel"), links::portal::home()).ghost())
                }
            }
        };
        let body = html! { div.narrow-page.stack { (card("", &html! {}, &fields)) } };
        shell.page(lang.t("portal-profile-title")).crumb(lang.t("portal-home"), links::portal::home()).body(&body)
    }
}
