//! Puts badges on pages: one a page, several on a sheet, or a strip to be folded.

use super::MM;
use super::layout::{Layout, Stock};

/// One badge on a page, points from the page's upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Which badge, counted from 0.
    pub badge: usize,
    /// Its left edge.
    pub left: f32,
    /// Its upper edge.
    pub top: f32,
    /// Upside down: the back of a folded badge.
    pub turned: bool,
}

/// A page to print.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Width, points.
    pub width: f32,
    /// Height, points.
    pub height: f32,
    /// Its badges.
    pub spots: Vec<Spot>,
}

fn points(length: i32) -> f32 {
    length as f32 / 10.0 * MM
}

/// How many badges a page takes.
#[must_use]
pub fn per_page(layout: &Layout) -> usize {
    match layout.paper.stock {
        Stock::Sheet => (usize::from(layout.paper.columns) * usize::from(layout.paper.rows)).max(1),
        Stock::Single | Stock::FanFold => 1,
    }
}

/// The pages of so many badges.
#[must_use]
pub fn pages(layout: &Layout, badges: usize) -> Vec<Page> {
    let size = (points(layout.width), points(layout.height));
    let paper = &layout.paper;
    match paper.stock {
        Stock::Single | Stock::FanFold => (0..badges).map(|badge| alone(badge, size, paper.fold)).collect(),
        Stock::Sheet => {
            let columns = usize::from(paper.columns).max(1);
            let spot = |at: usize, badge: usize| Spot {
                badge,
                left: points(paper.left) + (at % columns) as f32 * (size.0 + points(paper.gap_x)),
                top: points(paper.top) + (at / columns) as f32 * (size.1 + points(paper.gap_y)),
                turned: false,
            };
            let all: Vec<usize> = (0..badges).collect();
            let page = |badges: &[usize]| Page {
                width: points(paper.width),
                height: points(paper.height),
                spots: badges.iter().enumerate().map(|(at, badge)| spot(at, *badge)).collect(),
            };
            all.chunks(per_page(layout)).map(page).collect()
        }
    }
}

fn alone(badge: usize, (width, height): (f32, f32), fold: bool) -> Page {
    let front = Spot { badge, left: 0.0, top: 0.0, turned: false };
    if !fold {
        return Page { width, height, spots: vec![front] };
    }
    // Folded backwards in the middle, what was printed upside down below stands upright behind.
    let back = Spot { top: height, turned: true, ..front };
    Page { width, height: height * 2.0, spots: vec![front, back] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printing::presets::Preset;

    #[test]
    fn sheets_take_ten_and_every_badge_lies_on_its_sheet() {
        let layout = Preset::Sheet.layout();
        let pages = pages(&layout, 23);
        assert_eq!(pages.iter().map(|page| page.spots.len()).collect::<Vec<_>>(), [10, 10, 3]);
        let (width, height) = (points(layout.width), points(layout.height));
        for page in &pages {
            for spot in &page.spots {
                assert!(spot.left + width <= page.width + 0.01 && spot.top + height <= page.height + 0.01, "{spot:?}");
            }
        }
        let order: Vec<usize> = pages.iter().flat_map(|page| page.spots.iter().map(|spot| spot.badge)).collect();
        assert_eq!(order, (0..23).collect::<Vec<_>>());
    }

    #[test]
    fn a_folded_strip_has_the_badge_on_both_halves() {
        let layout = Preset::Folded.layout();
        let pages = pages(&layout, 2);
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[1].spots.iter().map(|s| (s.badge, s.turned)).collect::<Vec<_>>(), [(1, false), (1, true)]);
        assert!((pages[0].height - 2.0 * points(layout.height)).abs() < 0.01);
    }

    #[test]
    fn nothing_is_no_page() {
        assert!(pages(&Preset::Sheet.layout(), 0).is_empty());
    }
}
