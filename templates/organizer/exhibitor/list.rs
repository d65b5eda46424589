//! The list of exhibitors: who takes part, where, and how far they are.

use domain::exhibitor::view::{ExhibitorFigures, ExhibitorFilter, ExhibitorRow};
use domain::office::SavedView;
use maud::{Markup, Render, html};

use crate::{
    Href, Icon, Lang, Shell, Tone,
    components::{
        Button, Choice, Col, FilterBar, Pager, Table, Tile, cell_lines, empty_state, options, progress, saved_views,
        tiles,
    },
    links,
};

/// The list of exhibitors.
pub struct ExhibitorsPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// What is shown.
    pub filter: &'a ExhibitorFilter,
    /// The rows.
    pub rows: &'a [ExhibitorRow],
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is not the first page.
    pub later: bool,
    /// Counts over all.
    pub figures: ExhibitorFigures,
    /// How many the filter shows.
    pub total: i64,
    /// The halls.
    pub halls: &'a [(domain::PlaceId, String)],
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    /// Whether the viewer may take the list away.
    pub may_export: bool,
}

impl ExhibitorsPage<'_> {
    fn here(&self) -> Href {
        links::exhibitor::home(self.slug).query(&self.filter.pairs())
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let actions = Button::link(lang.t("exhibitor-duties"), links::exhibitor::duties(self.slug)).icon(Icon::List);
        let body = html! {
            (self.figures(lang))
            (self.bar(lang))
            @if self.rows.is_empty() { (self.empty(lang)) }
            @else {
                (self.table(lang))
                (Pager::new(lang, self.rows.len()).total(self.total)
                    .pages(&self.here(), self.later, self.next.as_ref()))
            }
        };
        shell.page(lang.t("exhibitor-title")).actions(actions).wide().body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let f = &self.figures;
        let to = |name, value| links::exhibitor::home(self.slug).query(&[(name, value)]);
        tiles(&[
            Tile::new(lang.t("exhibitor-title"), lang.number(f.exhibitors)).icon(Icon::Building),
            Tile::new(lang.t("exhibitor-without-stand"), lang.number(f.exhibitors - f.with_stand))
                .icon(Icon::Stand)
                .link(to("stand", "without")),
            Tile::new(lang.t("exhibitor-joined"), lang.number(f.joined))
                .icon(Icon::UserCheck)
                .link(to("portal", "joined")),
            Tile::new(lang.t("exhibitor-with-overdue"), lang.number(f.overdue))
                .icon(Icon::Alert)
                .tone(if f.overdue > 0 { Tone::Bad } else { Tone::Good })
                .link(to("duties", "overdue")),
        ])
    }

    fn bar(&self, lang: Lang) -> Markup {
        let f = self.filter;
        let halls = self.halls.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        let bar = FilterBar::new(lang, links::exhibitor::home(self.slug))
            .search("q", &f.q, lang.t("exhibitor-search"))
            .select("hall", lang.t("sales-hall"), halls, &f.hall)
            .select("stand", lang.t("exhibitor-stand"), options(lang, "exhibitor-stand", ["with", "without"]), &f.stand)
            .select(
                "duties",
                lang.t("exhibitor-duties"),
                options(lang, "exhibitor-duties", ["overdue", "open", "complete"]),
                &f.duties,
            )
            .select(
                "portal",
                lang.t("exhibitor-portal"),
                options(lang, "exhibitor-portal", ["joined", "waiting"]),
                &f.portal,
            )
            .extra(saved_views(lang, self.slug, "exhibitors", &self.here(), self.views));
        bar.exports(self.may_export, |format| links::exhibitor::export(self.slug, format).query(&f.pairs())).render()
    }

    fn empty(&self, lang: Lang) -> Markup {
        if self.figures.exhibitors > 0 {
            return empty_state(
                Icon::Search,
                &lang.t("sales-nothing-found"),
                &lang.t("sales-nothing-found-hint"),
                &html! {},
            );
        }
        let action = Button::link(lang.t("exhibitor-see-applications"), links::sales::home(self.slug))
            .primary()
            .icon(Icon::Inbox);
        empty_state(Icon::Building, &lang.t("exhibitor-none"), &lang.t("exhibitor-none-hint"), &action)
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("exhibitor-title"),
            vec![
                Col::main(lang.t("sales-company")),
                Col::new(lang.t("exhibitor-stands")),
                Col::num(lang.t("venue-area")),
                Col::new(lang.t("exhibitor-duties")),
                Col::num(lang.t("exhibitor-overdue")),
                Col::new(lang.t("exhibitor-portal")),
            ],
        )
        .sticky();
        for row in self.rows {
            let link = html! { a href=(links::exhibitor::record(self.slug, row.participation)) { (row.company.get(lang.locale())) } };
            let country = if row.country.is_empty() { String::new() } else { lang.term("country", &row.country) };
            let portal = if row.joined > 0 { "joined" } else { "waiting" };
            table.row(vec![
                cell_lines(link, &country),
                html! {
                    @for (id, number) in &row.stands { a.tag href=(links::sales::stand(self.slug, *id)) { (number) } " " }
                    @if row.stands.is_empty() { span.muted { "–" } }
                },
                html! { @if row.area_dm2 > 0 { (lang.area(row.area_dm2)) } },
                html! {
                    @if row.progress.total > 0 {
                        (progress(lang, row.progress.done, row.progress.total, Tone::Accent))
                    }
                },
                html! { @if row.progress.overdue > 0 { span.tone-bad.strong { (lang.number(row.progress.overdue)) } } },
                html! { (lang.term("exhibitor-portal", portal)) },
            ]);
        }
        table.render()
    }
}
