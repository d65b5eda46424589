//! Where people sign in: staff, or exhibitors at the portal's own door.

use maud::{Markup, html};

use crate::{
    FormState, PublicShell,
    components::{Button, Icon},
    links,
};

/// The sign-in form.
#[derive(Debug, Clone)]
pub struct SignInPage<'a> {
    /// `email`, `password`, `then`.
    pub form: &'a FormState,
    /// The portal's door instead of the staff's.
    pub portal: bool,
}

impl SignInPage<'_> {
    /// Empty and refused.
    pub fn samples() -> Vec<FormState> {
        let draft = serde_json::json!({ "email": "director@fairlead.example", "then": "/e/east-2027" });
        let refusal = domain::Refusal::forbidden("sign-in");
        vec![FormState::empty(), FormState::new(&draft, &[refusal])]
    }

    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let (title, to, hint) = if self.portal {
            (lang.t("sign-in-portal-title"), links::portal::sign_in(), lang.t("sign-in-portal-hint"))
        } else {
            (lang.t("sign-in-title"), links::access::sign_in(), lang.t("sign-in-hint"))
        };
        let forgotten = if self.portal { links::portal::forgotten() } else { links::access::forgotten() };
        let body = html! {
            section.sign-in.card {
                div.card-body {
                    h1 { (title) }
                    p.muted { (hint) }
                    form.form.narrow method="post" action=(to) {
                        (form.summary())
                        (form.hidden("then"))
                        (form.email("email", "sign-in-email").autocomplete("username").required().autofocus())
                        (form.password("password", "sign-in-password").required())
                        div.form-actions {
                            (Button::submit(lang.t("sign-in-submit")).icon(Icon::SignIn))
                            a href=(forgotten) { (lang.t("sign-in-forgotten")) }
                        }
                    }
                }
            }
        };
        shell.page(title.clone()).bare().body(&body)
    }
}
