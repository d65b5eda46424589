//! The way in: choosing a password from an invitation. Signing in is `public::SignInPage`.

use domain::Bilingual;
use maud::{Markup, html};

use crate::{
    FormState, Icon, PortalShell,
    components::{Button, card, empty_state},
    links,
};

/// Where an invitation leads.
pub struct JoinPage<'a> {
    /// The secret of the address, to post back to.
    pub token: &'a str,
    /// Who is invited.
    pub name: &'a str,
    /// The address to sign in with.
    pub email: &'a str,
    /// The company.
    pub company: &'a Bilingual,
    /// The edition.
    pub edition: &'a Bilingual,
    /// The form.
    pub form: &'a FormState,
}

impl JoinPage<'_> {
    /// The page.
    pub fn render(&self, shell: &PortalShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let welcome = lang.with(
            "portal-join-welcome",
            &[
                ("name", self.name.into()),
                ("company", self.company.get(lang.locale()).into()),
                ("edition", self.edition.get(lang.locale()).into()),
            ],
        );
        let fields = html! {
            p.lead { (welcome) }
            form.form method="post" action=(links::portal::join(self.token)) {
                (form.summary())
                div.field {
                    label for="field-username" { (lang.t("portal-your-email")) }
                    input id="field-username" type="email" value=(self.email) autocomplete="username" readonly;
                }
                (form.password("password", "portal-new-password").autocomplete("new-password").required()
                    .hint("portal-password-hint").autofocus())
                (form.password("repeat", "portal-repeat").autocomplete("new-password").required())
                div.form-actions { (Button::submit(lang.t("portal-join")).icon(Icon::Key)) }
            }
        };
        let body = html! { div.narrow-page.stack { (card("", &html! {}, &fields)) } };
        shell.page(lang.t("portal-join-title")).body(&body)
    }
}

/// An invitation that cannot be used any more, or never could: one answer for all.
pub struct LinkSpentPage;

impl LinkSpentPage {
    /// The page.
    pub fn render(&self, shell: &PortalShell) -> Markup {
        let lang = shell.lang;
        let action = Button::link(lang.t("portal-sign-in"), links::portal::sign_in()).primary().icon(Icon::SignIn);
        let body = empty_state(Icon::Link, &lang.t("portal-link-spent"), &lang.t("portal-link-spent-hint"), &action);
        shell.page(lang.t("portal-join-title")).body(&body)
    }
}
