//! Changing the address: asked for on the own page, confirmed from the new address.

use domain::edition::Edition;
use maud::{Markup, html};

use crate::{
    FormState, PublicShell,
    components::{Button, Icon},
    links,
};

/// The form that asks for another address.
pub struct OwnAddressPage<'a> {
    pub edition: &'a Edition,
    pub access: &'a str,
    /// The address now.
    pub email: &'a str,
    pub form: &'a FormState,
}

impl OwnAddressPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let own = links::registration::own(&self.edition.slug, self.access);
        let body = html! {
            form.form.register method="post" action=(own.clone().then("address")) {
                (form.summary())
                (form.email("email", "address-new").required().wide().max_length(254))
                div.form-actions {
                    (Button::submit(lang.t("address-ask")).icon(Icon::Send))
                    (Button::link(lang.t("component-cancel"), own.clone()))
                }
            }
        };
        shell
            .page(lang.t("address-title"))
            .crumb(lang.t("own-title"), own)
            .subtitle(html! { p.muted { (lang.with("address-hint", &[("email", self.email.into())])) } })
            .body(&body)
    }
}

/// Where the link of the mail leads: one press confirms. A page first, because mail programs follow links by themselves.
pub struct ConfirmAddressPage<'a> {
    pub edition: &'a Edition,
    pub secret: &'a str,
    pub email: &'a str,
}

impl ConfirmAddressPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            section.card.thanks { div.card-body {
                span.thanks-icon { (Icon::Mail) }
                h1 { (lang.t("address-title")) }
                p { (lang.with("address-confirm-text", &[("email", self.email.into())])) }
                div.actions {
                    (Button::post(lang.t("address-confirm"), links::registration::address(&self.edition.slug, self.secret))
                        .primary().icon(Icon::Check))
                }
            } }
        };
        shell.page(lang.t("address-title")).bare().body(&body)
    }
}

/// After confirming.
pub struct AddressDonePage<'a> {
    pub edition: &'a Edition,
}

impl AddressDonePage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            section.card.thanks { div.card-body {
                span.thanks-icon { (Icon::CheckCircle) }
                h1 { (lang.t("address-done")) }
                p { (lang.t("address-done-text")) }
                div.actions { (Button::link(lang.t("register-thanks-back"), links::public::home(&self.edition.slug))) }
            } }
        };
        shell.page(lang.t("address-done")).bare().body(&body)
    }
}
