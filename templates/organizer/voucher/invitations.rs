//! The invitations of all campaigns, the organizer's and the exhibitors': who was asked, who said what.

use chrono_tz::Tz;
use domain::{
    listing::Sort,
    office::SavedView,
    registration::invitation::{InvitationLine, SORTS, State},
};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use super::{invitation_state, of_campaign};
use crate::{
    Href, Lang, Shell,
    components::{Button, Choice, Col, FilterBar, Icon, Pager, Table, cell_lines, empty_state, options, saved_views},
    links,
    organizer::registration::{category, views},
};

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvitationListFilter {
    pub q: String,
    /// A campaign's id.
    pub campaign: String,
    pub by: String,
    /// A state, or `came`.
    pub state: String,
    pub sort: String,
    pub after: String,
}

impl InvitationListFilter {
    fn at(&self, link: Href, sort: &str) -> Href {
        link.query(&[
            ("q", &self.q),
            ("campaign", &self.campaign),
            ("by", &self.by),
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
pub struct InvitationsPage<'a> {
    pub filter: &'a InvitationListFilter,
    pub rows: &'a [InvitationLine],
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

impl InvitationsPage<'_> {
    fn at(&self, link: Href) -> Href {
        self.filter.at(link, &self.filter.sort)
    }

    pub fn render(&self, shell: &Shell) -> Markup {
        let (lang, slug) = (shell.lang, shell.slug());
        let home = self.at(links::voucher::invitations(slug));
        let body = html! {
            (self.filters(lang, slug))
            @if self.rows.is_empty() { (self.nothing(lang, slug)) }
            @else {
                (self.table(lang, slug))
                (Pager::new(lang, self.rows.len()).total(self.total).at_least(self.at_least)
                    .pages(&home, !self.filter.after.is_empty(), self.next.as_ref()))
            }
        };
        shell.page(lang.t("registration-title")).tabs(views(lang, slug, "invitations")).wide().body(&body)
    }

    fn filters(&self, lang: Lang, slug: &str) -> FilterBar<'_> {
        let f = self.filter;
        let by = options(lang, "campaign-by", ["organizer", "exhibitor"]);
        let mut states = options(lang, "invitation-state", State::ALL.iter().map(|state| state.code()));
        states.push(Choice::new("came", lang.t("invitation-came")));
        let bar = FilterBar::new(lang, links::voucher::invitations(slug))
            .search("q", &f.q, lang.t("invitation-search"))
            .select("state", lang.t("invitation-state"), states, &f.state)
            .select("by", lang.t("campaign-by"), by, &f.by);
        let bar = of_campaign(bar, lang, self.campaign.as_ref()).keep("sort", &f.sort).extra(saved_views(
            lang,
            slug,
            "invitations",
            &self.at(links::voucher::invitations(slug)),
            self.views,
        ));
        bar.exports(self.may_export, |format| self.at(links::voucher::invitations_export(slug, format)))
    }

    fn nothing(&self, lang: Lang, slug: &str) -> Markup {
        if self.filter.is_empty() {
            let first = Button::link(lang.t("voucher-campaigns"), links::voucher::home(slug));
            return empty_state(Icon::Send, &lang.t("invitation-none"), &lang.t("invitation-none-hint"), &first);
        }
        let all = Button::link(lang.t("component-filter-clear"), links::voucher::invitations(slug));
        empty_state(Icon::Search, &lang.t("invitation-not-found"), "", &all)
    }

    fn table(&self, lang: Lang, slug: &str) -> Table {
        let sort = Sort::read(&self.filter.sort, SORTS);
        let to = |sort: &str| self.filter.at(links::voucher::invitations(slug), sort);
        let mut table = Table::new(
            lang.t("invitation-title"),
            vec![
                Col::main(lang.t("registration-name")).sorts(sort, "name", to),
                Col::new(lang.t("registration-company")).sorts(sort, "company", to),
                Col::new(lang.t("voucher-campaign")),
                Col::tight(lang.t("registration-category")).wide_only(),
                Col::tight(lang.t("invitation-state")),
                Col::tight(lang.t("invitation-sent")).sorts(sort, "sent", to),
            ],
        )
        .sticky();
        for line in self.rows {
            let (row, one) = (&line.row, &line.row.invitation);
            let who = match row.registration {
                Some(id) => html! { a href=(links::registration::record(slug, id)) { (one.name) } },
                None => html! { (one.name) },
            };
            let reminded = one
                .reminded_at
                .map(|at| lang.with("invitation-reminded", &[("day", lang.moment(at, self.zone).into())]))
                .unwrap_or_default();
            table.row(vec![
                cell_lines(who, &one.email),
                html! { (one.company) },
                html! { a href=(links::voucher::record(slug, one.campaign)) { (line.campaign_name) } },
                category(lang, line.category.code()),
                invitation_state(lang, row.state(), row.came).render(),
                cell_lines(lang.moment(one.sent_at, self.zone), &reminded),
            ]);
        }
        table
    }
}
