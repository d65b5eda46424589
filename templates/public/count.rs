//! A frozen count as anybody sees it who has its code: figures, whose rules, and whether it still holds.

use chrono_tz::Tz;
use domain::Bilingual;
use domain::admission::audit::AuditProfile;
use domain::admission::count::Figures;
use domain::admission::count_view::{Freeze, FreezeCheck};
use maud::{Markup, html};

use crate::components::{Button, Icon, card, facts};
use crate::organizer::admission::counts::{figures, hashes, rules, verdict};
use crate::{FormState, PublicShell, links};

/// Asks for the code of a certificate.
pub struct VerifyPage<'a> {
    /// What was typed.
    pub form: &'a FormState,
}

impl VerifyPage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let form = self.form.fields(lang);
        let body = html! {
            (form.summary())
            p { (lang.t("count-verify-help")) }
            form.form method="post" action=(links::public::verify_counts()) {
                (form.text("code", "count-code").required().max_length(40).autofocus())
                div.form-actions { (Button::submit(lang.t("count-verify-do")).icon(Icon::Search)) }
            }
        };
        shell.page(lang.t("count-verify")).body(&body)
    }
}

/// A certificate.
pub struct CertificatePage<'a> {
    /// The frozen count.
    pub freeze: &'a Freeze,
    /// Its figures.
    pub figures: &'a Figures,
    /// Whose rules.
    pub profile: &'a AuditProfile,
    /// Name of the edition.
    pub edition: &'a Bilingual,
    /// The last look at the log.
    pub check: Option<&'a FreezeCheck>,
    /// Whether the certificate is what was sealed.
    pub sealed: bool,
    /// The venue's time zone.
    pub zone: Tz,
}

impl CertificatePage<'_> {
    /// The whole page.
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let text = Button::link(lang.t("count-text"), links::public::count_text(&self.freeze.code))
            .icon(Icon::Download)
            .download();
        let body = html! {
            (verdict(lang, self.zone, self.sealed, self.check))
            (facts(&[
                (lang.t("count-edition"), html! { (self.edition.get(lang.locale())) }),
                (lang.t("count-days"), html! { (lang.date_range(self.figures.from, self.figures.until)) }),
                (lang.t("count-number"), html! { (self.freeze.number) }),
                (lang.t("count-frozen-at"), html! { (lang.instant(self.freeze.frozen_at, self.zone)) }),
                (lang.t("count-scans"), html! { (lang.number(self.freeze.scans)) }),
            ]))
            (rules(lang, self.profile))
            (figures(lang, self.profile, self.figures))
            (card(&lang.t("count-yourself"), &text, &html! {
                p { (lang.t("count-yourself-help")) }
                (hashes(lang, self.freeze))
                p { a href=(links::public::verify_counts()) { (lang.t("count-verify-other")) } }
            }))
        };
        shell.page(lang.t("count-certificate")).subtitle(html! { (self.edition.get(lang.locale())) }).body(&body)
    }
}
