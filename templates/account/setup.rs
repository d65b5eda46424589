//! Setting up a second factor: what the app must be told, and then the recovery codes, shown once.

use domain::registration::view::Qr;
use maud::{Markup, html};

use crate::{
    FormState, Tone,
    components::{Button, Icon, callout, card},
    links,
    public::badge::qr_svg,
    shells::{Frame, Layout},
};

/// The secret and the question for the first code.
#[derive(Debug, Clone)]
pub struct SetupPage<'a> {
    /// The secret as people type it.
    pub secret: &'a str,
    /// The same with everything an app wants to know.
    pub picture: &'a Qr,
    /// `code`.
    pub form: &'a FormState,
    /// The portal's door instead of the staff's.
    pub portal: bool,
}

impl SetupPage<'_> {
    /// The page in a frame.
    pub fn render(&self, shell: &dyn Layout) -> Markup {
        let lang = shell.lang();
        let form = self.form.fields(lang);
        let steps = html! {
            ol.setup-steps {
                li { p { (lang.t("account-setup-app")) } }
                li {
                    p { (lang.t("account-setup-scan")) }
                    div.setup-picture { (qr_svg(self.picture, &lang.t("account-setup-picture"))) }
                    p { (lang.t("account-setup-type")) }
                    p { code.secret { (self.secret) } }
                }
                li {
                    p { (lang.t("account-setup-code")) }
                    form.form.narrow method="post" action=(links::account::factor(self.portal)) {
                        (form.summary())
                        (form.text("code", "second-step-code").autocomplete("one-time-code").required().max_length(40))
                        div.form-actions {
                            (Button::submit(lang.t("account-setup-confirm")).icon(Icon::Check))
                            (Button::link(lang.t("account-setup-later"), links::account::home(self.portal)).ghost())
                        }
                    }
                }
            }
        };
        Frame::new(shell, lang.t("account-setup-title"))
            .crumb(lang.t("account-title"), links::account::home(self.portal))
            .body(&card("", &"", &steps))
    }
}

/// The recovery codes, shown once.
#[derive(Debug, Clone)]
pub struct CodesPage<'a> {
    /// As people write them down.
    pub codes: &'a [String],
    /// The portal's door instead of the staff's.
    pub portal: bool,
}

impl CodesPage<'_> {
    /// The page in a frame.
    pub fn render(&self, shell: &dyn Layout) -> Markup {
        let lang = shell.lang();
        let once = html! { p { (lang.t("account-codes-once")) } };
        let list = html! {
            ul.recovery-codes { @for code in self.codes { li { code { (code) } } } }
        };
        let body = html! {
            (callout(Tone::Good, &lang.t("account-codes-on"), &once))
            (card(&lang.t("account-codes"), &"", &list))
            p { (Button::link(lang.t("account-codes-kept"), links::account::home(self.portal)).primary()) }
        };
        Frame::new(shell, lang.t("account-codes-title"))
            .crumb(lang.t("account-title"), links::account::home(self.portal))
            .body(&body)
    }
}
