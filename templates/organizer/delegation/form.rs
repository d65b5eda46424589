//! The form of a group, new or changed.

use domain::registration::{
    Category,
    delegation::{Delegation, Kind},
};
use maud::{Markup, html};

use crate::{
    FormState, Shell,
    components::{Button, Icon, countries, options},
    links,
};

/// The form.
pub struct DelegationFormPage<'a> {
    /// The group that is changed; nothing for a new one.
    pub group: Option<&'a Delegation>,
    pub form: &'a FormState,
}

impl DelegationFormPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let form = self.form.fields(lang);
        let (action, back, title) = match self.group {
            Some(group) => {
                (links::delegation::edit(slug, group.id), links::delegation::record(slug, group.id), "delegation-edit")
            }
            None => (links::delegation::new(slug), links::delegation::home(slug), "delegation-new"),
        };
        let body = html! {
            form.form method="post" action=(action) {
                (form.summary())
                (form.hidden("version"))
                (form.radios("kind", "delegation-kind", options(lang, "delegation-kind", Kind::OPEN.iter().map(|k| k.code()))).value(Kind::Delegation.code()).required())
                (form.text("name", "delegation-name").required().max_length(160))
                (form.text("contact_name", "delegation-leader").required().max_length(120))
                (form.email("contact_email", "delegation-leader-email").required().hint("delegation-leader-email-hint"))
                (form.phone("contact_phone", "registration-phone"))
                (form.select("country", "registration-country", countries(lang, &["CN"])).required())
                (form.select("locale", "registration-language", options(lang, "locale", ["en", "zh-CN"])).value(lang.code()).required())
                (form.select("category", "delegation-category", options(lang, "category", Category::ALL.iter().map(|c| c.code()))).value(Category::TradeVisitor.code()).required())
                (form.number("quota", "delegation-quota").min(1).hint("delegation-quota-hint"))
                (form.textarea("note", "campaign-note").max_length(1000))
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), back.clone()))
                }
            }
        };
        shell
            .page(lang.t(title))
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("delegation-list"), links::delegation::home(slug))
            .body(&body)
    }
}
