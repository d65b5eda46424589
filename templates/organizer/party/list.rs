//! People and companies of all editions, with what they are in this one.

use domain::{
    office::SavedView,
    party::{ParticipationRole, PartyKind, view::PartyRow},
};
use maud::{Markup, Render, html};
use serde::{Deserialize, Serialize};

use crate::{
    Href, Lang, Shell, Tone,
    components::{
        Badge, Button, Col, FilterBar, Icon, Pager, Tab, Table, cell_lines, countries, empty_state, options,
        saved_views, tabs,
    },
    links,
};

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartyQuery {
    /// `organisation` or `person`.
    pub kind: String,
    pub q: String,
    pub role: String,
    pub country: String,
    /// The cursor: sort key and id of the last row seen.
    pub after: String,
    pub after_id: String,
}

impl PartyQuery {
    /// The kind listed; companies first.
    #[must_use]
    pub fn of(&self) -> PartyKind {
        PartyKind::parse(&self.kind).unwrap_or(PartyKind::Organisation)
    }

    fn at(&self, link: Href) -> Href {
        link.query(&[("kind", self.of().code()), ("q", &self.q), ("role", &self.role), ("country", &self.country)])
    }
}

/// The list.
pub struct PartyListPage<'a> {
    pub query: &'a PartyQuery,
    pub rows: &'a [PartyRow],
    pub total: i64,
    pub more: bool,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    /// Whether the viewer may take the list away.
    pub may_export: bool,
}

impl PartyListPage<'_> {
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let slug = shell.slug();
        let kind = self.query.of();
        let view = |code: PartyKind, icon| {
            let link = links::party::home(slug).query(&[("kind", code.code()), ("q", &self.query.q)]);
            Tab::new(lang.term("party-kind-many", code.code()), link, code == kind).icon(icon)
        };
        let kinds = [view(PartyKind::Organisation, Icon::Building), view(PartyKind::Person, Icon::Users)];
        let body = html! {
            (self.filters(lang, slug))
            @if self.rows.is_empty() {
                (empty_state(Icon::Search, &lang.t("party-none"), &lang.t("party-none-hint"),
                    &Button::link(lang.t("component-filter-clear"), links::party::home(slug))))
            } @else {
                (self.table(lang, slug, kind))
                (Pager::new(lang, self.rows.len()).total(self.total)
                    .first((!self.query.after.is_empty()).then(|| self.query.at(links::party::home(slug))))
                    .next(self.next(slug)))
            }
        };
        shell.page(lang.t("party-title")).tabs(tabs(lang, &lang.t("party-title"), &kinds)).wide().body(&body)
    }

    fn next(&self, slug: &str) -> Option<Href> {
        let last = self.rows.last().filter(|_| self.more)?;
        let link = self.query.at(links::party::home(slug));
        Some(link.query(&[("after", &last.sort_key), ("after_id", &last.id.to_string())]))
    }

    fn filters(&self, lang: Lang, slug: &str) -> Markup {
        let bar = FilterBar::new(lang, links::party::home(slug))
            .keep("kind", self.query.of().code())
            .search("q", &self.query.q, lang.t("party-search"))
            .select(
                "role",
                lang.t("party-role"),
                options(lang, "participation-role", ParticipationRole::ALL.iter().map(|r| r.code())),
                &self.query.role,
            )
            .select("country", lang.t("party-country"), countries(lang, &[]), &self.query.country)
            .extra(saved_views(lang, slug, "parties", &self.query.at(links::party::home(slug)), self.views));
        bar.exports(self.may_export, |format| self.query.at(links::party::export(slug, format))).render()
    }

    fn table(&self, lang: Lang, slug: &str, kind: PartyKind) -> Table {
        let beside = match kind {
            PartyKind::Person => lang.t("party-company"),
            PartyKind::Organisation => lang.t("party-website"),
        };
        let mut table = Table::new(
            lang.t("party-title"),
            vec![
                Col::main(lang.t("party-name")),
                Col::new(beside),
                Col::new(lang.t("party-country")),
                Col::new(lang.t("party-roles-here")),
                Col::new(lang.t("party-email")),
                Col::tight(lang.t("party-phone")),
            ],
        )
        .sticky();
        for row in self.rows {
            let link = links::party::record(slug, row.id);
            let other = [&row.name_en, &row.name_zh].into_iter().find(|name| !name.is_empty() && **name != row.name);
            let country = row.country.as_deref().filter(|code| !code.is_empty());
            table.row(vec![
                cell_lines(html! { a href=(link) { (row.name) } }, other.map_or("", String::as_str)),
                html! { (row.beside.as_deref().unwrap_or_default()) },
                html! { @if let Some(code) = country { (lang.term("country", code)) } },
                html! { div.cluster { @for role in &row.roles { (Badge::new(lang.term("participation-role", role), Tone::Info)) } } },
                html! { (row.email.as_deref().unwrap_or_default()) },
                html! { (row.phone.as_deref().unwrap_or_default()) },
            ]);
        }
        table
    }
}
