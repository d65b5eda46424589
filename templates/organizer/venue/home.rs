//! The venue: its halls with their figures, and every place as a tree.

use domain::{
    Bilingual,
    venue::view::{HallRow, TreeRow},
};
use maud::{Markup, Render, html};

use crate::{
    Icon, Lang, Shell, Tone,
    components::{Button, Col, Table, Tile, card, cell_lines, empty_state, progress, tiles},
    links,
};

/// The venue of an edition.
pub struct VenuePage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The venue's name.
    pub venue: &'a Bilingual,
    /// Where it is.
    pub city: &'a str,
    /// Its halls.
    pub halls: &'a [HallRow],
    /// Its places, in reading order; stands are counted, not listed.
    pub tree: &'a [TreeRow],
    /// Whether the viewer may change it.
    pub may_edit: bool,
}

impl VenuePage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let subtitle = html! { (self.venue.get(lang.locale())) @if !self.city.is_empty() { " · " (self.city) } };
        let actions = html! {
            (Button::link(lang.t("venue-stands"), links::sales::stands(self.slug)).icon(Icon::Stand))
            @if self.may_edit {
                (Button::link(lang.t("venue-new-place"), links::venue::new_place(self.slug)).primary().icon(Icon::Plus))
            }
        };
        let body = html! {
            (self.figures(lang))
            (self.halls(lang))
            (card(&lang.t("venue-places"), &html! {}, &self.tree(lang)))
        };
        shell.page(lang.t("venue-title")).subtitle(subtitle).actions(actions).wide().body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let sum = |pick: fn(&HallRow) -> i64| self.halls.iter().map(pick).sum::<i64>();
        let (stands, assigned) = (sum(|h| h.stands), sum(|h| h.assigned));
        let (net, sold) = (sum(|h| h.net_dm2), sum(|h| h.assigned_dm2));
        let share = if net > 0 { sold as f64 / net as f64 } else { 0.0 };
        let stand_list = links::sales::stands(self.slug);
        tiles(&[
            Tile::new(lang.t("venue-halls"), lang.number(self.halls.len() as i64)).icon(Icon::Building),
            Tile::new(lang.t("venue-gross"), lang.area(sum(|h| h.area_dm2))).icon(Icon::Ruler),
            Tile::new(lang.t("venue-stands"), lang.number(stands))
                .icon(Icon::Stand)
                .hint(lang.with("venue-stands-free", &[("count", (stands - assigned).into())]))
                .link(stand_list.clone()),
            Tile::new(lang.t("venue-net-assigned"), lang.percent(share))
                .icon(Icon::Chart)
                .tone(Tone::Accent)
                .hint(lang.with("venue-net-of", &[("done", lang.area(sold).into()), ("total", lang.area(net).into())]))
                .link(stand_list.query(&[("state", "assigned")])),
        ])
    }

    fn halls(&self, lang: Lang) -> Markup {
        if self.halls.is_empty() {
            let action = self.may_edit.then(|| {
                Button::link(lang.t("venue-new-place"), links::venue::new_place(self.slug)).primary().icon(Icon::Plus)
            });
            let action = html! { @if let Some(action) = action { (action) } };
            return empty_state(Icon::Building, &lang.t("venue-no-halls"), &lang.t("venue-no-halls-hint"), &action);
        }
        html! {
            div.hall-cards {
                @for hall in self.halls { (self.hall(lang, hall)) }
            }
        }
    }

    fn hall(&self, lang: Lang, hall: &HallRow) -> Markup {
        let actions =
            Button::link(lang.t("venue-open-plan"), links::venue::hall(self.slug, hall.id)).small().icon(Icon::Map);
        let body = html! {
            dl.facts {
                div { dt { (lang.t("venue-gross")) } dd { (lang.area(hall.area_dm2)) } }
                div { dt { (lang.t("venue-net")) } dd { (lang.area(hall.net_dm2)) } }
                div { dt { (lang.t("venue-stands")) } dd { (lang.number(hall.stands)) } }
                div {
                    dt { (lang.t("venue-capacity")) }
                    dd { @if let Some(persons) = hall.capacity_persons { (lang.number(i64::from(persons))) } @else { "–" } }
                }
            }
            p { (lang.t("venue-assigned")) }
            (progress(lang, hall.assigned, hall.stands, Tone::Accent))
        };
        card(hall.name.get(lang.locale()), &actions, &body)
    }

    fn tree(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("venue-places"),
            vec![
                Col::main(lang.t("venue-place")),
                Col::new(lang.t("venue-place-kind")),
                Col::num(lang.t("venue-area")),
                Col::num(lang.t("venue-capacity")),
                Col::num(lang.t("venue-inside")),
            ],
        );
        for row in self.tree {
            let place = &row.place;
            let name = place.name.get(lang.locale());
            let words = if name.is_empty() { &place.code } else { name };
            let indent = ["tree-0", "tree-1", "tree-2", "tree-3", "tree-4"][row.depth.min(4)];
            let link = html! { a href=(links::venue::place(self.slug, place.id)) { (words) } };
            table.row(vec![
                html! { span class=(indent) { (cell_lines(link, if words == place.code { "" } else { &place.code })) } },
                html! { (lang.term("place-kind", place.kind.code())) },
                html! { @if let Some(area) = place.area_dm2 { (lang.area(area)) } },
                html! { @if let Some(persons) = place.capacity_persons { (lang.number(i64::from(persons))) } },
                html! { @if row.children > 0 { (lang.number(row.children)) } },
            ]);
        }
        table.render()
    }
}
