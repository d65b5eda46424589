//! The list of stands.

use domain::{
    PlaceId,
    listing::Sort,
    office::SavedView,
    sales::{
        StandKind,
        view::{StandFigures, StandFilter, StandRow},
    },
};
use maud::{Markup, Render, html};

use crate::{
    Badge, Href, Icon, Lang, Shell, Tone,
    components::{Button, Choice, Col, FilterBar, Pager, Table, Tile, empty_state, options, saved_views, tiles},
    links,
};

/// The list of stands.
pub struct StandsPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// What is shown.
    pub filter: &'a StandFilter,
    /// The rows.
    pub rows: &'a [StandRow],
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is not the first page.
    pub later: bool,
    /// Sums over what the filter shows.
    pub figures: StandFigures,
    /// The halls.
    pub halls: &'a [(PlaceId, String)],
    /// Views the viewer kept of the list.
    pub views: &'a [SavedView],
    /// Whether the viewer may change stands.
    pub may_edit: bool,
    /// Whether the viewer may take the list away.
    pub may_export: bool,
}

impl StandsPage<'_> {
    fn here(&self) -> Href {
        links::sales::stands(self.slug).query(&self.filter.pairs())
    }

    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let actions = html! {
            @if self.may_edit {
                (Button::link(lang.t("sales-new-stand"), links::sales::new_stand(self.slug)).primary().icon(Icon::Plus))
            }
        };
        let body = html! {
            (self.figures(lang))
            (self.bar(lang))
            @if self.rows.is_empty() {
                (empty_state(Icon::Stand, &lang.t("sales-nothing-found"), &lang.t("sales-no-stands-hint"), &html! {}))
            } @else {
                (self.table(lang))
                (Pager::new(lang, self.rows.len()).total(self.figures.stands)
                    .pages(&self.here(), self.later, self.next.as_ref()))
            }
        };
        shell.page(lang.t("sales-stands")).actions(actions).wide().body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let f = &self.figures;
        let share = if f.net_dm2 > 0 { f.assigned_dm2 as f64 / f.net_dm2 as f64 } else { 0.0 };
        tiles(&[
            Tile::new(lang.t("sales-stands"), lang.number(f.stands)).icon(Icon::Stand),
            Tile::new(lang.t("sales-assigned"), lang.number(f.assigned)).icon(Icon::CheckCircle),
            Tile::new(lang.t("sales-free"), lang.number(f.stands - f.assigned)).icon(Icon::Circle),
            Tile::new(lang.t("venue-net-assigned"), lang.percent(share)).icon(Icon::Chart).tone(Tone::Accent).hint(
                lang.with(
                    "venue-net-of",
                    &[("done", lang.area(f.assigned_dm2).into()), ("total", lang.area(f.net_dm2).into())],
                ),
            ),
        ])
    }

    fn bar(&self, lang: Lang) -> Markup {
        let halls = self.halls.iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        let bar = FilterBar::new(lang, links::sales::stands(self.slug))
            .search("q", &self.filter.q, lang.t("sales-search-stands"))
            .select("hall", lang.t("sales-hall"), halls, &self.filter.hall)
            .select(
                "kind",
                lang.t("sales-stand-kind"),
                options(lang, "stand-kind", StandKind::ALL.iter().map(|kind| kind.code())),
                &self.filter.kind,
            )
            .select(
                "state",
                lang.t("sales-state"),
                options(lang, "stand-state", ["free", "assigned"]),
                &self.filter.state,
            )
            .keep("sort", &self.filter.sort)
            .extra(saved_views(lang, self.slug, "stands", &self.here(), self.views));
        bar.exports(self.may_export, |format| {
            links::sales::stands_export(self.slug, format).query(&self.filter.pairs())
        })
        .render()
    }

    fn table(&self, lang: Lang) -> Markup {
        let sort = Sort::read(&self.filter.sort, StandFilter::SORTS);
        let to = |sort: &str| {
            let next = StandFilter { sort: sort.to_owned(), ..self.filter.clone() };
            links::sales::stands(self.slug).query(&next.pairs())
        };
        let mut table = Table::new(
            lang.t("sales-stands"),
            vec![
                Col::main(lang.t("sales-stand-number")).sorts(sort, "number", to),
                Col::tight(lang.t("sales-hall")),
                Col::new(lang.t("sales-stand-kind")),
                Col::num(lang.t("venue-area")).sorts(sort, "area", to),
                Col::num(lang.t("sales-open-sides")).wide_only(),
                Col::new(lang.t("sales-state")),
                Col::new(lang.t("sales-holder")),
            ],
        )
        .sticky();
        for row in self.rows {
            table.row(vec![
                html! { a href=(links::sales::stand(self.slug, row.id)) { (row.number) } },
                html! { a href=(links::venue::hall(self.slug, row.hall)) { (row.hall_code) } },
                html! { (lang.term("stand-kind", row.kind.code())) },
                html! { (lang.area(row.area_dm2)) },
                html! { (lang.number(i64::from(row.open_sides.count()))) },
                html! { (stand_badge(lang, row)) },
                html! {
                    @if let Some((id, name)) = &row.holder {
                        a href=(links::exhibitor::record(self.slug, *id)) { (name.get(lang.locale())) }
                    }
                },
            ]);
        }
        table.render()
    }
}

/// Free or assigned.
pub(super) fn stand_badge(lang: Lang, row: &StandRow) -> Badge {
    match row.holder {
        Some(_) => Badge::new(lang.t("stand-state-assigned"), Tone::Good).marked(),
        None => Badge::new(lang.t("stand-state-free"), Tone::Neutral),
    }
}
