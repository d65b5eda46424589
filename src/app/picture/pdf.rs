//! Shapes on sheets of paper: A3 across, title above, edition and sheet number below.

use super::read::{Drawing, Part};
use super::style::{Colour, Look};
use super::{About, BOLD, Face, REGULAR};
use crate::Error;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::TextDirection;
use kurbo::{BezPath, PathEl};

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;
/// A3 across.
const SHEET: (f32, f32) = (420.0 * MM, 297.0 * MM);
const MARGIN: f32 = 12.0 * MM;
/// Room for the title and for the foot.
const HEAD: f32 = 14.0 * MM;
const FOOT: f32 = 8.0 * MM;
const INK: (u8, u8, u8) = (22, 27, 34);
const QUIET: (u8, u8, u8) = (87, 96, 106);
/// A small picture is not blown up beyond this.
const LARGEST: f32 = 1.1;

/// One sheet for each drawing.
pub(super) fn write(drawings: &[Drawing], about: &About) -> Result<Vec<u8>, Error> {
    let missing = || Error::Outside("the fonts are not part of this build (run `make assets` first)".to_owned());
    let (regular, bold) = REGULAR.as_ref().zip(BOLD.as_ref()).ok_or_else(missing)?;
    let mut document = krilla::Document::new();
    document.set_metadata(Metadata::new().title(about.title.clone()).language(about.language.to_owned()));
    for (at, drawing) in drawings.iter().enumerate() {
        let settings = PageSettings::from_wh(SHEET.0, SHEET.1).expect("the size of a sheet is positive");
        let mut page = document.start_page_with(settings);
        let pen = Pen { surface: page.surface(), regular, bold };
        pen.sheet(about, (at + 1, drawings.len()), drawing);
        page.finish();
    }
    document.finish().map_err(|error| Error::Outside(format!("the PDF could not be written: {error:?}")))
}

struct Pen<'a> {
    surface: Surface<'a>,
    regular: &'static Face,
    bold: &'static Face,
}

impl Pen<'_> {
    fn sheet(mut self, about: &About, number: (usize, usize), drawing: &Drawing) {
        self.frame(about, number);
        self.picture(drawing);
        self.surface.finish();
    }

    fn frame(&mut self, about: &About, (sheet, sheets): (usize, usize)) {
        self.words(&about.title, 15.0, true, MARGIN, MARGIN + 12.0, INK);
        self.words(&about.caption, 9.0, false, MARGIN, MARGIN + 26.0, QUIET);
        let bottom = SHEET.1 - MARGIN;
        self.words(&about.foot, 8.0, false, MARGIN, bottom, QUIET);
        let number = format!("{sheet} / {sheets}");
        let wide = self.regular.width(&number) * 8.0;
        self.words(&number, 8.0, false, SHEET.0 - MARGIN - wide, bottom, QUIET);
    }

    fn picture(&mut self, drawing: &Drawing) {
        let (wide, tall) = (drawing.width as f32, drawing.height as f32);
        let room = (SHEET.0 - 2.0 * MARGIN, SHEET.1 - 2.0 * MARGIN - HEAD - FOOT);
        let scale = (room.0 / wide).min(room.1 / tall).min(LARGEST);
        self.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, MARGIN, MARGIN + HEAD));
        self.parts(&drawing.parts);
        self.surface.pop();
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Path { path, look } => self.path(path, look),
                Part::Text { at, turn, text, look } => {
                    let colour = look.fill.unwrap_or(Colour { rgb: INK, alpha: 1.0 });
                    let [a, b, c, d, e, f] = turn.as_coeffs().map(|number| number as f32);
                    self.surface.push_transform(&Transform::from_row(a, b, c, d, e, f));
                    self.words(text, look.size, look.bold, at.x as f32, at.y as f32, colour.rgb);
                    self.surface.pop();
                }
                Part::Window { window, parts } => {
                    let mut edge = PathBuilder::new();
                    let (x, y) = (window.x0 as f32, window.y0 as f32);
                    if let Some(rect) = Rect::from_xywh(x, y, window.width() as f32, window.height() as f32) {
                        edge.push_rect(rect);
                    }
                    let Some(edge) = edge.finish() else { continue };
                    self.surface.push_clip_path(&edge, &FillRule::NonZero);
                    self.parts(parts);
                    self.surface.pop();
                }
            }
        }
    }

    fn path(&mut self, path: &BezPath, look: &Look) {
        let Some(path) = outline(path) else { return };
        let share =
            |alpha: f32| NormalizedF32::new((alpha * look.opacity).clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE);
        let paint = |colour: Colour| rgb::Color::new(colour.rgb.0, colour.rgb.1, colour.rgb.2).into();
        let fill =
            look.fill.map(|fill| Fill { paint: paint(fill), opacity: share(fill.alpha), rule: FillRule::NonZero });
        let stroke = look.stroke.filter(|_| look.width > 0.0).map(|stroke| Stroke {
            paint: paint(stroke),
            width: look.width,
            miter_limit: 4.0,
            line_cap: LineCap::Butt,
            line_join: if look.round { LineJoin::Round } else { LineJoin::Miter },
            opacity: share(stroke.alpha),
            dash: (!look.dash.is_empty()).then(|| StrokeDash { array: look.dash.clone(), offset: 0.0 }),
        });
        if fill.is_none() && stroke.is_none() {
            return;
        }
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
    }

    fn words(&mut self, text: &str, size: f32, bold: bool, x: f32, y: f32, (r, g, b): (u8, u8, u8)) {
        let face = if bold { self.bold } else { self.regular };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(r, g, b).into(),
            opacity: NormalizedF32::ONE,
            rule: FillRule::NonZero,
        }));
        self.surface.draw_text(Point::from_xy(x, y), face.font.clone(), size, text, false, TextDirection::Auto);
    }
}

fn outline(path: &BezPath) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let xy = |point: kurbo::Point| (point.x as f32, point.y as f32);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => builder.move_to(xy(p).0, xy(p).1),
            PathEl::LineTo(p) => builder.line_to(xy(p).0, xy(p).1),
            PathEl::QuadTo(a, p) => builder.quad_to(xy(a).0, xy(a).1, xy(p).0, xy(p).1),
            PathEl::CurveTo(a, b, p) => builder.cubic_to(xy(a).0, xy(a).1, xy(b).0, xy(b).1, xy(p).0, xy(p).1),
            PathEl::ClosePath => builder.close(),
        }
    }
    builder.finish()
}
