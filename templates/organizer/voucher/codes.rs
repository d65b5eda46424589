//! The codes of all campaigns: which are open, who used them.

use chrono_tz::Tz;
use domain::{
    listing::Sort,
    office::SavedView,
    registration::voucher::{CODE_SORTS, CodeLine, CodeState, shown},
};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::{code_state, of_campaign};
use crate::{
    Href, Lang, Shell,
    components::{Button, Col, FilterBar, Icon, Pager, Table, cell_lines, empty_state, options, saved_views},
    links,
    organizer::registration::{category, views},
};

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeListFilter {
    pub q: String,
    /// A campaign's id.
    pub campaign: String,
    pub state: String,
    pub sort: String,
    pub after: String,
}

impl CodeListFilter {
    fn at(&self, link: Href, sort: &str) -> Href {
        link.query(&[("q", &self.q), ("campaign", &self.campaign), ("state", &self.state), ("sort", sort)])
    }

    fn is_empty(&self) -> bool {
        let (sort, after) = (self.sort.clone(), self.after.clone());
        *self == Self { sort, after, ..Self::default() }
    }
}

/// The list.
pub struct CodesPage<'a> {
    pub filter: &'a CodeListFilter,
    pub rows: &'a [CodeLine],
    pub total: i64,
    /// Counting stopped at the total.
    pub at_least: bool,
    pub next: Option<String>,
    /// The campaign the list is narrowed to: its id and its name.
    pub campaign: Option<(String, String)>,
    pub zone: Tz,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    pub may_export: bool,
}

impl CodesPage<'_> {
    fn at(&self, link: Href) -> Href {
        self.filter.at(link, &self.filter.sort)
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let home = self.at(links::voucher::codes(slug));
        let body = html! {
            (self.filters(lang, slug))
            @if self.rows.is_empty() { (self.nothing(lang, slug)) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len()).total(self.total).at_least(self.at_least)
                    .pages(&home, !self.filter.after.is_empty(), self.next.as_ref()))
            }
        };
        shell.page(lang.t("registration-title")).tabs(views(lang, slug, "codes")).wide().body(&body)
    }

    fn filters(&self, lang: Lang, slug: &str) -> FilterBar<'_> {
        let f = self.filter;
        let states = options(lang, "voucher-code-state", CodeState::ALL.iter().map(|state| state.code()));
        let bar = FilterBar::new(lang, links::voucher::codes(slug)).search("q", &f.q, lang.t("voucher-search")).select(
            "state",
            lang.t("voucher-state"),
            states,
            &f.state,
        );
        let bar = of_campaign(bar, lang, self.campaign.as_ref()).keep("sort", &f.sort).extra(saved_views(
            lang,
            slug,
            "codes",
            &self.at(links::voucher::codes(slug)),
            self.views,
        ));
        bar.exports(self.may_export, |format| self.at(links::voucher::codes_export(slug, format)))
    }

    fn nothing(&self, lang: Lang, slug: &str) -> Markup {
        if self.filter.is_empty() {
            let first = Button::link(lang.t("voucher-campaigns"), links::voucher::home(slug));
            return empty_state(Icon::Ticket, &lang.t("voucher-none"), &lang.t("campaign-none-hint"), &first);
        }
        let all = Button::link(lang.t("component-filter-clear"), links::voucher::codes(slug));
        empty_state(Icon::Search, &lang.t("voucher-not-found"), "", &all)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let sort = Sort::read(&self.filter.sort, CODE_SORTS);
        let to = |sort: &str| self.filter.at(links::voucher::codes(slug), sort);
        let mut table = Table::new(
            lang.t("voucher-codes"),
            vec![
                Col::main(lang.t("voucher-code")).sorts(sort, "code", to),
                Col::new(lang.t("voucher-campaign")),
                Col::tight(lang.t("registration-category")).wide_only(),
                Col::tight(lang.t("voucher-state")),
                Col::num(lang.t("voucher-redeemed")),
                Col::new(lang.t("voucher-by")),
                Col::tight(lang.t("campaign-created")).sorts(sort, "made", to),
            ],
        )
        .sticky();
        for line in self.rows {
            let row = &line.row;
            table.row(vec![
                html! { span.code { (shown(&row.code)) } },
                html! { a href=(links::voucher::record(slug, line.campaign)) { (line.campaign_name) } },
                category(lang, line.category.code()),
                code_state(lang, row.state()).render(),
                html! { (lang.number(row.redeemed)) },
                html! {
                    @if let Some((id, name, company)) = &row.by {
                        (cell_lines(html! { a href=(links::registration::record(slug, *id)) { (name) } }, company))
                    }
                },
                html! { (lang.moment(line.created_at, self.zone)) },
            ]);
        }
        table
    }
}
