//! The second step of signing in: the password was right, a code is asked for.

use maud::{Markup, html};

use crate::{
    FormState, PublicShell,
    components::{Button, Icon},
    links,
};

/// The question for a code.
#[derive(Debug, Clone)]
pub struct SecondStepPage<'a> {
    /// `code`, `then`.
    pub form: &'a FormState,
    /// The portal's door instead of the staff's.
    pub portal: bool,
}

impl SecondStepPage<'_> {
    /// Empty and refused.
    pub fn samples() -> Vec<FormState> {
        let draft = serde_json::json!({ "then": "/e/east-2027" });
        let wrong = domain::Refusal::invalid("code-wrong").at("code");
        let closed = domain::Refusal::forbidden("signin-throttled").with("minutes", 15);
        vec![FormState::empty(), FormState::new(&draft, &[wrong]), FormState::new(&draft, &[closed])]
    }

    /// The page.
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let title = lang.t("second-step-title");
        let back = if self.portal { links::portal::sign_in() } else { links::access::sign_in() };
        let body = html! {
            section.sign-in.card {
                div.card-body {
                    h1 { (title) }
                    p.muted { (lang.t("second-step-hint")) }
                    form.form.narrow method="post" action=(links::account::code(self.portal)) {
                        (form.summary())
                        (form.hidden("then"))
                        (form.text("code", "second-step-code").autocomplete("one-time-code").required().max_length(40)
                            .hint("second-step-code-hint").autofocus())
                        div.form-actions {
                            (Button::submit(lang.t("sign-in-submit")).icon(Icon::SignIn))
                            a href=(back) { (lang.t("second-step-back")) }
                        }
                    }
                }
            }
        };
        shell.page(title.clone()).bare().body(&body)
    }
}
