//! Letters as outlines, from the fonts that PDFs embed: for dots and for previews that show what is printed.

use crate::picture::Face;
use domain::printing::raster::Outline;
use std::fmt::Write as _;
use ttf_parser::OutlineBuilder;

/// Where a line of text stands: left edge, the line the letters stand on, letter size.
#[derive(Clone, Copy)]
pub(super) struct Stand {
    pub left: f32,
    pub base: f32,
    pub size: f32,
}

/// Calls `draw` for each glyph with its left edge and the scale of font units. A character without a glyph leaves its
/// room empty: it was named before printing.
fn glyphs(face: &Face, text: &str, stand: Stand, mut draw: impl FnMut(ttf_parser::GlyphId, f32, f32)) {
    let scale = stand.size / f32::from(face.glyphs.units_per_em());
    let mut x = stand.left;
    for c in text.chars() {
        match face.glyphs.glyph_index(c) {
            Some(glyph) => {
                draw(glyph, x, scale);
                x += f32::from(face.glyphs.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
            }
            None => x += stand.size,
        }
    }
}

/// A text as SVG path data, hundredths of the unit it stands in.
pub(super) fn path(face: &Face, text: &str, stand: Stand) -> String {
    let mut d = String::new();
    glyphs(face, text, stand, |glyph, x, scale| {
        let mut pen = Pen { d: &mut d, x, y: stand.base, scale };
        face.glyphs.outline_glyph(glyph, &mut pen);
    });
    d
}

struct Pen<'a> {
    d: &'a mut String,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen<'_> {
    fn put(&mut self, letter: char, points: &[(f32, f32)]) {
        self.d.push(letter);
        for (at, (x, y)) in points.iter().enumerate() {
            let (x, y) = (self.x + x * self.scale, self.y - y * self.scale);
            let gap = if at == 0 { "" } else { " " };
            let _ = write!(self.d, "{gap}{} {}", (x * 100.0).round() / 100.0, (y * 100.0).round() / 100.0);
        }
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.put('Q', &[(x1, y1), (x, y)]);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put('C', &[(x1, y1), (x2, y2), (x, y)]);
    }
    fn close(&mut self) {
        self.d.push('Z');
    }
}

/// A text as closed outlines of straight lines.
pub(super) fn outlines(face: &Face, text: &str, stand: Stand) -> Vec<Outline> {
    let mut all = Vec::new();
    glyphs(face, text, stand, |glyph, x, scale| {
        let mut flat = Flat { all: &mut all, now: Vec::new(), x, y: stand.base, scale };
        face.glyphs.outline_glyph(glyph, &mut flat);
    });
    all
}

/// Straight pieces of a curve: at 300 dots an inch nobody sees more.
const PIECES: u8 = 8;

struct Flat<'a> {
    all: &'a mut Vec<Outline>,
    now: Outline,
    x: f32,
    y: f32,
    scale: f32,
}

impl Flat<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }

    fn curve(&mut self, point: impl Fn(f32, (f32, f32)) -> (f32, f32)) {
        let from = self.now.last().copied().unwrap_or_default();
        self.now.extend((1..=PIECES).map(|piece| point(f32::from(piece) / f32::from(PIECES), from)));
    }
}

impl OutlineBuilder for Flat<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.now = vec![self.at(x, y)];
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let point = self.at(x, y);
        self.now.push(point);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (a, b) = (self.at(x1, y1), self.at(x, y));
        self.curve(|t, from| {
            let mix = |p: f32, q: f32, r: f32| (1.0 - t) * (1.0 - t) * p + 2.0 * (1.0 - t) * t * q + t * t * r;
            (mix(from.0, a.0, b.0), mix(from.1, a.1, b.1))
        });
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (a, b, c) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.curve(|t, from| {
            let u = 1.0 - t;
            let mix = |p: f32, q: f32, r: f32, s: f32| {
                u * u * u * p + 3.0 * u * u * t * q + 3.0 * u * t * t * r + t * t * t * s
            };
            (mix(from.0, a.0, b.0, c.0), mix(from.1, a.1, b.1, c.1))
        });
    }
    fn close(&mut self) {
        let outline = std::mem::take(&mut self.now);
        if outline.len() > 2 {
            self.all.push(outline);
        }
    }
}
