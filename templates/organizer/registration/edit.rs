//! The form in which staff change a registration. A change made by somebody else is shown, not overwritten.

use domain::registration::{Category, Draft, Form as Asked, Registration};
use maud::{Markup, html};

use crate::{
    FormState, Lang, Shell, Tone,
    components::{Button, Icon, Questions, callout, definitions, options},
    links,
};

/// The change form.
pub struct EditPage<'a> {
    pub registration: &'a Registration,
    pub form: &'a FormState,
    /// What is asked.
    pub asked: &'a Asked,
    /// What was typed when somebody else's change came first.
    pub yours: Option<&'a Draft>,
}

impl EditPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let record = links::registration::record(slug, self.registration.id);
        let form = self.form.fields(lang);
        let questions = Questions { lang, asked: self.asked, home: "", staff: true };
        let body = html! {
            @if let Some(yours) = self.yours { (self.beside(lang, yours)) }
            form.form method="post" action=(links::registration::edit(slug, self.registration.id)) data-asking {
                (form.summary())
                (form.hidden("version"))
                (form.select("category", "registration-category", options(lang, "category", Category::ALL.iter().map(|c| c.code()))).required())
                (questions.render(form, false))
                (form.select("locale", "registration-language", options(lang, "locale", ["en", "zh-CN"])).required())
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), record.clone()))
                }
            }
        };
        shell
            .page(lang.t("registration-edit"))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(self.registration.details.display_name.clone(), record.clone())
            .body(&body)
    }

    fn beside(&self, lang: Lang, yours: &Draft) -> Markup {
        let stored = Draft::of(self.registration);
        let pairs = [
            ("register-family-name", &yours.family_name, &stored.family_name),
            ("register-given-name", &yours.given_name, &stored.given_name),
            ("party-other-script", &yours.other_name, &stored.other_name),
            ("registration-email", &yours.email, &stored.email),
            ("registration-phone", &yours.phone, &stored.phone),
            ("registration-company", &yours.company, &stored.company),
            ("registration-job-title", &yours.job_title, &stored.job_title),
        ];
        let different: Vec<_> = pairs
            .iter()
            .filter(|(_, mine, theirs)| mine != theirs)
            .map(|(key, mine, _)| (lang.t(key), html! { (mine) }))
            .collect();
        let body = html! { p { (lang.t("registration-yours")) } (definitions(&different)) };
        callout(Tone::Warn, &lang.t("registration-stale"), &body)
    }
}
