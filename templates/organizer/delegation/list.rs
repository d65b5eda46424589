//! The list of groups.

use domain::registration::delegation::{DelegationRow, Kind};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::state;
use crate::{
    Href, Lang, Shell,
    components::{Button, Col, FilterBar, Icon, Pager, Table, cell_lines, empty_state, options},
    links,
    organizer::registration::{category, views},
};

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DelegationListFilter {
    pub q: String,
    pub kind: String,
    pub after: String,
}

/// The list.
pub struct DelegationsPage<'a> {
    pub filter: &'a DelegationListFilter,
    pub rows: &'a [DelegationRow],
    pub total: i64,
    pub next: Option<String>,
    pub may_edit: bool,
}

impl DelegationsPage<'_> {
    fn at(&self, link: Href) -> Href {
        link.query(&[("q", &self.filter.q), ("kind", &self.filter.kind)])
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let kinds = options(lang, "delegation-kind", Kind::ALL.iter().map(|kind| kind.code()));
        let body = html! {
            (FilterBar::new(lang, links::delegation::home(slug))
                .search("q", &self.filter.q, lang.t("delegation-search"))
                .select("kind", lang.t("delegation-kind"), kinds, &self.filter.kind))
            @if self.rows.is_empty() { (self.nothing(lang, slug)) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len()).total(self.total)
                    .first((!self.filter.after.is_empty()).then(|| self.at(links::delegation::home(slug))))
                    .next(self.next.as_ref().map(|after| self.at(links::delegation::home(slug)).query(&[("after", after)]))))
            }
        };
        let actions = html! {
            (Button::link(lang.t("delegation-public-form"), links::delegation::register(slug)).icon(Icon::External))
            @if self.may_edit {
                (Button::link(lang.t("delegation-new"), links::delegation::new(slug)).primary().icon(Icon::Plus))
            }
        };
        shell.page(lang.t("registration-title")).actions(actions).tabs(views(lang, slug, "groups")).wide().body(&body)
    }

    fn nothing(&self, lang: Lang, slug: &str) -> Markup {
        if self.filter.q.is_empty() && self.filter.kind.is_empty() {
            let form = Button::link(lang.t("delegation-public-form"), links::delegation::register(slug));
            return empty_state(Icon::Users, &lang.t("delegation-none"), &lang.t("delegation-none-hint"), &form);
        }
        let all = Button::link(lang.t("component-filter-clear"), links::delegation::home(slug));
        empty_state(Icon::Search, &lang.t("delegation-not-found"), "", &all)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let mut table = Table::new(
            lang.t("delegation-list"),
            vec![
                Col::main(lang.t("delegation-name")),
                Col::tight(lang.t("delegation-kind")),
                Col::new(lang.t("delegation-leader")),
                Col::tight(lang.t("registration-category")),
                Col::tight(lang.t("registration-country")).wide_only(),
                Col::tight(lang.t("delegation-state")),
                Col::num(lang.t("delegation-members")),
                Col::num(lang.t("voucher-came")),
                Col::num(lang.t("registration-number")),
            ],
        )
        .sticky();
        for row in self.rows {
            let g = &row.delegation;
            let country = if g.country.is_empty() { String::new() } else { lang.term("country", &g.country) };
            table.row(vec![
                html! { a href=(links::delegation::record(slug, g.id)) { (g.name) } },
                html! { (lang.term("delegation-kind", g.kind.code())) },
                cell_lines(g.contact_name.as_str(), &g.contact_email),
                category(lang, g.category.code()),
                html! { (country) },
                state(lang, g).render(),
                html! { (lang.number(row.live)) @if let Some(quota) = g.quota { span.muted { " / " (lang.number(quota)) } } },
                html! { (lang.number(row.came)) },
                html! { (g.number) },
            ]);
        }
        table
    }
}
