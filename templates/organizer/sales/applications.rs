//! The inbox: who wants to exhibit, longest waiting first.

use chrono_tz::Tz;
use domain::office::SavedView;
use domain::sales::{
    ApplicationState, StandKind,
    view::{ApplicationFigures, ApplicationFilter, ApplicationRow},
};
use maud::{Markup, Render, html};

use super::application_badge;
use crate::{
    Icon, Lang, Shell, Tone,
    components::{
        Button, Col, FilterBar, Pager, Tab, Table, Tile, cell_lines, empty_state, options, saved_views, tabs, tiles,
    },
    links,
};

/// The inbox.
pub struct ApplicationsPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The venue's zone.
    pub zone: Tz,
    /// What is shown.
    pub filter: &'a ApplicationFilter,
    /// The rows.
    pub rows: &'a [ApplicationRow],
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is not the first page.
    pub later: bool,
    /// Counts by state.
    pub figures: ApplicationFigures,
    /// Whether the form is open to the public.
    pub open: bool,
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    /// Whether the viewer may take the list away.
    pub may_export: bool,
}

impl ApplicationsPage<'_> {
    fn address(&self, state: &str) -> crate::Href {
        links::sales::home(self.slug).query(&[("state", state), ("kind", &self.filter.kind), ("q", &self.filter.q)])
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let actions = html! {
            (Button::link(lang.t("sales-stands"), links::sales::stands(self.slug)).icon(Icon::Stand))
            (Button::link(lang.t("sales-public-form"), links::public::apply(self.slug)).icon(Icon::External).disabled(!self.open))
        };
        let body = html! {
            (self.figures(lang))
            (self.bar(lang))
            @if self.rows.is_empty() { (self.empty(lang)) }
            @else {
                (self.table(lang))
                (Pager::new(lang, self.rows.len())
                    .pages(&self.address(&self.filter.state), self.later, self.next.as_ref()))
            }
        };
        shell.page(lang.t("sales-applications")).actions(actions).tabs(self.tabs(lang)).wide().body(&body)
    }

    fn tabs(&self, lang: Lang) -> Markup {
        let f = &self.figures;
        let here = |state: &str| self.filter.state == state || (self.filter.state.is_empty() && state == "submitted");
        let mut all: Vec<Tab> = ApplicationState::ALL
            .iter()
            .map(|state| {
                let count = match state {
                    ApplicationState::Submitted => f.submitted,
                    ApplicationState::Accepted => f.accepted,
                    ApplicationState::Declined => f.declined,
                    ApplicationState::Withdrawn => f.withdrawn,
                };
                let words = lang.term("application-state", state.code());
                Tab::new(words, self.address(state.code()), here(state.code())).count(count)
            })
            .collect();
        let total = f.submitted + f.accepted + f.declined + f.withdrawn;
        all.push(Tab::new(lang.t("sales-all"), self.address("all"), here("all")).count(total));
        tabs(lang, &lang.t("sales-applications"), &all)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let f = &self.figures;
        tiles(&[
            Tile::new(lang.t("sales-waiting"), lang.number(f.submitted))
                .icon(Icon::Inbox)
                .tone(if f.submitted > 0 { Tone::Accent } else { Tone::Neutral })
                .link(self.address("submitted")),
            Tile::new(lang.t("sales-waiting-area"), lang.area(f.waiting_dm2)).icon(Icon::Ruler),
            Tile::new(lang.t("sales-accepted"), lang.number(f.accepted))
                .icon(Icon::CheckCircle)
                .link(self.address("accepted")),
        ])
    }

    fn bar(&self, lang: Lang) -> Markup {
        let shown = links::sales::home(self.slug).query(&self.filter.pairs());
        let bar = FilterBar::new(lang, links::sales::home(self.slug))
            .search("q", &self.filter.q, lang.t("sales-search-applications"))
            .select(
                "kind",
                lang.t("sales-stand-kind"),
                options(lang, "stand-kind", StandKind::ALL.iter().map(|kind| kind.code())),
                &self.filter.kind,
            )
            .keep("state", &self.filter.state)
            .extra(saved_views(lang, self.slug, "applications", &shown, self.views));
        bar.exports(self.may_export, |format| {
            links::sales::applications_export(self.slug, format).query(&self.filter.pairs())
        })
        .render()
    }

    fn empty(&self, lang: Lang) -> Markup {
        let (title, hint) = if self.filter.q.is_empty() && self.filter.kind.is_empty() {
            ("sales-no-applications", "sales-no-applications-hint")
        } else {
            ("sales-nothing-found", "sales-nothing-found-hint")
        };
        empty_state(Icon::Inbox, &lang.t(title), &lang.t(hint), &html! {})
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("sales-applications"),
            vec![
                Col::tight(lang.t("sales-number")),
                Col::main(lang.t("sales-company")),
                Col::new(lang.t("sales-contact")),
                Col::new(lang.t("sales-wish")),
                Col::tight(lang.t("sales-arrived")),
                Col::new(lang.t("sales-state")),
            ],
        )
        .sticky();
        for row in self.rows {
            let link =
                html! { a href=(links::sales::application(self.slug, row.id)) { (row.company.get(lang.locale())) } };
            let class = if row.state == ApplicationState::Submitted { "is-new" } else { "" };
            table.row_marked(
                vec![
                    html! { span.num { "#" (row.number) } },
                    cell_lines(link, &lang.term("country", &row.country)),
                    html! { (row.contact_name) },
                    cell_lines(html! { (lang.area(row.area_dm2)) }, &lang.term("stand-kind", row.stand_kind.code())),
                    html! { time datetime=(row.created_at.to_rfc3339()) { (lang.moment(row.created_at, self.zone)) } },
                    html! { (application_badge(lang, row.state)) },
                ],
                class,
            );
        }
        table.render()
    }
}
