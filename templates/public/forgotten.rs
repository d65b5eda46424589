//! A forgotten password: asking for a link, and choosing a new one where the link leads.

use maud::{Markup, html};

use crate::{
    FormState, PublicShell,
    components::{Button, Icon, empty_state},
    links,
};

/// What the page is at.
#[derive(Debug, Clone)]
pub enum Forgotten<'a> {
    /// The address is asked for.
    Ask(&'a FormState),
    /// The mail is on its way, if there is an account.
    Asked,
    /// The link is good: its secret, and the form.
    Choose(&'a str, &'a FormState),
    /// The link does not work any more, or never did.
    Spent,
}

/// The page, at either door.
#[derive(Debug, Clone)]
pub struct ForgottenPage<'a> {
    /// What it is at.
    pub step: Forgotten<'a>,
    /// The portal's door instead of the staff's.
    pub portal: bool,
}

impl ForgottenPage<'_> {
    /// The page.
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let (sign_in, forgotten) = if self.portal {
            (links::portal::sign_in(), links::portal::forgotten())
        } else {
            (links::access::sign_in(), links::access::forgotten())
        };
        let back = Button::link(lang.t("sign-in-submit"), sign_in).icon(Icon::SignIn);
        let body = match &self.step {
            Forgotten::Ask(form) => html! {
                p.muted { (lang.t("forgotten-hint")) }
                form.form.narrow method="post" action=(forgotten) {
                    @let fields = form.fields(lang);
                    (fields.summary())
                    (fields.email("email", "sign-in-email").autocomplete("username").required().autofocus())
                    div.form-actions { (Button::submit(lang.t("forgotten-send")).icon(Icon::Mail)) }
                }
            },
            Forgotten::Asked => html! {
                p { (lang.t("forgotten-asked")) }
                p.muted { (lang.t("forgotten-asked-hint")) }
                (back)
            },
            Forgotten::Choose(secret, form) => html! {
                @let to = if self.portal { links::portal::reset(secret) } else { links::access::reset(secret) };
                form.form.narrow method="post" action=(to) {
                    @let fields = form.fields(lang);
                    (fields.summary())
                    (fields.password("password", "forgotten-password").autocomplete("new-password").required()
                        .hint("portal-password-hint").autofocus())
                    (fields.password("repeat", "portal-repeat").autocomplete("new-password").required())
                    div.form-actions { (Button::submit(lang.t("forgotten-save")).icon(Icon::Key)) }
                }
            },
            Forgotten::Spent => {
                let again = Button::link(lang.t("forgotten-again"), forgotten).primary();
                empty_state(Icon::Link, &lang.t("portal-link-spent"), &lang.t("forgotten-spent-hint"), &again)
            }
        };
        let title = lang.t("forgotten-title");
        let card = html! { section.sign-in.card { div.card-body { h1 { (title) } (body) } } };
        shell.page(title.clone()).bare().body(&card)
    }
}
