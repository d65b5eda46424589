//! The list of campaigns: who gives out vouchers, how many came in by them.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{
    listing::Sort,
    office::SavedView,
    registration::{
        Category,
        allowance::AccountRow,
        voucher::{CAMPAIGN_SORTS, CampaignRow, CampaignState, shown},
    },
};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::{campaign_state, days};
use crate::{
    Href, Lang, Shell,
    components::{
        Button, Choice, Col, FilterBar, Icon, Pager, Table, Tile, cell_lines, empty_state, options, saved_views, tiles,
    },
    links,
    organizer::registration::{category, views},
};

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CampaignListFilter {
    pub q: String,
    pub by: String,
    pub category: String,
    pub state: String,
    pub sort: String,
    pub after: String,
}

impl CampaignListFilter {
    fn at(&self, link: Href, sort: &str) -> Href {
        link.query(&[
            ("q", &self.q),
            ("by", &self.by),
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
pub struct CampaignsPage<'a> {
    pub filter: &'a CampaignListFilter,
    pub rows: &'a [CampaignRow],
    pub total: i64,
    pub next: Option<String>,
    /// All codes, registrations by them, invitations out.
    pub figures: (i64, i64, i64),
    pub today: NaiveDate,
    pub zone: Tz,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    pub may_edit: bool,
    pub may_export: bool,
}

impl CampaignsPage<'_> {
    fn at(&self, link: Href) -> Href {
        self.filter.at(link, &self.filter.sort)
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let (codes, redeemed, invited) = self.figures;
        let body = html! {
            (tiles(&[
                Tile::new(lang.t("voucher-codes"), lang.number(codes)).icon(Icon::Ticket),
                Tile::new(lang.t("voucher-redeemed"), lang.number(redeemed)).icon(Icon::UserCheck),
                Tile::new(lang.t("voucher-invited"), lang.number(invited)).icon(Icon::Send),
            ]))
            (self.filters(lang, slug))
            @if self.rows.is_empty() { (self.nothing(lang, slug)) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len()).total(self.total)
                    .pages(&self.at(links::voucher::home(slug)), !self.filter.after.is_empty(), self.next.as_ref()))
            }
        };
        let actions = html! {
            (Button::link(lang.t("allowance-title"), links::voucher::allowances(slug)).icon(Icon::Stand))
            @if self.may_edit {
                (Button::link(lang.t("campaign-new"), links::voucher::new(slug)).primary().icon(Icon::Plus))
            }
        };
        shell.page(lang.t("registration-title")).actions(actions).tabs(views(lang, slug, "vouchers")).wide().body(&body)
    }

    fn filters(&self, lang: Lang, slug: &str) -> FilterBar<'_> {
        let by = ["organizer", "exhibitor"].map(|by| Choice::new(by, lang.term("campaign-by", by))).to_vec();
        let f = self.filter;
        let categories = options(lang, "category", Category::ALL.iter().map(|c| c.code()));
        let states = options(lang, "campaign-state", CampaignState::ALL.iter().map(|state| state.code()));
        let bar = FilterBar::new(lang, links::voucher::home(slug))
            .search("q", &f.q, lang.t("campaign-search"))
            .select("by", lang.t("campaign-by"), by, &f.by)
            .select("category", lang.t("registration-category"), categories, &f.category)
            .select("state", lang.t("campaign-state"), states, &f.state)
            .keep("sort", &f.sort)
            .extra(saved_views(lang, slug, "campaigns", &self.at(links::voucher::home(slug)), self.views));
        bar.exports(self.may_export, |format| self.at(links::voucher::campaigns_export(slug, format)))
    }

    fn nothing(&self, lang: Lang, slug: &str) -> Markup {
        if self.filter.is_empty() {
            let first = self
                .may_edit
                .then(|| Button::link(lang.t("campaign-new"), links::voucher::new(slug)).primary().icon(Icon::Plus));
            let first = html! { @if let Some(first) = first { (first) } };
            return empty_state(Icon::Ticket, &lang.t("campaign-none"), &lang.t("campaign-none-hint"), &first);
        }
        let all = Button::link(lang.t("component-filter-clear"), links::voucher::home(slug));
        empty_state(Icon::Search, &lang.t("campaign-not-found"), "", &all)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let sort = Sort::read(&self.filter.sort, CAMPAIGN_SORTS);
        let to = |sort: &str| self.filter.at(links::voucher::home(slug), sort);
        let mut table = Table::new(
            lang.t("voucher-campaigns"),
            vec![
                Col::main(lang.t("campaign-name")).sorts(sort, "name", to),
                Col::new(lang.t("campaign-by")),
                Col::tight(lang.t("registration-category")),
                Col::tight(lang.t("campaign-state")),
                Col::tight(lang.t("voucher-days")).wide_only(),
                Col::num(lang.t("voucher-codes")),
                Col::num(lang.t("voucher-invited")),
                Col::num(lang.t("voucher-redeemed")),
                Col::tight(lang.t("campaign-created")).sorts(sort, "made", to),
            ],
        )
        .sticky();
        for row in self.rows {
            let c = &row.campaign;
            let link = links::voucher::record(slug, c.id);
            let by = match &row.company {
                Some(company) => company.get(lang.locale()).to_owned(),
                None => lang.term("campaign-by", "organizer"),
            };
            table.row(vec![
                cell_lines(html! { a href=(link) { (c.name) } }, &row.code.as_deref().map(shown).unwrap_or_default()),
                html! { (by) },
                category(lang, c.category.code()),
                campaign_state(lang, c, self.today).render(),
                days(lang, c),
                html! { (lang.number(row.codes)) },
                html! { (lang.number(row.invited)) },
                html! { (lang.number(row.redeemed)) @if let Some(quota) = c.quota { span.muted { " / " (lang.number(quota)) } } },
                html! { (lang.moment(c.created_at, self.zone)) },
            ]);
        }
        table
    }
}

/// An account as `used / allowed`.
pub(super) fn account(lang: Lang, row: &AccountRow, staff: bool) -> Markup {
    let account = if staff { row.staff } else { row.invitations };
    html! {
        span.num { (lang.number(account.used)) } span.muted { " / " (lang.number(account.allowed)) }
    }
}
