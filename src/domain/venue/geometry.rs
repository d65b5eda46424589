//! Rectangles on a hall's floor, in whole millimetres with the origin at the top left corner of
//! the hall. Integers: two stands that touch really touch, and an area never drifts.

use serde::{Deserialize, Serialize};

/// No hall is longer than this; keeps products far away from overflow.
pub const MAX_EXTENT_MM: i32 = 2_000_000;

/// An axis-parallel rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x_mm: i32,
    /// Top edge.
    pub y_mm: i32,
    /// Width, always positive.
    pub w_mm: i32,
    /// Depth, always positive.
    pub h_mm: i32,
}

impl Rect {
    /// A rectangle with sensible numbers, or nothing.
    #[must_use]
    pub fn new(x_mm: i32, y_mm: i32, w_mm: i32, h_mm: i32) -> Option<Self> {
        let inside = |n: i32| (0..=MAX_EXTENT_MM).contains(&n);
        (inside(x_mm) && inside(y_mm) && inside(w_mm) && inside(h_mm) && w_mm > 0 && h_mm > 0).then_some(Self {
            x_mm,
            y_mm,
            w_mm,
            h_mm,
        })
    }

    /// From four columns of a row, all of which must be there.
    #[must_use]
    pub fn from_parts(x: Option<i32>, y: Option<i32>, w: Option<i32>, h: Option<i32>) -> Option<Self> {
        Self::new(x?, y?, w?, h?)
    }

    /// Right edge.
    #[must_use]
    pub fn right(&self) -> i32 {
        self.x_mm + self.w_mm
    }

    /// Bottom edge.
    #[must_use]
    pub fn bottom(&self) -> i32 {
        self.y_mm + self.h_mm
    }

    /// Area in square decimetres, rounded to the nearest.
    #[must_use]
    pub fn area_dm2(&self) -> i64 {
        (i64::from(self.w_mm) * i64::from(self.h_mm) + 5_000) / 10_000
    }

    /// Whether the two share floor. Touching edges do not overlap.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x_mm < other.right()
            && other.x_mm < self.right()
            && self.y_mm < other.bottom()
            && other.y_mm < self.bottom()
    }

    /// Whether a rectangle placed on this floor (its origin is our top left corner) stays within.
    #[must_use]
    pub fn holds(&self, inner: &Self) -> bool {
        inner.x_mm >= 0 && inner.y_mm >= 0 && inner.right() <= self.w_mm && inner.bottom() <= self.h_mm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: i32, y: i32, w: i32, h: i32) -> Rect {
        Rect::new(x, y, w, h).expect("a good rectangle")
    }

    /// Every pair from a grid of rectangles: overlap is symmetric and agrees with counting cells.
    #[test]
    fn overlap_agrees_with_counting_shared_cells() {
        let mut all = Vec::new();
        for x in 0..3 {
            for y in 0..3 {
                for w in 1..3 {
                    for h in 1..3 {
                        all.push(rect(x, y, w, h));
                    }
                }
            }
        }
        let cells = |r: &Rect| {
            let mut set = std::collections::BTreeSet::new();
            for x in r.x_mm..r.right() {
                for y in r.y_mm..r.bottom() {
                    set.insert((x, y));
                }
            }
            set
        };
        for a in &all {
            for b in &all {
                let shared = !cells(a).is_disjoint(&cells(b));
                assert_eq!(a.overlaps(b), shared, "{a:?} {b:?}");
                assert_eq!(a.overlaps(b), b.overlaps(a));
            }
        }
    }

    #[test]
    fn area_is_in_square_decimetres() {
        assert_eq!(rect(0, 0, 6_000, 6_000).area_dm2(), 3_600);
        assert_eq!(rect(0, 0, 3_000, 3_050).area_dm2(), 915);
        assert_eq!(rect(0, 0, MAX_EXTENT_MM, MAX_EXTENT_MM).area_dm2(), 400_000_000);
    }

    #[test]
    fn nonsense_is_not_a_rectangle() {
        assert!(Rect::new(0, 0, 0, 1).is_none());
        assert!(Rect::new(-1, 0, 1, 1).is_none());
        assert!(Rect::new(0, 0, MAX_EXTENT_MM + 1, 1).is_none());
    }
}
