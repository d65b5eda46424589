//! A hall's plan: the drawing, what its colours mean, what is wrong with it, and the same as a table.

use domain::venue::{
    LayoutProblem,
    view::{HallPlan, HallRow},
};
use maud::{Markup, Render, html};

use crate::{
    Icon, Lang, Shell, Tone,
    components::{
        Button, Col, HallDrawing, PlanView, Tab, Table, Tile, callout, card, empty_state, icon_link, stand_class, tabs,
        tiles,
    },
    links,
};

/// A hall with its plan.
pub struct HallPage<'a> {
    /// The edition's slug.
    pub slug: &'a str,
    /// The hall as drawn.
    pub plan: &'a HallPlan,
    /// All halls, to go to the next one.
    pub halls: &'a [HallRow],
    /// The part in sight.
    pub view: PlanView,
    /// Whether the viewer may change it.
    pub may_edit: bool,
    /// Whether the viewer may open stands.
    pub may_sales: bool,
}

impl HallPage<'_> {
    /// The page.
    pub fn render(&self, shell: &Shell) -> Markup {
        let lang = shell.lang;
        let hall = &self.plan.hall;
        let halls: Vec<Tab> = self
            .halls
            .iter()
            .map(|h| {
                Tab::new(h.name.get(lang.locale()), links::venue::hall(self.slug, h.id), h.id == hall.id)
                    .count(h.stands)
            })
            .collect();
        let actions = html! {
            @if self.may_sales {
                (Button::link(lang.t("venue-stand-list"), links::sales::stands(self.slug).query(&[("hall", &hall.id.to_string())]))
                    .icon(Icon::List))
            }
            @if self.may_edit {
                (Button::link(lang.t("sales-new-stand"), links::sales::new_stand(self.slug).query(&[("hall", &hall.id.to_string())]))
                    .primary().icon(Icon::Plus))
            }
        };
        let body = html! {
            (self.figures(lang))
            (self.problems(lang))
            @if self.plan.stands.is_empty() {
                (empty_state(Icon::Stand, &lang.t("venue-no-stands"), &lang.t("venue-no-stands-hint"), &html! {}))
            } @else {
                (card(&lang.t("venue-plan"), &self.zoom(lang), &self.drawing(lang)))
                details.plan-table {
                    summary { (lang.t("venue-plan-as-table")) }
                    (self.table(lang))
                }
            }
        };
        shell
            .page(hall.name.get(lang.locale()))
            .crumb(lang.t("venue-title"), links::venue::home(self.slug))
            .tabs(tabs(lang, &lang.t("venue-halls"), &halls))
            .actions(actions)
            .wide()
            .body(&body)
    }

    fn figures(&self, lang: Lang) -> Markup {
        let hall = &self.plan.hall;
        let share = |part: i64, whole: i64| if whole > 0 { part as f64 / whole as f64 } else { 0.0 };
        tiles(&[
            Tile::new(lang.t("venue-gross"), lang.area(hall.area_dm2)).icon(Icon::Ruler),
            Tile::new(lang.t("venue-net"), lang.area(hall.net_dm2)).icon(Icon::Map).hint(
                lang.with("venue-net-share", &[("share", lang.percent(share(hall.net_dm2, hall.area_dm2)).into())]),
            ),
            Tile::new(lang.t("venue-stands"), lang.number(hall.stands))
                .icon(Icon::Stand)
                .hint(lang.with("venue-stands-free", &[("count", (hall.stands - hall.assigned).into())])),
            Tile::new(lang.t("venue-net-assigned"), lang.percent(share(hall.assigned_dm2, hall.net_dm2)))
                .icon(Icon::Chart)
                .tone(Tone::Accent),
        ])
    }

    fn problems(&self, lang: Lang) -> Markup {
        if self.plan.problems.is_empty() {
            return html! {};
        }
        let shown = 8;
        let list = html! {
            ul {
                @for problem in self.plan.problems.iter().take(shown) { li { (problem_words(lang, problem)) } }
                @if self.plan.problems.len() > shown {
                    li { (lang.with("venue-more-problems", &[("count", (self.plan.problems.len() - shown).into())])) }
                }
            }
        };
        callout(Tone::Warn, &lang.t("venue-problems"), &list)
    }

    fn to(&self, view: PlanView) -> crate::Href {
        let text = |number: i32| if view.zoom == 1 { String::new() } else { number.to_string() };
        let zoom = if view.zoom == 1 { String::new() } else { view.zoom.to_string() };
        links::venue::hall(self.slug, self.plan.hall.id).query(&[
            ("zoom", &zoom),
            ("col", &text(view.col)),
            ("row", &text(view.row)),
        ])
    }

    /// Zoom and pan as links: the picture works without script, and an address shows one corner.
    fn zoom(&self, lang: Lang) -> Markup {
        let step = |icon: Icon, key: &str, cols: i32, rows: i32| match self.view.moved(cols, rows) {
            Some(view) => icon_link(icon, &lang.t(key), self.to(view)),
            None => html! {},
        };
        let (closer, further) = (self.view.zoom * 2, self.view.zoom / 2);
        html! {
            @if self.view.zoom > 1 {
                (step(Icon::ArrowLeft, "venue-pan-left", -1, 0))
                (step(Icon::ArrowUp, "venue-pan-up", 0, -1))
                (step(Icon::ArrowDown, "venue-pan-down", 0, 1))
                (step(Icon::ArrowRight, "venue-pan-right", 1, 0))
                (icon_link(Icon::Minus, &lang.t("venue-zoom-out"), self.to(self.view.zoomed(further))))
            }
            span.num { (self.view.zoom) "×" }
            @if self.view.zoom < 4 {
                (icon_link(Icon::Plus, &lang.t("venue-zoom-in"), self.to(self.view.zoomed(closer))))
            }
        }
    }

    fn drawing(&self, lang: Lang) -> Markup {
        let link = |id| links::sales::stand(self.slug, id);
        let mut drawing = HallDrawing::new(lang, self.plan).view(self.view);
        if self.may_sales {
            drawing = drawing.link(&link);
        }
        html! { (self.legend(lang)) (drawing) }
    }

    fn legend(&self, lang: Lang) -> Markup {
        let kinds = [
            ("plan-stand is-free", "venue-legend-free"),
            ("plan-stand is-raw", "venue-legend-raw"),
            ("plan-stand is-shell", "venue-legend-shell"),
            ("plan-stand is-package", "venue-legend-package"),
        ];
        html! {
            ul.plan-legend {
                @for (class, key) in kinds {
                    @let count = self.plan.stands.iter().filter(|stand| stand_class(stand) == class).count();
                    @if count > 0 {
                        li {
                            svg class="plan-swatch" viewBox="0 0 16 12" width="16" height="12" aria-hidden="true" {
                                g class=(class) { rect x="1" y="1" width="14" height="10" {} }
                            }
                            (lang.t(key)) " " span.num { (lang.number(count as i64)) }
                        }
                    }
                }
                li.muted { (lang.t("venue-plan-units")) }
            }
        }
    }

    fn table(&self, lang: Lang) -> Markup {
        let mut table = Table::new(
            lang.t("venue-plan-as-table"),
            vec![
                Col::main(lang.t("sales-stand-number")),
                Col::new(lang.t("sales-stand-kind")),
                Col::num(lang.t("venue-area")),
                Col::num(lang.t("venue-position")),
                Col::new(lang.t("sales-holder")),
            ],
        );
        for stand in &self.plan.stands {
            let rect = &stand.rect;
            let metres = |mm: i32| lang.decimal(f64::from(mm) / 1000.0, 1);
            table.row(vec![
                html! {
                    @if self.may_sales { a href=(links::sales::stand(self.slug, stand.id)) { (stand.number) } }
                    @else { (stand.number) }
                },
                html! { (lang.term("stand-kind", stand.kind.code())) },
                html! { (lang.area(stand.area_dm2)) },
                html! { (metres(rect.x_mm)) " / " (metres(rect.y_mm)) " m" },
                html! {
                    @match &stand.holder {
                        Some((id, name)) => a href=(links::exhibitor::record(self.slug, *id)) { (name.get(lang.locale())) },
                        None => span.muted { (lang.t("venue-plan-free")) },
                    }
                },
            ]);
        }
        table.render()
    }
}

fn problem_words(lang: Lang, problem: &LayoutProblem) -> String {
    match problem {
        LayoutProblem::Overlap { first, second } => {
            lang.with("venue-problem-overlap", &[("first", first.as_str().into()), ("second", second.as_str().into())])
        }
        LayoutProblem::Outside { number } => lang.with("venue-problem-outside", &[("number", number.as_str().into())]),
        LayoutProblem::AreaDiffers { number, sold_dm2, drawn_dm2 } => lang.with(
            "venue-problem-area-differs",
            &[
                ("number", number.as_str().into()),
                ("sold", lang.area(*sold_dm2).into()),
                ("drawn", lang.area(*drawn_dm2).into()),
            ],
        ),
    }
}
