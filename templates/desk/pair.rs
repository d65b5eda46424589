//! Pairing a device: typing the code, and agreeing to become that device.

use maud::{Markup, html};

use crate::components::{Button, Icon, Tone, callout};
use crate::{DeskShell, FormState, links};

/// Where a code is typed. Also what an unpaired or revoked device sees.
pub struct PairPage<'a> {
    /// What was typed and refused.
    pub form: &'a FormState,
    /// The device's key was withdrawn.
    pub revoked: bool,
}

impl PairPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &DeskShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let body = html! {
            div.desk.desk-narrow {
                @if self.revoked { (callout(Tone::Bad, &lang.t("desk-revoked"), &html! { p { (lang.t("desk-revoked-help")) } })) }
                (form.summary())
                p { (lang.t("desk-pair-help")) }
                form.form method="post" action=(links::desk::pair()) {
                    (form.text("code", "desk-pair-code").required().autofocus().autocomplete("off").max_length(40))
                    (Button::submit(lang.t("desk-pair-next")).icon(Icon::Smartphone))
                }
            }
        };
        shell.page(lang.t("desk-pair-title")).body(&body)
    }
}

/// Shows which device this browser is about to become. A link alone pairs nothing: previews follow links.
pub struct PairConfirmPage<'a> {
    /// The code.
    pub code: &'a str,
    /// Name of the device.
    pub device: &'a str,
    /// Its gate, if it has one.
    pub gate: &'a str,
}

impl PairConfirmPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &DeskShell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            div.desk.desk-narrow {
                p { (lang.with("desk-pair-as", &[("device", self.device.into())])) }
                @if !self.gate.is_empty() { p { (lang.with("desk-pair-gate", &[("gate", self.gate.into())])) } }
                form.form method="post" action=(links::desk::pair_with(self.code)) {
                    button.button.primary.desk-big type="submit" { (Icon::Smartphone) span { (lang.t("desk-pair-do")) } }
                }
            }
        };
        shell.page(lang.t("desk-pair-title")).body(&body)
    }
}
