//! One group: its people, its leader, what happened.

use chrono_tz::Tz;
use domain::{
    journal,
    registration::{
        delegation::{DelegationRow, Kind},
        view::RegistrationRow,
    },
};
use maud::{Markup, Render, html};

use super::state;
use crate::{
    FormState, Lang, Shell,
    components::{Button, Col, Form, Icon, Pager, Table, Tile, card, cell_lines, definitions, dialog, history, tiles},
    links,
    organizer::registration::{category, status},
};

/// The page of a group.
pub struct DelegationPage<'a> {
    pub row: &'a DelegationRow,
    pub members: &'a [RegistrationRow],
    /// The number to go on before, if there are more.
    pub next: Option<i32>,
    /// What is shown is not the beginning.
    pub later: bool,
    pub history: &'a [journal::Entry],
    pub form: &'a FormState,
    pub zone: Tz,
    pub may_edit: bool,
}

impl DelegationPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let g = &self.row.delegation;
        let record = || links::delegation::record(slug, g.id);
        let add = self.may_edit && !g.closed && g.kind != Kind::Staff;
        let body = html! {
            (self.figures(lang))
            @if !self.form.is_clean() { (card(&lang.t("delegation-add"), &html! {}, &self.fields(lang, slug))) }
            div.with-aside {
                div.stack {
                    @if self.members.is_empty() { (card(&lang.t("delegation-members"), &html! {}, &html! { p.muted { (lang.t("delegation-nobody")) } })) }
                    @else {
                        (members_table(lang, self.members, |row| html! { a href=(links::registration::record(slug, row.id)) { (row.display_name) } }, |_| html! {}))
                        (Pager::new(lang, self.members.len()).total(self.row.live)
                            .first(self.later.then(record))
                            .next(self.next.map(|before| record().query(&[("before", &before.to_string())]))))
                    }
                }
                div.stack {
                    (card(&lang.t("delegation-facts"), &self.edit_link(lang, slug), &self.facts(lang)))
                    (card(&lang.t("registration-history"), &html! {}, &history(lang, self.zone, self.history)))
                }
            }
            @if add && self.form.is_clean() { (dialog(lang, "add", &lang.t("delegation-add"), &self.fields(lang, slug))) }
        };
        shell
            .page(g.name.clone())
            .crumb(lang.t("registration-title"), links::registration::home(slug))
            .crumb(lang.t("delegation-list"), links::delegation::home(slug))
            .subtitle(html! { (category(lang, g.category.code())) (state(lang, g)) })
            .actions(self.actions(lang, slug, add))
            .wide()
            .body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let g = &self.row.delegation;
        let quota = g.quota.map(|quota| lang.with("voucher-of-quota", &[("quota", quota.into())])).unwrap_or_default();
        tiles(&[
            Tile::new(lang.t("delegation-members"), lang.number(self.row.live)).icon(Icon::Users).hint(quota),
            Tile::new(lang.t("voucher-came"), lang.number(self.row.came)).icon(Icon::Gate),
        ])
    }

    fn actions(&self, lang: Lang, slug: &str, add: bool) -> Markup {
        let g = &self.row.delegation;
        let act = |deed: &str| links::delegation::act(slug, g.id, deed);
        html! {
            @if add && self.form.is_clean() { (Button::open(lang.t("delegation-add"), "add").primary().icon(Icon::UserPlus)) }
            @if add && self.form.is_clean() { (Button::link(lang.t("intake-title"), links::intake::of_group(slug, g.id)).icon(Icon::Upload)) }
            @if self.may_edit && g.kind != Kind::Staff {
                (Button::post(lang.t("delegation-send-link"), act("link")).icon(Icon::Mail))
                @if g.closed { (Button::post(lang.t("delegation-reopen"), act("open")).icon(Icon::Play)) }
                @else { (Button::post(lang.t("delegation-close"), act("close")).icon(Icon::Lock)) }
            }
        }
    }

    fn edit_link(&self, lang: Lang, slug: &str) -> Markup {
        let g = &self.row.delegation;
        html! {
            @if self.may_edit && g.kind != Kind::Staff {
                (Button::link(lang.t("delegation-edit"), links::delegation::edit(slug, g.id)).ghost().small().icon(Icon::Edit))
            }
        }
    }

    fn facts(&self, lang: Lang) -> Markup {
        let g = &self.row.delegation;
        let country = if g.country.is_empty() { String::new() } else { lang.term("country", &g.country) };
        definitions(&[
            (lang.t("registration-number"), html! { span.num { (g.number) } }),
            (lang.t("delegation-kind"), html! { (lang.term("delegation-kind", g.kind.code())) }),
            (lang.t("delegation-leader"), html! { (g.contact_name) }),
            (
                lang.t("registration-email"),
                html! { @if !g.contact_email.is_empty() { a href={ "mailto:" (g.contact_email) } { (g.contact_email) } } },
            ),
            (lang.t("registration-phone"), html! { (g.contact_phone) }),
            (lang.t("registration-country"), html! { (country) }),
            (
                lang.t("campaign-created"),
                html! { (lang.instant(g.created_at, self.zone)) @if !g.created_by.is_empty() { br; span.muted { (g.created_by) } } },
            ),
            (lang.t("campaign-note"), html! { span.lines { (g.note) } }),
        ])
    }

    fn fields(&self, lang: Lang, slug: &str) -> Markup {
        let form = self.form.fields(lang);
        let company = self.row.delegation.kind == Kind::Delegation;
        html! {
            form.form method="post" action=(links::delegation::act(slug, self.row.delegation.id, "members")) {
                (member_fields(lang, form, company))
                div.form-actions { (Button::submit(lang.t("delegation-add")).icon(Icon::UserPlus)) }
            }
        }
    }
}

/// What is asked of a member: at most six fields.
pub(crate) fn member_fields(lang: Lang, form: Form<'_>, company: bool) -> Markup {
    let family = form.text("family_name", "register-family-name").required().max_length(80);
    let given = form.text("given_name", "register-given-name").max_length(80);
    html! {
        (form.summary())
        (form.hidden("submission"))
        @if lang == Lang::ZH { (family) (given) } @else { (given) (family) }
        (form.email("email", "registration-email").hint("delegation-email-hint"))
        (form.phone("phone", "registration-phone"))
        @if company { (form.text("company", "registration-company").max_length(160)) }
        (form.text("job_title", "registration-job-title").max_length(120))
    }
}

/// The people of a group.
pub(crate) fn members_table(
    lang: Lang,
    rows: &[RegistrationRow],
    who: impl Fn(&RegistrationRow) -> Markup,
    deeds: impl Fn(&RegistrationRow) -> Markup,
) -> Table {
    let mut table = Table::new(
        lang.t("delegation-members"),
        vec![
            Col::main(lang.t("registration-name")),
            Col::new(lang.t("registration-company")),
            Col::new(lang.t("registration-status")),
            Col::num(lang.t("badge-serial")),
            Col::num(lang.t("registration-number")),
            Col::actions(lang.t("voucher-actions")),
        ],
    );
    for row in rows {
        let reach = if row.email.is_empty() { &row.phone } else { &row.email };
        table.row(vec![
            cell_lines(who(row), reach),
            html! { div { (cell_lines(row.company.as_str(), &row.job_title)) } },
            status(lang, &row.status).render(),
            html! { @if let Some((serial, _)) = &row.badge { (serial) } },
            html! { (row.number) },
            deeds(row),
        ]);
    }
    table
}
