//! The list of groups.

use domain::{
    listing::Sort,
    office::SavedView,
    registration::{
        Category,
        delegation::{DelegationRow, Kind, SORTS},
    },
};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::state;
use crate::{
    Href, Lang, Shell,
    components::{Button, Choice, Col, FilterBar, Icon, Pager, Table, cell_lines, empty_state, options, saved_views},
    links,
    organizer::registration::{category, views},
};

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DelegationListFilter {
    pub q: String,
    pub kind: String,
    pub category: String,
    /// `open` or `closed`.
    pub state: String,
    pub sort: String,
    pub after: String,
}

impl DelegationListFilter {
    fn at(&self, link: Href, sort: &str) -> Href {
        link.query(&[
            ("q", &self.q),
            ("kind", &self.kind),
            ("category", &self.category),
            ("state", &self.state),
            ("sort", sort),
        ])
    }

    fn is_empty(&self) -> bool {
        let (sort, after) = (self.sort.clone(), self.after.clone());
        *self == Self { sort, after, ..Self::default() }
    }
}

/// The list.
pub struct DelegationsPage<'a> {
    pub filter: &'a DelegationListFilter,
    pub rows: &'a [DelegationRow],
    pub total: i64,
    pub next: Option<String>,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    pub may_edit: bool,
    pub may_export: bool,
}

impl DelegationsPage<'_> {
    fn at(&self, link: Href) -> Href {
        self.filter.at(link, &self.filter.sort)
    }

    fn filters(&self, lang: Lang, slug: &str) -> FilterBar<'_> {
        let f = self.filter;
        let kinds = options(lang, "delegation-kind", Kind::ALL.iter().map(|kind| kind.code()));
        let categories = options(lang, "category", Category::ALL.iter().map(|c| c.code()));
        let states =
            vec![Choice::new("open", lang.t("delegation-open")), Choice::new("closed", lang.t("delegation-closed"))];
        let bar = FilterBar::new(lang, links::delegation::home(slug))
            .search("q", &f.q, lang.t("delegation-search"))
            .select("kind", lang.t("delegation-kind"), kinds, &f.kind)
            .select("category", lang.t("registration-category"), categories, &f.category)
            .select("state", lang.t("delegation-state"), states, &f.state)
            .keep("sort", &f.sort)
            .extra(saved_views(lang, slug, "groups", &self.at(links::delegation::home(slug)), self.views));
        bar.exports(self.may_export, |format| self.at(links::delegation::export(slug, format)))
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let body = html! {
            (self.filters(lang, slug))
            @if self.rows.is_empty() { (self.nothing(lang, slug)) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len()).total(self.total)
                    .pages(&self.at(links::delegation::home(slug)), !self.filter.after.is_empty(), self.next.as_ref()))
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
        if self.filter.is_empty() {
            let form = Button::link(lang.t("delegation-public-form"), links::delegation::register(slug));
            return empty_state(Icon::Users, &lang.t("delegation-none"), &lang.t("delegation-none-hint"), &form);
        }
        let all = Button::link(lang.t("component-filter-clear"), links::delegation::home(slug));
        empty_state(Icon::Search, &lang.t("delegation-not-found"), "", &all)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let sort = Sort::read(&self.filter.sort, SORTS);
        let to = |sort: &str| self.filter.at(links::delegation::home(slug), sort);
        let mut table = Table::new(
            lang.t("delegation-list"),
            vec![
                Col::main(lang.t("delegation-name")).sorts(sort, "name", to),
                Col::tight(lang.t("delegation-kind")),
                Col::new(lang.t("delegation-leader")),
                Col::tight(lang.t("registration-category")),
                Col::tight(lang.t("registration-country")).wide_only(),
                Col::tight(lang.t("delegation-state")),
                Col::num(lang.t("delegation-members")),
                Col::num(lang.t("voucher-came")),
                Col::num(lang.t("registration-number")).sorts(sort, "number", to),
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
