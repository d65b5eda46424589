//! The few strokes our own sheets are made of: filled areas, words, codes. Letters, certificates, reports and badges
//! draw with these on the surface of a PDF's page.

use super::Face;
use domain::registration::view::Qr;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::TextDirection;

/// A colour: red, green, blue.
pub(crate) type Ink = (u8, u8, u8);

/// What a surface can be drawn on with. Measures are points from the upper left corner.
pub(crate) trait Brush {
    /// Fills areas: left, top, width, height.
    fn areas(&mut self, areas: &[[f32; 4]], ink: Ink);
    /// Writes a line; `at` is where its base line begins.
    fn words(&mut self, face: &Face, text: &str, size: f32, at: (f32, f32), ink: Ink);
    /// Draws a code into a square (left, top, side) within a quiet zone of so many modules.
    fn code(&mut self, picture: &Qr, square: [f32; 3], quiet: usize);
}

impl Brush for Surface<'_> {
    fn areas(&mut self, areas: &[[f32; 4]], ink: Ink) {
        fill(self, ink);
        let mut path = PathBuilder::new();
        for [left, top, width, height] in areas {
            if let Some(rect) = Rect::from_xywh(*left, *top, *width, *height) {
                path.push_rect(rect);
            }
        }
        if let Some(path) = path.finish() {
            self.draw_path(&path);
        }
    }

    fn words(&mut self, face: &Face, text: &str, size: f32, (x, y): (f32, f32), ink: Ink) {
        fill(self, ink);
        self.draw_text(Point::from_xy(x, y), face.font.clone(), size, text, false, TextDirection::Auto);
    }

    fn code(&mut self, picture: &Qr, [left, top, side]: [f32; 3], quiet: usize) {
        let module = side / ((picture.size + 2 * quiet) as f32).max(1.0);
        let at = |n: usize| (n + quiet) as f32 * module;
        let runs = picture.runs().map(|(x, y, length)| [left + at(x), top + at(y), length as f32 * module, module]);
        self.areas(&runs.collect::<Vec<_>>(), (0, 0, 0));
    }
}

fn fill(surface: &mut Surface<'_>, (r, g, b): Ink) {
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(r, g, b).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }));
}
