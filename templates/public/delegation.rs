//! The leader's way: registering a group, and the group's own page behind its link.

use domain::{
    edition::Edition,
    registration::{
        Status,
        delegation::{Delegation, Kind},
        intake::Fault,
        view::RegistrationRow,
    },
};
use maud::{Markup, html};

use crate::{
    FormState, PublicShell, Tone,
    components::{Button, Icon, Pager, callout, card, countries, options},
    links,
    organizer::{
        delegation::{member_fields, members_table},
        intake::{fault_table, table_form},
    },
};

/// The form of a leader.
pub struct GroupRegisterPage<'a> {
    pub edition: &'a Edition,
    pub form: &'a FormState,
    /// ISO code of the show's country, offered first.
    pub home: &'a str,
}

impl GroupRegisterPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let slug = &self.edition.slug;
        if !self.edition.registration_open {
            let body = callout(Tone::Info, &lang.t("show-registration-closed"), &html! {});
            return shell.page(lang.t("group-title")).body(&body);
        }
        let form = self.form.fields(lang);
        let home = if self.home.is_empty() { "CN" } else { self.home };
        let kinds = options(lang, "delegation-kind", Kind::OPEN.iter().map(|kind| kind.code()));
        let body = html! {
            form.form.register method="post" action=(links::delegation::register(slug)) {
                (form.summary())
                (form.hidden("submission"))
                input type="hidden" name="locale" value=(lang.code());
                (form.radios("kind", "delegation-kind", kinds).value(Kind::Company.code()).required())
                (form.text("name", "delegation-name").required().autocomplete("organization").max_length(160))
                (form.text("contact_name", "group-your-name").required().autocomplete("name").max_length(120))
                (form.email("contact_email", "register-email").required().hint("group-email-hint").max_length(254))
                (form.phone("contact_phone", "register-phone").max_length(40))
                (form.select("country", "register-country", countries(lang, &[home])).required().autocomplete("country"))
                fieldset.consents {
                    legend { (lang.t("register-consents")) }
                    (form.checkbox("data_processing", "group-consent", "on").required())
                }
                div.form-actions { (Button::submit(lang.t("group-submit")).icon(Icon::Check)) }
            }
        };
        shell.page(lang.t("group-title")).subtitle(html! { p.muted { (lang.t("group-hint")) } }).body(&body)
    }
}

/// What a leader sees after sending the form.
pub struct GroupThanksPage<'a> {
    pub edition: &'a Edition,
}

impl GroupThanksPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let body = html! {
            section.card.thanks { div.card-body {
                span.thanks-icon { (Icon::Mail) }
                h1 { (lang.t("register-thanks")) }
                p { (lang.t("group-thanks-text")) }
                div.actions { (Button::link(lang.t("register-thanks-back"), links::public::home(&self.edition.slug))) }
            } }
        };
        shell.page(lang.t("register-thanks")).bare().body(&body)
    }
}

/// The group's own page.
pub struct GroupPage<'a> {
    pub edition: &'a Edition,
    /// The key in the link.
    pub access: &'a str,
    pub group: &'a Delegation,
    pub live: i64,
    pub members: &'a [RegistrationRow],
    pub next: Option<i32>,
    pub later: bool,
    pub form: &'a FormState,
    /// The form that brings a table.
    pub table: &'a FormState,
    /// Rows of a table that cannot be taken.
    pub faults: &'a [Fault],
}

impl GroupPage<'_> {
    pub fn render(&self, shell: &PublicShell) -> Markup {
        let lang = shell.lang;
        let slug = &self.edition.slug;
        let own = || links::delegation::own(slug, self.access);
        let form = self.form.fields(lang);
        let add = html! {
            form.form.register method="post" action=(own()) {
                (member_fields(lang, form, self.group.kind == Kind::Delegation))
                div.form-actions { (Button::submit(lang.t("delegation-add")).icon(Icon::UserPlus)) }
            }
        };
        let deeds = |row: &RegistrationRow| {
            html! {
                @if Status::parse(&row.status).is_some_and(Status::live) {
                    (Button::post(lang.t("portal-staff-cancel"), links::delegation::own_cancel(slug, self.access, row.id)).ghost().small()
                        .confirm(lang.t("portal-staff-cancel-question")))
                }
            }
        };
        let count = match self.group.quota {
            Some(quota) => lang.with("group-count-of", &[("count", self.live.into()), ("quota", quota.into())]),
            None => lang.with("group-count", &[("count", self.live.into())]),
        };
        let body = html! {
            @if self.group.closed { (callout(Tone::Info, &lang.t("refusal-delegation-closed"), &html! {})) }
            @else {
                @if !self.faults.is_empty() {
                    (callout(Tone::Bad, &lang.t("intake-small-refused"), &html! { (fault_table(lang, self.faults)) }))
                }
                (card(&lang.t("delegation-add"), &html! {}, &add))
                (card(&lang.t("intake-table"), &html! {}, &table_form(lang, self.table, &links::intake::own(slug, self.access))))
            }
            @if !self.members.is_empty() {
                (members_table(lang, self.members, |row| html! { (row.display_name) }, deeds))
                (Pager::new(lang, self.members.len()).total(self.live).first(self.later.then(own))
                    .next(self.next.map(|before| own().query(&[("before", &before.to_string())]))))
            }
        };
        shell
            .page(self.group.name.clone())
            .subtitle(html! { p.muted { (count) " · " (lang.t("group-own-hint")) } })
            .body(&body)
    }
}
