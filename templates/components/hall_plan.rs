//! A hall drawn as SVG in metres: stands coloured by state, numbers and names, grid, scale bar.
//!
//! One renderer for the organizer's plan and the portal's small one. Zooming changes the view box by a link, so the
//! picture works without script; the caller gives a table of the same stands beside it.

use domain::{
    PlaceId,
    sales::StandKind,
    venue::Rect,
    venue::view::{HallPlan, PlanStand},
};
use maud::{Markup, Render, html};

use crate::{Href, Lang};

/// The part of the hall in sight: zoom 1, 2 or 4, and the tile counted from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanView {
    /// 1, 2 or 4 times.
    pub zoom: i32,
    /// Column of the tile.
    pub col: i32,
    /// Row of the tile.
    pub row: i32,
}

impl PlanView {
    /// The whole hall.
    pub const WHOLE: Self = Self { zoom: 1, col: 0, row: 0 };

    /// A view from the numbers of an address; anything odd shows the whole hall. Tiles overlap by half, so that a
    /// stand on the border of one is whole in the next: there are `2 × zoom − 1` in each direction.
    #[must_use]
    pub fn new(zoom: i32, col: i32, row: i32) -> Self {
        if !matches!(zoom, 1 | 2 | 4) {
            return Self::WHOLE;
        }
        let last = 2 * zoom - 2;
        Self { zoom, col: col.clamp(0, last), row: row.clamp(0, last) }
    }

    fn window(self, floor: &Rect) -> (f64, f64, f64, f64) {
        let (w, h) = (metres(floor.w_mm), metres(floor.h_mm));
        let (vw, vh) = (w / f64::from(self.zoom), h / f64::from(self.zoom));
        (f64::from(self.col) * vw / 2.0, f64::from(self.row) * vh / 2.0, vw, vh)
    }

    /// One tile further.
    #[must_use]
    pub fn moved(self, cols: i32, rows: i32) -> Option<Self> {
        let next = Self::new(self.zoom, self.col + cols, self.row + rows);
        (next != self).then_some(next)
    }

    /// Closer or further away, keeping the middle.
    #[must_use]
    pub fn zoomed(self, zoom: i32) -> Self {
        // The middle of a tile is (tile + 1) half windows away from the edge.
        let middle = |tile: i32| (tile + 1) * zoom / self.zoom - 1;
        Self::new(zoom, middle(self.col), middle(self.row))
    }
}

fn metres(mm: i32) -> f64 {
    f64::from(mm) / 1000.0
}

/// A number for an SVG attribute: at most three decimals, no trailing zeros.
fn n(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How a stand looks: whether held, and how sold.
#[must_use]
pub fn stand_class(stand: &PlanStand) -> &'static str {
    match (stand.holder.is_some(), stand.kind) {
        (false, _) => "plan-stand is-free",
        (true, StandKind::Raw) => "plan-stand is-raw",
        (true, StandKind::Shell) => "plan-stand is-shell",
        (true, StandKind::Package) => "plan-stand is-package",
    }
}

/// A drawing of a hall.
pub struct HallDrawing<'a> {
    lang: Lang,
    plan: &'a HallPlan,
    view: PlanView,
    own: Vec<PlaceId>,
    small: bool,
    link: Option<&'a dyn Fn(PlaceId) -> Href>,
}

impl<'a> HallDrawing<'a> {
    /// The whole hall without links.
    pub fn new(lang: Lang, plan: &'a HallPlan) -> Self {
        Self { lang, plan, view: PlanView::WHOLE, own: Vec::new(), small: false, link: None }
    }

    /// Shows a part of it.
    #[must_use]
    pub fn view(mut self, view: PlanView) -> Self {
        self.view = view;
        self
    }

    /// These stands stand out, everything else steps back; names of others are left out.
    #[must_use]
    pub fn own(mut self, own: Vec<PlaceId>) -> Self {
        self.own = own;
        self.small = true;
        self
    }

    /// Every stand leads somewhere.
    #[must_use]
    pub fn link(mut self, link: &'a dyn Fn(PlaceId) -> Href) -> Self {
        self.link = Some(link);
        self
    }

    fn words(&self, stand: &PlanStand) -> String {
        let lang = self.lang;
        let holder = match &stand.holder {
            Some((_, name)) if !self.small => name.get(lang.locale()).to_owned(),
            Some(_) => lang.t("venue-plan-taken"),
            None => lang.t("venue-plan-free"),
        };
        let parts =
            [stand.number.clone(), lang.term("stand-kind", stand.kind.code()), lang.area(stand.area_dm2), holder];
        parts.join(" · ")
    }

    /// Number and, where there is room, the company: text is cut to the width of the stand.
    fn label(&self, stand: &PlanStand) -> Markup {
        let (w, h) = (metres(stand.rect.w_mm), metres(stand.rect.h_mm));
        let (x, y) = (metres(stand.rect.x_mm) + w / 2.0, metres(stand.rect.y_mm) + h / 2.0);
        let own = self.own.contains(&stand.id);
        if self.small && !own {
            return html! {};
        }
        let scale = if self.small { 2.2 } else { 1.0 };
        let size = (w / 4.2).min(h / 2.2).min(1.6 * scale).max(if own { 1.8 } else { 0.5 });
        let name = match &stand.holder {
            Some((_, name)) if !self.small && w >= 4.5 && h >= 3.0 => {
                cut(name.get(self.lang.locale()), w / (size * 0.62))
            }
            _ => String::new(),
        };
        let first = if name.is_empty() { y + size * 0.35 } else { y - size * 0.15 };
        html! {
            text.plan-number x=(n(x)) y=(n(first)) font-size=(n(size)) text-anchor="middle" { (stand.number) }
            @if !name.is_empty() {
                text.plan-name x=(n(x)) y=(n(y + size * 0.95)) font-size=(n(size * 0.72)) text-anchor="middle" { (name) }
            }
        }
    }

    fn stand(&self, stand: &PlanStand) -> Markup {
        let r = &stand.rect;
        let words = self.words(stand);
        let class = match (self.small, self.own.contains(&stand.id)) {
            (true, true) => "plan-stand is-own",
            (true, false) => "plan-stand is-other",
            _ => stand_class(stand),
        };
        let shape = html! {
            g class=(class) {
                title { (words) }
                rect x=(n(metres(r.x_mm))) y=(n(metres(r.y_mm))) width=(n(metres(r.w_mm))) height=(n(metres(r.h_mm))) {}
                (self.label(stand))
            }
        };
        match self.link {
            Some(link) => html! { a href=(link(stand.id)) { (shape) } },
            None => shape,
        }
    }

    /// Lines every ten metres with their figures along the edges.
    fn grid(&self) -> Markup {
        let (w, h) = (metres(self.plan.floor.w_mm), metres(self.plan.floor.h_mm));
        let columns: Vec<f64> = (1..).map(|i| f64::from(i) * 10.0).take_while(|x| *x < w).collect();
        let rows: Vec<f64> = (1..).map(|i| f64::from(i) * 10.0).take_while(|y| *y < h).collect();
        html! {
            g.plan-grid aria-hidden="true" {
                @for x in &columns { line x1=(n(*x)) y1="0" x2=(n(*x)) y2=(n(h)) {} }
                @for y in &rows { line x1="0" y1=(n(*y)) x2=(n(w)) y2=(n(*y)) {} }
            }
            @if !self.small {
                g.plan-axis aria-hidden="true" {
                    @for x in &columns { text x=(n(*x)) y="-0.6" font-size="1.5" text-anchor="middle" { (n(*x)) } }
                    @for y in &rows { text x="-0.6" y=(n(*y + 0.5)) font-size="1.5" text-anchor="end" { (n(*y)) } }
                    text x="-0.6" y="-0.6" font-size="1.5" text-anchor="end" { "m" }
                }
            }
        }
    }

    /// Ten metres, drawn at the foot of what is in sight.
    fn scale_bar(&self, (x, y, w, h): (f64, f64, f64, f64)) -> Markup {
        let length = if w > 60.0 { 10.0 } else { 5.0 };
        let (left, base) = (x + w - length - 1.0, y + h + 1.4);
        html! {
            g.plan-scale aria-hidden="true" {
                path d={ "M" (n(left)) " " (n(base - 0.5)) "v1h" (n(length)) "v-1" } {}
                text x=(n(left - 0.6)) y=(n(base + 0.6)) font-size=(n((w / 70.0).max(0.9))) text-anchor="end" {
                    (n(length)) " m"
                }
            }
        }
    }
}

impl Render for HallDrawing<'_> {
    fn render(&self) -> Markup {
        let lang = self.lang;
        let window = self.view.window(&self.plan.floor);
        let (x, y, w, h) = window;
        let edge = if self.small { 0.5 } else { 4.0 };
        let foot = if self.small { 0.5 } else { 3.0 };
        let view_box =
            format!("{} {} {} {}", n(x - edge), n(y - edge * 0.6), n(w + edge + 0.5), n(h + edge * 0.6 + foot));
        let name = self.plan.hall.name.get(lang.locale());
        let title = lang.with("venue-plan-title", &[("hall", name.into())]);
        let features = html! {
            @for feature in &self.plan.features {
                g class={ "plan-feature is-" (feature.kind.code()) } {
                    title { (feature.name.get(lang.locale())) }
                    rect x=(n(metres(feature.rect.x_mm))) y=(n(metres(feature.rect.y_mm)))
                        width=(n(metres(feature.rect.w_mm))) height=(n(metres(feature.rect.h_mm))) {}
                }
            }
        };
        html! {
            div class=(if self.small { "plan-frame is-small" } else { "plan-frame" }) tabindex="0" role="region" aria-label=(title) {
                svg.hall-plan viewBox=(view_box) xmlns="http://www.w3.org/2000/svg" role="group" aria-label=(title) {
                    rect.plan-floor x="0" y="0" width=(n(metres(self.plan.floor.w_mm))) height=(n(metres(self.plan.floor.h_mm))) {}
                    (self.grid())
                    (features)
                    @for stand in &self.plan.stands { (self.stand(stand)) }
                    @if !self.small { (self.scale_bar(window)) }
                }
            }
        }
    }
}

/// Cuts a name to a number of letter widths; a Chinese character takes nearly two.
fn cut(name: &str, room: f64) -> String {
    let width = |c: char| if c.is_ascii() { 1.0 } else { 1.7 };
    let mut used = 0.0;
    for (at, c) in name.char_indices() {
        used += width(c);
        if used > room {
            let kept = name[..at].trim_end();
            return if kept.chars().count() < 2 { String::new() } else { format!("{kept}…") };
        }
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_to_their_room() {
        assert_eq!(cut("Suzhou Tools", 20.0), "Suzhou Tools");
        assert_eq!(cut("Suzhou Tools", 6.0), "Suzhou…");
        assert_eq!(cut("苏州精密工具", 4.0), "苏州…");
        assert_eq!(cut("Suzhou", 1.0), "");
    }

    #[test]
    fn zooming_keeps_the_middle() {
        let view = PlanView::new(2, 1, 1);
        assert_eq!(view.zoomed(4), PlanView { zoom: 4, col: 3, row: 3 });
        assert_eq!(view.zoomed(4).zoomed(2), view);
        assert_eq!(view.zoomed(1), PlanView::WHOLE);
        assert_eq!(PlanView::new(3, 0, 0), PlanView::WHOLE);
        assert_eq!(PlanView::new(2, 9, -1), PlanView { zoom: 2, col: 2, row: 0 });
        assert_eq!(PlanView::new(2, 2, 0).moved(1, 0), None);
    }
}
