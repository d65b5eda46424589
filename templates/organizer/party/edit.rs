//! The form that changes a person or company. A change made by somebody else is shown, not overwritten.

use domain::party::{Party, PartyKind, edit::Draft};
use maud::{Markup, html};

use crate::{
    FormState, Lang, Shell, Tone,
    components::{Button, Icon, callout, countries, definitions, options},
    links,
};

/// The change form.
pub struct PartyEditPage<'a> {
    pub party: &'a Party,
    pub form: &'a FormState,
    /// What is stored now and what was typed, when somebody else's change came first.
    pub conflict: Option<(&'a Draft, &'a Draft)>,
}

impl PartyEditPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let record = links::party::record(slug, self.party.id);
        let form = self.form.fields(lang);
        let body = html! {
            @if let Some((stored, yours)) = self.conflict { (conflict(lang, stored, yours)) }
            form.form method="post" action=(links::party::edit(slug, self.party.id)) {
                (form.summary())
                (form.hidden("version"))
                (form.text("name_zh", "party-name-zh").max_length(200))
                (form.text("name_en", "party-name-en").max_length(200))
                @if self.party.kind == PartyKind::Person {
                    (form.text("family_name", "register-family-name").max_length(80))
                    (form.text("given_name", "register-given-name").max_length(80))
                }
                (form.select("country", "party-country", countries(lang, &["CN"])))
                @if self.party.kind == PartyKind::Organisation {
                    (form.text("website", "party-website").max_length(200))
                    (form.text("credit_code", "party-credit-code").max_length(18))
                } @else {
                    (form.select("locale", "registration-language", options(lang, "locale", ["en", "zh-CN"])))
                }
                (form.email("email", "party-email"))
                (form.phone("phone", "party-phone"))
                div.form-actions {
                    (Button::submit(lang.t("component-save")).icon(Icon::Check))
                    (Button::link(lang.t("component-cancel"), record.clone()))
                }
            }
        };
        shell
            .page(lang.t("component-edit"))
            .crumb(lang.t("party-title"), links::party::home(slug))
            .crumb(self.party.display(lang.locale()).to_owned(), record.clone())
            .body(&body)
    }
}

/// Every field in which what was typed differs from what is stored now.
fn conflict(lang: Lang, stored: &Draft, yours: &Draft) -> Markup {
    let pairs = [
        ("party-name-zh", &yours.name_zh, &stored.name_zh),
        ("party-name-en", &yours.name_en, &stored.name_en),
        ("register-family-name", &yours.family_name, &stored.family_name),
        ("register-given-name", &yours.given_name, &stored.given_name),
        ("party-website", &yours.website, &stored.website),
        ("party-credit-code", &yours.credit_code, &stored.credit_code),
        ("party-email", &yours.email, &stored.email),
        ("party-phone", &yours.phone, &stored.phone),
    ];
    let different: Vec<_> = pairs
        .iter()
        .filter(|(_, mine, theirs)| mine != theirs)
        .map(|(key, mine, _)| (lang.t(key), html! { (mine) }))
        .collect();
    let body = html! { p { (lang.t("registration-yours")) } (definitions(&different)) };
    callout(Tone::Warn, &lang.t("party-stale"), &body)
}
