//! The people on the stand: how many badges are left, who has one.

use domain::registration::{Status, allowance::Account, intake::Fault, view::RegistrationRow};
use maud::{Markup, html};

use crate::{
    FormState, Icon, Lang, PortalShell, Tone,
    components::{Button, Pager, Tile, callout, card, empty_state, progress, tiles},
    links,
    organizer::{
        delegation::{member_fields, members_table},
        intake::{fault_table, table_form},
    },
};

/// The page.
pub struct StaffPage<'a> {
    pub account: Account,
    pub rows: &'a [RegistrationRow],
    /// The number to go on before, if there are more.
    pub next: Option<i32>,
    /// What is shown is not the beginning.
    pub later: bool,
    pub form: &'a FormState,
    /// The form that brings a table.
    pub table: &'a FormState,
    /// Rows of a table that cannot be taken.
    pub faults: &'a [Fault],
}

impl StaffPage<'_> {
    /// The page.
    pub fn render(&self, shell: &PortalShell) -> Markup {
        let lang = shell.lang;
        let a = self.account;
        let body = html! {
            (tiles(&[
                Tile::new(lang.t("allowance-left"), lang.number(a.left())).icon(Icon::Badge)
                    .picture(progress(lang, a.used, a.allowed, Tone::Accent)),
                Tile::new(lang.t("allowance-staff"), lang.number(a.used)).icon(Icon::Users),
            ]))
            @if !self.faults.is_empty() {
                (callout(Tone::Bad, &lang.t("intake-small-refused"), &html! { (fault_table(lang, self.faults)) }))
            }
            div.with-aside {
                div.stack { (card(&lang.t("portal-staff"), &html! {}, &self.list(lang))) }
                div.stack {
                    (card(&lang.t("portal-staff-new"), &html! {}, &self.add(lang)))
                    @if a.left() > 0 { (card(&lang.t("intake-table"), &html! {}, &table_form(lang, self.table, &links::intake::portal()))) }
                }
            }
        };
        shell
            .page(lang.t("portal-staff"))
            .crumb(lang.t("portal-home"), links::portal::home())
            .subtitle(html! { p.muted { (lang.t("portal-staff-hint")) } })
            .body(&body)
    }

    fn list(&self, lang: Lang) -> Markup {
        if self.rows.is_empty() {
            return empty_state(
                Icon::Badge,
                &lang.t("portal-staff-none"),
                &lang.t("portal-staff-none-hint"),
                &html! {},
            );
        }
        let deeds = |row: &RegistrationRow| {
            let live = Status::parse(&row.status).is_some_and(Status::live);
            html! {
                @if live && row.badge.is_some() {
                    (Button::link(lang.t("badge-pdf"), links::delegation::portal_badge(row.id)).ghost().small().icon(Icon::Download).icon_only().download())
                }
                @if live {
                    (Button::post(lang.t("portal-staff-cancel"), links::delegation::portal_cancel(row.id)).ghost().small().icon(Icon::Trash).icon_only()
                        .confirm(lang.t("portal-staff-cancel-question")))
                }
            }
        };
        html! {
            (members_table(lang, self.rows, |row| html! { (row.display_name) }, deeds))
            @if self.next.is_some() || self.later {
                (Pager::new(lang, self.rows.len()).first(self.later.then(links::delegation::portal))
                    .next(self.next.map(|before| links::delegation::portal().query(&[("before", &before.to_string())]))))
            }
        }
    }

    fn add(&self, lang: Lang) -> Markup {
        if self.account.left() == 0 && self.form.is_clean() {
            return html! { p.muted { (lang.t("allowance-spent")) } };
        }
        html! {
            form.form.narrow method="post" action=(links::delegation::portal()) {
                (member_fields(lang, self.form.fields(lang), false))
                div.form-actions { (Button::submit(lang.t("portal-staff-add")).icon(Icon::UserPlus)) }
            }
        }
    }
}
